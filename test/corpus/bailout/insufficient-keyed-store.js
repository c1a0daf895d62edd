// Bailout: insufficient type feedback: a keyed property store in a branch that never ran.
function rare(o, x) { const t = x + 1; if (x > 10) { o[t] = x; } return t; }
%PrepareFunctionForOptimization(rare);
rare(null, 1); rare(null, 2);
%OptimizeFunctionOnNextCall(rare);
rare(null, 3);
console.log(rare({}, 20));
