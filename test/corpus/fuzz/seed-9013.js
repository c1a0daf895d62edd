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
let g0 = 2, g1 = ['a', 2], g2 = { x: -0 };
function make0(p, q) { return { a: [q, 1], d: 1000 }; }
function make1(p, q) { return { b: p, d: [q, 1], x: p, y: { a: p } }; }
class C2 {
  y = 2.25;
  #p = 0.5;
  constructor() {}
  m0(p3) {
    let { d: v4, y: v5 = 9007199254740991 } = Object.freeze({ get y() { return 1e-7; }, c: g0, b: p3, a: 'NaN' });
    return { [1]: p3, b: make0(v4, p3).m0?.(-p3), d: Object.assign(g2, {}).m0() };
  }
  m2(p6) {
    this['x'] = g0;
    if (!p6) return (true ? g2 : undefined);
    return {};
  }
  m1(q) { return #p in this ? this.#p++ : q; }
}
class C7 extends C2 {
  static y = '1';
  #p = 6;
  constructor(p0) {
    super();
    this.b = p0;
  }
  m0(p8) {
    if ((0 in g1)) {
      g2.b--;
      try {
        tick(9);
        g1[0] = Math.min(Math.min(5, g0), (g1.at(0) ?? g0));
        let v10 = g2;
      } catch (e9) {
        const v11 = ((-(NaN % p8)) * (p8++));
      }
      let [v12 = -7, v13 = 12, v14 = -1] = g1.concat((7)).slice(0, 9).filter((q15, q16) => [, 1].includes(g2));
    } else {
      if (('d' in ({ toString() { return '0'; }, b: (7) }))) {
        let v19 = { a: Math.floor((g1[0] || p8)), b: p8, d: g1.reverse().reduce((s17, e18) => g2.y) };
        this.x = (((() => 1)) - (g1.sort((s, t) => (s > t) - (s < t))));
        this.y = new C2();
      } else {
        this['constructor'] = g1.slice(2)['NaN'];
        this.c = ((((10) >>> (9))) ** -1);
      }
      if (((g0 <= p8) && [1, 2, 3].includes(false))) {
        this.a += Math.ceil(1e15);
        (function (s, t) { return 1073741822; });
      }
      const v20 = (g2 = (g2 = { toString() { return 'hello world'; }, y: false }));
    }
    let v21 = new Int32Array([g0, p8, g0]);
    return [g2].reduce((s22, e23) => (-(4294967295)), g0);
  }
  m1(q) { return #p in this ? this.#p++ : q; }
}
class C24 {
  y = 1073741823;
  #p = 2.25;
  constructor(p0, p1) {
    this.x = p0;
    this.a = p1;
    this.#p = p0;
  }
  m0(p25 = 12) {
    g2 = make1(make0((new C2()), (g2.c ?? g0)), (this.x ?? g0));
    try {
      if ([g2, { y: 3.0000000000000004 }].every((q27) => (true ? true : true))) {
        let v31 = ([, 1].slice(0).map((q28) => g1)).some((q29, q30) => ((q30 / (1)) < Math.max(0.5, p25)));
        const v32 = (new Array(8)).slice(0, 12);
      } else {
        this.a = [];
        let v33 = (((((-100) | (7)) - (3)) | 0) * ((((false ? 0 : 1)) - ((1073741822) + (11)))));
      }
      try {
        p25 = 0;
        let [v35] = g1;
        (v35--);
      } catch (e34) {
        note(e34);
      }
      const v36 = g2;
    } catch (e26) {
      note(e26);
      const v37 = Object.create(g2);
    } finally {
      const v38 = -[g1, p25, g0, ,].pop();
      switch (('Infinity' + g1)) {
        case 'a': {
          let [v39, v40 = 4, v41 = 128] = g1;
          v40 /= v39;
          g2.d--;
        } break;
        default: {
          g1[0] = 1e21;
          var v45 = +'1.5';
        } break;
        case 'b': {
          const v42 = Number(BigInt([][0] | 0) & 0xffn);
          const v43 = new Uint8ClampedArray([3.0000000000000004, v38, g0]);
        }
        case 'abc': {
          g1.push(((g0 != v38) ? (((0) - (0)) | 0) : (true ? 9 : 1)));
          g2.c = g1.push(((8) ^ (3)));
          const v44 = Object.assign(g2, { a: (g0 / ((2) ** -1)) });
        }
        case '': {
          delete g2.d;
        }
      }
    }
    return g1;
  }
  m1(q) { return #p in this ? this.#p++ : q; }
}
function f46() {
  let v47 = [g1];
  if (((false ? v47 : g1)).some((q48) => g1.includes(false))) {
    if (Object.values(g2).some((q49) => (false || false))) {
      ({ b: 1000 }).a = 7;
      let v51 = (Array.from({ length: 1 }, (q50) => (() => 1))).slice(0, 12);
    }
  } else {
    for (const i52 of new Set([[0, 1]])) {
      v47.pop();
      if ((false >= g2)) break;
      Object.defineProperty(g2, 'x', { value: ((Object.hasOwn(g2, 'b') ? ' 12 ' : (g0).toString())).slice(-40), writable: true, enumerable: true, configurable: true });
      g1[0] = 'length';
    }
    ({ y: -2.5 }).a = (((65535) ** 3) / g0);
    var v54 = [].some((q53) => Object.hasOwn(make0((-2.5), g0), 'b'));
  }
  let { b: v55, a: v56, c: v57, ...v58 } = g2;
  return typeof v57;
}
function f59(p60, p61, ...p62) {
  if (Object.hasOwn(p61, 'b')) {
    (g2.y - (63));
  }
  p61.y++;
  return p62;
}
function f63(p64, p65, p66) {
  let v67 = -(1073741823.5);
  return JSON.stringify([g0, v67, v67].map((q68, q69) => p64.b));
}
function shock(at) {
  switch (at & 7) {
    case 0: g2.x = Array.from({ length: 0 }, (q70) => 11); break;
    case 1: g1[5] = new Int8Array(4); break;
    case 2: Array.prototype[2] = 0.25; break;
    case 3: g2.b = (true ? 536870912 : 1); break;
    case 4: C7.prototype.b = 1073741823.5; break;
    case 5: Array.prototype[2] = 0.25; break;
    case 6: Number.prototype.valueOf = function () { return 1; }; break;
    case 7: Object.setPrototypeOf(C2.prototype, { m0() { return 8; }, a: 5 }); break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
function main() {
  %PrepareFunctionForOptimization(f46);
  take('f46', () => f46());
  take('f46', () => f46());
  take('f46', () => f46(g2));
  %OptimizeFunctionOnNextCall(f46);
  take('f46', () => f46());
  take('f46', () => f46());
  take('f46', () => f46());
  take('f46', () => f46());
  %PrepareFunctionForOptimization(f46);
  take('f46', () => f46());
  take('f46', () => f46(g2));
  take('f46', () => f46());
  %OptimizeFunctionOnNextCall(f46);
  take('f46', () => f46());
  take('f46', () => f46());
  take('f46', () => f46());
  take('f46', () => f46());
  for (let n = 0; n < 12; n++) mix(() => n & 1 ? f59((false ? 2n : -9223372036854775809n), new Set(g1), g1) : f59(BigInt(1073741823 | 0), new C24(255, g0)));
  take('f59', () => f59(Object.is(11, g0), new Map([[[0.5, , 1], (10)]])));
  take('f59', () => f59(BigInt(((-1073741823) << (0)) | 0), Object.freeze(make0((5), g0))));
  for (let n = 0; n < 12; n++) mix(() => n === 9 ? f59(((g0 >= g0) ? 18446744073709551616n : (false ? 0n : 1n)), (!g1 ? 4294967295 : (false ? g0 : g0))) : f59((false ? 2n : -9223372036854775809n), new Set(g1), g1));
  take('f59', () => hash);
  %PrepareFunctionForOptimization(f63);
  take('f63', () => f63(new C7(g0), '\u4e2d\u6587'.charAt(4), g1.fill(g1, 9)));
  take('f63', () => f63({ get a() { return 11; }, c: g0, d: g0, x: 6, y: g0 }, f46(), g1, ...['a', 2]));
  take('f63', () => f63(g2, `p${g1}-${-1073741825}`, [...[1.5, 2.5].slice(0, 6), (64n)]));
  %OptimizeFunctionOnNextCall(f63);
  take('f63', () => f63(new C24(false, 1.7976931348623157e308), '', [...[1, 2, 3].slice(0, 6), g0]));
  take('f63', () => f63({ get x() { return 4294967295; } }, f46, g0));
  take('f63', () => f63({ c: '\ud83d\ude00', get d() { return 0.5; }, x: g0 }, f63(g2, 'the quick brown fox jumps over', g1), g1));
  take('f63', () => f63((new Int16Array(4)).subarray(-2), ((9223372036854775807n) / 3n), g0));
  %PrepareFunctionForOptimization(f63);
  take('f63', () => f63(g2, (false ? 'length' : 'Infinity'), g1, ...g1));
  take('f63', () => f63(make0((1n), Infinity), ('\ud83d\ude00' + true), Array.from({ length: 0 }, (q71) => q71)));
  take('f63', () => f63(new C24(g0, g0), 'NaN', [...new Set(g1)]));
  %OptimizeFunctionOnNextCall(f63);
  take('f63', () => f63(new Set(g1), ('the quick brown fox jumps over' + true), [g0]));
  take('f63', () => f63(Object.create(g2), 'constructor', Object.keys(g2)));
  take('f63', () => f63({ x: 256, m1(q) { return this; } }, 'x', [, 1].sort((s, t) => t - s)));
  take('f63', () => f63(make0(g2, g0), '1'[12], [g0, 0.49999999999999994]));
}
try { main(); } catch (e) { note(e); }
console.log(lines.join('\n'));
