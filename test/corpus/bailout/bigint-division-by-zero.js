// Bailout: division by zero: BigInts of 64 bits.
function divide(a, b) { try { return a / b; } catch (e) { return e.message; } }
%PrepareFunctionForOptimization(divide);
divide(6n, 3n); divide(9n, 4n);
%OptimizeFunctionOnNextCall(divide);
divide(5n, 2n);
console.log(divide(1n, 0n));
