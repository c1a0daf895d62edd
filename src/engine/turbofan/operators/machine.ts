// Machine operators: what the backend gets (with the common ones marked so; machine-contract.md in the folder above). Every
// value has a MachineType: `machineTypeOf(node)`.

import { type MachineType, MachineTypes as T } from '../graph/machine-type.ts';
import type { LoadParameters, StoreParameters } from '../graph/parameters.ts';
import { binop } from './lowering.ts';
import { type OperatorRow, type Parts, row } from './row.ts';
import { Uses } from './use-info.ts';

/** @param takes a letter per value input (row.ts) */
const mach = (
  takes: string,
  machineType: MachineType,
  doc: string,
  flags = '',
  parts: Parts<undefined> = {},
): OperatorRow<undefined> =>
  row('machine', `v${takes.length} > v1`, `p${flags}`, doc, { machineType, takes, ...parts });
const machOverflow = (doc: string): OperatorRow<undefined> =>
  row('machine', 'v2 > v2', 'p', doc, { machineType: T.Int32, takes: 'ww' });
const division = (machineType: MachineType, doc: string): OperatorRow<undefined> =>
  row('machine', 'v2 c1 > v1', 'p', doc, { machineType, takes: 'ww' });
/** Those that stand in graphs before simplified lowering. */
const words: Parts<undefined> = { lowering: binop(Uses.truncatingWord32, Uses.truncatingWord32, T.Int32.rep) };

// biome-ignore format: one operator, one line
export const machineOperators = {
  Load: row<LoadParameters>('machine', 'v2 e1 c1 > v1 e1', 'tr', 'base, offset (Pointer or Int32/Int64 index in bytes); parameter LoadParameters {type}; tagged loads decompress', { takes: 'ao' }),
  Store: row<StoreParameters>('machine', 'v3 e1 c1 > e1', 't', 'base, offset, value; parameter StoreParameters {rep, barrier}', { takes: 'ao?' }),
  Word32And: mach('ww', T.Int32, 'a & b', 'c', words),
  Word32Or: mach('ww', T.Int32, 'a | b', 'c'),
  Word32Xor: mach('ww', T.Int32, 'a ^ b', 'c'),
  Word32Shl: mach('ww', T.Int32, 'a << (b & 31)'),
  Word32Shr: mach('ww', T.Uint32, 'a >>> (b & 31)'),
  Word32Sar: mach('ww', T.Int32, 'a >> (b & 31)'),
  Word32Clz: mach('w', T.Int32, 'leading zeros'),
  Word32Equal: mach('ww', T.Bool, 'a == b', 'c'),
  Int32LessThan: mach('ww', T.Bool, 'signed <'),
  Int32LessThanOrEqual: mach('ww', T.Bool, 'signed <='),
  Uint32LessThan: mach('ww', T.Bool, 'unsigned <'),
  Uint32LessThanOrEqual: mach('ww', T.Bool, 'unsigned <='),
  Int32Add: mach('ww', T.Int32, 'a + b', 'c', words),
  Int32Sub: mach('ww', T.Int32, 'a - b'),
  Int32Mul: mach('ww', T.Int32, 'a * b', 'c'),
  Int32Div: division(T.Int32, 'b ≠ 0; idiv'),
  Int32Mod: division(T.Int32, 'b ≠ 0; idiv'),
  Uint32Div: division(T.Uint32, 'b ≠ 0'),
  Uint32Mod: division(T.Uint32, 'b ≠ 0'),
  Int32AddWithOverflow: machOverflow('Projection 0 sum, Projection 1 overflow bit'),
  Int32SubWithOverflow: machOverflow('as above'),
  Int32MulWithOverflow: machOverflow('as above'),
  Word64Shl: mach('qq', T.Int64, 'a << b'),
  Word64Equal: mach('qq', T.Bool, '64-bit equality', 'c'),
  Int64Add: mach('qq', T.Int64, 'a + b', 'c'),
  Int64LessThan: mach('qq', T.Bool, 'signed <'),
  TaggedEqual: mach('tt', T.Bool, 'low words equal (32-bit compare)', 'c'),
  Float64Add: mach('dd', T.Float64, 'addsd', 'c'),
  Float64Sub: mach('dd', T.Float64, 'subsd'),
  Float64Mul: mach('dd', T.Float64, 'mulsd', 'c'),
  Float64Div: mach('dd', T.Float64, 'divsd'),
  Float64Mod: mach('dd', T.Float64, 'fmod (C call)'),
  Float64Pow: mach('dd', T.Float64, 'pow (C call)'),
  Float64Atan2: mach('dd', T.Float64, 'C call'),
  Float64Max: mach('dd', T.Float64, 'Math.max semantics', 'c'),
  Float64Min: mach('dd', T.Float64, 'Math.min semantics', 'c'),
  Float64Abs: mach('d', T.Float64, 'andpd'),
  Float64Sqrt: mach('d', T.Float64, 'sqrtsd'),
  Float64RoundDown: mach('d', T.Float64, 'roundsd'),
  Float64RoundUp: mach('d', T.Float64, 'roundsd'),
  Float64RoundTruncate: mach('d', T.Float64, 'roundsd'),
  Float64Sin: mach('d', T.Float64, 'C call'),
  Float64Cos: mach('d', T.Float64, 'C call'),
  Float64Tan: mach('d', T.Float64, 'C call'),
  Float64Exp: mach('d', T.Float64, 'C call'),
  Float64Log: mach('d', T.Float64, 'C call'),
  Float64Acos: mach('d', T.Float64, 'C call'),
  Float64Acosh: mach('d', T.Float64, 'C call'),
  Float64Asin: mach('d', T.Float64, 'C call'),
  Float64Asinh: mach('d', T.Float64, 'C call'),
  Float64Atan: mach('d', T.Float64, 'C call'),
  Float64Atanh: mach('d', T.Float64, 'C call'),
  Float64Cbrt: mach('d', T.Float64, 'C call'),
  Float64Cosh: mach('d', T.Float64, 'C call'),
  Float64Expm1: mach('d', T.Float64, 'C call'),
  Float64Log1p: mach('d', T.Float64, 'C call'),
  Float64Log10: mach('d', T.Float64, 'C call'),
  Float64Log2: mach('d', T.Float64, 'C call'),
  Float64Sinh: mach('d', T.Float64, 'C call'),
  Float64Tanh: mach('d', T.Float64, 'C call'),
  Float64SilenceNaN: mach('d', T.Float64, 'subsd 0.0'),
  Float64Equal: mach('dd', T.Bool, 'ucomisd, false if unordered', 'c'),
  Float64LessThan: mach('dd', T.Bool, 'false if unordered'),
  Float64LessThanOrEqual: mach('dd', T.Bool, 'false if unordered'),
  Float64ExtractHighWord32: mach('d', T.Int32, 'high word'),
  ChangeInt32ToFloat64: mach('i', T.Float64, 'cvtlsi2sd'),
  ChangeUint32ToFloat64: mach('u', T.Float64, 'cvtqsi2sd of zero-extended'),
  ChangeInt64ToFloat64: mach('q', T.Float64, 'cvtqsi2sd'),
  ChangeFloat64ToInt32: mach('d', T.Int32, 'cvttsd2si, exact'),
  RoundFloat64ToInt32: mach('d', T.Int32, 'cvttsd2si'),
  ChangeFloat64ToUint32: mach('d', T.Uint32, 'exact'),
  ChangeFloat64ToInt64: mach('d', T.Int64, 'exact'),
  TruncateFloat64ToWord32: mach('d', T.Int32, 'ToInt32: cvttsd2siq, C call when out of range'),
  TruncateFloat64ToFloat32: mach('d', T.Float32, 'cvtsd2ss'),
  ChangeFloat32ToFloat64: mach('f', T.Float64, 'cvtss2sd'),
  ChangeInt32ToInt64: mach('i', T.Int64, 'movsxlq'),
  ChangeUint32ToUint64: mach('w', T.Uint64, 'zero-extend'),
  TruncateInt64ToInt32: mach('q', T.Int32, 'low word'),
  BitcastTaggedToWord32: mach('t', T.Int32, 'the tagged low word'),
  BitcastWord32ToTaggedSigned: mach('w', T.TaggedSigned, 'tagged low word → register with the cage base in the high word'),
  LoadFramePointer: mach('', T.Pointer, 'rbp'),
  StackPointerGreaterThan: row('machine', 'v1 e1 > v1 e1', 't', 'rsp > limit', { machineType: T.Bool, takes: 'q' }),
} as const;

export type MachineOpcode = keyof typeof machineOperators;
