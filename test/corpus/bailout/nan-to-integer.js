// Bailout: lost precision or NaN: NaN where an integer is meant.
function at(buffer, x) { return buffer[x * 2] ?? 0; }
%PrepareFunctionForOptimization(at);
at([1, 2, 3], 1); at([1, 2, 3], 0.5);
%OptimizeFunctionOnNextCall(at);
console.log(at([1, 2, 3], 0.5));
console.log(at([1, 2, 3], NaN));
