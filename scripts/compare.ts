// npm run compare -- [--only TEXT] [--frames] FILE|FOLDER …
//
// Programs of your own, in the reference and here: the sequence of bailouts, the code that is marked for deoptimization, and what the
// programs print; with --frames the rebuilt frames too. Shows every difference, then counts. The corpus has what is recorded
// (npm run parity); this is for what nobody has looked at yet.
//
// Exit status: 0 equal, 1 not, 2 no reference.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOptions } from './options.ts';
import { type Bailout, bailoutKey, parseBailouts, parseInvalidations } from './parity-trace.ts';
import { childEnvironment, REFERENCE_FLAGS, referenceBinary } from './reference.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const traceFlags = ['--trace-deopt', '--trace-deopt-verbose'];

const {
  only,
  frames = false,
  rest,
} = readOptions(
  'npm run compare -- [--only TEXT] [--frames] FILE|FOLDER …',
  { only: 'text', frames: 'switch' },
  { rest: 'FILE' },
);

let reference: string;
try {
  reference = referenceBinary();
} catch (error) {
  console.error(`no reference: ${(error as Error).message.split('\n')[0]}`);
  process.exit(2);
}

const isProgram = (name: string): boolean => /\.[cm]?js$/.test(name) && (only === undefined || name.includes(only));

const programs = rest.flatMap((given) =>
  statSync(given).isDirectory()
    ? readdirSync(given)
        .filter(isProgram)
        .sort()
        .map((name) => path.join(given, name))
    : [given],
);

interface Run {
  readonly bailouts: readonly Bailout[];
  readonly marks: readonly string[];
  readonly output: string;
}

/** Runs a program twice: traced, and as it is. */
function run(command: readonly string[], file: string, traces?: string): Run {
  const [program, ...args] = command as [string, ...string[]];
  const start = (flags: readonly string[]): string =>
    spawnSync(program, [...args, ...REFERENCE_FLAGS, ...flags, path.resolve(file)], {
      encoding: 'utf8',
      env: childEnvironment(),
      maxBuffer: 1 << 30,
      timeout: 120_000,
    }).stdout;
  if (traces === undefined) {
    const trace = start(traceFlags);
    return { bailouts: parseBailouts(trace), marks: parseInvalidations(trace), output: start([]) };
  }
  // A file of its own: on a pipe, V8's buffer and the program's output mix.
  rmSync(traces, { force: true });
  const stdout = start([...traceFlags, '--redirect-code-traces', `--redirect-code-traces-to=${traces}`]);
  const trace = existsSync(traces) ? readFileSync(traces, 'utf8') : '';
  return { bailouts: parseBailouts(trace), marks: parseInvalidations(trace, stdout), output: start([]) };
}

/** Lines in which the two differ, at the same place. */
function differences(theirs: readonly string[], ours: readonly string[]): string[] {
  const lines: string[] = [];
  for (let i = 0; i < Math.max(theirs.length, ours.length); i++)
    if (theirs[i] !== ours[i]) lines.push(`  - ${theirs[i] ?? ''}`, `  + ${ours[i] ?? ''}`);
  return lines;
}

/** What is compared, each as lines. */
const aspects: Readonly<Record<string, (run: Run) => readonly string[]>> = {
  bailouts: ({ bailouts }) => bailouts.map(bailoutKey),
  marks: ({ marks }) => marks,
  output: ({ output }) => output.split('\n'),
  ...(frames ? { frames: ({ bailouts }: Run) => bailouts.flatMap((b) => b.frames.join('\n').split('\n')) } : {}),
};

const folder = mkdtempSync(path.join(tmpdir(), 'bailout-compare-'));
const traces = path.join(folder, 'traces');
const equal = new Map(Object.keys(aspects).map((name) => [name, 0]));
for (const file of programs) {
  const theirs = run([reference], file, traces);
  const ours = run([process.execPath, path.join(root, 'dist/cli.js'), 'run'], file);
  for (const [name, linesOf] of Object.entries(aspects)) {
    const lines = differences(linesOf(theirs), linesOf(ours));
    if (lines.length === 0) equal.set(name, equal.get(name)! + 1);
    else console.log(`${file}: ${name}\n${lines.join('\n')}`);
  }
}
rmSync(folder, { recursive: true });
for (const [name, count] of equal) console.log(`${name}: ${count} of ${programs.length} programs equal`);
process.exit([...equal.values()].every((count) => count === programs.length) ? 0 : 1);
