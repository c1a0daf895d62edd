// The operations of the language that run JavaScript in the middle: conversions, accessors, traps, iterators, with statements, class
// definitions. Each line is the same when a collection follows every call from host code (collection.test.ts).

let count = 0;
const churn = () => ({ count: ++count, text: `churn ${count}`, list: [count, { count }] });
const lazy = (value) => ({ [Symbol.toPrimitive]: () => churn() && value });
const traps = {};
for (const trap of Object.getOwnPropertyNames(Reflect))
  if (typeof Reflect[trap] === 'function') traps[trap] = (...args) => churn() && Reflect[trap](...args);
const watched = (target) => new Proxy(target, { ...traps });
const show = (value) =>
  typeof value === 'bigint' ? `${value}n` : typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
const line = (label, run) => {
  try {
    print(label, show(run()));
  } catch (error) {
    print(label, 'throws', error.name, error.message);
  }
};

const left = () => [lazy(3.5), lazy('a' + churn().list.length), lazy(10n ** 20n), { valueOf: () => churn() && 7, toString: () => 'x' }, 2.5, 'str' + churn().list.length];
const operators = ['+', '-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>', '>>>', '<', '>', '<=', '>=', '==', '!=', '===', 'in', 'instanceof'];
for (const operator of operators) {
  const f = new Function('a', 'b', `return a ${operator} b`);
  for (let i = 0; i < 6; i++) for (let j = 0; j < 6; j++) line(`${i} ${operator} ${j}`, () => f(left()[i], left()[j]));
}
for (const operator of ['-', '+', '~', '!', 'typeof ']) {
  const f = new Function('a', `return ${operator}a`);
  for (let i = 0; i < 6; i++) line(`${operator}${i}`, () => f(left()[i]));
}
for (const operator of ['++', '--', '+=', '-=', '**=', '??=', '&&=', '||=']) {
  const unary = operator === '++' || operator === '--';
  const named = new Function('o', 'b', unary ? `return [o.p${operator}, ${operator}o.p, o.p]` : `return [o.p ${operator} b, o.p]`);
  const keyed = new Function('o', 'k', 'b', unary ? `return [o[k]${operator}, ${operator}o[k], o[k]]` : `return [o[k] ${operator} b, o[k]]`);
  for (let i = 0; i < 6; i++) {
    const object = () => {
      let value = left()[i];
      return { get p() { return churn() && value; }, set p(v) { churn(); value = v; } };
    };
    line(`named ${operator} ${i}`, () => named(object(), lazy(2)).map(String).join());
    line(`keyed ${operator} ${i}`, () => keyed(watched(object()), { toString: () => churn() && 'p' }, lazy(2)).map(String).join());
  }
}
const constructs = {
  withLoad: new Function('o', 'with (o) { return [a, b, typeof c, f()] }'),
  withStore: new Function('o', 'v', 'with (o) { a = v; b = { v }; c = [v]; } return [o.a, o.b, o.c]'),
  withDelete: new Function('o', 'with (o) { return [delete a, typeof a] }'),
  forIn: new Function('o', 'const keys = []; for (const k in o) keys.push(k + o[k]); return keys'),
  forOf: new Function('o', 'const all = []; for (const [k, v] of o) { if (all.length > 2) break; all.push({ k, v }); } return all'),
  spreadCall: new Function('o', 'return ((...args) => args.map((a) => a))(1, ...o, { last: 1 })'),
  spreadNew: new Function('o', 'return new (class { constructor(...args) { this.args = args } })(...o, 2)'),
  spreadArray: new Function('o', 'return [0, ...o, { x: 1 }, ...o]'),
  spreadObject: new Function('o', 'return { z: 1, ...o, y: { w: 1 } }'),
  destructure: new Function('o', 'const { a, [{ toString: () => "b" }]: b = [1], ...rest } = o; return [a, b, rest]'),
  destructureArray: new Function('o', 'const [a, , b = { d: 1 }, ...rest] = o; return [a, b, rest]'),
  computed: new Function('k', 'v', 'return { [k]: v, get [k + 1]() { return v }, [k + 2]() { return v }, __proto__: { p: v }, [k]: [v] }'),
  template: new Function('a', 'b', 'return `${a}-${b}-${[a, b]}`'),
  tagged: new Function('a', 'b', 'return ((s, ...v) => s.raw.concat(v.map(String)))`x${a}y${b}z`'),
  optional: new Function('o', 'return [o?.a, o?.["b"], o?.f?.(), o.nothing?.x.y]'),
  deleteKeyed: new Function('o', 'k', 'return [delete o[k], k in o]'),
  klass: new Function('K', 'k', 'v', `return new (class extends K { #p = { v }; [k] = v; static [k + 's'] = [v]; get p() { return this.#p } set q(x) { this.#p = x }
    static { this.t = { k } } constructor(...args) { super(...args); super.x = { args }; this.q = [this.p, super.x] } m() { return [super.toString?.call('s'), this.p] } })(v, { v }).m()`),
  generator: new Function('o', 'return [...(function* () { const r = yield* o; yield { r } })()]'),
  throwing: new Function('o', 'try { throw o.a } catch ({ text, list: [n, ...more] }) { return [text.length > 0, more.length] } finally { o.b }'),
  instance: new Function('o', 'k', 'return [{} instanceof { [Symbol.hasInstance]: () => o.a }, k in o, o == k]'),
  arguments: new Function('o', 'k', 'arguments[0] = { o }; return [o.o !== undefined, arguments.length, Array.from(arguments).length]'),
  evaluated: new Function('o', 'k', 'var r = eval("var z = o.a; function g() { return [z, k] } g()"); return [r, typeof z]'),
  globals: new Function('v', 'globalThis.made = v.a; made = [made, v.b]; return made'),
  bound: new Function('o', 'return o.f.bind({ x: { y: 1 } }, o.a).call(1, o.b)'),
};
const object = () => {
  const values = { a: churn(), b: [churn()] };
  return { get a() { return churn() && values.a; }, set a(v) { churn(); values.a = v; }, get b() { return churn() && values.b; }, set b(v) { churn(); values.b = v; }, f(...args) { churn(); return [args.length, typeof this]; }, get [Symbol.unscopables]() { return churn() && { c: true }; }, c: 1,
    *[Symbol.iterator]() { for (let i = 0; i < 5; i++) yield [`k${i}`, churn().list.length] } };
};
const strip = (text) => text.replace(/churn \d+/g, 'churn').replace(/"count":\d+/g, '"count":0').replace(/\[\d+,\{/g, '[0,{');
class Base {
  constructor(a) { churn(); this.a = a; }
  set x(v) { churn(); Object.defineProperty(this, 'xx', { value: v, configurable: true }); }
  get x() { return churn() && this.xx; }
}
const seconds = [() => ({ toString: () => churn() && 'a' }), () => `k${churn().list.length}`, () => watched({ b: [1] }), () => churn()];
const firsts = [object, () => watched(object()), () => Object.create(watched(object())), () => [[1, { x: 1 }], [2, churn()]]];
for (const name in constructs)
  for (let i = 0; i < firsts.length; i++)
    for (let j = 0; j < seconds.length; j++)
      line(`${name} ${i} ${j}`, () => {
        const first = name === 'klass' ? [Base, watched(Base), class extends Base {}, function () { return watched({}); }][i] : firsts[i]();
        const result = name === 'klass' ? constructs[name](first, seconds[j](), churn()) : constructs[name](first, seconds[j]());
        return strip(JSON.stringify(result) ?? String(result));
      });
