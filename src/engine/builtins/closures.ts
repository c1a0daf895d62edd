// Functions the engine makes at run time that share one SharedFunctionInfo per kind: resolving functions, capability
// executors. What a closure captured stands in its Context, slot by slot:
//
//   JSFunction ── Context ─▶ [scope info][previous][captured 0][captured 1] …
//
// The templates are in NativeContextSlot.ClosureTemplates, by ClosureKind.

import { elementAt, type Tagged } from '../heap/index.ts';
import { Context, FixedArray, JSFunction, StaticRoot, type TaggedField } from '../objects/index.ts';
import {
  type Arguments,
  isJSFunction,
  NativeContextSlot,
  newBuiltinFunction,
  type RegisteredBuiltin,
  type Runtime,
} from '../runtime/index.ts';

export enum ClosureKind {
  PromiseResolve,
  PromiseReject,
  CapabilityExecutor,
  AtomicsWake,
  RegistryCleanup,
  Count,
}

const captured = (i: number): TaggedField => elementAt(Context.Slots, 2 + i);

/** Context with captured values. */
export const newCapture = (rt: Runtime, words: readonly Tagged[]): Tagged => {
  const context = rt.factory.newContext(
    StaticRoot.FunctionContextMap,
    2 + words.length,
    StaticRoot.EmptyScopeInfo,
    rt.nativeContext,
  );
  for (let i = 0; i < words.length; i++) rt.heap.set(context, captured(i), words[i]!);
  return context;
};

export const capturedAt = (rt: Runtime, context: Tagged, i: number): Tagged => rt.heap.get(context, captured(i));
export const setCaptured = (rt: Runtime, context: Tagged, i: number, value: Tagged): void =>
  rt.heap.set(context, captured(i), value);

/** Context of the running closure. */
export const captureOf = (rt: Runtime, args: Arguments): Tagged => rt.heap.get(args.target, JSFunction.Context);

export const newEngineClosure = (rt: Runtime, kind: ClosureKind, context: Tagged): Tagged => {
  const { heap } = rt;
  const template = heap.getElement(rt.intrinsic(NativeContextSlot.ClosureTemplates), FixedArray.Elements, kind);
  return rt.factory.newJSFunction(
    heap.get(template, JSFunction.SharedFunctionInfo),
    context,
    rt.intrinsic(NativeContextSlot.BuiltinFunctionMap),
    undefined,
    heap.get(template, JSFunction.Code),
  );
};

/** Whether `fn` is a closure of that kind. */
export const isEngineClosure = (rt: Runtime, fn: Tagged, kind: ClosureKind): boolean => {
  const { heap } = rt;
  if (!isJSFunction(rt, fn)) return false;
  const template = heap.getElement(
    rt.realms.intrinsicFor(fn, NativeContextSlot.ClosureTemplates),
    FixedArray.Elements,
    kind,
  );
  return heap.get(template, JSFunction.SharedFunctionInfo) === heap.get(fn, JSFunction.SharedFunctionInfo);
};

export const installClosureTemplates = (
  rt: Runtime,
  kinds: Readonly<Partial<Record<ClosureKind, readonly [RegisteredBuiltin, number]>>>,
): void => {
  let templates = rt.intrinsic(NativeContextSlot.ClosureTemplates);
  if (templates === StaticRoot.Undefined) {
    templates = rt.factory.newFixedArray(ClosureKind.Count, StaticRoot.Undefined);
    rt.setIntrinsic(NativeContextSlot.ClosureTemplates, templates);
  }
  for (const [kind, [fn, length]] of Object.entries(kinds) as unknown as [
    string,
    readonly [RegisteredBuiltin, number],
  ][])
    rt.heap.setElement(
      templates,
      FixedArray.Elements,
      Number(kind),
      newBuiltinFunction(rt, StaticRoot.EmptyString, fn, length),
    );
};
