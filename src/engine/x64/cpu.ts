/**
 * The CPU state block: registers as bytes in linear memory, so that snapshots copy them and the debugger shows them.
 *
 * ```
 *   base+0    rax rcx rdx rbx rsp rbp rsi rdi r8 … r15      16 × 8 bytes, low word first
 *   base+128  xmm0 … xmm15                                  16 × 16 bytes
 *   base+384  rip          lo, hi
 *   base+392  rflags       lo, hi
 *   base+400  retired      instructions retired, lo, hi (unsigned 64-bit)
 *   base+408  zero         always 0: stands in for an absent base or index register
 *   base+416  scratch      16 bytes for bit casts
 *   base+432
 * ```
 *
 * Invariant: outside `Emulator.run` the block is the whole machine state; inside, rip and rflags live in host locals.
 */
import { type Gpr, Rflag, type Xmm } from './registers.ts';

/** Byte offsets from the base of the block. */
export enum CpuState {
  Gpr = 0,
  Xmm = 128,
  Rip = 384,
  Rflags = 392,
  RetiredLo = 400,
  RetiredHi = 404,
  Zero = 408,
  Scratch = 416,
  Size = 432,
}

const TWO32 = 4294967296;

export class Cpu {
  /** The block as int32 words: `words[gpr * 2]` low half, `words[gpr * 2 + 1]` high half. */
  readonly words: Int32Array;
  /** The block as doubles: `doubles[16 + xmm * 2]` is the low lane. */
  readonly doubles: Float64Array;
  readonly base: number;

  /** @param base byte offset of the block in `buffer`; a multiple of 16. */
  constructor(buffer: SharedArrayBuffer | ArrayBuffer, base: number) {
    if (base % 16 !== 0) throw new RangeError(`CPU state must be 16-byte aligned, got offset ${base}`);
    this.base = base;
    this.words = new Int32Array(buffer, base, CpuState.Size / 4);
    this.doubles = new Float64Array(buffer, base, CpuState.Size / 8);
  }

  reset(): void {
    this.words.fill(0);
    this.words[CpuState.Rflags >> 2] = Rflag.Reserved1;
  }

  lo(reg: Gpr): number {
    return this.words[reg << 1]!;
  }
  hi(reg: Gpr): number {
    return this.words[(reg << 1) + 1]!;
  }
  setLo(reg: Gpr, lo: number): void {
    this.words[reg << 1] = lo;
  }
  set(reg: Gpr, lo: number, hi: number): void {
    this.words[reg << 1] = lo;
    this.words[(reg << 1) + 1] = hi;
  }
  /** Writes a 32-bit value as a 32-bit instruction does: the high half becomes zero. */
  set32(reg: Gpr, lo: number): void {
    this.words[reg << 1] = lo;
    this.words[(reg << 1) + 1] = 0;
  }
  /** The unsigned 64-bit value. Slow paths and views only. */
  big(reg: Gpr): bigint {
    return (BigInt(this.hi(reg) >>> 0) << 32n) | BigInt(this.lo(reg) >>> 0);
  }
  setBig(reg: Gpr, value: bigint): void {
    this.set(reg, Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)));
  }

  xmmF64(reg: Xmm): number {
    return this.doubles[(CpuState.Xmm >> 3) + (reg << 1)]!;
  }
  setXmmF64(reg: Xmm, value: number): void {
    this.doubles[(CpuState.Xmm >> 3) + (reg << 1)] = value;
  }
  /** Word `lane` (0…3) of an XMM register, as int32. */
  xmmWord(reg: Xmm, lane: number): number {
    return this.words[(CpuState.Xmm >> 2) + (reg << 2) + lane]!;
  }
  setXmmWord(reg: Xmm, lane: number, value: number): void {
    this.words[(CpuState.Xmm >> 2) + (reg << 2) + lane] = value;
  }

  /** Low 32 bits of rip, as an unsigned cage offset. */
  get rip(): number {
    return this.words[CpuState.Rip >> 2]! >>> 0;
  }
  get ripHi(): number {
    return this.words[(CpuState.Rip >> 2) + 1]!;
  }
  setRip(lo: number, hi: number): void {
    this.words[CpuState.Rip >> 2] = lo;
    this.words[(CpuState.Rip >> 2) + 1] = hi;
  }
  get flags(): number {
    return this.words[CpuState.Rflags >> 2]!;
  }
  set flags(value: number) {
    this.words[CpuState.Rflags >> 2] = value;
  }
  flag(bit: Rflag): boolean {
    return (this.flags & bit) !== 0;
  }
  /** Instructions retired since reset; exact up to 2^53. */
  get retired(): number {
    return this.words[CpuState.RetiredHi >> 2]! * TWO32 + (this.words[CpuState.RetiredLo >> 2]! >>> 0);
  }
  set retired(count: number) {
    this.words[CpuState.RetiredLo >> 2] = count | 0;
    this.words[CpuState.RetiredHi >> 2] = Math.floor(count / TWO32);
  }
}
