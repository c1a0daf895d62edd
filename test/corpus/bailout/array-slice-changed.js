// Bailout: wrong map: a whole array of another kind is copied.
function copy(a) { const b = a.slice(); b[0] = 9; return b; }
%PrepareFunctionForOptimization(copy);
copy([1, 2, 3]); copy([1, 2]);
%OptimizeFunctionOnNextCall(copy);
console.log(copy([1, 2, 3]).join());
console.log(copy([1.5, , 2]).join());
