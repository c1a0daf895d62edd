// Handlers of loads and moves, jumps, switches, throws, generators and safepoints.

import { REGISTER_FILE_START } from '../../bytecode/index.ts';
import { bytecodesBias, FrameWord } from '../../frames/index.ts';
import { elementAt, IsolateData, type Tagged } from '../../heap/index.ts';
import {
  BytecodeArray,
  FeedbackCell,
  FeedbackVector,
  FixedArray,
  GeneratorState,
  JSFunction,
  JSGeneratorObject,
  StaticRoot,
} from '../../objects/index.ts';
import {
  isConstructor,
  throwNotSuperConstructor,
  throwReferenceError,
  toBoolean,
  toHost,
} from '../../runtime/index.ts';
import { noFeedback, pendingExceptionWord, stackLimitWord } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { Next } from '../next.ts';
import { unwind } from '../unwind.ts';
import { isReceiver, returnFromFrame } from './returns.ts';

type Handler = (t: Interpreter) => Next;

// --- loads and moves ---------------------------------------------------------------------------------------------------------

export const Ldar: Handler = (t) => {
  t.acc = t.reg(t.ops[0]!);
  return Next.Continue;
};
export const load =
  (word: Tagged): Handler =>
  (t) => {
    t.acc = word;
    return Next.Continue;
  };
export const LdaSmi: Handler = (t) => {
  t.acc = t.ops[0]! << 1;
  return Next.Continue;
};
export const LdaConstant: Handler = (t) => {
  t.acc = t.constant(t.ops[0]!);
  return Next.Continue;
};
export const Star: Handler = (t) => {
  t.setReg(t.ops[0]!, t.acc);
  return Next.Continue;
};
export const shortStar =
  (index: number): Handler =>
  (t) => {
    t.setReg(REGISTER_FILE_START - index, t.acc);
    return Next.Continue;
  };
export const Mov: Handler = (t) => {
  t.setReg(t.ops[1]!, t.reg(t.ops[0]!));
  return Next.Continue;
};

// --- jumps ---------------------------------------------------------------------------------------------------------------------

/** FeedbackVector.OsrState, in words from the first slot. */
const osrStateWord = (FeedbackVector.OsrState - FeedbackVector.Slots) / 4;

const jumpTo = (t: Interpreter, distance: number): Next => {
  t.pc = t.opcodePc + distance;
  return Next.Continue;
};

/** A forward jump with its condition; `constant`: the distance is in the constant pool. */
export const jump =
  (condition: (t: Interpreter) => boolean, constant: boolean): Handler =>
  (t) =>
    condition(t) ? jumpTo(t, constant ? t.constant(t.ops[0]!) >> 1 : t.ops[0]!) : Next.Continue;

export const always = (): boolean => true;
export const isTrue = (t: Interpreter): boolean => t.acc === StaticRoot.True;
export const isFalse = (t: Interpreter): boolean => t.acc === StaticRoot.False;
export const isNull = (t: Interpreter): boolean => t.acc === StaticRoot.Null;
export const isNotNull = (t: Interpreter): boolean => t.acc !== StaticRoot.Null;
export const isUndefined = (t: Interpreter): boolean => t.acc === StaticRoot.Undefined;
export const isNotUndefined = (t: Interpreter): boolean => t.acc !== StaticRoot.Undefined;
export const isNullish = (t: Interpreter): boolean => t.acc === StaticRoot.Undefined || t.acc === StaticRoot.Null;
export const isAccReceiver = (t: Interpreter): boolean => isReceiver(t, t.acc);
export const truthy = (t: Interpreter): boolean => toBoolean(t.rt, t.acc);
export const falsy = (t: Interpreter): boolean => !toBoolean(t.rt, t.acc);
export const forInDone = (t: Interpreter): boolean => t.reg(t.ops[1]!) === t.reg(t.ops[2]!);

/** Takes `weight` (bytes of bytecode executed, the jump or return itself included) from the function's interrupt budget; asks the isolate when it runs out. May collect. */
const spendBudget = (t: Interpreter, weight: number): void => {
  const heap = t.heap;
  const fn = t.closure;
  const cell = heap.get(fn, JSFunction.FeedbackCell);
  const budget = heap.getI32(cell, FeedbackCell.InterruptBudget) - weight;
  if (budget >= 0) {
    heap.setI32(cell, FeedbackCell.InterruptBudget, budget);
    return;
  }
  t.hooks.budgetInterrupt(fn);
  // the frame may have got its feedback vector just now
  const vector = heap.get(heap.get(t.closure, JSFunction.FeedbackCell), FeedbackCell.Value);
  if (t.fv === noFeedback && heap.i32[(vector - 1) >> 2] === StaticRoot.FeedbackVectorMap) {
    heap.i32[t.fp + FrameWord.FeedbackVector] = vector;
    t.fv = (vector - 1 + FeedbackVector.Slots) >> 2;
  }
};

export const JumpLoop: Handler = (t) => {
  const distance = t.ops[0]!;
  const depth = t.ops[1]!;
  const heap = t.heap;
  const opcode = t.opcodePc;
  if (t.sp << 2 < heap.i32[stackLimitWord]!) t.hooks.stackGuard();
  spendBudget(t, distance + t.pc - opcode);
  if (t.fv !== noFeedback && heap.i32[t.fv + osrStateWord]! > depth) {
    // of the bytecode with its prefix, as the compiler counts
    const offset = (heap.i32[t.fp + FrameWord.BytecodeOffset]! >> 1) - bytecodesBias;
    if (t.hooks.tryOsr(t.closure, offset, depth)) return Next.Leave;
  }
  t.pc = opcode - distance;
  return Next.Continue;
};

export const Return: Handler = (t) => {
  const scope = t.heap.openHandles();
  const result = t.heap.handle(t.acc);
  spendBudget(t, t.pc - t.heap.i32[t.fp + FrameWord.BytecodeArray]! - bytecodesBias);
  t.acc = t.heap.deref(result);
  t.heap.closeHandles(scope);
  return returnFromFrame(t);
};

export const SwitchOnSmiNoFeedback: Handler = (t) => {
  const index = (t.acc >> 1) - t.ops[2]!;
  if (index < 0 || index >= t.ops[1]!) return Next.Continue;
  return jumpTo(t, t.constant(t.ops[0]! + index) >> 1);
};

// --- throws ----------------------------------------------------------------------------------------------------------------------

const throwAccumulator: Handler = (t) => {
  // where the throw happened
  t.heap.i32[pendingExceptionWord] = t.acc;
  t.pc = t.opcodePc;
  return unwind(t);
};
export const Throw: Handler = throwAccumulator;
export const ReThrow: Handler = (t) => {
  t.rt.isRethrown = true;
  return throwAccumulator(t);
};

export const ThrowReferenceErrorIfHole: Handler = (t) => {
  if (t.acc === StaticRoot.TheHole)
    throwReferenceError(t.rt, 'AccessedUninitializedVariable', toHost(t.rt, t.constant(t.ops[0]!)));
  return Next.Continue;
};
export const ThrowSuperNotCalledIfHole: Handler = (t) => {
  if (t.acc === StaticRoot.TheHole) throwReferenceError(t.rt, 'SuperNotCalled');
  return Next.Continue;
};
export const ThrowSuperAlreadyCalledIfNotHole: Handler = (t) => {
  if (t.acc !== StaticRoot.TheHole) throwReferenceError(t.rt, 'SuperAlreadyCalled');
  return Next.Continue;
};
export const ThrowIfNotSuperConstructor: Handler = (t) => {
  const constructor = t.reg(t.ops[0]!);
  if (!isConstructor(t.rt, constructor)) {
    throwNotSuperConstructor(t.rt, constructor, t.closure);
  }
  return Next.Continue;
};
export const SetPendingMessage: Handler = (t) => {
  const previous = t.heap.readIsolateWord(IsolateData.PendingMessage);
  t.heap.isolateWord(IsolateData.PendingMessage, t.acc);
  t.acc = previous;
  return Next.Continue;
};
export const Abort: Handler = (t) => {
  throw new Error(`bytecode Abort(${t.ops[0]}) reached`);
};
export const Illegal: Handler = (t) => {
  throw new Error(`illegal bytecode ${t.heap.u8[t.opcodePc]} at 0x${t.opcodePc.toString(16)}`);
};
export const Debugger: Handler = (t) => {
  t.hooks.debuggerStatement();
  return Next.Continue;
};
export const nothing: Handler = () => Next.Continue;

// --- generators --------------------------------------------------------------------------------------------------------------------

export const SwitchOnGeneratorState: Handler = (t) => {
  const generator = t.reg(t.ops[0]!);
  if (generator === StaticRoot.Undefined) return Next.Continue;
  const heap = t.heap;
  const state = heap.get(generator, JSGeneratorObject.Continuation) >> 1;
  heap.set(generator, JSGeneratorObject.Continuation, GeneratorState.Executing << 1);
  heap.i32[t.fp + FrameWord.Context] = heap.get(generator, JSGeneratorObject.Context);
  return jumpTo(t, t.constant(t.ops[1]! + state) >> 1);
};

/** Returns; unlike Return, it spends nothing of the interrupt budget. */
export const SuspendGenerator: Handler = (t) => {
  const heap = t.heap;
  const generator = t.reg(t.ops[0]!);
  const count = t.ops[2]!;
  const saved = heap.get(generator, JSGeneratorObject.ParametersAndRegisters);
  const parameters = heap.getI32(heap.i32[t.fp + FrameWord.BytecodeArray]!, BytecodeArray.ParameterCount) - 1;
  for (let i = 0; i < parameters; i++) {
    heap.setElement(saved, FixedArray.Elements, i, heap.i32[t.fp + FrameWord.FirstArgument + 2 * i]!);
  }
  for (let i = 0; i < count; i++) {
    heap.setElement(saved, FixedArray.Elements, parameters + i, t.reg(t.ops[1]! - i));
  }
  heap.set(generator, JSGeneratorObject.Context, t.context);
  heap.set(generator, JSGeneratorObject.Continuation, t.ops[3]! << 1);
  heap.set(generator, JSGeneratorObject.InputOrDebugPos, heap.i32[t.fp + FrameWord.BytecodeOffset]!);
  return returnFromFrame(t);
};

export const ResumeGenerator: Handler = (t) => {
  const heap = t.heap;
  const generator = t.reg(t.ops[0]!);
  const count = t.ops[2]!;
  const saved = heap.get(generator, JSGeneratorObject.ParametersAndRegisters);
  const parameters = heap.getI32(heap.i32[t.fp + FrameWord.BytecodeArray]!, BytecodeArray.ParameterCount) - 1;
  for (let i = 0; i < count; i++) {
    const field = elementAt(FixedArray.Elements, parameters + i);
    t.setReg(t.ops[1]! - i, heap.get(saved, field));
    heap.set(saved, field, StaticRoot.StaleRegister);
  }
  t.acc = heap.get(generator, JSGeneratorObject.InputOrDebugPos);
  return Next.Continue;
};
