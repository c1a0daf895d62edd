// A share of `npm run force-exits`: programs of the corpus with a bailout at every exit of their code, once each.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { corpusPrograms } from './exit-programs.ts';
import { forceExits } from './exits.ts';

const corpus = fileURLToPath(new URL('../../test/corpus/bailout/', import.meta.url));

// Each is of another kind: continuations, captured objects, arguments, generators, loops entered on the stack, exceptions.
const chosen = [
  'array-iterator-entries',
  'callback-nested',
  'captured-arguments',
  'without-captured-closure',
  'data-view-set',
  'for-in-changed',
  'generator-nested-loops',
  'osr-overflow',
  'receiver-converted',
  'try-finally-count',
];

// Seen to fail: JSForInPrepare with a lazy exit, which gave one of its three results; a lazy exit whose code was not marked.
for (const name of chosen) {
  test(`R22: ${name} prints the same, whichever exit of its code is taken`, () => {
    const { difference, exits, runs } = forceExits(readFileSync(path.join(corpus, `${name}.js`), 'utf8'));
    assert.equal(difference, undefined);
    assert.ok(exits > 0 && runs > 1, `${exits} exits in ${runs} runs`);
  });
}

test('every program of the corpus has its turn, in an order of the seed', () => {
  const [first, second] = [corpusPrograms(1), corpusPrograms(2)];
  assert.deepEqual([...first].sort(), [...second].sort());
  assert.notDeepEqual(first, second);
  for (const name of chosen) assert.ok(first.includes(path.join(corpus, `${name}.js`)), name);
});
