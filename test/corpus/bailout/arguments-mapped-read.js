// Bailout: not a Smi: an element of mapped arguments is read.
function f(a, b) {
  a = 10;
  return arguments[0] + arguments[1] + arguments.length;
}
%PrepareFunctionForOptimization(f);
f(1, 2); f(3, 4, 5);
%OptimizeFunctionOnNextCall(f);
console.log(f(1, 2), f(1));
console.log(f(1, 'q', 7), f(1, 2, 3));
