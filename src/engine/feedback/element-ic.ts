// Element accesses of keyed inline caches: what a handler covers, and how a site widens when it is met with something else
// (V8: KeyedLoadIC::UpdateLoadElement, KeyedStoreIC::UpdateStoreElement).
//
//   load modes     InBounds ─▶ HandleOutOfBounds, HandleHoles ─▶ both
//   store modes    InBounds ─▶ one of GrowAndHandleCopyOnWrite, IgnoreTypedArrayOutOfBounds, HandleCopyOnWrite
//   maps           one ─▶ the same after an elements transition ─▶ up to four ─▶ megamorphic
//
// Invariant: an access that its map's handler covers records nothing; any other one widens the site or makes it megamorphic.
// So no site can be met for ever by what its optimized code does not cover.

import type { Heap, Tagged } from '../heap/index.ts';
import {
  Cell,
  ElementsKind,
  elementsLength,
  FeedbackVector,
  FixedArray,
  findElementsKindTransitionedMap,
  HeapObject,
  hasElement,
  InstanceType,
  isDoubleElementsKind,
  isHoleyElementsKind,
  isMoreGeneralElementsKind,
  isNative,
  isRabGsabElementsKind,
  isReadOnly,
  isSmiElementsKind,
  isStableMap,
  isTypedArrayElementsKind,
  JSObject,
  lookupOwn,
  mapElementsKind,
  mapInstanceType,
  mapPrototype,
  markUnstable,
  prototypeValidityCell,
  Root,
  StaticRoot,
  stringLength,
  tryUpdateMap,
  wouldConvertToSlowElements,
} from '../objects/index.ts';
import { isProtectorIntact, NativeContextSlot, type Runtime } from '../runtime/index.ts';
import {
  DataHandler,
  elementLoadMode,
  elementStoreMode,
  KeyedAccessLoadMode,
  KeyedAccessStoreMode,
  LoadHandlerKind,
  LoadHandlerWord,
  loadElementHandler,
  loadKindOf,
  StoreHandlerKind,
  slowElementStoreHandler,
  slowStoreHandler,
  storeElementHandler,
  storeKindOf,
} from './handlers.ts';
import {
  becomesByElements,
  configureEntries,
  findHandler,
  getSlot,
  type InlineCacheEntry,
  inlineCacheEntries,
  isFixedArray,
  maxPolymorphism,
  recordGenericKey,
} from './vector.ts';

/** The largest index that an ordinary object's element may have (V8: JSObject::kMaxElementIndex). */
const maxElementIndex = 4294967294;

const isString = (type: InstanceType): boolean => type < InstanceType.FirstNonstring;

/** Whether the inline caches remember elements of `receiver` at `index` (V8: CanCache, IntPtrKeyToSize). */
const canCacheElement = (heap: Heap, receiver: Tagged, index: number): boolean => {
  if ((receiver & 1) === 0) return false;
  const type = mapInstanceType(heap, heap.get(receiver, HeapObject.Map));
  if (type === InstanceType.JSTypedArray) return true;
  if (index < 0 || index > maxElementIndex) return false;
  return isString(type) || (type >= InstanceType.FirstJSReceiver && type !== InstanceType.JSPrimitiveWrapper);
};

/** The maps of a site, deprecated ones replaced by what their instances become. */
const updatedEntries = (heap: Heap, vector: Tagged, slot: number): InlineCacheEntry[] => {
  const out: InlineCacheEntry[] = [];
  for (const { map, handler } of inlineCacheEntries(heap, vector, slot)) {
    const updated = tryUpdateMap(heap, map);
    if (updated !== 0 && !out.some((e) => e.map === updated)) out.push({ map: updated, handler });
  }
  return out;
};

/** Maps of the list that become another of it are no leaves any more: optimized code may transition their instances. */
const noteTransitions = (rt: Runtime, maps: readonly Tagged[], map: Tagged): Tagged => {
  const target = findElementsKindTransitionedMap(rt.heap, map, maps);
  if (target !== 0 && isStableMap(rt.heap, map)) markUnstable(rt.factory, map);
  return target;
};

// --- loads -----------------------------------------------------------------------------------------------------------------

/** Whether a missing element of instances of `map` reads undefined (V8: AllowConvertHoleElementToUndefined). */
const mayReadUndefined = (rt: Runtime, map: Tagged): boolean => {
  const type = mapInstanceType(rt.heap, map);
  if (type === InstanceType.JSTypedArray) return true;
  if (!isProtectorIntact(rt, Root.NoElementsProtector)) return false;
  if (isString(type)) return true;
  if (type < InstanceType.JSObject) return false;
  const prototype = mapPrototype(rt.heap, map);
  return (
    prototype === rt.intrinsic(NativeContextSlot.ObjectPrototype) ||
    prototype === rt.intrinsic(NativeContextSlot.ArrayPrototype)
  );
};

const isInBounds = (heap: Heap, receiver: Tagged, index: number): boolean =>
  index >= 0 &&
  index <
    (isString(mapInstanceType(heap, heap.get(receiver, HeapObject.Map)))
      ? stringLength(heap, receiver)
      : elementsLength(heap, receiver));

const isFound = (heap: Heap, receiver: Tagged, index: number): boolean =>
  index >= 0 &&
  (isString(mapInstanceType(heap, heap.get(receiver, HeapObject.Map)))
    ? index < stringLength(heap, receiver)
    : hasElement(heap, receiver, index));

/** Whether the handler reads element `index` without a miss. */
const coversLoad = (rt: Runtime, receiver: Tagged, index: number, handler: Tagged): boolean => {
  const { heap } = rt;
  const kind = loadKindOf(handler);
  if (
    kind !== LoadHandlerKind.Element &&
    kind !== LoadHandlerKind.TypedElement &&
    kind !== LoadHandlerKind.IndexedString
  )
    return kind === LoadHandlerKind.Slow;
  if (isFound(heap, receiver, index)) return true;
  const needed = isInBounds(heap, receiver, index)
    ? KeyedAccessLoadMode.HandleHoles
    : KeyedAccessLoadMode.HandleOutOfBounds;
  if ((elementLoadMode(handler) & needed) === 0) return false;
  return kind === LoadHandlerKind.TypedElement || (index >= 0 && isProtectorIntact(rt, Root.NoElementsProtector));
};

const newLoadMode = (rt: Runtime, receiver: Tagged, index: number): KeyedAccessLoadMode => {
  const { heap } = rt;
  const map = heap.get(receiver, HeapObject.Map);
  if (!mayReadUndefined(rt, map)) return KeyedAccessLoadMode.InBounds;
  const kind = mapElementsKind(heap, map);
  // A type is not lost by a hole among tagged values: one miss is saved.
  const always = kind === ElementsKind.Holey ? KeyedAccessLoadMode.HandleHoles : KeyedAccessLoadMode.InBounds;
  if (isFound(heap, receiver, index)) return always;
  if (!isInBounds(heap, receiver, index)) return always | KeyedAccessLoadMode.HandleOutOfBounds;
  return isHoleyElementsKind(kind) ? KeyedAccessLoadMode.HandleHoles : KeyedAccessLoadMode.InBounds;
};

const elementLoadHandler = (rt: Runtime, map: Tagged, mode: KeyedAccessLoadMode): Tagged => {
  const { heap } = rt;
  const type = mapInstanceType(heap, map);
  const kind = mapElementsKind(heap, map);
  if (!mayReadUndefined(rt, map)) mode = KeyedAccessLoadMode.InBounds;
  else if (!isHoleyElementsKind(kind)) mode &= ~KeyedAccessLoadMode.HandleHoles;
  if (isString(type)) return loadElementHandler(LoadHandlerKind.IndexedString, 0, false, mode);
  if (type < InstanceType.JSObject || type === InstanceType.JSModuleNamespace) return LoadHandlerWord.Slow;
  if (isRabGsabElementsKind(kind)) return LoadHandlerWord.Slow;
  if (isTypedArrayElementsKind(kind)) return loadElementHandler(LoadHandlerKind.TypedElement, kind, false, mode);
  if (kind > ElementsKind.SlowSloppyArguments) return LoadHandlerWord.Slow;
  // V8's handler of sloppy arguments knows no modes: each miss past the end configures it anew.
  if (kind >= ElementsKind.FastSloppyArguments) mode = KeyedAccessLoadMode.InBounds;
  return loadElementHandler(LoadHandlerKind.Element, kind, type === InstanceType.JSArray, mode);
};

/** Before `receiver[index]` is read: records it unless the site covers it; whether it does. Runs no JavaScript. */
export const recordElementLoad = (
  rt: Runtime,
  vector: Tagged,
  slot: number,
  receiver: Tagged,
  index: number,
): boolean => {
  const { heap } = rt;
  if (getSlot(heap, vector, slot) === StaticRoot.MegamorphicSymbol) return false;
  if (rt.usesInlineCaches && canCacheElement(heap, receiver, index)) {
    const handler = findHandler(heap, vector, slot, heap.get(receiver, HeapObject.Map));
    if (handler !== -1 && coversLoad(rt, receiver, index, handler)) return true;
    widenElementLoad(rt, vector, slot, receiver, index);
  } else recordGenericKey(rt, vector, slot);
  return false;
};

/** The site learns a load that it does not cover. */
const widenElementLoad = (rt: Runtime, vector: Tagged, slot: number, receiver: Tagged, index: number): void => {
  const { heap } = rt;
  const map = heap.get(receiver, HeapObject.Map);
  const entries = inlineCacheEntries(heap, vector, slot);
  const known = entries.find((e) => e.map === map);
  const mode = newLoadMode(rt, receiver, index);
  if (entries.length === 0) {
    configureEntries(rt, vector, slot, [{ map, handler: elementLoadHandler(rt, map, mode) }]);
    return;
  }
  for (const e of entries) {
    const type = mapInstanceType(heap, e.map);
    if (type === InstanceType.JSPrimitiveWrapper || type === InstanceType.JSProxy)
      return recordGenericKey(rt, vector, slot);
  }
  // A site that saw one map takes the same array after a transition as its one map.
  const first = entries[0]!;
  const isElementsOf = (m: Tagged): boolean => mapInstanceType(heap, m) >= InstanceType.JSObject;
  if (
    entries.length === 1 &&
    isElementsOf(first.map) &&
    isElementsOf(map) &&
    isMoreGeneralElementsKind(mapElementsKind(heap, first.map), mapElementsKind(heap, map))
  ) {
    configureEntries(rt, vector, slot, [{ map, handler: elementLoadHandler(rt, map, mode) }]);
    return;
  }
  const old = known === undefined ? KeyedAccessLoadMode.InBounds : elementLoadMode(known.handler);
  if (known !== undefined && (old | mode) === old) return recordGenericKey(rt, vector, slot);
  const maps = entries.map((e) => e.map);
  if (known === undefined) maps.push(map);
  if (maps.length > maxPolymorphism) return recordGenericKey(rt, vector, slot);
  const widened = maps
    .filter((m) => tryUpdateMap(heap, m) === m)
    .map((m): InlineCacheEntry => {
      noteTransitions(rt, maps, m);
      return { map: m, handler: elementLoadHandler(rt, m, old | mode) };
    });
  configureEntries(rt, vector, slot, widened);
};

// --- stores ----------------------------------------------------------------------------------------------------------------

/** What a store to an element is about to do; taken before it, recorded after it. */
export interface ElementStore {
  readonly map: Tagged;
  readonly mode: KeyedAccessStoreMode;
}

const storeMode = (heap: Heap, object: Tagged, index: number): KeyedAccessStoreMode => {
  const map = heap.get(object, HeapObject.Map);
  if (index < 0 || index >= elementsLength(heap, object)) {
    if (mapInstanceType(heap, map) === InstanceType.JSArray && !wouldConvertToSlowElements(heap, object, index))
      return KeyedAccessStoreMode.GrowAndHandleCopyOnWrite;
    if (isTypedArrayElementsKind(mapElementsKind(heap, map))) return KeyedAccessStoreMode.IgnoreTypedArrayOutOfBounds;
  }
  return heap.get(heap.get(object, JSObject.Elements), HeapObject.Map) === StaticRoot.CowFixedArrayMap
    ? KeyedAccessStoreMode.HandleCopyOnWrite
    : KeyedAccessStoreMode.InBounds;
};

const fitsKind = (heap: Heap, kind: ElementsKind, value: Tagged): boolean => {
  // A typed array's handler converts what is no number, or throws.
  if ((value & 1) === 0) return true;
  if (isSmiElementsKind(kind)) return false;
  return (
    !isDoubleElementsKind(kind) || mapInstanceType(heap, heap.get(value, HeapObject.Map)) === InstanceType.HeapNumber
  );
};

/** Whether a store of `value` is one that elements of `kind` in `mode` take without a miss. */
const coversStoreAs = (
  heap: Heap,
  object: Tagged,
  index: number,
  value: Tagged,
  kind: ElementsKind,
  mode: KeyedAccessStoreMode,
): boolean => {
  if (!fitsKind(heap, kind, value)) return false;
  const isTyped = isTypedArrayElementsKind(kind);
  const length = elementsLength(heap, object);
  if (index >= 0 && index < length)
    return (
      isTyped ||
      mode === KeyedAccessStoreMode.GrowAndHandleCopyOnWrite ||
      mode === KeyedAccessStoreMode.HandleCopyOnWrite ||
      heap.get(heap.get(object, JSObject.Elements), HeapObject.Map) !== StaticRoot.CowFixedArrayMap
    );
  if (isTyped) return mode === KeyedAccessStoreMode.IgnoreTypedArrayOutOfBounds;
  return (
    mode === KeyedAccessStoreMode.GrowAndHandleCopyOnWrite &&
    mapInstanceType(heap, heap.get(object, HeapObject.Map)) === InstanceType.JSArray &&
    (isHoleyElementsKind(kind) ? index >= length : index === length) &&
    !wouldConvertToSlowElements(heap, object, index)
  );
};

/** The map that a transitioning store leads to; 0 for other handlers. */
const elementTransitionOf = (heap: Heap, handler: Tagged): Tagged => {
  if (!isFixedArray(heap, handler)) return 0;
  const map = heap.getElement(handler, FixedArray.Elements, DataHandler.Data1);
  return (map & 3) === 3 && map !== 3 ? map & ~2 : 0;
};

/** Whether the prototypes of a handler's receivers are as they were. */
const isChainValid = (heap: Heap, handler: Tagged): boolean => {
  if (!isFixedArray(heap, handler)) return true;
  const cell = heap.getElement(handler, FixedArray.Elements, DataHandler.ValidityCell);
  return cell === 0 || heap.get(cell, Cell.Value) === 0;
};

/** The Smi of a handler. */
const smiHandlerOf = (heap: Heap, handler: Tagged): Tagged =>
  isFixedArray(heap, handler) ? heap.getElement(handler, FixedArray.Elements, DataHandler.SmiHandler) : handler;

/** Store mode of an element handler, transitioning ones included. */
export const storeModeOf = (heap: Heap, handler: Tagged): KeyedAccessStoreMode =>
  elementStoreMode(smiHandlerOf(heap, handler));

/** Whether the site's handler for the object's map stores element `index` without a miss, after the transition it asks for. */
export const elementStoreHandlerFor = (
  heap: Heap,
  vector: Tagged,
  slot: number,
  object: Tagged,
  index: number,
  value: Tagged,
): { readonly covers: boolean; readonly transition: Tagged } => {
  const map = heap.get(object, HeapObject.Map);
  const handler = findHandler(heap, vector, slot, map);
  if (handler === -1) return missed;
  if (!isChainValid(heap, handler)) return missed;
  const storeKind = storeKindOf(smiHandlerOf(heap, handler));
  if (storeKind === StoreHandlerKind.Slow || storeKind === StoreHandlerKind.Proxy) return covered;
  if (storeKind !== StoreHandlerKind.Element) return missed;
  const transition = elementTransitionOf(heap, handler);
  const kind = mapElementsKind(heap, transition === 0 ? map : transition);
  if (!coversStoreAs(heap, object, index, value, kind, storeModeOf(heap, handler))) return missed;
  return transition === 0 ? covered : { covers: true, transition };
};
const missed = { covers: false, transition: 0 } as const;
const covered = { covers: true, transition: 0 } as const;

const hasReadOnlyLength = (rt: Runtime, array: Tagged): boolean =>
  isReadOnly(lookupOwn(rt.heap, rt.factory, array, rt.names.length).details);

/** What a store that missed is about to change; undefined where only a megamorphic site will do (V8: KeyedStoreIC::Store). */
export const beforeElementStore = (rt: Runtime, object: Tagged, index: number): ElementStore | undefined => {
  const { heap } = rt;
  if ((object & 1) === 0) return undefined;
  const map = heap.get(object, HeapObject.Map);
  const type = mapInstanceType(heap, map);
  if (
    type < InstanceType.FirstJSReceiver ||
    type === InstanceType.JSGlobalProxy ||
    !canCacheElement(heap, object, index) ||
    object === rt.intrinsic(NativeContextSlot.ArrayPrototype) ||
    object === rt.intrinsic(NativeContextSlot.ObjectPrototype) ||
    type === InstanceType.JSArgumentsObject
  )
    return undefined;
  const mode = type >= InstanceType.JSObject ? storeMode(heap, object, index) : KeyedAccessStoreMode.InBounds;
  if (mode === KeyedAccessStoreMode.GrowAndHandleCopyOnWrite && hasReadOnlyLength(rt, object)) return undefined;
  if (mapElementsKind(heap, map) !== ElementsKind.Dictionary && mayHaveReadOnlyElements(heap, map)) return undefined;
  return { map, mode };
};

/** V8: ShouldCheckForReadOnlyElementsInPrototypeChain, and a typed array in the chain. */
const mayHaveReadOnlyElements = (heap: Heap, map: Tagged): boolean => {
  const typed = isTypedArrayElementsKind(mapElementsKind(heap, map));
  for (let p = mapPrototype(heap, map); p !== StaticRoot.Null; p = mapPrototype(heap, heap.get(p, HeapObject.Map))) {
    const m = heap.get(p, HeapObject.Map);
    const type = mapInstanceType(heap, m);
    if (type === InstanceType.JSProxy || type === InstanceType.JSTypedArray) return true;
    if (typed) continue;
    const kind = mapElementsKind(heap, m);
    if (type === InstanceType.JSPrimitiveWrapper && kind !== ElementsKind.Holey && kind > ElementsKind.HoleyFrozen) {
      // String.prototype wraps the empty string.
      if (heap.get(p, JSObject.Elements) !== StaticRoot.EmptyFixedArray) return true;
      continue;
    }
    if (kind === ElementsKind.PackedFrozen || kind === ElementsKind.HoleyFrozen) return true;
    if (kind === ElementsKind.Dictionary || kind === ElementsKind.SlowSloppyArguments) return true;
  }
  return false;
};

/** Whether stores into holes of instances need no look at prototypes while the no-elements protector holds. */
const holesArePlain = (rt: Runtime, map: Tagged): boolean => {
  const prototype = mapPrototype(rt.heap, map);
  return (
    prototype === rt.intrinsic(NativeContextSlot.ArrayPrototype) ||
    prototype === rt.intrinsic(NativeContextSlot.ObjectPrototype)
  );
};

/**
 * The handler for elements of `map`, whose instances become `transition`'s first unless that is 0 (V8: StoreElementHandler,
 * StoreElementTransition). It holds while the prototypes are as they are; what a literal or a class defines asks no prototype.
 */
const elementStoreHandler = (
  rt: Runtime,
  how: ElementStoreSite,
  map: Tagged,
  mode: KeyedAccessStoreMode,
  transition: Tagged = 0,
): Tagged => {
  const { heap } = rt;
  const target = transition === 0 ? map : transition;
  const type = mapInstanceType(heap, target);
  const kind = mapElementsKind(heap, target);
  if (type === InstanceType.JSProxy) return StoreHandlerKind.Proxy << 1;
  if (type < InstanceType.JSObject || type === InstanceType.JSModuleNamespace) return slowStoreHandler;
  const isTyped = isTypedArrayElementsKind(kind);
  const isFast = kind <= ElementsKind.HoleySealed || (isTyped && !isRabGsabElementsKind(kind));
  if (!isFast) return slowElementStoreHandler(mode);
  const handler = storeElementHandler(kind, type === InstanceType.JSArray, mode, holesArePlain(rt, target));
  if (isTyped || (how === ElementStoreSite.Defines && transition === 0)) return handler;
  const scope = heap.openHandles();
  const cell = prototypeValidityCell(heap, rt.factory, map);
  const data = transition === 0 ? 0 : transition | 2;
  const withCell = cell === 0 && data === 0 ? handler : rt.factory.newFixedArrayFrom([handler, cell, data, 0]);
  heap.closeHandles(scope);
  return withCell;
};

/** The handler for `map` in a site that knows `maps`: one that transitions first where instances become another of them. */
const polymorphicStoreHandler = (
  rt: Runtime,
  how: ElementStoreSite,
  maps: readonly Tagged[],
  map: Tagged,
  mode: KeyedAccessStoreMode,
): Tagged => {
  const { heap } = rt;
  if (mapInstanceType(heap, map) < InstanceType.FirstJSReceiver) return slowStoreHandler;
  return elementStoreHandler(rt, how, map, mode, noteTransitions(rt, maps, map));
};

/** Whether a site's stores ask prototypes for setters and read-only elements. */
export enum ElementStoreSite {
  Sets,
  Defines,
}

/** After the store: widens the site. `store` is what `beforeElementStore` said; the object has `newMap` now. */
export const recordElementStore = (
  rt: Runtime,
  vector: Tagged,
  slot: number,
  store: ElementStore,
  newMap: Tagged,
  how: ElementStoreSite,
): void => {
  const { heap } = rt;
  if (!rt.usesInlineCaches) return recordGenericKey(rt, vector, slot);
  const { map } = store;
  let { mode } = store;
  const entries = updatedEntries(heap, vector, slot);
  const one = (m: Tagged): void =>
    configureEntries(rt, vector, slot, [{ map: m, handler: elementStoreHandler(rt, how, m, mode) }]);
  if (entries.length === 0) return one(becomesByElements(heap, map, newMap) ? newMap : map);
  if (entries.some((e) => mapInstanceType(heap, e.map) === InstanceType.JSPrimitiveWrapper))
    return recordGenericKey(rt, vector, slot);
  let oldMode = KeyedAccessStoreMode.InBounds;
  for (const e of entries) {
    oldMode = storeModeOf(heap, e.handler);
    if (oldMode !== KeyedAccessStoreMode.InBounds) break;
  }
  const previous = entries[0]!.map;
  if (entries.length === 1) {
    if (becomesByElements(heap, previous, newMap)) return one(newMap);
    if (
      map === previous &&
      newMap === map &&
      oldMode === KeyedAccessStoreMode.InBounds &&
      mode !== KeyedAccessStoreMode.InBounds
    )
      return one(map);
  }
  const maps = entries.map((e) => e.map);
  const before = maps.length;
  if (!maps.includes(map)) maps.push(map);
  if (becomesByElements(heap, map, newMap) && !maps.includes(newMap)) maps.push(newMap);
  if (maps.length === before || maps.length > maxPolymorphism) return recordGenericKey(rt, vector, slot);
  // V8's builtins have no sites: an array that one makes does not become what others at the same place became.
  if (
    isNative(heap, heap.get(vector, FeedbackVector.SharedFunctionInfo)) &&
    maps.some((m) => findElementsKindTransitionedMap(heap, m, maps) !== 0)
  )
    return recordGenericKey(rt, vector, slot);
  if (oldMode !== KeyedAccessStoreMode.InBounds) {
    if (mode === KeyedAccessStoreMode.InBounds) mode = oldMode;
    else if (mode !== oldMode) return recordGenericKey(rt, vector, slot);
  }
  if (mode !== KeyedAccessStoreMode.InBounds) {
    const typed = maps.filter((m) => isTypedArrayElementsKind(mapElementsKind(heap, m))).length;
    if (typed !== 0 && typed !== maps.length) return recordGenericKey(rt, vector, slot);
  }
  configureEntries(
    rt,
    vector,
    slot,
    maps.map((m) => ({ map: m, handler: polymorphicStoreHandler(rt, how, maps, m, mode) })),
  );
};
