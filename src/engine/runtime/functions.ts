// Function objects: natives (host functions), standard library functions written in JavaScript, closures, bound functions.

import type { Tagged } from '../heap/index.ts';
import {
  CodeKind,
  HeapObject,
  isNative,
  JSBoundFunction,
  MapObject,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
} from '../objects/index.ts';
import { builtinAddress } from './builtin-id.ts';
import { NativeContextSlot } from './native-context.ts';
import type { RegisteredBuiltin, Runtime } from './runtime.ts';
import { isConstructor } from './values.ts';

/** Source text of a standard library function written in JavaScript: one function expression, strict. */
export interface JavaScriptSource {
  readonly javascript: string;
  /** Where the function has a row among the builtins: its number. */
  readonly builtinId?: number;
}

/** Tag for the source text of a standard library function. */
export const js = (text: TemplateStringsArray, ...values: readonly string[]): JavaScriptSource => ({
  javascript: String.raw(text, ...values),
});

export type BuiltinImplementation = RegisteredBuiltin | JavaScriptSource;

/** FormalParameterCount of functions whose arguments are not adapted. */
export const dontAdaptArguments = 0xffff;

/** A function of the standard library. */
export const newBuiltinFunction = (
  rt: Runtime,
  name: Tagged,
  implementation: BuiltinImplementation,
  length: number,
  map: Tagged = rt.intrinsic(NativeContextSlot.BuiltinFunctionMap),
): Tagged => {
  const { heap, factory } = rt;
  let sfi: Tagged;
  let code: Tagged | undefined;
  let flags = SharedFunctionFlags.Native | SharedFunctionFlags.Strict | SharedFunctionFlags.Method;
  if ('id' in implementation) {
    const { id } = implementation;
    sfi = factory.newSharedFunctionInfo(name, id << 1, StaticRoot.Undefined);
    heap.setI32(sfi, SharedFunctionInfo.FormalParameterCount, dontAdaptArguments);
    code = factory.newCodeAt(CodeKind.Builtin, builtinAddress(id), 0, id);
  } else {
    const script = factory.newScript(factory.newString(implementation.javascript), StaticRoot.EmptyString, -1);
    sfi = factory.newSharedFunctionInfo(name, StaticRoot.Undefined, script);
    heap.setI32(sfi, SharedFunctionInfo.FormalParameterCount, parameterCount(implementation.javascript));
    heap.setI32(sfi, SharedFunctionInfo.BuiltinId, implementation.builtinId ?? 0);
  }
  if (isConstructorMap(rt, map)) flags = (flags & ~SharedFunctionFlags.Method) | SharedFunctionFlags.Constructible;
  heap.setI32(sfi, SharedFunctionInfo.Flags, flags);
  heap.setI32(sfi, SharedFunctionInfo.Length, length);
  return factory.newJSFunction(sfi, rt.nativeContext, map, undefined, code);
};

const isConstructorMap = (rt: Runtime, map: Tagged): boolean => (rt.heap.getU8(map, MapObject.BitField) & 64) !== 0;

const parameterCount = (source: string): number => {
  const list = /\(([^)]*)\)/.exec(source)?.[1]?.trim() ?? '';
  return list === '' ? 0 : list.split(',').filter((name) => !name.trim().startsWith('...')).length;
};

/** Source of a standard library function in JavaScript, undefined for user functions. For compileLazy. */
export const builtinSource = (rt: Runtime, sfi: Tagged): boolean =>
  isNative(rt.heap, sfi) && (rt.heap.get(sfi, SharedFunctionInfo.FunctionData) & 1) !== 0;

/** Map for closures of a function (V8: function_map_index). */
export const closureMap = (rt: Runtime, sfi: Tagged): Tagged => {
  const flags = rt.heap.getI32(sfi, SharedFunctionInfo.Flags);
  if ((flags & SharedFunctionFlags.Generator) !== 0)
    return rt.intrinsic(
      (flags & SharedFunctionFlags.Async) !== 0
        ? NativeContextSlot.AsyncGeneratorFunctionMap
        : NativeContextSlot.GeneratorFunctionMap,
    );
  if ((flags & SharedFunctionFlags.Async) !== 0) return rt.intrinsic(NativeContextSlot.AsyncFunctionMap);
  if ((flags & SharedFunctionFlags.ClassConstructor) !== 0) return rt.intrinsic(NativeContextSlot.ClassFunctionMap);
  const constructible = (flags & SharedFunctionFlags.Constructible) !== 0;
  if ((flags & SharedFunctionFlags.Strict) !== 0)
    return rt.intrinsic(
      constructible ? NativeContextSlot.StrictFunctionMap : NativeContextSlot.StrictFunctionWithoutPrototypeMap,
    );
  return rt.intrinsic(
    constructible ? NativeContextSlot.SloppyFunctionMap : NativeContextSlot.SloppyFunctionWithoutPrototypeMap,
  );
};

/** CreateClosure: a closure of `sfi` in `context`. The feedback cell learns that it has one (more) closure. */
export const newClosure = (rt: Runtime, sfi: Tagged, context: Tagged, feedbackCell: Tagged): Tagged => {
  const heap = rt.heap;
  const cellMap = heap.get(feedbackCell, HeapObject.Map);
  if (cellMap === StaticRoot.NoClosuresCellMap) heap.init(feedbackCell, HeapObject.Map, StaticRoot.OneClosureCellMap);
  else if (cellMap === StaticRoot.OneClosureCellMap)
    heap.init(feedbackCell, HeapObject.Map, StaticRoot.ManyClosuresCellMap);
  const fn = rt.factory.newJSFunction(sfi, context, closureMap(rt, sfi), feedbackCell);
  rt.hooks.closureMade?.(fn);
  return fn;
};

/** BoundFunctionCreate. */
export const newBoundFunction = (rt: Runtime, target: Tagged, boundThis: Tagged, args: readonly Tagged[]): Tagged => {
  const heap = rt.heap;
  const map = rt.intrinsic(
    isConstructor(rt, target) ? NativeContextSlot.BoundFunctionConstructorMap : NativeContextSlot.BoundFunctionMap,
  );
  const fn = rt.factory.newJSObject(map);
  heap.set(fn, JSBoundFunction.BoundTarget, target);
  heap.set(fn, JSBoundFunction.BoundThis, boundThis);
  heap.set(fn, JSBoundFunction.BoundArguments, rt.factory.newFixedArrayFrom(args));
  return fn;
};
