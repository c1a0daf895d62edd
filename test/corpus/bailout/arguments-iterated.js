// Bailout: not a Smi: a rest array that only a loop reads.
function f(...args) { let s = 0; for (const x of args) s += x; return s; }
%PrepareFunctionForOptimization(f);
f(1, 2); f(3, 4, 5);
%OptimizeFunctionOnNextCall(f);
console.log(f(1, 2));
console.log(f(1, 2, 'c', 3));
