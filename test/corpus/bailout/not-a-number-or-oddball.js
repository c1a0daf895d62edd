// Bailout: not a Number or Oddball: a product that saw undefined gets a string.
function odd(a, b) { const t = b + 0.5; return a * t; }
%PrepareFunctionForOptimization(odd);
odd(1.5, 2.5); odd(undefined, 4.5); odd(true, 1.5);
%OptimizeFunctionOnNextCall(odd);
odd(6.5, 3.5);
console.log(odd('3', 1.5));
