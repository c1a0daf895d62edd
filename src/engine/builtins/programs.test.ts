// Programs of test/builtins: each prints what V8 13.6 printed for it (the .txt beside it, recorded with Node.js, TZ=UTC).

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseFlags } from '../base/index.ts';
import { nodeHost } from '../isolate/host.ts';
import { NodeShell } from '../node/node-shell.ts';
import { isolateFor } from '../shell/commands.ts';

process.env.TZ = 'UTC';
const folder = path.resolve(import.meta.dirname, '../../../test/builtins');

const printed = (file: string): string => {
  let text = '';
  const host = {
    ...nodeHost(),
    write: (_stream: 'stdout' | 'stderr', chunk: string) => {
      text += chunk;
    },
  };
  const { flags } = parseFlags([file], { stopAtFirstFile: true });
  new NodeShell((embedder) => isolateFor(flags, host, embedder), ['node', file]).run(file, readFileSync(file, 'utf8'));
  return text;
};

for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
  test(`${name} prints what it prints in V8`, () => {
    const file = path.join(folder, name);
    assert.equal(printed(file), readFileSync(file.replace(/\.js$/, '.txt'), 'utf8'));
  });
}
