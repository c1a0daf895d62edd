// Bailout: wrong map in a function called with fewer arguments than parameters.
function direct(o, a, b) { const t = a + 1; return o.x + t + (b === undefined ? 1 : 2); }
%PrepareFunctionForOptimization(direct);
direct({ x: 1 }, 2); direct({ x: 2 }, 3);
%OptimizeFunctionOnNextCall(direct);
direct({ x: 3 }, 4);
console.log(direct({ y: 0, x: 6 }, 7));
