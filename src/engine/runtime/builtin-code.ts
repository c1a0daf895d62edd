// Builtins that are x64 code: at the start of code space, each at an address that is known when the engine is compiled, because
// frames, generated code and the interpreter compare return addresses with it.

import { Region } from '../heap/index.ts';

/** In the order of their addresses, under V8's names. */
export enum BuiltinCode {
  InterpreterEntryTrampoline,
  /** Where callees of an interpreted frame return to: V8's return address inside of the trampoline. */
  InterpreterEntryReturn,
  /** Where constructors return to: V8's in JSConstructStubGeneric and in the FastConstruct stubs. */
  ConstructReturn,
  InterpreterEnterAtBytecode,
  InterpreterEnterAtNextBytecode,
  DeoptimizationEntry_Eager,
  DeoptimizationEntry_Lazy,
  NotifyDeoptimized,
  ContinueToJavaScriptBuiltin,
  ContinueToJavaScriptBuiltinWithResult,
  /** Where an instance that optimized code was making comes back to, when that code was left meanwhile: V8's in JSConstructStubGeneric. */
  ConstructCreateReturn,
  Count,
}

/** Bytes that each may take. */
export const builtinCodeStride = 1024;

/** The builtin whose code `address` is in; undefined: none, or no builtin's. */
export const builtinCodeAt = (address: number): BuiltinCode | undefined => {
  const code = Math.floor((address - Region.Code) / builtinCodeStride);
  return code >= 0 && code < BuiltinCode.Count ? code : undefined;
};

/** Cage offset of a builtin's first instruction. */
export const builtinCodeAddress = (code: BuiltinCode): number => Region.Code + builtinCodeStride * code;
