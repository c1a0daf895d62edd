// Bailout: a stored value that is no number; doubles and oddballs are converted.
function put(a, i, v) { a[i] = v; return a[i]; }
for (const Kind of [Uint8ClampedArray, Float32Array]) {
  const a = new Kind(4);
  %ClearFunctionFeedback(put);
  %PrepareFunctionForOptimization(put);
  put(a, 0, 1); put(a, 1, 2);
  %OptimizeFunctionOnNextCall(put);
  console.log(put(a, 2, 3), put(a, 0, 254.5), put(a, 1, undefined), put(a, 1, '7'));
}
