/**
 * The assembler: V8's MacroAssembler vocabulary over iced-x86's encoder.
 *
 * Operands are `Gpr`/`Xmm` numbers, `mem(base, disp)`, `mem(base, index, scale, disp)`, `imm(n)` and `Label`s. Code is
 * position independent until `bytes(address)`: jumps between labels are relative, and what depends on the address
 * (absolute targets, jump tables) is a relocation. Forward jumps are rel32 (or rel8 with `'near'`), backward jumps
 * take rel8 when it reaches.
 *
 * Encodings are memoised by (code, operands): crossing into iced's WebAssembly costs microseconds, a map lookup does
 * not, and compiled code repeats itself. Every iced object is freed at once.
 */
import { Code, Encoder, Instruction, MemoryOperand, Register } from 'iced-x86';
import { Immediate, Label, LabelUse, type Mem } from './operands.ts';
import type { Cond, Gpr, Xmm } from './registers.ts';

export type Dst = Gpr | Mem;
export type Src = Gpr | Mem | Immediate;
export type JumpTarget = Label | Gpr | Mem;

export enum RoundingMode {
  Nearest = 0,
  Down = 1,
  Up = 2,
  ToZero = 3,
}

/** A field whose value depends on where the code ends up. `target` is a cage offset, or a label of this code. */
export interface Relocation {
  at: number;
  kind: 'rel32' | 'abs64';
  target: number | Label;
}

const gprs = (...names: (keyof typeof Register)[]): number[] => names.map((name) => Register[name] as number);
const span = (first: Register): number[] => Array.from({ length: 8 }, (_, i) => (first as number) + i);
const R64 = [...gprs('RAX', 'RCX', 'RDX', 'RBX', 'RSP', 'RBP', 'RSI', 'RDI'), ...span(Register.R8)];
const R32 = [...gprs('EAX', 'ECX', 'EDX', 'EBX', 'ESP', 'EBP', 'ESI', 'EDI'), ...span(Register.R8D)];
const R16 = [...gprs('AX', 'CX', 'DX', 'BX', 'SP', 'BP', 'SI', 'DI'), ...span(Register.R8W)];
const R8 = [...gprs('AL', 'CL', 'DL', 'BL', 'SPL', 'BPL', 'SIL', 'DIL'), ...span(Register.R8L)];
const XMM = Array.from({ length: 16 }, (_, i) => (Register.XMM0 as number) + i);

function registersOf(size: number): number[] {
  return size === 64 ? R64 : size === 32 ? R32 : size === 16 ? R16 : R8;
}

/** Encodings of one two-operand instruction at one size. */
interface AluCodes {
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
const C = {
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
const JCC32 = [Code.Jo_rel32_64, Code.Jno_rel32_64, Code.Jb_rel32_64, Code.Jae_rel32_64, Code.Je_rel32_64, Code.Jne_rel32_64, Code.Jbe_rel32_64, Code.Ja_rel32_64, Code.Js_rel32_64, Code.Jns_rel32_64, Code.Jp_rel32_64, Code.Jnp_rel32_64, Code.Jl_rel32_64, Code.Jge_rel32_64, Code.Jle_rel32_64, Code.Jg_rel32_64];
// biome-ignore format: tables by condition code.
const JCC8 = [Code.Jo_rel8_64, Code.Jno_rel8_64, Code.Jb_rel8_64, Code.Jae_rel8_64, Code.Je_rel8_64, Code.Jne_rel8_64, Code.Jbe_rel8_64, Code.Ja_rel8_64, Code.Js_rel8_64, Code.Jns_rel8_64, Code.Jp_rel8_64, Code.Jnp_rel8_64, Code.Jl_rel8_64, Code.Jge_rel8_64, Code.Jle_rel8_64, Code.Jg_rel8_64];
// biome-ignore format: tables by condition code.
const SETCC = [Code.Seto_rm8, Code.Setno_rm8, Code.Setb_rm8, Code.Setae_rm8, Code.Sete_rm8, Code.Setne_rm8, Code.Setbe_rm8, Code.Seta_rm8, Code.Sets_rm8, Code.Setns_rm8, Code.Setp_rm8, Code.Setnp_rm8, Code.Setl_rm8, Code.Setge_rm8, Code.Setle_rm8, Code.Setg_rm8];
// biome-ignore format: tables by condition code.
const CMOV32 = [Code.Cmovo_r32_rm32, Code.Cmovno_r32_rm32, Code.Cmovb_r32_rm32, Code.Cmovae_r32_rm32, Code.Cmove_r32_rm32, Code.Cmovne_r32_rm32, Code.Cmovbe_r32_rm32, Code.Cmova_r32_rm32, Code.Cmovs_r32_rm32, Code.Cmovns_r32_rm32, Code.Cmovp_r32_rm32, Code.Cmovnp_r32_rm32, Code.Cmovl_r32_rm32, Code.Cmovge_r32_rm32, Code.Cmovle_r32_rm32, Code.Cmovg_r32_rm32];
// biome-ignore format: tables by condition code.
const CMOV64 = [Code.Cmovo_r64_rm64, Code.Cmovno_r64_rm64, Code.Cmovb_r64_rm64, Code.Cmovae_r64_rm64, Code.Cmove_r64_rm64, Code.Cmovne_r64_rm64, Code.Cmovbe_r64_rm64, Code.Cmova_r64_rm64, Code.Cmovs_r64_rm64, Code.Cmovns_r64_rm64, Code.Cmovp_r64_rm64, Code.Cmovnp_r64_rm64, Code.Cmovl_r64_rm64, Code.Cmovge_r64_rm64, Code.Cmovle_r64_rm64, Code.Cmovg_r64_rm64];

/** Operand shapes in iced's terms: R register, M memory, I immediate. */
enum Shape {
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

export interface AssemblerOptions {
  /** High half of code addresses: the cage base. Needed for jump tables only. */
  cageHi?: number;
}

export class Assembler {
  readonly relocations: Relocation[] = [];
  readonly #cageHi: number;
  #buffer = new Uint8Array(1024);
  #view = new DataView(this.#buffer.buffer);
  #pc = 0;
  #lockNext = false;
  #pending = 0;

  constructor(options: AssemblerOptions = {}) {
    this.#cageHi = options.cageHi ?? 0;
  }

  /** Bytes emitted so far: the offset of the next instruction. */
  get pcOffset(): number {
    return this.#pc;
  }

  /**
   * The finished code, for `address` (a cage offset). Without an address the code must not need relocation.
   */
  bytes(address?: number): Uint8Array {
    if (this.#pending > 0) throw new Error(`Assembler: ${this.#pending} label use(s) were never bound`);
    const code = this.#buffer.slice(0, this.#pc);
    if (this.relocations.length === 0) return code;
    if (address === undefined) throw new Error('Assembler: code has relocations; pass the address to bytes(address)');
    const view = new DataView(code.buffer);
    for (const { at, kind, target } of this.relocations) {
      const value = typeof target === 'number' ? target : address + target.pos;
      if (kind === 'rel32') {
        view.setInt32(at, (value - (address + at + 4)) | 0, true);
      } else {
        view.setInt32(at, value | 0, true);
        view.setInt32(at + 4, this.#cageHi, true);
      }
    }
    return code;
  }

  // Labels and data ------------------------------------------------------------------------------------------------

  bind(label: Label): void {
    if (label.isBound) throw new Error(`Assembler: label ${label.name} is already bound at ${label.pos}`);
    label.pos = this.#pc;
    for (const { at, kind } of label.uses) {
      this.#pending--;
      if (kind === LabelUse.Rel32) {
        this.#view.setInt32(at, this.#pc - (at + 4), true);
      } else {
        const distance = this.#pc - (at + 1);
        if (distance > 127) throw new RangeError(`Assembler: near jump to ${label.name} spans ${distance} bytes`);
        this.#view.setInt8(at, distance);
      }
    }
    label.uses.length = 0;
  }

  db(value: number): void {
    this.#reserve(1);
    this.#view.setUint8(this.#pc, value);
    this.#pc += 1;
  }
  dd(value: number): void {
    this.#reserve(4);
    this.#view.setInt32(this.#pc, value | 0, true);
    this.#pc += 4;
  }
  /** A 64-bit constant, or the absolute address of a label (a jump table entry). */
  dq(value: bigint | Label): void {
    this.#reserve(8);
    if (typeof value === 'bigint') {
      this.#view.setBigUint64(this.#pc, BigInt.asUintN(64, value), true);
    } else {
      this.#view.setBigUint64(this.#pc, 0n, true);
      this.relocations.push({ at: this.#pc, kind: 'abs64', target: value });
    }
    this.#pc += 8;
  }

  /** Pads with nops up to a multiple of `alignment`. */
  align(alignment: number): void {
    this.nop((alignment - (this.#pc % alignment)) % alignment);
  }
  /** `count` bytes of nops, as few instructions as possible. */
  nop(count = 1): void {
    while (count > 0) {
      const length = Math.min(count, 9);
      this.#append(NOPS[length]!);
      count -= length;
    }
  }

  // Control flow ---------------------------------------------------------------------------------------------------

  j(cond: Cond, label: Label, distance: 'near' | 'far' = 'far'): void {
    this.#branch(JCC8[cond]!, JCC32[cond]!, label, distance);
  }
  jmp(target: JumpTarget, distance: 'near' | 'far' = 'far'): void {
    if (target instanceof Label) this.#branch(Code.Jmp_rel8_64, Code.Jmp_rel32_64, target, distance);
    else this.#unary(Code.Jmp_rm64, 64, target);
  }
  call(target: JumpTarget): void {
    if (target instanceof Label) this.#branch(null, Code.Call_rel32_64, target, 'far');
    else this.#unary(Code.Call_rm64, 64, target);
  }
  /** Relative call to an absolute code address (a cage offset). Returns the offset of the rel32 field. */
  callAddress(address: number): number {
    return this.#branchAddress(Code.Call_rel32_64, address);
  }
  jmpAddress(address: number): number {
    return this.#branchAddress(Code.Jmp_rel32_64, address);
  }
  jAddress(cond: Cond, address: number): number {
    return this.#branchAddress(JCC32[cond]!, address);
  }
  /** Rewrites a rel32 field to reach `target`; both are offsets in this code. */
  patchRel32(at: number, target: number): void {
    this.#view.setInt32(at, target - (at + 4), true);
  }
  ret(popBytes = 0): void {
    if (popBytes === 0) this.#encode(Code.Retnq, Shape.None, 0, 0, 0, null, 0);
    else this.#encode(Code.Retnq_imm16, Shape.I, 0, 0, 0, null, popBytes);
  }
  leave(): void {
    this.#plain(Code.Leaveq);
  }
  int3(): void {
    this.#plain(Code.Int3);
  }
  ud2(): void {
    this.#plain(Code.Ud2);
  }

  // Moves ----------------------------------------------------------------------------------------------------------

  movb(dst: Dst, src: Src): void {
    if (src instanceof Immediate && typeof dst === 'number') {
      this.#encode(Code.Mov_r8_imm8, Shape.RI, R8[dst]!, 0, 0, null, src.value);
    } else this.#alu(C.movb, dst, src);
  }
  movw(dst: Mem, src: Gpr | Immediate): void {
    this.#alu(C.movw, dst, src);
  }
  movl(dst: Dst, src: Src): void {
    if (src instanceof Immediate && typeof dst === 'number') {
      this.#encode(Code.Mov_r32_imm32, Shape.RI, R32[dst]!, 0, 0, null, src.value);
    } else this.#alu(C.movl, dst, src);
  }
  /** 64-bit move; immediates are sign-extended from 32 bits. */
  movq(dst: Dst, src: Src): void {
    this.#alu(C.movq, dst, src);
  }
  /** Loads a constant with the shortest encoding that keeps all 64 bits. */
  moveConst(dst: Gpr, value: bigint): void {
    const signed = BigInt.asIntN(64, value);
    if (signed === 0n) this.xorl(dst, dst);
    else if (signed > 0n && signed < 1n << 32n) this.movl(dst, new Immediate(Number(BigInt.asIntN(32, signed))));
    else if (signed === BigInt.asIntN(32, signed)) this.movq(dst, new Immediate(Number(signed)));
    else this.movabsq(dst, signed);
  }
  /** `mov r64, imm64`; the constant is the last 8 bytes. */
  movabsq(dst: Gpr, value: bigint): void {
    const template = this.#template(Code.Mov_r64_imm64, dst, () =>
      Instruction.createRegI64(Code.Mov_r64_imm64, R64[dst]!, 0x1122334455667788n),
    );
    this.#append(template);
    this.#view.setBigInt64(this.#pc - 8, BigInt.asIntN(64, value), true);
  }
  pushq(src: Src): void {
    if (src instanceof Immediate) {
      const short = src.value >= -128 && src.value <= 127;
      this.#encode(short ? Code.Pushq_imm8 : Code.Pushq_imm32, Shape.I, 0, 0, 0, null, src.value);
    } else if (typeof src === 'number') this.#encode(Code.Push_r64, Shape.R, R64[src]!, 0, 0, null, 0);
    else this.#encode(Code.Push_rm64, Shape.M, 0, 0, 0, src, 0);
  }
  popq(dst: Dst): void {
    if (typeof dst === 'number') this.#encode(Code.Pop_r64, Shape.R, R64[dst]!, 0, 0, null, 0);
    else this.#encode(Code.Pop_rm64, Shape.M, 0, 0, 0, dst, 0);
  }
  pushfq(): void {
    this.#plain(Code.Pushfq);
  }
  popfq(): void {
    this.#plain(Code.Popfq);
  }
  setcc(cond: Cond, dst: Dst): void {
    this.#unary(SETCC[cond]!, 8, dst);
  }
  cmovl(cond: Cond, dst: Gpr, src: Dst): void {
    this.#load(CMOV32[cond]!, 32, 32, dst, src);
  }
  cmovq(cond: Cond, dst: Gpr, src: Dst): void {
    this.#load(CMOV64[cond]!, 64, 64, dst, src);
  }
  cdq(): void {
    this.#plain(Code.Cdq);
  }
  cqo(): void {
    this.#plain(Code.Cqo);
  }
  /** `imull(dst, src)` or `imull(dst, src, imm)`. */
  imull(dst: Gpr, src: Dst, factor?: Immediate): void {
    this.#imul(32, dst, src, factor);
  }
  imulq(dst: Gpr, src: Dst, factor?: Immediate): void {
    this.#imul(64, dst, src, factor);
  }

  // Integer instructions: method name = mnemonic + operand size (b w l q) ------------------------------------------

  // biome-ignore-start format: one instruction, one line.
  addb(dst: Dst, src: Src): void {
    this.#alu(C.addb, dst, src);
  }
  addw(dst: Dst, src: Src): void {
    this.#alu(C.addw, dst, src);
  }
  addl(dst: Dst, src: Src): void {
    this.#alu(C.addl, dst, src);
  }
  addq(dst: Dst, src: Src): void {
    this.#alu(C.addq, dst, src);
  }
  orb(dst: Dst, src: Src): void {
    this.#alu(C.orb, dst, src);
  }
  orw(dst: Dst, src: Src): void {
    this.#alu(C.orw, dst, src);
  }
  orl(dst: Dst, src: Src): void {
    this.#alu(C.orl, dst, src);
  }
  orq(dst: Dst, src: Src): void {
    this.#alu(C.orq, dst, src);
  }
  adcb(dst: Dst, src: Src): void {
    this.#alu(C.adcb, dst, src);
  }
  adcw(dst: Dst, src: Src): void {
    this.#alu(C.adcw, dst, src);
  }
  adcl(dst: Dst, src: Src): void {
    this.#alu(C.adcl, dst, src);
  }
  adcq(dst: Dst, src: Src): void {
    this.#alu(C.adcq, dst, src);
  }
  sbbb(dst: Dst, src: Src): void {
    this.#alu(C.sbbb, dst, src);
  }
  sbbw(dst: Dst, src: Src): void {
    this.#alu(C.sbbw, dst, src);
  }
  sbbl(dst: Dst, src: Src): void {
    this.#alu(C.sbbl, dst, src);
  }
  sbbq(dst: Dst, src: Src): void {
    this.#alu(C.sbbq, dst, src);
  }
  andb(dst: Dst, src: Src): void {
    this.#alu(C.andb, dst, src);
  }
  andw(dst: Dst, src: Src): void {
    this.#alu(C.andw, dst, src);
  }
  andl(dst: Dst, src: Src): void {
    this.#alu(C.andl, dst, src);
  }
  andq(dst: Dst, src: Src): void {
    this.#alu(C.andq, dst, src);
  }
  subb(dst: Dst, src: Src): void {
    this.#alu(C.subb, dst, src);
  }
  subw(dst: Dst, src: Src): void {
    this.#alu(C.subw, dst, src);
  }
  subl(dst: Dst, src: Src): void {
    this.#alu(C.subl, dst, src);
  }
  subq(dst: Dst, src: Src): void {
    this.#alu(C.subq, dst, src);
  }
  xorb(dst: Dst, src: Src): void {
    this.#alu(C.xorb, dst, src);
  }
  xorw(dst: Dst, src: Src): void {
    this.#alu(C.xorw, dst, src);
  }
  xorl(dst: Dst, src: Src): void {
    this.#alu(C.xorl, dst, src);
  }
  xorq(dst: Dst, src: Src): void {
    this.#alu(C.xorq, dst, src);
  }
  cmpb(dst: Dst, src: Src): void {
    this.#alu(C.cmpb, dst, src);
  }
  cmpw(dst: Dst, src: Src): void {
    this.#alu(C.cmpw, dst, src);
  }
  cmpl(dst: Dst, src: Src): void {
    this.#alu(C.cmpl, dst, src);
  }
  cmpq(dst: Dst, src: Src): void {
    this.#alu(C.cmpq, dst, src);
  }
  testb(dst: Dst, src: Gpr | Immediate): void {
    this.#alu(C.testb, dst, src);
  }
  testw(dst: Dst, src: Gpr | Immediate): void {
    this.#alu(C.testw, dst, src);
  }
  testl(dst: Dst, src: Gpr | Immediate): void {
    this.#alu(C.testl, dst, src);
  }
  testq(dst: Dst, src: Gpr | Immediate): void {
    this.#alu(C.testq, dst, src);
  }
  incb(dst: Dst): void {
    this.#unary(Code.Inc_rm8, 8, dst);
  }
  decb(dst: Dst): void {
    this.#unary(Code.Dec_rm8, 8, dst);
  }
  negb(dst: Dst): void {
    this.#unary(Code.Neg_rm8, 8, dst);
  }
  notb(dst: Dst): void {
    this.#unary(Code.Not_rm8, 8, dst);
  }
  incw(dst: Dst): void {
    this.#unary(Code.Inc_rm16, 16, dst);
  }
  decw(dst: Dst): void {
    this.#unary(Code.Dec_rm16, 16, dst);
  }
  negw(dst: Dst): void {
    this.#unary(Code.Neg_rm16, 16, dst);
  }
  notw(dst: Dst): void {
    this.#unary(Code.Not_rm16, 16, dst);
  }
  incl(dst: Dst): void {
    this.#unary(Code.Inc_rm32, 32, dst);
  }
  decl(dst: Dst): void {
    this.#unary(Code.Dec_rm32, 32, dst);
  }
  negl(dst: Dst): void {
    this.#unary(Code.Neg_rm32, 32, dst);
  }
  notl(dst: Dst): void {
    this.#unary(Code.Not_rm32, 32, dst);
  }
  incq(dst: Dst): void {
    this.#unary(Code.Inc_rm64, 64, dst);
  }
  decq(dst: Dst): void {
    this.#unary(Code.Dec_rm64, 64, dst);
  }
  negq(dst: Dst): void {
    this.#unary(Code.Neg_rm64, 64, dst);
  }
  notq(dst: Dst): void {
    this.#unary(Code.Not_rm64, 64, dst);
  }
  mull(src: Dst): void {
    this.#unary(Code.Mul_rm32, 32, src);
  }
  mulq(src: Dst): void {
    this.#unary(Code.Mul_rm64, 64, src);
  }
  divl(src: Dst): void {
    this.#unary(Code.Div_rm32, 32, src);
  }
  divq(src: Dst): void {
    this.#unary(Code.Div_rm64, 64, src);
  }
  idivl(src: Dst): void {
    this.#unary(Code.Idiv_rm32, 32, src);
  }
  idivq(src: Dst): void {
    this.#unary(Code.Idiv_rm64, 64, src);
  }
  shll(dst: Dst, count: Immediate): void {
    this.#shift(Code.Shl_rm32_imm8, Code.Shl_rm32_1, 32, dst, count.value);
  }
  shll_cl(dst: Dst): void {
    this.#shiftCl(Code.Shl_rm32_CL, 32, dst);
  }
  shlq(dst: Dst, count: Immediate): void {
    this.#shift(Code.Shl_rm64_imm8, Code.Shl_rm64_1, 64, dst, count.value);
  }
  shlq_cl(dst: Dst): void {
    this.#shiftCl(Code.Shl_rm64_CL, 64, dst);
  }
  shrl(dst: Dst, count: Immediate): void {
    this.#shift(Code.Shr_rm32_imm8, Code.Shr_rm32_1, 32, dst, count.value);
  }
  shrl_cl(dst: Dst): void {
    this.#shiftCl(Code.Shr_rm32_CL, 32, dst);
  }
  shrq(dst: Dst, count: Immediate): void {
    this.#shift(Code.Shr_rm64_imm8, Code.Shr_rm64_1, 64, dst, count.value);
  }
  shrq_cl(dst: Dst): void {
    this.#shiftCl(Code.Shr_rm64_CL, 64, dst);
  }
  sarl(dst: Dst, count: Immediate): void {
    this.#shift(Code.Sar_rm32_imm8, Code.Sar_rm32_1, 32, dst, count.value);
  }
  sarl_cl(dst: Dst): void {
    this.#shiftCl(Code.Sar_rm32_CL, 32, dst);
  }
  sarq(dst: Dst, count: Immediate): void {
    this.#shift(Code.Sar_rm64_imm8, Code.Sar_rm64_1, 64, dst, count.value);
  }
  sarq_cl(dst: Dst): void {
    this.#shiftCl(Code.Sar_rm64_CL, 64, dst);
  }
  roll(dst: Dst, count: Immediate): void {
    this.#shift(Code.Rol_rm32_imm8, Code.Rol_rm32_1, 32, dst, count.value);
  }
  roll_cl(dst: Dst): void {
    this.#shiftCl(Code.Rol_rm32_CL, 32, dst);
  }
  rolq(dst: Dst, count: Immediate): void {
    this.#shift(Code.Rol_rm64_imm8, Code.Rol_rm64_1, 64, dst, count.value);
  }
  rolq_cl(dst: Dst): void {
    this.#shiftCl(Code.Rol_rm64_CL, 64, dst);
  }
  rorl(dst: Dst, count: Immediate): void {
    this.#shift(Code.Ror_rm32_imm8, Code.Ror_rm32_1, 32, dst, count.value);
  }
  rorl_cl(dst: Dst): void {
    this.#shiftCl(Code.Ror_rm32_CL, 32, dst);
  }
  rorq(dst: Dst, count: Immediate): void {
    this.#shift(Code.Ror_rm64_imm8, Code.Ror_rm64_1, 64, dst, count.value);
  }
  rorq_cl(dst: Dst): void {
    this.#shiftCl(Code.Ror_rm64_CL, 64, dst);
  }
  shlxl(dst: Gpr, src: Dst, count: Gpr): void {
    this.#bmiShift(Code.VEX_Shlx_r32_rm32_r32, 32, dst, src, count);
  }
  shlxq(dst: Gpr, src: Dst, count: Gpr): void {
    this.#bmiShift(Code.VEX_Shlx_r64_rm64_r64, 64, dst, src, count);
  }
  shrxl(dst: Gpr, src: Dst, count: Gpr): void {
    this.#bmiShift(Code.VEX_Shrx_r32_rm32_r32, 32, dst, src, count);
  }
  shrxq(dst: Gpr, src: Dst, count: Gpr): void {
    this.#bmiShift(Code.VEX_Shrx_r64_rm64_r64, 64, dst, src, count);
  }
  sarxl(dst: Gpr, src: Dst, count: Gpr): void {
    this.#bmiShift(Code.VEX_Sarx_r32_rm32_r32, 32, dst, src, count);
  }
  sarxq(dst: Gpr, src: Dst, count: Gpr): void {
    this.#bmiShift(Code.VEX_Sarx_r64_rm64_r64, 64, dst, src, count);
  }
  bsrl(dst: Gpr, src: Dst): void {
    this.#load(Code.Bsr_r32_rm32, 32, 32, dst, src);
  }
  bsrq(dst: Gpr, src: Dst): void {
    this.#load(Code.Bsr_r64_rm64, 64, 64, dst, src);
  }
  bsfl(dst: Gpr, src: Dst): void {
    this.#load(Code.Bsf_r32_rm32, 32, 32, dst, src);
  }
  bsfq(dst: Gpr, src: Dst): void {
    this.#load(Code.Bsf_r64_rm64, 64, 64, dst, src);
  }
  lzcntl(dst: Gpr, src: Dst): void {
    this.#load(Code.Lzcnt_r32_rm32, 32, 32, dst, src);
  }
  lzcntq(dst: Gpr, src: Dst): void {
    this.#load(Code.Lzcnt_r64_rm64, 64, 64, dst, src);
  }
  tzcntl(dst: Gpr, src: Dst): void {
    this.#load(Code.Tzcnt_r32_rm32, 32, 32, dst, src);
  }
  tzcntq(dst: Gpr, src: Dst): void {
    this.#load(Code.Tzcnt_r64_rm64, 64, 64, dst, src);
  }
  popcntl(dst: Gpr, src: Dst): void {
    this.#load(Code.Popcnt_r32_rm32, 32, 32, dst, src);
  }
  popcntq(dst: Gpr, src: Dst): void {
    this.#load(Code.Popcnt_r64_rm64, 64, 64, dst, src);
  }
  movzxbl(dst: Gpr, src: Dst): void {
    this.#load(Code.Movzx_r32_rm8, 32, 8, dst, src);
  }
  movzxwl(dst: Gpr, src: Dst): void {
    this.#load(Code.Movzx_r32_rm16, 32, 16, dst, src);
  }
  movzxbq(dst: Gpr, src: Dst): void {
    this.#load(Code.Movzx_r64_rm8, 64, 8, dst, src);
  }
  movzxwq(dst: Gpr, src: Dst): void {
    this.#load(Code.Movzx_r64_rm16, 64, 16, dst, src);
  }
  movsxbl(dst: Gpr, src: Dst): void {
    this.#load(Code.Movsx_r32_rm8, 32, 8, dst, src);
  }
  movsxwl(dst: Gpr, src: Dst): void {
    this.#load(Code.Movsx_r32_rm16, 32, 16, dst, src);
  }
  movsxbq(dst: Gpr, src: Dst): void {
    this.#load(Code.Movsx_r64_rm8, 64, 8, dst, src);
  }
  movsxwq(dst: Gpr, src: Dst): void {
    this.#load(Code.Movsx_r64_rm16, 64, 16, dst, src);
  }
  movsxlq(dst: Gpr, src: Dst): void {
    this.#load(Code.Movsxd_r64_rm32, 64, 32, dst, src);
  }
  leal(dst: Gpr, src: Mem): void {
    this.#load(Code.Lea_r32_m, 32, 32, dst, src);
  }
  btl(dst: Dst, bit: Gpr | Immediate): void {
    this.#alu(C.btl, dst, bit);
  }
  xchgl(dst: Dst, src: Gpr): void {
    this.#alu(C.xchgl, dst, src);
  }
  cmpxchgl(dst: Dst, src: Gpr): void {
    this.#alu(C.cmpxchgl, dst, src);
  }
  /** With the lock prefix. */
  lock_cmpxchgl(dst: Mem, src: Gpr): void {
    this.#lockNext = true;
    this.#alu(C.cmpxchgl, dst, src);
  }
  leaq(dst: Gpr, src: Mem | Label): void {
    if (src instanceof Label) this.#leaLabel(dst, src);
    else this.#load(Code.Lea_r64_m, 64, 64, dst, src);
  }
  btq(dst: Dst, bit: Gpr | Immediate): void {
    this.#alu(C.btq, dst, bit);
  }
  xchgq(dst: Dst, src: Gpr): void {
    this.#alu(C.xchgq, dst, src);
  }
  cmpxchgq(dst: Dst, src: Gpr): void {
    this.#alu(C.cmpxchgq, dst, src);
  }
  /** With the lock prefix. */
  lock_cmpxchgq(dst: Mem, src: Gpr): void {
    this.#lockNext = true;
    this.#alu(C.cmpxchgq, dst, src);
  }
  // biome-ignore-end format: one instruction, one line.

  // Floating point: AVX forms start with v, the others are SSE2/SSE4.1 ---------------------------------------------

  // biome-ignore-start format: one instruction, one line.
  vaddsd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vaddsd_xmm_xmm_xmmm64, dst, a, b);
  }
  addsd(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Addsd_xmm_xmmm64, dst, src);
  }
  vaddss(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vaddss_xmm_xmm_xmmm32, dst, a, b);
  }
  addss(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Addss_xmm_xmmm32, dst, src);
  }
  vsubsd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vsubsd_xmm_xmm_xmmm64, dst, a, b);
  }
  subsd(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Subsd_xmm_xmmm64, dst, src);
  }
  vsubss(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vsubss_xmm_xmm_xmmm32, dst, a, b);
  }
  subss(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Subss_xmm_xmmm32, dst, src);
  }
  vmulsd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vmulsd_xmm_xmm_xmmm64, dst, a, b);
  }
  mulsd(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Mulsd_xmm_xmmm64, dst, src);
  }
  vmulss(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vmulss_xmm_xmm_xmmm32, dst, a, b);
  }
  mulss(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Mulss_xmm_xmmm32, dst, src);
  }
  vdivsd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vdivsd_xmm_xmm_xmmm64, dst, a, b);
  }
  divsd(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Divsd_xmm_xmmm64, dst, src);
  }
  vdivss(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vdivss_xmm_xmm_xmmm32, dst, a, b);
  }
  divss(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Divss_xmm_xmmm32, dst, src);
  }
  vminsd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vminsd_xmm_xmm_xmmm64, dst, a, b);
  }
  minsd(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Minsd_xmm_xmmm64, dst, src);
  }
  vminss(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vminss_xmm_xmm_xmmm32, dst, a, b);
  }
  minss(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Minss_xmm_xmmm32, dst, src);
  }
  vmaxsd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vmaxsd_xmm_xmm_xmmm64, dst, a, b);
  }
  maxsd(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Maxsd_xmm_xmmm64, dst, src);
  }
  vmaxss(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vmaxss_xmm_xmm_xmmm32, dst, a, b);
  }
  maxss(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Maxss_xmm_xmmm32, dst, src);
  }
  vsqrtsd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vsqrtsd_xmm_xmm_xmmm64, dst, a, b);
  }
  sqrtsd(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Sqrtsd_xmm_xmmm64, dst, src);
  }
  vcvtss2sd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vcvtss2sd_xmm_xmm_xmmm32, dst, a, b);
  }
  cvtss2sd(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Cvtss2sd_xmm_xmmm32, dst, src);
  }
  vcvtsd2ss(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vcvtsd2ss_xmm_xmm_xmmm64, dst, a, b);
  }
  cvtsd2ss(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Cvtsd2ss_xmm_xmmm64, dst, src);
  }
  vucomisd(a: Xmm, b: Xmm | Mem): void {
    this.#xx(Code.VEX_Vucomisd_xmm_xmmm64, a, b);
  }
  ucomisd(a: Xmm, b: Xmm | Mem): void {
    this.#xx(Code.Ucomisd_xmm_xmmm64, a, b);
  }
  vxorpd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vxorpd_xmm_xmm_xmmm128, dst, a, b);
  }
  xorpd(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Xorpd_xmm_xmmm128, dst, src);
  }
  vandpd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vandpd_xmm_xmm_xmmm128, dst, a, b);
  }
  andpd(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Andpd_xmm_xmmm128, dst, src);
  }
  vandnpd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vandnpd_xmm_xmm_xmmm128, dst, a, b);
  }
  andnpd(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Andnpd_xmm_xmmm128, dst, src);
  }
  vorpd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vorpd_xmm_xmm_xmmm128, dst, a, b);
  }
  orpd(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Orpd_xmm_xmmm128, dst, src);
  }
  vpcmpeqd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.#xxx(Code.VEX_Vpcmpeqd_xmm_xmm_xmmm128, dst, a, b);
  }
  pcmpeqd(dst: Xmm, src: Xmm | Mem): void {
    this.#xx(Code.Pcmpeqd_xmm_xmmm128, dst, src);
  }
  vpsrlq(dst: Xmm, src: Xmm, count: Immediate): void {
    this.#xxi(Code.VEX_Vpsrlq_xmm_xmm_imm8, dst, src, count.value);
  }
  psrlq(dst: Xmm, count: Immediate): void {
    this.#encode(Code.Psrlq_xmm_imm8, Shape.RI, XMM[dst]!, 0, 0, null, count.value);
  }
  vpsllq(dst: Xmm, src: Xmm, count: Immediate): void {
    this.#xxi(Code.VEX_Vpsllq_xmm_xmm_imm8, dst, src, count.value);
  }
  psllq(dst: Xmm, count: Immediate): void {
    this.#encode(Code.Psllq_xmm_imm8, Shape.RI, XMM[dst]!, 0, 0, null, count.value);
  }
  vmovapd(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.#vmov(Code.VEX_Vmovapd_xmm_xmmm128, Code.VEX_Vmovapd_xmmm128_xmm, dst, src);
  }
  movapd(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.#vmov(Code.Movapd_xmm_xmmm128, Code.Movapd_xmmm128_xmm, dst, src);
  }
  vmovaps(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.#vmov(Code.VEX_Vmovaps_xmm_xmmm128, Code.VEX_Vmovaps_xmmm128_xmm, dst, src);
  }
  movaps(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.#vmov(Code.Movaps_xmm_xmmm128, Code.Movaps_xmmm128_xmm, dst, src);
  }
  vmovups(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.#vmov(Code.VEX_Vmovups_xmm_xmmm128, Code.VEX_Vmovups_xmmm128_xmm, dst, src);
  }
  movups(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.#vmov(Code.Movups_xmm_xmmm128, Code.Movups_xmmm128_xmm, dst, src);
  }
  vmovdqu(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.#vmov(Code.VEX_Vmovdqu_xmm_xmmm128, Code.VEX_Vmovdqu_xmmm128_xmm, dst, src);
  }
  movdqu(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.#vmov(Code.Movdqu_xmm_xmmm128, Code.Movdqu_xmmm128_xmm, dst, src);
  }
  vmovdqa(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.#vmov(Code.VEX_Vmovdqa_xmm_xmmm128, Code.VEX_Vmovdqa_xmmm128_xmm, dst, src);
  }
  movdqa(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.#vmov(Code.Movdqa_xmm_xmmm128, Code.Movdqa_xmmm128_xmm, dst, src);
  }
  vmovupd(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.#vmov(Code.VEX_Vmovupd_xmm_xmmm128, Code.VEX_Vmovupd_xmmm128_xmm, dst, src);
  }
  movupd(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.#vmov(Code.Movupd_xmm_xmmm128, Code.Movupd_xmmm128_xmm, dst, src);
  }
  /** Memory forms clear the rest of the register; `vmovsd(dst, upper, low)` merges. */
  vmovsd(dst: Xmm | Mem, src: Xmm | Mem, low?: Xmm): void {
    if (low !== undefined) this.#xxx(Code.VEX_Vmovsd_xmm_xmm_xmm, dst as Xmm, src as Xmm, low);
    else this.#vmov(Code.VEX_Vmovsd_xmm_m64, Code.VEX_Vmovsd_m64_xmm, dst, src);
  }
  movsd(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.#vmov(Code.Movsd_xmm_xmmm64, Code.Movsd_xmmm64_xmm, dst, src);
  }
  /** Memory forms clear the rest of the register; `vmovss(dst, upper, low)` merges. */
  vmovss(dst: Xmm | Mem, src: Xmm | Mem, low?: Xmm): void {
    if (low !== undefined) this.#xxx(Code.VEX_Vmovss_xmm_xmm_xmm, dst as Xmm, src as Xmm, low);
    else this.#vmov(Code.VEX_Vmovss_xmm_m32, Code.VEX_Vmovss_m32_xmm, dst, src);
  }
  movss(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.#vmov(Code.Movss_xmm_xmmm32, Code.Movss_xmmm32_xmm, dst, src);
  }
  /** General register or memory → XMM, clearing the rest. */
  vmovd(dst: Xmm, src: Dst): void {
    this.#xg(Code.VEX_Vmovd_xmm_rm32, 32, dst, src);
  }
  /** XMM → general register or memory. */
  vmovd_from(dst: Dst, src: Xmm): void {
    this.#gx(Code.VEX_Vmovd_rm32_xmm, 32, dst, src);
  }
  movd_to(dst: Xmm, src: Dst): void {
    this.#xg(Code.Movd_xmm_rm32, 32, dst, src);
  }
  movd_from(dst: Dst, src: Xmm): void {
    this.#gx(Code.Movd_rm32_xmm, 32, dst, src);
  }
  vcvtlsi2sd(dst: Xmm, upper: Xmm, src: Dst): void {
    this.#xxg(Code.VEX_Vcvtsi2sd_xmm_xmm_rm32, 32, dst, upper, src);
  }
  cvtlsi2sd(dst: Xmm, src: Dst): void {
    this.#xg(Code.Cvtsi2sd_xmm_rm32, 32, dst, src);
  }
  vcvtlsi2ss(dst: Xmm, upper: Xmm, src: Dst): void {
    this.#xxg(Code.VEX_Vcvtsi2ss_xmm_xmm_rm32, 32, dst, upper, src);
  }
  cvtlsi2ss(dst: Xmm, src: Dst): void {
    this.#xg(Code.Cvtsi2ss_xmm_rm32, 32, dst, src);
  }
  vcvttsd2si(dst: Gpr, src: Xmm | Mem): void {
    this.#gxm(Code.VEX_Vcvttsd2si_r32_xmmm64, 32, dst, src);
  }
  cvttsd2si(dst: Gpr, src: Xmm | Mem): void {
    this.#gxm(Code.Cvttsd2si_r32_xmmm64, 32, dst, src);
  }
  /** General register or memory → XMM, clearing the rest. */
  vmovq(dst: Xmm, src: Dst): void {
    this.#xg(Code.VEX_Vmovq_xmm_rm64, 64, dst, src);
  }
  /** XMM → general register or memory. */
  vmovq_from(dst: Dst, src: Xmm): void {
    this.#gx(Code.VEX_Vmovq_rm64_xmm, 64, dst, src);
  }
  movq_to(dst: Xmm, src: Dst): void {
    this.#xg(Code.Movq_xmm_rm64, 64, dst, src);
  }
  movq_from(dst: Dst, src: Xmm): void {
    this.#gx(Code.Movq_rm64_xmm, 64, dst, src);
  }
  vcvtqsi2sd(dst: Xmm, upper: Xmm, src: Dst): void {
    this.#xxg(Code.VEX_Vcvtsi2sd_xmm_xmm_rm64, 64, dst, upper, src);
  }
  cvtqsi2sd(dst: Xmm, src: Dst): void {
    this.#xg(Code.Cvtsi2sd_xmm_rm64, 64, dst, src);
  }
  vcvtqsi2ss(dst: Xmm, upper: Xmm, src: Dst): void {
    this.#xxg(Code.VEX_Vcvtsi2ss_xmm_xmm_rm64, 64, dst, upper, src);
  }
  cvtqsi2ss(dst: Xmm, src: Dst): void {
    this.#xg(Code.Cvtsi2ss_xmm_rm64, 64, dst, src);
  }
  vcvttsd2siq(dst: Gpr, src: Xmm | Mem): void {
    this.#gxm(Code.VEX_Vcvttsd2si_r64_xmmm64, 64, dst, src);
  }
  cvttsd2siq(dst: Gpr, src: Xmm | Mem): void {
    this.#gxm(Code.Cvttsd2si_r64_xmmm64, 64, dst, src);
  }
  vroundsd(dst: Xmm, a: Xmm, b: Xmm, mode: RoundingMode): void {
    this.#encode(Code.VEX_Vroundsd_xmm_xmm_xmmm64_imm8, Shape.RRRI, XMM[dst]!, XMM[a]!, XMM[b]!, null, mode | 8);
  }
  roundsd(dst: Xmm, src: Xmm, mode: RoundingMode): void {
    this.#xxi(Code.Roundsd_xmm_xmmm64_imm8, dst, src, mode | 8);
  }
  vmovmskpd(dst: Gpr, src: Xmm): void {
    this.#encode(Code.VEX_Vmovmskpd_r32_xmm, Shape.RR, R32[dst]!, XMM[src]!, 0, null, 0);
  }
  // biome-ignore-end format: one instruction, one line.

  // Encoding -------------------------------------------------------------------------------------------------------

  #plain(code: Code): void {
    this.#encode(code, Shape.None, 0, 0, 0, null, 0);
  }

  #alu(codes: AluCodes, dst: Dst, src: Src): void {
    const registers = registersOf(codes.size);
    if (src instanceof Immediate) {
      const value = src.value;
      const short = codes.rm_imm8 !== null && value >= -128 && value <= 127;
      const code = short ? codes.rm_imm8 : codes.rm_imm;
      if (code === null) throw new TypeError('Assembler: instruction has no immediate form');
      if (typeof dst === 'number') this.#encode(code, Shape.RI, registers[dst]!, 0, 0, null, value);
      else this.#encode(code, Shape.MI, 0, 0, 0, dst, value);
    } else if (typeof dst === 'number') {
      if (typeof src === 'number') {
        if (codes.r_rm !== null) this.#encode(codes.r_rm, Shape.RR, registers[dst]!, registers[src]!, 0, null, 0);
        else this.#encode(codes.rm_r, Shape.RR, registers[dst]!, registers[src]!, 0, null, 0);
      } else {
        if (codes.r_rm === null) throw new TypeError('Assembler: instruction has no register, memory form');
        this.#encode(codes.r_rm, Shape.RM, registers[dst]!, 0, 0, src, 0);
      }
    } else {
      if (typeof src !== 'number') throw new TypeError('Assembler: two memory operands');
      this.#encode(codes.rm_r, Shape.MR, registers[src]!, 0, 0, dst, 0);
    }
  }

  #unary(code: Code, size: number, operand: Dst): void {
    if (typeof operand === 'number') this.#encode(code, Shape.R, registersOf(size)[operand]!, 0, 0, null, 0);
    else this.#encode(code, Shape.M, 0, 0, 0, operand, 0);
  }

  /** dst register of one size, source register or memory of another. */
  #load(code: Code, dstSize: number, srcSize: number, dst: Gpr, src: Dst): void {
    const to = registersOf(dstSize)[dst]!;
    if (typeof src === 'number') this.#encode(code, Shape.RR, to, registersOf(srcSize)[src]!, 0, null, 0);
    else this.#encode(code, Shape.RM, to, 0, 0, src, 0);
  }

  #shift(code: Code, by1: Code, size: number, dst: Dst, count: number): void {
    const chosen = count === 1 ? by1 : code;
    if (typeof dst === 'number') this.#encode(chosen, Shape.RI, registersOf(size)[dst]!, 0, 0, null, count);
    else this.#encode(chosen, Shape.MI, 0, 0, 0, dst, count);
  }
  #shiftCl(code: Code, size: number, dst: Dst): void {
    if (typeof dst === 'number') this.#encode(code, Shape.RR, registersOf(size)[dst]!, Register.CL, 0, null, 0);
    else this.#encode(code, Shape.MR, Register.CL, 0, 0, dst, 0);
  }
  #bmiShift(code: Code, size: number, dst: Gpr, src: Dst, count: Gpr): void {
    const r = registersOf(size);
    if (typeof src === 'number') this.#encode(code, Shape.RRR, r[dst]!, r[src]!, r[count]!, null, 0);
    else this.#encode(code, Shape.RMR, r[dst]!, r[count]!, 0, src, 0);
  }
  #imul(size: 32 | 64, dst: Gpr, src: Dst, factor: Immediate | undefined): void {
    if (factor === undefined) {
      this.#load(size === 32 ? Code.Imul_r32_rm32 : Code.Imul_r64_rm64, size, size, dst, src);
      return;
    }
    const short = factor.value >= -128 && factor.value <= 127;
    const code =
      size === 32
        ? short
          ? Code.Imul_r32_rm32_imm8
          : Code.Imul_r32_rm32_imm32
        : short
          ? Code.Imul_r64_rm64_imm8
          : Code.Imul_r64_rm64_imm32;
    const r = registersOf(size);
    if (typeof src === 'number') this.#encode(code, Shape.RRI, r[dst]!, r[src]!, 0, null, factor.value);
    else this.#encode(code, Shape.RMI, r[dst]!, 0, 0, src, factor.value);
  }

  #xxx(code: Code, dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    if (typeof b === 'number') this.#encode(code, Shape.RRR, XMM[dst]!, XMM[a]!, XMM[b]!, null, 0);
    else this.#encode(code, Shape.RRM, XMM[dst]!, XMM[a]!, 0, b, 0);
  }
  #xx(code: Code, dst: Xmm, src: Xmm | Mem): void {
    if (typeof src === 'number') this.#encode(code, Shape.RR, XMM[dst]!, XMM[src]!, 0, null, 0);
    else this.#encode(code, Shape.RM, XMM[dst]!, 0, 0, src, 0);
  }
  #xxi(code: Code, dst: Xmm, src: Xmm, value: number): void {
    this.#encode(code, Shape.RRI, XMM[dst]!, XMM[src]!, 0, null, value);
  }
  #vmov(load: Code, store: Code, dst: Xmm | Mem, src: Xmm | Mem): void {
    if (typeof dst === 'number') this.#xx(load, dst, src);
    else if (typeof src === 'number') this.#encode(store, Shape.MR, XMM[src]!, 0, 0, dst, 0);
    else throw new TypeError('Assembler: two memory operands');
  }
  #xg(code: Code, size: number, dst: Xmm, src: Dst): void {
    if (typeof src === 'number') this.#encode(code, Shape.RR, XMM[dst]!, registersOf(size)[src]!, 0, null, 0);
    else this.#encode(code, Shape.RM, XMM[dst]!, 0, 0, src, 0);
  }
  #gx(code: Code, size: number, dst: Dst, src: Xmm): void {
    if (typeof dst === 'number') this.#encode(code, Shape.RR, registersOf(size)[dst]!, XMM[src]!, 0, null, 0);
    else this.#encode(code, Shape.MR, XMM[src]!, 0, 0, dst, 0);
  }
  #gxm(code: Code, size: number, dst: Gpr, src: Xmm | Mem): void {
    if (typeof src === 'number') this.#encode(code, Shape.RR, registersOf(size)[dst]!, XMM[src]!, 0, null, 0);
    else this.#encode(code, Shape.RM, registersOf(size)[dst]!, 0, 0, src, 0);
  }
  #xxg(code: Code, size: number, dst: Xmm, upper: Xmm, src: Dst): void {
    if (typeof src === 'number') {
      this.#encode(code, Shape.RRR, XMM[dst]!, XMM[upper]!, registersOf(size)[src]!, null, 0);
    } else this.#encode(code, Shape.RRM, XMM[dst]!, XMM[upper]!, 0, src, 0);
  }

  #leaLabel(dst: Gpr, label: Label): void {
    const template = this.#template(Code.Lea_r64_m, 100 + dst, () => {
      const operand = new MemoryOperand(Register.RIP, Register.None, 1, 0n, 8, false, Register.None);
      return Instruction.createRegMem(Code.Lea_r64_m, R64[dst]!, operand);
    });
    this.#append(template);
    this.#use(label, this.#pc - 4, LabelUse.Rel32);
  }

  #branch(short: Code | null, long: Code, label: Label, distance: 'near' | 'far'): void {
    const reaches = label.isBound && label.pos - (this.#pc + 2) >= -128;
    if (short !== null && (reaches || (distance === 'near' && !label.isBound))) {
      this.#append(this.#template(short, 0, () => Instruction.createBranch(short, 2n)));
      this.#use(label, this.#pc - 1, LabelUse.Rel8);
    } else {
      this.#append(this.#template(long, 0, () => Instruction.createBranch(long, 0n)));
      this.#use(label, this.#pc - 4, LabelUse.Rel32);
    }
  }

  #branchAddress(code: Code, address: number): number {
    this.#append(this.#template(code, 0, () => Instruction.createBranch(code, 0n)));
    this.relocations.push({ at: this.#pc - 4, kind: 'rel32', target: address });
    return this.#pc - 4;
  }

  #use(label: Label, at: number, kind: LabelUse.Rel32 | LabelUse.Rel8): void {
    if (!label.isBound) {
      label.uses.push({ at, kind });
      this.#pending++;
    } else if (kind === LabelUse.Rel32) this.#view.setInt32(at, label.pos - (at + 4), true);
    else this.#view.setInt8(at, label.pos - (at + 1));
  }

  #template(code: Code, variant: number, make: () => Instruction): Uint8Array {
    const key = `t${code}|${variant}`;
    let bytes = encodings.get(key);
    if (bytes === undefined) encodings.set(key, (bytes = encodeOnce(make(), false)));
    return bytes;
  }

  #encode(code: Code, shape: Shape, a: number, b: number, c: number, m: Mem | null, i: number): void {
    const lock = this.#lockNext;
    let key = `${code}|${a}|${b}|${c}|${i}`;
    if (m !== null) key += `|${m.base}|${m.index}|${m.scale}|${m.disp}`;
    if (lock) {
      key += '|lock';
      this.#lockNext = false;
    }
    let bytes = encodings.get(key);
    if (bytes === undefined) {
      if (encodings.size >= MEMO_LIMIT) encodings.clear();
      bytes = encodeOnce(create(code, shape, a, b, c, m, i), lock);
      encodings.set(key, bytes);
    }
    this.#append(bytes);
  }

  #append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#pc);
    this.#pc += bytes.length;
  }

  #reserve(count: number): void {
    if (this.#pc + count <= this.#buffer.length) return;
    const grown = new Uint8Array(this.#buffer.length * 2);
    grown.set(this.#buffer);
    this.#buffer = grown;
    this.#view = new DataView(grown.buffer);
  }
}

/** The recommended multi-byte nops, by length. */
const NOPS = [
  [],
  [0x90],
  [0x66, 0x90],
  [0x0f, 0x1f, 0x00],
  [0x0f, 0x1f, 0x40, 0x00],
  [0x0f, 0x1f, 0x44, 0x00, 0x00],
  [0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00],
  [0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00],
  [0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
  [0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
].map((bytes) => Uint8Array.from(bytes));
