// Bailout: an index past the end of an array of BigInts, and a value that is none.
function put(a, i, v) { a[i] = v; return a[i]; }
const words = new BigInt64Array(3);
const round = () => { %PrepareFunctionForOptimization(put); put(words, 0, 1n); put(words, 1, 2n); %OptimizeFunctionOnNextCall(put); put(words, 2, 3n); };
round();
try { put(words, 0, 1); } catch (error) { console.log(error.name); }
%ClearFunctionFeedback(put);
round();
console.log(put(words, 5, 1n), put(words, 1, 2n ** 63n));
