// Node's library prints what Node prints: each program of test/node/library against what the reference printed
// (scripts/record-node-library.ts), in the four modes of the examples.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bailout } from '../engine/command-line.ts';

const folder = fileURLToPath(new URL('library', import.meta.url));
const programs = readdirSync(folder).filter((name) => name.endsWith('.js'));
const modes = ['--no-opt', '', '--deopt-every-n-times=3', '--gc-at-every-safepoint'];

test('each program has its recorded output', () => {
  assert.ok(programs.length >= 12, `${programs.length} programs`);
  const recorded = readdirSync(folder);
  for (const name of programs) assert.ok(recorded.includes(name.replace(/js$/, 'txt')), name);
});

describe("R70: Node's library prints what Node prints", { concurrency: 2 }, () => {
  for (const name of programs) {
    const expected = readFileSync(path.join(folder, name.replace(/js$/, 'txt')), 'utf8');
    for (const mode of modes) {
      test(`${name} ${mode || '(tier-up)'}`, async () => {
        const scratch = mkdtempSync(path.join(tmpdir(), 'library-'));
        try {
          const flags = [...(mode === '' ? [] : [mode]), `--allow-fs-write=${scratch}`];
          const { status, stdout } = await bailout(['run', ...flags, path.join(folder, name), scratch], {
            seconds: 240,
          });
          const text = stdout.replaceAll(scratch, 'SCRATCH').replaceAll(folder, 'FOLDER');
          assert.equal(`${text}status ${status}\n`, expected);
        } finally {
          rmSync(scratch, { recursive: true });
        }
      });
    }
  }
});
