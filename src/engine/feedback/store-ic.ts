// Store inline caches: named and keyed sets, own definitions. As with loads, the interpreter's loop hits monomorphic field
// and element handlers itself.

import { type Heap, isWeak, type Tagged } from '../heap/index.ts';
import {
  descriptorDetails,
  descriptorValue,
  detailsAttributes,
  detailsConstness,
  detailsFieldIndex,
  detailsKind,
  detailsLocation,
  detailsRepresentation,
  ElementsKind,
  fastPropertyAtPut,
  InstanceType,
  isDeprecatedMap,
  isDictionaryMap,
  JSArray,
  lookupOwn,
  MapObject,
  makePrototypesFast,
  mapBackPointer,
  mapDescriptors,
  mapElementsKind,
  mapInstanceType,
  mapOwnDescriptors,
  migrateToMap,
  PropertyAttributes,
  PropertyConstness,
  PropertyKind,
  PropertyLocation,
  prototypeValidityCell,
  Representation,
  StaticRoot,
  setElement,
} from '../objects/index.ts';
import { createDataPropertyOrThrow, type Runtime, setKeyed, setProperty } from '../runtime/index.ts';
import { StoreHandlerKind, storeDescriptor, storeElementHandler, storeFieldHandler, storeKindOf } from './handlers.ts';
import { feedbackKindOfKey, rememberedKey } from './keys.ts';
import { feedbackMap, fieldOffset } from './load-ic.ts';
import {
  findInList,
  getSlot,
  isFeedbackVector,
  isFixedArray,
  recordGenericKey,
  recordHandler,
  setSlot,
} from './vector.ts';

const slowHandler: Tagged = StoreHandlerKind.Slow << 1;

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
  const map = heap.get(object, 0);
  if (isDictionaryMap(heap, map))
    return mapInstanceType(heap, map) === InstanceType.JSGlobalObject ? slowHandler : StoreHandlerKind.Normal << 1;
  const own = lookupOwn(heap, rt.factory, object, name);
  if (
    !own.found ||
    own.descriptor < 0 ||
    detailsKind(own.details) !== PropertyKind.Data ||
    detailsLocation(own.details) !== PropertyLocation.Field
  )
    return slowHandler;
  if ((detailsAttributes(own.details) & PropertyAttributes.ReadOnly) !== 0) return slowHandler;
  const { inObject, offset } = fieldOffset(heap, map, detailsFieldIndex(own.details));
  if (offset > 0x3ff) return slowHandler;
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
    const map = heap.get(object, 0);
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
  if (cell !== 0 && ((cell & 1) === 0 || heap.get(cell, 4) !== 0)) return false;
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

/** Handler found for `map` in a property IC: monomorphic or polymorphic; -1 when none. */
const findHandler = (heap: Heap, vector: Tagged, slot: number, map: Tagged): Tagged => {
  const first = getSlot(heap, vector, slot);
  if (first === (map | 2)) return getSlot(heap, vector, slot + 1);
  return isFixedArray(heap, first) ? findInList(heap, first, map) : -1;
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
  const newMap = heap.get(object, 0);
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
  if (!isFeedbackVector(heap, vector) || (object & 1) === 0) {
    setProperty(rt, object, name, value, strict);
    return;
  }
  const map = feedbackMap(heap, object);
  const handler = findHandler(heap, vector, slot, map);
  if (handler !== -1 && handler !== slowHandler && storeWithHandler(rt, object, handler, value)) return;
  if (
    mapInstanceType(heap, map) < InstanceType.JSObject ||
    handler === slowHandler ||
    getSlot(heap, vector, slot) === StaticRoot.MegamorphicSymbol
  ) {
    if (handler === -1 && object !== StaticRoot.Undefined && object !== StaticRoot.Null)
      recordHandler(rt, vector, slot, map, slowHandler);
    setProperty(rt, object, name, value, strict);
    return;
  }
  makePrototypesFast(heap, rt.factory, map);
  const scope = heap.openHandles();
  const o = heap.handle(object);
  try {
    setProperty(rt, object, name, value, strict);
    recordStore(rt, vector, slot, map, heap.deref(o), name, false);
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
  const handler = findHandler(heap, vector, slot, map);
  if (handler !== -1 && handler !== slowHandler && storeWithHandler(rt, object, handler, value)) return;
  const scope = heap.openHandles();
  const o = heap.handle(object);
  try {
    createDataPropertyOrThrow(rt, object, name, value);
    if (getSlot(heap, vector, slot) !== StaticRoot.MegamorphicSymbol && handler !== slowHandler)
      recordStore(rt, vector, slot, map, heap.deref(o), name, false);
  } finally {
    heap.closeHandles(scope);
  }
};

const elementStoreHandler = (heap: Heap, map: Tagged, grows: boolean): Tagged => {
  const type = mapInstanceType(heap, map);
  if (type < InstanceType.JSObject || type === InstanceType.JSModuleNamespace || type === InstanceType.JSTypedArray)
    return slowHandler;
  const kind = mapElementsKind(heap, map);
  return kind > ElementsKind.HoleyDouble
    ? slowHandler
    : storeElementHandler(kind, type === InstanceType.JSArray, grows);
};

/** Records an element store into an object that now has `map`. */
const recordElementStore = (rt: Runtime, vector: Tagged, slot: number, map: Tagged, grows: boolean): void => {
  const { heap } = rt;
  const known = findHandler(heap, vector, slot, map);
  const handler = elementStoreHandler(heap, map, grows || (known !== -1 && (known & 64) !== 0));
  if (known !== handler) recordHandler(rt, vector, slot, map, handler);
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
  const { heap } = rt;
  const grows = index >= heap.get(array, JSArray.Length);
  setElement(heap, rt.factory, array, index >> 1, value);
  if (isFeedbackVector(heap, vector)) recordElementStore(rt, vector, slot, heap.get(array, 0), grows);
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
  key = rememberedKey(rt, key);
  const kind = feedbackKindOfKey(heap, key);
  const scope = heap.openHandles();
  try {
    const map = heap.get(object, 0);
    const o = heap.handle(object);
    createDataPropertyOrThrow(rt, object, key, value);
    if (kind === 'other') recordGenericKey(rt, vector, slot);
    else if (getSlot(heap, vector, slot) === StaticRoot.MegamorphicSymbol) return;
    else if (kind === 'smi') recordElementStore(rt, vector, slot, heap.get(heap.deref(o), 0), true);
    else recordStore(rt, vector, slot, map, heap.deref(o), key, true);
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
  if (!isFeedbackVector(heap, vector) || (object & 1) === 0) {
    setKeyed(rt, object, key, value, strict);
    return;
  }
  key = rememberedKey(rt, key);
  const kind = feedbackKindOfKey(heap, key);
  if (kind === 'other') {
    if (object !== StaticRoot.Undefined && object !== StaticRoot.Null) recordGenericKey(rt, vector, slot);
    setKeyed(rt, object, key, value, strict);
    return;
  }
  const map = feedbackMap(heap, object);
  if (kind === 'name') {
    const first = getSlot(heap, vector, slot);
    if (first === key && storeByName(rt, vector, slot, map, object, value)) return;
    const scope = heap.openHandles();
    const o = heap.handle(object);
    try {
      setKeyed(rt, object, key, value, strict);
      if (first === StaticRoot.MegamorphicSymbol) return;
      if (mapInstanceType(heap, map) >= InstanceType.JSObject)
        recordStore(rt, vector, slot, map, heap.deref(o), key, true);
      else recordHandler(rt, vector, slot, map, slowHandler, key);
    } finally {
      heap.closeHandles(scope);
    }
    return;
  }
  const first = getSlot(heap, vector, slot);
  const grows = mapInstanceType(heap, map) === InstanceType.JSArray && key >= heap.get(object, JSArray.Length);
  const scope = heap.openHandles();
  const o = heap.handle(object);
  try {
    setKeyed(rt, object, key, value, strict);
    if (first === StaticRoot.MegamorphicSymbol) return;
    if ((first & 3) === 1 && first !== StaticRoot.UninitializedSymbol && !isFixedArray(heap, first)) {
      setSlot(heap, vector, slot, StaticRoot.MegamorphicSymbol);
      setSlot(heap, vector, slot + 1, 2);
      return;
    }
    recordElementStore(rt, vector, slot, heap.get(heap.deref(o), 0), grows);
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
  return handler !== -1 && handler !== slowHandler && storeWithHandler(rt, object, handler, value);
};
