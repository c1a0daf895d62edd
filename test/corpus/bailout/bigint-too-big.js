// Bailout: BigInt too big: a shift that no BigInt can hold.
function shift(a, b) { try { return a << b; } catch (e) { return e.name; } }
%PrepareFunctionForOptimization(shift);
shift(2n ** 70n, 2n); shift(3n, 1n);
%OptimizeFunctionOnNextCall(shift);
shift(4n, 5n);
console.log(shift(1n, 2n ** 31n));
