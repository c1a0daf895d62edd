// Bailout: not a BigInt64: a comparison of small BigInts gets a large one.
function less(a, b) { return a < b ? 1 : 2; }
%PrepareFunctionForOptimization(less);
less(7n, 1n); less(1n, 4n);
%OptimizeFunctionOnNextCall(less);
less(5n, 2n);
console.log(less(2n ** 65n, 3n));
