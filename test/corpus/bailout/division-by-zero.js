// Bailout: division by zero: int32 division.
function div(a, b) { const t = a * 2; return t / b; }
%PrepareFunctionForOptimization(div);
div(1, 2); div(4, 4);
%OptimizeFunctionOnNextCall(div);
div(6, 3);
console.log(div(5, 0));
