// Runtime functions by id, for CallRuntime, InvokeIntrinsic and the CEntry stub of machine code. Implementations come by
// V8's name from the runtime and the standard library; the isolate registers them.

import { RuntimeFunction, registerLibraryFunction } from '../../bytecode/index.ts';
import type { RuntimeFunctionImpl } from '../../runtime/index.ts';

/** By id; holes where a function has no implementation. */
export const runtimeFunctionTable: (RuntimeFunctionImpl | undefined)[] = [];
/** By name, for intrinsics. */
export const runtimeFunctionsByName = new Map<string, RuntimeFunctionImpl>();

/** Adds implementations by name: V8's runtime functions get V8's id, others one of the library's. */
export const registerRuntimeFunctions = (functions: Readonly<Record<string, RuntimeFunctionImpl>>): void => {
  for (const [name, implementation] of Object.entries(functions)) {
    const id =
      (RuntimeFunction as unknown as Readonly<Record<string, RuntimeFunction | undefined>>)[name] ??
      registerLibraryFunction(name);
    runtimeFunctionTable[id] = implementation;
    runtimeFunctionsByName.set(name, implementation);
  }
};
