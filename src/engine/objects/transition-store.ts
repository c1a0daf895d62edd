// The transitions that a Map has, found and inserted (V8: TransitionsAccessor).
//
//   TransitionsOrPrototypeInfo = Smi 0 | weak Map (one named transition) | TransitionArray | PrototypeInfo (prototype maps)
//   TransitionArray  [map][length][count] ([key][weak target])*
//     key: a name; a private symbol for elements kinds and integrity levels; the_hole for a prototype transition
//
// Invariant: a transition's target has its source as back pointer, and the source's own descriptors as a prefix. Prototype
// maps and dictionary maps have no transitions.

import { type Heap, Space, type Tagged } from '../heap/index.ts';
import { HeapObject, MapObject, StaticRoot, TransitionArray } from '../layout/index.ts';
import type { Factory } from './factory.ts';
import {
  descriptorDetails,
  descriptorKey,
  isDictionaryMap,
  isPrototypeMap,
  mapDescriptors,
  mapOwnDescriptors,
} from './maps.ts';
import { detailsAttributes, detailsKind, PropertyKind } from './property-details.ts';
import { rootSymbol } from './root-slots.ts';

/** Number of transitions of a map. */
export const transitionCount = (heap: Heap, map: Tagged): number => {
  const w = heap.get(map, MapObject.TransitionsOrPrototypeInfo);
  if (w === 0 || isPrototypeMap(heap, map)) return 0;
  if ((w & 3) === 3) return w === 3 ? 0 : 1;
  return heap.get(w, TransitionArray.Count) >> 1;
};

/** Target of transition `i`, or 0 if it died. */
export const transitionTarget = (heap: Heap, map: Tagged, i: number): Tagged => {
  const w = heap.get(map, MapObject.TransitionsOrPrototypeInfo);
  const target = (w & 3) === 3 ? w : heap.getElement(w, TransitionArray.Entries, 2 * i + 1);
  return target === 3 ? 0 : target & ~2;
};

export const transitionKey = (heap: Heap, map: Tagged, i: number): Tagged => {
  const w = heap.get(map, MapObject.TransitionsOrPrototypeInfo);
  if ((w & 3) !== 3) return heap.getElement(w, TransitionArray.Entries, 2 * i);
  const target = w & ~2;
  return descriptorKey(heap, mapDescriptors(heap, target), mapOwnDescriptors(heap, target) - 1);
};

export const prototypeKey: Tagged = StaticRoot.TheHole;

const lastDetails = (heap: Heap, map: Tagged): Tagged =>
  descriptorDetails(heap, mapDescriptors(heap, map), mapOwnDescriptors(heap, map) - 1);

const isSpecialKey = (heap: Heap, key: Tagged): boolean =>
  key === rootSymbol(heap, 'elements_transition_symbol') ||
  key === rootSymbol(heap, 'nonextensible_symbol') ||
  key === rootSymbol(heap, 'sealed_symbol') ||
  key === rootSymbol(heap, 'frozen_symbol') ||
  key === rootSymbol(heap, 'strict_function_transition_symbol');

/** Index of the named transition, or −1. */
const findTransitionIndex = (heap: Heap, map: Tagged, name: Tagged, kind: PropertyKind, attributes: number): number => {
  const count = transitionCount(heap, map);
  for (let i = 0; i < count; i++) {
    if (transitionKey(heap, map, i) !== name) continue;
    const target = transitionTarget(heap, map, i);
    if (target === 0) continue;
    const details = lastDetails(heap, target);
    if (detailsKind(details) === kind && detailsAttributes(details) === attributes) return i;
  }
  return -1;
};

/** Existing transition by name, attributes and kind, or 0. */
export const findTransition = (
  heap: Heap,
  map: Tagged,
  name: Tagged,
  attributes: number,
  kind: PropertyKind = PropertyKind.Data,
): Tagged => {
  const w = heap.get(map, MapObject.TransitionsOrPrototypeInfo);
  if (w === 0) return 0;
  if (
    (w & 3) === 3 ||
    heap.get(w, HeapObject.Map) !== StaticRoot.TransitionArrayMap ||
    heap.get(w, TransitionArray.Count) < 16
  ) {
    const i = findTransitionIndex(heap, map, name, kind, attributes);
    return i < 0 ? 0 : transitionTarget(heap, map, i);
  }
  // for maps with many transitions (an object used as a dictionary): [map, name, attributes|kind, target]
  const lookups = heap.transitionLookups;
  const slot = 4 * (((map >>> 3) ^ (name >>> 3)) & (lookups.length / 4 - 1));
  const tag = attributes | (kind << 4);
  if (lookups[slot] === map && lookups[slot + 1] === name && lookups[slot + 2] === tag) return lookups[slot + 3]!;
  const i = findTransitionIndex(heap, map, name, kind, attributes);
  if (i < 0) return 0;
  const target = transitionTarget(heap, map, i);
  lookups[slot] = map;
  lookups[slot + 1] = name;
  lookups[slot + 2] = tag;
  lookups[slot + 3] = target;
  return target;
};

/** Existing transition by a special symbol, or 0. */
export const findSpecialTransition = (heap: Heap, map: Tagged, symbol: Tagged): Tagged => {
  const w = heap.get(map, MapObject.TransitionsOrPrototypeInfo);
  if (w === 0 || (w & 3) === 3 || isPrototypeMap(heap, map)) return 0;
  const count = heap.get(w, TransitionArray.Count) >> 1;
  for (let i = 0; i < count; i++) if (transitionKey(heap, map, i) === symbol) return transitionTarget(heap, map, i);
  return 0;
};

const maxTransitions = 1536;

export const canHaveMoreTransitions = (heap: Heap, map: Tagged): boolean =>
  !isPrototypeMap(heap, map) && !isDictionaryMap(heap, map) && transitionCount(heap, map) < maxTransitions;

/** Adds or (same key, kind and attributes) replaces a transition, and sets the back pointer. */
export const insertTransition = (factory: Factory, map: Tagged, key: Tagged, target: Tagged): void => {
  const { heap } = factory;
  heap.set(target, MapObject.ConstructorOrBackPointer, map);
  const special = key === prototypeKey || isSpecialKey(heap, key);
  const w = heap.get(map, MapObject.TransitionsOrPrototypeInfo);
  if (w === 0 && !special) {
    heap.set(map, MapObject.TransitionsOrPrototypeInfo, target | 2);
    return;
  }
  let replace = -1;
  if (!special) {
    const details = lastDetails(heap, target);
    replace = findTransitionIndex(heap, map, key, detailsKind(details), detailsAttributes(details));
    heap.transitionLookups.fill(0);
  }
  if ((w & 3) === 3 && replace === 0) {
    heap.set(map, MapObject.TransitionsOrPrototypeInfo, target | 2);
    return;
  }
  let array = w;
  let count = 0;
  if ((w & 3) !== 1 || w === 0) {
    count = w === 0 ? 0 : 1;
    array = factory.newArrayLike(StaticRoot.TransitionArrayMap, 1 + 2 * (count + 2), 0, Space.Old);
    if (count === 1) {
      heap.set(array, TransitionArray.Entries, transitionKey(heap, map, 0));
      heap.setElement(array, TransitionArray.Entries, 1, w);
    }
  } else {
    count = heap.get(w, TransitionArray.Count) >> 1;
    const capacity = ((heap.get(w, TransitionArray.Length) >> 1) - 1) >> 1;
    if (replace < 0 && count === capacity) {
      array = factory.newArrayLike(StaticRoot.TransitionArrayMap, 1 + 2 * (count + 4 + (count >> 1)), 0, Space.Old);
      for (let i = 0; i < 2 * count; i++)
        heap.setElement(array, TransitionArray.Entries, i, heap.getElement(w, TransitionArray.Entries, i));
    }
  }
  const at = replace >= 0 ? replace : count++;
  heap.setElement(array, TransitionArray.Entries, 2 * at, key);
  heap.setElement(array, TransitionArray.Entries, 2 * at + 1, target | 2);
  heap.init(array, TransitionArray.Count, count << 1);
  heap.set(map, MapObject.TransitionsOrPrototypeInfo, array);
};
