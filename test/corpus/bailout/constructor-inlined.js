// Bailout: wrong map in an inlined constructor.
let keep;
function Box(o, k) { this.k = k; this.v = o.x + k; }
%PrepareFunctionForOptimization(Box);
function make(o, k) { const t = k + 1; const b = new Box(o, t); keep = b; return b.v + t; }
%PrepareFunctionForOptimization(make);
make({ x: 1 }, 2); make({ x: 2 }, 3);
%OptimizeFunctionOnNextCall(make);
make({ x: 3 }, 4);
console.log(make({ y: 0, x: 6 }, 7));
