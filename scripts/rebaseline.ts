// `npm run rebaseline [file …]`: records the goldens anew. A run with a failing test records nothing.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

function files(folder: string, suffix: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

const goldens = () => ['src', 'test'].flatMap((folder) => files(path.join(root, folder), '.expected'));
const before = new Map(goldens().map((file) => [file, readFileSync(file)]));
const chosen = process.argv.slice(2).map((file) => path.resolve(file));
const tests =
  chosen.length > 0
    ? chosen
    : ['src', 'test']
        .flatMap((folder) => files(path.join(root, folder), '.test.ts'))
        .filter(
          (file) => !file.includes(`${path.sep}vscode${path.sep}`) && readFileSync(file, 'utf8').includes('golden('),
        );
const { status } = spawnSync(process.execPath, ['--import', 'tsx', '--test', '--test-reporter=spec', ...tests], {
  cwd: root,
  env: { ...process.env, BAILOUT_REBASELINE: '1' },
  stdio: 'inherit',
});
const changed = goldens().filter((file) => !before.get(file)?.equals(readFileSync(file)));
if (status !== 0) {
  for (const file of changed) {
    const old = before.get(file);
    if (old === undefined) rmSync(file);
    else writeFileSync(file, old);
  }
  console.error('A test failed: nothing was recorded.');
  process.exit(1);
}
for (const file of changed) console.log(`recorded ${path.relative(root, file)}`);
console.log(`${changed.length} golden(s) changed, ${before.size} before, ${goldens().filter(existsSync).length} now`);
