// The length of arrays, and what setting it does to their elements.

import type { Heap, Tagged } from '../heap/index.ts';
import {
  FixedArray,
  FixedDoubleArray,
  HeapObject,
  holeNanWord,
  JSArray,
  JSObject,
  StaticRoot,
} from '../layout/index.ts';
import {
  numberDictionaryDelete,
  numberDictionaryDetailsAt,
  numberDictionaryFind,
  numberDictionaryIndices,
} from './dictionaries.ts';
import {
  arrayLength,
  capacityOf,
  ensureWritableElements,
  growElements,
  maxFastArrayLength,
  maxGap,
  newElementsCapacity,
  normalizeElements,
  transitionElements,
} from './elements.ts';
import { ElementsKind, isDoubleElementsKind } from './elements-kind.ts';
import type { Factory } from './factory.ts';
import { elementsKindOf } from './maps.ts';
import { migrateInstance } from './migration.ts';
import { isDontDelete } from './property-details.ts';
import { writeFiller } from './strings.ts';

/** Shortens a store in place. */
export const rightTrim = (heap: Heap, store: Tagged, length: number): void => {
  const isDouble = heap.get(store, HeapObject.Map) === StaticRoot.FixedDoubleArrayMap;
  const oldLength = capacityOf(heap, store);
  if (length >= oldLength) return;
  const size = (n: number): number => (FixedArray.Elements + (isDouble ? 8 * n : 4 * n) + 7) & ~7;
  heap.init(store, FixedArray.Length, length << 1);
  writeFiller(heap, store - 1 + size(length), store - 1 + size(oldLength));
};

/** Sets a JSArray's length; false if a non-configurable element stopped it (then the length is one past that element). */
export const setArrayLength = (heap: Heap, factory: Factory, array: Tagged, length: number): boolean => {
  migrateInstance(heap, factory, array);
  const old = arrayLength(heap, array);
  if (length === old) return true;
  let k = elementsKindOf(heap, array);
  if (
    k !== ElementsKind.Dictionary &&
    (length > maxFastArrayLength || (k >= ElementsKind.PackedSealed && length < old))
  ) {
    normalizeElements(heap, factory, array);
    k = ElementsKind.Dictionary;
  }
  let store = heap.get(array, JSObject.Elements);
  if (k === ElementsKind.Dictionary) {
    let end = length;
    if (length < old) {
      const indices = numberDictionaryIndices(heap, store);
      for (let i = indices.length - 1; i >= 0 && indices[i]! >= length; i--) {
        const e = numberDictionaryFind(heap, store, indices[i]!);
        if (isDontDelete(numberDictionaryDetailsAt(heap, store, e))) {
          end = indices[i]! + 1;
          break;
        }
        numberDictionaryDelete(factory, store, e);
      }
    }
    heap.set(array, JSArray.Length, factory.newNumber(end));
    return end === length;
  }
  if (length > old) {
    if ((k & 1) === 0) transitionElements(heap, factory, array, k | 1);
    store = heap.get(array, JSObject.Elements);
    const capacity = capacityOf(heap, store);
    if (length > capacity) {
      const wanted = Math.max(length, newElementsCapacity(capacity));
      if (length - capacity >= maxGap * 1024) normalizeElements(heap, factory, array);
      else growElements(heap, factory, array, wanted);
    }
  } else {
    ensureWritableElements(heap, factory, array);
    store = heap.get(array, JSObject.Elements);
    const capacity = capacityOf(heap, store);
    if (2 * length + 16 <= capacity) {
      const trim = length + 1 === old ? (capacity - length) >> 1 : capacity - length;
      if (length === 0 && trim === capacity) {
        heap.init(array, JSObject.Elements, StaticRoot.EmptyFixedArray);
        heap.init(array, JSArray.Length, 0);
        return true;
      }
      rightTrim(heap, store, capacity - trim);
    }
    const end = Math.min(old, capacityOf(heap, store));
    for (let i = length; i < end; i++) {
      if (isDoubleElementsKind(k)) {
        const at = (store - 1 + FixedDoubleArray.Elements + 8 * i) >> 2;
        heap.i32[at] = holeNanWord;
        heap.i32[at + 1] = holeNanWord;
      } else heap.initElement(store, FixedArray.Elements, i, StaticRoot.TheHole);
    }
  }
  heap.set(array, JSArray.Length, factory.newNumber(length));
  return true;
};
