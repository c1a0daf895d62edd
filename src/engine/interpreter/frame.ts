// The interpreted frame in words (one 64-bit slot = two words), from fp as a word index of linear memory, and the other word
// indices that the interpreter loop uses. The byte offsets are V8's:
//
//   [fp+24+8i] argument i   [fp+16] receiver   [fp+8] return pc   [fp] caller fp
//   [fp-8] context  [fp-16] JSFunction  [fp-24] argc (raw)  [fp-32] BytecodeArray  [fp-40] bytecode offset  [fp-48] feedback vector
//   [fp-56-8i] register i
//
// Invariant: the upper word of every slot of the register file is written once, when the frame is built.

import { cageHi, IsolateData, Region } from '../heap/index.ts';
import { BytecodeArray, FeedbackVector, FixedArray, StaticRoot } from '../objects/index.ts';
import { BuiltinId, builtinAddress } from '../runtime/index.ts';

/** Words from fp. */
export enum FrameWord {
  FirstArgument = 6,
  Receiver = 4,
  ReturnPc = 2,
  CallerFp = 0,
  Context = -2,
  Function = -4,
  ArgumentCount = -6,
  BytecodeArray = -8,
  BytecodeOffset = -10,
  FeedbackVector = -12,
  Register0 = -14,
}

/** From a tagged BytecodeArray to its first bytecode; also what a frame's bytecode offset Smi is biased by. */
export const bytecodesBias: number = BytecodeArray.Bytes - 1;
/** The frame's bytecode offset at function entry (Smi). */
export const initialBytecodeOffset: number = bytecodesBias << 1;

export const interpreterEntryReturn: number = builtinAddress(BuiltinId.InterpreterEntryReturn);

/** Word index that stands in for the slots of a missing feedback vector, amid a region that has no bytes: no IC hits there. */
export const noFeedback: number = (Region.Builtins + Region.BuiltinsEnd) >> 3;

/** Word index of slot 0 of a feedback vector. */
export const feedbackBase = (vector: number): number => (vector - 1 + FeedbackVector.Slots) >> 2;
/** Word index of the first constant. */
export const constantsBase = (pool: number): number => (pool - 1 + FixedArray.Elements) >> 2;

/** Word indices of isolate data. */
export const stackLimitWord: number = (Region.IsolateData + IsolateData.StackLimit) >> 2;
export const newSpaceTopWord: number = (Region.IsolateData + IsolateData.NewSpaceTop) >> 2;
export const newSpaceLimitWord: number = (Region.IsolateData + IsolateData.NewSpaceLimit) >> 2;
export const cEntryFpWord: number = (Region.IsolateData + IsolateData.CEntryFp) >> 2;
export const stackPointerWord: number = (Region.IsolateData + IsolateData.Cpu + 4 * 8) >> 2;
export const bytecodeCountWord: number = (Region.IsolateData + IsolateData.BytecodeCountLo) >> 2;
export const pendingExceptionWord: number = (Region.IsolateData + IsolateData.PendingException) >> 2;

/** No frame is built below this offset: the zone under the real stack limit belongs to host builtins. */
export const hardStackLimit: number = Region.Stack + 0x2000;

/** A 64-bit slot that holds undefined, as a double: one store instead of two. */
export const undefinedSlot: number = (() => {
  const words = new Int32Array([StaticRoot.Undefined, cageHi]);
  return new Float64Array(words.buffer)[0]!;
})();

/** Return addresses that mean something to the interpreter. */
export const constructReturn: number = builtinAddress(BuiltinId.ConstructReturn);
export const jsExit: number = builtinAddress(BuiltinId.JSExit);

export { FrameType } from '../frames/index.ts';
