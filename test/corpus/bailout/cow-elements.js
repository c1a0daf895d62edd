// Bailout: copy-on-write array's elements changed: an element of a constant array was folded.
const table = [10, 20, 30];
function second() { return table[1]; }
%PrepareFunctionForOptimization(second);
second(); second();
%OptimizeFunctionOnNextCall(second);
console.log(second());
table[1] = 25;
console.log(second());
