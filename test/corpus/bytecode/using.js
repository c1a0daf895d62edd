// corpus: script
// using and await using: stacks of what is disposed of, in every kind of scope and function.
async function h(x) { await using a = x; x.foo(); }
function k(xs) { for (using a of xs) { a.foo(); } }
function l(x) { for (using a = x; a.next();) { a.foo(); } }
async function n(xs) { for await (using a of xs) { a.foo(); } }
async function o(xs) { for (await using a of xs) { a.foo(); } }
function* p(xs) { { using a = xs, b = xs; yield a; } yield 2; }
function q(xs) { for (;;) { using a = xs; if (a.x) break; if (a.y) continue; if (a.z) return 5; } }
async function r(x) { { using s = x; await using a = x; return () => a; } }
function f1(x) { using a = x; return () => a; }
async function f2(x) { using a = x; await using b = x; await using c = x; return () => a + b; }
function f3(x) { for (using a = x; x.next();) { x.push(() => a); } }
function f4(x) { for (using a of x) { x.foo(() => a); } }
async function* f5(x) { await using a = x; yield 1; }
class C7 { static { using a = null; } constructor(x) { using b = x; this.x = 1; } }
async function f9(x) { for (const z of [1]) { await using a = x; if (z) continue; if (z.x) break; return 5; } }
function f11(x) { try { using a = x; throw 1; } catch (e) { using b = x; } finally { using c = x; } }
function* f12(x) { using a = x; yield* a; }
function f13(x) { l: { using a = x; break l; } switch (x) { case x: { using b = x; break; } } }
function f14(x) { { using late = x; (() => { late = 1; })(); } }
function f15(x, r) { x[Symbol.dispose] = x[Symbol.asyncDispose] = r; x.foo = x.bar = r; return x; }
function f16() { return f15({ x: 1 }, function () {}); }
function calls() {
h(f16()); k([f16()]); l(f15({ next() { return false; } }, f16)); n([f16()]); o([f16()]); p(f16()).next(); q(f16()); r(f16());
f1(f16()); f2(f16()); f3(f15({ next() { return this.n++ < 2; }, n: 0, push() {} }, f16)); f4(Object.assign([f16()], { foo() {} })); f5(f16()).next(); new C7(f16()); f9(f16()); f11(f16()); f12(f15([], f16)).next(); f13(f16()); try { f14(f16()); } catch {}
}
calls();
