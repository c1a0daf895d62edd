// The Deoptimizer's entry code, as x64 and by the host's shortcuts: both must leave the same frames; and what is
// not made for a bailout that nobody watches.

import assert from 'node:assert/strict';
import test from 'node:test';
import { parseFlags } from '../base/index.ts';
import type { Deoptimization } from '../deoptimizer/index.ts';
import { FrameOffset, StackFrameIterator } from '../frames/index.ts';
import { IsolateData } from '../heap/index.ts';
import { isolateFor } from '../shell/commands.ts';
import type { Isolate } from './isolate.ts';
import { RecordingHost } from './recording-host.ts';

// Bailouts of every shape: eager and lazy, several frames, constructors, extra arguments, captured objects, doubles, continuations.
const program = `
  function optimized(f, ...warm) {
    %PrepareFunctionForOptimization(f);
    for (const args of warm) f(...args);
    %OptimizeFunctionOnNextCall(f);
    f(...warm[0]);
  }
  function main() {
    function add(a, b) { return a + b; }
    optimized(add, [1, 2], [3, 4]);
    print(add('1', 2));

    function Point(x, y) { this.x = x; this.y = y; if (x > 1e6) this.far = x | 1; }
    function distance(x, y, o) { const p = new Point(x + 0.5, y); const q = [p.x * 2, p]; return o.k + q[0] + q[1].y; }
    optimized(distance, [1, 2, { k: 1 }], [2, 3, { k: 2 }]);
    print(distance(1.25, 3, { j: 1, k: 2 }));

    const sink = { v: true };
    function scale(o, x) { const d = x * 1.5; sink.v = x > 0; return o.k + d; }
    optimized(scale, [{ k: 1 }, 0.3], [{ k: 2 }, 0.7]);
    print(scale({ j: 1, k: 2 }, 0.7));

    function inner(a, b, c) { return a.v + b; }
    function outer(o, x) { return inner(o, x) + inner(o, x, 1, 2, 3); }
    %PrepareFunctionForOptimization(inner);
    optimized(outer, [{ v: 1 }, 2], [{ v: 2 }, 3]);
    print(outer({ w: 1, v: 'a' }, 1));

    function lazily(o) { return o + 100000 + 1; }
    optimized(lazily, [{}], [{}]);
    print(lazily({ valueOf() { %DeoptimizeFunction(lazily); return 1; } }));

    let left = false;
    function sum(a) { return a.reduce((s, v) => { if (left) %DeoptimizeFunction(sum); return s + v; }, 0.5); }
    optimized(sum, [[1, 2, 3]], [[4, 5, 6]]);
    left = true;
    print(sum([7, 8, 9]));

    function each(a) { let s = ''; a.forEach((v) => { s += v.k; }); return s; }
    optimized(each, [[{ k: 1 }, { k: 2 }]], [[{ k: 3 }]]);
    print(each([{ k: 1 }, { l: 0, k: 2 }, { k: 3 }]));

    function loop(n, o) { let s = 0; for (let i = 0; i < n; i++) s += o.v; return s; }
    print(loop(5000, { v: 1 }), loop(5000, { v: 0.5 }));
  }
  main();`;

/** The innermost frame, and the stack below its caller. */
function frameText({ heap, interpreter }: Isolate): string {
  const { fp } = new StackFrameIterator(heap, interpreter.fp << 2, 0);
  const end = fp + FrameOffset.Receiver + 8 * heap.i32[(fp + FrameOffset.ArgumentCount) >> 2]!;
  const words = [...heap.i32.subarray(interpreter.sp, end >> 2)];
  return [interpreter.pc, interpreter.acc, ...words].join(' ');
}

/** Every output frame with its links. Registers that nobody reads may differ: x64 leaves its own values in them. */
const outputFrames = ({ heap }: Isolate, { outputs }: Deoptimization): number[][] =>
  outputs.map(({ top, pc, fp, content, end }) => [top, pc, fp, ...heap.i32.subarray(content >> 2, end >> 2)]);

function run(emulator: string, prepare: (isolate: Isolate) => void = () => {}) {
  const host = new RecordingHost();
  const { flags } = parseFlags(['--allow-natives-syntax', '--random-seed=1', `--emulator=${emulator}`]);
  const isolate = isolateFor(flags, host);
  prepare(isolate);
  isolate.runScript(program, 't.js');
  return { isolate, stdout: host.stdout, stderr: host.stderr };
}

function runByBailouts(emulator: string) {
  const frames: string[] = [];
  const outputs: number[][][] = [];
  const result = run(emulator, (isolate) => {
    isolate.attach({ step: () => frames.push(frameText(isolate)) });
    isolate.interpreter.stepping = true;
    isolate.machine!.deoptimization.observe({
      bailedOut: (deoptimization) => outputs.push(outputFrames(isolate, deoptimization)),
    });
  });
  return { ...result, frames, outputs };
}

// Seen to fail: the mutants of scripts/mutants/deoptimizer.ts that name this file.
test('R5, R17: the way out of optimized code by the host is the way out by x64: output frames, and everything after', () => {
  const byHost = runByBailouts('auto');
  const byMachine = runByBailouts('interpret');
  assert.equal(byHost.stderr, '');
  assert.equal(byHost.stdout, '12\n8.5\n3.05\na1a1\n100002\n24.5\n123\n5000 2500\n');
  assert.equal(byMachine.stdout, byHost.stdout);
  assert.equal(byHost.outputs.length, 6);
  assert.deepEqual(byMachine.outputs, byHost.outputs);
  const differs = byHost.frames.findIndex((frame, i) => frame !== byMachine.frames[i]);
  assert.equal(byMachine.frames[differs], byHost.frames[differs], `bytecode ${differs}`);
  assert.equal(byMachine.frames.length, byHost.frames.length);
});

// Seen to fail: shortcuts that are not asked for; written slots that are noted for nobody.
test('R32: a bailout that nobody watches makes no emulator, and nothing for observers', () => {
  const slots: number[] = [];
  const { isolate, stderr } = run('auto', ({ machine }) =>
    machine!.deoptimization.observe({ bailedOut: (bailout) => slots.push(bailout.slots.length) }),
  );
  assert.equal(stderr, '');
  assert.equal(isolate.machine!.hasEmulator, false);
  assert.deepEqual(slots, [0, 0, 0, 0, 0, 0]);
});

// Seen to fail: a rehearsal that counts; one that leaves its deoptimization behind.
test('R32: the rehearsal of the first code leaves nothing behind', () => {
  const host = new RecordingHost();
  const { flags } = parseFlags(['--allow-natives-syntax', '--trace-deopt', '--trace-deopt-verbose']);
  const isolate = isolateFor(flags, host);
  const { deoptimization } = isolate.machine!;
  let rehearsed = 0;
  const { rehearse } = deoptimization.deoptimizer;
  deoptimization.deoptimizer.rehearse = (...args) => {
    rehearsed++;
    rehearse.apply(deoptimization.deoptimizer, args);
  };
  isolate.runScript(
    `const optimized = (f) => { %PrepareFunctionForOptimization(f); f(1); f(2); %OptimizeFunctionOnNextCall(f); f(3); };
     optimized((a) => a + 1); optimized((a) => a * 2); optimized((a) => [a, { a }].length);`,
    't.js',
  );
  assert.equal(rehearsed, 1);
  assert.equal(isolate.heap.readIsolateWord(IsolateData.DeoptimizationCount), 0);
  assert.equal(deoptimization.deoptimizer.current, undefined);
  assert.equal(host.stdout, '');
});
