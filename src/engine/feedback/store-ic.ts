// Store inline caches: named and keyed sets, own definitions. As with loads, the interpreter's loop hits monomorphic field
// and element handlers itself.

import { type Heap, isWeak, type Tagged } from '../heap/index.ts';
import {
  Cell,
  descriptorDetails,
  descriptorValue,
  detailsAttributes,
  detailsConstness,
  detailsFieldIndex,
  detailsKind,
  detailsLocation,
  detailsRepresentation,
  fastPropertyAtPut,
  HeapObject,
  InstanceType,
  isDeprecatedMap,
  isDictionaryMap,
  lookupOwn,
  MapObject,
  makePrototypesFast,
  mapBackPointer,
  mapDescriptors,
  mapElementsKind,
  mapInstanceType,
  mapOwnDescriptors,
  mapPrototype,
  migrateInstance,
  migrateToMap,
  PropertyAttributes,
  PropertyConstness,
  PropertyKind,
  PropertyLocation,
  prototypeValidityCell,
  Representation,
  StaticRoot,
  setElement,
  transitionElements,
} from '../objects/index.ts';
import { createDataPropertyOrThrow, type Runtime, setKeyed, setProperty } from '../runtime/index.ts';
import { beforeElementStore, elementStoreHandlerFor, recordElementStore } from './element-ic.ts';
import { StoreHandlerKind, slowStoreHandler, storeDescriptor, storeFieldHandler, storeKindOf } from './handlers.ts';
import { isRememberedName, rememberedKey, storedIndexOfKey } from './keys.ts';
import { feedbackMap, fieldOffset } from './load-ic.ts';
import { findHandler, findInList, getSlot, isFeedbackVector, recordGenericKey, recordHandler } from './vector.ts';

/** Whether `value` may be stored into a field of this representation and type without changing the map. */
export const fieldAccepts = (heap: Heap, representation: Representation, type: Tagged, value: Tagged): boolean => {
  switch (representation) {
    case Representation.Smi:
      return (value & 1) === 0;
    case Representation.Double:
      return (value & 1) === 0 || heap.i32[(value - 1) >> 2] === StaticRoot.HeapNumberMap;
    case Representation.HeapObject:
      return (value & 1) !== 0 && (!isWeak(type) || heap.i32[(value - 1) >> 2] === (type & ~2));
    case Representation.Tagged:
      return true;
    default:
      return false;
  }
};

/** The handler for writing own property `name` of an object shaped as `object` is now. */
export const computeStoreHandler = (rt: Runtime, object: Tagged, name: Tagged): Tagged => {
  const heap = rt.heap;
  const map = heap.get(object, HeapObject.Map);
  if (isDictionaryMap(heap, map))
    return mapInstanceType(heap, map) === InstanceType.JSGlobalObject ? slowStoreHandler : StoreHandlerKind.Normal << 1;
  const own = lookupOwn(heap, rt.factory, object, name);
  if (
    !own.found ||
    own.descriptor < 0 ||
    detailsKind(own.details) !== PropertyKind.Data ||
    detailsLocation(own.details) !== PropertyLocation.Field
  )
    return slowStoreHandler;
  if ((detailsAttributes(own.details) & PropertyAttributes.ReadOnly) !== 0) return slowStoreHandler;
  const { inObject, offset } = fieldOffset(heap, map, detailsFieldIndex(own.details));
  if (offset > 0x3ff) return slowStoreHandler;
  return storeFieldHandler(
    detailsConstness(own.details) === PropertyConstness.Const,
    inObject,
    detailsRepresentation(own.details),
    offset,
    own.descriptor,
  );
};

/** Whether the handler did the store. */
const storeWithHandler = (rt: Runtime, object: Tagged, handler: Tagged, value: Tagged): boolean => {
  const heap = rt.heap;
  if ((handler & 1) === 0) {
    if (storeKindOf(handler) !== StoreHandlerKind.Field) return false;
    const map = heap.get(object, HeapObject.Map);
    const descriptor = storeDescriptor(handler);
    const descriptors = mapDescriptors(heap, map);
    const representation = detailsRepresentation(descriptorDetails(heap, descriptors, descriptor));
    if (!fieldAccepts(heap, representation, descriptorValue(heap, descriptors, descriptor), value)) return false;
    fastPropertyAtPut(heap, rt.factory, object, descriptor, value);
    return true;
  }
  if (!isWeak(handler)) return false;
  // a transition: its map guards the prototype chain with its validity cell
  const target = handler & ~2;
  if (heap.i32[(target - 1) >> 2] !== StaticRoot.MetaMap || isDeprecatedMap(heap, target)) return false;
  const cell = heap.get(target, MapObject.PrototypeValidityCell);
  if (cell !== 0 && ((cell & 1) === 0 || heap.get(cell, Cell.Value) !== 0)) return false;
  const last = mapOwnDescriptors(heap, target) - 1;
  const descriptors = mapDescriptors(heap, target);
  const details = descriptorDetails(heap, descriptors, last);
  if (!fieldAccepts(heap, detailsRepresentation(details), descriptorValue(heap, descriptors, last), value))
    return false;
  const scope = heap.openHandles();
  const o = heap.handle(object);
  const v = heap.handle(value);
  migrateToMap(heap, rt.factory, object, target);
  fastPropertyAtPut(heap, rt.factory, heap.deref(o), last, heap.deref(v));
  heap.closeHandles(scope);
  return true;
};

/** What to record after a store turned `oldMap` into the object's present map: a field store or a transition. */
const recordStore = (
  rt: Runtime,
  vector: Tagged,
  slot: number,
  oldMap: Tagged,
  object: Tagged,
  name: Tagged,
  keyed: boolean,
): void => {
  const heap = rt.heap;
  const newMap = heap.get(object, HeapObject.Map);
  const key = keyed ? name : 0;
  if (
    newMap !== oldMap &&
    !isDictionaryMap(heap, newMap) &&
    !isDictionaryMap(heap, oldMap) &&
    mapBackPointer(heap, newMap) === oldMap &&
    mapOwnDescriptors(heap, newMap) === mapOwnDescriptors(heap, oldMap) + 1
  ) {
    heap.set(newMap, MapObject.PrototypeValidityCell, prototypeValidityCell(heap, rt.factory, newMap));
    recordHandler(rt, vector, slot, oldMap, newMap | 2, key);
    return;
  }
  recordHandler(rt, vector, slot, newMap, computeStoreHandler(rt, object, name), key);
};

/** SetNamedProperty. May run JavaScript. */
export const storeNamed = (
  rt: Runtime,
  vector: Tagged,
  slot: number,
  object: Tagged,
  name: Tagged,
  value: Tagged,
  strict: boolean,
): void => {
  const heap = rt.heap;
  if (!isFeedbackVector(heap, vector)) {
    setProperty(rt, object, name, value, strict);
    return;
  }
  const map = feedbackMap(heap, object);
  if ((object & 1) === 0 || object === StaticRoot.Undefined || object === StaticRoot.Null) {
    // The state progresses, though there is nothing to store to.
    if (findHandler(heap, vector, slot, map) === -1) recordHandler(rt, vector, slot, map, slowStoreHandler);
    setProperty(rt, object, name, value, strict);
    return;
  }
  if (isDeprecatedMap(heap, map)) {
    // An outdated instance catches up; the store itself may outdate it again, so the site learns nothing yet.
    migrateInstance(heap, rt.factory, object);
    setProperty(rt, object, name, value, strict);
    return;
  }
  const handler = findHandler(heap, vector, slot, map);
  if (handler !== -1 && handler !== slowStoreHandler && storeWithHandler(rt, object, handler, value)) return;
  if (
    mapInstanceType(heap, map) < InstanceType.JSObject ||
    handler === slowStoreHandler ||
    getSlot(heap, vector, slot) === StaticRoot.MegamorphicSymbol
  ) {
    if (handler === -1) recordHandler(rt, vector, slot, map, slowStoreHandler);
    setProperty(rt, object, name, value, strict);
    return;
  }
  makePrototypesFast(heap, rt.factory, mapPrototype(heap, map));
  const scope = heap.openHandles();
  const v = heap.handle(vector);
  const m = heap.handle(map);
  const o = heap.handle(object);
  const n = heap.handle(name);
  try {
    setProperty(rt, object, name, value, strict);
    recordStore(rt, heap.deref(v), slot, heap.deref(m), heap.deref(o), heap.deref(n), false);
  } finally {
    heap.closeHandles(scope);
  }
};

/** DefineNamedOwnProperty. Runs no JavaScript except proxies' traps. */
export const defineNamedOwn = (
  rt: Runtime,
  vector: Tagged,
  slot: number,
  object: Tagged,
  name: Tagged,
  value: Tagged,
): void => {
  const heap = rt.heap;
  if (!isFeedbackVector(heap, vector) || (object & 1) === 0) {
    createDataPropertyOrThrow(rt, object, name, value);
    return;
  }
  const map = feedbackMap(heap, object);
  if (isDeprecatedMap(heap, map)) {
    migrateInstance(heap, rt.factory, object);
    createDataPropertyOrThrow(rt, object, name, value);
    return;
  }
  const handler = findHandler(heap, vector, slot, map);
  const isSlow = handler === slowStoreHandler;
  if (handler !== -1 && !isSlow && storeWithHandler(rt, object, handler, value)) return;
  const scope = heap.openHandles();
  const v = heap.handle(vector);
  const m = heap.handle(map);
  const o = heap.handle(object);
  const n = heap.handle(name);
  try {
    createDataPropertyOrThrow(rt, object, name, value);
    if (!isSlow && getSlot(heap, heap.deref(v), slot) !== StaticRoot.MegamorphicSymbol)
      recordStore(rt, heap.deref(v), slot, heap.deref(m), heap.deref(o), heap.deref(n), false);
  } finally {
    heap.closeHandles(scope);
  }
};

/** Which of the language's stores a keyed site does. */
enum KeyedStore {
  SetSloppy,
  SetStrict,
  DefineOwn,
  InArrayLiteral,
}

/** The store itself, without feedback. May run JavaScript. */
const writeKeyed = (rt: Runtime, how: KeyedStore, object: Tagged, key: Tagged, value: Tagged): void => {
  if (how === KeyedStore.InArrayLiteral) setElement(rt.heap, rt.factory, object, key >> 1, value);
  else if (how === KeyedStore.DefineOwn) createDataPropertyOrThrow(rt, object, key, value);
  else setKeyed(rt, object, key, value, how === KeyedStore.SetStrict);
};

/** Stores element `index`, which `key` names, and records what the site's handlers do not cover. May run JavaScript. */
const storeElement = (
  rt: Runtime,
  vector: Tagged,
  slot: number,
  how: KeyedStore,
  object: Tagged,
  key: Tagged,
  index: number,
  value: Tagged,
): void => {
  const { heap } = rt;
  if ((object & 1) !== 0 && isDeprecatedMap(heap, heap.get(object, HeapObject.Map))) {
    migrateInstance(heap, rt.factory, object);
    writeKeyed(rt, how, object, key, value);
    return;
  }
  const known = (object & 1) === 0 ? undefined : elementStoreHandlerFor(heap, vector, slot, object, index, value);
  if (known?.covers) {
    if (known.transition !== 0) transitionElements(heap, rt.factory, object, mapElementsKind(heap, known.transition));
    writeKeyed(rt, how, object, key, value);
    return;
  }
  const before = beforeElementStore(rt, object, index);
  const scope = heap.openHandles();
  const v = heap.handle(vector);
  const m = heap.handle(before?.map ?? 0);
  const o = heap.handle(object);
  let stored = false;
  try {
    writeKeyed(rt, how, object, key, value);
    stored = true;
  } finally {
    if (before === undefined || !stored) recordGenericKey(rt, heap.deref(v), slot);
    else if (getSlot(heap, heap.deref(v), slot) !== StaticRoot.MegamorphicSymbol)
      recordElementStore(
        rt,
        heap.deref(v),
        slot,
        { map: heap.deref(m), mode: before.mode },
        heap.get(heap.deref(o), HeapObject.Map),
      );
    heap.closeHandles(scope);
  }
};

/** StaInArrayLiteral: defines element `index` (a Smi) of an array literal. Runs no JavaScript. */
export const storeInArrayLiteral = (
  rt: Runtime,
  vector: Tagged,
  slot: number,
  array: Tagged,
  index: Tagged,
  value: Tagged,
): void => {
  if (isFeedbackVector(rt.heap, vector) && rt.usesInlineCaches)
    storeElement(rt, vector, slot, KeyedStore.InArrayLiteral, array, index, index >> 1, value);
  else writeKeyed(rt, KeyedStore.InArrayLiteral, array, index, value);
};

/** DefineKeyedOwnProperty…: `key` is a property key. Runs no JavaScript except proxies' traps. */
export const defineKeyedOwn = (
  rt: Runtime,
  vector: Tagged,
  slot: number,
  object: Tagged,
  key: Tagged,
  value: Tagged,
): void => {
  const { heap } = rt;
  if (!isFeedbackVector(heap, vector)) {
    createDataPropertyOrThrow(rt, object, key, value);
    return;
  }
  const index = storedIndexOfKey(heap, key);
  if (!Number.isNaN(index)) {
    storeElement(rt, vector, slot, KeyedStore.DefineOwn, object, key, index, value);
    return;
  }
  const name = rememberedKey(rt, key);
  const scope = heap.openHandles();
  try {
    const v = heap.handle(vector);
    const m = heap.handle(heap.get(object, HeapObject.Map));
    const o = heap.handle(object);
    const n = heap.handle(name);
    createDataPropertyOrThrow(rt, object, name, value);
    if (!isRememberedName(heap, heap.deref(n))) recordGenericKey(rt, heap.deref(v), slot);
    else if (getSlot(heap, heap.deref(v), slot) !== StaticRoot.MegamorphicSymbol)
      recordStore(rt, heap.deref(v), slot, heap.deref(m), heap.deref(o), heap.deref(n), true);
  } finally {
    heap.closeHandles(scope);
  }
};

/** SetKeyedProperty. May run JavaScript. */
export const storeKeyed = (
  rt: Runtime,
  vector: Tagged,
  slot: number,
  object: Tagged,
  key: Tagged,
  value: Tagged,
  strict: boolean,
): void => {
  const heap = rt.heap;
  if (!isFeedbackVector(heap, vector)) {
    setKeyed(rt, object, key, value, strict);
    return;
  }
  const index = storedIndexOfKey(heap, key);
  if (!Number.isNaN(index)) {
    const how = strict ? KeyedStore.SetStrict : KeyedStore.SetSloppy;
    storeElement(rt, vector, slot, how, object, key, index, value);
    return;
  }
  const name = rememberedKey(rt, key);
  if (!isRememberedName(heap, name)) {
    recordGenericKey(rt, vector, slot);
    setKeyed(rt, object, key, value, strict);
    return;
  }
  const map = feedbackMap(heap, object);
  if ((object & 1) === 0 || object === StaticRoot.Undefined || object === StaticRoot.Null) {
    recordHandler(rt, vector, slot, map, slowStoreHandler, name);
    setKeyed(rt, object, key, value, strict);
    return;
  }
  const first = getSlot(heap, vector, slot);
  if (first === name && storeByName(rt, vector, slot, map, object, value)) return;
  const isMegamorphic = first === StaticRoot.MegamorphicSymbol;
  const scope = heap.openHandles();
  const v = heap.handle(vector);
  const m = heap.handle(map);
  const o = heap.handle(object);
  const n = heap.handle(name);
  try {
    setKeyed(rt, object, name, value, strict);
    if (isMegamorphic) return;
    if (mapInstanceType(heap, heap.deref(m)) >= InstanceType.JSObject)
      recordStore(rt, heap.deref(v), slot, heap.deref(m), heap.deref(o), heap.deref(n), true);
    else recordHandler(rt, heap.deref(v), slot, heap.deref(m), slowStoreHandler, heap.deref(n));
  } finally {
    heap.closeHandles(scope);
  }
};

const storeByName = (
  rt: Runtime,
  vector: Tagged,
  slot: number,
  map: Tagged,
  object: Tagged,
  value: Tagged,
): boolean => {
  const handler = findInList(rt.heap, getSlot(rt.heap, vector, slot + 1), map);
  return handler !== -1 && handler !== slowStoreHandler && storeWithHandler(rt, object, handler, value);
};
