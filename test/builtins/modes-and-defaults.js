// Stores to super in both language modes; prototypes of generators whose own is no object; what closes an iterator without throw.
const attempt = (f) => {
  try {
    console.log(f());
  } catch (error) {
    console.log(String(error));
  }
};
const sloppy = {
  dot() { super.y = 1; return 'went on'; },
  keyed(k) { super[k] = 1; return 'went on'; },
};
const strict = {
  dot() { 'use strict'; super.y = 1; return 'went on'; },
  keyed(k) { 'use strict'; super[k] = 1; return 'went on'; },
};
for (const holder of [sloppy, strict]) {
  Object.freeze(holder);
  attempt(() => holder.dot());
  attempt(() => holder.keyed('z'));
}
for (const make of [function* () {}, async function* () {}])
  for (const prototype of [undefined, null, 1, '', Symbol.iterator, {}]) {
    const original = Object.getPrototypeOf(make.prototype ?? {});
    const own = Object.create(original);
    make.prototype = prototype;
    console.log(Object.getPrototypeOf(make()) === prototype, Object.prototype.toString.call(make()));
    make();
    make.prototype = own;
    console.log(Object.getPrototypeOf(make()) === own);
  }
const sample = new Uint8Array(2);
attempt(() => Object.defineProperty(sample, '0', { get() {} }));
attempt(() => Reflect.defineProperty(sample, '1', { set: undefined }));
attempt(() => Reflect.defineProperty(sample, '0', { value: 5, configurable: true, enumerable: true, writable: true }));
console.log(sample.join());
(async () => {
  for (const returns of [{}, { get return() { throw 'poisoned'; } }, { return: () => 1 }, { return() { throw 'thrown'; } }]) {
    const wrapper = async function* () {
      yield* { [Symbol.iterator]: () => Object.defineProperties({}, { next: { value: () => ({ value: 1 }) }, ...Object.getOwnPropertyDescriptors(returns) }) };
    };
    const iterator = wrapper();
    await iterator.next();
    try {
      await iterator.throw('given');
    } catch (error) {
      console.log(String(error));
    }
    console.log((await iterator.next()).done);
  }
})();
