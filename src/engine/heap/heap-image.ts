// Heap image: the used pages of a memory and the tops of its spaces. A heap that is made from an image goes on where the
// other one stood, as long as that had never collected and no host code was using it. What was free between objects stays fillers.

import type { Heap } from './heap.ts';

export interface HeapImage {
  /** Old space's linear area, and where its last page ends. */
  readonly oldTop: number;
  readonly oldLimit: number;
  readonly oldEnd: number;
  readonly readOnlyTop: number;
  readonly codeTop: number;
  /** Everything that is not zero, in ascending order. */
  readonly runs: readonly ImageRun[];
}

export interface ImageRun {
  readonly start: number;
  readonly bytes: Uint8Array;
}

const pageBytes = 4096;

/** The image of a heap. Its bytes are views of the heap's memory. */
export function takeImage(heap: Heap): HeapImage {
  if (heap.collections > 0) throw new Error('a heap image is of a heap that has not collected yet');
  const { i32, u8 } = heap;
  const runs: ImageRun[] = [];
  let start = -1;
  for (let page = 0; start >= 0 || page < heap.oldSpace.end; page += pageBytes) {
    const isUsed = i32.subarray(page >> 2, (page + pageBytes) >> 2).some((word) => word !== 0);
    if (isUsed === start >= 0) continue;
    if (!isUsed) runs.push({ start, bytes: u8.subarray(start, page) });
    start = isUsed ? page : -1;
  }
  const { top, limit, end } = heap.oldSpace;
  return { oldTop: top, oldLimit: limit, oldEnd: end, readOnlyTop: heap.readOnlyTop, codeTop: heap.codeTop, runs };
}

/** Fills a fresh memory. */
export function restoreImage(heap: Heap, image: HeapImage): void {
  for (const { start, bytes } of image.runs) heap.u8.set(bytes, start);
  heap.oldSpace.restore(image.oldTop, image.oldLimit, image.oldEnd);
  heap.readOnlyTop = image.readOnlyTop;
  heap.codeTop = image.codeTop;
}
