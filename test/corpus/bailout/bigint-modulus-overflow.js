// Bailout: overflow: the smallest 64-bit BigInt by minus one.
function rest(a, b) { return a % b; }
%PrepareFunctionForOptimization(rest);
rest(7n, 3n); rest(9n, 4n);
%OptimizeFunctionOnNextCall(rest);
rest(5n, 2n);
console.log(rest(-(2n ** 63n), -1n));
