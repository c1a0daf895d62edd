// `--trace-opt --trace-osr` output as tier-up parity compares it: what was marked and why, what was compiled, given up and entered by
// OSR, in order. Addresses, times and modes are gone, and so are functions that the program's text does not name: those of the library.

import { existsSync, readFileSync } from 'node:fs';
import { firstDifference } from './parity-listing.ts';
import type { Case } from './parity-report.ts';

export const TIERING_FLAGS = ['--trace-opt', '--trace-osr'] as const;

/** A line of the trace, and how its step is written; group 1 is the function's name. */
const STEPS: readonly (readonly [pattern: RegExp, step: (match: RegExpExecArray) => string])[] = [
  [
    /^\[marking 0x[0-9a-f]+ <JSFunction ?(.*?) ?\(sfi = [^)]*\)> for optimization to (\w+), .*reason: (.*)\]$/,
    ([, name, tier, reason]) => `mark ${name} for ${tier}: ${reason}`,
  ],
  [
    /^\[manually marking 0x[0-9a-f]+ <JSFunction ?(.*?) ?\(sfi = [^)]*\)> for optimization to (\w+),/,
    ([, name, tier]) => `mark ${name} for ${tier}: by hand`,
  ],
  [
    /^\[compiling method 0x[0-9a-f]+ <JSFunction ?(.*?) ?\(sfi = [^)]*\)> \(target \w+\)( OSR)?/,
    ([, name, osr = '']) => `compile ${name}${osr}`,
  ],
  [
    /^\[aborted optimizing 0x[0-9a-f]+ <JSFunction ?(.*?) ?\(sfi = [^)]*\)> because: (.*)\]$/,
    ([, name, reason]) => `give up ${name}: ${reason}`,
  ],
  [
    /^\[OSR - setting osr urgency\. function: (.*), old urgency: (\d+), new urgency: (\d+)\]$/,
    ([, name, before, after]) => `OSR urgency of ${name}: ${before} to ${after}`,
  ],
  [
    /^\[OSR - compilation started\. function: (.*), osr offset: (\d+),/,
    ([, name, offset]) => `OSR of ${name} @ ${offset}: compile`,
  ],
  [
    /^\[OSR - available \(compilation completed or cache hit\)\. function: (.*), osr offset: (\d+),/,
    ([, name, offset]) => `OSR of ${name} @ ${offset}: available`,
  ],
  [/^\[OSR - entry\. function: (.*), osr offset: (\d+)\]$/, ([, name, offset]) => `OSR of ${name} @ ${offset}: enter`],
];

/** The steps of a program's functions, in order; one that repeats itself is counted (`× 3`). */
export function tieringSequence(trace: string, source: string): string[] {
  const names = new Set(source.match(/[\w$]+/g));
  const isOwn = (name: string): boolean =>
    name.split(/[^\w$]+/).every((part) => /^(?:|get|set)$/.test(part) || names.has(part));
  const steps: { readonly text: string; count: number }[] = [];
  for (const line of trace.split('\n'))
    for (const [pattern, step] of STEPS) {
      const match = pattern.exec(line);
      if (match === null || !isOwn(match[1]!)) continue;
      const text = step(match);
      const last = steps.at(-1);
      if (last?.text === text) last.count++;
      else steps.push({ text, count: 1 });
    }
  return steps.map(({ text, count }) => (count === 1 ? text : `${text} × ${count}`));
}

/** What the program itself printed. */
export const withoutTiering = (output: string): string =>
  output.replace(
    /^\[(?:(?:manually )?marking 0x|compiling method|completed compiling|aborted optimizing|OSR - ).*\n/gm,
    '',
  );

/** A program's steps beside those that were recorded. */
export function tieringCase(name: string, source: string, recorded: string, trace: string): Case {
  const expected = existsSync(recorded) ? readFileSync(recorded, 'utf8').replace(/\n$/, '') : '';
  const actual = tieringSequence(trace, source).join('\n');
  return { name, identical: actual === expected, detail: firstDifference(expected, actual) };
}
