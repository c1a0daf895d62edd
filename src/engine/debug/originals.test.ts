// Scripts that were made of something else: the debugger is in the originals. Over the adapter: test/adapter/typescript.test.ts.

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import type { DebugEngine } from './debug-engine.ts';
import { debug, scriptSource, writeProgram } from './test-driver.ts';

const places = (engine: DebugEngine): string[] =>
  engine
    .stackTrace({ start: 0, count: 0 })
    .frames.map(({ name, location }) => `${name} ${path.extname(location!.source.path ?? '')}:${location!.line}`);

const source = `enum Level { Low = 1, High }
namespace Names {
  export const of = (level: Level): string => Level[level]!;
}
class Counter {
  constructor(private count: number, readonly name = 'c') {}
  add(by: Level): number {
    const next: number = this.count + by;
    return (this.count = next);
  }
}
const counter = new Counter(1);
console.log(counter.add(Level.High), Names.of(1));
`;

test('steps in a transformed file stop on its lines, each once', () => {
  const program = writeProgram(source, 'steps.ts');
  const seen: string[] = [];
  const step = (engine: DebugEngine): void => {
    seen.push(places(engine)[0]!);
    // a step into a call stops in the callee, though it may stand on the same line
    const kind = /:1[23]$/.test(seen.at(-1)!) ? 'in' : 'over';
    engine.step({ kind, granularity: 'line' });
  };
  debug('', { file: program, launch: { stopOnEntry: true }, stops: Array.from({ length: 8 }, () => step) });
  const lines = seen.map((place) => Number(place.split(':')[1]));
  assert.deepEqual(
    lines.filter((line, i) => line === lines[i - 1]),
    [],
    seen.join(', '),
  );
  for (const line of [1, 12, 6, 13, 8, 9]) assert.ok(lines.includes(line), `${line} in ${seen.join(', ')}`);
});

test('breakpoints bind to the line, or to the next one that has code', () => {
  const program = writeProgram(source, 'bind.ts');
  const stops: string[] = [];
  debug('', {
    file: program,
    setUp: (engine) => {
      const statuses = engine.setBreakpoints({
        source: scriptSource(program),
        breakpoints: [
          { id: 1, line: 8 },
          { id: 2, line: 7 },
          { id: 3, line: 10 },
          { id: 4, line: 14 },
        ],
      });
      assert.deepEqual(
        statuses.map(({ verified, location }) => (verified ? location!.line : 0)),
        [8, 8, 12, 0],
      );
      const found = engine.breakpointLocations({ source: scriptSource(program), line: 8, endLine: 9 });
      assert.deepEqual([...new Set(found.map(({ line }) => line))], [8, 9]);
    },
    always: (engine) => {
      stops.push(places(engine)[0]!);
      engine.resume({});
    },
  });
  assert.deepEqual(stops, ['(script) .ts:12', 'add .ts:8']);
});
