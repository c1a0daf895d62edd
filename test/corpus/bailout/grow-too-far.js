// Bailout: out of bounds: the array would become a dictionary.
function store(a, i, v) { a[i] = v; return a.length; }
%PrepareFunctionForOptimization(store);
for (let k = 0; k < 3; k++) { const a = []; store(a, 0, 1); store(a, 1, 2); }
%OptimizeFunctionOnNextCall(store);
const a = [];
console.log(store(a, 0, 1));
console.log(store(a, 1020, 1));
