// Bailout: not a BigInt: BigInt.asIntN gets a Number; its call site does not speculate again.
function wrap(a) { try { return BigInt.asIntN(64, a); } catch (e) { return e.name; } }
%PrepareFunctionForOptimization(wrap);
wrap(7n); wrap(2n ** 70n);
%OptimizeFunctionOnNextCall(wrap);
wrap(5n);
console.log(wrap(3));
