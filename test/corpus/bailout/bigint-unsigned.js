// Bailout: lost precision: an unsigned 64-bit BigInt is more than a signed one.
function next(a, b) { return BigInt.asUintN(64, a) + b; }
%PrepareFunctionForOptimization(next);
next(7n, 2n); next(9n, 4n);
%OptimizeFunctionOnNextCall(next);
next(5n, 6n);
console.log(next(-1n, 2n));
