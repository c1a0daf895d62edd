// Realms: what belongs to which, in each way to run; d8's `Realm`. Each line of a program says what is wrong, so that none is printed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFlags } from '../base/index.ts';
import { RecordingHost } from '../isolate/recording-host.ts';
import { isolateFor } from './commands.ts';
import { D8Shell } from './d8-shell.ts';

/** What d8 prints for the scripts, run in order. */
function d8(scripts: readonly string[], flags: readonly string[] = []): string {
  const host = new RecordingHost();
  const parsed = parseFlags(['--allow-natives-syntax', ...flags], {});
  const status = new D8Shell((embedder) => isolateFor(parsed.flags, host, embedder), { scriptArguments: [] }).run(
    scripts.map((source, i) => ({ name: `/${i}.js`, source })),
  );
  return host.stdout + host.stderr + (status === 0 ? '' : `status ${status}\n`);
}

const prelude = `
const r = Realm.createAllowCrossRealmAccess();
const other = Realm.global(r);
function expect(name, found, wanted = true) { if (!Object.is(found, wanted)) print(name, 'is', String(found), 'not', String(wanted)); }
Realm.eval(r, \`
  function makes(x) { return [x, { x }, () => x, this, [x, 1.5], /a/, function () {}.prototype]; }
  function sloppy() { return this; }
  class Base { constructor(v) { this.v = v; } get twice() { return 2 * this.v; } }
  class Derived extends Base { constructor(v) { super(v); } }
  class Null extends Object { constructor() { return null; } }
  function throws(x) { return x.y.z; }
  function str(s) { return s.mark; }
  function loads(o) { return o.mark; }
  function* generates(x) { yield x; yield [x]; }
  async function waits(x) { return [await x]; }
  function calls(f, x) { const own = f(x); return [own, [].constructor === Array, ({}).constructor === Object]; }
  let lexical = 5;
  var global = 6;
  String.prototype.mark = 'other';
  const Other = { Base, Derived, Null };
\`);
const { Base, Derived, Null } = Realm.eval(r, 'Other');
String.prototype.mark = 'own';
`;

const whose = `${prelude}
const own = new Function('return ' + other.makes)();
function loads(o) { return o.mark; }
const cases = {
  literals: (i) => { const v = other.makes(i); return v instanceof other.Array && v[1] instanceof other.Object && v[2] instanceof other.Function && v[4] instanceof other.Array && v[5] instanceof other.RegExp && v[6] instanceof other.Object; },
  receiver: (i) => other.makes(i)[3] === other && (0, other.sloppy)() === other && Reflect.apply(other.sloppy, null, []) === other,
  'own literals': (i) => { const v = own(i); return v instanceof Array && v[1] instanceof Object && v[2] instanceof Function && v[3] === globalThis && v[5] instanceof RegExp; },
  classes: (i) => { const v = new Derived(i); return v.twice === 2 * i && v instanceof Base && !(v instanceof Object); },
  extends: (i) => { class C extends Base {} const v = new C(i); return v.v === i && v instanceof C && v instanceof other.Object; },
  errors: (i) => { try { return other.throws(i); } catch (e) { return e instanceof other.TypeError && !(e instanceof TypeError); } },
  'own errors': (i) => { try { return i.y.z; } catch (e) { return e instanceof TypeError; } },
  'errors of builtins': () => { try { other.Array(-1); } catch (e) { return e instanceof other.RangeError; } },
  'errors after a return': () => { try { new Null(); } catch (e) { return e instanceof TypeError; } },
  callbacks: (i) => { const [v, a, o] = other.calls((x) => [x], i); return v instanceof Array && a && o; },
  primitives: () => other.str('a') + 'b'.mark === 'otherown',
  'the stub cache': () => loads('a') + other.loads('b') + loads('c') === 'ownotherown',
  species: () => [1].map.call(new other.Array(2), (x) => x) instanceof Array && other.Array.prototype.map.call([1], (x) => x) instanceof other.Array,
  generators: (i) => { const g = other.generates(i); return g.next().value === i && g.next().value instanceof other.Array && Object.getPrototypeOf(g.next()) === other.Object.prototype; },
  bound: (i) => other.makes.bind(1)(i) instanceof other.Array && new (Derived.bind(null, i))() instanceof Base,
  proxies: (i) => new Proxy(other.makes, {})(i) instanceof other.Array && new (new Proxy(Derived, {}))(i) instanceof Base,
  accessors: () => Object.defineProperty({}, 'x', { get: other.sloppy }).x !== undefined,
  newTarget: () => { const F = other.Function(); F.prototype = 1; return Object.getPrototypeOf(Reflect.construct(Date, [], F)) === other.Date.prototype && Object.getPrototypeOf(Reflect.construct(function () {}, [], F)) === other.Object.prototype; },
  globals: () => Realm.eval(r, 'lexical + global') === 11 && typeof lexical === 'undefined' && other.global === 6,
  json: () => other.JSON.parse('[{}]')[0] instanceof other.Object,
  bailouts: (i) => { other.calls((x) => x, i); if (i > 4) %DeoptimizeNow(); return [i] instanceof Array && (() => 1) instanceof Function; },
  unwinding: (i) => { const f = () => { other.throws(i); }; try { f(); } catch { return [i] instanceof Array && ({}) instanceof Object; } },
  sort: () => [2, 1].sort(other.Function('a', 'b', 'return a - b'))[0] === 1,
};
for (const [name, f] of Object.entries(cases)) {
  %PrepareFunctionForOptimization(f);
  for (let i = 1; i < 4; i++) expect(name, f(i));
  %OptimizeFunctionOnNextCall(f);
  for (let i = 4; i < 8; i++) expect(name + ', optimized', f(i));
}
for (const name of ['makes', 'sloppy', 'throws', 'str', 'loads', 'calls']) {
  %PrepareFunctionForOptimization(other[name]);
  for (const f of Object.values(cases)) f(1);
  %OptimizeFunctionOnNextCall(other[name]);
  for (const [key, f] of Object.entries(cases)) expect(key + ', optimized ' + name, f(2));
}
/a(b)/.exec('ab');
expect('RegExp.$1', Realm.eval(r, 'RegExp.$1'), '');
expect('the registry of symbols', other.Symbol.for('x'), Symbol.for('x'));
(async () => {
  expect('await', (await other.waits(1)) instanceof other.Array);
  expect('then', other.waits(1).then((x) => x) instanceof other.Promise);
  expect('an async function', (async () => {})() instanceof Promise);
  print('done');
})();
`;

for (const flags of [[], ['--no-opt'], ['--emulator=interpret'], ['--deopt-every-n-times=3'], ['--no-use-ic']])
  test(`functions make and throw what is of their realm (${flags.join(' ') || 'as usual'})`, () => {
    assert.equal(d8([whose], flags), 'done\n');
  });

test('a collection at every safepoint, with two realms', () => {
  const short = whose.replaceAll('i < 8', 'i < 5');
  assert.equal(d8([short], ['--gc-at-every-safepoint', '--max-semi-space-size=1']), 'done\n');
});

test('what breaks an assumption in one realm deoptimizes the code of another', () => {
  const program = `${prelude}
    Realm.eval(r, 'function sum(a) { let s = 0; for (const x of a) s += x; return s; }');
    %PrepareFunctionForOptimization(other.sum);
    const list = Realm.eval(r, '[1, 2, 3]');
    other.sum(list); other.sum(list);
    %OptimizeFunctionOnNextCall(other.sum);
    expect('before', other.sum(list), 6);
    const next = Object.getPrototypeOf(list[Symbol.iterator]());
    next.next = function () { return { done: true }; };
    expect('after', other.sum(list), 0);
    print('done');`;
  assert.equal(d8([program]), 'done\n');
});

test('Realm: indices, owners, disposal, navigation, what is shared', () => {
  const message = `(action) => { try { action(); return 'none'; } catch (e) { return e.constructor === Error ? e.message : String(e); } }`;
  const program = `${prelude}
    const message = ${message};
    print(r, Realm.current(), Realm.eval(r, 'Realm.current()'), Realm.current());
    print(Realm.owner({}), Realm.owner(other), Realm.owner(globalThis), Realm.owner(Realm.eval(r, '(() => 1)')), Realm.owner(Realm.eval(r, '[]')));
    print(message(() => Realm.owner(1)), message(() => Realm.eval(r)), message(() => Realm.eval(7, '1')), message(() => Realm.dispose(0)));
    Realm.shared = [1];
    print(Realm.eval(r, 'Realm.shared') === Realm.shared, Realm.eval(r, 'Realm.shared = 7'), Realm.shared);
    try { Realm.eval(r, 'a b'); } catch (e) { print(e instanceof SyntaxError, e.message); }
    Realm.navigate(r);
    print(message(() => other.makes), Realm.eval(r, 'globalThis') === other, Realm.eval(r, 'typeof global'), Realm.owner(other));
    const s = Realm.create();
    Realm.dispose(s);
    print(s, message(() => Realm.global(s)), Realm.create());
    Realm.eval(r, 'var here = "in realm " + Realm.current(); setTimeout(() => print(here), 1)');
    Realm.switch(r);`;
  const second = `print(here, Realm.current()); Realm.switch(0);`;
  assert.deepEqual(d8([program, second, `print(typeof here, Realm.current());`]).split('\n'), [
    '1 0 1 0',
    '0 1 0 1 1',
    'Invalid argument Invalid argument Invalid realm index Invalid realm index',
    'true 7 7',
    "true Unexpected identifier 'b'",
    'TypeError: no access true undefined 1',
    '2 Invalid realm index 3',
    'in realm 1 1',
    'undefined 0',
    'in realm 1',
    '',
  ]);
});

test('the global object of a realm with a token of its own shows nothing, its objects all', () => {
  const program = `
    const s = Realm.create();
    const closed = Realm.global(s);
    const got = (action) => { try { return String(action()); } catch (e) { return (e instanceof TypeError) + e.message; } };
    Realm.eval(s, 'var x = 1; const o = { x: 2, f() { return x + globalThis.x; } }; let open = Realm.global(0)');
    const attempts = {
      get: () => closed.x, keyed: () => closed['x' + ''], element: () => closed[0], call: () => closed.f(), set: () => { closed.x = 2; },
      has: () => 'x' in closed, own: () => Object.hasOwn(closed, 'x'), delete: () => delete closed.x, define: () => Object.defineProperty(closed, 'x', { value: 3 }),
      descriptor: () => Object.getOwnPropertyDescriptor(closed, 'x'), string: () => closed + '', freeze: () => Object.freeze(closed),
      setPrototype: () => Object.setPrototypeOf(closed, null), inherited: () => Object.create(closed).x, reflect: () => Reflect.get({}, 'x', closed),
      receiver: () => Reflect.set({}, 'x', 1, closed), through: () => new Proxy(closed, {}).x, proto: () => closed.__proto__,
      keys: () => Object.keys(closed).length, names: () => Reflect.ownKeys(closed).length, forIn: () => { for (const k in closed) return k; },
      prototype: () => Object.getPrototypeOf(closed), extensible: () => Object.isExtensible(closed), instance: () => closed instanceof Object, same: () => closed === Realm.eval(s, 'globalThis'),
      object: () => Realm.eval(s, 'o').x + Realm.eval(s, 'o').f(), inside: () => Realm.eval(s, 'globalThis.x + x'), back: () => Realm.eval(s, 'try { open.s } catch (e) { e.message }'),
      with: () => { with (closed) return x; }, assign: () => Object.assign({}, closed), json: () => JSON.stringify(closed),
    };
    for (let i = 0; i < 3; i++) for (const [name, f] of Object.entries(attempts)) {
      if (i === 0) print(name, got(f));
      else if (i === 1) { %PrepareFunctionForOptimization(f); got(f); %OptimizeFunctionOnNextCall(f); }
      else print(got(f));
    }
    const t = Realm.createAllowCrossRealmAccess();
    print(Realm.eval(t, 'var y = 7; 0') + Realm.global(t).y, Realm.eval(s, 'Realm.createAllowCrossRealmAccess()'), got(() => Realm.global(3).x), Realm.eval(s, 'typeof Realm.global(3).x'));`;
  const closed =
    'get keyed element call set has own delete define descriptor string freeze setPrototype inherited'.split(' ');
  const lines = d8([program]).split('\n');
  const seen = lines.slice(0, 31);
  assert.deepEqual(seen, [
    ...closed.map((name) => `${name} trueno access`),
    'reflect undefined',
    'receiver trueno access',
    'through trueno access',
    'proto trueno access',
    'keys 0',
    'names 0',
    'forIn undefined',
    'prototype null',
    'extensible true',
    'instance false',
    'same true',
    'object 4',
    'inside 2',
    'back no access',
    'with trueno access',
    'assign [object Object]',
    'json trueno access',
  ]);
  // optimized, the same
  assert.deepEqual(
    lines.slice(31, 62),
    seen.map((line) => line.slice(line.indexOf(' ') + 1)),
  );
  assert.deepEqual(lines.slice(62), ['7 3 trueno access undefined', '']);
});

test('a detached global is closed to everybody, its own realm too; a new realm gets another one', () => {
  const program = `
    const r = Realm.createAllowCrossRealmAccess();
    const other = Realm.global(r);
    const got = (action) => { try { return String(action()); } catch (e) { return e.message; } };
    Realm.eval(r, 'var x = 1; function reads() { return x; } function assigns(v) { x = v; y = v; return x; } function asks() { return globalThis.x; } var fs = { reads, assigns, asks }');
    const { reads, assigns, asks } = other.fs;
    print(other.x, asks());
    Realm.detachGlobal(r);
    print(got(() => other.x), got(asks), reads(), assigns(5), got(() => Realm.eval(r, 'x + y')), got(() => Realm.eval(r, 'this.x')));
    print(Realm.owner(other), Realm.global(r) === other, got(() => Realm.detachGlobal(0)));
    Realm.detachGlobal(r);
    Realm.navigate(r);
    print(Realm.global(r) === other, got(() => other.x), Realm.eval(r, 'typeof x'), reads());`;
  assert.deepEqual(d8([program]).split('\n'), [
    '1 1',
    'no access no access 1 5 10 no access',
    'undefined true Invalid realm index',
    'false no access undefined 5',
    '',
  ]);
});
