// A bound function's name and length come from what it binds, as it was, not from properties that were changed since.
function f(a, b, c) {}
const before = f.bind(null, 1);
Object.defineProperty(f, 'name', { value: 'changed' });
Object.defineProperty(f, 'length', { value: 9 });
console.log(before.name, before.length);
const after = f.bind(null, 1);
console.log(after.name, after.length);
let reads = 0;
function g() {}
const bound = g.bind();
Object.defineProperty(g, 'name', {
  get() {
    reads++;
    return 'read';
  },
});
console.log(bound.name, reads, bound.bind(1).name, [].push.bind().name, [].push.bind(1).length);

// Elements of typed arrays, and lengths of arrays, by defineProperty.
const bytes = new Uint8Array(4);
for (const [key, descriptor] of [
  [0, { value: 5 }],
  [1, { value: 7, configurable: false }],
  [5, { value: 1 }],
  [2, { get() {} }],
  [6, { get() {} }],
  [3, { value: { valueOf: () => 9 }, enumerable: true, writable: true, configurable: true }],
  ['1.5', { value: 3 }],
  [1, { writable: false }],
  [0, {}],
]) {
  try {
    Object.defineProperty(bytes, key, descriptor);
    console.log(key, bytes[key], Reflect.defineProperty(bytes, key, descriptor));
  } catch (error) {
    console.log(key, error.message, Reflect.defineProperty(bytes, key, descriptor));
  }
}
const list = [1, 2, 3];
const log = [];
Object.defineProperty(list, 'length', { value: { valueOf: () => log.push('v') && 2 } });
console.log(list, log);
list.length = { valueOf: () => 1 };
console.log(list);
for (const length of [-1, 1.5, 'x'])
  try {
    list.length = length;
  } catch (error) {
    console.log(error.message);
  }
(() => {
  'use strict';
  const array = [1];
  try {
    array.length = {
      valueOf() {
        Object.defineProperty(array, 'length', { writable: false });
        return 0;
      },
    };
  } catch (error) {
    console.log(error.message, array.length);
  }
})();
