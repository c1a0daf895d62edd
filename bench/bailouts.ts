// One program's bailouts measured in the shipped engine, for bench/run.ts: host microseconds from the exit's host call to the resumed
// bytecode, in order, as JSON. A process of its own for each program: the first bailout of a process is the one a person waits for.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { installCodeCache } from '../src/cli/code-cache.ts';

const engineFile = path.resolve(process.argv[2]!);
const program = path.resolve(process.argv[3]!);
installCodeCache();
const { isolateFor, nodeHost, parseFlags } = createRequire(engineFile)(
  engineFile,
) as typeof import('../src/engine/index.ts');

const host = { ...nodeHost(), write: () => {} };
const isolate = isolateFor(parseFlags(['--allow-natives-syntax', ...process.argv.slice(4)], {}).flags, host);
const { deoptimizer } = isolate.machine!.deoptimization;
const dispatcher = isolate.dispatcher as unknown as { runBuiltin(id: number): void };

const times: number[] = [];
let start = -1;
let ended = false;
const begin = deoptimizer.newDeoptimizer.bind(deoptimizer);
const end = deoptimizer.notifyDeoptimized.bind(deoptimizer);
const runBuiltin = dispatcher.runBuiltin.bind(dispatcher);
deoptimizer.newDeoptimizer = (...args) => {
  start = performance.now();
  return begin(...args);
};
deoptimizer.notifyDeoptimized = () => {
  end();
  ended = true;
};
dispatcher.runBuiltin = (id) => {
  if (ended) {
    times.push((performance.now() - start) * 1000);
    ended = false;
  }
  runBuiltin(id);
};
isolate.runScript(readFileSync(program, 'utf8'), program);
process.stdout.write(`${JSON.stringify(times)}\n`);
