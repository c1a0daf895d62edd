// The heap: typed views of the one linear memory, allocation, field access with write barrier, handles.
//
// Invariant (safepoint discipline): `allocate` never moves or frees anything. A collection happens only in `Isolate`'s
// safepoint (interpreter loop back edges and function entries, stack checks and allocation slow paths of machine code)
// and so also inside anything that may run JavaScript. Host code may keep raw tagged words in locals as long as it calls
// nothing that may run JavaScript; across such a call it keeps handles: slots of linear memory that the collector updates.
// When new space is full between safepoints, allocation overflows into old space and asks for a collection.

import type { Address, Field, Handle, TaggedField } from '../layout/index.ts';
import { elementAt } from './elements.ts';
import { type HeapImage, restoreImage } from './heap-image.ts';
import { Interrupt, IsolateData, pageBytes, Region } from './memory-map.ts';
import { OldSpace } from './old-space.ts';
import type { Tagged } from './tagging.ts';

/** What freed and fresh memory is filled with: as a pointer it leads far outside of the cage. */
export const zapWord = 0xdeadbeed | 0;

/** Bytes that old space leaves to handles: what reports running out of memory needs some. */
const handleReserve = 0x1000;

/** What old space has at least. */
const minOldBytes = 8 << 20;

/** Old space grows by so many bytes at least between two collections that mark. */
const defaultOldGrowth = 32 << 20;

export enum Space {
  Young = 0,
  Old = 1,
  ReadOnly = 2,
}

/** Thrown to the host when linear memory is exhausted: the debuggee's "out of memory", fatal to it and to nothing else. */
export class OutOfMemory extends Error {
  constructor(bytes: number) {
    super(
      `out of memory: the debuggee's heap cannot grow by ${bytes} bytes; raise --max-old-space-size or --max-heap-size`,
    );
    this.name = 'OutOfMemory';
  }
}

export interface HeapOptions {
  /** Size of the whole linear memory in MiB, 128 to 1024. */
  readonly memoryMiB?: number;
  /** Size of one semispace in KiB, at most 16384. */
  readonly semiSpaceKiB?: number;
  /** Size that old space may grow to, in MiB; as far as the memory goes. */
  readonly oldSpaceMiB?: number;
  /** What the memory holds at the beginning: an image of a heap that was set up. */
  readonly image?: HeapImage;
  /** Serves what is requested in the midst of host code; collects nothing. */
  readonly serve?: () => void;
}

export class Heap {
  readonly memory: WebAssembly.Memory;
  readonly buffer: SharedArrayBuffer;
  readonly i8: Int8Array;
  readonly u8: Uint8Array;
  readonly i16: Int16Array;
  readonly u16: Uint16Array;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
  readonly i64: BigInt64Array;
  readonly view: DataView;
  readonly size: number;
  /** The memory began with an image: roots and realm are there. */
  readonly isRestored: boolean;

  readonly semiSpaceSize: number;
  /** Bytes of objects that old space may have, and where its pages end but for what survives a scavenge. */
  readonly oldBytes: number;
  readonly oldEnd: Address;
  /** Start offset of the semispace that is allocated into. */
  toSpace: number = Region.NewSpace;
  fromSpace: number;
  readonly oldSpace: OldSpace;
  readOnlyTop: number = Region.ReadOnly;
  codeTop: number = Region.BuiltinCodeEnd;
  /** [start, end) of what collections gave back below it. */
  readonly codeGaps: Address[] = [];
  /** While the realm is built, everything that is long-lived goes to old space. */
  bootstrapping = true;

  // Host caches; each can be rebuilt from memory at any time. Internalized strings live in spaces that do not move.
  /** Host string → internalized string. */
  readonly internalizedByHost = new Map<string, Tagged>();
  /** Internalized string → host string. */
  readonly hostOfInternalized = new Map<Tagged, string>();
  /** Recently decoded other strings, by address: emptied by every collection. */
  readonly hostOfString = new Map<Tagged, string>();
  /** Lookups in large maps and in large transition tables: direct-mapped, laid out by `objects` (maps, transition-store). */
  readonly descriptorLookups = new Int32Array(3 * 2048);
  readonly transitionLookups = new Int32Array(4 * 512);
  /** Called after every collection, to drop caches that know addresses of movable objects. */
  readonly afterCollection: (() => void)[] = [];
  /** Called when all that lives is marked: caches drop what they know of objects that do not. */
  readonly afterMarking: ((isLive: (object: Tagged) => boolean) => void)[] = [];
  /** Whether Code objects stay that nothing needs any more: somebody shows what ran. */
  keepsCode = false;
  /** Bytes that old space may grow by before a collection marks. */
  oldGrowth = 0;
  /** Objects of new space below this offset have survived one scavenge. */
  ageMark = 0;
  /** Fill fresh memory with a pattern, so that forgotten initialisation shows (tests, stress mode). */
  zapFresh = false;
  /** Fill what collections give back with `zapWord` (tests, stress mode). */
  zapFreed = false;
  collections = 0;

  private readonly serve: (() => void) | undefined;

  constructor(options: HeapOptions = {}) {
    const pages = Math.min(1024, Math.max(128, options.memoryMiB ?? 1024)) * 16;
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    this.buffer = this.memory.buffer as unknown as SharedArrayBuffer;
    this.size = this.buffer.byteLength;
    this.i8 = new Int8Array(this.buffer);
    this.u8 = new Uint8Array(this.buffer);
    this.i16 = new Int16Array(this.buffer);
    this.u16 = new Uint16Array(this.buffer);
    this.i32 = new Int32Array(this.buffer);
    this.u32 = new Uint32Array(this.buffer);
    this.f32 = new Float32Array(this.buffer);
    this.f64 = new Float64Array(this.buffer);
    this.i64 = new BigInt64Array(this.buffer);
    this.view = new DataView(this.buffer);
    this.semiSpaceSize = Math.min(16384, Math.max(64, options.semiSpaceKiB ?? 8192)) * 1024;
    this.fromSpace = Region.NewSpace + this.semiSpaceSize;
    this.oldSpace = new OldSpace(this);
    const end = (this.size - handleReserve) & -pageBytes;
    this.oldBytes = Math.min(
      end - Region.OldSpace,
      Math.max(minOldBytes, Math.min(options.oldSpaceMiB ?? 1024, 1024) * (1 << 20)),
    );
    this.oldEnd = Region.OldSpace + this.oldBytes;
    this.growOldSpace(0);
    this.isRestored = options.image !== undefined;
    this.serve = options.serve;
    if (options.image !== undefined) restoreImage(this, options.image);
    this.isolateWord(IsolateData.NewSpaceTop, this.toSpace);
    this.isolateWord(IsolateData.NewSpaceLimit, this.toSpace + this.semiSpaceSize);
    this.isolateWord(IsolateData.HandleTop, this.size);
  }

  /** The realm is built, or restored: objects are young from now on, and the heap is as old as one that an image was restored to. */
  endBootstrap(): void {
    this.bootstrapping = false;
    this.oldSpace.beginLife();
  }

  /** Writes the low word of an isolate data field. */
  isolateWord(field: IsolateData, value: number): void {
    this.i32[(Region.IsolateData + field) >> 2] = value;
  }

  /** Reads the low word of an isolate data field. */
  readIsolateWord(field: IsolateData): number {
    return this.i32[(Region.IsolateData + field) >> 2]!;
  }

  // --- allocation -------------------------------------------------------------------------------------------------

  /** Allocates `size` bytes (rounded up to 8) and returns the tagged pointer. The bytes are not initialised. */
  allocate(size: number, space: Space = Space.Young): Tagged {
    if (size > this.size) throw new OutOfMemory(size);
    size = (size + 7) & ~7;
    if (this.zapFresh) return this.allocateZapped(size, space);
    if (space === Space.Young && !this.bootstrapping) {
      const i = (Region.IsolateData + IsolateData.NewSpaceTop) >> 2;
      const top = this.i32[i]!;
      if (top + size <= this.i32[i + 2]!) {
        this.i32[i] = top + size;
        return top + 1;
      }
      if (size <= this.semiSpaceSize >> 2 || top + size - this.toSpace > this.semiSpaceSize >> 1)
        this.requestInterrupt(Interrupt.Collect);
    }
    return this.allocateSlow(size, space);
  }

  private allocateZapped(size: number, space: Space): Tagged {
    this.zapFresh = false;
    const result = this.allocate(size, space);
    this.zapFresh = true;
    this.i32.fill(zapWord, (result - 1) >> 2, (result - 1 + size) >> 2);
    return result;
  }

  private allocateSlow(size: number, space: Space): Tagged {
    if (space === Space.ReadOnly) {
      const top = this.readOnlyTop;
      if (top + size > Region.ReadOnlyEnd) throw new OutOfMemory(size);
      this.readOnlyTop = top + size;
      return top + 1;
    }
    return (this.allocateOld(size) as number) + 1;
  }

  /** Room in old space for `size` bytes, a multiple of 8. */
  allocateOld(size: number): Address {
    const { oldSpace } = this;
    const at = oldSpace.allocate(
      size,
      Math.min(this.oldEnd, this.readIsolateWord(IsolateData.HandleTop) - handleReserve),
    );
    if (at === 0) throw new OutOfMemory(size);
    if (this.wantsMarking && !this.bootstrapping) this.requestInterrupt(Interrupt.Collect);
    return at;
  }

  /** After a collection that left so many bytes of old space: how much more it may have before the next one. */
  growOldSpace(liveBytes: number): void {
    const room = Math.max(0, this.oldEnd - Region.OldSpace - liveBytes);
    this.oldGrowth = Math.min(Math.max(defaultOldGrowth, liveBytes), room >> 1);
    this.oldSpace.allocatedSinceMark = 0;
  }

  /** Whether old space holds more than it may. */
  get isOverLimit(): boolean {
    return this.oldSpace.committed - this.oldSpace.free > this.oldBytes;
  }

  /** Whether the next collection shall find out what of old space lives. */
  get wantsMarking(): boolean {
    return this.oldSpace.allocatedSinceMark > this.oldGrowth;
  }

  /** Bytes of objects, living or not yet found dead. */
  get usedBytes(): number {
    return this.spaceStatistics().reduce((sum, { used }) => sum + used, 0);
  }

  /** Bytes that spaces have. */
  get committedBytes(): number {
    return this.spaceStatistics().reduce((sum, { size }) => sum + size, 0);
  }

  /** Each space, by V8's name: bytes that it has, and those in use. */
  spaceStatistics(): { readonly name: string; readonly size: number; readonly used: number }[] {
    const { committed, large, free, top, limit } = this.oldSpace;
    const gaps = this.codeGaps.reduce((sum, address, i) => sum + (i % 2 === 0 ? -address : address), 0);
    const young = this.readIsolateWord(IsolateData.NewSpaceTop) - this.toSpace;
    return [
      { name: 'read_only_space', size: this.readOnlyTop - Region.ReadOnly, used: this.readOnlyTop - Region.ReadOnly },
      { name: 'new_space', size: 2 * this.semiSpaceSize, used: young },
      { name: 'old_space', size: committed - large, used: committed - large - free - (limit - top) },
      { name: 'code_space', size: this.codeTop - Region.Code, used: this.codeTop - Region.Code - gaps },
      { name: 'large_object_space', size: large, used: large },
    ];
  }

  /** Makes the next stack check of interpreter or machine code take its slow path, where `InterruptRequests` is served. */
  requestInterrupt(interrupt: Interrupt): void {
    Atomics.or(this.i32, (Region.IsolateData + IsolateData.InterruptRequests) >> 2, interrupt);
    Atomics.store(this.i32, (Region.IsolateData + IsolateData.StackLimit) >> 2, 0x7fffffff);
  }

  /**
   * In a loop of host code whose length the program decides: serves requests to pause and to end, and looks at deadlines. Nothing is
   * collected meanwhile, so raw words stay what they are.
   */
  poll(): void {
    if (this.i32[(Region.IsolateData + IsolateData.InterruptRequests) >> 2] !== 0) this.serve?.();
  }

  // --- fields: by their names, as in FixedArray.Length ---------------------------------------------------------------

  /** A tagged field. */
  get(object: Tagged, field: TaggedField): Tagged {
    return this.i32[(object + field - 1) >> 2]!;
  }

  /** Stores a tagged field, with the generational write barrier. */
  set(object: Tagged, field: TaggedField, value: Tagged): void {
    const slot = object + field - 1;
    this.i32[slot >> 2] = value;
    if (
      (value & 1) !== 0 &&
      value >>> 0 < Region.NewSpaceEnd &&
      value >>> 0 >= Region.NewSpace &&
      object >= Region.NewSpaceEnd
    ) {
      this.rememberSlot(slot);
    }
  }

  /** Stores a tagged field without a barrier: the value is a Smi or read-only, or the object is the newest allocation in new space. */
  init(object: Tagged, field: TaggedField, value: Tagged): void {
    this.i32[(object + field - 1) >> 2] = value;
  }

  getI32(object: Tagged, field: Field<'i32' | 'u32'>): number {
    return this.i32[(object + field - 1) >> 2]!;
  }
  setI32(object: Tagged, field: Field<'i32' | 'u32'>, value: number): void {
    this.i32[(object + field - 1) >> 2] = value;
  }
  getU16(object: Tagged, field: Field<'u16'>): number {
    return this.u16[(object + field - 1) >> 1]!;
  }
  setU16(object: Tagged, field: Field<'u16'>, value: number): void {
    this.u16[(object + field - 1) >> 1] = value;
  }
  getU8(object: Tagged, field: Field<'u8'>): number {
    return this.u8[object + field - 1]!;
  }
  setU8(object: Tagged, field: Field<'u8'>, value: number): void {
    this.u8[object + field - 1] = value;
  }
  getF64(object: Tagged, field: Field<'f64'>): number {
    return this.f64[(object + field - 1) >> 3]!;
  }
  setF64(object: Tagged, field: Field<'f64'>, value: number): void {
    this.f64[(object + field - 1) >> 3] = value;
  }
  /** A double's bits: NaNs keep theirs. */
  copyF64(object: Tagged, field: Field<'f64'>, from: Tagged, fromField: Field<'f64'>): void {
    this.setF64Words(object, field, this.f64Low(from, fromField), this.f64High(from, fromField));
  }
  f64Low(object: Tagged, field: Field<'f64'>): number {
    return this.i32[(object + field - 1) >> 2]!;
  }
  f64High(object: Tagged, field: Field<'f64'>): number {
    return this.i32[(object + field + 3) >> 2]!;
  }
  setF64Words(object: Tagged, field: Field<'f64'>, low: number, high: number): void {
    const at = (object + field - 1) >> 2;
    this.i32[at] = low;
    this.i32[at + 1] = high;
  }

  // --- elements: `start` is the first one's field, `index` counts from it -----------------------------------------------

  getElement(object: Tagged, start: TaggedField, index: number): Tagged {
    return this.i32[((object + start - 1) >> 2) + index]!;
  }
  /** With the write barrier. */
  setElement(object: Tagged, start: TaggedField, index: number, value: Tagged): void {
    this.set(object, elementAt(start, index), value);
  }
  /** Without: see `init`. */
  initElement(object: Tagged, start: TaggedField, index: number, value: Tagged): void {
    this.i32[((object + start - 1) >> 2) + index] = value;
  }
  getF64Element(object: Tagged, start: Field<'f64'>, index: number): number {
    return this.f64[((object + start - 1) >> 3) + index]!;
  }
  setF64Element(object: Tagged, start: Field<'f64'>, index: number, value: number): void {
    this.f64[((object + start - 1) >> 3) + index] = value;
  }
  getU8Element(object: Tagged, start: Field<'u8'>, index: number): number {
    return this.u8[object + start - 1 + index]!;
  }
  setU8Element(object: Tagged, start: Field<'u8'>, index: number, value: number): void {
    this.u8[object + start - 1 + index] = value;
  }

  isYoung(object: Tagged): boolean {
    return object >= Region.NewSpace && object < Region.NewSpaceEnd;
  }

  /** Records that the old-space slot (byte offset) may point into new space. */
  rememberSlot(slot: Address): void {
    this.u8[Region.RememberedSet + (slot >>> 5)]! |= 1 << ((slot >>> 2) & 7);
    this.u8[Region.RememberedSummary + (slot >>> 15)] = 1;
  }

  // --- handles: they grow down from the end of the memory, towards old space ------------------------------------------

  /** Opens a handle scope; give the result to `closeHandles`. */
  openHandles(): number {
    return this.readIsolateWord(IsolateData.HandleTop);
  }

  closeHandles(scope: number): void {
    this.isolateWord(IsolateData.HandleTop, scope);
  }

  /** Makes a handle: a slot that the collector keeps up to date. Read it with `deref`. */
  handle(value: Tagged): Handle {
    const slot = this.readIsolateWord(IsolateData.HandleTop) - 4;
    if (slot < this.oldSpace.end) throw new OutOfMemory(4);
    this.i32[slot >> 2] = value;
    this.isolateWord(IsolateData.HandleTop, slot);
    return slot;
  }

  deref(handle: Handle): Tagged {
    return this.i32[handle >> 2]!;
  }

  setHandle(handle: Handle, value: Tagged): void {
    this.i32[handle >> 2] = value;
  }
}
