// Bailout: minus zero: the remainder of a negative dividend.
function rem(a, b) { const t = b + 1; return a % t; }
%PrepareFunctionForOptimization(rem);
rem(1, 2); rem(4, 4);
%OptimizeFunctionOnNextCall(rem);
rem(6, 3);
console.log(1 / rem(-6, 2));
