// Bailout: not a Number or Oddball: isFinite gets an object.
function finite(x) { return isFinite(x); }
%PrepareFunctionForOptimization(finite);
finite(1); finite(Infinity);
%OptimizeFunctionOnNextCall(finite);
finite(2.5);
console.log(finite({}), finite(3));
