/**
 * The emulator: predecoded micro-ops in one loop that can stop anywhere. This file drives the loop; its cases are in
 *
 * ```
 *   emulator-integer   moves, arithmetic, logic, shifts, bits
 *   emulator-control   stack, jumps, calls, stops, fused compare-and-jump
 *   emulator-vector    XMM registers
 *   emulator-form      operands, from which all of them are composed
 *   emulator-flags     lazy flags and conditions
 *   emulator-loop      the function around the cases
 * ```
 *
 * and what has no case, or what a case declines, is in slow.ts.
 *
 * Registers are int32 halves in the CPU block; memory is one Int32Array (with a byte view for narrow accesses). A
 * memory index is `ea` rotated right by two, so that one unsigned compare rejects both a misaligned address and one
 * beyond the memory; what is rejected goes to the slow path, which sorts the two out.
 */
import { Cpu, CpuState } from './cpu.ts';
import { CodeMap } from './decoder.ts';
import { ExitReason, type Loop, type LoopState, makeLoop } from './emulator-loop.ts';
import { SlowOp } from './instructions.ts';
import { MicroOp } from './micro-op.ts';
import { Rflag } from './registers.ts';
import { SlowPath } from './slow.ts';

export { ExitReason };

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
  /** Where code begins, on the first page; otherwise `codeStart`. */
  first?: number;
}

/** One for all emulators of a thread: the host optimizes it once. */
let loop: Loop | undefined;

export class Emulator {
  readonly cpu: Cpu;
  readonly code: CodeMap;
  readonly #state: LoopState;

  constructor(options: EmulatorOptions) {
    const { memory, cpuBase, cageHi, codeStart, codeEnd, first } = options;
    this.cpu = new Cpu(memory, cpuBase);
    this.code = new CodeMap(memory, codeStart, codeEnd, cageHi, first);
    this.#state = {
      code: this.code,
      slow: new SlowPath(memory, cpuBase, this.code),
      cageHi,
      words: new Int32Array(memory),
      bytes: new Uint8Array(memory),
      registers: this.cpu.words,
      doubles: this.cpu.doubles,
      floats: new Float32Array(memory, cpuBase, CpuState.Size / 4),
      unresolved: -1,
    };
    if (loop === undefined) {
      loop = makeLoop();
      Emulator.#warmUp();
    }
  }

  /**
   * Runs every micro-op once over edge values in a small memory of its own. The host's optimizer compiles the loop for
   * what it has seen; a case that it has never seen would throw the whole compiled loop away when a program first gets
   * there. Takes ten to twenty milliseconds, once per thread, at the first machine code.
   */
  static #warmUp(): void {
    const memory = new SharedArrayBuffer(0x4000);
    const emulator = new Emulator({ memory, cpuBase: 0, cageHi: 1, codeStart: 0x1000, codeEnd: 0x2000 });
    const { code, cpu } = emulator;
    const { ops } = code;
    const { words } = emulator.#state;
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
      for (let word = 0; word < 32; word++) cpu.words[word] = values[(word + (round + 1) * 3) % values.length]!;
      for (let reg = 0; reg < 16; reg++) cpu.setXmmF64(reg, numbers[(reg + round + 1) % numbers.length]!);
      // rbx: an address, also a memory word that leads to `known`; at times misaligned, at times out of bounds.
      const data = 0x2000;
      cpu.set(3, round === 12 ? data + 2 : round === 13 ? 0x7ffffff0 : data, 1);
      cpu.set(4, round === 12 ? 0x7ffffff0 : 0x3000, 1);
      cpu.set(5, 0x3000, 1);
      if (round % 3 === 0) cpu.set(1, known, 1);
      cpu.flags = [0, 0x8c5, 0x40, 0x81, 0x801, 0x4, 0x80][(round + 7) % 7]! | Rflag.Reserved1;
      const block = cpu.words.slice();
      for (let op = 0; op <= MicroOp.Slow; op++) {
        cpu.words.set(block);
        words[data >> 2] = words[0x3000 >> 2] = round % 2 === 0 ? known : values[(round + 7) % 7]!;
        words[(data >> 2) + 1] = words[(0x3000 >> 2) + 1] = round % 4 === 1 ? -1 : 1;
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
          if (round % 4 === 3) {
            ops[7] = words[data >> 2]!;
            cpu.set(1, ops[7], 1);
          }
        }
        code.meta[0] = [SlowOp.Cdq, SlowOp.Ret, SlowOp.None][(round + 3) % 3]!;
        loop!(emulator.#state, 0, round === 7 ? 1 : 9);
      }
    }
  }

  /** Address of the access that caused the last `MemoryFault`. */
  get faultAddress(): number {
    return this.#state.slow.faultAddress;
  }

  /**
   * Runs from rip until something stops it.
   * @param maxInstructions at most 2^31 − 1
   * @param resume do not stop at a breakpoint on the first instruction
   */
  run(maxInstructions: number, resume = false): ExitReason {
    const { code, cpu } = this;
    const state = this.#state;
    let left = maxInstructions | 0;
    let skip = resume;
    for (;;) {
      const start = cpu.ripHi === state.cageHi ? code.resolve(cpu.rip) : -1;
      if (start < 0) {
        state.unresolved = -1;
        return ExitReason.LeftCode;
      }
      if (state.unresolved >= 0) {
        code.ops[state.unresolved + 7] = start;
        state.unresolved = -1;
      }
      if (left <= 0) return ExitReason.Budget;
      let reason: ExitReason;
      const before = cpu.words[CpuState.RetiredLo >> 2]!;
      if (skip && code.ops[start] === MicroOp.Breakpoint) {
        code.ops[start] = code.plain[start >> 3]!;
        reason = loop!(state, start, 1);
        code.ops[start] = MicroOp.Breakpoint;
        if (reason === ExitReason.Budget && left > 1) reason = ExitReason.Unresolved;
      } else reason = loop!(state, start, left);
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
}
