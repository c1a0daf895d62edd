// One engine, wired.

export { CodeView, CodeViews, type InlinedLevel, nameOfRootOffset, type PositionEntry } from './code-view.ts';
export * from './commands.ts';
export * from './d8-shell.ts';
export * from './errors.ts';
export { functionFromImage, functionImage } from './function-image.ts';
export * from './host.ts';
export { type DebugHooks, Isolate, type IsolateOptions } from './isolate.ts';
export type { Machine } from './machine.ts';
export * from './modules.ts';
export * from './recording-host.ts';
export * from './scripts.ts';
export * from './shell.ts';
export { awaitingFunctions, hasNoFrame } from './stack-trace.ts';
export { createStartupSnapshot, readStartupSnapshot, type StartupSnapshot } from './startup-snapshot.ts';
export { FileError, type FileKind, isRegularFile, isViewOfProcess, readTextFile, realPath } from './text-file.ts';
export * from './tiering.ts';
