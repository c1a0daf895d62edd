// What a bailout costs, as counted work: opcodes read, slots written, values materialized, bytes allocated, instructions of
// DeoptimizationEntry and NotifyDeoptimized retired. Host microseconds are printed by `npm run bench`; they are no test.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameTranslationReader, isObject } from '../../src/engine/deoptimizer/index.ts';
import { IsolateData } from '../../src/engine/heap/index.ts';
import { Program } from './program.ts';

interface Work {
  readonly opcodes: number;
  readonly slots: number;
  readonly materialized: number;
  readonly bytes: number;
  readonly retired: number;
}

/** The one bailout of a function with `n` live values, each `x + (i + fraction)`. */
function bailoutWith(n: number, fraction: number): Work {
  const names = Array.from({ length: n }, (_, i) => `v${i}`);
  const program = new Program(`function f(o, x) {
      ${names.map((name, i) => `let ${name} = x + ${i + fraction};`).join(' ')}
      seen.count = 1; // what was computed before a side effect cannot be computed again
      return o.p + ${names.join(' + ')};
    }
    const good = { p: 1 }, seen = { count: 0 };
    %PrepareFunctionForOptimization(f); f(good, 1); f(good, 2);
    %OptimizeFunctionOnNextCall(f); f(good, 3);
    console.log(f({ q: 1, p: 5 }, 4));`);
  const { heap, machine } = program;
  const work = { opcodes: 0, slots: 0, materialized: 0, bytes: 0, retired: 0 };
  const { next } = FrameTranslationReader.prototype;
  program.onSlot = () => work.slots++;
  program.onPhase = (phase, deoptimization) => {
    if (phase === 'entry') {
      FrameTranslationReader.prototype.next = function () {
        work.opcodes++;
        return next.call(this);
      };
      work.retired = -machine.cpu.retired;
      work.bytes = -heap.readIsolateWord(IsolateData.NewSpaceTop);
    }
    if (phase === 'materialize') {
      work.materialized = deoptimization.materialized.filter(isObject).length;
      work.bytes += heap.readIsolateWord(IsolateData.NewSpaceTop);
    }
    if (phase === 'resume') {
      FrameTranslationReader.prototype.next = next;
      work.retired += machine.cpu.retired;
    }
  };
  const sum = (n * (n - 1)) / 2 + n * (4 + fraction) + 5;
  assert.equal(program.run(), `${sum}\n`);
  assert.equal(program.bailouts.length, 1);
  return work;
}

// Seen to fail: readFrame reading an opcode more for every value before; notifyDeoptimized allocating one HeapNumber per
// pending slot for each; DeoptimizationEntry's copy loop with seven instructions more a slot.
test('R32: the work of a bailout grows linearly with the number of values', () => {
  for (const fraction of [0, 0.5]) {
    const [few, some, many] = [16, 32, 64].map((n) => bailoutWith(n, fraction)) as [Work, Work, Work];
    const growth = (from: Work, to: Work, values: number): Work => ({
      opcodes: (to.opcodes - from.opcodes) / values,
      slots: (to.slots - from.slots) / values,
      materialized: (to.materialized - from.materialized) / values,
      bytes: (to.bytes - from.bytes) / values,
      retired: (to.retired - from.retired) / values,
    });
    const each = growth(few, some, 16);
    assert.deepEqual(growth(some, many, 32), each, 'a value costs the same, however many there are');
    const boxed = fraction === 0 ? 0 : 1;
    // One opcode and one slot a value; a double becomes one HeapNumber of 16 bytes; copying a slot in and out is a few
    // instructions.
    assert.deepEqual(
      { ...each, retired: 0 },
      { opcodes: 1, slots: 1, materialized: boxed, bytes: 16 * boxed, retired: 0 },
    );
    assert.ok(each.retired <= 12, `${each.retired} instructions a value`);
    // What does not depend on the values: entry, registers, the fixed part of the frame.
    assert.ok(few.retired - 16 * each.retired < 400, JSON.stringify(few));
    assert.ok(few.slots - 16 < 16 && few.opcodes - 16 < 16, JSON.stringify(few));
  }
});
