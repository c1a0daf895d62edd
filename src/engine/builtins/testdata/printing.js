// Printing and key order where ordinary programs differed once.
const keys = (object) => console.log(Object.keys(object).join());
keys({ a: 1, get b() { return 1; }, m() {} });
keys({ get a() { return 1; }, b: 2 });
keys({ a: 1, get b() { return 1; }, set b(value) {}, c: 3 });
for (let i = 0; i < 3; i++) keys({ z: i, get b() { return 1; }, c: i, y: 2 });
keys({ get a() { return 1; }, b: 2, a: 3 });
keys({ get a() { return 1; }, 5: 1, get 3() { return 1; }, b: 1 });
const redefined = { a: 1, b: 2 };
Object.defineProperty(redefined, 'a', { get() { return 'got'; } });
console.log(Object.entries(redefined));
const readded = { a: 1, b: 2 };
delete readded.a;
readded.a = 1;
Object.defineProperty(readded, 'b', { get() { return 'got'; } });
console.log(Object.entries(readded));
const pair = { get a() { return 1; }, z: 0 };
Object.defineProperty(pair, 'a', { set(value) {} });
console.log(pair, Object.getOwnPropertyDescriptors(pair));

console.log([].concat({ length: 2, 0: 'a', 1: 'b', [Symbol.isConcatSpreadable]: true }));
const list = [1, 2];
list[Symbol.isConcatSpreadable] = false;
console.log([0].concat(list).length);

console.log([new RegExp('/'), new RegExp(''), RegExp('\n'), RegExp('[/]\\/')], new RegExp('a/b').source);
console.log(['\ud800', 'x\udfffy'], [new DataView(new ArrayBuffer(4), 1, 2)]);
class MyMap extends Map {}
class MySet extends Set { tag = 1; }
class Mapper extends Map {}
console.log(new MyMap([[1, 2]]), new MySet([1]), new Mapper());
console.log(Object.create(Object.create(null)), Object.create(Object.create(Object.create(null))));
console.log({ a: { b: { c: Object.assign(Object.create(null), { d: 1 }) } } });
console.log('%s|%s|%s|%s', class A { x = 1; }, function f(a) { return a; }, () => 1, Math.max);

console.table([{ n: 'q', v: 1 }, { n: 'r', w: 2 }], ['v', 'absent']);
console.table([['é', '日本', '😀']]);
console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
console.dir({ a: { b: { c: { d: { e: 1 } } } } }, { depth: null });
try {
  Object.freeze(new Proxy({}, { preventExtensions: () => true }));
} catch (error) {
  console.log(error.message);
}
