import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, layerOf, layers } from './check-layers.ts';
import { importsOf } from './imports.ts';

const problems = (file: string, text: string) => check(new Map([[file, text]]), true);

test('an import along the table, through index.ts, is allowed', () => {
  assert.deepEqual(
    problems('src/engine/objects/a.ts', "import { Heap } from '../heap/index.ts';\nimport { b } from './b.ts';\n"),
    [],
  );
});

test('an import against the table fails', () => {
  assert.match(
    problems('src/engine/heap/a.ts', "import { x } from '../objects/index.ts';\n")[0]!,
    /heap may not import src\/engine\/objects/,
  );
  assert.match(problems('src/engine/heap/a.ts', "export * from '../objects/index.ts';\n")[0]!, /may not import/);
  assert.match(
    problems('src/engine/heap/a.ts', "const x = await import('../objects/index.ts');\n")[0]!,
    /may not import/,
  );
});

test('an import past index.ts fails', () => {
  assert.match(
    problems('src/engine/objects/a.ts', "import { Heap } from '../heap/heap.ts';\n")[0]!,
    /past src\/engine\/heap\/index.ts/,
  );
});

test('an import over several lines is seen', () => {
  assert.deepEqual(
    importsOf("import {\n  a,\n  type B,\n} from '../objects/index.ts';\nimport type { C } from './c.ts';\n").map(
      ({ specifier, typeOnly }) => [specifier, typeOnly],
    ),
    [
      ['../objects/index.ts', false],
      ['./c.ts', true],
    ],
  );
});

test('the extension may use the types of the adapter, not its code', () => {
  assert.deepEqual(problems('src/extension/a.ts', "import type { T } from '../adapter/index.ts';\n"), []);
  assert.match(problems('src/extension/a.ts', "import { t } from '../adapter/index.ts';\n")[0]!, /only types/);
  assert.match(problems('src/adapter/a.ts', "import * as vscode from 'vscode';\n")[0]!, /only src\/extension/);
});

test('a folder that the table does not know fails', () => {
  assert.match(problems('src/other/a.ts', '')[0]!, /belongs to no layer/);
  assert.equal(layerOf('src/engine/index.ts'), 'src/engine');
  assert.equal(layerOf('src/engine/x64/cpu.ts'), 'src/engine/x64');
});

test('an entry that nobody uses fails', () => {
  assert.ok(check(new Map(), false).some((line) => /src\/language → engine is allowed but not used/.test(line)));
});

test('the table has no cycle', () => {
  const folder = (name: string) =>
    Object.keys(layers).find((key) => key === `src/${name}` || key === `src/engine/${name}`)!;
  const visit = (at: string, trail: readonly string[]): void => {
    assert.ok(!trail.includes(at), [...trail, at].join(' → '));
    for (const name of layers[at]!) visit(folder(name.replace('type ', '')), [...trail, at]);
  };
  for (const at of Object.keys(layers)) visit(at, []);
});
