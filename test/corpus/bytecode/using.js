// corpus: wrapper
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
function f4(x) { for (using a of x) { x.at(() => a); } }
async function* f5(x) { await using a = x; yield 1; }
function f6(x = 1, { y } = {}) { using a = x; eval(''); return y; }
class C7 { static { using a = null; } constructor(x) { using b = x; this.x = 1; } }
async function f9(x) { for (const z of [1]) { await using a = x; if (z) continue; if (z.x) break; return 5; } }
function f11(x) { try { using a = x; throw 1; } catch (e) { using b = x; } finally { using c = x; } }
function* f12(x) { using a = x; yield* a; }
function f13(x) { l: { using a = x; break l; } switch (x) { case x: { using b = x; break; } } }
const D = { foo() {}, next() { return { done: true }; }, [Symbol.dispose]() {}, [Symbol.asyncDispose]() {}, x: 1, at() {}, [Symbol.iterator]() { return this; } };
h(D); k([D]); l({ next() {}, [Symbol.dispose]() {} }); n([D]); o([D]); for (const z of p(D)); q(D); r(D);
f1(D); f2(D); f3({ next() { return this.n++ < 2; }, n: 0, push() {}, [Symbol.dispose]() {} }); f4([D]); f5(D).next(); f6(D); new C7(D); f9(D); f11(D); f12(D).next(); f13(D);
(() => { { using late = D; try { (() => { late = 1; })(); } catch {} } })();
