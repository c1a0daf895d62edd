// Bailout: wrong map in an inlined callee that was called with too few arguments.
function three(o, k, missing) { const m = k * 2; return missing === undefined ? o.x + m : 0; }
%PrepareFunctionForOptimization(three);
function under(o, k) { const t = k + 1; return three(o, t) + t; }
%PrepareFunctionForOptimization(under);
under({ x: 1 }, 2); under({ x: 2 }, 3);
%OptimizeFunctionOnNextCall(under);
under({ x: 3 }, 4);
console.log(under({ y: 0, x: 6 }, 7));
