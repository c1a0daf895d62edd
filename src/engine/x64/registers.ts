/**
 * Register and condition names of the emulated machine, numbered as the hardware encodes them.
 *
 * The numbers are the encoding: `Gpr.r12` is 12 in ModRM/REX, in the CPU state block, in FrameDescriptions and in
 * translations. Names for smaller widths are only for people.
 */
export enum Gpr {
  rax = 0,
  rcx = 1,
  rdx = 2,
  rbx = 3,
  rsp = 4,
  rbp = 5,
  rsi = 6,
  rdi = 7,
  r8 = 8,
  r9 = 9,
  r10 = 10,
  r11 = 11,
  r12 = 12,
  r13 = 13,
  r14 = 14,
  r15 = 15,
}

export enum Xmm {
  xmm0 = 0,
  xmm1 = 1,
  xmm2 = 2,
  xmm3 = 3,
  xmm4 = 4,
  xmm5 = 5,
  xmm6 = 6,
  xmm7 = 7,
  xmm8 = 8,
  xmm9 = 9,
  xmm10 = 10,
  xmm11 = 11,
  xmm12 = 12,
  xmm13 = 13,
  xmm14 = 14,
  xmm15 = 15,
}

export const GPR_COUNT = 16;
export const XMM_COUNT = 16;

export const GPR64_NAMES = [
  ...['rax', 'rcx', 'rdx', 'rbx', 'rsp', 'rbp', 'rsi', 'rdi'],
  ...['r8', 'r9', 'r10', 'r11', 'r12', 'r13', 'r14', 'r15'],
] as const;
export const GPR32_NAMES = [
  ...['eax', 'ecx', 'edx', 'ebx', 'esp', 'ebp', 'esi', 'edi'],
  ...['r8d', 'r9d', 'r10d', 'r11d', 'r12d', 'r13d', 'r14d', 'r15d'],
] as const;
export const GPR16_NAMES = [
  ...['ax', 'cx', 'dx', 'bx', 'sp', 'bp', 'si', 'di'],
  ...['r8w', 'r9w', 'r10w', 'r11w', 'r12w', 'r13w', 'r14w', 'r15w'],
] as const;
export const GPR8_NAMES = [
  ...['al', 'cl', 'dl', 'bl', 'spl', 'bpl', 'sil', 'dil'],
  ...['r8b', 'r9b', 'r10b', 'r11b', 'r12b', 'r13b', 'r14b', 'r15b'],
] as const;
export const XMM_NAMES = Array.from({ length: XMM_COUNT }, (_, i) => `xmm${i}`);

/** Condition codes as encoded in the low four bits of jcc/setcc/cmovcc. `cond ^ 1` is the negation. */
export enum Cond {
  overflow = 0,
  no_overflow = 1,
  below = 2,
  above_equal = 3,
  equal = 4,
  not_equal = 5,
  below_equal = 6,
  above = 7,
  negative = 8,
  positive = 9,
  parity_even = 10,
  parity_odd = 11,
  less = 12,
  greater_equal = 13,
  less_equal = 14,
  greater = 15,
}

export const negateCondition = (cond: Cond): Cond => cond ^ 1;

/** Suffixes as V8's disassembler prints them after `j`, `set` and `cmov`. */
export const CONDITION_NAMES = [
  ...['o', 'no', 'c', 'nc', 'z', 'nz', 'na', 'a'],
  ...['s', 'ns', 'pe', 'po', 'l', 'ge', 'le', 'g'],
] as const;

/** Bits of RFLAGS that the machine models. AF is always 0: nothing a JavaScript compiler emits reads it. */
export enum Rflag {
  CF = 1 << 0,
  Reserved1 = 1 << 1,
  PF = 1 << 2,
  ZF = 1 << 6,
  SF = 1 << 7,
  OF = 1 << 11,
}
export const RFLAGS_MODELLED = Rflag.CF | Rflag.PF | Rflag.ZF | Rflag.SF | Rflag.OF;
