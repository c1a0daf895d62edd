// Runs conformance tests one after another, each in an engine of its own, for run.ts: a process that the parent replaces when
// a test does not come back, or when it has served long enough.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Flags, parseFlags } from '../../src/engine/base/index.ts';
import { D8Shell, type Host, isolateFor, nodeHost } from '../../src/engine/isolate/index.ts';

export interface Job {
  readonly id: number;
  /** Checkout of tc39/test262. */
  readonly dir: string;
  /** The test, absolute. */
  readonly file: string;
  readonly includes: readonly string[];
  readonly strict: boolean;
  readonly module: boolean;
  readonly async: boolean;
  readonly negative: { readonly phase: string; readonly type: string } | undefined;
  readonly flags: readonly string[];
}

/** What INTERPRETING.md asks of a host, with the means of V8's shell. */
const hostDefined = `var $262 = {
  global: globalThis,
  evalScript: (source) => Realm.eval(Realm.current(), source),
  gc: () => gc(),
  detachArrayBuffer: (buffer) => %ArrayBufferDetach(buffer),
};`;

const world: Host = nodeHost();
const sources = new Map<string, string>();

function harness(dir: string, name: string): string {
  const file = path.join(dir, 'harness', name);
  let source = sources.get(file);
  if (source === undefined) {
    source = readFileSync(file, 'utf8');
    sources.set(file, source);
  }
  return source;
}

/** Why the test failed, or undefined. */
function runTest(job: Job, flags: Flags): string | undefined {
  let output = '';
  const host: Host = {
    ...world,
    write: (_stream, text) => {
      output += text;
    },
  };
  const source = readFileSync(job.file, 'utf8');
  const isolate = isolateFor(flags, host);
  isolate.ignoreUnhandledRejections = true;
  const shell = new D8Shell(isolate, { scriptArguments: [] });
  const status = shell.run([
    { name: '$262', source: hostDefined },
    ...job.includes.map((name) => ({ name, source: harness(job.dir, name) })),
    { name: job.file, source: job.strict ? `'use strict';\n${source}` : source, isModule: job.module },
  ]);
  if (job.negative !== undefined) {
    const { phase, type } = job.negative;
    const wanted = output.includes(`${type}`) && !output.includes('This statement should not be evaluated');
    return status !== 0 && wanted
      ? undefined
      : `expected ${type} (${phase}), got: ${output.slice(0, 200).trim() || 'nothing'}`;
  }
  if (status !== 0) {
    const lines = output.split('\n').filter((line) => line.trim() !== '');
    return lines.find((line) => /Error/.test(line)) ?? lines.at(-1) ?? 'failed without a word';
  }
  if (job.async && !output.includes('Test262:AsyncTestComplete'))
    return /Test262:AsyncTestFailure:(.*)/.exec(output)?.[1] ?? 'the asynchronous test did not complete';
  return undefined;
}

process.on('message', (job: Job) => {
  let why: string | undefined;
  try {
    const { flags } = parseFlags(['--allow-natives-syntax', '--expose-gc', ...job.flags]);
    why = runTest(job, flags);
  } catch (error) {
    why = `engine: ${(error as Error).stack?.split('\n').slice(0, 2).join(' ') ?? String(error)}`;
  }
  process.send!({ id: job.id, why });
});
