// The timeline of a session: pauses are no time of the program's, a bailout that the program is stopped in is one entry until it has ended.

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { BailoutReport } from '../engine/debug/index.ts';
import { Timeline, type TimelineEntry } from './timeline.ts';

const bailout = (number: number): BailoutReport => ({
  number,
  kind: 'eager',
  reason: 'wrong map',
  explanation: '',
  function: 'f',
  optimizationId: 0,
  inlined: [],
  bytecodeOffset: 0,
  exitIndex: 0,
  pc: '0x0',
  frames: [],
});

// Seen to fail: `now` without what was paused; a pause counted from each step.
test('time stands still at a stop', () => {
  mock.timers.enable({ apis: ['Date'], now: 1000 });
  const timeline = new Timeline(() => {});
  timeline.start();
  mock.timers.tick(50);
  timeline.stopped();
  mock.timers.tick(10_000);
  assert.equal(timeline.now, 50);
  timeline.stopped(); // a step that led here
  mock.timers.tick(5000);
  timeline.goesOn();
  mock.timers.tick(7);
  assert.equal(timeline.now, 57);
  timeline.goesOn();
  assert.equal(timeline.now, 57);
  timeline.start();
  assert.equal(timeline.now, 0);
  mock.timers.reset();
});

test('a bailout that is stopped at is there, once, and is replaced when it has ended', () => {
  const sent: TimelineEntry[] = [];
  const timeline = new Timeline((entry) => sent.push(entry));
  timeline.start();
  timeline.add({ kind: 'bailout', at: 1, bailout: bailout(1), isNow: true });
  timeline.add({ kind: 'bailout', at: 2, bailout: bailout(1), isNow: true });
  assert.equal(sent.length, 1);
  timeline.add({ kind: 'invalidated', at: 3, invalidated: { function: 'f', optimizationId: 0, reason: '' } });
  timeline.add({ kind: 'bailout', at: 4, bailout: bailout(1) });
  assert.deepEqual(
    timeline.entries.map(({ kind, at }) => [kind, at]),
    [
      ['invalidated', 3],
      ['bailout', 4],
    ],
  );
  for (let i = 2; i < 10_010; i++) timeline.add({ kind: 'bailout', at: 5, bailout: bailout(i) });
  assert.equal(timeline.entries.length, 10_000);
});
