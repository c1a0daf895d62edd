// Bailout: out of bounds: an index of arguments and of a rest array that nobody passed.
function f() { return arguments[2]; }
function g(...r) { return r[1]; }
for (const k of [f, g]) {
  %PrepareFunctionForOptimization(k);
  k(1, 2, 3); k(3, 4, 5);
  %OptimizeFunctionOnNextCall(k);
  console.log(k(1, 2, 3), k(7));
  console.log(k(1, 2, 3), k(7));
}
