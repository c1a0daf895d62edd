// npm run bench: what this engine costs, side by side with a peer in the same run.
//
//   kernels      whole programs of about a second each in the peer, start to end: interpreter only, with tier-up, and Node's
//                interpreter (node --jitless);
//                interleaved, medians of `--runs` (3), ratios and their geometric mean
//   emulator     x64 instructions retired per second in the kernels' optimized code
//   allocation   host heap bytes over 10 million bytecodes, and over 10 million instructions
//   bailout      host microseconds from the exit to the resumed bytecode: warm, by number of values; and those of the examples, each in
//                a process of its own
//
// Figures depend on the machine and on what else runs on it; only ratios of one run mean something.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { layoutLiterals } from '../scripts/layout-literals.ts';
import { readOptions } from '../scripts/options.ts';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const cli = path.join(root, 'dist/cli.js');
const { runs = 3, kernel: only = '' } = readOptions('npm run bench -- [--runs N] [--kernel NAME]', {
  runs: 'number',
  kernel: 'text',
});

const environment = { ...process.env };
// They alone add tens of milliseconds to every start of a process.
delete environment.NODE_EXTRA_CA_CERTS;
delete environment.NODE_OPTIONS;

/** Milliseconds from start to end of a process, and what it printed. */
function time(args: readonly string[]): { ms: number; out: string } {
  const start = process.hrtime.bigint();
  const result = spawnSync(process.execPath, args, { env: environment, encoding: 'utf8', maxBuffer: 1 << 26 });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (result.status !== 0) throw new Error(`${args.join(' ')} failed with ${result.status}:\n${result.stderr}`);
  return { ms, out: result.stdout };
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const geometricMean = (values: number[]): number =>
  Math.exp(values.reduce((a, v) => a + Math.log(v), 0) / values.length);
const cell = (text: string | number, width = 11): string =>
  (typeof text === 'number' ? text.toFixed(text < 10 ? 2 : 0) : text).padStart(width);

const kernels = readdirSync(path.join(root, 'bench/kernels'))
  .filter((f) => f.endsWith('.js') && f.includes(only))
  .map((f) => path.join(root, 'bench/kernels', f));

console.log('Kernels: milliseconds, start to end');
console.log(
  `${'kernel'.padEnd(14)}${['no-opt', 'tier-up', 'jitless', 'no-opt/jl', 'tier-up/no-opt'].map((t) => cell(t, 15)).join('')}`,
);
const ratios: number[] = [];
const gains: number[] = [];
for (const file of kernels) {
  const samples: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < runs; i++) {
    const interpreted = time([cli, 'run', '--no-opt', file]);
    const tiered = time([cli, 'run', file]);
    const peer = time(['--jitless', file]);
    if (interpreted.out !== peer.out || tiered.out !== peer.out)
      throw new Error(`${file} printed something else than Node`);
    samples[0].push(interpreted.ms);
    samples[1].push(tiered.ms);
    samples[2].push(peer.ms);
  }
  const [interpreted, tiered, peer] = samples.map(median) as [number, number, number];
  ratios.push(interpreted / peer);
  gains.push(tiered / interpreted);
  const row = [interpreted, tiered, peer, interpreted / peer, tiered / interpreted].map((v) => cell(v, 15)).join('');
  console.log(`${path.basename(file, '.js').padEnd(14)}${row}`);
}
console.log(
  `${'geometric mean'.padEnd(14)}${cell('', 45)}${cell(geometricMean(ratios), 15)}${cell(geometricMean(gains), 15)}`,
);

const folder = path.join(root, '.cache/bench');
mkdirSync(folder, { recursive: true });
await build({
  entryPoints: ['engine', 'bailouts'].map((name) => path.join(root, 'bench', `${name}.ts`)),
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  minifySyntax: true,
  logLevel: 'error',
  plugins: [layoutLiterals],
});
spawnSync(process.execPath, ['--expose-gc', path.join(folder, 'engine.mjs'), ...kernels], {
  env: environment,
  stdio: 'inherit',
});

// A process for each example and run; of the runs, the median for each bailout.
const firsts: number[] = [];
const others: number[] = [];
for (const name of readdirSync(path.join(root, 'examples')).filter((file) => file.endsWith('.js'))) {
  const args = [
    path.join(folder, 'bailouts.mjs'),
    path.join(root, 'dist/engine.cjs'),
    path.join(root, 'examples', name),
  ];
  const measured = Array.from({ length: runs }, () => JSON.parse(time(args).out) as number[]);
  const [first, ...rest] = measured[0]!.map((_, i) => median(measured.map((times) => times[i]!)));
  if (first === undefined) continue;
  firsts.push(first);
  others.push(...rest);
}
const quantile = (values: number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]!;
const row = (what: string, values: number[]): string =>
  `${what.padEnd(24)}${String(values.length).padStart(4)}${[0.5, 0.95].map((share) => cell(quantile(values, share))).join('')}`;
console.log('\nBailouts of the examples: host microseconds, median and 95th percentile');
console.log(row('first of a process', firsts));
console.log(row('later ones', others));
