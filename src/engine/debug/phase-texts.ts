// What each phase of a bailout has done, in one line; and for a picture, what it will do.

import { type DeoptimizerPhase, phases } from '../../picture/index.ts';
import { type Deoptimization, isObject } from '../deoptimizer/index.ts';
import type { BailoutReport } from './protocol.ts';

/** What each phase has just done, in one line. */
export function phaseText(phase: DeoptimizerPhase, d: Deoptimization, frame: number): string {
  switch (phase) {
    case 'entry':
      return 'DeoptimizationEntry saved the registers and found the code object that holds the exit.';
    case 'lookup':
      return `The exit's address is its bailout id: exit ${d.exitIndex}, bytecode offset ${d.bytecodeOffset}, translation at ${d.translationIndex}.`;
    case 'read input frame':
      return `The translation was read against the registers and the stack: ${d.state?.frames.length ?? 0} frames.`;
    case 'translate frame':
      return `Output frame ${frame + 1} of ${d.state?.frames.length ?? 0} is complete: every slot was written once.`;
    case 'write frames':
      return 'All output frames are complete. The entry code will now replace the optimized frame with them.';
    case 'materialize objects':
      return `The frames stand on the stack. ${madeText(d)}`;
    case 'invalidate and unlink':
      return 'The optimized code is unlinked: the next call starts in the interpreter.';
    default:
      return 'Ignition continues at the rebuilt frame.';
  }
}

const counted = (count: number, what: string): string =>
  `${count === 0 ? 'No' : count} ${what}${count === 1 ? '' : 's'}`;

function madeText({ materialized }: Deoptimization): string {
  const objects = materialized.filter(isObject).length;
  const slots = materialized.filter(({ holder }) => holder === undefined).length;
  return `${counted(objects, 'object')} made; ${counted(slots, 'slot')} filled that waited for an object or a feedback vector.`;
}

/** What stands in a picture's strip: what was done, or what will be. */
export function stepText(
  phase: DeoptimizerPhase,
  frame: number,
  now: DeoptimizerPhase,
  report: BailoutReport,
  d: Deoptimization | undefined,
): string {
  const index = (name: DeoptimizerPhase): number => phases.findIndex((row) => row.phase === name);
  if (phase === 'guard failed')
    return report.kind === 'lazy'
      ? `A call has returned to code that was invalidated meanwhile: exit ${report.exitIndex}.`
      : `The guard of exit ${report.exitIndex} failed: ${report.reason}.`;
  const isDone =
    d !== undefined &&
    (phase === now && phase === 'translate frame' ? frame < d.outputs.length : index(phase) <= index(now));
  return isDone ? phaseText(phase, d, frame) : phases[index(phase)]!.does;
}
