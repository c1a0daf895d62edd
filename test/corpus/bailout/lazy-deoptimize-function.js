// Bailout: lazy: the function is deoptimized by a callee.
function trigger(d) { if (d) %DeoptimizeFunction(victim); return 1000; }
%NeverOptimizeFunction(trigger);
function victim(d, k) { const t = k + 1; const r = trigger(d); return r + t; }
%PrepareFunctionForOptimization(victim);
victim(0, 2); victim(0, 3);
%OptimizeFunctionOnNextCall(victim);
victim(0, 4);
console.log(victim(1, 7));
