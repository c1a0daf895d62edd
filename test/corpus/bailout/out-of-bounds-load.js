// Bailout: out of bounds: an element load past the end.
function get(a, i) { const k = i + 1; return a[k]; }
%PrepareFunctionForOptimization(get);
get([1, 2, 3], 0); get([4, 5, 6], 1);
%OptimizeFunctionOnNextCall(get);
get([7, 8, 9], 0);
console.log(get([1, 2, 3], 11));
