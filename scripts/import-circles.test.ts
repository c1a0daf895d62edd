import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCircles, circlesOf } from './import-circles.ts';

const files = (texts: Readonly<Record<string, string>>) => new Map(Object.entries(texts));

const pair = {
  'src/a.ts': "import { b } from './b.ts';",
  'src/b.ts': "import { a } from './a.ts';\nimport type { C } from './c.ts';",
  'src/c.ts': "export { a } from './a.ts';",
};

test('a circle is files that import each other by value', () => {
  assert.deepEqual(circlesOf(files(pair)), [['src/a.ts', 'src/b.ts']]);
  assert.deepEqual(circlesOf(files({ ...pair, 'src/b.ts': "import type { a } from './a.ts';" })), []);
  assert.deepEqual(circlesOf(files({ ...pair, 'src/b.ts': "import { c } from './c.ts';" })), [
    ['src/a.ts', 'src/b.ts', 'src/c.ts'],
  ]);
});

test('each is a problem', () => {
  assert.deepEqual(checkCircles(files(pair)), ['these files import each other by value: src/a.ts src/b.ts']);
  assert.deepEqual(checkCircles(files({ ...pair, 'src/b.ts': '' })), []);
});
