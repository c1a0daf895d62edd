// Calls off the loop's fast path: lazy compilation, optimized callees, bound functions, proxies, class constructors.
//
// Order: `beginCall` writes the call record and pushes the arguments; `callValue` finds what to call, which may compile and
// collect (the record and the arguments are roots); `enterFunction` gives the callee its frame.

import { arraySite, noteCall, noteConstruct } from '../../feedback/index.ts';
import {
  CpuWord,
  FrameWord,
  leaveHost,
  pushBuiltinExitFrame,
  pushInterpretedFrame,
  pushReturnAddress,
  writeCpu,
} from '../../frames/index.ts';
import type { Tagged } from '../../heap/index.ts';
import {
  BytecodeArray,
  Code,
  FeedbackCell,
  FeedbackVector,
  FeedbackVectorFlags,
  FixedArray,
  InstanceType,
  JSBoundFunction,
  JSFunction,
  MapObject,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
} from '../../objects/index.ts';
import {
  convertReceiver,
  isCallable,
  type Runtime,
  throwCalledNonCallable,
  throwRangeError,
  throwTypeError,
} from '../../runtime/index.ts';
import { hardStackLimit, interpreterEntryReturn, noFeedback, stackLimitWord } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { Next } from '../next.ts';
import { proxyCall } from './proxies.ts';

export const instanceType = (t: Interpreter, value: Tagged): number =>
  t.heap.u16[(t.heap.i32[(value - 1) >> 2]! + MapObject.InstanceType - 1) >> 1]!;

export const isFunctionType = (type: number): boolean =>
  type >= InstanceType.FirstJSFunction && type <= InstanceType.LastJSFunction;

export const stackOverflow = (rt: Runtime): never => throwRangeError(rt, 'StackOverflow');

// --- before the call -------------------------------------------------------------------------------------------------------

/** Room in the call record for `count` arguments, all of which are to be set at once. */
export const reserveArguments = (
  t: Interpreter,
  callee: Tagged,
  newTarget: Tagged,
  receiver: Tagged,
  count: number,
): void => {
  const { call } = t;
  if ((call.sp - ((count + 1) << 1)) << 2 < hardStackLimit) stackOverflow(t.rt);
  call.reserve(callee, newTarget, receiver, count);
};

/** A call from the current frame, or with `newTarget` a construction. */
export const beginCall = (
  t: Interpreter,
  callee: Tagged,
  receiver: Tagged,
  count: number,
  newTarget: Tagged = StaticRoot.Undefined,
): void => {
  t.call.from(interpreterEntryReturn, t.fp, t.sp);
  reserveArguments(t, callee, newTarget, receiver, count);
};

/** Sets `count` arguments from `at` on: the registers from operand `first`. */
export const pushRegisters = (t: Interpreter, first: number, count: number, at: number): void => {
  const { i32 } = t.heap;
  for (let i = 0, word = t.fp + (first << 1); i < count; i++, word -= 2) t.call.setArgument(at + i, i32[word]!);
};

/** Call feedback: count and target. */
export const recordCall = (t: Interpreter, slot: number, target: Tagged): void => {
  if (slot < 0 || t.fv === noFeedback) return;
  const word = t.fv + slot;
  t.heap.i32[word + 1] = t.heap.i32[word + 1]! + 8;
  noteCall(t.rt, word, target, t.vector);
};

/** The same for a construct call. Answers the allocation site that the slot holds for Array, or 0. */
export const recordConstruct = (t: Interpreter, slot: number, target: Tagged, newTarget: Tagged): Tagged => {
  if (slot < 0 || t.fv === noFeedback) return 0;
  const word = t.fv + slot;
  t.heap.i32[word + 1] = t.heap.i32[word + 1]! + 8;
  noteConstruct(t.rt, word, target, newTarget, t.vector);
  return arraySite(t.heap, t.heap.i32[word]!);
};

/** Makes the call from the current frame, which goes on behind its bytecode. */
export const callFromFrame = (t: Interpreter, make: (t: Interpreter) => Next): Next => {
  const { fp, pc } = t;
  const result = make(t);
  if (t.fp === fp && result === Next.Continue) t.pc = pc;
  return result;
};

// --- the callee ------------------------------------------------------------------------------------------------------------

/** Compiles the callee, a function, and installs or drops code, as it wants. May collect. */
export const prepareFunction = (t: Interpreter): void => {
  const { heap, call } = t;
  const fn = call.callee;
  const data = heap.get(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.FunctionData);
  if ((data & 1) === 0) return;
  if (heap.i32[(data - 1) >> 2] !== StaticRoot.BytecodeArrayMap) t.hooks.compileLazy(fn);
  const vector = heap.get(heap.get(call.callee, JSFunction.FeedbackCell), FeedbackCell.Value);
  if (heap.i32[(vector - 1) >> 2] !== StaticRoot.FeedbackVectorMap) return;
  const attention = FeedbackVectorFlags.TieringStateMask | FeedbackVectorFlags.MaybeHasOptimizedCode;
  if ((heap.getI32(vector, FeedbackVector.Flags) & attention) !== 0) t.hooks.tierUp(call.callee);
};

/** A function of another realm runs nested, so that its end is the way back to this one. */
export const isForeign = (t: Interpreter, fn: Tagged): boolean =>
  (fn & 1) !== 0 && isFunctionType(instanceType(t, fn)) && t.rt.isForeign(fn);

/** Puts a bound function's arguments before the others. */
export const prependBoundArguments = (t: Interpreter, bound: Tagged): void => {
  const { heap, call } = t;
  const bounds = heap.get(bound, JSBoundFunction.BoundArguments);
  const count = heap.get(bounds, FixedArray.Length) >> 1;
  if (count === 0) return;
  if ((call.base - (count << 1)) << 2 < hardStackLimit) stackOverflow(t.rt);
  call.prepend(count);
  for (let i = 0; i < count; i++) call.setArgument(i, heap.getElement(bounds, FixedArray.Elements, i));
};

/** [[Call]] of what stands in the call record: any value. */
export const callValue = (t: Interpreter): Next => {
  const { heap, rt, call } = t;
  for (;;) {
    if (rt.hasRealms && isForeign(t, call.callee)) {
      const { callee, receiver } = call;
      t.acc = rt.hooks.call(callee, receiver, call.takeArguments());
      return Next.Continue;
    }
    const { callee } = call;
    if ((callee & 1) === 0) return throwCalledNonCallable(rt, callee);
    const type = instanceType(t, callee);
    if (isFunctionType(type)) {
      prepareFunction(t);
      if (type !== InstanceType.JSClassConstructor) return enterFunction(t);
      return throwTypeError(rt, 'ConstructorNonCallable', nameOf(t, call.callee));
    }
    if (type === InstanceType.JSBoundFunction) {
      call.receiver = heap.get(callee, JSBoundFunction.BoundThis);
      prependBoundArguments(t, callee);
      call.callee = heap.get(callee, JSBoundFunction.BoundTarget);
      continue;
    }
    if (type === InstanceType.JSProxy && isCallable(rt, callee)) {
      t.acc = proxyCall(rt, callee, call.receiver, call.takeArguments());
      return Next.Continue;
    }
    return throwCalledNonCallable(rt, callee);
  }
};

const nameOf = (t: Interpreter, fn: Tagged): Tagged =>
  t.heap.get(t.heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Name);

// --- entering it -----------------------------------------------------------------------------------------------------------

const isSloppyCall = (flags: number, newTarget: Tagged): boolean =>
  (flags & (SharedFunctionFlags.Strict | SharedFunctionFlags.Native)) === 0 && newTarget === StaticRoot.Undefined;

/**
 * Calls the prepared JSFunction of the call record: a builtin runs to its end (result in `acc`), an interpreted callee becomes the
 * current frame, an optimized one is left for.
 */
export const enterFunction = (t: Interpreter): Next => {
  const { heap, call } = t;
  const fn = call.callee;
  const argc = call.argumentCount;
  const shared = heap.get(fn, JSFunction.SharedFunctionInfo);
  const data = heap.get(shared, SharedFunctionInfo.FunctionData);
  if (isSloppyCall(heap.getI32(shared, SharedFunctionInfo.Flags), call.newTarget))
    call.receiver = convertReceiver(t.rt, call.receiver);
  if ((data & 1) === 0) {
    if (call.base << 2 < hardStackLimit) stackOverflow(t.rt);
    t.acc = callHostBuiltin(t, data >> 1);
    return Next.Continue;
  }
  const formal = heap.getI32(data, BytecodeArray.ParameterCount);
  const slots = Math.max(argc, formal);
  if ((call.sp - (slots << 1) - 16) * 4 - heap.getI32(data, BytecodeArray.FrameSize) < hardStackLimit)
    stackOverflow(t.rt);
  call.pad(slots);
  const code = heap.get(fn, JSFunction.Code);
  if (code === t.trampoline || heap.getI32(code, Code.BuiltinId) >= 0 || t.staysInBytecode) return enterInterpreted(t);
  return leaveForCode(t, code);
};

/** The interpreted callee's frame becomes the current one. */
const pushCalleeFrame = (t: Interpreter): void => {
  const { i32 } = t.heap;
  t.loadFrame(pushInterpretedFrame(t.heap, t.call));
  t.acc = StaticRoot.Undefined;
  if (t.fv !== noFeedback) i32[t.fv + invocationCount] = i32[t.fv + invocationCount]! + 1;
};

const enterInterpreted = (t: Interpreter): Next => {
  const { heap } = t;
  pushCalleeFrame(t);
  if (t.sp << 2 < heap.i32[stackLimitWord]!) {
    t.writeBack();
    t.hooks.stackGuard();
  }
  leaveHost(heap.i32);
  return Next.Continue;
};

/** Words from the first feedback slot. */
const invocationCount = (FeedbackVector.InvocationCount - FeedbackVector.Slots) >> 2;

/** The machine state is what a call instruction of machine code would make. */
const leaveForCode = (t: Interpreter, code: Tagged): Next => {
  const { heap, call } = t;
  const { i32 } = heap;
  const fn = call.callee;
  leaveHost(i32);
  writeCpu(i32, CpuWord.Rdi, fn);
  writeCpu(i32, CpuWord.Rsi, heap.get(fn, JSFunction.Context));
  writeCpu(i32, CpuWord.Rdx, call.newTarget);
  writeCpu(i32, CpuWord.Rax, call.argumentCount, 0);
  writeCpu(i32, CpuWord.Rsp, pushReturnAddress(i32, call) << 2);
  writeCpu(i32, CpuWord.Rbp, call.callerFp << 2);
  writeCpu(i32, CpuWord.Rip, heap.getI32(code, Code.InstructionStart));
  call.end();
  return Next.Leave;
};

/**
 * Runs host builtin `id` on the call record; its result. The record's return address is then where the caller goes on, whose code
 * may have been deoptimized meanwhile.
 */
const callHostBuiltin = (t: Interpreter, id: number): Tagged => {
  const { call } = t;
  const { i32 } = t.heap;
  const at = pushReturnAddress(i32, call);
  const fp = pushBuiltinExitFrame(i32, at, call.callerFp, call.callee, call.argumentCount, call.newTarget);
  call.end();
  const result = t.rt.callBuiltin(id, fp << 2);
  call.returnAddress = i32[fp + FrameWord.ReturnPc]!;
  leaveHost(i32);
  return result;
};

// --- handlers --------------------------------------------------------------------------------------------------------------

/** CallProperty…, CallUndefinedReceiver…, CallAnyReceiver with separate argument registers. */
export const callRegisters =
  (receiverOperand: boolean, count: number) =>
  (t: Interpreter): Next => {
    const { ops } = t;
    const callee = t.reg(ops[0]!);
    const first = receiverOperand ? 2 : 1;
    recordCall(t, ops[first + count]!, callee);
    beginCall(t, callee, receiverOperand ? t.reg(ops[1]!) : StaticRoot.Undefined, count);
    for (let i = 0; i < count; i++) t.call.setArgument(i, t.reg(ops[first + i]!));
    return callFromFrame(t, callValue);
  };

/** The forms with a register list; `explicit`: the list starts with the receiver. */
export const callList =
  (explicit: boolean) =>
  (t: Interpreter): Next => {
    const { ops } = t;
    const callee = t.reg(ops[0]!);
    const first = explicit ? ops[1]! - 1 : ops[1]!;
    const count = explicit ? ops[2]! - 1 : ops[2]!;
    recordCall(t, ops[3]!, callee);
    beginCall(t, callee, explicit ? t.reg(first + 1) : StaticRoot.Undefined, count);
    pushRegisters(t, first, count, 0);
    return callFromFrame(t, callValue);
  };
