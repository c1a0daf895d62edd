// Bailout: a comparison of internalized strings gets a number.
function same(a, b) { const k = b + 1; return a === 'key' ? k : -k; }
%PrepareFunctionForOptimization(same);
same('key', 1); same('other', 2);
%OptimizeFunctionOnNextCall(same);
same('key', 3);
console.log(same(4, 5));
