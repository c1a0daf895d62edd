export { bootstrap, builtinRuntimeFunctions, installBuiltins } from './bootstrap.ts';
export { format, inspect, inspectInLines, quote } from './inspect.ts';
export { ModuleGraph, type ModuleSource, moduleGraphOf } from './modules.ts';
export {
  isPromise,
  markPromiseHandled,
  PromiseStatus,
  promiseResult,
  promiseStatus,
  runMicrotasks,
  takeUnhandledRejections,
} from './promise.ts';
export { cloneKind } from './structured-clone.ts';
