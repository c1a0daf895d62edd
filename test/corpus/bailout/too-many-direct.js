// Bailout: wrong map in a function called with more arguments than parameters.
function direct(o, a) { const t = a + 1; return o.x + t; }
%PrepareFunctionForOptimization(direct);
direct({ x: 1 }, 2, 91, 92); direct({ x: 2 }, 3, 93, 94);
%OptimizeFunctionOnNextCall(direct);
direct({ x: 3 }, 4, 95, 96);
console.log(direct({ y: 0, x: 6 }, 7, 97, 98));
