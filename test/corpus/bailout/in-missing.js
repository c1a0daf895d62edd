// Bailout: wrong map under `in`, where what was asked for was never there, and then sometimes.
function has(o) { return 'x' in o; }
const round = (warm) => { %PrepareFunctionForOptimization(has); has(warm); has({ y: 2 }); %OptimizeFunctionOnNextCall(has); has({ y: 3 }); };
round({ y: 1 });
console.log(has({ x: 1 }));
round({ x: 2 });
console.log(has({ x: 3 }), has([]));
