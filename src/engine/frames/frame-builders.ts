// Whoever needs a frame on the emulated stack asks here; machine code pushes its own (its prologue), generated code of the
// interpreter writes the same slots by frame-layouts.ts, and the Deoptimizer writes along that table too.
//
//   pushEntryFrame         host code calls JavaScript             the Dispatcher's nested run
//   pushBuiltinExitFrame   anybody calls a host builtin           arguments and return address are pushed
//   pushExitFrame          machine code calls a runtime function  the same; a call that waits is kept so, too
//   pushConstructFrame     anybody constructs                     above the constructor's arguments
//   pushInterpretedFrame   anybody calls a function in Ignition   from the call record; arguments are pushed and padded
//
// Each returns the frame's fp as a word index. Those that host code runs on say so in the CPU block.

import type { Address, Heap, Tagged, WordIndex } from '../heap/index.ts';
import { BytecodeArray, FeedbackCell, JSFunction, SharedFunctionInfo, StaticRoot } from '../objects/index.ts';
import type { CallRecord } from './call-record.ts';
import { CpuWord, cEntryFpWord, enterHost, readCpu, writeCpu } from './cpu-block.ts';
import {
  BuiltinExitFrameWord,
  ConstructFrameWord,
  ExitFrameWord,
  FrameType,
  FrameWord,
  frameMarker,
} from './frame-constants.ts';
import { fillUndefined, writeAddress, writeNumber, writeTagged } from './stack-slots.ts';

/** From a tagged BytecodeArray to its first bytecode; also what a frame's bytecode offset Smi is biased by. */
export const bytecodesBias: number = BytecodeArray.Bytes - 1;
/** The frame's bytecode offset at function entry (Smi). */
export const initialBytecodeOffset: number = bytecodesBias << 1;

const typedFrame = (i32: Int32Array, fp: WordIndex, type: FrameType): void =>
  writeNumber(i32, fp + FrameWord.Marker, frameMarker(type));

/** The return address at word `at` and the caller's fp under it. */
const linkFrame = (i32: Int32Array, at: WordIndex, returnAddress: Address, callerFp: WordIndex): WordIndex => {
  const fp = at - FrameWord.ReturnPc;
  writeAddress(i32, at, returnAddress);
  writeAddress(i32, fp, callerFp << 2);
  return fp;
};

/** The frame of host code that calls JavaScript: linked to the frame that the host code runs on. It has no return address. */
export function pushEntryFrame(i32: Int32Array): WordIndex {
  const at = ((readCpu(i32, CpuWord.Rsp) & ~15) >> 2) - 2;
  const fp = at - FrameWord.ReturnPc;
  writeNumber(i32, at, 0);
  writeAddress(i32, fp, i32[cEntryFpWord]!);
  typedFrame(i32, fp, FrameType.Entry);
  enterHost(i32, fp, fp + FrameWord.Marker);
  return fp;
}

/** Under a return address at word `at` that stands already, and the pushed arguments above it. */
export function pushBuiltinExitFrame(
  i32: Int32Array,
  at: WordIndex,
  callerFp: WordIndex,
  target: Tagged,
  argumentCount: number,
  newTarget: Tagged,
): WordIndex {
  const fp = at - FrameWord.ReturnPc;
  writeAddress(i32, fp, callerFp << 2);
  typedFrame(i32, fp, FrameType.BuiltinExit);
  writeTagged(i32, fp + BuiltinExitFrameWord.Target, target);
  writeNumber(i32, fp + BuiltinExitFrameWord.ArgumentCount, argumentCount);
  writeTagged(i32, fp + BuiltinExitFrameWord.NewTarget, newTarget);
  enterHost(i32, fp, fp + BuiltinExitFrameWord.NewTarget);
  return fp;
}

/** Under a return address at word `at` that stands already, above which `count` arguments are pushed, the first one highest. */
export function pushExitFrame(
  i32: Int32Array,
  at: WordIndex,
  callerFp: WordIndex,
  context: Tagged,
  count: number,
): WordIndex {
  const fp = at - FrameWord.ReturnPc;
  writeAddress(i32, fp, callerFp << 2);
  typedFrame(i32, fp, FrameType.Exit);
  writeTagged(i32, fp + ExitFrameWord.Context, context);
  writeNumber(i32, fp + ExitFrameWord.ArgumentCount, count);
  writeAddress(i32, fp + ExitFrameWord.ArgumentsBase, (at + (count << 1)) << 2);
  enterHost(i32, fp, fp + ExitFrameWord.ArgumentsBase);
  return fp;
}

/** Words of a construct frame, return address included. */
export const constructFrameWords: number = FrameWord.ReturnPc + 2 - ConstructFrameWord.ImplicitReceiver;

/** At the end of the caller's stack, where the call record's arguments have made room. The receiver: the implicit one. */
export function pushConstructFrame(i32: Int32Array, sp: WordIndex, call: CallRecord, context: Tagged): WordIndex {
  const fp = linkFrame(i32, sp - 2, call.returnAddress, call.callerFp);
  typedFrame(i32, fp, FrameType.FastConstruct);
  writeTagged(i32, fp + ConstructFrameWord.Context, context);
  writeTagged(i32, fp + ConstructFrameWord.ImplicitReceiver, call.receiver);
  return fp;
}

/** Of the call record's callee under its padded arguments, at its first bytecode. The call is the frame's now. */
export function pushInterpretedFrame(heap: Heap, call: CallRecord): WordIndex {
  const { i32 } = heap;
  const fn = call.callee;
  const bytecodes = heap.get(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.FunctionData);
  const vector = heap.get(heap.get(fn, JSFunction.FeedbackCell), FeedbackCell.Value);
  const hasVector = i32[(vector - 1) >> 2] === StaticRoot.FeedbackVectorMap;
  const fp = linkFrame(i32, call.base - 2, call.returnAddress, call.callerFp);
  writeTagged(i32, fp + FrameWord.Context, heap.get(fn, JSFunction.Context));
  writeTagged(i32, fp + FrameWord.Function, fn);
  writeNumber(i32, fp + FrameWord.ArgumentCount, call.argumentCount);
  writeTagged(i32, fp + FrameWord.BytecodeArray, bytecodes);
  writeTagged(i32, fp + FrameWord.BytecodeOffset, initialBytecodeOffset);
  writeTagged(i32, fp + FrameWord.FeedbackVector, hasVector ? vector : StaticRoot.Undefined);
  const registers = fp + FrameWord.FeedbackVector;
  fillUndefined(heap, registers - (heap.getI32(bytecodes, BytecodeArray.FrameSize) >> 2), registers);
  const incoming = heap.getI32(bytecodes, BytecodeArray.IncomingNewTargetOrGeneratorRegister);
  if (incoming >= 0) writeTagged(i32, fp + FrameWord.Register0 - (incoming << 1), call.newTarget);
  call.end();
  return fp;
}

/** The return address under the call record's arguments, where the frame of machine code begins; its word index. */
export function pushReturnAddress(i32: Int32Array, call: CallRecord): WordIndex {
  const at = call.base - 2;
  writeAddress(i32, at, call.returnAddress);
  return at;
}

/** Machine code's arguments get `missing` more above them, undefined, for a callee with more parameters: it will pop them as well. */
export function insertMissingArguments(heap: Heap, missing: number): void {
  const { i32 } = heap;
  const rsp = readCpu(i32, CpuWord.Rsp) >> 2;
  const to = rsp - 2 * missing;
  // the return address, the receiver and the arguments
  const end = rsp + 2 * (1 + readCpu(i32, CpuWord.Rax));
  i32.copyWithin(to, rsp, end);
  fillUndefined(heap, end - 2 * missing, end);
  writeCpu(i32, CpuWord.Rsp, to << 2);
}
