// The loop check's reading of traces, in both engines' spelling.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareTiering, summariseTiering } from './tiering-trace.ts';

const compiled = (name: string, osr = ''): string =>
  `[compiling method 0x1c2f070489f1 <JSFunction ${name} (sfi = 0x1c2f07048439)> (target TURBOFAN_JS)${osr}, mode: ConcurrencyMode::kSynchronous]
[completed compiling 0x1c2f070489f1 <JSFunction ${name} (sfi = 0x1c2f07048439)> (target TURBOFAN_JS)${osr} - took 0.000, 1.0, 0.000 ms]
`;
const bailedOut = (name: string, id: number, offset: number): string =>
  `[bailout (kind: deopt-eager, reason: wrong map): begin. deoptimizing 0x1c9a05363c79 <JSFunction ${name} (sfi = 0x303aac5a7bf9)>, 0x1f6c18c81e69 <Code TURBOFAN_JS>, opt id ${id}, bytecode offset ${offset}, deopt exit 2, FP to SP delta 32]
[bailout end. took 1.357 ms]
`;

const texts = (...summaries: Parameters<typeof compareTiering>): string[] =>
  compareTiering(...summaries).map(({ text }) => text);

test('a function is optimized at the end when its last code neither bailed out nor was marked', () => {
  const again = summariseTiering(compiled('f') + bailedOut('f', 0, 4) + compiled('f'));
  assert.deepEqual([...again.optimized], ['f']);
  assert.deepEqual([...again.bailouts], [['f @ 4', 1]]);
  assert.equal(again.compilations.get('f'), 2);
  assert.deepEqual([...summariseTiering(compiled('f') + bailedOut('f', 0, 4)).optimized], []);
  assert.deepEqual([...summariseTiering(compiled('f', ' OSR')).optimized], [], 'OSR code is not entered by calls');
  assert.deepEqual(
    [...summariseTiering(compiled('f', ' OSR') + compiled('f') + bailedOut('f', 0, 9)).optimized],
    ['f'],
  );
  const marked = '[marking dependent code 0x2b3c73ac1f31 <Code TURBOFAN_JS> (0x1a26a79a7d19 <SharedFunctionInfo f>';
  assert.deepEqual([...summariseTiering(`${compiled('f')}${marked}`).optimized], []);
  assert.deepEqual(
    [...summariseTiering(`${compiled('f')}${compiled('f')}${marked}) (opt id 0) for deoptimization`).optimized],
    ['f'],
  );
});

test('one bailout more than the reference is allowed, and what it leaves optimized must be', () => {
  const reference = summariseTiering(compiled('f') + bailedOut('f', 0, 4) + compiled('f'));
  const twice = summariseTiering(compiled('f') + bailedOut('f', 0, 4) + compiled('f') + bailedOut('f', 1, 4));
  assert.deepEqual(texts(reference, twice), ['f: not optimized at the end']);
  const loop = [0, 1, 2].map((id) => compiled('f') + bailedOut('f', id, 4)).join('');
  assert.deepEqual(texts(reference, summariseTiering(loop + compiled('f'))), [
    'f @ 4: 3 bailouts, the reference has 1',
  ]);
});

test('a function that the compiler gave up comes with its reason', () => {
  const gaveUp = '[aborted optimizing 0x1c2f070489f1 <JSFunction f (sfi = 0x1c2f07048439)> because: too hard]';
  const [complaint] = compareTiering(summariseTiering(compiled('f')), summariseTiering(gaveUp));
  assert.deepEqual(complaint, { text: 'f: not optimized at the end: too hard', aborted: 'too hard' });
});
