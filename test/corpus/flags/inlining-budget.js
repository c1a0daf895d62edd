// flags: --trace-turbo-inlining --max-inlined-bytecode-size-cumulative=150
function body(a) { let s = a; s += a * 2; s -= a * 3; s *= a + 4; s ^= a - 5; s |= a & 7; return s * s + s; }
function other(a) { let s = a; s += a * 2; s -= a * 3; s *= a + 4; s ^= a - 5; s |= a & 7; return s - s + s; }
function outer(a) { return body(a) + other(a) + body(a + 1); }
for (const f of [body, other, outer]) %PrepareFunctionForOptimization(f);
for (let i = 0; i < 5; i++) outer(2);
%OptimizeFunctionOnNextCall(outer);
console.log(outer(2));
