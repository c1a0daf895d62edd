// Calls every function that can be reached from the global object, on receivers and with arguments whose conversions, getters,
// iterators, traps and callbacks run JavaScript, and prints what came of each call. What the engine kept in a local across one
// of them is gone when a collection follows every call (collection.test.ts).

let count = 0;
/** New objects between a word's last use and its next. */
const churn = () => {
  count++;
  return { count, text: `churn ${count}`, list: [count, { count }] };
};

// --- values that run JavaScript when they are looked at -----------------------------------------------------------------

const primitive = (value) => ({
  label: `primitive ${String(value)}`,
  [Symbol.toPrimitive](hint) {
    churn();
    return typeof value === 'function' ? value(hint) : value;
  },
});
const valued = (number, text) => ({
  valueOf() {
    churn();
    return number;
  },
  toString() {
    churn();
    return `${text}${churn().list.length}`;
  },
});
const traps = {};
for (const trap of Object.getOwnPropertyNames(Reflect))
  if (typeof Reflect[trap] === 'function')
    traps[trap] = (...args) => {
      churn();
      return Reflect[trap](...args);
    };
const watched = (target) => new Proxy(target, { ...traps });
const arrayWithGetters = (length) => {
  const array = [];
  for (let i = 0; i < length; i++)
    Object.defineProperty(array, i, {
      get: () => churn() && { index: i, toString: () => `e${i}${churn().list.length}`, valueOf: () => i },
      set: () => churn(),
      configurable: true,
      enumerable: true,
    });
  return array;
};
const objects = (length) =>
  Array.from({ length }, (_, i) => ({ i, toString: () => `o${churn() && i}`, valueOf: () => churn() && 9 - i }));
const options = () =>
  new Proxy(
    {
      length: 3,
      0: { key: 'zero' },
      1: [1],
      2: 'two',
      value: { deep: [1, 2] },
      writable: true,
      configurable: true,
      enumerable: true,
    },
    { ...traps },
  );
const iterable = (values) => ({
  *[Symbol.iterator]() {
    try {
      for (const value of values) {
        churn();
        yield value;
      }
    } finally {
      churn();
    }
  },
});
const iterator = (values) => {
  let i = 0;
  return {
    __proto__: globalThis.Iterator?.prototype,
    get next() {
      churn();
      return () => ({
        get done() {
          return churn() && i >= values.length;
        },
        get value() {
          return churn() && values[i++];
        },
      });
    },
    return() {
      churn();
      return {};
    },
  };
};
const callback = (result) =>
  function (...args) {
    churn();
    if (typeof result === 'function') return result.apply(this, args);
    return result === undefined ? { args: args.length, first: args[0] } : result;
  };
class Species extends Array {
  static get [Symbol.species]() {
    churn();
    return Species;
  }
}
const species = () => Species.from(objects(4));
class Late {
  constructor(...args) {
    churn();
    this.args = args.map((value) => ({ value }));
  }
}
const thenable = () => ({
  get then() {
    churn();
    return (resolve) => resolve({ resolved: churn().text });
  },
});
const keyLike = () => ({ toString: () => `key${churn() && ''}` });
const regexp = () => {
  const re = new RegExp(`(${'o'}+)(?<name>k)?`, 'gd');
  re.lastIndex = valued(0, '0');
  return re;
};
const userRegexp = () => ({
  __proto__: RegExp.prototype,
  get flags() {
    return churn() && 'g';
  },
  get global() {
    return churn() && true;
  },
  lastIndex: 0,
  left: 2,
  exec(text) {
    churn();
    if (this.left-- <= 0) return null;
    return {
      index: valued(1, '1'),
      length: valued(2, '2'),
      0: keyLike(),
      1: primitive(text),
      groups: { name: keyLike() },
    };
  },
});

// --- arguments ---------------------------------------------------------------------------------------------------------------

const argumentLists = [
  () => [],
  () => [callback(), { receiver: 1 }],
  () => [callback((a, b) => (a > b ? 1 : -1)), primitive(1), primitive(2)],
  () => [callback(true), {}],
  () => [primitive(1), primitive(2), { filled: [1] }],
  () => [valued(2, 'two'), valued(3, 'three'), callback()],
  () => [
    keyLike(),
    {
      value: { deep: [1] },
      get get() {
        return churn() && undefined;
      },
    },
  ],
  () => [objects(5), callback(), objects(2)],
  () => [arrayWithGetters(4), callback(), primitive('x')],
  () => [options(), keyLike(), options()],
  () => [watched(objects(3)), watched([1, 2, 3]), watched({ a: { b: 1 } })],
  () => [iterable(objects(4).map((o, i) => [{ key: i }, o])), callback()],
  () => [iterable([[keyLike(), churn()], arrayWithGetters(2)]), callback('group')],
  () => [iterator([{ a: 1 }, { b: 2 }, [3]]), callback()],
  () => [watched(callback()), objects(2), options()],
  () => [Late, arrayWithGetters(3), Late],
  () => [Late.bind({ bound: true }, { first: 1 }), watched([{ x: 1 }]), class extends Late {}],
  () => [regexp(), callback((...args) => ({ toString: () => `r${churn() && args.length}` }))],
  () => [userRegexp(), { toString: () => `$<name>$1${churn() && ''}` }],
  () => [`${churn().text} ok ok`, `${churn().count > 0 ? 'o' : ''}k`, callback(keyLike())],
  () => [0.5 + churn().list.length, 1.5 + churn().list.length, 2.5],
  () => [10n ** BigInt(churn().list.length + 20), primitive(5n), 3n],
  () => [primitive(70n), primitive(10n ** 30n)],
  () => [
    { a: { b: [1, { toJSON: () => churn().list.length }] }, toJSON: () => ({ c: objects(2), d: churn().list.length }) },
    callback((k, v) => v),
    primitive('  '),
  ],
  () => [
    '{"a":[1,{"b":"text"},null],"c":{"d":1.5}}',
    callback((k, v) => (churn() && typeof v === 'object' ? { v } : v)),
  ],
  () => [thenable(), callback(), callback()],
  () => [iterable([thenable(), Promise.resolve({ p: 1 }), { plain: 1 }])],
  () => [
    new Map([[{ k: 1 }, { v: 1 }]]),
    { size: valued(2, 's'), has: callback(true), keys: () => iterator([{ k: 2 }, 'b']) },
  ],
  () => [new Set([{ s: 1 }, 'a']), primitive(0)],
  () => [{ size: primitive(3), has: callback(false), keys: () => iterator(['a', { k: 3 }]) }],
  () => [new Uint8Array([1, 2, 3]), primitive(1), primitive(2)],
  () => [new Float64Array([1.5, 2.5, 3.5]).buffer, valued(8, '8'), valued(1, '1')],
  () => [
    {
      length: primitive(3),
      0: primitive(7),
      get 1() {
        return churn() && valued(8, 'v');
      },
    },
    callback(primitive(4)),
  ],
  () => [primitive(0), primitive(1970), primitive(5), primitive(6), primitive(7), primitive(8), primitive(9)],
  () => [
    {
      get cause() {
        return churn() && { why: 1 };
      },
      get message() {
        return churn() && 'm';
      },
    },
    {
      get cause() {
        return churn() && [1];
      },
    },
  ],
  () => [Symbol(`desc ${churn().list.length}`), { [Symbol.iterator]: callback() }],
  () => [null, undefined, churn()],
  () => [new Error(`e${churn().list.length}`), keyLike()],
  () => [arrayWithGetters(2), watched(arrayWithGetters(2)), keyLike()],
  () => [species(), species()],
];

// --- receivers: one of each kind, and what stands for it --------------------------------------------------------------------

const generator = function* () {
  for (const value of objects(5)) if ((yield value) === 'stop') return;
};
const receivers = [
  () => undefined,
  () => objects(6),
  () => arrayWithGetters(4),
  () => watched(objects(4)),
  () => species(),
  () => [3.5, , 'x', { toString: () => churn().text }],
  () => options(),
  () => `${churn().text} ok kk`,
  () => valued(7, 'seven'),
  () => 255.5 + churn().list.length,
  () => 12345678901234567890n + BigInt(churn().list.length),
  () => Symbol(`own ${churn().list.length}`),
  () => callback(),
  () => Late.bind(churn(), churn()),
  () => watched(Late),
  () => new Map(objects(4).map((o) => [o, { o }])),
  () => new Set(objects(4)),
  () => new WeakMap([[receivers, churn()]]),
  () => new WeakSet([receivers]),
  () => new WeakRef({ target: churn() }),
  () => new Date(86400000 * churn().list.length),
  () => regexp(),
  () => userRegexp(),
  () =>
    new (class extends Error {
      get name() {
        return churn() && 'Named';
      }
      get message() {
        return churn() && 'message';
      }
    })(),
  () => new AggregateError(objects(2), keyLike()),
  () => Promise.resolve(churn()),
  () => generator(),
  () => iterator(objects(4)),
  () => new Map([[1, churn()]]).entries(),
  () => objects(3)[Symbol.iterator](),
  () => 'ok\u{1f600}'[Symbol.iterator](),
  () => `a${churn().list.length}b`.matchAll(/[a-z]/g),
  () => new Int16Array([5, 4, 3, 2, 1]),
  () => new Float64Array([5.5, 4.5, 3.5]),
  () => new BigInt64Array([5n, 4n, 3n]),
  () => new ArrayBuffer(32),
  () => new DataView(new ArrayBuffer(32)),
  () => ({ __proto__: watched({ a: churn() }), b: churn() }),
];

// --- results as text, without running any of the program's code ----------------------------------------------------------------

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const { ownKeys } = Reflect;
const proxies = new WeakSet();
const RealProxy = Proxy;
globalThis.Proxy = new RealProxy(RealProxy, {
  construct(target, args, newTarget) {
    const proxy = Reflect.construct(target, args, newTarget === globalThis.Proxy ? target : newTarget);
    proxies.add(proxy);
    return proxy;
  },
});
const show = (value, depth) => {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.replace(/\d{2,}/g, '#'));
    case 'function':
      return 'function';
    case 'object': {
      if (value === null) return 'null';
      if (proxies.has(value)) return 'proxy';
      if (depth > 3) return '…';
      const parts = [];
      for (const key of ownKeys(value)) {
        if (parts.length > 12) break;
        const property = getOwnPropertyDescriptor(value, key);
        if (key === 'stack' || property === undefined) continue;
        parts.push(
          `${String(key).replace(/\d{2,}/g, '#')}: ${'value' in property ? show(property.value, depth + 1) : 'accessor'}`,
        );
      }
      const tag = getPrototypeOf(value)?.constructor?.name ?? '';
      return `${tag}{${parts.join(', ')}}`;
    }
    case 'number':
      return Object.is(value, -0) ? '-0' : value > 1e9 || value % 1 !== 0 ? 'number' : String(value);
    default:
      return String(value).replace(/\d{2,}/g, '#');
  }
};

// --- the functions ----------------------------------------------------------------------------------------------------------------

// What ends the program, waits, speaks, or changes what everything else is judged by.
const left = new Set(
  'quit exit print printErr write console.log setTimeout setInterval setImmediate setMicrotask load read readline readbuffer eval Function gc abort kill reallyExit Proxy require import freeze preventExtensions seal process'.split(
    ' ',
  ),
);
const functions = new Map();
const visit = (object, path, depth) => {
  if (depth > 5 || object === null || (typeof object !== 'object' && typeof object !== 'function')) return;
  if (functions.has(object) || object === globalThis.Proxy) return;
  functions.set(object, path);
  for (const key of ownKeys(object)) {
    const name = typeof key === 'symbol' ? `[${key.description}]` : key;
    if (
      left.has(name) ||
      /^(process|require|module|console|WebAssembly|Realm|d8|Worker|performance|bailout|%)/.test(`${path}${name}`)
    )
      continue;
    const property = getOwnPropertyDescriptor(object, key);
    if (property === undefined) continue;
    visit(property.value, `${path}${name}.`, depth + 1);
    visit(property.get, `get ${path}${name}.`, depth + 1);
    visit(property.set, `set ${path}${name}.`, depth + 1);
  }
  visit(getPrototypeOf(object), `${path}__proto__.`, depth + 1);
};
visit(globalThis, '', 0);
for (const value of [
  generator(),
  generator,
  [][Symbol.iterator](),
  new Map().keys(),
  new Set().keys(),
  ''[Symbol.iterator](),
  ''.matchAll(/a/g),
  new Int8Array(),
  (async () => {})(),
  async () => {},
  async function* () {},
  (async function* () {})(),
  [].values().map?.((x) => x),
  globalThis.Iterator?.from?.({ next() {} }),
])
  visit(value, `(${show(value, 3)}).`, 0);

/** Each function gets every so many of the lists, another one first. */
const stride = globalThis.stride ?? 1;
let index = 0;
for (const [fn, path] of functions) {
  if (
    typeof fn !== 'function' ||
    proxies.has(fn) ||
    path.startsWith('churn') ||
    /native code/.test(Function.prototype.toString.call(fn)) === false
  )
    continue;
  index++;
  const lines = new Set();
  const attempt = (label, run) => {
    let line;
    try {
      line = show(run(), 0);
    } catch (error) {
      line = `throws ${show(error, 1)}`;
    }
    lines.add(`${label} ${line}`);
  };
  const isMethod =
    path.includes('prototype') || path.startsWith('(') || path.startsWith('get ') || path.startsWith('set ');
  for (let a = index % stride; a < argumentLists.length; a += stride) {
    if (isMethod) {
      // every kind of receiver, though not with every list
      for (let r = (a + index) % 4; r < receivers.length; r += 4)
        attempt(`${a}/${r}`, () => Reflect.apply(fn, receivers[r](), argumentLists[a]()));
    } else {
      attempt(`${a}`, () => fn(...argumentLists[a]()));
      attempt(`${a} on Late`, () => Reflect.apply(fn, Late, argumentLists[a]()));
      if (fn.prototype !== undefined) attempt(`new ${a}`, () => new fn(...argumentLists[a]()));
      if (fn.prototype !== undefined)
        attempt(`new ${a} for another`, () => Reflect.construct(fn, argumentLists[a](), watched(class Other {})));
    }
  }
  // elements by getters and traps, with numbers for positions
  if (isMethod)
    for (const a of [4, 5])
      for (const r of [2, 3]) attempt(`${a}/${r}`, () => Reflect.apply(fn, receivers[r](), argumentLists[a]()));
  for (const line of lines) print(`${path} ${line}`);
}
