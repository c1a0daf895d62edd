// Every exit of a program's optimized code, taken once (--deopt-at-every-exit): what the program prints must not depend on it.
//
// One run takes as many as its code is made anew for; so a program runs until a run takes none that was not taken before. Early
// tier-up makes much code of short programs.

import { Program } from '../../test/engine/program.ts';

/** So that short programs are optimized again and again. */
export const earlyFlags: readonly string[] = [
  '--invocation-count-for-turbofan=30',
  '--invocation-count-for-osr=10',
  '--minimum-invocations-after-ic-update=2',
  '--no-lazy-feedback-allocation',
];

/** Runs of one program; more would be more of the same. */
const maxRuns = 40;

export interface ForcedRuns {
  readonly runs: number;
  readonly exits: number;
  /** What went wrong, with the exits of that run. */
  readonly difference: string | undefined;
}

/** Output of a run, or how it ended. */
function outputOf(program: Program): string {
  try {
    return program.run();
  } catch (error) {
    return `${program.host.stdout}\n${program.host.stderr}\n${(error as Error).stack}`;
  }
}

/** @param flags how the program runs besides */
export function forceExits(source: string, flags: readonly string[] = earlyFlags): ForcedRuns {
  const expected = outputOf(new Program(source, ['--no-opt']));
  const taken = new Set<string>();
  for (let runs = 1; runs <= maxRuns; runs++) {
    const program = new Program(source, ['--deopt-at-every-exit', ...flags]);
    const forced = program.machine.forcedExits!;
    for (const exit of taken) forced.taken.add(exit);
    const output = outputOf(program);
    const fresh = [...forced.taken].filter((exit) => !taken.has(exit));
    for (const exit of fresh) taken.add(exit);
    if (output !== expected)
      return {
        runs,
        exits: taken.size,
        difference: `expected\n${expected}\nfound\n${output}\nexits\n${fresh.join('\n')}`,
      };
    if (fresh.length === 0) return { runs, exits: taken.size, difference: undefined };
  }
  return { runs: maxRuns, exits: taken.size, difference: undefined };
}
