// As many arguments, keys and elements as a stack of V8's size, and more than it holds.
const t = (n, f) => {
  let r;
  try {
    r = f();
    r = typeof r === 'object' || typeof r === 'function' ? typeof r : String(r);
  } catch (e) {
    r = e.name + ': ' + e.message;
  }
  console.log(n, r);
};
const count = function () {
  return arguments.length;
};
for (const n of [60000, 65535, 65536, 120000, 125000, 130000]) {
  const a = new Array(n).fill(1);
  t('spread ' + n, () => count(...a));
  t('apply ' + n, () => count.apply(null, a));
  t('reflect ' + n, () => Reflect.apply(count, null, a));
  t('applylike ' + n, () => count.apply(null, { length: n }));
  t('construct ' + n, () => Reflect.construct(Array, a).length);
  t('new spread ' + n, () => [...a].length);
  t('bind ' + n, () => count.bind(null, ...a)());
  t('max', () => Math.max(...a));
  t('push ' + n, () => [].push(...a));
  t('fromCharCode', () => String.fromCharCode(...a).length);
  t('concat', () => [].concat(...a).length);
  t('spread literal', () => [...a].length);
  t('arr.of', () => Array.of(...a).length);
}
t('dict apply', () => count.apply(null, new Array(2 ** 32 - 1)));
t('like', () => count.apply(null, { length: 2 ** 32 }));
t('like53', () => count.apply(null, { length: 2 ** 53 }));
t('like-ref', () => Reflect.apply(count, null, { length: 2 ** 32 }));
t('proxy apply', () => new Proxy(count, {})(...new Array(60000)));
t('proxy apply', () => new Proxy(count, {})(...new Array(120000)));
t('proxy apply', () => Reflect.apply(new Proxy(count, {}), null, new Array(200000)));
t('bound', () => {
  let f = count;
  for (let i = 0; i < 20; i++) f = f.bind(null, ...new Array(10000));
  return f();
});
t('bound chain', () => {
  let f = count;
  for (let i = 0; i < 100000; i++) f = f.bind(null);
  return f();
});
t('bound chain', () => {
  let f = count;
  for (let i = 0; i < 100000; i++) f = f.bind(null, 1);
  return f();
});
t('for-in', () => {
  let n = 0;
  for (const k in new Array(100000).fill(0)) n++;
  return n;
});
t('for-in obj', () => {
  const o = {};
  for (let i = 0; i < 100000; i++) o['k' + i] = i;
  let n = 0;
  for (const k in o) n++;
  return n;
});
t('entries', () => Object.entries(new Array(100000).fill(0)).length);
t('keys', () => Object.keys(new Array(100000).fill(0)).length);
t('values', () => Object.values(new Array(100000).fill(0)).length);
t('assign', () => Object.keys(Object.assign({}, new Array(100000).fill(0))).length);
t('gopn', () => Object.getOwnPropertyNames('x'.repeat(100000)).length);
t('descs', () => Object.keys(Object.getOwnPropertyDescriptors(new Array(100000).fill(0))).length);
t(
  'defprops',
  () => Object.keys(Object.defineProperties({}, Object.getOwnPropertyDescriptors(new Array(50000).fill(0)))).length,
);
t('u8', () => new Uint8Array(new Array(100000).fill(3)).length);
t('u8set', () => new Uint8Array(1000000).set(new Set(Array.from({ length: 100000 }, (_, i) => i))));
t('u8set', () => new Uint8Array(new Set(Array.from({ length: 100000 }, (_, i) => i))).length);
t('from set', () => Array.from(new Set(Array.from({ length: 100000 }, (_, i) => i))).length);
t('fromEntries', () => Object.keys(Object.fromEntries(Array.from({ length: 100000 }, (_, i) => [i, i]))).length);
t(
  'groupBy',
  () =>
    Object.groupBy(
      Array.from({ length: 100000 }, (_, i) => i),
      (x) => x % 3,
    )[0].length,
);
t('json', () => JSON.stringify(Array.from({ length: 100000 }, (_, i) => i)).length);
t('jsonp', () => JSON.parse(JSON.stringify(Array.from({ length: 100000 }, (_, i) => i))).length);
t('jsonp', () => JSON.parse(JSON.stringify(Array.from({ length: 100000 }, (_, i) => i)), (k, v) => v).length);
t('sort', () => Array.from({ length: 100000 }, (_, i) => -i).sort((a, b) => a - b)[0]);
t('sort', () => Array.from({ length: 100000 }, (_, i) => '' + i).sort()[5]);
t('flat', () => Array.from({ length: 100000 }, (_, i) => [i, [i]]).flat(Infinity).length);
t('splice', () => {
  const a = [];
  a.splice(0, 0, ...new Array(100000).fill(1));
  return a.length;
});
t('unshift', () => {
  const a = [];
  a.unshift(...new Array(100000).fill(1));
  return a.length;
});
t('split', () => 'a,'.repeat(100000).split(',').length);
t('splitre', () => 'a,'.repeat(100000).split(/,/).length);
t('match', () => 'a,'.repeat(100000).match(/a/g).length);
t('replace', () => 'a,'.repeat(100000).replace(/a/g, (m) => 'b').length);
t('matchAll', () => [...'a,'.repeat(40000).matchAll(/a/g)].length);
t('str spread', () => [...'ab'.repeat(50000)].length);
t('freeze', () => Object.isFrozen(Object.freeze(new Array(100000).fill({}))));
t('ownKeys', () => Reflect.ownKeys(new Array(100000).fill({})).length);
t(
  'proxy ownKeys',
  () =>
    Reflect.ownKeys(
      new Proxy(
        {},
        {
          ownKeys() {
            return Array.from({ length: 50000 }, (_, i) => 'k' + i);
          },
        },
      ),
    ).length,
);
t('promise.all', () => typeof Promise.all(new Array(50000).fill(1)));
t('map', () => new Map(Array.from({ length: 100000 }, (_, i) => [i, i])).size);
t('tpl', () => String.raw({ raw: new Array(100000).fill('a') }, ...new Array(10).fill(1)).length);
t('join', () => new Array(100000).fill('a').join().length);
t('concat', () => ''.concat(...new Array(100000).fill('a')).length);
t('hypot', () => Math.hypot(...new Array(100000).fill(1)));
t('codepoint', () => String.fromCodePoint(...new Array(100000).fill(65)).length);
t('rest', () => ((...r) => r.length)(...new Array(100000)));
t('destr', () => {
  const [a, ...r] = new Array(100000);
  return r.length;
});
t('objrest', () => {
  const { a, ...r } = Object.fromEntries(Array.from({ length: 100000 }, (_, i) => ['k' + i, i]));
  return Object.keys(r).length;
});
t('objspread', () => Object.keys({ ...new Array(100000).fill(1) }).length);
t('callspread super', () => {
  class A {
    constructor() {
      this.n = arguments.length;
    }
  }
  class B extends A {
    constructor(...a) {
      super(...a);
    }
  }
  return new B(...new Array(60000)).n;
});
