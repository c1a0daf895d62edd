// FrameWriter (V8: class FrameWriter in deoptimizer.cc): writes one output frame from the caller's side down.
//
// Invariant: `topOffset` starts at the frame's size, falls by 8 with every push, and is 0 when the frame is complete:
// every slot was written exactly once. Each push takes the planned slot, so writing is tracing, and an observer sees it.

import { type Address, cageHi, type Heap, isSmi, smiValue, type Tagged } from '../heap/index.ts';
import { brief, StaticRoot } from '../objects/index.ts';
import type { FrameDescription } from './frame-description.ts';
import type { WaitingSlot } from './materialization-plan.ts';
import type { OutputSlot } from './output-layout.ts';
import type { TranslatedState, TranslatedValue } from './translated-state.ts';

/** One written slot, for traces and the debugger. */
export interface WrittenSlot {
  /** Index of the output frame, outermost first. */
  readonly frame: number;
  /** Address on the stack where the slot will stand. */
  readonly address: Address;
  /** Bytes from the frame's top. */
  readonly offset: number;
  readonly lo: number;
  readonly hi: number;
  readonly isTagged: boolean;
  /** V8's name of the slot, such as "stack parameter (input #3)". */
  readonly name: string;
  /** The input it came from; undefined for what the Deoptimizer made itself. */
  readonly source: TranslatedValue | undefined;
}

export const hex12 = (lo: number, hi: number): string =>
  `0x${((hi >>> 0).toString(16) + (lo >>> 0).toString(16).padStart(8, '0')).padStart(12, '0')}`;

export class FrameWriter {
  topOffset: number;
  private readonly heap: Heap;
  private readonly state: TranslatedState;
  private readonly frame: FrameDescription;
  private readonly frameIndex: number;
  private readonly trace: ((text: string) => void) | undefined;
  private readonly observe: ((slot: WrittenSlot) => void) | undefined;
  private readonly waiting: WaitingSlot[];

  constructor(
    heap: Heap,
    state: TranslatedState,
    frame: FrameDescription,
    frameIndex: number,
    waiting: WaitingSlot[],
    trace: ((text: string) => void) | undefined,
    observe: ((slot: WrittenSlot) => void) | undefined,
  ) {
    this.heap = heap;
    this.state = state;
    this.frame = frame;
    this.frameIndex = frameIndex;
    this.waiting = waiting;
    this.trace = trace;
    this.observe = observe;
    this.topOffset = frame.frameSize;
  }

  /** A number that is no tagged value, such as the argument count. */
  pushRawValue(value: number, slot: OutputSlot): void {
    this.write(value, value < 0 ? -1 : 0, false, slot, undefined);
  }

  /** A code or stack address; or a word that is taken as it is, and that nobody has looked at (a lazy bailout's result). */
  pushRawWord(word: Tagged | Address, slot: OutputSlot): void {
    this.write(word, cageHi, false, slot, undefined);
  }

  /** A tagged value that the Deoptimizer knows. */
  pushRawObject(word: Tagged, slot: OutputSlot): void {
    this.write(word, cageHi, true, slot, undefined);
  }

  /** A translated value; one that needs an allocation is written as the arguments marker and queued. */
  pushTranslatedValue(value: TranslatedValue, slot: OutputSlot): void {
    let word: Tagged = StaticRoot.ArgumentsMarker;
    if (this.state.fitsWord(value)) word = this.state.valueOf(value);
    else this.queue(value, false);
    this.write(word, cageHi, true, slot, value);
  }

  /** The feedback vector: the marker now, the closure's vector once objects are materialized. */
  pushFeedbackVectorForMaterialization(closure: TranslatedValue, slot: OutputSlot): void {
    this.queue(closure, true);
    this.write(StaticRoot.ArgumentsMarker, cageHi, true, slot, undefined);
  }

  /** The line between parameters and the fixed part, as the reference traces it. */
  separator(): void {
    this.trace?.('    -------------------------\n');
  }

  /** Asserts the invariant. */
  finish(): void {
    if (this.topOffset !== 0)
      throw new Error(`output frame ${this.frameIndex}: ${this.topOffset} bytes were not written`);
  }

  private queue(value: TranslatedValue, isFeedbackVector: boolean): void {
    const offset = this.topOffset - 8;
    this.waiting.push({ frame: this.frameIndex, offset, address: this.frame.top + offset, value, isFeedbackVector });
  }

  private write(
    lo: number,
    hi: number,
    isTagged: boolean,
    slot: OutputSlot,
    source: TranslatedValue | undefined,
  ): void {
    this.topOffset -= 8;
    if (this.topOffset < 0)
      throw new Error(`output frame ${this.frameIndex}: more slots than its size of ${this.frame.frameSize} bytes`);
    this.frame.setSlot(this.topOffset, lo, hi);
    if (this.trace === undefined && this.observe === undefined) return;
    const address = this.frame.top + this.topOffset;
    const note = slot.content === 'value' && slot.note !== undefined ? ` ${slot.note}` : '';
    if (this.trace !== undefined) {
      const shown = isTagged ? ` ${bare(this.heap, lo)}` : '';
      const end = slot.content === 'feedback vector' ? '' : note === '' ? '\n' : `\n${note}\n`;
      this.trace(
        `    ${hex12(address, cageHi)}: [top + ${String(this.topOffset).padStart(3)}] <- ${hex12(lo, hi)}${shown} ;  ${slot.name}${end}`,
      );
    }
    this.observe?.({
      frame: this.frameIndex,
      address,
      offset: this.topOffset,
      lo,
      hi,
      isTagged,
      name: slot.name + note,
      source,
    });
  }
}

/** The bracketed part of a value's short form: the trace has printed the address already. */
export function bare(heap: Heap, word: Tagged): string {
  if (isSmi(word)) return `<Smi ${smiValue(word)}>`;
  const text = brief(heap, word);
  const bracket = text.indexOf('<');
  return bracket < 0 ? text : text.slice(bracket);
}
