// Bailout: not a Smi: an array's element is asked for at a fraction.
function last(a, i) { return a.at(i); }
%PrepareFunctionForOptimization(last);
last([1, 2, 3], -1); last([1, 2, 3], 0);
%OptimizeFunctionOnNextCall(last);
console.log(last([1, 2, 3], -1), last([1, 2, 3], 3));
console.log(last([1, 2, 3], 1.5));
