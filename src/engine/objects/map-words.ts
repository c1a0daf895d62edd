// The few questions about an object's Map that everything asks.

import type { Heap, Tagged } from '../heap/index.ts';
import { MapObject, StringBits } from '../layout/index.ts';

export const mapOf = (heap: Heap, o: Tagged): Tagged => heap.i32[(o - 1) >> 2]!;
/** Instance type of a heap object. */
export const instanceTypeOf = (heap: Heap, o: Tagged): number =>
  heap.u16[(heap.i32[(o - 1) >> 2]! - 1 + MapObject.InstanceType) >> 1]!;
/** Instance type in a Map. */
export const mapInstanceType = (heap: Heap, m: Tagged): number => heap.u16[(m - 1 + MapObject.InstanceType) >> 1]!;
/** Whether a string's map says one byte per character. */
export const isOneByteWord = (heap: Heap, s: Tagged): boolean => (instanceTypeOf(heap, s) & StringBits.OneByte) !== 0;
