// What a constructor makes for another new.target, which is asked for its prototype; species. May run JavaScript.

import type { Tagged } from '../heap/index.ts';
import {
  copyMap,
  isPrototypeMap,
  JSFunction,
  MapBits,
  MapBits3,
  MapObject,
  makePrototypeMap,
  mapConstructor,
  mapInObjectProperties,
  mapInstanceSize,
  StaticRoot,
} from '../objects/index.ts';
import { throwTypeError } from './errors.ts';
import { getProperty } from './get-property.ts';
import {
  expectedProperties,
  functionPrototype,
  initialMapForConstructor,
  isFunctionWithInfo,
  isNativeFunction,
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
    if (isJSReceiver(rt, prototype) && !isNativeFunction(rt, newTarget)) {
      const map = deriveMap(
        rt,
        baseMap,
        expectedProperties(rt, newTarget) +
          (isNativeFunction(rt, constructor) ? mapInObjectProperties(heap, baseMap) : 0),
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
