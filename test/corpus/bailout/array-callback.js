// Bailout: wrong map: before the loop that the method became.
function total(a) { let n = 0; a.forEach((x) => { n += x; }); return n; }
%PrepareFunctionForOptimization(total);
total([1]); total([2, 3]);
%OptimizeFunctionOnNextCall(total);
total([4]);
console.log(total(["a", "b"]));
