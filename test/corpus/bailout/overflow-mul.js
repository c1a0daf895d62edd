// Bailout: overflow: int32 multiplication.
function mul(a, b) { const t = a + 1; return t * b; }
%PrepareFunctionForOptimization(mul);
mul(1, 2); mul(3, 4);
%OptimizeFunctionOnNextCall(mul);
mul(5, 6);
console.log(mul(99999, 100000));
