// Gives back what marking did not reach: free ranges between the live objects of a page, whole pages, the pages of large objects. Dead
// objects of new space become fillers, so that nobody who walks it meets what they pointed to.
//
//   mark bits    1 . . . 1 . . . . . 1 . 0 0 0
//   page       │ live  │ live │ dead  │ live │ dead │   ▶   free ranges, with fillers over them, in the lists of OldSpace

import { type Address, StaticRoot } from '../layout/index.ts';
import { type Heap, zapWord } from './heap.ts';
import { IsolateData, PageKind, pageBytes, Region } from './memory-map.ts';
import { objectSize } from './pointer-maps.ts';

/** No slot of [from, to) is remembered. */
const forgetSlots = (heap: Heap, from: Address, to: Address): void => {
  const { u8 } = heap;
  const first = from & 31;
  let at = Region.RememberedSet + (from >>> 5);
  const last = Region.RememberedSet + (to >>> 5);
  const mask = (1 << (first >> 2)) - 1;
  if (at === last) {
    u8[at]! &= mask | ~((1 << ((to & 31) >> 2)) - 1);
    return;
  }
  u8[at]! &= mask;
  at++;
  if (at < last) u8.fill(0, at, last);
  if ((to & 31) !== 0) u8[last]! &= ~((1 << ((to & 31) >> 2)) - 1);
};

/** Sweeps all of old space after a marking, and clears the mark bits. Returns the bytes that were given back. */
export const sweep = (heap: Heap): number => {
  const { oldSpace } = heap;
  // first: to know their sizes, their Maps are needed
  fillDeadYoung(heap);
  oldSpace.forgetFree();
  const zap = heap.zapFreed;
  let freed = 0;
  const give = (from: Address, to: Address): void => {
    forgetSlots(heap, from, to);
    if (zap) heap.i32.fill(zapWord, from >> 2, to >> 2);
    oldSpace.addFree(from, to);
    freed += to - from;
  };
  for (let page: Address = Region.OldSpace; page < oldSpace.end; ) {
    const kind = oldSpace.kindOf(page);
    if (kind === PageKind.Regular) {
      if (isUnmarked(heap, page)) {
        forgetSlots(heap, page, page + pageBytes);
        if (zap) heap.i32.fill(zapWord, page >> 2, (page + pageBytes) >> 2);
        freed += pageBytes;
        page = oldSpace.releasePages(page);
        continue;
      }
      sweepPage(heap, page, give);
    } else if (kind === PageKind.Large && !isMarkedAt(heap, page)) {
      const end = oldSpace.releasePages(page);
      forgetSlots(heap, page, end);
      if (zap) heap.i32.fill(zapWord, page >> 2, end >> 2);
      freed += end - page;
      page = end;
      continue;
    }
    page += pageBytes;
  }
  clearMarks(heap, heap.toSpace, heap.toSpace + heap.semiSpaceSize);
  clearMarks(heap, Region.OldSpace, oldSpace.end);
  return freed;
};

const markWord = (address: Address): number => (Region.MarkBits >> 2) + ((address - Region.NewSpace) >>> 8);

const isMarkedAt = (heap: Heap, at: Address): boolean =>
  (heap.i32[markWord(at)]! & (1 << (((at - Region.NewSpace) >>> 3) & 31))) !== 0;

const isUnmarked = (heap: Heap, page: Address): boolean => {
  const { i32 } = heap;
  const end = markWord(page + pageBytes);
  for (let w = markWord(page); w < end; w++) if (i32[w] !== 0) return false;
  return true;
};

const sweepPage = (heap: Heap, page: Address, give: (from: Address, to: Address) => void): void => {
  const { i32 } = heap;
  const end = markWord(page + pageBytes);
  let free = page;
  for (let w = markWord(page); w < end; w++) {
    let bits = i32[w]!;
    const base = ((w - (Region.MarkBits >> 2)) << 8) + Region.NewSpace;
    while (bits !== 0) {
      const at = base + ((31 - Math.clz32(bits & -bits)) << 3);
      bits &= bits - 1;
      if (at > free) give(free, at);
      free = at + objectSize(heap, at);
    }
  }
  if (free < page + pageBytes) give(free, page + pageBytes);
};

/** What is dead in new space becomes fillers. */
const fillDeadYoung = (heap: Heap): void => {
  const { i32 } = heap;
  const top = heap.readIsolateWord(IsolateData.NewSpaceTop);
  let dead: Address = heap.toSpace;
  const fill = (to: Address): void => {
    if (dead === to) return;
    i32[dead >> 2] = StaticRoot.FillerMap;
    i32[(dead + 4) >> 2] = (to - dead) << 1;
  };
  for (let at: Address = heap.toSpace; at < top; ) {
    const size = objectSize(heap, at);
    if (isMarkedAt(heap, at)) {
      fill(at);
      dead = at + size;
    }
    at += size;
  }
  fill(top);
};

const clearMarks = (heap: Heap, from: Address, to: Address): void => {
  heap.i32.fill(0, markWord(from), markWord(to));
};
