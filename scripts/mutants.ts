// npm run mutants -- [--jobs J] [id …]: applies each hand-made breakage of scripts/mutants to a copy of the tree
// (.cache/mutants), runs the tests that should notice, and lists the survivors: what is broken there, no test would see.
//
// The copies run from source, without a build. Before any mutant, every test file of the table must pass unbroken. A mutant whose
// text is not there any more, or is there twice, is an error: the table follows the code.
//
// Exit status: 0 all were noticed, 1 a survivor or an error.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Mutant, mutants } from './mutants/index.ts';
import { readOptions } from './options.ts';
import { childEnvironment } from './reference.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { jobs = 2, rest: args } = readOptions(
  'npm run mutants -- [--jobs J] [id …]',
  { jobs: 'number' },
  { rest: 'id' },
);
const chosen = args.length === 0 ? mutants : mutants.filter(({ id }) => args.includes(id));
const unknown = args.filter((id) => !mutants.some((mutant) => mutant.id === id));
if (unknown.length > 0) {
  console.error(`no mutant ${unknown.join(', ')}; there are ${mutants.map(({ id }) => id).join(', ')}`);
  process.exit(1);
}

const occurrences = (text: string, part: string): number => text.split(part).length - 1;
const errors = chosen.flatMap(({ id, file, search }) => {
  const found = existsSync(path.join(root, file))
    ? occurrences(readFileSync(path.join(root, file), 'utf8'), search)
    : -1;
  return found === 1
    ? []
    : [`${id}: ${found < 0 ? `there is no ${file}` : `its text stands ${found} times in ${file}`}`];
});
for (const error of errors) console.error(error);
if (errors.length > 0) process.exit(1);

/** A copy of what the tests need. */
function copy(lane: number): string {
  const folder = path.join(root, '.cache/mutants', String(lane));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ['src', 'test', 'scripts', 'examples', 'bench', 'package.json', 'tsconfig.json'])
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  // Node's library, which source reads from the build; the files only, so that what a path leads to stays in the copy
  mkdirSync(path.join(folder, 'dist'));
  cpSync(path.join(root, 'dist/node-library.txt'), path.join(folder, 'dist/node-library.txt'));
  return folder;
}

interface Verdict {
  readonly passed: boolean;
  readonly seconds: number;
  /** Names of tests that failed. */
  readonly failed: readonly string[];
}

/** A mutant may loop: whoever takes so long has noticed. */
const timeLimit = 240_000;

function runTests(folder: string, tests: readonly string[], pattern?: string): Promise<Verdict> {
  return new Promise((resolve) => {
    const started = performance.now();
    const named = pattern === undefined ? [] : [`--test-name-pattern=${pattern}`];
    const child = spawn(process.execPath, ['--import', 'tsx', '--test', '--test-reporter=tap', ...named, ...tests], {
      cwd: folder,
      env: childEnvironment(),
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    let text = '';
    child.stdout.on('data', (data) => (text += data));
    const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), timeLimit);
    child.once('close', (status) => {
      clearTimeout(timer);
      const failed = [...text.matchAll(/^\s*not ok \d+ - (.*)$/gm)].map(([, name]) => name!);
      const ran = Number(/^# pass (\d+)$/m.exec(text)?.[1] ?? 0);
      resolve({ passed: status === 0 && ran > 0, seconds: (performance.now() - started) / 1000, failed });
    });
  });
}

const key = ({ tests, pattern }: Mutant): string => `${tests.join(' ')} ${pattern ?? ''}`;
const sound = new Map<string, Promise<Verdict>>();
const survivors: string[] = [];
let next = 0;

async function lane(index: number): Promise<void> {
  const folder = copy(index);
  while (next < chosen.length) {
    const mutant = chosen[next++]!;
    const { id, rows, file, search, replacement, tests, pattern } = mutant;
    let unbroken = sound.get(key(mutant));
    if (unbroken === undefined) {
      unbroken = runTests(folder, tests, pattern);
      sound.set(key(mutant), unbroken);
    }
    if (!(await unbroken).passed) {
      survivors.push(id);
      console.log(
        `error     ${id}: its tests fail unbroken, or there are none: ${(await unbroken).failed.join('; ').slice(0, 300)}`,
      );
      continue;
    }
    const target = path.join(folder, file);
    const text = readFileSync(target, 'utf8');
    writeFileSync(
      target,
      text.replace(search, () => replacement),
    );
    const { passed, seconds, failed } = await runTests(folder, tests, pattern);
    writeFileSync(target, text);
    if (passed) survivors.push(id);
    console.log(
      `${passed ? 'SURVIVED' : 'noticed '}  ${id} (${rows.join(' ')})  ${seconds.toFixed(1)} s  ${failed.at(0)?.slice(0, 90) ?? ''}`,
    );
  }
}
await Promise.all(Array.from({ length: jobs }, (_, index) => lane(index)));
console.log(
  `${chosen.length} mutants, ${survivors.length} survivors${survivors.length > 0 ? `: ${survivors.join(', ')}` : ''}`,
);
process.exitCode = survivors.length > 0 ? 1 : 0;
