// Bailout: not a Number or Oddball: isNaN gets a String; its call site does not speculate again.
function nan(x) { return isNaN(x); }
%PrepareFunctionForOptimization(nan);
nan(1); nan(NaN);
%OptimizeFunctionOnNextCall(nan);
nan(2.5);
console.log(nan("x"));
