// The built product starts from its startup snapshot, and from no other.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { cli } from './command-line.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bailout-start-'));
after(() => rmSync(folder, { recursive: true, force: true }));
cpSync(path.dirname(cli), folder, { recursive: true, filter: (from) => !from.endsWith('.map') });
const snapshot = path.join(folder, 'startup-snapshot.bin');
const program = path.join(folder, 'program.js');
writeFileSync(program, 'console.log(typeof Array.isArray);\n');

const run = (): string => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [path.join(folder, 'cli.js'), 'run', program], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return stdout.trim();
};

test('the memory of a program is the snapshot', () => {
  assert.equal(run(), 'function');
  // Another name in the image: the program sees it, so the image is what it runs on.
  const bytes = readFileSync(snapshot);
  const at = bytes.indexOf('isArray', 0, 'latin1');
  assert.ok(at > 0);
  bytes.write('isOther', at, 'latin1');
  writeFileSync(snapshot, bytes);
  assert.equal(run(), 'undefined');
});

test('the snapshot of another build is refused, and none is needed', () => {
  const bytes = readFileSync(snapshot);
  bytes.write('0123456789abcdef', 0, 'latin1');
  writeFileSync(snapshot, bytes);
  assert.equal(run(), 'function');
  rmSync(snapshot);
  assert.equal(run(), 'function');
});
