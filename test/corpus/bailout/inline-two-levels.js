// Bailout: wrong map, in a callee two inlining levels deep, with live locals in every frame.
function inner(o, k) { const before = k * 3; return o.x + before; }
function middle(o, k) { const m = k + 100; return inner(o, m) + m; }
function outer(o, k) { let a = k + 7, b = 'kept'; const r = middle(o, a); return b + r + a; }
%PrepareFunctionForOptimization(inner);
%PrepareFunctionForOptimization(middle);
%PrepareFunctionForOptimization(outer);
const o = { x: 11 };
outer(o, 1); outer(o, 2);
%OptimizeFunctionOnNextCall(outer);
console.log(outer(o, 3));
console.log(outer({ y: 1, x: 13 }, 4));
