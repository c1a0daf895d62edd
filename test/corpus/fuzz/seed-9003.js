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
let g0 = -0.5, g1 = [], g2 = { b: 6 };
function make0(p, q) { return { a: q, x: q, y: [q, 1] }; }
class C1 {
  static d;
  #p = -2;
  constructor() {}
  m0(p2) {
    let v3 = { valueOf() { return g0; } };
    L4: for (let i5 = 0; i5 < 5; i5++) {
      const k6 = (q7) => {
        return Object.entries({ toString() { return '\ud83d\ude00'; }, c: '-1' });
      };
      if (('b' in ({ x: 5e-324 }))) return [...new Map([['b', 1]])];
      g1.pop();
    }
    return (v3.charCodeAt(0) & ((5) | (1073741822)));
  }
  m2(p8, p9) {
    g2.a += (p8 - p8);
    return 2;
  }
  m0(q) { return this.#p += q; }
}
class C10 {
  c = 'hello world';
  static d = 'x';
  constructor(p0) {
    this.b = p0;
  }
  m0(p11) {
    return (('constructor'.length / parseInt('a')) | 0);
  }
  m1(p12) {
    try {
      var v14 = (g2.b).slice(-40);
      let [v15] = g1;
      const v16 = (p12 % ((7) ** 3));
    } catch (e13) {}
    for (let i17 = 1; i17 < 9; i17 += 1.5) {
      for (let i18 = -1; i18 < 2; i18++) {
        g1 = [(g1 = g1), 'x'.indexOf('abc'), (new Float64Array(4)).length];
        let v19 = (((2147483648)).toString(16)).slice(-40);
        let v20 = 'constructor';
      }
      let v21 = i17;
      try {
        g1[v21] = (this.c).slice(-40);
        let v23 = (((false ? 'hello world' : '\ud83d\ude00')).substring(i17, v21)).codePointAt(3);
      } catch (e22) {
        note(e22);
        const v24 = (g0 = (v21 % (v21 * i17)));
      }
      var v25 = ((typeof g2).slice(i17, v21)).slice(-40);
    }
    return 16;
  }
  m2(p26, p27) {
    let [v28 = -1, v29, ...v32] = [1, 2, 3].fill(g2, 1).filter((q30, q31) => delete ({ b: 0.5 }).a);
    return p27;
  }
}
function f33(p34, p35, p36, p37) {
  switch (g2.c) {
    case 0.5: {
      let v38 = (((-1) % 8) % 7);
      for (let i39 = 5; i39 > 0; i39--) {
        tick(8);
      }
      g2.b = ((9) * ((v38 = g0)));
    } break;
    case -0: {
      try {
        const v41 = { ...g2, a: (((-1) | (-2)) >> ((10) >>> (8))) };
      } catch (e40) {
        note(e40);
        g2.d = 255;
        const v42 = g1[7];
      }
    } break;
  }
  return ((new Float32Array(8)) && (p34[(p36, -1073741825)] >= p35.charCodeAt(0)));
}
function f43(p44, p45) {
  let [v46, v47, ...v48] = g1;
  if (!g2) {
    try {
      let v50 = Math.clz32(v47);
    } finally {
      let v52 = (String(((q51) => Math.round(q51)))).slice(-40);
      let v53 = (Object.keys({ d: function (s, t) { return 0; } })).slice(0, 12);
      let v54 = BigInt.asIntN(64, -(((-3n) ^ (64n)) & (-1n)));
    }
    g2.c -= v46;
    (([0.5, , 1].length / ((p45 - p45) | 0)) | 0);
  } else {
    const v55 = Number([]);
    v46 += -(-2147483648.5);
    let v56 = (String.fromCharCode((p45 = 11))).slice(-40);
  }
  let [v57, v58] = g1;
  if (!Math.min(v58, v57)) {
    let { a: v59 } = { get a() { return -2.5; }, get c() { return 123456.789; }, x: Number(({ a: -2147483649 })), y: (v48 == '1.5'), m1(q) { return q + 1; } };
  }
  for (const i60 of (new Array('x')).slice(0, 10)) {
    (new Uint16Array(4))[20] = ((false ? '4294967295' : 'the quick brown fox jumps over')).indexOf('b');
    const v61 = p45;
    if (((g2.b ?? i60) == g2.m1?.(v61, g0))) {
      v48;
    }
    const v62 = (v48.fill(v48, 5)).slice(0, 12);
  }
  (!p45 ? (true ? 'NaN' : '\u4e2d\u6587') : '-1');
  return Object.create(new C10(g0));
}
function shock(at) {
  switch (at & 7) {
    case 0: g1.length = 2; break;
    case 1: delete g2.d; break;
    case 2: g2.x = make0(g1, g0); break;
    case 3: Object.freeze(g2); break;
    case 4: g2.y = typeof g1; break;
    case 5: Array.prototype[2] = 0.25; break;
    case 6: Array.prototype[2] = 0.25; break;
    case 7: delete C10.prototype.m2; break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
function main() {
  for (let n = 0; n < 6; n++) mix(() => f33(new Float64Array(4), g1.join(), ~(9223372036854775807n), (false ? (q) => undefined : (q) => q + 1)));
  take('f33', () => f33('\ud83d\ude00', (q63) => g0, (new Array(8)).splice(0, 2, (31)), (`p${({ c: 1.7976931348623157e308 })}-${g0}` + g1)));
  take('f33', () => f33(new Uint32Array(1), '1', 2n, undefined));
  for (let n = 0; n < 6; n++) mix(() => n === 4 ? f33(f43, make0((9), g0).a, ((g0 == g0) ? ((-9223372036854775809n) | (2n)) : ~(18446744073709551615n)), f43, ...[0.5, , 1]) : f33(new Float64Array(4), g1.join(), ~(9223372036854775807n), (false ? (q) => undefined : (q) => q + 1)));
  take('f33', () => hash);
  for (let n = 0; n < 3; n++) mix(() => n & 1 ? f43(5, g2.m1(g0, g0)) : f43((g0 % g0), '\u4e2d\u6587'.length, g0));
  take('f43', () => f43((g2.c / (4)), ((18446744073709551616n) >> 3n)));
  take('f43', () => f43(5, g1));
  for (let n = 0; n < 3; n++) mix(() => n === 2 ? f43([], ({ valueOf() { return g0; } }).c) : f43(5, g2.m1(g0, g0)));
  take('f43', () => hash);
}
try { main(); } catch (e) { note(e); }
console.log(lines.join('\n'));
