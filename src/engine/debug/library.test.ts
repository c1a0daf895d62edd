// The library's own functions are builtins to a program, though some are written in JavaScript here: what is optimized and left of
// them is nobody's business. A callback that was inlined into them is the program's.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFlags } from '../base/index.ts';
import { nodeHost } from '../isolate/index.ts';
import type { DebugEngine } from './debug-engine.ts';
import { report } from './report.ts';
import { type Driver, debug, writeProgram } from './test-driver.ts';

/** `map` is optimized, and left when it meets another kind of array. */
const program = `function f(a) { return a.map((x) => x * 2).length; }
for (let i = 0; i < 10000; i++) f([1, 2, 3]);
f([1.5]);
f(['a']);
`;
/** And invalidated, while it is optimized, when arrays get elements from their prototype. */
const invalidating = program.replace('f([1.5]);', 'Array.prototype[9] = 1;');
/** `reduce` is optimized with the callback in it, which then meets another shape. */
const inlined = `const boxes = [{ v: 1 }, { v: 2 }, { v: 3 }];
const total = (a) => a.reduce((sum, box) => sum + box.v, 0);
for (let i = 0; i < 300; i++) total(boxes);
%OptimizeFunctionOnNextCall([].reduce);
total(boxes);
total([{ w: 1, v: 1 }]);
`;

/** Stops at everything that can be stopped at. */
function everywhere(engine: DebugEngine): void {
  engine.setExceptionFilters({ uncaught: false, caught: false, eager: true, lazy: true });
  engine.setGuardBreakpoints({ breakpoints: [{ id: 1 }, { id: 2, function: 'map' }] });
  engine.setEventBreakpoints({
    breakpoints: [
      { id: 3, on: 'tierUp' },
      { id: 4, on: 'phase', phase: 'write frames' },
      { id: 5, on: 'slot' },
      { id: 6, on: 'invalidate' },
    ],
  });
}

const namesOf = (driver: Driver): string[] => [
  ...driver.all('tierUp').map((event) => event.function),
  ...driver.all('bailout').map((event) => event.function),
  ...driver.all('codeInvalidated').map((event) => event.function),
];

function lines(source: string): string[] {
  let text = '';
  report(parseFlags(['--allow-natives-syntax', writeProgram(source)]), {
    ...nodeHost(),
    write: (_, part) => {
      text += part;
    },
  });
  return text.split('\n').filter((line) => /^[▲▼✕] [^c]/.test(line) || /^\d+ tier-ups?,/.test(line));
}

test('the library is neither stopped in nor told of', () => {
  const stoppedIn = new Set<string>();
  const driver = debug(program, {
    setUp: everywhere,
    always: (engine, stop) => {
      stoppedIn.add(stop.bailout?.function ?? stop.text!.replace(/ was optimized$/, ''));
      engine.resume({});
    },
  });
  assert.deepEqual([...stoppedIn].sort(), ['(anonymous)', 'f']);
  assert.deepEqual([...new Set(namesOf(driver))].sort(), ['(anonymous)', 'f']);
  assert.deepEqual(
    driver.all('bailout').map(({ number }) => number),
    [1, 2],
  );
  const told = lines(program);
  assert.deepEqual(
    told.filter((line) => /map/.test(line)),
    [],
  );
  assert.equal(told.at(-1), '2 tier-ups, 2 bailouts');
  assert.ok(!namesOf(debug(invalidating)).includes('map'));
  assert.deepEqual(
    lines(invalidating).filter((line) => /✕|map/.test(line)),
    [],
  );
});

// Seen to fail: the code asked for the function that was compiled alone, and so the exit.
test('a callback that was inlined into the library is the program’s', () => {
  const stops = new Set<string>();
  const driver = debug(inlined, {
    setUp: everywhere,
    always: (engine, stop) => {
      stops.add(stop.phase ?? stop.text!);
      engine.resume({});
    },
  });
  assert.deepEqual(
    driver.all('bailout').map((bailout) => bailout.inlined.map((level) => level.function)),
    [['(anonymous)', 'reduce']],
  );
  for (const wanted of ['guard failed', 'write frames', 'translate frame', 'reduce was optimized'])
    assert.ok(stops.has(wanted), `${wanted} among ${[...stops]}`);
  const told = lines(inlined);
  assert.match(told[0]!, /^▲ tier-up 1: reduce /);
  assert.match(told[1]!, /^▼ bailout 1: \(anonymous\), inlined into reduce /);
  assert.equal(told.at(-1), '1 tier-up, 1 bailout');
});
