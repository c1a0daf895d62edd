// Arguments of host functions. They live on the emulated stack, so they are roots and may be re-read after any call.
//
//   JS builtin: above its builtin exit frame (frames/)               Runtime function (register list or pushes)
//     [fp + 24 + 8i] argument i                                        [base]         argument 0
//     [fp + 16]      receiver                                          [base - 8]     argument 1
//                                                                      [base - 8 i]   argument i
//
// Invariant: an instance is valid until its host function returns; nested calls use another instance (a pool by depth).

import { BuiltinExitFrame, FrameOffset } from '../frames/index.ts';
import type { Address, Heap, Tagged } from '../heap/index.ts';
import { StaticRoot } from '../objects/index.ts';

/** What a JS builtin sees of its call. */
export class Arguments {
  /** Offset of the frame pointer in linear memory. */
  fp: Address = 0;
  private readonly i32: Int32Array;

  constructor(heap: Heap) {
    this.i32 = heap.i32;
  }

  /** Number of actual arguments, without the receiver. */
  get length(): number {
    return this.i32[(this.fp + BuiltinExitFrame.ArgumentCount) >> 2]! - 1;
  }

  get receiver(): Tagged {
    return this.i32[(this.fp + FrameOffset.Receiver) >> 2]!;
  }

  set receiver(value: Tagged) {
    this.i32[(this.fp + FrameOffset.Receiver) >> 2] = value;
  }

  get target(): Tagged {
    return this.i32[(this.fp + BuiltinExitFrame.Target) >> 2]!;
  }

  /** undefined for a [[Call]]. */
  get newTarget(): Tagged {
    return this.i32[(this.fp + BuiltinExitFrame.NewTarget) >> 2]!;
  }

  /** Argument i, undefined beyond the actual ones. */
  at(i: number): Tagged {
    return i < this.i32[(this.fp + BuiltinExitFrame.ArgumentCount) >> 2]! - 1
      ? this.i32[(this.fp + FrameOffset.FirstArgument + 8 * i) >> 2]!
      : StaticRoot.Undefined;
  }

  /** Overwrites an actual argument: a GC-safe place for a converted value. */
  put(i: number, value: Tagged): void {
    this.i32[(this.fp + FrameOffset.FirstArgument + 8 * i) >> 2] = value;
  }

  /** The actual arguments from `start` on, as raw words (do not keep across a call). */
  slice(start: number): Tagged[] {
    const words: Tagged[] = [];
    const n = this.length;
    for (let i = start; i < n; i++) words.push(this.at(i));
    return words;
  }
}

/** What a runtime function sees of its call. */
export class RuntimeArguments {
  /** Offset of argument 0's slot. */
  base = 0;
  length = 0;
  private readonly i32: Int32Array;

  constructor(heap: Heap) {
    this.i32 = heap.i32;
  }

  at(i: number): Tagged {
    return this.i32[(this.base - 8 * i) >> 2]!;
  }

  put(i: number, value: Tagged): void {
    this.i32[(this.base - 8 * i) >> 2] = value;
  }
}
