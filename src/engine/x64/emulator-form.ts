/**
 * What all families of the emulator's loop share: how a micro-op's name is taken apart, and how operands are fetched and
 * written back. Everything here is the text of statements; `emulator-loop.ts` puts the texts together.
 *
 * The names in the texts are the loop's locals:
 *
 * ```
 *   pc ops        the micro-op is ops[pc], its fields ops[pc + 1 … pc + 7]     (drawn in micro-op.ts)
 *   r f f32       the CPU block as int32 words, doubles, floats
 *   m m8          memory as int32 words and as bytes; `words`, `bytes` are their lengths
 *   ea ix         effective address, and its index into m
 *   a b v         32-bit operands and result;  al ah, bl bh, v h the same in 64-bit halves
 *   i j k x y     scratch
 * ```
 *
 * Invariant: a case changes no register, memory or flag before its last `break slowly`.
 */
import { CpuState } from './cpu.ts';

/** A micro-op's name taken apart: `Cmp32RI_Jl` is stem Cmp, size 32, shape RI, fused l; `Movsx8To32RM` has `to` 32. */
export interface MicroForm {
  readonly size: number;
  readonly to: number;
  /** A letter per operand: R general register, X XMM register, M memory, I immediate. */
  readonly shape: string;
}

/** A family of instructions: by stem, the statements of the micro-op up to but without `next`. */
export type Family = Readonly<Record<string, (form: MicroForm) => string>>;

const NAME = /^([A-Za-z0-9]+?)(8|16|32|64)?(?:To(32|64))?([RXMI]*)(?:_J([a-z]+))?$/;

export function parseMicroOp(name: string): MicroForm & { readonly stem: string; readonly fused: string | undefined } {
  const [, stem, size, to, shape, fused] = NAME.exec(name)!;
  return { stem: stem!, size: Number(size ?? 0), to: Number(to ?? 0), shape: shape!, fused };
}

/** Words of the CPU block. */
export enum Word {
  Rax = 0,
  Rcx = 2,
  Rdx = 4,
  Rsp = 8,
  Rbp = 10,
  Scratch = CpuState.Scratch >> 2,
}

/** Ends a case: on to the instruction behind. */
export const next = 'pc += 8; continue;';

/** Sets ix from ea for an access of 32 or 64 bits; both a misaligned and an outlying address fail the one compare. */
export const checkWords = (size: number): string =>
  `ix = (ea >>> 2) | (ea << 30); if (ix >>> 0 >= words${size > 32 ? ' - 1' : ''}) break slowly;`;

export const effectiveAddress = 'ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;';

/** Sets ea, and ix for 32 bits and more, and declines what memory does not hold. */
export const checkedAddress = (size: number): string =>
  size >= 32
    ? `${effectiveAddress} ${checkWords(size)}`
    : `${effectiveAddress} if (ea >>> 0 >= bytes${size > 8 ? ' - 1' : ''}) break slowly;`;

/** Where operand `n` (0 or 1) is a register: its word in the CPU block. */
const registerWord = (n: number): string => `ops[pc + ${n + 1}]`;

/** `low` (and `high`) = operand `n`. Memory needs `checkedAddress` before; narrow loads are zero-extended. */
export function fetch(letter: string, n: number, size: number, low: string, high: string): string {
  if (letter === 'I') return `${low} = ops[pc + 7];${size === 64 ? ` ${high} = ${low} >> 31;` : ''}`;
  if (letter === 'M') {
    if (size === 8) return `${low} = m8[ea];`;
    if (size === 16) return `${low} = m8[ea] | (m8[ea + 1] << 8);`;
    return `${low} = m[ix];${size === 64 ? ` ${high} = m[ix + 1];` : ''}`;
  }
  if (size <= 32) return `${low} = r[${registerWord(n)}];`;
  const word = n === 0 ? 'i' : 'j';
  return `${word} = ${registerWord(n)}; ${low} = r[${word}]; ${high} = r[${word} + 1];`;
}

/** Register word `i` = v (and h); 32 bits clear the upper half. */
export const writeRegister = (size: number): string => `r[i] = v; r[i + 1] = ${size === 64 ? 'h' : '0'};`;

/** Operand 0 = v (and h). */
export function store(letter: string, size: number): string {
  if (letter === 'R') return `i = ops[pc + 1]; ${writeRegister(size)}`;
  if (size === 8) return 'm8[ea] = v;';
  if (size === 16) return 'm8[ea] = v; m8[ea + 1] = v >> 8;';
  return size === 64 ? 'm[ix] = v; m[ix + 1] = h;' : 'm[ix] = v;';
}

/** `checkedAddress` if an operand is in memory. */
export const addressOf = (shape: string, size: number): string => (shape.includes('M') ? checkedAddress(size) : '');
