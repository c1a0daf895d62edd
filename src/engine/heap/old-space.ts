// Old space: pages of 256 KiB, in which objects are allocated one after the other in a linear area [top, limit). An area is what a
// collection found free, or a fresh page; what is left of it when the next one is opened is free again.
//
//   page   │ objects ... │ free │ object │ free ...... │ object │◀─ linear area ─▶│
//                            ▲              ▲                     top         limit
//                            └── freeLists ─┘ by size, linked through the fillers
//
// An object of more than half a page is *large*: it has whole pages, which are given back when it dies.
//
// Invariants: every regular page can be walked from its start to its end (a filler covers what is free; over the linear area only
// after `makeIterable`); no remembered bit is set inside what is free; what was allocated since the last collection lies in `areas`.
//
// Host fields follow from memory: the free lists could be made by walking.

import { type Address, Filler, StaticRoot } from '../layout/index.ts';
import type { Heap } from './heap.ts';
import { PageKind, pageBytes, Region } from './memory-map.ts';
import { objectSize } from './pointer-maps.ts';

/** Bytes of the largest object that shares a page. */
const maxRegularBytes = pageBytes >> 1;

/** Free ranges shorter than that are fillers, and wait for a neighbour to die. */
const minFreeBytes = 16;
/** Where in a free range the address of the next one of its list stands; 0: none. */
const NextFree = Filler.Size;
/** List i has ranges of 2^i bytes and more, below 2^(i+1). */
const listCount = 19;
/** Ranges of at least so many bytes are taken first: areas shall be long. */
const goodList = 11;
/** Ranges of its own list that a request looks at. */
const probes = 8;

const listOf = (bytes: number): number => 31 - Math.clz32(bytes);

export class OldSpace {
  private readonly heap: Heap;
  private readonly i32: Int32Array;
  private readonly u8: Uint8Array;
  /** The linear area: the next object goes to `top`. */
  top: Address = 0;
  limit: Address = 0;
  /** Where the last page in use ends. */
  end: Address = Region.OldSpace;
  /** Bytes of pages in use. */
  committed = 0;
  /** Of these, of large objects. */
  large = 0;
  /** Bytes of free ranges in the lists. */
  free = 0;
  /** Bytes handed out since the last marking collection. */
  allocatedSinceMark = 0;
  private readonly freeLists = new Int32Array(listCount);
  /** [start, end) of what was allocated since the last collection, but for the linear area, of which that begins at `newFrom`. */
  private areas = new Int32Array(64);
  private areaWords = 0;
  private newFrom: Address = 0;
  /** The first of `areas` that a scan has not done with. */
  private scanWord = 0;

  constructor(heap: Heap) {
    this.heap = heap;
    this.i32 = heap.i32;
    this.u8 = heap.u8;
  }

  /** Room for `size` bytes, a multiple of 8; 0 when there is none. @param end what may be used ends there */
  allocate(size: number, end: Address): Address {
    const { top } = this;
    if (top + size <= this.limit) {
      this.top = top + size;
      return top;
    }
    return size > maxRegularBytes ? this.allocateLarge(size, end) : this.refill(size, end);
  }

  private refill(size: number, end: Address): Address {
    this.closeArea();
    let start = this.takeFree(size);
    let limit: Address;
    if (start !== 0) {
      limit = start + (this.i32[(start + Filler.Bytes) >> 2]! >> 1);
      this.free -= limit - start;
    } else {
      start = this.takePages(1, PageKind.Regular, end);
      if (start === 0) start = this.takeFree(size, Number.POSITIVE_INFINITY);
      if (start === 0) return 0;
      limit = start + pageBytes;
    }
    this.allocatedSinceMark += limit - start;
    this.limit = limit;
    this.top = start + size;
    this.newFrom = start;
    return start;
  }

  private allocateLarge(size: number, end: Address): Address {
    const pages = Math.ceil(size / pageBytes);
    const start = this.takePages(pages, PageKind.Large, end);
    if (start === 0) return 0;
    this.allocatedSinceMark += pages * pageBytes;
    this.large += pages * pageBytes;
    this.addArea(start, start + size);
    return start;
  }

  // --- areas ----------------------------------------------------------------------------------------------------------------

  private addArea(start: Address, end: Address): void {
    if (this.areaWords === this.areas.length) {
      const grown = new Int32Array(2 * this.areas.length);
      grown.set(this.areas);
      this.areas = grown;
    }
    this.areas[this.areaWords] = start;
    this.areas[this.areaWords + 1] = end;
    this.areaWords += 2;
  }

  /** Ends the linear area; what is left of it is free. */
  closeArea(): void {
    const { top, limit } = this;
    if (this.newFrom < top) this.addArea(this.newFrom, top);
    this.top = this.limit = this.newFrom = 0;
    if (top < limit) {
      this.allocatedSinceMark -= limit - top;
      this.addFree(top, limit);
    }
  }

  /** A collection has seen everything: what is allocated from now on is new. */
  forgetAreas(): void {
    this.areaWords = 0;
    this.scanWord = 0;
    this.newFrom = this.top;
  }

  /** Whether the object at `address` (untagged) was allocated since the last collection. */
  isNew(address: Address): boolean {
    return this.isSince(0, address);
  }

  /** A moment, for `isSince` and `bytesSince` until the next collection. */
  now(): number {
    this.closeArea();
    return this.areaWords;
  }

  /** Whether the object at `address` (untagged) was allocated after that moment. */
  isSince(moment: number, address: Address): boolean {
    if (address >= this.newFrom && address < this.top) return true;
    for (let i = moment; i < this.areaWords; i += 2)
      if (address >= this.areas[i]! && address < this.areas[i + 1]!) return true;
    return false;
  }

  /** Bytes allocated after that moment. */
  bytesSince(moment: number): number {
    let bytes = this.top - this.newFrom;
    for (let i = moment; i < this.areaWords; i += 2) bytes += this.areas[i + 1]! - this.areas[i]!;
    return bytes;
  }

  /** The next object allocated since the last collection that no scan has seen; 0: none. `passed` says that it is seen. */
  unscanned(): Address {
    for (; this.scanWord < this.areaWords; this.scanWord += 2) {
      const start = this.areas[this.scanWord]!;
      if (start < this.areas[this.scanWord + 1]!) return start;
    }
    return this.newFrom < this.top ? this.newFrom : 0;
  }

  /** The object that `unscanned` has given is seen, or will be; it has so many bytes. */
  passed(size: number): void {
    if (this.scanWord < this.areaWords) this.areas[this.scanWord]! += size;
    else this.newFrom += size;
  }

  // --- free ranges ------------------------------------------------------------------------------------------------------------

  /** A free range of at least `size` bytes, out of its list; 0: none. */
  private takeFree(size: number, most = probes): Address {
    const own = listOf(size);
    for (let list = Math.max(own + 1, goodList); list < listCount; list++)
      if (this.freeLists[list] !== 0) return this.takeFirst(list);
    for (let list = own + 1; list < goodList; list++) if (this.freeLists[list] !== 0) return this.takeFirst(list);
    let before = 0;
    let at = this.freeLists[own]!;
    for (let n = 0; at !== 0 && n < most; n++) {
      const next = this.i32[(at + NextFree) >> 2]!;
      if (this.i32[(at + Filler.Bytes) >> 2]! >> 1 >= size) {
        if (before === 0) this.freeLists[own] = next;
        else this.i32[(before + NextFree) >> 2] = next;
        return at;
      }
      before = at;
      at = next;
    }
    return 0;
  }

  private takeFirst(list: number): Address {
    const at = this.freeLists[list]!;
    this.freeLists[list] = this.i32[(at + NextFree) >> 2]!;
    return at;
  }

  /** [from, to) is free. */
  addFree(from: Address, to: Address): void {
    const { i32 } = this;
    const bytes = to - from;
    i32[from >> 2] = StaticRoot.FillerMap;
    i32[(from + Filler.Bytes) >> 2] = bytes << 1;
    if (bytes < minFreeBytes) return;
    const list = listOf(bytes);
    i32[(from + NextFree) >> 2] = this.freeLists[list]!;
    this.freeLists[list] = from;
    this.free += bytes;
  }

  /** Before a sweep finds everything that is free: nothing is. */
  forgetFree(): void {
    this.freeLists.fill(0);
    this.free = 0;
  }

  // --- pages ------------------------------------------------------------------------------------------------------------------

  kindOf(page: Address): PageKind {
    return this.u8[Region.PageTable + (page >>> 18)]!;
  }

  /** `count` free pages in a row, the first that are; 0: none below `end`. */
  private takePages(count: number, kind: PageKind, end: Address): Address {
    const { u8 } = this;
    let run = 0;
    for (let page = Region.OldSpace + pageBytes; page <= end; page += pageBytes) {
      const index = Region.PageTable + ((page - pageBytes) >>> 18);
      run = u8[index] === PageKind.Free ? run + 1 : 0;
      if (run < count) continue;
      u8.fill(PageKind.LargeContinued, index - count + 1, index + 1);
      u8[index - count + 1] = kind;
      this.committed += count * pageBytes;
      if (page > this.end) this.end = page;
      return page - count * pageBytes;
    }
    return 0;
  }

  /** Gives the page and those that continue its object back. Returns where they end. */
  releasePages(page: Address): Address {
    const isLarge = this.kindOf(page) === PageKind.Large;
    let at = page;
    do {
      this.u8[Region.PageTable + (at >>> 18)] = PageKind.Free;
      this.committed -= pageBytes;
      at += pageBytes;
    } while (at < this.end && this.kindOf(at) === PageKind.LargeContinued);
    if (isLarge) this.large -= at - page;
    if (at === this.end) {
      let end = page;
      while (end > Region.OldSpace && this.kindOf(end - pageBytes) === PageKind.Free) end -= pageBytes;
      this.end = end;
    }
    return at;
  }

  /** Whether no object can begin at `address`, where one ends: it is the linear area's top, or its page's end. */
  isAreaEnd(address: Address): boolean {
    return address === this.top || (address & (pageBytes - 1)) === 0;
  }

  /** The ranges that can be walked from object to object, in order. */
  walkableRanges(): [Address, Address][] {
    this.makeIterable();
    const ranges: [Address, Address][] = [];
    for (let page: Address = Region.OldSpace; page < this.end; page += pageBytes) {
      const kind = this.kindOf(page);
      if (kind === PageKind.Regular) ranges.push([page, page + pageBytes]);
      else if (kind === PageKind.Large) ranges.push([page, page + objectSize(this.heap, page)]);
    }
    return ranges;
  }

  /** Covers the linear area with a filler, so that its page can be walked. */
  makeIterable(): void {
    if (this.top === this.limit) return;
    this.i32[this.top >> 2] = StaticRoot.FillerMap;
    this.i32[(this.top + Filler.Bytes) >> 2] = (this.limit - this.top) << 1;
  }

  /** What was allocated up to now is as old as can be; what was left free between stays so until a sweep finds it. */
  beginLife(): void {
    this.forgetAreas();
    this.forgetFree();
    this.allocatedSinceMark = 0;
  }

  /** Goes on where an image's heap stood: all that is there is as old as can be. */
  restore(top: Address, limit: Address, end: Address): void {
    this.top = top;
    this.limit = limit;
    this.end = end;
    this.committed = end - Region.OldSpace;
    for (let page: Address = Region.OldSpace; page < end; page += pageBytes)
      if (this.kindOf(page) !== PageKind.Regular) this.large += pageBytes;
    this.forgetAreas();
  }
}
