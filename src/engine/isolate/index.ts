// One engine, wired.

export { everyExitOnce } from '../deoptimizer/index.ts';
export type { DebugTable, Recipe, RecipeOpcode } from '../turbofan/index.ts';
export { CodeView, CodeViews, type InlinedLevel, nameOfRootOffset, type PositionEntry } from './code-view.ts';
export type { CollectionObserver } from './collector.ts';
export * from './errors.ts';
export { functionFromImage, functionImage } from './function-image.ts';
export { heapLimit } from './gc-tracer.ts';
export * from './host.ts';
export * from './host-functions.ts';
export { type DebugHooks, Isolate, type IsolateOptions, largestStackSize } from './isolate.ts';
export { Machine } from './machine.ts';
export * from './recording-host.ts';
export * from './scripts.ts';
export { awaitingFunctions, hasNoFrame } from './stack-trace.ts';
export {
  createStartupSnapshot,
  readStartupSnapshot,
  type StartupSnapshot,
  startupSnapshot,
} from './startup-snapshot.ts';
export { FileError, type FileKind, isRegularFile, isViewOfProcess, readTextFile, realPath } from './text-file.ts';
export * from './tiering.ts';
