import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tieringSequence, withoutTiering } from './parity-tiering.ts';

const trace = `[marking 0x1 <JSFunction f (sfi = 0x2)> for optimization to TURBOFAN_JS, ConcurrencyMode::kConcurrent, reason: hot and stable]
own line
[compiling method 0x1 <JSFunction f (sfi = 0x2)> (target TURBOFAN_JS) OSR, mode: ConcurrencyMode::kSynchronous]
[completed compiling 0x1 <JSFunction f (sfi = 0x2)> (target TURBOFAN_JS) OSR - took 0.000, 1.0, 0.000 ms]
[marking 0x1 <JSFunction wrapSafe (sfi = 0x2)> for optimization to TURBOFAN_JS, ConcurrencyMode::kConcurrent, reason: hot and stable]
[OSR - setting osr urgency. function: f, old urgency: 0, new urgency: 1]
[OSR - entry. function: f, osr offset: 20]
[OSR - entry. function: f, osr offset: 20]
`;

// Seen to fail: steps of the library's functions; a step that repeats itself written each time.
test('steps of the program’s own functions, in order, and what it printed itself', () => {
  assert.deepEqual(tieringSequence(trace, 'function f() {}'), [
    'mark f for TURBOFAN_JS: hot and stable',
    'compile f OSR',
    'OSR urgency of f: 0 to 1',
    'OSR of f @ 20: enter × 2',
  ]);
  assert.equal(withoutTiering(trace), 'own line\n');
});
