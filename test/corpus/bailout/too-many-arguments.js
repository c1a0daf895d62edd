// Bailout: wrong map in an inlined callee that was called with too many arguments.
function one(o) { const m = 5; return o.x + m; }
%PrepareFunctionForOptimization(one);
function over(o, k) { const t = k + 1; return one(o, t, 77, 88) + t; }
%PrepareFunctionForOptimization(over);
over({ x: 1 }, 2); over({ x: 2 }, 3);
%OptimizeFunctionOnNextCall(over);
over({ x: 3 }, 4);
console.log(over({ y: 0, x: 6 }, 7));
