const util = require('util');
const show = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
console.log(
  util.format('%s|%d|%i|%f|%j|%o|%O|%%|%c|%x', 'a', 1.5, 1.5, '1.5', { a: 1 }, [1], { b: { c: {} } }, 'css', 'rest'),
  util.format(1, 'x', { a: 1 }),
  util.format('%s', null, undefined, Symbol('s'), 5n, -0),
  util.format('%d', '5'),
  util.format('%s', class A {}, function f() {}),
);
console.log(
  util.format('%s', {
    toString() {
      return 'own';
    },
  }),
  util.format(
    '%s',
    new (class X {
      toString() {
        return 'cls';
      }
    })(),
  ),
  util.format('%s', new Date(0)),
  util.format('%s', new Error('e').message),
  util.format('%j', {
    toJSON() {
      return 'J';
    },
  }),
  util.format('%d', {
    valueOf() {
      return 4;
    },
  }),
);
const o = {
  a: 1,
  b: 'x',
  c: [1, 2, { d: { e: { f: 1 } } }],
  m: new Map([['k', { v: 1 }]]),
  s: new Set([1]),
  f() {},
  [Symbol('y')]: 1,
  get g() {
    return 1;
  },
  set h(v) {},
  n: null,
  u: undefined,
};
console.log(
  util.inspect(o),
  util.inspect(o, { depth: 0 }),
  util.inspect(o, { compact: false, depth: 1 }),
  util.inspect(o, { breakLength: Infinity }),
  util.inspect(o, { sorted: true, colors: true }),
);
console.log(
  util.inspect('a'.repeat(20), { maxStringLength: 5 }),
  util.inspect([1, 2, 3, 4], { maxArrayLength: 2 }),
  util.inspect(new Proxy({ a: 1 }, {}), { showProxy: true }),
  util.inspect(123456789.123, { numericSeparator: true }),
  util.inspect({ a: { b: 1 } }, { compact: true }),
  util.inspect(Object.create(null)),
  util.inspect(
    new (class Foo {
      x = 1;
    })(),
  ),
);
class C {
  constructor() {
    this.x = 1;
  }
  [util.inspect.custom](depth, options, inspect) {
    return `C<${depth} ${typeof options.stylize} ${inspect === util.inspect} ${inspect({ y: 1 }, options)}>`;
  }
}
console.log(new C(), [new C()], { a: { b: new C() } }, util.inspect(new C(), { customInspect: false }));
console.log(
  {
    o: {
      [util.inspect.custom]() {
        return { replaced: { deep: { er: {} } } };
      },
    },
  },
  { [util.inspect.custom]: () => 42 },
);
console.log(
  util.isDeepStrictEqual({ a: [1] }, { a: [1] }),
  util.isDeepStrictEqual([1], ['1']),
  util.types.isDate(new Date()),
  util.types.isRegExp(/x/),
  util.types.isPromise(Promise.resolve()),
  util.types.isProxy(new Proxy({}, {})),
  util.types.isTypedArray(Buffer.alloc(1)),
  util.types.isUint8Array(Buffer.alloc(1)),
  util.types.isGeneratorFunction(function* () {}),
  util.types.isAsyncFunction(async () => {}),
  util.types.isBoxedPrimitive(Object(1)),
  util.types.isNativeError(new TypeError()),
  util.types.isMap(new Map()),
  util.types.isArgumentsObject(
    (function () {
      return arguments;
    })(),
  ),
);
function Old() {}
function Base() {}
Base.prototype.hi = () => 'hi';
util.inherits(Old, Base);
console.log(new Old().hi(), Old.super_ === Base);
console.log(
  util.stripVTControlCharacters('\u001b[31mred\u001b[39m'),
  util.styleText('red', 'x', { validateStream: false }),
  util.styleText(['bold', 'underline'], 'y', { validateStream: false }),
  util.toUSVString('a\ud800'),
  util.inspect.defaultOptions.depth,
  Object.keys(util.inspect.styles),
);
console.log(
  util.parseArgs({
    args: ['-f', '--bar', 'b', 'pos', '--no-color', '--x=1', '-abc'],
    options: {
      foo: { type: 'boolean', short: 'f' },
      bar: { type: 'string' },
      color: { type: 'boolean' },
      x: { type: 'string', multiple: true },
      a: { type: 'boolean', short: 'a' },
      b: { type: 'boolean', short: 'b' },
      c: { type: 'boolean', short: 'c', default: false },
    },
    allowPositionals: true,
    allowNegative: true,
    tokens: true,
  }),
);
show(() => util.parseArgs({ args: ['--nope'], options: {} }));
show(() => util.parseArgs({ args: ['x'], options: {} }));
show(() => util.parseArgs({ args: ['--s'], options: { s: { type: 'string' } } }));
show(() => util.parseArgs({ args: ['--b=1'], options: { b: { type: 'boolean' } } }));
show(() => util.parseArgs({ args: [], options: { q: { type: 'int' } } }));
show(() => util.promisify(5));
show(() => util.inherits(1, 2));
show(() => util.inherits(Old, null));
show(() => util.styleText('nocolor', 'x'));
show(() => util.deprecate(5));
show(() => util.callbackify(1));
show(() => util.getSystemErrorName(5));
show(() => util.inspect({}, 'x'));
console.log(util.getSystemErrorName(-2), util.types.isExternal({}));
const p = util.promisify((a, cb) => cb(null, a * 2));
p(4).then(console.log);
util.callbackify(async (x) => x + 1)(1, (e, v) => console.log('cb', e, v));
util.callbackify(async () => {
  throw null;
})((e) => console.log(e.code, e.message, e.reason));
const dep = util.deprecate(
  function old() {
    return 'old';
  },
  'old() is deprecated',
  'DEP_X',
);
console.log(
  dep(),
  dep.name,
  util.debuglog('nothing').enabled,
  new util.TextEncoder().encode('é'),
  new util.TextDecoder('latin1').encoding,
  String(new util.MIMEType('text/plain; charset=utf-8; q="a b"')),
  util.parseEnv('A=1\nB="x y"\n# c\nC=\'q\''),
);
console.log(
  util.inspect(new Map([[{ a: 1 }, new Set([[1]])]]), { showHidden: true }),
  util.inspect(Object.assign(() => {}, { p: 1 })),
  util.inspect([, 1, , 2]),
  util.inspect(new Error('shown')).split('\n')[0],
  util.inspect({ e: new RangeError('in') }).split('\n')[0],
  util.inspect(Promise.resolve(4)),
  util.inspect(new WeakMap()),
  util.inspect(Symbol('q')),
  util.inspect([
    ['a', 'b'],
    [1.5, -0],
  ]),
  util.inspect('it\'s "q"'),
);
