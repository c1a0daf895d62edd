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
let g0 = 8, g1 = [0.5, , 1], g2 = { d: 0.49999999999999994 };
function make0(p, q) { return { a: { a: p }, c: { a: p }, d: -0, y: { a: p } }; }
function make1(p, q) { return { a: p, b: q, d: p }; }
function* f2(p3, p4) {
  let v5 = yield [...g1.splice(0, 2, g1).slice(0, 6), (typeof this)];
  delete p3.a;
  return ((g2.m1() != (new Int8Array(4))[0]) ? ([, 1].sort((s, t) => (s > t) - (s < t)))[5] : g1[10]);
}
function f6(p7) {
  const k8 = (q9) => {
    g1 = ((new Array(8)).concat(g0).slice(0, 9)).slice(0, 12);
    return Number((!(3)));
  };
  for (let i10 = 1; i10 < 7; i10++) {
    try {
      let v12 = (i10.c ?? ((((-0) == i10) ? i10 : Math.fround(i10))));
      let v13 = (new Array(8)).length;
    } catch (e11) {
      tick(93);
      g2.x = ((p7 + ((i10 / i10) | 0))).slice(-40);
    }
  }
  let v14 = BigInt.asIntN(32, -(((123456789012345678901234567890n) >> 63n) * ((4294967296n) - (-1n))));
  for (let i15 = 0; i15 < 8; i15++) {
    if ((6 in (Array.from({ length: 0 }, (q16) => i15)))) {
      g2.x += i15;
      g1[-1] -= Math.min(g0, 8);
      let v17 = g2;
    }
    for (const i18 of g1.slice(0, 5)) {
      let v19 = [].sort((s, t) => t - s);
      ({ d: 65536 }).b += (v19 - [undefined]);
      true.a = ((v19.map((q20) => i18)).map((q21, q22) => ('c' in g2))).slice(0, 12);
      ({ d: 2.25 }).d = make1((g0 %= i15), i15);
    }
    (((-2) - p7.codePointAt('x')) | 0);
    let v23 = v14;
  }
  if ((typeof p7 === 'function')) return (p7 ? g0 : -9007199254740991);
  for (let i24 = 0; i24 < 200; i24++) {
    for (const i25 of new Map([[0, 1]])) {
      let v26 = BigInt.asIntN(100, -((v14 = BigInt.asIntN(64, BigInt(i24 | 0)))));
      let v27 = p7[i24];
      let v28 = g2;
    }
    if (((2147483647) !== 's')) return g1[i24];
  }
  return g0;
}
function f29(p30 = new Float64Array(4)) {
  Object.defineProperty(g2, 'b', { get() { return -2.5; }, configurable: true });
  return (('a,b,c'.toLowerCase() + g2.m2(0.5, g0)) >= (((false ? true : false) ? `\n${g2}-${g0}` : '4294967295'.padStart(4, '1'))));
}
function f31(p32) {
  const v33 = [...g1.slice(0, 6), g2];
  for (const i34 of String.fromCharCode(33).slice(0, 6)) {
    let v35 = 'abc';
    g2;
    { let i36 = 0; do {
      g1[i36 & 7] = i36;
      if (Object.hasOwn(g2, 'y')) continue;
      delete g2.y;
      if (Array.isArray(i36)) throw ('Infinity');
    } while (++i36 < 2 && (g2 != i34)); }
    if ((((6) !== (-2)) || (g0 === g0))) {
      v33[0] = ((g0 != g0) ? g1.length : Math.clz32(g0));
      if (Number.isNaN(g0)) break;
    } else {
      const v37 = [true, , i34, i34, Symbol.iterator];
      let v38 = (v33.sort()).slice(0, 12);
    }
  }
  if ((g0 > Math.round(9))) {
    ({ c: 5 }).y = (v33.every((q39) => true) ? +'\ud800' : Number(g2));
    let v40 = Number((p32 = BigInt.asIntN(100, (p32 << 1n))) & 0xffn);
  }
  return (f29(new Uint32Array(4)) ^ (18446744073709551616n));
}
function shock(at) {
  switch (at & 7) {
    case 0: Array.prototype[2] = 0.25; break;
    case 1: g0 = g0; break;
    case 2: g2.x = (g1, 9); break;
    case 3: g2.x = new Float32Array(0); break;
    case 4: Object.prototype.m0 = function (q) { return 1.5; }; break;
    case 5: %DeoptimizeFunction(f29); break;
    case 6: g0 = g2['NaN']; break;
    case 7: g1 = [1.5, 2.5]; break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
function main() {
  %PrepareFunctionForOptimization(f2);
  take('f2', () => [...f2(g2, 9)].slice(0, 20));
  take('f2', () => [...f2(new Map([[g2, (-9223372036854775809n)]]), [])].slice(0, 20));
  take('f2', () => [...f2(g2)].slice(0, 20));
  %OptimizeFunctionOnNextCall(f2);
  take('f2', () => [...f2(make0(({ a: 31 }), g0), g1)].slice(0, 20));
  take('f2', () => [...f2(g2, { y: +'the quick brown fox jumps over' })].slice(0, 20));
  take('f2', () => [...f2({ toString() { return 'Infinity'; }, b: g2 }, f29(new Uint16Array(4)))].slice(0, 20));
  take('f2', () => [...f2(18446744073709551616n, f29(new Int16Array(4)), ...g1)].slice(0, 20));
  shock(0);
  take('f2', () => [...f2(g2, f29(new Uint8Array(4)))].slice(0, 20));
  %PrepareFunctionForOptimization(f2);
  take('f2', () => [...f2(new Set(g1), new Int32Array([g0, g0, g0]), ...[undefined])].slice(0, 20));
  take('f2', () => [...f2({ a: g0, c: 4294967295.5, d: g0 }, f29(new Uint32Array(4)))].slice(0, 20));
  take('f2', () => [...f2({ toString() { return 'abc'; }, d: String.fromCharCode(-2) }, Symbol.iterator)].slice(0, 20));
  %OptimizeFunctionOnNextCall(f2);
  take('f2', () => [...f2({ y: g0 })].slice(0, 20));
  take('f2', () => [...f2(Object.assign(g2, { c: g0 }), Symbol.iterator)].slice(0, 20));
  take('f2', () => [...f2((g2 = { toString() { return ' 12 '; }, x: (2) }), g1.reverse()[0])].slice(0, 20));
  take('f2', () => [...f2(('x'.slice(g0, 0) + ((true ? [] : g1))), g2, ...g1)].slice(0, 20));
  %PrepareFunctionForOptimization(f6);
  take('f6', () => f6('constructor'));
  take('f6', () => f6('abc'));
  take('f6', () => f6((true ? '0' : 'hello world')));
  %OptimizeFunctionOnNextCall(f6);
  take('f6', () => f6(`\n${[1, 2, 3]}-${g0}`));
  take('f6', () => f6((g0).toString()));
  take('f6', () => f6((['a', 2].some((q41, q42) => false) ? 'abc' : String.fromCharCode(2))));
  take('f6', () => f6(`\n${g0}-${g0}`));
  shock(4);
  take('f6', () => f6(('' + g2)));
  %PrepareFunctionForOptimization(f6);
  take('f6', () => f6('0'[0]));
  take('f6', () => f6((false ? '\ud83d\ude00' : 'b')));
  take('f6', () => f6('x', 's'));
  %OptimizeFunctionOnNextCall(f6);
  take('f6', () => f6('-1', g0));
  take('f6', () => f6((q43, q44) => JSON.stringify(g0)));
  take('f6', () => f6(('1'[-2] + '1073741824'.repeat(1))));
  take('f6', () => f6('the quick brown fox jumps over'));
  %PrepareFunctionForOptimization(f29);
  take('f29', () => f29(new Uint32Array([2, 4294967295, 9007199254740991])));
  take('f29', () => f29(new Uint8ClampedArray([g0, g0, g0])));
  take('f29', () => f29(new Float64Array([g0, g0, g0])));
  %OptimizeFunctionOnNextCall(f29);
  take('f29', () => f29((new Float32Array(4)).fill(-0)));
  take('f29', () => f29(new Int16Array([g0, g0, g0])));
  take('f29', () => f29(new Int32Array([g0, g0, g0])));
  take('f29', () => f29(new Uint16Array([true, g1, g0])));
  %PrepareFunctionForOptimization(f29);
  take('f29', () => f29(new Float32Array(8)));
  take('f29', () => f29(new Int16Array(3)));
  take('f29', () => f29((new Uint16Array(4)).map((q45) => g0), g2));
  %OptimizeFunctionOnNextCall(f29);
  take('f29', () => f29(new Float64Array(2)));
  take('f29', () => f29(new Uint8ClampedArray(6)));
  take('f29', () => f29(new Int32Array([g0, g0, 0xdeadbeef])));
  take('f29', () => f29(g1.at('hello world')));
  shock(1);
  take('f29', () => f29(new Int16Array([10, 63, g0])));
  for (let n = 0; n < 6; n++) mix(() => n & 1 ? f31(18446744073709551615n) : f31(9223372036854775808n));
  take('f31', () => f31(-((9223372036854775807n) >> 64n)));
  take('f31', () => f31(BigInt(((7) ^ (32)) | 0)));
  for (let n = 0; n < 6; n++) mix(() => n === 4 ? f31(9223372036854775807n) : f31(18446744073709551615n));
  take('f31', () => hash);
}
try { main(); } catch (e) { note(e); }
console.log(lines.join('\n'));
