// Maps made of others: a copy, a child with one more descriptor, with another elements kind, an integrity level or a dictionary.
// Each connects what it makes with where it comes from, and generalizes nothing: what a store asks for is in map-transitions.ts.

import { type Heap, Space, type Tagged } from '../heap/index.ts';
import {
  DependencyGroup,
  FixedArray,
  InstanceType,
  MapBits3,
  MapObject,
  StaticRoot,
  SymbolObject,
} from '../layout/index.ts';
import { deoptimizeDependents } from './dependent-code.ts';
import { ElementsKind, isMoreGeneralElementsKind, nextElementsKind } from './elements-kind.ts';
import type { Factory } from './factory.ts';
import {
  accountAddedField,
  appendDescriptor,
  clearLookupCache,
  copyDescriptors,
  descriptorDetails,
  descriptorKey,
  descriptorsCapacity,
  descriptorsUsed,
  FieldType,
  isDictionaryMap,
  isExtensibleMap,
  isPrototypeMap,
  isStableMap,
  mapBackPointer,
  mapBits3,
  mapConstructor,
  mapDescriptors,
  mapElementsKind,
  mapOwnDescriptors,
  mapPrototype,
  setDescriptorDetails,
  setMapBits3,
  setMapElementsKind,
  setMapOwnDescriptors,
} from './maps.ts';
import {
  detailsAttributes,
  detailsFieldIndex,
  detailsKind,
  fastDetails,
  PropertyAttributes,
  type PropertyConstness,
  PropertyKind,
  PropertyLocation,
  Representation,
  withAttributes,
} from './property-details.ts';
import { root as rootAt, rootSymbol, setRoot } from './root-slots.ts';
import { Root } from './roots.ts';
import { setConstructionCounter } from './slack-tracking.ts';
import { isPrivateSymbol, isSymbol } from './strings.ts';
import {
  canHaveMoreTransitions,
  findSpecialTransition,
  insertTransition,
  prototypeKey,
  transitionCount,
  transitionKey,
  transitionTarget,
} from './transition-store.ts';

/** V8: NotifyLeafMapLayoutChange. Whoever relied on no object leaving this map is deoptimized. */
export const markUnstable = (factory: Factory, map: Tagged): void => {
  const { heap } = factory;
  if (!isStableMap(heap, map)) return;
  setMapBits3(heap, map, MapBits3.IsUnstable, true);
  deoptimizeDependents(factory, map, MapObject.DependentCode, DependencyGroup.PrototypeCheck);
};

/** A copy without descriptors, transitions and dependents. */
export const rawCopyMap = (factory: Factory, map: Tagged): Tagged => {
  const { heap } = factory;
  const copy = heap.allocate(MapObject.Size, Space.Old);
  heap.u8.copyWithin(copy - 1, map - 1, map - 1 + MapObject.Size);
  heap.set(copy, MapObject.ConstructorOrBackPointer, mapConstructor(heap, map));
  heap.set(copy, MapObject.Prototype, mapPrototype(heap, map));
  heap.init(copy, MapObject.InstanceDescriptors, StaticRoot.EmptyDescriptorArray);
  heap.init(copy, MapObject.DependentCode, StaticRoot.EmptyFixedArray);
  heap.init(copy, MapObject.PrototypeValidityCell, 0);
  heap.init(copy, MapObject.TransitionsOrPrototypeInfo, 0);
  const cleared =
    MapBits3.NumberOfOwnDescriptorsMask | MapBits3.IsDeprecated | MapBits3.IsUnstable | MapBits3.IsMigrationTarget;
  heap.setI32(
    copy,
    MapObject.BitField3,
    (mapBits3(heap, map) & ~cleared) | MapBits3.EnumLengthMask | MapBits3.OwnsDescriptors,
  );
  return copy;
};

/** Gives `copy` the first `count` descriptors of `map`, in an array of its own. */
export const takeDescriptorCopy = (
  factory: Factory,
  copy: Tagged,
  map: Tagged,
  count = mapOwnDescriptors(factory.heap, map),
  slack = 0,
): void => {
  const { heap } = factory;
  if (count + slack > 0)
    heap.set(copy, MapObject.InstanceDescriptors, copyDescriptors(heap, mapDescriptors(heap, map), count, slack));
  setMapOwnDescriptors(heap, copy, count);
};

/** An unconnected copy with its own descriptors. */
export const copyMap = (heap: Heap, factory: Factory, map: Tagged): Tagged => {
  const copy = rawCopyMap(factory, map);
  takeDescriptorCopy(factory, copy, map);
  setMapOwnDescriptors(heap, copy, mapOwnDescriptors(heap, map));
  return copy;
};

/** The child of `map` with one more descriptor. */
export const copyAddDescriptor = (
  factory: Factory,
  map: Tagged,
  key: Tagged,
  details: Tagged,
  value: Tagged,
  connect: boolean,
): Tagged => {
  const { heap } = factory;
  const count = mapOwnDescriptors(heap, map);
  const child = rawCopyMap(factory, map);
  let descriptors = mapDescriptors(heap, map);
  const mayShare =
    (mapBits3(heap, map) & MapBits3.OwnsDescriptors) !== 0 && count > 0 && descriptorsUsed(heap, descriptors) === count;
  if (mayShare) {
    if (descriptorsCapacity(heap, descriptors) === count) {
      // A larger array for the whole path that shares this one.
      const grown = copyDescriptors(heap, descriptors, count, 1 + (count >> 1));
      for (let m = map; m !== 0 && mapDescriptors(heap, m) === descriptors; m = mapBackPointer(heap, m)) {
        heap.set(m, MapObject.InstanceDescriptors, grown);
      }
      descriptors = grown;
    }
    setMapBits3(heap, map, MapBits3.OwnsDescriptors, false);
  } else {
    descriptors = copyDescriptors(heap, descriptors, count, 1 + (count >> 1));
  }
  appendDescriptor(heap, descriptors, key, details, value);
  heap.set(child, MapObject.InstanceDescriptors, descriptors);
  setMapOwnDescriptors(heap, child, count + 1);
  if (isSymbol(heap, key) && (heap.getI32(key, SymbolObject.Flags) & 8) !== 0)
    setMapBits3(heap, child, MapBits3.MayHaveInterestingProperties, true);
  markUnstable(factory, map);
  if (connect && canHaveMoreTransitions(heap, map)) insertTransition(factory, map, key, child);
  return child;
};

/** Whether objects of this type keep their fields most general, because elements kind transitions come before fields. */
const canHaveTransitionableElements = (type: InstanceType): boolean =>
  type === InstanceType.JSArray || type === InstanceType.JSPrimitiveWrapper || type === InstanceType.JSArgumentsObject;

/** The child map with one more field. */
export const copyWithField = (
  factory: Factory,
  map: Tagged,
  name: Tagged,
  fieldType: Tagged,
  attributes: number,
  constness: PropertyConstness,
  representation: Representation,
): Tagged => {
  const { heap } = factory;
  if (canHaveTransitionableElements(heap.getU16(map, MapObject.InstanceType))) {
    fieldType = FieldType.Any;
    representation = Representation.Tagged;
  }
  const index = nextFieldIndex(heap, map);
  const details = fastDetails(PropertyKind.Data, attributes, PropertyLocation.Field, constness, representation, index);
  const child = copyAddDescriptor(factory, map, name, details, fieldType, true);
  accountAddedField(heap, child);
  return child;
};

/** Index of the next field: one past the last field's. */
export const nextFieldIndex = (heap: Heap, map: Tagged): number => {
  const descriptors = mapDescriptors(heap, map);
  for (let i = mapOwnDescriptors(heap, map) - 1; i >= 0; i--) {
    const details = descriptorDetails(heap, descriptors, i);
    if (((details >> 6) & 1) === PropertyLocation.Field) return detailsFieldIndex(details) + 1;
  }
  return 0;
};

/** A copy of `map` with another elements kind that shares its descriptors, not connected. */
export const copyAsElementsKind = (factory: Factory, map: Tagged, kind: ElementsKind, connect: boolean): Tagged => {
  const { heap } = factory;
  const copy = rawCopyMap(factory, map);
  takeDescriptorCopy(factory, copy, map);
  setMapElementsKind(heap, copy, kind);
  if (connect && canHaveMoreTransitions(heap, map))
    insertTransition(factory, map, rootSymbol(heap, 'elements_transition_symbol'), copy);
  return copy;
};

/** Root map `map` with another elements kind, along the elements transition chain. */
export const rootAsElementsKind = (factory: Factory, map: Tagged, kind: ElementsKind): Tagged => {
  const { heap } = factory;
  const symbol = rootSymbol(heap, 'elements_transition_symbol');
  while (mapElementsKind(heap, map) !== kind) {
    const next = findSpecialTransition(heap, map, symbol);
    if (next !== 0) {
      map = next;
      continue;
    }
    const from = mapElementsKind(heap, map);
    const following = isMoreGeneralElementsKind(from, kind) ? nextElementsKind(from) : undefined;
    if (following === undefined) return copyAsElementsKind(factory, map, kind, false);
    markUnstable(factory, map);
    map = copyAsElementsKind(factory, map, following, true);
  }
  return map;
};

/**
 * The dictionary map for objects of `map`. It has no fields in the object, and all maps of the same constructor, prototype and traits
 * share one (V8: NormalizedMapCache); a prototype's is its own, and keeps the room for fields that it will have again.
 */
export const normalizeMap = (
  heap: Heap,
  factory: Factory,
  map: Tagged,
  kind: ElementsKind = mapElementsKind(heap, map),
): Tagged => {
  if (isDictionaryMap(heap, map)) return mapElementsKind(heap, map) === kind ? map : copyNormalized(factory, map, kind);
  markUnstable(factory, map);
  if (isPrototypeMap(heap, map)) return copyNormalized(factory, map, kind);
  const cache = normalizedMaps(factory);
  const place = normalizedPlace(heap, map, kind);
  const known = heap.getElement(cache, FixedArray.Elements, place);
  if (known !== 0 && known !== 3 && isNormalizedOf(heap, known & ~2, map, kind)) return known & ~2;
  const copy = copyNormalized(factory, map, kind);
  heap.setU8(copy, MapObject.InstanceSizeInWords, heap.getU8(map, MapObject.InObjectPropertiesStartInWords));
  heap.setElement(cache, FixedArray.Elements, place, copy | 2);
  return copy;
};

/** Entries of the cache of dictionary maps; a map that belongs in the place of another replaces it. */
const normalizedMapCount = 64;

const normalizedMaps = (factory: Factory): Tagged => {
  const { heap } = factory;
  const known = rootAt(heap, Root.NormalizedMapCache);
  if (known !== StaticRoot.Undefined && known !== 0) return known;
  const cache = factory.newArrayLike(StaticRoot.WeakArrayListMap, normalizedMapCount, 0, Space.Old);
  setRoot(heap, Root.NormalizedMapCache, cache);
  return cache;
};

/** Prototypes of maps do not move: their addresses are as good as hashes. */
const normalizedPlace = (heap: Heap, map: Tagged, kind: ElementsKind): number =>
  ((mapConstructor(heap, map) >>> 3) ^ (mapPrototype(heap, map) >>> 3) ^ kind) & (normalizedMapCount - 1);

/** Whether objects of `map`, in dictionary mode and with elements of `kind`, are what `normalized` describes. */
const isNormalizedOf = (heap: Heap, normalized: Tagged, map: Tagged, kind: ElementsKind): boolean =>
  mapConstructor(heap, normalized) === mapConstructor(heap, map) &&
  mapPrototype(heap, normalized) === mapPrototype(heap, map) &&
  mapElementsKind(heap, normalized) === kind &&
  heap.getU16(normalized, MapObject.InstanceType) === heap.getU16(map, MapObject.InstanceType) &&
  heap.getU8(normalized, MapObject.BitField) === heap.getU8(map, MapObject.BitField) &&
  (heap.getU8(normalized, MapObject.BitField2) & 3) === (heap.getU8(map, MapObject.BitField2) & 3) &&
  isExtensibleMap(heap, normalized) === isExtensibleMap(heap, map) &&
  heap.getU8(normalized, MapObject.InstanceSizeInWords) === heap.getU8(map, MapObject.InObjectPropertiesStartInWords);

const copyNormalized = (factory: Factory, map: Tagged, kind: ElementsKind): Tagged => {
  const { heap } = factory;
  const copy = rawCopyMap(factory, map);
  setMapBits3(heap, copy, MapBits3.IsDictionaryMap | MapBits3.IsUnstable, true);
  setMapElementsKind(heap, copy, kind);
  setConstructionCounter(heap, copy, 0);
  heap.setU8(copy, MapObject.UsedInstanceSizeInWords, heap.getU8(map, MapObject.InObjectPropertiesStartInWords));
  return copy;
};

/** `attributes`: None = preventExtensions, Sealed, Frozen. Fast maps only; the elements kind becomes the matching one. */
export const copyForPreventExtensions = (heap: Heap, factory: Factory, map: Tagged, attributes: number): Tagged => {
  const symbol = rootSymbol(
    heap,
    attributes === PropertyAttributes.None
      ? 'nonextensible_symbol'
      : attributes === PropertyAttributes.Sealed
        ? 'sealed_symbol'
        : 'frozen_symbol',
  );
  const known = findSpecialTransition(heap, map, symbol);
  if (known !== 0) return known;
  const copy = rawCopyMap(factory, map);
  takeDescriptorCopy(factory, copy, map);
  setMapBits3(heap, copy, MapBits3.IsExtensible, false);
  if (attributes !== PropertyAttributes.None) {
    const descriptors = mapDescriptors(heap, copy);
    const count = mapOwnDescriptors(heap, copy);
    for (let i = 0; i < count; i++) {
      const key = descriptorKey(heap, descriptors, i);
      if (isPrivateSymbol(heap, key)) continue;
      const details = descriptorDetails(heap, descriptors, i);
      let mask = attributes;
      if (detailsKind(details) === PropertyKind.Accessor) mask &= ~PropertyAttributes.ReadOnly;
      setDescriptorDetails(heap, descriptors, i, withAttributes(details, detailsAttributes(details) | mask));
    }
  }
  setMapElementsKind(heap, copy, integrityKind(mapElementsKind(heap, map), attributes));
  markUnstable(factory, map);
  clearLookupCache(heap);
  if (canHaveMoreTransitions(heap, map)) insertTransition(factory, map, symbol, copy);
  return copy;
};

/** Elements kind of a fast object made non-extensible, sealed or frozen; other kinds become dictionaries. */
export const integrityKind = (kind: ElementsKind, attributes: number): ElementsKind => {
  const packed = (kind & 1) === 0;
  if (kind === ElementsKind.Dictionary || (kind > ElementsKind.HoleyFrozen && kind !== ElementsKind.FastStringWrapper))
    return kind;
  if (kind === ElementsKind.FastStringWrapper) return ElementsKind.SlowStringWrapper;
  if (attributes === PropertyAttributes.None)
    return kind >= ElementsKind.PackedNonextensible
      ? kind
      : packed
        ? ElementsKind.PackedNonextensible
        : ElementsKind.HoleyNonextensible;
  if (attributes === PropertyAttributes.Sealed)
    return kind >= ElementsKind.PackedSealed ? kind : packed ? ElementsKind.PackedSealed : ElementsKind.HoleySealed;
  return packed ? ElementsKind.PackedFrozen : ElementsKind.HoleyFrozen;
};

export const transitionToPrototype = (heap: Heap, factory: Factory, map: Tagged, prototype: Tagged): Tagged => {
  if (mapPrototype(heap, map) === prototype) return map;
  const count = transitionCount(heap, map);
  for (let i = 0; i < count; i++) {
    if (transitionKey(heap, map, i) !== prototypeKey) continue;
    const target = transitionTarget(heap, map, i);
    if (target !== 0 && mapPrototype(heap, target) === prototype) return target;
  }
  const copy = rawCopyMap(factory, map);
  takeDescriptorCopy(factory, copy, map);
  if (isDictionaryMap(heap, map)) heap.init(copy, MapObject.InstanceDescriptors, StaticRoot.EmptyDescriptorArray);
  heap.set(copy, MapObject.Prototype, prototype);
  markUnstable(factory, map);
  // Not a back pointer: the target's tree stands on its own, as the root of maps with that prototype.
  if (canHaveMoreTransitions(heap, map)) {
    const constructor = mapConstructor(heap, map);
    insertTransition(factory, map, prototypeKey, copy);
    heap.set(copy, MapObject.ConstructorOrBackPointer, constructor);
  }
  return copy;
};
