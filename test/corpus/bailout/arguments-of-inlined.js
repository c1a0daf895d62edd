// Bailout: not a Smi: arguments of the frame, and of a call that was inlined.
function inner(x, y) { 'use strict'; return arguments[0] + arguments.length * y; }
function outer() { let s = 0; for (let i = 0; i < arguments.length; i++) s += inner(arguments[i], i, 3); return s; }
%PrepareFunctionForOptimization(inner); %PrepareFunctionForOptimization(outer);
outer(1, 2); outer(3, 4, 5);
%OptimizeFunctionOnNextCall(outer);
console.log(outer(1, 2));
console.log(outer(1, 'a', 2));
