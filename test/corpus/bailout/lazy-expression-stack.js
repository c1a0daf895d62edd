// Bailout: lazy: the call is an argument of another call.
function trigger(d) { if (d) %DeoptimizeFunction(args); return 1000; }
%NeverOptimizeFunction(trigger);
function sum(a, b, c) { return a + b + c; }
%NeverOptimizeFunction(sum);
function args(d, k) { return sum(k + 1, trigger(d), k * 2); }
%PrepareFunctionForOptimization(args);
args(0, 2); args(0, 3);
%OptimizeFunctionOnNextCall(args);
args(0, 4);
console.log(args(1, 7));
