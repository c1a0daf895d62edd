// Which keys keyed inline caches remember.

import { fitsSmi, type Heap, smi, type Tagged } from '../heap/index.ts';
import { arrayIndexOf, HeapNumber, InstanceType, isString, mapInstanceType, StaticRoot } from '../objects/index.ts';
import type { Runtime } from '../runtime/index.ts';

/** An integral HeapNumber key counts as its Smi (V8: TryConvertKey). */
export const integerKey = (heap: Heap, key: Tagged): Tagged => {
  if ((key & 1) === 0 || heap.i32[(key - 1) >> 2] !== StaticRoot.HeapNumberMap) return key;
  const value = heap.getF64(key, HeapNumber.Value);
  return fitsSmi(value) || Object.is(value, -0) ? smi(value | 0) : key;
};

/** Strings that are no array index in their internalized form; other keys as they are (V8: TryConvertKey). */
export const rememberedKey = (rt: Runtime, key: Tagged): Tagged =>
  (key & 1) !== 0 && isString(rt.heap, key) && arrayIndexOf(rt.heap, key) < 0 ? rt.factory.internalizeString(key) : key;

/** Keys that ICs remember: Smis and internalized strings or symbols that are not indices. */
export const feedbackKindOfKey = (heap: Heap, key: Tagged): 'smi' | 'name' | 'other' => {
  if ((key & 1) === 0) return key >= 0 ? 'smi' : 'other';
  const type = mapInstanceType(heap, heap.i32[(key - 1) >> 2]!);
  if (type === InstanceType.Symbol) return 'name';
  if (type !== InstanceType.InternalizedOneByteString && type !== InstanceType.InternalizedTwoByteString)
    return 'other';
  const first = type === InstanceType.InternalizedOneByteString ? heap.u8[key - 1 + 12]! : 97;
  return first >= 48 && first <= 57 ? 'other' : 'name';
};
