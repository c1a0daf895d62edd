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
let g0 = 256, g1 = [0.5, , 1], g2 = { y: -9007199254740991 };
function make0(p, q) { return { a: p, d: 65536, x: p }; }
function f1(p2, p3, p4) {
  for (let i5 = 5; i5 > 0; i5--) {
    if (Object.hasOwn(g2, 'd')) break;
    const k6 = (q7) => {
      q7 -= Math.floor(i5);
      return ((p4) ** 0);
    };
    p4 += parseInt(('1.5' + i5), 16);
    g2.x += Math.round(-1.5);
  }
  ({ d: g1.filter((q8, q9) => p2), m0(q) { return q; } });
  g0[p4 & 7] = make0((new Uint16Array(4)), g0).a;
  '';
  var v10 = ((g0).toString(2).charAt(11) == ((p2 ? 'the quick brown fox jumps over'.replace(' 12 ', 'NaN') : typeof p4)));
  var v11 = (((Math.round(g0) & [0.5, , 1].push([])) % p4) | 0);
  return Number(~(255n) & 0xffn);
}
async function f12(p13 = '\u4e2d\u6587', ...p14) {
  for (let i15 = 12; i15 > 0; i15--) {
    let [, v16, v17] = 'length'.substring(i15, 'x').split(p13);
    v16 &= v17;
    for (const i18 in (new Map([[(0), p13]]))) {
      let v19 = await String(g2).slice(9, 8);
      g2 = v19;
    }
    let v20 = p14;
  }
  return make0(g1.at(5 & 3), ({ y: 9007199254740991 }).x)['\ud800'];
}
function f21(p22, p23 = (q) => ({ a: q }), p24, p25 = 3n) {
  g1[0.5] |= p24;
  p24;
  let v26 = make0((((typeof p25 === 'object') ? (true ? [0.5, , 1] : g1) : [-100, 4, 2, p24, 8])), Number(p23));
  try {
    g0 *= p24;
  } catch (e27) {
    note(e27);
    if (g1.includes(false)) {
      let v28 = 4294967296n;
      let v29 = !(p24 << 'constructor'.charCodeAt(p24));
    }
  }
  v26.c = -((true ? g0 : p24));
  v26 = Object.assign(({ ...Object.freeze({ x: -2 }), b: g2 }), { c: g1.at(p24), m1(q) { return this; } });
  return p24;
}
function shock(at) {
  switch (at & 7) {
    case 0: Object.prototype.m2 = function (q) { return 1.5; }; break;
    case 1: Object.defineProperty(Object.prototype, 'b', { get() { return 42; }, set(q) {}, configurable: true }); break;
    case 2: g2.y = g0; break;
    case 3: g0 = +'b'; break;
    case 4: Math.floor = (q) => 3; break;
    case 5: g2.b = g0; break;
    case 6: g0 = g0; break;
    case 7: %DeoptimizeFunction(f1); break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
async function main() {
  %PrepareFunctionForOptimization(f1);
  take('f1', () => f1(Number.isInteger('0'), String, Number(18446744073709551615n & 0xffn)));
  take('f1', () => f1((typeof (-0) === 'object'), (q30, q31) => 's', ({ y: 2 })?.m2(), ...g1));
  take('f1', () => f1(g1.includes(((q) => [q])), (q32, q33) => 12));
  %OptimizeFunctionOnNextCall(f1);
  take('f1', () => f1(g1.every((q34, q35) => false), Number, ((11) + (0))));
  take('f1', () => f1(('4294967295' !== 'a,b,c'), f21, ~(16)));
  take('f1', () => f1(new Int16Array([g0, g0, g0]), function (s, t) { return [1.5, 2.5]; }, Math.sign((g0 + g0))));
  take('f1', () => f1(((((2) * (5)) | 0) != ('NaN' + (1073741824))), ((f1(true, (q) => undefined, 3, g1)) - g1.pop()), ({ a: g0, c: g0, get d() { return 1e15; }, x: g0 })['abc']));
  %PrepareFunctionForOptimization(f1);
  take('f1', () => f1(((g0 === g0) ? ('\ud83d\ude00' !== '\u4e2d\u6587') : ('b' in (18446744073709551616n))), (q36, q37) => 'a', Object.values({ d: -4294967296 })));
  take('f1', () => f1(('\ud800' in g1), f21, 7));
  take('f1', () => f1((g0 <= g0), function (s, t) { return 'é'; }, ((11) % 3)));
  %OptimizeFunctionOnNextCall(f1);
  take('f1', () => f1(((63) > (4)), f12, ((16) * (2)), NaN));
  take('f1', () => f1((true && false), function (s, t) { return ['a', 2]; }, g2.y));
  take('f1', () => f1({ a: Array.from({ length: 5 }, (q38) => g0), b: Number((11)), ['c']: 9007199254740991, d: 9007199254740992, x: g2.m0(g0) }, function (s, t) { return -1073741825; }, [...g1.concat((-2147483648.5)).slice(0, 9).slice(0, 6), g1.indexOf('4294967295')]));
  take('f1', () => f1(((new Int16Array(4)).length >= Math.clz32(g0)), (q39, q40) => q40, Array.from({ length: 3 }, (q41) => ({ c: q41, x: g0, y: g0, m2(q) { return this.b; } }))));
  %PrepareFunctionForOptimization(f12);
  await settle('f12', () => f12('0'.substring(((-1) % 2))));
  await settle('f12', () => f12(''.slice((g0, 11))));
  await settle('f12', () => f12([0.5, , 1].join('0x1f')));
  await settle('f12', () => f12(new Uint16Array([g0, g0, g0])));
  %OptimizeFunctionOnNextCall(f12);
  await settle('f12', () => f12('a,b,c'));
  await settle('f12', () => f12((g0).toString().padStart(6, 'abc')));
  await settle('f12', () => f12(('0' + g0).slice(2)));
  %PrepareFunctionForOptimization(f21);
  take('f21', () => f21(function (s, t) { return [1, 2, 3]; }, (true ? (q) => [q] : (q) => undefined), f21((q) => ({ a: q }), (q) => ({ a: q }), 8, g2), NaN));
  take('f21', () => f21((true ? (q) => [q] : (q) => q + 1), (q42) => 11, g2.x, 1.5));
  take('f21', () => f21((false ? (q) => q + 1 : (q) => undefined), (q43) => -1n, (((1) - (3)) | 0), f21((q) => ({ a: q }), (q) => [q], -1, g2)));
  %OptimizeFunctionOnNextCall(f21);
  take('f21', () => f21(function (s, t) { return 4294967296; }, parseFloat, '\u4e2d\u6587'.charCodeAt(0), 's'));
  take('f21', () => f21(Boolean, (false ? (q) => q + 1 : (q) => q), (((-1) * (-2147483647)) | 0), g1, ...g1));
  take('f21', () => f21(-3n, f12, new Int16Array(1), `\n${g0}-${g0}`.slice(8)));
  take('f21', () => f21((q44, q45) => q45, (() => 1), parseInt('0x1f'), g2));
  %PrepareFunctionForOptimization(f21);
  take('f21', () => f21((q46, q47) => q46, (() => 1), ((7) - (-2)), 8));
  take('f21', () => f21(function (s, t) { return 'abc'; }, (() => 1), f21((q) => ({ a: q }), (q) => [q], 11, g0), 1.5));
  take('f21', () => f21((() => 1), (false ? (q) => q + 1 : (q) => ({ a: q })), (((-100) + (12)) | 0), f21((q) => [q], (q) => [q], 8, g1)));
  %OptimizeFunctionOnNextCall(f21);
  take('f21', () => f21((() => 1), (q48) => ({ y: -2 }), g2.m1(), g2));
  take('f21', () => f21((q49) => g0, (q50, q51) => 4, ((1) % 7), g1));
  take('f21', () => f21((q52, q53) => 5, Math.max, (new Uint16Array(4)).length, g1));
  take('f21', () => f21((false ? 6 : 255), Number, (true, [, 1].indexOf(g0)), `${(5)}-${g0}`));
}
main().catch(note).then(() => console.log(lines.join('\n')));
