// Runtime functions by id, for CallRuntime, InvokeIntrinsic and the CEntry stub of machine code. Implementations come by
// V8's name from the runtime and the standard library; the isolate puts the table together.

import { IntrinsicId, RuntimeFunction, registerLibraryFunction } from '../../bytecode/index.ts';
import {
  type RuntimeFunctionImpl,
  type RuntimeFunctionRow,
  type RuntimeFunctionRows,
  Writes,
} from '../../runtime/index.ts';

const runOf = (row: RuntimeFunctionRow): RuntimeFunctionImpl => (typeof row === 'function' ? row : row.run);

export class RuntimeFunctionTable {
  /** Holes where a function has no implementation. */
  readonly byId: readonly (RuntimeFunctionImpl | undefined)[];
  /** By name, for intrinsics. */
  readonly byName: ReadonlyMap<string, RuntimeFunctionImpl>;
  private readonly rows: RuntimeFunctionRows;
  private readonly names: readonly string[];

  /** V8's runtime functions get V8's id, others one of the library's. @param stubs those that only machine code calls, by id */
  constructor(
    functions: RuntimeFunctionRows,
    stubs: Iterable<readonly [id: number, implementation: RuntimeFunctionImpl]> = [],
  ) {
    const ids: Readonly<Record<string, number | string | undefined>> = RuntimeFunction;
    const byId: (RuntimeFunctionImpl | undefined)[] = [];
    const names: string[] = [];
    for (const [name, row] of Object.entries(functions)) {
      const id = (ids[name] as number | undefined) ?? registerLibraryFunction(name);
      byId[id] = runOf(row);
      names[id] = name;
    }
    for (const [id, implementation] of stubs) byId[id] = implementation;
    this.byId = byId;
    this.rows = functions;
    this.names = names;
    this.byName = new Map(Object.entries(functions).map(([name, row]) => [name, runOf(row)]));
  }

  writesOf(id: number): Writes {
    return this.writesOfNamed(this.names[id] ?? '');
  }

  writesOfIntrinsic(id: IntrinsicId): Writes {
    return this.writesOfNamed(IntrinsicId[id]!);
  }

  private writesOfNamed(name: string): Writes {
    const row = this.rows[name];
    return row === undefined || typeof row === 'function' ? Writes.Anything : row.writes;
  }
}
