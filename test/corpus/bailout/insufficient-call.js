// Bailout: insufficient type feedback: a call in a branch that never ran.
function rare(f, x) { const t = x + 1; if (x > 10) return f(t); return t; }
%PrepareFunctionForOptimization(rare);
rare(null, 1); rare(null, 2);
%OptimizeFunctionOnNextCall(rare);
rare(null, 3);
console.log(rare(Math.abs, 20));
