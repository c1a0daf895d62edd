// npm run loopcheck -- [--fuzz N [--seed S]] [--operations N] [--verbose] [file.js …]
//
// Does this engine settle where V8 settles? For each program, bailouts of one function at one exit may be one more than the
// reference's, and a function that the reference leaves optimized must be optimized here at the end. Without files: the bailout
// corpus, the examples and the kernels, then N programs of the fuzzer and N parts of the operation sweep. Differences that are known stand with their reason in
// test/corpus/differences.json under "loops", by program or by the compiler's word for what it does not compile; a program that
// no longer differs fails too.
//
// Exit status: 0 as the reference, 1 not, 2 no reference.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateProgram } from './fuzz/program.ts';
import { generateOperations, operationGroups } from './operation-sweep.ts';
import { readOptions } from './options.ts';
import { childEnvironment, REFERENCE_FLAGS, referenceBinary } from './reference.ts';
import { compareTiering, summariseTiering, type TieringSummary } from './tiering-trace.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const work = path.join(root, '.cache/loopcheck');
const cli = path.join(root, 'dist/cli.js');
const options = readOptions(
  'npm run loopcheck -- [--fuzz N [--seed S]] [--operations N] [--verbose] [file.js …]',
  { fuzz: 'number', seed: 'number', operations: 'number', verbose: 'switch' },
  { rest: 'file.js' },
);
const { fuzz: fuzzed = 0, seed = 0, operations: parts = 0, verbose = false, rest: files } = options;

let reference: string;
try {
  reference = referenceBinary();
} catch (error) {
  console.error(`no reference: ${(error as Error).message.split('\n')[0]}`);
  process.exit(2);
}

interface Program {
  readonly name: string;
  readonly file: string;
}

function programs(): Program[] {
  if (files.length > 0)
    return files.map((file) => ({ name: path.relative(root, path.resolve(file)), file: path.resolve(file) }));
  const folders = ['test/corpus/bailout', 'examples', 'bench/kernels'];
  const list = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith('.js'))
      .sort()
      .map((name) => ({ name: `${folder}/${name}`, file: path.join(root, folder, name) })),
  );
  for (let i = 0; i < fuzzed; i++) {
    const file = path.join(work, `fuzz-${seed + i}.js`);
    writeFileSync(file, generateProgram(seed + i, false));
    list.push({ name: `fuzz ${seed + i}`, file });
  }
  for (let part = 0; part < parts; part++)
    for (const group of operationGroups) {
      const file = path.join(work, `operations-${group}-${part}.js`);
      writeFileSync(file, generateOperations(group, part));
      list.push({ name: `operations ${group} ${part}`, file });
    }
  return list;
}

/** Runs to the end; what was printed, or undefined when it did not end well. */
function run(command: string, commandArgs: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, commandArgs, {
      cwd: root,
      env: childEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.resume();
    const timer = setTimeout(() => child.kill('SIGKILL'), 120_000);
    child.once('close', (status) => {
      clearTimeout(timer);
      resolve(status === 0 ? stdout : undefined);
    });
  });
}

async function inReference(file: string, lane: number): Promise<TieringSummary | undefined> {
  const trace = path.join(work, `trace-${lane}.txt`);
  rmSync(trace, { force: true });
  const redirect = ['--redirect-code-traces', `--redirect-code-traces-to=${trace}`];
  const printed = await run(reference, [
    ...REFERENCE_FLAGS,
    '--trace-opt',
    '--trace-deopt',
    ...redirect,
    ...ownFlags(file),
    file,
  ]);
  if (printed === undefined) return undefined;
  return summariseTiering(existsSync(trace) ? readFileSync(trace, 'utf8') : '');
}

const ownFlags = (file: string): string[] =>
  /^\/\/ Flags: (.*)$/m.exec(readFileSync(file, 'utf8'))?.[1]?.split(' ') ?? [];

const known = (JSON.parse(readFileSync(path.join(root, 'test/corpus/differences.json'), 'utf8')).loops ?? {}) as Record<
  string,
  string
>;
const seen = new Set<string>();
let checked = 0;
let looping = 0;
let unusable = 0;
mkdirSync(work, { recursive: true });
const list = programs();
let next = 0;

async function worker(lane: number): Promise<void> {
  while (next < list.length) {
    const { name, file } = list[next++]!;
    const expected = await inReference(file, lane);
    if (expected === undefined) {
      unusable++;
      console.log(`${name}: the reference fails`);
      continue;
    }
    const printed = await run(process.execPath, [
      cli,
      'run',
      '--allow-natives-syntax',
      '--trace-opt',
      '--trace-deopt',
      ...ownFlags(file),
      file,
    ]);
    checked++;
    const complaints: string[] = [];
    if (printed === undefined) complaints.push('it fails');
    else
      for (const { text, aborted } of compareTiering(expected, summariseTiering(printed))) {
        const reason = `because: ${aborted}`;
        if (reason in known) seen.add(reason);
        else complaints.push(text);
      }
    if (complaints.length > 0 && name in known) seen.add(name);
    else if (complaints.length > 0) {
      looping++;
      console.log(`${name}\n  ${complaints.slice(0, verbose ? undefined : 6).join('\n  ')}`);
    }
  }
}
await Promise.all([0, 1].map(worker));
const gone =
  files.length > 0 ? [] : Object.keys(known).filter((name) => !seen.has(name) && !/^(fuzz|because:) /.test(name));
for (const name of gone) console.log(`${name} is listed as differing, but does not (or is not there)`);
console.log(
  `${checked} programs checked, ${looping} differ, ${seen.size} differ for a known reason, ${unusable} unusable`,
);
process.exitCode = looping + gone.length > 0 ? 1 : 0;
