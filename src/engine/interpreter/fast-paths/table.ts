// The shape of a fast path: code for one bytecode, at whatever operand scale the assembler is set to.

import type { Bytecode } from '../../bytecode/index.ts';
import type { Code } from '../../wasm/index.ts';
import type { InterpreterAssembler, TailName } from '../interpreter-assembler.ts';

export type FastPath = (a: InterpreterAssembler) => Code;
export type FastPaths = Partial<Record<keyof typeof Bytecode, FastPath>>;

/** Code that several fast paths go on with: they set the assembler's shared locals and branch to its label. */
export interface Tail {
  readonly name: TailName;
  readonly code: FastPath;
}
