// Bailout: wrong map with two removed objects, one inside the other.
function nested(o, k) { const inner = { a: k + 1 }; const box = { inner, again: inner }; const x = o.x; return x + box.inner.a + (box.inner === box.again); }
%PrepareFunctionForOptimization(nested);
nested({ x: 1 }, 2); nested({ x: 2 }, 3);
%OptimizeFunctionOnNextCall(nested);
nested({ x: 3 }, 4);
console.log(nested({ y: 0, x: 6 }, 7));
