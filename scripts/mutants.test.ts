// A mutant that no longer applies breaks nothing, and would be counted as noticed by nobody.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { mutants } from './mutants/index.ts';

const root = path.resolve(import.meta.dirname, '..');

test('what each mutant replaces stands exactly once in its file, and ids are unique', () => {
  for (const { id, file, search } of mutants) {
    const count = readFileSync(path.join(root, file), 'utf8').split(search).length - 1;
    assert.equal(count, 1, `${id}: its text stands ${count} times in ${file}`);
  }
  assert.equal(new Set(mutants.map(({ id }) => id)).size, mutants.length);
});
