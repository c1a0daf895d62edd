// Which keys keyed inline caches remember.

import type { Heap, Tagged } from '../heap/index.ts';
import { arrayIndexOf, InstanceType, isString, mapInstanceType } from '../objects/index.ts';
import type { Runtime } from '../runtime/index.ts';

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
