// Bailout: hole: a hole in a double array, when a prototype has elements.
Array.prototype[1] = 4;
function scaled(a, i) { const k = i + 1; return a[i] * 2.5 + k; }
%PrepareFunctionForOptimization(scaled);
scaled([0.5, , 1.5], 0); scaled([0.5, , 1.5], 2);
%OptimizeFunctionOnNextCall(scaled);
scaled([0.5, , 1.5], 0);
console.log(scaled([0.5, , 1.5], 1));
