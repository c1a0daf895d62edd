// Bailout: wrong map with an object that escape analysis removed.
function captured(o, k) { const box = { a: k + 1, b: 'in' }; const x = o.x; return x + box.a + box.b; }
%PrepareFunctionForOptimization(captured);
captured({ x: 1 }, 2); captured({ x: 2 }, 3);
%OptimizeFunctionOnNextCall(captured);
captured({ x: 3 }, 4);
console.log(captured({ y: 0, x: 6 }, 7));
