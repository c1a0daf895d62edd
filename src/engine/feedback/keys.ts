// Which keys keyed inline caches remember.

import type { Heap, Tagged } from '../heap/index.ts';
import { arrayIndexOf, HeapNumber, InstanceType, isString, mapInstanceType } from '../objects/index.ts';
import type { Runtime } from '../runtime/index.ts';

/** The element that a key names, as inline caches see it (V8: TryConvertKey); NaN for names and for what no cache remembers. */
export const elementIndexOfKey = (heap: Heap, key: Tagged): number => {
  if ((key & 1) === 0) return key >> 1;
  const type = mapInstanceType(heap, heap.i32[(key - 1) >> 2]!);
  if (type === InstanceType.HeapNumber) {
    const value = heap.getF64(key, HeapNumber.Value);
    return Number.isSafeInteger(value) ? value + 0 : Number.NaN;
  }
  if (type >= InstanceType.FirstNonstring) return Number.NaN;
  const index = arrayIndexOf(heap, key);
  return index >= 0 && index <= 0x7fffffff ? index : Number.NaN;
};

/** The same of a key to store at: a store by a string makes its site generic, an index or not (V8: KeyedStoreIC::Store). */
export const storedIndexOfKey = (heap: Heap, key: Tagged): number =>
  (key & 1) === 0 || mapInstanceType(heap, heap.i32[(key - 1) >> 2]!) >= InstanceType.FirstNonstring
    ? elementIndexOfKey(heap, key)
    : Number.NaN;

/** Strings that are no array index in their internalized form; other keys as they are (V8: TryConvertKey). */
export const rememberedKey = (rt: Runtime, key: Tagged): Tagged =>
  (key & 1) !== 0 && isString(rt.heap, key) && arrayIndexOf(rt.heap, key) < 0 ? rt.factory.internalizeString(key) : key;

/** Whether a key that names no element is one that caches remember: an internalized string or a symbol. */
export const isRememberedName = (heap: Heap, key: Tagged): boolean => {
  if ((key & 1) === 0) return false;
  const type = mapInstanceType(heap, heap.i32[(key - 1) >> 2]!);
  if (type === InstanceType.Symbol) return true;
  return (
    (type === InstanceType.InternalizedOneByteString || type === InstanceType.InternalizedTwoByteString) &&
    arrayIndexOf(heap, key) < 0
  );
};
