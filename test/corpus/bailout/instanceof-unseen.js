// Bailout: Insufficient type feedback for compare operation: an instanceof that had never run.
class A {}
function is(o, go) { if (go) return o instanceof A; return 0; }
%PrepareFunctionForOptimization(is);
is({}, false); is({}, false);
%OptimizeFunctionOnNextCall(is);
console.log(is({}, false));
console.log(is(new A(), true));
