// Bailout: wrong map with many live locals.
function many(o, k) { const a = k + 1, b = k + 2, c = k + 3, d = k + 4, e = k + 5, f = k + 6, g = k + 7, h = k + 8; const x = o.x; return x + a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + h * 8; }
%PrepareFunctionForOptimization(many);
many({ x: 1 }, 10); many({ x: 2 }, 20);
%OptimizeFunctionOnNextCall(many);
many({ x: 3 }, 30);
console.log(many({ y: 0, x: 6 }, 40));
