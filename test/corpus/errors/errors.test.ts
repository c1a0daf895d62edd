// What broken programs print is what Node prints for them: message, place and frames, whole. A difference that `differences.json` does
// not name with its reason fails, and so does a name in it that no longer differs.
//
// Seen to fail: no diagnosis (syntax-error.ts); no pending message (isolate.ts); no async frames; frames named by SharedFunctionInfo.Name.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileOf, lists, sections } from './programs.ts';
import { runBroken } from './run.ts';

const differences = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'differences.json'), 'utf8'),
) as Readonly<Record<string, string>>;

for (const list of lists)
  test(`${list}: broken programs print what they print in Node`, () => {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'errors-')));
    try {
      const expected = sections(fileOf(list, 'expected'));
      const programs = sections(fileOf(list, 'txt'));
      assert.deepEqual(
        programs.map(({ name }) => name),
        expected.map(({ name }) => name),
        'every program is recorded: node --import tsx scripts/record-reference.ts errors',
      );
      const wrong: string[] = [];
      for (const [i, program] of programs.entries()) {
        const text = runBroken(folder, program);
        const isEqual = text === expected[i]!.text;
        if (isEqual === (`${list}/${program.name}` in differences))
          wrong.push(`${program.name}${isEqual ? ' does not differ any longer' : `:\n${text}expected:\n${expected[i]!.text}`}`);
      }
      assert.equal(wrong.length, 0, wrong.join('\n'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
