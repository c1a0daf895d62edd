// The ways this engine can run a program. What it prints may depend on none of them.

export interface Mode {
  readonly name: string;
  readonly flags: readonly string[];
  /** Each turn of a loop is dear: the program gets few. */
  readonly light?: true;
}

export const modes: readonly Mode[] = [
  { name: 'default', flags: [] },
  { name: 'no-opt', flags: ['--no-opt'] },
  { name: 'deopt', flags: ['--deopt-every-n-times=3'] },
  { name: 'gc', flags: ['--gc-at-every-safepoint'], light: true },
  { name: 'interpret', flags: ['--emulator=interpret'] },
  {
    name: 'early',
    flags: [
      '--invocation-count-for-turbofan=30',
      '--invocation-count-for-osr=10',
      '--minimum-invocations-after-ic-update=2',
      '--no-lazy-feedback-allocation',
    ],
  },
  { name: 'deopt-often', flags: ['--deopt-every-n-times=1', '--invocation-count-for-turbofan=50'] },
  { name: 'deopt-gc', flags: ['--deopt-every-n-times=5', '--gc-at-every-safepoint'], light: true },
  { name: 'no-inlining', flags: ['--no-turbo-inlining', '--invocation-count-for-turbofan=100'] },
  {
    name: 'few-phases',
    flags: [
      '--no-turbo-escape',
      '--no-turbo-load-elimination',
      '--no-turbo-loop-peeling',
      '--invocation-count-for-turbofan=100',
    ],
  },
  {
    name: 'every-exit',
    flags: ['--deopt-at-every-exit', '--invocation-count-for-turbofan=30', '--minimum-invocations-after-ic-update=2'],
    light: true,
  },
  { name: 'always-osr', flags: ['--always-osr', '--invocation-count-for-osr=5'] },
];

/** Two modes for each seed; over the seeds, every pair. */
export function modesFor(seed: number): readonly [Mode, Mode] {
  const first = seed % modes.length;
  const second = (first + 1 + (Math.floor(seed / modes.length) % (modes.length - 1))) % modes.length;
  return [modes[first]!, modes[second]!];
}

/** Whether a seed's program is made with short loops. */
export const isLight = (chosen: readonly Mode[]): boolean => chosen.some(({ light }) => light === true);
