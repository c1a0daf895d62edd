// Bailout: not a Smi: push of a fraction to an array of Smis.
function add(a, x) { return a.push(x, 7); }
%PrepareFunctionForOptimization(add);
add([1], 2); add([1, 2], 3);
%OptimizeFunctionOnNextCall(add);
add([4], 5);
console.log(add([1], 2.5));
