// What constructors make: initial maps and prototypes of functions. Nothing here runs JavaScript or throws.

import type { Heap, Tagged } from '../heap/index.ts';
import {
  addDataProperty,
  DependencyGroup,
  deoptimizeDependents,
  ElementsKind,
  InstanceType,
  inObjectSlack,
  isNative,
  isPrototypeMap,
  JSFunction,
  JSGeneratorObject,
  JSObject,
  MapBits,
  MapObject,
  makePrototypeMap,
  mapConstructor,
  mapInObjectProperties,
  mapUnusedPropertyFields,
  PropertyAttributes,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  setPrototype as setOrdinaryPrototype,
  startSlackTracking,
} from '../objects/index.ts';
import { NativeContextSlot } from './native-context.ts';
import type { Runtime } from './runtime.ts';
import { instanceTypeOf, isJSReceiver, mapOf } from './values.ts';

/** The function's initial map, made on first use. */
export const initialMapForConstructor = (rt: Runtime, constructor: Tagged): Tagged => {
  const heap = rt.heap;
  let slot = heap.get(constructor, JSFunction.PrototypeOrInitialMap);
  if ((slot & 1) !== 0 && mapOf(rt, slot) === StaticRoot.MetaMap) return slot;
  if (slot === StaticRoot.TheHole) {
    functionPrototype(rt, constructor);
    slot = heap.get(constructor, JSFunction.PrototypeOrInitialMap);
  }
  const flags = heap.getI32(heap.get(constructor, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags);
  const prototype = isJSReceiver(rt, slot) ? slot : rt.realms.intrinsicFor(constructor, defaultPrototype(flags));
  const type =
    (flags & SharedFunctionFlags.Generator) !== 0
      ? (flags & SharedFunctionFlags.Async) !== 0
        ? InstanceType.JSAsyncGeneratorObject
        : InstanceType.JSGeneratorObject
      : InstanceType.JSObject;
  const header = type === InstanceType.JSObject ? JSObject.HeaderSize : JSGeneratorObject.Size;
  const fields = inObjectFields(rt, constructor, header);
  const map = rt.factory.newMap(type, header + 4 * fields, ElementsKind.Holey, fields);
  setInitialMap(rt, constructor, map, prototype, constructor);
  startSlackTracking(heap, map);
  return map;
};

/** The prototype of what a function makes when its own is no object. */
const defaultPrototype = (flags: number): NativeContextSlot => {
  if ((flags & SharedFunctionFlags.Generator) === 0) return NativeContextSlot.ObjectPrototype;
  return (flags & SharedFunctionFlags.Async) !== 0
    ? NativeContextSlot.AsyncGeneratorPrototype
    : NativeContextSlot.GeneratorPrototype;
};

/**
 * Fields that fit into the instances of a constructor: what it and those that it inherits from assign, and slack (V8:
 * CalculateExpectedNofProperties). @param header bytes before the first field
 */
export const inObjectFields = (rt: Runtime, constructor: Tagged, header: number): number => {
  const { heap } = rt;
  let total = 0;
  for (let f = constructor; isFunctionWithInfo(rt, f); f = heap.get(mapOf(rt, f), MapObject.Prototype))
    total += expectedFields(rt, f);
  if (total > 0) total += inObjectSlack;
  return Math.min(total, maxInstanceWords - header / 4);
};

/** V8: JSObject::kMaxInstanceSize. */
const maxInstanceWords = 255;

/** Fields that a function gives to `this`: what it assigns, or two where it assigns nothing (V8's estimate). */
const expectedFields = (rt: Runtime, fn: Tagged): number => {
  const { heap } = rt;
  const shared = heap.get(fn, JSFunction.SharedFunctionInfo);
  if (isBuiltin(heap, shared)) {
    // What a builtin's instances are made with (`lastIndex` of a RegExp).
    const map = heap.get(fn, JSFunction.PrototypeOrInitialMap);
    return (map & 1) !== 0 && mapOf(rt, map) === StaticRoot.MetaMap
      ? mapInObjectProperties(heap, map) - mapUnusedPropertyFields(heap, map)
      : 0;
  }
  return heap.getI32(shared, SharedFunctionInfo.ExpectedProperties) || 2;
};

/** Whether a function is the language's own, written in TypeScript or in JavaScript. */
const isBuiltin = (heap: Heap, shared: Tagged): boolean =>
  heap.getI32(shared, SharedFunctionInfo.BuiltinId) !== 0 ||
  (heap.get(shared, SharedFunctionInfo.FunctionData) & 1) === 0;

export const isFunctionWithInfo = (rt: Runtime, value: Tagged): boolean => {
  if (!isJSReceiver(rt, value)) return false;
  const type = instanceTypeOf(rt, value);
  return type >= InstanceType.FirstJSFunction && type <= InstanceType.LastJSFunction;
};

/** Links function, initial map and prototype object. */
export const setInitialMap = (rt: Runtime, fn: Tagged, map: Tagged, prototype: Tagged, constructor: Tagged): void => {
  const heap = rt.heap;
  if (isJSReceiver(rt, prototype) && !isPrototypeMap(heap, mapOf(rt, prototype)))
    makePrototypeMap(heap, rt.factory, prototype);
  heap.set(map, MapObject.Prototype, prototype);
  heap.set(map, MapObject.ConstructorOrBackPointer, constructor);
  heap.set(fn, JSFunction.PrototypeOrInitialMap, map);
};

/** `F.prototype` (JSFunction::prototype): made on first use for constructors and generators. */
export const functionPrototype = (rt: Runtime, fn: Tagged): Tagged => {
  const heap = rt.heap;
  const slot = heap.get(fn, JSFunction.PrototypeOrInitialMap);
  if (slot !== StaticRoot.TheHole) {
    if ((slot & 1) !== 0 && mapOf(rt, slot) === StaticRoot.MetaMap) {
      // a non-object prototype is kept as the map's constructor
      if ((heap.getU8(slot, MapObject.BitField) & MapBits.HasNonInstancePrototype) !== 0)
        return mapConstructor(heap, slot);
      return heap.get(slot, MapObject.Prototype);
    }
    return slot;
  }
  const flags = heap.getI32(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags);
  let prototype: Tagged;
  if ((flags & SharedFunctionFlags.Generator) !== 0) {
    prototype = rt.factory.newJSObject(rt.realms.intrinsicFor(fn, NativeContextSlot.ObjectMap0));
    setOrdinaryPrototype(heap, rt.factory, prototype, rt.realms.intrinsicFor(fn, defaultPrototype(flags)));
  } else {
    prototype = rt.factory.newJSObject(rt.realms.intrinsicFor(fn, NativeContextSlot.ObjectMap0));
    addDataProperty(heap, rt.factory, prototype, rt.names.constructor, fn, PropertyAttributes.DontEnum);
  }
  heap.set(fn, JSFunction.PrototypeOrInitialMap, prototype);
  return prototype;
};

/** Assignment to `F.prototype`. */
export const setFunctionPrototype = (rt: Runtime, fn: Tagged, value: Tagged): void => {
  const heap = rt.heap;
  const slot = heap.get(fn, JSFunction.PrototypeOrInitialMap);
  if ((slot & 1) !== 0 && mapOf(rt, slot) === StaticRoot.MetaMap) initialMapChanged(rt, fn, slot);
  if (isJSReceiver(rt, value) && !isPrototypeMap(heap, mapOf(rt, value))) makePrototypeMap(heap, rt.factory, value);
  if ((slot & 1) !== 0 && mapOf(rt, slot) === StaticRoot.MetaMap && isNativeFunction(rt, fn)) {
    heap.set(
      slot,
      MapObject.Prototype,
      isJSReceiver(rt, value) ? value : rt.realms.intrinsicFor(fn, NativeContextSlot.ObjectPrototype),
    );
    return;
  }
  heap.set(fn, JSFunction.PrototypeOrInitialMap, value);
};

/** Whether a JSFunction belongs to the library. */
export const isNativeFunction = (rt: Runtime, fn: Tagged): boolean =>
  isNative(rt.heap, rt.heap.get(fn, JSFunction.SharedFunctionInfo));

/** `{}`. */
export const newPlainObject = (rt: Runtime): Tagged =>
  rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.ObjectMap0));

/** The initial map of a function is dropped: code that embeds it must go. */
const initialMapChanged = (rt: Runtime, _fn: Tagged, map: Tagged): void =>
  void deoptimizeDependents(rt.factory, map, MapObject.DependentCode, DependencyGroup.InitialMapChanged);
