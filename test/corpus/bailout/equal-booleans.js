// Bailout: not a Number or Boolean.
function same(a, b) { return a == b ? 1 : 2; }
%PrepareFunctionForOptimization(same);
same(true, 1); same(0, false);
%OptimizeFunctionOnNextCall(same);
console.log(same(true, 1));
console.log(same('1', 1));
