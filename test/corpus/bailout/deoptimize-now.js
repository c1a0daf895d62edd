// Bailout: %_DeoptimizeNow.
function now(x) { const y = x + 1; if (x > 5) %_DeoptimizeNow(); return y; }
%PrepareFunctionForOptimization(now);
now(1); now(2);
%OptimizeFunctionOnNextCall(now);
console.log(now(3));
console.log(now(7));
