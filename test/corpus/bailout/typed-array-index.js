// Bailout: an index that is no number, and one that is no integer.
function put(a, i, v) { a[i] = v; return a; }
const bytes = new Uint8Array(4);
const round = () => { %PrepareFunctionForOptimization(put); put(bytes, 0, 1); put(bytes, 1, 2); %OptimizeFunctionOnNextCall(put); put(bytes, 2, 300); };
round();
console.log(put(bytes, '1', 7).join());
round();
console.log(put(bytes, 1.5, 7).join());
