import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countStrata, formatStrata } from './parity-strata.ts';

const program = {
  source: 'function* g() { yield 1; }',
  expected: `f | deopt-eager | wrong map | 4 | a.js:1:2 < a.js:3:4 | f @ 7 > construct invoke stub frame P @ - > g @ 4
  translating interpreted frame f => bytecode_offset=7
    [top +   0] <- … ;  accumulator
  translating construct invoke stub => bytecode_offset=0
  translating interpreted frame g => bytecode_offset=4
    [top +   0] <- … ;  accumulator

f | deopt-lazy | (unknown) | 9 | - | f @ 9
  translating interpreted frame f => bytecode_offset=9
`,
  invalidations: '1 | f | dependent map was deprecated\n',
  tiering: 'mark f for TURBOFAN_JS: hot and stable\nOSR of f @ 20: enter × 2\n',
  trace: '      3: captured object #0 (length = 2)\n      5: 8 ; rcx (int32)\n',
};

// Seen to fail: a program counted once a bailout; stub frames counted as levels.
test('a program counts once a stratum', () => {
  assert.equal(
    formatStrata(countStrata([program, { ...program, expected: '', invalidations: '', tiering: '', trace: '' }]), 2),
    `corpus           2 programs, by
  OSR (1): in and out 1
  dependencies (1): dependent map was deprecated 1
  frames (2): construct invoke stub 1, interpreted frame 1
  functions (1): generators 2
  kinds (2): deopt-eager 1, deopt-lazy 1
  levels of inlining (2): 0 1, 1 1
  reasons (2): (unknown) 1, wrong map 1
  values (3): captured object 1, int32 1, register 1`,
  );
});
