// What the compiler reads of objects, functions and feedback: nothing here is an assumption.

import {
  arraySite,
  type BinaryOperationFeedback,
  type CompareOperationFeedback,
  disallowsSpeculation,
  ForInFeedback,
  getSlot,
  inlineCacheEntries,
  inlineCacheState,
  isFeedbackVector,
  slotKind,
  type TypeOfFeedback,
} from '../../feedback/index.ts';
import { cageHi, clearedWeak, type Heap, isWeak, type Tagged } from '../../heap/index.ts';
import {
  BytecodeArray,
  bigintValue,
  brief,
  Context,
  FeedbackCell,
  FeedbackSlotKind,
  FixedArray,
  HeapObject,
  InstanceType,
  isDeprecatedMap,
  JSFunction,
  MapBits,
  MapBits3,
  MapObject,
  mapInstanceType,
  numberValue,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  setMapBits3,
  toHostString,
  tryUpdateMap,
} from '../../objects/index.ts';
import { NativeContextSlot, type Runtime } from '../../runtime/index.ts';
import type { FeedbackSource } from '../graph/parameters.ts';
import { Bits, heapConstantType, numberConstantType, type Type, Types } from '../graph/types.ts';
import type { CallFeedback } from './heap-broker.ts';

export class HeapReader {
  readonly rt: Runtime;
  readonly heap: Heap;

  constructor(rt: Runtime) {
    this.rt = rt;
    this.heap = rt.heap;
  }

  // --- objects -----------------------------------------------------------------------------------------------------

  mapOf(object: Tagged): Tagged {
    return this.heap.get(object, HeapObject.Map);
  }

  isSmi(word: Tagged): boolean {
    return (word & 1) === 0;
  }

  instanceType(word: Tagged): number {
    return mapInstanceType(this.heap, this.mapOf(word));
  }

  isJSFunction(word: Tagged): boolean {
    if (this.isSmi(word)) return false;
    const t = this.instanceType(word);
    return t >= InstanceType.FirstJSFunction && t <= InstanceType.LastJSFunction;
  }

  isCallable(map: Tagged): boolean {
    return (this.heap.getU8(map, MapObject.BitField) & MapBits.IsCallable) !== 0;
  }

  isHeapNumber(word: Tagged): boolean {
    return !this.isSmi(word) && this.mapOf(word) === StaticRoot.HeapNumberMap;
  }

  /** Old-space and read-only objects do not move and may stand in code. */
  canEmbed(word: Tagged): boolean {
    return !this.heap.isYoung(word);
  }

  intrinsic(slot: NativeContextSlot): Tagged {
    return this.rt.intrinsic(slot);
  }

  nameOf(name: Tagged): string {
    try {
      return toHostString(this.heap, name);
    } catch {
      return 'symbol';
    }
  }

  address(word: Tagged): string {
    return `0x${cageHi.toString(16)}${(word >>> 0).toString(16).padStart(8, '0')}`;
  }

  typeOfConstant(word: Tagged): Type {
    if (this.isSmi(word)) return numberConstantType(word >> 1);
    switch (word) {
      case StaticRoot.Undefined:
        return Types.Undefined;
      case StaticRoot.Null:
        return Types.Null;
      case StaticRoot.True:
      case StaticRoot.False:
        return heapConstantType(Bits.Boolean, word);
      case StaticRoot.TheHole:
        return Types.Hole;
    }
    const t = this.instanceType(word);
    if (t === InstanceType.HeapNumber) return numberConstantType(numberValue(this.heap, word));
    if (t === InstanceType.BigInt) return heapConstantType(this.bigintBits(bigintValue(this.heap, word)), word);
    return heapConstantType(this.typeBits(this.mapOf(word)), word);
  }

  private bigintBits(value: bigint): number {
    if (BigInt.asIntN(64, value) === value) return value < 0n ? Bits.NegativeBigInt64 : Bits.UnsignedBigInt63;
    return BigInt.asUintN(64, value) === value ? Bits.OtherUnsignedBigInt64 : Bits.OtherBigInt;
  }

  /** Type of instances of a map. */
  typeBits(map: Tagged): number {
    const t = mapInstanceType(this.heap, map);
    if (t < InstanceType.FirstNonstring) return (t & 0x20) === 0 ? Bits.InternalizedString : Bits.String;
    if (t === InstanceType.Symbol) return Bits.Symbol;
    if (t === InstanceType.BigInt) return Bits.BigInt;
    if (t === InstanceType.HeapNumber) return Bits.Number;
    if (t === InstanceType.Oddball)
      return map === StaticRoot.BooleanMap
        ? Bits.Boolean
        : map === StaticRoot.UndefinedMap
          ? Bits.Undefined
          : map === StaticRoot.NullMap
            ? Bits.Null
            : Bits.OtherInternal;
    if (t >= InstanceType.FirstJSReceiver) return this.isCallable(map) ? Bits.Callable : Bits.OtherObject;
    return Bits.OtherInternal;
  }

  // --- functions -----------------------------------------------------------------------------------------------------

  sharedOf(fn: Tagged): Tagged {
    return this.heap.get(fn, JSFunction.SharedFunctionInfo);
  }
  feedbackCellOf(fn: Tagged): Tagged {
    return this.heap.get(fn, JSFunction.FeedbackCell);
  }
  feedbackVectorOf(fn: Tagged): Tagged {
    const value = this.heap.get(this.feedbackCellOf(fn), FeedbackCell.Value);
    return isFeedbackVector(this.heap, value) ? value : 0;
  }
  bytecodeOf(shared: Tagged): Tagged {
    const data = this.heap.get(shared, SharedFunctionInfo.FunctionData);
    return !this.isSmi(data) && this.mapOf(data) === StaticRoot.BytecodeArrayMap ? data : 0;
  }
  sharedFlags(shared: Tagged): number {
    return this.heap.getI32(shared, SharedFunctionInfo.Flags);
  }
  isStrictOrNative(shared: Tagged): boolean {
    return (this.sharedFlags(shared) & (SharedFunctionFlags.Strict | SharedFunctionFlags.Native)) !== 0;
  }
  /** Builtin id of a native function, −1 otherwise. */
  builtinIdOf(shared: Tagged): number {
    const data = this.heap.get(shared, SharedFunctionInfo.FunctionData);
    return this.isSmi(data) ? data >> 1 : -1;
  }
  builtinName(fn: Tagged): string {
    const shared = this.sharedOf(fn);
    const id = this.builtinIdOf(shared);
    return this.rt.builtins[id < 0 ? this.heap.getI32(shared, SharedFunctionInfo.BuiltinId) : id]?.name ?? '';
  }
  /** As V8 prints a reference in its traces: where it is kept, then what it is. */
  described(word: Tagged): string {
    return `0x${(word >>> 0).toString(16)} {${brief(this.heap, word)}}`;
  }
  functionName(shared: Tagged): string {
    const name = this.heap.get(shared, SharedFunctionInfo.Name);
    return this.isSmi(name) ? '' : this.nameOf(name);
  }
  bytecodeLength(bytecode: Tagged): number {
    return this.heap.get(bytecode, BytecodeArray.Length) >> 1;
  }

  // --- feedback --------------------------------------------------------------------------------------------------------

  private slot(source: FeedbackSource, offset = 0): Tagged {
    return getSlot(this.heap, source.vector, source.slot + offset);
  }

  binaryFeedback(source: FeedbackSource): BinaryOperationFeedback {
    return this.slot(source) >> 1;
  }

  compareFeedback(source: FeedbackSource): CompareOperationFeedback {
    return this.slot(source) >> 1;
  }

  typeOfFeedback(source: FeedbackSource): TypeOfFeedback {
    return this.slot(source) >> 1;
  }

  rawSmiFeedback(source: FeedbackSource): number {
    const word = this.slot(source);
    return this.isSmi(word) ? word >> 1 : -1;
  }

  rawFeedback(source: FeedbackSource): Tagged {
    return this.slot(source);
  }

  /** Whether the operation never ran (V8: ProcessedFeedback::IsInsufficient). */
  isInsufficient(source: FeedbackSource): boolean {
    switch (slotKind(this.heap, source.vector, source.slot)) {
      case FeedbackSlotKind.BinaryOp:
      case FeedbackSlotKind.CompareOp:
      case FeedbackSlotKind.ForIn:
      case FeedbackSlotKind.TypeOf:
        return this.slot(source) === 0;
      case FeedbackSlotKind.Literal:
        return this.slot(source) === 0;
      case FeedbackSlotKind.Call:
        return this.callFeedback(source).kind === 'insufficient';
      default: {
        const state = inlineCacheState(this.heap, source.vector, source.slot);
        if (state === 'uninitialized' || state === 'no_feedback') return true;
        const first = this.slot(source);
        return first === clearedWeak;
      }
    }
  }

  /** Whether for-in met nothing but objects whose map says all (V8: ForInMode). */
  usesEnumCache(source: FeedbackSource): boolean {
    return this.slot(source) >> 1 !== ForInFeedback.Any;
  }

  /** … and that has each of its properties in a field. */
  usesEnumIndices(source: FeedbackSource): boolean {
    return this.slot(source) >> 1 === ForInFeedback.EnumCacheKeysAndIndices;
  }

  callFeedback(source: FeedbackSource): CallFeedback {
    const first = this.slot(source);
    const count = this.slot(source, 1) >>> 3;
    if (first === StaticRoot.UninitializedSymbol) return { kind: 'insufficient', target: 0, count };
    if (first === clearedWeak) return { kind: count > 0 ? 'megamorphic' : 'insufficient', target: 0, count };
    if (first === StaticRoot.MegamorphicSymbol) return { kind: 'megamorphic', target: 0, count };
    if (!isWeak(first)) {
      // An AllocationSite: the target is Array.
      return { kind: 'target', target: this.intrinsic(NativeContextSlot.ArrayFunction), count };
    }
    const target = first & ~2;
    const map = this.mapOf(target);
    if (
      map === StaticRoot.NoClosuresCellMap ||
      map === StaticRoot.OneClosureCellMap ||
      map === StaticRoot.ManyClosuresCellMap
    )
      return { kind: 'cell', target, count };
    return { kind: 'target', target, count };
  }

  /** The allocation site of a construct call that has made nothing but arrays; 0 of another. */
  arraySite(source: FeedbackSource): Tagged {
    return arraySite(this.heap, this.slot(source));
  }

  /** Whether a bailout forbade guards for what the call's builtin does. */
  disallowsSpeculation(source: FeedbackSource): boolean {
    return disallowsSpeculation(this.heap, source.vector, source.slot);
  }

  /** The one constructor that `instanceof` saw; 0 where there is none. */
  instanceOfTarget(source: FeedbackSource): Tagged {
    const first = this.slot(source);
    return isWeak(first) && first !== clearedWeak ? first & ~2 : 0;
  }

  icState(source: FeedbackSource): ReturnType<typeof inlineCacheState> {
    return inlineCacheState(this.heap, source.vector, source.slot);
  }

  /** Relevant maps of a property IC, updated from deprecated ones. */
  icMaps(source: FeedbackSource): Tagged[] {
    const out: Tagged[] = [];
    for (const { map } of inlineCacheEntries(this.heap, source.vector, source.slot)) {
      let current = map;
      if (isDeprecatedMap(this.heap, map)) {
        const updated = tryUpdateMap(this.heap, map);
        if (updated === 0) continue;
        current = updated;
        // Instances of the old map are still around: guards migrate them.
        setMapBits3(this.heap, updated, MapBits3.IsMigrationTarget, true);
      }
      if (!out.includes(current)) out.push(current);
    }
    return out;
  }

  icHandlers(source: FeedbackSource): { map: Tagged; handler: Tagged }[] {
    return [...inlineCacheEntries(this.heap, source.vector, source.slot)];
  }

  /** The name of a keyed IC that saw only one, 0 otherwise. */
  icName(source: FeedbackSource): Tagged {
    const first = this.slot(source);
    if (slotKind(this.heap, source.vector, source.slot) === FeedbackSlotKind.DefineKeyedOwnPropertyInLiteral)
      return isWeak(first) ? getSlot(this.heap, source.vector, source.slot + 1) : 0;
    if (
      this.isSmi(first) ||
      isWeak(first) ||
      first === StaticRoot.MegamorphicSymbol ||
      first === StaticRoot.UninitializedSymbol
    )
      return 0;
    const t = this.instanceType(first);
    return t <= InstanceType.Symbol ? first : 0;
  }

  // --- contexts ------------------------------------------------------------------------------------------------------------

  contextSlot(context: Tagged, index: number): Tagged {
    return this.heap.getElement(context, Context.Slots, index);
  }

  fixedArrayAt(array: Tagged, index: number): Tagged {
    return this.heap.getElement(array, FixedArray.Elements, index);
  }
}
