// Bailout: not a Number or Oddball: Math.acos gets a String.
function angle(x) { return Math.acos(x) + 1; }
%PrepareFunctionForOptimization(angle);
angle(1); angle(0.5);
%OptimizeFunctionOnNextCall(angle);
angle(0.25);
console.log(angle("1"));
