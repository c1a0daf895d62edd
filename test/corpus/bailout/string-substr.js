// Bailout: not a Smi: substr with a length that is no number.
function part(s, n) { return s.substr(-2, n); }
%PrepareFunctionForOptimization(part);
part("hello", 1); part("hello", 2);
%OptimizeFunctionOnNextCall(part);
part("world", 7);
console.log(part("world", undefined), part("world", "1"));
