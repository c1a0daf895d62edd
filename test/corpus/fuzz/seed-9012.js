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
let g0 = 2147483647.5, g1 = [], g2 = { b: -0 };
function make0(p, q) { return { x: p, y: q }; }
function make1(p, q) { return { x: 0 }; }
class C2 {
  a;
  static d;
  y = 2147483647;
  constructor() {
    if (0 === 3) return { a: 1, m0() { return 7; } };
  }
  m0() {
    { let i3 = 0; while (i3++ < 9) {
      g2.c--;
      const v4 = i3;
    } }
    var v5 = [((11) ^ (9))];
    return 12;
  }
}
function f6(p7, p8, p9, p10) {
  let v11 = Math.min(g0, p10);
  for (const i12 of ('1.5' + p10).slice(0, 10)) {
    switch (p10 & 3) {
      default: {
        const v26 = make0((Number((false ? 9223372036854775807n : 4294967296n) & 0xffn)), g1.reduce((s24, e25) => p10, p7));
      }
      case 0: {
        g1 = (g1.splice(12, 0, p10)).slice(0, 12);
        let { y: v13, ...v14 } = { ...(new C2()), y: g2?.x };
      } break;
      case 1: {
        let [v15, v16] = g1;
        let v17 = (p10++);
      } break;
      case 2: {
        let { a: v18 = 0.5, b: v19, x: v20, ...v21 } = { y: p10, d: v11, c: (p10 / p7) };
        p9;
        const k22 = (q23) => {
          g1 = g1;
          return (!v21 ? g0 : (v18 * q23));
        };
      }
      case 3: {
        v11 = Math.floor((p10 | p10));
        p10 += p10;
      }
      case -1: {
        g2.x = Number(v11);
      } break;
    }
    let v27 = [i12.toUpperCase()];
    try {
      delete v27.c;
      tick(193);
      if (('d' in v27)) continue;
    } catch (e28) {
      note(e28);
      v27.c = p10;
      const v29 = v11;
    } finally {
      Object.defineProperty(g2, 'y', { value: 1.5, writable: true, enumerable: true, configurable: true });
      '1.5';
    }
  }
  g1[p10 & 7] |= p10;
  ({ b: -0 }).y += ((p10) ** 0);
  try {
    let v31 = BigInt.asIntN(64, ((((true && true) ? ~(2n) : -(18446744073709551615n))) + (((18446744073709551615n) & (1n)) | (0n))));
  } catch {
    Object.defineProperty(({ b: 33 }), 'd', { get() { return 7; }, configurable: true });
  }
  if ((((12) - p9) === (p10 >>> p10))) {
    try {
      let v34 = (g0 + p10);
      g2.x--;
    } finally {
      var v37 = '\ud800'[p10];
      delete g1[0];
      g2.d -= g2.c;
    }
    p7 = g0;
    const k38 = (q39) => {
      p7 &= (true ? 1073741822 : p10);
      return [65535, p10, p10];
    };
  } else {
    let v40 = 1e-7;
  }
  return [v11, 1073741822].concat(p10).slice(0, 9).sort((s, t) => t - s);
}
function f41(p42, p43, p44) {
  'use strict';
  ((p44 >= p44) !== (11));
  let v46 = (((Array.from({ length: 5 }, (q45) => '1073741824')).sort()).fill(g1, 8)).slice(0, 12);
  return delete ({ x: Infinity }).y;
}
async function f47(p48, p49, p50, p51) {
  switch (('b' + g1).charCodeAt(g0)) {
    case 0: {
      if ((((18446744073709551616n) <= (18446744073709551616n)) && (delete p49.x))) {
        const v52 = (p48 ? (((31) <= (9)) ? new Float64Array([g0, g0, 6]) : new Uint8ClampedArray(6)) : new Uint16Array(3));
        g2.a = make0(v52, 4).m0?.(Math.min(g0, g0));
        (g1 = g1);
      }
      var v53 = g1;
    } break;
    case 1: {
      tick(4);
      try {
        const v55 = [g0, p51, g1, (p50 ? 's' : p50), f41(g0, g0, 7)];
        let v56 = (`\n${p51.y}-${g1.slice(1)[4]}`).slice(-40);
      } catch {
        let v57 = ' 12 '[8];
      }
    }
    case 2: {
      let v58 = ((Number(BigInt.asUintN(64, 18446744073709551615n) & 0xffn)) ** -1);
      tick(5);
    } break;
    default: {
      await (-(-g0));
      await g1;
    } break;
    case 3: {
      p49.b = g0;
      try {
        g1.length = 5;
      } catch (e59) {
        note(e59);
        p49.c = ({ x: g0, d: g0, b: { x: 123456.789 } })['1'];
        g1[g1.length] = 1073741822;
      }
      p51.y--;
    } break;
    case -1: {
      const v60 = ('1073741824'[3].padStart(4, '1.5')).slice(-40);
      let v61 = 4;
    } break;
    case 1073741824: {
      let v62 = (`p${(0n)}-${g0}`.split('0x1f').slice(0)).slice(0, 12);
      tick(152);
      try {
        p48 = make1('Infinity', -(0)).b;
        let v64 = await Object.assign((new Set(['a', 2])), { y: 2, c: (g0 + (3)), m2(q) { return q; } });
        var v65 = (Reflect.construct(C2, []).a ?? (g0++));
      } catch (e63) {
        const v66 = (make0('1', g0).d, 7);
      }
    } break;
  }
  g0;
  return make0(p50, g0).d;
}
function shock(at) {
  switch (at & 7) {
    case 0: Array.prototype[2] = 0.25; break;
    case 1: g2.x = ({ b: -2 }).m2(); break;
    case 2: Object.freeze(g2); break;
    case 3: delete g2.c; break;
    case 4: Number.prototype.valueOf = function () { return 1; }; break;
    case 5: g1 = [1.5, 2.5]; break;
    case 6: g0 = g0; break;
    case 7: Object.freeze(g2); break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
async function main() {
  %PrepareFunctionForOptimization(f6);
  take('f6', () => f6(g0, g2, Array.of, Number(9223372036854775808n & 0xffn)));
  take('f6', () => f6(7, 2, function (s, t) { return 9; }, ~(65535)));
  take('f6', () => f6((g0 % g0), g0, (q67, q68) => g2, ((4) % 3)));
  %OptimizeFunctionOnNextCall(f6);
  take('f6', () => f6(5, g1[0], function (s, t) { return -1; }, (((4) / (1)) | 0)));
  take('f6', () => f6((new Map([[(3), g1]])).m0?.(), make0(g0, Number(g2)), (q69, q70) => g1, g1.shift()));
  take('f6', () => f6((new Float32Array(4))[0], undefined, f6, 127));
  take('f6', () => f6(g0, {}, (q71) => q71, g1.length));
  shock(4);
  take('f6', () => f6(g0, (g2 = g1), (true ? (q) => q + 1 : g1), 10));
  %PrepareFunctionForOptimization(f6);
  take('f6', () => f6(g1.reduce((s72, e73) => e73, g0), g2, (q74) => 9223372036854775807n, Number(-3n & 0xffn)));
  take('f6', () => f6(g1[(((11) % (8)) | 0)], 0, (q75) => 100, 'length'.charCodeAt(((9) % 8))));
  take('f6', () => f6((g0 % g0), (true ? g2 : g2), f47, 3));
  %OptimizeFunctionOnNextCall(f6);
  take('f6', () => f6(Math.max(g0, g0), g2, function (s, t) { return (q) => [q]; }, '0x1f'.indexOf('1.5')));
  take('f6', () => f6([...g1.slice(0, 6), (new Int32Array(4))].pop(), f41(g0, g0, -7), f41, new Array(8)));
  take('f6', () => f6(g1.slice(1), ((2) * (63)), Boolean, ((g0 + g0) * g1[-1])));
  take('f6', () => f6(Number((123456789012345678901234567890n)), f41(5, g0, 8), f6, ['a', 2].indexOf(g0)));
  shock(3);
  take('f6', () => f6((g0 + (0xdeadbeef)), g0, (q76, q77) => 10, (true ? 65535 : 3)));
  %PrepareFunctionForOptimization(f41);
  take('f41', () => f41(g2?.a, (g0 - g0)));
  take('f41', () => f41(({ y: -100 }).d, (g0 = g0), g1.push([0.5, , 1])));
  take('f41', () => f41([].reduce((s78, e79) => g0, g0), g0, g1.push(g2)));
  %OptimizeFunctionOnNextCall(f41);
  take('f41', () => f41(g0, g0, g1.length));
  take('f41', () => f41(Infinity, g0, (false ? 0 : 6)));
  take('f41', () => f41((q80) => g2, (true ? g0 : g0), g2.b));
  take('f41', () => f41(!((true ? -1 : -1)), (g0 > (2)), (g1.includes(g0) ? ~(12) : -2147483647)));
  shock(7);
  take('f41', () => f41(Math.ceil(g0), (g0 - (1073741823)), (true ? 3 : 3)));
  %PrepareFunctionForOptimization(f41);
  take('f41', () => f41((g0 - g0), g0));
  take('f41', () => f41((g0 - g0), g0, ((63) * (6)), g0, ...g1));
  take('f41', () => f41(g2.b, 256, Math.max((q) => undefined, -2147483648)));
  %OptimizeFunctionOnNextCall(f41);
  take('f41', () => f41((g2 - g2), -g0));
  take('f41', () => f41((g1.shift() / Math.abs(g0)), Object.create(g2)['the quick brown fox jumps over'], new Uint16Array(8)));
  take('f41', () => f41((g0 !== ((false ? g0 : g0))), (g0 - g2), Object.create(g2)?.m2?.(Math.round(g0), g0)));
  take('f41', () => f41(Array.isArray((++g0)), g0, { b: ((123456789012345678901234567890n) - g0), get c() { return 1; }, y: g2.x }));
  shock(7);
  take('f41', () => f41(g0, g0, 'length'.indexOf('x')));
  %PrepareFunctionForOptimization(f47);
  await settle('f47', () => f47(((0) == g0), make1((-2147483648), g0), (g0 !== g0), { d: 1e-7 }));
  await settle('f47', () => f47((g0 <= g0), new C2(), ('x' in g2), { ...g2, b: g1 }));
  await settle('f47', () => f47((g2 === g0), make1((3), 0.5), Object.is(g0, 1), { ['a']: g0, b: g0, d: -2.5, get y() { return 7; } }, g1));
  await settle('f47', () => f47((g1.indexOf(({})) <= ((1) << (2147483646))), 123456789012345678901234567890n, +'Infinity'.at(-1), (q81) => ({ x: g0, c: g0 })));
  %OptimizeFunctionOnNextCall(f47);
  await settle('f47', () => f47(f41(g0, g0, 32), g2, ('\ud83d\ude00' >= '-1'), g2));
  await settle('f47', () => f47(((--g0) != g0), (['a', 2].some((q82, q83) => false) ? make0((1), 3) : new C2()), ((7) >>> (2)), g2));
  await settle('f47', () => f47((((1) ** 0) !== g1.shift()), g1, 8, g0));
}
main().catch(note).then(() => console.log(lines.join('\n')));
