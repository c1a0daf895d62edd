import type { CompiledFunction, FunctionRef } from '../bytecode/index.ts';
import type { Heap, Tagged } from '../heap/index.ts';
import type { Factory } from './factory.ts';
declare const todo: () => never;
/** A SharedFunctionInfo that is not compiled yet. */
export const newSharedFunctionInfoFor = (_factory: Factory, _ref: FunctionRef, _script: Tagged): Tagged => todo();
/** Gives `sfi` its bytecode, constants, ScopeInfo and feedback metadata. `resolve` gives the SFI of a nested function literal (make it with newSharedFunctionInfoFor, once per ref). */
export const installBytecode = (_factory: Factory, _sfi: Tagged, _compiled: CompiledFunction, _resolve: (ref: FunctionRef) => Tagged): void => todo();
export const isCompiled = (_heap: Heap, _sfi: Tagged): boolean => todo();
