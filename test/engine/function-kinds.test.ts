// Functions that optimized code came to late: constructors of derived classes, functions that call eval or hold a `with`, generators and
// async functions. They print what the host prints, are optimized, and survive a bailout at every seventh exit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Program } from './program.ts';

const derived = `
  class A { constructor(x) { this.x = x; } }
  class B extends A { constructor(x) { super(x); this.y = x + 1; } }
  class C extends B {}
  class D extends C { z = 3; }
  class E extends D { constructor(...a) { super(...a); this.w = this.x; } }
  class Base {}
  class Middle extends Base {}
  class F extends Middle { constructor() { super(); this.q = 1; } }
  const make = (i) => new B(i).y + new C(i).y + new E(i).w + new E(i).z + new F().q + (new F() instanceof Base ? 1 : 0);
  let sum = 0;
  for (let i = 0; i < 1500; i++) sum += make(i);
  console.log(sum);
  // A newTarget whose prototype is asked of a proxy: JavaScript may run.
  const seen = [];
  const proxy = new Proxy(F, { get(target, key) { seen.push(String(key)); return Reflect.get(target, key); } });
  console.log(Reflect.construct(F, [], proxy) instanceof F, Reflect.construct(F, [], B) instanceof B, seen.join());
  Object.setPrototypeOf(F, A);
  console.log('x' in new F(), new F() instanceof Base);
  Object.setPrototypeOf(F, null);
  try { new F(); } catch (error) { console.log(error.name); }`;

const dynamic = `
  const many = (f) => { let s = 0; for (let i = 0; i < 1500; i++) s += f(i); return s; };
  console.log(many(function ends(n) { eval(''); return n + 1; }));
  console.log(many(function twice(n) { var k = eval('n * 2'); return k + n; }));
  console.log(many(function declares(n) { eval('var q = ' + (n % 3)); return typeof q === 'number' ? q : -1; }));
  console.log(many(function captures(n) { let a = n; const add = () => { a++; return eval('a'); }; return add() + a; }));
  console.log(many(function strict(n) { 'use strict'; return eval('var z = n; z') + 1; }));
  console.log(many(function counts() { return eval('arguments.length') + arguments.length; }));
  console.log(many(function replaces() { var f = () => 1; eval('f = () => 2'); return f(); }));
  const outer = () => 3;
  console.log(many(function calls(n) { eval(n % 2 ? 'var outer = () => 4' : ''); return outer(); }));
  var held = 5;
  console.log(many(function holds(n) { with (n % 2 ? { held: 1 } : {}) { held += 1; return held; } }));`;

const generators = `
  const drain = (iterator) => { let s = ''; for (const v of iterator) s += v + ','; return s.length + s.slice(-40); };
  const often = (make) => { let last; for (let i = 0; i < 900; i++) last = drain(make(i)); return last; };
  function* counts(n) { for (let i = 0; i < n; i++) yield i; }
  console.log(often((i) => counts(i % 7)), drain(counts(3.5)));
  function* nests(rows) { for (const row of rows) { for (let j = 0; j < row.length; j++) { const k = yield row[j]; if (k) j += k; } yield '|'; } }
  console.log(often((i) => nests([[i, 2], [], [3, i]])), drain(nests([['a'], [1.5, , null]])));
  function* guarded(f) { let i = 0; try { for (;;) { yield f(i++); } } catch (e) { yield 'caught ' + e; } finally { yield 'finally ' + i; } }
  console.log(often((i) => guarded((x) => { if (x > i % 4) throw x; return x; })));
  const left = guarded((x) => x); left.next(); left.next();
  console.log(JSON.stringify([left.return('r'), left.next(), left.next()]));
  function* passes(n) { const got = yield* counts(n); return got; }
  function* collects(n) { const all = []; while (all.length < n) all.push(yield all.length); return all.join(); }
  const feed = (n) => { const it = collects(n); let r = it.next(); while (!r.done) r = it.next(r.value * 2); return r.value; };
  let fed; for (let i = 0; i < 900; i++) fed = feed(i % 6);
  console.log(often((i) => passes(i % 5)), fed, feed(5));
  function* shadows(a, b = a + 1, ...rest) { { let a = b; yield a; for (let a of rest) yield () => a; } yield a; }
  console.log(often((i) => shadows(i, undefined, 1, 2)), [...shadows(1, 2, 3, 4)].map((f) => (typeof f === 'function' ? f() : f)).join());
  function* throwsBack() { for (;;) try { yield 1; } catch (e) { yield e; } }
  const t = throwsBack(); t.next(); let thrown = 0;
  for (let i = 0; i < 3000; i++) { thrown += t.throw(i).value; t.next(); }
  console.log(thrown);
  class Tree { constructor(l, v, r) { this.l = l; this.v = v; this.r = r; } *[Symbol.iterator]() { if (this.l) yield* this.l; yield this.v; if (this.r) yield* this.r; } }
  const grow = (d) => (d === 0 ? null : new Tree(grow(d - 1), d, grow(d - 1)));
  console.log(often(() => grow(3)));`;

const waits = `
  const show = console.log;
  const log = [];
  async function adds(a, b) { const x = await a; return x + (await b); }
  async function loops(n) { let s = 0; for (let i = 0; i < n; i++) { s += i; if (i % 2) await null; } return s; }
  async function fails(n) { try { if (n % 3 === 0) await Promise.reject(n); await n; return 'ok'; } catch (e) { return 'no ' + e; } finally { log.push(n); } }
  const arrow = async ({ k }) => { const v = await k; return v?.length ?? v; };
  async function* steps(n) { for (let i = 0; i < n; i++) { const got = yield i; if (got) log.push(got); } }
  async function drains(n) { let s = 0; for await (const v of steps(n)) s += v; return s; }
  (async function main() {
    let sum = 0;
    for (let i = 0; i < 900; i++) {
      sum += (await adds(i, Promise.resolve(1))) + (await loops(i % 5)) + (await arrow({ k: i })) + (await drains(i % 3));
      if (await fails(i) === 'ok') sum++;
    }
    show(sum, log.length);
    show(await adds('a', 1.5), await loops(3.5), await fails(3), await arrow({ k: 'abc' }), await drains(2));
    try { await arrow(null); } catch (e) { show(e.name); }
  })();`;

async function onHost(source: string): Promise<string> {
  let out = '';
  new Function('console', source)({ log: (...texts: unknown[]) => (out += `${texts.join(' ')}\n`) });
  // Whatever waits for nothing but promises has ended then.
  await new Promise((resolve) => setImmediate(resolve));
  return out;
}

// Seen to fail: the stub that gives the constructor where it has an instance; a store by name that stores nothing.
const programs = [
  { what: 'constructors of derived classes', source: derived, optimized: ['B', 'E', 'F'] },
  {
    what: 'eval and with',
    source: dynamic,
    optimized: ['ends', 'twice', 'declares', 'captures', 'strict', 'counts', 'replaces', 'calls', 'holds'],
  },
  {
    what: 'generators',
    source: generators,
    optimized: ['counts', 'nests', 'guarded', 'passes', 'collects', 'shadows', 'throwsBack'],
  },
  {
    what: 'functions that await',
    source: waits,
    optimized: ['adds', 'loops', 'fails', 'arrow', 'steps', 'drains'],
  },
];
/** A fifth of the runs that V8 waits for. */
const soon = ['--invocation-count-for-turbofan=600'];

for (const { what, source, optimized } of programs)
  test(`R22: ${what} are optimized, and do what the host does`, async () => {
    const expected = await onHost(source);
    for (const mode of ['--turbo-verify', '--emulator=interpret', '--deopt-every-n-times=7'])
      assert.equal(new Program(source, [mode, ...soon]).run(), expected, mode);
    const trace = new Program(source, ['--trace-opt', ...soon]).run();
    for (const name of optimized) assert.match(trace, new RegExp(`completed compiling .*JSFunction ${name} `));
  });

// Seen to fail: SuspendGenerator that spends the budget as Return does. The counts are the reference's.
test('R8: a generator is optimized when its loops and returns have spent the budget; a suspension spends none', () => {
  const program = new Program(`
    const optimized = (f) => (%GetOptimizationStatus(f) & 64) !== 0;
    function* loops(a) { let x = 0; while (true) { const y = yield x; x = y + a; } }
    function* thrice(a) { let x = 0; while (true) { x = 1; yield x; x = 2 ; yield x; x = 3; yield x; } }
    function* ends(a) { yield 1; }
    function steps(f, it) { for (let i = 0; ; i++) { it.next(1); if (optimized(f)) return i; } }
    console.log(steps(loops, loops(1)), steps(thrice, thrice(1)));
    for (let i = 0; ; i++) { const it = ends(1); it.next(); it.next(); if (optimized(ends)) { console.log(i); break; } }`);
  assert.equal(program.run(), '5691 12271\n3010\n');
});

// Seen to fail: an iterator whose index stays where the array ended.
test('R2: an array iterator that is exhausted stays so, whatever becomes of the array', () => {
  const program = new Program(`
    function drain(a) {
      const it = a[Symbol.iterator](); let s = 0;
      for (let r = it.next(); !r.done; r = it.next()) s += r.value;
      a.push(1);
      return s + (it.next().done ? 0.5 : 0) + (it.next().value === undefined ? 0.25 : 0);
    }
    let last;
    %PrepareFunctionForOptimization(drain);
    for (let i = 0; i < 9; i++) { if (i === 5) %OptimizeFunctionOnNextCall(drain); last = drain([1, 2, i]); }
    console.log(last, %GetOptimizationStatus(drain) & 64);`);
  assert.equal(program.run(), '11.75 64\n');
});
