const lines = [];
function show(v, d = 0) {
  if (typeof v === 'number') return Object.is(v, -0) ? '-0' : String(v);
  if (typeof v === 'string') return v.length > 60 ? JSON.stringify(v.slice(0, 60)) + v.length : JSON.stringify(v);
  if (typeof v === 'bigint') return v + 'n';
  if (typeof v === 'function') return 'function ' + v.name;
  if (typeof v !== 'object' || v === null) return String(v);
  if (d > 2) return '…';
  if (v instanceof Error) return v.name + ': ' + v.message;
  if (v instanceof Map || v instanceof Set) return Object.prototype.toString.call(v) + show([...v].slice(0, 8), d + 1);
  const parts = [];
  const list = Array.isArray(v) || ArrayBuffer.isView(v);
  if (list) {
    for (let i = 0; i < v.length && i < 16; i++) parts.push(i in v ? show(v[i], d + 1) : '');
    if (v.length > 16) parts.push('… ' + v.length);
  }
  for (const key of Reflect.ownKeys(v)) {
    if (parts.length > 24) break;
    if (list && (typeof key === 'symbol' || String(+key) === key || key === 'length')) continue;
    const slot = Reflect.getOwnPropertyDescriptor(v, key);
    parts.push(String(key) + ': ' + ('value' in slot ? show(slot.value, d + 1) : 'accessor'));
  }
  return list ? '[' + parts.join() + ']' : '{' + parts.join() + '}';
}
function note(e) { if (lines.length < 400) lines.push('  caught ' + show(e)); }
function take(name, f) {
  let text;
  try { text = show(f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
let hash = 0, calls = 0, rounds = 0;
function mix(f) {
  let v;
  try { v = f(); } catch (e) { v = e.message; }
  rounds = (rounds + 1) & 31;
  if (typeof v === 'number') hash = (Math.imul(hash, 31) + v * 4) | 0;
  else if (rounds === 0) for (const c of show(v)) hash = (Math.imul(hash, 31) + c.charCodeAt(0)) | 0;
}
function tick(at) { if (++calls % 512 === at) shock(at); }
let g0 = 1073741823.5, g1 = [, 1], g2 = { d: 1e21 };
function make0(p, q) { return { b: q, c: { a: p }, y: [q, 1] }; }
class C1 {
  c;
  constructor(p0, p1) {
    this.d = p0;
    this.b = p1;
  }
  m1() {
    return ((((1) + g1.length)) ** 0);
  }
  m2() {
    return 9007199254740991;
  }
}
class C2 extends C1 {
  a = 2147483647.5;
  x = -7;
  #p = 3;
  constructor() {
    super(1.7976931348623157e308, -2.5);
    this.#p = 1;
  }
  m0(p3, p4) {
    return ((p4 >>>= (({ c: 1.7976931348623157e308 }).x && p3)) / (((true || true) ? ((1) ** 3) : (g2.c || g0))));
  }
  m1() {
    return +'1.5';
  }
  m2() {
    return g0;
  }
  get x() { return this.#p; }
  set x(q) { this.#p = q; }
  *[Symbol.iterator]() { yield this.a; yield -Infinity; }
}
function* f5(p6, p7, p8, p9) {
  return ((p9 != (g1.reduce((s10, e11) => e11, 4294967296n))) ? p7 : (yield ((false ? p9 : g0))));
}
function f12(p13, p14) {
  g2.c += ((6) + g0);
  return Math.max((g1.includes(((q) => q + 1)) ? p13 : Math.abs(g0)), 8);
}
function f15(p16, p17, p18) {
  Object.create(make0((3), g0));
  const v19 = 1e-7;
  return g1;
}
function f20(p21, p22, p23) {
  tick(6);
  const v24 = (Object.keys(Reflect.construct(C2, []))).slice(0, 12);
  if ((0 in v24.concat((new Uint8ClampedArray(4))).slice(0, 9))) {
    g0 = f12.call(v24, Math.min(p21, 2.25), ('Infinity' + (-2)));
  } else {
    var v25 = [].length;
    make0(('the quick brown fox jumps over' + (new Uint8Array(4))), ({ a: 2147483648 }).m0(p21, -2));
    let { d: v26 } = new C2();
  }
  var v27 = ((v24.join().toUpperCase() + ((g2 = Object.create(p22))))).slice(-40);
  L28: for (const i29 in ((true ? { c: -4294967296 } : g2))) {
    if (((5 & 3 in v24) && (i29 < i29))) {
      const v30 = ~(Math.imul(new Uint8ClampedArray(4), p21) >> ((10) % 3));
      ({ d: 3.0000000000000004 }).b = i29.codePointAt(v30);
      p21 = +(((v27 = i29)).slice(v30));
    }
    if ((g0 !== g0)) {
      p22.d = (([1, 2, 3].reduce((s31, e32) => e32, g0)) !== ((false ? 16 : g0)));
      let v33 = p22;
    } else {
      let v34 = ((typeof 's' === 'string') ? (p23 = null) : -0);
      g0 = ((new Int16Array(4))[12] ?? g0);
    }
  }
  p22 = { x: BigInt(((16) - (-1073741823)) | 0), d: ((g0 - p21) + Math.ceil(p21)), c: p21 };
  return (5 & 3 in (g1.map((q35, q36) => q36)));
}
function f37(p38, p39) {
  'use strict';
  (g0).toString(16).repeat(2);
  return (((((-1073741824) % (((63) / (5)) | 0)) | 0) * (g2.m2(6, g0) % -4)) | 0);
}
function shock(at) {
  switch (at & 7) {
    case 0: Object.defineProperty(C2.prototype, 'c', { get() { return 42; }, set(q) {}, configurable: true }); break;
    case 1: Math.floor = (q) => 3; break;
    case 2: g1[4] = new Float32Array(4); break;
    case 3: C1.prototype.m1 = function (q) { return 'shock'; }; break;
    case 4: g0 = g1.pop(); break;
    case 5: Object.setPrototypeOf(C1.prototype, null); break;
    case 6: g1[5] = false; break;
    case 7: g2.a = g1; break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
function main() {
  for (let n = 0; n < 12; n++) mix(() => [...f5(Object.assign(g2, { b: g0, m0(q) { return this; } }), g2.d, new C1(g0, g0), (((-1) + (11)) | 0), ...g1)].slice(0, 20));
  take('f5', () => [...f5((((false ? g0 : g0))).toString(36), make0(g1.pop(), ((3) * g0)), 11, (!(-1073741824) ? 'x'.charCodeAt(0) : ((-1) % 7)))].slice(0, 20));
  take('f5', () => [...f5({ toString() { return '0x1f'; }, d: g2 }, ((g0 != g0) ? '\u4e2d\u6587' : (true ? g2 : g1)), 'a'[5 & 3].slice(11, 0), ((new Uint32Array(4))[5 & 3] | ((1073741822) | (128))))].slice(0, 20));
  for (let n = 0; n < 12; n++) mix(() => n === 9 ? [...f5({ ...({ c: g0, d: g0, ['x']: g0 }), y: g1.splice(10, 2, (2)) }, { valueOf() { return g0; } }, ((typeof g1) + (new C1(g0, g0))), String(f37(g1, g1)))].slice(0, 20) : [...f5(Object.assign(g2, { b: g0, m0(q) { return this; } }), g2.d, new C1(g0, g0), (((-1) + (11)) | 0), ...g1)].slice(0, 20));
  take('f5', () => hash);
  for (let n = 0; n < 12; n++) mix(() => f12(10, '4294967295'.slice(0, 'abc')));
  take('f12', () => f12(Object.freeze(g2), typeof (-0)));
  take('f12', () => f12(new Int32Array([g0, g0, g0]), (typeof g0)[0]));
  for (let n = 0; n < 12; n++) mix(() => n === 9 ? f12((g0 -= 1073741822)) : f12(10, '4294967295'.slice(0, 'abc')));
  take('f12', () => hash);
  for (let n = 0; n < 12; n++) mix(() => n & 1 ? f15((g0 * g0), make0(g0, g0), Object.hasOwn(4294967296n, 'c')) : f15(100, new C1(g0, g0), g1.some((q40, q41) => true), -0));
  take('f15', () => f15((((9223372036854775807n) / 18446744073709551616n) << 64n), new Int16Array(8), f12.call(g1, g0, 'hello world')));
  take('f15', () => f15(f12(g0, 'constructor'), g2, g1));
  for (let n = 0; n < 12; n++) mix(() => n === 9 ? f15(('Infinity'.substring(0) < g1[2]), g2, ((-g0) * (-g0))) : f15((g0 * g0), make0(g0, g0), Object.hasOwn(4294967296n, 'c')));
  take('f15', () => hash);
  %PrepareFunctionForOptimization(f20);
  take('f20', () => f20((g0--), new C2(), (false ? (q) => ({ a: q }) : (q) => q + 1), ...['a', 2]));
  take('f20', () => f20(g0, (g2 = g2), (() => 1)));
  take('f20', () => f20(g0, new C1(g0, g0), (q42) => q42, ...[1.5, 2.5]));
  %OptimizeFunctionOnNextCall(f20);
  take('f20', () => f20(f12(7, 'Infinity'), { ['0']: 2, x: g0, get y() { return 5e-324; } }));
  take('f20', () => f20(Number(g2), { toString() { return 'constructor'; }, a: g2 }, (q45, q46) => g1));
  take('f20', () => f20(8, g2, (q47) => (q) => ({ a: q })));
  take('f20', () => f20(g0, g1, (q48) => 'é'));
  %PrepareFunctionForOptimization(f20);
  take('f20', () => f20(9, g2, (q49) => g2));
  take('f20', () => f20(-0, { c: g0, x: make0((11), 1073741823.5) }, (q50) => 7));
  take('f20', () => f20(g0, g2, function (s, t) { return new Uint32Array(4); }));
  %OptimizeFunctionOnNextCall(f20);
  take('f20', () => f20((g2 - (0)), new Map([[(8), '\ud800']]), (q51) => g1));
  take('f20', () => f20(-((true ? 4 : 2147483647.5)), Object.create(make0(g2, g0)), Boolean));
  take('f20', () => f20(4294967296n, [0.5, , 1].slice(3).fill((1), -2), (new Set(g1)).x, 's'));
  take('f20', () => f20((q52, q53) => ({ a: new Int8Array(4), get b() { return 1073741822; }, d: 65535 }), { ...({}), b: (new Uint16Array(2)) }, (Object.assign(({ b: 0xdeadbeef }), { a: g0, get b() { return -0; }, x: true }) >= BigInt.asUintN(64, 64n))));
  for (let n = 0; n < 4; n++) mix(() => f37([], g1));
  take('f37', () => f37(((g2 instanceof C1) ? (q) => [q] : []), f15(-2147483648, g2, true)));
  take('f37', () => f37(g2, ((false ? ['a', 2] : g1)).slice(1)));
  for (let n = 0; n < 4; n++) mix(() => n === 3 ? f37(Symbol.iterator, (!g0 ? (() => 1) : function (s, t) { return [, 1]; })) : f37([], g1));
  take('f37', () => hash);
}
try { main(); } catch (e) { note(e); }
console.log(lines.join('\n'));
