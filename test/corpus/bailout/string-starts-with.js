// Bailout: not a String: startsWith on an object of its own.
function starts(s, t) { return s.startsWith(t); }
%PrepareFunctionForOptimization(starts);
starts("abc", "ab"); starts("abc", "x");
%OptimizeFunctionOnNextCall(starts);
starts("cba", "");
console.log(starts({ startsWith: (t) => t + "!" }, "a"));
