/**
 * The slow path: every instruction form, one at a time, straight from the manual.
 *
 * It runs what the fast loop has no case for, and what a fast case declined (misaligned or faulting memory, divide
 * corner cases). All state is in memory here: registers in the CPU block, flags in Rflags. Integers are unsigned
 * BigInts of the operand's size, so that one body serves all four sizes; speed is not the point.
 */
import { CpuState } from './cpu.ts';
import { type CodeMap, Meta, OperandKind } from './decoder.ts';
import { SlowOp } from './instructions.ts';
import { Rflag } from './registers.ts';

/** What the loop does after a slow instruction. */
export enum Flow {
  Next = 0,
  /** Rip in the CPU block has been set. */
  Jump = 1,
  MemoryFault = 2,
  DivideError = 3,
  Illegal = 4,
}

const RSP = 8;
const RBP = 10;
const RIP = CpuState.Rip >> 2;
const FLAGS = CpuState.Rflags >> 2;
const ALL_FLAGS = Rflag.CF | Rflag.PF | Rflag.ZF | Rflag.SF | Rflag.OF;

const evenParity = (byte: number): boolean => ((0x6996 >> ((byte ^ (byte >> 4)) & 15)) & 1) === 0;

/** Whether condition `cc` holds for an Rflags word. */
export function conditionHolds(cc: number, flags: number): boolean {
  const cf = (flags & Rflag.CF) !== 0;
  const zf = (flags & Rflag.ZF) !== 0;
  const sf = (flags & Rflag.SF) !== 0;
  const of = (flags & Rflag.OF) !== 0;
  const tests = [of, cf, zf, cf || zf, sf, (flags & Rflag.PF) !== 0, sf !== of, zf || sf !== of];
  return tests[cc >> 1]! !== ((cc & 1) === 1);
}

/** Round to nearest, ties to even. */
function roundEven(x: number): number {
  if (!Number.isFinite(x) || Math.abs(x) >= 4503599627370496) return x;
  const floor = Math.floor(x);
  const rest = x - floor;
  const rounded = rest < 0.5 ? floor : rest > 0.5 ? floor + 1 : floor % 2 === 0 ? floor : floor + 1;
  return rounded === 0 && (x < 0 || Object.is(x, -0)) ? -0 : rounded;
}

export class SlowPath {
  /** Address of the last memory fault. */
  faultAddress = 0;
  readonly #view: DataView;
  readonly #r: Int32Array;
  readonly #f: Float64Array;
  readonly #f32: Float32Array;

  constructor(
    memory: SharedArrayBuffer | ArrayBuffer,
    cpuBase: number,
    readonly code: CodeMap,
  ) {
    this.#view = new DataView(memory);
    this.#r = new Int32Array(memory, cpuBase, CpuState.Size / 4);
    this.#f = new Float64Array(memory, cpuBase, CpuState.Size / 8);
    this.#f32 = new Float32Array(memory, cpuBase, CpuState.Size / 4);
  }

  // Operands -------------------------------------------------------------------------------------------------------

  #ea = 0;

  #inBounds(address: number, size: number): boolean {
    const offset = address >>> 0;
    if (offset + size <= this.#view.byteLength) return true;
    this.faultAddress = offset;
    return false;
  }

  #load(address: number, size: number): bigint {
    const at = address >>> 0;
    if (size === 1) return BigInt(this.#view.getUint8(at));
    if (size === 2) return BigInt(this.#view.getUint16(at, true));
    if (size === 4) return BigInt(this.#view.getUint32(at, true));
    return this.#view.getBigUint64(at, true);
  }

  #store(address: number, size: number, value: bigint): void {
    const at = address >>> 0;
    if (size === 1) this.#view.setUint8(at, Number(value & 0xffn));
    else if (size === 2) this.#view.setUint16(at, Number(value & 0xffffn), true);
    else if (size === 4) this.#view.setUint32(at, Number(value & 0xffffffffn), true);
    else this.#view.setBigUint64(at, BigInt.asUintN(64, value), true);
  }

  #register(word: number, size: number): bigint {
    const value = (BigInt(this.#r[word + 1]! >>> 0) << 32n) | BigInt(this.#r[word]! >>> 0);
    return BigInt.asUintN(size * 8, value);
  }

  /** 32-bit writes clear the upper half; 8- and 16-bit writes keep the rest. */
  #setRegister(word: number, size: number, value: bigint): void {
    const low = Number(BigInt.asIntN(32, value));
    if (size === 8) {
      this.#r[word] = low;
      this.#r[word + 1] = Number(BigInt.asIntN(32, value >> 32n));
    } else if (size === 4) {
      this.#r[word] = low;
      this.#r[word + 1] = 0;
    } else {
      const mask = size === 2 ? 0xffff : 0xff;
      this.#r[word] = (this.#r[word]! & ~mask) | (low & mask);
    }
  }

  #read(kind: OperandKind, word: number, size: number, immediate: number): bigint {
    if (kind === OperandKind.Mem) return this.#load(this.#ea, size);
    if (kind === OperandKind.Imm) return BigInt.asUintN(size * 8, BigInt(immediate));
    return this.#register(word, size);
  }

  #write(kind: OperandKind, word: number, size: number, value: bigint): void {
    if (kind === OperandKind.Mem) this.#store(this.#ea, size, value);
    else this.#setRegister(word, size, value);
  }

  // Flags ----------------------------------------------------------------------------------------------------------

  #setFlags(mask: number, value: number): void {
    this.#r[FLAGS] = (this.#r[FLAGS]! & ~mask) | (value & mask) | Rflag.Reserved1;
  }

  /** ZF, SF, PF of a result. */
  #zsp(result: bigint, bits: number): number {
    const value = BigInt.asUintN(bits, result);
    return (
      (value === 0n ? Rflag.ZF : 0) |
      (value >> BigInt(bits - 1) === 1n ? Rflag.SF : 0) |
      (evenParity(Number(value & 0xffn)) ? Rflag.PF : 0)
    );
  }

  #addFlags(a: bigint, b: bigint, carry: bigint, bits: number, mask = ALL_FLAGS): bigint {
    const sum = a + b + carry;
    const result = BigInt.asUintN(bits, sum);
    const signed = BigInt.asIntN(bits, a) + BigInt.asIntN(bits, b) + carry;
    const of = signed !== BigInt.asIntN(bits, signed) ? Rflag.OF : 0;
    this.#setFlags(mask, this.#zsp(result, bits) | (sum !== result ? Rflag.CF : 0) | of);
    return result;
  }

  #subFlags(a: bigint, b: bigint, borrow: bigint, bits: number, mask = ALL_FLAGS): bigint {
    const result = BigInt.asUintN(bits, a - b - borrow);
    const signed = BigInt.asIntN(bits, a) - BigInt.asIntN(bits, b) - borrow;
    const of = signed !== BigInt.asIntN(bits, signed) ? Rflag.OF : 0;
    this.#setFlags(mask, this.#zsp(result, bits) | (a < b + borrow ? Rflag.CF : 0) | of);
    return result;
  }

  #logicFlags(result: bigint, bits: number): bigint {
    this.#setFlags(ALL_FLAGS, this.#zsp(result, bits));
    return result;
  }

  // Execution ------------------------------------------------------------------------------------------------------

  /** Executes the instruction at `pc` (an index into the code map's `ops`). */
  execute(pc: number): Flow {
    const { ops } = this.code;
    const r = this.#r;
    const meta = this.code.meta[pc >> 3]!;
    const slow = Meta.slow(meta);
    const k0 = Meta.kind0(meta);
    const k1 = Meta.kind1(meta);
    const k2 = Meta.kind2(meta);
    const a = ops[pc + 1]!;
    const b = ops[pc + 2]!;
    let size = Meta.size0(meta);
    const imm = ops[pc + 7]!;

    if (k0 === OperandKind.Mem || k1 === OperandKind.Mem || k2 === OperandKind.Mem) {
      this.#ea = (r[ops[pc + 3]!]! + (r[ops[pc + 4]!]! << ops[pc + 5]!) + ops[pc + 6]!) | 0;
      const memorySize =
        k0 === OperandKind.Mem ? size : k1 === OperandKind.Mem ? Meta.size1(meta) : this.#vectorSize(slow, meta);
      if (slow !== SlowOp.Lea && !this.#inBounds(this.#ea, memorySize)) return Flow.MemoryFault;
    }
    if (slow >= SlowOp.MovF64) return this.#vector(pc, slow, meta);

    const bits = size * 8;
    switch (slow) {
      case SlowOp.Mov: {
        const value =
          k1 === OperandKind.Imm && k0 === OperandKind.Gpr && size === 8
            ? (BigInt(imm) << 32n) | BigInt(ops[pc + 6]! >>> 0)
            : this.#read(k1, b, size, imm);
        this.#write(k0, a, size, value);
        return Flow.Next;
      }
      case SlowOp.Movzx:
        this.#write(k0, a, size, this.#read(k1, b, Meta.size1(meta), 0));
        return Flow.Next;
      case SlowOp.Movsx: {
        const from = Meta.size1(meta);
        this.#write(k0, a, size, BigInt.asIntN(from * 8, this.#read(k1, b, from, 0)));
        return Flow.Next;
      }
      case SlowOp.Lea: {
        const base = this.#register(ops[pc + 3]!, 8) + (this.#register(ops[pc + 4]!, 8) << BigInt(ops[pc + 5]!));
        this.#setRegister(a, size, base + BigInt(ops[pc + 6]!));
        return Flow.Next;
      }
      case SlowOp.Add:
      case SlowOp.Adc: {
        const carry = slow === SlowOp.Adc ? BigInt(r[FLAGS]! & 1) : 0n;
        const x = this.#read(k0, a, size, 0);
        this.#write(k0, a, size, this.#addFlags(x, this.#read(k1, b, size, imm), carry, bits));
        return Flow.Next;
      }
      case SlowOp.Sub:
      case SlowOp.Sbb:
      case SlowOp.Cmp: {
        const borrow = slow === SlowOp.Sbb ? BigInt(r[FLAGS]! & 1) : 0n;
        const x = this.#read(k0, a, size, 0);
        const result = this.#subFlags(x, this.#read(k1, b, size, imm), borrow, bits);
        if (slow !== SlowOp.Cmp) this.#write(k0, a, size, result);
        return Flow.Next;
      }
      case SlowOp.And:
      case SlowOp.Or:
      case SlowOp.Xor:
      case SlowOp.Test: {
        const x = this.#read(k0, a, size, 0);
        const y = this.#read(k1, b, size, imm);
        const result = this.#logicFlags(slow === SlowOp.Or ? x | y : slow === SlowOp.Xor ? x ^ y : x & y, bits);
        if (slow !== SlowOp.Test) this.#write(k0, a, size, result);
        return Flow.Next;
      }
      case SlowOp.Not:
        this.#write(k0, a, size, ~this.#read(k0, a, size, 0));
        return Flow.Next;
      case SlowOp.Neg:
        this.#write(k0, a, size, this.#subFlags(0n, this.#read(k0, a, size, 0), 0n, bits));
        return Flow.Next;
      case SlowOp.Inc:
        this.#write(k0, a, size, this.#addFlags(this.#read(k0, a, size, 0), 1n, 0n, bits, ALL_FLAGS & ~Rflag.CF));
        return Flow.Next;
      case SlowOp.Dec:
        this.#write(k0, a, size, this.#subFlags(this.#read(k0, a, size, 0), 1n, 0n, bits, ALL_FLAGS & ~Rflag.CF));
        return Flow.Next;
      case SlowOp.Imul:
      case SlowOp.Mul:
      case SlowOp.Div:
      case SlowOp.Idiv:
        return this.#multiplyDivide(slow, k0, k1, a, b, size, imm, Meta.kind2(meta));
      case SlowOp.Cdq:
        this.#setRegister(4, 4, BigInt(r[0]! >> 31));
        return Flow.Next;
      case SlowOp.Cqo:
        this.#setRegister(4, 8, BigInt(r[1]! >> 31));
        return Flow.Next;
      case SlowOp.Cdqe:
        this.#setRegister(0, 8, BigInt(r[0]!));
        return Flow.Next;
      case SlowOp.Shl:
      case SlowOp.Shr:
      case SlowOp.Sar:
      case SlowOp.Rol:
      case SlowOp.Ror:
        this.#shift(slow, k0, a, size, k1 === OperandKind.Imm ? imm : r[2]!);
        return Flow.Next;
      case SlowOp.Shlx:
      case SlowOp.Shrx:
      case SlowOp.Sarx: {
        const inMemory = k1 === OperandKind.Mem;
        const x = this.#read(k1, b, size, 0);
        const count = BigInt(r[inMemory ? b : ops[pc + 3]!]! & (bits - 1));
        const result =
          slow === SlowOp.Shlx ? x << count : slow === SlowOp.Shrx ? x >> count : BigInt.asIntN(bits, x) >> count;
        this.#setRegister(a, size, result);
        return Flow.Next;
      }
      case SlowOp.Bt: {
        // A register bit index with a memory operand would reach beyond it; nothing emits that.
        const bit = Number(this.#read(k1, b, size, imm) & BigInt(bits - 1));
        this.#setFlags(Rflag.CF, Number((this.#read(k0, a, size, 0) >> BigInt(bit)) & 1n));
        return Flow.Next;
      }
      case SlowOp.Bsr:
      case SlowOp.Bsf:
      case SlowOp.Lzcnt:
      case SlowOp.Tzcnt:
      case SlowOp.Popcnt:
        this.#bitScan(slow, a, size, this.#read(k1, b, size, 0));
        return Flow.Next;
      case SlowOp.Set:
        this.#write(k0, a, 1, conditionHolds(Meta.cond(meta), r[FLAGS]!) ? 1n : 0n);
        return Flow.Next;
      case SlowOp.Cmov: {
        const value = this.#read(k1, b, size, 0);
        this.#setRegister(a, size, conditionHolds(Meta.cond(meta), r[FLAGS]!) ? value : this.#register(a, size));
        return Flow.Next;
      }
      case SlowOp.Xchg: {
        const x = this.#read(k0, a, size, 0);
        const y = this.#register(b, size);
        this.#write(k0, a, size, y);
        this.#setRegister(b, size, x);
        return Flow.Next;
      }
      case SlowOp.Cmpxchg: {
        const x = this.#read(k0, a, size, 0);
        const accumulator = this.#register(0, size);
        this.#subFlags(accumulator, x, 0n, bits);
        if (accumulator === x) this.#write(k0, a, size, this.#register(b, size));
        else this.#setRegister(0, size, x);
        return Flow.Next;
      }
      case SlowOp.Push: {
        if (size === 0) size = 8;
        if (size !== 8) return Flow.Illegal;
        return this.#push(this.#read(k0, a, 8, imm));
      }
      case SlowOp.Pop: {
        if (!this.#inBounds(r[RSP]!, 8)) return Flow.MemoryFault;
        const value = this.#load(r[RSP]!, 8);
        r[RSP] = (r[RSP]! + 8) | 0;
        if (k0 === OperandKind.Mem) {
          // The manual computes an address based on rsp after the increment.
          if (ops[pc + 3] === RSP) this.#ea = (this.#ea + 8) | 0;
          if (!this.#inBounds(this.#ea, 8)) {
            r[RSP] = (r[RSP]! - 8) | 0;
            return Flow.MemoryFault;
          }
        }
        this.#write(k0, a, 8, value);
        return Flow.Next;
      }
      case SlowOp.Pushf:
        return this.#push(BigInt((r[FLAGS]! & ALL_FLAGS) | Rflag.Reserved1));
      case SlowOp.Popf:
        if (!this.#inBounds(r[RSP]!, 8)) return Flow.MemoryFault;
        this.#setFlags(ALL_FLAGS, Number(this.#load(r[RSP]!, 8) & 0xffffn));
        r[RSP] = (r[RSP]! + 8) | 0;
        return Flow.Next;
      case SlowOp.Leave: {
        if (!this.#inBounds(r[RBP]!, 8)) return Flow.MemoryFault;
        const saved = this.#load(r[RBP]!, 8);
        r[RSP] = (r[RBP]! + 8) | 0;
        r[RSP + 1] = r[RBP + 1]!;
        this.#setRegister(RBP, 8, saved);
        return Flow.Next;
      }
      case SlowOp.Jmp:
        return this.#jump(k0 === OperandKind.None ? this.#codeAddress(ops[pc + 6]!) : this.#read(k0, a, 8, 0));
      case SlowOp.Call: {
        const target = k0 === OperandKind.None ? this.#codeAddress(ops[pc + 6]!) : this.#read(k0, a, 8, 0);
        const flow = this.#push(this.#codeAddress(b));
        return flow === Flow.Next ? this.#jump(target) : flow;
      }
      case SlowOp.Ret: {
        if (!this.#inBounds(r[RSP]!, 8)) return Flow.MemoryFault;
        const target = this.#load(r[RSP]!, 8);
        r[RSP] = (r[RSP]! + 8 + imm) | 0;
        return this.#jump(target);
      }
      default:
        return Flow.Illegal;
    }
  }

  #codeAddress(low: number): bigint {
    return (BigInt(this.code.cageHi >>> 0) << 32n) | BigInt(low >>> 0);
  }

  #jump(target: bigint): Flow {
    this.#setRegister(RIP, 8, target);
    return Flow.Jump;
  }

  #push(value: bigint): Flow {
    const top = (this.#r[RSP]! - 8) | 0;
    if (!this.#inBounds(top, 8)) return Flow.MemoryFault;
    this.#store(top, 8, value);
    this.#r[RSP] = top;
    return Flow.Next;
  }

  #multiplyDivide(
    slow: SlowOp,
    k0: OperandKind,
    k1: OperandKind,
    a: number,
    b: number,
    size: number,
    imm: number,
    k2: OperandKind,
  ): Flow {
    const bits = size * 8;
    if (slow === SlowOp.Imul && k1 !== OperandKind.None) {
      const x = k2 === OperandKind.None ? this.#register(a, size) : BigInt.asUintN(bits, BigInt(imm));
      const y = this.#read(k1, b, size, imm);
      const product = BigInt.asIntN(bits, x) * BigInt.asIntN(bits, y);
      const overflow = product !== BigInt.asIntN(bits, product) ? Rflag.CF | Rflag.OF : 0;
      this.#setFlags(ALL_FLAGS, this.#zsp(product, bits) | overflow);
      this.#setRegister(a, size, product);
      return Flow.Next;
    }
    if (size < 4) return Flow.Illegal;
    const y = this.#read(k0, a, size, 0);
    const low = this.#register(0, size);
    if (slow === SlowOp.Imul || slow === SlowOp.Mul) {
      const signed = slow === SlowOp.Imul;
      const product = signed ? BigInt.asIntN(bits, low) * BigInt.asIntN(bits, y) : low * y;
      const fits = signed ? BigInt.asIntN(bits, product) : BigInt.asUintN(bits, product);
      this.#setFlags(ALL_FLAGS, this.#zsp(product, bits) | (product !== fits ? Rflag.CF | Rflag.OF : 0));
      this.#setRegister(0, size, product);
      this.#setRegister(4, size, product >> BigInt(bits));
      return Flow.Next;
    }
    const wide = (this.#register(4, size) << BigInt(bits)) | low;
    if (y === 0n) return Flow.DivideError;
    const signed = slow === SlowOp.Idiv;
    const dividend = signed ? BigInt.asIntN(bits * 2, wide) : wide;
    const divisor = signed ? BigInt.asIntN(bits, y) : y;
    const quotient = dividend / divisor;
    const fits = signed ? BigInt.asIntN(bits, quotient) : BigInt.asUintN(bits, quotient);
    if (quotient !== fits) return Flow.DivideError;
    this.#setRegister(0, size, quotient);
    this.#setRegister(4, size, dividend % divisor);
    return Flow.Next;
  }

  #shift(slow: SlowOp, kind: OperandKind, word: number, size: number, rawCount: number): void {
    const bits = size * 8;
    const count = rawCount & (bits === 64 ? 63 : 31);
    const x = this.#read(kind, word, size, 0);
    if (count === 0) {
      this.#write(kind, word, size, x);
      return;
    }
    const n = BigInt(count);
    const top = BigInt(bits - 1);
    let result: bigint;
    let cf: bigint;
    let of: bigint;
    if (slow === SlowOp.Rol || slow === SlowOp.Ror) {
      const left = BigInt(slow === SlowOp.Rol ? count % bits : (bits - (count % bits)) % bits);
      result = BigInt.asUintN(bits, (x << left) | (x >> (BigInt(bits) - left)));
      cf = slow === SlowOp.Rol ? result & 1n : result >> top;
      of = slow === SlowOp.Rol ? (result >> top) ^ cf : (result >> top) ^ ((result >> (top - 1n)) & 1n);
      this.#setFlags(Rflag.CF | Rflag.OF, Number(cf) | (of ? Rflag.OF : 0));
      this.#write(kind, word, size, result);
      return;
    }
    if (slow === SlowOp.Shl) {
      result = BigInt.asUintN(bits, x << n);
      cf = ((x << n) >> BigInt(bits)) & 1n;
      of = (result >> top) ^ cf;
    } else if (slow === SlowOp.Shr) {
      result = x >> n;
      cf = (x >> (n - 1n)) & 1n;
      of = x >> top;
    } else {
      const signed = BigInt.asIntN(bits, x);
      result = BigInt.asUintN(bits, signed >> n);
      cf = (signed >> (n - 1n)) & 1n;
      of = 0n;
    }
    this.#setFlags(ALL_FLAGS, this.#zsp(result, bits) | Number(cf) | (of ? Rflag.OF : 0));
    this.#write(kind, word, size, result);
  }

  #bitScan(slow: SlowOp, dst: number, size: number, x: bigint): void {
    const bits = size * 8;
    if (slow === SlowOp.Popcnt) {
      let ones = 0n;
      for (let rest = x; rest > 0n; rest >>= 1n) ones += rest & 1n;
      this.#setFlags(ALL_FLAGS, x === 0n ? Rflag.ZF : 0);
      this.#setRegister(dst, size, ones);
      return;
    }
    let highest = -1;
    let lowest = bits;
    for (let bit = 0; bit < bits; bit++) {
      if (((x >> BigInt(bit)) & 1n) === 0n) continue;
      highest = bit;
      if (lowest === bits) lowest = bit;
    }
    if (slow === SlowOp.Bsr || slow === SlowOp.Bsf) {
      this.#setFlags(Rflag.ZF, x === 0n ? Rflag.ZF : 0);
      if (x !== 0n) this.#setRegister(dst, size, BigInt(slow === SlowOp.Bsr ? highest : lowest));
      return;
    }
    const result = slow === SlowOp.Lzcnt ? bits - 1 - highest : lowest;
    // The flags the manual leaves undefined are cleared; PF follows the result.
    const pf = evenParity(result) ? Rflag.PF : 0;
    this.#setFlags(ALL_FLAGS, (x === 0n ? Rflag.CF : 0) | (result === 0 ? Rflag.ZF : 0) | pf);
    this.#setRegister(dst, size, BigInt(result));
  }

  // Vectors and floating point -------------------------------------------------------------------------------------

  /** Memory operand size of a three-operand vector instruction. */
  #vectorSize(slow: SlowOp, meta: number): number {
    if (slow >= SlowOp.XorVector) return 16;
    if (slow === SlowOp.CvtIntToF64 || slow === SlowOp.CvtIntToF32) return Meta.size1(meta);
    return (slow >= SlowOp.AddF32 && slow <= SlowOp.MaxF32) || slow === SlowOp.CvtF32ToF64 ? 4 : 8;
  }

  /** Copies `count` words of the last operand into the scratch words of the CPU block. */
  #toScratch(kind: OperandKind, word: number, count: number): void {
    for (let n = 0; n < count; n++) {
      const scratch = (CpuState.Scratch >> 2) + n;
      this.#r[scratch] =
        kind === OperandKind.Mem ? this.#view.getInt32((this.#ea >>> 0) + n * 4, true) : this.#r[word + n]!;
    }
  }

  #vector(pc: number, slow: SlowOp, meta: number): Flow {
    const { ops } = this.code;
    const r = this.#r;
    const f = this.#f;
    const f32 = this.#f32;
    const k0 = Meta.kind0(meta);
    const k1 = Meta.kind1(meta);
    const k2 = Meta.kind2(meta);
    const a = ops[pc + 1]!;
    const b = ops[pc + 2]!;
    const S = CpuState.Scratch >> 2;
    const D = CpuState.Scratch >> 3;
    // The last operand is the source; in stores it is operand 1 and operand 0 is memory.
    const three = k2 === OperandKind.Gpr || k2 === OperandKind.Xmm || k2 === OperandKind.Mem;
    const sourceKind = three ? k2 : k1;
    const source = three ? ops[pc + 3]! : b;

    switch (slow) {
      case SlowOp.MovF64:
      case SlowOp.MovF32: {
        const words = slow === SlowOp.MovF64 ? 2 : 1;
        this.#toScratch(sourceKind, source, words);
        if (k0 === OperandKind.Mem) {
          for (let n = 0; n < words; n++) this.#view.setInt32((this.#ea >>> 0) + n * 4, r[S + n]!, true);
          return Flow.Next;
        }
        if (sourceKind === OperandKind.Mem) for (let n = words; n < 4; n++) r[a + n] = 0;
        else if (three) for (let n = words; n < 4; n++) r[a + n] = r[b + n]!;
        for (let n = 0; n < words; n++) r[a + n] = r[S + n]!;
        return Flow.Next;
      }
      case SlowOp.MovInt: {
        let size = k0 === OperandKind.Xmm ? Meta.size1(meta) : Meta.size0(meta);
        if (size === 16) size = 8;
        this.#toScratch(k1, b, size >> 2);
        if (k0 === OperandKind.Mem) {
          for (let n = 0; n < size >> 2; n++) this.#view.setInt32((this.#ea >>> 0) + n * 4, r[S + n]!, true);
          return Flow.Next;
        }
        const width = k0 === OperandKind.Xmm ? 4 : 2;
        for (let n = 0; n < width; n++) r[a + n] = n < size >> 2 ? r[S + n]! : 0;
        return Flow.Next;
      }
      case SlowOp.MovVector:
        this.#toScratch(k1, b, 4);
        if (k0 === OperandKind.Mem) {
          for (let n = 0; n < 4; n++) this.#view.setInt32((this.#ea >>> 0) + n * 4, r[S + n]!, true);
        } else for (let n = 0; n < 4; n++) r[a + n] = r[S + n]!;
        return Flow.Next;
      case SlowOp.UcomisF64: {
        this.#toScratch(k1, b, 2);
        const x = f[a >> 1]!;
        const y = f[D]!;
        const flags = x > y ? 0 : x < y ? Rflag.CF : x === y ? Rflag.ZF : Rflag.ZF | Rflag.PF | Rflag.CF;
        this.#setFlags(ALL_FLAGS, flags);
        return Flow.Next;
      }
      case SlowOp.CvtF64ToInt: {
        this.#toScratch(k1, b, 2);
        const bits = Meta.size0(meta) * 8;
        const x = Math.trunc(f[D]!);
        const limit = 2 ** (bits - 1);
        const value = x >= -limit && x < limit ? BigInt(x) : -(1n << BigInt(bits - 1));
        this.#setRegister(a, bits / 8, value);
        return Flow.Next;
      }
      case SlowOp.MoveMask:
        this.#setRegister(a, 4, BigInt((r[b + 1]! >>> 31) | ((r[b + 3]! >>> 31) << 1)));
        return Flow.Next;
      default:
        break;
    }

    // Three operands: destination, first source (whose upper lanes survive), second source.
    const words = this.#vectorSize(slow, meta) >> 2;
    const fromGpr = slow === SlowOp.CvtIntToF64 || slow === SlowOp.CvtIntToF32;
    if (sourceKind !== OperandKind.Imm) this.#toScratch(sourceKind, source, fromGpr ? Meta.size1(meta) >> 2 : words);
    const first = f[b >> 1]!;
    const first32 = f32[b]!;
    const lanes = [r[b]!, r[b + 1]!, r[b + 2]!, r[b + 3]!];
    const setF64 = (value: number): Flow => {
      f[a >> 1] = value;
      r[a + 2] = lanes[2]!;
      r[a + 3] = lanes[3]!;
      return Flow.Next;
    };
    const setF32 = (value: number): Flow => {
      f32[a] = value;
      for (let n = 1; n < 4; n++) r[a + n] = lanes[n]!;
      return Flow.Next;
    };
    const second = f[D]!;
    const second32 = f32[S]!;
    switch (slow) {
      case SlowOp.AddF64:
        return setF64(first + second);
      case SlowOp.SubF64:
        return setF64(first - second);
      case SlowOp.MulF64:
        return setF64(first * second);
      case SlowOp.DivF64:
        return setF64(first / second);
      // The second operand wins on NaN and on equal zeros, unlike Math.min.
      // biome-ignore-start lint/complexity/useMathMinMax: see above.
      case SlowOp.MinF64:
        return setF64(first < second ? first : second);
      case SlowOp.MaxF64:
        return setF64(first > second ? first : second);
      // biome-ignore-end lint/complexity/useMathMinMax: see above.
      case SlowOp.SqrtF64:
        return setF64(Math.sqrt(second));
      case SlowOp.RoundF64: {
        const mode = ops[pc + 7]! & 3;
        return setF64(
          mode === 0
            ? roundEven(second)
            : mode === 1
              ? Math.floor(second)
              : mode === 2
                ? Math.ceil(second)
                : Math.trunc(second),
        );
      }
      case SlowOp.AddF32:
        return setF32(first32 + second32);
      case SlowOp.SubF32:
        return setF32(first32 - second32);
      case SlowOp.MulF32:
        return setF32(first32 * second32);
      case SlowOp.DivF32:
        return setF32(first32 / second32);
      // biome-ignore-start lint/complexity/useMathMinMax: as for doubles.
      case SlowOp.MinF32:
        return setF32(first32 < second32 ? first32 : second32);
      case SlowOp.MaxF32:
        return setF32(first32 > second32 ? first32 : second32);
      // biome-ignore-end lint/complexity/useMathMinMax: as for doubles.
      case SlowOp.CvtIntToF64:
        return setF64(Meta.size1(meta) === 8 ? r[S + 1]! * 4294967296 + (r[S]! >>> 0) : r[S]!);
      case SlowOp.CvtIntToF32:
        // Through BigInt → Number would round twice; the halves are exact in a double only up to 2^53.
        return setF32(Meta.size1(meta) === 8 ? r[S + 1]! * 4294967296 + (r[S]! >>> 0) : r[S]!);
      case SlowOp.CvtF32ToF64:
        return setF64(second32);
      case SlowOp.CvtF64ToF32:
        return setF32(second);
      case SlowOp.XorVector:
        for (let n = 0; n < 4; n++) r[a + n] = lanes[n]! ^ r[S + n]!;
        return Flow.Next;
      case SlowOp.AndVector:
        for (let n = 0; n < 4; n++) r[a + n] = lanes[n]! & r[S + n]!;
        return Flow.Next;
      case SlowOp.AndnVector:
        for (let n = 0; n < 4; n++) r[a + n] = ~lanes[n]! & r[S + n]!;
        return Flow.Next;
      case SlowOp.OrVector:
        for (let n = 0; n < 4; n++) r[a + n] = lanes[n]! | r[S + n]!;
        return Flow.Next;
      case SlowOp.CmpeqD:
        for (let n = 0; n < 4; n++) r[a + n] = lanes[n] === r[S + n] ? -1 : 0;
        return Flow.Next;
      case SlowOp.ShrQ:
      case SlowOp.ShlQ: {
        const count = k2 === OperandKind.Imm ? ops[pc + 7]! & 0xff : Math.min(r[S + 1] === 0 ? r[S]! >>> 0 : 64, 64);
        for (let lane = 0; lane < 4; lane += 2) {
          const value = (BigInt(lanes[lane + 1]! >>> 0) << 32n) | BigInt(lanes[lane]! >>> 0);
          const shifted = count > 63 ? 0n : slow === SlowOp.ShrQ ? value >> BigInt(count) : value << BigInt(count);
          this.#setRegister(a + lane, 8, shifted);
        }
        return Flow.Next;
      }
      default:
        return Flow.Illegal;
    }
  }
}
