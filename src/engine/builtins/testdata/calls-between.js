// Getters, traps and conversions that collect between two uses of the same object by the runtime: with statements, the global object's
// chain, classes' computed keys, species, descriptors, disposal, templates, enumeration.
const junk = () => { const a = []; for (let i = 0; i < 50; i++) a.push({ i }); return a; };
const fresh = () => new Proxy({}, { has(t, k) { junk(); return k === 'inProxy'; }, get(t, k) { junk(); return k === 'inProxy' ? [42, t.stored] : undefined; }, set(t, k, v) { junk(); t.stored = v; return true; }, deleteProperty(t,k){ junk(); return true; } });
const f = new Function('p', 'let l = {v: 1}; with (p) { const first = inProxy; inProxy = {x: l}; l = {w: l.v}; return [first, inProxy, l.w, typeof nothing, delete inProxy] }');
// fresh, so that a collection moves it; seen to fail: the with statement's object kept raw across its `has`
console.log(JSON.stringify(f(fresh())));
class P extends Promise {}
Object.defineProperty(P, Symbol.species, { get() { junk(); return undefined; } });
const it = { [Symbol.iterator]() { return { next() { return { done: false, value: 1 }; }, get return() { junk(); return 5; } }; } };
try { for (const x of it) break; } catch (e) { console.log(e.message); }
const d = { get value() { junk(); return { big: [1, 2, 3] }; }, get enumerable() { junk(); return true; } };
const o = {}; Object.defineProperty(o, 'x', d); console.log(JSON.stringify(o));
Reflect.defineProperty(o, 'y', { get value() { junk(); return {z: 1}; }, enumerable: true }); console.log(JSON.stringify(o));
const frozen = Object.freeze(Object.assign([1, 2, { a: 1 }], { get p() { return 1; } }));
console.log(Object.isFrozen(frozen));
{
  const log = [];
  const st = new DisposableStack();
  st.adopt({ v: 1 }, (x) => { junk(); log.push(x.v); });
  st.defer(() => { junk(); log.push('d'); });
  st.use({ w: 2, [Symbol.dispose]() { junk(); log.push(this.w); } });
  st.dispose(); console.log(log.join());
}
(async () => {
  const log = [];
  const st = new AsyncDisposableStack();
  st.use({ w: 2, [Symbol.dispose]() { junk(); log.push(this.w); throw new Error('q'); } });
  st.adopt({ v: 3 }, async (x) => { junk(); log.push(x.v); });
  try { await st.disposeAsync(); } catch (e) { log.push(e.message); }
  console.log(log.join());
})();
console.log([10n, 2, { valueOf() { junk(); return 3; } }].toLocaleString());
console.log([{ toLocaleString(...a) { junk(); return JSON.stringify(a); } }, { toLocaleString(...a) { junk(); return a.length; } }].toLocaleString('en', { x: 1 }));
label: { const y = { ...{ get a() { junk(); return { deep: 1 }; }, b: { c: 2 } } }; console.log(JSON.stringify(y)); }
function tag(s) { junk(); return s.raw.join() + Object.isFrozen(s) + Object.isFrozen(s.raw); }
console.log(tag`a${1}b`, tag`c${2}d`);
for (const k in new Proxy({ a: 1, b: 2 }, { ownKeys(t) { junk(); return Reflect.ownKeys(t); } })) console.log(k);
var re = /(?<y>\d)(?<z>x)?/d; console.log(JSON.stringify(re.exec('a1').groups), JSON.stringify(re.exec('a1').indices.groups), 'a1b2'.replace(/(?<n>\d)/g, (...m) => { junk(); return JSON.stringify(m.at(-1)); }));
Object.setPrototypeOf(globalThis, new Proxy(Object.prototype, { has(t, k) { junk(); return k === 'viaProxy'; }, get(t, k) { junk(); return k === 'viaProxy' ? 7 : Reflect.get(t, k); } }));
console.log(viaProxy, typeof notThere);
try { notThere2; } catch (e) { console.log(e.message); }
(function () { 'use strict'; try { notThere3 = {a: 1}; } catch (e) { console.log(e.message); } })();
class A { static [{ toString() { junk(); return 'dyn'; } }]() { return 'static ' + new A().m(); } [{ toString() { junk(); return 'm'; } }]() { return 'm'; } get [{toString() { junk(); return 'g'; }}]() { return 'g'; } }
console.log(A.dyn(), new A().g);
