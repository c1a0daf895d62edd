// Bailout: not a BigInt64: a sum of small BigInts gets a large one.
function sum(a, b) { const c = b + 1n; return a + c; }
%PrepareFunctionForOptimization(sum);
sum(1n, 2n); sum(3n, 4n);
%OptimizeFunctionOnNextCall(sum);
sum(5n, 6n);
console.log(sum(2n ** 70n, 7n));
