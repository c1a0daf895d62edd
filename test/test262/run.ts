// npm run test262 -- --dir DIR [--filter TEXT] [--every N] [--flags "…"] [--jobs N] [--verbose]: runs the ECMAScript
// conformance tests that lie in DIR (a checkout of tc39/test262; none of it is in this repository) and prints how many pass.
//
// Each test gets an engine of its own; worker processes run them in turn, and one that does not answer in time is killed, so that
// an endless loop or a crash is one failure. A test runs in sloppy and in strict mode, unless its header says otherwise, and
// passes when all its modes do. Every `--filter` TEXT (separated by commas) is a part of a path; `--every N` takes each Nth test.
// What is not run is counted, by reason: features that the reference V8 does not have without a flag, and what the host lacks.

import { type ChildProcess, fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { readOptions } from '../../scripts/options.ts';
import { absentFeatures } from './features.ts';
import type { Job } from './worker.ts';

const usage = 'npm run test262 -- --dir DIR [--filter TEXT,TEXT] [--every N] [--flags "…"] [--jobs N]';
const options = readOptions(usage, { dir: 'text', filter: 'text', every: 'number', flags: 'text', jobs: 'number' });
const dir = path.resolve(options.dir ?? '');
if (options.dir === undefined) {
  console.error(`usage: ${usage}`);
  process.exit(2);
}
const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const filters = (options.filter ?? '').split(',');
const every = options.every ?? 1;
const flags = (options.flags ?? '').split(' ').filter(Boolean);
const jobs = options.jobs ?? availableParallelism();
const timeLimit = 30_000;
/** Tests that one worker runs before a fresh one takes over. */
const workerLife = 150;

interface Meta {
  readonly includes: readonly string[];
  readonly flags: readonly string[];
  readonly features: readonly string[];
  readonly negative: { readonly phase: string; readonly type: string } | undefined;
}

/** The parts of a test's YAML header that decide how it is run. */
function metaOf(source: string): Meta {
  const header = /\/\*---([\s\S]*?)---\*\//.exec(source)?.[1] ?? '';
  const list = (key: string): string[] => {
    const inline = new RegExp(`^\\s*${key}:\\s*\\[([^\\]]*)\\]`, 'm').exec(header)?.[1];
    if (inline !== undefined)
      return inline
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean);
    const block = new RegExp(`^\\s*${key}:\\s*\\n((?:\\s+-\\s+.*\\n?)+)`, 'm').exec(header)?.[1] ?? '';
    return [...block.matchAll(/-\s+(\S+)/g)].map((match) => match[1]!);
  };
  const phase = /^negative:[\s\S]*?phase:\s*(\w+)/m.exec(header)?.[1];
  const type = /^negative:[\s\S]*?type:\s*(\w+)/m.exec(header)?.[1];
  return {
    includes: list('includes'),
    flags: list('flags'),
    features: list('features'),
    negative: phase && type ? { phase, type } : undefined,
  };
}

function skipReason(source: string, meta: Meta): string | undefined {
  const feature = meta.features.find((name) => absentFeatures.has(name));
  if (feature !== undefined) return `feature ${feature}`;
  const hook = /\$262\.(createRealm|agent|IsHTMLDDA|AbstractModuleSource)/.exec(source)?.[1];
  if (hook !== undefined) return `$262.${hook}`;
  if (meta.includes.some((name) => source.includes('atomicsHelper') || name === 'atomicsHelper.js'))
    return '$262.agent';
  if (meta.flags.includes('CanBlockIsFalse')) return 'CanBlockIsFalse';
  return undefined;
}

// ---- Workers ----

const bundle = path.join(root, '.cache/test262-worker.mjs');
await esbuild.build({
  absWorkingDir: root,
  entryPoints: ['test/test262/worker.ts'],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  minifySyntax: true,
});

class Worker {
  private child: ChildProcess | undefined;
  private served = 0;

  run(job: Job): Promise<string | undefined> {
    if (this.served++ >= workerLife) this.stop();
    this.child ??= fork(bundle, { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    const child = this.child;
    return new Promise((resolve) => {
      let said = '';
      const done = (why: string | undefined): void => {
        clearTimeout(timer);
        child.off('message', onMessage);
        child.off('exit', onExit);
        child.stderr?.off('data', onWords);
        resolve(why);
      };
      const onMessage = (answer: { why?: string }): void => done(answer.why);
      const onExit = (code: number | null, signal: string | null): void => {
        this.child = undefined;
        done(`the engine's process ended (${signal ?? code}) ${said.slice(0, 200)}`);
      };
      const onWords = (text: Buffer): void => {
        said += text.toString();
      };
      const timer = setTimeout(() => {
        this.stop();
        done('timeout');
      }, timeLimit);
      child.stderr?.on('data', onWords);
      child.once('message', onMessage);
      child.once('exit', onExit);
      child.send(job);
    });
  }

  stop(): void {
    this.child?.removeAllListeners();
    this.child?.kill('SIGKILL');
    this.child = undefined;
    this.served = 0;
  }
}

// ---- All tests ----

const tests = readdirSync(path.join(dir, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.js') && !f.includes('_FIXTURE') && filters.some((text) => f.includes(text)))
  .sort()
  .filter((_, i) => i % every === 0);
let passed = 0;
const failures: string[] = [];
const skipped = new Map<string, number>();
const folders = new Map<string, { passed: number; run: number }>();
let next = 0;

async function work(): Promise<void> {
  const worker = new Worker();
  while (next < tests.length) {
    const id = next++;
    const name = tests[id]!;
    const file = path.join(dir, 'test', name);
    const source = readFileSync(file, 'utf8');
    const meta = metaOf(source);
    const reason = skipReason(source, meta);
    if (reason !== undefined) {
      skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
      continue;
    }
    const raw = meta.flags.includes('raw');
    const module = meta.flags.includes('module');
    const isAsync = meta.flags.includes('async');
    const fixed = meta.flags.includes('onlyStrict') || meta.flags.includes('noStrict') || raw || module;
    const modes = fixed ? [meta.flags.includes('onlyStrict')] : [false, true];
    const job: Omit<Job, 'strict'> = {
      id,
      dir,
      file,
      includes: raw ? [] : ['assert.js', 'sta.js', ...(isAsync ? ['doneprintHandle.js'] : []), ...meta.includes],
      module,
      async: isAsync,
      negative: meta.negative,
      flags,
    };
    let why: string | undefined;
    for (const strict of modes) {
      if (why !== undefined) break;
      why = await worker.run({ ...job, strict });
      if (why !== undefined && strict) why = `(strict) ${why}`;
    }
    const folder = name.split('/').slice(0, -1).slice(0, 3).join('/');
    const count = folders.get(folder) ?? { passed: 0, run: 0 };
    folders.set(folder, count);
    count.run++;
    if (why === undefined) {
      passed++;
      count.passed++;
    } else failures.push(`${name}: ${why}`);
  }
  worker.stop();
}

await Promise.all(Array.from({ length: jobs }, work));
for (const failure of failures.sort()) console.log(`✖ ${failure}`);
const percent = (part: number, all: number): string => `${((100 * part) / Math.max(1, all)).toFixed(1)} %`;
for (const [folder, count] of [...folders].sort())
  console.log(`${folder}: ${count.passed} of ${count.run} (${percent(count.passed, count.run)})`);
for (const [reason, count] of [...skipped].sort()) console.log(`skipped: ${count} for ${reason}`);
const total = passed + failures.length;
console.log(`test262: ${passed} of ${total} passed (${percent(passed, total)})`);
process.exitCode = failures.length === 0 ? 0 : 1;
