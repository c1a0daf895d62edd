// Bailout: lost precision: a computed element index that is no integer.
function pick(a, d) { const i = d * 2; return a[i]; }
%PrepareFunctionForOptimization(pick);
pick([1, 2, 3, 4], 0.5); pick([1, 2, 3, 4], 1.5);
%OptimizeFunctionOnNextCall(pick);
pick([1, 2, 3, 4], 0.5);
console.log(pick([1, 2, 3, 4], 0.25));
