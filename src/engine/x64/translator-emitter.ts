/**
 * Emits operands: registers are locals, memory is memory. Records which registers the code reads before it writes them, and
 * which it writes.
 *
 * ```
 *   locals   block fuel depth │ i32: flag operands, temporary │ i64: flag operands, temporary, rip, retired, rax…r15
 *            f64: flag operands, temporary, xmm0…xmm15 (low lanes)
 * ```
 */
import { ValueType, Wasm, WasmWriter } from '../wasm/index.ts';
import { CpuState } from './cpu.ts';
import { type CodeMap, OperandKind } from './decoder.ts';

/** Locals: the parameters, then what is not a register. */
export enum L {
  Pc = 0,
  Fuel = 1,
  Depth = 2,
  Fa32 = 3,
  Fb32 = 4,
  T32 = 5,
  Fa64 = 6,
  Fb64 = 7,
  T64 = 8,
  Rip = 9,
  Retired = 10,
  Gpr = 11,
  FX = 27,
  FY = 28,
  TF = 29,
  Xmm = 30,
}
export const LOCALS: readonly ValueType[] = [
  ...new Array<ValueType>(L.Fa64 - L.Fa32).fill(ValueType.I32),
  ...new Array<ValueType>(L.FX - L.Fa64).fill(ValueType.I64),
  ...new Array<ValueType>(3 + 16).fill(ValueType.F64),
];
export const ZERO = CpuState.Zero >> 2;
const XMM_WORD = CpuState.Xmm >> 2;
/** Registers by word index in the CPU block. */
export enum Reg {
  Rax = 0,
  Rcx = 2,
  Rdx = 4,
  Rsp = 8,
  Rbp = 10,
}

/** Bit of a register in a set of registers: general ones first. */
const bitOf = (word: number): number => (word >= XMM_WORD ? 16 + ((word - XMM_WORD) >> 2) : word >> 1);

export class Emitter {
  w = new WasmWriter();
  readonly code: CodeMap;
  /** Sets of registers: read before written, and written, since `begin`. */
  reads = 0;
  writes = 0;
  private readonly cpuBase: number;

  constructor(code: CodeMap, cpuBase: number) {
    this.code = code;
    this.cpuBase = cpuBase;
  }

  /** A new piece of code. */
  begin(): void {
    this.w = new WasmWriter();
    this.reads = 0;
    this.writes = 0;
  }

  codeAddress(low: number): bigint {
    return (BigInt(this.code.cageHi) << 32n) | BigInt(low >>> 0);
  }

  // --- registers -----------------------------------------------------------------------------------------------------

  getRegister(word: number): void {
    const bit = bitOf(word);
    if ((this.writes & (1 << bit)) === 0) this.reads |= 1 << bit;
    this.w.get(localOf(bit));
  }
  setRegister(word: number): void {
    const bit = bitOf(word);
    this.writes |= 1 << bit;
    this.w.set(localOf(bit));
  }

  /** Brings a set of registers from the CPU block into locals. */
  load(set: number): void {
    const { w } = this;
    for (let bit = 0; bit < 32; bit++) {
      if ((set & (1 << bit)) === 0) continue;
      w.i32(this.cpuBase);
      w.access(bit < 16 ? Wasm.I64Load : Wasm.F64Load, offsetOf(bit));
      w.set(localOf(bit));
    }
  }

  /** Writes a set of registers back. */
  save(set: number): void {
    const { w } = this;
    for (let bit = 0; bit < 32; bit++) {
      if ((set & (1 << bit)) === 0) continue;
      w.i32(this.cpuBase);
      w.get(localOf(bit));
      w.access(bit < 16 ? Wasm.I64Store : Wasm.F64Store, offsetOf(bit));
    }
  }

  saveRip(): void {
    this.w.i32(this.cpuBase);
    this.w.get(L.Rip);
    this.w.access(Wasm.I64Store, CpuState.Rip);
  }

  /** The end of a run: counts what was retired, and gives rip. */
  finish(): void {
    const { w } = this;
    w.i32(this.cpuBase);
    w.i32(this.cpuBase);
    w.access(Wasm.I64Load, CpuState.RetiredLo);
    w.get(L.Retired);
    w.op(Wasm.I64Add);
    w.access(Wasm.I64Store, CpuState.RetiredLo);
    w.i32(this.cpuBase);
    w.access(Wasm.I32Load, CpuState.Rip);
  }

  // --- operands --------------------------------------------------------------------------------------------------------

  /** Pushes the 32-bit address; returns the constant offset for the access. */
  address(at: number): number {
    const { w } = this;
    const { ops } = this.code;
    const base = ops[at + 3]!;
    const index = ops[at + 4]!;
    const displacement = ops[at + 6]!;
    if (base === ZERO && index === ZERO) {
      w.i32(displacement);
      return 0;
    }
    if (base !== ZERO) {
      this.getRegister(base);
      w.op(Wasm.I32WrapI64);
    }
    if (index !== ZERO) {
      this.getRegister(index);
      w.op(Wasm.I32WrapI64);
      if (ops[at + 5]! > 0) {
        w.i32(ops[at + 5]!);
        w.op(Wasm.I32Shl);
      }
      if (base !== ZERO) w.op(Wasm.I32Add);
    }
    // A constant offset does not wrap around, so only what stays below an object's size may be one.
    if (base !== ZERO && displacement >= 0 && displacement < 4096) return displacement;
    w.i32(displacement);
    w.op(Wasm.I32Add);
    return 0;
  }

  /** Pushes an operand: i64 for size 8, else i32 whose upper bits are garbage for sizes 1 and 2. */
  operand(kind: OperandKind, word: number, size: number, at: number): void {
    const { w } = this;
    if (kind === OperandKind.Mem) {
      const offset = this.address(at);
      w.access(
        size === 8 ? Wasm.I64Load : size === 4 ? Wasm.I32Load : size === 2 ? Wasm.I32Load16U : Wasm.I32Load8U,
        offset,
      );
    } else if (kind === OperandKind.Imm) {
      const value = this.code.ops[at + 7]!;
      if (size === 8) w.i64(BigInt(value));
      else w.i32(value);
    } else {
      this.getRegister(word);
      if (size !== 8) w.op(Wasm.I32WrapI64);
    }
  }

  /** Pops the value into register or memory. */
  store(kind: OperandKind, word: number, size: number, at: number): void {
    const { w } = this;
    if (kind === OperandKind.Mem) {
      const temporary = size === 8 ? L.T64 : L.T32;
      w.set(temporary);
      const offset = this.address(at);
      w.get(temporary);
      w.access(
        size === 8 ? Wasm.I64Store : size === 4 ? Wasm.I32Store : size === 2 ? Wasm.I32Store16 : Wasm.I32Store8,
        offset,
      );
      return;
    }
    if (size < 4) {
      const mask = size === 1 ? 0xff : 0xffff;
      w.i32(mask);
      w.op(Wasm.I32And, Wasm.I64ExtendI32U);
      this.getRegister(word);
      w.i64(BigInt(~mask));
      w.op(Wasm.I64And, Wasm.I64Or);
    } else if (size === 4) w.op(Wasm.I64ExtendI32U);
    this.setRegister(word);
  }

  pushValue(value: () => void): void {
    const { w } = this;
    value();
    w.set(L.T64);
    this.getRegister(Reg.Rsp);
    w.i64(8n);
    w.op(Wasm.I64Sub);
    this.setRegister(Reg.Rsp);
    this.getRegister(Reg.Rsp);
    w.op(Wasm.I32WrapI64);
    w.get(L.T64);
    w.access(Wasm.I64Store, 0);
  }

  /** Pushes a double from the low lane or memory. */
  double(kind: OperandKind, word: number, at: number): void {
    if (kind === OperandKind.Mem) {
      const offset = this.address(at);
      this.w.access(Wasm.F64Load, offset);
    } else this.getRegister(word);
  }
}

const localOf = (bit: number): number => (bit < 16 ? L.Gpr + bit : L.Xmm + bit - 16);
const offsetOf = (bit: number): number => (bit < 16 ? CpuState.Gpr + 8 * bit : CpuState.Xmm + 16 * (bit - 16));
