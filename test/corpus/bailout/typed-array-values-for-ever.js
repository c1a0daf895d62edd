// Bailouts: a typed array's store converts what is no number, and its site learns nothing of it: each compilation is left again.
function put(t, i, v) { t[i] = v; return t[i]; }
const f = new Float64Array(8), b = new Uint8Array(8);
let s = 0;
%PrepareFunctionForOptimization(put);
for (const v of [1, '2', true, undefined, '3', 'x', 4]) {
  put(f, 1, 1); put(b, 1, 1);
  %OptimizeFunctionOnNextCall(put);
  put(f, 1, 5);
  s += put(f, 2, v) + put(b, 2, v) || 0;
  %PrepareFunctionForOptimization(put);
}
console.log(s, f.join(), b.join());
