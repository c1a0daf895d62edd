// Bailout: not a BigInt: an equality of BigInts gets a Number.
function same(a, b) { return a === b; }
%PrepareFunctionForOptimization(same);
same(7n, 1n); same(2n ** 70n, 4n);
%OptimizeFunctionOnNextCall(same);
same(5n, 2n);
console.log(same(3n, 3));
