// Bailout: lazy: several activations of the same code.
function trigger(d) { if (d) %DeoptimizeFunction(depth); }
%NeverOptimizeFunction(trigger);
function depth(d, n) { const t = n * 2; if (n === 0) { trigger(d); return t + 1; } const r = depth(d, n - 1); return r + t; }
%PrepareFunctionForOptimization(depth);
depth(0, 2); depth(0, 3);
%OptimizeFunctionOnNextCall(depth);
depth(0, 2);
console.log(depth(1, 3));
