// Bailout: not a Smi: an addition of Smis gets a string.
function plus(a, b) { const t = b * 2; return a + t; }
%PrepareFunctionForOptimization(plus);
plus(1, 2); plus(3, 4);
%OptimizeFunctionOnNextCall(plus);
plus(5, 6);
console.log(plus('s', 7));
