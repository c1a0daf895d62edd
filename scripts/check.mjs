// `npm run check`: format, lint, types and our own rules, as many at once as there are processors; the longest begin first. Each says
// what it found when it is done.

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './ready.mjs';

/** What is run; resolved late, because `npm test` comes here before anything is installed. */
const checks = () => [
  ['module state, hooks, units, raw words', ['--import', 'tsx', 'scripts/check-engine.ts']],
  ['types', ['node_modules/typescript/bin/tsc', '-p', '.']],
  ['format and lint', [path.join(packageOf('@biomejs/biome'), 'bin/biome'), 'check', '.']],
  ['layers', ['--import', 'tsx', 'scripts/check-layers.ts']],
];

const packageOf = (name) => path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));

/** Runs one to its end, then shows its output; whether it found nothing. */
function check([name, args]) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
    child.once('close', (code) => {
      process.stdout.write(code === 0 ? text : `✖ ${name}\n${text}`);
      resolve(code === 0);
    });
  });
}

/** Every check; whether none found anything. */
export async function runChecks() {
  const waiting = checks();
  let passed = true;
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      if (!(await check(next))) passed = false;
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return passed;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit((await runChecks()) ? 0 : 1);
