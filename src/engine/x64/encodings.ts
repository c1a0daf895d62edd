// Encodings: iced-x86's codes by operand size, and its encoder behind a cache.
//
// Encodings are memoised by (code, operands): crossing into iced's WebAssembly costs microseconds, a map lookup does not, and compiled
// code repeats itself. Every iced object is freed at once.

import { Code, Encoder, Instruction, MemoryOperand, Register } from 'iced-x86';
import type { Mem } from './operands.ts';

const gprs = (...names: (keyof typeof Register)[]): number[] => names.map((name) => Register[name] as number);
const span = (first: Register): number[] => Array.from({ length: 8 }, (_, i) => (first as number) + i);
export const R64 = [...gprs('RAX', 'RCX', 'RDX', 'RBX', 'RSP', 'RBP', 'RSI', 'RDI'), ...span(Register.R8)];
export const R32 = [...gprs('EAX', 'ECX', 'EDX', 'EBX', 'ESP', 'EBP', 'ESI', 'EDI'), ...span(Register.R8D)];
const R16 = [...gprs('AX', 'CX', 'DX', 'BX', 'SP', 'BP', 'SI', 'DI'), ...span(Register.R8W)];
export const R8 = [...gprs('AL', 'CL', 'DL', 'BL', 'SPL', 'BPL', 'SIL', 'DIL'), ...span(Register.R8L)];
export const XMM = Array.from({ length: 16 }, (_, i) => (Register.XMM0 as number) + i);

export function registersOf(size: number): number[] {
  return size === 64 ? R64 : size === 32 ? R32 : size === 16 ? R16 : R8;
}

/** Encodings of one two-operand instruction at one size. */
export interface AluCodes {
  size: 8 | 16 | 32 | 64;
  rm_r: Code;
  r_rm: Code | null;
  rm_imm8: Code | null;
  rm_imm: Code | null;
}
const alu = (
  size: 8 | 16 | 32 | 64,
  rm_r: Code,
  r_rm: Code | null,
  rm_imm8: Code | null,
  rm_imm: Code | null,
): AluCodes => ({ size, rm_r, r_rm, rm_imm8, rm_imm });

// biome-ignore format: one instruction, one line.
export const C = {
  addb: alu(8, Code.Add_rm8_r8, Code.Add_r8_rm8, Code.Add_rm8_imm8, Code.Add_rm8_imm8),
  addw: alu(16, Code.Add_rm16_r16, Code.Add_r16_rm16, Code.Add_rm16_imm8, Code.Add_rm16_imm16),
  addl: alu(32, Code.Add_rm32_r32, Code.Add_r32_rm32, Code.Add_rm32_imm8, Code.Add_rm32_imm32),
  addq: alu(64, Code.Add_rm64_r64, Code.Add_r64_rm64, Code.Add_rm64_imm8, Code.Add_rm64_imm32),
  orb: alu(8, Code.Or_rm8_r8, Code.Or_r8_rm8, Code.Or_rm8_imm8, Code.Or_rm8_imm8),
  orw: alu(16, Code.Or_rm16_r16, Code.Or_r16_rm16, Code.Or_rm16_imm8, Code.Or_rm16_imm16),
  orl: alu(32, Code.Or_rm32_r32, Code.Or_r32_rm32, Code.Or_rm32_imm8, Code.Or_rm32_imm32),
  orq: alu(64, Code.Or_rm64_r64, Code.Or_r64_rm64, Code.Or_rm64_imm8, Code.Or_rm64_imm32),
  adcb: alu(8, Code.Adc_rm8_r8, Code.Adc_r8_rm8, Code.Adc_rm8_imm8, Code.Adc_rm8_imm8),
  adcw: alu(16, Code.Adc_rm16_r16, Code.Adc_r16_rm16, Code.Adc_rm16_imm8, Code.Adc_rm16_imm16),
  adcl: alu(32, Code.Adc_rm32_r32, Code.Adc_r32_rm32, Code.Adc_rm32_imm8, Code.Adc_rm32_imm32),
  adcq: alu(64, Code.Adc_rm64_r64, Code.Adc_r64_rm64, Code.Adc_rm64_imm8, Code.Adc_rm64_imm32),
  sbbb: alu(8, Code.Sbb_rm8_r8, Code.Sbb_r8_rm8, Code.Sbb_rm8_imm8, Code.Sbb_rm8_imm8),
  sbbw: alu(16, Code.Sbb_rm16_r16, Code.Sbb_r16_rm16, Code.Sbb_rm16_imm8, Code.Sbb_rm16_imm16),
  sbbl: alu(32, Code.Sbb_rm32_r32, Code.Sbb_r32_rm32, Code.Sbb_rm32_imm8, Code.Sbb_rm32_imm32),
  sbbq: alu(64, Code.Sbb_rm64_r64, Code.Sbb_r64_rm64, Code.Sbb_rm64_imm8, Code.Sbb_rm64_imm32),
  andb: alu(8, Code.And_rm8_r8, Code.And_r8_rm8, Code.And_rm8_imm8, Code.And_rm8_imm8),
  andw: alu(16, Code.And_rm16_r16, Code.And_r16_rm16, Code.And_rm16_imm8, Code.And_rm16_imm16),
  andl: alu(32, Code.And_rm32_r32, Code.And_r32_rm32, Code.And_rm32_imm8, Code.And_rm32_imm32),
  andq: alu(64, Code.And_rm64_r64, Code.And_r64_rm64, Code.And_rm64_imm8, Code.And_rm64_imm32),
  subb: alu(8, Code.Sub_rm8_r8, Code.Sub_r8_rm8, Code.Sub_rm8_imm8, Code.Sub_rm8_imm8),
  subw: alu(16, Code.Sub_rm16_r16, Code.Sub_r16_rm16, Code.Sub_rm16_imm8, Code.Sub_rm16_imm16),
  subl: alu(32, Code.Sub_rm32_r32, Code.Sub_r32_rm32, Code.Sub_rm32_imm8, Code.Sub_rm32_imm32),
  subq: alu(64, Code.Sub_rm64_r64, Code.Sub_r64_rm64, Code.Sub_rm64_imm8, Code.Sub_rm64_imm32),
  xorb: alu(8, Code.Xor_rm8_r8, Code.Xor_r8_rm8, Code.Xor_rm8_imm8, Code.Xor_rm8_imm8),
  xorw: alu(16, Code.Xor_rm16_r16, Code.Xor_r16_rm16, Code.Xor_rm16_imm8, Code.Xor_rm16_imm16),
  xorl: alu(32, Code.Xor_rm32_r32, Code.Xor_r32_rm32, Code.Xor_rm32_imm8, Code.Xor_rm32_imm32),
  xorq: alu(64, Code.Xor_rm64_r64, Code.Xor_r64_rm64, Code.Xor_rm64_imm8, Code.Xor_rm64_imm32),
  cmpb: alu(8, Code.Cmp_rm8_r8, Code.Cmp_r8_rm8, Code.Cmp_rm8_imm8, Code.Cmp_rm8_imm8),
  cmpw: alu(16, Code.Cmp_rm16_r16, Code.Cmp_r16_rm16, Code.Cmp_rm16_imm8, Code.Cmp_rm16_imm16),
  cmpl: alu(32, Code.Cmp_rm32_r32, Code.Cmp_r32_rm32, Code.Cmp_rm32_imm8, Code.Cmp_rm32_imm32),
  cmpq: alu(64, Code.Cmp_rm64_r64, Code.Cmp_r64_rm64, Code.Cmp_rm64_imm8, Code.Cmp_rm64_imm32),
  testb: alu(8, Code.Test_rm8_r8, null, null, Code.Test_rm8_imm8),
  testw: alu(16, Code.Test_rm16_r16, null, null, Code.Test_rm16_imm16),
  testl: alu(32, Code.Test_rm32_r32, null, null, Code.Test_rm32_imm32),
  testq: alu(64, Code.Test_rm64_r64, null, null, Code.Test_rm64_imm32),
  movb: alu(8, Code.Mov_rm8_r8, Code.Mov_r8_rm8, null, Code.Mov_rm8_imm8),
  movw: alu(16, Code.Mov_rm16_r16, Code.Mov_r16_rm16, null, Code.Mov_rm16_imm16),
  movl: alu(32, Code.Mov_rm32_r32, Code.Mov_r32_rm32, null, Code.Mov_rm32_imm32),
  movq: alu(64, Code.Mov_rm64_r64, Code.Mov_r64_rm64, null, Code.Mov_rm64_imm32),
  btl: alu(32, Code.Bt_rm32_r32, null, Code.Bt_rm32_imm8, Code.Bt_rm32_imm8),
  xchgl: alu(32, Code.Xchg_rm32_r32, null, null, null),
  cmpxchgl: alu(32, Code.Cmpxchg_rm32_r32, null, null, null),
  btq: alu(64, Code.Bt_rm64_r64, null, Code.Bt_rm64_imm8, Code.Bt_rm64_imm8),
  xchgq: alu(64, Code.Xchg_rm64_r64, null, null, null),
  cmpxchgq: alu(64, Code.Cmpxchg_rm64_r64, null, null, null),
};

// biome-ignore format: tables by condition code.
export const JCC32 = [Code.Jo_rel32_64, Code.Jno_rel32_64, Code.Jb_rel32_64, Code.Jae_rel32_64, Code.Je_rel32_64, Code.Jne_rel32_64, Code.Jbe_rel32_64, Code.Ja_rel32_64, Code.Js_rel32_64, Code.Jns_rel32_64, Code.Jp_rel32_64, Code.Jnp_rel32_64, Code.Jl_rel32_64, Code.Jge_rel32_64, Code.Jle_rel32_64, Code.Jg_rel32_64];
// biome-ignore format: tables by condition code.
export const JCC8 = [Code.Jo_rel8_64, Code.Jno_rel8_64, Code.Jb_rel8_64, Code.Jae_rel8_64, Code.Je_rel8_64, Code.Jne_rel8_64, Code.Jbe_rel8_64, Code.Ja_rel8_64, Code.Js_rel8_64, Code.Jns_rel8_64, Code.Jp_rel8_64, Code.Jnp_rel8_64, Code.Jl_rel8_64, Code.Jge_rel8_64, Code.Jle_rel8_64, Code.Jg_rel8_64];
// biome-ignore format: tables by condition code.
export const SETCC = [Code.Seto_rm8, Code.Setno_rm8, Code.Setb_rm8, Code.Setae_rm8, Code.Sete_rm8, Code.Setne_rm8, Code.Setbe_rm8, Code.Seta_rm8, Code.Sets_rm8, Code.Setns_rm8, Code.Setp_rm8, Code.Setnp_rm8, Code.Setl_rm8, Code.Setge_rm8, Code.Setle_rm8, Code.Setg_rm8];
// biome-ignore format: tables by condition code.
export const CMOV32 = [Code.Cmovo_r32_rm32, Code.Cmovno_r32_rm32, Code.Cmovb_r32_rm32, Code.Cmovae_r32_rm32, Code.Cmove_r32_rm32, Code.Cmovne_r32_rm32, Code.Cmovbe_r32_rm32, Code.Cmova_r32_rm32, Code.Cmovs_r32_rm32, Code.Cmovns_r32_rm32, Code.Cmovp_r32_rm32, Code.Cmovnp_r32_rm32, Code.Cmovl_r32_rm32, Code.Cmovge_r32_rm32, Code.Cmovle_r32_rm32, Code.Cmovg_r32_rm32];
// biome-ignore format: tables by condition code.
export const CMOV64 = [Code.Cmovo_r64_rm64, Code.Cmovno_r64_rm64, Code.Cmovb_r64_rm64, Code.Cmovae_r64_rm64, Code.Cmove_r64_rm64, Code.Cmovne_r64_rm64, Code.Cmovbe_r64_rm64, Code.Cmova_r64_rm64, Code.Cmovs_r64_rm64, Code.Cmovns_r64_rm64, Code.Cmovp_r64_rm64, Code.Cmovnp_r64_rm64, Code.Cmovl_r64_rm64, Code.Cmovge_r64_rm64, Code.Cmovle_r64_rm64, Code.Cmovg_r64_rm64];

/** Operand shapes in iced's terms: R register, M memory, I immediate. */
export enum Shape {
  None = 0,
  R = 1,
  M = 2,
  RR = 3,
  RM = 4,
  MR = 5,
  RI = 6,
  MI = 7,
  RRR = 8,
  RRM = 9,
  RMR = 10,
  RRI = 11,
  RMI = 12,
  RRRI = 13,
  I = 14,
}

const encodings = new Map<string, Uint8Array>();
const MEMO_LIMIT = 1 << 16;
let encoder: Encoder | null = null;

function memoryOperand(m: Mem): MemoryOperand {
  const base = m.base === -1 ? Register.None : R64[m.base]!;
  const index = m.index === -1 ? Register.None : R64[m.index]!;
  // 1 lets iced choose between disp8 and disp32; a bare base needs none unless the encoding forces one.
  const needed = m.disp !== 0 || m.base === -1;
  return new MemoryOperand(
    base,
    index,
    m.scale,
    BigInt(m.disp),
    needed ? (m.base === -1 ? 8 : 1) : 0,
    false,
    Register.None,
  );
}

function create(code: Code, shape: Shape, a: number, b: number, c: number, m: Mem | null, i: number): Instruction {
  switch (shape) {
    case Shape.None:
      return Instruction.create(code);
    case Shape.R:
      return Instruction.createReg(code, a);
    case Shape.M:
      return Instruction.createMem(code, memoryOperand(m!));
    case Shape.RR:
      return Instruction.createRegReg(code, a, b);
    case Shape.RM:
      return Instruction.createRegMem(code, a, memoryOperand(m!));
    case Shape.MR:
      return Instruction.createMemReg(code, memoryOperand(m!), a);
    case Shape.RI:
      return Instruction.createRegI32(code, a, i);
    case Shape.MI:
      return Instruction.createMemI32(code, memoryOperand(m!), i);
    case Shape.RRR:
      return Instruction.createRegRegReg(code, a, b, c);
    case Shape.RRM:
      return Instruction.createRegRegMem(code, a, b, memoryOperand(m!));
    case Shape.RMR:
      return Instruction.createRegMemReg(code, a, memoryOperand(m!), b);
    case Shape.RRI:
      return Instruction.createRegRegI32(code, a, b, i);
    case Shape.RMI:
      return Instruction.createRegMemI32(code, a, memoryOperand(m!), i);
    case Shape.RRRI:
      return Instruction.createRegRegRegI32(code, a, b, c, i);
    case Shape.I:
      return Instruction.createI32(code, i);
  }
}

/** Encodes and frees; `rip` 0, because relative fields are patched later. */
function encodeOnce(instruction: Instruction, lock: boolean): Uint8Array {
  encoder ??= new Encoder(64);
  try {
    if (lock) instruction.hasLockPrefix = true;
    encoder.encode(instruction, 0n);
    return encoder.takeBuffer();
  } finally {
    instruction.free();
  }
}

/** The bytes of an instruction that `make` makes, by code and a number of its own. */
export function templateOf(code: Code, variant: number, make: () => Instruction): Uint8Array {
  const key = `t${code}|${variant}`;
  let bytes = encodings.get(key);
  if (bytes === undefined) {
    bytes = encodeOnce(make(), false);
    encodings.set(key, bytes);
  }
  return bytes;
}

/** The bytes of an instruction with these operands. */
export function encodingOf(
  code: Code,
  shape: Shape,
  a: number,
  b: number,
  c: number,
  m: Mem | null,
  i: number,
  lock: boolean,
): Uint8Array {
  let key = `${code}|${a}|${b}|${c}|${i}`;
  if (m !== null) key += `|${m.base}|${m.index}|${m.scale}|${m.disp}`;
  if (lock) key += '|lock';
  let bytes = encodings.get(key);
  if (bytes === undefined) {
    if (encodings.size >= MEMO_LIMIT) encodings.clear();
    bytes = encodeOnce(create(code, shape, a, b, c, m, i), lock);
    encodings.set(key, bytes);
  }
  return bytes;
}
