// Bailout: not a Number: a product of doubles gets an object.
function times(a, b) { const t = b + 0.5; return a * t; }
%PrepareFunctionForOptimization(times);
times(1.5, 2.5); times(0.5, 4.5);
%OptimizeFunctionOnNextCall(times);
times(6.5, 3.5);
console.log(times({ valueOf() { return 3; } }, 1.5));
