// What V8's flags ask of the optimizing compiler.

import type { Flags } from '../base/index.ts';
import { type CompileOptions, defaultInliningOptions, type OptionalPhase, optionalPhases } from '../turbofan/index.ts';

export type CompilerChoices = Pick<
  CompileOptions,
  'inlining' | 'without' | 'keepsDeadValues' | 'verify' | 'verifyAllocation'
>;

/** @param trace takes the lines of --trace-turbo-inlining */
export const compilerChoices = (flags: Flags | undefined, trace?: (line: string) => void): CompilerChoices => {
  if (flags === undefined) return {};
  const without = new Set<OptionalPhase>();
  for (const [flag, phase] of Object.entries(optionalPhases)) if (!flags.bool(flag)) without.add(phase);
  return {
    without,
    inlining: {
      ...defaultInliningOptions,
      enabled: flags.bool('turbo-inlining'),
      maxBytecodeSize: flags.number('max-inlined-bytecode-size'),
      maxCumulative: flags.number('max-inlined-bytecode-size-cumulative'),
      maxAbsolute: flags.number('max-inlined-bytecode-size-absolute'),
      reserveScaleFactor: flags.number('reserve-inline-budget-scale-factor'),
      smallSize: flags.number('max-inlined-bytecode-size-small'),
      minFrequency: flags.number('min-inlining-frequency'),
      trace: flags.bool('trace-turbo-inlining') ? trace : undefined,
    },
    keepsDeadValues: !flags.bool('analyze-environment-liveness'),
    verify: flags.bool('turbo-verify'),
    verifyAllocation: flags.bool('turbo-verify-allocation'),
  };
};
