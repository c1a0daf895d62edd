// Records what the reference prints for the programs of test/node/library: NAME.txt beside NAME.js, and the exit status. Run by
// hand; the tests need no reference.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment, referenceBinary } from './reference.ts';

const folder = fileURLToPath(new URL('../test/node/library', import.meta.url));

for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
  const scratch = mkdtempSync(path.join(tmpdir(), 'library-'));
  const { stdout, status } = spawnSync(referenceBinary(), [path.join(folder, name), scratch], {
    encoding: 'utf8',
    env: childEnvironment(),
  });
  rmSync(scratch, { recursive: true });
  // places of this machine are none of the tests'
  const text = stdout.replaceAll(scratch, 'SCRATCH').replaceAll(folder, 'FOLDER');
  writeFileSync(path.join(folder, name.replace(/js$/, 'txt')), `${text}status ${status}\n`);
}
