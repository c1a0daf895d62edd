// Bailout: wrong map, an array of Smis where an array of doubles took its map's place in the inline cache.
function size(list) { return list.length; }
%PrepareFunctionForOptimization(size);
size([1]); size([1.5]);
%OptimizeFunctionOnNextCall(size);
console.log(size([2.5, 3]));
console.log(size([1, 2, 3]));
