// Bailout: overflow: int32 subtraction.
function sub3(a, b, c) { const t = a - b; return t - c; }
%PrepareFunctionForOptimization(sub3);
sub3(1, 2, 3); sub3(4, 5, 6);
%OptimizeFunctionOnNextCall(sub3);
sub3(7, 8, 9);
console.log(sub3(-1073741823, 1073741823, 1073741822));
