// Bailout: wrong call target: in an inlined caller, with values of the outer frame live.
function inc(x) { return x + 1; }
function dec(x) { return x - 1; }
function call(f, x) { const y = x * 2; return f(y) - x; }
%PrepareFunctionForOptimization(inc);
%PrepareFunctionForOptimization(call);
function run(f, v) { const kept = v * 7; return call(f, v + 1) + kept; }
%PrepareFunctionForOptimization(run);
run(inc, 2); run(inc, 3);
%OptimizeFunctionOnNextCall(run);
run(inc, 4);
console.log(run(dec, 5));
