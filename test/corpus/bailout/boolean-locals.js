// Bailout: wrong map with booleans, undefined and null in locals.
function flags(o, d) { const big = d > 5; const none = undefined; const nil = null; const x = o.x; return `${big} ${none} ${nil} ${x}`; }
%PrepareFunctionForOptimization(flags);
flags({ x: 1 }, 2); flags({ x: 2 }, 7);
%OptimizeFunctionOnNextCall(flags);
flags({ x: 3 }, 4);
console.log(flags({ y: 0, x: 6 }, 7));
