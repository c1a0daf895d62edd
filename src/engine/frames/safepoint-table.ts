// Safepoint tables: which stack slots of an optimized frame hold tagged values at each call (V8: safepoint-table.h).
//
//   ByteArray of i32 words:  entry count | per entry: pc offset (return address), slot count, slot indices …
//
// Entries are sorted by pc offset.

import type { Heap, Tagged } from '../heap/index.ts';
import { ByteArray } from '../objects/index.ts';

export interface SafepointEntry {
  /** Offset of the call's return address from the code's start. */
  readonly pc: number;
  /** V8's slot indices. */
  readonly slots: readonly number[];
}

export function encodeSafepointTable(entries: readonly SafepointEntry[]): Uint8Array {
  const words: number[] = [entries.length];
  for (const { pc, slots } of [...entries].sort((a, b) => a.pc - b.pc)) words.push(pc, slots.length, ...slots);
  return new Uint8Array(Int32Array.from(words).buffer);
}

/**
 * Finds the entry for `pc` in a table (a ByteArray object). Returns the word index of its slot count in linear memory (the
 * slot indices follow), or −1.
 */
export function findSafepoint(heap: Heap, table: Tagged, pc: number): number {
  let at = (table + ByteArray.Bytes - 1) >> 2;
  for (let n = heap.i32[at++]!; n > 0; n--) {
    if (heap.i32[at] === pc) return at + 1;
    at += 2 + heap.i32[at + 1]!;
  }
  return -1;
}

/** All entries, for printing. */
export function decodeSafepointTable(heap: Heap, table: Tagged): SafepointEntry[] {
  const entries: SafepointEntry[] = [];
  let at = (table + ByteArray.Bytes - 1) >> 2;
  for (let n = heap.i32[at++]!; n > 0; n--) {
    const pc = heap.i32[at++]!;
    const count = heap.i32[at++]!;
    entries.push({ pc, slots: Array.from(heap.i32.subarray(at, at + count)) });
    at += count;
  }
  return entries;
}
