// The engine measured from inside, for bench/run.ts: emulator speed on the kernels' optimized code, host allocation of the
// hot loops, host time of a bailout. Bundled and run by bench/run.ts with the kernels' paths as arguments.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseFlags } from '../src/engine/base/index.ts';
import { IsolateData, Region } from '../src/engine/heap/index.ts';
import { type Isolate, type Machine, nodeHost } from '../src/engine/isolate/index.ts';
import { isolateFor } from '../src/engine/shell/index.ts';

function engine(flags: readonly string[]): { isolate: Isolate; machine: Machine } {
  const host = { ...nodeHost(), write: () => {} };
  const isolate = isolateFor(parseFlags(['--allow-natives-syntax', ...flags], {}).flags, host);
  return { isolate, machine: isolate.machine! };
}

const run = (isolate: Isolate, source: string): void => void isolate.runScript(source, 'bench.js');
const heapUsed = (): number => process.memoryUsage().heapUsed;
const collectHost = (): void => (globalThis as { gc?: () => void }).gc?.();

// --- emulator -------------------------------------------------------------------------------------------------------------

console.log('\nEmulator: x64 instructions retired in the kernels, million per second of time spent in machine code');
for (const file of process.argv.slice(2)) {
  const { isolate, machine } = engine(['--emulator=interpret']);
  const { emulator } = machine;
  let ms = 0;
  const original = emulator.run.bind(emulator);
  emulator.run = (budget: number, resume?: boolean) => {
    const start = performance.now();
    const reason = original(budget, resume);
    ms += performance.now() - start;
    return reason;
  };
  const before = machine.cpu.retired;
  run(isolate, readFileSync(file, 'utf8').replaceAll('console.log', 'globalThis.checksum = '));
  const retired = Number(BigInt(machine.cpu.retired) - BigInt(before));
  const name = path.basename(file, '.js').padEnd(14);
  console.log(
    `${name}${(retired / 1e6).toFixed(1).padStart(10)} M instructions${(retired / 1e3 / ms).toFixed(0).padStart(8)} M/s`,
  );
}

// --- host allocation --------------------------------------------------------------------------------------------------------

const loop = 'function f(n, o) { let s = 0; for (let i = 0; i < n; i++) s = (s + o.k + i) & 0xffff; return s; }';
// Ten times the steps must not cost more: what is left is the compilation of the call that starts them.
for (const [what, flags] of [
  ['bytecodes', ['--no-opt']],
  ['instructions', ['--emulator=interpret']],
] as const) {
  const { isolate, machine } = engine(flags);
  const steps = (): number => (what === 'instructions' ? Number(machine.cpu.retired) : bytecodes(isolate));
  run(isolate, `${loop} f(100000, { k: 1 }); f(100000, { k: 1 });`);
  console.log(`\nHost allocation over ${what}`);
  for (const rounds of [90_000, 900_000]) {
    collectHost();
    const used = heapUsed();
    const before = steps();
    run(isolate, `f(${rounds}, { k: 1 });`);
    const bytes = heapUsed() - used;
    console.log(`${((steps() - before) / 1e6).toFixed(1).padStart(8)} million ${String(bytes).padStart(10)} bytes`);
  }
}

function bytecodes(isolate: Isolate): number {
  const at = (Region.IsolateData + IsolateData.BytecodeCountLo) >> 2;
  return isolate.heap.u32[at]! + isolate.heap.u32[at + 1]! * 2 ** 32;
}

// --- bailouts ------------------------------------------------------------------------------------------------------------------

/** A function whose frame has `n` live registers when its guard fails. */
const bailing = (n: number): string => {
  const names = Array.from({ length: n }, (_, i) => `v${i}`);
  return `(function () {
    function f(o, x) { ${names.map((v, i) => `let ${v} = x + ${i};`).join(' ')} const y = o.p; return y + ${names.join(' + ')}; }
    %PrepareFunctionForOptimization(f);
    const a = { p: 1 };
    for (let round = 0; round < 300; round++) {
      f(a, 1); f(a, 2);
      %OptimizeFunctionOnNextCall(f);
      f(a, 3);
      f({ q: 1, p: 2, ['r' + round]: 3 }, 4);
      %ClearFunctionFeedback(f);
    }
  })();`;
};

console.log('\nBailouts: host microseconds, median, from the exit to the resumed bytecode');
for (const values of [2, 10, 40, 200]) {
  const { isolate, machine } = engine([]);
  const { deoptimizer } = machine.deoptimization;
  const times: number[] = [];
  let start = 0;
  const begin = deoptimizer.newDeoptimizer.bind(deoptimizer);
  const end = deoptimizer.notifyDeoptimized.bind(deoptimizer);
  deoptimizer.newDeoptimizer = (...args) => {
    start = performance.now();
    return begin(...args);
  };
  deoptimizer.notifyDeoptimized = () => {
    end();
    times.push((performance.now() - start) * 1000);
  };
  run(isolate, bailing(values));
  times.sort((a, b) => a - b);
  const median = times[times.length >> 1];
  console.log(
    `${String(values).padStart(4)} values${(median ?? Number.NaN).toFixed(1).padStart(10)} µs  (${times.length} bailouts)`,
  );
}
