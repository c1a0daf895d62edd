/**
 * Operands of the assembler: `Gpr`/`Xmm` numbers, `mem(…)`, `imm(…)` and `Label`.
 */
import type { Gpr } from './registers.ts';

/** `[base + index * scale + disp]`; `base`/`index` −1 when absent. */
export class Mem {
  constructor(
    readonly base: Gpr | -1,
    readonly index: Gpr | -1,
    readonly scale: 1 | 2 | 4 | 8,
    readonly disp: number,
  ) {}
}

/** A 32-bit immediate; 64-bit instructions sign-extend it. */
export class Immediate {
  constructor(readonly value: number) {}
}

export function mem(base: Gpr, disp?: number): Mem;
export function mem(base: Gpr | -1, index: Gpr, scale: 1 | 2 | 4 | 8, disp?: number): Mem;
export function mem(base: Gpr | -1, second = 0, scale?: 1 | 2 | 4 | 8, disp = 0): Mem {
  if (scale === undefined) return new Mem(base, -1, 1, second | 0);
  return new Mem(base, second as Gpr, scale, disp | 0);
}

const small = Array.from({ length: 272 }, (_, i) => new Immediate(i - 16));
export function imm(value: number): Immediate {
  if (value >= -16 && value < 256 && Number.isInteger(value)) return small[value + 16]!;
  if (value !== (value | 0) && value !== value >>> 0) throw new RangeError(`imm: ${value} is not a 32-bit integer`);
  return new Immediate(value | 0);
}

/** A position in the code being assembled. Uses before `bind` are linked and patched by it. */
export class Label {
  /** Offset in the code, or −1 while unbound. */
  pos = -1;
  /** Offsets of fields waiting for the position; see Assembler. */
  readonly uses: { at: number; kind: LabelUse }[] = [];
  constructor(readonly name = '') {}
  get isBound(): boolean {
    return this.pos >= 0;
  }
}

export enum LabelUse {
  Rel32 = 0,
  Rel8 = 1,
  Absolute64 = 2,
}
