// Bailout: not a Smi: an addition that saw only Smis gets a double.
function addOne(a, b) { const t = b + 5; return a + t; }
%PrepareFunctionForOptimization(addOne);
addOne(1, 2); addOne(3, 4);
%OptimizeFunctionOnNextCall(addOne);
addOne(5, 6);
console.log(addOne(1.5, 7));
