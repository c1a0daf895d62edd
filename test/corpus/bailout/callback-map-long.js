// Bailout: out of bounds: map’s result would be an array that is too long to be made at once.
function twice(a) { return a.map((x) => x * 2); }
%PrepareFunctionForOptimization(twice);
for (let i = 0; i < 4; i++) twice([1, 2, 3]);
%OptimizeFunctionOnNextCall(twice);
console.log(twice([1, 2, 3]).join());
console.log(twice(new Array(16376).fill(1)).length);
