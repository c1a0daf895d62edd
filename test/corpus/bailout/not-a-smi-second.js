// Bailout: not a Smi: the right operand, with the left one already computed.
function sub(a, b) { const left = a - 100; return left - b; }
%PrepareFunctionForOptimization(sub);
sub(1, 2); sub(3, 4);
%OptimizeFunctionOnNextCall(sub);
sub(5, 6);
console.log(sub(7, 0.25));
