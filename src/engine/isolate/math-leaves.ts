// Functions of one double that optimized code calls as leaves: the host's.

import { BuiltinId } from '../runtime/index.ts';

// biome-ignore format: one function, one line
export const mathLeaves: Readonly<Record<number, (x: number) => number>> = {
  [BuiltinId.Float64Sin]: Math.sin,
  [BuiltinId.Float64Cos]: Math.cos,
  [BuiltinId.Float64Tan]: Math.tan,
  [BuiltinId.Float64Exp]: Math.exp,
  [BuiltinId.Float64Log]: Math.log,
  [BuiltinId.Float64Acos]: Math.acos,
  [BuiltinId.Float64Acosh]: Math.acosh,
  [BuiltinId.Float64Asin]: Math.asin,
  [BuiltinId.Float64Asinh]: Math.asinh,
  [BuiltinId.Float64Atan]: Math.atan,
  [BuiltinId.Float64Atanh]: Math.atanh,
  [BuiltinId.Float64Cbrt]: Math.cbrt,
  [BuiltinId.Float64Cosh]: Math.cosh,
  [BuiltinId.Float64Expm1]: Math.expm1,
  [BuiltinId.Float64Log1p]: Math.log1p,
  [BuiltinId.Float64Log10]: Math.log10,
  [BuiltinId.Float64Log2]: Math.log2,
  [BuiltinId.Float64Sinh]: Math.sinh,
  [BuiltinId.Float64Tanh]: Math.tanh,
};
