// The essential internal methods of what is no proxy (ECMA-262 §10.1): deleting, keys, prototypes, extensibility. Nothing here runs
// JavaScript.

import type { Tagged } from '../heap/index.ts';
import {
  deleteElement,
  deleteProperty as deleteOwnNamed,
  elementAttributes,
  hasFixedLength,
  InstanceType,
  invalidatePrototypeChains,
  isExtensibleMap,
  isPrivateSymbol,
  isPrototypeMap,
  JSPrimitiveWrapper,
  MapObject,
  numberValue,
  ownElementIndices,
  ownPropertyNames,
  PropertyAttributes,
  preventExtensions as preventExtensionsOrdinary,
  StaticRoot,
  setPrototype as setOrdinaryPrototype,
  stringLength,
} from '../objects/index.ts';
import { keyToIndex, LookupIterator, LookupState, redirect } from './lookup-iterator.ts';
import { getNativeAccessor } from './native-accessors.ts';
import { NativeContextSlot } from './native-context.ts';
import { cannot, defineOnNamespace, isModuleNamespace } from './own-properties.ts';
import { prototypeChanged, prototypePropertyChanged } from './protectors.ts';
import type { Runtime } from './runtime.ts';
import { numberToString } from './strings.ts';
import { typedArrayLength } from './typed-elements.ts';
import { instanceTypeOf, isString, isSymbol, mapOf } from './values.ts';

/** [[Delete]]; false when the object keeps the property. */
export const deleteOrdinary = (rt: Runtime, object: Tagged, key: Tagged): boolean =>
  deleteFound(rt, object, new LookupIterator(rt).start(object, key, true));

/** Deletes the own property that `it` stands at; whether it is gone. */
export const deleteFound = (rt: Runtime, object: Tagged, it: LookupIterator): boolean => {
  if (it.state === LookupState.NotFound || it.state === LookupState.TypedArrayOutOfBounds) return true;
  const target = redirect(rt, object);
  if (!it.isConfigurable || (instanceTypeOf(rt, target) === InstanceType.JSTypedArray && it.index >= 0)) return false;
  if (isPrototypeMap(rt.heap, mapOf(rt, target)) && it.index < 0) prototypePropertyChanged(rt, target, it.name);
  if (it.index < 0) deleteOwnNamed(rt.heap, rt.factory, target, it.name);
  else deleteElement(rt.heap, rt.factory, target, it.index);
  return true;
};

/** [[OwnPropertyKeys]]: indices, then strings, then symbols (private ones excluded), as words (Name or number). */
export const ordinaryOwnKeys = (rt: Runtime, object: Tagged): Tagged[] => {
  object = redirect(rt, object);
  const heap = rt.heap;
  const type = instanceTypeOf(rt, object);
  const keys: Tagged[] = [];
  if (type === InstanceType.JSTypedArray) {
    const n = typedArrayLength(rt, object);
    for (let i = 0; i < n; i++) {
      rt.poll();
      keys.push(i << 1);
    }
  } else {
    const primitive = type === InstanceType.JSPrimitiveWrapper ? heap.get(object, JSPrimitiveWrapper.Value) : 0;
    const characters = primitive !== 0 && isString(rt, primitive) ? stringLength(heap, primitive) : 0;
    for (let i = 0; i < characters; i++) {
      rt.poll();
      keys.push(i << 1);
    }
    for (const index of ownElementIndices(heap, object)) {
      rt.poll();
      if (index >= characters) keys.push(rt.factory.newNumber(index));
    }
    if (characters > 0 || (primitive !== 0 && isString(rt, primitive))) {
      const names = ownPropertyNames(heap, object);
      if (!names.includes(rt.names.length)) keys.push(rt.names.length);
    }
  }
  for (const name of ownPropertyNames(heap, object)) {
    rt.poll();
    if (!isPrivateSymbol(heap, name)) keys.push(name);
  }
  return keys;
};

/** A key word as a JS value: numbers become strings. */
export const keyToValue = (rt: Runtime, key: Tagged): Tagged =>
  (key & 1) === 0 || mapOf(rt, key) === StaticRoot.HeapNumberMap ? numberToString(rt, numberValue(rt.heap, key)) : key;

/** Enumerable own string-keyed properties' keys (Object.keys). */
export const enumerableOrdinaryKeys = (rt: Runtime, object: Tagged): Tagged[] => {
  const { heap } = rt;
  const keys: Tagged[] = [];
  const it = new LookupIterator(rt);
  const redirected = redirect(rt, object);
  const typed = instanceTypeOf(rt, redirected) === InstanceType.JSTypedArray;
  for (const key of ordinaryOwnKeys(rt, redirected)) {
    if (isSymbol(rt, key)) continue;
    const index = keyToIndex(rt, key);
    if (index >= 0 && (typed || elementAttributes(heap, redirected, index) === 0)) {
      keys.push(key);
      continue;
    }
    if (!it.start(redirected, key, true).found || !it.isEnumerable) continue;
    // an export that is not initialized yet throws
    if (it.state === LookupState.Accessor && isModuleNamespace(rt, redirected))
      getNativeAccessor(rt, redirected, it.value);
    keys.push(key);
  }
  return keys;
};

/** [[GetPrototypeOf]]. */
export const ordinaryPrototypeOf = (rt: Runtime, object: Tagged): Tagged =>
  rt.heap.get(mapOf(rt, redirect(rt, object)), MapObject.Prototype);

/** [[SetPrototypeOf]]; with `strict` a failure throws. */
export const setPrototypeOfOrdinary = (rt: Runtime, object: Tagged, prototype: Tagged, strict: boolean): boolean => {
  object = redirect(rt, object);
  const { heap } = rt;
  if (heap.get(mapOf(rt, object), MapObject.Prototype) === prototype) return true;
  if (!isExtensibleMap(heap, mapOf(rt, object))) return cannot(rt, strict, 'NonExtensibleProto', object);
  if (object === rt.intrinsic(NativeContextSlot.ObjectPrototype))
    return cannot(rt, strict, 'Plain', `Immutable prototype object 'Object.prototype' cannot have their prototype set`);
  // what was never a prototype stands on no chain
  const first = isPrototypeMap(heap, mapOf(rt, object)) ? prototype : StaticRoot.Null;
  if (prototype === object) return cannot(rt, strict, 'Plain', 'Cyclic __proto__ value');
  for (let p = first; p !== StaticRoot.Null; p = heap.get(mapOf(rt, p), MapObject.Prototype)) {
    if (p === object) return cannot(rt, strict, 'Plain', 'Cyclic __proto__ value');
    if (instanceTypeOf(rt, p) === InstanceType.JSProxy) break;
  }
  prototypeChanged(rt, object);
  setOrdinaryPrototype(heap, rt.factory, object, prototype);
  return true;
};

/** The exports of a namespace stay writable: it can be frozen when it has none. */
const freezeNamespace = (rt: Runtime, namespace: Tagged, strict: boolean): boolean => {
  for (const key of ordinaryOwnKeys(rt, namespace))
    if (!isSymbol(rt, key) && !defineOnNamespace(rt, namespace, key, { writable: false }, strict)) return false;
  return true;
};

/** [[PreventExtensions]], or sealing or freezing in one transition. */
export const preventOrdinaryExtensions = (
  rt: Runtime,
  object: Tagged,
  attributes: number,
  strict: boolean,
): boolean => {
  object = redirect(rt, object);
  if (isModuleNamespace(rt, object))
    return (attributes & PropertyAttributes.ReadOnly) === 0 || freezeNamespace(rt, object, strict);
  if (instanceTypeOf(rt, object) === InstanceType.JSTypedArray && !hasFixedLength(rt.heap, object))
    return cannot(
      rt,
      strict,
      attributes === PropertyAttributes.Frozen
        ? 'CannotFreeze'
        : attributes === PropertyAttributes.Sealed
          ? 'CannotSeal'
          : 'CannotPreventExt',
    );
  if (isPrototypeMap(rt.heap, mapOf(rt, object))) invalidatePrototypeChains(rt.heap, mapOf(rt, object));
  preventExtensionsOrdinary(rt.heap, rt.factory, object, attributes);
  return true;
};
