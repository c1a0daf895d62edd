// The interpreter: one loop over linear memory. JS-to-JS calls push frames in this loop and never recurse on the host.
//
// Machine state while the loop runs (host locals; words are indices of the Int32Array view):
//   fp   frame pointer, word index          pc   byte offset of the current bytecode (its prefix, if it has one)
//   sp   lowest used stack slot, word index acc  accumulator, tagged word
//   fv   word index of feedback slot 0      cp   word index of constant 0
//
// Hot bytecodes are here with their fast paths, at operand scale 1. Everything else, and every fast path that fails, leaves
// the switch with `break slow`: the state is written back in one place (`slow`), and the bytecode's handler of
// `handlers.ts` runs. A handler exists for every bytecode and works at every operand scale.
//
// Invariant: whatever can look at the frame (calls, throws, safepoints, stops) sees the bytecode offset written back.
// Host limits: V8 does not optimize functions above 60 KB of its bytecode: keep rare bytecodes out of this function.

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
import { noteCall } from '../feedback/index.ts';
import { type Heap, Region, type Tagged } from '../heap/index.ts';
import { InstanceType, StaticRoot } from '../objects/index.ts';
import { jsException, NativeContextSlot, type Runtime } from '../runtime/index.ts';
import { callHostBuiltin } from './builtin-frames.ts';
import { finishConstruct } from './calls.ts';
import {
  bytecodeCountWord,
  cEntryFpWord,
  constantsBase,
  FrameWord,
  feedbackBase,
  noFeedback,
  stackPointerWord,
  undefinedSlot,
} from './frame.ts';
import { handlers } from './handlers.ts';
import type { InterpreterHooks } from './hooks.ts';
import { Next } from './next.ts';
import { unwind } from './unwind.ts';

const sizes = BYTECODE_SIZES[0]!;

/**
 * What `frame.ts` computes, as literals: the bundler inlines enum members, while an imported constant is a variable of the
 * bundle, which the host loads and checks at every use. A test holds both together.
 */
export enum LoopConstant {
  CageHi = 0x1c2f,
  StackLimitWord = 0x4008,
  NewSpaceTopWord = 0x4034,
  NewSpaceLimitWord = 0x4036,
  CEntryFpWord = 0x4046,
  BytecodeCountWord = 0x404c,
  NoFeedback = 0x18000,
  InterpreterEntryReturn = 0x50020,
  BytecodesBias = 63,
  InitialBytecodeOffset = 126,
  HardStackLimit = 0x102000,
}

/** Field of an object, as a word index: `(object + offset) >> 2` with the tag folded into the offset. */
enum Field {
  MapInstanceType = 8 - 1,
  Properties = 4 - 1,
  Elements = 8 - 1,
  ArrayLength = 12 - 1,
  ElementsLength = 4 - 1,
  FirstElement = 8 - 1,
  FunctionShared = 12 - 1,
  FunctionContext = 16 - 1,
  FunctionCell = 20 - 1,
  FunctionCode = 24 - 1,
  SharedData = 4 - 1,
  SharedFlags = 40 - 1,
  CellValue = 4 - 1,
  CellBudget = 8 - 1,
  VectorInvocationCount = 8 - 1,
  VectorFlags = 12 - 1,
  BytecodeConstants = 8 - 1,
  BytecodeFrameSize = 20 - 1,
  BytecodeParameterCount = 24 - 1,
  HeapNumberValue = 8 - 1,
  ContextSlots = 8 - 1,
  ContextPrevious = 12 - 1,
  PropertyCellValue = 12 - 1,
  HandlerSmi = 8 - 1,
  HandlerCell = 12 - 1,
  HandlerData = 16 - 1,
  StringLength = 8 - 1,
}

/** SharedFunctionFlags.Strict | Native. */
const strictOrNative = (1 << 5) | (1 << 6);
/** FeedbackVectorFlags: tiering state or optimized code. */
const tieringMask = 7 | 8;

export class Interpreter {
  readonly rt: Runtime;
  readonly heap: Heap;
  readonly hooks: InterpreterHooks;

  // State between loop activations and during handlers. Not roots: `acc` is stale after a safepoint.
  fp = 0;
  sp = 0;
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
  globalProxy: Tagged = StaticRoot.Undefined;
  /** Bytecodes that ran by their handlers; the loop is entered anew at times. */
  private slowPaths = 0;
  /** Calls `hooks.step` before every bytecode; set while stepping or counting. */
  stepping = false;
  /** Where machine code goes on after a host builtin that it called: the address may have become a lazy deopt exit. */
  hostReturnAddress = 0;

  constructor(rt: Runtime, hooks: InterpreterHooks) {
    this.rt = rt;
    this.heap = rt.heap;
    this.hooks = hooks;
  }

  /** Re-reads what is cached from the native context. */
  reloadRoots(): void {
    this.trampoline = this.rt.intrinsic(NativeContextSlot.InterpreterTrampolineCode);
    this.globalProxy = this.rt.intrinsic(NativeContextSlot.GlobalProxy);
  }

  // --- operands of the current bytecode, for handlers -----------------------------------------------------------------

  reg(operand: number): Tagged {
    return this.heap.i32[this.fp + (operand << 1)]!;
  }
  setReg(operand: number, value: Tagged): void {
    this.heap.i32[this.fp + (operand << 1)] = value;
  }
  /** Byte offset of a register's slot: argument base of runtime functions. */
  regAddress(operand: number): number {
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
        else while (this.loop() === Next.Continue);
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
  loadFrame(fp: number): void {
    const i32 = this.heap.i32;
    const bytecodes = i32[fp + FrameWord.BytecodeArray]!;
    this.fp = fp;
    this.pc = bytecodes + (i32[fp + FrameWord.BytecodeOffset]! >> 1);
    this.sp = fp + FrameWord.FeedbackVector - (i32[(bytecodes + Field.BytecodeFrameSize) >> 2]! >> 2);
    this.cp = constantsBase(i32[(bytecodes + Field.BytecodeConstants) >> 2]!);
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
  finishConstruct(fp: number): Next {
    return finishConstruct(this, fp);
  }

  /** Writes the state back to memory: the frame is walkable, and the stack pointer is right. */
  writeBack(): void {
    const i32 = this.heap.i32;
    i32[this.fp + FrameWord.BytecodeOffset] = (this.pc - i32[this.fp + FrameWord.BytecodeArray]!) << 1;
    i32[cEntryFpWord] = this.fp << 2;
    i32[stackPointerWord] = this.sp << 2;
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

  /** The stack check of a frame that was just built: serves interrupts, or overflows. */
  private enter(): Next {
    this.writeBack();
    this.hooks.stackGuard();
    this.acc = StaticRoot.Undefined;
    this.heap.i32[cEntryFpWord] = 0;
    return Next.Continue;
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
    while (this.loop() === Next.Continue);
  }

  /**
   * Runs until control leaves the interpreter (Leave), or for a while (Continue: the state is in the fields). The host enters
   * its optimized code best at a call: in code entered in the middle of a loop, every local stays a tagged value.
   */
  private loop(): Next {
    const heap = this.heap;
    const rt = this.rt;
    const i32 = heap.i32;
    const i8 = heap.i8;
    const u8 = heap.u8;
    const u16 = heap.u16;
    const f64 = heap.f64;
    const view = heap.view;
    const trampoline = this.trampoline;
    let fp = this.fp | 0;
    let sp = this.sp | 0;
    let pc = this.pc | 0;
    let acc = this.acc | 0;
    let fv = this.fv | 0;
    let cp = this.cp | 0;
    // Operands of the shared tails after the switch.
    let left = 0;
    let right = 0;
    let operation = 0;
    let slot = 0;
    let callee = 0;
    let receiver = 0;
    let argc = 0;
    let a0 = 0;
    let a1 = 0;
    let list = 0;
    let next = 0;
    let counter = i32[LoopConstant.BytecodeCountWord]! | 0;
    let entering = false;

    for (;;) {
      slow: {
        call: {
          compare: {
            arithmetic: {
              counter = (counter + 1) | 0;
              // Short stars and loads of registers here: a branch that the processor predicts instead of an indirect jump.
              let opcode = u8[pc]!;
              if (opcode >= Bytecode.Star15 && opcode <= Bytecode.Star0) {
                i32[fp - 14 - ((Bytecode.Star0 - opcode) << 1)] = acc;
                pc += 1;
                counter = (counter + 1) | 0;
                opcode = u8[pc]!;
              }
              if (opcode === Bytecode.Ldar) {
                acc = i32[fp + (i8[pc + 1]! << 1)]!;
                pc += 2;
                counter = (counter + 1) | 0;
                opcode = u8[pc]!;
              }
              switch (opcode) {
                // --- loads and moves -----------------------------------------------------------------------------------
                case Bytecode.Ldar:
                  acc = i32[fp + (i8[pc + 1]! << 1)]!;
                  pc += 2;
                  continue;
                case Bytecode.LdaZero:
                  acc = 0;
                  pc += 1;
                  continue;
                case Bytecode.LdaSmi:
                  acc = i8[pc + 1]! << 1;
                  pc += 2;
                  continue;
                case Bytecode.LdaUndefined:
                  acc = StaticRoot.Undefined;
                  pc += 1;
                  continue;
                case Bytecode.LdaNull:
                  acc = StaticRoot.Null;
                  pc += 1;
                  continue;
                case Bytecode.LdaTheHole:
                  acc = StaticRoot.TheHole;
                  pc += 1;
                  continue;
                case Bytecode.LdaTrue:
                  acc = StaticRoot.True;
                  pc += 1;
                  continue;
                case Bytecode.LdaFalse:
                  acc = StaticRoot.False;
                  pc += 1;
                  continue;
                case Bytecode.LdaConstant:
                  acc = i32[cp + u8[pc + 1]!]!;
                  pc += 2;
                  continue;
                case Bytecode.Star:
                  i32[fp + (i8[pc + 1]! << 1)] = acc;
                  pc += 2;
                  continue;
                case Bytecode.Mov:
                  i32[fp + (i8[pc + 2]! << 1)] = i32[fp + (i8[pc + 1]! << 1)]!;
                  pc += 3;
                  continue;
                case Bytecode.Star0:
                  i32[fp - 14] = acc;
                  pc += 1;
                  continue;
                case Bytecode.Star1:
                  i32[fp - 16] = acc;
                  pc += 1;
                  continue;
                case Bytecode.Star2:
                  i32[fp - 18] = acc;
                  pc += 1;
                  continue;
                case Bytecode.Star3:
                  i32[fp - 20] = acc;
                  pc += 1;
                  continue;
                case Bytecode.Star4:
                  i32[fp - 22] = acc;
                  pc += 1;
                  continue;
                case Bytecode.Star5:
                  i32[fp - 24] = acc;
                  pc += 1;
                  continue;
                case Bytecode.Star6:
                case Bytecode.Star7:
                case Bytecode.Star8:
                case Bytecode.Star9:
                case Bytecode.Star10:
                case Bytecode.Star11:
                case Bytecode.Star12:
                case Bytecode.Star13:
                case Bytecode.Star14:
                case Bytecode.Star15:
                  i32[fp - 14 - ((Bytecode.Star0 - u8[pc]!) << 1)] = acc;
                  pc += 1;
                  continue;

                // --- contexts and globals ------------------------------------------------------------------------------
                case Bytecode.LdaContextSlot:
                case Bytecode.LdaImmutableContextSlot:
                case Bytecode.LdaScriptContextSlot: {
                  let context = i32[fp + (i8[pc + 1]! << 1)]!;
                  for (let depth = u8[pc + 3]!; depth > 0; depth--)
                    context = i32[(context + Field.ContextPrevious) >> 2]!;
                  acc = i32[(context + Field.ContextSlots + (u8[pc + 2]! << 2)) >> 2]!;
                  pc += 4;
                  continue;
                }
                case Bytecode.LdaCurrentContextSlot:
                case Bytecode.LdaImmutableCurrentContextSlot:
                case Bytecode.LdaCurrentScriptContextSlot:
                  acc = i32[(i32[fp - 2]! + Field.ContextSlots + (u8[pc + 1]! << 2)) >> 2]!;
                  pc += 2;
                  continue;
                case Bytecode.StaContextSlot: {
                  let context = i32[fp + (i8[pc + 1]! << 1)]!;
                  for (let depth = u8[pc + 3]!; depth > 0; depth--)
                    context = i32[(context + Field.ContextPrevious) >> 2]!;
                  const address = context + Field.ContextSlots + (u8[pc + 2]! << 2);
                  i32[address >> 2] = acc;
                  if (
                    (acc & 1) !== 0 &&
                    acc < Region.NewSpaceEnd &&
                    acc >= Region.NewSpace &&
                    context >= Region.NewSpaceEnd
                  )
                    heap.rememberSlot(address);
                  pc += 4;
                  continue;
                }
                case Bytecode.StaCurrentContextSlot: {
                  const context = i32[fp - 2]!;
                  const address = context + Field.ContextSlots + (u8[pc + 1]! << 2);
                  i32[address >> 2] = acc;
                  if (
                    (acc & 1) !== 0 &&
                    acc < Region.NewSpaceEnd &&
                    acc >= Region.NewSpace &&
                    context >= Region.NewSpaceEnd
                  )
                    heap.rememberSlot(address);
                  pc += 2;
                  continue;
                }
                case Bytecode.PushContext:
                  i32[fp + (i8[pc + 1]! << 1)] = i32[fp - 2]!;
                  i32[fp - 2] = acc;
                  pc += 2;
                  continue;
                case Bytecode.PopContext:
                  i32[fp - 2] = i32[fp + (i8[pc + 1]! << 1)]!;
                  pc += 2;
                  continue;
                case Bytecode.LdaGlobal: {
                  const cell = i32[fv + u8[pc + 2]!]!;
                  if ((cell & 3) !== 3 || cell === 3) break slow;
                  const value = i32[(cell - 2 + Field.PropertyCellValue) >> 2]!;
                  if (value === StaticRoot.TheHole) break slow;
                  acc = value;
                  pc += 3;
                  continue;
                }
                case Bytecode.ThrowReferenceErrorIfHole:
                  if (acc === StaticRoot.TheHole) break slow;
                  pc += 2;
                  continue;

                // --- tests -----------------------------------------------------------------------------------------------
                case Bytecode.TestReferenceEqual:
                  acc = acc === i32[fp + (i8[pc + 1]! << 1)] ? StaticRoot.True : StaticRoot.False;
                  pc += 2;
                  continue;
                case Bytecode.TestUndefined:
                  acc = acc === StaticRoot.Undefined ? StaticRoot.True : StaticRoot.False;
                  pc += 1;
                  continue;
                case Bytecode.TestNull:
                  acc = acc === StaticRoot.Null ? StaticRoot.True : StaticRoot.False;
                  pc += 1;
                  continue;
                case Bytecode.LogicalNot:
                  acc = acc === StaticRoot.True ? StaticRoot.False : StaticRoot.True;
                  pc += 1;
                  continue;
                case Bytecode.ToBooleanLogicalNot:
                  if (acc === StaticRoot.True) acc = StaticRoot.False;
                  else if (
                    acc === StaticRoot.False ||
                    acc === 0 ||
                    acc === StaticRoot.Undefined ||
                    acc === StaticRoot.Null
                  )
                    acc = StaticRoot.True;
                  else if (
                    (acc & 1) === 0 ||
                    u16[(i32[(acc - 1) >> 2]! + Field.MapInstanceType) >> 1]! >= InstanceType.FirstJSReceiver
                  )
                    acc = StaticRoot.False;
                  else break slow;
                  pc += 1;
                  continue;

                // --- jumps -----------------------------------------------------------------------------------------------
                case Bytecode.Jump:
                  pc += u8[pc + 1]!;
                  continue;
                case Bytecode.JumpConstant:
                  pc += i32[cp + u8[pc + 1]!]! >> 1;
                  continue;
                case Bytecode.JumpIfTrue:
                  pc += acc === StaticRoot.True ? u8[pc + 1]! : 2;
                  continue;
                case Bytecode.JumpIfFalse:
                  pc += acc === StaticRoot.False ? u8[pc + 1]! : 2;
                  continue;
                case Bytecode.JumpIfTrueConstant:
                  pc += acc === StaticRoot.True ? i32[cp + u8[pc + 1]!]! >> 1 : 2;
                  continue;
                case Bytecode.JumpIfFalseConstant:
                  pc += acc === StaticRoot.False ? i32[cp + u8[pc + 1]!]! >> 1 : 2;
                  continue;
                case Bytecode.JumpIfToBooleanTrue:
                  if (acc === StaticRoot.True) {
                    pc += u8[pc + 1]!;
                    continue;
                  }
                  if (
                    acc === StaticRoot.False ||
                    acc === 0 ||
                    acc === StaticRoot.Undefined ||
                    acc === StaticRoot.Null
                  ) {
                    pc += 2;
                    continue;
                  }
                  if (
                    (acc & 1) === 0 ||
                    u16[(i32[(acc - 1) >> 2]! + Field.MapInstanceType) >> 1]! >= InstanceType.FirstJSReceiver
                  ) {
                    pc += u8[pc + 1]!;
                    continue;
                  }
                  break slow;
                case Bytecode.JumpIfToBooleanFalse:
                  if (acc === StaticRoot.True) {
                    pc += 2;
                    continue;
                  }
                  if (
                    acc === StaticRoot.False ||
                    acc === 0 ||
                    acc === StaticRoot.Undefined ||
                    acc === StaticRoot.Null
                  ) {
                    pc += u8[pc + 1]!;
                    continue;
                  }
                  if (
                    (acc & 1) === 0 ||
                    u16[(i32[(acc - 1) >> 2]! + Field.MapInstanceType) >> 1]! >= InstanceType.FirstJSReceiver
                  ) {
                    pc += 2;
                    continue;
                  }
                  break slow;
                case Bytecode.JumpIfNull:
                  pc += acc === StaticRoot.Null ? u8[pc + 1]! : 2;
                  continue;
                case Bytecode.JumpIfNotNull:
                  pc += acc !== StaticRoot.Null ? u8[pc + 1]! : 2;
                  continue;
                case Bytecode.JumpIfUndefined:
                  pc += acc === StaticRoot.Undefined ? u8[pc + 1]! : 2;
                  continue;
                case Bytecode.JumpIfNotUndefined:
                  pc += acc !== StaticRoot.Undefined ? u8[pc + 1]! : 2;
                  continue;
                case Bytecode.JumpIfUndefinedOrNull:
                  pc += acc === StaticRoot.Undefined || acc === StaticRoot.Null ? u8[pc + 1]! : 2;
                  continue;
                case Bytecode.JumpIfJSReceiver:
                  pc +=
                    (acc & 1) !== 0 &&
                    u16[(i32[(acc - 1) >> 2]! + Field.MapInstanceType) >> 1]! >= InstanceType.FirstJSReceiver
                      ? u8[pc + 1]!
                      : 2;
                  continue;
                case Bytecode.JumpIfForInDone:
                  pc += i32[fp + (i8[pc + 2]! << 1)] === i32[fp + (i8[pc + 3]! << 1)] ? u8[pc + 1]! : 4;
                  continue;
                case Bytecode.ForInStep:
                  i32[fp + (i8[pc + 1]! << 1)] = i32[fp + (i8[pc + 1]! << 1)]! + 2;
                  pc += 2;
                  continue;
                case Bytecode.JumpLoop: {
                  // Interrupts, budget and OSR urgency, else back.
                  if (sp << 2 < i32[LoopConstant.StackLimitWord]!) break slow;
                  const distance = u8[pc + 1]!;
                  const budgetWord = (i32[(i32[fp - 4]! + Field.FunctionCell) >> 2]! + Field.CellBudget) >> 2;
                  const budget = i32[budgetWord]! - distance;
                  if (budget < 0 || i32[fv - 2]! > i8[pc + 2]!) break slow;
                  i32[budgetWord] = budget;
                  pc -= distance;
                  continue;
                }
                case Bytecode.SwitchOnSmiNoFeedback: {
                  const index = (acc >> 1) - i8[pc + 3]!;
                  pc += index >= 0 && index < u8[pc + 2]! ? i32[cp + u8[pc + 1]! + index]! >> 1 : 4;
                  continue;
                }

                // --- arithmetic --------------------------------------------------------------------------------------------
                case Bytecode.Add: {
                  const value = i32[fp + (i8[pc + 1]! << 1)]!;
                  if (((value | acc) & 1) === 0) {
                    const sum = (value + acc) | 0;
                    if (((value ^ sum) & (acc ^ sum)) >= 0) {
                      i32[fv + u8[pc + 2]!] |= 2;
                      acc = sum;
                      pc += 3;
                      continue;
                    }
                  }
                  left = value;
                  right = acc;
                  operation = Bytecode.Add;
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                }
                case Bytecode.Sub: {
                  const value = i32[fp + (i8[pc + 1]! << 1)]!;
                  if (((value | acc) & 1) === 0) {
                    const difference = (value - acc) | 0;
                    if (((value ^ acc) & (value ^ difference)) >= 0) {
                      i32[fv + u8[pc + 2]!] |= 2;
                      acc = difference;
                      pc += 3;
                      continue;
                    }
                  }
                  left = value;
                  right = acc;
                  operation = Bytecode.Sub;
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                }
                case Bytecode.AddSmi: {
                  const value = i8[pc + 1]! << 1;
                  if ((acc & 1) === 0) {
                    const sum = (acc + value) | 0;
                    if (((value ^ sum) & (acc ^ sum)) >= 0) {
                      i32[fv + u8[pc + 2]!] |= 2;
                      acc = sum;
                      pc += 3;
                      continue;
                    }
                  }
                  left = acc;
                  right = value;
                  operation = Bytecode.Add;
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                }
                case Bytecode.SubSmi: {
                  const value = i8[pc + 1]! << 1;
                  if ((acc & 1) === 0) {
                    const difference = (acc - value) | 0;
                    if (((acc ^ value) & (acc ^ difference)) >= 0) {
                      i32[fv + u8[pc + 2]!] |= 2;
                      acc = difference;
                      pc += 3;
                      continue;
                    }
                  }
                  left = acc;
                  right = value;
                  operation = Bytecode.Sub;
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                }
                case Bytecode.Inc:
                  if ((acc & 1) === 0 && acc !== 0x7ffffffe) {
                    i32[fv + u8[pc + 1]!] |= 2;
                    acc = (acc + 2) | 0;
                    pc += 2;
                    continue;
                  }
                  left = acc;
                  right = 2;
                  operation = Bytecode.Add;
                  slot = fv + u8[pc + 1]!;
                  next = pc + 2;
                  if ((acc & 1) !== 0 && i32[(acc - 1) >> 2] !== StaticRoot.HeapNumberMap) break slow;
                  break arithmetic;
                case Bytecode.Dec:
                  if ((acc & 1) === 0 && acc !== -0x80000000) {
                    i32[fv + u8[pc + 1]!] |= 2;
                    acc = (acc - 2) | 0;
                    pc += 2;
                    continue;
                  }
                  left = acc;
                  right = 2;
                  operation = Bytecode.Sub;
                  slot = fv + u8[pc + 1]!;
                  next = pc + 2;
                  if ((acc & 1) !== 0 && i32[(acc - 1) >> 2] !== StaticRoot.HeapNumberMap) break slow;
                  break arithmetic;
                case Bytecode.Mul:
                  left = i32[fp + (i8[pc + 1]! << 1)]!;
                  if (
                    ((left | acc) & 1) === 0 &&
                    (left + 0x10000) >>> 0 < 0x20000 &&
                    (acc + 0x10000) >>> 0 < 0x20000 &&
                    left !== 0 &&
                    acc !== 0
                  ) {
                    i32[fv + u8[pc + 2]!] |= 2;
                    acc = Math.imul(left >> 1, acc);
                    pc += 3;
                    continue;
                  }
                  right = acc;
                  operation = Bytecode.Mul;
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                case Bytecode.MulSmi:
                  if ((acc & 1) === 0 && (acc + 0x10000) >>> 0 < 0x20000 && i8[pc + 1]! > 0) {
                    i32[fv + u8[pc + 2]!] |= 2;
                    acc = Math.imul(acc, i8[pc + 1]!);
                    pc += 3;
                    continue;
                  }
                  left = acc;
                  right = i8[pc + 1]! << 1;
                  operation = Bytecode.Mul;
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                case Bytecode.ShiftRight:
                  left = i32[fp + (i8[pc + 1]! << 1)]!;
                  if (((left | acc) & 1) === 0) {
                    i32[fv + u8[pc + 2]!] |= 2;
                    acc = ((left >> 1) >> ((acc >> 1) & 31)) << 1;
                    pc += 3;
                    continue;
                  }
                  right = acc;
                  operation = Bytecode.ShiftRight;
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                case Bytecode.ShiftRightSmi:
                  if ((acc & 1) === 0) {
                    i32[fv + u8[pc + 2]!] |= 2;
                    acc = ((acc >> 1) >> (i8[pc + 1]! & 31)) << 1;
                    pc += 3;
                    continue;
                  }
                  left = acc;
                  right = i8[pc + 1]! << 1;
                  operation = Bytecode.ShiftRight;
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                case Bytecode.Div:
                case Bytecode.Mod:
                case Bytecode.Exp:
                  left = i32[fp + (i8[pc + 1]! << 1)]!;
                  right = acc;
                  operation = u8[pc]!;
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                case Bytecode.DivSmi:
                case Bytecode.ModSmi:
                case Bytecode.ExpSmi:
                  left = acc;
                  right = i8[pc + 1]! << 1;
                  operation = u8[pc]! - (Bytecode.AddSmi - Bytecode.Add);
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                case Bytecode.BitwiseOr:
                  left = i32[fp + (i8[pc + 1]! << 1)]!;
                  if (((left | acc) & 1) === 0) {
                    i32[fv + u8[pc + 2]!] |= 2;
                    acc = left | acc;
                    pc += 3;
                    continue;
                  }
                  right = acc;
                  operation = Bytecode.BitwiseOr;
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                case Bytecode.BitwiseAnd:
                  left = i32[fp + (i8[pc + 1]! << 1)]!;
                  if (((left | acc) & 1) === 0) {
                    i32[fv + u8[pc + 2]!] |= 2;
                    acc = left & acc;
                    pc += 3;
                    continue;
                  }
                  right = acc;
                  operation = Bytecode.BitwiseAnd;
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                case Bytecode.BitwiseXor:
                  left = i32[fp + (i8[pc + 1]! << 1)]!;
                  if (((left | acc) & 1) === 0) {
                    i32[fv + u8[pc + 2]!] |= 2;
                    acc = left ^ acc;
                    pc += 3;
                    continue;
                  }
                  right = acc;
                  operation = Bytecode.BitwiseXor;
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                case Bytecode.ShiftLeft:
                case Bytecode.ShiftRightLogical:
                  left = i32[fp + (i8[pc + 1]! << 1)]!;
                  right = acc;
                  operation = u8[pc]!;
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                case Bytecode.BitwiseOrSmi:
                  if ((acc & 1) === 0) {
                    i32[fv + u8[pc + 2]!] |= 2;
                    acc |= i8[pc + 1]! << 1;
                    pc += 3;
                    continue;
                  }
                  left = acc;
                  right = i8[pc + 1]! << 1;
                  operation = Bytecode.BitwiseOr;
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                case Bytecode.BitwiseAndSmi:
                  if ((acc & 1) === 0) {
                    i32[fv + u8[pc + 2]!] |= 2;
                    acc &= i8[pc + 1]! << 1;
                    pc += 3;
                    continue;
                  }
                  left = acc;
                  right = i8[pc + 1]! << 1;
                  operation = Bytecode.BitwiseAnd;
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                case Bytecode.BitwiseXorSmi:
                case Bytecode.ShiftLeftSmi:
                case Bytecode.ShiftRightLogicalSmi:
                  left = acc;
                  right = i8[pc + 1]! << 1;
                  operation = u8[pc]! - (Bytecode.AddSmi - Bytecode.Add);
                  slot = fv + u8[pc + 2]!;
                  next = pc + 3;
                  break arithmetic;
                case Bytecode.ToNumeric:
                case Bytecode.ToNumber:
                  if ((acc & 1) === 0) i32[fv + u8[pc + 1]!] |= 2;
                  else if (i32[(acc - 1) >> 2] === StaticRoot.HeapNumberMap) i32[fv + u8[pc + 1]!] |= 14;
                  else break slow;
                  pc += 2;
                  continue;

                // --- comparisons ---------------------------------------------------------------------------------------------
                case Bytecode.TestLessThan: {
                  const value = i32[fp + (i8[pc + 1]! << 1)]!;
                  if (((value | acc) & 1) === 0) {
                    i32[fv + u8[pc + 2]!] |= 2;
                    acc = value < acc ? StaticRoot.True : StaticRoot.False;
                    pc += 3;
                    if (u8[pc] === Bytecode.JumpIfFalse) {
                      counter = (counter + 1) | 0;
                      pc += acc === StaticRoot.False ? u8[pc + 1]! : 2;
                    }
                    continue;
                  }
                  left = value;
                  break compare;
                }
                case Bytecode.TestGreaterThan: {
                  const value = i32[fp + (i8[pc + 1]! << 1)]!;
                  if (((value | acc) & 1) === 0) {
                    i32[fv + u8[pc + 2]!] |= 2;
                    acc = value > acc ? StaticRoot.True : StaticRoot.False;
                    pc += 3;
                    if (u8[pc] === Bytecode.JumpIfFalse) {
                      counter = (counter + 1) | 0;
                      pc += acc === StaticRoot.False ? u8[pc + 1]! : 2;
                    }
                    continue;
                  }
                  left = value;
                  break compare;
                }
                case Bytecode.TestLessThanOrEqual: {
                  const value = i32[fp + (i8[pc + 1]! << 1)]!;
                  if (((value | acc) & 1) === 0) {
                    i32[fv + u8[pc + 2]!] |= 2;
                    acc = value <= acc ? StaticRoot.True : StaticRoot.False;
                    pc += 3;
                    if (u8[pc] === Bytecode.JumpIfFalse) {
                      counter = (counter + 1) | 0;
                      pc += acc === StaticRoot.False ? u8[pc + 1]! : 2;
                    }
                    continue;
                  }
                  left = value;
                  break compare;
                }
                case Bytecode.TestGreaterThanOrEqual: {
                  const value = i32[fp + (i8[pc + 1]! << 1)]!;
                  if (((value | acc) & 1) === 0) {
                    i32[fv + u8[pc + 2]!] |= 2;
                    acc = value >= acc ? StaticRoot.True : StaticRoot.False;
                    pc += 3;
                    if (u8[pc] === Bytecode.JumpIfFalse) {
                      counter = (counter + 1) | 0;
                      pc += acc === StaticRoot.False ? u8[pc + 1]! : 2;
                    }
                    continue;
                  }
                  left = value;
                  break compare;
                }
                case Bytecode.TestEqual:
                case Bytecode.TestEqualStrict: {
                  const value = i32[fp + (i8[pc + 1]! << 1)]!;
                  if (((value | acc) & 1) === 0) {
                    i32[fv + u8[pc + 2]!] |= 2;
                    acc = value === acc ? StaticRoot.True : StaticRoot.False;
                    pc += 3;
                    if (u8[pc] === Bytecode.JumpIfFalse) {
                      counter = (counter + 1) | 0;
                      pc += acc === StaticRoot.False ? u8[pc + 1]! : 2;
                    }
                    continue;
                  }
                  left = value;
                  break compare;
                }

                // --- properties ----------------------------------------------------------------------------------------------
                case Bytecode.GetNamedProperty: {
                  const object = i32[fp + (i8[pc + 1]! << 1)]!;
                  if ((object & 1) === 0) break slow;
                  const ic = fv + u8[pc + 3]!;
                  if ((i32[(object - 1) >> 2]! | 2) !== i32[ic]) break slow;
                  const handler = i32[ic + 1]!;
                  if ((handler & 1) === 0) {
                    const kind = handler & 0x1ff;
                    if (kind === 40) acc = i32[(object - 1 + (handler >> 9)) >> 2]!;
                    else if (kind === 8) acc = i32[(i32[(object + Field.Properties) >> 2]! - 1 + (handler >> 9)) >> 2]!;
                    else if (kind === 18) acc = i32[(object + Field.StringLength) >> 2]! << 1;
                    else if ((kind & 0x9f) === 8) {
                      // a double field: copy the box
                      const box =
                        kind & 32
                          ? i32[(object - 1 + (handler >> 9)) >> 2]!
                          : i32[(i32[(object + Field.Properties) >> 2]! - 1 + (handler >> 9)) >> 2]!;
                      // the field may have become tagged in place
                      if ((box & 1) === 0 || i32[(box - 1) >> 2] !== StaticRoot.HeapNumberMap) break slow;
                      const top = i32[LoopConstant.NewSpaceTopWord]!;
                      if (top + 16 > i32[LoopConstant.NewSpaceLimitWord]!) break slow;
                      i32[LoopConstant.NewSpaceTopWord] = top + 16;
                      i32[top >> 2] = StaticRoot.HeapNumberMap;
                      f64[(top + 8) >> 3] = f64[(box + Field.HeapNumberValue) >> 3]!;
                      acc = top + 1;
                    } else break slow;
                    pc += 4;
                    continue;
                  }
                  // a data handler: on the prototype chain, while the validity cell holds
                  if ((handler & 3) !== 1 || i32[(handler - 1) >> 2] !== StaticRoot.FixedArrayMap) break slow;
                  const cell = i32[(handler + Field.HandlerCell) >> 2]!;
                  if (cell !== 0 && i32[(cell + Field.CellValue) >> 2] !== 0) break slow;
                  const inner = i32[(handler + Field.HandlerSmi) >> 2]!;
                  const data = i32[(handler + Field.HandlerData) >> 2]!;
                  const kind = inner & 0x1ff;
                  if (kind === 40) acc = i32[(data - 3 + (inner >> 9)) >> 2]!;
                  else if (kind === 8) acc = i32[(i32[(data - 2 + Field.Properties) >> 2]! - 1 + (inner >> 9)) >> 2]!;
                  else if (kind === 10) acc = data;
                  else break slow;
                  pc += 4;
                  continue;
                }
                case Bytecode.SetNamedProperty: {
                  const object = i32[fp + (i8[pc + 1]! << 1)]!;
                  if ((object & 1) === 0) break slow;
                  const ic = fv + u8[pc + 3]!;
                  if ((i32[(object - 1) >> 2]! | 2) !== i32[ic]) break slow;
                  const handler = i32[ic + 1]!;
                  if ((handler & 1) !== 0) break slow;
                  const kind = handler & 0x1ff;
                  let address = object - 1 + ((handler >> 9) & 0x3ff);
                  if (kind === 98) {
                    if ((acc & 1) !== 0) break slow;
                  } else if (kind === 258) {
                    address = i32[(object + Field.Properties) >> 2]! - 1 + ((handler >> 9) & 0x3ff);
                  } else if (kind !== 290) break slow;
                  i32[address >> 2] = acc;
                  if (
                    (acc & 1) !== 0 &&
                    acc < Region.NewSpaceEnd &&
                    acc >= Region.NewSpace &&
                    object >= Region.NewSpaceEnd
                  )
                    heap.rememberSlot(address);
                  pc += 4;
                  continue;
                }
                case Bytecode.GetKeyedProperty: {
                  const object = i32[fp + (i8[pc + 1]! << 1)]!;
                  if ((object & 1) === 0 || (acc & 1) !== 0) break slow;
                  const ic = fv + u8[pc + 2]!;
                  if ((i32[(object - 1) >> 2]! | 2) !== i32[ic]) break slow;
                  const handler = i32[ic + 1]!;
                  if ((handler & 0x1f) !== 0) break slow; // Smi, kind Element
                  const elements = i32[(object + Field.Elements) >> 2]!;
                  const length =
                    (handler & 32) !== 0
                      ? i32[(object + Field.ArrayLength) >> 2]!
                      : i32[(elements + Field.ElementsLength) >> 2]!;
                  if (acc >>> 0 >= length >>> 0) break slow;
                  const kind = handler >> 9;
                  if (kind < 4) {
                    const value = i32[(elements + Field.FirstElement + (acc << 1)) >> 2]!;
                    if (value === StaticRoot.TheHole) {
                      if ((handler & 64) === 0) break slow;
                      acc = StaticRoot.Undefined;
                    } else acc = value;
                  } else if (kind < 6) {
                    const address = elements + Field.FirstElement + (acc << 2);
                    if (i32[(address + 4) >> 2] === -0x80001 && i32[address >> 2] === -0x80001) break slow;
                    const top = i32[LoopConstant.NewSpaceTopWord]!;
                    if (top + 16 > i32[LoopConstant.NewSpaceLimitWord]!) break slow;
                    i32[LoopConstant.NewSpaceTopWord] = top + 16;
                    i32[top >> 2] = StaticRoot.HeapNumberMap;
                    f64[(top + 8) >> 3] = f64[address >> 3]!;
                    acc = top + 1;
                  } else break slow;
                  pc += 3;
                  continue;
                }
                case Bytecode.SetKeyedProperty: {
                  const object = i32[fp + (i8[pc + 1]! << 1)]!;
                  const key = i32[fp + (i8[pc + 2]! << 1)]!;
                  if ((object & 1) === 0 || (key & 1) !== 0) break slow;
                  const ic = fv + u8[pc + 3]!;
                  if ((i32[(object - 1) >> 2]! | 2) !== i32[ic]) break slow;
                  const handler = i32[ic + 1]!;
                  if ((handler & 0x1f) !== 0) break slow; // Smi, kind Element
                  const elements = i32[(object + Field.Elements) >> 2]!;
                  const length =
                    (handler & 32) !== 0
                      ? i32[(object + Field.ArrayLength) >> 2]!
                      : i32[(elements + Field.ElementsLength) >> 2]!;
                  if (key >>> 0 >= length >>> 0) break slow;
                  const kind = handler >> 9;
                  if (kind < 4) {
                    if (kind < 2 && (acc & 1) !== 0) break slow;
                    if (i32[(elements - 1) >> 2] !== StaticRoot.FixedArrayMap) break slow; // copy on write
                    const address = elements + Field.FirstElement + (key << 1);
                    i32[address >> 2] = acc;
                    if (
                      (acc & 1) !== 0 &&
                      acc < Region.NewSpaceEnd &&
                      acc >= Region.NewSpace &&
                      elements >= Region.NewSpaceEnd
                    )
                      heap.rememberSlot(address);
                  } else if (kind < 6) {
                    if ((acc & 1) === 0) f64[(elements + Field.FirstElement + (key << 2)) >> 3] = acc >> 1;
                    else if (i32[(acc - 1) >> 2] === StaticRoot.HeapNumberMap) {
                      const value = f64[(acc + Field.HeapNumberValue) >> 3]!;
                      if (value !== value) break slow; // canonical NaN only
                      f64[(elements + Field.FirstElement + (key << 2)) >> 3] = value;
                    } else break slow;
                  } else break slow;
                  pc += 4;
                  continue;
                }

                // --- calls -----------------------------------------------------------------------------------------------------
                case Bytecode.CallProperty0:
                  callee = i32[fp + (i8[pc + 1]! << 1)]!;
                  receiver = i32[fp + (i8[pc + 2]! << 1)]!;
                  slot = fv + u8[pc + 3]!;
                  argc = 1;
                  list = 0;
                  break call;
                case Bytecode.CallProperty1:
                  callee = i32[fp + (i8[pc + 1]! << 1)]!;
                  receiver = i32[fp + (i8[pc + 2]! << 1)]!;
                  a0 = i32[fp + (i8[pc + 3]! << 1)]!;
                  slot = fv + u8[pc + 4]!;
                  argc = 2;
                  list = 0;
                  break call;
                case Bytecode.CallProperty2:
                  callee = i32[fp + (i8[pc + 1]! << 1)]!;
                  receiver = i32[fp + (i8[pc + 2]! << 1)]!;
                  a0 = i32[fp + (i8[pc + 3]! << 1)]!;
                  a1 = i32[fp + (i8[pc + 4]! << 1)]!;
                  slot = fv + u8[pc + 5]!;
                  argc = 3;
                  list = 0;
                  break call;
                case Bytecode.CallProperty:
                case Bytecode.CallAnyReceiver:
                  callee = i32[fp + (i8[pc + 1]! << 1)]!;
                  list = fp + (i8[pc + 2]! << 1);
                  receiver = i32[list]!;
                  list -= 2;
                  argc = u8[pc + 3]!;
                  slot = fv + u8[pc + 4]!;
                  break call;
                case Bytecode.CallUndefinedReceiver0:
                  callee = i32[fp + (i8[pc + 1]! << 1)]!;
                  receiver = StaticRoot.Undefined;
                  slot = fv + u8[pc + 2]!;
                  argc = 1;
                  list = 0;
                  break call;
                case Bytecode.CallUndefinedReceiver1:
                  callee = i32[fp + (i8[pc + 1]! << 1)]!;
                  receiver = StaticRoot.Undefined;
                  a0 = i32[fp + (i8[pc + 2]! << 1)]!;
                  slot = fv + u8[pc + 3]!;
                  argc = 2;
                  list = 0;
                  break call;
                case Bytecode.CallUndefinedReceiver2:
                  callee = i32[fp + (i8[pc + 1]! << 1)]!;
                  receiver = StaticRoot.Undefined;
                  a0 = i32[fp + (i8[pc + 2]! << 1)]!;
                  a1 = i32[fp + (i8[pc + 3]! << 1)]!;
                  slot = fv + u8[pc + 4]!;
                  argc = 3;
                  list = 0;
                  break call;
                case Bytecode.CallUndefinedReceiver:
                  callee = i32[fp + (i8[pc + 1]! << 1)]!;
                  receiver = StaticRoot.Undefined;
                  list = fp + (i8[pc + 2]! << 1);
                  argc = u8[pc + 3]! + 1;
                  slot = fv + u8[pc + 4]!;
                  break call;

                case Bytecode.Return: {
                  const bytecodes = i32[fp - 8]!;
                  const budgetWord = (i32[(i32[fp - 4]! + Field.FunctionCell) >> 2]! + Field.CellBudget) >> 2;
                  const budget = i32[budgetWord]! - (pc - bytecodes - LoopConstant.BytecodesBias);
                  if (budget < 0 || i32[fp + 2] !== LoopConstant.InterpreterEntryReturn) break slow;
                  i32[budgetWord] = budget;
                  const formal = i32[(bytecodes + Field.BytecodeParameterCount) >> 2]!;
                  const actual = i32[fp - 6]!;
                  sp = fp + 4 + ((actual > formal ? actual : formal) << 1);
                  fp = i32[fp] >> 2;
                  const caller = i32[fp - 8]!;
                  pc = caller + (i32[fp - 10]! >> 1);
                  const bytecode = u8[pc]!;
                  if (bytecode < Bytecode.Ldar) {
                    // a prefix or a breakpoint
                    this.pc = pc;
                    this.advance();
                    pc = this.pc;
                  } else pc += sizes[bytecode]!;
                  cp = (i32[(caller + Field.BytecodeConstants) >> 2]! + Field.FirstElement) >> 2;
                  const vector = i32[fp - 12]!;
                  fv = vector === StaticRoot.Undefined ? LoopConstant.NoFeedback : (vector + 39) >> 2;
                  continue;
                }

                // --- large immediates ------------------------------------------------------------------------------------------
                case Bytecode.Wide: {
                  const bytecode = u8[pc + 1]!;
                  const immediate = view.getInt16(pc + 2, true);
                  if (bytecode === Bytecode.LdaSmi) {
                    acc = immediate << 1;
                    pc += 4;
                    continue;
                  }
                  if (bytecode < Bytecode.AddSmi || bytecode > Bytecode.ShiftRightLogicalSmi) break slow;
                  if (bytecode === Bytecode.BitwiseAndSmi && (acc & 1) === 0) {
                    i32[fv + view.getUint16(pc + 4, true)] |= 2;
                    acc &= immediate << 1;
                    pc += 6;
                    continue;
                  }
                  left = acc;
                  right = immediate << 1;
                  operation = bytecode - (Bytecode.AddSmi - Bytecode.Add);
                  slot = fv + view.getUint16(pc + 4, true);
                  next = pc + 6;
                  break arithmetic;
                }
                case Bytecode.ExtraWide: {
                  const bytecode = u8[pc + 1]!;
                  const immediate = view.getInt32(pc + 2, true);
                  if (bytecode === Bytecode.LdaSmi) {
                    acc = immediate << 1;
                    pc += 6;
                    continue;
                  }
                  if (bytecode < Bytecode.AddSmi || bytecode > Bytecode.ShiftRightLogicalSmi) break slow;
                  if (bytecode === Bytecode.BitwiseAndSmi && (acc & 1) === 0) {
                    i32[fv + view.getUint16(pc + 6, true)] |= 2;
                    acc &= immediate << 1;
                    pc += 10;
                    continue;
                  }
                  left = acc;
                  right = immediate << 1;
                  operation = bytecode - (Bytecode.AddSmi - Bytecode.Add);
                  slot = fv + view.getUint16(pc + 6, true);
                  next = pc + 10;
                  break arithmetic;
                }

                default:
                  break slow;
              }
            } // arithmetic: left, right (Smis or heap numbers, else slow), operation, slot, next
            let x = 0.5;
            let y = 0.5;
            if ((left & 1) === 0) x = left >> 1;
            else if (i32[(left - 1) >> 2] === StaticRoot.HeapNumberMap) x = f64[(left + Field.HeapNumberValue) >> 3]!;
            else break slow;
            if ((right & 1) === 0) y = right >> 1;
            else if (i32[(right - 1) >> 2] === StaticRoot.HeapNumberMap) y = f64[(right + Field.HeapNumberValue) >> 3]!;
            else break slow;
            const smis = ((left | right) & 1) === 0;
            let feedback = 14; // Number
            let bits = 0;
            switch (operation) {
              case Bytecode.Add:
                x = x + y;
                break;
              case Bytecode.Sub:
                x = x - y;
                break;
              case Bytecode.Mul:
                x = x * y;
                if (smis) {
                  bits = x | 0;
                  if (bits === x && (bits << 1) >> 1 === bits && (bits !== 0 || (left | right) >= 0)) {
                    i32[slot] |= 2;
                    acc = bits << 1;
                    pc = next;
                    continue;
                  }
                }
                break;
              case Bytecode.Div:
                if (smis) {
                  const quotient = x / y;
                  bits = quotient | 0;
                  if (bits === quotient && (bits << 1) >> 1 === bits && (bits !== 0 || right > 0)) {
                    i32[slot] |= 2;
                    acc = bits << 1;
                    pc = next;
                    continue;
                  }
                  feedback = 6; // SignedSmallInputs
                  x = quotient;
                } else x = x / y;
                break;
              case Bytecode.Mod:
                if (smis && right > 0 && left >= 0) {
                  i32[slot] |= 2;
                  acc = (left % right) | 0;
                  pc = next;
                  continue;
                }
                if (smis && right !== 0) {
                  bits = ((left >> 1) % (right >> 1)) | 0;
                  if (bits !== 0) {
                    i32[slot] |= 2;
                    acc = bits << 1;
                    pc = next;
                    continue;
                  }
                }
                x = x % y;
                break;
              case Bytecode.Exp:
                x = x ** y;
                break;
              default: {
                const a = x | 0;
                const b = y | 0;
                let large = -1.5;
                if (operation === Bytecode.BitwiseOr) bits = a | b;
                else if (operation === Bytecode.BitwiseXor) bits = a ^ b;
                else if (operation === Bytecode.BitwiseAnd) bits = a & b;
                else if (operation === Bytecode.ShiftLeft) bits = a << (b & 31);
                else if (operation === Bytecode.ShiftRight) bits = a >> (b & 31);
                else {
                  bits = (a >>> (b & 31)) | 0;
                  large = a >>> (b & 31);
                }
                if ((bits << 1) >> 1 === bits && (large < 0 || bits >= 0)) {
                  i32[slot] |= smis ? 2 : 14;
                  acc = bits << 1;
                  pc = next;
                  continue;
                }
                x = large < 0 ? bits : large;
              }
            }
            const top = i32[LoopConstant.NewSpaceTopWord]!;
            if (top + 16 > i32[LoopConstant.NewSpaceLimitWord]!) break slow;
            i32[LoopConstant.NewSpaceTopWord] = top + 16;
            i32[top >> 2] = StaticRoot.HeapNumberMap;
            f64[(top + 8) >> 3] = x;
            acc = top + 1;
            i32[slot] |= feedback;
            pc = next;
            continue;
          } // compare: left with the accumulator, at least one not a Smi
          let x = 0.5;
          let y = 0.5;
          if ((left & 1) === 0) x = left >> 1;
          else if (i32[(left - 1) >> 2] === StaticRoot.HeapNumberMap) x = f64[(left + Field.HeapNumberValue) >> 3]!;
          else break slow;
          if ((acc & 1) === 0) y = acc >> 1;
          else if (i32[(acc - 1) >> 2] === StaticRoot.HeapNumberMap) y = f64[(acc + Field.HeapNumberValue) >> 3]!;
          else break slow;
          let holds = false;
          switch (u8[pc]) {
            case Bytecode.TestLessThan:
              holds = x < y;
              break;
            case Bytecode.TestGreaterThan:
              holds = x > y;
              break;
            case Bytecode.TestLessThanOrEqual:
              holds = x <= y;
              break;
            case Bytecode.TestGreaterThanOrEqual:
              holds = x >= y;
              break;
            default:
              holds = x === y;
          }
          acc = holds ? StaticRoot.True : StaticRoot.False;
          i32[fv + u8[pc + 2]!] |= 6; // Number
          pc += 3;
          continue;
        } // call: callee, receiver, argc with receiver, arguments a0 a1 or from `list` down, feedback slot
        if ((callee & 1) === 0) break slow;
        if (u16[(i32[(callee - 1) >> 2]! + Field.MapInstanceType) >> 1] !== InstanceType.JSFunction) break slow;
        const shared = i32[(callee + Field.FunctionShared) >> 2]!;
        const data = i32[(shared + Field.SharedData) >> 2]!;
        if ((data & 1) === 0) {
          // a host builtin
          i32[slot + 1] = i32[slot + 1]! + 8;
          if (i32[slot] !== (callee | 2) && fv !== LoopConstant.NoFeedback)
            noteCall(heap, slot, callee, i32[fp + FrameWord.FeedbackVector]!);
          i32[fp - 10] = (pc - i32[fp - 8]!) << 1;
          i32[LoopConstant.CEntryFpWord] = fp << 2;
          i32[LoopConstant.BytecodeCountWord] = counter;
          const total = argc;
          const base = sp - (total << 1);
          if (base << 2 < LoopConstant.HardStackLimit) break slow;
          i32[base] = receiver;
          i32[base + 1] = LoopConstant.CageHi;
          if (list !== 0) {
            for (let i = 1, to = base + 2; i < argc; i++, to += 2, list -= 2) {
              i32[to] = i32[list]!;
              i32[to + 1] = LoopConstant.CageHi;
            }
          } else if (argc > 1) {
            i32[base + 2] = a0;
            i32[base + 3] = LoopConstant.CageHi;
            if (argc > 2) {
              i32[base + 4] = a1;
              i32[base + 5] = LoopConstant.CageHi;
            }
          }
          acc = callHostBuiltin(
            rt,
            data >> 1,
            callee,
            StaticRoot.Undefined,
            argc,
            base,
            fp,
            LoopConstant.InterpreterEntryReturn,
          );
          i32[LoopConstant.CEntryFpWord] = 0;
          pc += sizes[u8[pc]!]!;
          continue;
        }
        if (
          i32[(callee + Field.FunctionCode) >> 2] !== trampoline ||
          i32[(data - 1) >> 2] !== StaticRoot.BytecodeArrayMap
        )
          break slow;
        if ((i32[(shared + Field.SharedFlags) >> 2]! & strictOrNative) === 0) {
          if (receiver === StaticRoot.Undefined) receiver = this.globalProxy;
          else if (
            (receiver & 1) === 0 ||
            u16[(i32[(receiver - 1) >> 2]! + Field.MapInstanceType) >> 1]! < InstanceType.FirstJSReceiver
          )
            break slow;
        }
        const cell = i32[(callee + Field.FunctionCell) >> 2]!;
        const vector = i32[(cell + Field.CellValue) >> 2]!;
        const hasVector = i32[(vector - 1) >> 2] === StaticRoot.FeedbackVectorMap;
        if (hasVector && (i32[(vector + Field.VectorFlags) >> 2]! & tieringMask) !== 0) break slow;
        const formal = i32[(data + Field.BytecodeParameterCount) >> 2]!;
        const total = argc > formal ? argc : formal;
        const base = sp - (total << 1);
        const frameWords = i32[(data + Field.BytecodeFrameSize) >> 2]! >> 2;
        const newSp = base - 16 - frameWords;
        if (newSp << 2 < LoopConstant.HardStackLimit) break slow;
        i32[slot + 1] = i32[slot + 1]! + 8;
        if (i32[slot] !== (callee | 2) && fv !== LoopConstant.NoFeedback)
          noteCall(heap, slot, callee, i32[fp + FrameWord.FeedbackVector]!);
        i32[base] = receiver;
        i32[base + 1] = LoopConstant.CageHi;
        if (list !== 0) {
          for (let i = 1, to = base + 2; i < argc; i++, to += 2, list -= 2) {
            i32[to] = i32[list]!;
            i32[to + 1] = LoopConstant.CageHi;
          }
        } else if (argc > 1) {
          i32[base + 2] = a0;
          i32[base + 3] = LoopConstant.CageHi;
          if (argc > 2) {
            i32[base + 4] = a1;
            i32[base + 5] = LoopConstant.CageHi;
          }
        }
        for (let i = argc; i < formal; i++) f64[(base >> 1) + i] = undefinedSlot;
        i32[fp - 10] = (pc - i32[fp - 8]!) << 1;
        i32[base - 2] = LoopConstant.InterpreterEntryReturn;
        i32[base - 1] = LoopConstant.CageHi;
        i32[base - 4] = fp << 2;
        i32[base - 3] = LoopConstant.CageHi;
        fp = base - 4;
        i32[fp - 2] = i32[(callee + Field.FunctionContext) >> 2]!;
        i32[fp - 1] = LoopConstant.CageHi;
        i32[fp - 4] = callee;
        i32[fp - 3] = LoopConstant.CageHi;
        i32[fp - 6] = argc;
        i32[fp - 5] = 0;
        i32[fp - 8] = data;
        i32[fp - 7] = LoopConstant.CageHi;
        i32[fp - 10] = LoopConstant.InitialBytecodeOffset;
        i32[fp - 9] = LoopConstant.CageHi;
        i32[fp - 11] = LoopConstant.CageHi;
        if (hasVector) {
          i32[fp - 12] = vector;
          fv = (vector + 39) >> 2;
          i32[(vector + Field.VectorInvocationCount) >> 2] = i32[(vector + Field.VectorInvocationCount) >> 2]! + 1;
        } else {
          i32[fp - 12] = StaticRoot.Undefined;
          fv = LoopConstant.NoFeedback;
        }
        for (let at = (fp - 14) >> 1, end = newSp >> 1; at >= end; at--) f64[at] = undefinedSlot;
        sp = newSp;
        pc = data + LoopConstant.BytecodesBias;
        cp = (i32[(data + Field.BytecodeConstants) >> 2]! + Field.FirstElement) >> 2;
        acc = StaticRoot.Undefined;
        if (sp << 2 >= i32[LoopConstant.StackLimitWord]!) continue;
        entering = true;
      } // slow: the bytecode at pc by its handler; `entering`: the stack check of the new frame first
      this.fp = fp;
      this.sp = sp;
      this.pc = pc;
      this.acc = acc;
      this.fv = fv;
      this.cp = cp;
      i32[LoopConstant.BytecodeCountWord] = counter;
      const result = entering ? this.enter() : this.slow();
      entering = false;
      if (result === Next.Leave) return Next.Leave;
      if (this.stepping) {
        this.stepLoop();
        return Next.Leave;
      }
      if ((++this.slowPaths & 31) === 0) return Next.Continue;
      fp = this.fp;
      sp = this.sp;
      pc = this.pc;
      acc = this.acc;
      fv = this.fv;
      cp = this.cp;
      counter = i32[LoopConstant.BytecodeCountWord]!;
    }
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
