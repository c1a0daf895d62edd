// Bailout: insufficient type feedback in an inlined callee.
function helper(o, x) { const t = x + 1; if (x > 10) return o.p; return t; }
%PrepareFunctionForOptimization(helper);
function caller(o, x) { const kept = x * 3; return helper(o, x) + kept; }
%PrepareFunctionForOptimization(caller);
caller(null, 1); caller(null, 2);
%OptimizeFunctionOnNextCall(caller);
caller(null, 3);
console.log(caller({ p: 9 }, 20));
