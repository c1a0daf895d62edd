// Frames that the interpreter builds for others: builtin exit frames around host functions, construct frames around
// constructors.
//
//   builtin exit frame: see runtime/arguments.ts
//   construct frame:  [fp+8] return pc  [fp] caller fp  [fp-8] marker  [fp-16] context  [fp-24] implicit receiver (the_hole: derived)
//     below it: arguments, receiver, return address ConstructReturn, the constructor's frame

import { cageHi, type Tagged } from '../heap/index.ts';

import type { Runtime } from '../runtime/index.ts';
import { cEntryFpWord, FrameType, stackPointerWord } from './frame.ts';

/** Words from the fp of a construct frame. */
export enum ConstructFrameWord {
  Marker = -2,
  Context = -4,
  Receiver = -6,
}

/**
 * Runs host builtin `id`. Its arguments are pushed already: receiver at word `base`, arguments above. The caller's bytecode
 * offset is written back. `returnAddress` is where the caller goes on; the slot at word `base - 2` holds it, and says at the end
 * whether the caller's code was deoptimized meanwhile.
 */
export const callHostBuiltin = (
  rt: Runtime,
  id: number,
  target: Tagged,
  newTarget: Tagged,
  argc: number,
  base: number,
  callerFp: number,
  returnAddress: number,
): Tagged => {
  const i32 = rt.heap.i32;
  i32[base - 2] = returnAddress;
  i32[base - 1] = cageHi;
  const fp = base - 4;
  i32[fp] = callerFp << 2;
  i32[fp + 1] = cageHi;
  i32[fp - 2] = FrameType.BuiltinExit << 1;
  i32[fp - 1] = 0;
  i32[fp - 4] = target;
  i32[fp - 3] = cageHi;
  i32[fp - 6] = argc;
  i32[fp - 5] = 0;
  i32[fp - 8] = newTarget;
  i32[fp - 7] = cageHi;
  i32[cEntryFpWord] = fp << 2;
  i32[stackPointerWord] = (fp - 8) << 2;
  return rt.callBuiltin(id, fp << 2);
};

/** Pushes a construct frame below `sp`; returns its fp. */
export const pushConstructFrame = (
  i32: Int32Array,
  sp: number,
  callerFp: number,
  context: Tagged,
  receiver: Tagged,
  returnAddress: number,
): number => {
  i32[sp - 2] = returnAddress;
  i32[sp - 1] = cageHi;
  const fp = sp - 4;
  i32[fp] = callerFp << 2;
  i32[fp + 1] = cageHi;
  i32[fp + ConstructFrameWord.Marker] = FrameType.FastConstruct << 1;
  i32[fp + ConstructFrameWord.Marker + 1] = 0;
  i32[fp + ConstructFrameWord.Context] = context;
  i32[fp + ConstructFrameWord.Context + 1] = cageHi;
  i32[fp + ConstructFrameWord.Receiver] = receiver;
  i32[fp + ConstructFrameWord.Receiver + 1] = cageHi;
  return fp;
};
