// Bailout: not a Smi: a comparison of Smis gets a double.
function less(a, b) { const r = a + 20; if (a < b) return r; return -r; }
%PrepareFunctionForOptimization(less);
less(1, 2); less(4, 3);
%OptimizeFunctionOnNextCall(less);
less(5, 6);
console.log(less(7, 8.5));
