/** Conditions on the operands that a flag setter left in locals. */
import { Wasm } from '../wasm/index.ts';
import { Meta } from './decoder.ts';
import { SlowOp } from './instructions.ts';
import { type Emitter, L } from './translator-emitter.ts';
import { Flags } from './translator-flags.ts';
import { Refused, type Step } from './translator-steps.ts';

/** Comparisons of a with b that say what a condition and its negation say after a − b. */
const comparisons: readonly (readonly [Wasm, Wasm] | undefined)[] = [
  undefined,
  [Wasm.I32LtU, Wasm.I32GeU],
  [Wasm.I32Eq, Wasm.I32Ne],
  [Wasm.I32LeU, Wasm.I32GtU],
  undefined,
  undefined,
  [Wasm.I32LtS, Wasm.I32GeS],
  [Wasm.I32LeS, Wasm.I32GtS],
];

/** Pushes a condition on the flags of `step` when only its jump reads them; false if it must go through locals. */
export function emitFusedCondition(e: Emitter, step: Step, cc: number): boolean {
  const { w } = e;
  const { at, meta } = step;
  const { ops } = e.code;
  const slow = Meta.slow(meta);
  const size = Meta.size0(meta);
  if (size < 4 || (slow !== SlowOp.Cmp && slow !== SlowOp.Test)) return false;
  const shift = size === 8 ? Wasm.I64Eqz - Wasm.I32Eqz : 0;
  const pair = comparisons[cc >> 1];
  if (pair === undefined || (slow === SlowOp.Test && cc >> 1 !== 2)) return false;
  e.operand(Meta.kind0(meta), ops[at + 1]!, size, at);
  e.operand(Meta.kind1(meta), ops[at + 2]!, size, at);
  if (slow === SlowOp.Cmp) w.op(pair[cc & 1]! + shift);
  else {
    w.op(size === 8 ? Wasm.I64And : Wasm.I32And, Wasm.I32Eqz + shift);
    if ((cc & 1) !== 0) w.op(Wasm.I32Eqz);
  }
  return true;
}

/** Pushes whether a condition holds, 0 or 1. */
export function emitCondition(e: Emitter, kind: Flags, cc: number): void {
  const { w } = e;
  const negate = (cc & 1) !== 0;
  const which = cc >> 1;
  const not = (): void => {
    if (negate) w.op(Wasm.I32Eqz);
  };
  const refuse = (): never => {
    throw new Refused(`condition ${cc} after ${Flags[kind]}`);
  };
  const is64 = kind === Flags.Sub64 || kind === Flags.Add64 || kind === Flags.Logic64 || kind === Flags.Result64;
  const a = is64 ? L.Fa64 : L.Fa32;
  const b = is64 ? L.Fb64 : L.Fb32;
  /** i64 opcode of an i32 one. */
  const wide = (op: Wasm): number => {
    if (!is64) return op;
    if (op >= Wasm.I32Eqz && op <= Wasm.I32GeU) return op + (Wasm.I64Eqz - Wasm.I32Eqz);
    return op + (Wasm.I64Add - Wasm.I32Add);
  };
  const zero = (): void => (is64 ? w.i64(0n) : w.i32(0));
  switch (kind) {
    case Flags.Sub32:
    case Flags.Sub64: {
      const pair = comparisons[which];
      if (pair !== undefined) {
        w.get(a);
        w.get(b);
        w.op(wide(pair[cc & 1]!));
        return;
      }
      if (which === 5) refuse();
      if (which === 0) {
        // (a ^ b) & (a ^ (a − b)) < 0
        w.get(a);
        w.get(b);
        w.op(wide(Wasm.I32Xor));
        w.get(a);
        w.get(a);
        w.get(b);
        w.op(wide(Wasm.I32Sub), wide(Wasm.I32Xor), wide(Wasm.I32And));
      } else {
        w.get(a);
        w.get(b);
        w.op(wide(Wasm.I32Sub));
      }
      zero();
      w.op(wide(Wasm.I32LtS));
      not();
      return;
    }
    case Flags.Add32:
    case Flags.Add64: {
      const sum = (): void => {
        w.get(a);
        w.get(b);
        w.op(wide(Wasm.I32Add));
      };
      const overflow = (): void => {
        w.get(a);
        sum();
        w.op(wide(Wasm.I32Xor));
        w.get(b);
        sum();
        w.op(wide(Wasm.I32Xor), wide(Wasm.I32And));
      };
      const carry = (): void => {
        sum();
        w.get(a);
        w.op(wide(Wasm.I32LtU));
      };
      const isZero = (): void => {
        sum();
        w.op(wide(Wasm.I32Eqz));
      };
      const less = (): void => {
        overflow();
        sum();
        w.op(wide(Wasm.I32Xor));
        zero();
        w.op(wide(Wasm.I32LtS));
      };
      switch (which) {
        case 0:
          overflow();
          zero();
          w.op(wide(Wasm.I32LtS));
          break;
        case 1:
          carry();
          break;
        case 2:
          isZero();
          break;
        case 3:
          carry();
          isZero();
          w.op(Wasm.I32Or);
          break;
        case 4:
          sum();
          zero();
          w.op(wide(Wasm.I32LtS));
          break;
        case 6:
          less();
          break;
        case 7:
          less();
          isZero();
          w.op(Wasm.I32Or);
          break;
        default:
          refuse();
      }
      not();
      return;
    }
    case Flags.Logic32:
    case Flags.Logic64:
    case Flags.Result32:
    case Flags.Result64:
      if ((kind === Flags.Result32 || kind === Flags.Result64) && which !== 2 && which !== 4) refuse();
      switch (which) {
        case 0:
        case 1:
          w.i32(0);
          break;
        case 2:
        case 3:
          w.get(a);
          w.op(wide(Wasm.I32Eqz));
          break;
        case 4:
        case 6:
          w.get(a);
          zero();
          w.op(wide(Wasm.I32LtS));
          break;
        case 7:
          w.get(a);
          zero();
          w.op(wide(Wasm.I32LeS));
          break;
        default:
          refuse();
      }
      not();
      return;
    case Flags.Mul32:
      if (which === 0 || which === 1) {
        w.get(L.Fa64);
        w.get(L.Fa64);
        w.op(Wasm.I32WrapI64, Wasm.I64ExtendI32S, Wasm.I64Ne);
      } else if (which === 2) {
        w.get(L.Fa64);
        w.op(Wasm.I32WrapI64, Wasm.I32Eqz);
      } else if (which === 4) {
        w.get(L.Fa64);
        w.op(Wasm.I32WrapI64);
        w.i32(0);
        w.op(Wasm.I32LtS);
      } else refuse();
      not();
      return;
    case Flags.Compare: {
      const compare = (op: Wasm): void => {
        w.get(L.FX);
        w.get(L.FY);
        w.op(op);
      };
      switch (which) {
        case 0:
        case 4:
        case 6: // SF = OF = 0
          w.i32(0);
          break;
        case 1:
          compare(Wasm.F64Ge);
          w.op(Wasm.I32Eqz);
          break;
        case 2:
        case 7:
          compare(Wasm.F64Lt);
          compare(Wasm.F64Gt);
          w.op(Wasm.I32Or, Wasm.I32Eqz);
          break;
        case 3:
          compare(Wasm.F64Gt);
          w.op(Wasm.I32Eqz);
          break;
        case 5:
          w.get(L.FX);
          w.get(L.FX);
          w.op(Wasm.F64Ne);
          w.get(L.FY);
          w.get(L.FY);
          w.op(Wasm.F64Ne, Wasm.I32Or);
          break;
      }
      not();
      return;
    }
    case Flags.Bit:
      if (which !== 1) refuse();
      w.get(L.Fa32);
      not();
      return;
    case Flags.Packed: {
      const bits = [0x800, 1, 0x40, 0x41, 0x80, 4];
      if (which < 6) {
        w.get(L.Fa32);
        w.i32(bits[which]!);
        w.op(Wasm.I32And);
        if (!negate) w.op(Wasm.I32Eqz);
        w.op(Wasm.I32Eqz);
        return;
      }
      // SF ≠ OF
      w.get(L.Fa32);
      w.i32(7);
      w.op(Wasm.I32ShrU);
      w.get(L.Fa32);
      w.i32(11);
      w.op(Wasm.I32ShrU, Wasm.I32Xor);
      w.i32(1);
      w.op(Wasm.I32And);
      if (which === 7) {
        w.get(L.Fa32);
        w.i32(6);
        w.op(Wasm.I32ShrU);
        w.i32(1);
        w.op(Wasm.I32And, Wasm.I32Or);
      }
      not();
      return;
    }
    default:
      refuse();
  }
}

/** Pushes RFLAGS as i32. */
export function emitPackedFlags(e: Emitter, kind: Flags): void {
  const { w } = e;
  if (kind === Flags.Packed) {
    w.get(L.Fa32);
    return;
  }
  w.i32(2);
  for (const [cc, shift] of [
    [2, 0],
    [4, 6],
    [8, 7],
    [0, 11],
  ] as const) {
    emitCondition(e, kind, cc);
    if (shift > 0) {
      w.i32(shift);
      w.op(Wasm.I32Shl);
    }
    w.op(Wasm.I32Or);
  }
  const is64 = kind === Flags.Sub64 || kind === Flags.Add64 || kind === Flags.Logic64;
  if (kind === Flags.Compare) emitCondition(e, kind, 10);
  else {
    w.get(is64 || kind === Flags.Mul32 ? L.Fa64 : L.Fa32);
    if (kind === Flags.Sub32 || kind === Flags.Sub64 || kind === Flags.Add32 || kind === Flags.Add64) {
      w.get(is64 ? L.Fb64 : L.Fb32);
      const add = kind === Flags.Add32 || kind === Flags.Add64;
      w.op(is64 ? (add ? Wasm.I64Add : Wasm.I64Sub) : add ? Wasm.I32Add : Wasm.I32Sub);
    }
    if (is64 || kind === Flags.Mul32) w.op(Wasm.I32WrapI64);
    w.i32(0xff);
    w.op(Wasm.I32And, Wasm.I32Popcnt);
    w.i32(1);
    w.op(Wasm.I32And, Wasm.I32Eqz);
  }
  w.i32(2);
  w.op(Wasm.I32Shl, Wasm.I32Or);
}
