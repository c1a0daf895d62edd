// Pointer maps. Every Map carries a visitor id; this one table says, per id, how large an object is and which words of it
// are tagged. The scavenger, the verifier and `objectSize` all read the same columns.
//
//   size   = base + scale × ((word at lengthAt >> shift) & mask), or the map's instance size where lengthAt is −1,
//            rounded up to 8
//   tagged = [start, end) ∪ [start2, end2), byte offsets from the object's start; end 0 means the unrounded size.
//            The map word (offset 0) is not in the ranges: Maps never move.
//
// Raw words inside a tagged range are not allowed (AllocationSite.PretenureData is a Smi for this reason).

import type { Heap } from './heap.ts';

/** The two bytes of a Map that the heap itself reads; `objects` draws the rest. */
export enum MapHeader {
  InstanceSizeInWords = 4,
  VisitorId = 7,
}

export enum VisitorId {
  Invalid,
  Data,
  Struct,
  StringParts,
  SeqOneByteString,
  SeqTwoByteString,
  BigInt,
  Map,
  Oddball,
  FixedArray,
  FixedDoubleArray,
  ByteArray,
  PropertyArray,
  DescriptorArray,
  ScopeInfo,
  FeedbackCell,
  SharedFunctionInfo,
  BytecodeArray,
  Code,
  FeedbackMetadata,
  FeedbackVector,
  JSDate,
  Filler,
  Count,
}

interface PointerMap {
  readonly lengthAt?: number;
  readonly shift?: number;
  readonly mask?: number;
  readonly base?: number;
  readonly scale?: number;
  readonly tagged?: readonly [number, number];
  readonly tagged2?: readonly [number, number];
}

const rows: Readonly<Record<Exclude<VisitorId, VisitorId.Count>, PointerMap>> = {
  [VisitorId.Invalid]: {},
  [VisitorId.Data]: {}, // fixed size, no pointers
  [VisitorId.Struct]: { tagged: [4, 0] }, // fixed size, all tagged: JSObjects, cells, pairs
  [VisitorId.StringParts]: { tagged: [12, 0] }, // cons, sliced, thin strings; symbols
  [VisitorId.SeqOneByteString]: { lengthAt: 8, base: 12, scale: 1 },
  [VisitorId.SeqTwoByteString]: { lengthAt: 8, base: 12, scale: 2 },
  [VisitorId.BigInt]: { lengthAt: 4, shift: 1, base: 8, scale: 8 },
  [VisitorId.Map]: { tagged: [16, 0] },
  [VisitorId.Oddball]: { tagged: [4, 20] },
  [VisitorId.FixedArray]: { lengthAt: 4, shift: 1, base: 8, scale: 4, tagged: [4, 0] },
  [VisitorId.FixedDoubleArray]: { lengthAt: 4, shift: 1, base: 8, scale: 8 },
  [VisitorId.ByteArray]: { lengthAt: 4, shift: 1, base: 8, scale: 1 },
  [VisitorId.PropertyArray]: { lengthAt: 4, shift: 1, mask: 0x3ff, base: 8, scale: 4, tagged: [4, 0] },
  [VisitorId.DescriptorArray]: { lengthAt: 4, mask: 0xffff, base: 12, scale: 12, tagged: [8, 0] },
  [VisitorId.ScopeInfo]: { lengthAt: 8, shift: 1, base: 32, scale: 8, tagged: [4, 0] },
  [VisitorId.FeedbackCell]: { tagged: [4, 8] },
  [VisitorId.SharedFunctionInfo]: { tagged: [4, 32], tagged2: [68, 0] },
  [VisitorId.BytecodeArray]: { lengthAt: 4, shift: 1, base: 64, scale: 1, tagged: [4, 20], tagged2: [32, 36] },
  [VisitorId.Code]: { tagged: [4, 24], tagged2: [68, 0] },
  [VisitorId.FeedbackMetadata]: { lengthAt: 4, base: 12, scale: 1 },
  [VisitorId.FeedbackVector]: { lengthAt: 4, base: 40, scale: 4, tagged: [16, 32], tagged2: [40, 0] },
  [VisitorId.JSDate]: { tagged: [4, 16], tagged2: [24, 0] },
  [VisitorId.Filler]: { lengthAt: 4, shift: 1, base: 0, scale: 1 },
};

const column = (cell: (row: PointerMap) => number): Int32Array => {
  const result = new Int32Array(VisitorId.Count);
  for (let id = 0; id < VisitorId.Count; id++) result[id] = cell(rows[id as Exclude<VisitorId, VisitorId.Count>]);
  return result;
};

/** The table by columns, indexed by visitor id. A range that is not there has start = end = −1. */
export const pointerMaps = {
  lengthAt: column((r) => r.lengthAt ?? -1),
  shift: column((r) => r.shift ?? 0),
  mask: column((r) => r.mask ?? -1),
  base: column((r) => r.base ?? 0),
  scale: column((r) => r.scale ?? 0),
  start: column((r) => r.tagged?.[0] ?? -1),
  end: column((r) => r.tagged?.[1] ?? -1),
  start2: column((r) => r.tagged2?.[0] ?? -1),
  end2: column((r) => r.tagged2?.[1] ?? -1),
} as const;

/** Exact size in bytes, before rounding up to 8. `address` is untagged; `map` tagged. */
export const unroundedSize = (heap: Heap, address: number, map: number): number => {
  const id = heap.u8[map - 1 + MapHeader.VisitorId]!;
  const lengthAt = pointerMaps.lengthAt[id]!;
  if (lengthAt < 0) return heap.u8[map - 1 + MapHeader.InstanceSizeInWords]! << 2;
  const n = (heap.i32[(address + lengthAt) >> 2]! >> pointerMaps.shift[id]!) & pointerMaps.mask[id]!;
  return pointerMaps.base[id]! + pointerMaps.scale[id]! * n;
};

/** Bytes that the object at `address` (untagged) occupies. */
export const objectSize = (heap: Heap, address: number): number =>
  (unroundedSize(heap, address, heap.i32[address >> 2]!) + 7) & ~7;
