// Bailout: not a Smi in a resumed generator.
function* pulse(a, b) { let n = a; while (n < 100) { n = n + b; yield n; } }
function drain(a, b) { let s = 0; for (const v of pulse(a, b)) s += v; return s; }
%PrepareFunctionForOptimization(pulse);
drain(1, 30); drain(2, 40);
%OptimizeFunctionOnNextCall(pulse);
drain(3, 50);
console.log(drain(4, 50.5));
