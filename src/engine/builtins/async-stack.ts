// Who waits for the running job: the async frames of a stack trace (V8: CaptureAsyncStackTrace).
//
//   running job ──▶ its generator's promise ──▶ the one reaction on it ──▶ a generator that awaits, a combinator's element, or
//                                                                          another promise ──▶ …
//
// A promise that is settled, or that nobody or several wait for, ends the chain. Collects nothing, runs no JavaScript.

import type { Tagged } from '../heap/index.ts';
import {
  BytecodeArray,
  Context,
  FixedArray,
  HeapObject,
  InstanceType,
  JSFunction,
  JSGeneratorObject,
  JSPromise,
  PromiseReaction,
  ScopeInfo,
  Script,
  SharedFunctionInfo,
  StaticRoot,
  toHostString,
} from '../objects/index.ts';
import { hasInstanceType, isJSFunction, NativeContextSlot, type Runtime } from '../runtime/index.ts';
import { requestPromise } from './async.ts';
import { ClosureKind, capturedAt, isEngineClosure } from './closures.ts';
import { isPromise, PromiseStatus, promiseStatus, ReactionKind } from './promise.ts';

/** A generator that awaits, or an element that a combinator waits for. */
export type AsyncActivation = { readonly generator: Tagged } | { readonly combinator: string; readonly index: number };

const generatorKinds = new Set([
  ReactionKind.Await,
  ReactionKind.AsyncGeneratorAwait,
  ReactionKind.AsyncGeneratorYield,
  ReactionKind.AsyncGeneratorYieldReturn,
]);

/** What waits for the running job, innermost first, at most `limit`. */
export const asyncActivations = (rt: Runtime, limit: number): readonly AsyncActivation[] => {
  const { heap } = rt;
  const job = rt.shared(NativeContextSlot.CurrentReaction);
  if (job === StaticRoot.Undefined) return [];
  const kind = (reaction: Tagged): ReactionKind => heap.get(reaction, PromiseReaction.Kind) >> 1;
  const generatorOf = (reaction: Tagged): Tagged => heap.get(reaction, PromiseReaction.FulfillHandler);
  const found: AsyncActivation[] = [];
  let promise = generatorKinds.has(kind(job))
    ? promiseOf(rt, generatorOf(job))
    : heap.get(job, PromiseReaction.PromiseOrCapability);
  while (found.length < limit) {
    promise = plainPromise(rt, promise);
    if (promise === StaticRoot.Undefined || promiseStatus(rt, promise) !== PromiseStatus.Pending) break;
    const reaction = heap.get(promise, JSPromise.ReactionsOrResult);
    if (reaction === 0 || heap.get(reaction, PromiseReaction.Next) !== 0) break;
    if (generatorKinds.has(kind(reaction))) {
      found.push({ generator: generatorOf(reaction) });
      promise = promiseOf(rt, generatorOf(reaction));
      continue;
    }
    const fulfill = heap.get(reaction, PromiseReaction.FulfillHandler);
    const reject = heap.get(reaction, PromiseReaction.RejectHandler);
    const element = combinatorElement(rt, fulfill) ?? combinatorElement(rt, reject);
    if (element !== undefined) {
      found.push({ combinator: element.combinator, index: element.index });
      promise = resolvedBy(rt, element.resolve);
    } else if (isEngineClosure(rt, fulfill, ClosureKind.PromiseResolve)) promise = resolvedBy(rt, fulfill);
    else promise = heap.get(reaction, PromiseReaction.PromiseOrCapability);
  }
  return found;
};

/** Offset of the bytecode that a generator is suspended at. */
export const suspendedAt = (rt: Runtime, generator: Tagged): number =>
  (rt.heap.get(generator, JSGeneratorObject.InputOrDebugPos) >> 1) - (BytecodeArray.Bytes - 1);

/** The promise that a generator's end, or its next value, settles. */
const promiseOf = (rt: Runtime, generator: Tagged): Tagged => {
  const waiting = rt.heap.get(generator, JSGeneratorObject.AwaitPromiseOrQueue);
  if (hasInstanceType(rt, generator, InstanceType.JSAsyncGeneratorObject)) return requestPromise(rt, waiting);
  return waiting;
};

/** The promise of a reaction's PromiseOrCapability; undefined for another thenable's. */
const plainPromise = (rt: Runtime, value: Tagged): Tagged => {
  if ((value & 1) === 0 || value === StaticRoot.Undefined) return StaticRoot.Undefined;
  const promise =
    rt.heap.get(value, HeapObject.Map) === StaticRoot.FixedArrayMap ? rt.heap.get(value, FixedArray.Elements) : value;
  return isPromise(rt, promise) ? promise : StaticRoot.Undefined;
};

const resolvedBy = (rt: Runtime, resolve: Tagged): Tagged =>
  isEngineClosure(rt, resolve, ClosureKind.PromiseResolve)
    ? capturedAt(rt, rt.heap.get(resolve, JSFunction.Context), 0)
    : StaticRoot.Undefined;

/** A function that a combinator of promise-js.ts made for an element: what stands in the contexts around it. */
const combinatorElement = (
  rt: Runtime,
  fn: Tagged,
): { readonly combinator: string; readonly index: number; readonly resolve: Tagged } | undefined => {
  const { heap } = rt;
  if (!isJSFunction(rt, fn)) return undefined;
  const script = heap.get(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Script);
  if (
    (script & 1) === 0 ||
    heap.get(script, HeapObject.Map) !== StaticRoot.ScriptMap ||
    heap.get(script, Script.Id) !== -1 << 1
  )
    return undefined;
  const name = /^function (all|allSettled|any)\(/.exec(toHostString(heap, heap.get(script, Script.Source)))?.[1];
  if (name === undefined) return undefined;
  const index = contextLocal(rt, heap.get(fn, JSFunction.Context), 'i');
  const resolve =
    contextLocal(rt, heap.get(fn, JSFunction.Context), name === 'any' ? 'reject' : 'resolve') ?? StaticRoot.Undefined;
  return { combinator: name, index: (index ?? 0) >> 1, resolve };
};

/** A variable by name, from a context outwards. */
const contextLocal = (rt: Runtime, start: Tagged, name: string): Tagged | undefined => {
  const { heap } = rt;
  for (let context = start; context !== rt.nativeContext && (context & 1) !== 0; ) {
    const info = heap.get(context, Context.ScopeInfo);
    const count = heap.get(info, ScopeInfo.ContextLocalCount) >> 1;
    const header = (heap.get(info, ScopeInfo.Flags) & (1 << 6)) !== 0 ? 3 : 2;
    for (let i = 0; i < count; i++)
      if (toHostString(heap, heap.getElement(info, ScopeInfo.Locals, 2 * i)) === name)
        return heap.getElement(context, Context.Slots, header + i);
    context = heap.get(context, Context.Previous);
  }
  return undefined;
};
