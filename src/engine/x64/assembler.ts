/**
 * The assembler: V8's MacroAssembler vocabulary over iced-x86's encoder.
 *
 * Operands are `Gpr`/`Xmm` numbers, `mem(base, disp)`, `mem(base, index, scale, disp)`, `imm(n)` and `Label`s. Forward jumps are rel32
 * (or rel8 with `'near'`), backward jumps take rel8 when it reaches.
 *
 *   CodeBuffer: bytes, labels, relocations ◁─ IntegerAssembler ◁─ Assembler: floating point
 */
import { Code } from 'iced-x86';
import { type Dst, IntegerAssembler } from './assembler-integer.ts';
import { R32, registersOf, Shape, XMM } from './encodings.ts';
import type { Immediate, Mem } from './operands.ts';
import type { Gpr, Xmm } from './registers.ts';

export enum RoundingMode {
  Nearest = 0,
  Down = 1,
  Up = 2,
  ToZero = 3,
}

export class Assembler extends IntegerAssembler {
  // Floating point: AVX forms start with v, the others are SSE2/SSE4.1 ---------------------------------------------

  // biome-ignore-start format: one instruction, one line.
  vaddsd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vaddsd_xmm_xmm_xmmm64, dst, a, b);
  }
  addsd(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Addsd_xmm_xmmm64, dst, src);
  }
  vaddss(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vaddss_xmm_xmm_xmmm32, dst, a, b);
  }
  addss(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Addss_xmm_xmmm32, dst, src);
  }
  vsubsd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vsubsd_xmm_xmm_xmmm64, dst, a, b);
  }
  subsd(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Subsd_xmm_xmmm64, dst, src);
  }
  vsubss(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vsubss_xmm_xmm_xmmm32, dst, a, b);
  }
  subss(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Subss_xmm_xmmm32, dst, src);
  }
  vmulsd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vmulsd_xmm_xmm_xmmm64, dst, a, b);
  }
  mulsd(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Mulsd_xmm_xmmm64, dst, src);
  }
  vmulss(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vmulss_xmm_xmm_xmmm32, dst, a, b);
  }
  mulss(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Mulss_xmm_xmmm32, dst, src);
  }
  vdivsd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vdivsd_xmm_xmm_xmmm64, dst, a, b);
  }
  divsd(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Divsd_xmm_xmmm64, dst, src);
  }
  vdivss(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vdivss_xmm_xmm_xmmm32, dst, a, b);
  }
  divss(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Divss_xmm_xmmm32, dst, src);
  }
  vminsd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vminsd_xmm_xmm_xmmm64, dst, a, b);
  }
  minsd(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Minsd_xmm_xmmm64, dst, src);
  }
  vminss(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vminss_xmm_xmm_xmmm32, dst, a, b);
  }
  minss(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Minss_xmm_xmmm32, dst, src);
  }
  vmaxsd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vmaxsd_xmm_xmm_xmmm64, dst, a, b);
  }
  maxsd(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Maxsd_xmm_xmmm64, dst, src);
  }
  vmaxss(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vmaxss_xmm_xmm_xmmm32, dst, a, b);
  }
  maxss(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Maxss_xmm_xmmm32, dst, src);
  }
  vsqrtsd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vsqrtsd_xmm_xmm_xmmm64, dst, a, b);
  }
  sqrtsd(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Sqrtsd_xmm_xmmm64, dst, src);
  }
  vcvtss2sd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vcvtss2sd_xmm_xmm_xmmm32, dst, a, b);
  }
  cvtss2sd(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Cvtss2sd_xmm_xmmm32, dst, src);
  }
  vcvtsd2ss(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vcvtsd2ss_xmm_xmm_xmmm64, dst, a, b);
  }
  cvtsd2ss(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Cvtsd2ss_xmm_xmmm64, dst, src);
  }
  vucomisd(a: Xmm, b: Xmm | Mem): void {
    this.xx(Code.VEX_Vucomisd_xmm_xmmm64, a, b);
  }
  ucomisd(a: Xmm, b: Xmm | Mem): void {
    this.xx(Code.Ucomisd_xmm_xmmm64, a, b);
  }
  vxorpd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vxorpd_xmm_xmm_xmmm128, dst, a, b);
  }
  xorpd(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Xorpd_xmm_xmmm128, dst, src);
  }
  vandpd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vandpd_xmm_xmm_xmmm128, dst, a, b);
  }
  andpd(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Andpd_xmm_xmmm128, dst, src);
  }
  vandnpd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vandnpd_xmm_xmm_xmmm128, dst, a, b);
  }
  andnpd(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Andnpd_xmm_xmmm128, dst, src);
  }
  vorpd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vorpd_xmm_xmm_xmmm128, dst, a, b);
  }
  orpd(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Orpd_xmm_xmmm128, dst, src);
  }
  vpcmpeqd(dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    this.xxx(Code.VEX_Vpcmpeqd_xmm_xmm_xmmm128, dst, a, b);
  }
  pcmpeqd(dst: Xmm, src: Xmm | Mem): void {
    this.xx(Code.Pcmpeqd_xmm_xmmm128, dst, src);
  }
  vpsrlq(dst: Xmm, src: Xmm, count: Immediate): void {
    this.xxi(Code.VEX_Vpsrlq_xmm_xmm_imm8, dst, src, count.value);
  }
  psrlq(dst: Xmm, count: Immediate): void {
    this.encode(Code.Psrlq_xmm_imm8, Shape.RI, XMM[dst]!, 0, 0, null, count.value);
  }
  vpsllq(dst: Xmm, src: Xmm, count: Immediate): void {
    this.xxi(Code.VEX_Vpsllq_xmm_xmm_imm8, dst, src, count.value);
  }
  psllq(dst: Xmm, count: Immediate): void {
    this.encode(Code.Psllq_xmm_imm8, Shape.RI, XMM[dst]!, 0, 0, null, count.value);
  }
  vmovapd(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.vmov(Code.VEX_Vmovapd_xmm_xmmm128, Code.VEX_Vmovapd_xmmm128_xmm, dst, src);
  }
  movapd(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.vmov(Code.Movapd_xmm_xmmm128, Code.Movapd_xmmm128_xmm, dst, src);
  }
  vmovaps(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.vmov(Code.VEX_Vmovaps_xmm_xmmm128, Code.VEX_Vmovaps_xmmm128_xmm, dst, src);
  }
  movaps(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.vmov(Code.Movaps_xmm_xmmm128, Code.Movaps_xmmm128_xmm, dst, src);
  }
  vmovups(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.vmov(Code.VEX_Vmovups_xmm_xmmm128, Code.VEX_Vmovups_xmmm128_xmm, dst, src);
  }
  movups(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.vmov(Code.Movups_xmm_xmmm128, Code.Movups_xmmm128_xmm, dst, src);
  }
  vmovdqu(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.vmov(Code.VEX_Vmovdqu_xmm_xmmm128, Code.VEX_Vmovdqu_xmmm128_xmm, dst, src);
  }
  movdqu(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.vmov(Code.Movdqu_xmm_xmmm128, Code.Movdqu_xmmm128_xmm, dst, src);
  }
  vmovdqa(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.vmov(Code.VEX_Vmovdqa_xmm_xmmm128, Code.VEX_Vmovdqa_xmmm128_xmm, dst, src);
  }
  movdqa(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.vmov(Code.Movdqa_xmm_xmmm128, Code.Movdqa_xmmm128_xmm, dst, src);
  }
  vmovupd(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.vmov(Code.VEX_Vmovupd_xmm_xmmm128, Code.VEX_Vmovupd_xmmm128_xmm, dst, src);
  }
  movupd(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.vmov(Code.Movupd_xmm_xmmm128, Code.Movupd_xmmm128_xmm, dst, src);
  }
  /** Memory forms clear the rest of the register; `vmovsd(dst, upper, low)` merges. */
  vmovsd(dst: Xmm | Mem, src: Xmm | Mem, low?: Xmm): void {
    if (low !== undefined) this.xxx(Code.VEX_Vmovsd_xmm_xmm_xmm, dst as Xmm, src as Xmm, low);
    else this.vmov(Code.VEX_Vmovsd_xmm_m64, Code.VEX_Vmovsd_m64_xmm, dst, src);
  }
  movsd(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.vmov(Code.Movsd_xmm_xmmm64, Code.Movsd_xmmm64_xmm, dst, src);
  }
  /** Memory forms clear the rest of the register; `vmovss(dst, upper, low)` merges. */
  vmovss(dst: Xmm | Mem, src: Xmm | Mem, low?: Xmm): void {
    if (low !== undefined) this.xxx(Code.VEX_Vmovss_xmm_xmm_xmm, dst as Xmm, src as Xmm, low);
    else this.vmov(Code.VEX_Vmovss_xmm_m32, Code.VEX_Vmovss_m32_xmm, dst, src);
  }
  movss(dst: Xmm | Mem, src: Xmm | Mem): void {
    this.vmov(Code.Movss_xmm_xmmm32, Code.Movss_xmmm32_xmm, dst, src);
  }
  /** General register or memory → XMM, clearing the rest. */
  vmovd(dst: Xmm, src: Dst): void {
    this.xg(Code.VEX_Vmovd_xmm_rm32, 32, dst, src);
  }
  /** XMM → general register or memory. */
  vmovd_from(dst: Dst, src: Xmm): void {
    this.gx(Code.VEX_Vmovd_rm32_xmm, 32, dst, src);
  }
  movd_to(dst: Xmm, src: Dst): void {
    this.xg(Code.Movd_xmm_rm32, 32, dst, src);
  }
  movd_from(dst: Dst, src: Xmm): void {
    this.gx(Code.Movd_rm32_xmm, 32, dst, src);
  }
  vcvtlsi2sd(dst: Xmm, upper: Xmm, src: Dst): void {
    this.xxg(Code.VEX_Vcvtsi2sd_xmm_xmm_rm32, 32, dst, upper, src);
  }
  cvtlsi2sd(dst: Xmm, src: Dst): void {
    this.xg(Code.Cvtsi2sd_xmm_rm32, 32, dst, src);
  }
  vcvtlsi2ss(dst: Xmm, upper: Xmm, src: Dst): void {
    this.xxg(Code.VEX_Vcvtsi2ss_xmm_xmm_rm32, 32, dst, upper, src);
  }
  cvtlsi2ss(dst: Xmm, src: Dst): void {
    this.xg(Code.Cvtsi2ss_xmm_rm32, 32, dst, src);
  }
  vcvttsd2si(dst: Gpr, src: Xmm | Mem): void {
    this.gxm(Code.VEX_Vcvttsd2si_r32_xmmm64, 32, dst, src);
  }
  cvttsd2si(dst: Gpr, src: Xmm | Mem): void {
    this.gxm(Code.Cvttsd2si_r32_xmmm64, 32, dst, src);
  }
  /** General register or memory → XMM, clearing the rest. */
  vmovq(dst: Xmm, src: Dst): void {
    this.xg(Code.VEX_Vmovq_xmm_rm64, 64, dst, src);
  }
  /** XMM → general register or memory. */
  vmovq_from(dst: Dst, src: Xmm): void {
    this.gx(Code.VEX_Vmovq_rm64_xmm, 64, dst, src);
  }
  movq_to(dst: Xmm, src: Dst): void {
    this.xg(Code.Movq_xmm_rm64, 64, dst, src);
  }
  movq_from(dst: Dst, src: Xmm): void {
    this.gx(Code.Movq_rm64_xmm, 64, dst, src);
  }
  vcvtqsi2sd(dst: Xmm, upper: Xmm, src: Dst): void {
    this.xxg(Code.VEX_Vcvtsi2sd_xmm_xmm_rm64, 64, dst, upper, src);
  }
  cvtqsi2sd(dst: Xmm, src: Dst): void {
    this.xg(Code.Cvtsi2sd_xmm_rm64, 64, dst, src);
  }
  vcvtqsi2ss(dst: Xmm, upper: Xmm, src: Dst): void {
    this.xxg(Code.VEX_Vcvtsi2ss_xmm_xmm_rm64, 64, dst, upper, src);
  }
  cvtqsi2ss(dst: Xmm, src: Dst): void {
    this.xg(Code.Cvtsi2ss_xmm_rm64, 64, dst, src);
  }
  vcvttsd2siq(dst: Gpr, src: Xmm | Mem): void {
    this.gxm(Code.VEX_Vcvttsd2si_r64_xmmm64, 64, dst, src);
  }
  cvttsd2siq(dst: Gpr, src: Xmm | Mem): void {
    this.gxm(Code.Cvttsd2si_r64_xmmm64, 64, dst, src);
  }
  vroundsd(dst: Xmm, a: Xmm, b: Xmm, mode: RoundingMode): void {
    this.encode(Code.VEX_Vroundsd_xmm_xmm_xmmm64_imm8, Shape.RRRI, XMM[dst]!, XMM[a]!, XMM[b]!, null, mode | 8);
  }
  roundsd(dst: Xmm, src: Xmm, mode: RoundingMode): void {
    this.xxi(Code.Roundsd_xmm_xmmm64_imm8, dst, src, mode | 8);
  }
  vmovmskpd(dst: Gpr, src: Xmm): void {
    this.encode(Code.VEX_Vmovmskpd_r32_xmm, Shape.RR, R32[dst]!, XMM[src]!, 0, null, 0);
  }
  // biome-ignore-end format: one instruction, one line.

  // Encoding -------------------------------------------------------------------------------------------------------

  protected xxx(code: Code, dst: Xmm, a: Xmm, b: Xmm | Mem): void {
    if (typeof b === 'number') this.encode(code, Shape.RRR, XMM[dst]!, XMM[a]!, XMM[b]!, null, 0);
    else this.encode(code, Shape.RRM, XMM[dst]!, XMM[a]!, 0, b, 0);
  }
  protected xx(code: Code, dst: Xmm, src: Xmm | Mem): void {
    if (typeof src === 'number') this.encode(code, Shape.RR, XMM[dst]!, XMM[src]!, 0, null, 0);
    else this.encode(code, Shape.RM, XMM[dst]!, 0, 0, src, 0);
  }
  protected xxi(code: Code, dst: Xmm, src: Xmm, value: number): void {
    this.encode(code, Shape.RRI, XMM[dst]!, XMM[src]!, 0, null, value);
  }
  protected vmov(load: Code, store: Code, dst: Xmm | Mem, src: Xmm | Mem): void {
    if (typeof dst === 'number') this.xx(load, dst, src);
    else if (typeof src === 'number') this.encode(store, Shape.MR, XMM[src]!, 0, 0, dst, 0);
    else throw new TypeError('Assembler: two memory operands');
  }
  protected xg(code: Code, size: number, dst: Xmm, src: Dst): void {
    if (typeof src === 'number') this.encode(code, Shape.RR, XMM[dst]!, registersOf(size)[src]!, 0, null, 0);
    else this.encode(code, Shape.RM, XMM[dst]!, 0, 0, src, 0);
  }
  protected gx(code: Code, size: number, dst: Dst, src: Xmm): void {
    if (typeof dst === 'number') this.encode(code, Shape.RR, registersOf(size)[dst]!, XMM[src]!, 0, null, 0);
    else this.encode(code, Shape.MR, XMM[src]!, 0, 0, dst, 0);
  }
  protected gxm(code: Code, size: number, dst: Gpr, src: Xmm | Mem): void {
    if (typeof src === 'number') this.encode(code, Shape.RR, registersOf(size)[dst]!, XMM[src]!, 0, null, 0);
    else this.encode(code, Shape.RM, registersOf(size)[dst]!, 0, 0, src, 0);
  }
  protected xxg(code: Code, size: number, dst: Xmm, upper: Xmm, src: Dst): void {
    if (typeof src === 'number') {
      this.encode(code, Shape.RRR, XMM[dst]!, XMM[upper]!, registersOf(size)[src]!, null, 0);
    } else this.encode(code, Shape.RRM, XMM[dst]!, XMM[upper]!, 0, src, 0);
  }
}
