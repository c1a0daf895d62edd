// Which seeds were run and found clean, so that runs add up and an interrupted run goes on where it was.
//
//   .cache/fuzz/covered.json   { "<generator>": { "<engine>": [[first, end], …] } }
//
// A seed means a program only for one generator, and clean only for one engine: both are hashes of what was run.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Half-open ranges of seeds, ascending, apart. */
export type Ranges = [first: number, end: number][];

export function addSeed(ranges: Ranges, seed: number): void {
  const at = ranges.findIndex(([, end]) => end >= seed);
  const range = ranges[at];
  if (range === undefined || range[0] > seed + 1) {
    ranges.splice(at < 0 ? ranges.length : at, 0, [seed, seed + 1]);
    return;
  }
  range[0] = Math.min(range[0], seed);
  range[1] = Math.max(range[1], seed + 1);
  const next = ranges[at + 1];
  if (next !== undefined && next[0] <= range[1]) {
    range[1] = next[1];
    ranges.splice(at + 1, 1);
  }
}

export const holdsSeed = (ranges: Ranges, seed: number): boolean =>
  ranges.some(([first, end]) => first <= seed && seed < end);
export const countSeeds = (ranges: Ranges): number => ranges.reduce((sum, [first, end]) => sum + end - first, 0);

const hashOf = (files: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
};

/** Hash of what makes a program of a seed. */
export const generatorHash = (folder: string): string =>
  hashOf(
    readdirSync(folder)
      .filter((name) => /^(random|values|generator|expressions|statements|program|builtin-calls|modes)\.ts$/.test(name))
      .sort()
      .map((name) => path.join(folder, name)),
  );

export const engineHash = (dist: string): string => hashOf([path.join(dist, 'engine.cjs')]);

export class Covered {
  private readonly file: string;
  private readonly table: Record<string, Record<string, Ranges>>;
  readonly mine: Ranges;
  private readonly generator: string;

  constructor(folder: string, generator: string, engine: string) {
    this.file = path.join(folder, 'covered.json');
    this.generator = generator;
    this.table = {};
    try {
      this.table = JSON.parse(readFileSync(this.file, 'utf8'));
    } catch {
      // nothing covered yet
    }
    const engines = this.table[generator] ?? {};
    const mine = engines[engine] ?? [];
    engines[engine] = mine;
    this.table[generator] = engines;
    this.mine = mine;
  }

  /** Seeds that some engine ran. */
  get withAnyEngine(): number {
    const all: Ranges = [];
    for (const ranges of Object.values(this.table[this.generator]!))
      for (const [first, end] of ranges) for (let seed = first; seed < end; seed++) addSeed(all, seed);
    return countSeeds(all);
  }

  /** After all that any engine ran. */
  get nextSeed(): number {
    return Math.max(0, ...Object.values(this.table[this.generator]!).flatMap((ranges) => ranges.map(([, end]) => end)));
  }

  save(): void {
    mkdirSync(path.dirname(this.file), { recursive: true });
    writeFileSync(`${this.file}.${process.pid}`, JSON.stringify(this.table));
    renameSync(`${this.file}.${process.pid}`, this.file);
  }
}
