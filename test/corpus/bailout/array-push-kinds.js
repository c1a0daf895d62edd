// Bailout: not a Smi: push to arrays of two kinds.
function add(a, x) { a.push(x); return a.length; }
%PrepareFunctionForOptimization(add);
add([1.5], 2); add([1, 2], 3);
%OptimizeFunctionOnNextCall(add);
add([4.5], 5.5);
console.log(add([1], 2.5));
