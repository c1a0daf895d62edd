// Bailout: overflow: int32 addition in the second sum.
function sum3(a, b, c) { const t = a + b; return t + c; }
%PrepareFunctionForOptimization(sum3);
sum3(1, 2, 3); sum3(4, 5, 6);
%OptimizeFunctionOnNextCall(sum3);
sum3(7, 8, 9);
console.log(sum3(1073741823, 1073741823, 1073741822));
