// Variables of modules in optimized code, by the built command line: modules run there alone.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { bailout } from './command-line.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bailout-modules-'));
after(() => rmSync(folder, { recursive: true, force: true }));

// Seen to fail: a cell of the wrong list; a variable that is read before its declaration taken for a value.
test('R22: variables of modules are read and written by optimized code: other modules’ too, and before they have a value', async () => {
  writeFileSync(
    path.join(folder, 'counter.mjs'),
    `export let count = 0; export let late; let own = 5;
     export const inc = (n) => { count += n; return count; }, give = (v) => { late = v; }, next = () => ++own;`,
  );
  writeFileSync(
    path.join(folder, 'main.mjs'),
    `import { count, inc, late, give, next } from './counter.mjs';
     const read = () => late, early = (now) => (now ? after : 1);
     let sum = 0;
     for (let i = 0; i < 20000; i++) { sum += inc(1) + count + next() + (read() ?? 0) + early(false); if (i === 15000) give(2); }
     console.log(sum, count, read());
     try { early(true); } catch (error) { console.log(error.name); }
     export let after = 4;
     console.log(early(true));`,
  );
  const main = path.join(folder, 'main.mjs');
  const expected = spawnSync(process.execPath, [main], { encoding: 'utf8' }).stdout;
  assert.match(expected, /ReferenceError/);
  for (const flags of [['--no-opt'], ['--turbo-verify'], ['--emulator=interpret'], ['--deopt-every-n-times=7']])
    assert.equal((await bailout(['run', ...flags, main])).stdout, expected, flags.join());
  const { stdout } = await bailout(['run', '--trace-opt', main]);
  for (const name of ['inc', 'read', 'early'])
    assert.match(stdout, new RegExp(`completed compiling .*JSFunction ${name} `));
});
