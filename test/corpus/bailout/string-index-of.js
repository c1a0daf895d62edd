// Bailout: not a Smi: indexOf with a position that is no Smi.
function find(s, i) { return s.indexOf("b", i); }
%PrepareFunctionForOptimization(find);
find("abc", 0); find("abc", 2);
%OptimizeFunctionOnNextCall(find);
find("cba", 1);
console.log(find("abcb", -5), find("abcb", 2.5));
