/**
 * The emulator's lazy flags. Two int32 locals stand for RFLAGS (few, because every loop-carried local costs in every
 * case), and no condition needs to know which instruction wrote them:
 *
 * ```
 *   fq   ZF = fq is 0;  SF = sign bit of fq, flipped by bit 29 of fw (only popfq can set both ZF and SF)
 *   fw   31  CF
 *        30  OF, flipped by bit 29: so that SF ≠ OF is always the sign of fq ^ (fw << 1)
 *        29  flip
 *        7…0 PF = even parity
 * ```
 */
import { Rflag } from './registers.ts';

/** Bits of fw. */
export enum Lazy {
  Sign = 1 << 31,
  Overflow = 1 << 30,
}

/** Even parity of the low byte. */
export function parity(value: number): boolean {
  return ((0x6996 >> ((value ^ (value >> 4)) & 15)) & 1) === 0;
}

export function packFlags(fq: number, fw: number): number {
  return (
    Rflag.Reserved1 |
    (fq === 0 ? Rflag.ZF : 0) |
    ((fq ^ (fw << 2)) < 0 ? Rflag.SF : 0) |
    (parity(fw) ? Rflag.PF : 0) |
    (fw < 0 ? Rflag.CF : 0) |
    (((fw ^ (fw << 1)) & Lazy.Overflow) !== 0 ? Rflag.OF : 0)
  );
}

export function unpackResult(flags: number): number {
  if ((flags & Rflag.ZF) !== 0) return 0;
  return (flags & Rflag.SF) !== 0 ? -1 : 1;
}

export function unpackRest(flags: number): number {
  const flip = (flags & (Rflag.ZF | Rflag.SF)) === (Rflag.ZF | Rflag.SF) ? 1 : 0;
  const of = ((flags >> 11) & 1) ^ flip;
  return (flags << 31) | (of << 30) | (flip << 29) | (((flags >> 2) & 1) ^ 1);
}

// Texts of the loop -------------------------------------------------------------------------------------------------

/** The eight conditions as the encoding numbers them, twice; the odd ones are their negations. */
const conditions: readonly (readonly [name: string, negation: string, holds: string])[] = [
  ['o', 'no', `((fw ^ (fw << 1)) & ${Lazy.Overflow}) !== 0`],
  ['b', 'ae', 'fw < 0'],
  ['e', 'ne', 'fq === 0'],
  ['be', 'a', 'fw < 0 || fq === 0'],
  ['s', 'ns', '(fq ^ (fw << 2)) < 0'],
  ['p', 'np', 'parity(fw)'],
  ['l', 'ge', '(fq ^ (fw << 1)) < 0'],
  ['le', 'g', 'fq === 0 || (fq ^ (fw << 1)) < 0'],
];

const both = (table: readonly (readonly [string, string, string])[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    table.flatMap(([name, negation, holds]) => [[name, holds] as const, [negation, `!(${holds})`] as const]),
  );

/** By name, whether a condition holds after any instruction. */
export const condition = both(conditions);

/** By name, conditions right after a 32-bit compare of a with b, from the operands. */
export const conditionOfCompare32 = both([
  ['b', 'ae', 'a >>> 0 < b >>> 0'],
  ['e', 'ne', 'a === b'],
  ['be', 'a', 'a >>> 0 <= b >>> 0'],
  ['l', 'ge', 'a < b'],
  ['le', 'g', 'a <= b'],
]);

/** `holds(cc, fq, fw)` for setcc and cmovcc, whose condition is an operand. */
export const holdsFunction = `function holds(cc, fq, fw) {
  let result = false;
  switch (cc >> 1) {
    ${conditions.map(([, , text], n) => `case ${n}: result = ${text}; break;`).join('\n    ')}
  }
  return (cc & 1) === 0 ? result : !result;
}`;

/** fq from a result in v, or in v and h. */
const resultFlags = (size: number): string => (size === 64 ? 'fq = h | (v >>> 1) | (v & 1);' : 'fq = v;');

/** Flags of a result, with CF and OF as the sign bits of cf and of. */
export const arithmeticFlags = (size: number): string =>
  `${resultFlags(size)} fw = (v & 255) | (cf & ${Lazy.Sign}) | ((of >>> 1) & ${Lazy.Overflow});`;

/** Flags of a result with CF and OF clear. */
export const logicFlags = (size: number): string => `${resultFlags(size)} fw = v & 255;`;

/** Flags of inc and dec: CF stays. */
export const keepingCarryFlags = `fq = v; fw = (v & 255) | (fw & ${Lazy.Sign}) | ((of >>> 1) & ${Lazy.Overflow});`;
