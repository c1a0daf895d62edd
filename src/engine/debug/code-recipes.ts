// What optimized code computes later, computed now (turbofan/backend/recipes.ts): the machine's operators on 32-bit words and doubles.

import type { Recipe, RecipeOpcode } from '../isolate/index.ts';

type Operation = (a: number, b: number) => number;

// biome-ignore format: one operator, one line
const operations: Readonly<Record<RecipeOpcode, Operation>> = {
  Word32And: (a, b) => a & b,
  Word32Or: (a, b) => a | b,
  Word32Xor: (a, b) => a ^ b,
  Word32Shl: (a, b) => a << b,
  Word32Shr: (a, b) => (a >>> b) | 0,
  Word32Sar: (a, b) => a >> b,
  Word32Equal: (a, b) => Number((a | 0) === (b | 0)),
  Int32LessThan: (a, b) => Number((a | 0) < (b | 0)),
  Int32LessThanOrEqual: (a, b) => Number((a | 0) <= (b | 0)),
  Uint32LessThan: (a, b) => Number(a >>> 0 < b >>> 0),
  Uint32LessThanOrEqual: (a, b) => Number(a >>> 0 <= b >>> 0),
  Int32Add: (a, b) => (a + b) | 0,
  Int32Sub: (a, b) => (a - b) | 0,
  Int32Mul: (a, b) => Math.imul(a, b),
  Int32AddWithOverflow: (a, b) => (a + b) | 0,
  Int32SubWithOverflow: (a, b) => (a - b) | 0,
  Int32MulWithOverflow: (a, b) => Math.imul(a, b),
  Float64Add: (a, b) => a + b,
  Float64Sub: (a, b) => a - b,
  Float64Mul: (a, b) => a * b,
  Float64Div: (a, b) => a / b,
  Float64Abs: (a) => Math.abs(a),
  Float64Sqrt: (a) => Math.sqrt(a),
  Float64RoundDown: (a) => Math.floor(a),
  Float64RoundUp: (a) => Math.ceil(a),
  Float64RoundTruncate: (a) => Math.trunc(a),
  Float64Equal: (a, b) => Number(a === b),
  Float64LessThan: (a, b) => Number(a < b),
  Float64LessThanOrEqual: (a, b) => Number(a <= b),
  ChangeInt32ToFloat64: (a) => a | 0,
  ChangeUint32ToFloat64: (a) => a >>> 0,
  ChangeFloat64ToInt32: (a) => a | 0,
  ChangeFloat64ToUint32: (a) => a | 0,
  TruncateFloat64ToWord32: (a) => a | 0,
  BitcastTaggedToWord32: (a) => a | 0,
  BitcastWord32ToTaggedSigned: (a) => a | 0,
};

/** @param read what is in a place: its low word, or its double */
export function follow(recipe: Recipe, read: (place: Recipe & { readonly kind: 'place' }) => number): number {
  switch (recipe.kind) {
    case 'constant':
      return recipe.value;
    case 'place':
      return read(recipe);
    case 'operation': {
      const [a = 0, b = 0] = recipe.inputs.map((input) => follow(input, read));
      return operations[recipe.opcode](a, b);
    }
  }
}
