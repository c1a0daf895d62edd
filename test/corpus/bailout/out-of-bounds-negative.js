// Bailout: out of bounds: a negative index.
function back(a, i) { const k = i - 5; return a[k]; }
%PrepareFunctionForOptimization(back);
back([1, 2, 3], 5); back([4, 5, 6], 6);
%OptimizeFunctionOnNextCall(back);
back([7, 8, 9], 7);
console.log(back([1, 2, 3], 2));
