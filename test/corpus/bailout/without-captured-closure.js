// No bailout: an inlined closure is never made, and neither is the context that it was to have.
function apply(f, x) { return f(x) + 1; }
function sum(o, x) { let total = x; const add = (y) => { total += y; return o.v + total; }; return apply(add, 2) + total; }
for (const f of [apply, sum]) %PrepareFunctionForOptimization(f);
for (let i = 0; i < 5; i++) sum({ v: i }, i);
%OptimizeFunctionOnNextCall(sum);
console.log(sum({ v: 1 }, 3));
console.log(sum({ w: 0, v: 5 }, 7));
