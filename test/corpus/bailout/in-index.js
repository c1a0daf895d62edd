// Bailout: a key that is no index, and holes, under `in` with an index.
function has(k, o) { return k in o; }
const round = () => { %PrepareFunctionForOptimization(has); has(0, [1, , 3]); has(1, [1, , 3]); %OptimizeFunctionOnNextCall(has); return has(1, [1, , 3]); };
console.log(round(), has(2, [1, , 3]), has(0, [undefined, , 3]));
console.log(has('length', [1, , 3]));
