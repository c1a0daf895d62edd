// Bailout: not a BigInt: a negation gets a Number.
function negate(a) { return -a; }
%PrepareFunctionForOptimization(negate);
negate(7n); negate(2n ** 80n);
%OptimizeFunctionOnNextCall(negate);
negate(5n);
console.log(negate(3));
