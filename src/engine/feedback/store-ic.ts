// Store inline caches: named and keyed sets, own definitions. As with loads, the interpreter's loop hits monomorphic field
// and element handlers itself.

import { clearedWeak, type Handle, type Heap, isWeak, type Tagged } from '../heap/index.ts';
import {
  AccessorPair,
  Cell,
  descriptorDetails,
  descriptorValue,
  detailsConstness,
  detailsFieldIndex,
  detailsKind,
  detailsLocation,
  detailsRepresentation,
  FixedArray,
  fastPropertyAtPut,
  HeapObject,
  InstanceType,
  isDeprecatedMap,
  isDictionaryMap,
  isExtensibleMap,
  isReadOnly,
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
  PropertyConstness,
  PropertyKind,
  PropertyLocation,
  prototypeValidityCell,
  Representation,
  StaticRoot,
  setElement,
  transitionElements,
} from '../objects/index.ts';
import {
  createDataPropertyOrThrow,
  isJSFunction,
  isJSReceiver,
  LookupIterator,
  LookupState,
  type Runtime,
  setKeyed,
  setProperty,
} from '../runtime/index.ts';
import { beforeElementStore, ElementStoreSite, elementStoreHandlerFor, recordElementStore } from './element-ic.ts';
import {
  DataHandler,
  DataHandlerBits,
  nativeStoreHandler,
  StoreHandlerKind,
  slowStoreHandler,
  storeDescriptor,
  storeFieldHandler,
  storeKindOf,
} from './handlers.ts';
import { isRememberedName, rememberedKey, storedIndexOfKey } from './keys.ts';
import { feedbackMap, fieldOffset } from './load-ic.ts';
import {
  findHandler,
  findInList,
  getSlot,
  isFeedbackVector,
  isFixedArray,
  recordGenericKey,
  recordHandler,
} from './vector.ts';

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

/** The handler for writing the own field `name` of an object shaped as `object` is now; Slow where there is none. */
const fieldHandler = (rt: Runtime, object: Tagged, name: Tagged, defines: boolean): Tagged => {
  const heap = rt.heap;
  const map = heap.get(object, HeapObject.Map);
  const own = lookupOwn(heap, rt.factory, object, name);
  if (!own.found || own.descriptor < 0 || detailsKind(own.details) !== PropertyKind.Data) return slowStoreHandler;
  if (detailsLocation(own.details) !== PropertyLocation.Field || isReadOnly(own.details)) return slowStoreHandler;
  const { inObject, offset } = fieldOffset(heap, map, detailsFieldIndex(own.details));
  if (offset > 0x3ff) return slowStoreHandler;
  return storeFieldHandler(
    // A literal's fields are only ever initialized.
    !defines && detailsConstness(own.details) === PropertyConstness.Const,
    inObject,
    detailsRepresentation(own.details),
    offset,
    own.descriptor,
  );
};

/** A handler that looks through prototypes (V8: StoreHandler::StoreThroughPrototype). */
const storeDataHandler = (rt: Runtime, kind: StoreHandlerKind, map: Tagged, data: Tagged): Tagged => {
  const { heap } = rt;
  const scope = heap.openHandles();
  const cell = prototypeValidityCell(heap, rt.factory, map);
  const looksUp = isDictionaryMap(heap, map) && mapInstanceType(heap, map) !== InstanceType.JSGlobalObject;
  const word = (kind << 1) | (looksUp ? DataHandlerBits.LooksUpReceiver : 0);
  const handler = rt.factory.newFixedArrayFrom([word, cell, data, 0]);
  heap.closeHandles(scope);
  return handler;
};

const setterHandler = (rt: Runtime, it: LookupIterator, map: Tagged, isOwn: boolean): Tagged => {
  const { heap } = rt;
  if (it.descriptor < 0) return slowStoreHandler;
  if (heap.get(it.value, HeapObject.Map) !== StaticRoot.AccessorPairMap)
    return isOwn && !it.isReadOnly ? nativeStoreHandler(it.descriptor) : slowStoreHandler;
  const setter = heap.get(it.value, AccessorPair.Setter);
  if (!isJSFunction(rt, setter)) return slowStoreHandler;
  return isOwn ? it.value : storeDataHandler(rt, StoreHandlerKind.Accessor, map, setter | 2);
};

/** The store makes, or writes, a field: its handler is known afterwards. */
const afterwards: Tagged = StaticRoot.TheHole;

/**
 * The handler for storing to `name` of `object`, before it is done (V8: StoreIC::LookupForWrite and ComputeHandler); `afterwards` where
 * the store leads to a field.
 */
const handlerBeforeStore = (rt: Runtime, object: Tagged, name: Tagged): Tagged => {
  const { heap } = rt;
  const map = heap.get(object, HeapObject.Map);
  const type = mapInstanceType(heap, map);
  if (type === InstanceType.JSProxy) return StoreHandlerKind.Proxy << 1;
  if (type < InstanceType.FirstJSReceiver || type === InstanceType.JSGlobalObject) return slowStoreHandler;
  if (type === InstanceType.JSModuleNamespace) return slowStoreHandler;
  const it = new LookupIterator(rt).startName(object, name);
  const isOwn = it.holder === object;
  if (it.state === LookupState.Proxy)
    return type === InstanceType.JSGlobalProxy
      ? slowStoreHandler
      : storeDataHandler(rt, StoreHandlerKind.Proxy, map, it.holder | 2);
  if (it.state === LookupState.Accessor) return setterHandler(rt, it, map, isOwn);
  if (it.state === LookupState.Data && it.isReadOnly) return slowStoreHandler;
  if (type === InstanceType.JSGlobalProxy) return it.cell !== 0 ? it.cell : slowStoreHandler;
  if (it.state === LookupState.Data && isOwn) return it.descriptor < 0 ? StoreHandlerKind.Normal << 1 : afterwards;
  if (!isExtensibleMap(heap, map)) return slowStoreHandler;
  return isDictionaryMap(heap, map) ? storeDataHandler(rt, StoreHandlerKind.Normal, map, 0) : afterwards;
};

/** Whether a handler that leaves the store to the runtime is right for it, so that there is nothing to learn. */
const appliesOutside = (rt: Runtime, object: Tagged, name: Tagged, handler: Tagged): boolean => {
  const { heap } = rt;
  if ((handler & 1) === 0) {
    const kind = storeKindOf(handler);
    if (kind === StoreHandlerKind.Normal) return lookupOwn(heap, rt.factory, object, name).found;
    return kind !== StoreHandlerKind.Field && kind !== StoreHandlerKind.ConstField;
  }
  if (isWeak(handler)) return false;
  if (!isFixedArray(heap, handler)) return true;
  const cell = heap.getElement(handler, FixedArray.Elements, DataHandler.ValidityCell);
  if (cell !== 0 && heap.get(cell, Cell.Value) !== 0) return false;
  if (heap.getElement(handler, FixedArray.Elements, DataHandler.Data1) === clearedWeak) return false;
  const inner = heap.getElement(handler, FixedArray.Elements, DataHandler.SmiHandler);
  return (inner & DataHandlerBits.LooksUpReceiver) === 0 || !lookupOwn(heap, rt.factory, object, name).found;
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

/** A store by name that no handler covers: what it is about to do, as handles where it may run JavaScript. */
interface NamedStore {
  readonly vector: Handle;
  readonly slot: number;
  readonly map: Handle;
  readonly object: Handle;
  readonly name: Handle;
  /** What is known before: a handler, or `afterwards`. */
  readonly handler: Handle;
  readonly keyed: boolean;
  readonly defines: boolean;
}

const namedStore = (
  rt: Runtime,
  vector: Tagged,
  slot: number,
  object: Tagged,
  name: Tagged,
  keyed: boolean,
  defines: boolean,
): NamedStore => {
  const { heap } = rt;
  const store = {
    vector: heap.handle(vector),
    slot,
    map: heap.handle(feedbackMap(heap, object)),
    object: heap.handle(object),
    name: heap.handle(name),
    keyed,
    defines,
  };
  const handler = defines
    ? isDictionaryMap(heap, heap.get(object, HeapObject.Map))
      ? StoreHandlerKind.Normal << 1
      : afterwards
    : handlerBeforeStore(rt, object, name);
  return { ...store, handler: heap.handle(handler) };
};

const isMegamorphic = (heap: Heap, store: NamedStore): boolean =>
  getSlot(heap, heap.deref(store.vector), store.slot) === StaticRoot.MegamorphicSymbol;

/** Records what is known before the store: it may throw. */
const recordBefore = (rt: Runtime, store: NamedStore): void => {
  const { heap } = rt;
  const handler = heap.deref(store.handler);
  if (handler === afterwards || isMegamorphic(heap, store)) return;
  const key = store.keyed ? heap.deref(store.name) : 0;
  recordHandler(rt, heap.deref(store.vector), store.slot, heap.deref(store.map), handler, key);
};

/** What to record after a store turned the old map into the object's present one: a field store or a transition. */
const recordAfter = (rt: Runtime, store: NamedStore): void => {
  const heap = rt.heap;
  if (heap.deref(store.handler) !== afterwards || isMegamorphic(heap, store)) return;
  const { slot } = store;
  const vector = heap.deref(store.vector);
  const oldMap = heap.deref(store.map);
  const object = heap.deref(store.object);
  const newMap = heap.get(object, HeapObject.Map);
  const name = heap.deref(store.name);
  const key = store.keyed ? name : 0;
  if (isDictionaryMap(heap, newMap)) {
    recordHandler(rt, vector, slot, oldMap, storeDataHandler(rt, StoreHandlerKind.Normal, newMap, 0), key);
  } else if (
    newMap !== oldMap &&
    mapBackPointer(heap, newMap) === oldMap &&
    mapOwnDescriptors(heap, newMap) === mapOwnDescriptors(heap, oldMap) + 1
  ) {
    heap.set(newMap, MapObject.PrototypeValidityCell, prototypeValidityCell(heap, rt.factory, newMap));
    recordHandler(rt, vector, slot, oldMap, newMap | 2, key);
  } else recordHandler(rt, vector, slot, newMap, fieldHandler(rt, object, name, store.defines), key);
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
  if (handler !== -1 && storeWithHandler(rt, object, handler, value)) return;
  if (
    (handler !== -1 && appliesOutside(rt, object, name, handler)) ||
    getSlot(heap, vector, slot) === StaticRoot.MegamorphicSymbol
  ) {
    setProperty(rt, object, name, value, strict);
    return;
  }
  if (isJSReceiver(rt, object)) makePrototypesFast(heap, rt.factory, mapPrototype(heap, map));
  const scope = heap.openHandles();
  try {
    const store = namedStore(rt, vector, slot, object, name, false, false);
    recordBefore(rt, store);
    setProperty(rt, object, name, value, strict);
    recordAfter(rt, store);
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
  if (handler !== -1 && storeWithHandler(rt, object, handler, value)) return;
  const scope = heap.openHandles();
  try {
    const store = namedStore(rt, vector, slot, object, name, false, true);
    recordBefore(rt, store);
    createDataPropertyOrThrow(rt, object, name, value);
    recordAfter(rt, store);
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
        how === KeyedStore.SetSloppy || how === KeyedStore.SetStrict ? ElementStoreSite.Sets : ElementStoreSite.Defines,
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

/** The handler of a keyed site that has seen one name, for the object's map; −1 if it has none. */
const keyedHandler = (heap: Heap, vector: Tagged, slot: number, name: Tagged, object: Tagged): Tagged =>
  getSlot(heap, vector, slot) === name
    ? findInList(heap, getSlot(heap, vector, slot + 1), feedbackMap(heap, object))
    : -1;

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
  const known = keyedHandler(heap, vector, slot, name, object);
  if (known !== -1 && storeWithHandler(rt, object, known, value)) return;
  const scope = heap.openHandles();
  try {
    const store = namedStore(rt, vector, slot, object, name, true, true);
    createDataPropertyOrThrow(rt, object, name, value);
    if (!isRememberedName(heap, heap.deref(store.name))) recordGenericKey(rt, heap.deref(store.vector), slot);
    else {
      recordBefore(rt, store);
      recordAfter(rt, store);
    }
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
  const known = keyedHandler(heap, vector, slot, name, object);
  if (known !== -1 && storeWithHandler(rt, object, known, value)) return;
  if (
    getSlot(heap, vector, slot) === StaticRoot.MegamorphicSymbol ||
    (known !== -1 && appliesOutside(rt, object, name, known))
  ) {
    setKeyed(rt, object, name, value, strict);
    return;
  }
  const scope = heap.openHandles();
  try {
    const store = namedStore(rt, vector, slot, object, name, true, false);
    recordBefore(rt, store);
    setKeyed(rt, object, name, value, strict);
    recordAfter(rt, store);
  } finally {
    heap.closeHandles(scope);
  }
};
