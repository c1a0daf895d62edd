// Programs that load modules, run as Node 24 runs them: what each prints stands in `expected`, recorded from the reference by
// record.ts. In four modes; a module's code is compiled and optimized like any other.
//
// Seen to fail: ModuleGraph without the values of synthetic modules; a load that fails left in require.cache; resolution without
// realpath; conditions in another order than package.json's.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseFlags } from '../../../src/engine/base/index.ts';
import { nodeHost } from '../../../src/engine/isolate/index.ts';
import { runProgram } from '../../../src/engine/node/index.ts';
import { expectedFile, normalized, programs, tree } from './programs.ts';

const modes: readonly (readonly string[])[] = [
  [],
  ['--no-opt'],
  ['--deopt-every-n-times=3'],
  ['--gc-at-every-safepoint'],
];

function run(file: string, flags: readonly string[]): string {
  const text = { stdout: '', stderr: '' };
  const host = {
    ...nodeHost(),
    write: (stream: 'stdout' | 'stderr', chunk: string) => {
      text[stream] += chunk;
    },
    currentDirectory: () => tree,
  };
  const status = runProgram(parseFlags([...flags, path.join(tree, file)], { stopAtFirstFile: true }), host);
  return normalized(text.stdout, text.stderr, status);
}

for (const file of programs)
  test(`${file} prints what it prints in Node`, () => {
    const expected = readFileSync(expectedFile(file), 'utf8');
    for (const flags of modes) assert.equal(run(file, flags), expected, flags.join(' ') || 'default flags');
  });
