// Records what the reference V8 prints for the corpus, as data beside each program. Run: node --import tsx scripts/record-reference.ts
//
//   test/corpus/bytecode/x.js  → x.expected   normalised `--print-bytecode` listings, in order of compilation
//   test/corpus/bailout/x.js   → x.expected   normalised bailouts; x.output what the program printed;
//                                                                    x.invalidations code that was marked, and why
//   all of those of bailout, examples and kernels → x.feedback   what %GetFeedback says of their functions at the end
//   examples/x.js, bench/kernels/x.js → test/corpus/{examples,kernels}/x.output
//   all of those of bailout, examples and kernels → x.tiering   what was marked, compiled and entered by OSR
//   test/corpus/errors/x.txt → x.expected     what broken programs write to stderr
//   test/corpus/flags/x.js → x.expected       what a program prints and traces under the flags of its first line
//   src/engine/base/flags-data.ts             every flag of `--v8-options`
//
// The reference comes from npm into .cache/reference (BAILOUT_REFERENCE names another binary) and is never committed.
// A program that fails is not recorded, and the run fails.

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileOf, formatSections, lists, normalized, programText, sections } from '../test/corpus/errors/programs.ts';
import * as flagTraces from '../test/corpus/flags/programs.ts';
import { feedbackPrograms, formatFeedback, parseFeedback, writeFeedbackProgram } from './parity-feedback.ts';
import { parseListings } from './parity-listing.ts';
import { TIERING_FLAGS, tieringSequence } from './parity-tiering.ts';
import { formatBailouts, parseBailouts, parseInvalidations } from './parity-trace.ts';
import { childEnvironment, REFERENCE_CACHE, REFERENCE_FLAGS, referenceBinary } from './reference.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TRACE_FLAGS = [...REFERENCE_FLAGS, '--trace-deopt', '--trace-deopt-verbose'];

function reference(args: readonly string[], cwd = ROOT): { stdout: string; stderr: string; status: number | null } {
  return spawnSync(referenceBinary(), args, {
    cwd,
    env: childEnvironment(),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 60000,
  });
}

/** Runs a corpus file between two functions whose listings mark where the file's own begin and end. */
const DRIVER = `
const fs = require('fs'), vm = require('vm');
const names = ['exports', 'require', 'module', '__filename', '__dirname'];
function run(source, filename, wrapped) {
  if (wrapped) vm.compileFunction(source, names, { filename }).call({}, {}, require, {}, filename, '.');
  else new vm.Script(source, { filename }).runInThisContext();
}
function __corpusBegin__() {}
function __corpusEnd__() {}
run('(async () => { await 1; })()', 'warm', false);
run('0', 'warm', true);
%PerformMicrotaskCheckpoint();
const file = process.argv[2], source = fs.readFileSync(file, 'utf8');
__corpusBegin__();
run(source, file, source.startsWith('// corpus: wrapper'));
%PerformMicrotaskCheckpoint();
__corpusEnd__();
process.exit(0);
`;

function programs(folder: string, only: readonly string[]): string[] {
  return readdirSync(join(ROOT, 'test/corpus', folder))
    .filter((name) => name.endsWith('.js') && (only.length === 0 || only.includes(basename(name, '.js'))))
    .sort();
}

let failures = 0;
function fail(message: string): void {
  failures++;
  console.error(message);
}

function recordBytecode(only: readonly string[]): void {
  mkdirSync(REFERENCE_CACHE, { recursive: true });
  const driver = join(REFERENCE_CACHE, 'driver.cjs');
  writeFileSync(driver, DRIVER);
  let functions = 0;
  for (const name of programs('bytecode', only)) {
    const file = join('test/corpus/bytecode', name);
    const { stdout, stderr, status } = reference([
      '--allow-natives-syntax',
      '--no-flush-bytecode',
      '--print-bytecode',
      driver,
      file,
    ]);
    const listings = parseListings(stdout);
    const begin = listings.findIndex((listing) => listing.name === '__corpusBegin__');
    const end = listings.findIndex((listing) => listing.name === '__corpusEnd__');
    if (status !== 0 || begin < 0 || end < 0) {
      fail(`${file}: the reference failed (${status})\n${stderr}`);
      continue;
    }
    const own = listings.slice(begin + 1, end);
    functions += own.length;
    writeFileSync(
      join(ROOT, file.replace(/\.js$/, '.expected')),
      `${own.map((listing) => listing.text).join('\n\n')}\n`,
    );
  }
  console.log(`bytecode: ${functions} functions`);
}

function recordBailouts(only: readonly string[]): void {
  const reasons = new Map<string, number>();
  let bailoutCount = 0;
  const names = programs('bailout', only);
  for (const name of names) {
    const file = join('test/corpus/bailout', name);
    const extra = /^\/\/ Flags: (.*)$/m.exec(readFileSync(join(ROOT, file), 'utf8'))?.[1]?.split(' ') ?? [];
    // The trace goes to a file of its own: on a pipe, V8's buffer and the program's output mix.
    const trace = join(REFERENCE_CACHE, 'trace.txt');
    rmSync(trace, { force: true });
    const redirect = ['--redirect-code-traces', `--redirect-code-traces-to=${trace}`];
    const traced = reference([...TRACE_FLAGS, ...redirect, ...extra, file]);
    const plain = reference(['--allow-natives-syntax', file]);
    if (traced.status !== 0 || plain.status !== 0) {
      fail(`${file}: the reference failed (${traced.status})\n${traced.stderr}`);
      continue;
    }
    const text = existsSync(trace) ? readFileSync(trace, 'utf8') : '';
    const bailouts = parseBailouts(text);
    const invalidations = parseInvalidations(text, traced.stdout);
    if (bailouts.length + invalidations.length === 0) fail(`${file}: neither bailout nor invalidation`);
    bailoutCount += bailouts.length;
    for (const { reason, kind } of bailouts)
      reasons.set(`${kind}: ${reason}`, (reasons.get(`${kind}: ${reason}`) ?? 0) + 1);
    writeFileSync(join(ROOT, file.replace(/\.js$/, '.expected')), formatBailouts(bailouts));
    writeFileSync(join(ROOT, file.replace(/\.js$/, '.output')), plain.stdout);
    const invalidated = join(ROOT, file.replace(/\.js$/, '.invalidations'));
    if (invalidations.length > 0) writeFileSync(invalidated, `${invalidations.join('\n')}\n`);
    else rmSync(invalidated, { force: true });
  }
  console.log(`bailouts: ${bailoutCount} in ${names.length} programs`);
  for (const [reason, count] of [...reasons].sort()) console.log(`  ${String(count).padStart(4)}  ${reason}`);
}

/** A default as a TypeScript literal. */
function flagDefault(type: string, text: string): string {
  if (type === 'bool') return String(!text.startsWith('--no-'));
  const value = text.replace(/^--[\w-]+=?/, '');
  if (type === 'string') return JSON.stringify(value.replace(/^"(.*)"$/, '$1'));
  if (value === 'unset' || value === '') return 'undefined';
  if (!Number.isFinite(Number(value))) throw new Error(`flag default ${text} is no number`);
  return value;
}

function recordFlags(): void {
  const { stdout } = reference(['--v8-options']);
  const rows: string[] = [];
  const seen = new Set<string>();
  const pattern = /^ {2}--([\w-]+) \(([\s\S]*?)\)\n {8}type: (\w+) {2}default: (.*)$/gm;
  for (const [, name, doc, type, text] of stdout.matchAll(pattern)) {
    if (seen.has(name!)) continue;
    seen.add(name!);
    rows.push(`  ['${name}', '${type}', ${flagDefault(type!, text!)}, ${JSON.stringify(doc!.replace(/\s+/g, ' '))}],`);
  }
  writeFileSync(
    join(ROOT, 'src/engine/base/flags-data.ts'),
    `// Every V8 flag of the reference: name, type, default, what it does. Made by scripts/record-reference.ts from --v8-options.\n\nexport type FlagRow = readonly [name: string, type: string, value: boolean | number | string | undefined, doc: string];\n\n// biome-ignore format: one flag, one line\nexport const V8_FLAGS: readonly FlagRow[] = [\n${rows.join('\n')}\n];\n`,
  );
  console.log(`flags: ${rows.length}`);
}

/** What examples and kernels print; the same with and without the optimizer. */
function recordOutputs(only: readonly string[]): void {
  let count = 0;
  for (const [folder, to] of [
    ['examples', 'examples'],
    ['bench/kernels', 'kernels'],
  ] as const) {
    mkdirSync(join(ROOT, 'test/corpus', to), { recursive: true });
    for (const name of readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.js'))) {
      if (only.length > 0 && !only.includes(basename(name, '.js'))) continue;
      const { stdout, stderr, status } = reference([join(folder, name)]);
      if (status !== 0) fail(`${folder}/${name}: the reference failed (${status})\n${stderr}`);
      else if (stdout !== reference(['--jitless', join(folder, name)]).stdout)
        fail(`${folder}/${name}: output is not deterministic`);
      else writeFileSync(join(ROOT, 'test/corpus', to, name.replace(/\.js$/, '.output')), stdout);
      count++;
    }
  }
  console.log(`outputs: ${count}`);
}

/** The feedback of each program's functions. */
function recordFeedback(only: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'feedback-'));
  let functions = 0;
  for (const program of feedbackPrograms(ROOT)) {
    if (only.length > 0 && !only.includes(basename(program.name))) continue;
    const { stdout, stderr, status } = reference([
      ...REFERENCE_FLAGS,
      ...program.flags,
      writeFeedbackProgram(folder, program),
    ]);
    if (status !== 0) {
      fail(`${program.name}: the reference failed (${status})\n${stderr}`);
      continue;
    }
    const feedback = parseFeedback(stdout);
    functions += feedback.length;
    writeFileSync(program.recorded, formatFeedback(feedback));
  }
  rmSync(folder, { recursive: true });
  console.log(`feedback: ${functions} functions`);
}

/** Broken programs: all are recorded, or those named, beside what is recorded of the others. */
function recordErrors(only: readonly string[]): void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'errors-')));
  let count = 0;
  for (const list of lists) {
    const before = existsSync(fileOf(list, 'expected')) ? sections(fileOf(list, 'expected')) : [];
    const recorded = sections(fileOf(list, 'txt')).map(({ name, text }) => {
      const known = before.find((section) => section.name === name);
      if (known !== undefined && only.length > 0 && !only.includes(name)) return known;
      count++;
      writeFileSync(join(folder, name), programText(text));
      const { stderr, status } = reference([join(folder, name)], folder);
      return { name, text: normalized(folder, status, stderr) };
    });
    writeFileSync(fileOf(list, 'expected'), formatSections(recorded));
  }
  rmSync(folder, { recursive: true });
  console.log(`broken programs: ${count}`);
}

/** By lines: V8's traces and the program's output come in their order. */
const referenceByLines = (args: readonly string[]): ReturnType<typeof reference> =>
  spawnSync('stdbuf', ['-oL', referenceBinary(), ...args], {
    cwd: ROOT,
    env: childEnvironment(),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 60000,
  });

/** Which functions were marked, compiled and entered by OSR. */
function recordTiering(only: readonly string[]): void {
  let steps = 0;
  for (const [folder, to] of [
    ['test/corpus/bailout', 'bailout'],
    ['examples', 'examples'],
    ['bench/kernels', 'kernels'],
  ] as const)
    for (const name of readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.js'))) {
      if (only.length > 0 && !only.includes(basename(name, '.js'))) continue;
      const file = join(folder, name);
      const source = readFileSync(join(ROOT, file), 'utf8');
      const extra = /^\/\/ Flags: (.*)$/m.exec(source)?.[1]?.split(' ') ?? [];
      const { stdout, stderr, status } = referenceByLines([...REFERENCE_FLAGS, ...TIERING_FLAGS, ...extra, file]);
      if (status !== 0) fail(`${file}: the reference failed (${status})\n${stderr}`);
      const sequence = tieringSequence(stdout, source);
      steps += sequence.length;
      const recorded = join(ROOT, 'test/corpus', to, name.replace(/js$/, 'tiering'));
      if (sequence.length > 0) writeFileSync(recorded, `${sequence.join('\n')}\n`);
      else rmSync(recorded, { force: true });
    }
  console.log(`tiering: ${steps} steps`);
}

function recordTraces(only: readonly string[]): void {
  const names = flagTraces.flagPrograms().filter((name) => only.length === 0 || only.includes(name));
  for (const name of names) {
    const args = [...REFERENCE_FLAGS, ...flagTraces.flagsOf(name), flagTraces.fileOf(name, 'js')];
    const { stdout, stderr, status } = referenceByLines(args);
    if (status === 0) writeFileSync(flagTraces.fileOf(name, 'expected'), flagTraces.normalizedTrace(name, stdout));
    else fail(`${name}: the reference failed (${status})\n${stderr}`);
  }
  console.log(`programs with flags: ${names.length}`);
}

const [what = 'all', ...only] = process.argv.slice(2);
if (what === 'all' || what === 'bytecode') recordBytecode(only);
if (what === 'all' || what === 'bailout') recordBailouts(only);
if (what === 'all' || what === 'output') recordOutputs(only);
if (what === 'all' || what === 'tiering') recordTiering(only);
if (what === 'all' || what === 'feedback') recordFeedback(only);
if (what === 'all' || what === 'errors') recordErrors(only);
if (what === 'all' || what === 'traces') recordTraces(only);
if (what === 'all' || what === 'flags') recordFlags();
process.exitCode = failures > 0 ? 1 : 0;
