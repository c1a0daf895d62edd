// TypeScript files, and JavaScript with source maps, run as Node 24 runs them: what each prints, stacks and all, stands in
// `expected`, recorded from the reference by record.ts.
//
// Seen to fail: types erased without spaces; maps that are read as if their columns began at 1; originals quoted from the script.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseFlags } from '../../../src/engine/base/index.ts';
import { nodeHost } from '../../../src/engine/isolate/index.ts';
import { runProgram } from '../../../src/engine/node/index.ts';
import { expectedFile, normalized, programs, tree } from './programs.ts';

function run(file: string, flags: readonly string[]): string {
  const text = { stdout: '', stderr: '' };
  const host = {
    ...nodeHost(),
    write: (stream: 'stdout' | 'stderr', chunk: string) => {
      text[stream] += chunk;
    },
    currentDirectory: () => tree,
  };
  const shown = file.startsWith('maps/') ? ['--enable-source-maps'] : [];
  const parsed = parseFlags([...shown, ...flags, path.join(tree, file)], {
    stopAtFirstFile: true,
    shellFlags: ['enable-source-maps'],
  });
  const status = runProgram(parsed, host);
  return normalized(text.stdout, text.stderr, status);
}

for (const file of programs)
  test(`${file} prints what it prints in Node`, () => {
    const expected = readFileSync(expectedFile(file), 'utf8');
    for (const flags of [[], ['--no-opt'], ['--gc-at-every-safepoint']])
      assert.equal(run(file, flags), expected, flags.join(' ') || 'default flags');
  });
