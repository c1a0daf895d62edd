// Bailout: not a Smi: substring with an end that is undefined is fine, with a fraction it is not.
function part(s, a, b) { return s.substring(a, b); }
%PrepareFunctionForOptimization(part);
part("hello", 1, 3); part("hello", 0, 2);
%OptimizeFunctionOnNextCall(part);
part("world", 4, 2);
console.log(part("world", 1, undefined), part("world", 1, 2.5));
