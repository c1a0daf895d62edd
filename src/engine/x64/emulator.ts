/**
 * The emulator: one loop over predecoded micro-ops that can stop anywhere.
 *
 * Registers are int32 halves in the CPU block; memory is one Int32Array (with a byte view for narrow accesses). A
 * memory index is `ea` rotated right by two, so that one unsigned compare rejects both a misaligned address and one
 * beyond the memory; what is rejected goes to the slow path, which sorts the two out.
 *
 * Flags are lazy. Two int32 locals stand for RFLAGS (few, because every loop-carried local costs in every case), and
 * no condition needs to know which instruction wrote them:
 *
 * ```
 *   fq   ZF = fq is 0;  SF = sign bit of fq, flipped by bit 29 of fw (only popfq can set both ZF and SF)
 *   fw   31  CF
 *        30  OF, flipped by bit 29: so that SF ≠ OF is always the sign of fq ^ (fw << 1)
 *        29  flip
 *        7…0 PF = even parity
 * ```
 *
 * Invariants: `budget` counts every retired instruction exactly once, so a run can be repeated to the instruction;
 * an instruction that stops the run before it executes (breakpoint, fault, illegal) is not retired and rip is on it.
 *
 * Host notes: `#loop` must stay one optimizable function (bytecode under 60 KB), allocates nothing, and uses no BigInt.
 */
import { Cpu, CpuState } from './cpu.ts';
import { CodeMap } from './decoder.ts';
import { SlowOp } from './instructions.ts';
import { MicroOp } from './micro-op.ts';
import { Rflag } from './registers.ts';
import { Flow, SlowPath } from './slow.ts';

/** Why `run` came back. */
export enum ExitReason {
  /** The instruction budget is spent; rip is on the next instruction. Also the end of a single step. */
  Budget = 0,
  /** rip is outside the code region: a builtin, an interpreter return address, or nowhere. */
  LeftCode = 1,
  /** rip is on an instruction with a breakpoint; it has not executed. */
  Breakpoint = 2,
  Int3 = 3,
  /** ud2. */
  Undefined = 4,
  /** Not in the instruction table; see `describeExit`. */
  Illegal = 5,
  MemoryFault = 6,
  DivideError = 7,
  /** Internal: a jump target that is not decoded yet. */
  Unresolved = 8,
}

export interface EmulatorOptions {
  /** The linear memory: the cage. */
  memory: SharedArrayBuffer | ArrayBuffer;
  /** Offset of the CPU state block. */
  cpuBase: number;
  /** High half of every address in the cage. */
  cageHi: number;
  /** Bounds of code space, as offsets; the start on a 4 KiB page. */
  codeStart: number;
  codeEnd: number;
}

const TWO63 = 2 ** 63;
/** Bits of the lazy flag word `fw`; see above. */
enum Lazy {
  Sign = 1 << 31,
  Overflow = 1 << 30,
}

let warm = false;

/** High 32 bits of the unsigned product. */
function mulHighUnsigned(a: number, b: number): number {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  const low = Math.imul(al, bl) >>> 16;
  const mid = (Math.imul(ah, bl) >>> 0) + low;
  const mid2 = (Math.imul(al, bh) >>> 0) + (mid & 0xffff);
  return (Math.imul(ah, bh) + Math.floor(mid / 65536) + Math.floor(mid2 / 65536)) | 0;
}

function mulHighSigned(a: number, b: number): number {
  return (mulHighUnsigned(a, b) - (a < 0 ? b : 0) - (b < 0 ? a : 0)) | 0;
}

/** Even parity of the low byte. */
function parity(value: number): boolean {
  return ((0x6996 >> ((value ^ (value >> 4)) & 15)) & 1) === 0;
}

/** Whether a condition holds, for setcc and cmovcc; jumps have a case each. */
function holds(cc: number, fq: number, fw: number): boolean {
  let result = false;
  switch (cc >> 1) {
    case 0:
      result = ((fw ^ (fw << 1)) & Lazy.Overflow) !== 0;
      break;
    case 1:
      result = fw < 0;
      break;
    case 2:
      result = fq === 0;
      break;
    case 3:
      result = fw < 0 || fq === 0;
      break;
    case 4:
      result = (fq ^ (fw << 2)) < 0;
      break;
    case 5:
      result = parity(fw);
      break;
    case 6:
      result = (fq ^ (fw << 1)) < 0;
      break;
    case 7:
      result = fq === 0 || (fq ^ (fw << 1)) < 0;
      break;
  }
  return (cc & 1) === 0 ? result : !result;
}

export class Emulator {
  readonly cpu: Cpu;
  readonly code: CodeMap;
  readonly #slow: SlowPath;
  readonly #cageHi: number;
  readonly #m: Int32Array;
  readonly #m8: Uint8Array;
  readonly #r: Int32Array;
  readonly #f: Float64Array;
  readonly #f32: Float32Array;
  /** Index of the jump that left the loop with an unknown target, or −1. */
  unresolved = -1;

  constructor(options: EmulatorOptions) {
    const { memory, cpuBase, cageHi, codeStart, codeEnd } = options;
    this.cpu = new Cpu(memory, cpuBase);
    this.code = new CodeMap(memory, codeStart, codeEnd, cageHi);
    this.#slow = new SlowPath(memory, cpuBase, this.code);
    this.#cageHi = cageHi;
    this.#m = new Int32Array(memory);
    this.#m8 = new Uint8Array(memory);
    this.#r = this.cpu.words;
    this.#f = this.cpu.doubles;
    this.#f32 = new Float32Array(memory, cpuBase, CpuState.Size / 4);
    if (!warm) {
      warm = true;
      Emulator.#warmUp();
    }
  }

  /**
   * Runs every micro-op once over edge values in a small memory of its own. The host's optimizer compiles `#loop` for
   * what it has seen; a case that it has never seen would throw the whole compiled loop away when a program first gets
   * there. Takes a few milliseconds, once per thread.
   */
  static #warmUp(): void {
    const memory = new SharedArrayBuffer(0x4000);
    const emulator = new Emulator({ memory, cpuBase: 0, cageHi: 1, codeStart: 0x1000, codeEnd: 0x2000 });
    const { code, cpu } = emulator;
    const { ops } = code;
    const known = 0x1000;
    const XMM = CpuState.Xmm >> 2;
    code.pages[0] = 0;
    code.slots.fill(-1);
    code.slots[0] = 8; // the address `known` is the int3 behind the micro-op under test
    ops[8] = MicroOp.Int3; // in a fused pair, the jump
    ops[16] = MicroOp.Int3;
    const values = [0, 1, -1, 0x7fffffff, -0x80000000, 0x12345678, -77];
    const numbers = [0, -0, 1.5, -3e9, Number.NaN, 1e300];
    // Rounds outside: the host allocates feedback only some calls after a function's first.
    for (let round = -1; round < 14; round++) {
      for (let op = 0; op <= MicroOp.Slow; op++) {
        for (let word = 0; word < 32; word++) cpu.words[word] = values[(word + (round + 1) * 3) % values.length]!;
        for (let reg = 0; reg < 16; reg++) cpu.setXmmF64(reg, numbers[(reg + round + 1) % numbers.length]!);
        // rbx: an address, also a memory word that leads to `known`; at times misaligned, at times out of bounds.
        const data = 0x2000;
        cpu.set(3, round === 12 ? data + 2 : round === 13 ? 0x7ffffff0 : data, 1);
        cpu.set(4, round === 12 ? 0x7ffffff0 : 0x3000, 1);
        cpu.set(5, 0x3000, 1);
        emulator.#m[data >> 2] = emulator.#m[0x3000 >> 2] = round % 2 === 0 ? known : values[(round + 7) % 7]!;
        emulator.#m[(data >> 2) + 1] = emulator.#m[(0x3000 >> 2) + 1] = round % 4 === 1 ? -1 : 1;
        if (round % 3 === 0) cpu.set(1, known, 1);
        cpu.flags = [0, 0x8c5, 0x40, 0x81, 0x801, 0x4, 0x80][(round + 7) % 7]! | Rflag.Reserved1;
        const vector = MicroOp[op]!.includes('X');
        ops[0] = op;
        ops[1] = vector && round % 2 === 0 ? XMM + 4 : 2;
        ops[2] = vector ? XMM + 4 * (1 + ((round + 3) % 3)) : 2 * (1 + (round & 1));
        ops[3] = 6;
        ops[4] = CpuState.Zero >> 2;
        ops[5] = 0;
        ops[6] = known;
        ops[7] = op >= MicroOp.Jmp && op <= MicroOp.Call ? (round % 5 === 4 ? -1 : 16) : 1 + (((round + 1) * 5) % 31);
        // Equal operands too, so that fused pairs see both outcomes.
        if (op > MicroOp.Goto || (op >= MicroOp.Add32RR && op < MicroOp.Neg32R)) {
          if (round % 4 === 2) ops[7] = cpu.words[2]!;
          if (round % 4 === 3) cpu.set(1, (ops[7] = emulator.#m[data >> 2]!), 1);
        }
        code.meta[0] = [SlowOp.Cdq, SlowOp.Ret, SlowOp.None][(round + 3) % 3]!;
        emulator.#loop(0, round === 7 ? 1 : 9);
      }
    }
  }

  /** Address of the access that caused the last `MemoryFault`. */
  get faultAddress(): number {
    return this.#slow.faultAddress;
  }

  /**
   * Runs from rip until something stops it.
   * @param maxInstructions at most 2^31 − 1
   * @param resume do not stop at a breakpoint on the first instruction
   */
  run(maxInstructions: number, resume = false): ExitReason {
    const { code, cpu } = this;
    let left = maxInstructions | 0;
    let skip = resume;
    for (;;) {
      const start = cpu.ripHi === this.#cageHi ? code.resolve(cpu.rip) : -1;
      if (start < 0) {
        this.unresolved = -1;
        return ExitReason.LeftCode;
      }
      if (this.unresolved >= 0) {
        code.ops[this.unresolved + 7] = start;
        this.unresolved = -1;
      }
      if (left <= 0) return ExitReason.Budget;
      let reason: ExitReason;
      const before = cpu.words[CpuState.RetiredLo >> 2]!;
      if (skip && code.ops[start] === MicroOp.Breakpoint) {
        code.ops[start] = code.plain[start >> 3]!;
        reason = this.#loop(start, 1);
        code.ops[start] = MicroOp.Breakpoint;
        if (reason === ExitReason.Budget && left > 1) reason = ExitReason.Unresolved;
      } else reason = this.#loop(start, left);
      skip = false;
      left -= (cpu.words[CpuState.RetiredLo >> 2]! - before) | 0;
      if (reason !== ExitReason.Unresolved) return reason;
    }
  }

  /** Executes one instruction, also one with a breakpoint. */
  step(): ExitReason {
    return this.run(1, true);
  }

  setBreakpoint(address: number): void {
    this.code.setBreakpoint(address);
  }
  clearBreakpoint(address: number): void {
    this.code.clearBreakpoint(address);
  }
  /** Call after writing code bytes in `[start, end)`. */
  invalidate(start: number, end: number): void {
    this.code.invalidate(start, end);
  }

  ripOf(pc: number): number {
    return this.code.rips[pc >> 3]!;
  }

  /** A sentence for the exit, with rip and what was expected there. */
  describeExit(reason: ExitReason): string {
    const at = `0x${this.cpu.rip.toString(16)}`;
    switch (reason) {
      case ExitReason.Illegal:
        return `illegal instruction at ${at}: not in the instruction table (src/engine/x64/instructions.ts)`;
      case ExitReason.MemoryFault:
        return `memory fault at ${at}: address 0x${this.faultAddress.toString(16)} is outside the cage's memory`;
      case ExitReason.LeftCode:
        return `left code space at ${at}`;
      default:
        return `${ExitReason[reason]} at ${at}`;
    }
  }

  #loop(start: number, max: number): ExitReason {
    const ops = this.code.ops;
    const pages = this.code.pages;
    const slots = this.code.slots;
    const m = this.#m;
    const m8 = this.#m8;
    const r = this.#r;
    const f = this.#f;
    const f32 = this.#f32;
    const slow = this.#slow;
    const words = m.length;
    const bytes = m8.length;
    const cageHi = this.#cageHi;
    const codeStart = this.code.codeStart;
    const codeSize = this.code.codeEnd - codeStart;

    let pc = start | 0;
    let budget = max | 0;
    let rip = 0;
    let ripHi = cageHi;
    let reason: ExitReason = ExitReason.Budget;

    let flags = r[CpuState.Rflags >> 2]!;
    let fq = unpackResult(flags);
    let fw = unpackRest(flags);

    // Scratch of the cases: operands as (low, high) halves, indices, doubles.
    let i = 0;
    let j = 0;
    let k = 0;
    let a = 0;
    let b = 0;
    let v = 0;
    let h = 0;
    let cf = 0;
    let of = 0;
    let al = 0;
    let ah = 0;
    let bl = 0;
    let bh = 0;
    let ea = 0;
    let ix = 0;
    let x = 0.5;
    let y = 0.5;

    run: for (;;) {
      if (--budget < 0) {
        budget = 0;
        rip = this.ripOf(pc);
        break;
      }
      // biome-ignore-start lint/suspicious/noConfusingLabels: blocks are the ways out of the switch.
      indirect: {
        jump: {
          slowly: {
            // biome-ignore-end lint/suspicious/noConfusingLabels: blocks are the ways out of the switch.
            switch (ops[pc]) {
              case MicroOp.Nop:
                pc += 8;
                continue;
              case MicroOp.Mov32RR:
                i = ops[pc + 1];
                r[i] = r[ops[pc + 2]];
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Mov64RR:
                i = ops[pc + 1];
                j = ops[pc + 2];
                r[i] = r[j];
                r[i + 1] = r[j + 1];
                pc += 8;
                continue;
              case MicroOp.Mov32RI:
                i = ops[pc + 1];
                r[i] = ops[pc + 7];
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Mov64RI:
                i = ops[pc + 1];
                r[i] = ops[pc + 6];
                r[i + 1] = ops[pc + 7];
                pc += 8;
                continue;
              case MicroOp.Mov32RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                i = ops[pc + 1];
                r[i] = m[ix];
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Mov64RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                i = ops[pc + 1];
                r[i] = m[ix];
                r[i + 1] = m[ix + 1];
                pc += 8;
                continue;
              case MicroOp.Mov32MR:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                m[ix] = r[ops[pc + 2]];
                pc += 8;
                continue;
              case MicroOp.Mov64MR:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                i = ops[pc + 2];
                m[ix] = r[i];
                m[ix + 1] = r[i + 1];
                pc += 8;
                continue;
              case MicroOp.Mov32MI:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                m[ix] = ops[pc + 7];
                pc += 8;
                continue;
              case MicroOp.Mov64MI:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                i = ops[pc + 7];
                m[ix] = i;
                m[ix + 1] = i >> 31;
                pc += 8;
                continue;
              case MicroOp.Mov8MR:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                if (ea >>> 0 >= bytes) break slowly;
                m8[ea] = r[ops[pc + 2]];
                pc += 8;
                continue;
              case MicroOp.Mov8MI:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                if (ea >>> 0 >= bytes) break slowly;
                m8[ea] = ops[pc + 7];
                pc += 8;
                continue;
              case MicroOp.Mov16MR:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                if (ea >>> 0 >= bytes - 1) break slowly;
                i = r[ops[pc + 2]];
                m8[ea] = i;
                m8[ea + 1] = i >> 8;
                pc += 8;
                continue;
              case MicroOp.Mov16MI:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                if (ea >>> 0 >= bytes - 1) break slowly;
                i = ops[pc + 7];
                m8[ea] = i;
                m8[ea + 1] = i >> 8;
                pc += 8;
                continue;
              case MicroOp.Movzx8RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                if (ea >>> 0 >= bytes) break slowly;
                i = ops[pc + 1];
                r[i] = m8[ea];
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Movzx16RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                if (ea >>> 0 >= bytes - 1) break slowly;
                i = ops[pc + 1];
                r[i] = m8[ea] | (m8[ea + 1] << 8);
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Movzx8RR:
                i = ops[pc + 1];
                r[i] = r[ops[pc + 2]] & 0xff;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Movzx16RR:
                i = ops[pc + 1];
                r[i] = r[ops[pc + 2]] & 0xffff;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Movsx8To32RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                if (ea >>> 0 >= bytes) break slowly;
                i = ops[pc + 1];
                v = (m8[ea] << 24) >> 24;
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Movsx8To32RR:
                i = ops[pc + 1];
                v = (r[ops[pc + 2]] << 24) >> 24;
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Movsx16To32RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                if (ea >>> 0 >= bytes - 1) break slowly;
                i = ops[pc + 1];
                v = ((m8[ea] | (m8[ea + 1] << 8)) << 16) >> 16;
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Movsx16To32RR:
                i = ops[pc + 1];
                v = (r[ops[pc + 2]] << 16) >> 16;
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Movsx8To64RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                if (ea >>> 0 >= bytes) break slowly;
                i = ops[pc + 1];
                v = (m8[ea] << 24) >> 24;
                r[i] = v;
                r[i + 1] = v >> 31;
                pc += 8;
                continue;
              case MicroOp.Movsx8To64RR:
                i = ops[pc + 1];
                v = (r[ops[pc + 2]] << 24) >> 24;
                r[i] = v;
                r[i + 1] = v >> 31;
                pc += 8;
                continue;
              case MicroOp.Movsx16To64RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                if (ea >>> 0 >= bytes - 1) break slowly;
                i = ops[pc + 1];
                v = ((m8[ea] | (m8[ea + 1] << 8)) << 16) >> 16;
                r[i] = v;
                r[i + 1] = v >> 31;
                pc += 8;
                continue;
              case MicroOp.Movsx16To64RR:
                i = ops[pc + 1];
                v = (r[ops[pc + 2]] << 16) >> 16;
                r[i] = v;
                r[i + 1] = v >> 31;
                pc += 8;
                continue;
              case MicroOp.Movsx32To64RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                i = ops[pc + 1];
                v = m[ix];
                r[i] = v;
                r[i + 1] = v >> 31;
                pc += 8;
                continue;
              case MicroOp.Movsx32To64RR:
                i = ops[pc + 1];
                v = r[ops[pc + 2]];
                r[i] = v;
                r[i + 1] = v >> 31;
                pc += 8;
                continue;
              case MicroOp.Lea32RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                i = ops[pc + 1];
                r[i] = ea;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Lea64RM:
                i = ops[pc + 3];
                j = ops[pc + 4];
                k = ops[pc + 5];
                al = r[i];
                ah = r[i + 1];
                bl = r[j];
                bh = (r[j + 1] << k) | ((bl >>> 1) >>> (31 - k));
                bl <<= k;
                v = (al + bl) | 0;
                ah = (ah + bh + (((al & bl) | ((al | bl) & ~v)) >>> 31)) | 0;
                bl = ops[pc + 6];
                ea = (v + bl) | 0;
                i = ops[pc + 1];
                r[i] = ea;
                r[i + 1] = (ah + (bl >> 31) + (((v & bl) | ((v | bl) & ~ea)) >>> 31)) | 0;
                pc += 8;
                continue;
              case MicroOp.Add32RR:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = (a + b) | 0;
                cf = (a & b) | ((a | b) & ~v);
                of = (a ^ v) & (b ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Add32RI:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = (a + b) | 0;
                cf = (a & b) | ((a | b) & ~v);
                of = (a ^ v) & (b ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Add32RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                i = ops[pc + 1];
                a = r[i];
                b = m[ix];
                v = (a + b) | 0;
                cf = (a & b) | ((a | b) & ~v);
                of = (a ^ v) & (b ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Add32MI:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                a = m[ix];
                b = ops[pc + 7];
                v = (a + b) | 0;
                cf = (a & b) | ((a | b) & ~v);
                of = (a ^ v) & (b ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                m[ix] = v;
                pc += 8;
                continue;
              case MicroOp.Add64RR:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                j = ops[pc + 2];
                bl = r[j];
                bh = r[j + 1];
                v = (al + bl) | 0;
                h = (ah + bh + (((al & bl) | ((al | bl) & ~v)) >>> 31)) | 0;
                cf = (ah & bh) | ((ah | bh) & ~h);
                of = (ah ^ h) & (bh ^ h);
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.Add64RI:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                bl = ops[pc + 7];
                bh = bl >> 31;
                v = (al + bl) | 0;
                h = (ah + bh + (((al & bl) | ((al | bl) & ~v)) >>> 31)) | 0;
                cf = (ah & bh) | ((ah | bh) & ~h);
                of = (ah ^ h) & (bh ^ h);
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.Add64RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                bl = m[ix];
                bh = m[ix + 1];
                v = (al + bl) | 0;
                h = (ah + bh + (((al & bl) | ((al | bl) & ~v)) >>> 31)) | 0;
                cf = (ah & bh) | ((ah | bh) & ~h);
                of = (ah ^ h) & (bh ^ h);
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.Sub32RR:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Sub32RI:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Sub32RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                i = ops[pc + 1];
                a = r[i];
                b = m[ix];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Sub32MI:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                a = m[ix];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                m[ix] = v;
                pc += 8;
                continue;
              case MicroOp.Sub64RR:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                j = ops[pc + 2];
                bl = r[j];
                bh = r[j + 1];
                v = (al - bl) | 0;
                h = (ah - bh - (((~al & bl) | ((~al | bl) & v)) >>> 31)) | 0;
                cf = (~ah & bh) | ((~ah | bh) & h);
                of = (ah ^ bh) & (ah ^ h);
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.Sub64RI:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                bl = ops[pc + 7];
                bh = bl >> 31;
                v = (al - bl) | 0;
                h = (ah - bh - (((~al & bl) | ((~al | bl) & v)) >>> 31)) | 0;
                cf = (~ah & bh) | ((~ah | bh) & h);
                of = (ah ^ bh) & (ah ^ h);
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.Sub64RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                bl = m[ix];
                bh = m[ix + 1];
                v = (al - bl) | 0;
                h = (ah - bh - (((~al & bl) | ((~al | bl) & v)) >>> 31)) | 0;
                cf = (~ah & bh) | ((~ah | bh) & h);
                of = (ah ^ bh) & (ah ^ h);
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.And32RR:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = a & b;
                fq = v;
                fw = v & 255;
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.And32RI:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = a & b;
                fq = v;
                fw = v & 255;
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.And32RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                i = ops[pc + 1];
                a = r[i];
                b = m[ix];
                v = a & b;
                fq = v;
                fw = v & 255;
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.And64RR:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                j = ops[pc + 2];
                bl = r[j];
                bh = r[j + 1];
                v = al & bl;
                h = ah & bh;
                fq = h | (v >>> 1) | (v & 1);
                fw = v & 255;
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.And64RI:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                bl = ops[pc + 7];
                bh = bl >> 31;
                v = al & bl;
                h = ah & bh;
                fq = h | (v >>> 1) | (v & 1);
                fw = v & 255;
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.Or32RR:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = a | b;
                fq = v;
                fw = v & 255;
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Or32RI:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = a | b;
                fq = v;
                fw = v & 255;
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Or32RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                i = ops[pc + 1];
                a = r[i];
                b = m[ix];
                v = a | b;
                fq = v;
                fw = v & 255;
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Or64RR:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                j = ops[pc + 2];
                bl = r[j];
                bh = r[j + 1];
                v = al | bl;
                h = ah | bh;
                fq = h | (v >>> 1) | (v & 1);
                fw = v & 255;
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.Or64RI:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                bl = ops[pc + 7];
                bh = bl >> 31;
                v = al | bl;
                h = ah | bh;
                fq = h | (v >>> 1) | (v & 1);
                fw = v & 255;
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.Xor32RR:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = a ^ b;
                fq = v;
                fw = v & 255;
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Xor32RI:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = a ^ b;
                fq = v;
                fw = v & 255;
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Xor32RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                i = ops[pc + 1];
                a = r[i];
                b = m[ix];
                v = a ^ b;
                fq = v;
                fw = v & 255;
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Xor64RR:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                j = ops[pc + 2];
                bl = r[j];
                bh = r[j + 1];
                v = al ^ bl;
                h = ah ^ bh;
                fq = h | (v >>> 1) | (v & 1);
                fw = v & 255;
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.Xor64RI:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                bl = ops[pc + 7];
                bh = bl >> 31;
                v = al ^ bl;
                h = ah ^ bh;
                fq = h | (v >>> 1) | (v & 1);
                fw = v & 255;
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.Cmp32RR:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                pc += 8;
                continue;
              case MicroOp.Cmp32RI:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                pc += 8;
                continue;
              case MicroOp.Cmp32RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                i = ops[pc + 1];
                a = r[i];
                b = m[ix];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                pc += 8;
                continue;
              case MicroOp.Cmp32MR:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                a = m[ix];
                b = r[ops[pc + 2]];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                pc += 8;
                continue;
              case MicroOp.Cmp32MI:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                a = m[ix];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                pc += 8;
                continue;
              case MicroOp.Cmp64RR:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                j = ops[pc + 2];
                bl = r[j];
                bh = r[j + 1];
                v = (al - bl) | 0;
                h = (ah - bh - (((~al & bl) | ((~al | bl) & v)) >>> 31)) | 0;
                cf = (~ah & bh) | ((~ah | bh) & h);
                of = (ah ^ bh) & (ah ^ h);
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                pc += 8;
                continue;
              case MicroOp.Cmp64RI:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                bl = ops[pc + 7];
                bh = bl >> 31;
                v = (al - bl) | 0;
                h = (ah - bh - (((~al & bl) | ((~al | bl) & v)) >>> 31)) | 0;
                cf = (~ah & bh) | ((~ah | bh) & h);
                of = (ah ^ bh) & (ah ^ h);
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                pc += 8;
                continue;
              case MicroOp.Cmp64RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                bl = m[ix];
                bh = m[ix + 1];
                v = (al - bl) | 0;
                h = (ah - bh - (((~al & bl) | ((~al | bl) & v)) >>> 31)) | 0;
                cf = (~ah & bh) | ((~ah | bh) & h);
                of = (ah ^ bh) & (ah ^ h);
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                pc += 8;
                continue;
              case MicroOp.Cmp64MR:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                al = m[ix];
                ah = m[ix + 1];
                j = ops[pc + 2];
                bl = r[j];
                bh = r[j + 1];
                v = (al - bl) | 0;
                h = (ah - bh - (((~al & bl) | ((~al | bl) & v)) >>> 31)) | 0;
                cf = (~ah & bh) | ((~ah | bh) & h);
                of = (ah ^ bh) & (ah ^ h);
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                pc += 8;
                continue;
              case MicroOp.Cmp64MI:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                al = m[ix];
                ah = m[ix + 1];
                bl = ops[pc + 7];
                bh = bl >> 31;
                v = (al - bl) | 0;
                h = (ah - bh - (((~al & bl) | ((~al | bl) & v)) >>> 31)) | 0;
                cf = (~ah & bh) | ((~ah | bh) & h);
                of = (ah ^ bh) & (ah ^ h);
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                pc += 8;
                continue;
              case MicroOp.Test32RR:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = a & b;
                fq = v;
                fw = v & 255;
                pc += 8;
                continue;
              case MicroOp.Test32RI:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = a & b;
                fq = v;
                fw = v & 255;
                pc += 8;
                continue;
              case MicroOp.Test32MR:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                a = m[ix];
                b = r[ops[pc + 2]];
                v = a & b;
                fq = v;
                fw = v & 255;
                pc += 8;
                continue;
              case MicroOp.Test32MI:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                a = m[ix];
                b = ops[pc + 7];
                v = a & b;
                fq = v;
                fw = v & 255;
                pc += 8;
                continue;
              case MicroOp.Test64RR:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                j = ops[pc + 2];
                bl = r[j];
                bh = r[j + 1];
                v = al & bl;
                h = ah & bh;
                fq = h | (v >>> 1) | (v & 1);
                fw = v & 255;
                pc += 8;
                continue;
              case MicroOp.Test64RI:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                bl = ops[pc + 7];
                bh = bl >> 31;
                v = al & bl;
                h = ah & bh;
                fq = h | (v >>> 1) | (v & 1);
                fw = v & 255;
                pc += 8;
                continue;
              case MicroOp.Test8RI:
                v = ((r[ops[pc + 1]] & ops[pc + 7]) << 24) >> 24;
                fq = v;
                fw = v & 255;
                pc += 8;
                continue;
              case MicroOp.Test8RR:
                v = ((r[ops[pc + 1]] & r[ops[pc + 2]]) << 24) >> 24;
                fq = v;
                fw = v & 255;
                pc += 8;
                continue;
              case MicroOp.Test8MI:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                if (ea >>> 0 >= bytes) break slowly;
                v = ((m8[ea] & ops[pc + 7]) << 24) >> 24;
                fq = v;
                fw = v & 255;
                pc += 8;
                continue;
              case MicroOp.Cmp8RI:
                a = r[ops[pc + 1]];
                b = ops[pc + 7];
                v = (a - b) << 24;
                cf = -((a & 0xff) < (b & 0xff) ? 1 : 0);
                of = (a ^ b) & (a ^ (a - b));
                of <<= 24;
                fq = v;
                fw = ((v >> 24) & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                pc += 8;
                continue;
              case MicroOp.Cmp8MI:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                if (ea >>> 0 >= bytes) break slowly;
                a = m8[ea];
                b = ops[pc + 7];
                v = (a - b) << 24;
                cf = -((a & 0xff) < (b & 0xff) ? 1 : 0);
                of = (a ^ b) & (a ^ (a - b));
                of <<= 24;
                fq = v;
                fw = ((v >> 24) & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                pc += 8;
                continue;
              case MicroOp.Cmp16RI:
                a = r[ops[pc + 1]];
                b = ops[pc + 7];
                v = (a - b) << 16;
                cf = -((a & 0xffff) < (b & 0xffff) ? 1 : 0);
                of = (a ^ b) & (a ^ (a - b));
                of <<= 16;
                fq = v;
                fw = ((v >> 16) & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                pc += 8;
                continue;
              case MicroOp.Cmp16MI:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                if (ea >>> 0 >= bytes - 1) break slowly;
                a = m8[ea] | (m8[ea + 1] << 8);
                b = ops[pc + 7];
                v = (a - b) << 16;
                cf = -((a & 0xffff) < (b & 0xffff) ? 1 : 0);
                of = (a ^ b) & (a ^ (a - b));
                of <<= 16;
                fq = v;
                fw = ((v >> 16) & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                pc += 8;
                continue;
              case MicroOp.Neg32R:
                i = ops[pc + 1];
                b = r[i];
                a = 0;
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Neg64R:
                i = ops[pc + 1];
                al = ah = 0;
                bl = r[i];
                bh = r[i + 1];
                v = (al - bl) | 0;
                h = (ah - bh - (((~al & bl) | ((~al | bl) & v)) >>> 31)) | 0;
                cf = (~ah & bh) | ((~ah | bh) & h);
                of = (ah ^ bh) & (ah ^ h);
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.Not32R:
                i = ops[pc + 1];
                r[i] = ~r[i];
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Not64R:
                i = ops[pc + 1];
                r[i] = ~r[i];
                r[i + 1] = ~r[i + 1];
                pc += 8;
                continue;
              case MicroOp.Inc32R:
                i = ops[pc + 1];
                a = r[i];
                v = (a + 1) | 0;
                of = v & ~a;
                fq = v;
                fw = (v & 255) | (fw & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Dec32R:
                i = ops[pc + 1];
                a = r[i];
                v = (a - 1) | 0;
                of = a & ~v;
                fq = v;
                fw = (v & 255) | (fw & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Imul32RR:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = Math.imul(a, b);
                h = mulHighSigned(a, b);
                fq = v;
                fw = (v & 255) | (h === v >> 31 ? 0 : Lazy.Sign | Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Imul32RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                i = ops[pc + 1];
                a = r[i];
                b = m[ix];
                v = Math.imul(a, b);
                h = mulHighSigned(a, b);
                fq = v;
                fw = (v & 255) | (h === v >> 31 ? 0 : Lazy.Sign | Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Imul32RRI:
                i = ops[pc + 1];
                a = r[ops[pc + 2]];
                b = ops[pc + 7];
                v = Math.imul(a, b);
                h = mulHighSigned(a, b);
                fq = v;
                fw = (v & 255) | (h === v >> 31 ? 0 : Lazy.Sign | Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Imul32R:
                a = r[0];
                b = r[ops[pc + 1]];
                v = Math.imul(a, b);
                h = mulHighSigned(a, b);
                fq = v;
                fw = (v & 255) | (h === v >> 31 ? 0 : Lazy.Sign | Lazy.Overflow);
                r[0] = v;
                r[1] = 0;
                r[4] = h;
                r[5] = 0;
                pc += 8;
                continue;
              case MicroOp.Mul32R:
                a = r[0];
                b = r[ops[pc + 1]];
                v = Math.imul(a, b);
                h = mulHighUnsigned(a, b);
                fq = v;
                fw = (v & 255) | (h === 0 ? 0 : Lazy.Sign | Lazy.Overflow);
                r[0] = v;
                r[1] = 0;
                r[4] = h;
                r[5] = 0;
                pc += 8;
                continue;
              case MicroOp.Cdq:
                r[4] = r[0] >> 31;
                r[5] = 0;
                pc += 8;
                continue;
              case MicroOp.Cqo:
                r[4] = r[5] = r[1] >> 31;
                pc += 8;
                continue;
              case MicroOp.Idiv32R:
                a = r[0];
                b = r[ops[pc + 1]];
                if (b === 0 || r[4] !== a >> 31 || (b === -1 && a === -2147483648)) break slowly;
                v = (a / b) | 0;
                r[4] = (a - Math.imul(v, b)) | 0;
                r[0] = v;
                r[1] = r[5] = 0;
                pc += 8;
                continue;
              case MicroOp.Div32R:
                a = r[0];
                b = r[ops[pc + 1]];
                if (b === 0 || r[4] !== 0) break slowly;
                v = ((a >>> 0) / (b >>> 0)) | 0;
                r[4] = (a - Math.imul(v, b)) | 0;
                r[0] = v;
                r[1] = r[5] = 0;
                pc += 8;
                continue;
              case MicroOp.Shl32RI:
                i = ops[pc + 1];
                a = r[i];
                k = ops[pc + 7];
                v = a << k;
                cf = a << (k - 1);
                of = v ^ cf;
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Shl32RR:
                i = ops[pc + 1];
                a = r[i];
                k = r[2] & 31;
                if (k === 0) {
                  r[i + 1] = 0;
                  pc += 8;
                  continue;
                }
                v = a << k;
                cf = a << (k - 1);
                of = v ^ cf;
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Shr32RI:
                i = ops[pc + 1];
                a = r[i];
                k = ops[pc + 7];
                v = (a >>> k) | 0;
                cf = (a >>> (k - 1)) << 31;
                of = a;
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Shr32RR:
                i = ops[pc + 1];
                a = r[i];
                k = r[2] & 31;
                if (k === 0) {
                  r[i + 1] = 0;
                  pc += 8;
                  continue;
                }
                v = (a >>> k) | 0;
                cf = (a >>> (k - 1)) << 31;
                of = a;
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Sar32RI:
                i = ops[pc + 1];
                a = r[i];
                k = ops[pc + 7];
                v = a >> k;
                cf = (a >> (k - 1)) << 31;
                of = 0;
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Sar32RR:
                i = ops[pc + 1];
                a = r[i];
                k = r[2] & 31;
                if (k === 0) {
                  r[i + 1] = 0;
                  pc += 8;
                  continue;
                }
                v = a >> k;
                cf = (a >> (k - 1)) << 31;
                of = 0;
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Shl64RI:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                k = ops[pc + 7];
                if (k < 32) {
                  cf = ah << (k - 1);
                  h = (ah << k) | (al >>> (32 - k));
                  v = al << k;
                } else {
                  cf = k === 32 ? ah << 31 : al << (k - 33);
                  h = al << (k - 32);
                  v = 0;
                }
                of = h ^ cf;
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.Shr64RI:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                k = ops[pc + 7];
                of = ah;
                if (k < 32) {
                  cf = (al >>> (k - 1)) << 31;
                  v = (al >>> k) | (ah << (32 - k));
                  h = (ah >>> k) | 0;
                } else {
                  cf = k === 32 ? al & -2147483648 : (ah >>> (k - 33)) << 31;
                  v = (ah >>> (k - 32)) | 0;
                  h = 0;
                }
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.Sar64RI:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                k = ops[pc + 7];
                of = 0;
                if (k < 32) {
                  cf = (al >>> (k - 1)) << 31;
                  v = (al >>> k) | (ah << (32 - k));
                  h = ah >> k;
                } else {
                  cf = k === 32 ? al & -2147483648 : (ah >> (k - 33)) << 31;
                  v = ah >> (k - 32);
                  h = ah >> 31;
                }
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.Shlx32RRR:
                i = ops[pc + 1];
                r[i] = r[ops[pc + 2]] << r[ops[pc + 3]];
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Shrx32RRR:
                i = ops[pc + 1];
                r[i] = r[ops[pc + 2]] >>> r[ops[pc + 3]];
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Sarx32RRR:
                i = ops[pc + 1];
                r[i] = r[ops[pc + 2]] >> r[ops[pc + 3]];
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Bt32RI:
                fw = (fw & ~Lazy.Sign) | ((r[ops[pc + 1]] << (31 - (ops[pc + 7] & 31))) & Lazy.Sign);
                pc += 8;
                continue;
              case MicroOp.Lzcnt32RR:
                i = ops[pc + 1];
                a = r[ops[pc + 2]];
                v = Math.clz32(a);
                fq = v;
                fw = v | (a === 0 ? Lazy.Sign : 0);
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.SetR:
                i = ops[pc + 1];
                r[i] = (r[i] & -256) | (holds(ops[pc + 7], fq, fw) ? 1 : 0);
                pc += 8;
                continue;
              case MicroOp.Cmov32RR:
                i = ops[pc + 1];
                if (holds(ops[pc + 7], fq, fw)) r[i] = r[ops[pc + 2]];
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Cmov64RR:
                i = ops[pc + 1];
                j = ops[pc + 2];
                if (holds(ops[pc + 7], fq, fw)) {
                  r[i] = r[j];
                  r[i + 1] = r[j + 1];
                }
                pc += 8;
                continue;
              case MicroOp.Xchg64RR:
                i = ops[pc + 1];
                j = ops[pc + 2];
                v = r[i];
                h = r[i + 1];
                r[i] = r[j];
                r[i + 1] = r[j + 1];
                r[j] = v;
                r[j + 1] = h;
                pc += 8;
                continue;
              case MicroOp.Push64R:
                ea = (r[8] - 8) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                i = ops[pc + 1];
                m[ix] = r[i];
                m[ix + 1] = r[i + 1];
                r[8] = ea;
                pc += 8;
                continue;
              case MicroOp.Push64I:
                ea = (r[8] - 8) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                i = ops[pc + 7];
                m[ix] = i;
                m[ix + 1] = i >> 31;
                r[8] = ea;
                pc += 8;
                continue;
              case MicroOp.Push64M:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                v = m[ix];
                h = m[ix + 1];
                ea = (r[8] - 8) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                m[ix] = v;
                m[ix + 1] = h;
                r[8] = ea;
                pc += 8;
                continue;
              case MicroOp.Pop64R:
                ea = r[8];
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                r[8] = (ea + 8) | 0;
                i = ops[pc + 1];
                r[i] = m[ix];
                r[i + 1] = m[ix + 1];
                pc += 8;
                continue;
              case MicroOp.Leave:
                ea = r[10];
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                r[8] = (ea + 8) | 0;
                r[9] = r[11];
                r[10] = m[ix];
                r[11] = m[ix + 1];
                pc += 8;
                continue;
              case MicroOp.Jmp:
                break jump;
              case MicroOp.Jo:
                if (((fw ^ (fw << 1)) & Lazy.Overflow) !== 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Jno:
                if (((fw ^ (fw << 1)) & Lazy.Overflow) === 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Jb:
                if (fw < 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Jae:
                if (fw >= 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Je:
                if (fq === 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Jne:
                if (fq !== 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Jbe:
                if (fw < 0 || fq === 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Ja:
                if (fw >= 0 && fq !== 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Js:
                if ((fq ^ (fw << 2)) < 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Jns:
                if ((fq ^ (fw << 2)) >= 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Jp:
                if (parity(fw)) break jump;
                pc += 8;
                continue;
              case MicroOp.Jnp:
                if (!parity(fw)) break jump;
                pc += 8;
                continue;
              case MicroOp.Jl:
                if ((fq ^ (fw << 1)) < 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Jge:
                if ((fq ^ (fw << 1)) >= 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Jle:
                if (fq === 0 || (fq ^ (fw << 1)) < 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Jg:
                if (fq !== 0 && (fq ^ (fw << 1)) >= 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Call:
                ea = (r[8] - 8) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                m[ix] = ops[pc + 2];
                m[ix + 1] = cageHi;
                r[8] = ea;
                break jump;
              case MicroOp.JmpR:
                i = ops[pc + 1];
                rip = r[i];
                ripHi = r[i + 1];
                break indirect;
              case MicroOp.JmpM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                rip = m[ix];
                ripHi = m[ix + 1];
                break indirect;
              case MicroOp.CallR:
                i = ops[pc + 1];
                rip = r[i];
                ripHi = r[i + 1];
                ea = (r[8] - 8) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                m[ix] = ops[pc + 2];
                m[ix + 1] = cageHi;
                r[8] = ea;
                break indirect;
              case MicroOp.CallM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                rip = m[ix];
                ripHi = m[ix + 1];
                ea = (r[8] - 8) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                m[ix] = ops[pc + 2];
                m[ix + 1] = cageHi;
                r[8] = ea;
                break indirect;
              case MicroOp.Ret:
                ea = r[8];
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                r[8] = (ea + 8 + ops[pc + 7]) | 0;
                rip = m[ix];
                ripHi = m[ix + 1];
                break indirect;
              case MicroOp.MovsdXM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                i = ops[pc + 1];
                r[i] = m[ix];
                r[i + 1] = m[ix + 1];
                r[i + 2] = r[i + 3] = 0;
                pc += 8;
                continue;
              case MicroOp.MovsdMX:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                i = ops[pc + 2];
                m[ix] = r[i];
                m[ix + 1] = r[i + 1];
                pc += 8;
                continue;
              case MicroOp.MovsdXXX:
                i = ops[pc + 1];
                j = ops[pc + 2];
                k = ops[pc + 3];
                v = r[k];
                h = r[k + 1];
                if (j !== i) {
                  r[i + 2] = r[j + 2];
                  r[i + 3] = r[j + 3];
                }
                r[i] = v;
                r[i + 1] = h;
                pc += 8;
                continue;
              case MicroOp.MovssXM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                i = ops[pc + 1];
                r[i] = m[ix];
                r[i + 1] = r[i + 2] = r[i + 3] = 0;
                pc += 8;
                continue;
              case MicroOp.MovssMX:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                m[ix] = r[ops[pc + 2]];
                pc += 8;
                continue;
              case MicroOp.MovapdXX:
                i = ops[pc + 1];
                j = ops[pc + 2];
                r[i] = r[j];
                r[i + 1] = r[j + 1];
                r[i + 2] = r[j + 2];
                r[i + 3] = r[j + 3];
                pc += 8;
                continue;
              case MicroOp.AddsdXXX:
                i = ops[pc + 1];
                j = ops[pc + 2];
                f[i >> 1] = f[j >> 1] + f[ops[pc + 3] >> 1];
                if (j !== i) {
                  r[i + 2] = r[j + 2];
                  r[i + 3] = r[j + 3];
                }
                pc += 8;
                continue;
              case MicroOp.AddsdXXM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                r[CpuState.Scratch >> 2] = m[ix];
                r[(CpuState.Scratch >> 2) + 1] = m[ix + 1];
                i = ops[pc + 1];
                j = ops[pc + 2];
                f[i >> 1] = f[j >> 1] + f[CpuState.Scratch >> 3];
                if (j !== i) {
                  r[i + 2] = r[j + 2];
                  r[i + 3] = r[j + 3];
                }
                pc += 8;
                continue;
              case MicroOp.SubsdXXX:
                i = ops[pc + 1];
                j = ops[pc + 2];
                f[i >> 1] = f[j >> 1] - f[ops[pc + 3] >> 1];
                if (j !== i) {
                  r[i + 2] = r[j + 2];
                  r[i + 3] = r[j + 3];
                }
                pc += 8;
                continue;
              case MicroOp.SubsdXXM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                r[CpuState.Scratch >> 2] = m[ix];
                r[(CpuState.Scratch >> 2) + 1] = m[ix + 1];
                i = ops[pc + 1];
                j = ops[pc + 2];
                f[i >> 1] = f[j >> 1] - f[CpuState.Scratch >> 3];
                if (j !== i) {
                  r[i + 2] = r[j + 2];
                  r[i + 3] = r[j + 3];
                }
                pc += 8;
                continue;
              case MicroOp.MulsdXXX:
                i = ops[pc + 1];
                j = ops[pc + 2];
                f[i >> 1] = f[j >> 1] * f[ops[pc + 3] >> 1];
                if (j !== i) {
                  r[i + 2] = r[j + 2];
                  r[i + 3] = r[j + 3];
                }
                pc += 8;
                continue;
              case MicroOp.MulsdXXM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                r[CpuState.Scratch >> 2] = m[ix];
                r[(CpuState.Scratch >> 2) + 1] = m[ix + 1];
                i = ops[pc + 1];
                j = ops[pc + 2];
                f[i >> 1] = f[j >> 1] * f[CpuState.Scratch >> 3];
                if (j !== i) {
                  r[i + 2] = r[j + 2];
                  r[i + 3] = r[j + 3];
                }
                pc += 8;
                continue;
              case MicroOp.DivsdXXX:
                i = ops[pc + 1];
                j = ops[pc + 2];
                f[i >> 1] = f[j >> 1] / f[ops[pc + 3] >> 1];
                if (j !== i) {
                  r[i + 2] = r[j + 2];
                  r[i + 3] = r[j + 3];
                }
                pc += 8;
                continue;
              case MicroOp.DivsdXXM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                r[CpuState.Scratch >> 2] = m[ix];
                r[(CpuState.Scratch >> 2) + 1] = m[ix + 1];
                i = ops[pc + 1];
                j = ops[pc + 2];
                f[i >> 1] = f[j >> 1] / f[CpuState.Scratch >> 3];
                if (j !== i) {
                  r[i + 2] = r[j + 2];
                  r[i + 3] = r[j + 3];
                }
                pc += 8;
                continue;
              case MicroOp.SqrtsdXXX:
                i = ops[pc + 1];
                j = ops[pc + 2];
                f[i >> 1] = Math.sqrt(f[ops[pc + 3] >> 1]);
                if (j !== i) {
                  r[i + 2] = r[j + 2];
                  r[i + 3] = r[j + 3];
                }
                pc += 8;
                continue;
              case MicroOp.UcomisdXX:
                x = f[ops[pc + 1] >> 1];
                y = f[ops[pc + 2] >> 1];
                fq = x < y || x > y ? 1 : 0;
                fw = (x >= y || x < y ? 1 : 0) | (x >= y ? 0 : Lazy.Sign);
                pc += 8;
                continue;
              case MicroOp.UcomisdXM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                r[CpuState.Scratch >> 2] = m[ix];
                r[(CpuState.Scratch >> 2) + 1] = m[ix + 1];
                x = f[ops[pc + 1] >> 1];
                y = f[CpuState.Scratch >> 3];
                fq = x < y || x > y ? 1 : 0;
                fw = (x >= y || x < y ? 1 : 0) | (x >= y ? 0 : Lazy.Sign);
                pc += 8;
                continue;
              case MicroOp.Cvtsi2sd32XXR:
                i = ops[pc + 1];
                j = ops[pc + 2];
                f[i >> 1] = r[ops[pc + 3]];
                if (j !== i) {
                  r[i + 2] = r[j + 2];
                  r[i + 3] = r[j + 3];
                }
                pc += 8;
                continue;
              case MicroOp.Cvtsi2sd32XXM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                i = ops[pc + 1];
                j = ops[pc + 2];
                f[i >> 1] = m[ix];
                if (j !== i) {
                  r[i + 2] = r[j + 2];
                  r[i + 3] = r[j + 3];
                }
                pc += 8;
                continue;
              case MicroOp.Cvtsi2sd64XXR:
                i = ops[pc + 1];
                j = ops[pc + 2];
                k = ops[pc + 3];
                f[i >> 1] = r[k + 1] * 4294967296 + (r[k] >>> 0);
                if (j !== i) {
                  r[i + 2] = r[j + 2];
                  r[i + 3] = r[j + 3];
                }
                pc += 8;
                continue;
              case MicroOp.Cvttsd2si32RX:
                i = ops[pc + 1];
                x = f[ops[pc + 2] >> 1];
                v = x | 0;
                if (!(x > -2147483649 && x < 2147483648)) v = -2147483648;
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Cvttsd2si32RM:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                r[CpuState.Scratch >> 2] = m[ix];
                r[(CpuState.Scratch >> 2) + 1] = m[ix + 1];
                i = ops[pc + 1];
                x = f[CpuState.Scratch >> 3];
                v = x | 0;
                if (!(x > -2147483649 && x < 2147483648)) v = -2147483648;
                r[i] = v;
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Cvttsd2si64RX:
                i = ops[pc + 1];
                x = Math.trunc(f[ops[pc + 2] >> 1]);
                if (x >= -TWO63 && x < TWO63) {
                  y = Math.floor(x / 4294967296);
                  r[i] = x - y * 4294967296;
                  r[i + 1] = y;
                } else {
                  r[i] = 0;
                  r[i + 1] = -2147483648;
                }
                pc += 8;
                continue;
              case MicroOp.Cvtss2sdXXX:
                i = ops[pc + 1];
                j = ops[pc + 2];
                f[i >> 1] = f32[ops[pc + 3]];
                if (j !== i) {
                  r[i + 2] = r[j + 2];
                  r[i + 3] = r[j + 3];
                }
                pc += 8;
                continue;
              case MicroOp.Cvtsd2ssXXX:
                i = ops[pc + 1];
                j = ops[pc + 2];
                f32[i] = f[ops[pc + 3] >> 1];
                r[i + 1] = r[j + 1];
                if (j !== i) {
                  r[i + 2] = r[j + 2];
                  r[i + 3] = r[j + 3];
                }
                pc += 8;
                continue;
              case MicroOp.XorpdXXX:
                i = ops[pc + 1];
                j = ops[pc + 2];
                k = ops[pc + 3];
                r[i] = r[j] ^ r[k];
                r[i + 1] = r[j + 1] ^ r[k + 1];
                r[i + 2] = r[j + 2] ^ r[k + 2];
                r[i + 3] = r[j + 3] ^ r[k + 3];
                pc += 8;
                continue;
              case MicroOp.AndpdXXX:
                i = ops[pc + 1];
                j = ops[pc + 2];
                k = ops[pc + 3];
                r[i] = r[j] & r[k];
                r[i + 1] = r[j + 1] & r[k + 1];
                r[i + 2] = r[j + 2] & r[k + 2];
                r[i + 3] = r[j + 3] & r[k + 3];
                pc += 8;
                continue;
              case MicroOp.AndnpdXXX:
                i = ops[pc + 1];
                j = ops[pc + 2];
                k = ops[pc + 3];
                r[i] = ~r[j] & r[k];
                r[i + 1] = ~r[j + 1] & r[k + 1];
                r[i + 2] = ~r[j + 2] & r[k + 2];
                r[i + 3] = ~r[j + 3] & r[k + 3];
                pc += 8;
                continue;
              case MicroOp.OrpdXXX:
                i = ops[pc + 1];
                j = ops[pc + 2];
                k = ops[pc + 3];
                r[i] = r[j] | r[k];
                r[i + 1] = r[j + 1] | r[k + 1];
                r[i + 2] = r[j + 2] | r[k + 2];
                r[i + 3] = r[j + 3] | r[k + 3];
                pc += 8;
                continue;
              case MicroOp.Movd32XR:
                i = ops[pc + 1];
                r[i] = r[ops[pc + 2]];
                r[i + 1] = r[i + 2] = r[i + 3] = 0;
                pc += 8;
                continue;
              case MicroOp.Movd64XR:
                i = ops[pc + 1];
                j = ops[pc + 2];
                r[i] = r[j];
                r[i + 1] = r[j + 1];
                r[i + 2] = r[i + 3] = 0;
                pc += 8;
                continue;
              case MicroOp.Movd32RX:
                i = ops[pc + 1];
                r[i] = r[ops[pc + 2]];
                r[i + 1] = 0;
                pc += 8;
                continue;
              case MicroOp.Movd64RX:
                i = ops[pc + 1];
                j = ops[pc + 2];
                r[i] = r[j];
                r[i + 1] = r[j + 1];
                pc += 8;
                continue;
              case MicroOp.Int3:
                rip = this.ripOf(pc);
                budget++;
                reason = ExitReason.Int3;
                break run;
              case MicroOp.Undefined:
                budget++;
                rip = this.ripOf(pc);
                reason = ExitReason.Undefined;
                break run;
              case MicroOp.Illegal:
                budget++;
                rip = this.ripOf(pc);
                reason = ExitReason.Illegal;
                break run;
              case MicroOp.Breakpoint:
                budget++;
                rip = this.ripOf(pc);
                reason = ExitReason.Breakpoint;
                break run;
              case MicroOp.Goto:
                budget++;
                break jump;
              case MicroOp.Cmp32RR_Jb:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a >>> 0 < b >>> 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RR_Jae:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a >>> 0 >= b >>> 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RR_Je:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a === b) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RR_Jne:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a !== b) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RR_Jl:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a < b) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RR_Jge:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a >= b) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RR_Jle:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a <= b) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RR_Jg:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a > b) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RI_Jb:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a >>> 0 < b >>> 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RI_Jae:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a >>> 0 >= b >>> 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RI_Je:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a === b) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RI_Jne:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a !== b) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RI_Ja:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a >>> 0 > b >>> 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RI_Jl:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a < b) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RI_Jge:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a >= b) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RI_Jle:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a <= b) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RI_Jg:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a > b) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32RM_Jne:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                i = ops[pc + 1];
                a = r[i];
                b = m[ix];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a !== b) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32MR_Jne:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                a = m[ix];
                b = r[ops[pc + 2]];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a !== b) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32MI_Je:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                a = m[ix];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a === b) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp32MI_Jne:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words) break slowly;
                a = m[ix];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (a !== b) break jump;
                pc += 8;
                continue;
              case MicroOp.Test8RI_Je:
                v = ((r[ops[pc + 1]] & ops[pc + 7]) << 24) >> 24;
                fq = v;
                fw = v & 255;
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (v === 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Test32RR_Je:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = a & b;
                fq = v;
                fw = v & 255;
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (v === 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Test8RI_Jne:
                v = ((r[ops[pc + 1]] & ops[pc + 7]) << 24) >> 24;
                fq = v;
                fw = v & 255;
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (v !== 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Test32RR_Jne:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = a & b;
                fq = v;
                fw = v & 255;
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (v !== 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp64RM_Jbe:
                ea = (r[ops[pc + 3]] + (r[ops[pc + 4]] << ops[pc + 5]) + ops[pc + 6]) | 0;
                ix = (ea >>> 2) | (ea << 30);
                if (ix >>> 0 >= words - 1) break slowly;
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                bl = m[ix];
                bh = m[ix + 1];
                v = (al - bl) | 0;
                h = (ah - bh - (((~al & bl) | ((~al | bl) & v)) >>> 31)) | 0;
                cf = (~ah & bh) | ((~ah | bh) & h);
                of = (ah ^ bh) & (ah ^ h);
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (fw < 0 || fq === 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp64RR_Je:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                j = ops[pc + 2];
                bl = r[j];
                bh = r[j + 1];
                v = (al - bl) | 0;
                h = (ah - bh - (((~al & bl) | ((~al | bl) & v)) >>> 31)) | 0;
                cf = (~ah & bh) | ((~ah | bh) & h);
                of = (ah ^ bh) & (ah ^ h);
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (fq === 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Cmp64RR_Jne:
                i = ops[pc + 1];
                al = r[i];
                ah = r[i + 1];
                j = ops[pc + 2];
                bl = r[j];
                bh = r[j + 1];
                v = (al - bl) | 0;
                h = (ah - bh - (((~al & bl) | ((~al | bl) & v)) >>> 31)) | 0;
                cf = (~ah & bh) | ((~ah | bh) & h);
                of = (ah ^ bh) & (ah ^ h);
                fq = h | (v >>> 1) | (v & 1);
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (fq !== 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Add32RR_Jo:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = (a + b) | 0;
                cf = (a & b) | ((a | b) & ~v);
                of = (a ^ v) & (b ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (of < 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Add32RI_Jo:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = (a + b) | 0;
                cf = (a & b) | ((a | b) & ~v);
                of = (a ^ v) & (b ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (of < 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Sub32RR_Jo:
                i = ops[pc + 1];
                a = r[i];
                b = r[ops[pc + 2]];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (of < 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Sub32RI_Jo:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (of < 0) break jump;
                pc += 8;
                continue;
              case MicroOp.Sub32RI_Jne:
                i = ops[pc + 1];
                a = r[i];
                b = ops[pc + 7];
                v = (a - b) | 0;
                cf = (~a & b) | ((~a | b) & v);
                of = (a ^ b) & (a ^ v);
                fq = v;
                fw = (v & 255) | (cf & Lazy.Sign) | ((of >>> 1) & Lazy.Overflow);
                r[i] = v;
                r[i + 1] = 0;
                if (budget === 0) {
                  pc += 8;
                  continue;
                }
                budget--;
                pc += 8;
                if (v !== 0) break jump;
                pc += 8;
                continue;
              default:
                break slowly;
            }
          }
          // Slow path: all state in memory, one instruction, state back into locals.
          r[CpuState.Rflags >> 2] = packFlags(fq, fw);
          i = slow.execute(pc);
          if (i > Flow.Jump) {
            budget++;
            rip = this.ripOf(pc);
            reason =
              i === Flow.MemoryFault
                ? ExitReason.MemoryFault
                : i === Flow.DivideError
                  ? ExitReason.DivideError
                  : ExitReason.Illegal;
            break;
          }
          flags = r[CpuState.Rflags >> 2]!;
          fq = unpackResult(flags);
          fw = unpackRest(flags);
          if (i === Flow.Next) {
            pc += 8;
            continue;
          }
          rip = r[CpuState.Rip >> 2]!;
          ripHi = r[(CpuState.Rip >> 2) + 1]!;
          break indirect;
        }
        // Direct jump: the target's index is in the micro-op once it is known.
        i = ops[pc + 7]!;
        if (i < 0) {
          rip = ops[pc + 6]!;
          this.unresolved = pc;
          reason = ExitReason.Unresolved;
          break;
        }
        pc = i;
        continue;
      }
      // Indirect jump: (ripHi, rip) is the target.
      i = (rip - codeStart) | 0;
      if (ripHi === cageHi && i >>> 0 < codeSize) {
        j = pages[i >>> 12]!;
        if (j >= 0) {
          i = slots[j + (i & 4095)]!;
          if (i >= 0) {
            pc = i;
            continue;
          }
        }
      }
      reason = ExitReason.Unresolved;
      break;
    }

    r[CpuState.Rflags >> 2] = packFlags(fq, fw);
    r[CpuState.Rip >> 2] = rip;
    r[(CpuState.Rip >> 2) + 1] = ripHi;
    const retired = max - budget;
    i = r[CpuState.RetiredLo >> 2]!;
    v = (i + retired) | 0;
    r[CpuState.RetiredLo >> 2] = v;
    if (v >>> 0 < i >>> 0) r[(CpuState.RetiredLo >> 2) + 1] = r[(CpuState.RetiredLo >> 2) + 1]! + 1;
    return reason;
  }
}

function packFlags(fq: number, fw: number): number {
  return (
    Rflag.Reserved1 |
    (fq === 0 ? Rflag.ZF : 0) |
    ((fq ^ (fw << 2)) < 0 ? Rflag.SF : 0) |
    (parity(fw) ? Rflag.PF : 0) |
    (fw < 0 ? Rflag.CF : 0) |
    (((fw ^ (fw << 1)) & Lazy.Overflow) !== 0 ? Rflag.OF : 0)
  );
}

function unpackResult(flags: number): number {
  if ((flags & Rflag.ZF) !== 0) return 0;
  return (flags & Rflag.SF) !== 0 ? -1 : 1;
}

function unpackRest(flags: number): number {
  const flip = (flags & (Rflag.ZF | Rflag.SF)) === (Rflag.ZF | Rflag.SF) ? 1 : 0;
  const of = ((flags >> 11) & 1) ^ flip;
  return (flags << 31) | (of << 30) | (flip << 29) | (((flags >> 2) & 1) ^ 1);
}
