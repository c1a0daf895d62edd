// flags: --trace-turbo-inlining
function add(a, b) { return a + b; }
function twice(a) { return add(a, a); }
function outer(o) { return o.x + twice(o.y); }
%PrepareFunctionForOptimization(outer); %PrepareFunctionForOptimization(add); %PrepareFunctionForOptimization(twice);
outer({ x: 1, y: 2 });
outer({ x: 1, y: 2 });
%OptimizeFunctionOnNextCall(outer);
console.log(outer({ x: 1, y: 2 }));
