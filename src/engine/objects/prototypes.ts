// Prototype maps and validity cells. An object that becomes a prototype gets a Map of its own, marked IsPrototypeMap. Inline
// caches that looked through prototypes hold the validity cell of the receiver map's prototype:
//
//   receiver map ──prototype──▶ P ──map──▶ [PrototypeValidityCell]──▶ Cell(Smi 0 valid | Smi 1 invalid)
//                                          [PrototypeInfo.PrototypeUsers] = weak list of prototype maps whose prototype is P
//
// Invariant: changing P invalidates the cell of P's map and of every map registered, transitively, below it. Registration is
// made when a cell is asked for, along the whole chain.

import { type Heap, Space, type Tagged } from '../heap/index.ts';
import {
  Cell,
  FixedArray,
  HeapObject,
  InstanceType,
  MapBits3,
  MapObject,
  PrototypeInfo,
  StaticRoot,
} from '../layout/index.ts';
import type { Factory } from './factory.ts';
import { copyMap, markUnstable, rawCopyMap } from './map-copies.ts';
import { isDictionaryMap, isPrototypeMap, mapConstructor, mapPrototype, setMapBits3 } from './maps.ts';

export const prototypeChainValid: Tagged = 0;
export const prototypeChainInvalid: Tagged = 1 << 1;

const infoOf = (factory: Factory, map: Tagged): Tagged => {
  const { heap } = factory;
  const w = heap.get(map, MapObject.TransitionsOrPrototypeInfo);
  if (w !== 0) return w;
  const info = factory.newStruct(StaticRoot.PrototypeInfoMap, Space.Old, 0, 0, -1 << 1);
  heap.set(map, MapObject.TransitionsOrPrototypeInfo, info);
  return info;
};

/** Gives the object's map to it alone and marks it as a prototype's. */
export const makePrototypeMap = (heap: Heap, factory: Factory, object: Tagged): void => {
  const map = heap.get(object, HeapObject.Map);
  if (isPrototypeMap(heap, map)) return;
  const copy = isDictionaryMap(heap, map) ? rawCopyMap(factory, map) : copyMap(heap, factory, map);
  setMapBits3(heap, copy, MapBits3.IsPrototypeMap, true);
  markUnstable(factory, map);
  heap.set(object, HeapObject.Map, copy);
};

/** Moves prototype bookkeeping from the old map of a prototype object to its new one. */
export const transferPrototypeInfo = (factory: Factory, oldMap: Tagged, newMap: Tagged): void => {
  const { heap } = factory;
  if (oldMap === newMap || !isPrototypeMap(heap, oldMap)) return;
  setMapBits3(heap, newMap, MapBits3.IsPrototypeMap, true);
  const info = heap.get(oldMap, MapObject.TransitionsOrPrototypeInfo);
  if (info === 0) return;
  heap.set(newMap, MapObject.TransitionsOrPrototypeInfo, info);
  heap.init(oldMap, MapObject.TransitionsOrPrototypeInfo, 0);
  const slot = heap.get(info, PrototypeInfo.RegistrySlot) >> 1;
  if (slot < 0) return;
  const prototype = mapPrototype(heap, oldMap);
  if (mapPrototype(heap, newMap) === prototype) {
    const users = heap.get(
      heap.get(heap.get(prototype, HeapObject.Map), MapObject.TransitionsOrPrototypeInfo),
      PrototypeInfo.PrototypeUsers,
    );
    heap.setElement(users, FixedArray.Elements, slot, newMap | 2);
  } else heap.init(info, PrototypeInfo.RegistrySlot, -1 << 1);
};

/** Initial maps of objects that a constructor made with this prototype for a new.target that is no derived constructor; 0 without one. */
export const derivedMapOf = (factory: Factory, prototype: Tagged, base: Tagged): Tagged => {
  const { heap } = factory;
  const map = heap.get(prototype, HeapObject.Map);
  if (!isPrototypeMap(heap, map)) return 0;
  const maps = heap.get(infoOf(factory, map), PrototypeInfo.DerivedMaps);
  const count = maps === 0 ? 0 : heap.get(maps, FixedArray.Length) >> 1;
  for (let i = 0; i < count; i++) {
    const derived = heap.getElement(maps, FixedArray.Elements, i);
    if (derived !== 3 && isSameKind(heap, derived & ~2, base)) return derived & ~2;
  }
  return 0;
};

const isSameKind = (heap: Heap, a: Tagged, b: Tagged): boolean =>
  mapConstructor(heap, a) === mapConstructor(heap, b) &&
  heap.getU16(a, MapObject.InstanceType) === heap.getU16(b, MapObject.InstanceType);

export const addDerivedMap = (factory: Factory, prototype: Tagged, derived: Tagged): void => {
  const { heap } = factory;
  makePrototypeMap(heap, factory, prototype);
  const info = infoOf(factory, heap.get(prototype, HeapObject.Map));
  const maps = heap.get(info, PrototypeInfo.DerivedMaps);
  const count = maps === 0 ? 0 : heap.get(maps, FixedArray.Length) >> 1;
  const grown = factory.newArrayLike(StaticRoot.WeakArrayListMap, count + 1, 0, Space.Old);
  for (let i = 0; i < count; i++)
    heap.setElement(grown, FixedArray.Elements, i, heap.getElement(maps, FixedArray.Elements, i));
  heap.setElement(grown, FixedArray.Elements, count, derived | 2);
  heap.set(info, PrototypeInfo.DerivedMaps, grown);
};

/** Registers the map of a prototype object with its own prototype, up the chain. */
const registerUser = (factory: Factory, userMap: Tagged): void => {
  const { heap } = factory;
  for (;;) {
    const prototype = mapPrototype(heap, userMap);
    if (
      prototype === StaticRoot.Null ||
      heap.getU16(heap.get(prototype, HeapObject.Map), MapObject.InstanceType) === InstanceType.JSProxy
    )
      return;
    makePrototypeMap(heap, factory, prototype);
    const info = infoOf(factory, userMap);
    if (heap.get(info, PrototypeInfo.RegistrySlot) >= 0) return;
    const prototypeMap = heap.get(prototype, HeapObject.Map);
    const parentInfo = infoOf(factory, prototypeMap);
    let users = heap.get(parentInfo, PrototypeInfo.PrototypeUsers);
    let capacity = users === 0 ? 0 : heap.get(users, FixedArray.Length) >> 1;
    // Word 0 counts.
    const count = capacity === 0 ? 0 : heap.get(users, FixedArray.Elements) >> 1;
    if (count + 1 >= capacity) {
      capacity = 2 * capacity + 4;
      const grown = factory.newArrayLike(StaticRoot.WeakArrayListMap, capacity, 0, Space.Old);
      for (let i = 1; i <= count; i++)
        heap.setElement(grown, FixedArray.Elements, i, heap.getElement(users, FixedArray.Elements, i));
      users = grown;
      heap.set(parentInfo, PrototypeInfo.PrototypeUsers, users);
    }
    heap.setElement(users, FixedArray.Elements, count + 1, userMap | 2);
    heap.init(users, FixedArray.Elements, (count + 1) << 1);
    heap.init(info, PrototypeInfo.RegistrySlot, (count + 1) << 1);
    userMap = prototypeMap;
  }
};

/**
 * Cell with Smi 0 while the prototype chain of `map` is unchanged, Smi 1 afterwards. Smi 0 instead of a cell: there is no
 * prototype, or it is a proxy.
 */
export const prototypeValidityCell = (heap: Heap, factory: Factory, map: Tagged): Tagged =>
  validityCellBelow(heap, factory, mapPrototype(heap, map));

/** The same for what has `prototype` for its prototype: primitives have no map that says so. */
export const validityCellBelow = (heap: Heap, factory: Factory, prototype: Tagged): Tagged => {
  if (
    prototype === StaticRoot.Null ||
    heap.getU16(heap.get(prototype, HeapObject.Map), MapObject.InstanceType) === InstanceType.JSProxy
  ) {
    return prototypeChainValid;
  }
  makePrototypeMap(heap, factory, prototype);
  const prototypeMap = heap.get(prototype, HeapObject.Map);
  registerUser(factory, prototypeMap);
  const known = heap.get(prototypeMap, MapObject.PrototypeValidityCell);
  if (known !== 0 && heap.get(known, Cell.Value) === prototypeChainValid) return known;
  const cell = factory.newCell(prototypeChainValid);
  heap.set(prototypeMap, MapObject.PrototypeValidityCell, cell);
  return cell;
};

/** Called before any change to an object that is a prototype, with its map. */
export const invalidatePrototypeChains = (heap: Heap, map: Tagged): void => {
  if (!isPrototypeMap(heap, map)) return;
  const cell = heap.get(map, MapObject.PrototypeValidityCell);
  if (cell !== 0) {
    heap.init(cell, Cell.Value, prototypeChainInvalid);
    heap.init(map, MapObject.PrototypeValidityCell, 0);
  }
  const info = heap.get(map, MapObject.TransitionsOrPrototypeInfo);
  if (info === 0) return;
  const users = heap.get(info, PrototypeInfo.PrototypeUsers);
  if (users === 0) return;
  const count = heap.get(users, FixedArray.Elements) >> 1;
  for (let i = 1; i <= count; i++) {
    const user = heap.getElement(users, FixedArray.Elements, i);
    if (user !== 3 && user !== 0) invalidatePrototypeChains(heap, user & ~2);
  }
};
