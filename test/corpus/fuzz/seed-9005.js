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
let g0 = -2147483647, g1 = [undefined], g2 = { d: 5e-324 };
function make0(p, q) { return { c: [q, 1], d: p }; }
class C1 {
  b = 0xdeadbeef;
  y;
  constructor(p0, p1) {
    this.x = p0;
    this.c = p1;
  }
  m1(p2) {
    return (('Infinity'.padStart(5, 'hello world') == '1073741824') ? g1 : g1);
  }
  get b() { return 1; }
}
class C3 extends C1 {
  static y = 4;
  constructor(p0) {
    super(p0, -100);
    this.d = p0;
  }
  m1() {
    const v4 = [g2, ...g1, 3n].fill(g0, 1);
    return g0;
  }
  m2(p5) {
    const up = super.m1?.(1);
    const v6 = (String.fromCharCode(8)[-1]).slice(-40);
    return new C1(v6.length, p5);
  }
  *[Symbol.iterator]() { yield this.a; yield 1.7976931348623157e308; }
}
function f7(p8 = -1, ...p9) {
  let [v10, v11] = ['0'];
  if ([, 1].includes('a')) return new Set(g1);
  let v12 = Object.assign(({ ...({ b: 2 }), x: g2 }), { c: 123456.789, [1]: 0xdeadbeef, x: v11, y: p8 })?.y;
  if ((4 in [6, -1, p8, p8, p8])) {
    (new Uint16Array(4))[p8] = (((8) ** 0) * p8);
    for (let i13 = 0; i13 < 4; i13 += 3) {
      let v14 = (g2 = (Array.isArray('1.5') ? Object.create(g2) : { valueOf() { p8++; return false; } }));
      tick(77);
      if (('y' in v14)) continue;
      var v15 = i13;
    }
    const v16 = g2;
  } else {
    v10 = g2?.m2(8, v12);
    let v17 = (g2 = make0(({ a: 4294967295, b: v11 }), (p8 - v11)));
    v17.d = v11;
  }
  for (let i18 = 1; i18 < 9; i18++) {
    g2.b++;
    try {
      const v20 = new Uint16Array([g0, v10, v11]);
    } catch {
      [, 1].pop();
    }
    if ((((true ? true : true)) && (!p8))) {
      var v24 = make0(((g2 = g2)), (g1.flatMap((q22, q23) => q23)).pop());
      g2.c -= (i18 % (3.0000000000000004));
      ({ a: 1 }).x = 1073741822;
    }
    if (delete g2.a) break;
  }
  switch (p8 & 3) {
    default: {
      delete g2.y;
    } break;
    case 0: {
      g2.x++;
      var v25 = p9;
    } break;
    case 1: {
      const v26 = new C1(((v10 + v12) <= g2?.m0?.(10)), (g2.a || g2.y));
      p8 = Math.imul('NaN'.length, (typeof this));
    } break;
  }
  return new C1(((false ? true : false) ? v11 : 0.1), g0);
}
function f27(p28, p29, p30) {
  return [(true ? 12 : 11), ((4) % 3), (new Int8Array(4))[0], 7];
}
function f31(p32, p33) {
  return BigInt.asUintN(64, 64n);
}
async function f34(p35, p36, p37, p38) {
  if (('b' in g2)) {
    let v39 = await Promise.resolve(p38);
    const v40 = p38;
  }
  let v42 = (g2 = make0(((q41) => 'a,b,c'), p35.pop()));
  return 3n;
}
function shock(at) {
  switch (at & 7) {
    case 0: C3.prototype.m0 = function (q) { return q; }; break;
    case 1: g1.length = 0; break;
    case 2: g2.d = (g0 / g0); break;
    case 3: delete g2.x; break;
    case 4: %DeoptimizeFunction(f34); break;
    case 5: g2.a = '\ud83d\ude00'.length; break;
    case 6: C1.prototype.m2 = function (q) { return this.a; }; break;
    case 7: Number.prototype.valueOf = function () { return 1; }; break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
async function main() {
  for (let n = 0; n < 4; n++) mix(() => n & 1 ? f7((((1) * (-7)) | 0)) : f7(3));
  take('f7', () => f7((((8) & (1)) - (1073741823)), g1, ...g1));
  take('f7', () => f7(-9223372036854775808n));
  for (let n = 0; n < 4; n++) mix(() => n === 3 ? f7(({ ['0']: 1.5, c: -3n, d: Infinity })?.m0()) : f7((((1) * (-7)) | 0)));
  take('f7', () => hash);
  %PrepareFunctionForOptimization(f27);
  take('f27', () => f27(String.fromCharCode(12), (g1 = g1), g1, g0));
  take('f27', () => f27(g1[g0], (new Int8Array(4)).fill(g0), f27('b', [], g1)));
  take('f27', () => f27(('NaN' + g1), g1, [g0, g0, g0]));
  %OptimizeFunctionOnNextCall(f27);
  take('f27', () => f27(('length' + (new Float64Array(4))), g1));
  take('f27', () => f27(typeof (-0), f27('\ud800', g1, g1), g1.slice(3)));
  take('f27', () => f27((new C1(g0, g0))?.m1(), (((3) === (12)) ? g1 : g1.map((q43) => 0)), g1));
  take('f27', () => f27((String(g0) + `${g0}-${4294967295.5}`), new Array(8), g0, g1));
  shock(1);
  take('f27', () => f27(('a' + g0), ['a', 2].splice(8, 0, (-1073741824)), [...'0']));
  %PrepareFunctionForOptimization(f27);
  take('f27', () => f27(BigInt(((-1073741823) & (11)) | 0), Object, g1));
  take('f27', () => f27('\ud800'.replaceAll('b', '\ud83d\ude00'), g1, g1.slice(0)));
  take('f27', () => f27(BigInt(((1000) + (-2)) | 0), [...(g1.filter((q44) => true)).slice(0, 6), (g1.map((q45, q46) => '1'))], new Uint8ClampedArray([g0, g0, g0])));
  %OptimizeFunctionOnNextCall(f27);
  take('f27', () => f27('é'.repeat(0), g1, [g0]));
  take('f27', () => f27('\u4e2d\u6587', ((g0 > g0) ? Object.values(g2) : g1), (g1.concat(((q) => q + 1)).slice(0, 9)).sort((s, t) => t - s)));
  take('f27', () => f27('abc'[0], g1.map((q47) => g2), g1));
  take('f27', () => f27(('a,b,c'.slice('1.5', 9) + ([...g1.slice(0, 6), ((q) => ({ a: q }))])), (q48, q49) => 9, (g1.map((q50, q51) => true)).slice(2), {}));
  for (let n = 0; n < 147; n++) mix(() => f31('a', (g2 instanceof C1)));
  take('f31', () => f31(`\n${g2}-${g0}`[0], ('1073741824'[5 & 3] !== 'the quick brown fox jumps over')));
  take('f31', () => f31('abc', (g1.map((q52, q53) => 'x')).includes((3))));
  for (let n = 0; n < 147; n++) mix(() => n === 117 ? f31(0n, (((1) % 7) !== g1.length), ...g1) : f31('a', (g2 instanceof C1)));
  take('f31', () => hash);
  %PrepareFunctionForOptimization(f34);
  await settle('f34', () => f34([, 1].fill((-1n), 8), g1[5 & 3], 9223372036854775807n, ((1) >>> (-2))));
  await settle('f34', () => f34(new Array(3), 5, ((7n) ^ (255n)), g1.length));
  await settle('f34', () => f34([...g1.slice(0, 6), (65536)], g0, -(0n), ((10) % 2)));
  await settle('f34', () => f34('length', Math.max(-g0, -g0), Array.of, ((g1.length + ((-1) * (5))) | 0)));
  %OptimizeFunctionOnNextCall(f34);
  await settle('f34', () => f34([...[, 1].slice(0, 6), false], g1.reduce((s54, e55) => s54, g0), (false ? 9223372036854775808n : 123456789012345678901234567890n), (((128) + (12)) | 0)));
  await settle('f34', () => f34((q56, q57) => 6, Math.max(g0, (g0 = 0.1)), BigInt(33 | 0), parseInt([1, 2, 3].join())));
  await settle('f34', () => f34(((g0 > g0) ? f27('constructor', g1, g1) : g1.toReversed()), g1.map((q58) => g2), ((0 in [undefined]) ? f31('x', true) : 9223372036854775807n), Math.imul(Math.imul(0, -2.5), ({ d: 4294967295 }).c)));
}
main().catch(note).then(() => console.log(lines.join('\n')));
