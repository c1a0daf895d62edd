// Bailout: division by zero: a remainder of large BigInts.
function rest(a, b) { try { return a % b; } catch (e) { return e.message; } }
%PrepareFunctionForOptimization(rest);
rest(2n ** 70n, 3n); rest(9n, 2n ** 66n);
%OptimizeFunctionOnNextCall(rest);
rest(5n, 2n);
console.log(rest(1n, 0n));
