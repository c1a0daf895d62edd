// Arithmetic, conversions and bit casts: one rule an operator.

import { IsolateData, rootRegisterBias } from '../../heap/index.ts';
import { BuiltinId } from '../../runtime/index.ts';
import { Cond, Gpr, type Immediate, imm, Label, mem, RoundingMode, type Xmm } from '../../x64/index.ts';
import type { Node } from '../graph/node.ts';
import type { Opcode } from '../operators/operators.ts';
import { type CodeGenerator, scratchXmm } from './code-generator.ts';
import type { Definition, Instruction } from './instruction.ts';
import type { InstructionSelector, Rule } from './instruction-selector.ts';
import { immediateOf, zeroExtends } from './operands.ts';

type Alu = 'add' | 'sub' | 'and' | 'or' | 'xor';

/** Two-address integer operation: the output takes the first input's register. */
const alu =
  (op: Alu, size: 'l' | 'q', commutative: boolean): Rule =>
  (s, node) => {
    let [a, b] = [node.value(0), node.value(1)];
    if (commutative && immediateOf(a) !== undefined && immediateOf(b) === undefined) [a, b] = [b, a];
    const immediate = immediateOf(b);
    const uses = immediate === undefined ? [s.register(a), s.any(b)] : [s.register(a)];
    s.add(node.opcode, node, { uses, defs: [s.same(node)] }, (g, i) => {
      const dst = g.gpr(i.definitions[0]!.vreg);
      g.masm[`${op}${size}`](dst, immediate ?? g.operand(i.uses[1]!.vreg));
    });
  };

const shift =
  (op: 'shl' | 'shr' | 'sar', size: 'l' | 'q'): Rule =>
  (s, node) => {
    const immediate = immediateOf(node.value(1));
    if (immediate !== undefined) {
      const count = immediate.value & (size === 'l' ? 31 : 63);
      s.add(node.opcode, node, { uses: [s.register(node.value(0))], defs: [s.same(node)] }, (g, i) => {
        if (count !== 0) g.masm[`${op}${size}`](g.gpr(i.definitions[0]!.vreg), imm(count));
      });
      return;
    }
    const uses = [s.register(node.value(0)), s.register(node.value(1))];
    s.add(node.opcode, node, { uses, defs: [s.output(node)] }, (g, i) => {
      const [dst, value, count] = [i.definitions[0]!, i.uses[0]!, i.uses[1]!].map((o) => g.gpr(o.vreg)) as [
        Gpr,
        Gpr,
        Gpr,
      ];
      g.masm[`${op}x${size}`](dst, value, count);
    });
  };

const multiply: Rule = (s, node) => {
  let [a, b] = [node.value(0), node.value(1)];
  if (immediateOf(a) !== undefined) [a, b] = [b, a];
  const immediate = immediateOf(b);
  if (immediate !== undefined) {
    s.add(node.opcode, node, { uses: [s.any(a)], defs: [s.output(node)] }, (g, i) =>
      g.masm.imull(g.gpr(i.definitions[0]!.vreg), g.operand(i.uses[0]!.vreg), immediate),
    );
    return;
  }
  s.add(node.opcode, node, { uses: [s.register(a), s.any(b)], defs: [s.same(node)] }, (g, i) =>
    g.masm.imull(g.gpr(i.definitions[0]!.vreg), g.operand(i.uses[1]!.vreg)),
  );
};

/** idiv and div: dividend in rdx:rax, quotient in rax, remainder in rdx. */
const divide =
  (signed: boolean, result: Gpr.rax | Gpr.rdx): Rule =>
  (s, node) => {
    const uses = [s.fixed(node.value(0), Gpr.rax), s.register(node.value(1))];
    s.add(node.opcode, node, { uses, defs: [s.outputFixed(node, result)], clobbers: [Gpr.rax, Gpr.rdx] }, (g, i) => {
      if (signed) g.masm.cdq();
      else g.masm.xorl(Gpr.rdx, Gpr.rdx);
      const divisor = g.gpr(i.uses[1]!.vreg);
      if (signed) g.masm.idivl(divisor);
      else g.masm.divl(divisor);
    });
  };

/** dst ← op(src in any place). */
const unary =
  (emit: (g: CodeGenerator, dst: Gpr, src: ReturnType<CodeGenerator['operand']>) => void): Rule =>
  (s, node) => {
    s.add(node.opcode, node, { uses: [s.any(node.value(0))], defs: [s.output(node)] }, (g, i) =>
      emit(g, g.gpr(i.definitions[0]!.vreg), g.operand(i.uses[0]!.vreg)),
    );
  };

const float =
  (op: 'vaddsd' | 'vsubsd' | 'vmulsd' | 'vdivsd'): Rule =>
  (s, node) => {
    const uses = [s.register(node.value(0)), s.any(node.value(1))];
    s.add(node.opcode, node, { uses, defs: [s.output(node)] }, (g, i) =>
      g.masm[op](g.xmm(i.definitions[0]!.vreg), g.xmm(i.uses[0]!.vreg), g.xmmOperand(i.uses[1]!.vreg)),
    );
  };

const floatUnary =
  (emit: (g: CodeGenerator, dst: Xmm, src: Xmm) => void): Rule =>
  (s, node) => {
    s.add(node.opcode, node, { uses: [s.register(node.value(0))], defs: [s.output(node)] }, (g, i) =>
      emit(g, g.xmm(i.definitions[0]!.vreg), g.xmm(i.uses[0]!.vreg)),
    );
  };

const round = (mode: RoundingMode): Rule => floatUnary((g, dst, src) => g.masm.vroundsd(dst, src, src, mode));

/** A sign-bit operation with a mask built in the scratch registers. */
const signMask = (mask: bigint, op: 'vandpd' | 'vxorpd'): Rule =>
  floatUnary((g, dst, src) => {
    g.masm.movabsq(Gpr.r10, mask);
    g.masm.vmovq(scratchXmm, Gpr.r10);
    g.masm[op](dst, src, scratchXmm);
  });

/** float → general register. */
const fromFloat =
  (emit: (g: CodeGenerator, dst: Gpr, src: Xmm) => void): Rule =>
  (s, node) => {
    s.add(node.opcode, node, { uses: [s.register(node.value(0))], defs: [s.output(node)] }, (g, i) =>
      emit(g, g.gpr(i.definitions[0]!.vreg), g.xmm(i.uses[0]!.vreg)),
    );
  };

const toFloat =
  (emit: (g: CodeGenerator, dst: Xmm, src: ReturnType<CodeGenerator['operand']>) => void): Rule =>
  (s, node) => {
    s.add(node.opcode, node, { uses: [s.any(node.value(0))], defs: [s.output(node)] }, (g, i) =>
      emit(g, g.xmm(i.definitions[0]!.vreg), g.operand(i.uses[0]!.vreg)),
    );
  };

/** A leaf function of the host on doubles: operands on the stack, every register kept. */
const leaf =
  (id: BuiltinId, operands: 1 | 2): Rule =>
  (s, node) => {
    const uses = Array.from({ length: operands }, (_, i) => s.register(node.value(i)));
    s.add(node.opcode, node, { uses, defs: [s.output(node)] }, (g, i) => {
      const { masm } = g;
      masm.subq(Gpr.rsp, imm(8 * operands));
      for (const [n, use] of i.uses.entries()) masm.vmovsd(mem(Gpr.rsp, 8 * (operands - 1 - n)), g.xmm(use.vreg));
      g.callBuiltin(id);
      masm.vmovsd(g.xmm(i.definitions[0]!.vreg), mem(Gpr.rsp, 8 * (operands - 1)));
      masm.addq(Gpr.rsp, imm(8 * operands));
    });
  };

/** Math.max / Math.min: NaN if either is; −0 below +0. */
const minMax =
  (max: boolean): Rule =>
  (s, node) => {
    const uses = [s.register(node.value(0)), s.register(node.value(1))];
    s.add(node.opcode, node, { uses, defs: [s.same(node)] }, (g, i) => {
      const { masm } = g;
      const [dst, b] = [g.xmm(i.definitions[0]!.vreg), g.xmm(i.uses[1]!.vreg)];
      const done = new Label('done');
      const nan = new Label('nan');
      const other = new Label('other');
      masm.vucomisd(dst, b);
      masm.j(Cond.parity_even, nan);
      masm.j(max ? Cond.above : Cond.below, done);
      masm.j(max ? Cond.below : Cond.above, other);
      // Equal: only the zeros differ.
      if (max) masm.vandpd(dst, dst, b);
      else masm.vorpd(dst, dst, b);
      masm.jmp(done);
      masm.bind(other);
      masm.vmovapd(dst, b);
      masm.jmp(done);
      masm.bind(nan);
      masm.vaddsd(dst, dst, b);
      masm.bind(done);
    });
  };

/** ToInt32 of a double: the 64-bit truncation, or a host function where that overflows. */
const truncateToWord32: Rule = fromFloat((g, dst, src) => {
  const { masm } = g;
  const slow = new Label('slow');
  const done = new Label('done');
  masm.vcvttsd2siq(dst, src);
  masm.cmpq(dst, imm(1));
  masm.j(Cond.overflow, slow);
  masm.bind(done);
  masm.movl(dst, dst);
  g.addOutOfLine(() => {
    masm.bind(slow);
    masm.subq(Gpr.rsp, imm(8));
    masm.vmovsd(mem(Gpr.rsp, 0), src);
    g.callBuiltin(BuiltinId.DoubleToInt32);
    masm.movl(dst, mem(Gpr.rsp, 0));
    masm.addq(Gpr.rsp, imm(8));
    masm.jmp(done);
  });
});

const move32 = unary((g, dst, src) => g.masm.movl(dst, src));

export const arithmeticRules: Partial<Record<Opcode, Rule>> = {
  Int32Add: alu('add', 'l', true),
  Int32Sub: alu('sub', 'l', false),
  Int32Mul: multiply,
  Int32Div: divide(true, Gpr.rax),
  Int32Mod: divide(true, Gpr.rdx),
  Uint32Div: divide(false, Gpr.rax),
  Uint32Mod: divide(false, Gpr.rdx),
  Word32And: alu('and', 'l', true),
  Word32Or: alu('or', 'l', true),
  Word32Xor: alu('xor', 'l', true),
  Word32Shl: shift('shl', 'l'),
  Word32Shr: shift('shr', 'l'),
  Word32Sar: shift('sar', 'l'),
  Word32Clz: unary((g, dst, src) => g.masm.lzcntl(dst, src)),
  Int64Add: alu('add', 'q', true),
  Word64Shl: shift('shl', 'q'),

  Float64Add: float('vaddsd'),
  Float64Sub: float('vsubsd'),
  Float64Mul: float('vmulsd'),
  Float64Div: float('vdivsd'),
  Float64Mod: leaf(BuiltinId.Float64Mod, 2),
  Float64Pow: leaf(BuiltinId.Float64Pow, 2),
  Float64Atan2: leaf(BuiltinId.Float64Atan2, 2),
  Float64Sin: leaf(BuiltinId.Float64Sin, 1),
  Float64Cos: leaf(BuiltinId.Float64Cos, 1),
  Float64Tan: leaf(BuiltinId.Float64Tan, 1),
  Float64Exp: leaf(BuiltinId.Float64Exp, 1),
  Float64Log: leaf(BuiltinId.Float64Log, 1),
  Float64Acos: leaf(BuiltinId.Float64Acos, 1),
  Float64Acosh: leaf(BuiltinId.Float64Acosh, 1),
  Float64Asin: leaf(BuiltinId.Float64Asin, 1),
  Float64Asinh: leaf(BuiltinId.Float64Asinh, 1),
  Float64Atan: leaf(BuiltinId.Float64Atan, 1),
  Float64Atanh: leaf(BuiltinId.Float64Atanh, 1),
  Float64Cbrt: leaf(BuiltinId.Float64Cbrt, 1),
  Float64Cosh: leaf(BuiltinId.Float64Cosh, 1),
  Float64Expm1: leaf(BuiltinId.Float64Expm1, 1),
  Float64Log1p: leaf(BuiltinId.Float64Log1p, 1),
  Float64Log10: leaf(BuiltinId.Float64Log10, 1),
  Float64Log2: leaf(BuiltinId.Float64Log2, 1),
  Float64Sinh: leaf(BuiltinId.Float64Sinh, 1),
  Float64Tanh: leaf(BuiltinId.Float64Tanh, 1),
  Float64Max: minMax(true),
  Float64Min: minMax(false),
  Float64Abs: signMask(0x7fff_ffff_ffff_ffffn, 'vandpd'),
  Float64Sqrt: floatUnary((g, dst, src) => g.masm.vsqrtsd(dst, src, src)),
  Float64RoundDown: round(RoundingMode.Down),
  Float64RoundUp: round(RoundingMode.Up),
  Float64RoundTruncate: round(RoundingMode.ToZero),
  Float64SilenceNaN: floatUnary((g, dst, src) => {
    g.masm.vxorpd(scratchXmm, scratchXmm, scratchXmm);
    g.masm.vsubsd(dst, src, scratchXmm);
  }),
  Float64ExtractHighWord32: fromFloat((g, dst, src) => {
    g.masm.vmovq_from(dst, src);
    g.masm.shrq(dst, imm(32));
  }),

  ChangeInt32ToFloat64: toFloat((g, dst, src) => g.masm.vcvtlsi2sd(dst, scratchXmm, src)),
  ChangeUint32ToFloat64: toFloat((g, dst, src) => {
    g.masm.movl(Gpr.r10, src);
    g.masm.vcvtqsi2sd(dst, scratchXmm, Gpr.r10);
  }),
  ChangeInt64ToFloat64: toFloat((g, dst, src) => g.masm.vcvtqsi2sd(dst, scratchXmm, src)),
  ChangeFloat64ToInt32: fromFloat((g, dst, src) => g.masm.vcvttsd2si(dst, src)),
  RoundFloat64ToInt32: fromFloat((g, dst, src) => g.masm.vcvttsd2si(dst, src)),
  ChangeFloat64ToUint32: fromFloat((g, dst, src) => {
    g.masm.vcvttsd2siq(dst, src);
    g.masm.movl(dst, dst);
  }),
  ChangeFloat64ToInt64: fromFloat((g, dst, src) => g.masm.vcvttsd2siq(dst, src)),
  TruncateFloat64ToWord32: truncateToWord32,
  TruncateFloat64ToFloat32: floatUnary((g, dst, src) => g.masm.vcvtsd2ss(dst, src, src)),
  ChangeFloat32ToFloat64: floatUnary((g, dst, src) => g.masm.vcvtss2sd(dst, src, src)),
  ChangeInt32ToInt64: unary((g, dst, src) => g.masm.movsxlq(dst, src)),
  ChangeUint32ToUint64: move32,
  TruncateInt64ToInt32: move32,
  BitcastTaggedToWord32: move32,
  BitcastWord32ToTaggedSigned: (s, node) => {
    const extended = zeroExtends(node.value(0));
    const use = extended ? s.register(node.value(0)) : s.any(node.value(0));
    s.add(node.opcode, node, { uses: [use], defs: [s.output(node)] }, (g, i) => {
      const dst = g.gpr(i.definitions[0]!.vreg);
      if (extended) g.masm.leaq(dst, mem(Gpr.r14, g.gpr(i.uses[0]!.vreg), 1, 0));
      else {
        g.masm.movl(dst, g.operand(i.uses[0]!.vreg));
        g.masm.addq(dst, Gpr.r14);
      }
    });
  },
  ExternalConstant: (s, node) =>
    s.add(node.opcode, node, { defs: [s.output(node)] }, (g, i) =>
      g.masm.leaq(
        g.gpr(i.definitions[0]!.vreg),
        mem(Gpr.r13, IsolateData[node.parameterOf('ExternalConstant')] - rootRegisterBias),
      ),
    ),
};

/**
 * An operation with overflow. With `check` it is emitted in place of that deopt, which follows it on overflow; else the
 * overflow bit becomes a value where anyone wants it.
 */
export function selectOverflow(s: InstructionSelector, node: Node, check: Node | undefined): Instruction {
  const projection = (index: number): Node | undefined =>
    node.uses.find((use) => use.user.opcode === 'Projection' && use.user.parameterOf('Projection').index === index)
      ?.user;
  const result = projection(0);
  const bit = check === undefined ? projection(1) : undefined;
  let [a, b] = [node.value(0), node.value(1)];
  if (node.opcode !== 'Int32SubWithOverflow' && immediateOf(a) !== undefined && immediateOf(b) === undefined)
    [a, b] = [b, a];
  const immediate: Immediate | undefined = immediateOf(b);
  const isMultiplication = node.opcode === 'Int32MulWithOverflow';
  const uses = immediate === undefined ? [s.register(a), s.any(b)] : [isMultiplication ? s.any(a) : s.register(a)];
  const resultVreg = result !== undefined ? s.vreg(result) : s.newVreg({ rep: 4, semantic: 2 });
  // A multiplication by a constant has three operands; everything else takes over its first input's register.
  const defs: Definition[] = [
    isMultiplication && immediate !== undefined
      ? { vreg: resultVreg, policy: 'register' }
      : { vreg: resultVreg, policy: 'same', same: 0 },
  ];
  if (bit !== undefined && s.isUsed(bit)) defs.push(s.output(bit));
  return s.add(node.opcode, check ?? node, { uses, defs }, (g, i) => {
    const { masm } = g;
    const dst = g.gpr(i.definitions[0]!.vreg);
    const source = immediate ?? g.operand(i.uses[1]!.vreg);
    if (node.opcode === 'Int32AddWithOverflow') masm.addl(dst, source);
    else if (node.opcode === 'Int32SubWithOverflow') masm.subl(dst, source);
    else if (immediate !== undefined) masm.imull(dst, g.operand(i.uses[0]!.vreg), immediate);
    else masm.imull(dst, source as Gpr);
    if (check !== undefined) {
      const exit = g.deoptLabel(i);
      masm.j(Cond.overflow, exit);
      g.emitStressDeopt(exit);
    }
    if (i.definitions.length > 1) {
      const bitRegister = g.gpr(i.definitions[1]!.vreg);
      masm.setcc(Cond.overflow, bitRegister);
      masm.movzxbl(bitRegister, bitRegister);
    }
  });
}
