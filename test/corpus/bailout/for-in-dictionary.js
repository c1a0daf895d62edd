// Bailout: wrong map: for-in with keys taken from a dictionary.
function total(o) { let s = 0; for (const k in o) s += o[k]; return s; }
%PrepareFunctionForOptimization(total);
total({ a: 1, b: 2 }); total({ a: 1, b: 2 });
%OptimizeFunctionOnNextCall(total);
console.log(total({ a: 1, b: 2 }));
const d = { a: 1, b: 2, c: 3 }; delete d.a;
console.log(total(d));
