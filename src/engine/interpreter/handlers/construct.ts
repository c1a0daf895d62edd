// Construction off the loop's fast path, and the search for the constructor that a derived class calls.

import {
  BuiltinExitFrameWord,
  cEntryFpWord,
  constructFrameWords,
  enterHost,
  FrameType,
  FrameWord,
  frameMarker,
  pushConstructFrame,
  stackPointerWord,
} from '../../frames/index.ts';
import type { Tagged } from '../../heap/index.ts';
import {
  InstanceType,
  JSBoundFunction,
  JSFunction,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
} from '../../objects/index.ts';
import {
  getDerivedMap,
  isConstructor,
  isDefaultBaseConstructor,
  newArray,
  nonDefaultConstructorOf,
  throwNotConstructor,
  toOddball,
} from '../../runtime/index.ts';
import { constructReturn, hardStackLimit } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { Next } from '../next.ts';
import {
  beginCall,
  callFromFrame,
  enterFunction,
  instanceType,
  isForeign,
  prepareFunction,
  prependBoundArguments,
  pushRegisters,
  recordConstruct,
  stackOverflow,
} from './calls.ts';
import { proxyConstruct } from './proxies.ts';

/** [[Construct]] of what stands in the call record: any value. */
export const constructValue = (t: Interpreter): Next => {
  const { rt, heap, call } = t;
  // as V8's construct stub, which pushes the arguments again: half as many fit as in a call
  if ((call.sp - ((call.argumentCount - 1) << 2)) << 2 < hardStackLimit) stackOverflow(rt);
  for (;;) {
    const target = call.callee;
    if (!isConstructor(rt, target)) return throwNotConstructor(rt, target);
    const type = instanceType(t, target);
    if (type === InstanceType.JSBoundFunction) {
      prependBoundArguments(t, target);
      const inner = heap.get(target, JSBoundFunction.BoundTarget);
      if (call.newTarget === target) call.newTarget = inner;
      call.callee = inner;
      continue;
    }
    if (type === InstanceType.JSProxy) {
      t.acc = proxyConstruct(rt, target, call.takeArguments(), call.newTarget);
      return Next.Continue;
    }
    break;
  }
  if (rt.hasRealms && isForeign(t, call.callee)) {
    const { callee, newTarget } = call;
    t.acc = rt.hooks.construct(callee, newTarget, call.takeArguments());
    return Next.Continue;
  }
  prepareFunction(t);
  const shared = heap.get(call.callee, JSFunction.SharedFunctionInfo);
  if ((heap.get(shared, SharedFunctionInfo.FunctionData) & 1) === 0) {
    call.receiver = StaticRoot.Undefined;
    return enterFunction(t);
  }
  const isDerived = (heap.getI32(shared, SharedFunctionInfo.Flags) & SharedFunctionFlags.DerivedConstructor) !== 0;
  call.receiver = isDerived ? StaticRoot.TheHole : implicitReceiver(t);
  return constructWithReceiver(t);
};

/** The second half of it: the implicit receiver stands in its slot, and the callee can be entered. */
export const constructWithReceiver = (t: Interpreter): Next => {
  enterConstructFrame(t);
  return enterFunction(t);
};

/** Context of the frame that constructs: JavaScript's own, or what host code below an entry frame runs in. */
const callerContext = (t: Interpreter): Tagged => {
  const { rt } = t;
  const { i32 } = t.heap;
  const fp = t.call.callerFp;
  const word = i32[fp + FrameWord.Context]!;
  if ((word & 1) !== 0) return word;
  if (!rt.hasRealms || word !== frameMarker(FrameType.Entry) || i32[fp] === 0) return rt.nativeContext;
  const below = i32[fp]! >> 2;
  const outer = i32[below + FrameWord.Context]!;
  if ((outer & 1) !== 0) return outer;
  return outer === frameMarker(FrameType.BuiltinExit)
    ? t.heap.get(i32[below + BuiltinExitFrameWord.Target]!, JSFunction.Context)
    : rt.nativeContext;
};

/** A construct frame between the caller and the constructor. */
const enterConstructFrame = (t: Interpreter): void => {
  const { call } = t;
  const { sp } = call;
  call.moveTo(sp - constructFrameWords);
  call.callerFp = pushConstructFrame(t.heap.i32, sp, call, callerContext(t));
  call.returnAddress = constructReturn;
};

/** What `this` is in a base constructor. */
const implicitReceiver = (t: Interpreter): Tagged => {
  const { rt, heap, call } = t;
  const { newTarget } = call;
  const slot = heap.get(newTarget, JSFunction.PrototypeOrInitialMap);
  if (newTarget === call.callee && (slot & 1) !== 0 && heap.i32[(slot - 1) >> 2] === StaticRoot.MetaMap)
    return rt.factory.newJSObject(slot);
  return rt.factory.newJSObject(derivedMap(t));
};

/** May run a getter of newTarget.prototype. */
const derivedMap = (t: Interpreter): Tagged => {
  const { call } = t;
  const { i32 } = t.heap;
  const { callee, newTarget, sp } = call;
  const outerFp = i32[cEntryFpWord]!;
  const outerSp = i32[stackPointerWord]!;
  const fp = call.suspend(callerContext(t));
  const map = getDerivedMap(t.rt, callee, newTarget);
  call.resume(fp, sp);
  enterHost(i32, outerFp >> 2, outerSp >> 2);
  return map;
};

// --- handlers --------------------------------------------------------------------------------------------------------------

/** Answers the site of a call that makes an array: then the call record is not used. */
const beginConstruct = (t: Interpreter, count: number, slot: number): Tagged => {
  const target = t.reg(t.ops[0]!);
  const site = recordConstruct(t, slot, target, t.acc);
  if (site === 0) beginCall(t, target, StaticRoot.Undefined, count, t.acc);
  return site;
};

const constructArray = (t: Interpreter, args: readonly Tagged[], site: Tagged): Next => {
  t.acc = newArray(t.rt, args, site);
  return Next.Continue;
};

export const Construct = (t: Interpreter): Next => {
  const first = t.ops[1]!;
  const count = t.ops[2]!;
  const site = beginConstruct(t, count, t.ops[3]!);
  if (site !== 0) {
    const args = Array.from({ length: count }, (_, i) => t.reg(first - i));
    return constructArray(t, args, site);
  }
  pushRegisters(t, first, count, 0);
  return callFromFrame(t, constructValue);
};

export const ConstructForwardAllArgs = (t: Interpreter): Next => {
  const { i32 } = t.heap;
  const count = i32[t.fp + FrameWord.ArgumentCount]! - 1;
  const argument = (i: number): Tagged => i32[t.fp + FrameWord.FirstArgument + (i << 1)]!;
  const site = beginConstruct(t, count, t.ops[1]!);
  if (site !== 0)
    return constructArray(
      t,
      Array.from({ length: count }, (_, i) => argument(i)),
      site,
    );
  for (let i = 0; i < count; i++) t.call.setArgument(i, argument(i));
  return callFromFrame(t, constructValue);
};

/** $2 = true and $2+1 = the instance, or $2 = false and $2+1 = the constructor to call. */
export const FindNonDefaultConstructorOrConstruct = (t: Interpreter): Next => {
  const out = t.ops[2]!;
  const constructor = nonDefaultConstructorOf(t.rt, t.reg(t.ops[0]!));
  const isInstance = isDefaultBaseConstructor(t.rt, constructor);
  t.setReg(out, toOddball(isInstance));
  t.setReg(
    out - 1,
    isInstance ? t.rt.factory.newJSObject(getDerivedMap(t.rt, constructor, t.reg(t.ops[1]!))) : constructor,
  );
  return Next.Continue;
};
