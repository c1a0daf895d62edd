// The old generation's collector: marks what is reachable, then gives back what is not (sweeper.ts). Nothing moves.
//
//   roots ─▶ worklist ─▶ mark bit set, fields visited ─▶ … ─▶ ephemerons, until nothing new ─▶ weak slots cleared ─▶ sweep
//
// New space is marked too, as what lives there holds old objects. Read-only space is not: it lives for ever and points to nothing
// else. A word with the weak tag keeps nothing but Maps alive; what this layer cannot know (tables of weak keys, caches of the host)
// is `WeakTypes`' and `afterMarking`'s part.
//
// Invariant: mark bits are zero before and after. The loop allocates nothing on the host but to grow its lists.

import { type Address, MapObject, StaticRoot } from '../layout/index.ts';
import type { Heap } from './heap.ts';
import { type RootVisitor, visitHeapRoots } from './heap-roots.ts';
import { IsolateData, Region } from './memory-map.ts';
import { pointerMaps } from './pointer-maps.ts';
import { sweep } from './sweeper.ts';
import type { Tagged } from './tagging.ts';

/** What those do who know objects whose fields are not simply strong. */
export interface WeakTypes {
  /** Instance types whose objects `visit` is called for, instead of visiting their fields. */
  readonly types: readonly number[];
  /** Before the first root. */
  begin(marker: Marker): void;
  /** A live object (tagged): marks what it holds strongly. */
  visit(marker: Marker, object: Tagged): void;
  /** Marks what is alive because of keys that are; whether that was anything. */
  markEphemerons(marker: Marker): boolean;
  /** All that lives is marked. */
  finish(marker: Marker): void;
}

export interface MarkResult {
  readonly liveBytes: number;
  readonly freedBytes: number;
  readonly weakCleared: number;
}

/** A copy of the mark bits, which are gone when a collection is over. */
export class MarkSnapshot {
  /** Objects that were allocated below it were there. */
  readonly end: Address;
  private readonly bits: Uint8Array;

  constructor(heap: Heap) {
    this.end = heap.oldSpace.end;
    this.bits = heap.u8.slice(Region.MarkBits, Region.MarkBits + ((this.end - Region.NewSpace) >>> 6) + 1);
  }

  /** @param object tagged, of new or old space */
  isMarked(object: Tagged): boolean {
    const bit = bitOf(object);
    return ((this.bits[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  }
}

/** Last instance type there is room for. */
const typeCount = 0x800;

/** Which mark bit is an object's. */
const bitOf = (object: number): number => (object - Region.NewSpace) >>> 3;

const objectAt = (address: Address): Tagged => (address as number) + 1;

class GrowingList {
  words = new Int32Array(1024);
  count = 0;
  push(word: number): void {
    if (this.count === this.words.length) {
      const grown = new Int32Array(2 * this.words.length);
      grown.set(this.words);
      this.words = grown;
    }
    this.words[this.count++] = word;
  }
}

export class Marker implements RootVisitor {
  readonly heap: Heap;
  private readonly i32: Int32Array;
  private readonly u8: Uint8Array;
  private readonly worklist = new GrowingList();
  private readonly weakSlots = new GrowingList();
  private readonly isSpecial = new Uint8Array(typeCount);
  private readonly weakTypes: WeakTypes;
  private readonly youngTop: Address;
  /** Bytes of old space that live. */
  private live = 0;
  private cleared = 0;

  constructor(heap: Heap, weakTypes: WeakTypes) {
    this.heap = heap;
    this.i32 = heap.i32;
    this.u8 = heap.u8;
    this.weakTypes = weakTypes;
    this.youngTop = heap.readIsolateWord(IsolateData.NewSpaceTop);
    for (const type of weakTypes.types) this.isSpecial[type] = 1;
  }

  collect(visitRoots: (visitor: RootVisitor) => void): MarkResult {
    const { heap, weakTypes } = this;
    heap.oldSpace.closeArea();
    weakTypes.begin(this);
    visitHeapRoots(heap, this);
    visitRoots(this);
    do this.drain();
    while (weakTypes.markEphemerons(this));
    weakTypes.finish(this);
    const isLive = (object: Tagged): boolean => this.isMarked(object);
    heap.descriptorLookups.fill(0);
    heap.transitionLookups.fill(0);
    for (const drop of heap.afterMarking) drop(isLive);
    this.clearWeakSlots();
    const freed = sweep(heap);
    return { liveBytes: this.live, freedBytes: freed, weakCleared: this.cleared };
  }

  // --- marking --------------------------------------------------------------------------------------------------------------

  visitSlot(slot: Address): void {
    this.visitWord(slot, this.i32[slot >> 2]!);
  }

  /** Marks; nothing moves. */
  forward(word: Tagged): Tagged {
    this.mark(word);
    return word;
  }

  private visitWord(slot: Address, word: Tagged): void {
    if ((word & 1) === 0) return;
    if ((word & 2) === 0 || this.isMapWord(word)) this.mark(word & ~2);
    else if (word !== 3) this.weakSlots.push(slot);
  }

  /** Maps are held by weak words, too. */
  private isMapWord(word: Tagged): boolean {
    const object = word & ~3;
    return object !== 0 && this.i32[object >> 2] === StaticRoot.MetaMap;
  }

  /** A strong word's object lives. */
  mark(word: Tagged): void {
    if ((word & 1) !== 0 && word >>> 0 >= Region.NewSpace && this.setBit(word)) this.worklist.push(word);
  }

  /** The object lives, and what it holds is somebody else's business. */
  markUnvisited(word: Tagged): void {
    this.setBit(word);
  }

  /** Whether it was not set. */
  private setBit(word: Tagged): boolean {
    const { i32 } = this;
    const bit = bitOf(word);
    const at = (Region.MarkBits >> 2) + (bit >>> 5);
    const mask = 1 << (bit & 31);
    const bits = i32[at]!;
    if ((bits & mask) !== 0) return false;
    i32[at] = bits | mask;
    return true;
  }

  /** Whether an object lives, once all is marked. Of one outside of new and old space: it does. */
  isMarked(word: Tagged): boolean {
    if ((word & 1) === 0 || word >>> 0 < Region.NewSpace) return true;
    const bit = bitOf(word);
    return (this.i32[(Region.MarkBits >> 2) + (bit >>> 5)]! & (1 << (bit & 31))) !== 0;
  }

  /** Visits what is marked and was not visited, until there is nothing. */
  drain(): void {
    const { worklist } = this;
    while (worklist.count > 0) this.visit(worklist.words[--worklist.count]! - 1);
  }

  private visit(at: Address): void {
    const { i32, u8 } = this;
    const map = i32[at >> 2]!;
    this.mark(map);
    const id = u8[map - 1 + MapObject.VisitorId]!;
    const lengthAt = pointerMaps.lengthAt[id]!;
    let size: number;
    if (lengthAt < 0) size = u8[map - 1 + MapObject.InstanceSizeInWords]! << 2;
    else {
      const n = (i32[(at + lengthAt) >> 2]! >> pointerMaps.shift[id]!) & pointerMaps.mask[id]!;
      size = pointerMaps.base[id]! + pointerMaps.scale[id]! * n;
    }
    if (at >= Region.OldSpace) this.live += (size + 7) & ~7;
    else this.markMemento((at + size + 7) & ~7);
    const type = this.heap.u16[(map - 1 + MapObject.InstanceType) >> 1]!;
    if (this.isSpecial[type] === 1) {
      this.weakTypes.visit(this, objectAt(at));
      return;
    }
    const start = pointerMaps.start[id]!;
    if (start < 0) return;
    const end = pointerMaps.end[id]!;
    this.visitRange(at + start, at + (end === 0 ? size : end));
    const start2 = pointerMaps.start2[id]!;
    if (start2 < 0) return;
    const end2 = pointerMaps.end2[id]!;
    this.visitRange(at + start2, at + (end2 === 0 ? size : end2));
  }

  visitRange(from: Address, to: Address): void {
    const { i32 } = this;
    for (let slot = from; slot < to; slot += 4) {
      const word = i32[slot >> 2]!;
      if ((word & 1) !== 0) this.visitWord(slot, word);
    }
  }

  /** A young array's memento lives with it. */
  private markMemento(at: Address): void {
    if (at < this.youngTop && this.i32[at >> 2] === StaticRoot.AllocationMementoMap) this.mark(objectAt(at));
  }

  // --- what does not live -----------------------------------------------------------------------------------------------------

  private clearWeakSlots(): void {
    const { i32, weakSlots } = this;
    for (let i = 0; i < weakSlots.count; i++) {
      const slot = weakSlots.words[i]! >> 2;
      const word = i32[slot]!;
      if ((word & 3) !== 3 || this.isMarked(word & ~2)) continue;
      i32[slot] = 3;
      this.cleared++;
    }
  }
}

/**
 * Marks and sweeps. Only at a safepoint, as `scavenge`: what no root shows is given back.
 */
export const markAndSweep = (
  heap: Heap,
  visitRoots: (visitor: RootVisitor) => void,
  weakTypes: WeakTypes,
): MarkResult => new Marker(heap, weakTypes).collect(visitRoots);
