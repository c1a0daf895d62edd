// Tagged values, as V8 with pointer compression. A compressed tagged word is an int32 in host code.
//
//   31                             1 0
//   ├──────── 31-bit Smi ───────────┤0│
//   ├──────── heap offset ────────┤ 0 1│   strong pointer (objects are 8-byte aligned)
//   ├──────── heap offset ────────┤ 1 1│   weak pointer; the word 3 alone is a cleared weak reference
//
// In 64-bit registers and stack slots the upper half of every tagged value, Smis included, is the upper half of the cage
// base: what V8's decompression (base + sign-extended word) leaves. Nothing may depend on a Smi's upper half.

/** A compressed tagged word: Smi, strong or weak pointer. Always an int32. */
export type Tagged = number & { readonly flavor?: 'tagged' };
/** A word that every collection leaves as it is: of an object in read-only space, or of a root in old space. */
export type Immovable = Tagged & { readonly isImmovable: true };

export const smiMin = -0x40000000;
export const smiMax = 0x3fffffff;
/** The word of a cleared weak reference. */
export const clearedWeak = 3;

export const isSmi = (word: Tagged): boolean => (word & 1) === 0;
export const isHeapObject = (word: Tagged): boolean => (word & 3) === 1;
export const isWeak = (word: Tagged): boolean => (word & 3) === 3;
export const isCleared = (word: Tagged): boolean => word === clearedWeak;
export const smi = (value: number): Tagged => value << 1;
export const smiValue = (word: Tagged): number => word >> 1;
/** Whether a number is representable as a Smi (−0 is not). */
export const fitsSmi = (value: number): boolean =>
  (value | 0) === value && value >= smiMin && value <= smiMax && !Object.is(value, -0);
export const weak = (object: Tagged): Tagged => object | 2;
export const strong = (word: Tagged): Tagged => word & ~2;
