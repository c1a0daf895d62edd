// npm run test262 -- --dir DIR [--filter TEXT] [--flags "…"] [--jobs N]: runs the ECMAScript conformance tests that lie in DIR
// (a checkout of tc39/test262; none of it is in this repository) with `bailout d8`, and prints how many pass.
//
// Each test runs in its own process with a limit, so that an endless loop or a crash is one failure. Tests that need modules,
// raw agents or `$262` hooks are counted as skipped, by reason.

import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';

const option = (name: string, fallback = ''): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at >= 0 ? (process.argv[at + 1] ?? fallback) : fallback;
};
const dir = option('dir');
if (dir === '') {
  console.error('usage: npm run test262 -- --dir DIR [--filter TEXT] [--flags "…"] [--jobs N]');
  process.exit(2);
}
const cli = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../../dist/cli.js');
const filter = option('filter');
const flags = option('flags').split(' ').filter(Boolean);
const jobs = Number(option('jobs', String(availableParallelism())));

interface Meta {
  readonly includes: readonly string[];
  readonly flags: readonly string[];
  readonly negative: { readonly phase: string; readonly type: string } | undefined;
}

/** The parts of a test's YAML header that decide how it is run. */
function metaOf(source: string): Meta {
  const header = /\/\*---([\s\S]*?)---\*\//.exec(source)?.[1] ?? '';
  const list = (key: string): string[] =>
    (new RegExp(`^${key}:\\s*\\[([^\\]]*)\\]`, 'm').exec(header)?.[1] ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
  const phase = /^negative:[\s\S]*?phase:\s*(\w+)/m.exec(header)?.[1];
  const type = /^negative:[\s\S]*?type:\s*(\w+)/m.exec(header)?.[1];
  return { includes: list('includes'), flags: list('flags'), negative: phase && type ? { phase, type } : undefined };
}

function skipReason(source: string, meta: Meta): string | undefined {
  if (meta.flags.includes('module')) return 'module';
  if (source.includes('$262.')) return '$262 hooks';
  return undefined;
}

const harness = (name: string): string => path.join(dir, 'harness', name);
const scratch = mkdtempSync(path.join(tmpdir(), 'test262-'));

/** Why the test failed, or undefined. */
function runOne(file: string, source: string, meta: Meta, strict: boolean, id: number): Promise<string | undefined> {
  const raw = meta.flags.includes('raw');
  const own = path.join(scratch, `${id}.js`);
  writeFileSync(own, strict ? `'use strict';\n${source}` : source);
  const isAsync = meta.flags.includes('async');
  const includes = raw ? [] : ['assert.js', 'sta.js', ...(isAsync ? ['doneprintHandle.js'] : []), ...meta.includes];
  return new Promise((resolve) => {
    const args = [cli, 'd8', ...flags, ...includes.map(harness), own];
    execFile(process.execPath, args, { timeout: 20_000, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      const output = stdout + stderr;
      if (meta.negative !== undefined) {
        const thrown = error !== null && output.includes(meta.negative.type);
        resolve(thrown ? undefined : `expected ${meta.negative.type}`);
      } else if (error !== null)
        resolve(error.killed ? 'timeout' : (output.split('\n').find((l) => /Error/.test(l)) ?? 'failed'));
      else if (isAsync && !stdout.includes('Test262:AsyncTestComplete'))
        resolve('the asynchronous test did not complete');
      else resolve(undefined);
    });
  }).then((why) =>
    why === undefined ? undefined : `${path.relative(dir, file)}${strict ? ' (strict)' : ''}: ${String(why)}`,
  );
}

const tests = readdirSync(path.join(dir, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.js') && !f.includes('_FIXTURE') && f.includes(filter))
  .sort();
let passed = 0;
const failures: string[] = [];
const skipped = new Map<string, number>();
let next = 0;

async function worker(): Promise<void> {
  while (next < tests.length) {
    const id = next++;
    const file = path.join(dir, 'test', tests[id]!);
    const source = readFileSync(file, 'utf8');
    const meta = metaOf(source);
    const reason = skipReason(source, meta);
    if (reason !== undefined) {
      skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
      continue;
    }
    const fixed = meta.flags.includes('onlyStrict') || meta.flags.includes('noStrict') || meta.flags.includes('raw');
    const modes = fixed ? [meta.flags.includes('onlyStrict')] : [false, true];
    let why: string | undefined;
    for (const strict of modes) why ??= await runOne(file, source, meta, strict, id);
    if (why === undefined) passed++;
    else failures.push(why);
  }
}

await Promise.all(Array.from({ length: jobs }, worker));
rmSync(scratch, { recursive: true, force: true });
for (const failure of failures) console.log(`✖ ${failure}`);
for (const [reason, count] of skipped) console.log(`skipped: ${count} for ${reason}`);
const total = passed + failures.length;
console.log(`test262: ${passed} of ${total} passed (${((100 * passed) / Math.max(1, total)).toFixed(1)} %)`);
process.exitCode = failures.length === 0 ? 0 : 1;
