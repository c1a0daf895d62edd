// Bailout: lazy: a stable map that the code relied on gets a transition.
function Point(x) { this.x = x; }
const point = new Point(3);
function change(d) { if (d) point.y = 9; }
%NeverOptimizeFunction(change);
function stable(d, k) { const t = k + 1; change(d); return point.x + t; }
%PrepareFunctionForOptimization(stable);
stable(0, 2); stable(0, 3);
%OptimizeFunctionOnNextCall(stable);
stable(0, 4);
console.log(stable(1, 7));
