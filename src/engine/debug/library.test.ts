// The library's own functions are builtins to a program, though some are written in JavaScript here: what is optimized and left of
// them is nobody's business.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFlags } from '../base/index.ts';
import { nodeHost } from '../isolate/index.ts';
import type { DebugEngine } from './debug-engine.ts';
import { report } from './report.ts';
import { type Driver, debug, writeProgram } from './test-driver.ts';

/** `map` is optimized, since nobody knows what is called here, and left when it meets another kind of array. */
const program = `function f(a, name) { return a[name]((x) => x * 2).length; }
for (let i = 0; i < 10000; i++) f([1, 2, 3], i % 2 === 0 ? 'map' : 'flatMap');
f([1.5], 'map');
f(['a'], 'map');
`;
/** And invalidated, while it is optimized, when arrays get elements from their prototype. */
const invalidating = program.replace("f([1.5], 'map');", 'Array.prototype[9] = 1;');

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
