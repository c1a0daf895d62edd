// Bailout: not a Smi inside a try block.
function guarded(a, b) { const t = b + 1; try { if (a === null) throw 1; return a + t; } catch (e) { return -1; } }
%PrepareFunctionForOptimization(guarded);
guarded(1, 2); guarded(3, 4);
%OptimizeFunctionOnNextCall(guarded);
guarded(5, 6);
console.log(guarded(0.5, 7));
