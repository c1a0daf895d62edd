// Bailout: Insufficient type feedback for unary operation: a typeof that had never run.
function kind(o, go) { if (go) return typeof o; return 0; }
%PrepareFunctionForOptimization(kind);
kind({}, false); kind({}, false);
%OptimizeFunctionOnNextCall(kind);
console.log(kind({}, false));
console.log(kind(1, true));
