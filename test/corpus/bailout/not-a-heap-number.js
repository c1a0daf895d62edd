// Bailout: not a heap number: a bitwise operation that knew numbers only gets a String.
function bits(a, b) { return a | (b + 1); }
%PrepareFunctionForOptimization(bits);
bits(1.5, 2); bits(2 ** 40, 1);
%OptimizeFunctionOnNextCall(bits);
bits(3.5, 4);
console.log(bits("12", 3));
