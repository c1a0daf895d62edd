// Bailout: lazy: two frames come from one, with the call in the inner one.
function trigger(d) { if (d) %DeoptimizeFunction(upper); return 1000; }
%NeverOptimizeFunction(trigger);
function lower(d, k) { const m = k * 2; return trigger(d) + m; }
%PrepareFunctionForOptimization(lower);
function upper(d, k) { const t = k + 1; return lower(d, t) + t; }
%PrepareFunctionForOptimization(upper);
upper(0, 2); upper(0, 3);
%OptimizeFunctionOnNextCall(upper);
upper(0, 4);
console.log(upper(1, 7));
