// Bailout: overflow: a product of 64-bit BigInts has more bits.
function product(a, b) { return a * b + 1n; }
%PrepareFunctionForOptimization(product);
product(2n, 3n); product(4n, 5n);
%OptimizeFunctionOnNextCall(product);
product(6n, 7n);
console.log(product(2n ** 40n, 2n ** 41n));
