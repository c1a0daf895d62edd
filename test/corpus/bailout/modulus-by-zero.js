// Bailout: division by zero: int32 modulus.
function mod(a, b) { const t = a + 3; return t % b; }
%PrepareFunctionForOptimization(mod);
mod(1, 2); mod(4, 4);
%OptimizeFunctionOnNextCall(mod);
mod(6, 3);
console.log(mod(5, 0));
