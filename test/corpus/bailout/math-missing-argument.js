// Bailout: not a Number or Oddball: Math.pow of one argument gets an object.
function power(x) { return Math.pow(x); }
%PrepareFunctionForOptimization(power);
power(1); power(0.5);
%OptimizeFunctionOnNextCall(power);
power(2);
console.log(power({}));
