// Bailout: not a Smi: an element index is a string.
function at(a, i, d) { const e = d + 3; return a[i] + e; }
%PrepareFunctionForOptimization(at);
at([10, 20], 0, 1); at([30, 40], 1, 2);
%OptimizeFunctionOnNextCall(at);
at([50, 60], 1, 3);
console.log(at([70, 80], 'length', 4));
