// Bailout: lazy: a global that was constant is written while the code runs.
globalThis.shared = 40;
function change(d) { if (d) globalThis.shared = 'text'; }
%NeverOptimizeFunction(change);
function reads(d, k) { const t = k + 1; change(d); return globalThis.shared === undefined ? 0 : shared + t; }
%PrepareFunctionForOptimization(reads);
reads(0, 2); reads(0, 3);
%OptimizeFunctionOnNextCall(reads);
reads(0, 4);
console.log(reads(1, 7));
