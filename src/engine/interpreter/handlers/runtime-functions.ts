// Runtime functions by id, for CallRuntime, InvokeIntrinsic and the CEntry stub of machine code. Implementations come by
// V8's name from the runtime and the standard library; the isolate puts the table together.

import { RuntimeFunction, registerLibraryFunction } from '../../bytecode/index.ts';
import type { RuntimeFunctionImpl } from '../../runtime/index.ts';

export class RuntimeFunctionTable {
  /** Holes where a function has no implementation. */
  readonly byId: readonly (RuntimeFunctionImpl | undefined)[];
  /** By name, for intrinsics. */
  readonly byName: ReadonlyMap<string, RuntimeFunctionImpl>;

  /** V8's runtime functions get V8's id, others one of the library's. @param stubs those that only machine code calls, by id */
  constructor(
    functions: Readonly<Record<string, RuntimeFunctionImpl>>,
    stubs: Iterable<readonly [id: number, implementation: RuntimeFunctionImpl]> = [],
  ) {
    const ids: Readonly<Record<string, number | string | undefined>> = RuntimeFunction;
    const byId: (RuntimeFunctionImpl | undefined)[] = [];
    for (const [name, implementation] of Object.entries(functions))
      byId[(ids[name] as number | undefined) ?? registerLibraryFunction(name)] = implementation;
    for (const [id, implementation] of stubs) byId[id] = implementation;
    this.byId = byId;
    this.byName = new Map(Object.entries(functions));
  }
}
