// Bailout: not a Smi in strict mode: the receiver is undefined.
function strict(a, b) { 'use strict'; const t = b + 1; return a + t; }
%PrepareFunctionForOptimization(strict);
strict(1, 2); strict(3, 4);
%OptimizeFunctionOnNextCall(strict);
strict(5, 6);
console.log(strict(0.5, 7));
