// Bailout: not a Smi: a store of a double into an array of Smis.
function fill(a, v) { const n = a.length; a[1] = v; return n + a[1]; }
%PrepareFunctionForOptimization(fill);
fill([1, 2, 3], 4); fill([5, 6, 7], 8);
%OptimizeFunctionOnNextCall(fill);
fill([9, 10, 11], 12);
console.log(fill([13, 14, 15], 0.5));
