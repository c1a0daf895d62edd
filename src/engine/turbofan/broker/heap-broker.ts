// JSHeapBroker: what the compiler reads of the heap and of feedback, and what it assumes of them.
//
// Everything read here and baked into code is either immutable, checked by a guard, or recorded as a dependency.
// The compiler runs between two safepoints, so raw words stay valid during one compilation; only old or read-only objects
// may be embedded in code (`canEmbed`).

import { clearedWeak, elementAt, isWeak, type Tagged } from '../../heap/index.ts';
import {
  AccessorPair,
  AllocationSite,
  completeSlackTracking,
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
  FieldType,
  findOwnDescriptor,
  findTransition,
  hasPrototypeSlot,
  InstanceType,
  isDeprecatedMap,
  isDictionaryMap,
  isExtensibleMap,
  isPrivateSymbol,
  isReadOnly,
  isSlackTracked,
  isSmiElementsKind,
  isStableMap,
  JSFunction,
  JSObject,
  MapObject,
  mapBackPointer,
  mapConstructor,
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
  predictedInstanceSize,
  Representation,
  type Root,
  root,
  StaticRoot,
  siteElementsKind,
  type TaggedField,
} from '../../objects/index.ts';
import { NativeContextSlot } from '../../runtime/index.ts';
import { bitset, type Type, Types } from '../graph/types.ts';
import type { DependencyRecord } from './dependencies.ts';
import { HeapReader } from './heap-reader.ts';

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
      /** Maps that own the field (for dependencies) and its descriptor in each: one per tree of `maps`. */
      readonly owners: { readonly map: Tagged; readonly descriptor: number }[];
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

export class HeapBroker extends HeapReader {
  readonly dependencies: DependencyRecord[] = [];
  private readonly known = new Set<string>();

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
      owners: [{ map: this.fieldOwner(map, descriptor), descriptor }],
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
      if (descriptor >= 0 && mode === 'define' && isPrivateSymbol(this.heap, name)) return undefined;
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
      if (isPrivateSymbol(this.heap, name)) return undefined; // never on a prototype
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
      if (same === undefined) {
        out.push({ ...info, maps: [...info.maps], ...(info.kind === 'field' && { owners: [...info.owners] }) });
        continue;
      }
      same.maps.push(...info.maps.filter((m) => !same.maps.includes(m)));
      if (same.kind === 'field' && info.kind === 'field') same.owners.push(...info.owners);
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

  private depend(
    kind: string,
    holder: Tagged,
    field: TaggedField,
    groups: number,
    isValid: () => boolean,
    prepareInstall?: () => void,
  ): void {
    const key = `${kind}:${holder}:${groups}`;
    if (this.known.has(key)) return;
    this.known.add(key);
    this.dependencies.push({ kind, holder, field, groups, isValid, ...(prepareInstall && { prepareInstall }) });
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
    this.dependOnFields(info, 'FieldConstness', DependencyGroup.FieldConst);
  }

  dependOnFieldRepresentation(info: PropertyAccessInfo & { kind: 'field' }): void {
    this.dependOnFields(info, 'FieldRepresentation', DependencyGroup.FieldRepresentation);
  }

  dependOnFieldType(info: PropertyAccessInfo & { kind: 'field' }): void {
    this.dependOnFields(info, 'FieldType', DependencyGroup.FieldType);
  }

  /** The fields of all maps that the access is for: each tree generalizes its own. */
  private dependOnFields(
    { owners }: PropertyAccessInfo & { kind: 'field' },
    kind: string,
    group: DependencyGroup,
  ): void {
    for (const { map, descriptor } of owners)
      this.depend(`${kind}${descriptor}`, map, MapObject.DependentCode, group, () => !isDeprecatedMap(this.heap, map));
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

  /** The map of what a constructor makes for `newTarget`, where that is known without running anything; 0 where it is not. */
  instanceMap(constructor: Tagged, newTarget: Tagged): Tagged {
    const { heap } = this;
    if (!this.isJSFunction(newTarget) || !hasPrototypeSlot(heap, this.mapOf(newTarget))) return 0;
    const map = heap.get(newTarget, JSFunction.PrototypeOrInitialMap);
    if ((map & 3) !== 1 || this.mapOf(map) !== StaticRoot.MetaMap) return 0;
    return mapConstructor(heap, map) === constructor ? map : 0;
  }

  /** Size of the function's instances once slack tracking has ended, which installing the code does. */
  dependOnInstanceSizePrediction(fn: Tagged): number {
    const map = this.dependOnInitialMap(fn);
    const size = predictedInstanceSize(this.heap, map);
    this.depend(
      'InitialMapInstanceSizePrediction',
      map,
      MapObject.DependentCode,
      DependencyGroup.InitialMapChanged,
      () => predictedInstanceSize(this.heap, map) === size,
      () => {
        if (isSlackTracked(this.heap, map)) completeSlackTracking(this.heap, map);
      },
    );
    return size;
  }

  /** Kind of the elements that a site's arrays begin with; depends on it where it may change soon (V8: ShouldTrack). */
  dependOnElementsKind(site: Tagged): ElementsKind {
    const kind = siteElementsKind(this.heap, site);
    if (isSmiElementsKind(kind))
      this.depend(
        'ElementsKind',
        site,
        AllocationSite.DependentCode,
        DependencyGroup.AllocationSiteTransitionChanged,
        () => siteElementsKind(this.heap, site) === kind,
      );
    return kind;
  }
}
