// The young generation collector: Cheney's copying scavenge over the two semispaces, in one thread.
//
//     from-space                     to-space                           old space
//   ┌──────────┬───────────┐      ┌─────────┬───────┬──────┐       ┌──────────────┬─────────────┬───────┐
//   │ survived │ new since │  ──▶ │ scanned │ gray  │ free │       │ remembered   │ since last  │ gray  │
//   │ once     │ last time │      └─────────┴───────┴──────┘       │ slots only   │ collection  │       │
//   └──────────┴───────────┘             scan    top               └──────────────┴─────────────┴───────┘
//          ageMark                                                                  areas of OldSpace
//
// An object below the age mark has survived once already and is promoted; so is what does not fit to-space. Roots: handles,
// isolate roots, what the caller's visitor shows (stack frames, code, a deoptimization in progress), remembered slots, and
// everything allocated in old space since the last collection.
//
// Invariants: a from-space object whose map word is even was copied, to the address in that word. When it is over, no word
// that is scanned points into from-space; a slot of old space points into new space only if its remembered bit is set.
// Weak references to dead young objects become the cleared value 3. The loop allocates nothing on the host.

import { type Address, AllocationMemento, MapObject, StaticRoot } from '../layout/index.ts';
import { type Heap, OutOfMemory, zapWord } from './heap.ts';
import { type RootVisitor, visitHeapRoots } from './heap-roots.ts';
import { Interrupt, IsolateData, Region } from './memory-map.ts';
import { pointerMaps } from './pointer-maps.ts';
import type { Tagged } from './tagging.ts';

export interface ScavengeResult {
  readonly copiedBytes: number;
  readonly promotedBytes: number;
  readonly weakCleared: number;
  /** Bytes of new space in use before. */
  readonly before: number;
}

export interface ScavengeOptions {
  /** Fill the left-behind semispace with `zapWord`. */
  readonly zap?: boolean;
  /** Promote everything that survives. */
  readonly promoteAll?: boolean;
  /** Promote nothing for its age while little is in use: what never moves hides that its address was kept. */
  readonly keepYoung?: boolean;
  /** Told of each object that is copied. */
  readonly moved?: (from: Address, to: Address, bytes: number) => void;
}

/** Bytes in use up to which `keepYoung` keeps everything young. */
const keptYoung = 16 * 1024;

class Scavenger implements RootVisitor {
  private readonly heap: Heap;
  private readonly i32: Int32Array;
  private readonly u8: Uint8Array;
  private fromStart = 0;
  private fromEnd = 0;
  private ageMark = 0;
  private top = 0;
  private toEnd = 0;
  private copied = 0;
  private promoted = 0;
  /** End of what was allocated in from-space. */
  private usedEnd = 0;
  private cleared = 0;
  private moved: ScavengeOptions['moved'];
  private weakSlots = new Int32Array(256);
  private weakCount = 0;

  constructor(heap: Heap) {
    this.heap = heap;
    this.i32 = heap.i32;
    this.u8 = heap.u8;
  }

  collect(visitRoots: (visitor: RootVisitor) => void, options: ScavengeOptions): ScavengeResult {
    const { heap } = this;
    const usedEnd = heap.readIsolateWord(IsolateData.NewSpaceTop);
    this.usedEnd = usedEnd;
    this.fromStart = heap.toSpace;
    this.fromEnd = heap.toSpace + heap.semiSpaceSize;
    this.ageMark = options.promoteAll === true ? this.fromEnd : Math.max(heap.ageMark, this.fromStart);
    if (options.keepYoung === true && usedEnd - this.fromStart < keptYoung) this.ageMark = this.fromStart;
    this.top = heap.fromSpace;
    this.toEnd = heap.fromSpace + heap.semiSpaceSize;
    this.moved = options.moved;
    this.copied = 0;
    this.promoted = 0;
    this.cleared = 0;
    this.weakCount = 0;
    const toStart = this.top;

    visitHeapRoots(heap, this);
    visitRoots(this);
    this.visitRemembered(heap.oldSpace.end);

    // Gray objects, in both places, until there are none.
    let scanNew = toStart;
    for (;;) {
      while (scanNew < this.top) scanNew += this.scanObject(scanNew, false);
      const old = heap.oldSpace.unscanned();
      if (old === 0) break;
      this.scanObject(old, true);
    }
    this.processWeakSlots();

    heap.oldSpace.forgetAreas();
    heap.fromSpace = this.fromStart;
    heap.toSpace = toStart;
    heap.ageMark = this.top;
    heap.isolateWord(IsolateData.NewSpaceTop, this.top);
    heap.isolateWord(IsolateData.NewSpaceLimit, this.toEnd);
    if (options.zap === true) this.i32.fill(zapWord, this.fromStart >> 2, usedEnd >> 2);
    heap.collections++;
    heap.hostOfString.clear();
    for (const drop of heap.afterCollection) drop();
    return {
      copiedBytes: this.copied,
      promotedBytes: this.promoted,
      weakCleared: this.cleared,
      before: usedEnd - this.fromStart,
    };
  }

  visitSlot(slot: Address): void {
    const word = this.i32[slot >> 2]!;
    if ((word & 1) !== 0 && word >= this.fromStart && word < this.fromEnd) this.scavengeSlot(slot, word);
  }

  forward(word: Tagged): Tagged {
    return (word & 1) !== 0 && word >= this.fromStart && word < this.fromEnd
      ? this.copy((word & ~3) >> 0) + (word & 3)
      : word;
  }

  /** `word` points into from-space. */
  private scavengeSlot(slot: Address, word: Tagged): void {
    if ((word & 2) === 0) {
      this.i32[slot >> 2] = this.copy(word - 1) + 1;
      return;
    }
    const forwarded = this.i32[(word & ~3) >> 2]!;
    if ((forwarded & 1) === 0) {
      this.i32[slot >> 2] = forwarded + 3;
      return;
    }
    if (this.weakCount === this.weakSlots.length) this.growWeakSlots();
    this.weakSlots[this.weakCount++] = slot;
  }

  private growWeakSlots(): void {
    const grown = new Int32Array(this.weakSlots.length * 2);
    grown.set(this.weakSlots);
    this.weakSlots = grown;
  }

  /** Copies the object at `at` (untagged) unless it was; returns its new address (untagged). */
  private copy(at: Address): Address {
    const { i32, u8 } = this;
    const map = i32[at >> 2]!;
    if ((map & 1) === 0) return map;
    const id = u8[map - 1 + MapObject.VisitorId]!;
    const lengthAt = pointerMaps.lengthAt[id]!;
    let size: number;
    if (lengthAt < 0) size = u8[map - 1 + MapObject.InstanceSizeInWords]! << 2;
    else {
      const n = (i32[(at + lengthAt) >> 2]! >> pointerMaps.shift[id]!) & pointerMaps.mask[id]!;
      size = pointerMaps.base[id]! + pointerMaps.scale[id]! * n;
    }
    size = (size + 7) & ~7;
    // An array's memento goes with it: collections come where V8 has none.
    if (at + size < this.usedEnd && i32[(at + size) >> 2] === StaticRoot.AllocationMementoMap)
      size += AllocationMemento.Size;
    let to: number;
    if (at >= this.ageMark && this.top + size <= this.toEnd) {
      to = this.top;
      this.top = to + size;
      this.copied += size;
    } else {
      to = this.heap.oldSpace.allocate(size, this.heap.readIsolateWord(IsolateData.HandleTop));
      if (to === 0) throw new OutOfMemory(size);
      this.promoted += size;
    }
    const words = size >> 2;
    const source = at >> 2;
    const target = to >> 2;
    if (words <= 32) for (let i = 0; i < words; i++) i32[target + i] = i32[source + i]!;
    else i32.copyWithin(target, source, source + words);
    i32[source] = to;
    if (this.moved !== undefined) this.moved(at, to, size);
    return to;
  }

  /** Visits the fields of the object at `at`; returns its size. In old space, slots that still point to new space are remembered. */
  private scanObject(at: Address, isOld: boolean): number {
    const { i32, u8 } = this;
    const map = i32[at >> 2]!;
    const id = u8[map - 1 + MapObject.VisitorId]!;
    const lengthAt = pointerMaps.lengthAt[id]!;
    let size: number;
    if (lengthAt < 0) size = u8[map - 1 + MapObject.InstanceSizeInWords]! << 2;
    else {
      const n = (i32[(at + lengthAt) >> 2]! >> pointerMaps.shift[id]!) & pointerMaps.mask[id]!;
      size = pointerMaps.base[id]! + pointerMaps.scale[id]! * n;
    }
    const rounded = (size + 7) & ~7;
    if (rounded === 0)
      throw new Error(`scavenger: object of size 0 at ${at.toString(16)} (visitor id ${id}); the heap is not walkable`);
    if (isOld) this.heap.oldSpace.passed(rounded);
    const start = pointerMaps.start[id]!;
    if (start >= 0) {
      const end = pointerMaps.end[id]!;
      this.scanRange(at + start, at + (end === 0 ? size : end), isOld);
      const start2 = pointerMaps.start2[id]!;
      if (start2 >= 0) {
        const end2 = pointerMaps.end2[id]!;
        this.scanRange(at + start2, at + (end2 === 0 ? size : end2), isOld);
      }
    }
    return rounded;
  }

  private scanRange(from: Address, to: Address, isOld: boolean): void {
    const { i32, fromStart, fromEnd } = this;
    for (let slot = from; slot < to; slot += 4) {
      const word = i32[slot >> 2]!;
      if ((word & 1) === 0 || word < fromStart || word >= fromEnd) continue;
      this.scavengeSlot(slot, word);
      if (isOld) this.rememberIfYoung(slot);
    }
  }

  private rememberIfYoung(slot: Address): void {
    const word = this.i32[slot >> 2]!;
    if ((word & 1) !== 0 && word >= Region.NewSpace && word < Region.NewSpaceEnd) {
      this.heap.rememberSlot(slot);
    }
  }

  /** Slots of old space below `end` whose bit is set; bits of slots that stay young stay. */
  private visitRemembered(end: number): void {
    const { u8 } = this;
    const last = Region.RememberedSummary + (end >>> 15);
    for (let at = Region.RememberedSummary + (Region.OldSpace >>> 15); at <= last; at++) {
      if (u8[at] === 0) continue;
      // One word of bits covers 128 bytes of slots.
      const first = (Region.RememberedSet + ((at - Region.RememberedSummary) << 10)) >> 2;
      if (!this.visitRememberedWords(first, first + 256)) u8[at] = 0;
    }
  }

  /** Visits the slots of words [from, to) of the set; whether one stays remembered. */
  private visitRememberedWords(from: number, to: number): boolean {
    const { i32 } = this;
    let stays = 0;
    for (let w = from; w < to; w++) {
      let bits = i32[w]!;
      if (bits === 0) continue;
      const base = ((w << 2) - Region.RememberedSet) << 5;
      let keep = 0;
      while (bits !== 0) {
        const bit = 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        const slot = base + (bit << 2);
        this.visitSlot(slot);
        const word = i32[slot >> 2]!;
        if ((word & 1) !== 0 && word >= Region.NewSpace && word < Region.NewSpaceEnd) keep |= 1 << bit;
      }
      i32[w] = keep;
      stays |= keep;
    }
    return stays !== 0;
  }

  private processWeakSlots(): void {
    const { i32, weakSlots } = this;
    for (let i = 0; i < this.weakCount; i++) {
      const slot = weakSlots[i]!;
      const word = i32[slot >> 2]!;
      if (word < this.fromStart || word >= this.fromEnd) continue; // the slot was shown twice
      const forwarded = i32[(word & ~3) >> 2]!;
      if ((forwarded & 1) === 0) {
        i32[slot >> 2] = forwarded + 3;
        if (slot >= Region.OldSpace) this.rememberIfYoung(slot);
      } else {
        i32[slot >> 2] = 3;
        this.cleared++;
      }
    }
  }
}

/**
 * Collects the young generation. `visitRoots` shows stack frames, embedded objects of code and whatever else the caller holds.
 * Only at a safepoint: no raw tagged word may be in a host local across this call.
 */
export const scavenge = (
  heap: Heap,
  visitRoots: (visitor: RootVisitor) => void,
  options: ScavengeOptions = {},
): ScavengeResult => {
  const result = new Scavenger(heap).collect(visitRoots, options);
  Atomics.and(heap.i32, (Region.IsolateData + IsolateData.InterruptRequests) >> 2, ~Interrupt.Collect);
  return result;
};
