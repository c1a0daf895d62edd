// Bailout: lazy: a double is live across the call.
function trigger(d) { if (d) %DeoptimizeFunction(across); return 1000; }
%NeverOptimizeFunction(trigger);
function across(d, k) { const t = k * 0.5; const r = trigger(d); return r + t; }
%PrepareFunctionForOptimization(across);
across(0, 2.5); across(0, 3.5);
%OptimizeFunctionOnNextCall(across);
across(0, 4.5);
console.log(across(1, 7.5));
