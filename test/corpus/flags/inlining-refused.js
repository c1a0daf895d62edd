// flags: --trace-turbo-inlining --max-inlined-bytecode-size=30
function large(a) { let s = a; s += a * 2; s -= a * 3; s *= a + 4; s ^= a - 5; s |= a & 7; return s * s + s; }
function recursive(n) { return n === 0 ? 0 : 1 + recursive(n - 1); }
class Point { constructor(x) { this.x = x; } }
class Derived extends Point { constructor(x) { super(x); } }
function tryIt(f) { try { return f(); } catch (e) { return 0; } }
function small() { return 1; }
function cold(a) { return a; }
function outer(a) {
  let s = large(a) + recursive(a) + new Point(a).x + new Derived(a).x + tryIt(small);
  if (a === 77) s += cold(a);
  return s;
}
for (const f of [large, recursive, Point, Derived, tryIt, small, cold, outer]) %PrepareFunctionForOptimization(f);
for (let i = 0; i < 5; i++) outer(2);
%OptimizeFunctionOnNextCall(outer);
console.log(outer(2));
