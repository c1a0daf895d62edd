// Bailout: not a Smi: a bitwise operation on Smis gets a double.
function mask(a, m) { const n = m + 1; return (a & n) | 64; }
%PrepareFunctionForOptimization(mask);
mask(1, 2); mask(3, 4);
%OptimizeFunctionOnNextCall(mask);
mask(5, 6);
console.log(mask(7.75, 6));
