// Bailout: insufficient type feedback: a global load in a branch that never ran.
function rare(o, x) { const t = x + 1; if (x > 10) return isFinite(t); return t; }
%PrepareFunctionForOptimization(rare);
rare(null, 1); rare(null, 2);
%OptimizeFunctionOnNextCall(rare);
rare(null, 3);
console.log(rare(3, 20));
