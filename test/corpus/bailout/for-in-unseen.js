// Bailout: Insufficient type feedback for for-in.
function keys(o, go) { let s = ''; if (go) for (const k in o) s += k; return s; }
%PrepareFunctionForOptimization(keys);
keys({ a: 1 }, false); keys({ a: 1 }, false);
%OptimizeFunctionOnNextCall(keys);
console.log(keys({ a: 1 }, false));
console.log(keys({ a: 1, b: 2 }, true));
