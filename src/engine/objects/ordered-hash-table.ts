import type { Heap, Tagged } from '../heap/index.ts';
import type { Factory } from './factory.ts';
declare const todo: () => never;
// Map and Set tables: insertion order; a table that was rehashed or cleared points to its successor, so iterators can follow.
export const newOrderedHashMap = (_factory: Factory, _capacity?: number): Tagged => todo();
export const newOrderedHashSet = (_factory: Factory, _capacity?: number): Tagged => todo();
export const orderedSize = (_heap: Heap, _t: Tagged): number => todo();
/** Entry or −1. Keys compare by SameValueZero. */
export const orderedFind = (_heap: Heap, _factory: Factory, _t: Tagged, _key: Tagged): number => todo();
export const orderedKeyAt = (_heap: Heap, _t: Tagged, _e: number): Tagged => todo();
export const orderedValueAt = (_heap: Heap, _t: Tagged, _e: number): Tagged => todo();
/** Map: sets; returns the table to store (maybe a new one). */
export const orderedMapSet = (_factory: Factory, _t: Tagged, _key: Tagged, _value: Tagged): Tagged => todo();
export const orderedSetAdd = (_factory: Factory, _t: Tagged, _key: Tagged): Tagged => todo();
/** Deletes; returns whether it was there. Then call orderedShrink and store its result. */
export const orderedDelete = (_heap: Heap, _factory: Factory, _t: Tagged, _key: Tagged): boolean => todo();
export const orderedShrink = (_factory: Factory, _t: Tagged): Tagged => todo();
export const orderedClear = (_factory: Factory, _t: Tagged): Tagged => todo();
/** Advances an iterator (JSCollectionIterator layout): follows successors, skips deleted; returns the entry or −1 at the end (and detaches). The iterator's Index then stands after the entry. */
export const orderedIteratorNext = (_heap: Heap, _iterator: Tagged): number => todo();
/** WeakMap/WeakSet tables: same shape; keys by identity. */
export const newEphemeronHashTable = (_factory: Factory, _capacity?: number): Tagged => todo();
export const ephemeronGet = (_heap: Heap, _factory: Factory, _t: Tagged, _key: Tagged): Tagged => todo();
export const ephemeronSet = (_factory: Factory, _t: Tagged, _key: Tagged, _value: Tagged): Tagged => todo();
export const ephemeronDelete = (_heap: Heap, _factory: Factory, _t: Tagged, _key: Tagged): boolean => todo();
