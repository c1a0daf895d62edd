// Debugging without distortion: a program prints the same however it is stepped through, looked at and evaluated in.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Session } from './session.ts';
import { debug, type Script, scriptSource } from './test-driver.ts';

const program = `class Shape { constructor(name) { this.name = name; } }
class Box extends Shape {
  constructor(w, h) { super('box'); this.w = w; this.h = h; }
  area() { return this.w * this.h; }
}
class Disc extends Shape {
  constructor(r) { super('disc'); this.r = r; }
  area() { return this.r * this.r * 3; }
}
function sum(list) {
  let total = 0;
  for (const shape of list) total += shape.area();
  return total;
}
function* numbers(n) { for (let i = 0; i < n; i++) yield i; }
function risky(n) { try { if (n % 3 === 0) throw new Error('three ' + n); return n; } catch (e) { return e.message.length; } finally { count++; } }
let count = 0;
const boxes = [...numbers(8)].map((i) => new Box(i, 2));
%PrepareFunctionForOptimization(sum);
sum(boxes); sum(boxes);
%OptimizeFunctionOnNextCall(sum);
console.log(sum(boxes));
boxes[5] = new Disc(2);
console.log(sum(boxes), sum(boxes));
boxes[6] = new Box(1.5, 2);
%PrepareFunctionForOptimization(sum);
sum(boxes);
%OptimizeFunctionOnNextCall(sum);
console.log(sum(boxes), boxes.filter((b) => b.name === 'box').length);
console.log([3, 1, 2].sort((a, b) => a - b).join(), [...numbers(5)].map(risky).join(), count);
`;

const expected = '56\n58 58\n49 7\n1,2,3 7,1,2,7,4 5\n';

/** A walk of its own for each seed; the same on every run. */
function walk(seed: number, v8Flags: readonly string[]): { readonly output: string; readonly stops: number } {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  let stops = 0;
  const driver = debug(program, {
    launch: { v8Flags: ['--allow-natives-syntax', ...v8Flags], stopOnEntry: true },
    setUp: (engine, file) => {
      engine.setExceptionFilters({ uncaught: true, caught: true, eager: true, lazy: true });
      engine.setBreakpoints({
        source: scriptSource(file),
        breakpoints: [4, 8, 12, 16].map((line) => ({ id: line, line, hitCondition: '%3' })),
      });
    },
    always: (engine) => {
      stops++;
      const { frames } = engine.stackTrace({ start: 0, count: 3 });
      for (const frame of frames) {
        for (const scope of engine.scopes({ frame: frame.id })) {
          if (!scope.expensive) engine.variables({ ref: scope.ref, start: 0, count: 0 });
        }
      }
      if (random() < 0.3)
        assert.equal(
          engine.evaluate({ expression: '[1, 2, 3].map((x) => ({ x })).length', frame: 1, context: 'repl' }).value,
          '3',
        );
      if (stops > 150) engine.setExceptionFilters({ uncaught: false, caught: false, eager: false, lazy: false });
      const choice = random();
      if (stops > 150 || choice < 0.1) engine.resume({});
      else
        engine.step({
          kind: choice < 0.5 ? 'in' : choice < 0.8 ? 'over' : 'out',
          granularity: random() < 0.3 ? 'instruction' : 'line',
        });
    },
  });
  assert.deepEqual(driver.all('exited'), [{ code: 0 }]);
  return { output: driver.output, stops };
}

test('a program prints the same under any walk of the debugger', () => {
  assert.equal(debug(program).output, expected);
  for (const seed of [1, 7, 1234]) {
    const { output, stops } = walk(seed, []);
    assert.equal(output, expected, `seed ${seed}`);
    assert.ok(stops > 10, `seed ${seed}: ${stops} stops`);
  }
});

test('… also with a collection at every safepoint', () => {
  for (const seed of [2, 99]) assert.equal(walk(seed, ['--gc-at-every-safepoint']).output, expected, `seed ${seed}`);
});

// --- what runs where ---------------------------------------------------------------------------------------------------------

const twoLoops = `function hot(n) { let s = 0; for (let i = 0; i < n; i++) s = (s + i * 3) | 0; return s; }
function other(n) {
  let s = 1;
  for (let i = 0; i < n; i++) s = (s * 31 + hot(3)) | 0;
  return s;
}
%NeverOptimizeFunction(main);
function main() { let s = 0; for (let i = 0; i < 200; i++) s = (s + hot(50) + other(20)) | 0; return s; }
console.log(main());
debugger;
console.log(main());
`;

/** The machine after a run, and what the program printed. */
function machineOf(script: Script) {
  const driver = debug(twoLoops, script);
  const { isolate } = (driver.engine as unknown as { readonly s: Session }).s;
  return { output: driver.output, machine: isolate.machine!, bytecodes: isolate.interpreter };
}

// Seen to fail: while a debugger was attached, the emulator ran everything.
test('a debugger that stops nowhere leaves machine code translated, and retires what nobody watching retires', () => {
  const free = machineOf({ launch: { noDebug: true } });
  const debugged = machineOf({ stops: [(engine) => engine.resume({})] });
  assert.match(free.output, /^(-?\d+)\n\1\n$/);
  assert.equal(debugged.output, free.output);
  for (const { machine } of [free, debugged]) {
    assert.equal(machine.hasEmulator, false);
    assert.ok(machine.translated!.translated > 0);
  }
  assert.ok(free.machine.cpu.retired > 10_000);
  assert.equal(debugged.machine.cpu.retired, free.machine.cpu.retired);
});
