// Load inline caches: named, keyed, global. The interpreter's loop hits monomorphic Smi and data handlers itself; everything
// else comes here: polymorphic and megamorphic states, accessors, misses.
//
// A miss looks the property up, reads it, and records a handler for the receiver's map. Nothing here keeps a raw word
// across a getter or proxy trap: those calls are the last thing a load does.

import { clearedWeak, type Heap, isWeak, type Tagged } from '../heap/index.ts';
import {
  AccessorPair,
  Cell,
  detailsConstness,
  detailsFieldIndex,
  detailsKind,
  detailsLocation,
  detailsRepresentation,
  ElementsKind,
  elementTypeOf,
  FixedArray,
  HeapNumber,
  HeapObject,
  InstanceType,
  isDeprecatedMap,
  isDictionaryMap,
  isDoubleElementsKind,
  isPrivateSymbol,
  JSArray,
  JSObject,
  lookupOwn,
  makePrototypesFast,
  mapElementsKind,
  mapInObjectProperties,
  mapInstanceSize,
  mapInstanceType,
  mapPrototype,
  migrateInstance,
  PropertyArray,
  PropertyCell,
  PropertyConstness,
  PropertyKind,
  PropertyLocation,
  prototypeValidityCell,
  Representation,
  StaticRoot,
  stringLength,
  validityCellBelow,
} from '../objects/index.ts';
import {
  getKeyed,
  getProperty,
  getPropertyWithReceiver,
  isCallable,
  isJSFunction,
  isJSReceiver,
  LookupIterator,
  LookupState,
  prototypeOfPrimitive,
  type Runtime,
} from '../runtime/index.ts';
import { recordElementLoad } from './element-ic.ts';
import {
  DataHandler,
  DataHandlerBits,
  handlerOffsetShift,
  LoadHandlerKind,
  LoadHandlerWord,
  loadFieldHandler,
  loadKindOf,
  nativeDataHandler,
} from './handlers.ts';
import { elementIndexOfKey, isRememberedName, rememberedKey } from './keys.ts';
import {
  findHandler,
  findInList,
  getSlot,
  isFeedbackVector,
  isFixedArray,
  recordGenericKey,
  recordHandler,
} from './vector.ts';

/** The map that stands for a value in ICs: Smis count as heap numbers. */
export const feedbackMap = (heap: Heap, value: Tagged): Tagged =>
  (value & 1) === 0 ? StaticRoot.HeapNumberMap : heap.i32[(value - 1) >> 2]!;

/** Byte offset of field `index` in the object or its property array. */
export const fieldOffset = (heap: Heap, map: Tagged, index: number): { inObject: boolean; offset: number } => {
  const inObject = mapInObjectProperties(heap, map);
  return index < inObject
    ? { inObject: true, offset: mapInstanceSize(heap, map) - 4 * (inObject - index) }
    : { inObject: false, offset: PropertyArray.Elements + 4 * (index - inObject) };
};

// --- using handlers --------------------------------------------------------------------------------------------------------

/** Marker for "the handler does not apply; look the property up". Never a value of the program. */
const miss: Tagged = StaticRoot.SelfReferenceMarker;
/** Marker for "the handler's getter has it". Never a value of the program. */
const viaGetter: Tagged = StaticRoot.StaleRegister;
/** Marker for "only the runtime reads it, and the handler is right". Never a value of the program. */
const viaRuntime: Tagged = StaticRoot.OptimizedOut;

const loadField = (rt: Runtime, object: Tagged, handler: Tagged): Tagged => {
  const heap = rt.heap;
  const offset = handler >> handlerOffsetShift;
  const base = (handler & 32) !== 0 ? object : heap.i32[(object + JSObject.PropertiesOrHash - 1) >> 2]!;
  const value = heap.i32[(base - 1 + offset) >> 2]!;
  if ((handler & 64) === 0) return value;
  // A double field may have become tagged in place.
  if ((value & 1) === 0 || heap.i32[(value - 1) >> 2] !== StaticRoot.HeapNumberMap) return miss;
  return rt.factory.newHeapNumber(heap.f64[(value - 1 + HeapNumber.Value) >> 3]!);
};

/** An own property of a dictionary: accessors are the runtime's. */
const loadNormal = (rt: Runtime, object: Tagged, name: Tagged): Tagged => {
  const own = lookupOwn(rt.heap, rt.factory, object, name);
  if (!own.found) return miss;
  return detailsKind(own.details) === PropertyKind.Data ? own.value : viaRuntime;
};

/** What a Smi handler loads. */
const loadWithSmiHandler = (rt: Runtime, receiver: Tagged, name: Tagged, handler: number): Tagged => {
  switch (loadKindOf(handler)) {
    case LoadHandlerKind.Field:
      return loadField(rt, receiver, handler);
    case LoadHandlerKind.StringLength:
      return stringLength(rt.heap, receiver) << 1;
    case LoadHandlerKind.Normal:
      return loadNormal(rt, receiver, name);
    case LoadHandlerKind.Slow:
    case LoadHandlerKind.Proxy:
    case LoadHandlerKind.NativeDataProperty:
    case LoadHandlerKind.FunctionPrototype:
      return viaRuntime;
    default:
      return miss;
  }
};

/**
 * Loads through `handler`; `miss` when it does not apply, `viaGetter` when there is a getter to call, `viaRuntime` when it applies and
 * says no more. Runs no JavaScript.
 */
const loadWithHandler = (rt: Runtime, receiver: Tagged, name: Tagged, handler: Tagged): Tagged => {
  const heap = rt.heap;
  if ((handler & 1) === 0) return loadWithSmiHandler(rt, receiver, name, handler);
  if (isAccessorPair(heap, handler)) return isCallable(rt, getterOf(heap, handler)) ? viaGetter : StaticRoot.Undefined;
  if (!isFixedArray(heap, handler)) return miss;
  const cell = heap.getElement(handler, FixedArray.Elements, DataHandler.ValidityCell);
  if (cell !== 0 && heap.get(cell, Cell.Value) !== 0) return miss;
  const inner = heap.getElement(handler, FixedArray.Elements, DataHandler.SmiHandler);
  const data = heap.getElement(handler, FixedArray.Elements, DataHandler.Data1);
  if (data === clearedWeak) return miss;
  if ((inner & DataHandlerBits.LooksUpReceiver) !== 0) {
    const own = loadNormal(rt, receiver, name);
    if (own !== miss) return own;
  }
  switch (loadKindOf(inner)) {
    case LoadHandlerKind.Field:
      return loadField(rt, data & ~2, inner);
    case LoadHandlerKind.ConstantFromPrototype:
      return isWeak(data) ? data & ~2 : data;
    case LoadHandlerKind.NonExistent:
      return StaticRoot.Undefined;
    case LoadHandlerKind.Normal:
      return loadNormal(rt, data & ~2, name);
    case LoadHandlerKind.Global:
      return loadCell(heap, data & ~2);
    case LoadHandlerKind.Accessor:
      return viaGetter;
    case LoadHandlerKind.NativeDataProperty:
    case LoadHandlerKind.Proxy:
      return viaRuntime;
    default:
      return miss;
  }
};

/** The value of a global variable whose cell a handler holds: a cell that was left behind is empty. */
const loadCell = (heap: Heap, cell: Tagged): Tagged => {
  const value = heap.get(cell, PropertyCell.Value);
  if (value === StaticRoot.TheHole) return miss;
  return detailsKind(heap.get(cell, PropertyCell.Details)) === PropertyKind.Data ? value : viaRuntime;
};

const isAccessorPair = (heap: Heap, word: Tagged): boolean =>
  (word & 3) === 1 && heap.get(word, HeapObject.Map) === StaticRoot.AccessorPairMap;

const getterOf = (heap: Heap, pair: Tagged): Tagged => heap.get(pair, AccessorPair.Getter);

/** What a handler gave that is no `miss`. May run JavaScript (a getter). */
const loaded = (rt: Runtime, value: Tagged, receiver: Tagged, name: Tagged, handler: Tagged): Tagged => {
  if (value === viaRuntime) return getProperty(rt, receiver, name);
  if (value !== viaGetter) return value;
  const { heap } = rt;
  const getter = isAccessorPair(heap, handler)
    ? getterOf(heap, handler)
    : heap.getElement(handler, FixedArray.Elements, DataHandler.Data1) & ~2;
  return rt.call(getter, receiver);
};

// --- making handlers -----------------------------------------------------------------------------------------------------

/** A handler that looks through prototypes (V8: LoadHandler::LoadFullChain, LoadFromPrototype). */
const dataHandler = (rt: Runtime, smiHandler: number, map: Tagged, receiver: Tagged, data: Tagged): Tagged => {
  const heap = rt.heap;
  const scope = heap.openHandles();
  const type = mapInstanceType(heap, map);
  const isPrimitive = type < InstanceType.FirstJSReceiver;
  const cell = isPrimitive
    ? validityCellBelow(heap, rt.factory, prototypeOfPrimitive(rt, receiver))
    : prototypeValidityCell(heap, rt.factory, map);
  // What a primitive or a global proxy inherits is a realm's matter.
  const ofRealm = isPrimitive || type === InstanceType.JSGlobalProxy;
  const looksUp = !ofRealm && isDictionaryMap(heap, map) && type !== InstanceType.JSGlobalObject;
  const handler = rt.factory.newFixedArrayFrom([
    looksUp ? smiHandler | DataHandlerBits.LooksUpReceiver : smiHandler,
    cell,
    data,
    ofRealm ? rt.nativeContext | 2 : 0,
  ]);
  heap.closeHandles(scope);
  return handler;
};

/** A word as a handler holds it: objects weakly. */
const weakly = (word: Tagged): Tagged => ((word & 1) === 0 ? word : word | 2);

/** The handler for a data property that was found. */
const dataPropertyHandler = (rt: Runtime, it: LookupIterator, map: Tagged, receiver: Tagged): Tagged => {
  const { heap } = rt;
  const own = it.holder === receiver;
  if (it.cell !== 0)
    return mapInstanceType(heap, map) === InstanceType.JSGlobalObject
      ? LoadHandlerWord.Slow
      : dataHandler(rt, LoadHandlerKind.Global << 1, map, receiver, it.cell | 2);
  if (it.descriptor < 0) {
    const normal = LoadHandlerKind.Normal << 1;
    return own ? normal : dataHandler(rt, normal, map, receiver, it.holder | 2);
  }
  if (detailsLocation(it.details) !== PropertyLocation.Field) return LoadHandlerWord.Slow;
  const { inObject, offset } = fieldOffset(heap, it.holderMap, detailsFieldIndex(it.details));
  const isDouble = detailsRepresentation(it.details) === Representation.Double;
  const smi = loadFieldHandler(inObject, isDouble, offset);
  if (own) return smi;
  if (detailsConstness(it.details) !== PropertyConstness.Const)
    return dataHandler(rt, smi, map, receiver, it.holder | 2);
  const value = loadField(rt, it.holder, smi);
  return dataHandler(rt, LoadHandlerWord.ConstantFromPrototype, map, receiver, weakly(value));
};

/** The handler for an accessor that was found. */
const accessorHandler = (rt: Runtime, it: LookupIterator, map: Tagged, receiver: Tagged, name: Tagged): Tagged => {
  const { heap } = rt;
  const own = it.holder === receiver;
  const isFast = it.descriptor >= 0;
  if (!isAccessorPair(heap, it.value)) {
    if (own && name === rt.names.prototype && isJSFunction(rt, receiver)) return LoadHandlerWord.FunctionPrototype;
    if (!isFast || (own && mapInstanceType(heap, map) < InstanceType.FirstJSReceiver)) return LoadHandlerWord.Slow;
    const native = nativeDataHandler(it.descriptor);
    return own ? native : dataHandler(rt, native, map, receiver, it.holder | 2);
  }
  const getter = getterOf(heap, it.value);
  if (!isJSFunction(rt, getter) || it.cell !== 0) return LoadHandlerWord.Slow;
  if (isFast) return own ? it.value : dataHandler(rt, LoadHandlerKind.Accessor << 1, map, receiver, getter | 2);
  const normal = LoadHandlerKind.Normal << 1;
  return own ? normal : dataHandler(rt, normal, map, receiver, it.holder | 2);
};

/** The handler for reading `name` from receivers shaped as `receiver`; Slow when only the runtime can (V8: LoadIC::ComputeHandler). */
export const computeLoadHandler = (rt: Runtime, receiver: Tagged, name: Tagged): Tagged => {
  const heap = rt.heap;
  const map = feedbackMap(heap, receiver);
  const type = mapInstanceType(heap, map);
  if (name === rt.names.length) {
    if (type < InstanceType.FirstNonstring) return LoadHandlerWord.StringLength;
    if (type === InstanceType.JSArray) return loadFieldHandler(true, false, JSArray.Length);
  }
  if (type === InstanceType.JSModuleNamespace) return LoadHandlerWord.Slow;
  if (type === InstanceType.JSProxy) return LoadHandlerKind.Proxy << 1;
  const it = new LookupIterator(rt).startName(receiver, name);
  switch (it.state) {
    case LookupState.NotFound:
      return isPrivateSymbol(rt.heap, name)
        ? LoadHandlerWord.Slow
        : dataHandler(rt, LoadHandlerWord.NonExistent, map, receiver, StaticRoot.Null);
    case LookupState.Data:
      return type < InstanceType.FirstJSReceiver && it.holder === receiver
        ? LoadHandlerWord.Slow
        : dataPropertyHandler(rt, it, map, receiver);
    case LookupState.Accessor:
      return accessorHandler(rt, it, map, receiver, name);
    default:
      return LoadHandlerWord.Slow;
  }
};

// --- the stub cache ----------------------------------------------------------------------------------------------------------
// (map, name) → handler for megamorphic sites. A cache of memory: dropped at every collection.

const stubCacheSize = 1024;

export class StubCache {
  readonly maps = new Int32Array(stubCacheSize);
  readonly names = new Int32Array(stubCacheSize);
  readonly handlers = new Int32Array(stubCacheSize);

  index(map: Tagged, name: Tagged): number {
    return ((map >> 3) ^ (name >> 3) ^ (name >> 9)) & (stubCacheSize - 1);
  }
  clear(): void {
    this.maps.fill(0);
  }
}

// --- named loads -----------------------------------------------------------------------------------------------------------------

/** GetNamedProperty. `vector` may be undefined. May run JavaScript. */
export const loadNamed = (rt: Runtime, vector: Tagged, slot: number, receiver: Tagged, name: Tagged): Tagged => {
  const heap = rt.heap;
  if (!isFeedbackVector(heap, vector)) return getProperty(rt, receiver, name);
  const map = feedbackMap(heap, receiver);
  if (receiver === StaticRoot.Undefined || receiver === StaticRoot.Null) {
    // It throws; the state progresses all the same.
    if (findHandler(heap, vector, slot, map) === -1) recordHandler(rt, vector, slot, map, LoadHandlerWord.Slow);
    return getProperty(rt, receiver, name);
  }
  const first = getSlot(heap, vector, slot);
  if (first === (map | 2)) {
    const handler = getSlot(heap, vector, slot + 1);
    const value = loadWithHandler(rt, receiver, name, handler);
    if (value !== miss) return loaded(rt, value, receiver, name, handler);
  } else if (isFixedArray(heap, first)) {
    const handler = findInList(heap, first, map);
    if (handler !== -1) {
      const value = loadWithHandler(rt, receiver, name, handler);
      if (value !== miss) return loaded(rt, value, receiver, name, handler);
    }
  } else if (first === StaticRoot.MegamorphicSymbol) {
    return loadMegamorphic(rt, receiver, map, name);
  }
  if ((receiver & 1) !== 0 && isDeprecatedMap(heap, map)) {
    // An outdated instance catches up (V8: MigrateDeprecated); then the IC may know its map.
    migrateInstance(heap, rt.factory, receiver);
    if (heap.i32[(receiver - 1) >> 2] !== map) return loadNamed(rt, vector, slot, receiver, name);
  }
  makePrototypesFast(heap, rt.factory, firstPrototype(rt, receiver, map));
  recordHandler(rt, vector, slot, map, computeLoadHandler(rt, receiver, name));
  return getProperty(rt, receiver, name);
};

const loadMegamorphic = (rt: Runtime, receiver: Tagged, map: Tagged, name: Tagged): Tagged => {
  const cache = rt.part(StubCache);
  const at = cache.index(map, name);
  if (cache.maps[at] === map && cache.names[at] === name) {
    const value = loadWithHandler(rt, receiver, name, cache.handlers[at]!);
    if (value !== miss) return loaded(rt, value, receiver, name, cache.handlers[at]!);
  }
  const handler = computeLoadHandler(rt, receiver, name);
  cache.maps[at] = map;
  cache.names[at] = name;
  cache.handlers[at] = handler;
  return getProperty(rt, receiver, name);
};

// --- keyed loads ---------------------------------------------------------------------------------------------------------------------

/** GetKeyedProperty. May run JavaScript. */
export const loadKeyed = (rt: Runtime, vector: Tagged, slot: number, receiver: Tagged, key: Tagged): Tagged => {
  const heap = rt.heap;
  if (!isFeedbackVector(heap, vector)) return getKeyed(rt, receiver, key);
  const index = elementIndexOfKey(heap, key);
  if (Number.isNaN(index)) {
    const name = rememberedKey(rt, key);
    if (isRememberedName(heap, name)) return loadKeyedName(rt, vector, slot, receiver, name);
    recordGenericKey(rt, vector, slot);
  } else if ((receiver & 1) !== 0 && isDeprecatedMap(heap, feedbackMap(heap, receiver)))
    migrateInstance(heap, rt.factory, receiver);
  else if (recordElementLoad(rt, vector, slot, receiver, index) && holdsDoubles(heap, receiver)) {
    // A site that has learned them makes HeapNumbers of whatever is there; until then Smis are Smis.
    const value = getKeyed(rt, receiver, key);
    return (value & 1) === 0 ? rt.factory.newHeapNumber(value >> 1) : value;
  }
  return getKeyed(rt, receiver, key);
};

/** Arrays whose elements are doubles, typed or not. */
const holdsDoubles = (heap: Heap, receiver: Tagged): boolean => {
  const kind = mapElementsKind(heap, heap.get(receiver, HeapObject.Map));
  const type = elementTypeOf(kind);
  return isDoubleElementsKind(kind) || (type >= ElementsKind.Float32 && type <= ElementsKind.Float16);
};

/** GetNamedPropertyFromSuper: `start` is the home object's prototype. May run JavaScript. */
export const loadSuper = (
  rt: Runtime,
  vector: Tagged,
  slot: number,
  start: Tagged,
  name: Tagged,
  receiver: Tagged,
): Tagged => {
  const { heap } = rt;
  if (
    isFeedbackVector(heap, vector) &&
    (start & 1) !== 0 &&
    getSlot(heap, vector, slot) !== (heap.get(start, HeapObject.Map) | 2)
  ) {
    recordHandler(rt, vector, slot, heap.get(start, HeapObject.Map), computeLoadHandler(rt, start, name));
  }
  return getPropertyWithReceiver(rt, start, name, receiver);
};

/** Feedback of `key in object`. */
export const recordHas = (rt: Runtime, vector: Tagged, slot: number, object: Tagged, key: Tagged): void => {
  const { heap } = rt;
  if (!isFeedbackVector(heap, vector)) return;
  const index = elementIndexOfKey(heap, key);
  if (!Number.isNaN(index)) {
    recordElementLoad(rt, vector, slot, object, index);
    return;
  }
  const name = rememberedKey(rt, key);
  if (!isRememberedName(heap, name)) return recordGenericKey(rt, vector, slot);
  const map = feedbackMap(heap, object);
  if (getSlot(heap, vector, slot) === name && findInList(heap, getSlot(heap, vector, slot + 1), map) !== -1) return;
  makePrototypesFast(heap, rt.factory, mapPrototype(heap, map));
  recordHandler(rt, vector, slot, map, computeLoadHandler(rt, object, name), name);
};

/** The first object that a lookup on `receiver` goes on to. */
const firstPrototype = (rt: Runtime, receiver: Tagged, map: Tagged): Tagged =>
  isJSReceiver(rt, receiver) ? mapPrototype(rt.heap, map) : prototypeOfPrimitive(rt, receiver);

const loadKeyedName = (rt: Runtime, vector: Tagged, slot: number, receiver: Tagged, name: Tagged): Tagged => {
  const heap = rt.heap;
  const map = feedbackMap(heap, receiver);
  const first = getSlot(heap, vector, slot);
  const known = first === name ? findInList(heap, getSlot(heap, vector, slot + 1), map) : -1;
  if (receiver === StaticRoot.Undefined || receiver === StaticRoot.Null) {
    if (known === -1) recordHandler(rt, vector, slot, map, LoadHandlerWord.Slow, name);
    return getProperty(rt, receiver, name);
  }
  if (first === StaticRoot.MegamorphicSymbol) return loadMegamorphic(rt, receiver, map, name);
  if (known !== -1) {
    const value = loadWithHandler(rt, receiver, name, known);
    if (value !== miss) return loaded(rt, value, receiver, name, known);
  }
  makePrototypesFast(heap, rt.factory, firstPrototype(rt, receiver, map));
  // A private name that is missing throws, and leaves nothing behind.
  const isMissing = isPrivateSymbol(rt.heap, name) && !new LookupIterator(rt).startName(receiver, name).found;
  if (!isMissing) recordHandler(rt, vector, slot, map, computeLoadHandler(rt, receiver, name), name);
  return getProperty(rt, receiver, name);
};
