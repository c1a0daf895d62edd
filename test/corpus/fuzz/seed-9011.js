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
let g0 = -2147483649, g1 = [, 1], g2 = { b: 1 };
function make0(p, q) { return { a: q, b: -2147483648.5, c: [q, 1] }; }
function make1(p, q) { return { a: p }; }
class C2 {
  d = { c: 5e-324 };
  constructor(p0) {
    this.b = p0;
  }
  m2(p3, p4) {
    return Math.fround(Number((new Int16Array(4)).subarray(10)));
  }
}
class C5 extends C2 {
  a = 7;
  c = '1.5';
  constructor() {
    super(4294967295.5);
  }
  m0(p6) {
    return Reflect.construct(C2, [(g2?.m1?.() - p6)]);
  }
  m1(...p7) {
    const up = super.m0?.(1);
    for (const i8 of p7.slice(0, 6)) {
      tick(21);
      !make0((-2147483648), 0.5);
      if (p7.includes((10))) break;
    }
    for (const i9 in [...p7.slice(0, 6), (255)]) {
      this.d = ((typeof g0 === 'number') ? 2147483647 : ({ c: 2147483647 }).y);
      const v10 = 1;
      g2 = new C2(Math.min(g0, p7[4]));
    }
    return g2;
  }
  get b() { return this.a; }
}
function f11(p12, p13, p14, p15) {
  return (new Int16Array([10, p13, 4294967295.5])).map((q16) => p13);
}
function f17(p18, p19, p20) {
  return p18;
}
function shock(at) {
  switch (at & 7) {
    case 0: g1.length = 2; break;
    case 1: C2.prototype.c = 4294967295; break;
    case 2: g1[4] = [1.5, 2.5]; break;
    case 3: g0 = g0; break;
    case 4: C2.prototype.m0 = function (q) { return 'shock'; }; break;
    case 5: g1 = []; break;
    case 6: g0 = g0; break;
    case 7: C5.prototype.m0 = function (q) { return this.a; }; break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
function main() {
  for (let n = 0; n < 12; n++) mix(() => n & 1 ? f11((g0 !== g0), -(-1.5), new C2('\ud83d\ude00'), (true ? true : g2)) : f11(((1.5) > g0), ((1) ** -1), {}, f17(2147483647, new Uint8Array(4), 9223372036854775807n, ...g1)));
  take('f11', () => f11(!Object.entries(g2), (g2?.m2(g0, 10) / (-1)), [...new Set(g1)].fill(g0, 10), `${((q) => ({ a: q }))}-${g0}`));
  take('f11', () => f11((((4) - (3)) === (new Int8Array(4)).length), ({ ...({ b: 2.25 }), c: g0 }).m1((false ? g0 : g0), (true ? 4294967296 : g0)), new Map([[(-1073741823), g2]]), (0 in g1)));
  for (let n = 0; n < 12; n++) mix(() => n === 9 ? f11((((10) % 16) > f17(12, false, 9223372036854775808n)), ((true && true) ? 5e-324 : -g0), (new Int8Array(2)).map((q21) => (q21 = g0)), null) : f11((g0 !== g0), -(-1.5), new C2('\ud83d\ude00'), (true ? true : g2)));
  take('f11', () => hash);
  for (let n = 0; n < 12; n++) mix(() => f17(((6) % 2), (new Int32Array(4)).subarray(7), -(64n)));
  take('f17', () => f17(('1'.charCodeAt(6) ^ (-(5))), new Int8Array([g0, g0, g0]), 9223372036854775808n));
  take('f17', () => f17(((((536870912) ^ (1073741824)) + (1)) | 0), (new Uint16Array(7)).subarray(0), Math.ceil(g0)));
  for (let n = 0; n < 12; n++) mix(() => n === 9 ? f17(g0, new Uint8Array(4), new Map([[(9223372036854775808n), g2]])) : f17(((6) % 2), (new Int32Array(4)).subarray(7), -(64n)));
  take('f17', () => hash);
}
try { main(); } catch (e) { note(e); }
console.log(lines.join('\n'));
