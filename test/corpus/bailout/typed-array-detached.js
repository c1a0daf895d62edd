// The code depends on no buffer having been detached; made anew, it checks.
function at(a, i) { return a[i]; }
const words = new Int32Array([5, 6, 7]), other = new Int32Array([8, 9]);
const round = () => { %PrepareFunctionForOptimization(at); at(words, 0); at(words, 1); %OptimizeFunctionOnNextCall(at); at(words, 2); };
round();
%ArrayBufferDetach(other.buffer);
console.log(at(words, 1), at(other, 0));
round();
console.log(at(words, 1), at(other, 0));
