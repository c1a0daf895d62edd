// A small share of the fuzzer that needs no reference: programs of test/corpus/fuzz print what was recorded from it, two modes
// each, in turn over all modes.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { modesFor } from '../../scripts/fuzz/modes.ts';
import { parseFlags } from '../../src/engine/base/index.ts';
import { RecordingHost } from '../../src/engine/isolate/index.ts';
import { NodeShell } from '../../src/engine/node/index.ts';
import { isolateFor } from '../../src/engine/shell/index.ts';

const corpus = fileURLToPath(new URL('../corpus/fuzz/', import.meta.url));

const printed = (source: string, flags: readonly string[]): string => {
  const host = new RecordingHost();
  const parsed = parseFlags(['--allow-natives-syntax', ...flags]);
  const shell = new NodeShell((embedder) => isolateFor(parsed.flags, host, embedder), ['/node', '/t.js']);
  const status = shell.run('/t.js', source);
  assert.equal(host.stderr, '');
  assert.equal(status, 0);
  return host.stdout;
};

// Seen to fail: the mutants 'resumption-skips-a-bytecode' and 'deferred-call-keeps-old-addresses' of scripts/mutants.
describe('R22: a random program prints what the reference prints', () => {
  const names = readdirSync(corpus).filter((name) => name.endsWith('.js'));
  names.sort().forEach((name, index) => {
    // Programs of a seed were made for their own modes: short loops where each turn is dear.
    const seed = /^seed-(\d+)/.exec(name)?.[1];
    for (const mode of modesFor(seed === undefined ? index : Number(seed)))
      test(`${name} (${mode.name})`, () => {
        assert.equal(
          printed(readFileSync(corpus + name, 'utf8'), mode.flags),
          readFileSync(corpus + name.replace(/js$/, 'output'), 'utf8'),
        );
      });
  });
});
