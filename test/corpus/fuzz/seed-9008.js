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
let g0 = 4294967296, g1 = [0.5, , 1], g2 = { x: 7 };
function make0(p, q) { return { a: -0, c: 1e15, x: q }; }
function make1(p, q) { return { b: p, y: q }; }
class C2 {
  constructor(p0) {
    this.a = p0;
  }
  m0(p3) {
    g1 = ((delete g2.b ? [g2] : Array.from({ length: 3 }, (q4, q5) => 18446744073709551616n))).slice(0, 12);
    return p3;
  }
  m2() {
    return { toString() { return ' 12 '; }, y: (-1n) };
  }
  get a() { return 0.5; }
}
class C6 extends C2 {
  b;
  constructor(p0) {
    super(p0);
    this.x = p0;
  }
  m1() {
    const up = super.m2?.(1);
    let { b: v7, x: v8 = 2147483647.5 } = g2;
    return '1'.charCodeAt(5 & 3);
  }
  m2() {
    const up = super.m2?.(1);
    switch (({ c: 16 }).c & 3) {
      case 0: {
        let v9 = function (s, t) { return [1.5, 2.5]; };
        const v10 = (String(g1.includes((4)))).slice(-40);
        let v11 = ((g0).toString().split(v10)).slice(0, 12);
      } break;
      case 1: {
        let v12 = BigInt.asIntN(64, (BigInt.asUintN(64, ((18446744073709551616n) >> 63n)) * ((9223372036854775808n) + (~(18446744073709551615n)))));
      } break;
      case 2: {
        if ((((1n) === (18446744073709551615n)) && ((1073741822) >= g0))) {
          g1.unshift(6);
          this.c = g0;
          g2.d = g0;
        }
      } break;
      case 3: {
        var v13 = (new Int32Array(4)).fill(g0);
        var v14 = Object.freeze({ a: (g2 - 'abc'), d: (NaN + g0), x: ((64n) < (2n)), m2(q) { return q + 1; } });
      } break;
      case -1: {
        g2 = Object.freeze(new Map([[(0n), g0]]));
        if ((Object.is(g0, -0) ? (g0 == g0) : (g2 instanceof C2))) {
          this.b = g0;
          tick(63);
        } else {
          Object.defineProperty(({ a: -0 }), 'd', { value: g0, writable: true, enumerable: true, configurable: true });
        }
        for (let i15 = 0; i15 < 9; i15++) {
          if ((g2 >= i15)) return g1;
          if (!g0) continue;
        }
      } break;
      default: {
        ('hello world'.charCodeAt('NaN') >>> ({ a: 0 }).d);
        const v18 = (q16, q17) => (((255n) ^ (-3n)) ^ ((1n) ^ (-1n)));
        if (((10) <= (8))) break;
      } break;
    }
    return {};
  }
  *[Symbol.iterator]() { yield this.a; yield -2147483649; }
}
class C19 extends C6 {
  constructor() {
    super(1073741823);
  }
  m0(p20) {
    return {};
  }
  m1() {
    const up = super.m0?.(1);
    const v21 = ((g0 -= -0.5)).toString(36).charCodeAt(0);
    g2 = Object.create(make1(('-1' === ''), Math.fround(v21)));
    return ((false ? [] : g1)).push('hello world');
  }
  m2(p22) {
    const up = super.m0?.(1);
    if (((g0 * g0) >= g0)) {
      p22 = ((((64n) > (64n)) || Object.is(p22, p22)) ? ((+'1073741824') / (8)) : g1.shift());
      if ((((-2) > (1)) ? ((2) > (-2)) : 2147483647.5)) {
        const v23 = ((g1.sort((s, t) => (s > t) - (s < t))).sort((s, t) => s - t))[5 & 3];
      } else {
        const k24 = (q25) => {
          let v26 = (((q) => q + 1).split('a,b,c')).splice(-2, 2, (1073741823));
          return new Int16Array(7);
        };
      }
      let v27 = ((('hello world' + ({ y: 4 })) + g1.fill((-1), -1))[0]).slice(-40);
    }
    for (let i28 = 8; i28 > 0; i28--) {
      g2 = new Set(g1);
    }
    return 4;
  }
}
async function f29(p30, p31 = (q) => ({ a: q }), p32 = new Int32Array(4), ...p33) {
  return (new Int8Array(6))[8];
}
function f34(p35, p36, p37, p38) {
  if ((p35 !== `${p38}-${g0}`)) {
    p38 = p38;
  }
  p37 = (g1.slice(1)).slice(0, 12);
  const k39 = (q40) => {
    p38 &= (p38--);
    return (q41, q42) => (q43) => p36;
  };
  delete p36.c;
  p36.y = -9007199254740991;
  { let i46 = 0; while (i46++ < 40) {
    const v48 = { c: make1(((false ? new Int32Array(4) : new Uint8Array(4))), Math.max(p38, i46)), d: (new Array(2, 3)).at(9), x: (p37.map((q47) => p35)).at(i46) };
    switch ((((i46 + i46) / parseInt(p35)) | 0)) {
      case 0: {
        p35 = (JSON.stringify(p37)).slice(-40);
        let v49 = { ...v48, d: [0.5, , 1].splice(3, 2, ({ x: 11 }))[11] };
      } break;
      case 1: {
        g2.b = ((p38 - (3)) | 0);
      }
      default: {
        g1 = [Math.ceil(g0), (g0 + (12)), p38, -p38, -2147483648];
      } break;
      case 2: {
        if ((p38 < p38)) continue;
        let v50 = i46;
        ({ c: 0 }).x++;
      } break;
      case 3: {
        if (!k39) break;
        let v51 = (p38 - (p37.indexOf(p36) % 7));
      }
      case -1: {
        g0 = (make0(Math.round(i46), (({ x: 4294967295.5 }).y || g0))?.x && i46);
        g1[-1] -= (g0--);
      }
      case 1073741824: {
        tick(6);
        let v52 = (g0, ~i46);
      }
    }
  } }
  return ((p35 = (p35.charAt(g0)).slice(-40))).charCodeAt(p38);
}
function f53(p54, p55, p56) {
  return Array.from(arguments).shift();
}
function shock(at) {
  switch (at & 7) {
    case 0: Object.freeze(g2); break;
    case 1: Object.setPrototypeOf(C6.prototype, { m0() { return 8; }, a: 5 }); break;
    case 2: delete g2.c; break;
    case 3: g1 = [0.5, , 1]; break;
    case 4: C19.prototype.a = 0xdeadbeef; break;
    case 5: C19.prototype.m1 = function (q) { return q; }; break;
    case 6: C6.prototype.m0 = function (q) { return 1.5; }; break;
    case 7: g2.y = (true ? g0 : g0); break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
async function main() {
  %PrepareFunctionForOptimization(f29);
  await settle('f29', () => f29((q57, q58) => 12, (q59, q60) => g0, new Int16Array([g0, g0, g0])));
  await settle('f29', () => f29((q61) => true, f53, new Uint8Array([1, g0, g0])));
  await settle('f29', () => f29(function (s, t) { return [1, 2, 3]; }, (q62) => g1, new Int8Array(7)));
  await settle('f29', () => f29(7, function (s, t) { return { x: -2147483649 }; }, String.fromCharCode((((4) % (2147483647)) | 0)), ...[]));
  %OptimizeFunctionOnNextCall(f29);
  await settle('f29', () => f29(function (s, t) { return Symbol.iterator; }, Math.max, new Uint8ClampedArray(4)));
  await settle('f29', () => f29((q63, q64) => Math.min(0.1, q63), (q65) => !(6), g2));
  await settle('f29', () => f29(g1, function (s, t) { return 2; }, new Int8Array(1)));
  %PrepareFunctionForOptimization(f34);
  take('f34', () => f34(JSON.stringify(g2), g2, (true ? g1 : g1), ((7) << (-2))));
  take('f34', () => f34('é'[12], make0('1.5', g0), 'abc'.split('a'), 'the quick brown fox jumps over'.codePointAt(5 & 3)));
  take('f34', () => f34('abc'[5 & 3], make0(g2, g0), g1.slice(0), Math.imul(1, g0)));
  %OptimizeFunctionOnNextCall(f34);
  take('f34', () => f34('a,b,c'.charAt(8), { valueOf() { return g0; } }, [-1], (((255) - (1073741822)) | 0), g2));
  take('f34', () => f34('-1'['4294967295'], make1('length', g0), g1, (((9) / (10)) | 0)));
  take('f34', () => f34((((16) >= (-1)) ? (false && false) : Object.hasOwn(g2, 'c')), ~g2, [g1, g0, g0, g2].toReversed(), -(-3n)));
  take('f34', () => f34((q66) => ((1) ** -1), ((true && true) || (g0 === g0)), g1, '\ud83d\ude00'.at(0).charCodeAt(0)));
  %PrepareFunctionForOptimization(f34);
  take('f34', () => f34(('hello world' + g0), { toString() { return '\ud800'; }, d: ({ c: 0 }) }, g1, (new Uint16Array(4))[4]));
  take('f34', () => f34((new Map([['a', ({ c: -1073741823 })]])).b, make0((((5) / (11)) | 0), [0.5, , 1][0]), [g0], ((((-7) + (8)) | 0) ^ ((1073741824) + (11)))));
  take('f34', () => f34('hello world'['\ud83d\ude00'], { c: g0, d: g0, x: g0 }, g1, g2.m0?.(7)));
  %OptimizeFunctionOnNextCall(f34);
  take('f34', () => f34('1.5'.padEnd(3, '1.5'), g2, g1, 5));
  take('f34', () => f34(String.fromCharCode(-1073741823), g2, g1.concat((8)).slice(0, 9), 3));
  take('f34', () => f34(JSON.stringify(g1), new C19(), (false ? g1 : g1), g1.length));
  take('f34', () => f34('NaN', g2, ['a', 2].filter((q67, q68) => false), ((32) * (8))));
  for (let n = 0; n < 147; n++) mix(() => n & 1 ? f53((true ? 2147483647 : 100), new C6(g0), ((-1073741824) ^ (12))) : f53(({ a: 11 })?.m1(), Reflect.construct(C6, [g0]), (g2, 33), ...g1));
  take('f53', () => f53(parseInt(String.fromCharCode(-2147483648), 16), (g0 = g2), -2147483648, ...g1));
  take('f53', () => f53([, 'Infinity', ' 12 ', 'NaN', ' 12 '], (Object.is(g0, -0) ? g1.map((q69, q70) => new Float64Array(4)) : [31, ...g1]), ((new Uint16Array(4)).map((q71) => new Float64Array(4)))[0]));
  for (let n = 0; n < 147; n++) mix(() => n === 117 ? f53([...g1, g0].push(((false ? 7 : 7))), ('0' >= 'abc'.repeat(0)), [...((true ? g1 : g1)).slice(0, 6), (-2)]) : f53((true ? 2147483647 : 100), new C6(g0), ((-1073741824) ^ (12))));
  take('f53', () => hash);
}
main().catch(note).then(() => console.log(lines.join('\n')));
