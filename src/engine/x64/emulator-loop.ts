/**
 * The emulator's loop: one function with one case per micro-op, put together from the families' texts.
 *
 * The micro-op enum is the table: each name is composed of stem, size and operand shape, the family with that stem gives
 * the statements, and a name that no family knows is an error here, at the first instruction of a thread. To add a
 * micro-op is to add its name, and a stem if it is a new one.
 *
 * It is put together from text because the host compiles it best as one flat function, whose 200 cases repeat a few
 * fetches, flag rules and endings in every combination. Written out it is 2400 lines.
 *
 * Invariants: `budget` counts every retired instruction exactly once, so a run can be repeated to the instruction;
 * an instruction that stops the run before it executes (breakpoint, fault, illegal) is not retired and rip is on it.
 *
 * Host notes: the loop must stay one optimizable function (bytecode under 60 KB), allocates nothing, and uses no BigInt.
 * Its locals are int32 but for x and y.
 */
import { CpuState } from './cpu.ts';
import type { CodeMap } from './decoder.ts';
import { controlFamily, fusedJump } from './emulator-control.ts';
import { holdsFunction, packFlags, parity, unpackRest, unpackResult } from './emulator-flags.ts';
import { type Family, next, parseMicroOp } from './emulator-form.ts';
import { integerFamily, mulHighSigned, mulHighUnsigned } from './emulator-integer.ts';
import { vectorFamily } from './emulator-vector.ts';
import { MicroOp } from './micro-op.ts';
import { Flow, type SlowPath } from './slow.ts';

/** Why a run came back. */
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

/** What the loop works on. */
export interface LoopState {
  readonly code: CodeMap;
  readonly slow: SlowPath;
  readonly cageHi: number;
  /** Memory. */
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
  /** The CPU block. */
  readonly registers: Int32Array;
  readonly doubles: Float64Array;
  readonly floats: Float32Array;
  /** Index of the jump that left the loop with an unknown target, or −1. */
  unresolved: number;
}

/** Runs from the micro-op at index `start` until something stops it, `max` instructions at the most. */
export type Loop = (state: LoopState, start: number, max: number) => ExitReason;

const families: Family = { ...integerFamily, ...controlFamily, ...vectorFamily };

function statements(name: string): string {
  const { stem, fused, ...form } = parseMicroOp(name);
  const emit = families[stem];
  if (emit === undefined) throw new Error(`micro-op ${name}: no family of the emulator has the stem ${stem}`);
  return fused === undefined ? emit(form) : `${emit(form)} ${fusedJump(stem, form.size, fused)}`;
}

/** The text of the case of each micro-op but `Slow`. */
const cases = (): string[] =>
  Array.from({ length: MicroOp.Slow }, (_, op) => `case ${op}: // ${MicroOp[op]}\n${statements(MicroOp[op]!)} ${next}`);

const word = (at: CpuState): number => at >> 2;

const source = (): string => `
${holdsFunction}
const { ${Object.entries(ExitReason)
  .filter(([, value]) => typeof value === 'number')
  .map(([name]) => name)
  .join(', ')} } = ExitReason;
return function loop(state, start, max) {
  const { code, slow } = state;
  const { ops, pages, slots } = code;
  const m = state.words;
  const m8 = state.bytes;
  const r = state.registers;
  const f = state.doubles;
  const f32 = state.floats;
  const words = m.length;
  const bytes = m8.length;
  const cageHi = state.cageHi;
  const codeStart = code.codeStart;
  const codeSize = code.codeEnd - codeStart;

  let pc = start | 0;
  let budget = max | 0;
  let rip = 0;
  let ripHi = cageHi;
  let reason = Budget;
  let flags = r[${word(CpuState.Rflags)}];
  let fq = unpackResult(flags);
  let fw = unpackRest(flags);
  let i = 0, j = 0, k = 0, a = 0, b = 0, v = 0, h = 0, cf = 0, of = 0, al = 0, ah = 0, bl = 0, bh = 0, ea = 0, ix = 0;
  let x = 0.5, y = 0.5;

  run: for (;;) {
    if (--budget < 0) {
      budget = 0;
      rip = code.rips[pc >> 3];
      break;
    }
    indirect: {
      jump: {
        slowly: {
          switch (ops[pc]) {
${cases().join('\n')}
            default: break slowly;
          }
        }
        // Slow path: all state in memory, one instruction, state back into locals.
        r[${word(CpuState.Rflags)}] = packFlags(fq, fw);
        i = slow.execute(pc);
        if (i > ${Flow.Jump}) {
          budget++;
          rip = code.rips[pc >> 3];
          reason = i === ${Flow.MemoryFault} ? MemoryFault : i === ${Flow.DivideError} ? DivideError : Illegal;
          break;
        }
        flags = r[${word(CpuState.Rflags)}];
        fq = unpackResult(flags);
        fw = unpackRest(flags);
        if (i === ${Flow.Next}) { ${next} }
        rip = r[${word(CpuState.Rip)}];
        ripHi = r[${word(CpuState.Rip) + 1}];
        break indirect;
      }
      // Direct jump: the target's index is in the micro-op once it is known.
      i = ops[pc + 7];
      if (i < 0) {
        rip = ops[pc + 6];
        state.unresolved = pc;
        reason = Unresolved;
        break;
      }
      pc = i;
      continue;
    }
    // Indirect jump: (ripHi, rip) is the target.
    i = (rip - codeStart) | 0;
    if (ripHi === cageHi && i >>> 0 < codeSize) {
      j = pages[i >>> 12];
      if (j >= 0) {
        i = slots[j + (i & 4095)];
        if (i >= 0) {
          pc = i;
          continue;
        }
      }
    }
    reason = Unresolved;
    break;
  }

  r[${word(CpuState.Rflags)}] = packFlags(fq, fw);
  r[${word(CpuState.Rip)}] = rip;
  r[${word(CpuState.Rip) + 1}] = ripHi;
  i = r[${word(CpuState.RetiredLo)}];
  v = (i + (max - budget)) | 0;
  r[${word(CpuState.RetiredLo)}] = v;
  if (v >>> 0 < i >>> 0) r[${word(CpuState.RetiredHi)}] = r[${word(CpuState.RetiredHi)}] + 1;
  return reason;
};
//# sourceURL=emulator-loop
`;

/** What the text uses by name, beside its locals. */
const names = { ExitReason, packFlags, unpackResult, unpackRest, parity, mulHighSigned, mulHighUnsigned };

export const makeLoop = (): Loop => new Function(...Object.keys(names), source())(...Object.values(names));
