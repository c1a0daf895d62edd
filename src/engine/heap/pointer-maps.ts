// Pointer maps by columns, indexed by a Map's visitor id: the scavenger, the verifier and `objectSize` read the same ones. What
// stands in them follows from the rows of heap types: see layout/pointer-maps.ts.

import { type Address, MapObject, pointerMapRows, visitorIds } from '../layout/index.ts';
import type { Heap } from './heap.ts';

const column = (index: number): Int32Array => Int32Array.from(pointerMapRows, (row) => row[index]!);

export const pointerMaps = {
  lengthAt: column(0),
  shift: column(1),
  mask: column(2),
  base: column(3),
  scale: column(4),
  start: column(5),
  end: column(6),
  start2: column(7),
  end2: column(8),
} as const;

const visitors = new Map(visitorIds);

/** The visitor id of an instance type; 0 is none. */
export const visitorOf = (type: number): number => visitors.get(type) ?? 0;

/** Exact size in bytes, before rounding up to 8. `address` is untagged; `map` tagged. */
export const unroundedSize = (heap: Heap, address: Address, map: number): number => {
  const id = heap.u8[map - 1 + MapObject.VisitorId]!;
  const lengthAt = pointerMaps.lengthAt[id]!;
  if (lengthAt < 0) return heap.u8[map - 1 + MapObject.InstanceSizeInWords]! << 2;
  const n = (heap.i32[(address + lengthAt) >> 2]! >> pointerMaps.shift[id]!) & pointerMaps.mask[id]!;
  return pointerMaps.base[id]! + pointerMaps.scale[id]! * n;
};

/** Bytes that the object at `address` (untagged) occupies. */
export const objectSize = (heap: Heap, address: Address): number =>
  (unroundedSize(heap, address, heap.i32[address >> 2]!) + 7) & ~7;
