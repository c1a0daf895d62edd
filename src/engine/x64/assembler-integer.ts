// Control flow, moves and integer instructions: a method an instruction, named as its mnemonic with the operand size (b w l q).

import { Code, Instruction, MemoryOperand, Register } from 'iced-x86';
import { CodeBuffer } from './code-buffer.ts';
import {
  type AluCodes,
  C,
  CMOV32,
  CMOV64,
  JCC8,
  JCC32,
  R8,
  R32,
  R64,
  registersOf,
  SETCC,
  Shape,
  templateOf,
} from './encodings.ts';
import { Immediate, Label, LabelUse, type Mem } from './operands.ts';
import type { Cond, Gpr } from './registers.ts';

export type Dst = Gpr | Mem;
export type Src = Gpr | Mem | Immediate;
export type JumpTarget = Label | Gpr | Mem;

export abstract class IntegerAssembler extends CodeBuffer {
  // Control flow ---------------------------------------------------------------------------------------------------

  j(cond: Cond, label: Label, distance: 'near' | 'far' = 'far'): void {
    this.branch(JCC8[cond]!, JCC32[cond]!, label, distance);
  }
  jmp(target: JumpTarget, distance: 'near' | 'far' = 'far'): void {
    if (target instanceof Label) this.branch(Code.Jmp_rel8_64, Code.Jmp_rel32_64, target, distance);
    else this.unary(Code.Jmp_rm64, 64, target);
  }
  call(target: JumpTarget): void {
    if (target instanceof Label) this.branch(null, Code.Call_rel32_64, target, 'far');
    else this.unary(Code.Call_rm64, 64, target);
  }
  /** Relative call to an absolute code address (a cage offset). Returns the offset of the rel32 field. */
  callAddress(address: number): number {
    return this.branchAddress(Code.Call_rel32_64, address);
  }
  jmpAddress(address: number): number {
    return this.branchAddress(Code.Jmp_rel32_64, address);
  }
  jAddress(cond: Cond, address: number): number {
    return this.branchAddress(JCC32[cond]!, address);
  }
  ret(popBytes = 0): void {
    if (popBytes === 0) this.encode(Code.Retnq, Shape.None, 0, 0, 0, null, 0);
    else this.encode(Code.Retnq_imm16, Shape.I, 0, 0, 0, null, popBytes);
  }
  leave(): void {
    this.plain(Code.Leaveq);
  }
  int3(): void {
    this.plain(Code.Int3);
  }
  ud2(): void {
    this.plain(Code.Ud2);
  }

  // Moves ----------------------------------------------------------------------------------------------------------

  movb(dst: Dst, src: Src): void {
    if (src instanceof Immediate && typeof dst === 'number') {
      this.encode(Code.Mov_r8_imm8, Shape.RI, R8[dst]!, 0, 0, null, src.value);
    } else this.alu(C.movb, dst, src);
  }
  movw(dst: Mem, src: Gpr | Immediate): void {
    this.alu(C.movw, dst, src);
  }
  movl(dst: Dst, src: Src): void {
    if (src instanceof Immediate && typeof dst === 'number') {
      this.encode(Code.Mov_r32_imm32, Shape.RI, R32[dst]!, 0, 0, null, src.value);
    } else this.alu(C.movl, dst, src);
  }
  /** 64-bit move; immediates are sign-extended from 32 bits. */
  movq(dst: Dst, src: Src): void {
    this.alu(C.movq, dst, src);
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
    const template = templateOf(Code.Mov_r64_imm64, dst, () =>
      Instruction.createRegI64(Code.Mov_r64_imm64, R64[dst]!, 0x1122334455667788n),
    );
    this.append(template);
    this.patchLast(value);
  }
  pushq(src: Src): void {
    if (src instanceof Immediate) {
      const short = src.value >= -128 && src.value <= 127;
      this.encode(short ? Code.Pushq_imm8 : Code.Pushq_imm32, Shape.I, 0, 0, 0, null, src.value);
    } else if (typeof src === 'number') this.encode(Code.Push_r64, Shape.R, R64[src]!, 0, 0, null, 0);
    else this.encode(Code.Push_rm64, Shape.M, 0, 0, 0, src, 0);
  }
  popq(dst: Dst): void {
    if (typeof dst === 'number') this.encode(Code.Pop_r64, Shape.R, R64[dst]!, 0, 0, null, 0);
    else this.encode(Code.Pop_rm64, Shape.M, 0, 0, 0, dst, 0);
  }
  pushfq(): void {
    this.plain(Code.Pushfq);
  }
  popfq(): void {
    this.plain(Code.Popfq);
  }
  setcc(cond: Cond, dst: Dst): void {
    this.unary(SETCC[cond]!, 8, dst);
  }
  cmovl(cond: Cond, dst: Gpr, src: Dst): void {
    this.load(CMOV32[cond]!, 32, 32, dst, src);
  }
  cmovq(cond: Cond, dst: Gpr, src: Dst): void {
    this.load(CMOV64[cond]!, 64, 64, dst, src);
  }
  cdq(): void {
    this.plain(Code.Cdq);
  }
  cqo(): void {
    this.plain(Code.Cqo);
  }
  /** `imull(dst, src)` or `imull(dst, src, imm)`. */
  imull(dst: Gpr, src: Dst, factor?: Immediate): void {
    this.imul(32, dst, src, factor);
  }
  imulq(dst: Gpr, src: Dst, factor?: Immediate): void {
    this.imul(64, dst, src, factor);
  }

  // Integer instructions: method name = mnemonic + operand size (b w l q) ------------------------------------------

  // biome-ignore-start format: one instruction, one line.
  addb(dst: Dst, src: Src): void {
    this.alu(C.addb, dst, src);
  }
  addw(dst: Dst, src: Src): void {
    this.alu(C.addw, dst, src);
  }
  addl(dst: Dst, src: Src): void {
    this.alu(C.addl, dst, src);
  }
  addq(dst: Dst, src: Src): void {
    this.alu(C.addq, dst, src);
  }
  orb(dst: Dst, src: Src): void {
    this.alu(C.orb, dst, src);
  }
  orw(dst: Dst, src: Src): void {
    this.alu(C.orw, dst, src);
  }
  orl(dst: Dst, src: Src): void {
    this.alu(C.orl, dst, src);
  }
  orq(dst: Dst, src: Src): void {
    this.alu(C.orq, dst, src);
  }
  adcb(dst: Dst, src: Src): void {
    this.alu(C.adcb, dst, src);
  }
  adcw(dst: Dst, src: Src): void {
    this.alu(C.adcw, dst, src);
  }
  adcl(dst: Dst, src: Src): void {
    this.alu(C.adcl, dst, src);
  }
  adcq(dst: Dst, src: Src): void {
    this.alu(C.adcq, dst, src);
  }
  sbbb(dst: Dst, src: Src): void {
    this.alu(C.sbbb, dst, src);
  }
  sbbw(dst: Dst, src: Src): void {
    this.alu(C.sbbw, dst, src);
  }
  sbbl(dst: Dst, src: Src): void {
    this.alu(C.sbbl, dst, src);
  }
  sbbq(dst: Dst, src: Src): void {
    this.alu(C.sbbq, dst, src);
  }
  andb(dst: Dst, src: Src): void {
    this.alu(C.andb, dst, src);
  }
  andw(dst: Dst, src: Src): void {
    this.alu(C.andw, dst, src);
  }
  andl(dst: Dst, src: Src): void {
    this.alu(C.andl, dst, src);
  }
  andq(dst: Dst, src: Src): void {
    this.alu(C.andq, dst, src);
  }
  subb(dst: Dst, src: Src): void {
    this.alu(C.subb, dst, src);
  }
  subw(dst: Dst, src: Src): void {
    this.alu(C.subw, dst, src);
  }
  subl(dst: Dst, src: Src): void {
    this.alu(C.subl, dst, src);
  }
  subq(dst: Dst, src: Src): void {
    this.alu(C.subq, dst, src);
  }
  xorb(dst: Dst, src: Src): void {
    this.alu(C.xorb, dst, src);
  }
  xorw(dst: Dst, src: Src): void {
    this.alu(C.xorw, dst, src);
  }
  xorl(dst: Dst, src: Src): void {
    this.alu(C.xorl, dst, src);
  }
  xorq(dst: Dst, src: Src): void {
    this.alu(C.xorq, dst, src);
  }
  cmpb(dst: Dst, src: Src): void {
    this.alu(C.cmpb, dst, src);
  }
  cmpw(dst: Dst, src: Src): void {
    this.alu(C.cmpw, dst, src);
  }
  cmpl(dst: Dst, src: Src): void {
    this.alu(C.cmpl, dst, src);
  }
  cmpq(dst: Dst, src: Src): void {
    this.alu(C.cmpq, dst, src);
  }
  testb(dst: Dst, src: Gpr | Immediate): void {
    this.alu(C.testb, dst, src);
  }
  testw(dst: Dst, src: Gpr | Immediate): void {
    this.alu(C.testw, dst, src);
  }
  testl(dst: Dst, src: Gpr | Immediate): void {
    this.alu(C.testl, dst, src);
  }
  testq(dst: Dst, src: Gpr | Immediate): void {
    this.alu(C.testq, dst, src);
  }
  incb(dst: Dst): void {
    this.unary(Code.Inc_rm8, 8, dst);
  }
  decb(dst: Dst): void {
    this.unary(Code.Dec_rm8, 8, dst);
  }
  negb(dst: Dst): void {
    this.unary(Code.Neg_rm8, 8, dst);
  }
  notb(dst: Dst): void {
    this.unary(Code.Not_rm8, 8, dst);
  }
  incw(dst: Dst): void {
    this.unary(Code.Inc_rm16, 16, dst);
  }
  decw(dst: Dst): void {
    this.unary(Code.Dec_rm16, 16, dst);
  }
  negw(dst: Dst): void {
    this.unary(Code.Neg_rm16, 16, dst);
  }
  notw(dst: Dst): void {
    this.unary(Code.Not_rm16, 16, dst);
  }
  incl(dst: Dst): void {
    this.unary(Code.Inc_rm32, 32, dst);
  }
  decl(dst: Dst): void {
    this.unary(Code.Dec_rm32, 32, dst);
  }
  negl(dst: Dst): void {
    this.unary(Code.Neg_rm32, 32, dst);
  }
  notl(dst: Dst): void {
    this.unary(Code.Not_rm32, 32, dst);
  }
  incq(dst: Dst): void {
    this.unary(Code.Inc_rm64, 64, dst);
  }
  decq(dst: Dst): void {
    this.unary(Code.Dec_rm64, 64, dst);
  }
  negq(dst: Dst): void {
    this.unary(Code.Neg_rm64, 64, dst);
  }
  notq(dst: Dst): void {
    this.unary(Code.Not_rm64, 64, dst);
  }
  mull(src: Dst): void {
    this.unary(Code.Mul_rm32, 32, src);
  }
  mulq(src: Dst): void {
    this.unary(Code.Mul_rm64, 64, src);
  }
  divl(src: Dst): void {
    this.unary(Code.Div_rm32, 32, src);
  }
  divq(src: Dst): void {
    this.unary(Code.Div_rm64, 64, src);
  }
  idivl(src: Dst): void {
    this.unary(Code.Idiv_rm32, 32, src);
  }
  idivq(src: Dst): void {
    this.unary(Code.Idiv_rm64, 64, src);
  }
  shll(dst: Dst, count: Immediate): void {
    this.shift(Code.Shl_rm32_imm8, Code.Shl_rm32_1, 32, dst, count.value);
  }
  shll_cl(dst: Dst): void {
    this.shiftCl(Code.Shl_rm32_CL, 32, dst);
  }
  shlq(dst: Dst, count: Immediate): void {
    this.shift(Code.Shl_rm64_imm8, Code.Shl_rm64_1, 64, dst, count.value);
  }
  shlq_cl(dst: Dst): void {
    this.shiftCl(Code.Shl_rm64_CL, 64, dst);
  }
  shrl(dst: Dst, count: Immediate): void {
    this.shift(Code.Shr_rm32_imm8, Code.Shr_rm32_1, 32, dst, count.value);
  }
  shrl_cl(dst: Dst): void {
    this.shiftCl(Code.Shr_rm32_CL, 32, dst);
  }
  shrq(dst: Dst, count: Immediate): void {
    this.shift(Code.Shr_rm64_imm8, Code.Shr_rm64_1, 64, dst, count.value);
  }
  shrq_cl(dst: Dst): void {
    this.shiftCl(Code.Shr_rm64_CL, 64, dst);
  }
  sarl(dst: Dst, count: Immediate): void {
    this.shift(Code.Sar_rm32_imm8, Code.Sar_rm32_1, 32, dst, count.value);
  }
  sarl_cl(dst: Dst): void {
    this.shiftCl(Code.Sar_rm32_CL, 32, dst);
  }
  sarq(dst: Dst, count: Immediate): void {
    this.shift(Code.Sar_rm64_imm8, Code.Sar_rm64_1, 64, dst, count.value);
  }
  sarq_cl(dst: Dst): void {
    this.shiftCl(Code.Sar_rm64_CL, 64, dst);
  }
  roll(dst: Dst, count: Immediate): void {
    this.shift(Code.Rol_rm32_imm8, Code.Rol_rm32_1, 32, dst, count.value);
  }
  roll_cl(dst: Dst): void {
    this.shiftCl(Code.Rol_rm32_CL, 32, dst);
  }
  rolq(dst: Dst, count: Immediate): void {
    this.shift(Code.Rol_rm64_imm8, Code.Rol_rm64_1, 64, dst, count.value);
  }
  rolq_cl(dst: Dst): void {
    this.shiftCl(Code.Rol_rm64_CL, 64, dst);
  }
  rorl(dst: Dst, count: Immediate): void {
    this.shift(Code.Ror_rm32_imm8, Code.Ror_rm32_1, 32, dst, count.value);
  }
  rorl_cl(dst: Dst): void {
    this.shiftCl(Code.Ror_rm32_CL, 32, dst);
  }
  rorq(dst: Dst, count: Immediate): void {
    this.shift(Code.Ror_rm64_imm8, Code.Ror_rm64_1, 64, dst, count.value);
  }
  rorq_cl(dst: Dst): void {
    this.shiftCl(Code.Ror_rm64_CL, 64, dst);
  }
  shlxl(dst: Gpr, src: Dst, count: Gpr): void {
    this.bmiShift(Code.VEX_Shlx_r32_rm32_r32, 32, dst, src, count);
  }
  shlxq(dst: Gpr, src: Dst, count: Gpr): void {
    this.bmiShift(Code.VEX_Shlx_r64_rm64_r64, 64, dst, src, count);
  }
  shrxl(dst: Gpr, src: Dst, count: Gpr): void {
    this.bmiShift(Code.VEX_Shrx_r32_rm32_r32, 32, dst, src, count);
  }
  shrxq(dst: Gpr, src: Dst, count: Gpr): void {
    this.bmiShift(Code.VEX_Shrx_r64_rm64_r64, 64, dst, src, count);
  }
  sarxl(dst: Gpr, src: Dst, count: Gpr): void {
    this.bmiShift(Code.VEX_Sarx_r32_rm32_r32, 32, dst, src, count);
  }
  sarxq(dst: Gpr, src: Dst, count: Gpr): void {
    this.bmiShift(Code.VEX_Sarx_r64_rm64_r64, 64, dst, src, count);
  }
  bsrl(dst: Gpr, src: Dst): void {
    this.load(Code.Bsr_r32_rm32, 32, 32, dst, src);
  }
  bsrq(dst: Gpr, src: Dst): void {
    this.load(Code.Bsr_r64_rm64, 64, 64, dst, src);
  }
  bsfl(dst: Gpr, src: Dst): void {
    this.load(Code.Bsf_r32_rm32, 32, 32, dst, src);
  }
  bsfq(dst: Gpr, src: Dst): void {
    this.load(Code.Bsf_r64_rm64, 64, 64, dst, src);
  }
  lzcntl(dst: Gpr, src: Dst): void {
    this.load(Code.Lzcnt_r32_rm32, 32, 32, dst, src);
  }
  lzcntq(dst: Gpr, src: Dst): void {
    this.load(Code.Lzcnt_r64_rm64, 64, 64, dst, src);
  }
  tzcntl(dst: Gpr, src: Dst): void {
    this.load(Code.Tzcnt_r32_rm32, 32, 32, dst, src);
  }
  tzcntq(dst: Gpr, src: Dst): void {
    this.load(Code.Tzcnt_r64_rm64, 64, 64, dst, src);
  }
  popcntl(dst: Gpr, src: Dst): void {
    this.load(Code.Popcnt_r32_rm32, 32, 32, dst, src);
  }
  popcntq(dst: Gpr, src: Dst): void {
    this.load(Code.Popcnt_r64_rm64, 64, 64, dst, src);
  }
  movzxbl(dst: Gpr, src: Dst): void {
    this.load(Code.Movzx_r32_rm8, 32, 8, dst, src);
  }
  movzxwl(dst: Gpr, src: Dst): void {
    this.load(Code.Movzx_r32_rm16, 32, 16, dst, src);
  }
  movzxbq(dst: Gpr, src: Dst): void {
    this.load(Code.Movzx_r64_rm8, 64, 8, dst, src);
  }
  movzxwq(dst: Gpr, src: Dst): void {
    this.load(Code.Movzx_r64_rm16, 64, 16, dst, src);
  }
  movsxbl(dst: Gpr, src: Dst): void {
    this.load(Code.Movsx_r32_rm8, 32, 8, dst, src);
  }
  movsxwl(dst: Gpr, src: Dst): void {
    this.load(Code.Movsx_r32_rm16, 32, 16, dst, src);
  }
  movsxbq(dst: Gpr, src: Dst): void {
    this.load(Code.Movsx_r64_rm8, 64, 8, dst, src);
  }
  movsxwq(dst: Gpr, src: Dst): void {
    this.load(Code.Movsx_r64_rm16, 64, 16, dst, src);
  }
  movsxlq(dst: Gpr, src: Dst): void {
    this.load(Code.Movsxd_r64_rm32, 64, 32, dst, src);
  }
  leal(dst: Gpr, src: Mem): void {
    this.load(Code.Lea_r32_m, 32, 32, dst, src);
  }
  btl(dst: Dst, bit: Gpr | Immediate): void {
    this.alu(C.btl, dst, bit);
  }
  xchgl(dst: Dst, src: Gpr): void {
    this.alu(C.xchgl, dst, src);
  }
  cmpxchgl(dst: Dst, src: Gpr): void {
    this.alu(C.cmpxchgl, dst, src);
  }
  /** With the lock prefix. */
  lock_cmpxchgl(dst: Mem, src: Gpr): void {
    this.lockNext();
    this.alu(C.cmpxchgl, dst, src);
  }
  leaq(dst: Gpr, src: Mem | Label): void {
    if (src instanceof Label) this.leaLabel(dst, src);
    else this.load(Code.Lea_r64_m, 64, 64, dst, src);
  }
  btq(dst: Dst, bit: Gpr | Immediate): void {
    this.alu(C.btq, dst, bit);
  }
  xchgq(dst: Dst, src: Gpr): void {
    this.alu(C.xchgq, dst, src);
  }
  cmpxchgq(dst: Dst, src: Gpr): void {
    this.alu(C.cmpxchgq, dst, src);
  }
  /** With the lock prefix. */
  lock_cmpxchgq(dst: Mem, src: Gpr): void {
    this.lockNext();
    this.alu(C.cmpxchgq, dst, src);
  }
  // biome-ignore-end format: one instruction, one line.

  // Encoding -------------------------------------------------------------------------------------------------------

  protected plain(code: Code): void {
    this.encode(code, Shape.None, 0, 0, 0, null, 0);
  }

  protected alu(codes: AluCodes, dst: Dst, src: Src): void {
    const registers = registersOf(codes.size);
    if (src instanceof Immediate) {
      const value = src.value;
      const short = codes.rm_imm8 !== null && value >= -128 && value <= 127;
      const code = short ? codes.rm_imm8 : codes.rm_imm;
      if (code === null) throw new TypeError('Assembler: instruction has no immediate form');
      if (typeof dst === 'number') this.encode(code, Shape.RI, registers[dst]!, 0, 0, null, value);
      else this.encode(code, Shape.MI, 0, 0, 0, dst, value);
    } else if (typeof dst === 'number') {
      if (typeof src === 'number') {
        if (codes.r_rm !== null) this.encode(codes.r_rm, Shape.RR, registers[dst]!, registers[src]!, 0, null, 0);
        else this.encode(codes.rm_r, Shape.RR, registers[dst]!, registers[src]!, 0, null, 0);
      } else {
        if (codes.r_rm === null) throw new TypeError('Assembler: instruction has no register, memory form');
        this.encode(codes.r_rm, Shape.RM, registers[dst]!, 0, 0, src, 0);
      }
    } else {
      if (typeof src !== 'number') throw new TypeError('Assembler: two memory operands');
      this.encode(codes.rm_r, Shape.MR, registers[src]!, 0, 0, dst, 0);
    }
  }

  protected unary(code: Code, size: number, operand: Dst): void {
    if (typeof operand === 'number') this.encode(code, Shape.R, registersOf(size)[operand]!, 0, 0, null, 0);
    else this.encode(code, Shape.M, 0, 0, 0, operand, 0);
  }

  /** dst register of one size, source register or memory of another. */
  protected load(code: Code, dstSize: number, srcSize: number, dst: Gpr, src: Dst): void {
    const to = registersOf(dstSize)[dst]!;
    if (typeof src === 'number') this.encode(code, Shape.RR, to, registersOf(srcSize)[src]!, 0, null, 0);
    else this.encode(code, Shape.RM, to, 0, 0, src, 0);
  }

  protected shift(code: Code, by1: Code, size: number, dst: Dst, count: number): void {
    const chosen = count === 1 ? by1 : code;
    if (typeof dst === 'number') this.encode(chosen, Shape.RI, registersOf(size)[dst]!, 0, 0, null, count);
    else this.encode(chosen, Shape.MI, 0, 0, 0, dst, count);
  }
  protected shiftCl(code: Code, size: number, dst: Dst): void {
    if (typeof dst === 'number') this.encode(code, Shape.RR, registersOf(size)[dst]!, Register.CL, 0, null, 0);
    else this.encode(code, Shape.MR, Register.CL, 0, 0, dst, 0);
  }
  protected bmiShift(code: Code, size: number, dst: Gpr, src: Dst, count: Gpr): void {
    const r = registersOf(size);
    if (typeof src === 'number') this.encode(code, Shape.RRR, r[dst]!, r[src]!, r[count]!, null, 0);
    else this.encode(code, Shape.RMR, r[dst]!, r[count]!, 0, src, 0);
  }
  protected imul(size: 32 | 64, dst: Gpr, src: Dst, factor: Immediate | undefined): void {
    if (factor === undefined) {
      this.load(size === 32 ? Code.Imul_r32_rm32 : Code.Imul_r64_rm64, size, size, dst, src);
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
    if (typeof src === 'number') this.encode(code, Shape.RRI, r[dst]!, r[src]!, 0, null, factor.value);
    else this.encode(code, Shape.RMI, r[dst]!, 0, 0, src, factor.value);
  }

  protected leaLabel(dst: Gpr, label: Label): void {
    const template = templateOf(Code.Lea_r64_m, 100 + dst, () => {
      const operand = new MemoryOperand(Register.RIP, Register.None, 1, 0n, 8, false, Register.None);
      return Instruction.createRegMem(Code.Lea_r64_m, R64[dst]!, operand);
    });
    this.append(template);
    this.use(label, this.pcOffset - 4, LabelUse.Rel32);
  }

  protected branch(short: Code | null, long: Code, label: Label, distance: 'near' | 'far'): void {
    const reaches = label.isBound && label.pos - (this.pcOffset + 2) >= -128;
    if (short !== null && (reaches || (distance === 'near' && !label.isBound))) {
      this.append(templateOf(short, 0, () => Instruction.createBranch(short, 2n)));
      this.use(label, this.pcOffset - 1, LabelUse.Rel8);
    } else {
      this.append(templateOf(long, 0, () => Instruction.createBranch(long, 0n)));
      this.use(label, this.pcOffset - 4, LabelUse.Rel32);
    }
  }

  protected branchAddress(code: Code, address: number): number {
    this.append(templateOf(code, 0, () => Instruction.createBranch(code, 0n)));
    this.relocations.push({ at: this.pcOffset - 4, kind: 'rel32', target: address });
    return this.pcOffset - 4;
  }
}
