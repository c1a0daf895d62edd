// Roots on the stack: the collector visits every tagged slot of every frame, exactly.
//
// The visitor gets the byte offset of a slot whose low word is tagged; it may rewrite that word. Raw words (argument counts,
// addresses, spilled integers and doubles) are never visited. Arguments belong to the callee's frame.

import { type Address, type Heap, smiValue, type Tagged } from '../heap/index.ts';
import { BytecodeArray, Code, DeoptimizationData, FixedArray } from '../objects/index.ts';
import { visitCallRecord } from './call-record.ts';
import {
  BuiltinExitFrame,
  ContinuationFrame,
  ExitFrame,
  FrameOffset,
  FrameType,
  registerOffset,
  slotOffset,
} from './frame-constants.ts';
import { taggedSlots } from './frame-layouts.ts';
import { findSafepoint } from './safepoint-table.ts';
import type { StackFrameIterator } from './stack-frame-iterator.ts';

/**
 * Visits every root of the call that is being made and of the frames from `iterator` outwards.
 * @param visitCode the code of a frame: nothing on the stack names it
 */
export function visitStackRoots(
  heap: Heap,
  iterator: StackFrameIterator,
  visit: (slot: Address) => void,
  visitCode: (code: Tagged) => void = () => undefined,
): void {
  visitCallRecord(heap, visit);
  for (; !iterator.done; iterator.advance()) {
    const { type, fp } = iterator;
    switch (type) {
      case FrameType.Interpreted:
        visitInterpreted(heap, fp, visit);
        break;
      case FrameType.Turbofan:
        visitCode(iterator.code);
        visitOptimized(heap, iterator, visit);
        break;
      case FrameType.BuiltinExit:
        visitFixedPart(type, fp, visit);
        visitArguments(heap.i32[(fp + BuiltinExitFrame.ArgumentCount) >> 2]!, fp, visit);
        break;
      case FrameType.JavaScriptBuiltinContinuation:
        visitFixedPart(type, fp, visit);
        visitArguments(smiValue(heap.i32[(fp + ContinuationFrame.Registers) >> 2]!), fp, visit);
        break;
      case FrameType.Exit: {
        visitFixedPart(type, fp, visit);
        const base = heap.i32[(fp + ExitFrame.ArgumentsBase) >> 2]!;
        for (let i = heap.i32[(fp + ExitFrame.ArgumentCount) >> 2]! - 1; i >= 0; i--) visit(base - 8 * i);
        break;
      }
      default:
        visitFixedPart(type, fp, visit);
        break;
    }
  }
}

function visitFixedPart(type: FrameType, fp: Address, visit: (slot: Address) => void): void {
  for (const offset of taggedSlots[type]!) visit(fp + offset);
}

function visitArguments(count: number, fp: Address, visit: (slot: Address) => void): void {
  for (let i = 0; i < count; i++) visit(fp + FrameOffset.Receiver + 8 * i);
}

function visitInterpreted(heap: Heap, fp: Address, visit: (slot: Address) => void): void {
  // Before the fixed part, which has the BytecodeArray.
  const array = heap.i32[(fp + FrameOffset.BytecodeArray) >> 2]!;
  const parameters = heap.getI32(array, BytecodeArray.ParameterCount);
  const registers = heap.getI32(array, BytecodeArray.FrameSize) >> 3;
  visitArguments(Math.max(heap.i32[(fp + FrameOffset.ArgumentCount) >> 2]!, parameters), fp, visit);
  visitFixedPart(FrameType.Interpreted, fp, visit);
  for (let i = 0; i < registers; i++) visit(fp + registerOffset(i));
}

function visitOptimized(heap: Heap, frame: StackFrameIterator, visit: (slot: Address) => void): void {
  const { fp, code } = frame;
  const argumentCount = heap.i32[(fp + FrameOffset.ArgumentCount) >> 2]!;
  visitArguments(Math.max(argumentCount, heap.getI32(code, Code.ParameterCount)), fp, visit);
  visitFixedPart(FrameType.Turbofan, fp, visit);
  const at = findSafepoint(heap, heap.get(code, Code.SafepointTable), safepointPc(heap, code, frame.pc));
  if (at < 0)
    throw new Error(
      `no safepoint at pc offset ${frame.pc - heap.getI32(code, Code.InstructionStart)} of an optimized frame`,
    );
  for (let n = heap.i32[at]!; n > 0; n--) visit(fp + slotOffset(heap.i32[at + n]!));
}

/** The pc offset to look up: a return address that was redirected to a lazy exit stands for its call's. */
export function safepointPc(heap: Heap, code: Tagged, pc: Address): number {
  const offset = pc - heap.getI32(code, Code.InstructionStart);
  const exits = heap.getI32(code, Code.DeoptExitStart);
  if (exits === 0 || offset < exits) return offset;
  const index = (offset - exits) >> 2;
  const data = heap.get(code, Code.DeoptimizationData);
  const entry = DeoptimizationData.FirstEntry + DeoptimizationData.EntrySize * index;
  return smiValue(heap.getElement(data, FixedArray.Elements, entry + DeoptimizationData.EntryPc));
}
