// The bytecode interpreter and the pieces of it that the dispatcher needs.

export { ConstructFrameWord, callHostBuiltin, pushConstructFrame } from './builtin-frames.ts';
export * from './frame.ts';
export {
  argv,
  callWithArguments,
  checkArgumentCount,
  constructValue,
  enterFunction,
  prepareFunction,
  pushInterpretedFrame,
  readRegisters,
  returnFromFrame,
} from './handlers/calls.ts';
export { callRuntimeFunction, newGeneratorObject } from './handlers/runtime-calls.ts';
export { RuntimeFunctionTable } from './handlers/runtime-functions.ts';
export * from './hooks.ts';
export { Interpreter } from './interpreter.ts';
export { generateLoop, presetLoop } from './loop.ts';
export * from './machine.ts';
export { Next } from './next.ts';
export { unwind } from './unwind.ts';
