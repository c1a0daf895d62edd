/** Integer instructions. */
import { Wasm } from '../wasm/index.ts';
import { Meta, OperandKind } from './decoder.ts';
import { SlowOp } from './instructions.ts';
import { MicroOp } from './micro-op.ts';
import { emitCondition, emitPackedFlags } from './translator-conditions.ts';
import { type Emitter, L, Reg, ZERO } from './translator-emitter.ts';
import { Flags, kindAfter } from './translator-flags.ts';
import type { Step } from './translator-steps.ts';
import { emitVector } from './translator-vector.ts';

/** Emits one instruction that falls through; false if it has no translation. */
export function emitStep(e: Emitter, step: Step, kind: Flags, live: boolean): boolean {
  const { w } = e;
  const { at, meta } = step;
  const { ops } = e.code;
  const slow = Meta.slow(meta);
  const k0 = Meta.kind0(meta);
  const k1 = Meta.kind1(meta);
  const a = ops[at + 1]!;
  const b = ops[at + 2]!;
  const imm = ops[at + 7]!;
  const size = Meta.size0(meta);
  if (step.op === MicroOp.Nop) return true;
  if (slow >= SlowOp.MovF64) return emitVector(e, step);
  const wide = size === 8;
  const op = (narrow: Wasm): void => w.op(wide ? narrow + (Wasm.I64Add - Wasm.I32Add) : narrow);
  const fa = wide ? L.Fa64 : L.Fa32;
  const fb = wide ? L.Fb64 : L.Fb32;
  /** Brings an 8- or 16-bit value to the top of the word, where 32-bit conditions hold for it. */
  const top = (): void => {
    if (size >= 4) return;
    w.i32(32 - 8 * size);
    w.op(Wasm.I32Shl);
  };
  switch (slow) {
    case SlowOp.None:
      return step.op === (MicroOp.Nop as MicroOp);
    case SlowOp.Mov:
      if (k0 === OperandKind.Gpr && k1 === OperandKind.Imm && size === 8) {
        w.i64((BigInt(imm) << 32n) | BigInt(ops[at + 6]! >>> 0));
        e.setRegister(a);
        return true;
      }
      if (k1 === OperandKind.Mem && size === 4) {
        const offset = e.address(at);
        w.access(Wasm.I64Load32U, offset);
        e.setRegister(a);
        return true;
      }
      if (k0 === OperandKind.Mem) {
        const offset = e.address(at);
        e.operand(k1, b, size, at);
        w.access(
          size === 8 ? Wasm.I64Store : size === 4 ? Wasm.I32Store : size === 2 ? Wasm.I32Store16 : Wasm.I32Store8,
          offset,
        );
        return true;
      }
      e.operand(k1, b, size, at);
      e.store(k0, a, size, at);
      return true;
    case SlowOp.Movzx: {
      if (size < 4) return false;
      const from = Meta.size1(meta);
      e.operand(k1, b, from, at);
      if (k1 !== OperandKind.Mem) {
        w.i32(from === 1 ? 0xff : 0xffff);
        w.op(Wasm.I32And);
      }
      w.op(Wasm.I64ExtendI32U);
      e.setRegister(a);
      return true;
    }
    case SlowOp.Movsx: {
      if (size < 4) return false;
      const from = Meta.size1(meta);
      e.operand(k1, b, from, at);
      if (from < 4) w.op(from === 1 ? Wasm.I32Extend8S : Wasm.I32Extend16S);
      w.op(wide ? Wasm.I64ExtendI32S : Wasm.I64ExtendI32U);
      e.setRegister(a);
      return true;
    }
    case SlowOp.Lea: {
      if (size < 4) return false;
      const base = ops[at + 3]!;
      const index = ops[at + 4]!;
      w.i64(BigInt(ops[at + 6]!));
      if (base !== ZERO) {
        e.getRegister(base);
        w.op(Wasm.I64Add);
      }
      if (index !== ZERO) {
        e.getRegister(index);
        w.i64(BigInt(ops[at + 5]!));
        w.op(Wasm.I64Shl, Wasm.I64Add);
      }
      if (!wide) w.op(Wasm.I32WrapI64, Wasm.I64ExtendI32U);
      e.setRegister(a);
      return true;
    }
    case SlowOp.Add:
    case SlowOp.Sub:
      if (size < 4) return false;
      e.operand(k0, a, size, at);
      if (live) w.tee(fa);
      e.operand(k1, b, size, at);
      if (live) w.tee(fb);
      op(slow === SlowOp.Add ? Wasm.I32Add : Wasm.I32Sub);
      e.store(k0, a, size, at);
      return true;
    case SlowOp.Cmp:
      if (!live) return true;
      e.operand(k0, a, size, at);
      top();
      w.set(fa);
      e.operand(k1, b, size, at);
      top();
      w.set(fb);
      return true;
    case SlowOp.And:
    case SlowOp.Or:
    case SlowOp.Xor:
    case SlowOp.Test:
      if (slow === SlowOp.Test && !live) return true;
      e.operand(k0, a, size, at);
      if (
        k0 !== OperandKind.Gpr ||
        k1 !== OperandKind.Gpr ||
        a !== b ||
        (slow !== SlowOp.Test && slow !== SlowOp.And)
      ) {
        e.operand(k1, b, size, at);
        op(slow === SlowOp.Or ? Wasm.I32Or : slow === SlowOp.Xor ? Wasm.I32Xor : Wasm.I32And);
      }
      if (live) {
        if (size < 4) {
          w.tee(L.T32);
          top();
          w.set(fa);
          w.get(L.T32);
        } else w.tee(fa);
      }
      if (slow === SlowOp.Test) w.op(Wasm.Drop);
      else e.store(k0, a, size, at);
      return true;
    case SlowOp.Not:
      e.operand(k0, a, size, at);
      if (wide) w.i64(-1n);
      else w.i32(-1);
      op(Wasm.I32Xor);
      e.store(k0, a, size, at);
      return true;
    case SlowOp.Neg:
      if (size < 4) return false;
      if (live) {
        e.operand(k0, a, size, at);
        w.set(fb);
        if (wide) w.i64(0n);
        else w.i32(0);
        w.tee(fa);
        w.get(fb);
      } else {
        if (wide) w.i64(0n);
        else w.i32(0);
        e.operand(k0, a, size, at);
      }
      op(Wasm.I32Sub);
      e.store(k0, a, size, at);
      return true;
    case SlowOp.Inc:
    case SlowOp.Dec:
      if (size < 4) return false;
      e.operand(k0, a, size, at);
      if (wide) w.i64(1n);
      else w.i32(1);
      op(slow === SlowOp.Inc ? Wasm.I32Add : Wasm.I32Sub);
      if (live) w.tee(fa);
      e.store(k0, a, size, at);
      return true;
    case SlowOp.Imul:
    case SlowOp.Mul:
    case SlowOp.Idiv:
    case SlowOp.Div:
      return emitMultiplyDivide(e, step, live);
    case SlowOp.Cdq:
      e.getRegister(Reg.Rax);
      w.op(Wasm.I32WrapI64);
      w.i32(31);
      w.op(Wasm.I32ShrS, Wasm.I64ExtendI32U);
      e.setRegister(Reg.Rdx);
      return true;
    case SlowOp.Cqo:
      e.getRegister(Reg.Rax);
      w.i64(63n);
      w.op(Wasm.I64ShrS);
      e.setRegister(Reg.Rdx);
      return true;
    case SlowOp.Cdqe:
      e.getRegister(Reg.Rax);
      w.op(Wasm.I32WrapI64, Wasm.I64ExtendI32S);
      e.setRegister(Reg.Rax);
      return true;
    case SlowOp.Shl:
    case SlowOp.Shr:
    case SlowOp.Sar:
      if (size < 4) return false;
      e.operand(k0, a, size, at);
      if (k1 === OperandKind.Imm) {
        if (wide) w.i64(BigInt(imm & 63));
        else w.i32(imm & 31);
      } else e.operand(OperandKind.Gpr, Reg.Rcx, size, at);
      op(slow === SlowOp.Shl ? Wasm.I32Shl : slow === SlowOp.Shr ? Wasm.I32ShrU : Wasm.I32ShrS);
      if (live && kindAfter(e.code, step, kind) !== Flags.Unknown) w.tee(fa);
      e.store(k0, a, size, at);
      return true;
    case SlowOp.Shlx:
    case SlowOp.Shrx:
    case SlowOp.Sarx:
      e.operand(k1, b, size, at);
      e.operand(OperandKind.Gpr, k1 === OperandKind.Mem ? b : ops[at + 3]!, size, at);
      op(slow === SlowOp.Shlx ? Wasm.I32Shl : slow === SlowOp.Shrx ? Wasm.I32ShrU : Wasm.I32ShrS);
      e.store(k0, a, size, at);
      return true;
    case SlowOp.Bt:
      if (k0 !== OperandKind.Gpr || k1 !== OperandKind.Imm || size !== 4) return false;
      if (!live) return true;
      e.operand(k0, a, size, at);
      w.i32(imm & 31);
      w.op(Wasm.I32ShrU);
      w.i32(1);
      w.op(Wasm.I32And);
      w.set(L.Fa32);
      return true;
    case SlowOp.Lzcnt:
    case SlowOp.Tzcnt:
    case SlowOp.Popcnt:
      if (size !== 4) return false;
      e.operand(k1, b, size, at);
      w.op(slow === SlowOp.Lzcnt ? Wasm.I32Clz : slow === SlowOp.Tzcnt ? Wasm.I32Ctz : Wasm.I32Popcnt);
      e.store(k0, a, size, at);
      return true;
    case SlowOp.Set:
      emitCondition(e, kind, Meta.cond(meta));
      e.store(k0, a, 1, at);
      return true;
    case SlowOp.Cmov:
      if (size < 4) return false;
      e.operand(k1, b, size, at);
      e.operand(k0, a, size, at);
      emitCondition(e, kind, Meta.cond(meta));
      w.op(Wasm.Select);
      e.store(k0, a, size, at);
      return true;
    case SlowOp.Xchg:
      if (k0 !== OperandKind.Gpr || size < 4) return false;
      e.operand(k0, a, size, at);
      e.operand(k1, b, size, at);
      e.store(k0, a, size, at);
      e.store(k1, b, size, at);
      return true;
    case SlowOp.Push:
      if (size !== 8 && size !== 0) return false;
      e.pushValue(() => e.operand(k0, a, 8, at));
      return true;
    case SlowOp.Pop:
      if (size !== 8) return false;
      e.getRegister(Reg.Rsp);
      w.op(Wasm.I32WrapI64);
      w.access(Wasm.I64Load, 0);
      e.getRegister(Reg.Rsp);
      w.i64(8n);
      w.op(Wasm.I64Add);
      e.setRegister(Reg.Rsp);
      // An address with rsp in it counts from the popped one, as on hardware.
      e.store(k0, a, 8, at);
      return true;
    case SlowOp.Pushf:
      emitPackedFlags(e, kind);
      w.set(L.T32);
      e.pushValue(() => {
        w.get(L.T32);
        w.op(Wasm.I64ExtendI32U);
      });
      return true;
    case SlowOp.Popf:
      e.getRegister(Reg.Rsp);
      w.op(Wasm.I32WrapI64);
      w.access(Wasm.I32Load, 0);
      w.set(L.Fa32);
      e.getRegister(Reg.Rsp);
      w.i64(8n);
      w.op(Wasm.I64Add);
      e.setRegister(Reg.Rsp);
      return true;
    case SlowOp.Leave:
      e.getRegister(Reg.Rbp);
      w.i64(8n);
      w.op(Wasm.I64Add);
      e.setRegister(Reg.Rsp);
      e.getRegister(Reg.Rbp);
      w.op(Wasm.I32WrapI64);
      w.access(Wasm.I64Load, 0);
      e.setRegister(Reg.Rbp);
      return true;
    default:
      return false;
  }
}

function emitMultiplyDivide(e: Emitter, step: Step, live: boolean): boolean {
  const { w } = e;
  const { at, meta } = step;
  const { ops } = e.code;
  const slow = Meta.slow(meta);
  const k0 = Meta.kind0(meta);
  const k1 = Meta.kind1(meta);
  const a = ops[at + 1]!;
  const size = Meta.size0(meta);
  if (slow === SlowOp.Imul && k1 !== OperandKind.None) {
    if (size < 4) return false;
    const first = Meta.kind2(meta) === OperandKind.Imm ? OperandKind.Imm : OperandKind.Gpr;
    e.operand(first, a, size, at);
    if (size === 4 && live) w.op(Wasm.I64ExtendI32S);
    e.operand(k1, ops[at + 2]!, size, at);
    if (size === 4 && live) {
      w.op(Wasm.I64ExtendI32S, Wasm.I64Mul);
      w.tee(L.Fa64);
      w.op(Wasm.I32WrapI64);
    } else w.op(size === 4 ? Wasm.I32Mul : Wasm.I64Mul);
    e.store(OperandKind.Gpr, a, size, at);
    return true;
  }
  if (size !== 4) return false;
  const signed = slow === SlowOp.Imul || slow === SlowOp.Idiv;
  const extend = signed ? Wasm.I64ExtendI32S : Wasm.I64ExtendI32U;
  const high = (): void => {
    w.i64(32n);
    w.op(Wasm.I64ShrU);
    e.setRegister(Reg.Rdx);
  };
  if (slow === SlowOp.Imul || slow === SlowOp.Mul) {
    e.getRegister(Reg.Rax);
    w.op(Wasm.I32WrapI64, extend);
    e.operand(k0, a, 4, at);
    w.op(extend, Wasm.I64Mul);
    w.tee(L.T64);
    w.i64(0xffffffffn);
    w.op(Wasm.I64And);
    e.setRegister(Reg.Rax);
    w.get(L.T64);
    high();
    return true;
  }
  // edx:eax by the operand; what does not fit traps on hardware and never comes from the compiler.
  e.operand(k0, a, 4, at);
  w.op(extend);
  w.set(L.Fb64);
  e.getRegister(Reg.Rdx);
  w.i64(32n);
  w.op(Wasm.I64Shl);
  e.getRegister(Reg.Rax);
  w.i64(0xffffffffn);
  w.op(Wasm.I64And, Wasm.I64Or);
  w.tee(L.T64);
  w.get(L.Fb64);
  w.op(signed ? Wasm.I64DivS : Wasm.I64DivU, Wasm.I32WrapI64, Wasm.I64ExtendI32U);
  e.setRegister(Reg.Rax);
  w.get(L.T64);
  w.get(L.Fb64);
  w.op(signed ? Wasm.I64RemS : Wasm.I64RemU, Wasm.I32WrapI64, Wasm.I64ExtendI32U);
  e.setRegister(Reg.Rdx);
  return true;
}
