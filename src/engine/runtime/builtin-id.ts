// Ids of host functions: the address of id n is Region.Builtins + builtinAddressStride · n. Ids below
// FirstJavaScriptBuiltin belong to the isolate (entry and exit, deoptimization, dispatch table).

import { builtinAddressStride, Region } from '../heap/index.ts';

export enum BuiltinId {
  Illegal = 0,
  InterpreterEntryTrampoline = 1,
  InterpreterEntryReturn = 2,
  InterpreterEnterAtBytecode = 3,
  InterpreterEnterAtNextBytecode = 4,
  JSExit = 5,
  CompileLazy = 6,
  /** rax argument count, rbx RuntimeFunction id, rsi context; arguments pushed left to right, popped by the callee; result rax. */
  CEntry = 7,
  /** rdi any target, rax argc with receiver, arguments on the stack: Call(target). The callee pops. */
  Call = 8,
  /** rdi target, rdx new target, rax argc with receiver (its slot is undefined): Construct(target). */
  Construct = 9,
  /** Entered by optimized code that finds itself marked for deoptimization: unlink rdi's code, call rdi again. */
  CompileLazyDeoptimizedCode = 10,
  /** Return address of a constructor called from a FAST_CONSTRUCT frame. */
  ConstructReturn = 11,
  // What machine code of the same names does.
  DeoptimizationEntry_Eager = 12,
  DeoptimizationEntry_Lazy = 13,
  ContinueToJavaScriptBuiltin = 14,
  ContinueToJavaScriptBuiltinWithResult = 15,
  NotifyDeoptimized = 44,
  /** As Construct, with the implicit receiver in its slot. */
  ConstructWithReceiver = 45,
  // Host halves of the Deoptimizer (System V: rdi, rsi, rdx, rcx; result rax).
  NewDeoptimizer = 16, // closure, kind, pc, fp-to-sp delta; fp in rbp
  ComputeOutputFrames = 17,
  RuntimeNotifyDeoptimized = 18,
  /** Goes on in the BuiltinContinuation whose number, a Smi, is in r10, called as rdi with rax arguments. */
  ContinueBuiltin = 19,
  // Leaf functions of optimized code. They preserve every register; operands and result are the 8-byte slots right above
  // the return address (two operands: the first is pushed first, the result replaces it, at the higher address).
  DoubleToInt32 = 20,
  Float64Mod = 21,
  Float64Pow = 22,
  Float64Atan2 = 23,
  Float64Sin = 24,
  Float64Cos = 25,
  Float64Tan = 26,
  Float64Exp = 27,
  Float64Log = 28,
  /** r10: address of an old object's slot that now holds a young object. */
  RecordWrite = 29,
  Float64Acos = 30,
  Float64Acosh = 31,
  Float64Asin = 32,
  Float64Asinh = 33,
  Float64Atan = 34,
  Float64Atanh = 35,
  Float64Cbrt = 36,
  Float64Cosh = 37,
  Float64Expm1 = 38,
  Float64Log1p = 39,
  Float64Log10 = 40,
  Float64Log2 = 41,
  Float64Sinh = 42,
  Float64Tanh = 43,
  BytecodeHandlers = 64, // 3 × 256
  FirstJavaScriptBuiltin = 1024,
  End = 2048,
}

/** Cage offset of a builtin's address. */
export const builtinAddress = (id: number): number => Region.Builtins + builtinAddressStride * id;
