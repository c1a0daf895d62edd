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
let g0 = 2, g1 = [0.5, , 1], g2 = { b: 1.5 };
function make0(p, q) { return { c: 2, y: 4294967295 }; }
function make1(p, q) { return { x: [q, 1] }; }
function f2() {
  return (((typeof g1) >= 'é'.charAt(12)) ? 127 : (((3) % 7) << ((100) >>> (12))));
}
function f3(p4, p5) {
  return 1073741823.5;
}
function* f6(p7, p8 = (q) => [q], ...p9) {
  return 1.5;
}
function f10(p11, ...p12) {
  const v13 = f2(...[, 1]);
  tick(62);
  try {
    const v15 = (p12 !== (-2));
  } catch (e14) {
    const v16 = (('é'[v13] + g2.m0()).substring(v13)).slice(-40);
    g0 /= g0;
  } finally {
    g2.d = make0(('\u4e2d\u6587' < 'é'), Number(false));
  }
  switch ('hello world') {
    default: {
      try {
        delete (new Float64Array(4))[0];
      } finally {
        ({ b: -2.5 }).x = (p12[3] * (p12 - v13));
      }
      let { c: v22 = -2.5, y: v23 = -1, a: v24 = 12 } = { get a() { return 12; }, b: g1 };
      try {
        tick(60);
      } catch {}
    } break;
    case 'a': {
      var v17 = 2;
      delete g2.x;
      { let i18 = 0; while (i18++ < 11) {
        let v19 = (typeof f3('4294967295')).slice(-40);
      } }
    }
  }
  const k28 = (q29) => {
    g2 = make0(((g1 = (Object.values(g2)).slice(0, 12))), ((v13 < v13) ? g2.m2?.(q29, g0) : ((4294967296) / v13)));
    return (((((5) / (3)) | 0) / (g0, 0n)) | 0);
  };
  ({ a: 4 }).x = f3('b', false);
  return v13;
}
function shock(at) {
  switch (at & 7) {
    case 0: g0 = (--g0); break;
    case 1: g2.x = Math.clz32(g0); break;
    case 2: Object.prototype.m2 = function (q) { return 'shock'; }; break;
    case 3: g2.a = 0; break;
    case 4: g2.a = delete g2.c; break;
    case 5: g1 = [, 1]; break;
    case 6: delete g2.c; break;
    case 7: delete Object.prototype.m1; break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
function main() {
  for (let n = 0; n < 113; n++) mix(() => n & 1 ? f2() : f2());
  take('f2', () => f2());
  take('f2', () => f2());
  for (let n = 0; n < 113; n++) mix(() => n === 90 ? f2() : f2());
  take('f2', () => hash);
  %PrepareFunctionForOptimization(f3);
  take('f3', () => f3(''[5 & 3], ((33) !== (3))));
  take('f3', () => f3('0x1f'.padStart(10, 'constructor'), ((2) == g0)));
  take('f3', () => f3('constructor'[g0]));
  %OptimizeFunctionOnNextCall(f3);
  take('f3', () => f3('é', ((-1073741824) > (-2))));
  take('f3', () => f3(function (s, t) { return 'Infinity'; }, new Int8Array(1)));
  take('f3', () => f3(((typeof NaN) + ((true ? g2 : g2))), String));
  take('f3', () => f3(JSON.stringify(g2), g1.every((q30) => true)));
  shock(1);
  take('f3', () => f3('constructor'.padEnd(11, 'length'), ((5) > (-2))));
  %PrepareFunctionForOptimization(f3);
  take('f3', () => f3(BigInt.asUintN(64, 255n), (true && false)));
  take('f3', () => f3('length', ((!(1000)) && (!g0))));
  take('f3', () => f3('0x1f', (true && false)));
  %OptimizeFunctionOnNextCall(f3);
  take('f3', () => f3(`${(32)}-${g0}`, (g0 === g0)));
  take('f3', () => f3((((8) === (4)) ? g1.join() : g2['x']), Array.isArray(((127) >>> (2)))));
  take('f3', () => f3(('NaN' + g0), ('b' in g2)));
  take('f3', () => f3(`${(new Map([[g0, (65535)]]))}-${g0}`, (4 in ['a,b,c', 'NaN', '-1', '0'])));
  shock(2);
  take('f3', () => f3('x', (' 12 ' < '')));
  %PrepareFunctionForOptimization(f6);
  take('f6', () => [...f6(new Int32Array([g0, g0, g0]), function (s, t) { return '\ud800'; })].slice(0, 20));
  take('f6', () => [...f6((new Uint32Array(4)).subarray(2), (q31) => 8)].slice(0, 20));
  take('f6', () => [...f6((new Uint32Array(4)).map((q32) => g0), function (s, t) { return 'hello world'; })].slice(0, 20));
  %OptimizeFunctionOnNextCall(f6);
  take('f6', () => [...f6(new Float32Array(8), (q33) => '0x1f')].slice(0, 20));
  take('f6', () => [...f6(new Uint16Array(8), (q34) => f2())].slice(0, 20));
  take('f6', () => [...f6((new Int32Array(4)).subarray(11), function (s, t) { return { d: -0.5 }; })].slice(0, 20));
  take('f6', () => [...f6(new Int8Array([g0, g0, g0]), (q35, q36) => 7)].slice(0, 20));
  %PrepareFunctionForOptimization(f6);
  take('f6', () => [...f6(new Uint8ClampedArray(4), Array.of)].slice(0, 20));
  take('f6', () => [...f6((new Int8Array(4)).fill(4294967295), (q37, q38) => g1)].slice(0, 20));
  take('f6', () => [...f6((q39, q40) => g2.c, (q41) => q41)].slice(0, 20));
  %OptimizeFunctionOnNextCall(f6);
  take('f6', () => [...f6(new Float32Array(4), (q42) => g2)].slice(0, 20));
  take('f6', () => [...f6(new Float64Array(5), Boolean)].slice(0, 20));
  take('f6', () => [...f6(new Int8Array([g0, g0, g0]), ([undefined].flatMap((q43) => g2)).includes((65535)))].slice(0, 20));
  take('f6', () => [...f6((new Int32Array(4)).subarray(4), (q44) => 18446744073709551616n)].slice(0, 20));
  shock(4);
  take('f6', () => [...f6(new Uint8ClampedArray([g0, g0, 9]), function (s, t) { return true; }, g2)].slice(0, 20));
  for (let n = 0; n < 4; n++) mix(() => f10([...'length']));
  take('f10', () => f10(((new Int32Array(4)).map((q45) => q45)).fill(g0)));
  take('f10', () => f10((g1 = [...g1.slice(0, 6), (255)])));
  for (let n = 0; n < 4; n++) mix(() => n === 3 ? f10((((123456789012345678901234567890n) == (4294967296n)) ? (g0 > g0) : Number.isInteger(false))) : f10([...'length']));
  take('f10', () => hash);
}
try { main(); } catch (e) { note(e); }
console.log(lines.join('\n'));
