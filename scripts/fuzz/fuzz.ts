// npm run fuzz -- [--seed S] [--count N | --minutes M] [--mode NAME[,NAME]] [--jobs J] [--engine DIR] [--no-reduce] [--show SEED]
//
// Random programs (generator.ts, program.ts) and random builtin calls, each in this engine in two modes (modes.ts), compared with
// what the pinned reference V8 prints. A difference is reduced (reduce.ts) to .cache/fuzz/found/SEED-MODE.js, with what the
// reference prints beside it (.expected) and a note (.txt): a program ready to be a test.
//
// --record N: writes the first N seeds' programs (from --seed on) and what the reference prints to test/corpus/fuzz; a reduced
// program that was mended goes there too, with its output. `npm test` runs them, in rotating modes, without a reference.
// --engine names the folder of another build than dist/.
//
// Exit status: 0 clean, 1 differences, 2 no reference or wrong usage. Seeds that were covered are kept (covered.ts): the same
// command goes on where it was stopped, and without --seed a run begins after all that was covered before.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOptions } from '../options.ts';
import { referenceBinary } from '../reference.ts';
import { addSeed, Covered, countSeeds, engineHash, generatorHash, holdsSeed } from './covered.ts';
import { isLight, type Mode, modes, modesFor } from './modes.ts';
import { generateProgram } from './program.ts';
import { reduce } from './reduce.ts';
import { engineWorker, type Outcome, referenceWorker, type Worker } from './workers.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const folder = path.join(root, '.cache/fuzz');
const found = path.join(folder, 'found');

const usage =
  'npm run fuzz -- [--seed S] [--count N | --minutes M] [--mode NAME,…] [--jobs J] [--engine DIR] [--no-reduce] [--show SEED] [--record N]';
const options = readOptions(usage, {
  seed: 'number',
  count: 'number',
  minutes: 'number',
  mode: 'text',
  jobs: 'number',
  engine: 'text',
  'no-reduce': 'switch',
  show: 'number',
  record: 'number',
});
function quit(message: string): never {
  console.error(message);
  process.exit(2);
}

const chosen: readonly Mode[] | undefined = options.mode
  ?.split(',')
  .map(
    (name) =>
      modes.find((mode) => mode.name === name) ??
      quit(`no mode '${name}'; there are ${modes.map((mode) => mode.name).join(', ')}\nusage: ${usage}`),
  );
const modesOf = (seed: number): readonly Mode[] => chosen ?? modesFor(seed);
const programOf = (seed: number): string => generateProgram(seed, isLight(modesOf(seed)));

if (options.show !== undefined) {
  process.stdout.write(programOf(options.show));
  process.exit(0);
}

const dist = path.resolve(options.engine ?? path.join(root, 'dist'));
if (!existsSync(path.join(dist, 'engine.cjs'))) quit('dist/engine.cjs is missing: npm run build');
try {
  referenceBinary();
} catch (error) {
  quit(`no reference: ${(error as Error).message.split('\n')[0]}`);
}

/** Programs for `npm test`, which has no reference. */
async function record(count: number, from: number): Promise<void> {
  const corpus = path.join(root, 'test/corpus/fuzz');
  mkdirSync(corpus, { recursive: true });
  const reference = referenceWorker();
  for (let seed = from; seed < from + count; seed++) {
    const { stdout, failed } = await reference.run(programOf(seed));
    if (failed !== '') {
      console.log(`seed ${seed}: ${failed}, not recorded`);
      continue;
    }
    const stem = path.join(corpus, `seed-${String(seed).padStart(4, '0')}`);
    writeFileSync(`${stem}.js`, programOf(seed));
    writeFileSync(`${stem}.output`, stdout);
  }
  reference.stop();
}
if (options.record !== undefined) {
  await record(options.record, options.seed ?? 0);
  process.exit(0);
}

interface Difference {
  readonly seed: number;
  readonly mode: Mode;
  readonly expected: Outcome;
  readonly actual: Outcome;
}

/** The first line where they differ, or why there is no orderly end: what two differences of the same cause have in common. */
function symptom(expected: Outcome, actual: Outcome): string {
  if (expected.failed !== actual.failed) return `${expected.failed || 'ends'} ≠ ${actual.failed || 'ends'}`;
  const want = expected.stdout.split('\n');
  const got = actual.stdout.split('\n');
  const at = want.findIndex((line, i) => line !== got[i]);
  return `${want[at]?.slice(0, 160) ?? '(end)'} ≠ ${got[at]?.slice(0, 160) ?? '(end)'}`;
}
/** The kind of a symptom: a crash stays that crash while it is reduced. */
const family = (expected: Outcome, actual: Outcome): string =>
  actual.failed.startsWith('engine:') || actual.failed.startsWith('process')
    ? actual.failed.replace(/0x[0-9a-f]+|\d+/g, '#').slice(0, 60)
    : actual.failed === expected.failed
      ? 'output'
      : 'end';

const same = (a: Outcome, b: Outcome): boolean => a.stdout === b.stdout && a.failed === b.failed;

async function reduceDifference(
  { seed, mode, expected, actual }: Difference,
  reference: Worker,
  engine: Worker,
): Promise<void> {
  const kind = family(expected, actual);
  const shows = async (source: string): Promise<boolean> => {
    const want = await reference.run(source);
    if (want.failed === 'timeout' || want.failed === 'SyntaxError' || want.failed.startsWith('process')) return false;
    const got = await engine.run(source, mode.flags);
    return !same(want, got) && family(want, got) === kind;
  };
  const source = programOf(seed);
  const small = options['no-reduce'] === true ? source : await reduce(source, shows, { deadline: Date.now() + 90_000 });
  const want = await reference.run(small);
  const got = await engine.run(small, mode.flags);
  const plain = await engine.run(small, ['--no-opt']);
  const stem = path.join(found, `${seed}-${mode.name}`);
  mkdirSync(found, { recursive: true });
  writeFileSync(`${stem}.js`, small);
  writeFileSync(`${stem}.expected`, want.stdout);
  writeFileSync(
    `${stem}.txt`,
    `seed ${seed}, mode ${mode.name}: ${mode.flags.join(' ')}\n${symptom(want, got)}\n${same(want, plain) ? 'right with --no-opt' : 'wrong with --no-opt too'}\n\nexpected ${want.failed}\n${want.stdout.slice(0, 4000)}\nfound ${got.failed}\n${got.stdout.slice(0, 4000)}\n`,
  );
  console.log(`reduced  ${path.relative(root, stem)}.js (${small.length} characters)  ${symptom(want, got)}`);
}

const covered = new Covered(folder, generatorHash(path.dirname(fileURLToPath(import.meta.url))), engineHash(dist));
const { minutes } = options;
const firstSeed = options.seed ?? covered.nextSeed;
const end = firstSeed + (options.count ?? (minutes === undefined ? 1000 : Number.MAX_SAFE_INTEGER));
const deadline = minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + minutes * 60_000;
const jobs = options.jobs ?? 2;
/** Reductions per symptom: the same fault shows itself often. */
const reductionsPerSymptom = 2;

const queue: Difference[] = [];
const symptoms = new Map<string, number>();
let next = firstSeed;
let ran = 0;
let skipped = 0;
let unusable = 0;
let clean = 0;
let lastWords = Date.now();

async function lane(): Promise<void> {
  const reference = referenceWorker();
  const engine = engineWorker(dist);
  while (next < end && Date.now() < deadline) {
    const seed = next++;
    if (chosen === undefined && holdsSeed(covered.mine, seed)) {
      skipped++;
      continue;
    }
    const source = programOf(seed);
    const expected = await reference.run(source);
    ran++;
    if (expected.failed === 'timeout' || expected.failed.startsWith('process') || expected.failed === 'SyntaxError') {
      unusable++;
      continue;
    }
    let differs = false;
    for (const mode of modesOf(seed)) {
      const actual = await engine.run(source, mode.flags);
      if (same(expected, actual)) continue;
      differs = true;
      const text = symptom(expected, actual);
      console.log(`differs  seed ${seed} mode ${mode.name}: ${text}`);
      const key =
        family(expected, actual) === 'output'
          ? text.replace(/\d+/g, '#').replace(/^\S+/, '')
          : family(expected, actual);
      const count = symptoms.get(key) ?? 0;
      symptoms.set(key, count + 1);
      if (count < reductionsPerSymptom) queue.push({ seed, mode, expected, actual });
    }
    if (!differs) {
      clean++;
      if (chosen === undefined) addSeed(covered.mine, seed);
    }
    if (Date.now() - lastWords > 20_000) {
      lastWords = Date.now();
      covered.save();
      console.log(`${ran} programs run, ${ran - clean - unusable} differ`);
    }
  }
  while (queue.length > 0) await reduceDifference(queue.shift()!, reference, engine);
  engine.stop();
  reference.stop();
}

await Promise.all(Array.from({ length: jobs }, lane));
covered.save();
const differ = ran - clean - unusable;
console.log(
  `seeds ${firstSeed} to ${next - 1}: ${ran} programs run, ${clean} clean, ${differ} differ, ${unusable} unusable, ${skipped} covered before\n` +
    `covered: ${countSeeds(covered.mine)} programs with this engine, ${covered.withAnyEngine} with this and earlier ones`,
);
process.exitCode = differ > 0 ? 1 : 0;
