// Map and Set tables: insertion order, deterministic, alive under mutation during iteration (V8: OrderedHashTable).
//
//   [map][length] [used][deleted][buckets] [bucket heads: entry or −1 …] ([key][value?][next in bucket])*
//
// A table that was rehashed or cleared is obsolete: `used` then holds its successor, `deleted` counts the removed entries
// (−1: cleared), whose indices stand where the bucket heads were. An iterator on it walks to the successor and adjusts.
// Invariant: capacity = 2 × buckets; entries are in insertion order; a removed entry's key is the_hole.

import { elementAt, type Heap, Space, type Tagged } from '../heap/index.ts';
import {
  BigIntObject,
  FixedArray,
  HeapNumber,
  HeapObject,
  InstanceType,
  JSCollection,
  JSCollectionIterator,
  OrderedHashTable,
  StaticRoot,
  type TaggedField,
} from '../layout/index.ts';
import type { Factory } from './factory.ts';
import { instanceTypeOf } from './map-words.ts';
import { bigintValue } from './numbers.ts';
import { identityHash } from './object-fields.ts';
import { hashOf, stringEquals } from './strings.ts';

const entryWords = (heap: Heap, t: Tagged): number =>
  heap.get(t, HeapObject.Map) === StaticRoot.OrderedHashSetMap ? 2 : 3;
const bucketCount = (heap: Heap, t: Tagged): number => heap.get(t, OrderedHashTable.Buckets) >> 1;
/** The first field of entry `e`. */
const entryAt = (heap: Heap, t: Tagged, e: number): TaggedField =>
  elementAt(OrderedHashTable.Heads, bucketCount(heap, t) + e * entryWords(heap, t));
const isObsolete = (heap: Heap, t: Tagged): boolean => (heap.get(t, OrderedHashTable.Used) & 1) !== 0;

const newTable = (factory: Factory, map: Tagged, capacity: number, space: Space = Space.Young): Tagged => {
  let buckets = 2;
  while (2 * buckets < capacity) buckets *= 2;
  const words = map === StaticRoot.OrderedHashSetMap ? 2 : 3;
  const t = factory.newArrayLike(map, 3 + buckets + 2 * buckets * words, StaticRoot.TheHole, space);
  const { heap } = factory;
  heap.init(t, OrderedHashTable.Used, 0);
  heap.init(t, OrderedHashTable.Deleted, 0);
  heap.init(t, OrderedHashTable.Buckets, buckets << 1);
  for (let i = 0; i < buckets; i++) heap.initElement(t, OrderedHashTable.Heads, i, -2);
  return t;
};

export const newOrderedHashMap = (factory: Factory, capacity = 4): Tagged =>
  newTable(factory, StaticRoot.OrderedHashMapMap, capacity);
export const newOrderedHashSet = (factory: Factory, capacity = 4): Tagged =>
  newTable(factory, StaticRoot.OrderedHashSetMap, capacity);
export const orderedSize = (heap: Heap, t: Tagged): number => heap.get(t, OrderedHashTable.Used) >> 1;

const hashNumber = (h: number): number => {
  h = (~h + (h << 15)) | 0;
  h ^= h >>> 12;
  h = (h + (h << 2)) | 0;
  h ^= h >>> 4;
  h = Math.imul(h, 2057);
  return (h ^ (h >>> 16)) & 0x3fffffff;
};

/** Hash for SameValueZero. Makes an identity hash for a receiver. */
const keyHash = (heap: Heap, factory: Factory, key: Tagged): number => {
  if ((key & 1) === 0) return hashNumber(key >> 1);
  const type = instanceTypeOf(heap, key);
  if (type <= InstanceType.Symbol) return hashOf(heap, key);
  if (type === InstanceType.HeapNumber) {
    const value = heap.getF64(key, HeapNumber.Value);
    if (Number.isNaN(value)) return 0x7ff8;
    return hashNumber(heap.f64Low(key, HeapNumber.Value) ^ heap.f64High(key, HeapNumber.Value));
  }
  if (type === InstanceType.BigInt) {
    return heap.getI32(key, BigIntObject.Bitfield) < 2 ? 0 : hashNumber(heap.f64Low(key, BigIntObject.Digits));
  }
  if (type === InstanceType.Oddball) return hashNumber(key >>> 3);
  return identityHash(heap, factory, key);
};

/** A number that fits a Smi is a Smi, and −0 is 0. */
const normalizeKey = (heap: Heap, key: Tagged): Tagged => {
  if ((key & 1) === 0 || heap.get(key, HeapObject.Map) !== StaticRoot.HeapNumberMap) return key;
  const value = heap.getF64(key, HeapNumber.Value);
  return (value | 0) === value && value >= -0x40000000 && value <= 0x3fffffff ? value << 1 : key;
};

/** SameValueZero of normalized keys. */
const sameKey = (heap: Heap, a: Tagged, b: Tagged): boolean => {
  if (a === b) return true;
  if ((a & 1) === 0 || (b & 1) === 0) return false;
  const type = instanceTypeOf(heap, a);
  if (type < InstanceType.FirstNonstring)
    return instanceTypeOf(heap, b) < InstanceType.FirstNonstring && stringEquals(heap, a, b);
  if (type === InstanceType.HeapNumber) {
    if (instanceTypeOf(heap, b) !== InstanceType.HeapNumber) return false;
    const x = heap.getF64(a, HeapNumber.Value);
    const y = heap.getF64(b, HeapNumber.Value);
    return x === y || (Number.isNaN(x) && Number.isNaN(y));
  }
  if (type === InstanceType.BigInt)
    return instanceTypeOf(heap, b) === InstanceType.BigInt && bigintValue(heap, a) === bigintValue(heap, b);
  return false;
};

/** Entry or −1. Keys compare by SameValueZero. */
export const orderedFind = (heap: Heap, factory: Factory, t: Tagged, key: Tagged): number => {
  key = normalizeKey(heap, key);
  const buckets = bucketCount(heap, t);
  const words = entryWords(heap, t);
  const base = elementAt(OrderedHashTable.Heads, buckets);
  let e = heap.getElement(t, OrderedHashTable.Heads, keyHash(heap, factory, key) & (buckets - 1)) >> 1;
  while (e >= 0) {
    const at = elementAt(base, words * e);
    if (sameKey(heap, heap.get(t, at), key)) return e;
    e = heap.getElement(t, at, words - 1) >> 1;
  }
  return -1;
};

export const orderedKeyAt = (heap: Heap, t: Tagged, e: number): Tagged => heap.get(t, entryAt(heap, t, e));
export const orderedValueAt = (heap: Heap, t: Tagged, e: number): Tagged => heap.getElement(t, entryAt(heap, t, e), 1);

/** Entries used so far, removed ones included. */
export const orderedUsed = (heap: Heap, t: Tagged): number =>
  (heap.get(t, OrderedHashTable.Used) >> 1) + (heap.get(t, OrderedHashTable.Deleted) >> 1);

const rehash = (factory: Factory, t: Tagged, capacity: number): Tagged => {
  const { heap } = factory;
  const grown = newTable(factory, heap.get(t, HeapObject.Map), capacity, heap.isYoung(t) ? Space.Young : Space.Old);
  const words = entryWords(heap, t);
  const buckets = bucketCount(heap, grown);
  const used = orderedUsed(heap, t);
  let to = 0;
  const removed: number[] = [];
  for (let e = 0; e < used; e++) {
    const at = entryAt(heap, t, e);
    const key = heap.get(t, at);
    if (key === StaticRoot.TheHole) {
      removed.push(e);
      continue;
    }
    const target = entryAt(heap, grown, to);
    const head = elementAt(OrderedHashTable.Heads, keyHash(heap, factory, key) & (buckets - 1));
    heap.set(grown, target, key);
    if (words === 3) heap.setElement(grown, target, 1, heap.getElement(t, at, 1));
    heap.initElement(grown, target, words - 1, heap.get(grown, head));
    heap.init(grown, head, to << 1);
    to++;
  }
  heap.init(grown, OrderedHashTable.Used, to << 1);
  heap.init(t, OrderedHashTable.Deleted, removed.length << 1);
  for (let i = 0; i < removed.length; i++) heap.initElement(t, OrderedHashTable.Heads, i, removed[i]! << 1);
  heap.set(t, OrderedHashTable.Used, grown);
  return grown;
};

/** Appends a key that is not there. */
const append = (factory: Factory, t: Tagged, key: Tagged, value: Tagged): Tagged => {
  const { heap } = factory;
  const hash = keyHash(heap, factory, key);
  if (orderedUsed(heap, t) >= 2 * bucketCount(heap, t)) {
    const capacity = 2 * bucketCount(heap, t);
    t = rehash(factory, t, heap.get(t, OrderedHashTable.Deleted) >> 1 >= capacity >> 1 ? capacity : 2 * capacity);
  }
  const words = entryWords(heap, t);
  const e = orderedUsed(heap, t);
  const at = entryAt(heap, t, e);
  const head = elementAt(OrderedHashTable.Heads, hash & (bucketCount(heap, t) - 1));
  heap.set(t, at, key);
  if (words === 3) heap.setElement(t, at, 1, value);
  heap.initElement(t, at, words - 1, heap.get(t, head));
  heap.init(t, head, e << 1);
  heap.init(t, OrderedHashTable.Used, heap.get(t, OrderedHashTable.Used) + 2);
  return t;
};

/** Map: sets; returns the table to store (maybe a new one). */
export const orderedMapSet = (factory: Factory, t: Tagged, key: Tagged, value: Tagged): Tagged => {
  const { heap } = factory;
  key = normalizeKey(heap, key);
  const e = orderedFind(heap, factory, t, key);
  if (e < 0) return append(factory, t, key, value);
  heap.setElement(t, entryAt(heap, t, e), 1, value);
  return t;
};

export const orderedSetAdd = (factory: Factory, t: Tagged, key: Tagged): Tagged => {
  const { heap } = factory;
  key = normalizeKey(heap, key);
  return orderedFind(heap, factory, t, key) < 0 ? append(factory, t, key, 0) : t;
};

/** Deletes; returns whether it was there. Then call orderedShrink and store its result. */
export const orderedDelete = (heap: Heap, factory: Factory, t: Tagged, key: Tagged): boolean => {
  const e = orderedFind(heap, factory, t, key);
  if (e < 0) return false;
  removeEntry(heap, t, e);
  return true;
};

const removeEntry = (heap: Heap, t: Tagged, e: number): void => {
  const at = entryAt(heap, t, e);
  heap.init(t, at, StaticRoot.TheHole);
  if (entryWords(heap, t) === 3) heap.initElement(t, at, 1, StaticRoot.TheHole);
  heap.init(t, OrderedHashTable.Used, heap.get(t, OrderedHashTable.Used) - 2);
  heap.init(t, OrderedHashTable.Deleted, heap.get(t, OrderedHashTable.Deleted) + 2);
};

export const orderedShrink = (factory: Factory, t: Tagged): Tagged => {
  const { heap } = factory;
  const capacity = 2 * bucketCount(heap, t);
  return orderedSize(heap, t) >= capacity >> 2 || capacity <= 4 ? t : rehash(factory, t, capacity >> 1);
};

/** A new empty table; iterators on the old one start over on it. */
export const orderedClear = (factory: Factory, t: Tagged): Tagged => {
  const { heap } = factory;
  const fresh = newTable(factory, heap.get(t, HeapObject.Map), 4, heap.isYoung(t) ? Space.Young : Space.Old);
  heap.set(t, OrderedHashTable.Used, fresh);
  heap.init(t, OrderedHashTable.Deleted, -1 << 1);
  return fresh;
};

/**
 * Advances an iterator (JSCollectionIterator layout): follows successors, skips removed entries. Returns the entry, in the
 * iterator's Table as it is now, or −1 at the end; Index then stands after the entry. A finished iterator's Table is undefined.
 */
export const orderedIteratorNext = (heap: Heap, iterator: Tagged): number => {
  let t = heap.get(iterator, JSCollectionIterator.Table);
  if (t === StaticRoot.Undefined) return -1;
  let index = heap.get(iterator, JSCollectionIterator.Index) >> 1;
  while (isObsolete(heap, t)) {
    const removed = heap.get(t, OrderedHashTable.Deleted) >> 1;
    if (removed < 0) index = 0;
    else {
      let before = 0;
      for (let i = 0; i < removed && heap.getElement(t, OrderedHashTable.Heads, i) >> 1 < index; i++) before++;
      index -= before;
    }
    t = heap.get(t, OrderedHashTable.Used);
    heap.set(iterator, JSCollectionIterator.Table, t);
  }
  const used = orderedUsed(heap, t);
  while (index < used && orderedKeyAt(heap, t, index) === StaticRoot.TheHole) index++;
  if (index >= used) {
    heap.init(iterator, JSCollectionIterator.Table, StaticRoot.Undefined);
    heap.init(iterator, JSCollectionIterator.Index, used << 1);
    return -1;
  }
  heap.init(iterator, JSCollectionIterator.Index, (index + 1) << 1);
  return index;
};

// --- WeakMap and WeakSet ----------------------------------------------------------------------------------------------------------
// An ordered table under EphemeronHashTableMap; keys by identity. A marking collection takes out the entries whose keys died;
// a scavenge holds keys and values strongly.

export const newEphemeronHashTable = (factory: Factory, capacity = 4): Tagged =>
  newTable(factory, StaticRoot.EphemeronHashTableMap, capacity);

/** the_hole if absent. */
export const ephemeronGet = (heap: Heap, factory: Factory, t: Tagged, key: Tagged): Tagged => {
  const e = orderedFind(heap, factory, t, key);
  return e < 0 ? StaticRoot.TheHole : orderedValueAt(heap, t, e);
};
export const ephemeronSet = orderedMapSet;
/** Deletes; returns whether it was there. */
export const ephemeronDelete = orderedDelete;

/** Shows every entry of a table; where `keep` says no, the entry goes. Of an obsolete table all go. */
export const filterEphemerons = (heap: Heap, t: Tagged, keep: (key: Tagged, value: Tagged) => boolean): void => {
  if (isObsolete(heap, t)) {
    const length = heap.get(t, FixedArray.Length) >> 1;
    // what follows the three numbers
    for (let i = 0; i < length - 3; i++) heap.initElement(t, OrderedHashTable.Heads, i, StaticRoot.TheHole);
    return;
  }
  const used = orderedUsed(heap, t);
  for (let e = 0; e < used; e++) {
    const key = orderedKeyAt(heap, t, e);
    if (key !== StaticRoot.TheHole && !keep(key, orderedValueAt(heap, t, e))) removeEntry(heap, t, e);
  }
};

/** The table that replaced an obsolete one; 0 for one that is in use. */
export const successorOf = (heap: Heap, t: Tagged): Tagged =>
  isObsolete(heap, t) ? heap.get(t, OrderedHashTable.Used) : 0;

/** [key, value] pairs of a JSMap, or [key, key] of a JSSet, in insertion order: for inspection. */
export const ordered = (heap: Heap, collection: Tagged): [Tagged, Tagged][] => {
  const t = heap.get(collection, JSCollection.Table);
  const used = orderedUsed(heap, t);
  const isSet = heap.get(t, HeapObject.Map) === StaticRoot.OrderedHashSetMap;
  const result: [Tagged, Tagged][] = [];
  for (let e = 0; e < used; e++) {
    const key = orderedKeyAt(heap, t, e);
    if (key !== StaticRoot.TheHole) result.push([key, isSet ? key : orderedValueAt(heap, t, e)]);
  }
  return result;
};
