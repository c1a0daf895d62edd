// Every way into a call that the interpreter's loop leaves to a handler, with young values as callee, receiver, new target and arguments.
const out = [];
const log = (...xs) => out.push(xs.map(String).join(' '));
function show(a, b) { return `${this && this.x} ${a && a.v} ${b && b.v} ${arguments.length}`; }
function sloppy() { return typeof this; }
class Base { constructor(a, b) { this.a = a; this.b = b; } sum() { return (this.a && this.a.v) + ':' + (this.b && this.b.v) + ':' + (new.target === undefined); } }
class Derived extends Base { constructor(...xs) { super(...xs); this.n = xs.length; } }
class Default extends Base {}
function Old(a) { this.a = a; if (a && a.obj) return { other: a.v }; }
const O = (v) => ({ v });
const hot = (f, n = 12) => { let r; for (let i = 0; i < n; i++) r = f(i); return r; };
const b0 = show.bind({ x: 'bx' });
const b1 = show.bind({ x: 'b1' }, O('p'));
const b2 = b1.bind(null, O('q'));
log(hot(() => show.bind({ x: 'fresh' })()), hot(() => show.bind({ x: 'f1' }, O(1))(O(2))));
log(hot(() => b0(O(1), O(2))), hot(() => b1(O(3))), hot(() => b2()), hot(() => b2(O(9), 1, 2, 3)), hot(() => show.bind({ x: 2 }, O('l'), O('r'))(1)));
log(hot(() => new (Old.bind(null, O('bound')))().a.v), hot(() => new (Derived.bind(null, O(1), O(2)))(3).n));
log(hot((i) => new Derived(O(i), O(i + 1), 1, 2).sum()), hot((i) => new Default(O(i)).sum()), hot((i) => new Old({ v: i, obj: true }).other));
const proxy = new Proxy(show, {});
const trapped = new Proxy(show, { apply(t, self, args) { return 'trap ' + t.apply(self, args); }, construct(t, args, nt) { return { made: args.length, same: nt === trapped }; } });
log(hot(() => proxy(O(1))), hot(() => proxy.call({ x: 7 }, O(1), O(2))), hot(() => trapped.call({ x: 8 }, O(3))), hot(() => new trapped(1, 2).made), hot(() => new trapped().same));
log(hot(() => show(...[O(1), O(2), O(3)])), hot(() => show.call({ x: 1 }, ...[O(5)], ...[O(6)])), hot(() => new Base(...[O(1), O(2)]).sum()), hot(() => Math.max(...[1, 5, 3])));
function* gen(a, b) { const x = yield a.v; const y = yield [x, b && b.v, arguments.length].join('/'); return this === undefined ? y : typeof this; }
log(hot((i) => { const g = gen(O(i), O(2), 3); return [g.next().value, g.next('in').value, g.next('end').value].join(); }));
log(hot(() => Reflect.construct(Base, [O(1), O(2)], Derived) instanceof Derived), hot((i) => { function NT() {} Object.defineProperty(NT, 'prototype', { value: { tag: 'nt' + i } }); return Reflect.construct(Old, [O(4)], NT).tag; }));
let junk; const makeNT = (i) => new Proxy(function () {}, { get(t, k, r) { junk = []; for (let j = 0; j < 20; j++) junk.push({ j }); return k === 'prototype' ? { tag: 'getter' + i } : Reflect.get(t, k, r); } });
log(hot((i) => { const o = Reflect.construct(Base, [O('a' + i), O('b' + i)], makeNT(i)); return o.tag + o.a.v + o.b.v; }));
log(hot((i) => { class N extends Old { constructor(x) { super(x); } } const B = N.bind(null, O('z' + i)); const o = Reflect.construct(B, [], makeNT(i)); return o.tag + o.a.v; }));
for (const f of [() => undefined(), () => (0)(), () => ({}).x(), () => Base(), () => new (() => {})(), () => new 1(), () => show(...1), () => new Base.sum(), () => Reflect.construct(Base, [], 1), () => { class A extends Base { constructor() { } } new A(); }, () => { class A extends Base { constructor() { return 1; } } new A(); }])
  log(hot(() => { try { return f(); } catch (e) { return e.constructor.name + ': ' + e.message; } }));
log(hot(() => sloppy.call(1)), hot(() => sloppy.call(null)), hot(() => sloppy.call('s')), hot(() => sloppy.bind(true)()));
let depth = 0; const down = (a, b) => { depth++; return down(a, b) + 1; };
for (const start of [() => down(1), () => { const d = (a) => { depth++; return d.call(null, a, a, a); }; d(1); }, () => { class C { constructor() { depth++; new C(1, 2, 3, 4, 5, 6, 7, 8); } } new C(); }, () => { const g = () => { depth++; b(); }; const b = g.bind({}, 1, 2, 3); b(); }])
  { depth = 0; try { start(); } catch (e) { log(e.constructor.name, e.message, depth > 100); } }
log(hot((i) => [3, 1, 2].map((v) => new Base(O(v), O(i)).sum()).join()), hot(() => [O(3), O(1)].sort((a, b) => a.v - b.v).map((o) => o.v).join()));
log(hot(() => Function.prototype.call.call(show, { x: 'cc' }, O(1))), hot(() => Reflect.apply(show, { x: 'ra' }, [O(1), O(2)])), hot(() => [1].map(show, { x: 'thisArg' })[0]));
console.log(out.join('\n'));
