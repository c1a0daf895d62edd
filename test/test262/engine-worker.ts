// Runs conformance tests one after another in this engine, each in an isolate of its own. A harness file is compiled once a
// process: what Ignition makes of a text knows no isolate.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseFlags } from '../../src/engine/base/index.ts';
import { compileScript } from '../../src/engine/ignition/index.ts';
import { createStartupSnapshot, type Host, nodeHost } from '../../src/engine/isolate/index.ts';
import { type D8File, D8Shell, isolateFor } from '../../src/engine/shell/index.ts';
import type { Job } from './tests.ts';

/** What INTERPRETING.md asks of a host, with the means of V8's shell. */
const hostDefined = `var $262 = ((htmldda) => {
  const hostOf = (realm) => ({
    global: Realm.global(realm),
    createRealm: () => hostOf(Realm.createAllowCrossRealmAccess()),
    evalScript: (source) => Realm.eval(realm, source),
    gc: () => gc(),
    detachArrayBuffer: (buffer) => %ArrayBufferDetach(buffer),
    IsHTMLDDA: htmldda,
  });
  return hostOf(Realm.current());
})(%GetUndetectable());`;

const world: Host = nodeHost();
const isWarmUp = process.argv[2] === 'write-snapshot';
const { flags } = parseFlags(['--expose-gc', ...(isWarmUp ? [] : process.argv.slice(2))]);
const pieces = new Map<string, D8File>();

function compiledPiece(name: string, source: string): D8File {
  const piece = { name, source, compiled: compileScript(source, { allowNatives: name === '$262' }) };
  pieces.set(name, piece);
  return piece;
}

const harness = (dir: string, name: string): D8File =>
  pieces.get(name) ?? compiledPiece(name, readFileSync(path.join(dir, 'harness', name), 'utf8'));

/** Why the test failed in one mode, or undefined. */
function runMode(job: Job, source: string, strict: boolean): string | undefined {
  let output = '';
  const host: Host = {
    ...world,
    write: (_stream, text) => {
      if (output.length < 1 << 20) output += text;
    },
  };
  const shell = new D8Shell((embedder) => isolateFor(flags, host, embedder), { scriptArguments: [] });
  const { isolate } = shell;
  isolate.ignoreUnhandledRejections = true;
  const status = shell.run([
    pieces.get('$262') ?? compiledPiece('$262', hostDefined),
    ...job.includes.map((name) => harness(job.dir, name)),
    {
      name: path.join(job.dir, 'test', job.name),
      source: strict ? `'use strict';\n${source}` : source,
      isModule: job.module,
    },
  ]);
  if (job.negative !== undefined) {
    const { phase, type } = job.negative;
    // a test that is to be refused before it runs says so as its first statement
    const isWanted = output.includes(type) && !output.includes('This statement should not be evaluated');
    if (status !== 0 && isWanted) return undefined;
    return `expected ${type} (${phase}), got: ${output.trim() || 'nothing'}`;
  }
  if (status !== 0) {
    const lines = output.split('\n').filter((line) => line.trim() !== '');
    return (
      lines.find((line) => /^(?:\S+: )?(?:Uncaught )?\w*Error\b/.test(line)) ?? lines.at(-1) ?? 'failed without a word'
    );
  }
  if (job.async && !output.includes('Test262:AsyncTestComplete'))
    return /Test262:AsyncTestFailure:(.*)/.exec(output)?.[1] ?? 'the asynchronous test did not complete';
  return undefined;
}

if (isWarmUp) {
  // beside this file, where isolates look for it
  const snapshot = createStartupSnapshot(process.env.BAILOUT_BUILD_ID ?? '');
  writeFileSync(new URL('./startup-snapshot.bin', import.meta.url), snapshot);
  process.disconnect();
}

process.on('message', (job: Job) => {
  let why: string | undefined;
  try {
    const source = readFileSync(path.join(job.dir, 'test', job.name), 'utf8');
    for (const strict of job.modes) {
      if (why !== undefined) break;
      why = runMode(job, source, strict);
      if (why !== undefined && strict && job.modes.length > 1) why = `(strict) ${why}`;
    }
  } catch (error) {
    why = `engine: ${(error as Error).stack?.split('\n').slice(0, 3).join(' ') ?? String(error)}`;
  }
  process.send!({ why });
});
