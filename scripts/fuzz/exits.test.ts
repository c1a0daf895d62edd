// A share of `npm run force-exits`: programs of the corpus with a bailout at every exit of their code, once each, and the interpreter's
// state after each.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Materializer } from '../../src/engine/deoptimizer/materializer.ts';
import type { TranslatedValue } from '../../src/engine/deoptimizer/translated-state.ts';
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
  'tagged-union',
  'try-finally-count',
];

// Seen to fail: a product written over what its overflow's bailout reads; JSForInPrepare with a lazy exit, which gave one of its three results; a lazy exit whose code was not marked.
for (const name of chosen) {
  test(`R22: ${name} goes on as if it had never been optimized, whichever exit of its code is taken`, () => {
    const { difference, exits, runs, states, isIncomplete } = forceExits(
      readFileSync(path.join(corpus, `${name}.js`), 'utf8'),
    );
    assert.equal(difference, undefined);
    assert.ok(exits > 0 && runs > 1 && states > 0, `${exits} exits in ${runs} runs, ${states} states`);
    assert.ok(!isIncomplete);
  });
}

test('runs that were not enough are told', () => {
  const source = readFileSync(path.join(corpus, 'captured-arguments.js'), 'utf8');
  assert.ok(forceExits(source, { maxRuns: 1 }).isIncomplete);
});

/** A value that lives across a loop, and that nobody prints: only the state shows it. */
const unseen = `function sum(n, more) {
  const half = n + 0.5;
  let total = 0;
  for (let i = 0; i < n; i++) total += i;
  return more === undefined ? total : half;
}
for (let i = 0; i < 300; i++) sum(i & 15);
console.log(sum(5));
`;

test('a state that differs is found, where the output does not tell', () => {
  assert.equal(forceExits(unseen).difference, undefined);
  const box = Materializer.prototype.box;
  try {
    Materializer.prototype.box = function (value) {
      return box.call(
        this,
        value.representation === 'float64' ? ({ ...value, double: value.double + 1 } as TranslatedValue) : value,
      );
    };
    assert.match(forceExits(unseen).difference ?? '', /interpreter/);
  } finally {
    Materializer.prototype.box = box;
  }
});

test('every program of the corpus has its turn, in an order of the seed', () => {
  const [first, second] = [corpusPrograms(1), corpusPrograms(2)];
  assert.deepEqual([...first].sort(), [...second].sort());
  assert.notDeepEqual(first, second);
  for (const name of chosen) assert.ok(first.includes(path.join(corpus, `${name}.js`)), name);
});
