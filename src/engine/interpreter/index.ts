// The bytecode interpreter and the pieces of it that the dispatcher needs.

export {
  emitConstructCreateReturn,
  emitConstructReturn,
  emitInterpreterEnterAtBytecode,
  emitInterpreterEnterAtNextBytecode,
  emitInterpreterEntryReturn,
  emitInterpreterEntryTrampoline,
} from './entry-code.ts';
export * from './frame.ts';
export {
  callValue,
  enterFunction,
  prepareFunction,
  reserveArguments,
} from './handlers/calls.ts';
export { constructValue, constructWithReceiver } from './handlers/construct.ts';
export { callRuntimeFunction, newGeneratorObject } from './handlers/runtime-calls.ts';
export { RuntimeFunctionTable } from './handlers/runtime-functions.ts';
export * from './hooks.ts';
export { Interpreter } from './interpreter.ts';
export { generateLoop, presetLoop } from './loop.ts';
export { Next } from './next.ts';
export { unwind } from './unwind.ts';
