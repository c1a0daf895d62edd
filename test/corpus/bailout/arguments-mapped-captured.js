// Bailout: not a Smi: mapped arguments of which only the length is read.
function f(a, b) {
  const n = arguments.length;
  a = a + b;
  return a * n;
}
%PrepareFunctionForOptimization(f);
f(1, 2); f(3, 4, 5);
%OptimizeFunctionOnNextCall(f);
console.log(f(1, 2), f(1));
console.log(f('p', 2, 7), f(1, 2, 3));
