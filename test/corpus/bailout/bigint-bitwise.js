// Bailout: not a BigInt64: a bitwise operation on BigInts gets a large one.
function mix(a, b) { return (a & b) ^ 5n; }
%PrepareFunctionForOptimization(mix);
mix(7n, 3n); mix(9n, 4n);
%OptimizeFunctionOnNextCall(mix);
mix(5n, 2n);
console.log(mix(2n ** 64n + 3n, 7n));
