// Bailout: wrong map: an element load meets an array of another elements kind.
function first(a, i) { const j = i - 1; return a[j]; }
%PrepareFunctionForOptimization(first);
first([1, 2, 3], 1); first([4, 5, 6], 2);
%OptimizeFunctionOnNextCall(first);
first([7, 8, 9], 3);
console.log(first([1.5, 2.5, 3.5], 2));
