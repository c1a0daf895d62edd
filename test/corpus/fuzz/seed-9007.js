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
let g0 = -Infinity, g1 = [1.5, 2.5], g2 = { a: -0 };
function make0(p, q) { return { b: p, y: q }; }
function make1(p, q) { return { d: q }; }
function f2(p3, p4, p5, p6) {
  for (const i7 of (((g1 = g1)).sort()).slice(0, 7)) {
    { let i8 = 0; while (i8++ < 2) {
      tick(21);
      (new Float64Array(4)).length = 5;
    } }
    try {
      let v10 = String((12))[0].indexOf(p4);
    } catch {
      let [v11] = [i7, i7, i7, i7, i7];
    }
  }
  return p4;
}
function* f12(p13, p14) {
  return '4294967295';
}
async function f15() {
  await ((Array.from({ length: 0 }, (q16) => g2)).concat(g2).slice(0, 9));
  g2 = make1(Math.sqrt(g0), (++g0));
  let v17 = (String((new Set(g1))).charAt(4)).slice(-40);
  g1 = (((Math.clz32(10) > (~(9))) ? (v17 + (2)).split(v17) : [])).slice(0, 12);
  return g2['1.5'];
}
function f18(p19, p20) {
  ({ a: 8 }).a += g1[g2['abc']];
  g0 -= (p20 / (g1.reduce((s21, e22) => (1073741822), p20)));
  let v23 = p20;
  return make0([...g1.slice(0, 6), 'é'].join('abc'), ((8) + p20));
}
function f24(p25) {
  g2.a = g0;
  for (let i26 = 0; i26 < 12; i26++) {
    g2.a = g1.at(g0);
  }
  if (!g1) {
    L27: for (const i28 in ({ toString() { return 8; }, y: g1 })) {
      const v29 = { b: g0, d: g0, x: ((g0 === ' 12 ') ? g0 : { valueOf() { return g0; } }) };
      g2['é'] = (g0 |= g0);
      g2 = Object.freeze(((g0 == (-1.5)) ? g2 : new Map([[g0, i28]])));
      if ((true && false)) continue;
    }
    g1[0] = { toString() { return -9223372036854775809n; }, b: (({ c: -0.5 }).b ?? (1073741823.5)) };
  } else {
    const v30 = ((((g0 >= g1) ? (g0).toString() : '1.5'[0])) * ((('y' in ({ x: 4294967295 })) ? g2.m1?.(g0, g0) : g0)));
  }
  p25 = { b: ((g1, 7) >> ((1073741823) % 7)), get d() { return 123456.789; } };
  for (let i31 = 0.5; i31 < 4; i31++) {
    let v32 = (g1 >= g0);
    8;
    { let i33 = 0; while (i33++ < 4) {
      let v34 = (g0 = i31);
    } }
    if ((((9223372036854775808n) + (1n)) > BigInt.asUintN(64, -9223372036854775809n))) {
      let v37 = (Object.assign(g2, { a: ((i31) ** 3), b: [0.5, , 1][i31], get c() { return 12; }, d: i31, x: Number([, 1]), y: (q35, q36) => g1, m0(q) { return this; } }))?.m0(g1[1], g0);
    }
  }
  switch ('x') {
    case 'a': {
      g1.unshift(g2);
      var v38 = p25;
    } break;
    case 'b': {
      g0 &= (Math.min(g0, g0) >>> 1);
    }
    case 'abc': {
      let { a: v39, x: v40, x: v41 } = (p25.map((q42, q43) => g0)).subarray(11);
      let v44 = make1(('abc' + f18(p25, 1, ...[1, 2, 3])), (g1.slice(2)[1] && g1[0]));
    } break;
    case '': {
      if (((5) == g1)) break;
    }
    case '0': {
      try {
        if (delete ({ d: -2147483648 }).x) break;
        const v46 = (Object.values({ d: 11 }).fill((65535), 5) < (((g2 !== g1) ? f18(p25, 32) : { b: -2147483647, get d() { return 1073741824; } })));
        const v47 = Object.create(make0(('abc' + g0), (g0 % g0)));
      } catch {
        let v48 = ((('the quick brown fox jumps over' == 'a') ? ((1) !== g1) : (g0 == g0)) ? g1.slice(1).indexOf((7)) : [].charCodeAt(3));
      }
      let [v49, v50 = NaN] = Array.from({ length: 3 }, (q51, q52) => g2);
    } break;
    default: {
      g2.x = new Uint32Array([g0, g0, g0]);
    } break;
  }
  return (g2 = ((true || true) ? (true ? g2 : g2) : g2));
}
function shock(at) {
  switch (at & 7) {
    case 0: Math.floor = (q) => 3; break;
    case 1: g2.c = Object.freeze(g2); break;
    case 2: g1 = [1, 2, 3]; break;
    case 3: g1 = [0.5, , 1]; break;
    case 4: %DeoptimizeFunction(f24); break;
    case 5: g1[2] = 6; break;
    case 6: g2.c = ~(2); break;
    case 7: Object.freeze(g2); break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
async function main() {
  %PrepareFunctionForOptimization(f2);
  take('f2', () => f2({ y: false, x: 8, d: g0, b: g0 }, `p${g0}-${g0}`, 'a,b,c', g1));
  take('f2', () => f2({ ...({ b: -1 }), d: true }, String.fromCharCode(9), g1.at(-2), g1.concat(false).slice(0, 9)));
  take('f2', () => f2(Object.freeze({ a: 4 }), 'Infinity', (g0 = null), g1.slice(1)));
  %OptimizeFunctionOnNextCall(f2);
  take('f2', () => f2(new Set(g1), ('a' + (5)), NaN, g1.slice(3)));
  take('f2', () => f2(f18(new Uint8ClampedArray(4), 6), `${(function (s, t) { return [1, 2, 3]; })}-${-0}`, BigInt(g1.length | 0), g1));
  take('f2', () => f2(BigInt.asIntN(64, BigInt(16 | 0)), f2({ y: 7 }, 'hello world', g1, [, 1]).repeat(3), g1, g0));
  take('f2', () => f2(g0, f18(new Int16Array(4)), +String.fromCharCode(10), '', g2));
  %PrepareFunctionForOptimization(f2);
  take('f2', () => f2({ ['x']: g0 }, JSON.stringify(g0), (g1 = g0)));
  take('f2', () => f2(g2, `${'x'}-${g0}`, ({ y: -9007199254740991 }).a, g1.map((q53, q54) => q54)));
  take('f2', () => f2(g0, ({ c: g0, d: 7, y: 1.7976931348623157e308 }).b, new Set([1073741824, -2, 7, 9]), g1));
  %OptimizeFunctionOnNextCall(f2);
  take('f2', () => f2(new Map([[(9), (-1073741825)]]), String('4294967295'), g0, Array.from({ length: 0 }, (q55, q56) => g1)));
  take('f2', () => f2(f18(new Int8Array(4), -2), 'x', (!true ? f18(new Uint8ClampedArray(4), 12) : g2.c), ((2) + (5))));
  take('f2', () => f2(make0([1, 2, 3], g0), (g0).toString(2), -0, [1, 2, 3].slice(0)));
  take('f2', () => f2(function (s, t) { return false; }, typeof g1, new Uint8Array(5), new Array(3)));
  shock(6);
  take('f2', () => f2(f18(new Float32Array(4), 5), '1.5', -0, []));
  %PrepareFunctionForOptimization(f12);
  take('f12', () => [...f12((((q) => [q]) - 'constructor'), g2)].slice(0, 20));
  take('f12', () => [...f12((g0 + g0), { d: g0 })].slice(0, 20));
  take('f12', () => [...f12((g0 |= g0), Object.freeze(g2))].slice(0, 20));
  %OptimizeFunctionOnNextCall(f12);
  take('f12', () => [...f12((g0 / (-1073741825)), { y: g0, d: g2, ['c']: g0, a: 1073741823.5 })].slice(0, 20));
  take('f12', () => [...f12(18446744073709551615n, g1)].slice(0, 20));
  take('f12', () => [...f12(4, { a: g0, c: -2147483648.5, ['0']: g0, y: 5, m2(q) { return this; } })].slice(0, 20));
  take('f12', () => [...f12(g0, make1('Infinity', g0))].slice(0, 20));
  shock(2);
  take('f12', () => [...f12((g0 -= g0))].slice(0, 20));
  %PrepareFunctionForOptimization(f12);
  take('f12', () => [...f12(false.x, { d: g0, x: g0, m2(q) { return this.c; } })].slice(0, 20));
  take('f12', () => [...f12(g2.m2(), { c: g0 }, g0)].slice(0, 20));
  take('f12', () => [...f12((g2.x ?? g0), make1(['a', 2], 9007199254740992))].slice(0, 20));
  %OptimizeFunctionOnNextCall(f12);
  take('f12', () => [...f12(-2147483648, { d: g0 })].slice(0, 20));
  take('f12', () => [...f12(g2.m1(g0), f18(new Int8Array(4), 10))].slice(0, 20));
  take('f12', () => [...f12((g0--))].slice(0, 20));
  take('f12', () => [...f12(BigInt.asIntN(64, 2n), g0)].slice(0, 20));
  %PrepareFunctionForOptimization(f15);
  await settle('f15', () => f15());
  await settle('f15', () => f15());
  await settle('f15', () => f15());
  await settle('f15', () => f15());
  %OptimizeFunctionOnNextCall(f15);
  await settle('f15', () => f15());
  await settle('f15', () => f15());
  await settle('f15', () => f15());
  %PrepareFunctionForOptimization(f18);
  take('f18', () => f18((new Float64Array(4)).subarray(5), 10));
  take('f18', () => f18((true ? new Uint8ClampedArray(4) : new Int32Array(4))));
  take('f18', () => f18((new Int32Array(4)).map((q57) => q57), (false ? 1000 : 1)));
  %OptimizeFunctionOnNextCall(f18);
  take('f18', () => f18(new Float32Array([3, g0, 12]), ({ d: 9007199254740992 })['length']));
  take('f18', () => f18((false ? new Int8Array(4) : new Float64Array(4)), g2.a));
  take('f18', () => f18(g1, Object.hasOwn(g2, 'y')));
  take('f18', () => f18(new Int32Array([10, g0, g0]), f2(g2, '\ud800', 0, g1)));
  %PrepareFunctionForOptimization(f18);
  take('f18', () => f18((false ? new Uint32Array(4) : new Int16Array(4)), parseInt('4294967295')));
  take('f18', () => f18(new Uint8Array(4), ((123456789012345678901234567890n) === ((64n) ^ (-1n)))));
  take('f18', () => f18((new Uint8ClampedArray(4)).fill(g0), (((1) + (1)) | 0)));
  %OptimizeFunctionOnNextCall(f18);
  take('f18', () => f18(new Uint8Array(4), g2.c));
  take('f18', () => f18(new Uint8ClampedArray([g0, g0, g0]), -2));
  take('f18', () => f18(g1[0], Array.isArray(((255n) ^ (9223372036854775807n))), NaN));
  take('f18', () => f18((new Float32Array(4)).map((q58) => g0), ({ b: 5e-324 }).a, ...g1));
  %PrepareFunctionForOptimization(f24);
  take('f24', () => f24((true ? new Int8Array(4) : new Uint16Array(4)), g1));
  take('f24', () => f24());
  take('f24', () => f24(new Uint16Array(4)));
  %OptimizeFunctionOnNextCall(f24);
  take('f24', () => f24((false ? '\u4e2d\u6587' : new Uint8Array(4))));
  take('f24', () => f24((q59) => parseInt('\u4e2d\u6587')));
  take('f24', () => f24(new Int8Array(1)));
  take('f24', () => f24(new Uint8Array(4)));
  %PrepareFunctionForOptimization(f24);
  take('f24', () => f24(new Float32Array(1)));
  take('f24', () => f24(new Uint8Array([g0, g0, g0])));
  take('f24', () => f24((new Uint16Array(4)).subarray(10)));
  %OptimizeFunctionOnNextCall(f24);
  take('f24', () => f24(new Uint8ClampedArray([g0, 7, g0])));
  take('f24', () => f24((new Uint32Array(4)).map((q60, q61) => 2)));
  take('f24', () => f24(new Float64Array([true, g0, g0]), g1));
  take('f24', () => f24(((g0 >>> 1) & ((false ? -2147483648 : 12)))));
  shock(1);
  take('f24', () => f24(new Int16Array([g0, g0, g0])));
}
main().catch(note).then(() => console.log(lines.join('\n')));
