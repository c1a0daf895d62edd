const t = (f) => { try { console.log(f()); } catch (e) { console.log(e.message); } };
let u, n = null;
for (const k of [{}, [], [1], () => 1, class A {}, /x/, new Error('m'), new Date(0), Symbol('s'), Symbol.iterator, 1.5, -0, NaN, 5n, true, null, undefined, 'x', '', { toString() { return 'T'; } }, new String('w'), new Proxy({}, {}), 'y'.repeat(300)]) {
  t(() => u[k]); t(() => n[k]); t(() => { u[k] = 1; }); t(() => u[k]()); t(() => { u[k]++; }); t(() => { const { [k]: z } = u; }); t(() => delete u[k]); t(() => k in 5); t(() => { 'use strict'; (5)[k] = 1; return 'ok'; }); t(() => ({})[k]()); t(() => new ({})[k]());
}
