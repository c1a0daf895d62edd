// Bailout: not a Smi: in a function that is called by its method `call`, and inlined.
function add(x) { return this.v + x; }
function sum(o, x) { return add.call(o, x) + 1; }
for (const f of [add, sum]) %PrepareFunctionForOptimization(f);
sum({ v: 1 }, 1); sum({ v: 2 }, 2);
%OptimizeFunctionOnNextCall(sum);
console.log(sum({ v: 1 }, 3));
console.log(sum({ v: 1 }, 1.5));
