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
let g0 = 8, g1 = [], g2 = { d: 4 };
function make0(p, q) { return { d: p }; }
function make1(p, q) { return { y: 0 }; }
class C2 {
  c;
  d = 64n;
  static x = 8;
  y = [0.5, , 1];
  #p = 5;
  constructor(p0, p1) {
    this.x = p0;
    this.x = p1;
    this.#p = p0;
  }
  m1(p3) {
    try {
      const k5 = (q6) => {
        p3 += g2.d;
        return g1.filter((q7) => Array.isArray((6)));
      };
      Object.create(Object.freeze(g2));
    } catch (e4) {
      note(e4);
      if ((Math.imul(1000, 1) < (-1073741824))) {
        this['the quick brown fox jumps over'] = 1073741823.5;
      }
      let v8 = (g1.splice(12, 1, g1)).slice(0, 12);
    } finally {
      let v9 = -Number(Math.round(p3));
      let v10 = { a: this.b, ['0']: g0 };
    }
    return g0;
  }
  get x() { return this.#p; }
  set x(q) { this.#p = q; }
}
class C11 extends C2 {
  b;
  c = 123456.789;
  d;
  #p = 6;
  constructor() {
    super(9007199254740992, 7);
    this.#p = 1;
  }
  m0(p12) {
    if ((((9223372036854775807n) + (-9223372036854775808n)) > ((2n) & (9223372036854775807n)))) {
      for (const i13 of new Map([[0, 1]])) {
        tick(127);
        g1 = 128;
        let v14 = (Math.clz32(~(0n)) | Math.clz32(p12));
      }
      switch (g1.length & 3) {
        case 0: {
          const k15 = (q16) => {
            g1 = ((((g1 = ['a', 2])).includes(g1) ? g1 : `\n${g1}-${g0}`.split('1.5'))).slice(0, 12);
            return ((p12 - p12) === Math.trunc(g0));
          };
          let v17 = { toString() { return '4294967295'; }, a: (4294967295.5) };
          const v18 = (Object.create(g2) == (((false ? g1 : g1)).length));
        } break;
        default: {
          g2 = new Map([[((q) => ({ a: q })), g2]]);
        } break;
        case 1: {
          g1 = String.fromCharCode(65535).repeat(0).charCodeAt(8);
          let v19 = g2;
          g0 = (p12 %= [...g1.slice(0, 6), (31)].pop());
        } break;
        case 2: {
          g1 = [(((256) + (9)) | 0)];
        }
        case 3: {
          var v20 = ((JSON.stringify((false ? g2 : { x: -2147483649 }))) * (3));
          g2.c = (JSON.stringify(g1).at(v20)).slice(-40);
          g0;
        } break;
      }
      this.a = p12;
    }
    let v23 = ((Number(((-3n) + (4294967296n)) & 0xffn) + (((new Float32Array(4)).map((q21, q22) => g0))[p12])) | 0);
    return ((g1 = [v23, v23, v23, v23]))[1];
  }
  m1() {
    const up = super.m0?.(1);
    try {
      L25: for (const i26 in g1) {
        const k27 = (q28) => {
          g2 = g2;
          return (((18446744073709551615n) > (0n)) ? BigInt(2 | 0) : i26);
        };
        g2 = new Map([[(63), g2]]);
        var v29 = 12;
        let v30 = ((((g0 = 2.25)) !== String.fromCharCode(v29)) ? -Math.max(11, g0) : (g2?.x || v29));
      }
      let v31 = (((-2) < ((10) | (1073741822))) && ('\ud800' < ' 12 '.repeat(3)));
      for (const i32 of ((true ? 'NaN' : '1.5')).slice(0, 8)) {
        let v33 = (g2 = { x: v31, d: (new Uint8Array(4))[5 & 3] });
        i32;
      }
    } finally {
      for (let i35 = 1; i35 < 8; i35++) {
        g1 = [true, null, 1.5, g0, ({ a: -2147483647 }).c];
        if (((9007199254740992) <= g0)) continue;
      }
      delete this.y;
      { let i36 = 0; while (i36++ < 8) {
        var v37 = new Float64Array(3);
        g1 = (Object.values((g2 = new Set(g1)))).slice(0, 12);
      } }
    }
    try {
      switch ((new Float64Array(4)).length & 3) {
        case 0: {
          let v39 = (((g0 * ((-1) % -4)) | 0) >>> (3));
        }
        case 1: {
          Object.defineProperty(this, 'y', { value: ('4294967295'.repeat(3) === [...g1.slice(0, 6), g0]) });
        } break;
        default: {
          this.d = (g0 ^= (g0 + g0));
          const v46 = ((Object.hasOwn(g2, 'a') ? g1.splice(8, 2, (-7)).filter((q45) => (g0 < g0)) : g1)).slice(0, 12);
        } break;
        case 2: {
          (typeof g1[2] === 'number');
          const v40 = make0(g1, g0).b;
        } break;
        case 3: {
          var v42 = [g0, g0, g0, g0].filter((q41) => delete g2.c);
        }
        case -1: {
          const v43 = g2.d;
        } break;
        case 1073741824: {
          let v44 = BigInt.asIntN(64, -BigInt.asIntN(64, ((9223372036854775807n) | (64n))));
          g1.reverse()[0];
        } break;
      }
      tick(128);
    } catch (e38) {
      if ((typeof '\u4e2d\u6587' === 'object')) {
        [undefined][0] = 1;
        const v47 = ((Math.imul(g1.length, (false ? g0 : g0))) ** 2);
        var v48 = { ...({ ['x']: 9, y: Math.max(-2147483649, v47) }), x: 's' };
      }
      g2['length'] = (g1[0] - (g0++));
    }
    return g0;
  }
  get x() { return this.#p; }
  set x(q) { this.#p = q; }
}
class C49 {
  y = 1;
  constructor(p0, p1) {
    this.y = p0;
    this.a = p1;
  }
  m0(p50) {
    delete g2.c;
    return (g1[g0] ?? (((3) % (2)) | 0));
  }
  m1(p51) {
    return (((1) ** 2) + g0);
  }
  m2() {
    return g2.a;
  }
}
function f52(p53, p54, p55, p56) {
  p54 = ((g1.join().replace('1.5', (q57) => q57)) ^ (2));
  [1, 2, 3][-1] += p56;
  return Number(-((18446744073709551615n) % -7n) & 0xffn);
}
function f58(p59, p60, p61) {
  'use strict';
  (('0x1f' + '4294967295') + ((31) & (-2)));
  for (const i62 of [].slice(0, 4)) {
    if (((new C2(0, 8)) instanceof C2)) {
      if (Number.isInteger(' 12 ')) break;
    }
  }
  p59 = make1('a'.substring(5 & 3, 12), Math.min(g1[0], g0));
  for (const i63 in g1) {
    if (!(new Int16Array([2147483647.5, g0, g0]))) {
      let v64 = make1((new C49(g0, 7)), g0);
      let v65 = ((g0).toString()).slice(-40);
    }
    try {
      var v67 = g0;
      p59;
      const v68 = v67;
    } catch (e66) {
      note(e66);
    } finally {
      const v69 = (String.fromCharCode(parseInt(i63.padStart(0, 'x')))).slice(-40);
      g2.b = Math.min(((255) + g0), (++g0));
    }
  }
  return (parseInt('a,b,c', 16) * (((10) % (~(-2))) | 0));
}
function f70() {
  return 2n;
}
function* f71(p72, p73, p74) {
  [undefined][[undefined].length] = { d: parseInt(p72, 16) };
  Object.defineProperty(g2, 'b', { get() { return 127; }, configurable: true });
  g0 &= +((p72 = '1.5'));
  return -0;
}
function f75(p76, p77, p78, p79) {
  g1[p78 & 7] = p78;
  try {
    if (([1, 2, 3].every((q81) => false) ? (true === 'b') : (p78 >= (16)))) {
      ({ d: 2 }).c--;
      p76 = new C2(p76.y, Math.max(Math.fround(p78), Math.min(p78, 9007199254740992)));
    } else {
      if (Object.is(g0, -0)) return Reflect.construct(C2, [p78, p78]);
    }
    for (const i82 in (new C49(g0, g0))) {
      let v83 = (({ valueOf() { p78++; return g0; } }).d ?? (-(g0 * (3))));
      const v84 = p76;
      delete v84.c;
      g1[-1] = ~p78;
    }
  } finally {}
  switch (Math.sign(p78)) {
    case 0: {
      try {
        p78;
        const v87 = Math.max;
      } catch (e86) {
        note(e86);
        g1 = [g1[9], p76.c, p78, p78];
        -0;
      }
      const v88 = p78;
    } break;
    default: {
      L89: for (let i90 = 1; i90 < 7; i90++) {
        p76.x *= Math.fround(g0);
        Array.from({ length: 4 }, (q91, q92) => String(true));
      }
      g0 = Math.min(-0.5, g0);
      const v93 = ((JSON.stringify(g2) + p76).slice(10)).slice(-40);
    } break;
  }
  for (let i94 = 0; i94 < 2; i94++) {
    try {
      p76.b++;
      let v96 = { d: p78 };
      const v98 = ((('4294967295'.substring(i94, i94) >= ('' + (7))) ? ((false ? [1.5, 2.5] : g1)).map((q97) => ['4294967295', , '\ud83d\ude00']) : g1.toSorted())).slice(0, 12);
    } catch (e95) {
      const v99 = (Math.max(3, p78)).toString().indexOf('NaN');
    }
    const k100 = (q101) => {
      q101 += p78;
      return (((100) ^ i94) - ((i94 / (8)) | 0));
    };
  }
  let v102 = '1';
  if (Number.isSafeInteger(g1.indexOf(p78))) {
    let [v103 = 7] = [...new Map([[(9223372036854775808n), 1]])];
    let v104 = v103;
    tick(183);
  } else {
    p78 = Number((!p78 ? ((-9223372036854775809n) * p76) : ((6) >> 3n)) & 0xffn);
    let v105 = p78;
  }
  return p76;
}
function shock(at) {
  switch (at & 7) {
    case 0: g2.x = g0; break;
    case 1: g1.length = 3; break;
    case 2: Array.prototype[2] = 0.25; break;
    case 3: Array.prototype.push = function (q) { this[this.length] = q; return 5; }; break;
    case 4: C11.prototype.m2 = function (q) { return 'shock'; }; break;
    case 5: g2.y = g2; break;
    case 6: C2.prototype.a = 5; break;
    case 7: Array.prototype[2] = 0.25; break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
function main() {
  for (let n = 0; n < 96; n++) mix(() => n & 1 ? f52(BigInt.asIntN(64, 1n), g2.x, [...g1.slice(0, 6), (new Uint8ClampedArray(4))], (new Int32Array(4))[-7]) : f52(123456789012345678901234567890n, ((127) % 3), [...new Set(g1)], [1.5, 2.5].length));
  take('f52', () => f52((false || false)[2], -7, [].map((q106, q107) => [NaN, g0]), { toString() { return 'the quick brown fox jumps over'; }, y: '\ud83d\ude00' }));
  take('f52', () => f52(g2, { d: Math.trunc(g0) }, g1, (g1.filter((q108, q109) => true)).map((q110, q111) => g1)));
  for (let n = 0; n < 96; n++) mix(() => n === 76 ? f52(((~(18446744073709551615n)) + ((255n) + (255n))), (((18446744073709551615n) <= (4294967296n)) ? ('x' < '0x1f') : Number.isFinite('1.5')), ['\ud800', 'the quick brown fox jumps over', '-1', 'x', 'NaN'], (new C2(g0, g0)).m1(((9) ** 3), new Uint16Array([g0, g0, g0]))) : f52(BigInt.asIntN(64, 1n), g2.x, [...g1.slice(0, 6), (new Uint8ClampedArray(4))], (new Int32Array(4))[-7]));
  take('f52', () => hash);
  for (let n = 0; n < 6; n++) mix(() => n & 1 ? f58(g2, function (s, t) { return ['a', 2]; }, ('d' in g2)) : f58(new Set([]), (q112, q113) => g2, (5 & 3 in ['a', 2])));
  take('f58', () => f58([g0], g1.sort((s, t) => (s > t) - (s < t)), Object.is(g0, NaN), NaN));
  take('f58', () => f58(((12) * (-Infinity)), f70, Array.isArray(g0)));
  for (let n = 0; n < 6; n++) mix(() => n === 4 ? f58(g2, g1, (((-7) ^ (7)) === ((3) + (31))), g1) : f58(g2, function (s, t) { return ['a', 2]; }, ('d' in g2)));
  take('f58', () => hash);
  %PrepareFunctionForOptimization(f70);
  take('f70', () => f70(...g1));
  take('f70', () => f70());
  take('f70', () => f70());
  %OptimizeFunctionOnNextCall(f70);
  take('f70', () => f70());
  take('f70', () => f70());
  take('f70', () => f70());
  take('f70', () => f70(g0));
  shock(2);
  take('f70', () => f70(...g1));
  %PrepareFunctionForOptimization(f70);
  take('f70', () => f70());
  take('f70', () => f70());
  take('f70', () => f70(g0));
  %OptimizeFunctionOnNextCall(f70);
  take('f70', () => f70());
  take('f70', () => f70());
  take('f70', () => f70());
  take('f70', () => f70());
  %PrepareFunctionForOptimization(f71);
  take('f71', () => [...f71(('1.5' + g1), { b: g1, c: 'a,b,c', y: g0, m1(q) { return this; } }, (new Float32Array(4))[11])].slice(0, 20));
  take('f71', () => [...f71('1'.charAt(2), make0([, 1], g0), 'b'.indexOf('é'))].slice(0, 20));
  take('f71', () => [...f71(false.repeat(2), new C11(), (((11) / (7)) | 0))].slice(0, 20));
  %OptimizeFunctionOnNextCall(f71);
  take('f71', () => [...f71((' 12 ' + g0), new C11(), 5, NaN)].slice(0, 20));
  take('f71', () => [...f71((true ? 'constructor' : 'a,b,c'), g2, f52(18446744073709551616n, 11, g1, 9))].slice(0, 20));
  take('f71', () => [...f71(('abc' + `\n${({ y: -2147483649 })}-${g0}`), g2, (q114) => 12)].slice(0, 20));
  take('f71', () => [...f71(g2, g2, ((8) - (12)))].slice(0, 20));
  %PrepareFunctionForOptimization(f71);
  take('f71', () => [...f71('1'.replace('the quick brown fox jumps over', 'é'), new C11(), parseInt('0', 16))].slice(0, 20));
  take('f71', () => [...f71(('\ud83d\ude00' + g1), g2, -2)].slice(0, 20));
  take('f71', () => [...f71('b', { valueOf() { return 4294967295; } }, 11)].slice(0, 20));
  %OptimizeFunctionOnNextCall(f71);
  take('f71', () => [...f71(false[4], g2, [0.5, , 1][11])].slice(0, 20));
  take('f71', () => [...f71([0.5, , 1].concat((1)).slice(0, 9).some((q115) => (q115 === (-1))), g2, ('1'.replace('é', (q116) => '\ud83d\ude00')).codePointAt(4))].slice(0, 20));
  take('f71', () => [...f71(((new Uint32Array(4)).fill(g0) + ((7n) | (-9223372036854775809n))), f52(-1n, 7, g1, 5), 10)].slice(0, 20));
  take('f71', () => [...f71(('4294967295' + ({ a: 128 })).replaceAll('1.5', 'x'), [], (new C2(g0, new Uint32Array(4))).c)].slice(0, 20));
  for (let n = 0; n < 3; n++) mix(() => n & 1 ? f75(g2, new Uint8ClampedArray([g0, g0, g0]), ~(-1), new Uint16Array(2), ...g1) : f75(new C49(g0, g0), (new Uint32Array(4)).map((q117) => -2147483648.5), 7, new Uint8ClampedArray(7)));
  take('f75', () => f75(g2, new Uint16Array(8), 3, new Uint8Array([5e-324, g0, g0])));
  take('f75', () => f75(0, f52.apply(g0, [-9223372036854775809n, -1, ['a', 2], 12]), BigInt((new Uint8ClampedArray(4)).length | 0), [].every((q118) => (g0 >= g0))));
  for (let n = 0; n < 3; n++) mix(() => n === 2 ? f75({ toString() { return 'length'; }, c: g1['\u4e2d\u6587'] }, new Float64Array(2), [8, -1, 6], new Uint8Array([0xdeadbeef, g0, g0])) : f75(g2, new Uint8ClampedArray([g0, g0, g0]), ~(-1), new Uint16Array(2), ...g1));
  take('f75', () => hash);
}
try { main(); } catch (e) { note(e); }
console.log(lines.join('\n'));
