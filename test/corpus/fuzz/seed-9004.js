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
let g0 = 123456.789, g1 = [, 1], g2 = { a: 4294967295.5 };
function make0(p, q) { return { d: [q, 1], x: { a: p }, y: q }; }
class C1 {
  x = 7;
  y = 1073741823.5;
  #p = 0;
  constructor(p0) {
    this.a = p0;
    this.#p = p0;
  }
  m0() {
    this.x -= (true ? 1e21 : 0.5);
    return 2147483647;
  }
  m1() {
    return g1;
  }
  m0(q) { return this.#p += q; }
}
class C2 extends C1 {
  a = (q) => q;
  x = 5;
  constructor() {
    super(-2);
  }
  m1() {
    return g0;
  }
  m2() {
    let v3 = g0;
    let v4 = -((6) + (0.1));
    return g0;
  }
  valueOf() { return 1.5; }
}
class C5 {
  a = false;
  y = false;
  constructor() {}
  m0(p6) {
    g1 = g1;
    return ({})?.a;
  }
  m1(p7) {
    if (!(g1, 7)) {
      const v8 = (((g1.concat(((q) => q)).slice(0, 9)).fill((9), 2)).reverse()).slice(0, 12);
      var v9 = (String.fromCharCode(((-1) ^ (2147483646))).padStart(6, '0x1f')).slice(-40);
      g2.c++;
    }
    try {
      for (let i11 = -1; i11 < 7; i11++) {
        var v12 = (g2 = make0([g0, ,], p7));
        ({ b: i11, [1]: i11, x: g1.reduce((s13, e14) => (2147483647.5), g0), m2(q) { return q + 1; } });
        var v15 = i11;
      }
    } catch (e10) {
      note(e10);
      if (Array.isArray((new C2()))) {
        g2.b *= -1;
        this.a = Object.create(g2).x;
      } else {
        var v16 = 3.0000000000000004;
        p7 = (g1.push('a,b,c'.charCodeAt(0)) % 8);
      }
    }
    return g0;
  }
  m2(p17) {
    const v18 = (Number(BigInt(0 | 0) & 0xffn) * (((9) ^ (-1)) + '-1'?.m1()));
    if ((((64n) & (-9223372036854775809n)) <= ((9223372036854775808n) | (-3n)))) {
      g1[v18 & 7] -= p17;
      g2.a = 3;
      this['é'] = [v18, v18, v18].length;
    } else {
      if ((g2 instanceof C2)) {
        var v19 = p17;
      }
      g1.push(v18);
    }
    return (Math.floor((p17 * v18)) ? 1e-7 : ((v18 % v18) | 0));
  }
}
function f20(p21, p22, p23, p24) {
  g2.b = Math.floor((p23 / (8)));
  var v25 = BigInt.asIntN(64, (((new C5()) instanceof C5) ? (BigInt.asUintN(64, 9223372036854775808n) / 0n) : ~((true ? 9223372036854775808n : 18446744073709551616n))));
  g1[p23] = p22;
  if (((true ? g1 : g1)).includes(g0)) {
    for (let i26 = 8; i26 > 0; i26--) {
      ((true ? new Uint8ClampedArray(4) : new Float32Array(4))).map((q27) => +p22);
    }
    try {
      tick(136);
      let v29 = ((g0 >>>= (g0 - true)) % g0);
    } catch (e28) {
      note(e28);
      if (delete g2.b) throw new Error(true);
      tick(128);
    }
  }
  if ((BigInt.asIntN(64, v25) < ((v25 = p22)))) {
    p21 = ((p23 ^ ((p23 % p21) | 0)) >>> (-p23));
    switch (p21) {
      case 0.5: {
        [undefined].forEach((q30, q31) => g1);
        const v32 = function (s, t) { return 1; };
        tick(2);
      } break;
      case -0: {
        [undefined][p23 & 7] = (new C1(p24))[' 12 '];
        g2.c = +'x';
        let v33 = Math.round(g0);
      } break;
      case NaN: {
        if ((p23 != (-2.5))) break;
      } break;
    }
    ({ b: 3 }).c = 6;
  }
  return (g0 *= (({ valueOf() { p21++; return 1.5; } }) - (g1.flatMap((q34, q35) => v25))));
}
async function f36(p37) {
  g2.c = g0;
  g1.push('b'.trim().charCodeAt(0));
  await (((((2147483646) / (-1073741824)) | 0) * parseInt('Infinity', 16)) | 0);
  if ((((3) + (-2)) <= ((1) >>> (32)))) {
    g1.push(make0(g1[0], +''));
    await ((~(9223372036854775807n)) << 1n);
    try {
      let v39 = -(g1.length % -4);
    } finally {
      tick(170);
    }
  } else {
    g2.c = make0([0.5, , 1].join('the quick brown fox jumps over'), g0);
  }
  g1[20] = (((g2 = g2)).c && (-1073741825));
  switch (''.codePointAt(2) & 3) {
    default: {
      let v42 = await Promise.resolve(([g2, , g2, g2][0] ?? (g2 - g0)));
    } break;
    case 0: {
      var v40 = new Uint16Array([g0, 1e21, 2.25]);
      if (Number.isFinite(((true ? g1 : 7n)))) {
        if (('c' in ({ d: -1073741824 }))) throw new Error(true);
      }
      const v41 = ((((({ d: 3 }) === [0.5, , 1]) ? ((7) >= g2) : ((6) != g0))) == (Object.freeze(g2).d ?? g2['1']));
    } break;
  }
  return f20(g2.m2(), '0x1f'.charAt(5 & 3), g1.length, Object);
}
function shock(at) {
  switch (at & 7) {
    case 0: Math.floor = (q) => 3; break;
    case 1: g0 = Math.min(g0, g0); break;
    case 2: delete g2.c; break;
    case 3: g0 = ({ c: 0 }).a; break;
    case 4: %DeoptimizeFunction(f36); break;
    case 5: Array.prototype[2] = 0.25; break;
    case 6: g1 = [0.5, , 1]; break;
    case 7: C5.prototype.y = 1; break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
async function main() {
  %PrepareFunctionForOptimization(f20);
  take('f20', () => f20((new Uint8Array(4))[0], ('abc' + (3)), parseInt(' 12 '), (q43) => [1.5, 2.5]));
  take('f20', () => f20((g0 >>> 1), 'Infinity'.slice(0), ((33) >> (-1073741825)), (q44, q45) => 8));
  take('f20', () => f20((false ? -1 : 2), `\n${(1)}-${g0}`, ({ d: 1.5 }).m2(), function (s, t) { return '0'; }));
  %OptimizeFunctionOnNextCall(f20);
  take('f20', () => f20((((3) - (-7)) | 0), '4294967295'.toUpperCase(), 10, Number));
  take('f20', () => f20((((65535) !== (128)) ? g0 : g2?.m1()), ((g0--) >= (g0 += 1)), new Uint8ClampedArray([g0, g0, g0]), Math.max));
  take('f20', () => f20(((g0 * g0)).toString(), String.fromCharCode(0).charAt('4294967295'), f36, (Array.from({ length: 1 }, (q46, q47) => g1)).slice(1)));
  take('f20', () => f20((typeof (1.5)).charCodeAt(-2), (q48, q49) => 'the quick brown fox jumps over'[9], 0, [g2, g1, g0, g0, g0]));
  %PrepareFunctionForOptimization(f20);
  take('f20', () => f20((({ get x() { return -0.5; } }) !== ((33) % 3)), (g2.d < (-(2))), (new Uint32Array(4)).subarray(8)[5], ({ ...g2, b: g1 })?.m1(+'a', g0)));
  take('f20', () => f20(((10) + (255)), '0'.replace('a,b,c', (q50) => q50), g1.push((3)), f20, []));
  take('f20', () => f20(g2.d, ('length' + g2), (new Int32Array(4)).length, (q51, q52) => -4294967296));
  %OptimizeFunctionOnNextCall(f20);
  take('f20', () => f20((g0, 1073741823), ('abc' + g2), (true ? 127 : 8), function (s, t) { return 4; }));
  take('f20', () => f20(parseInt(''), ' 12 '.repeat(1), [][g1.indexOf(g2)], function (s, t) { return false; }));
  take('f20', () => f20(({ valueOf() { return g0; } })?.m0((g0++)), JSON.stringify([...new Map([[g0, 1]])]), (g1.at(2.25) % 7), (new Uint8ClampedArray([0.49999999999999994, 0.1, g0])).fill(g0)));
  take('f20', () => f20(g2?.m1(g0, g0), 'hello world', (true ? 3 : -1), function (s, t) { return new Float64Array(4); }));
  %PrepareFunctionForOptimization(f36);
  await settle('f36', () => f36(f20.apply(null, [5, 'NaN', -2, (q) => q])));
  await settle('f36', () => f36('s'));
  await settle('f36', () => f36(g0));
  await settle('f36', () => f36(BigInt(1073741823 | 0), ...[, 1]));
  %OptimizeFunctionOnNextCall(f36);
  await settle('f36', () => f36());
  await settle('f36', () => f36(!Object.create(g2)));
  await settle('f36', () => f36((true ? -1n : 7n), g0, ...[, 1]));
}
main().catch(note).then(() => console.log(lines.join('\n')));
