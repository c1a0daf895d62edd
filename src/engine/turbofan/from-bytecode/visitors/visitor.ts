// What a bytecode becomes: one function per bytecode (`BytecodeGraphBuilder` holds the environment that it works on).

import type { Bytecode, BytecodeArrayAccessor } from '../../../bytecode/index.ts';
import type { BytecodeGraphBuilder } from '../bytecode-graph-builder.ts';

export type Visitor = (builder: BytecodeGraphBuilder, accessor: BytecodeArrayAccessor) => void;
export type Visitors = Readonly<Partial<Record<Bytecode, Visitor>>>;

/** The same for several bytecodes. */
export const each = (bytecodes: readonly Bytecode[], visitor: Visitor): Visitors =>
  Object.fromEntries(bytecodes.map((bytecode) => [bytecode, visitor]));
