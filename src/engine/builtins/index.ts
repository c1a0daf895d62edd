export { cloneSharedBuffer, isAnyArrayBuffer, newArrayBuffer } from './array-buffer.ts';
export { type AsyncActivation, asyncActivations, suspendedAt } from './async-stack.ts';
export { bootstrap, builtinRuntimeFunctions, installBuiltins, newRealm } from './bootstrap.ts';
export { enqueueCallback, withOwnMicrotasks } from './microtasks.ts';
export { ModuleGraph, type ModuleSource, moduleGraphOf, type SourceRange } from './modules.ts';
export {
  isPromise,
  markPromiseHandled,
  PromiseStatus,
  promiseResult,
  promiseStatus,
  runMicrotasks,
  takeUnhandledRejections,
} from './promise.ts';
export { isUnmodified as isRegExpUnmodified } from './regexp-exec.ts';
export { cloneKind } from './structured-clone.ts';
export { postCleanups } from './weak-ref.ts';
