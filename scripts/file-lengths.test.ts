import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLengths, mostLines } from './file-lengths.ts';

const ofLines = (count: number): string => 'x\n'.repeat(count);

// Seen to fail: `>=` for `>`; the last line break counted as a line.
test('a file that is too long is found, one that is just not is none', () => {
  const files = new Map([
    ['src/a.ts', ofLines(mostLines)],
    ['src/b.ts', ofLines(mostLines + 1)],
  ]);
  assert.deepEqual(checkLengths(files, []), [`src/b.ts: ${mostLines + 1} lines; no file has more than ${mostLines}`]);
  assert.deepEqual(checkLengths(files, [{ file: 'src/b.ts', why: 'a table' }]), []);
});

test('what is listed and short, or gone, must leave the list', () => {
  assert.deepEqual(checkLengths(new Map([['src/a.ts', 'x\n']]), [{ file: 'src/a.ts', why: 'a table' }]), [
    `scripts/file-lengths.ts: src/a.ts has no more than ${mostLines} lines, or is gone`,
  ]);
});
