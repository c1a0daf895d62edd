// Bailout: wrong map: an array method on something else.
function push(a, v) { const w = v + 1; a.push(w); return a.length + w; }
%PrepareFunctionForOptimization(push);
push([1], 2); push([3], 4);
%OptimizeFunctionOnNextCall(push);
push([5], 6);
console.log(push([0.5], 7));
