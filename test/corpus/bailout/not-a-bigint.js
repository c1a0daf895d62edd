// Bailout: not a BigInt: an addition of BigInts gets a Number.
function big(a, b) { const t = b + 1n; try { return a + t; } catch (e) { return e.message; } }
%PrepareFunctionForOptimization(big);
big(1n, 2n); big(3n, 4n);
%OptimizeFunctionOnNextCall(big);
big(5n, 6n);
console.log(big(7, 8n));
