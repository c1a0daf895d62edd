// Bailout: wrong map where an iterator is asked for: an array of other elements, then a Set.
function sum(list) { let s = 0; for (const x of list) s += x; return s; }
const round = () => { %PrepareFunctionForOptimization(sum); sum([1, 2]); sum([3]); %OptimizeFunctionOnNextCall(sum); sum([4, 5]); };
round();
console.log(sum([1.5, 2]));
round();
console.log(sum(new Set([1, 2])));
