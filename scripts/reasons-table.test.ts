// docs/deoptimize-reasons.md says what the corpus raises.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { REASONS_PAGE, reasonProblems, reasonRows, reasonsPage } from './reasons-table.ts';

// Seen to fail: a reason without its row of WITHOUT_PROGRAM; the page as it was before a program came.
test('R3: each of the 72 reasons has a program that raises it, or why there is none, and the page says so', () => {
  const rows = reasonRows();
  assert.equal(rows.length, 72);
  assert.deepEqual(reasonProblems(rows), []);
  assert.equal(readFileSync(REASONS_PAGE, 'utf8'), reasonsPage(rows), 'run npm run reasons-table');
});

test('a reason with both or with neither is a problem', () => {
  const row = { name: 'Smi', message: 'Smi', elsewhere: undefined };
  assert.deepEqual(reasonProblems([{ ...row, programs: ['a'], why: undefined }]), []);
  assert.deepEqual(reasonProblems([{ ...row, programs: [], why: 'nobody' }]), []);
  assert.equal(reasonProblems([{ ...row, programs: [], why: undefined }]).length, 1);
  assert.equal(reasonProblems([{ ...row, programs: ['a'], why: 'nobody' }]).length, 1);
});
