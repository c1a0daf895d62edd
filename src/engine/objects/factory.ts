// Factory: makes every kind of heap object. Nothing here can collect; what is returned is fully initialised.
//
// Invariant: the constructor leaves the static roots at exactly the addresses that `StaticRoot` names, and asserts it.
// Maps, descriptor arrays, names and what belongs to code are allocated in spaces that do not move.

import { type Address, fieldAtWord, fitsSmi, type Heap, Space, type Tagged } from '../heap/index.ts';
import {
  AccessorInfo,
  AccessorPair,
  AllocationSite,
  BigIntObject,
  ByteArray,
  Cell,
  Code,
  ConsString,
  Context,
  FeedbackCell,
  FeedbackMetadata,
  FeedbackVector,
  FixedArray,
  FixedDoubleArray,
  HeapNumber,
  HeapObject,
  holeNanWord,
  type InstanceType,
  JSArray,
  JSFunction,
  JSObject,
  MapBits,
  MapBits2,
  MapBits3,
  MapObject,
  noInterruptBudget,
  PropertyCell,
  Script,
  SeqOneByteString,
  SharedFunctionInfo,
  SlicedString,
  StaticRoot,
  StringObject,
  SymbolObject,
} from '../layout/index.ts';
import { allocateWithSite } from './allocation-sites.ts';
import { allocateCode, registerCode } from './code-space.ts';
import { ElementsKind } from './elements-kind.ts';
import { FeedbackSlotKind } from './feedback-slot-kind.ts';
import { isOneByteWord } from './map-words.ts';
import { manyDigits, writeManyDigits } from './numbers.ts';
import type { OwnProperty } from './own-property.ts';
import { root, setRoot } from './root-slots.ts';
import { Root } from './roots.ts';
import { countInstance, fillSlack, isSlackTracked } from './slack-tracking.ts';
import { createStaticObjects, initMap } from './static-objects.ts';
import {
  copySubString,
  flatten,
  internalizeHost,
  internalizeString,
  maxStringLength,
  minConsLength,
  minSlicedLength,
  newSeqStringFromHost,
  stringLength,
} from './strings.ts';

/** Optimized code was invalidated: each with the dependency groups that it was registered in and that broke. */
export type CodeMarkedHook = (codes: readonly Tagged[], broken: readonly number[]) => void;

export class Factory {
  readonly heap: Heap;
  /** What lookupOwn found last. */
  readonly ownProperty: OwnProperty = { found: false, details: 0, value: 0, descriptor: -1, entry: -1, cell: 0 };
  /** Cache of objects that were made once for a description of the host's: ScopeInfos. A collection that marks empties it. */
  madeFor = new WeakMap<object, Tagged>();
  /** Called when optimized Code was marked for deoptimization because something it depends on changed. */
  readonly onCodeMarked: CodeMarkedHook;

  /** Creates the static roots at their addresses, unless the heap came from a snapshot. */
  constructor(heap: Heap, onCodeMarked: CodeMarkedHook = () => undefined) {
    this.heap = heap;
    this.onCodeMarked = onCodeMarked;
    heap.afterMarking.push(() => {
      this.madeFor = new WeakMap();
    });
    if (!heap.isRestored) createStaticObjects(this);
  }

  // --- numbers ------------------------------------------------------------------------------------------------------

  newNumber(n: number): Tagged {
    if (fitsSmi(n)) return n << 1;
    return this.newHeapNumber(n);
  }

  newHeapNumber(n: number, space: Space = Space.Young): Tagged {
    const { heap } = this;
    const o = heap.allocate(HeapNumber.Size, space);
    heap.i32[(o - 1) >> 2] = StaticRoot.HeapNumberMap;
    heap.i32[((o - 1) >> 2) + 1] = 0; // what aligns the double
    heap.f64[(o + HeapNumber.Value - 1) >> 3] = n;
    return o;
  }

  newBigInt(value: bigint): Tagged {
    const { heap } = this;
    const negative = value < 0n;
    let magnitude = negative ? -value : value;
    const isLarge = magnitude >> BigInt(64 * manyDigits) !== 0n;
    const text = isLarge ? magnitude.toString(16) : '';
    let digits = Math.ceil(text.length / 16);
    if (!isLarge) for (let rest = magnitude; rest > 0n; rest >>= 64n) digits++;
    const o = heap.allocate(BigIntObject.Digits + 8 * digits);
    heap.init(o, HeapObject.Map, StaticRoot.BigIntMap);
    heap.setI32(o, BigIntObject.Bitfield, (digits << 1) | (negative ? 1 : 0));
    if (isLarge) writeManyDigits(heap, o - 1 + BigIntObject.Digits, text, digits);
    for (let i = 0; !isLarge && i < digits; i++) {
      heap.i64[(o - 1 + BigIntObject.Digits + 8 * i) >> 3] = BigInt.asIntN(64, magnitude);
      magnitude >>= 64n;
    }
    return o;
  }

  // --- strings and symbols --------------------------------------------------------------------------------------------

  newString(host: string, space: Space = Space.Young): Tagged {
    if (host.length <= 1) {
      if (host.length === 0) return StaticRoot.EmptyString;
      const code = host.charCodeAt(0);
      if (code < 256) return root(this.heap, Root.FirstSingleCharacter + code);
    }
    if (host.length > maxStringLength) throw new RangeError('Invalid string length');
    return newSeqStringFromHost(this.heap, host, space);
  }

  /** Internalized string for a host string. Immovable (old or read-only space). */
  internalize(host: string): Tagged {
    return internalizeHost(this.heap, host);
  }

  internalizeString(s: Tagged): Tagged {
    return internalizeString(this.heap, s);
  }

  /** The string of one UTF-16 code unit. */
  newStringFromCharCode(code: number): Tagged {
    if (code < 256) return root(this.heap, Root.FirstSingleCharacter + code);
    return internalizeHost(this.heap, String.fromCharCode(code));
  }

  /** Concatenation; the caller has checked the length limit. */
  newConsString(a: Tagged, b: Tagged): Tagged {
    const { heap } = this;
    const lengthA = stringLength(heap, a);
    const lengthB = stringLength(heap, b);
    if (lengthA === 0) return b;
    if (lengthB === 0) return a;
    const length = lengthA + lengthB;
    const oneByte = isOneByteWord(heap, a) && isOneByteWord(heap, b);
    const o = heap.allocate(ConsString.Size);
    heap.init(o, HeapObject.Map, oneByte ? StaticRoot.ConsOneByteStringMap : StaticRoot.ConsTwoByteStringMap);
    heap.setI32(o, StringObject.RawHash, 0);
    heap.setI32(o, StringObject.Length, length);
    heap.init(o, ConsString.First, a);
    heap.init(o, ConsString.Second, b);
    if (length >= minConsLength) return o;
    return copySubString(heap, o, 0, length);
  }

  newSubString(s: Tagged, from: number, to: number): Tagged {
    const { heap } = this;
    const length = to - from;
    if (length <= 0) return StaticRoot.EmptyString;
    if (length === stringLength(heap, s)) return s;
    let flat = flatten(heap, s);
    const oneByte = isOneByteWord(heap, flat);
    if (length < minSlicedLength) {
      const copy = copySubString(heap, flat, from, to);
      if (length === 1 && oneByte)
        return root(heap, Root.FirstSingleCharacter + heap.getU8(copy, SeqOneByteString.Chars));
      return copy;
    }
    const map = heap.get(flat, HeapObject.Map);
    if (map === StaticRoot.SlicedOneByteStringMap || map === StaticRoot.SlicedTwoByteStringMap) {
      from += heap.get(flat, SlicedString.Offset) >> 1;
      flat = heap.get(flat, SlicedString.Parent);
    }
    const o = heap.allocate(SlicedString.Size);
    heap.init(o, HeapObject.Map, oneByte ? StaticRoot.SlicedOneByteStringMap : StaticRoot.SlicedTwoByteStringMap);
    heap.setI32(o, StringObject.RawHash, 0);
    heap.setI32(o, StringObject.Length, length);
    heap.init(o, SlicedString.Parent, flat);
    heap.init(o, SlicedString.Offset, from << 1);
    return o;
  }

  /** A Symbol; names do not move, so symbols live in old space. `description` is a string (made immovable) or undefined. */
  newSymbol(description: Tagged, flags = 0, space: Space = Space.Old): Tagged {
    const { heap } = this;
    const o = heap.allocate(SymbolObject.Size, space);
    // A deterministic sequence of distinct, well spread hashes.
    const hash = (Math.imul(root(heap, Root.SymbolHashSeed) >> 1, 1103515245) + 12345) & 0x3fffffff;
    setRoot(heap, Root.SymbolHashSeed, hash << 1);
    heap.init(o, HeapObject.Map, StaticRoot.SymbolMap);
    heap.setI32(o, SymbolObject.RawHash, (hash << 2) | 1);
    heap.setI32(o, SymbolObject.Flags, flags);
    heap.init(o, SymbolObject.Description, StaticRoot.Undefined);
    heap.set(o, SymbolObject.Description, description);
    return o;
  }

  // --- arrays ---------------------------------------------------------------------------------------------------------

  newFixedArray(length: number, fill: Tagged = StaticRoot.Undefined, space: Space = Space.Young): Tagged {
    if (length === 0) return StaticRoot.EmptyFixedArray;
    return this.newArrayLike(StaticRoot.FixedArrayMap, length, fill, space);
  }

  /** Any FixedArray-shaped object; never the shared empty one. `fill` must not be young. */
  newArrayLike(map: Tagged, length: number, fill: Tagged, space: Space = Space.Young): Tagged {
    const { heap } = this;
    const o = heap.allocate(FixedArray.Elements + 4 * length, space);
    const i32 = heap.i32;
    const at = (o - 1) >> 2;
    i32[at] = map;
    i32[at + FixedArray.Length / 4] = length << 1;
    const first = at + FixedArray.Elements / 4;
    if (length < 16) for (let i = 0; i < length; i++) i32[first + i] = fill;
    else i32.fill(fill, first, first + length);
    return o;
  }

  newFixedArrayFrom(words: readonly Tagged[], space: Space = Space.Young): Tagged {
    const { heap } = this;
    if (words.length === 0) return StaticRoot.EmptyFixedArray;
    const o = this.newFixedArray(words.length, 0, space);
    for (let i = 0; i < words.length; i++) heap.setElement(o, FixedArray.Elements, i, words[i]!);
    return o;
  }

  /** Filled with holes. */
  newFixedDoubleArray(length: number, space: Space = Space.Young): Tagged {
    const { heap } = this;
    if (length === 0) return StaticRoot.EmptyFixedDoubleArray;
    const o = heap.allocate(FixedDoubleArray.Elements + 8 * length, space);
    heap.init(o, HeapObject.Map, StaticRoot.FixedDoubleArrayMap);
    heap.init(o, FixedDoubleArray.Length, length << 1);
    const at = (o - 1 + FixedDoubleArray.Elements) >> 2;
    heap.i32.fill(holeNanWord, at, at + 2 * length);
    return o;
  }

  /** Zeroed. */
  newByteArray(length: number, space: Space = Space.Young): Tagged {
    const { heap } = this;
    if (length === 0) return StaticRoot.EmptyByteArray;
    const o = heap.allocate(ByteArray.Bytes + length, space);
    heap.init(o, HeapObject.Map, StaticRoot.ByteArrayMap);
    heap.init(o, ByteArray.Length, length << 1);
    heap.u8.fill(0, o - 1 + ByteArray.Bytes, o - 1 + ((ByteArray.Bytes + length + 7) & ~7));
    return o;
  }

  newByteArrayFrom(bytes: ArrayLike<number>, space: Space = Space.Young): Tagged {
    const o = this.newByteArray(bytes.length, space);
    if (bytes.length > 0) this.heap.u8.set(bytes, o - 1 + ByteArray.Bytes);
    return o;
  }

  newPropertyArray(length: number): Tagged {
    if (length === 0) return StaticRoot.EmptyPropertyArray;
    return this.newArrayLike(StaticRoot.PropertyArrayMap, length, StaticRoot.Undefined);
  }

  // --- maps and objects -------------------------------------------------------------------------------------------------

  /** `sizeBytes` of instances (0 = variable), with `inObject` property words at its end. Maps are immovable. */
  newMap(type: InstanceType, sizeBytes: number, kind: ElementsKind = ElementsKind.Holey, inObject = 0): Tagged {
    const map = this.heap.allocate(MapObject.Size, Space.Old);
    initMap(this.heap, map, type, sizeBytes, kind, inObject);
    return map;
  }

  /** An instance: empty elements, empty or dictionary properties, every other word undefined. */
  /** @param site that it comes from, or 0 */
  newJSObject(map: Tagged, space: Space = Space.Young, site: Tagged = 0): Tagged {
    const { heap } = this;
    const size = heap.u8[map - 1 + MapObject.InstanceSizeInWords]! << 2;
    const o = allocateWithSite(heap, size, site, space);
    const { i32 } = heap;
    const at = (o - 1) >> 2;
    i32[at] = map;
    i32[at + JSObject.PropertiesOrHash / 4] = StaticRoot.EmptyFixedArray;
    i32[at + JSObject.Elements / 4] = StaticRoot.EmptyFixedArray;
    const isTracked = isSlackTracked(heap, map);
    const words = isTracked ? heap.u8[map - 1 + MapObject.UsedInstanceSizeInWords]! : size >> 2;
    for (let i = JSObject.HeaderSize / 4; i < words; i++) i32[at + i] = StaticRoot.Undefined;
    if (isTracked) {
      fillSlack(heap, o, words << 2, size);
      countInstance(heap, map);
    }
    if ((heap.getI32(map, MapObject.BitField3) & MapBits3.IsDictionaryMap) !== 0) {
      heap.set(o, JSObject.PropertiesOrHash, this.newHashTable(StaticRoot.NameDictionaryMap, 8, 3));
    }
    const kind = heap.getU8(map, MapObject.BitField2) >> MapBits2.ElementsKindShift;
    if (kind === ElementsKind.Dictionary || kind === ElementsKind.SlowStringWrapper) {
      heap.set(o, JSObject.Elements, this.newHashTable(StaticRoot.NumberDictionaryMap, 8, 3));
    }
    return o;
  }

  /** Layout of hash tables: [element count, deleted count, capacity, next enumeration index, identity hash, entries …]. See dictionaries.ts. */
  newHashTable(map: Tagged, capacity: number, entrySize: number, space: Space = Space.Young): Tagged {
    const { heap } = this;
    const o = this.newArrayLike(map, 5 + capacity * entrySize, StaticRoot.Undefined, space);
    heap.init(o, FixedArray.Elements, 0);
    heap.initElement(o, FixedArray.Elements, 1, 0);
    heap.initElement(o, FixedArray.Elements, 2, capacity << 1);
    heap.initElement(o, FixedArray.Elements, 3, 1 << 1);
    heap.initElement(o, FixedArray.Elements, 4, 0);
    return o;
  }

  /** `map` defaults to the current realm's initial map of that kind (Root.FirstArrayMap). The store is filled with holes. */
  newJSArray(
    kind: ElementsKind,
    length: number,
    capacity: number,
    map: Tagged = root(this.heap, Root.FirstArrayMap + kind),
    site: Tagged = 0,
  ): Tagged {
    const { heap } = this;
    const isDouble = kind === ElementsKind.PackedDouble || kind === ElementsKind.HoleyDouble;
    const elements =
      capacity === 0
        ? StaticRoot.EmptyFixedArray
        : isDouble
          ? this.newFixedDoubleArray(capacity)
          : this.newFixedArray(capacity, StaticRoot.TheHole);
    const o = this.newJSObject(map, Space.Young, site);
    heap.set(o, JSObject.Elements, elements);
    heap.set(o, JSArray.Length, length << 1);
    return o;
  }

  /** A packed array of tagged values: PACKED_SMI where all are Smis, else PACKED. */
  /** @param kind of tagged elements; without it PACKED_SMI where that holds all of them */
  newJSArrayFrom(
    words: readonly Tagged[],
    kind: ElementsKind = words.every((w) => (w & 1) === 0) ? ElementsKind.PackedSmi : ElementsKind.Packed,
  ): Tagged {
    const { heap } = this;
    const o = this.newJSArray(kind, words.length, 0);
    heap.set(o, JSObject.Elements, this.newFixedArrayFrom(words));
    return o;
  }

  newJSFunction(
    sfi: Tagged,
    context: Tagged,
    map: Tagged,
    feedbackCell: Tagged = root(this.heap, Root.ManyClosuresCell),
    code: Tagged = root(this.heap, Root.InterpreterEntryTrampolineCode),
  ): Tagged {
    const { heap } = this;
    const o = this.newJSObject(map);
    heap.set(o, JSFunction.SharedFunctionInfo, sfi);
    heap.set(o, JSFunction.Context, context);
    heap.set(o, JSFunction.FeedbackCell, feedbackCell);
    heap.set(o, JSFunction.Code, code);
    if ((heap.getU8(map, MapObject.BitField) & MapBits.HasPrototypeSlot) !== 0) {
      heap.init(o, JSFunction.PrototypeOrInitialMap, StaticRoot.TheHole);
    }
    return o;
  }

  /** `slots` counts ScopeInfo and previous; the rest is undefined. */
  newContext(map: Tagged, slots: number, scopeInfo: Tagged, previous: Tagged): Tagged {
    const { heap } = this;
    const o = this.newArrayLike(map, slots, StaticRoot.Undefined);
    heap.set(o, Context.ScopeInfo, scopeInfo);
    heap.set(o, Context.Previous, previous);
    return o;
  }

  // --- cells ------------------------------------------------------------------------------------------------------------

  /** A Struct-like object whose fields are `fields`, in order from offset 4. */
  newStruct(map: Tagged, space: Space, ...fields: readonly Tagged[]): Tagged {
    const { heap } = this;
    const words = heap.getU8(map, MapObject.InstanceSizeInWords);
    const o = heap.allocate(words << 2, space);
    heap.init(o, HeapObject.Map, map);
    for (let i = 0; i < fields.length; i++) heap.set(o, fieldAtWord(1 + i), fields[i]!);
    // the collector visits the padding as well
    for (let i = fields.length + 1; i < words; i++) heap.init(o, fieldAtWord(i), 0);
    return o;
  }

  newCell(value: Tagged, space: Space = Space.Old): Tagged {
    const o = this.heap.allocate(Cell.Size, space);
    this.heap.init(o, HeapObject.Map, StaticRoot.CellMap);
    this.heap.set(o, Cell.Value, value);
    return o;
  }

  /** `details` as a tagged PropertyDetails word. */
  newPropertyCell(name: Tagged, value: Tagged, details: Tagged): Tagged {
    const { heap } = this;
    const o = heap.allocate(PropertyCell.Size, Space.Old);
    heap.init(o, HeapObject.Map, StaticRoot.PropertyCellMap);
    heap.init(o, PropertyCell.Name, name);
    heap.init(o, PropertyCell.Details, details);
    heap.set(o, PropertyCell.Value, value);
    heap.init(o, PropertyCell.DependentCode, StaticRoot.EmptyFixedArray);
    return o;
  }

  newFeedbackCell(map: Tagged, value: Tagged, space: Space = Space.Old): Tagged {
    const { heap } = this;
    const o = heap.allocate(FeedbackCell.Size, space);
    heap.init(o, HeapObject.Map, map);
    heap.set(o, FeedbackCell.Value, value);
    heap.setI32(o, FeedbackCell.InterruptBudget, noInterruptBudget);
    return o;
  }

  newAccessorPair(getter: Tagged, setter: Tagged): Tagged {
    const { heap } = this;
    const o = heap.allocate(AccessorPair.Size, Space.Old);
    heap.init(o, HeapObject.Map, StaticRoot.AccessorPairMap);
    heap.set(o, AccessorPair.Getter, getter);
    heap.set(o, AccessorPair.Setter, setter);
    return o;
  }

  newAccessorInfo(name: Tagged, kind: number): Tagged {
    const { heap } = this;
    const o = heap.allocate(AccessorInfo.Size, Space.Old);
    heap.init(o, HeapObject.Map, StaticRoot.AccessorInfoMap);
    heap.init(o, AccessorInfo.Name, name);
    heap.init(o, AccessorInfo.Kind, kind << 1);
    return o;
  }

  newAllocationSite(info: Tagged): Tagged {
    const { heap } = this;
    const o = heap.allocate(AllocationSite.Size, Space.Old);
    heap.init(o, HeapObject.Map, StaticRoot.AllocationSiteMap);
    heap.set(o, AllocationSite.TransitionInfoOrBoilerplate, info);
    heap.init(o, AllocationSite.NestedSite, 0);
    heap.init(o, AllocationSite.PretenureData, 0);
    heap.init(o, AllocationSite.DependentCode, StaticRoot.EmptyFixedArray);
    return o;
  }

  // --- scripts and functions ----------------------------------------------------------------------------------------------

  newScript(source: Tagged, name: Tagged, id: number): Tagged {
    const { heap } = this;
    const o = heap.allocate(Script.Size, Space.Old);
    heap.init(o, HeapObject.Map, StaticRoot.ScriptMap);
    heap.set(o, Script.Source, source);
    heap.set(o, Script.Name, name);
    heap.init(o, Script.LineEnds, StaticRoot.Undefined);
    heap.init(o, Script.Id, id << 1);
    heap.init(o, Script.SharedFunctionInfos, StaticRoot.EmptyFixedArray);
    heap.init(o, Script.Wrapper, -1 << 1);
    return o;
  }

  /** `functionData`: Smi builtin id, or undefined while not compiled. */
  newSharedFunctionInfo(name: Tagged, functionData: Tagged, script: Tagged): Tagged {
    const { heap } = this;
    const o = heap.allocate(SharedFunctionInfo.Size, Space.Old);
    heap.init(o, HeapObject.Map, StaticRoot.SharedFunctionInfoMap);
    heap.set(o, SharedFunctionInfo.FunctionData, functionData);
    heap.set(o, SharedFunctionInfo.Name, name);
    heap.init(o, SharedFunctionInfo.ScopeInfo, StaticRoot.EmptyScopeInfo);
    heap.init(o, SharedFunctionInfo.FeedbackMetadata, StaticRoot.EmptyFeedbackMetadata);
    heap.init(o, SharedFunctionInfo.OuterScopeInfo, StaticRoot.TheHole);
    heap.init(o, SharedFunctionInfo.Script, script);
    heap.init(o, SharedFunctionInfo.OptimizedCodes, StaticRoot.EmptyFixedArray);
    heap.i32.fill(0, (o - 1 + SharedFunctionInfo.Length) >> 2, (o - 1 + SharedFunctionInfo.ClassFieldsSymbol) >> 2);
    heap.setI32(o, SharedFunctionInfo.FunctionTokenPosition, -1);
    const uniqueId = root(heap, Root.NextUniqueId) >> 1;
    setRoot(heap, Root.NextUniqueId, (uniqueId + 1) << 1);
    heap.setI32(o, SharedFunctionInfo.UniqueId, uniqueId);
    heap.init(o, SharedFunctionInfo.ClassFieldsSymbol, StaticRoot.Undefined);
    heap.init(o, SharedFunctionInfo.InferredName, StaticRoot.EmptyString);
    return o;
  }

  /** One FeedbackCell per closure slot of the function. */
  newClosureFeedbackCellArray(sfi: Tagged): Tagged {
    const { heap } = this;
    const count = heap.getI32(heap.get(sfi, SharedFunctionInfo.FeedbackMetadata), FeedbackMetadata.ClosureSlotCount);
    const o = this.newArrayLike(StaticRoot.ClosureFeedbackCellArrayMap, count, StaticRoot.Undefined, Space.Old);
    for (let i = 0; i < count; i++) {
      heap.initElement(
        o,
        FixedArray.Elements,
        i,
        this.newFeedbackCell(StaticRoot.NoClosuresCellMap, StaticRoot.Undefined),
      );
    }
    return o;
  }

  /** Slots start as UninitializedSymbol (two-word kinds: second word too), Smi 0 for BinaryOp, CompareOp, TypeOf, ForIn, Literal and JumpLoop: see feedback. */
  newFeedbackVector(sfi: Tagged, closureCells: Tagged, parentCell: Tagged): Tagged {
    const { heap } = this;
    const metadata = heap.get(sfi, SharedFunctionInfo.FeedbackMetadata);
    const length = heap.getI32(metadata, FeedbackMetadata.SlotCount);
    const o = heap.allocate(FeedbackVector.Slots + 4 * length, Space.Old);
    heap.init(o, HeapObject.Map, StaticRoot.FeedbackVectorMap);
    heap.setI32(o, FeedbackVector.Length, length);
    heap.setI32(o, FeedbackVector.InvocationCount, 0);
    heap.setI32(o, FeedbackVector.Flags, 0);
    heap.init(o, FeedbackVector.SharedFunctionInfo, sfi);
    heap.init(o, FeedbackVector.ClosureFeedbackCells, closureCells);
    heap.init(o, FeedbackVector.ParentFeedbackCell, parentCell);
    heap.init(o, FeedbackVector.MaybeOptimizedCode, 3);
    heap.setI32(o, FeedbackVector.OsrState, 0);
    heap.i32[(o - 1 + FeedbackVector.Padding) >> 2] = 0;
    for (let i = 0; i < length; i++)
      heap.initElement(
        o,
        FeedbackVector.Slots,
        i,
        initialFeedback(heap.getU8Element(metadata, FeedbackMetadata.Kinds, i)),
      );
    // The second word of a call slot counts calls.
    for (let i = 0; i < length; i++)
      if (heap.getU8Element(metadata, FeedbackMetadata.Kinds, i) === FeedbackSlotKind.Call)
        heap.initElement(o, FeedbackVector.Slots, i + 1, 0);
    return o;
  }

  newScriptContextTable(): Tagged {
    return this.newArrayLike(StaticRoot.ScriptContextTableMap, 1, 0, Space.Old);
  }

  // --- code ---------------------------------------------------------------------------------------------------------------

  /**
   * Puts instructions into code space and makes the Code object with empty metadata; the caller fills in the rest.
   * @param bytesAt the instructions for an address
   */
  newCode(kind: number, size: number, bytesAt: (start: Address) => Uint8Array): Tagged {
    const start = allocateCode(this.heap, size);
    return this.newCodeWith(kind, start, bytesAt(start));
  }

  /** The Code object of instructions that go to `start`, where nothing else stands. */
  newCodeWith(kind: number, start: Address, bytes: Uint8Array): Tagged {
    this.heap.u8.set(bytes, start);
    const code = this.newCodeAt(kind, start, bytes.length);
    registerCode(this, code);
    return code;
  }

  /** A Code object that only knows where instructions stand that are another's, or a host builtin's address. */
  newCodeAt(kind: number, start: number, size: number, builtinId = -1): Tagged {
    const { heap } = this;
    const o = heap.allocate(Code.Size, Space.Old);
    heap.init(o, HeapObject.Map, StaticRoot.CodeMap);
    heap.i32.fill(0, (o - 1 + Code.DeoptimizationData) >> 2, (o - 1 + Code.Size) >> 2);
    heap.init(o, Code.DeoptimizationData, StaticRoot.EmptyFixedArray);
    heap.init(o, Code.SourcePositions, StaticRoot.EmptyByteArray);
    heap.init(o, Code.SharedFunctionInfo, StaticRoot.Undefined);
    heap.init(o, Code.SafepointTable, StaticRoot.EmptyByteArray);
    heap.init(o, Code.HandlerTable, StaticRoot.EmptyByteArray);
    heap.setI32(o, Code.InstructionStart, start);
    heap.setI32(o, Code.InstructionSize, size);
    heap.setI32(o, Code.Flags, kind);
    heap.setI32(o, Code.OsrOffset, -1);
    heap.setI32(o, Code.BuiltinId, builtinId);
    heap.setI32(o, Code.OptimizationId, -1);
    heap.init(o, Code.Relocations, StaticRoot.EmptyByteArray);
    heap.init(o, Code.DeoptExitInfo, StaticRoot.EmptyByteArray);
    heap.init(o, Code.EmbeddedObjects, StaticRoot.EmptyFixedArray);
    heap.init(o, Code.InlinedFunctions, StaticRoot.EmptyFixedArray);
    return o;
  }
}

/** What a slot's words hold before the first feedback, by kind (0 = second word of a two-word slot). */
const initialFeedback = (kind: number): Tagged => {
  switch (kind) {
    case 15: // BinaryOp
    case 16: // CompareOp
    case 18: // Literal
    case 19: // ForIn
    case 21: // TypeOf
    case 24: // JumpLoop
      return 0;
    default:
      return StaticRoot.UninitializedSymbol;
  }
};
