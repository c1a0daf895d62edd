// Bailout: not a Smi: slice from the end, then by a String.
function part(s, a) { return s.slice(a, -1); }
%PrepareFunctionForOptimization(part);
part("hello", 1); part("hello", 0);
%OptimizeFunctionOnNextCall(part);
part("world", 2);
console.log(part("world", -3), part("world", "1"));
