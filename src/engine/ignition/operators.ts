// Which bytecode an operator is.

import { Bytecode } from '../bytecode/index.ts';
import type { ast } from '../parser/index.ts';

const binary: Readonly<Record<string, [Bytecode, Bytecode]>> = {
  '+': [Bytecode.Add, Bytecode.AddSmi],
  '-': [Bytecode.Sub, Bytecode.SubSmi],
  '*': [Bytecode.Mul, Bytecode.MulSmi],
  '/': [Bytecode.Div, Bytecode.DivSmi],
  '%': [Bytecode.Mod, Bytecode.ModSmi],
  '**': [Bytecode.Exp, Bytecode.ExpSmi],
  '|': [Bytecode.BitwiseOr, Bytecode.BitwiseOrSmi],
  '^': [Bytecode.BitwiseXor, Bytecode.BitwiseXorSmi],
  '&': [Bytecode.BitwiseAnd, Bytecode.BitwiseAndSmi],
  '<<': [Bytecode.ShiftLeft, Bytecode.ShiftLeftSmi],
  '>>': [Bytecode.ShiftRight, Bytecode.ShiftRightSmi],
  '>>>': [Bytecode.ShiftRightLogical, Bytecode.ShiftRightLogicalSmi],
};

export function binaryBytecode(op: ast.BinaryOp): Bytecode {
  return binary[op]![0];
}
export function binarySmiBytecode(op: ast.BinaryOp): Bytecode {
  return binary[op]![1];
}

export const compareBytecodes: Readonly<Record<string, Bytecode>> = {
  '==': Bytecode.TestEqual,
  '===': Bytecode.TestEqualStrict,
  '<': Bytecode.TestLessThan,
  '>': Bytecode.TestGreaterThan,
  '<=': Bytecode.TestLessThanOrEqual,
  '>=': Bytecode.TestGreaterThanOrEqual,
  instanceof: Bytecode.TestInstanceOf,
  in: Bytecode.TestIn,
};

/** TestTypeOf's literals, in V8's order. */
export const typeofLiterals = ['number', 'string', 'symbol', 'boolean', 'bigint', 'undefined', 'function', 'object'];
