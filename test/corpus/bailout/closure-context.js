// Bailout: not a Smi in a closure: the frame has a context of its own.
function outer(base) { let hidden = base; return function inner(a, b) { const t = b + 1; hidden = a + t; return hidden + base; }; }
const inner = outer(50);
%PrepareFunctionForOptimization(inner);
inner(1, 2); inner(3, 4);
%OptimizeFunctionOnNextCall(inner);
inner(5, 6);
console.log(inner(0.5, 7));
