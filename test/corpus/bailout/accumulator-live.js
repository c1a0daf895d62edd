// Bailout: not a Smi with a live accumulator and a register pair.
function chain(a, b, c) { return a * 10 + (b * 10 + c); }
%PrepareFunctionForOptimization(chain);
chain(1, 2, 3); chain(3, 4, 5);
%OptimizeFunctionOnNextCall(chain);
chain(5, 6, 7);
console.log(chain(7, 8, 0.5));
