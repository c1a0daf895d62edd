// A TypeScript project hands types on under their names, as if they were values. The compiler takes such names out because it knows
// the whole program; here linking finds that nothing exports them. Without a tsconfig.json all is as in Node, which complains.
//
// Seen to fail: every import resolved, whether or not code reads it.

import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { parseFlags } from '../../../src/engine/base/index.ts';
import { nodeHost } from '../../../src/engine/isolate/index.ts';
import { runProgram } from '../../../src/engine/node/index.ts';

const types =
  'export interface T { a: number }\nexport type U = string;\nexport class C { x = 1 }\nexport const v = 5;\n';

function run(files: Readonly<Record<string, string>>): { status: number; stdout: string; stderr: string } {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'type-exports-')));
  try {
    const written = { 'types.ts': types, 'package.json': '{"type":"module"}', ...files };
    for (const [name, text] of Object.entries(written)) writeFileSync(path.join(folder, name), text);
    const text = { stdout: '', stderr: '' };
    const host = {
      ...nodeHost(),
      write: (stream: 'stdout' | 'stderr', chunk: string) => {
        text[stream] += chunk;
      },
      currentDirectory: () => folder,
    };
    const status = runProgram(parseFlags([path.join(folder, 'main.ts')], { stopAtFirstFile: true }), host);
    return { status, ...text };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const main = "import { T, v, C } from './all.ts'; const t: T = { a: v }; console.log(t, new C());";
const project = { 'tsconfig.json': '{}', 'main.ts': main };
const ways: Readonly<Record<string, string>> = {
  'imported, then exported': "import { T, C, v } from './types.ts'; export { v, T, C };",
  'imported under another name': "import { T as Inner, v, C } from './types.ts'; export { Inner as T, v, C };",
  'exported from there': "export { T, v, C } from './types.ts';",
  'with the rest': "export { T } from './types.ts'; export * from './types.ts';",
};

for (const [way, text] of Object.entries(ways))
  test(`a type is handed on: ${way}`, () => {
    const { stdout, stderr, status } = run({ ...project, 'all.ts': text });
    assert.equal(stderr, '');
    assert.equal(stdout, '{ a: 5 } C { x: 1 }\n');
    assert.equal(status, 0);
  });

test('what is read as a value must be there', () => {
  const { stderr, status } = run({
    ...project,
    'all.ts': "import { T, v } from './types.ts'; export { T }; console.log(T);",
  });
  assert.equal(status, 1);
  assert.match(stderr, /all\.ts:1\n.*\n {9}\^\nSyntaxError: .*'\.\/types\.ts' does not provide an export named 'T'/);
});

test('without a tsconfig.json the types must be marked, as in Node', () => {
  const { stderr, status } = run({ 'main.ts': main, 'all.ts': ways['imported, then exported']! });
  assert.equal(status, 1);
  assert.match(stderr, /'\.\/types\.ts' does not provide an export named 'T'/);
});
