// Handlers of CallRuntime and its like, and the intrinsics that need the interpreter's frame.

import { IntrinsicId, NativeContextIndex, RuntimeFunction, runtimeFunctionName } from '../../bytecode/index.ts';
import { FrameWord } from '../../frames/index.ts';
import type { Tagged } from '../../heap/index.ts';
import {
  BytecodeArray,
  FixedArray,
  HeapObject,
  JSFunction,
  JSGeneratorObject,
  MapBits,
  MapObject,
  SharedFunctionInfo,
  StaticRoot,
} from '../../objects/index.ts';
import {
  createIterResult,
  initialMapForConstructor,
  NativeContextSlot,
  newErrorObject,
  type Runtime,
} from '../../runtime/index.ts';
import type { Interpreter } from '../interpreter.ts';
import { Next } from '../next.ts';
import { beginCall, callFromFrame, callValue, pushRegisters } from './calls.ts';
import { loadLookupForCall } from './contexts.ts';

type Handler = (t: Interpreter) => Next;

/** V8 has it, this engine does not: a program that says `%name()` is told so. */
const throwUnavailable = (rt: Runtime, name: string): never =>
  rt.throw(newErrorObject(rt, 'Error', `%${name} is not available here`));

export const callRuntimeFunction = (t: Interpreter, id: number, base: number, count: number): Tagged => {
  const { rt } = t;
  const fn = t.runtimeFunctions.byId[id];
  if (fn === undefined) {
    const name = runtimeFunctionName(id);
    if (rt.hooks.tierNative !== undefined) {
      const args: Tagged[] = [];
      for (let i = 0; i < count; i++) args.push(rt.heap.i32[(base - 8 * i) >> 2]!);
      const result = rt.hooks.tierNative(name, args);
      if (result !== undefined) return result;
    }
    return throwUnavailable(rt, name);
  }
  return rt.callRuntime(fn, base, count);
};

const call = (t: Interpreter, id: number, first: number, count: number): Tagged =>
  callRuntimeFunction(t, id, t.regAddress(first), count);

export const CallRuntime: Handler = (t) => {
  t.acc = call(t, t.ops[0]!, t.ops[1]!, t.ops[2]!);
  return Next.Continue;
};

export const CallRuntimeForPair: Handler = (t) => {
  const out = t.ops[3]!;
  if (t.ops[0] === RuntimeFunction.LoadLookupSlotForCall) {
    loadLookupForCall(t, t.reg(t.ops[1]!), out);
    return Next.Continue;
  }
  throw new Error(`runtime function ${RuntimeFunction[t.ops[0]!]} does not return a pair`);
};

const nativeSlots: Readonly<Partial<Record<number, string>>> = NativeContextIndex as unknown as Record<number, string>;

export const CallJSRuntime: Handler = (t) => {
  const name = nativeSlots[t.ops[0]!];
  const fn = t.hooks.nativeFunction(name ?? '');
  const count = t.ops[2]!;
  beginCall(t, fn, StaticRoot.Undefined, count);
  pushRegisters(t, t.ops[1]!, count, 0);
  return callFromFrame(t, callValue);
};

// --- intrinsics ------------------------------------------------------------------------------------------------------------

/** A generator object for a call of `fn` with `receiver`; registers and parameters are saved in it. */
export const newGeneratorObject = (t: Interpreter, fn: Tagged, receiver: Tagged): Tagged => {
  const rt = t.rt;
  const heap = t.heap;
  const bytecodes = heap.get(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.FunctionData);
  const words =
    heap.getI32(bytecodes, BytecodeArray.ParameterCount) - 1 + (heap.getI32(bytecodes, BytecodeArray.FrameSize) >> 3);
  const hasPrototype = (heap.getU8(heap.get(fn, HeapObject.Map), MapObject.BitField) & MapBits.HasPrototypeSlot) !== 0;
  const map = hasPrototype ? initialMapForConstructor(rt, fn) : rt.intrinsic(NativeContextSlot.AsyncFunctionObjectMap);
  const registers = rt.factory.newFixedArray(words, StaticRoot.Undefined);
  const generator = rt.factory.newJSObject(map);
  heap.set(generator, JSGeneratorObject.Function, fn);
  heap.set(generator, JSGeneratorObject.Context, t.context);
  heap.set(generator, JSGeneratorObject.Receiver, receiver);
  heap.set(generator, JSGeneratorObject.InputOrDebugPos, StaticRoot.Undefined);
  heap.set(generator, JSGeneratorObject.ResumeMode, 0);
  heap.set(generator, JSGeneratorObject.Continuation, -1 << 1);
  heap.set(generator, JSGeneratorObject.ParametersAndRegisters, registers);
  return generator;
};

const intrinsics: Readonly<Partial<Record<IntrinsicId, (t: Interpreter, first: number) => Tagged>>> = {
  [IntrinsicId.CreateJSGeneratorObject]: (t, first) => {
    const generator = newGeneratorObject(t, t.reg(first), t.reg(first - 1));
    const saved = t.heap.get(generator, JSGeneratorObject.ParametersAndRegisters);
    const parameters = t.heap.getI32(t.heap.i32[t.fp + FrameWord.BytecodeArray]!, BytecodeArray.ParameterCount) - 1;
    for (let i = 0; i < parameters; i++)
      t.heap.setElement(saved, FixedArray.Elements, i, t.heap.i32[t.fp + FrameWord.FirstArgument + 2 * i]!);
    return generator;
  },
  [IntrinsicId.GeneratorGetResumeMode]: (t, first) => t.heap.get(t.reg(first), JSGeneratorObject.ResumeMode),
  [IntrinsicId.GeneratorClose]: (t, first) => {
    t.heap.set(t.reg(first), JSGeneratorObject.Continuation, -2 << 1);
    return StaticRoot.Undefined;
  },
  [IntrinsicId.CreateIterResultObject]: (t, first) =>
    createIterResult(t.rt, t.reg(first), t.reg(first - 1) === StaticRoot.True),
};

export const InvokeIntrinsic: Handler = (t) => {
  const id = t.ops[0]! as IntrinsicId;
  const own = intrinsics[id];
  if (own !== undefined) {
    t.acc = own(t, t.ops[1]!);
    return Next.Continue;
  }
  const name = IntrinsicId[id]!;
  const impl = t.runtimeFunctions.byName.get(name);
  if (impl === undefined) return throwUnavailable(t.rt, name);
  t.acc = t.rt.callRuntime(impl, t.regAddress(t.ops[1]!), t.ops[2]!);
  return Next.Continue;
};
