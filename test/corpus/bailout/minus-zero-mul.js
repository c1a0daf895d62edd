// Bailout: minus zero: a product of zero and a negative number.
function prod(a, b) { const t = b + 0; return a * t; }
%PrepareFunctionForOptimization(prod);
prod(1, 2); prod(4, 4);
%OptimizeFunctionOnNextCall(prod);
prod(6, 3);
console.log(1 / prod(0, -5));
