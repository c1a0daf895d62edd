// Bailout: Smi: includes gets a number to look for.
function has(s, t) { return s.includes(t); }
%PrepareFunctionForOptimization(has);
has("abc", "b"); has("abc", "x");
%OptimizeFunctionOnNextCall(has);
has("cba", "");
console.log(has("a1", 1));
