// What constructors make: initial maps and prototypes of functions. Nothing here runs JavaScript or throws.

import type { Tagged } from '../heap/index.ts';
import {
  addDataProperty,
  DependencyGroup,
  deoptimizeDependents,
  InstanceType,
  isNative,
  isPrototypeMap,
  JSFunction,
  MapBits,
  MapObject,
  makePrototypeMap,
  mapConstructor,
  PropertyAttributes,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  setPrototype as setOrdinaryPrototype,
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
  const properties = expectedProperties(rt, constructor);
  const type =
    (flags & SharedFunctionFlags.Generator) !== 0
      ? (flags & SharedFunctionFlags.Async) !== 0
        ? InstanceType.JSAsyncGeneratorObject
        : InstanceType.JSGeneratorObject
      : InstanceType.JSObject;
  const header = type === InstanceType.JSObject ? 12 : 44;
  const map = rt.factory.newMap(
    type,
    header + 4 * (type === InstanceType.JSObject ? properties : 0),
    3,
    type === InstanceType.JSObject ? properties : 0,
  );
  setInitialMap(rt, constructor, map, prototype, constructor);
  return map;
};

/** The prototype of what a function makes when its own is no object. */
const defaultPrototype = (flags: number): NativeContextSlot => {
  if ((flags & SharedFunctionFlags.Generator) === 0) return NativeContextSlot.ObjectPrototype;
  return (flags & SharedFunctionFlags.Async) !== 0
    ? NativeContextSlot.AsyncGeneratorPrototype
    : NativeContextSlot.GeneratorPrototype;
};

/** In-object properties for instances: what the constructor chain assigns. */
export const expectedProperties = (rt: Runtime, constructor: Tagged): number => {
  let total = 0;
  for (let f = constructor; isFunctionWithInfo(rt, f); f = rt.heap.get(mapOf(rt, f), MapObject.Prototype)) {
    const sfi = rt.heap.get(f, JSFunction.SharedFunctionInfo);
    if (isNative(rt.heap, sfi)) break;
    total += rt.heap.getI32(sfi, SharedFunctionInfo.ExpectedProperties);
  }
  return Math.min(total === 0 ? 4 : total, 200);
};

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
