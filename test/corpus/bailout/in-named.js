// Bailout: wrong map under `in` with a name.
function has(o) { return 'x' in o; }
const round = () => { %PrepareFunctionForOptimization(has); has({ x: 1 }); has({ x: 2 }); %OptimizeFunctionOnNextCall(has); has({ x: 3 }); };
round();
console.log(has({ y: 1 }));
