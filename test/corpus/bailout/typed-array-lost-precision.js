// Bailout: lost precision, a uint32 that is no int32 where int32 arithmetic was seen.
function next(a, i) { return a[i] + 1; }
const words = new Uint32Array([1, 2, 0xffffffff]);
%PrepareFunctionForOptimization(next);
next(words, 0); next(words, 1);
%OptimizeFunctionOnNextCall(next);
console.log(next(words, 0), next(words, 2));
