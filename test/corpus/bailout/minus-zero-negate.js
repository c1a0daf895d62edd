// Bailout: minus zero: the negation of zero.
function neg(a, b) { const t = b + 1; return -a; }
%PrepareFunctionForOptimization(neg);
neg(1, 2); neg(4, 4);
%OptimizeFunctionOnNextCall(neg);
neg(6, 3);
console.log(1 / neg(0, 2));
