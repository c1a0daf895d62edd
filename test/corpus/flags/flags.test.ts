// Flags do what they do in the reference: recorded by `scripts/record-reference.ts traces`.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileOf, flagPrograms, flagsOf, normalizedTrace } from './programs.ts';

const cli = join(import.meta.dirname, '../../../dist/cli.js');

// Seen to fail: each of these flags without its reader.
for (const name of flagPrograms())
  test(`${name}: ${flagsOf(name).join(' ')}`, () => {
    const args = [cli, 'run', '--allow-natives-syntax', ...flagsOf(name), fileOf(name, 'js')];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.equal(status, 0);
    assert.equal(normalizedTrace(name, stdout), readFileSync(fileOf(name, 'expected'), 'utf8'));
  });
