// Bailout: two bailouts in a row: Smi, then double, then string.
function widen(a, b) { const t = b + 1; return a + t; }
%PrepareFunctionForOptimization(widen);
widen(1, 2); widen(3, 4);
%OptimizeFunctionOnNextCall(widen);
widen(5, 6);
widen(0.5, 7);
%PrepareFunctionForOptimization(widen);
widen(1.5, 8);
%OptimizeFunctionOnNextCall(widen);
widen(2.5, 9);
console.log(widen('s', 10));
