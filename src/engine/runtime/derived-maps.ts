// What a constructor makes for another new.target, which is asked for its prototype; species. May run JavaScript.

import type { Tagged } from '../heap/index.ts';
import {
  addDerivedMap,
  copyMap,
  derivedMapOf,
  JSFunction,
  MapBits,
  MapBits3,
  MapObject,
  mapConstructor,
  mapInObjectProperties,
  mapInstanceSize,
  mapUnusedPropertyFields,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  startSlackTracking,
} from '../objects/index.ts';
import { throwTypeError } from './errors.ts';
import { getProperty } from './get-property.ts';
import {
  functionPrototype,
  initialMapForConstructor,
  inObjectFields,
  isFunctionWithInfo,
  setInitialMap,
} from './initial-maps.ts';
import { NativeContextSlot } from './native-context.ts';
import type { Runtime } from './runtime.ts';
import { isJSReceiver, isUndefinedOrNull, mapOf } from './values.ts';

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
    if (isJSReceiver(rt, prototype) && isDerivedConstructor(rt, newTarget)) {
      const map = deriveMap(rt, baseMap, newTarget);
      setInitialMap(rt, newTarget, map, prototype, constructor);
      startSlackTracking(heap, map);
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
    const map = mapForPrototype(rt, heap.deref(base), prototype);
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

const isDerivedConstructor = (rt: Runtime, fn: Tagged): boolean =>
  (rt.heap.getI32(rt.heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags) &
    SharedFunctionFlags.DerivedConstructor) !==
  0;

/** An initial map shaped as `base`, with room for what `newTarget` assigns. */
const deriveMap = (rt: Runtime, base: Tagged, newTarget: Tagged): Tagged => {
  const heap = rt.heap;
  const header = mapInstanceSize(heap, base) - 4 * mapInObjectProperties(heap, base);
  const used = mapInObjectProperties(heap, base) - mapUnusedPropertyFields(heap, base);
  const map = copyInitialMap(rt, base);
  heap.setU8(map, MapObject.InstanceSizeInWords, header / 4 + Math.max(inObjectFields(rt, newTarget, header), used));
  return map;
};

/** The map of objects shaped as `base` that inherit from `prototype`: one for all of them (V8: PrototypeInfo.derived_maps). */
const mapForPrototype = (rt: Runtime, base: Tagged, prototype: Tagged): Tagged => {
  const { heap, factory } = rt;
  const known = derivedMapOf(factory, prototype, base);
  if (known !== 0) return known;
  const map = copyInitialMap(rt, base);
  heap.set(map, MapObject.Prototype, prototype);
  addDerivedMap(factory, prototype, map);
  return map;
};

/** A new root map as `base` is. */
const copyInitialMap = (rt: Runtime, base: Tagged): Tagged => {
  const heap = rt.heap;
  const map = copyMap(heap, rt.factory, base);
  const bits =
    heap.getI32(map, MapObject.BitField3) & ~(MapBits3.IsPrototypeMap | MapBits3.IsUnstable | MapBits3.IsDeprecated);
  heap.setI32(map, MapObject.BitField3, bits);
  return map;
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
