// Frame layouts: byte offsets from the frame pointer, 8-byte slots (V8: frame-constants.h). What the slots hold stands in
// frame-layouts.ts, who fills them in frame-builders.ts.
//
//   every frame          [fp + 16 …] arguments, receiver first   [fp + 8] return pc   [fp] caller's fp
//   JavaScript frame     [fp -  8] context (a heap object)       [fp - 16] JSFunction   [fp - 24] argument count, raw, with receiver
//     interpreted        [fp - 32] BytecodeArray   [fp - 40] bytecode offset, Smi   [fp - 48] feedback vector   [fp - 56 - 8i] register i
//     optimized          [fp - 32 …] spill slots, as the safepoint table says
//   typed frame          [fp -  8] FrameType marker (a Smi), then what the type has
//     builtin exit       [fp - 16] target   [fp - 24] argument count   [fp - 32] new target
//     runtime exit       [fp - 16] context  [fp - 24] argument count   [fp - 32] address of argument 0 (argument i at − 8i)
//     continuation       [fp - 16] JSFunction   [fp - 24] frame height, Smi   [fp - 32] context   [fp - 40] BuiltinContinuation, Smi
//                        [fp - 48] argument count, Smi   [fp - 56 - 8i] the builtin's other registers
//     construct          [fp - 16] context  [fp - 24] implicit receiver (the_hole: a derived constructor has none)
//     construct create   [fp - 16] context  [fp - 24] argument count   [fp - 32] constructor   [fp - 40] the_hole   [fp - 48] new target:
//                        the instance is being made; only the Deoptimizer builds it
//     entry              [fp] fp of the frame that host code was called from (0: none)

import type { RegisterIndex, SlotIndex } from '../heap/index.ts';

/** Markers of typed frames, V8 13.6's StackFrame::Type values. */
export enum FrameType {
  Entry = 1,
  ConstructEntry = 2,
  Exit = 3,
  Interpreted = 14,
  Turbofan = 17,
  JavaScriptBuiltinContinuation = 21,
  Internal = 23,
  Construct = 24,
  FastConstruct = 25,
  Builtin = 26,
  BuiltinExit = 27,
}

/** The marker of a typed frame: a Smi. */
export const frameMarker = (type: FrameType): number => type << 1;

export enum FrameOffset {
  FirstArgument = 24,
  Receiver = 16,
  ReturnPc = 8,
  CallerFp = 0,
  Context = -8,
  Marker = -8,
  Function = -16,
  ArgumentCount = -24,
  BytecodeArray = -32,
  BytecodeOffset = -40,
  FeedbackVector = -48,
  Register0 = -56,
}

export enum BuiltinExitFrame {
  Target = -16,
  ArgumentCount = -24,
  NewTarget = -32,
}

export enum ExitFrame {
  Context = -16,
  ArgumentCount = -24,
  ArgumentsBase = -32,
}

export enum ConstructFrame {
  Context = -16,
  ImplicitReceiver = -24,
}

export enum ContinuationFrame {
  FrameHeight = -24,
  Context = -32,
  Builtin = -40,
  Registers = -48, // continuationRegisters from here down
}

/** The offsets in words: host code has frame pointers as word indices of linear memory, and writes two words a slot. */
export enum FrameWord {
  FirstArgument = FrameOffset.FirstArgument / 4,
  Receiver = FrameOffset.Receiver / 4,
  ReturnPc = FrameOffset.ReturnPc / 4,
  CallerFp = FrameOffset.CallerFp / 4,
  Context = FrameOffset.Context / 4,
  Marker = FrameOffset.Marker / 4,
  Function = FrameOffset.Function / 4,
  ArgumentCount = FrameOffset.ArgumentCount / 4,
  BytecodeArray = FrameOffset.BytecodeArray / 4,
  BytecodeOffset = FrameOffset.BytecodeOffset / 4,
  FeedbackVector = FrameOffset.FeedbackVector / 4,
  Register0 = FrameOffset.Register0 / 4,
}

export enum BuiltinExitFrameWord {
  Target = BuiltinExitFrame.Target / 4,
  ArgumentCount = BuiltinExitFrame.ArgumentCount / 4,
  NewTarget = BuiltinExitFrame.NewTarget / 4,
}

export enum ExitFrameWord {
  Context = ExitFrame.Context / 4,
  ArgumentCount = ExitFrame.ArgumentCount / 4,
  ArgumentsBase = ExitFrame.ArgumentsBase / 4,
}

export enum ConstructCreateFrame {
  Context = -16,
  ArgumentCount = -24,
  Constructor = -32,
  Padding = -40,
  NewTarget = -48,
}
export enum ConstructFrameWord {
  Context = ConstructFrame.Context / 4,
  ImplicitReceiver = ConstructFrame.ImplicitReceiver / 4,
}

/** Offset of interpreter register `index`. */
export const registerOffset = (index: RegisterIndex): number => FrameOffset.Register0 - 8 * index;

/** V8's stack slot index i stands at fp + 8 − 8·i: 0 return pc, 1 caller fp, 2 context, 3 function, 4 argument count, 5 … spills. */
export const slotOffset = (index: SlotIndex): number => 8 - 8 * index;
