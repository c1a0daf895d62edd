class Base { constructor(o) { return o; } }
class X extends Base { #p = 1; static has(o) { return #p in o; } static get(o) { return o.#p; } static set(o, v) { o.#p = v; } #m() { return 7; } static call(o) { return o.#m(); } static hasM(o) { return #m in o; } }
const traps = []; const h = new Proxy({}, { get(t, k) { traps.push(k); return undefined; } });
const p = new Proxy({}, h);
const t = (f) => { try { console.log(f()); } catch (e) { console.log(e.message); } };
for (let i = 0; i < 30; i++) { const o = i % 3 == 0 ? p : i % 3 == 1 ? Object.freeze({}) : new Proxy(function () {}, h);
t(() => X.has(o)); t(() => X.get(o)); t(() => X.hasM(o)); t(() => { new X(o); return 'made'; }); t(() => X.has(o)); t(() => X.get(o)); t(() => { X.set(o, 5); return X.get(o); }); t(() => X.call(o)); t(() => X.hasM(o)); t(() => { new X(o); return 'made'; }); t(() => traps.join()); t(() => Reflect.ownKeys(o).length); }
class Y extends Base { #q = 1; static get(o) { return o.#q; } static hot(o) { return #q in o ? o.#q++ : -1; } }
for (let i = 0; i < 4; i++) { const o = i % 2 ? {} : new Proxy({}, h); t(() => { new Y(o); new Y(o); }); t(() => Y.get(o)); }
{ const y = new Y({}), ps = [new Proxy(y, {}), Object.create(y), y, {}]; for (let i = 0; i < 200; i++) { const r = ps.map((o) => Y.hot(o)).join(); if (i % 50 === 0) console.log(r); } }
