// Calls and returns off the loop's fast path: lazy compilation, optimized callees, bound functions, proxies, class
// constructors, construct frames, spread.
//
// Order: first resolve the callee (may run JavaScript, compile, collect), then read the arguments into `argv`, then push.
// Between reading and pushing nothing collects.

import { noteCall } from '../../feedback/index.ts';
import { cageHi, type Tagged } from '../../heap/index.ts';
import {
  BytecodeArray,
  Code,
  FeedbackCell,
  FeedbackVector,
  FeedbackVectorFlags,
  FixedArray,
  functionKinds,
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
  getDerivedMap,
  isCallable,
  isConstructor,
  maxArguments,
  type Runtime,
  throwCalledNonCallable,
  throwNotConstructor,
  throwRangeError,
  throwTypeError,
} from '../../runtime/index.ts';
import { ConstructFrameWord, callHostBuiltin, pushConstructFrame } from '../builtin-frames.ts';
import {
  bytecodesBias,
  cEntryFpWord,
  constantsBase,
  constructReturn,
  FrameType,
  FrameWord,
  feedbackBase,
  hardStackLimit,
  initialBytecodeOffset,
  interpreterEntryReturn,
  noFeedback,
  stackLimitWord,
  undefinedSlot,
} from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { CpuWord, leaveByReturn, writeCpu } from '../machine.ts';
import { Next } from '../next.ts';
import { proxyCall, proxyConstruct } from './proxies.ts';

/** Arguments of the call being made, without the receiver. Raw: valid until the next safepoint. */
export const argv = new Int32Array(maxArguments);

const instanceType = (t: Interpreter, value: Tagged): number =>
  t.heap.u16[(t.heap.i32[(value - 1) >> 2]! + MapObject.InstanceType - 1) >> 1]!;

const isFunctionType = (type: number): boolean =>
  type >= InstanceType.FirstJSFunction && type <= InstanceType.LastJSFunction;

/** No stack holds more arguments than `argv`. */
export const checkArgumentCount = (rt: Runtime, count: number): void => {
  if (count > argv.length) stackOverflow(rt);
};

const stackOverflow = (rt: Runtime): never => throwRangeError(rt, 'StackOverflow');

/**
 * Builds the interpreted frame of `fn` under the pushed arguments (receiver at word `base`) and makes it current.
 * `newTarget` goes to the incoming register (generators: the generator object).
 */
export const pushInterpretedFrame = (
  t: Interpreter,
  fn: Tagged,
  argc: number,
  newTarget: Tagged,
  base: number,
  returnAddress: number,
  callerFp: number,
): void => {
  const heap = t.heap;
  const i32 = heap.i32;
  const f64 = heap.f64;
  const bytecodes = heap.get(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.FunctionData);
  i32[base - 2] = returnAddress;
  i32[base - 1] = cageHi;
  const fp = base - 4;
  i32[fp] = callerFp << 2;
  i32[fp + 1] = cageHi;
  i32[fp + FrameWord.Context] = heap.get(fn, JSFunction.Context);
  i32[fp + FrameWord.Context + 1] = cageHi;
  i32[fp + FrameWord.Function] = fn;
  i32[fp + FrameWord.Function + 1] = cageHi;
  i32[fp + FrameWord.ArgumentCount] = argc;
  i32[fp + FrameWord.ArgumentCount + 1] = 0;
  i32[fp + FrameWord.BytecodeArray] = bytecodes;
  i32[fp + FrameWord.BytecodeArray + 1] = cageHi;
  i32[fp + FrameWord.BytecodeOffset] = initialBytecodeOffset;
  i32[fp + FrameWord.BytecodeOffset + 1] = cageHi;
  const vector = heap.get(heap.get(fn, JSFunction.FeedbackCell), FeedbackCell.Value);
  if (heap.i32[(vector - 1) >> 2] === StaticRoot.FeedbackVectorMap) {
    i32[fp + FrameWord.FeedbackVector] = vector;
    t.fv = feedbackBase(vector);
    heap.setI32(vector, FeedbackVector.InvocationCount, heap.getI32(vector, FeedbackVector.InvocationCount) + 1);
  } else {
    i32[fp + FrameWord.FeedbackVector] = StaticRoot.Undefined;
    t.fv = noFeedback;
  }
  i32[fp + FrameWord.FeedbackVector + 1] = cageHi;
  const sp = fp + FrameWord.FeedbackVector - (heap.getI32(bytecodes, BytecodeArray.FrameSize) >> 2);
  for (let at = (fp + FrameWord.Register0) >> 1, end = sp >> 1; at >= end; at--) f64[at] = undefinedSlot;
  const incoming = heap.getI32(bytecodes, BytecodeArray.IncomingNewTargetOrGeneratorRegister);
  if (incoming >= 0) i32[fp + FrameWord.Register0 - (incoming << 1)] = newTarget;
  t.fp = fp;
  t.sp = sp;
  t.pc = bytecodes + bytecodesBias;
  t.cp = constantsBase(heap.get(bytecodes, BytecodeArray.ConstantPool));
  t.acc = StaticRoot.Undefined;
};

/** Pushes receiver and `argv` below `sp`, padded to the callee's formal parameters; returns the receiver's word index. */
const pushArguments = (t: Interpreter, sp: number, receiver: Tagged, argc: number, total: number): number => {
  const i32 = t.heap.i32;
  const base = sp - (total << 1);
  i32[base] = receiver;
  i32[base + 1] = cageHi;
  for (let i = 1; i < argc; i++) {
    i32[base + (i << 1)] = argv[i - 1]!;
    i32[base + (i << 1) + 1] = cageHi;
  }
  for (let i = argc; i < total; i++) t.heap.f64[(base >> 1) + i] = undefinedSlot;
  return base;
};

/** Compiles, installs or drops code as the function wants, before a call of it. May collect. */
export const prepareFunction = (t: Interpreter, fn: Tagged): Tagged => {
  const heap = t.heap;
  const shared = heap.get(fn, JSFunction.SharedFunctionInfo);
  const data = heap.get(shared, SharedFunctionInfo.FunctionData);
  if ((data & 1) === 0) return fn;
  if (heap.i32[(data - 1) >> 2] !== StaticRoot.BytecodeArrayMap) {
    const scope = heap.openHandles();
    const handle = heap.handle(fn);
    t.hooks.compileLazy(fn);
    fn = heap.deref(handle);
    heap.closeHandles(scope);
  }
  const vector = heap.get(heap.get(fn, JSFunction.FeedbackCell), FeedbackCell.Value);
  if (
    heap.i32[(vector - 1) >> 2] === StaticRoot.FeedbackVectorMap &&
    (heap.getI32(vector, FeedbackVector.Flags) &
      (FeedbackVectorFlags.TieringStateMask | FeedbackVectorFlags.MaybeHasOptimizedCode)) !==
      0
  ) {
    const scope = heap.openHandles();
    const handle = heap.handle(fn);
    t.hooks.tierUp(fn);
    fn = heap.deref(handle);
    heap.closeHandles(scope);
  }
  return fn;
};

/**
 * Calls the JSFunction `fn`, prepared, with `argc - 1` arguments in `argv`: a builtin runs to its end (result in `acc`), an
 * interpreted callee becomes the current frame, an optimized one is left for.
 */
export const enterFunction = (
  t: Interpreter,
  fn: Tagged,
  receiver: Tagged,
  argc: number,
  newTarget: Tagged,
  returnAddress: number,
  callerFp: number,
  sp: number,
): Next => {
  const heap = t.heap;
  const rt = t.rt;
  const shared = heap.get(fn, JSFunction.SharedFunctionInfo);
  const data = heap.get(shared, SharedFunctionInfo.FunctionData);
  const flags = heap.getI32(shared, SharedFunctionInfo.Flags);
  if ((flags & (SharedFunctionFlags.Strict | SharedFunctionFlags.Native)) === 0 && newTarget === StaticRoot.Undefined) {
    receiver = convertReceiver(rt, receiver);
  }
  if ((data & 1) === 0) {
    if ((sp - (argc << 1)) << 2 < hardStackLimit) stackOverflow(rt);
    const base = pushArguments(t, sp, receiver, argc, argc);
    t.acc = callHostBuiltin(rt, data >> 1, fn, newTarget, argc, base, callerFp, returnAddress);
    t.hostReturnAddress = heap.i32[base - 2]!;
    heap.i32[cEntryFpWord] = 0;
    return Next.Continue;
  }
  const formal = heap.getI32(data, BytecodeArray.ParameterCount);
  const total = argc > formal ? argc : formal;
  if ((sp - (total << 1) - 16) * 4 - heap.getI32(data, BytecodeArray.FrameSize) < hardStackLimit) stackOverflow(rt);
  const base = pushArguments(t, sp, receiver, argc, total);
  const code = heap.get(fn, JSFunction.Code);
  if (code !== t.trampoline && heap.getI32(code, Code.BuiltinId) < 0) {
    const i32 = heap.i32;
    i32[base - 2] = returnAddress;
    i32[base - 1] = cageHi;
    i32[cEntryFpWord] = 0;
    writeCpu(i32, CpuWord.Rdi, fn);
    writeCpu(i32, CpuWord.Rsi, heap.get(fn, JSFunction.Context));
    writeCpu(i32, CpuWord.Rdx, newTarget);
    writeCpu(i32, CpuWord.Rax, argc, 0);
    writeCpu(i32, CpuWord.Rsp, (base - 2) << 2);
    writeCpu(i32, CpuWord.Rbp, callerFp << 2);
    writeCpu(i32, CpuWord.Rip, heap.getI32(code, Code.InstructionStart));
    return Next.Leave;
  }
  pushInterpretedFrame(t, fn, argc, newTarget, base, returnAddress, callerFp);
  if (t.sp << 2 < heap.i32[stackLimitWord]!) {
    t.writeBack();
    t.hooks.stackGuard();
  }
  heap.i32[cEntryFpWord] = 0;
  return Next.Continue;
};

/** Reads `count` registers from operand `first` into `argv` at `at`. */
export const readRegisters = (t: Interpreter, first: number, count: number, at: number): void => {
  const i32 = t.heap.i32;
  for (let i = 0, word = t.fp + (first << 1); i < count; i++, word -= 2) argv[at + i] = i32[word]!;
};

const rtFunctionName = (t: Interpreter, fn: Tagged): Tagged =>
  t.heap.get(t.heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Name);

const prependBoundArguments = (t: Interpreter, bound: Tagged, count: number): number => {
  const heap = t.heap;
  const bounds = heap.get(bound, JSBoundFunction.BoundArguments);
  const extra = heap.get(bounds, FixedArray.Length) >> 1;
  if (extra > 0) {
    checkArgumentCount(t.rt, count + extra);
    argv.copyWithin(extra, 0, count);
    for (let i = 0; i < extra; i++) argv[i] = heap.get(bounds, FixedArray.Elements + 4 * i);
  }
  return count + extra;
};

/** A function of another realm runs nested, so that its end is the way back to this one. */
const isForeign = (t: Interpreter, fn: Tagged): boolean =>
  (fn & 1) !== 0 && isFunctionType(instanceType(t, fn)) && t.rt.isForeign(fn);

/** Whether `prepareFunction` would do something that may collect; what collects nothing is done here. */
const needsPreparation = (t: Interpreter, fn: Tagged): boolean => {
  const heap = t.heap;
  if ((fn & 1) === 0 || !isFunctionType(instanceType(t, fn))) return false;
  const data = heap.get(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.FunctionData);
  if ((data & 1) === 0) return false;
  if (heap.i32[(data - 1) >> 2] !== StaticRoot.BytecodeArrayMap) return true;
  const vector = heap.get(heap.get(fn, JSFunction.FeedbackCell), FeedbackCell.Value);
  if (heap.i32[(vector - 1) >> 2] !== StaticRoot.FeedbackVectorMap) return false;
  const flags = heap.getI32(vector, FeedbackVector.Flags);
  if ((flags & FeedbackVectorFlags.TieringStateMask) !== 0) return true;
  // cached code is installed, or dropped, without a safepoint
  if ((flags & FeedbackVectorFlags.MaybeHasOptimizedCode) !== 0) t.hooks.tierUp(fn);
  return false;
};

/** Prepares `fn` while the arguments are in handles. The caller's other words are stale after it. */
const prepareKeepingArguments = (t: Interpreter, fn: Tagged, count: number): Tagged => {
  const heap = t.heap;
  const scope = heap.openHandles();
  const handles = new Int32Array(count);
  for (let i = 0; i < count; i++) handles[i] = heap.handle(argv[i]!);
  fn = prepareFunction(t, fn);
  for (let i = 0; i < count; i++) argv[i] = heap.deref(handles[i]!);
  heap.closeHandles(scope);
  return fn;
};

/**
 * [[Call]] of any value with the arguments in `argv`. Their words, `callee` and `receiver` are current when this is called; what
 * may collect before they are pushed keeps them in handles.
 */
export const callWithArguments = (
  t: Interpreter,
  callee: Tagged,
  receiver: Tagged,
  count: number,
  returnAddress: number,
  callerFp: number,
  sp: number,
): Next => {
  const rt = t.rt;
  const heap = t.heap;
  for (;;) {
    if (rt.hasRealms && isForeign(t, callee)) {
      t.acc = rt.hooks.call(callee, receiver, Array.from(argv.subarray(0, count)));
      return Next.Continue;
    }
    if (needsPreparation(t, callee)) {
      const scope = heap.openHandles();
      const r = heap.handle(receiver);
      callee = prepareKeepingArguments(t, callee, count);
      receiver = heap.deref(r);
      heap.closeHandles(scope);
    }
    if ((callee & 1) === 0) return throwCalledNonCallable(t.rt, callee);
    const type = instanceType(t, callee);
    if (isFunctionType(type)) {
      if (type === InstanceType.JSClassConstructor) {
        throwTypeError(rt, 'ConstructorNonCallable', rtFunctionName(t, callee));
      }
      return enterFunction(t, callee, receiver, count + 1, StaticRoot.Undefined, returnAddress, callerFp, sp);
    }
    if (type === InstanceType.JSBoundFunction) {
      receiver = heap.get(callee, JSBoundFunction.BoundThis);
      count = prependBoundArguments(t, callee, count);
      callee = heap.get(callee, JSBoundFunction.BoundTarget);
      continue;
    }
    if (type === InstanceType.JSProxy && isCallable(rt, callee)) {
      t.acc = proxyCall(rt, callee, receiver, Array.from(argv.subarray(0, count)));
      return Next.Continue;
    }
    return throwCalledNonCallable(t.rt, callee);
  }
};

/** Feedback of a call slot and the call itself; arguments are in `argv`. */
const callWithFeedback = (t: Interpreter, callee: Tagged, receiver: Tagged, count: number, slot: number): Next => {
  if (slot >= 0 && t.fv !== noFeedback) {
    const word = t.fv + slot;
    t.heap.i32[word + 1] = t.heap.i32[word + 1]! + 8;
    noteCall(t.rt, word, callee, t.vector);
  }
  const sp = t.sp;
  const fp = t.fp;
  const next = t.pc;
  const result = callWithArguments(t, callee, receiver, count, interpreterEntryReturn, fp, sp);
  if (t.fp === fp && result === Next.Continue) t.pc = next;
  return result;
};

/** CallProperty…, CallUndefinedReceiver…, CallAnyReceiver with separate argument registers. */
export const callRegisters =
  (receiverOperand: boolean, count: number) =>
  (t: Interpreter): Next => {
    const ops = t.ops;
    const receiver = receiverOperand ? t.reg(ops[1]!) : StaticRoot.Undefined;
    const first = receiverOperand ? 2 : 1;
    for (let i = 0; i < count; i++) argv[i] = t.reg(ops[first + i]!);
    return callWithFeedback(t, t.reg(ops[0]!), receiver, count, ops[first + count]!);
  };

/** The forms with a register list; `explicit`: the list starts with the receiver. */
export const callList =
  (explicit: boolean) =>
  (t: Interpreter): Next => {
    const ops = t.ops;
    const first = ops[1]!;
    const count = ops[2]!;
    if (explicit) {
      readRegisters(t, first - 1, count - 1, 0);
      return callWithFeedback(t, t.reg(ops[0]!), t.reg(first), count - 1, ops[3]!);
    }
    readRegisters(t, first, count, 0);
    return callWithFeedback(t, t.reg(ops[0]!), StaticRoot.Undefined, count, ops[3]!);
  };

// --- construct -------------------------------------------------------------------------------------------------------------

/** [[Construct]] of any value with arguments in `argv`; the callee is prepared. */
export const constructValue = (
  t: Interpreter,
  target: Tagged,
  newTarget: Tagged,
  count: number,
  callerFp: number,
  sp: number,
  returnAddress: number = interpreterEntryReturn,
): Next => {
  const rt = t.rt;
  const heap = t.heap;
  // as V8's construct stub, which pushes the arguments again: half as many fit as in a call
  if ((sp - (count << 2)) << 2 < hardStackLimit) stackOverflow(rt);
  for (;;) {
    if (!isConstructor(rt, target)) return throwNotConstructor(rt, target);
    const type = instanceType(t, target);
    if (type === InstanceType.JSBoundFunction) {
      count = prependBoundArguments(t, target, count);
      const inner = heap.get(target, JSBoundFunction.BoundTarget);
      if (newTarget === target) newTarget = inner;
      target = inner;
      continue;
    }
    if (type === InstanceType.JSProxy) {
      t.acc = proxyConstruct(rt, target, Array.from(argv.subarray(0, count)), newTarget);
      return Next.Continue;
    }
    break;
  }
  if (rt.hasRealms && isForeign(t, target)) {
    t.acc = rt.hooks.construct(target, newTarget, Array.from(argv.subarray(0, count)));
    return Next.Continue;
  }
  if (needsPreparation(t, target)) {
    const scope = heap.openHandles();
    const n = heap.handle(newTarget);
    target = prepareKeepingArguments(t, target, count);
    newTarget = heap.deref(n);
    heap.closeHandles(scope);
  }
  const shared = heap.get(target, JSFunction.SharedFunctionInfo);
  if ((heap.get(shared, SharedFunctionInfo.FunctionData) & 1) === 0) {
    return enterFunction(t, target, StaticRoot.Undefined, count + 1, newTarget, returnAddress, callerFp, sp);
  }
  let receiver: Tagged = StaticRoot.TheHole;
  if ((heap.getI32(shared, SharedFunctionInfo.Flags) & SharedFunctionFlags.DerivedConstructor) === 0) {
    const slot = heap.get(newTarget, JSFunction.PrototypeOrInitialMap);
    if (newTarget === target && (slot & 1) !== 0 && heap.i32[(slot - 1) >> 2] === StaticRoot.MetaMap) {
      receiver = rt.factory.newJSObject(slot);
    } else {
      // may run a getter of newTarget.prototype
      const scope = heap.openHandles();
      const f = heap.handle(target);
      const n = heap.handle(newTarget);
      const handles = new Int32Array(count);
      for (let i = 0; i < count; i++) handles[i] = heap.handle(argv[i]!);
      const map = getDerivedMap(rt, target, newTarget);
      for (let i = 0; i < count; i++) argv[i] = heap.deref(handles[i]!);
      target = heap.deref(f);
      newTarget = heap.deref(n);
      heap.closeHandles(scope);
      receiver = rt.factory.newJSObject(map);
    }
  }
  const frame = pushConstructFrame(heap.i32, sp, callerFp, callerContext(t, callerFp), receiver, returnAddress);
  return enterFunction(
    t,
    target,
    receiver,
    count + 1,
    newTarget,
    constructReturn,
    frame,
    frame + ConstructFrameWord.Receiver,
  );
};

/** Context of the frame that constructs: JavaScript's own, or what host code below an entry frame runs in. */
const callerContext = (t: Interpreter, callerFp: number): Tagged => {
  const { rt } = t;
  const { i32 } = t.heap;
  const word = i32[callerFp + FrameWord.Context]!;
  if ((word & 1) !== 0) return word;
  if (!rt.hasRealms || word !== FrameType.Entry << 1 || i32[callerFp] === 0) return rt.nativeContext;
  const below = i32[callerFp]! >> 2;
  const outer = i32[below + FrameWord.Context]!;
  if ((outer & 1) !== 0) return outer;
  return outer === FrameType.BuiltinExit << 1 ? t.heap.get(i32[below - 4]!, JSFunction.Context) : rt.nativeContext;
};

const constructWithFeedback = (t: Interpreter, count: number, slot: number): Next => {
  const target = t.reg(t.ops[0]!);
  if (t.fv !== noFeedback) {
    const word = t.fv + slot;
    t.heap.i32[word + 1] = t.heap.i32[word + 1]! + 8;
    noteCall(t.rt, word, target, t.vector);
  }
  const fp = t.fp;
  const next = t.pc;
  const result = constructValue(t, target, t.acc, count, fp, t.sp);
  if (t.fp === fp && result === Next.Continue) t.pc = next;
  return result;
};

export const Construct = (t: Interpreter): Next => {
  readRegisters(t, t.ops[1]!, t.ops[2]!, 0);
  return constructWithFeedback(t, t.ops[2]!, t.ops[3]!);
};

export const ConstructForwardAllArgs = (t: Interpreter): Next => {
  const count = t.heap.i32[t.fp + FrameWord.ArgumentCount]! - 1;
  for (let i = 0; i < count; i++) argv[i] = t.heap.i32[t.fp + FrameWord.FirstArgument + (i << 1)]!;
  return constructWithFeedback(t, count, t.ops[1]!);
};

export const isReceiver = (t: Interpreter, value: Tagged): boolean =>
  (value & 1) !== 0 && instanceType(t, value) >= InstanceType.FirstJSReceiver;

// --- return ------------------------------------------------------------------------------------------------------------------

/** Pops the current frame and goes on where its return address says, with the accumulator as result. */
export const returnFromFrame = (t: Interpreter): Next => {
  const i32 = t.heap.i32;
  const fp = t.fp;
  const formal = t.heap.getI32(i32[fp + FrameWord.BytecodeArray]!, BytecodeArray.ParameterCount);
  const actual = i32[fp + FrameWord.ArgumentCount]!;
  const address = i32[fp + FrameWord.ReturnPc]!;
  if (address === constructReturn) return finishConstruct(t, i32[fp]! >> 2);
  return continueAt(t, address, i32[fp]! >> 2, fp + FrameWord.Receiver + ((actual > formal ? actual : formal) << 1));
};

/** Pops the construct frame at `fp`: the accumulator, or the implicit receiver when that is no object, is the result. */
export const finishConstruct = (t: Interpreter, fp: number): Next => {
  const i32 = t.heap.i32;
  if (!isReceiver(t, t.acc)) {
    const receiver = i32[fp + ConstructFrameWord.Receiver]!;
    if (receiver === StaticRoot.TheHole) {
      i32[cEntryFpWord] = fp << 2;
      if (t.rt.hasRealms) t.rt.realms.enter(t.rt.realms.of(i32[fp + ConstructFrameWord.Context]!));
      return throwTypeError(t.rt, 'DerivedConstructorReturnedNonObject');
    }
    t.acc = receiver;
  }
  return continueAt(t, i32[fp + FrameWord.ReturnPc]!, i32[fp]! >> 2, fp + 4);
};

/** Goes on at a return address with the accumulator as result. */
const continueAt = (t: Interpreter, address: number, fp: number, sp: number): Next => {
  const i32 = t.heap.i32;
  i32[cEntryFpWord] = 0;
  if (address === interpreterEntryReturn) {
    const acc = t.acc;
    t.loadFrame(fp);
    t.acc = acc;
    t.advance();
    return Next.Continue;
  }
  leaveByReturn(i32, address, sp, fp, t.acc);
  return Next.Leave;
};

// --- default constructors --------------------------------------------------------------------------------------------------------

const initializesInstances =
  SharedFunctionFlags.RequiresInstanceMembersInitializer | SharedFunctionFlags.ClassScopeHasPrivateBrand;

/**
 * Walks the chain of default derived constructors above the active function $0: $2 = true and $2+1 = the instance when the
 * base is a default base constructor, else $2 = false and $2+1 = the constructor to call.
 */
export const FindNonDefaultConstructorOrConstruct = (t: Interpreter): Next => {
  const heap = t.heap;
  let constructor = heap.get(heap.get(t.reg(t.ops[0]!), 0), MapObject.Prototype);
  const newTarget = t.reg(t.ops[1]!);
  const out = t.ops[2]!;
  t.setReg(out, StaticRoot.False);
  while ((constructor & 1) !== 0 && isFunctionType(instanceType(t, constructor))) {
    const shared = heap.get(constructor, JSFunction.SharedFunctionInfo);
    const flags = heap.getI32(shared, SharedFunctionInfo.Flags);
    const kind = functionKinds[flags & SharedFunctionFlags.KindMask];
    // one that initializes fields or gives the brand of private methods is not skipped
    if ((flags & initializesInstances) !== 0) break;
    if (kind === 'defaultDerivedConstructor') {
      constructor = heap.get(heap.get(constructor, 0), MapObject.Prototype);
      continue;
    }
    if (kind === 'defaultConstructor') {
      const map = getDerivedMap(t.rt, constructor, newTarget);
      t.setReg(out, StaticRoot.True);
      constructor = t.rt.factory.newJSObject(map);
    }
    break;
  }
  t.setReg(out - 1, constructor);
  return Next.Continue;
};
