// Bailout: not a Smi: endsWith with an end that is an object.
function ends(s, n) { return s.endsWith("b", n); }
%PrepareFunctionForOptimization(ends);
ends("abc", 2); ends("abc", 1);
%OptimizeFunctionOnNextCall(ends);
ends("ab", 9);
console.log(ends("ab", undefined), ends("ab", { valueOf: () => 2 }));
