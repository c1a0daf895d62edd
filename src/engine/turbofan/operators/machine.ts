// Machine operators: what the backend gets (with the common ones marked so; machine-contract.md in the folder above). Every
// value has a MachineType: `machineTypeOf(node)`.

import { type MachineType, MachineTypes as T } from '../graph/machine-type.ts';
import type { LoadParameters, StoreParameters } from '../graph/parameters.ts';
import { binop } from './lowering.ts';
import { type OperatorRow, type Parts, row } from './row.ts';
import { Uses } from './use-info.ts';

const mach = (
  values: number,
  machineType: MachineType,
  doc: string,
  flags = '',
  parts: Parts<undefined> = {},
): OperatorRow<undefined> => row('machine', `v${values} > v1`, `p${flags}`, doc, { machineType, ...parts });
const machOverflow = (doc: string): OperatorRow<undefined> =>
  row('machine', 'v2 > v2', 'p', doc, { machineType: T.Int32 });
/** Those that stand in graphs before simplified lowering. */
const words: Parts<undefined> = { lowering: binop(Uses.truncatingWord32, Uses.truncatingWord32, T.Int32.rep) };

// biome-ignore format: one operator, one line
export const machineOperators = {
  Load: row<LoadParameters>('machine', 'v2 e1 c1 > v1 e1', 'tr', 'base, offset (Pointer or Int32/Int64 index in bytes); parameter LoadParameters {type}; tagged loads decompress'),
  Store: row<StoreParameters>('machine', 'v3 e1 c1 > e1', 't', 'base, offset, value; parameter StoreParameters {rep, barrier}'),
  Word32And: mach(2, T.Int32, 'a & b', 'c', words),
  Word32Or: mach(2, T.Int32, 'a | b', 'c'),
  Word32Xor: mach(2, T.Int32, 'a ^ b', 'c'),
  Word32Shl: mach(2, T.Int32, 'a << (b & 31)'),
  Word32Shr: mach(2, T.Uint32, 'a >>> (b & 31)'),
  Word32Sar: mach(2, T.Int32, 'a >> (b & 31)'),
  Word32Clz: mach(1, T.Int32, 'leading zeros'),
  Word32Equal: mach(2, T.Bool, 'a == b', 'c'),
  Int32LessThan: mach(2, T.Bool, 'signed <'),
  Int32LessThanOrEqual: mach(2, T.Bool, 'signed <='),
  Uint32LessThan: mach(2, T.Bool, 'unsigned <'),
  Uint32LessThanOrEqual: mach(2, T.Bool, 'unsigned <='),
  Int32Add: mach(2, T.Int32, 'a + b', 'c', words),
  Int32Sub: mach(2, T.Int32, 'a - b'),
  Int32Mul: mach(2, T.Int32, 'a * b', 'c'),
  Int32Div: row('machine', 'v2 c1 > v1', 'p', 'b ≠ 0; idiv', { machineType: T.Int32 }),
  Int32Mod: row('machine', 'v2 c1 > v1', 'p', 'b ≠ 0; idiv', { machineType: T.Int32 }),
  Uint32Div: row('machine', 'v2 c1 > v1', 'p', 'b ≠ 0', { machineType: T.Uint32 }),
  Uint32Mod: row('machine', 'v2 c1 > v1', 'p', 'b ≠ 0', { machineType: T.Uint32 }),
  Int32AddWithOverflow: machOverflow('Projection 0 sum, Projection 1 overflow bit'),
  Int32SubWithOverflow: machOverflow('as above'),
  Int32MulWithOverflow: machOverflow('as above'),
  Word64Shl: mach(2, T.Int64, 'a << b'),
  Word64Equal: mach(2, T.Bool, '64-bit equality', 'c'),
  Int64Add: mach(2, T.Int64, 'a + b', 'c'),
  Int64LessThan: mach(2, T.Bool, 'signed <'),
  TaggedEqual: mach(2, T.Bool, 'low words equal (32-bit compare)', 'c'),
  Float64Add: mach(2, T.Float64, 'addsd', 'c'),
  Float64Sub: mach(2, T.Float64, 'subsd'),
  Float64Mul: mach(2, T.Float64, 'mulsd', 'c'),
  Float64Div: mach(2, T.Float64, 'divsd'),
  Float64Mod: mach(2, T.Float64, 'fmod (C call)'),
  Float64Pow: mach(2, T.Float64, 'pow (C call)'),
  Float64Atan2: mach(2, T.Float64, 'C call'),
  Float64Max: mach(2, T.Float64, 'Math.max semantics', 'c'),
  Float64Min: mach(2, T.Float64, 'Math.min semantics', 'c'),
  Float64Abs: mach(1, T.Float64, 'andpd'),
  Float64Sqrt: mach(1, T.Float64, 'sqrtsd'),
  Float64RoundDown: mach(1, T.Float64, 'roundsd'),
  Float64RoundUp: mach(1, T.Float64, 'roundsd'),
  Float64RoundTruncate: mach(1, T.Float64, 'roundsd'),
  Float64Sin: mach(1, T.Float64, 'C call'),
  Float64Cos: mach(1, T.Float64, 'C call'),
  Float64Tan: mach(1, T.Float64, 'C call'),
  Float64Exp: mach(1, T.Float64, 'C call'),
  Float64Log: mach(1, T.Float64, 'C call'),
  Float64SilenceNaN: mach(1, T.Float64, 'subsd 0.0'),
  Float64Equal: mach(2, T.Bool, 'ucomisd, false if unordered', 'c'),
  Float64LessThan: mach(2, T.Bool, 'false if unordered'),
  Float64LessThanOrEqual: mach(2, T.Bool, 'false if unordered'),
  Float64ExtractHighWord32: mach(1, T.Int32, 'high word'),
  ChangeInt32ToFloat64: mach(1, T.Float64, 'cvtlsi2sd'),
  ChangeUint32ToFloat64: mach(1, T.Float64, 'cvtqsi2sd of zero-extended'),
  ChangeInt64ToFloat64: mach(1, T.Float64, 'cvtqsi2sd'),
  ChangeFloat64ToInt32: mach(1, T.Int32, 'cvttsd2si, exact'),
  RoundFloat64ToInt32: mach(1, T.Int32, 'cvttsd2si'),
  ChangeFloat64ToUint32: mach(1, T.Uint32, 'exact'),
  ChangeFloat64ToInt64: mach(1, T.Int64, 'exact'),
  TruncateFloat64ToWord32: mach(1, T.Int32, 'ToInt32: cvttsd2siq, C call when out of range'),
  TruncateFloat64ToFloat32: mach(1, T.Float32, 'cvtsd2ss'),
  ChangeFloat32ToFloat64: mach(1, T.Float64, 'cvtss2sd'),
  ChangeInt32ToInt64: mach(1, T.Int64, 'movsxlq'),
  ChangeUint32ToUint64: mach(1, T.Uint64, 'zero-extend'),
  TruncateInt64ToInt32: mach(1, T.Int32, 'low word'),
  BitcastTaggedToWord32: mach(1, T.Int32, 'the tagged low word'),
  BitcastWord32ToTaggedSigned: mach(1, T.TaggedSigned, 'tagged low word → register with the cage base in the high word'),
  StackPointerGreaterThan: row('machine', 'v1 e1 > v1 e1', 't', 'rsp > limit', { machineType: T.Bool }),
} as const;

export type MachineOpcode = keyof typeof machineOperators;
