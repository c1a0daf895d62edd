// JSHeapBroker: what the compiler reads of the heap and of feedback, and what it assumes of them.
//
// Everything read here and baked into code is either immutable, checked by a guard, or recorded as a dependency.
// The compiler runs between two safepoints, so raw words stay valid during one compilation; only old or read-only objects
// may be embedded in code (`canEmbed`).

import {
  type BinaryOperationFeedback,
  type CompareOperationFeedback,
  disallowsSpeculation,
  getSlot,
  inlineCacheEntries,
  inlineCacheState,
  isFeedbackVector,
  slotKind,
} from '../../feedback/index.ts';
import { cageHi, clearedWeak, elementAt, type Heap, isWeak, type Tagged } from '../../heap/index.ts';
import {
  AccessorPair,
  AllocationSite,
  BytecodeArray,
  bigintValue,
  brief,
  Context,
  DependencyGroup,
  descriptorDetails,
  descriptorKey,
  descriptorValue,
  detailsConstness,
  detailsFieldIndex,
  detailsKind,
  detailsLocation,
  detailsRepresentation,
  ElementsKind,
  FeedbackCell,
  FeedbackSlotKind,
  FieldType,
  FixedArray,
  findOwnDescriptor,
  findTransition,
  HeapObject,
  InstanceType,
  isDeprecatedMap,
  isDictionaryMap,
  isExtensibleMap,
  isReadOnly,
  isStableMap,
  JSFunction,
  JSObject,
  MapBits,
  MapBits3,
  MapObject,
  mapBackPointer,
  mapDescriptors,
  mapElementsKind,
  mapInObjectProperties,
  mapInObjectStart,
  mapInstanceType,
  mapOwnDescriptors,
  mapPrototype,
  numberValue,
  PropertyArray,
  PropertyAttributes,
  PropertyCell,
  PropertyConstness,
  PropertyKind,
  PropertyLocation,
  Representation,
  type Root,
  root,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  setMapBits3,
  type TaggedField,
  toHostString,
  tryUpdateMap,
} from '../../objects/index.ts';
import { isPrivateSymbol, NativeContextSlot, type Runtime } from '../../runtime/index.ts';
import type { FeedbackSource } from '../graph/parameters.ts';
import { Bits, bitset, heapConstantType, numberConstantType, type Type, Types } from '../graph/types.ts';
import type { DependencyRecord } from './dependencies.ts';

/** Leaves the compilation cleanly: the function stays in Ignition. */
export class CompilationBailout extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'CompilationBailout';
  }
}

/** How a property is read or written on objects of `maps` (V8: PropertyAccessInfo). */
export type PropertyAccessInfo =
  | { readonly kind: 'notFound'; readonly maps: Tagged[]; readonly holder: Tagged }
  | {
      readonly kind: 'field';
      readonly maps: Tagged[];
      /** 0: on the receiver itself; else a prototype. */
      readonly holder: Tagged;
      readonly inObject: boolean;
      readonly offset: TaggedField;
      readonly representation: Representation;
      readonly fieldType: Type;
      /** The field type's map if it is a class and stable; 0 otherwise. */
      readonly fieldMap: Tagged;
      readonly isConst: boolean;
      /** Map that owns the field (for dependencies) and its descriptor. */
      readonly fieldOwner: Tagged;
      readonly descriptor: number;
      /** Store: the map after adding the property; 0 otherwise. */
      readonly transition: Tagged;
    }
  | { readonly kind: 'constant'; readonly maps: Tagged[]; readonly holder: Tagged; readonly value: Tagged }
  | { readonly kind: 'accessor'; readonly maps: Tagged[]; readonly holder: Tagged; readonly accessor: Tagged }
  | { readonly kind: 'stringLength'; readonly maps: Tagged[]; readonly holder: Tagged }
  | {
      readonly kind: 'arrayLength';
      readonly maps: Tagged[];
      readonly holder: Tagged;
      readonly elementsKind: ElementsKind;
    };

export interface CallFeedback {
  readonly kind: 'insufficient' | 'target' | 'cell' | 'megamorphic';
  readonly target: Tagged;
  readonly count: number;
}

export class HeapBroker {
  readonly rt: Runtime;
  readonly heap: Heap;
  readonly dependencies: DependencyRecord[] = [];
  private readonly known = new Set<string>();

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
    const id = this.builtinIdOf(this.sharedOf(fn));
    return id < 0 ? '' : (this.rt.builtins[id]?.name ?? '');
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

  /** Whether a bailout forbade guards for what the call's builtin does. */
  disallowsSpeculation(source: FeedbackSource): boolean {
    return disallowsSpeculation(this.heap, source.vector, source.slot);
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

  // --- property access ----------------------------------------------------------------------------------------------------

  /** Whether instances are arrays whose end may be moved without asking anybody (V8: supports_fast_array_resize). */
  canResizeArray(map: Tagged): boolean {
    const { heap } = this;
    if (mapInstanceType(heap, map) !== InstanceType.JSArray || isDictionaryMap(heap, map)) return false;
    if (mapElementsKind(heap, map) > ElementsKind.HoleyDouble || !isExtensibleMap(heap, map)) return false;
    if (mapPrototype(heap, map) !== this.intrinsic(NativeContextSlot.ArrayPrototype)) return false;
    const length = findOwnDescriptor(heap, map, this.rt.names.length);
    return length >= 0 && !isReadOnly(descriptorDetails(heap, mapDescriptors(heap, map), length));
  }

  private fieldPlace(map: Tagged, index: number): { inObject: boolean; offset: TaggedField } {
    const inObject = mapInObjectProperties(this.heap, map);
    return index < inObject
      ? { inObject: true, offset: elementAt(mapInObjectStart(this.heap, map), index) }
      : { inObject: false, offset: elementAt(PropertyArray.Elements, index - inObject) };
  }

  /** The map that introduced descriptor `descriptor` (V8: Map::FindFieldOwner). */
  fieldOwner(map: Tagged, descriptor: number): Tagged {
    let owner = map;
    for (;;) {
      const back = mapBackPointer(this.heap, owner);
      if (this.isSmi(back) || back === StaticRoot.Undefined || this.mapOf(back) !== this.mapOf(map)) return owner;
      if (mapOwnDescriptors(this.heap, back) <= descriptor) return owner;
      owner = back;
    }
  }

  private field(
    map: Tagged,
    holder: Tagged,
    receiverMaps: Tagged[],
    descriptor: number,
    transition: Tagged,
  ): PropertyAccessInfo {
    const descriptors = mapDescriptors(this.heap, map);
    const details = descriptorDetails(this.heap, descriptors, descriptor);
    const place = this.fieldPlace(map, detailsFieldIndex(details));
    const representation = detailsRepresentation(details);
    const value = descriptorValue(this.heap, descriptors, descriptor);
    let fieldType: Type = Types.NonInternal;
    let fieldMap = 0;
    if (representation === Representation.Smi) fieldType = Types.SignedSmall;
    else if (representation === Representation.Double) fieldType = Types.Number;
    else if (
      representation === Representation.HeapObject &&
      isWeak(value) &&
      value !== clearedWeak &&
      value !== FieldType.Any
    ) {
      fieldMap = value & ~2;
      fieldType = bitset(this.typeBits(fieldMap));
    }
    return {
      kind: 'field',
      maps: receiverMaps,
      holder,
      ...place,
      representation,
      fieldType,
      fieldMap,
      isConst: detailsConstness(details) === PropertyConstness.Const,
      fieldOwner: this.fieldOwner(map, descriptor),
      descriptor,
      transition,
    };
  }

  /** Property `name` of objects with `map`; undefined where only the generic access will do. */
  propertyAccess(map: Tagged, name: Tagged, mode: 'load' | 'store' | 'define' | 'has'): PropertyAccessInfo | undefined {
    const heap = this.heap;
    const type = mapInstanceType(heap, map);
    if (type < InstanceType.FirstNonstring && mode === 'load' && name === this.rt.names.length)
      return { kind: 'stringLength', maps: [map], holder: 0 };
    if (type === InstanceType.JSArray && name === this.rt.names.length && mode === 'load')
      return { kind: 'arrayLength', maps: [map], holder: 0, elementsKind: mapElementsKind(heap, map) };
    if (
      type === InstanceType.JSProxy ||
      type === InstanceType.JSGlobalProxy ||
      type === InstanceType.JSGlobalObject ||
      type === InstanceType.JSModuleNamespace
    )
      return undefined;
    if (type === InstanceType.JSTypedArray && !this.isNonIndexName(name)) return undefined;
    let current = map;
    let holder = 0;
    if (type < InstanceType.FirstJSReceiver) {
      if (mode !== 'load') return undefined;
      const prototype = this.primitivePrototype(type, map);
      if (prototype === 0) return undefined;
      holder = prototype;
      current = this.mapOf(prototype);
    }
    for (;;) {
      if (isDeprecatedMap(heap, current)) return undefined;
      if (isDictionaryMap(heap, current))
        return holder === 0 ? undefined : this.dictionaryPrototype(map, current, holder, name, mode);
      const descriptor = findOwnDescriptor(heap, current, name);
      // a private name that is there is not initialized again
      if (descriptor >= 0 && mode === 'define' && isPrivateSymbol(this.rt, name)) return undefined;
      if (descriptor >= 0) {
        const descriptors = mapDescriptors(heap, current);
        const details = descriptorDetails(heap, descriptors, descriptor);
        if (detailsKind(details) === PropertyKind.Data) {
          if (mode === 'store' || mode === 'define') {
            if (isReadOnly(details)) return undefined;
            if (holder !== 0) return this.transitionAccess(map, name, mode); // adds an own property
            if (detailsLocation(details) !== PropertyLocation.Field) return undefined;
          }
          if (detailsLocation(details) === PropertyLocation.Field) {
            if (holder !== 0 && !this.dependOnPrototypes(map, holder, false)) return undefined;
            return this.field(current, holder, [map], descriptor, 0);
          }
          return { kind: 'constant', maps: [map], holder, value: descriptorValue(heap, descriptors, descriptor) };
        }
        if (mode === 'define') return undefined;
        const pair = descriptorValue(heap, descriptors, descriptor);
        if (this.isSmi(pair) || this.mapOf(pair) !== StaticRoot.AccessorPairMap) return undefined;
        const accessor = heap.get(pair, mode === 'store' ? AccessorPair.Setter : AccessorPair.Getter);
        if (!this.isJSFunction(accessor)) return undefined;
        return { kind: 'accessor', maps: [map], holder, accessor };
      }
      if (mode === 'define') return this.transitionAccess(map, name, mode);
      if (isPrivateSymbol(this.rt, name)) return undefined; // never on a prototype
      const prototype = mapPrototype(heap, current);
      if (prototype === StaticRoot.Null) {
        if (mode === 'store') return this.transitionAccess(map, name, mode);
        return { kind: 'notFound', maps: [map], holder: 0 };
      }
      if (this.isSmi(prototype)) return undefined;
      const pt = this.instanceType(prototype);
      if (
        pt === InstanceType.JSProxy ||
        pt === InstanceType.JSGlobalObject ||
        pt === InstanceType.JSGlobalProxy ||
        pt === InstanceType.JSTypedArray
      )
        return undefined;
      holder = prototype;
      current = this.mapOf(prototype);
    }
  }

  private isNonIndexName(name: Tagged): boolean {
    return Number.isNaN(Number(this.nameOf(name)));
  }

  private dictionaryPrototype(
    _map: Tagged,
    _holderMap: Tagged,
    _holder: Tagged,
    _name: Tagged,
    _mode: string,
  ): undefined {
    return undefined;
  }

  private primitivePrototype(type: number, map: Tagged): Tagged {
    if (type < InstanceType.FirstNonstring) return this.intrinsic(NativeContextSlot.StringPrototype);
    if (type === InstanceType.HeapNumber) return this.intrinsic(NativeContextSlot.NumberPrototype);
    if (type === InstanceType.Symbol) return this.intrinsic(NativeContextSlot.SymbolPrototype);
    if (type === InstanceType.BigInt) return this.intrinsic(NativeContextSlot.BigIntPrototype);
    if (map === StaticRoot.BooleanMap) return this.intrinsic(NativeContextSlot.BooleanPrototype);
    return 0;
  }

  private transitionAccess(map: Tagged, name: Tagged, _mode: 'store' | 'define'): PropertyAccessInfo | undefined {
    const target = findTransition(this.heap, map, name, PropertyAttributes.None);
    if (target === 0 || isDeprecatedMap(this.heap, target) || isDictionaryMap(this.heap, target)) return undefined;
    const descriptor = mapOwnDescriptors(this.heap, target) - 1;
    if (descriptorKey(this.heap, mapDescriptors(this.heap, target), descriptor) !== name) return undefined;
    const details = descriptorDetails(this.heap, mapDescriptors(this.heap, target), descriptor);
    if (detailsKind(details) !== PropertyKind.Data || detailsLocation(details) !== PropertyLocation.Field)
      return undefined;
    return this.field(target, 0, [map], descriptor, target);
  }

  /** Joins infos of several maps that do the same thing. */
  mergeAccess(infos: readonly PropertyAccessInfo[]): PropertyAccessInfo[] {
    const out: PropertyAccessInfo[] = [];
    for (const info of infos) {
      const same = out.find((o) => this.sameAccess(o, info));
      if (same !== undefined) same.maps.push(...info.maps.filter((m) => !same.maps.includes(m)));
      else out.push({ ...info, maps: [...info.maps] } as PropertyAccessInfo);
    }
    return out;
  }

  private sameAccess(a: PropertyAccessInfo, b: PropertyAccessInfo): boolean {
    if (a.kind !== b.kind || a.holder !== b.holder) return false;
    switch (a.kind) {
      case 'field': {
        const c = b as typeof a;
        return (
          a.inObject === c.inObject &&
          a.offset === c.offset &&
          a.representation === c.representation &&
          a.transition === 0 &&
          c.transition === 0 &&
          a.isConst === c.isConst &&
          a.fieldMap === c.fieldMap
        );
      }
      case 'constant':
        return a.value === (b as typeof a).value;
      case 'accessor':
        return a.accessor === (b as typeof a).accessor;
      case 'arrayLength':
        return (
          (a.elementsKind === ElementsKind.PackedDouble || a.elementsKind === ElementsKind.HoleyDouble) ===
          ((b as typeof a).elementsKind === ElementsKind.PackedDouble ||
            (b as typeof a).elementsKind === ElementsKind.HoleyDouble)
        );
      default:
        return true;
    }
  }

  /** The value of a constant own field of a known object; 0 where it may not be folded (then nothing was recorded). */
  constantField(
    holder: Tagged,
    info: PropertyAccessInfo & { kind: 'field' },
  ): { value: Tagged; number: number | undefined } | undefined {
    if (!info.isConst) return undefined;
    const base = info.inObject ? holder : this.heap.get(holder, JSObject.PropertiesOrHash);
    const value = this.heap.get(base, info.offset);
    if (value === StaticRoot.Uninitialized) return undefined;
    if (info.representation === Representation.Double) {
      if (this.isSmi(value)) return undefined;
      this.dependOnFieldConstness(info);
      return { value: 0, number: numberValue(this.heap, value) };
    }
    if (!this.isSmi(value) && !this.canEmbed(value)) {
      if (!this.isHeapNumber(value)) return undefined;
      this.dependOnFieldConstness(info);
      return { value: 0, number: numberValue(this.heap, value) };
    }
    this.dependOnFieldConstness(info);
    return { value, number: undefined };
  }

  // --- dependencies --------------------------------------------------------------------------------------------------------

  private depend(kind: string, holder: Tagged, field: TaggedField, groups: number, isValid: () => boolean): void {
    const key = `${kind}:${holder}:${groups}`;
    if (this.known.has(key)) return;
    this.known.add(key);
    this.dependencies.push({ kind, holder, field, groups, isValid });
  }

  /** False if the map is already unstable. */
  dependOnStableMap(map: Tagged): boolean {
    if (!isStableMap(this.heap, map)) return false;
    this.depend('StableMap', map, MapObject.DependentCode, DependencyGroup.PrototypeCheck, () =>
      isStableMap(this.heap, map),
    );
    return true;
  }

  /** The prototypes of `map` up to and including `holder` (0: all of them) keep their maps. */
  dependOnPrototypes(map: Tagged, holder: Tagged, record = true): boolean {
    let current = map;
    const type = mapInstanceType(this.heap, map);
    let prototype =
      type < InstanceType.FirstJSReceiver ? this.primitivePrototype(type, map) : mapPrototype(this.heap, current);
    while (prototype !== StaticRoot.Null && !this.isSmi(prototype) && prototype !== 0) {
      current = this.mapOf(prototype);
      if (!isStableMap(this.heap, current)) return false;
      if (record && !this.dependOnStableMap(current)) return false;
      if (prototype === holder) return true;
      prototype = mapPrototype(this.heap, current);
    }
    return holder === 0;
  }

  dependOnFieldConstness(info: PropertyAccessInfo & { kind: 'field' }): void {
    const { fieldOwner, descriptor } = info;
    this.depend(
      `FieldConstness${descriptor}`,
      fieldOwner,
      MapObject.DependentCode,
      DependencyGroup.FieldConst,
      () => !isDeprecatedMap(this.heap, fieldOwner),
    );
  }

  dependOnFieldRepresentation(info: PropertyAccessInfo & { kind: 'field' }): void {
    const { fieldOwner, descriptor } = info;
    this.depend(
      `FieldRepresentation${descriptor}`,
      fieldOwner,
      MapObject.DependentCode,
      DependencyGroup.FieldRepresentation,
      () => !isDeprecatedMap(this.heap, fieldOwner),
    );
  }

  dependOnFieldType(info: PropertyAccessInfo & { kind: 'field' }): void {
    const { fieldOwner, descriptor } = info;
    this.depend(
      `FieldType${descriptor}`,
      fieldOwner,
      MapObject.DependentCode,
      DependencyGroup.FieldType,
      () => !isDeprecatedMap(this.heap, fieldOwner),
    );
  }

  /** A store transitions to `target`: it must not become deprecated. */
  dependOnTransition(target: Tagged): void {
    this.depend(
      'Transition',
      target,
      MapObject.DependentCode,
      DependencyGroup.Transition,
      () => !isDeprecatedMap(this.heap, target),
    );
  }

  dependOnPropertyCell(cell: Tagged): void {
    const value = this.heap.get(cell, PropertyCell.Value);
    const details = this.heap.get(cell, PropertyCell.Details);
    this.depend(
      'PropertyCell',
      cell,
      PropertyCell.DependentCode,
      DependencyGroup.PropertyCellChanged,
      () =>
        this.heap.get(cell, PropertyCell.Details) === details &&
        (this.heap.get(cell, PropertyCell.Value) === value || this.isSmi(details)),
    );
  }

  /** False if the protector is broken. */
  dependOnProtector(slot: Root): boolean {
    const cell = root(this.heap, slot);
    if (this.isSmi(cell) || this.heap.get(cell, PropertyCell.Value) !== 2) return false;
    this.depend(
      `Protector${slot}`,
      cell,
      PropertyCell.DependentCode,
      DependencyGroup.PropertyCellChanged,
      () => this.heap.get(cell, PropertyCell.Value) === 2,
    );
    return true;
  }

  dependOnInitialMap(fn: Tagged): Tagged {
    const map = this.heap.get(fn, JSFunction.PrototypeOrInitialMap);
    this.depend(
      'InitialMap',
      map,
      MapObject.DependentCode,
      DependencyGroup.InitialMapChanged,
      () => this.heap.get(fn, JSFunction.PrototypeOrInitialMap) === map,
    );
    return map;
  }

  dependOnElementsKind(site: Tagged): void {
    const info = this.heap.get(site, AllocationSite.TransitionInfoOrBoilerplate);
    this.depend(
      'ElementsKind',
      site,
      AllocationSite.DependentCode,
      DependencyGroup.AllocationSiteTransitionChanged,
      () => this.heap.get(site, AllocationSite.TransitionInfoOrBoilerplate) === info,
    );
  }

  // --- contexts ------------------------------------------------------------------------------------------------------------

  contextSlot(context: Tagged, index: number): Tagged {
    return this.heap.getElement(context, Context.Slots, index);
  }

  fixedArrayAt(array: Tagged, index: number): Tagged {
    return this.heap.getElement(array, FixedArray.Elements, index);
  }
}
