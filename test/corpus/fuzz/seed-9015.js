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
let g0 = 4, g1 = ['a', 2], g2 = { c: 5e-324 };
function make0(p, q) { return { a: p }; }
class C1 {
  a = 1073741823;
  static b = 9007199254740991;
  static y = 9007199254740992;
  #p = 10;
  constructor(p0, p1) {
    this.y = p0;
    this.d = p1;
    if (p0 === 3) return { a: 1, m0() { return 7; } };
  }
  m1() {
    return new Map([[(8), (new Int8Array(4))]]);
  }
  get x() { return this.#p; }
  set x(q) { this.#p = q; }
}
function f2(p3) {
  for (const i4 of Object.entries([[0, 1]])) {
    (new Int8Array(4))[-1] = Number(Object.assign(({ b: -2 }), { a: g0, c: g0 }));
    for (const i5 in ((true ? { b: -9007199254740991 } : g2))) {
      if (delete g2.x) throw new RangeError(-0);
      const k6 = (q7) => {
        q7 = ((typeof this) && (new Uint8ClampedArray(5))[5 & 3]);
        return new Array('x');
      };
      ({ y: 5 }).a += (g0 - g0);
      g2 = { b: g0, get c() { return 1.7976931348623157e308; }, d: Number('4294967295'), y: (({ toString() { return p3; }, y: (-2147483648) }).a || (g0 / g0)) };
    }
  }
  let [v8, v9, v10] = p3.split(p3).flatMap((q11) => [,]);
  let v12 = (typeof this);
  return (({ d: (false ? -1 : v10), c: g1.map((q13, q14) => p3) }) !== g1);
}
function f15(p16) {
  g1 = g1;
  if (((new Int32Array(4)) == true)) throw new RangeError('0');
  let v17 = Math.clz32((((6) % -4) - ((1) - (8))));
  let v18 = (({ ...(new Map([[v17, g1]])), d: ((0n) / 0n) }).a ?? v17);
  return (((false && (new Float64Array(4))) ? Boolean : Object.freeze(p16))).x;
}
function f19() {
  switch ('NaN') {
    case 'a': {
      if (!((-2) !== (3))) {
        if ([1, 2, 3].includes('hello world')) return g1;
        const v20 = g0;
        const v21 = f15(new C1(10, g0));
      }
      let { x: v22 = 1, x: v23, x: v24 } = g2;
      if (('a' in g2)) throw new RangeError('the quick brown fox jumps over');
    }
    case 'b': {
      if (((65536) !== (8))) {
        g1 = ['\u4e2d\u6587', 'a', 'Infinity', 'a,b,c'].splice(3, 2, true);
        const v25 = ((g2 = { ...g2, b: (5) })).d;
        let { b: v26 } = {};
      } else {
        if (((11) >= (-2147483647))) return g1.splice(-1, 2, 'x');
      }
      (make0((8), g0).x || ((new Int16Array(4))[0] || g0));
      switch (typeof g0) {
        case 'number': {
          var v27 = -'Infinity'.trim().charCodeAt(0);
        } break;
        case 'string': {
          let v28 = -g1.concat('\ud83d\ude00').slice(0, 9).indexOf((-2));
          let v29 = (new C1((g0 + g0), g0)).m1?.();
          g1[v29 & 7] = v28;
        } break;
        case 'object': {
          g0 <<= NaN;
          if (Object.hasOwn(g2, 'a')) break;
          g2.x++;
        } break;
        case 'undefined': {
          g0 &= (g1.filter((q30) => false)).shift();
        }
        case 'function': {
          var v31 = ((((-1073741824) === (-2)) ? (g2 instanceof C1) : ((1.7976931348623157e308) === g0)) ? ((((10) * (-2147483648)) % ((-2147483647) % 16)) | 0) : (g0).toString().indexOf('a,b,c'));
          let { a: v32 = 123456.789 } = Object.create(new C1(v31, g0));
        } break;
      }
    } break;
    case 'abc': {
      let v35 = (((('4294967295' < '4294967295') ? g1.some((q33, q34) => false) : ((-7) !== (3))) ? '1.5'.charAt(-2) : 'constructor'[7][0])).slice(-40);
      if (Object.hasOwn(make0((1000), g0), 'c')) {
        const v36 = { b: g0, x: g0 };
      } else {
        g0 = (new Map([[(1), ((q) => q)]]))?.m2(1000);
      }
      g2.y += (--g0);
    }
    case '': {
      let v37 = new Set([...((g1 = g1)).slice(0, 6), (3.0000000000000004)]);
      switch (100) {
        case 0: {
          const v38 = (((2147483647) - (255n)) < (typeof this));
        }
        case 1: {} break;
        case 2: {
          let { y: v39 = 8, d: v40 = -2147483648.5, x: v41 } = { a: g0, b: -2.5, x: +'abc' };
        } break;
        case 3: {
          let v42 = f2;
          let v43 = (String.fromCharCode((((12) | (2)) >>> (3)))).slice(-40);
          (new Int32Array(4)).push(g2);
        }
        default: {
          g1[5] = (((12) >= (4)) ? ((11) % -4) : 12);
          let v45 = new C1(f15({ c: 1e15 }), Math.fround(g0));
          const v46 = ((Object.is(g0, -0) && (!g1)) || (!v37));
        } break;
        case -1: {
          var v44 = ((((new Uint16Array(4))).toString().toLowerCase() + g1)).slice(-40);
        } break;
      }
    } break;
    default: {
      g2['length'] = (g2 - (g0 * g0));
      if (Number.isInteger([][g0])) {} else {
        let [v47 = -2.5] = [...JSON.stringify(g1)];
        4294967296n;
        var v48 = (((v47, 2) * ((128) & (12))) === ((delete g2.a ? ({ b: 1.5 }).m1() : 'é'.charCodeAt(0))));
      }
    } break;
  }
  g2.d += g1[''];
  let { d: v49 = 0, y: v50, y: v51 } = new Map([[g2, '']]);
  const v52 = (String((-(g1[0] && v51)))).slice(-40);
  return g1.sort();
}
function shock(at) {
  switch (at & 7) {
    case 0: C1.prototype.d = 2147483648; break;
    case 1: C1.prototype.x = -2.5; break;
    case 2: C1.prototype.m0 = function (q) { return q; }; break;
    case 3: delete C1.prototype.m1; break;
    case 4: Array.prototype[2] = 0.25; break;
    case 5: Array.prototype[2] = 0.25; break;
    case 6: C1.prototype.d = 3; break;
    case 7: %DeoptimizeFunction(f2); break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
function main() {
  %PrepareFunctionForOptimization(f2);
  take('f2', () => f2(('b' + (4))));
  take('f2', () => f2('4294967295'.substring(0, 0)));
  take('f2', () => f2(JSON.stringify(g0)));
  %OptimizeFunctionOnNextCall(f2);
  take('f2', () => f2(String(g2)));
  take('f2', () => f2(String.fromCharCode(1073741824), g2));
  take('f2', () => f2(g1));
  take('f2', () => f2('1073741824'.substring(0).charAt(0)));
  %PrepareFunctionForOptimization(f2);
  take('f2', () => f2('1.5'[3]));
  take('f2', () => f2('a'));
  take('f2', () => f2());
  %OptimizeFunctionOnNextCall(f2);
  take('f2', () => f2('abc'));
  take('f2', () => f2('constructor'));
  take('f2', () => f2(`\n${make0((0), NaN)}-${f15({ x: 65536 })}`));
  take('f2', () => f2('\u4e2d\u6587'.substring(5 & 3), true));
  %PrepareFunctionForOptimization(f15);
  take('f15', () => f15(Object.assign(g2, { get y() { return 5e-324; } })));
  take('f15', () => f15(new C1(g0, g0)));
  take('f15', () => f15({ ['0']: g0, b: g2, c: [0.5, , 1], d: new Uint8ClampedArray(4), x: [undefined] }));
  %OptimizeFunctionOnNextCall(f15);
  take('f15', () => f15(g2));
  take('f15', () => f15(make0(g0, g0)));
  take('f15', () => f15((g2 = g2)));
  take('f15', () => f15(g1));
  shock(5);
  take('f15', () => f15({ toString() { return 'é'; }, c: (2) }));
  %PrepareFunctionForOptimization(f15);
  take('f15', () => f15(g2));
  take('f15', () => f15({ ...g2, a: (12) }));
  take('f15', () => f15((g0 < g0)));
  %OptimizeFunctionOnNextCall(f15);
  take('f15', () => f15(new C1(0.5, [1, 2, 3])));
  take('f15', () => f15([].slice(1)));
  take('f15', () => f15(g2));
  take('f15', () => f15(g2));
  %PrepareFunctionForOptimization(f19);
  take('f19', () => f19());
  take('f19', () => f19());
  take('f19', () => f19());
  %OptimizeFunctionOnNextCall(f19);
  take('f19', () => f19());
  take('f19', () => f19());
  take('f19', () => f19());
  take('f19', () => f19());
  shock(2);
  take('f19', () => f19(g0));
  %PrepareFunctionForOptimization(f19);
  take('f19', () => f19());
  take('f19', () => f19());
  take('f19', () => f19());
  %OptimizeFunctionOnNextCall(f19);
  take('f19', () => f19());
  take('f19', () => f19());
  take('f19', () => f19());
  take('f19', () => f19());
}
try { main(); } catch (e) { note(e); }
console.log(lines.join('\n'));
