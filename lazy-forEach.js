let flag = false;
function g(a, x) { if (flag) { %DeoptimizeFunction(run); } return x; }
%NeverOptimizeFunction(g);
function run(a) { return a.forEach((x) => { g(a, x); }); }
%PrepareFunctionForOptimization(run);
run([1, 2, 3]); run([1, 2, 3]);
%OptimizeFunctionOnNextCall(run);
run([1, 2, 3]);
flag = true;
console.log(String(run([1, 2, 3])));
