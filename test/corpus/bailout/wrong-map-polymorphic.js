// Bailout: wrong map: a load that knows two shapes meets a third.
function area(s, scale) { const f = scale + 10; return s.w * f; }
%PrepareFunctionForOptimization(area);
area({ w: 1 }, 2); area({ h: 1, w: 2 }, 3); area({ w: 4 }, 1);
%OptimizeFunctionOnNextCall(area);
area({ w: 3 }, 4);
console.log(area({ d: 5, h: 5, w: 6 }, 7));
