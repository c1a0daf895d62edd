// StackFrameIterator: every walk over the emulated stack (collector, exceptions, Deoptimizer, debugger) goes through here.
//
// A walk starts at a frame pointer with the pc inside that frame (0 where host code runs in it) and follows the fp links.
// A frame whose [fp - 8] is a Smi is typed by it; else it is a JavaScript frame: optimized if the pc is in code space,
// interpreted otherwise. The iterator is its own cursor: it allocates nothing per frame.

import { type Address, type Heap, Region, smiValue, type Tagged } from '../heap/index.ts';
import { BytecodeArray, Code, CodeKind } from '../objects/index.ts';
import { findCode } from './code-lookup.ts';
import { FrameOffset, FrameType } from './frame-constants.ts';

/** What is known of the frame under the cursor. */
export interface StackFrame {
  readonly fp: Address;
  /** Offset of the instruction the frame continues at; 0 for frames of host code. */
  readonly pc: Address;
  /** Where that pc is stored (the callee's return address slot); 0 for the innermost frame. */
  readonly pcAddress: Address;
  readonly type: FrameType;
  /** The optimized frame's Code; 0 for others. */
  readonly code: Tagged;
}

export class StackFrameIterator implements StackFrame {
  fp: Address;
  pc: Address;
  pcAddress: Address = 0;
  type: FrameType = FrameType.Interpreted;
  code: Tagged = 0;
  private readonly heap: Heap;

  /** @param fp frame pointer (offset); 0 = no frames @param pc the pc in that frame, 0 where host code runs */
  constructor(heap: Heap, fp: Address, pc: Address) {
    this.heap = heap;
    this.fp = fp;
    this.pc = pc;
    if (fp !== 0) this.classify();
  }

  get done(): boolean {
    return this.fp === 0;
  }

  /** Moves to the caller. */
  advance(): void {
    const { heap, fp } = this;
    const isEntry = this.type === FrameType.Entry || this.type === FrameType.ConstructEntry;
    this.pcAddress = isEntry ? 0 : fp + FrameOffset.ReturnPc;
    this.pc = isEntry ? 0 : heap.i32[(fp + FrameOffset.ReturnPc) >> 2]!;
    this.fp = heap.i32[(fp + FrameOffset.CallerFp) >> 2]!;
    if (this.fp !== 0) this.classify();
  }

  /** Snapshots of every frame from here on. */
  *[Symbol.iterator](): Generator<StackFrame> {
    for (; !this.done; this.advance()) {
      yield { fp: this.fp, pc: this.pc, pcAddress: this.pcAddress, type: this.type, code: this.code };
    }
  }

  get isJavaScript(): boolean {
    return this.type === FrameType.Interpreted || this.type === FrameType.Turbofan;
  }

  /** The JSFunction of a JavaScript or builtin exit frame. */
  get function(): Tagged {
    return this.heap.i32[(this.fp + FrameOffset.Function) >> 2]!;
  }

  get bytecodeArray(): Tagged {
    return this.heap.i32[(this.fp + FrameOffset.BytecodeArray) >> 2]!;
  }

  /** Bytecode offset of an interpreted frame: the bytecode in progress (a call, for callers). */
  get bytecodeOffset(): number {
    return smiValue(this.heap.i32[(this.fp + FrameOffset.BytecodeOffset) >> 2]!) - (BytecodeArray.Bytes - 1);
  }

  private classify(): void {
    const { heap } = this;
    const marker = heap.i32[(this.fp + FrameOffset.Marker) >> 2]!;
    this.code = 0;
    if ((marker & 1) === 0) {
      this.type = (marker >> 1) as FrameType;
      return;
    }
    this.type = FrameType.Interpreted;
    const code = this.pc < Region.BuiltinCodeEnd ? 0 : findCode(heap, this.pc);
    if (code !== 0 && (heap.getI32(code, Code.Flags) & 0xf) === CodeKind.Turbofan) {
      this.type = FrameType.Turbofan;
      this.code = code;
    }
  }
}
