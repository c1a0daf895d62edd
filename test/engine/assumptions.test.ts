// What optimized code assumes and what happens when it stops being true: the programs of the corpus that break an assumption,
// and the places of the machine where a wrong register, address or budget would go unnoticed by most programs.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseInvalidations } from '../../scripts/parity-trace.ts';
import { Code } from '../../src/engine/objects/index.ts';
import { Program } from './program.ts';

const corpus = fileURLToPath(new URL('../corpus/bailout/', import.meta.url));
const differences = JSON.parse(readFileSync(new URL('../corpus/differences.json', import.meta.url), 'utf8'));

// Seen to fail: the mutants of scripts/mutants that leave one dependency out.
for (const file of readdirSync(corpus).filter((name) => /^(invalidate|lazy)-.*\.js$/.test(name))) {
  const name = file.slice(0, -3);
  const [, group] = /^(?:invalidate|lazy)-(.*)$/.exec(name)!;
  test(`R26: ${group}: code is marked when the reference marks it, for its reasons, and the output stays right`, () => {
    const source = readFileSync(corpus + file, 'utf8');
    const recorded = existsSync(`${corpus}${name}.invalidations`)
      ? readFileSync(`${corpus}${name}.invalidations`, 'utf8')
      : '';
    const traced = new Program(source, ['--trace-deopt']).run();
    const found = parseInvalidations(traced)
      .map((line) => `${line}\n`)
      .join('');
    if (!(name in differences.invalidation)) assert.equal(found, recorded);
    if (!(`bailout/${name}` in differences.output))
      assert.equal(new Program(source).run(), readFileSync(`${corpus}${name}.output`, 'utf8'));
  });
}

/** Runs with and without the optimizer; the same is printed. */
const sameOutput = (source: string, flags: readonly string[] = []): Program => {
  const expected = new Program(source, ['--no-opt']).run();
  const program = new Program(source, flags);
  assert.equal(program.run(), expected);
  assert.ok(program.codes.length > 0, 'nothing was optimized');
  return program;
};

// Seen to fail: the code depended on the field of the first tree alone, and added what it took for two Smis.
test('R26: code that reads one place for maps of two trees depends on the fields of both', () => {
  const source = `class A { constructor(c) { this.c = c; } sum() { return this.c + 1; } }
    class B { constructor(c) { this.c = c; } }
    B.prototype.sum = A.prototype.sum;
    const a = new A(1), b = new B(1);
    for (let i = 0; i < 20000; i++) { a.sum(); b.sum(); }
    console.log(new A('x').sum(), new B('y').sum(), a.sum(), b.sum());`;
  sameOutput(source);
});

test('R31: what lives in registers over the slow path of an allocation is there afterwards, moved where it was moved', () => {
  const source = `function work(n, a, b, o) {
      let x = a | 0, y = b * 1.5, kept = null, sum = 0;
      for (let i = 0; i < n; i++) {
        const made = { i, o, d: y + i };
        x = (x * 31 + i) | 0;
        y += 0.25;
        kept = made;
        sum += made.o.v + kept.i + x % 7 + y;
      }
      return sum + ' ' + x + ' ' + y + ' ' + kept.d + kept.o.v;
    }
    %PrepareFunctionForOptimization(work);
    work(10, 1, 2, { v: 1 }); work(10, 1, 2, { v: 1 });
    %OptimizeFunctionOnNextCall(work);
    console.log(work(60000, 3, 4, { v: 5 }));`;
  sameOutput(source);
  sameOutput(source.replace('60000', '300'), ['--gc-at-every-safepoint']);
});

test('R22: an exception that comes back to an invalidated activation finds its handler', () => {
  sameOutput(`let now = false;
    function callee(x) { if (now) { %DeoptimizeFunction(guarded); throw new Error('from below ' + x); } return x; }
    %NeverOptimizeFunction(callee);
    function guarded(x) {
      const before = x * 2;
      let text = '';
      try { text += callee(x); text += callee(x + 1); } catch (e) { text += 'caught ' + e.message + before; } finally { text += '!'; }
      return text;
    }
    %PrepareFunctionForOptimization(guarded);
    guarded(1); guarded(2);
    %OptimizeFunctionOnNextCall(guarded);
    console.log(guarded(3));
    now = true;
    console.log(guarded(4));
    now = false;
    console.log(guarded(5));`);
});

test('R15: an inlined constructor that returns an object gives that object, one that returns a primitive its receiver', () => {
  sameOutput(`function Made(x) { this.a = x; if (x === 3) return other; if (x === 4) return 7; if (x === 5) return fn; }
    const other = { a: 'other' }, fn = () => 1;
    function make(x) { const o = new Made(x); return o; }
    %PrepareFunctionForOptimization(make); %PrepareFunctionForOptimization(Made);
    for (const x of [1, 3, 4, 5, 1]) make(x);
    %OptimizeFunctionOnNextCall(make);
    for (const x of [1, 3, 4, 5]) { const o = make(x); console.log(o === other, o === fn, o.a, o instanceof Made); }`);
});

test('R23: OSR code is kept for its loop and entered again; another loop gets its own', () => {
  const program = sameOutput(
    `function two(n, m) {
      let s = 0;
      for (let i = 0; i < n; i++) s = (s + i) % 1000;
      for (let j = 0; j < m; j++) s = (s * 3 + j) % 1007;
      return s;
    }
    console.log(two(60000, 10) + two(60000, 10) + two(10, 60000) + two(10, 60000));`,
  );
  const offsets = program.codes
    .map((code) => program.heap.getI32(code, Code.OsrOffset))
    .filter((offset) => offset >= 0);
  assert.equal(new Set(offsets).size, offsets.length, `compiled twice for a loop: ${offsets.join()}`);
  assert.ok(offsets.length >= 1, offsets.join());
});

test('R27: feedback that has just changed puts optimization off', () => {
  const flags = ['--invocation-count-for-turbofan=100', '--minimum-invocations-after-ic-update=2000', '--no-use-osr'];
  const source = (calls: number): string => `function read(o) { return o.v; }
    const a = { v: 1 }, b = { w: 0, v: 2 };
    for (let i = 0; i < 80; i++) read(a);
    read(b);
    for (let i = 0; i < ${calls}; i++) read(a);`;
  const soon = new Program(source(600), flags);
  soon.run();
  assert.equal(soon.codes.length, 0, 'compiled although the feedback was fresh');
  const late = new Program(source(6000), flags);
  late.run();
  assert.ok(late.codes.length > 0, 'never compiled');
});
