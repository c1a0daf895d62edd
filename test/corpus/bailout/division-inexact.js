// Bailout: lost precision: an int32 division that leaves a remainder.
function half(a, b) { const t = a + 0; return t / b; }
%PrepareFunctionForOptimization(half);
half(4, 2); half(8, 4);
%OptimizeFunctionOnNextCall(half);
half(6, 3);
console.log(half(7, 2));
