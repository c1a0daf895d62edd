// Bailout: not a Smi: charAt with a fraction.
function at(s, i) { return s.charAt(i); }
%PrepareFunctionForOptimization(at);
at("abc", 0); at("abc", 1);
%OptimizeFunctionOnNextCall(at);
at("abc", 2);
console.log(at("abc", 1.5));
