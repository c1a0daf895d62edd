// The interpreter's registers where the generated loop and the handlers meet: words of isolate data at InterpreterState.
// The loop keeps them in locals and writes them here when it leaves; all addresses are byte offsets in linear memory.

import { IsolateData, Region } from '../heap/index.ts';

const base = Region.IsolateData + IsolateData.InterpreterState;

/** Addresses. */
export enum StateAddress {
  Fp = base,
  Sp = base + 4,
  Pc = base + 8,
  Acc = base + 12,
  /** Feedback slot 0. */
  Fv = base + 16,
  /** Constant 0. */
  Cp = base + 20,
  /** Exit.HostCall: the builtin's id; the call is in the call record. */
  BuiltinId = base + 24,
  /** Roots that the loop compares with; they never move. */
  Trampoline = base + 28,
  GlobalProxy = base + 32,
  NativeContext = base + 36,
}

/** Table of bytecode sizes. */
export const bytecodeSizes: number = Region.IsolateData + IsolateData.BytecodeSizes;

/** Table of fast forms by builtin id. */
export const fastBuiltins: number = Region.IsolateData + IsolateData.FastBuiltins;

/** Why the loop left. */
export enum Exit {
  /** The bytecode at pc wants its handler. */
  Slow = 0,
  /** A frame was built and the stack limit is reached: interrupts, or overflow. */
  StackCheck = 1,
  /** The call record has a host builtin's call. */
  HostCall = 2,
  /** Of a function that runs one bytecode: go on. */
  Continue = 3,
}
