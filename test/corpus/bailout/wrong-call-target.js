// Bailout: wrong call target: another function than the inlined one.
function twice(x) { return x * 2; }
function thrice(x) { return x * 3; }
%PrepareFunctionForOptimization(twice);
function apply(f, v) { const t = v + 1; return f(t) + t; }
%PrepareFunctionForOptimization(apply);
apply(twice, 2); apply(twice, 3);
%OptimizeFunctionOnNextCall(apply);
apply(twice, 4);
console.log(apply(thrice, 5));
