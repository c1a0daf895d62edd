// What the bailout corpus is made of, in strata, as parity prints it: how many programs have a reason, a kind of frame, a way of
// translating a value, a broken dependency, OSR in and out, calls inlined how deep, generators. Read from what was recorded of the
// reference; ways of translating values, which the records leave out, from the trace of this engine.

import { parseRecordedBailouts } from './parity-trace.ts';

/** One program of the corpus. */
export interface CorpusProgram {
  readonly source: string;
  /** As `.expected`, `.invalidations` and `.tiering` record it. */
  readonly expected: string;
  readonly invalidations: string;
  readonly tiering: string;
  /** This engine's `--trace-deopt-verbose`. */
  readonly trace: string;
}

/** How often each stratum occurs, by its name. */
export type Strata = Map<string, Map<string, number>>;

const frameKind = (block: string): string =>
  /^ {2}translating ((?:\w+ )*?(?:frame|stub)|BuiltinContinuation|JavaScriptBuiltinContinuation\w*)/.exec(block)?.[1] ??
  '?';

const inlinedLevels = (key: string): string => {
  const functions = key
    .split(' | ')
    .at(-1)!
    .split(' > ')
    .filter((frame) => !frame.endsWith('@ -'));
  return String(functions.length - 1);
};

/** How a value stood in the frame that is left. */
const VALUES: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['captured object', /^ +(?:\d+: )?captured object #/m],
  ['duplicated object', /^ +(?:\d+: )?duplicated object #/m],
  ['arguments elements', /arguments elements object/],
  ['literal', /; \(literal/],
  ['int32', /\(int32\)/],
  ['int64', /\(int64|\(signed bigint64|\(unsigned bigint64/],
  ['uint32', /\(uint32\)/],
  ['double', /\(double\)/],
  ['boolean', /\(bool\)/],
  ['optimized out', /\(optimized out\)/],
  ['stack slot', /; {2}\[fp /],
  ['register', /; r[a-z0-9]+ /],
];

const isGenerator = (source: string): boolean => /\bfunction ?\*|\*\s*[\w[#]+.*\)\s*\{|\byield\b/.test(source);

function strataOf(program: CorpusProgram): [stratum: string, name: string][] {
  const { source, expected, invalidations, tiering, trace } = program;
  const bailouts = parseRecordedBailouts(expected);
  const osr = /^OSR of .*: enter/m.test(tiering);
  return [
    ...bailouts.map(({ key }): [string, string] => ['reasons', key.split(' | ')[2]!]),
    ...bailouts.map(({ key }): [string, string] => ['kinds', key.split(' | ')[1]!]),
    ...bailouts.map(({ key }): [string, string] => ['levels of inlining', inlinedLevels(key)]),
    ...bailouts.flatMap(({ frames }) => frames.map((block): [string, string] => ['frames', frameKind(block)])),
    ...VALUES.filter(([, pattern]) => pattern.test(trace)).map(([name]): [string, string] => ['values', name]),
    ...invalidations
      .split('\n')
      .filter((line) => line !== '')
      .map((line): [string, string] => ['dependencies', line.split(' | ')[2]!]),
    ...(osr ? [['OSR', bailouts.length > 0 ? 'in and out' : 'in'] as [string, string]] : []),
    ...(isGenerator(source) ? [['functions', 'generators'] as [string, string]] : []),
    ...(/\basync\b/.test(source) ? [['functions', 'async'] as [string, string]] : []),
    ...(/\bclass\b/.test(source) ? [['functions', 'classes'] as [string, string]] : []),
  ];
}

/** Programs, each counted once a stratum. */
export function countStrata(programs: readonly CorpusProgram[]): Strata {
  const strata: Strata = new Map();
  for (const program of programs) {
    const seen = new Set<string>();
    for (const [stratum, name] of strataOf(program)) {
      if (seen.has(`${stratum} ${name}`)) continue;
      seen.add(`${stratum} ${name}`);
      const names = strata.get(stratum) ?? new Map<string, number>();
      strata.set(stratum, names.set(name, (names.get(name) ?? 0) + 1));
    }
  }
  return strata;
}

export function formatStrata(strata: Strata, programs: number): string {
  const lines = [`corpus           ${programs} programs, by`];
  for (const [stratum, names] of [...strata].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const counts = [...names].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    lines.push(`  ${stratum} (${counts.length}): ${counts.map(([name, n]) => `${name} ${n}`).join(', ')}`);
  }
  return lines.join('\n');
}
