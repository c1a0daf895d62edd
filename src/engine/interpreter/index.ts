// The bytecode interpreter and the pieces of it that the dispatcher needs.

export { ConstructFrameWord, callHostBuiltin, pushConstructFrame } from './builtin-frames.ts';
export {
  argv,
  callWithArguments,
  constructValue,
  enterFunction,
  prepareFunction,
  pushInterpretedFrame,
  readRegisters,
  returnFromFrame,
} from './calls.ts';
export * from './frame.ts';
export * from './hooks.ts';
export { Interpreter } from './interpreter.ts';
export { generateLoop, presetLoop } from './loop.ts';
export * from './machine.ts';
export { Next } from './next.ts';
export { callRuntimeFunction, newGeneratorObject } from './runtime-calls.ts';
export { registerRuntimeFunctions, runtimeFunctionsByName, runtimeFunctionTable } from './runtime-functions.ts';
export { findHandler, unwind } from './unwind.ts';
