// Bailout: wrong map, where a typed array's and an array's length were read.
function size(list) { return list.length; }
%PrepareFunctionForOptimization(size);
size([1]); size(new Uint8Array(2)); size([3]);
%OptimizeFunctionOnNextCall(size);
console.log(size([1]), size(new Uint8Array(3)), size(new Float64Array(4)));
