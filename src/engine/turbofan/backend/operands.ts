// What selection asks of a node that it wants as an operand: its constant, its immediate, whether it shares another's register.

import { type Immediate, imm } from '../../x64/index.ts';
import type { Node } from '../graph/node.ts';
import type { Opcode } from '../operators/operators.ts';
import type { ConstantValue } from './instruction.ts';

/** Operators that only read the low word differently: the value stays in its register, whose users read 32 bits. */
const isAlias = (node: Node): boolean =>
  node.opcode === 'BitcastTaggedToWord32' || node.opcode === 'TruncateInt64ToInt32';

/** The node whose virtual register holds `node`'s value. */
export function aliasOf(node: Node): Node {
  while (isAlias(node) && constantOf(node.value(0)) === undefined) node = node.value(0);
  return node;
}

/** 32-bit operations clear the upper half of their register. */
const zeroExtending: ReadonlySet<Opcode> = new Set<Opcode>([
  'Int32Add',
  'Int32Sub',
  'Int32Mul',
  'Int32Div',
  'Int32Mod',
  'Uint32Div',
  'Uint32Mod',
  'Word32And',
  'Word32Or',
  'Word32Xor',
  'Word32Shl',
  'Word32Shr',
  'Word32Sar',
  'Projection',
  'TruncateFloat64ToWord32',
  'RoundFloat64ToInt32',
  'ChangeFloat64ToInt32',
]);

/** Whether the upper half of the register of a 32-bit value is known to be 0. */
export function zeroExtends(node: Node, depth = 0): boolean {
  if (zeroExtending.has(node.opcode)) return true;
  if (node.opcode === 'Int32Constant') return true;
  if (node.opcode !== 'Phi' || depth > 2) return false;
  for (let i = 0; i < node.valueCount; i++) {
    const input = node.value(i);
    if (input !== node && !zeroExtends(input, depth + 1)) return false;
  }
  return true;
}

/** A constant node's value; undefined for other nodes. */
export function constantOf(node: Node): ConstantValue | undefined {
  switch (node.opcode) {
    case 'BitcastTaggedToWord32': {
      const inner = constantOf(node.value(0));
      return inner?.kind === 'tagged' ? { kind: 'int32', value: inner.value } : undefined;
    }
    case 'Int32Constant':
      return { kind: 'int32', value: node.parameterOf('Int32Constant') };
    case 'Int64Constant':
      return { kind: 'int64', value: node.parameterOf('Int64Constant') };
    case 'Float64Constant':
      return { kind: 'float64', value: node.parameterOf('Float64Constant') };
    case 'HeapConstant':
      return { kind: 'tagged', value: node.parameterOf('HeapConstant') };
    case 'SmiConstant':
      return { kind: 'tagged', value: node.parameterOf('SmiConstant') << 1 };
    default:
      return undefined;
  }
}

/** A constant as a 32-bit immediate (tagged constants: the compressed word); undefined if it is none. */
export function immediateOf(node: Node): Immediate | undefined {
  const constant = constantOf(node);
  if (constant === undefined) return undefined;
  if (constant.kind === 'int32' || constant.kind === 'tagged') return imm(constant.value);
  if (constant.kind === 'int64' && constant.value === BigInt.asIntN(32, constant.value))
    return imm(Number(constant.value));
  return undefined;
}
