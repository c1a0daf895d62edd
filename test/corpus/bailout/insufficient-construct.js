// Bailout: insufficient type feedback: a construction in a branch that never ran.
function rare(C, x) { const t = x + 1; if (x > 10) return new C(t).x; return t; }
%PrepareFunctionForOptimization(rare);
rare(null, 1); rare(null, 2);
%OptimizeFunctionOnNextCall(rare);
rare(null, 3);
console.log(rare(class { constructor(x) { this.x = x; } }, 20));
