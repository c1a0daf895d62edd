// Bailout: not a Smi: arguments of a strict function whose parameter has another value by now.
'use strict';
function f(a, b) {
  a = b + 1;
  return arguments[0] * 2 + a + arguments.length;
}
%PrepareFunctionForOptimization(f);
f(1, 2); f(3, 4, 5);
%OptimizeFunctionOnNextCall(f);
console.log(f(1, 2));
console.log(f({ valueOf() { return 4; } }, 2, 7));
console.log(f(1, 0x3fffffff * 8));
