// Bailout: lazy: a constant field that the code folded changes while it runs.
const config = { limit: 5 };
function change(d) { if (d) config.limit = d; }
%NeverOptimizeFunction(change);
function folded(d, k) { const t = k + 1; change(d); return config.limit + t; }
%PrepareFunctionForOptimization(folded);
folded(0, 2); folded(0, 3);
%OptimizeFunctionOnNextCall(folded);
folded(0, 4);
console.log(folded(9, 7));
