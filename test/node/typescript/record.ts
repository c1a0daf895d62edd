// Records what the reference prints for the programs of this folder: `node --import tsx test/node/typescript/record.ts`.

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment, referenceBinary } from '../../../scripts/reference.ts';
import { expectedFile, nodeFlags, normalized, programs, tree } from './programs.ts';

rmSync(path.dirname(expectedFile('any')), { recursive: true, force: true });
mkdirSync(path.dirname(expectedFile('any')));
for (const file of programs) {
  const flags = [...nodeFlags(file), '--no-warnings', path.join(tree, file)];
  const { stdout, stderr, status } = spawnSync(referenceBinary(), flags, {
    cwd: tree,
    encoding: 'utf8',
    env: { ...childEnvironment(), HOME: '/nowhere' },
  });
  writeFileSync(expectedFile(file), normalized(stdout, stderr, status ?? -1));
}
console.log(`${programs.length} recorded`);
