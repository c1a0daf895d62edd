// Bailout: not a BigInt: a shift of BigInts gets Numbers.
function shift(a, b) { return a >> b; }
%PrepareFunctionForOptimization(shift);
shift(7n, 1n); shift(2n ** 80n, 4n);
%OptimizeFunctionOnNextCall(shift);
shift(5n, 2n);
console.log(shift(64, 3));
