// Bailout: out of bounds: an element store past the end.
function put(a, i, v) { const w = v * 2; a[i] = w; return w + i; }
%PrepareFunctionForOptimization(put);
put([1, 2, 3], 0, 4); put([4, 5, 6], 1, 5);
%OptimizeFunctionOnNextCall(put);
put([7, 8, 9], 2, 6);
console.log(put([1, 2, 3], 9, 7));
