/**
 * The one table of supported machine instructions: mnemonic → how it is executed.
 *
 * `micro` is the family name that, with operand size and shape, names a case of the fast loop (see micro-op.ts);
 * `slow` is the out-of-line implementation that covers every form, misaligned memory included. A mnemonic that is not
 * here decodes to `Illegal`. What an instruction reads and writes (registers, flags, memory) is iced-x86's knowledge:
 * see disassembly.ts.
 */
import { Mnemonic } from 'iced-x86';
import type { Cond } from './registers.ts';

/** Out-of-line implementations, by family: see slow.ts. */
export enum SlowOp {
  None,
  Mov,
  Movzx,
  Movsx,
  Lea,
  Add,
  Or,
  Adc,
  Sbb,
  And,
  Sub,
  Xor,
  Cmp,
  Test,
  Not,
  Neg,
  Inc,
  Dec,
  Imul,
  Mul,
  Div,
  Idiv,
  Cdq,
  Cqo,
  Cdqe,
  Shl,
  Shr,
  Sar,
  Rol,
  Ror,
  Shlx,
  Shrx,
  Sarx,
  Bt,
  Bsr,
  Bsf,
  Lzcnt,
  Tzcnt,
  Popcnt,
  Set,
  Cmov,
  Xchg,
  Cmpxchg,
  Push,
  Pop,
  Pushf,
  Popf,
  Leave,
  Jmp,
  Call,
  Ret,
  MovF64,
  MovF32,
  MovInt,
  MovVector,
  AddF64,
  SubF64,
  MulF64,
  DivF64,
  MinF64,
  MaxF64,
  SqrtF64,
  RoundF64,
  AddF32,
  SubF32,
  MulF32,
  DivF32,
  MinF32,
  MaxF32,
  UcomisF64,
  CvtIntToF64,
  CvtIntToF32,
  CvtF64ToInt,
  CvtF32ToF64,
  CvtF64ToF32,
  XorVector,
  AndVector,
  AndnVector,
  OrVector,
  ShrQ,
  ShlQ,
  CmpeqD,
  MoveMask,
}

/**
 * How the decoder names and normalises the instruction.
 * - `sized`: family + operand size + shape, `Add32RM`
 * - `plain`: family + shape, `SetR`
 * - `extend`: family + source size (+ `To` + destination size), `Movzx8RM`, `Movsx8To64RR`
 * - `vex`: destination, first source, second source; the SSE form of the same repeats its destination as first source
 */
export type Naming = 'sized' | 'plain' | 'extend' | 'vex' | 'branch' | 'none';

export interface InstructionRow {
  micro: string;
  slow: SlowOp;
  naming: Naming;
  /** SSE form with two operands, brought to three by repeating the destination. */
  destructive?: boolean;
  cond?: Cond;
}

const row = (micro: string, slow: SlowOp, naming: Naming = 'sized'): InstructionRow => ({ micro, slow, naming });
const vex = (micro: string, slow: SlowOp): InstructionRow => ({ micro, slow, naming: 'vex' });
const sse = (micro: string, slow: SlowOp): InstructionRow => ({ micro, slow, naming: 'vex', destructive: true });

/** Condition suffixes in iced's spelling, by encoding. */
const CC = ['o', 'no', 'b', 'ae', 'e', 'ne', 'be', 'a', 's', 'ns', 'p', 'np', 'l', 'ge', 'le', 'g'] as const;

// biome-ignore format: one instruction, one line.
const ROWS: Partial<Record<keyof typeof Mnemonic, InstructionRow>> = {
  Nop:     row('Nop', SlowOp.None, 'none'),
  Mov:     row('Mov', SlowOp.Mov),
  Movzx:   row('Movzx', SlowOp.Movzx, 'extend'),
  Movsx:   row('Movsx', SlowOp.Movsx, 'extend'),
  Movsxd:  row('Movsx', SlowOp.Movsx, 'extend'),
  Lea:     row('Lea', SlowOp.Lea),
  Add:     row('Add', SlowOp.Add),
  Or:      row('Or', SlowOp.Or),
  Adc:     row('Adc', SlowOp.Adc),
  Sbb:     row('Sbb', SlowOp.Sbb),
  And:     row('And', SlowOp.And),
  Sub:     row('Sub', SlowOp.Sub),
  Xor:     row('Xor', SlowOp.Xor),
  Cmp:     row('Cmp', SlowOp.Cmp),
  Test:    row('Test', SlowOp.Test),
  Not:     row('Not', SlowOp.Not),
  Neg:     row('Neg', SlowOp.Neg),
  Inc:     row('Inc', SlowOp.Inc),
  Dec:     row('Dec', SlowOp.Dec),
  Imul:    row('Imul', SlowOp.Imul),
  Mul:     row('Mul', SlowOp.Mul),
  Div:     row('Div', SlowOp.Div),
  Idiv:    row('Idiv', SlowOp.Idiv),
  Cdq:     row('Cdq', SlowOp.Cdq, 'none'),
  Cqo:     row('Cqo', SlowOp.Cqo, 'none'),
  Cdqe:    row('Cdqe', SlowOp.Cdqe, 'none'),
  Shl:     row('Shl', SlowOp.Shl),
  Shr:     row('Shr', SlowOp.Shr),
  Sar:     row('Sar', SlowOp.Sar),
  Rol:     row('Rol', SlowOp.Rol),
  Ror:     row('Ror', SlowOp.Ror),
  Shlx:    row('Shlx', SlowOp.Shlx),
  Shrx:    row('Shrx', SlowOp.Shrx),
  Sarx:    row('Sarx', SlowOp.Sarx),
  Bt:      row('Bt', SlowOp.Bt),
  Bsr:     row('Bsr', SlowOp.Bsr),
  Bsf:     row('Bsf', SlowOp.Bsf),
  Lzcnt:   row('Lzcnt', SlowOp.Lzcnt),
  Tzcnt:   row('Tzcnt', SlowOp.Tzcnt),
  Popcnt:  row('Popcnt', SlowOp.Popcnt),
  Xchg:    row('Xchg', SlowOp.Xchg),
  Cmpxchg: row('Cmpxchg', SlowOp.Cmpxchg),
  Push:    row('Push', SlowOp.Push),
  Pop:     row('Pop', SlowOp.Pop),
  Pushfq:  row('Pushfq', SlowOp.Pushf, 'none'),
  Popfq:   row('Popfq', SlowOp.Popf, 'none'),
  Leave:   row('Leave', SlowOp.Leave, 'none'),
  Jmp:     row('Jmp', SlowOp.Jmp, 'branch'),
  Call:    row('Call', SlowOp.Call, 'branch'),
  Ret:     row('Ret', SlowOp.Ret, 'none'),
  Int3:    row('Int3', SlowOp.None, 'none'),
  Ud2:     row('Undefined', SlowOp.None, 'none'),

  Movsd:      row('Movsd', SlowOp.MovF64, 'plain'),
  Vmovsd:     row('Movsd', SlowOp.MovF64, 'plain'),
  Movss:      row('Movss', SlowOp.MovF32, 'plain'),
  Vmovss:     row('Movss', SlowOp.MovF32, 'plain'),
  Movd:       row('Movd', SlowOp.MovInt),
  Vmovd:      row('Movd', SlowOp.MovInt),
  Movq:       row('Movd', SlowOp.MovInt),
  Vmovq:      row('Movd', SlowOp.MovInt),
  Movapd:     row('Movapd', SlowOp.MovVector, 'plain'),
  Movaps:     row('Movapd', SlowOp.MovVector, 'plain'),
  Movupd:     row('Movapd', SlowOp.MovVector, 'plain'),
  Movups:     row('Movapd', SlowOp.MovVector, 'plain'),
  Movdqa:     row('Movapd', SlowOp.MovVector, 'plain'),
  Movdqu:     row('Movapd', SlowOp.MovVector, 'plain'),
  Vmovapd:    row('Movapd', SlowOp.MovVector, 'plain'),
  Vmovaps:    row('Movapd', SlowOp.MovVector, 'plain'),
  Vmovupd:    row('Movapd', SlowOp.MovVector, 'plain'),
  Vmovups:    row('Movapd', SlowOp.MovVector, 'plain'),
  Vmovdqa:    row('Movapd', SlowOp.MovVector, 'plain'),
  Vmovdqu:    row('Movapd', SlowOp.MovVector, 'plain'),
  Addsd:      sse('Addsd', SlowOp.AddF64),
  Vaddsd:     vex('Addsd', SlowOp.AddF64),
  Subsd:      sse('Subsd', SlowOp.SubF64),
  Vsubsd:     vex('Subsd', SlowOp.SubF64),
  Mulsd:      sse('Mulsd', SlowOp.MulF64),
  Vmulsd:     vex('Mulsd', SlowOp.MulF64),
  Divsd:      sse('Divsd', SlowOp.DivF64),
  Vdivsd:     vex('Divsd', SlowOp.DivF64),
  Minsd:      sse('Minsd', SlowOp.MinF64),
  Vminsd:     vex('Minsd', SlowOp.MinF64),
  Maxsd:      sse('Maxsd', SlowOp.MaxF64),
  Vmaxsd:     vex('Maxsd', SlowOp.MaxF64),
  Sqrtsd:     sse('Sqrtsd', SlowOp.SqrtF64),
  Vsqrtsd:    vex('Sqrtsd', SlowOp.SqrtF64),
  Roundsd:    sse('Roundsd', SlowOp.RoundF64),
  Vroundsd:   vex('Roundsd', SlowOp.RoundF64),
  Addss:      sse('Addss', SlowOp.AddF32),
  Vaddss:     vex('Addss', SlowOp.AddF32),
  Subss:      sse('Subss', SlowOp.SubF32),
  Vsubss:     vex('Subss', SlowOp.SubF32),
  Mulss:      sse('Mulss', SlowOp.MulF32),
  Vmulss:     vex('Mulss', SlowOp.MulF32),
  Divss:      sse('Divss', SlowOp.DivF32),
  Vdivss:     vex('Divss', SlowOp.DivF32),
  Minss:      sse('Minss', SlowOp.MinF32),
  Vminss:     vex('Minss', SlowOp.MinF32),
  Maxss:      sse('Maxss', SlowOp.MaxF32),
  Vmaxss:     vex('Maxss', SlowOp.MaxF32),
  Ucomisd:    row('Ucomisd', SlowOp.UcomisF64, 'plain'),
  Vucomisd:   row('Ucomisd', SlowOp.UcomisF64, 'plain'),
  Cvtsi2sd:   sse('Cvtsi2sd', SlowOp.CvtIntToF64),
  Vcvtsi2sd:  vex('Cvtsi2sd', SlowOp.CvtIntToF64),
  Cvtsi2ss:   sse('Cvtsi2ss', SlowOp.CvtIntToF32),
  Vcvtsi2ss:  vex('Cvtsi2ss', SlowOp.CvtIntToF32),
  Cvttsd2si:  row('Cvttsd2si', SlowOp.CvtF64ToInt),
  Vcvttsd2si: row('Cvttsd2si', SlowOp.CvtF64ToInt),
  Cvtss2sd:   sse('Cvtss2sd', SlowOp.CvtF32ToF64),
  Vcvtss2sd:  vex('Cvtss2sd', SlowOp.CvtF32ToF64),
  Cvtsd2ss:   sse('Cvtsd2ss', SlowOp.CvtF64ToF32),
  Vcvtsd2ss:  vex('Cvtsd2ss', SlowOp.CvtF64ToF32),
  Xorpd:      sse('Xorpd', SlowOp.XorVector),
  Vxorpd:     vex('Xorpd', SlowOp.XorVector),
  Xorps:      sse('Xorpd', SlowOp.XorVector),
  Vxorps:     vex('Xorpd', SlowOp.XorVector),
  Pxor:       sse('Xorpd', SlowOp.XorVector),
  Vpxor:      vex('Xorpd', SlowOp.XorVector),
  Andpd:      sse('Andpd', SlowOp.AndVector),
  Vandpd:     vex('Andpd', SlowOp.AndVector),
  Andps:      sse('Andpd', SlowOp.AndVector),
  Vandps:     vex('Andpd', SlowOp.AndVector),
  Andnpd:     sse('Andnpd', SlowOp.AndnVector),
  Vandnpd:    vex('Andnpd', SlowOp.AndnVector),
  Orpd:       sse('Orpd', SlowOp.OrVector),
  Vorpd:      vex('Orpd', SlowOp.OrVector),
  Psrlq:      sse('Psrlq', SlowOp.ShrQ),
  Vpsrlq:     vex('Psrlq', SlowOp.ShrQ),
  Psllq:      sse('Psllq', SlowOp.ShlQ),
  Vpsllq:     vex('Psllq', SlowOp.ShlQ),
  Pcmpeqd:    sse('Pcmpeqd', SlowOp.CmpeqD),
  Vpcmpeqd:   vex('Pcmpeqd', SlowOp.CmpeqD),
  Movmskpd:   row('Movmskpd', SlowOp.MoveMask, 'plain'),
  Vmovmskpd:  row('Movmskpd', SlowOp.MoveMask, 'plain'),
};

let instructions: ReadonlyMap<Mnemonic, InstructionRow> | undefined;

/** The row of an iced mnemonic number. */
export const instructionRow = (mnemonic: Mnemonic): InstructionRow | undefined => {
  instructions ??= rowsByMnemonic();
  return instructions.get(mnemonic);
};

function rowsByMnemonic(): ReadonlyMap<Mnemonic, InstructionRow> {
  const byMnemonic = new Map<Mnemonic, InstructionRow>();
  const add = (name: string, entry: InstructionRow): void => {
    const mnemonic = Mnemonic[name as keyof typeof Mnemonic];
    if (mnemonic === undefined) throw new Error(`iced-x86 has no mnemonic ${name}`);
    byMnemonic.set(mnemonic, entry);
  };
  for (const [name, entry] of Object.entries(ROWS)) add(name, entry);
  CC.forEach((suffix, cond) => {
    add(`J${suffix}`, { micro: `J${suffix}`, slow: SlowOp.None, naming: 'branch', cond });
    add(`Set${suffix}`, { micro: 'Set', slow: SlowOp.Set, naming: 'plain', cond });
    add(`Cmov${suffix}`, { micro: 'Cmov', slow: SlowOp.Cmov, naming: 'sized', cond });
  });
  return byMnemonic;
}
