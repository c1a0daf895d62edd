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
let g0 = 127, g1 = [0.5, , 1], g2 = { c: 10 };
function make0(p, q) { return { b: q, c: p, d: p, x: p, y: { a: p } }; }
function make1(p, q) { return { a: [q, 1], c: [q, 1] }; }
class C2 {
  c;
  d = 1073741824;
  y = -1.5;
  constructor(p0) {
    this.x = p0;
  }
  m1() {
    g2 = g2;
    return { b: g0, x: g0, get y() { return 12; } };
  }
  m2(p3, p4) {
    return new Map([[(9), g0]]);
  }
}
class C5 extends C2 {
  #p = 8;
  constructor(p0) {
    super(p0);
    this.a = p0;
  }
  m1() {
    const up = super.m1?.(1);
    g2 = new Set([g0, g0, 4294967296]);
    L6: for (let i7 = 0; i7 < 5; i7++) {
      Object.defineProperty(({ y: 0.1 }), 'd', { get() { return -1.5; }, configurable: true });
      tick(16);
      this.x = (i7 - g2.m2(1));
    }
    return g2;
  }
  get x() { return this.#p; }
  set x(q) { this.#p = q; }
}
class C8 {
  y = [1, 2, 3];
  #p = NaN;
  constructor(p0) {
    this.b = p0;
  }
  m0(p9) {
    g1[0.5] = -4294967296;
    let v10 = (g2 = Object.assign(make1('1.5', g0), {}));
    return { toString() { return 'Infinity'; }, c: ((((1073741824) * ((false ? -1073741824 : -1073741823))) | 0)) };
  }
  m1(p11, p12) {
    return { toString() { return '0x1f'; }, x: ((((false ? p12 : p11)) - (g1[0] || p12))) };
  }
  m2(p13 = 7, p14 = 9) {
    try {
      switch (g2.b) {
        case 'a': {
          const v16 = (() => 1);
        }
        case 'b': {
          ({ a: 8 }).a = (g0 % Math.fround(0.5));
        } break;
        default: {
          g1.slice(3).push(g0);
          const v19 = -(Math.max(p13, (q) => [q]));
        } break;
        case 'abc': {
          g2 = new C2(p14);
          let v17 = Object.create(Object.freeze(g2));
        } break;
        case '': {
          var v18 = [...((((true ? g1 : g1)) < (g0 % g0)))];
        } break;
      }
      if ((g2.m2() === '1'.length)) {
        var v21 = [g2, , { a: 1 }, { a: 65535 }, g2].map((q20) => g1);
        tick(14);
        this.b--;
      }
    } catch (e15) {
      note(e15);
      let v24 = (q22, q23) => g1;
    }
    return p14;
  }
  m1(q) { return #p in this ? this.#p++ : q; }
  valueOf() { return 1.5; }
}
function f25(p26, p27, p28, p29) {
  if ((typeof g1[p28] === 'string')) {
    g1 = JSON.stringify(p26).charCodeAt(2);
  }
  let v30 = (([, 1].sort((s, t) => (s > t) - (s < t))).splice(3, 0, '')).length;
  g1 = (((g0 === (Array.from({ length: 1 }, (q31) => '1.5'))) ? [g0, 2147483647.5, p26, v30, p26] : (g1 = g1))).slice(0, 12);
  return ~(((new Int32Array(4)).length - (p28 - p28)) | 0);
}
async function f32(p33, p34, p35, p36) {
  let v37 = p34;
  switch ('0') {
    case 'a': {
      for (let i38 = 0; i38 < 11; i38++) {
        p34 = v37;
        v37[i38 & 7] -= p36.y;
        await (-1.5);
      }
      g1[0] = (g1.push(false) << (((2) * (-1)) | 0));
      const v39 = (g0 = (((true ? g0 : g0)) / g0));
    }
    case 'b': {
      try {
        await (((f25(10, (q) => undefined, 1073741823, p36)) * (g0 >>> 1)));
        const v41 = Number(((((64n) === (-3n)) ? ('1' + v37) : (true ? 9223372036854775807n : 'a,b,c'))));
        let v42 = await (Object.assign(((true ? p35 : { b: 1e21 })), { x: new Array('x'), d: (false ? v41 : v41) }));
      } catch (e40) {
        let v43 = `p${['0', 'Infinity']}-${g0}`[g0];
        (q44) => BigInt.asUintN(64, -9223372036854775809n);
      }
      for (let i45 = -1; i45 < 6; i45 += 2) {
        let v46 = await p36.y;
        let v47 = await Promise.resolve((('the quick brown fox jumps over' !== '4294967295') ? g2 : make1(v46, i45)));
        p36.y = [...p34.slice(0, 6), v46];
        p34.length = 4;
      }
    } break;
    case 'abc': {
      let { x: v48 = 11, x: v49 } = { a: ((2147483648) + g0), b: (p35?.a ?? g0), c: 'abc', get d() { return 3; } };
      p36.a = ((f25(100, (q) => q, 256, g2, v49)) << ((3) % 3));
      let { y: v50 = 7, b: v51, ...v52 } = Object.assign(make0((7), v49), { [1]: v49, c: ({ d: 31 }).b, d: 0, [1]: v48 });
    } break;
    default: {
      if (('0' === '\ud83d\ude00')) break;
      for (const i53 of [1, 7, -1, 7, 65536].slice(0, 7)) {
        let v54 = ((((g0 !== g0) ? Math.imul(0, g0) : ((3) % 3))) % 2);
        let [v55, v56] = '1.5';
        const k57 = (q58) => {
          return { toString() { return '\ud800'; }, c: v54 };
        };
      }
      let v59 = await Promise.resolve(((10) <= ''.length));
    }
  }
  return ('x'.trim() + (new Uint32Array([g0, g0, g0])));
}
function f60(p61, p62) {
  'use strict';
  let v63 = 'abc'[0];
  let v64 = (!(-(1)) ? (((((-1073741824) + (10)) | 0) / ((0) % 7)) | 0) : v63.indexOf(v63));
  v63 = ('\ud800'.substring(v64, 10)).slice(-40);
  var v65 = (v64 >> v64);
  switch (typeof p62) {
    case 'number': {
      try {
        g1[0.5] -= (new Float32Array(4))[v64];
      } finally {
        g1.shift();
        g1.pop();
      }
      let [v74, ...v75] = [32];
    } break;
    default: {
      let v76 = g2;
      let { y: v77, b: v78 = 65535, c: v79 } = v76;
      let v80 = (g0 % (-p61.at(v77)));
    } break;
  }
  delete g2.d;
  return make0(Object.freeze(g2), ((v63 - (5)) - (0.49999999999999994)));
}
function f81(p82, p83, p84) {
  return [...((g1 = (g1.slice(1)).slice(0, 12))).slice(0, 6), Math.max];
}
function f85(p86, p87) {
  g2.c += ((-100) ** -1);
  for (let i88 = -1; i88 < 3; i88++) {
    if (('\ud83d\ude00' >= 'the quick brown fox jumps over')) return ((-9223372036854775808n) + (18446744073709551615n));
    if (`${p87}-${i88}`) continue;
    if ((g1.filter((q89, q90) => (q) => q)).every((q91, q92) => (p86 !== i88))) {
      ((18446744073709551615n) * BigInt.asUintN(64, 9223372036854775808n));
      const v93 = '\u4e2d\u6587';
    } else {
      f60(g1, p87, ...['a', 2]);
      const v94 = g1;
      p86 &= g0;
    }
  }
  var v95 = 123456.789;
  return BigInt.asIntN(64, -(255n));
}
function shock(at) {
  switch (at & 7) {
    case 0: Number.prototype.valueOf = function () { return 1; }; break;
    case 1: C5.prototype.m1 = function (q) { return q; }; break;
    case 2: g2.y = 1n; break;
    case 3: g0 = ('0' - (-3n)); break;
    case 4: C8.prototype.m1 = function (q) { return q; }; break;
    case 5: g2.a = g2; break;
    case 6: delete C5.prototype.m2; break;
    case 7: g2.a = Object.freeze({ x: 11 }); break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
async function main() {
  %PrepareFunctionForOptimization(f25);
  take('f25', () => f25(((31) % 2), f81, ((-1) % -4), (true ? g2 : g2)));
  take('f25', () => f25(((128) - g2), (q96, q97) => g2, -(4), { toString() { return '0'; }, b: (-2) }));
  take('f25', () => f25(-2, function (s, t) { return new Int8Array(4); }, g2.d, f60([])));
  %OptimizeFunctionOnNextCall(f25);
  take('f25', () => f25(((65535) * (-2147483648)), (q98) => g2, (((-1073741825) - (6)) | 0), new C8(g0)));
  take('f25', () => f25(String('1').charCodeAt(0), (((g2) ** 3) % (10)), (new Int32Array([g0, g0, g0])).map((q99, q100) => q100), new C2(((-2) ** 0))));
  take('f25', () => f25(Math.clz32(g2?.m1?.(g0, g0)), (q101, q102) => f81((q) => q + 1, g1, g2), (('abc' === (new Int16Array(4))) ? new Int16Array([4294967295.5, -1073741825, g0]) : (true ? new Int8Array(4) : new Uint8ClampedArray(4))), { d: ({ x: -100 })?.m1(g0, 1e21), a: (g0 % g0) }));
  take('f25', () => f25((g0 >>> 31), function (s, t) { return false; }, (f81((q) => [q], g1, g2)).indexOf((-0)), new Float32Array([g0, g0, g0])));
  %PrepareFunctionForOptimization(f25);
  take('f25', () => f25(Math.sign(-1.5), (q103) => -1, (new Uint16Array(4)).length, Reflect.apply(f60, g1, [g1, new Int8Array(4)])));
  take('f25', () => f25((('hello world'.length + (-100)) | 0), g1, f25(6, (q) => [q], 5), new Uint16Array(2)));
  take('f25', () => f25(g1.push(g1), function (s, t) { return 33; }, ((NaN - (16)) | 0), f60(g1, new Float64Array(4))));
  %OptimizeFunctionOnNextCall(f25);
  take('f25', () => f25((((-1073741824) / (2)) | 0), (q104, q105) => 9, 5, g2));
  take('f25', () => f25(g1.length, (q106) => 11, f25(255, (q) => undefined, -1073741823, { c: 2147483647.5 }, g2), g2));
  take('f25', () => f25((true ? 2 : 9), String, 100, g2));
  take('f25', () => f25(7, (q107) => 0, 0, new C2(g0)));
  %PrepareFunctionForOptimization(f32);
  await settle('f32', () => f32(Symbol.iterator, g1.sort(), { b: g0, c: (q) => [q], d: g0, ['0']: g0 }, g2));
  await settle('f32', () => f32(NaN, [0], { x: g0 }, { y: 11, a: g0 }));
  await settle('f32', () => f32(3, ['1.5', '0x1f'], make0(g1, g0), g2));
  await settle('f32', () => f32(f25(65535, (q) => q, 2147483647), delete g2.d, { ...g2, y: ((false ? -2.5 : 7)) }, Object.freeze(Object.assign(g2, {}))));
  %OptimizeFunctionOnNextCall(f32);
  await settle('f32', () => f32((false ? 's' : g1), (typeof g0 === 'function'), new Map([[g1, g0]]), g2));
  await settle('f32', () => f32((new Float64Array(4))[12], ~((2n) & (7n)), `\n${(g0 / g0)}-${g0}`));
  await settle('f32', () => f32(g1.at(0), 'é'.charAt(-2).slice(3), ('a,b,c'.substring(0) + (9007199254740991)), ('the quick brown fox jumps over'.slice(g0, 0) !== 'constructor'.substring(5 & 3, 8))));
  %PrepareFunctionForOptimization(f60);
  take('f60', () => f60(new Array(2, 3), new Int8Array(1)));
  take('f60', () => f60([], new Uint16Array([g0, g0, 1.5])));
  take('f60', () => f60([,], new Int8Array([-2, g0, 1.5])));
  %OptimizeFunctionOnNextCall(f60);
  take('f60', () => f60('4294967295'.split('a'), new Uint32Array([g0, g0, g0])));
  take('f60', () => f60([...'1.5'], new Float64Array([g0, 9007199254740992, 11])));
  take('f60', () => f60([].fill([, 1], 6)));
  take('f60', () => f60([g0, g1], ((g0 != g0) ? new Float32Array([g0, g0, g0]) : new Uint32Array(4))));
  %PrepareFunctionForOptimization(f60);
  take('f60', () => f60([g0, g0], new Int16Array([g0, g0, 1e15])));
  take('f60', () => f60(g1, new Float32Array(4)));
  take('f60', () => f60((true ? g1 : g1), new Uint8Array([g0, g0, g0])));
  %OptimizeFunctionOnNextCall(f60);
  take('f60', () => f60(g1.splice(4, 2, '\ud83d\ude00')));
  take('f60', () => f60([g2], new Int16Array(4), g2));
  take('f60', () => f60((g1 = g1), new Int32Array(4)));
  take('f60', () => f60(({ b: g0 }).d, ((5) > g0)));
  shock(6);
  take('f60', () => f60(Object.values({ y: 1.7976931348623157e308 }), new Uint8Array([g0, g0, g0])));
  %PrepareFunctionForOptimization(f81);
  take('f81', () => f81(Object, g1.flatMap((q110, q111) => '\ud800'), Object.assign(g2, { y: g1 })));
  take('f81', () => f81((true ? (q) => q + 1 : (q) => undefined), ['NaN', 'NaN', '1', ,], g2, ...g1));
  take('f81', () => f81((q112) => -2, g1, { valueOf() { return 12; } }));
  %OptimizeFunctionOnNextCall(f81);
  take('f81', () => f81((q113, q114) => 3, 'a,b,c'.split(''), { b: g0 }));
  take('f81', () => f81((({ d: g0 }).y || g2?.y), ' 12 '.split('a,b,c'), { [1]: g0 }));
  take('f81', () => f81([...g1.slice(0, 6), g0].indexOf(g0), g1, (g0 != ((2) < (11)))));
  take('f81', () => f81((q115, q116) => (true ? 'abc' : '0x1f'), [...[g2, g1, g0, g1].slice(0, 6), Math.trunc(1e21)], g1));
  %PrepareFunctionForOptimization(f81);
  take('f81', () => f81((() => 1), g1, Object.freeze(g2)));
  take('f81', () => f81((q117, q118) => q118, g1.splice(2, 0, g0), make0(g0, g0)));
  take('f81', () => f81((q119) => 2147483647, g1, delete g2.c));
  %OptimizeFunctionOnNextCall(f81);
  take('f81', () => f81((true ? (q) => undefined : (q) => ({ a: q })), [...[undefined].slice(0, 6), g2], g2));
  take('f81', () => f81(function (s, t) { return 2; }, [g2, { y: -4294967296 }, g2], (typeof this), g1));
  take('f81', () => f81((((8) - (127)) % 16), -3n));
  take('f81', () => f81(Math.max, ['4294967295', 'a,b,c'], { d: g0, x: false, y: 8 }));
  for (let n = 0; n < 3; n++) mix(() => f85(g2.y, (new Float32Array(4)).fill(g0)));
  take('f85', () => f85((g2.c - (g0 != g0)), new Uint32Array([g0, -2147483648.5, g0])));
  take('f85', () => f85(((1) * g1.pop()), (new Int16Array(5)).fill(g0)));
  for (let n = 0; n < 3; n++) mix(() => n === 2 ? f85((g1.map((q121) => -1)).reduce((s122, e123) => Number((1000)), g0), { valueOf() { return g0; } }) : f85(g2.y, (new Float32Array(4)).fill(g0)));
  take('f85', () => hash);
}
main().catch(note).then(() => console.log(lines.join('\n')));
