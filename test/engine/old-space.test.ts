// Old space lives as a program does: what nobody can reach is given back, whatever held it. Outputs are the reference's.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cageHi, Region, zapWord } from '../../src/engine/heap/index.ts';
import { Code, CodeFlags, codeAt, codeCount, FixedArray } from '../../src/engine/objects/index.ts';
import { Program } from './program.ts';

const run = (source: string, ...flags: string[]): { output: string; program: Program } => {
  const program = new Program(source, ['--expose-gc', ...flags]);
  return { output: program.run(), program };
};

test('a ring of objects and large arrays one after the other need no more memory than lives at once', () => {
  const { output, program } = run(
    `const ring = new Array(20000);
     let sum = 0;
     for (let i = 0; i < 400000; i++) {
       const o = { v: i, pad: [i, i] };
       ring[i % 20000] = o;
       sum += o.v & 1;
     }
     for (let i = 0; i < 40; i++) sum += new Array(400000).fill(1.5).length + 'x'.repeat(2e6).length + new Uint8Array(3e6).length;
     console.log(sum);`,
    '--max-heap-size=48',
  );
  assert.equal(output, '216200000\n');
  assert.ok(program.isolate.collector.tracer.counts['Mark-Compact'] > 0);
});

// Seen to fail: visitStackRoots without the frames' code.
test('R25, R30: code that was deoptimized goes, but not under a frame that still has to return to it', () => {
  const { output, program } = run(
    `const box = { x: 1 };
     function inner(leave) { if (leave) { %DeoptimizeFunction(outer); gc(); for (let i = 0; i < 3; i++) gc(); } return 5; }
     %NeverOptimizeFunction(inner);
     function outer(leave) { const a = inner(leave); return a + box.x; }
     %PrepareFunctionForOptimization(outer);
     outer(false); outer(false);
     %OptimizeFunctionOnNextCall(outer);
     outer(false);
     console.log(outer(true), outer(false));`,
    '--gc-at-every-safepoint',
    '--gc-global',
  );
  assert.equal(output, '6 6\n');
  assert.deepEqual(
    program.bailouts.map(({ kind }) => kind),
    ['lazy'],
  );
});

// Seen to fail: without leaveDeoptimizedCode; begin without the code list; Scripts.visitRoots keeping those of evals.
test('R25: closures that are optimized and deoptimized over and over leave neither code nor functions behind', () => {
  const { output, program } = run(
    `let total = 0;
     for (let i = 0; i < 400; i++) {
       const f = new Function('o', 'let s = 0; for (let k = 0; k < 3; k++) s += o.x; return s + ' + i);
       %PrepareFunctionForOptimization(f);
       f({ x: 1 }); f({ x: 2 });
       %OptimizeFunctionOnNextCall(f);
       f({ x: 3 });
       total += f({ y: 1, x: i });
       if (i % 40 === 39) gc();
     }
     console.log(total);`,
  );
  assert.equal(output, '319200\n');
  const { heap } = program;
  const code = heap.spaceStatistics().find(({ name }) => name === 'code_space')!;
  assert.ok(program.codes.length >= 400);
  assert.ok(code.size < 200_000, `${code.size} bytes of code space for 40 functions at a time`);
  assert.ok(heap.usedBytes < 6e6, `${heap.usedBytes} bytes`);
});

// Seen to fail: without leaveDeoptimizedCode.
test('R25: closures that share deoptimized code and are not called again do not keep it', () => {
  const { output, program } = run(
    `function make(i) { return function shared(o) { return o.x + i; }; }
     const closures = Array.from({ length: 50 }, (_, i) => make(i));
     const shared = closures[0];
     %PrepareFunctionForOptimization(shared);
     for (const f of closures) f({ x: 1 });
     %OptimizeFunctionOnNextCall(shared);
     let total = 0;
     for (let k = 0; k < 2; k++) for (const f of closures) total += f({ x: 1 });
     %DeoptimizeFunction(shared);
     gc();
     console.log(total, closures.length);`,
  );
  assert.equal(output, '2550 50\n');
  const { heap } = program;
  assert.ok(program.codes.length > 0);
  const left = Array.from({ length: codeCount(heap) }, (_, i) => heap.getI32(codeAt(heap, i), Code.Flags));
  assert.ok(left.every((flags) => (flags & CodeFlags.MarkedForDeoptimization) === 0));
});

// Seen to fail: embeddedObjects giving nothing.
test('what only instructions name lives as long as the code', () => {
  const { output, program } = run(
    `globalThis.call = call;
     function call(f, x) { return f(x); }
     %PrepareFunctionForOptimization(call);
     (function () { const add = (x) => x + 1; call(add, 1); call(add, 2); %OptimizeFunctionOnNextCall(call); call(add, 3); })();
     for (let i = 0; i < 3; i++) gc();
     console.log('done');`,
    '--gc-at-every-safepoint',
    '--gc-global',
  );
  assert.equal(output, 'done\n');
  const { heap } = program;
  let named = 0;
  for (const code of program.codes) {
    const start = heap.getI32(code, Code.InstructionStart);
    const bytes = new DataView(heap.buffer, start, heap.getI32(code, Code.InstructionSize));
    const objects = heap.get(code, Code.EmbeddedObjects);
    const known = Array.from({ length: heap.get(objects, FixedArray.Length) >> 1 }, (_, i) =>
      heap.getElement(objects, FixedArray.Elements, i),
    );
    for (let at = 0; at + 8 <= bytes.byteLength; at++) {
      const word = bytes.getInt32(at, true);
      if (bytes.getInt32(at + 4, true) !== cageHi || (word & 7) !== 1 || word < Region.OldSpace) continue;
      named++;
      assert.ok(known.includes(word), `${word.toString(16)} stands in instructions`);
      assert.notEqual(heap.i32[(word - 1) >> 2], zapWord, `${word.toString(16)} was given back`);
    }
  }
  assert.ok(named > 0);
});

test('what evals leave behind is collected, and with it what is known of their scripts', () => {
  const { output, program } = run(
    `let total = 0;
     for (let i = 0; i < 3000; i++) total += eval('(function () { return ' + i + '; })')() + new Function('a', 'return a + ' + i)(1);
     gc();
     console.log(total);`,
  );
  assert.equal(output, '9000000\n');
  assert.ok(program.isolate.scripts.all.length < 20);
});

// Seen to fail: keepDuringJob without its list; postCleanups without its loop; cleanUp going upwards.
test('WeakRefs last through their job; a FinalizationRegistry cleans up in a task, the latest first', () => {
  const { output } = run(
    `const registry = new FinalizationRegistry((held) => { console.log('cleanup', held); if (held === 'h1') throw new Error('thrown'); });
     (function () { for (let i = 0; i < 3; i++) registry.register({ i }, 'h' + i); })();
     const token = {};
     (function () { registry.register({ a: 1 }, 'unregistered', token); })();
     console.log(registry.unregister(token), registry.unregister(token));
     let ref, symbol;
     (function () { ref = new WeakRef({ v: 1 }); symbol = new WeakRef(Symbol('s')); })();
     gc();
     console.log('same job', ref.deref().v, typeof symbol.deref());
     process.on('uncaughtException', (error) => console.log('uncaught', error.message));
     setTimeout(() => {
       gc();
       console.log('collected', ref.deref(), symbol.deref());
       Promise.resolve().then(() => console.log('job'));
       setTimeout(() => console.log('later'), 20);
     }, 20);`,
  );
  assert.deepEqual(output.split('\n'), [
    'true false',
    'same job 1 symbol',
    'cleanup h2',
    'cleanup h1',
    'uncaught thrown',
    'cleanup h0',
    'collected undefined undefined',
    'job',
    'later',
    '',
  ]);
});

test('WeakMaps and WeakSets keep nothing alive; values that lead back to their keys do not either', () => {
  const { output, program } = run(
    `const map = new WeakMap(), set = new WeakSet();
     const kept = {};
     map.set(kept, { value: 'kept' });
     for (let i = 0; i < 30; i++) {
       for (let j = 0; j < 50; j++) { const key = {}; map.set(key, { key, bytes: new Array(1000).fill(i) }); set.add({ key }); }
       gc();
     }
     console.log(map.get(kept).value);`,
  );
  assert.equal(output, 'kept\n');
  assert.ok(program.heap.usedBytes < 4e6, `${program.heap.usedBytes} bytes`);
});

test('numbers as property names, templates, classes and generators live through collections at every safepoint', () => {
  const source = `
    class Node { #secret = 1; constructor(v) { this.v = v; } get twice() { return this.v * 2; } secret() { return this.#secret; } }
    function* walk(n) { for (let i = 0; i < n; i++) yield new Node(i); }
    const by = {}; let text = '';
    for (const node of walk(12)) { by[node.v * 7] = node; text += \`\${node.twice}/\${node.secret()} \`; }
    const tag = (strings, ...values) => strings.raw.join('|') + values.join();
    for (const key in by) text += key + by[key].v;
    console.log(text, tag\`a\${1}b\${2}\`, Object.keys(by).length, JSON.stringify(Object.fromEntries(Object.entries(by).slice(0, 2))));`;
  const expected = run(source).output;
  assert.equal(run(source, '--gc-at-every-safepoint', '--gc-global', '--verify-heap').output, expected);
});
