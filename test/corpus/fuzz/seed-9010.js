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
let g0 = 1e-7, g1 = [1, 2, 3], g2 = { x: 4294967295.5 };
function make0(p, q) { return { a: { a: p }, b: p, c: q, x: p }; }
function make1(p, q) { return { c: q, x: p, y: q }; }
class C2 {
  y = 1073741824;
  #p = 1073741823.5;
  constructor(p0, p1) {
    this.b = p0;
    this.y = p1;
  }
  m1(p3) {
    return new Set([p3, , g0, 2147483648, ...g1].toReversed());
  }
  get x() { return this.#p; }
  set x(q) { this.#p = q; }
}
function f4(p5 = 'a', p6, ...p7) {
  return [p7].toReversed().slice(3);
}
function f8(p9 = 1e-7, p10 = 1n, p11 = 255, p12) {
  p11 = 1;
  ((p11 === p11) && Array.isArray(p11));
  g2.x++;
  return -9223372036854775809n;
}
async function f13(p14, p15) {
  'use strict';
  g0 *= 1073741823.5;
  let v16 = Object.values(Object.freeze(g2)).push(((11)).toString());
  for (let i17 = 0; i17 < 9; i17++) {
    for (let i18 = 1; i18 < 3; i18++) {
      const v19 = (delete g2.y ? v16 : -0);
      let v20 = await Promise.resolve((Infinity - ((7) ** 2)));
    }
  }
  switch (('abc' + v16)) {
    case 'a': {
      for (const i21 of g1.slice(0, 2)) {
        const v23 = (q22) => v16;
        var v24 = (((v16 ^ v16) % 8) + v16);
        var v25 = new Uint8ClampedArray([16, v16, v16]);
      }
      switch ((v16 % 2) & 3) {
        case 0: {
          g2['Infinity'] = +('b' + (new Uint8Array(4)));
          g2.a--;
          v16 <<= v16;
        } break;
        case 1: {
          Number.isFinite([v16, 11]);
          const k26 = (q27) => {
            return -({ a: 4294967296 }).c;
          };
        } break;
      }
    } break;
    case 'b': {
      tick(144);
      var v28 = p14;
    } break;
    default: {
      tick(104);
      L29: for (let i30 = 1; i30 < 9; i30++) {
        let v31 = new Uint32Array([1e15, 2.25, v16]);
        Object.defineProperty(g2, 'a', { value: (g0 * p14.at(i30)), writable: true, enumerable: true, configurable: true });
        var v32 = g0;
        await ((v16 + (v16 += i30)) | 0);
      }
      g2.x -= 1;
    }
  }
  return make1(parseInt('Infinity', 16), g1.map((q33) => p14));
}
function shock(at) {
  switch (at & 7) {
    case 0: Number.prototype.valueOf = function () { return 1; }; break;
    case 1: C2.prototype.d = 4294967295.5; break;
    case 2: g1 = [undefined]; break;
    case 3: Object.setPrototypeOf(C2.prototype, null); break;
    case 4: g2.c = ((5) <= g0); break;
    case 5: Object.defineProperty(C2.prototype, 'a', { get() { return 42; }, set(q) {}, configurable: true }); break;
    case 6: C2.prototype.d = 9007199254740992; break;
    case 7: Object.freeze(g2); break;
  }
}
async function settle(name, f) {
  let text;
  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
async function main() {
  for (let n = 0; n < 138; n++) mix(() => n & 1 ? f4('hello world'.repeat(3), 1n) : f4(('\ud83d\ude00' + (new Float64Array(4))), { ...g2, x: (6) }, -0));
  take('f4', () => f4((((q34) => true) > ((q35, q36) => g2)), 'b'));
  take('f4', () => f4('b', (g0 <= (-(8)))));
  for (let n = 0; n < 138; n++) mix(() => n === 110 ? f4('1'.charAt('\ud83d\ude00'), (`${g2}-${7}` + (((-7) / (5)) | 0))) : f4('hello world'.repeat(3), 1n));
  take('f4', () => hash);
  %PrepareFunctionForOptimization(f8);
  take('f8', () => f8(g1['the quick brown fox jumps over'], 9223372036854775808n, -(-9223372036854775808n), (g0 + (0.5))));
  take('f8', () => f8((g0 - g0), ((7n) + (0n)), 100, g1.splice(11, 1, '\ud83d\ude00')));
  take('f8', () => f8((true ? g0 : g0), -1n, -(9), g0));
  %OptimizeFunctionOnNextCall(f8);
  take('f8', () => f8(8, ((-3n) / 18446744073709551616n), '\ud83d\ude00'.indexOf('a,b,c'), g2.m0()));
  take('f8', () => f8(((-0) % (-2.5)), ((18446744073709551615n) / 18446744073709551616n), g1[1], g0, ...g1));
  take('f8', () => f8((false ? g0 : g0), ((9223372036854775808n) | (18446744073709551615n)), g1.length, Math.ceil(g0), g0));
  take('f8', () => f8(Math.min(g0, g0), ~(-3n), 7));
  %PrepareFunctionForOptimization(f8);
  take('f8', () => f8((Math.max(g0, g0) % g0), Math.round(g0), ((1) | parseInt('\ud800', 16)), ' 12 '.replace('Infinity', '1')));
  take('f8', () => f8(Math.sqrt(g0), 9223372036854775808n, (false ? 2 : 0), g0));
  take('f8', () => f8(Infinity, 123456789012345678901234567890n, '4294967295'.charCodeAt('NaN'), g0));
  %OptimizeFunctionOnNextCall(f8);
  take('f8', () => f8(g1.at(11), ((7n) * (9223372036854775807n)), g1[g0], Math.min(g0, g0)));
  take('f8', () => f8(function (s, t) { return 1e21; }, new Array(8), ([undefined].includes(g0) ? ((2n) / 0n) : ((18446744073709551616n) / -7n)), g0));
  take('f8', () => f8(g0, ((18446744073709551616n) & (1n)), parseInt('length'), g0));
  take('f8', () => f8((new C2('the quick brown fox jumps over', g0)).y, '1', (((true ? 536870912 : 3)) >>> ((false ? 1073741822 : 7))), Math.max(Math.min(g0, g0), -g0)));
  shock(6);
  take('f8', () => f8(Number(g2), 0n, Math.clz32(g0), (false ? g0 : g0), ...g1));
  %PrepareFunctionForOptimization(f13);
  await settle('f13', () => f13(g1.flatMap((q37, q38) => 31), g0));
  await settle('f13', () => f13([g0, g0, g0, g0, g0], 1.5));
  await settle('f13', () => f13([], f8(4294967296, 1n, 536870912, g0)));
  await settle('f13', () => f13({ d: g1[0], x: g1.sort((s, t) => (s > t) - (s < t)) }, (q39, q40) => String, g1));
  %OptimizeFunctionOnNextCall(f13);
  await settle('f13', () => f13([{ d: 0.1 }, g2, g2, { b: 1073741824 }, ,], false));
  await settle('f13', () => f13(((~(255n)) | (-(-9223372036854775808n))), Math.trunc(g0)));
  await settle('f13', () => f13((('0' === '\ud83d\ude00') ? (false ? ' 12 ' : 'NaN') : 'b'.repeat(0)), ['b', 'Infinity', 'a,b,c', ' 12 ', 'a'].sort((s, t) => s - t)));
}
main().catch(note).then(() => console.log(lines.join('\n')));
