// Bailout: wrong map: the array was changed between the guard of its method and the call, by the arguments.
function take(a, change) { return a.pop(change(a)); }
const nothing = () => 0, widen = (a) => { a[0] = 'x'; };
%PrepareFunctionForOptimization(take);
take([1, 2, 3], nothing); take([1, 2], nothing);
%OptimizeFunctionOnNextCall(take);
console.log(take([1, 2, 3], nothing), take([], nothing));
console.log(take([4, 5, 6], widen));
