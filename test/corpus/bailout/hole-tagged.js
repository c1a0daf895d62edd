// Bailout: hole: a hole in an array of Smis.
function plain(a, i) { const k = i + 10; return a[i] + k; }
%PrepareFunctionForOptimization(plain);
plain([1, , 3], 0); plain([1, , 3], 2);
%OptimizeFunctionOnNextCall(plain);
plain([1, , 3], 0);
console.log(plain([1, , 3], 1));
