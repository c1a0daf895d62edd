// What constructors make: initial maps and prototypes of functions, maps of derived classes, species.

import type { Tagged } from '../heap/index.ts';
import {
  addDataProperty,
  copyMap,
  DependencyGroup,
  deoptimizeDependents,
  InstanceType,
  isPrototypeMap,
  JSFunction,
  MapBits,
  MapBits3,
  MapObject,
  makePrototypeMap,
  mapConstructor,
  mapInObjectProperties,
  mapInstanceSize,
  PropertyAttributes,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  setPrototype as setOrdinaryPrototype,
} from '../objects/index.ts';
import { instanceTypeOf, isJSReceiver, isUndefinedOrNull, mapOf } from './conversions.ts';
import { throwTypeError } from './errors.ts';
import { NativeContextSlot } from './native-context.ts';
import { getProperty } from './properties.ts';
import type { Runtime } from './runtime.ts';

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
const expectedProperties = (rt: Runtime, constructor: Tagged): number => {
  let total = 0;
  for (let f = constructor; isFunctionWithInfo(rt, f); f = rt.heap.get(mapOf(rt, f), MapObject.Prototype)) {
    const sfi = rt.heap.get(f, JSFunction.SharedFunctionInfo);
    if ((rt.heap.getI32(sfi, SharedFunctionInfo.Flags) & SharedFunctionFlags.Native) !== 0) break;
    total += rt.heap.getI32(sfi, SharedFunctionInfo.ExpectedProperties);
  }
  return Math.min(total === 0 ? 4 : total, 200);
};

const isFunctionWithInfo = (rt: Runtime, value: Tagged): boolean => {
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
  if ((slot & 1) !== 0 && mapOf(rt, slot) === StaticRoot.MetaMap && isBuiltinConstructor(rt, fn)) {
    heap.set(
      slot,
      MapObject.Prototype,
      isJSReceiver(rt, value) ? value : rt.realms.intrinsicFor(fn, NativeContextSlot.ObjectPrototype),
    );
    return;
  }
  heap.set(fn, JSFunction.PrototypeOrInitialMap, value);
};

const isBuiltinConstructor = (rt: Runtime, fn: Tagged): boolean =>
  (rt.heap.getI32(rt.heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags) &
    SharedFunctionFlags.Native) !==
  0;

/** JSFunction::GetDerivedMap: the map for `Reflect.construct(constructor, …, newTarget)`. May run JavaScript (newTarget.prototype). */
export const getDerivedMap = (rt: Runtime, constructor: Tagged, newTarget: Tagged): Tagged => {
  const heap = rt.heap;
  const baseMap = initialMapForConstructor(rt, constructor);
  if (newTarget === constructor || newTarget === StaticRoot.Undefined) return baseMap;
  if (
    isFunctionWithInfo(rt, newTarget) &&
    (heap.getU8(mapOf(rt, newTarget), MapObject.BitField) & MapBits.HasPrototypeSlot) !== 0
  ) {
    const slot = heap.get(newTarget, JSFunction.PrototypeOrInitialMap);
    if ((slot & 1) !== 0 && mapOf(rt, slot) === StaticRoot.MetaMap && mapConstructor(heap, slot) === constructor)
      return slot;
    const prototype = functionPrototype(rt, newTarget);
    if (isJSReceiver(rt, prototype) && !isBuiltinConstructor(rt, newTarget)) {
      const map = deriveMap(
        rt,
        baseMap,
        expectedProperties(rt, newTarget) +
          (isBuiltinConstructor(rt, constructor) ? mapInObjectProperties(heap, baseMap) : 0),
      );
      setInitialMap(rt, newTarget, map, prototype, constructor);
      return map;
    }
  }
  const scope = heap.openHandles();
  try {
    const base = heap.handle(baseMap);
    const c = heap.handle(constructor);
    const n = heap.handle(newTarget);
    let prototype = getProperty(rt, newTarget, rt.names.prototype);
    if (!isJSReceiver(rt, prototype))
      prototype =
        prototypeInRealmOf(rt, heap.deref(n), heap.deref(c)) ?? heap.get(heap.deref(base), MapObject.Prototype);
    const p = heap.handle(prototype);
    const map = deriveMap(rt, heap.deref(base), mapInObjectProperties(heap, heap.deref(base)));
    if (!isPrototypeMap(heap, mapOf(rt, heap.deref(p)))) makePrototypeMap(heap, rt.factory, heap.deref(p));
    heap.set(map, MapObject.Prototype, heap.deref(p));
    heap.set(map, MapObject.ConstructorOrBackPointer, heap.deref(c));
    return map;
  } finally {
    heap.closeHandles(scope);
  }
};

/** GetPrototypeFromConstructor for a newTarget of another realm: what that has in the place of the constructor's prototype. */
const prototypeInRealmOf = (rt: Runtime, newTarget: Tagged, constructor: Tagged): Tagged | undefined => {
  const { realms } = rt;
  const realm = realms.functionRealm(newTarget);
  if (realm === 0) throwTypeError(rt, 'ProxyRevoked', 'getFunctionRealm');
  const own = realms.functionRealm(constructor);
  if (realm === own) return undefined;
  const slot = realms.slotOf(own, constructor);
  if (slot < 0) return realms.intrinsicOf(realm, NativeContextSlot.ObjectPrototype);
  return functionPrototype(rt, realms.intrinsicOf(realm, slot));
};

/** A fresh initial map shaped as `base`, with another number of in-object properties. */
const deriveMap = (rt: Runtime, base: Tagged, inObject: number): Tagged => {
  const heap = rt.heap;
  const header = mapInstanceSize(heap, base) - 4 * mapInObjectProperties(heap, base);
  return copyInitialMap(rt, base, header + 4 * inObject);
};

/** OrdinaryCreateFromConstructor. May run JavaScript (newTarget.prototype). */
export const ordinaryCreateFromConstructor = (rt: Runtime, constructor: Tagged, newTarget: Tagged): Tagged =>
  rt.factory.newJSObject(getDerivedMap(rt, constructor, newTarget));

/** SpeciesConstructor. May run JavaScript. */
export const speciesConstructor = (rt: Runtime, object: Tagged, defaultConstructor: Tagged): Tagged => {
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const fallback = heap.handle(defaultConstructor);
    const species = speciesOf(rt, object);
    return species === StaticRoot.Undefined ? heap.deref(fallback) : species;
  } finally {
    heap.closeHandles(scope);
  }
};

/** What `object.constructor[Symbol.species]` names; undefined when nothing. May run JavaScript. */
const speciesOf = (rt: Runtime, object: Tagged): Tagged => {
  const constructor = getProperty(rt, object, rt.names.constructor);
  if (constructor === StaticRoot.Undefined) return constructor;
  if (!isJSReceiver(rt, constructor)) throwTypeError(rt, 'ConstructorNotReceiver');
  const species = getProperty(rt, constructor, rt.symbols.species_symbol);
  if (isUndefinedOrNull(species)) return StaticRoot.Undefined;
  if ((rt.heap.getU8(mapOf(rt, species), MapObject.BitField) & MapBits.IsConstructor) !== 0) return species;
  throwTypeError(rt, 'SpeciesNotConstructor');
};

/** `{}`. */
export const newPlainObject = (rt: Runtime): Tagged =>
  rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.ObjectMap0));

/** The initial map of a function is dropped: code that embeds it must go. */
const initialMapChanged = (rt: Runtime, _fn: Tagged, map: Tagged): void =>
  void deoptimizeDependents(rt.factory, map, MapObject.DependentCode, DependencyGroup.InitialMapChanged);

/** A new root map shaped as `base`, with another number of in-object properties. */
const copyInitialMap = (rt: Runtime, base: Tagged, size: number): Tagged => {
  const heap = rt.heap;
  const map = copyMap(heap, rt.factory, base);
  const bits =
    heap.getI32(map, MapObject.BitField3) & ~(MapBits3.IsPrototypeMap | MapBits3.IsUnstable | MapBits3.IsDeprecated);
  heap.setI32(map, MapObject.BitField3, bits);
  heap.setU8(map, MapObject.InstanceSizeInWords, size >> 2);
  return map;
};
