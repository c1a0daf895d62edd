// A bailout at one moment, and what the ends of its curves are called by: the same at every moment.

import type { DeoptimizerPhase } from '../../picture/index.ts';
import type { Deoptimization, FrameInput, Materialized, TranslatedState, WrittenSlot } from '../deoptimizer/index.ts';
import type { CodeView } from '../isolate/index.ts';
import type { BailoutReport } from './protocol.ts';

/** A bailout at one moment. */
export interface BailoutMoment {
  readonly report: BailoutReport;
  readonly view: CodeView;
  readonly state: TranslatedState;
  /** Where registers and stack of the optimized frame can be read. */
  readonly input: FrameInput;
  /** Lowest address of the optimized frame. */
  readonly sp: number;
  readonly phase: DeoptimizerPhase;
  /** Undefined at a guard. */
  readonly deoptimization: Deoptimization | undefined;
  /** The slot that was written last, if that is where the Deoptimizer is. */
  readonly slot: WrittenSlot | undefined;
  /** What was materialized last, if that is where it is. */
  readonly made: Materialized | undefined;
  /** What each phase has done. */
  readonly phaseText: (phase: DeoptimizerPhase, frame: number) => string;
}

/** What curves, chips and places are called by. */
export const frameId = (frame: number): string => `f${frame}`;
export const chipId = (frame: number, value: number): string => `f${frame}.v${value}`;
export const objectId = (object: number): string => `o${object}`;
export const slotId = (frame: number, offset: number): string => `s${frame}.${offset}`;
