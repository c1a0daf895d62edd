// Addresses as the protocol spells them: `0x1c2f00400000`. Inside the engine an address is an offset in the cage.

import { cageHi } from '../heap/index.ts';
import { addressText } from '../objects/index.ts';

export { addressText };

const base = BigInt(cageHi) << 32n;

/** Full 64-bit address of a cage offset. */
export const fullAddress = (offset: number): bigint => base + BigInt(offset >>> 0);

/** Cage offset of an address; an Error that says what was expected otherwise. */
export function parseAddress(text: string, offset = 0): number {
  let address: bigint;
  try {
    address = BigInt(text) + BigInt(Math.trunc(offset));
  } catch {
    throw new Error(`Expected an address such as ${addressText(0)}, found '${text}'.`);
  }
  const low = address < 0x1_0000_0000n ? address : address - base;
  if (low < 0n || low > 0xffff_ffffn)
    throw new Error(`Address ${text} is outside the engine's memory, which begins at ${addressText(0)}.`);
  return Number(low);
}

export const hex = (value: number): string => `0x${(value >>> 0).toString(16)}`;

/** A 64-bit value from its halves, all 16 digits. */
export const hex64 = (lo: number, hi: number): string =>
  `0x${(hi >>> 0).toString(16).padStart(8, '0')}${(lo >>> 0).toString(16).padStart(8, '0')}`;
