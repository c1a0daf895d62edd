// Bailout: wrong map with values on the expression stack.
function add(p, q, r) { return p * 100 + q * 10 + r; }
%NeverOptimizeFunction(add);
function nest(o, a, b) { return add(a + 1, b * 2, add(a - 1, o.x, b + 3)); }
%PrepareFunctionForOptimization(nest);
nest({ x: 1 }, 2, 3); nest({ x: 2 }, 3, 4);
%OptimizeFunctionOnNextCall(nest);
nest({ x: 3 }, 4, 5);
console.log(nest({ y: 0, x: 6 }, 7, 8));
