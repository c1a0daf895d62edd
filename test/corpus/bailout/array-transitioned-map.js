// Bailout: wrong map: a site that saw an array before and after its elements knew it after.
function size(a) { return a.length; }
%PrepareFunctionForOptimization(size);
size([1]); size(["a"]);
%OptimizeFunctionOnNextCall(size);
console.log(size([2]));
