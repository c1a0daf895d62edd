// Invalidation: there were no undetectable objects until now.
function absent(x) { return x == null; }
%PrepareFunctionForOptimization(absent);
absent(1); absent(null);
%OptimizeFunctionOnNextCall(absent);
absent({});
console.log(absent(%GetUndetectable()));
