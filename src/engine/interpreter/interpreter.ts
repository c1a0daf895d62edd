// The interpreter: the generated loop (loop.ts) runs bytecodes over linear memory; what it leaves for runs here, by the
// bytecode's handler of `handlers/`. JS-to-JS calls push frames in either place and never recurse on the host.
//
// Machine state outside of the loop (words are indices of the Int32Array view):
//   fp   frame pointer, word index          pc   byte offset of the current bytecode (its prefix, if it has one)
//   sp   lowest used stack slot, word index acc  accumulator, tagged word
//   fv   word index of feedback slot 0      cp   word index of constant 0
//
// A handler exists for every bytecode and works at every operand scale; the loop's fast paths are shortcuts of them.
//
// Invariant: whatever can look at the frame (calls, throws, safepoints, stops) sees the bytecode offset written back.

import {
  BYTECODE_COUNT,
  BYTECODE_SIZES,
  BYTECODES,
  Bytecode,
  isSigned,
  MAX_OPERANDS,
  OPERAND_OFFSETS,
  operandSize,
} from '../bytecode/index.ts';
import { CallRecord, enterHost, FrameWord, leaveHost, pushBuiltinExitFrame } from '../frames/index.ts';
import type { Address, Heap, RegisterOperand, Tagged, WordIndex } from '../heap/index.ts';
import { BytecodeArray, StaticRoot } from '../objects/index.ts';
import { jsException, NativeContextSlot, type Runtime } from '../runtime/index.ts';
import { fastBuiltinIndex } from './fast-paths/builtins.ts';
import { bytecodeCountWord, constantsBase, feedbackBase, noFeedback } from './frame.ts';
import { finishConstruct } from './handlers/returns.ts';
import type { RuntimeFunctionTable } from './handlers/runtime-functions.ts';
import { handlers } from './handlers/table.ts';
import type { InterpreterHooks } from './hooks.ts';
import { instantiateLoop } from './loop.ts';
import { Next } from './next.ts';
import { Exit, fastBuiltins, StateAddress } from './state.ts';
import { unwind } from './unwind.ts';

const sizes = BYTECODE_SIZES[0]!;

export class Interpreter {
  readonly rt: Runtime;
  readonly heap: Heap;
  readonly hooks: InterpreterHooks;
  readonly runtimeFunctions: RuntimeFunctionTable;
  private readonly runLoop: () => Exit;

  // State between loop activations and during handlers. Not roots: `acc` is stale after a safepoint.
  fp: WordIndex = 0;
  sp: WordIndex = 0;
  pc = 0;
  acc = 0;
  fv = noFeedback;
  cp = 0;
  /** Address of the current opcode (after its prefix); jump distances count from here. */
  opcodePc = 0;
  /** Operands of the current bytecode, sign-extended where signed. */
  readonly ops = new Int32Array(8);
  /** Code object of bytecode functions. */
  trampoline: Tagged = StaticRoot.Undefined;
  /** Calls `hooks.step` before every bytecode; set while stepping or counting. */
  stepping = false;
  /** Machine code is not entered: somebody watches every bytecode. Only while `stepping`. */
  staysInBytecode = false;
  /** The call that is being made. */
  readonly call: CallRecord;

  constructor(rt: Runtime, hooks: InterpreterHooks, runtimeFunctions: RuntimeFunctionTable) {
    this.rt = rt;
    this.heap = rt.heap;
    this.hooks = hooks;
    this.runtimeFunctions = runtimeFunctions;
    this.call = new CallRecord(this.heap);
    this.runLoop = instantiateLoop(this.heap);
  }

  /**
   * Re-reads what is cached from the native context. A realm has its own trampoline, so that the loop leaves the calls of
   * another realm's functions to the handlers.
   */
  enterRealm(): void {
    this.trampoline = this.rt.intrinsic(NativeContextSlot.InterpreterTrampolineCode);
    const i32 = this.heap.i32;
    i32[StateAddress.Trampoline >> 2] = this.trampoline;
    i32[StateAddress.GlobalProxy >> 2] = this.rt.intrinsic(NativeContextSlot.GlobalProxy);
    i32[StateAddress.NativeContext >> 2] = this.rt.nativeContext;
  }

  reloadRoots(): void {
    this.enterRealm();
    this.rt.builtins.forEach((builtin, id) => {
      if (builtin !== undefined) this.heap.u8[fastBuiltins + id] = fastBuiltinIndex(builtin.name);
    });
  }

  // --- operands of the current bytecode, for handlers -----------------------------------------------------------------

  reg(operand: RegisterOperand): Tagged {
    return this.heap.i32[this.fp + (operand << 1)]!;
  }
  setReg(operand: RegisterOperand, value: Tagged): void {
    this.heap.i32[this.fp + (operand << 1)] = value;
  }
  /** Byte offset of a register's slot: argument base of runtime functions. */
  regAddress(operand: RegisterOperand): Address {
    return (this.fp + (operand << 1)) << 2;
  }
  constant(index: number): Tagged {
    return this.heap.i32[this.cp + index]!;
  }
  get context(): Tagged {
    return this.heap.i32[this.fp + FrameWord.Context]!;
  }
  get closure(): Tagged {
    return this.heap.i32[this.fp + FrameWord.Function]!;
  }
  /** The frame's feedback vector, or undefined. */
  get vector(): Tagged {
    return this.heap.i32[this.fp + FrameWord.FeedbackVector]!;
  }

  // --- running ---------------------------------------------------------------------------------------------------------

  /** Runs from the current state until control leaves the interpreter. Throws `jsException` when an exception leaves the nested run. */
  run(): void {
    const scope = this.heap.openHandles();
    for (;;) {
      try {
        if (this.stepping) this.stepLoop();
        else this.loop();
        return;
      } catch (error) {
        // what host code below us left open
        this.heap.closeHandles(scope);
        if (error !== jsException) this.hooks.hostError(error);
        if (unwind(this) === Next.Leave) return;
      }
    }
  }

  /** Loads the loop's state from the interpreted frame at `fp` (word index), at its current bytecode. */
  loadFrame(fp: WordIndex): void {
    const i32 = this.heap.i32;
    const bytecodes = i32[fp + FrameWord.BytecodeArray]!;
    if (this.rt.hasRealms) this.rt.realms.enter(this.rt.realms.ofFunction(i32[fp + FrameWord.Function]!));
    this.fp = fp;
    this.pc = bytecodes + (i32[fp + FrameWord.BytecodeOffset]! >> 1);
    this.sp = fp + FrameWord.FeedbackVector - (i32[(bytecodes + BytecodeArray.FrameSize - 1) >> 2]! >> 2);
    this.cp = constantsBase(i32[(bytecodes + BytecodeArray.ConstantPool - 1) >> 2]!);
    const vector = i32[fp + FrameWord.FeedbackVector]!;
    this.fv = i32[(vector - 1) >> 2] === StaticRoot.FeedbackVectorMap ? feedbackBase(vector) : noFeedback;
  }

  /** Moves `pc` past the bytecode that it is at. */
  advance(): void {
    const u8 = this.heap.u8;
    const bytecode = u8[this.pc]!;
    this.pc +=
      bytecode === Bytecode.Wide || bytecode === Bytecode.DebugBreakWide
        ? 1 + BYTECODE_SIZES[1]![u8[this.pc + 1]!]!
        : bytecode === Bytecode.ExtraWide || bytecode === Bytecode.DebugBreakExtraWide
          ? 1 + BYTECODE_SIZES[2]![u8[this.pc + 1]!]!
          : sizes[bytecode]!;
  }

  /** Pops the construct frame at `fp` (word index), with the accumulator as the constructor's result. */
  finishConstruct(fp: WordIndex): Next {
    return finishConstruct(this, fp);
  }

  /** Writes the state back to memory: the frame is walkable, and the stack pointer is right. */
  writeBack(): void {
    const i32 = this.heap.i32;
    i32[this.fp + FrameWord.BytecodeOffset] = (this.pc - i32[this.fp + FrameWord.BytecodeArray]!) << 1;
    enterHost(i32, this.fp, this.sp);
  }

  /** Decodes and runs the bytecode at `pc` by its handler; `pc`, `acc` and the frame are up to date afterwards. */
  slow(): Next {
    this.writeBack();
    const u8 = this.heap.u8;
    let at = this.pc;
    let bytecode = u8[at]!;
    if (bytecode >= Bytecode.DebugBreakWide && bytecode <= Bytecode.DebugBreak6) {
      bytecode = this.hooks.debugBreak(at);
    }
    let scale: 0 | 1 | 2 = 0;
    if (bytecode <= Bytecode.ExtraWide) {
      scale = bytecode === Bytecode.Wide ? 1 : 2;
      bytecode = u8[++at]!;
    }
    this.opcodePc = at;
    this.pc = at + decode(u8, at, bytecode, scale, this.ops);
    return handlers[bytecode]!(this);
  }

  /** One bytecode at a time, with `hooks.step` before each. */
  private stepLoop(): void {
    const i32 = this.heap.i32;
    while (this.stepping) {
      this.writeBack();
      this.hooks.step();
      const count = (i32[bytecodeCountWord]! + 1) | 0;
      i32[bytecodeCountWord] = count;
      if (count === 0) i32[bytecodeCountWord + 1]!++;
      if (this.slow() === Next.Leave) return;
    }
    this.loop();
  }

  /** Runs until control leaves the interpreter. */
  private loop(): Next {
    for (;;) {
      this.saveState();
      const exit = this.runLoop();
      this.restoreState();
      const result = exit === Exit.Slow ? this.slow() : exit === Exit.HostCall ? this.hostCall() : this.stackCheck();
      if (result === Next.Leave) return Next.Leave;
      if (this.stepping) {
        this.stepLoop();
        return Next.Leave;
      }
    }
  }

  private saveState(): void {
    const i32 = this.heap.i32;
    i32[StateAddress.Fp >> 2] = this.fp << 2;
    i32[StateAddress.Sp >> 2] = this.sp << 2;
    i32[StateAddress.Pc >> 2] = this.pc;
    i32[StateAddress.Acc >> 2] = this.acc;
    i32[StateAddress.Fv >> 2] = this.fv << 2;
    i32[StateAddress.Cp >> 2] = this.cp << 2;
  }

  private restoreState(): void {
    const i32 = this.heap.i32;
    this.fp = i32[StateAddress.Fp >> 2]! >> 2;
    this.sp = i32[StateAddress.Sp >> 2]! >> 2;
    this.pc = i32[StateAddress.Pc >> 2]!;
    this.acc = i32[StateAddress.Acc >> 2]!;
    this.fv = i32[StateAddress.Fv >> 2]! >> 2;
    this.cp = i32[StateAddress.Cp >> 2]! >> 2;
  }

  /** The stack check of a frame that was just built: serves interrupts, or overflows. */
  private stackCheck(): Next {
    this.writeBack();
    this.hooks.stackGuard();
    this.acc = StaticRoot.Undefined;
    leaveHost(this.heap.i32);
    return Next.Continue;
  }

  /** Runs the host builtin whose arguments and return address the loop pushed: callee, argument count and base are in the record. */
  private hostCall(): Next {
    this.writeBack();
    const { pc, call } = this;
    const { i32 } = this.heap;
    const fp = pushBuiltinExitFrame(i32, call.base - 2, this.fp, call.callee, call.argumentCount, StaticRoot.Undefined);
    call.end();
    this.acc = this.rt.callBuiltin(i32[StateAddress.BuiltinId >> 2]!, fp << 2);
    leaveHost(i32);
    this.pc = pc;
    this.advance();
    return Next.Continue;
  }
}

/** Operand kinds for decoding: bit 0 signed; bits 1–3 size in bytes, per scale and operand. 0 = no operand. */
const decodeTable: readonly Uint8Array[] = ([1, 2, 4] as const).map((scale) => {
  const table = new Uint8Array(BYTECODE_COUNT * MAX_OPERANDS);
  for (const row of BYTECODES) {
    row.operands.forEach((type, i) => {
      table[row.bytecode * MAX_OPERANDS + i] = (operandSize(type, scale) << 1) | (isSigned(type) ? 1 : 0);
    });
  }
  return table;
});

/** Decodes the operands of `bytecode`, whose opcode is at `at`; returns its size without prefix. */
function decode(u8: Uint8Array, at: number, bytecode: number, scale: 0 | 1 | 2, ops: Int32Array): number {
  const table = decodeTable[scale]!;
  const offsets = OPERAND_OFFSETS[scale]!;
  for (let i = 0, row = bytecode * MAX_OPERANDS; i < MAX_OPERANDS; i++, row++) {
    const kind = table[row]!;
    if (kind === 0) break;
    const from = at + offsets[row]!;
    const size = kind >> 1;
    let value = u8[from]!;
    if (size === 1) {
      if (kind & 1) value = (value << 24) >> 24;
    } else if (size === 2) {
      value |= u8[from + 1]! << 8;
      if (kind & 1) value = (value << 16) >> 16;
    } else {
      value |= (u8[from + 1]! << 8) | (u8[from + 2]! << 16) | (u8[from + 3]! << 24);
    }
    ops[i] = value;
  }
  return BYTECODE_SIZES[scale]![bytecode]!;
}
