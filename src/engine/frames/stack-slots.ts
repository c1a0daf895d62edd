// Slots of the emulated stack: two words each, named by the index of the lower one. The upper word is what a 64-bit register
// would leave there: half of an address for tagged words and addresses, 0 for small numbers.

import { type Address, cageHi, type Heap, type Tagged, type WordIndex } from '../heap/index.ts';
import { StaticRoot } from '../objects/index.ts';

export const writeTagged = (i32: Int32Array, at: WordIndex, word: Tagged): void => {
  i32[at] = word;
  i32[at + 1] = cageHi;
};

export const writeAddress = (i32: Int32Array, at: WordIndex, address: Address): void => {
  i32[at] = address;
  i32[at + 1] = cageHi;
};

/** A count, or the marker of a typed frame. */
export const writeNumber = (i32: Int32Array, at: WordIndex, value: number): void => {
  i32[at] = value;
  i32[at + 1] = 0;
};

/** A slot that holds undefined, as a double: one store instead of two. */
const undefinedSlot: number = (() => {
  const words = new Int32Array([StaticRoot.Undefined, cageHi]);
  return new Float64Array(words.buffer)[0]!;
})();

/** Fills the slots from `from` up to `end`. */
export const fillUndefined = ({ f64 }: Heap, from: WordIndex, end: WordIndex): void => {
  for (let at = from >> 1, last = end >> 1; at < last; at++) f64[at] = undefinedSlot;
};
