let flag = false;
function g(a, x) { if (flag) { a[0] = {}; } return x; }
%NeverOptimizeFunction(g);
function run(a) { return a.every((x) => { g(a, x); return true; }); }
%PrepareFunctionForOptimization(run);
run([1, 2, 3]); run([1, 2, 3]);
%OptimizeFunctionOnNextCall(run);
run([1, 2, 3]);
flag = true;
console.log(String(run([1, 2, 3])));
