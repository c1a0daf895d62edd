// Bailout: wrong map: an array that was written to and never made.
function pair(o, x) { const a = [x, 1, 2]; a[1] = x + 1; const { v } = o; return v === 5 ? a.join() : a[0] + a[1] + v; }
%PrepareFunctionForOptimization(pair);
for (let i = 0; i < 4; i++) pair({ v: i }, i);
%OptimizeFunctionOnNextCall(pair);
console.log(pair({ v: 1 }, 3));
console.log(pair({ w: 0, v: 5 }, 7));
