// Bailout: wrong map: a property load meets another shape.
function load(o, k) { const t = k + 40; return o.x + t; }
%PrepareFunctionForOptimization(load);
load({ x: 1 }, 2); load({ x: 2 }, 3);
%OptimizeFunctionOnNextCall(load);
load({ x: 3 }, 4);
console.log(load({ y: 5, x: 6 }, 7));
