// What is checked before what: lengths of arrays, descriptors of proxies, names of functions, completion values, tokens.
const attempt = (f) => {
  try {
    console.log(f());
  } catch (error) {
    console.log(String(error));
  }
};
const define = (value, rest) => () => Object.defineProperty([1, 2, 3], 'length', { value, ...rest }).length;
for (const rest of [{}, { configurable: true }, { enumerable: true }, { writable: false }, { get: undefined }])
  for (const value of [-1, 1, 2 ** 32, 'a', '2', 1.5, 1n]) attempt(define(value, rest));
const lengthThat = (array, log) => ({
  [Symbol.toPrimitive](hint) {
    log.push(hint);
    Object.defineProperty(array, 'length', { writable: false });
    return 0;
  },
});
for (const assign of [
  (a, v) => { 'use strict'; a.length = v; },
  (a, v) => Reflect.set(a, 'length', v),
  (a, v) => Object.defineProperty(a, 'length', { value: v, writable: true }),
  (a, v) => Reflect.defineProperty(a, 'length', { value: v }),
]) {
  const array = [1, 2, 3];
  const log = [];
  attempt(() => assign(array, lengthThat(array, log)));
  console.log(array.length, log.join());
}
const through = (first, second) => {
  const target = Object.defineProperty({}, 'p', first);
  attempt(() => Object.defineProperty(new Proxy(target, { defineProperty: () => true }), 'p', second) && 'fine');
};
const getter = () => 1;
for (const first of [{ value: 1 }, { value: 1, writable: true }, { get: getter }, { value: 1, configurable: true }])
  for (const second of [
    { value: 2 }, { value: 1 }, { writable: false }, { writable: true }, { enumerable: true }, { enumerable: false },
    { configurable: true }, { configurable: false }, { get: getter }, { get() {} }, { set() {} }, {},
  ])
    through(first, second);
var fn;
(fn) = function () {};
console.log(JSON.stringify(fn.name));
fn = function () {};
console.log(fn.name);
[(fn) = class {}] = [];
console.log(JSON.stringify(fn.name));
fn = undefined;
(fn) ??= () => {};
console.log(JSON.stringify(fn.name));
for (const text of [
  '1; do { 2; try { 3 } finally { break; 4 } } while (false)',
  '1; do { 2; try { 3 } finally { 5; break; } } while (false)',
  '1; do { try { x.y } catch { 4 } finally { continue; } } while (false)',
  '1; a: { 2; try { 3 } finally { break a; } }',
  '1; do { try { 3 } finally { if (true) break; } } while (false)',
  '1; do { try { 3 } finally { 4 } } while (false)',
])
  console.log(text, eval(text));
const registry = new FinalizationRegistry(() => {});
const token = {};
const other = {};
for (const step of [
  () => registry.unregister(token),
  () => registry.register({}, 1, token) ?? registry.register({}, 2, token) ?? registry.register(other, token),
  () => registry.unregister(other),
  () => registry.unregister(token),
  () => registry.unregister(token),
])
  attempt(step);
function* one() {
  yield 0;
}
for (const method of [0, null, undefined, 'x', {}, () => 7, () => [1, 2].values()])
  attempt(() => [...one().flatMap(() => ({ [Symbol.iterator]: method, next: () => ({ done: true }) }))].join());
attempt(() => [...one().flatMap(() => 'ab')]);
attempt(() => [...one().flatMap(() => new String('ab'))].join());
const sticky = /c/y;
sticky.lastIndex = 1;
sticky[Symbol.replace]('abc', 'x');
console.log(sticky.lastIndex);
for (const name of ['indexOf', 'includes', 'lastIndexOf']) {
  const sample = new Uint8Array(2);
  console.log(name, sample[name](undefined, { valueOf: () => (sample.buffer.transfer(), 0) }));
}
const named = Object.defineProperty(function () {}, 'name', {
  get() {
    throw new Error('name');
  },
});
attempt(() => named.bind());
attempt(() => Object.defineProperty(function (a, b) {}, 'length', { value: 7 }).bind(null, 1).length);
attempt(() => Object.defineProperty(function () {}, 'length', { value: 'x' }).bind(null, 1).length);
attempt(() => delete named.name && named.bind().name);
attempt(() => JSON.stringify(Object.getOwnPropertyDescriptors(function f(a, b) {}.bind(1, 2))));
for (const Kind of [Float64Array, BigInt64Array]) {
  let calls = 0;
  const numbers = new Kind(2);
  Object.defineProperty(Kind.prototype, 'constructor', { get: () => void calls++ });
  for (const method of ['filter', 'map', 'slice', 'subarray']) numbers[method](() => numbers[0]);
  console.log(Kind.name, calls);
}
const spreadable = (length, more) => ({ length, ...more, [Symbol.isConcatSpreadable]: true });
attempt(() => [].concat(spreadable(2 ** 31, { 3: 1 })).length);
attempt(() => [].concat(spreadable(1e6, { 3: 1, 99999: 2, 1e6: 3 })).indexOf(2));
attempt(() => [1].concat(spreadable(2 ** 53 - 1)));
attempt(() => [].concat(1, new Proxy([], { get: (_, key) => (key === 'length' ? 2 ** 53 - 1 : undefined) })));
attempt(() => Object.defineProperty([], ['len', 'gth'].join(''), { value: -1, configurable: true }));
