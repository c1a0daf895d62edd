// flags: --trace-turbo-inlining
function body(a) { let s = a; s += a * 2; s -= a * 3; s *= a + 4; s ^= a - 5; s |= a & 7; return s * s + s; }
function other(a) { let s = a; s += a * 2; s -= a * 3; s *= a + 4; s ^= a - 5; s |= a & 7; return s - s + s; }
function small(a) { return a + 1; }
function outer(a) {
  let s = 0;
  for (let i = 0; i < 10; i++) s += body(i) + small(i);
  try { s += other(a); } catch (e) { s = small(a); }
  return s + body(a);
}
for (const f of [body, other, small, outer]) %PrepareFunctionForOptimization(f);
for (let i = 0; i < 5; i++) outer(2);
%OptimizeFunctionOnNextCall(outer);
console.log(outer(2));
