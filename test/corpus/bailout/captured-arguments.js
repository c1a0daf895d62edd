// Bailout: wrong map: arguments of an inlined call, unmapped and rest, that were never made.
function strict(o, x) { 'use strict'; const a = arguments, { v } = o; return v === 5 ? [a.length, a[1]] : a[1] + v; }
function rest(o, ...r) { const { v } = o; return v === 5 ? r : r.length + v; }
const callers = [
  (o, x) => strict(o, x, 3),
  (o, x) => rest(o, x, 2),
];
function each(f) {
  %PrepareFunctionForOptimization(f);
  for (let i = 0; i < 4; i++) f({ v: i }, i);
  %OptimizeFunctionOnNextCall(f);
  console.log(f({ v: 1 }, 3));
  console.log(f({ w: 0, v: 5 }, 7).join());
}
for (const f of [strict, rest]) %PrepareFunctionForOptimization(f);
callers.forEach(each);
