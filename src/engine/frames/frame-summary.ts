// What a JavaScript frame says about itself, by values that stay valid until the next safepoint.

import type { Address, Heap, Tagged } from '../heap/index.ts';
import { JSFunction } from '../objects/index.ts';
import { FrameOffset, FrameType } from './frame-constants.ts';
import type { StackFrameIterator } from './stack-frame-iterator.ts';

export interface FrameSummary {
  readonly fp: Address;
  readonly function: Tagged;
  readonly sharedFunctionInfo: Tagged;
  readonly bytecodeArray: Tagged;
  /** Offset of the bytecode in progress. */
  readonly bytecodeOffset: number;
  readonly context: Tagged;
  readonly receiver: Tagged;
  /** Arguments on the stack, without the receiver. */
  readonly argumentCount: number;
}

/** The summary of the interpreted frame under the cursor. */
export function summarizeInterpretedFrame(heap: Heap, frame: StackFrameIterator): FrameSummary {
  if (frame.type !== FrameType.Interpreted)
    throw new Error(`expected an interpreted frame at ${frame.fp.toString(16)}, found ${FrameType[frame.type]}`);
  const word = (offset: number): number => heap.i32[(frame.fp + offset) >> 2]!;
  const fn = word(FrameOffset.Function);
  return {
    fp: frame.fp,
    function: fn,
    sharedFunctionInfo: heap.get(fn, JSFunction.SharedFunctionInfo),
    bytecodeArray: word(FrameOffset.BytecodeArray),
    bytecodeOffset: frame.bytecodeOffset,
    context: word(FrameOffset.Context),
    receiver: word(FrameOffset.Receiver),
    argumentCount: word(FrameOffset.ArgumentCount) - 1,
  };
}
