// Bailout: wrong map, a typed array of another kind; then both are read.
function at(a, i) { return a[i]; }
const words = new Int32Array([5, 6, 7]), floats = new Float32Array([0.5, 1.5]);
const round = () => { %PrepareFunctionForOptimization(at); at(words, 0); at(words, 1); %OptimizeFunctionOnNextCall(at); at(words, 2); };
round();
console.log(at(floats, 1));
round();
console.log(at(floats, 0), at(words, 1), at([8], 0));
