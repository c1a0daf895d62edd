/** Instructions on XMM registers: only their low lanes are modelled. */
import { Saturating, Wasm } from '../wasm/index.ts';
import { Meta, OperandKind } from './decoder.ts';
import { SlowOp } from './instructions.ts';
import { type Emitter, L } from './translator-emitter.ts';
import type { Step } from './translator-steps.ts';

/** Emits a scalar double or vector instruction; false if it has no translation. */
export function emitVector(e: Emitter, step: Step): boolean {
  const { w } = e;
  const { at, meta } = step;
  const { ops } = e.code;
  const slow = Meta.slow(meta);
  const k0 = Meta.kind0(meta);
  const k1 = Meta.kind1(meta);
  const k2 = Meta.kind2(meta);
  const a = ops[at + 1]!;
  const b = ops[at + 2]!;
  const three = k2 === OperandKind.Gpr || k2 === OperandKind.Xmm || k2 === OperandKind.Mem;
  const sourceKind = three ? k2 : k1;
  const source = three ? ops[at + 3]! : b;
  const { Mem, Xmm, Gpr, Imm } = OperandKind;
  switch (slow) {
    case SlowOp.MovF64:
      if (k0 === Mem) {
        const offset = e.address(at);
        e.getRegister(b);
        w.access(Wasm.F64Store, offset);
      } else {
        e.double(sourceKind, source, at);
        e.setRegister(a);
      }
      return true;
    case SlowOp.MovF32:
      if (k0 === Mem) {
        const offset = e.address(at);
        e.getRegister(b);
        w.op(Wasm.I64ReinterpretF64);
        w.access(Wasm.I64Store32, offset);
        return true;
      }
      if (sourceKind === Mem) {
        const offset = e.address(at);
        w.access(Wasm.I64Load32U, offset);
        w.op(Wasm.F64ReinterpretI64);
        e.setRegister(a);
        return true;
      }
      return false;
    case SlowOp.MovInt: {
      let size = k0 === Xmm ? Meta.size1(meta) : Meta.size0(meta);
      if (size === 16) size = 8;
      if (k0 === Mem) {
        const offset = e.address(at);
        e.getRegister(b);
        w.op(Wasm.I64ReinterpretF64);
        w.access(size === 8 ? Wasm.I64Store : Wasm.I64Store32, offset);
      } else if (k0 === Gpr) {
        e.getRegister(b);
        w.op(Wasm.I64ReinterpretF64);
        if (size === 4) w.op(Wasm.I32WrapI64, Wasm.I64ExtendI32U);
        e.setRegister(a);
      } else {
        if (k1 === Mem) {
          const offset = e.address(at);
          w.access(size === 8 ? Wasm.I64Load : Wasm.I64Load32U, offset);
          w.op(Wasm.F64ReinterpretI64);
        } else {
          e.getRegister(b);
          if (k1 === Gpr) {
            if (size === 4) w.op(Wasm.I32WrapI64, Wasm.I64ExtendI32U);
            w.op(Wasm.F64ReinterpretI64);
          } else if (size === 4) return false;
        }
        e.setRegister(a);
      }
      return true;
    }
    case SlowOp.MovVector:
      if (k0 !== Xmm || k1 !== Xmm) return false;
      e.getRegister(b);
      e.setRegister(a);
      return true;
    case SlowOp.UcomisF64:
      e.getRegister(a);
      w.set(L.FX);
      e.double(k1, b, at);
      w.set(L.FY);
      return true;
    case SlowOp.CvtF64ToInt: {
      const size = Meta.size0(meta);
      e.double(k1, b, at);
      w.tee(L.TF);
      w.op(Wasm.Saturating, size === 8 ? Saturating.I64F64S : Saturating.I32F64S);
      if (size === 8) w.i64(-(1n << 63n));
      else w.i32(-0x80000000);
      w.get(L.TF);
      w.f64(size === 8 ? 2 ** 63 : 2 ** 31);
      w.op(Wasm.F64Lt, Wasm.Select);
      e.store(OperandKind.Gpr, a, size, at);
      return true;
    }
    case SlowOp.AddF64:
    case SlowOp.SubF64:
    case SlowOp.MulF64:
    case SlowOp.DivF64:
      e.getRegister(b);
      e.double(sourceKind, source, at);
      w.op(
        slow === SlowOp.AddF64
          ? Wasm.F64Add
          : slow === SlowOp.SubF64
            ? Wasm.F64Sub
            : slow === SlowOp.MulF64
              ? Wasm.F64Mul
              : Wasm.F64Div,
      );
      e.setRegister(a);
      return true;
    case SlowOp.MinF64:
    case SlowOp.MaxF64:
      e.double(sourceKind, source, at);
      w.set(L.TF);
      e.getRegister(b);
      w.get(L.TF);
      e.getRegister(b);
      w.get(L.TF);
      w.op(slow === SlowOp.MinF64 ? Wasm.F64Lt : Wasm.F64Gt, Wasm.Select);
      e.setRegister(a);
      return true;
    case SlowOp.SqrtF64:
      e.double(sourceKind, source, at);
      w.op(Wasm.F64Sqrt);
      e.setRegister(a);
      return true;
    case SlowOp.RoundF64:
      e.double(sourceKind, source, at);
      w.op([Wasm.F64Nearest, Wasm.F64Floor, Wasm.F64Ceil, Wasm.F64Trunc][ops[at + 7]! & 3]!);
      e.setRegister(a);
      return true;
    case SlowOp.CvtIntToF64: {
      const size = Meta.size1(meta);
      e.operand(sourceKind, source, size, at);
      w.op(size === 8 ? Wasm.F64ConvertI64S : Wasm.F64ConvertI32S);
      e.setRegister(a);
      return true;
    }
    case SlowOp.CvtF32ToF64:
      if (sourceKind === Mem) {
        const offset = e.address(at);
        w.access(Wasm.F32Load, offset);
      } else {
        e.getRegister(source);
        w.op(Wasm.I64ReinterpretF64, Wasm.I32WrapI64, Wasm.F32ReinterpretI32);
      }
      w.op(Wasm.F64PromoteF32);
      e.setRegister(a);
      return true;
    case SlowOp.CvtF64ToF32:
      e.getRegister(b);
      w.op(Wasm.I64ReinterpretF64);
      w.i64(0xffffffffn << 32n);
      w.op(Wasm.I64And);
      e.double(sourceKind, source, at);
      w.op(Wasm.F32DemoteF64, Wasm.I32ReinterpretF32, Wasm.I64ExtendI32U, Wasm.I64Or, Wasm.F64ReinterpretI64);
      e.setRegister(a);
      return true;
    case SlowOp.XorVector:
    case SlowOp.AndVector:
    case SlowOp.AndnVector:
    case SlowOp.OrVector:
      if (slow === SlowOp.XorVector && sourceKind === Xmm && source === b) {
        w.f64(0);
        e.setRegister(a);
        return true;
      }
      e.getRegister(b);
      w.op(Wasm.I64ReinterpretF64);
      if (slow === SlowOp.AndnVector) {
        w.i64(-1n);
        w.op(Wasm.I64Xor);
      }
      e.double(sourceKind, source, at);
      w.op(
        Wasm.I64ReinterpretF64,
        slow === SlowOp.XorVector ? Wasm.I64Xor : slow === SlowOp.OrVector ? Wasm.I64Or : Wasm.I64And,
        Wasm.F64ReinterpretI64,
      );
      e.setRegister(a);
      return true;
    case SlowOp.ShrQ:
    case SlowOp.ShlQ: {
      if (k2 !== Imm) return false;
      const count = ops[at + 7]! & 0xff;
      e.getRegister(b);
      w.op(Wasm.I64ReinterpretF64);
      if (count > 63) {
        w.i64(0n);
        w.op(Wasm.I64And);
      } else {
        w.i64(BigInt(count));
        w.op(slow === SlowOp.ShrQ ? Wasm.I64ShrU : Wasm.I64Shl);
      }
      w.op(Wasm.F64ReinterpretI64);
      e.setRegister(a);
      return true;
    }
    default:
      return false;
  }
}
