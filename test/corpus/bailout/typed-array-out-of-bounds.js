// Bailout: an index past the end of a typed array, where the site never met one; then the site reads undefined there.
function at(a, i) { return a[i]; }
const words = new Int32Array([5, 6, 7]);
const round = () => { %PrepareFunctionForOptimization(at); at(words, 0); at(words, 1); %OptimizeFunctionOnNextCall(at); at(words, 2); };
round();
console.log(at(words, 3));
round();
console.log(at(words, 9), at(words, 1), at(words, 2 ** 31));
