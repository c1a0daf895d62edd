// Random calls of the standard library: for every builtin function that reflection reaches, calls with odd receivers and
// odd arguments. A program prints each result, or the error's name and message, with the log of what ran meanwhile:
// conversions, getters, traps, callbacks.
//
// Invariant: what is called depends on the seed and the function's path alone, so engines that differ in what they have
// still make the same calls of what both have; and no call leaves a mark on what a later one uses (receivers and arguments
// are made anew, intrinsics are never arguments).

/** Left out, each with its reason. */
const leftOut: Readonly<Record<string, string>> = {
  'Math.random': 'random',
  'Date.now': 'the clock',
  Date: 'the clock',
  'Atomics.wait': 'blocks',
  'Atomics.waitAsync': 'timers',
  'Error.captureStackTrace': 'stacks name the file',
  'get Error.prototype.stack': 'stacks name the file',
};

/** The globals that are walked. */
const globals =
  `Object Function Array Number Boolean String Symbol BigInt Math JSON Reflect Proxy Map Set WeakMap WeakSet WeakRef
  FinalizationRegistry Promise RegExp Date Error TypeError RangeError AggregateError ArrayBuffer DataView Iterator
  Uint8Array Int16Array Float16Array Float32Array Float64Array BigInt64Array Uint8ClampedArray SharedArrayBuffer Atomics
  DisposableStack AsyncDisposableStack SuppressedError
  parseInt parseFloat isNaN isFinite encodeURI encodeURIComponent decodeURI decodeURIComponent escape unescape`.split(
    /\s+/,
  );

/** The text that every program shares: made once, with the seed put in front. */
const program = (): string => String.raw`
const { apply, construct, ownKeys, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const intrinsicToString = Object.prototype.toString;
const print = console.log;
const { imul, min } = Math, { push, join } = Array.prototype, { slice, charCodeAt } = String.prototype;

// --- random numbers, a stream per function ---
const hash = (text) => { let h = 2166136261 ^ seed; for (let i = 0; i < text.length; i++) h = imul(h ^ text.charCodeAt(i), 16777619); return h >>> 0; };
let state = 1;
const random = (n) => { state = (imul(state, 1664525) + 1013904223) >>> 0; return ((state >>> 8) * n) / 16777216 | 0; };
const pick = (list) => list[random(list.length)];

// --- the log of what ran ---
let log = [];
let isLogging = false;
let budget = 0;
const note = (text) => {
  if (!isLogging) return;
  if (budget-- <= 0) throw 'budget';
  log[log.length] = text;
};

// --- how values are printed: by reflection alone ---
const keyText = (key) => typeof key === 'symbol' ? '@' + String(key.description) : key;
const names = new Map([[globalThis, 'globalThis']]);
const show = (value, depth = 2) => {
  if (typeof value === 'string') return value.length > 80 ? JSON.stringify(value.slice(0, 40)) + '#' + value.length : JSON.stringify(value);
  if (typeof value === 'bigint') { const t = value + 'n'; return t.length > 60 ? t.slice(0, 30) + '#' + t.length : t; }
  if (typeof value === 'symbol') return String(value);
  if (value === 0) return 1 / value < 0 ? '-0' : '0';
  if (value === null || typeof value !== 'object' && typeof value !== 'function') return String(value);
  if (names.has(value)) return names.get(value);
  let tag = '?';
  try {
    tag = apply(intrinsicToString, value, []).slice(8, -1);
    const proto = getPrototypeOf(value);
    if (proto === null) tag += '^null';
    else if (names.has(proto)) tag += '^' + names.get(proto);
  } catch (e) { return tag + '!' + String(e && e.message); }
  if (depth === 0) return tag;
  let text = tag + '{';
  try {
    if (tag.startsWith('Error') || value instanceof Error) text += apply(Error.prototype.toString, value, []) + ';';
    if (value instanceof Map) for (const [k, v] of value) text += show(k, 0) + '=>' + show(v, 0) + ';';
    else if (value instanceof Set) for (const k of value) text += show(k, 0) + ';';
    else if (value instanceof Date) text += Number(value) + ';';
    else if (value instanceof RegExp) text += apply(RegExp.prototype.toString, value, []) + ';';
    else if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) text += value.byteLength + '/' + value.maxByteLength + ';';
  } catch (e) { text += '!' + String(e && e.message); }
  try {
    const keys = ownKeys(value);
    let i = 0;
    for (const key of keys) {
      if (key === 'stack') continue;
      if (++i > 10) { text += '...' + keys.length; break; }
      const d = getOwnPropertyDescriptor(value, key);
      if (d === undefined) { text += keyText(key) + ':?,'; continue; }
      const flags = (d.enumerable ? 'e' : '') + (d.configurable ? 'c' : '') + (d.writable ? 'w' : '');
      text += keyText(key) + (flags === 'ecw' ? '' : '/' + flags) + ':' + ('value' in d ? show(d.value, depth - 1) : (d.get ? 'get' : '') + (d.set ? 'set' : '')) + ',';
    }
  } catch (e) { text += '!' + String(e && e.message); }
  return text + '}';
};
const ownText = (fn) => ownKeys(fn).map((key) => {
  const d = getOwnPropertyDescriptor(fn, key);
  return keyText(key) + '/' + (d.enumerable ? 'e' : '') + (d.configurable ? 'c' : '') + (d.writable ? 'w' : '') + ':' + ('value' in d ? show(d.value, 0) : 'accessor');
}).join(', ');
const failure = (e) => e !== null && typeof e === 'object' && e instanceof Error ? getPrototypeOf(e).name + ': ' + e.message : 'thrown ' + show(e, 1);

// --- every function that reflection reaches ---
const functions = [];
const seen = new Set([globalThis]);
const walk = (value, path, owner) => {
  if (value === null || typeof value !== 'object' && typeof value !== 'function') return;
  if (seen.has(value)) return;
  seen.add(value);
  names.set(value, path);
  if (typeof value === 'function') functions.push({ path, fn: value, owner });
  const keys = ownKeys(value).map((key) => [typeof key === 'symbol' ? '@@' + String(key.description).replace('Symbol.', '') : key, key]).sort((a, b) => a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);
  for (const [name, key] of keys) {
    const d = getOwnPropertyDescriptor(value, key);
    if (d === undefined) { print('no descriptor of ' + path + ' ' + name); continue; }
    const at = path + (name.startsWith('@@') ? '[' + name + ']' : '.' + name);
    if ('value' in d) walk(d.value, at, value);
    else { walk(d.get, 'get ' + at, value); walk(d.set, 'set ' + at, value); }
  }
};
for (const name of globalNames) if (name in globalThis) walk(globalThis[name], name, globalThis);
const hidden = {
  TypedArray: getPrototypeOf(Uint8Array),
  ArrayIteratorPrototype: getPrototypeOf([][Symbol.iterator]()),
  MapIteratorPrototype: getPrototypeOf(new Map().entries()),
  SetIteratorPrototype: getPrototypeOf(new Set().entries()),
  StringIteratorPrototype: getPrototypeOf(''[Symbol.iterator]()),
  RegExpStringIteratorPrototype: getPrototypeOf('a'.matchAll(/a/g)),
  GeneratorFunction: (function* () {}).constructor,
  AsyncFunction: (async function () {}).constructor,
  AsyncGeneratorFunction: (async function* () {}).constructor,
  AsyncIteratorPrototype: getPrototypeOf(getPrototypeOf((async function* () {}).prototype)),
  IteratorHelperPrototype: getPrototypeOf([].values().map((x) => x)),
  WrapForValidIteratorPrototype: getPrototypeOf(Iterator.from({ next() {} })),
  ThrowTypeError: Object.getOwnPropertyDescriptor((function () { 'use strict'; return arguments; })(), 'callee')?.get,
};
for (const name in hidden) walk(hidden[name], '%' + name, globalThis);

// --- odd values: each a maker, so that calls do not share them ---
const f = (name, result) => function () { note(name + '(' + apply(join, Array.from(arguments, (x) => show(x, 1)), [',']) + ')'); return typeof result === 'function' ? result(...arguments) : result; };
const logged = (name, hint) => ({ [Symbol.toPrimitive](h) { note(name + ' ' + h); return hint; } });
const twoStep = (name, v, s) => ({ valueOf() { note(name + ' valueOf'); return v; }, toString() { note(name + ' toString'); return s; } });
const spy = (name, target) => {
  let left = 24;
  const handler = {};
  for (const trap of ownKeys(Reflect)) {
    if (typeof trap !== 'string') continue;
    handler[trap] = (t, ...rest) => {
      note(name + '.' + trap + '(' + rest.map((x) => x === proxies.get(name) ? 'self' : typeof x === 'symbol' || typeof x === 'string' ? keyText(x) : show(x, 0)).join(',') + ')');
      if (isLogging && left-- <= 0) throw 'enough';
      return Reflect[trap](t, ...rest);
    };
  }
  const proxy = new Proxy(target, handler);
  proxies.set(name, proxy);
  return proxy;
};
const proxies = new Map();
const iterable = (name, values, extra = {}) => ({
  [Symbol.iterator]() {
    note(name + ' iterator');
    let i = 0;
    return { next() { note(name + ' next'); return i < values.length ? { value: values[i++], done: false } : { value: undefined, done: true }; }, return(v) { note(name + ' return'); return {}; }, ...extra };
  },
});
class Species extends Array { static get [Symbol.species]() { note('species'); return Species; } }
class OddSpecies extends Array { static get [Symbol.species]() { note('odd species'); return function (n) { note('made ' + show(n)); return { length: 1 }; }; } }
class OtherPromise extends Promise { constructor(executor) { super(executor); note('OtherPromise'); } }
class OtherRegExp extends RegExp { exec(s) { note('exec ' + show(s)); return super.exec(s); } get flags() { note('flags'); return super.flags; } }
class SpeciesBytes extends Uint8Array { static get [Symbol.species]() { note('species'); return Uint8Array; } }
const resizable = (length, maxByteLength) => new ArrayBuffer(length, { maxByteLength });
const outOfBounds = (view) => { view.buffer.resize(3); return view; };
const withGetters = (name, length) => ({ get length() { note(name + ' length'); return length; }, get 0() { note(name + ' 0'); return 'x'; }, set 0(v) { note(name + ' 0='); }, get 1() { note(name + ' 1'); return 7; }, 2: 'c' });

const makers = [
  () => undefined, () => null, () => true, () => false, () => 0, () => -0, () => 1, () => -1, () => 2, () => 1.5, () => -0.5, () => NaN, () => Infinity, () => -Infinity,
  () => 2 ** 31, () => 2 ** 32 - 2, () => 2 ** 53, () => -(2 ** 53), () => 1e21, () => 5e-324, () => 2 ** 30, () => 3,
  () => '', () => 'abc', () => '12', () => ' 0x1f ', () => '-0', () => 'NaN', () => '1e3', () => 'length', () => '0', () => 'a\ud83d\ude00\udc00b', () => 'g', () => '\u0131\u00df', () => 'next', () => 'a,b,,c',
  () => Symbol('s'), () => Symbol.iterator, () => Symbol(), () => 0n, () => 7n, () => -3n, () => 2n ** 64n,
  () => ({}), () => ({ a: 1, b: 'x' }), () => Object.create(null), () => ({ length: 3, 0: 'p', 2: 'r' }), () => ({ length: 2 ** 53 - 1, 0: 1 }) , () => ({ length: -1 }), () => ({ length: '2', 0: 5, 1: 6 }),
  () => [], () => [1, 2, 3], () => [3, 1, 2], () => [1.5, , 'x'], () => [[1, 2], ['k', 'v']], () => ['a', 'b'], () => Object.freeze([1, 2, 3]), () => Object.seal([1, 2]), () => Object.preventExtensions([5, 6]), () => [undefined, null, , NaN, -0],
  () => Species.from([1, 2, 3]), () => OddSpecies.from([1, 2]), () => spy('A', [1, 2, 3]), () => spy('O', { a: 1, length: 2, 0: 'z' }), () => spy('L', { length: 2 ** 53 - 1 }), () => spy('F', function g() {}), () => spy('E', []),
  () => withGetters('G', 3), () => withGetters('H', { valueOf() { note('H length valueOf'); return 2; } }), () => ({ get length() { note('throwing length'); throw new RangeError('length!'); } }),
  () => (function () { return arguments; })(1, 2), () => (function () { 'use strict'; return arguments; })('q'),
  () => function named(a, b) { note('named'); return a; }, () => (x) => { note('arrow ' + show(x, 1)); return x; }, () => class K { constructor() { note('new K'); } }, () => async () => { note('async'); return 1; }, () => function* () { yield 1; yield 2; }, () => (function () {}).bind(null, 1),
  () => f('cmp', (a, b) => (a > b ? 1 : a < b ? -1 : 0)), () => f('yes', true), () => f('no', false), () => f('str', 'k'), () => f('obj', () => ({})), () => f('throws', () => { throw new EvalError('callback'); }), () => f('list', () => [1, [2]]),
  () => new Map([[1, 'a'], ['k', {}]]), () => new Set([1, 'a', NaN]), () => new WeakMap(), () => new WeakSet(), () => new Date(1e12), () => new Date(NaN), () => /a(b)?/g, () => /./uy, () => new OtherRegExp('b', 'g'), () => Promise.resolve(4), () => new OtherPromise((r) => r(5)),
  () => new Uint8Array([1, 2, 3]), () => new Float64Array([1.5, NaN, -0]), () => new BigInt64Array([1n, -2n]), () => new SpeciesBytes([9, 8]), () => new ArrayBuffer(8), () => new DataView(new ArrayBuffer(8), 1), () => new Uint8Array(0),
  () => resizable(8, 16), () => new Uint8Array(resizable(4, 8)), () => outOfBounds(new Int16Array(resizable(8, 16), 2, 2)), () => new DataView(resizable(8, 16), 1), () => new SharedArrayBuffer(8), () => new Int32Array(new SharedArrayBuffer(8, { maxByteLength: 16 })), () => new BigInt64Array(new SharedArrayBuffer(16)), () => ({ maxByteLength: 16 }), () => ({ get maxByteLength() { note('maxByteLength'); return 4; } }), () => new Float16Array([1.5, -0]),
  () => new String('xyz'), () => new Number(8), () => new Boolean(false), () => Object(Symbol('w')), () => Object(5n), () => new Error('e', { cause: 1 }), () => new Proxy(function () {}, {}), () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; }, () => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return proxy; },
  () => (function* () { note('gen start'); try { yield 1; yield 2; } finally { note('gen end'); } })(), () => (async function* () { yield 1; })(), () => [1, 2][Symbol.iterator](), () => new Map([[1, 2]]).entries(), () => new Set([1]).values(), () => 'ab'[Symbol.iterator](), () => 'aba'.matchAll(/a/g), () => [1, 2].values().map((x) => x), () => Iterator.from({ next() { note('wrapped next'); return { done: true }; } }),
  () => logged('n3', 3), () => logged('n-1', -1), () => logged('s', 'abc'), () => logged('u', undefined), () => logged('obj', {}), () => logged('sym', Symbol('p')), () => logged('big', 5n), () => twoStep('two', 2, 'two'), () => twoStep('deep', {}, 'deep'), () => twoStep('bad', {}, {}), () => ({ valueOf() { throw new URIError('valueOf!'); }, toString() { note('ts'); throw new URIError('toString!'); } }), () => ({ toString: null, valueOf: 1 }), () => ({ [Symbol.toPrimitive]: 5 }),
  () => iterable('it', [1, 2]), () => iterable('pairs', [['a', 1], ['b', 2]]), () => iterable('badpairs', [1]), () => ({ [Symbol.iterator]: 1 }), () => ({ [Symbol.iterator]() { return 1; } }), () => ({ next: f('next', () => ({ done: true })) }), () => ({ next: 1 }), () => iterable('nocall', [1], { next: 5 }),
  () => ({ then(r) { note('then'); r(1); } }), () => ({ get then() { note('get then'); throw new SyntaxError('then!'); } }), () => ({ get: f('get', 1), set: f('set', true), value: 1 }), () => ({ value: 5, writable: true, enumerable: false }), () => ({ get value() { note('value'); return 3; }, get configurable() { note('configurable'); return true; }, get enumerable() { note('enumerable'); return 1; } }), () => ({ get: 5 }), () => ({ get() {}, value: 1 }),
  () => ({ size: 2, has: f('has', true), keys: f('keys', () => [1, 'a'].values()) }), () => ({ get size() { note('size'); return NaN; } }), () => ({ get flags() { note('flags'); return 'g'; }, [Symbol.match]: true, exec: f('exec', null), lastIndex: 0, source: 'q' }), () => ({ [Symbol.replace]: f('replace', 'r'), [Symbol.split]: f('split', 's'), [Symbol.match]: f('match', 'm'), [Symbol.search]: f('search', 's'), [Symbol.matchAll]: f('matchAll', 'ma') }), () => ({ raw: ['a', 'b', 'c'] }), () => ({ raw: { length: 2, get 0() { note('raw 0'); return 1; }, 1: 2 } }), () => ({ constructor: { [Symbol.species]: 5 }, length: 1 }), () => Object.assign([1, 2], { constructor: 5 }), () => Object.assign([1, 2], { constructor: { [Symbol.species]: null } }), () => ({ [Symbol.isConcatSpreadable]: true, length: 2, 0: 'c' }), () => ({ [Symbol.toStringTag]: 'Tag', get name() { note('name'); return 'N'; }, get message() { note('message'); return 'M'; } }),
];

// --- receivers that fit: the call gets past the first check ---
const fitting = {
  Array: [() => [1, 2, 3], () => ['b', 'a', , 'c'], () => [1.5, 2.5], () => spy('R', ['x', 'y']), () => Species.from([4, 5, 6]), () => withGetters('R', 3), () => ({ length: 2, 0: 'a', 1: 'b' }), () => Object.freeze([1, 2, 3])],
  String: [() => 'abcabc', () => '', () => ' a\ud83d\ude00 ', () => new String('xyz'), () => twoStep('R', 1, 'rts')],
  Number: [() => 1.25, () => 255, () => new Number(-7.5), () => NaN, () => 1e21, () => -0],
  BigInt: [() => 255n, () => Object(-5n)], Boolean: [() => true, () => new Boolean(false)], Symbol: [() => Symbol('r'), () => Object(Symbol.iterator)],
  Map: [() => new Map([[1, 'a'], ['k', {}]])], Set: [() => new Set([1, 'a', NaN])], WeakMap: [() => new WeakMap()], WeakSet: [() => new WeakSet()], WeakRef: [() => new WeakRef({})], FinalizationRegistry: [() => new FinalizationRegistry(() => {})],
  Promise: [() => Promise.resolve(1), () => Promise.reject(2), () => new OtherPromise((r) => r(3))], RegExp: [() => /a(b)?/g, () => /b/y, () => new OtherRegExp('b', 'gu'), () => ({ exec: f('exec', null), get flags() { note('flags'); return 'gy'; } })],
  Date: [() => new Date(1e12), () => new Date(NaN)], Error: [() => new Error('r'), () => ({ name: 'N', message: 5 })], ArrayBuffer: [() => new ArrayBuffer(8), () => resizable(8, 16)], SharedArrayBuffer: [() => new SharedArrayBuffer(8), () => new SharedArrayBuffer(8, { maxByteLength: 16 })], DataView: [() => new DataView(new ArrayBuffer(16)), () => new DataView(resizable(8, 16), 1)],
  DisposableStack: [() => new DisposableStack()], AsyncDisposableStack: [() => new AsyncDisposableStack()],
  '%TypedArray': [() => new Uint8Array([3, 1, 2]), () => new Float64Array([1.5, NaN, -0, 0]), () => new BigInt64Array([3n, -1n]), () => new SpeciesBytes([1, 2]), () => new Uint8Array(resizable(4, 8)), () => outOfBounds(new Int16Array(resizable(8, 16), 2, 2)), () => new Int32Array(new SharedArrayBuffer(8))], Function: [() => function r(a) { note('r ' + show(a, 1)); return this; }, () => class R {}, () => spy('R', function () {})], Object: [() => ({ a: 1, get b() { note('b'); return 2; } }), () => spy('R', { a: 1 })],
  Iterator: [() => [1, 2, 3].values(), () => (function* () { yield 1; yield 2; })(), () => ({ next: f('next', () => ({ done: false, value: 1 })), return: f('return', () => ({})) })],
  '%ArrayIteratorPrototype': [() => ['x'].entries(), () => new Uint8Array(2).values()], '%MapIteratorPrototype': [() => new Map([[1, 2]]).entries()], '%SetIteratorPrototype': [() => new Set([1]).values()], '%StringIteratorPrototype': [() => 'ab'[Symbol.iterator]()], '%RegExpStringIteratorPrototype': [() => 'aa'.matchAll(/a/g)],
  '%GeneratorFunction': [() => (function* () { note('start'); try { yield 1; } finally { note('end'); } })()], '%AsyncGeneratorFunction': [() => (async function* () { yield 1; })()], '%IteratorHelperPrototype': [() => [1, 2].values().map((x) => x)], '%WrapForValidIteratorPrototype': [() => Iterator.from({ next: f('next', () => ({ done: true })) })],
};
const fits = (path, owner) => {
  const root = path.replace(/^(get|set) /, '').match(/^[%\w]+/)[0];
  if (path.includes('.prototype') || root.endsWith('Prototype')) return fitting[root] ?? fitting[root.replace(/^(Type|Range|Aggregate|Suppressed)(?=Error)/, '')] ?? (/Array$/.test(root) ? fitting['%TypedArray'] : undefined);
  return [() => owner]; // the constructor or namespace it stands on
};

// --- the calls ---
const settled = [];
const quiet = () => {};
const watch = (label, value) => {
  let isPromise = false;
  try { isPromise = value !== null && typeof value === 'object' && value instanceof Promise; } catch (e) {}
  if (isPromise) {
    let p;
    try { p = apply(Promise.prototype.then, value, [(v) => print(label + ' fulfilled ' + show(v, 1)), (e) => print(label + ' rejected ' + failure(e))]); } catch (e) { return; }
    apply(Promise.prototype.then, p, [quiet, quiet]);
  }
};
const callOnce = (label, fn, receiver, args, isConstruct) => {
  log = [];
  budget = 60;
  let text;
  let result;
  try {
    isLogging = true;
    result = isConstruct ? construct(fn, args) : apply(fn, receiver, args);
    isLogging = false;
    text = show(result);
    if (result === receiver && typeof receiver === 'object') text = 'receiver ' + text;
  } catch (e) {
    isLogging = false;
    text = failure(e);
  }
  isLogging = false;
  print(label + ' -> ' + text + (log.length > 0 ? '  [' + log.join('; ') + ']' : ''));
  watch(label, result);
};
process.on('unhandledRejection', () => {});

const sourceOf = (maker) => apply(Function.prototype.toString, maker, []).slice(6);
const chosen = functions.filter(({ path }) => !leftOut.includes(path) && (only === undefined || path.includes(only)));
const round = (entry, count) => {
  const { path, fn, owner } = entry;
  state = hash(path);
  for (let i = 0; i < 3; i++) random(2);
  const fit = fits(path, owner);
  for (let i = 0; i < count; i++) {
    const isConstruct = /^[%A-Z]\w*$/.test(path) && random(2) === 0;
    const natural = fit !== undefined && random(4) !== 0;
    proxies.clear();
    const makeReceiver = pick(natural ? fit : makers);
    const receiver = makeReceiver();
    const argumentCount = random(5) === 0 ? random(6) : min(fn.length + random(2), 6);
    const args = [];
    let label = '';
    for (let k = 0; k < argumentCount; k++) {
      const make = pick(makers);
      label += (k > 0 ? ', ' : '') + sourceOf(make);
      args[k] = make();
    }
    if (/fromAsync|fill|\.join|sort|includes|[iI]ndexOf|reverse|toReversed|toSorted|with|toSpliced|splice|unshift|flat|from|apply|construct|TypedArray|Array$|groupBy|Iterator|copyWithin|concat|toString|toLocaleString/.test(path) && hasHugeLength(receiver, args)) continue;
    // Gigabytes: more than linear memory has room for, and slow in the reference.
    if (/Array(Buffer)?$|transfer/.test(path) && args.some((x) => typeof x === 'number' && x >= 2 ** 28 && x < 2 ** 50)) continue;
    callOnce((isConstruct ? 'new ' : '') + path + (isConstruct ? '' : ' on ' + sourceOf(makeReceiver)) + ' (' + label + ')', fn, receiver, args, isConstruct);
  }
};
// Loops over 2**53 elements end in no engine.
const isHuge = (x) => x !== null && typeof x === 'object' && names.get(x) === undefined && !isSpy(x) && getOwnPropertyDescriptor(x, 'length')?.value > 1e9;
const isSpy = (x) => { for (const p of proxies.values()) if (p === x) return true; try { Object.isExtensible(x); } catch { return true; } return false; };
const hasHugeLength = (receiver, args) => isHuge(receiver) || args.some(isHuge);

if (seed === 0) {
  for (const { path, fn } of chosen) print(path + ' ' + ownText(fn));
} else {
  for (const entry of chosen) round(entry, perFunction);
}
`;

const text = program();

/** Source of the program of `seed`; seed 0 prints every function's own properties instead of calling. */
export const builtinCalls = (
  seed: number,
  options: { readonly only?: string; readonly perFunction?: number } = {},
): string => `// builtin calls, seed ${seed}
const seed = ${seed}, only = ${options.only === undefined ? 'undefined' : JSON.stringify(options.only)}, perFunction = ${options.perFunction ?? 2};
const leftOut = ${JSON.stringify(Object.keys(leftOut))};
const globalNames = ${JSON.stringify(globals)};
${text}`;
