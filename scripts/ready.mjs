// Makes a fresh clone ready: dependencies, then bundles. Plain JavaScript, because it runs before anything is installed.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Runs a command to its end; its output is ours unless `quiet`. Returns the exit status. */
export function run(command, args, { quiet = false, env = process.env } = {}) {
  const windows = process.platform === 'win32' && command === 'npm';
  const result = spawnSync(windows ? 'npm.cmd' : command, args, {
    cwd: root,
    env,
    shell: windows,
    stdio: quiet ? ['ignore', 'ignore', 'inherit'] : 'inherit',
  });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

export function install({ quiet = false } = {}) {
  if (existsSync(path.join(root, 'node_modules/.package-lock.json'))) return;
  console.error('Installing dependencies …');
  if (run('npm', ['ci', '--no-audit', '--no-fund'], { quiet }) !== 0) {
    console.error('npm ci failed; see its messages above.');
    process.exit(1);
  }
}

export function build() {
  if (run(process.execPath, ['--import', 'tsx', 'scripts/build.ts']) !== 0) {
    console.error('The build failed; see the messages above.');
    process.exit(1);
  }
}
