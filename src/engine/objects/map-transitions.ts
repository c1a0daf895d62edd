// Transitions: how a Map becomes another one. From a root map a tree grows: named properties (key, kind, attributes), elements
// kinds, integrity levels and prototypes.
//
//   TransitionsOrPrototypeInfo = Smi 0 | weak Map (one named transition) | TransitionArray | PrototypeInfo (prototype maps)
//   TransitionArray  [map][length][count] ([key][weak target])*
//     key: a name; a private symbol for elements kinds and integrity levels; the_hole for a prototype transition
//
// Invariant: a transition's target has its source as back pointer, and the source's own descriptors as a prefix. Prototype
// maps and dictionary maps have no transitions.

import { type Heap, Space, type Tagged } from '../heap/index.ts';
import {
  DependencyGroup,
  HeapObject,
  InstanceType,
  MapBits3,
  MapObject,
  StaticRoot,
  SymbolObject,
  TransitionArray,
} from '../layout/index.ts';
import { deoptimizeDependents } from './dependent-code.ts';
import { ElementsKind, isMoreGeneralElementsKind, nextElementsKind } from './elements-kind.ts';
import type { Factory } from './factory.ts';
import { generalizeField, replayDescriptors, updateMap } from './map-updater.ts';
import {
  accountAddedField,
  appendDescriptor,
  clearLookupCache,
  copyDescriptors,
  descriptorDetails,
  descriptorKey,
  descriptorsCapacity,
  descriptorsUsed,
  descriptorValue,
  FieldType,
  isDeprecatedMap,
  isDictionaryMap,
  isExtensibleMap,
  isPrototypeMap,
  isStableMap,
  mapBackPointer,
  mapBits3,
  mapConstructor,
  mapDescriptors,
  mapElementsKind,
  mapInObjectProperties,
  mapOwnDescriptors,
  mapPrototype,
  mapUnusedPropertyFields,
  maxFastProperties,
  maxNumberOfDescriptors,
  numberOfFields,
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
  PropertyConstness,
  PropertyKind,
  PropertyLocation,
  Representation,
  withAttributes,
} from './property-details.ts';
import { root, rootSymbol } from './root-slots.ts';
import { Root } from './roots.ts';
import { isPrivateSymbol, isSymbol } from './strings.ts';

// --- representation and field type of values ------------------------------------------------------------------------------

/** Representation of a value. */
export const representationOf = (heap: Heap, value: Tagged): Representation => {
  if ((value & 1) === 0) return Representation.Smi;
  const map = heap.i32[(value - 1) >> 2]!;
  if (map === StaticRoot.HeapNumberMap) return Representation.Double;
  return value === StaticRoot.Uninitialized ? Representation.None : Representation.HeapObject;
};

/** Field type to record for a value: its Map (weak) if that is stable and a receiver's, else Any. */
export const fieldTypeOf = (heap: Heap, value: Tagged, representation: Representation): Tagged => {
  if (representation === Representation.None) return FieldType.None;
  if (representation !== Representation.HeapObject || (value & 1) === 0) return FieldType.Any;
  const map = heap.get(value, HeapObject.Map);
  if (heap.getU16(map, MapObject.InstanceType) < InstanceType.FirstJSReceiver || !isStableMap(heap, map))
    return FieldType.Any;
  return map | 2;
};

// --- the transition store ---------------------------------------------------------------------------------------------------

/** Number of transitions of a map. */
export const transitionCount = (heap: Heap, map: Tagged): number => {
  const w = heap.get(map, MapObject.TransitionsOrPrototypeInfo);
  if (w === 0 || isPrototypeMap(heap, map)) return 0;
  if ((w & 3) === 3) return w === 3 ? 0 : 1;
  return heap.get(w, TransitionArray.Count) >> 1;
};

/** Target of transition `i`, or 0 if it died. */
export const transitionTarget = (heap: Heap, map: Tagged, i: number): Tagged => {
  const w = heap.get(map, MapObject.TransitionsOrPrototypeInfo);
  const target = (w & 3) === 3 ? w : heap.getElement(w, TransitionArray.Entries, 2 * i + 1);
  return target === 3 ? 0 : target & ~2;
};

export const transitionKey = (heap: Heap, map: Tagged, i: number): Tagged => {
  const w = heap.get(map, MapObject.TransitionsOrPrototypeInfo);
  if ((w & 3) !== 3) return heap.getElement(w, TransitionArray.Entries, 2 * i);
  const target = w & ~2;
  return descriptorKey(heap, mapDescriptors(heap, target), mapOwnDescriptors(heap, target) - 1);
};

const prototypeKey: Tagged = StaticRoot.TheHole;

const lastDetails = (heap: Heap, map: Tagged): Tagged =>
  descriptorDetails(heap, mapDescriptors(heap, map), mapOwnDescriptors(heap, map) - 1);

const isSpecialKey = (heap: Heap, key: Tagged): boolean =>
  key === rootSymbol(heap, 'elements_transition_symbol') ||
  key === rootSymbol(heap, 'nonextensible_symbol') ||
  key === rootSymbol(heap, 'sealed_symbol') ||
  key === rootSymbol(heap, 'frozen_symbol') ||
  key === rootSymbol(heap, 'strict_function_transition_symbol');

/** Index of the named transition, or −1. */
const findTransitionIndex = (heap: Heap, map: Tagged, name: Tagged, kind: PropertyKind, attributes: number): number => {
  const count = transitionCount(heap, map);
  for (let i = 0; i < count; i++) {
    if (transitionKey(heap, map, i) !== name) continue;
    const target = transitionTarget(heap, map, i);
    if (target === 0) continue;
    const details = lastDetails(heap, target);
    if (detailsKind(details) === kind && detailsAttributes(details) === attributes) return i;
  }
  return -1;
};

/** Existing transition by name, attributes and kind, or 0. */
export const findTransition = (
  heap: Heap,
  map: Tagged,
  name: Tagged,
  attributes: number,
  kind: PropertyKind = PropertyKind.Data,
): Tagged => {
  const w = heap.get(map, MapObject.TransitionsOrPrototypeInfo);
  if (w === 0) return 0;
  if (
    (w & 3) === 3 ||
    heap.get(w, HeapObject.Map) !== StaticRoot.TransitionArrayMap ||
    heap.get(w, TransitionArray.Count) < 16
  ) {
    const i = findTransitionIndex(heap, map, name, kind, attributes);
    return i < 0 ? 0 : transitionTarget(heap, map, i);
  }
  // for maps with many transitions (an object used as a dictionary): [map, name, attributes|kind, target]
  const lookups = heap.transitionLookups;
  const slot = 4 * (((map >>> 3) ^ (name >>> 3)) & (lookups.length / 4 - 1));
  const tag = attributes | (kind << 4);
  if (lookups[slot] === map && lookups[slot + 1] === name && lookups[slot + 2] === tag) return lookups[slot + 3]!;
  const i = findTransitionIndex(heap, map, name, kind, attributes);
  if (i < 0) return 0;
  const target = transitionTarget(heap, map, i);
  lookups[slot] = map;
  lookups[slot + 1] = name;
  lookups[slot + 2] = tag;
  lookups[slot + 3] = target;
  return target;
};

/** Existing transition by a special symbol, or 0. */
export const findSpecialTransition = (heap: Heap, map: Tagged, symbol: Tagged): Tagged => {
  const w = heap.get(map, MapObject.TransitionsOrPrototypeInfo);
  if (w === 0 || (w & 3) === 3 || isPrototypeMap(heap, map)) return 0;
  const count = heap.get(w, TransitionArray.Count) >> 1;
  for (let i = 0; i < count; i++) if (transitionKey(heap, map, i) === symbol) return transitionTarget(heap, map, i);
  return 0;
};

const maxTransitions = 1536;

export const canHaveMoreTransitions = (heap: Heap, map: Tagged): boolean =>
  !isPrototypeMap(heap, map) && !isDictionaryMap(heap, map) && transitionCount(heap, map) < maxTransitions;

/** Adds or (same key, kind and attributes) replaces a transition, and sets the back pointer. */
export const insertTransition = (factory: Factory, map: Tagged, key: Tagged, target: Tagged): void => {
  const { heap } = factory;
  heap.set(target, MapObject.ConstructorOrBackPointer, map);
  const special = key === prototypeKey || isSpecialKey(heap, key);
  const w = heap.get(map, MapObject.TransitionsOrPrototypeInfo);
  if (w === 0 && !special) {
    heap.set(map, MapObject.TransitionsOrPrototypeInfo, target | 2);
    return;
  }
  let replace = -1;
  if (!special) {
    const details = lastDetails(heap, target);
    replace = findTransitionIndex(heap, map, key, detailsKind(details), detailsAttributes(details));
    heap.transitionLookups.fill(0);
  }
  if ((w & 3) === 3 && replace === 0) {
    heap.set(map, MapObject.TransitionsOrPrototypeInfo, target | 2);
    return;
  }
  let array = w;
  let count = 0;
  if ((w & 3) !== 1 || w === 0) {
    count = w === 0 ? 0 : 1;
    array = factory.newArrayLike(StaticRoot.TransitionArrayMap, 1 + 2 * (count + 2), 0, Space.Old);
    if (count === 1) {
      heap.set(array, TransitionArray.Entries, transitionKey(heap, map, 0));
      heap.setElement(array, TransitionArray.Entries, 1, w);
    }
  } else {
    count = heap.get(w, TransitionArray.Count) >> 1;
    const capacity = ((heap.get(w, TransitionArray.Length) >> 1) - 1) >> 1;
    if (replace < 0 && count === capacity) {
      array = factory.newArrayLike(StaticRoot.TransitionArrayMap, 1 + 2 * (count + 4 + (count >> 1)), 0, Space.Old);
      for (let i = 0; i < 2 * count; i++)
        heap.setElement(array, TransitionArray.Entries, i, heap.getElement(w, TransitionArray.Entries, i));
    }
  }
  const at = replace >= 0 ? replace : count++;
  heap.setElement(array, TransitionArray.Entries, 2 * at, key);
  heap.setElement(array, TransitionArray.Entries, 2 * at + 1, target | 2);
  heap.init(array, TransitionArray.Count, count << 1);
  heap.set(map, MapObject.TransitionsOrPrototypeInfo, array);
};

// --- copies -----------------------------------------------------------------------------------------------------------------

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
const takeDescriptorCopy = (
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

// --- named properties -----------------------------------------------------------------------------------------------------------

/** Whether objects of this type keep their fields most general, because elements kind transitions come before fields. */
const canHaveTransitionableElements = (type: InstanceType): boolean =>
  type === InstanceType.JSArray || type === InstanceType.JSPrimitiveWrapper || type === InstanceType.JSArgumentsObject;

/** V8: Map::TooManyFastProperties, for named stores. */
export const tooManyFastProperties = (heap: Heap, map: Tagged): boolean => {
  if (mapUnusedPropertyFields(heap, map) !== 0 || isPrototypeMap(heap, map)) return false;
  const inObject = mapInObjectProperties(heap, map);
  return numberOfFields(heap, map) - inObject > Math.max(maxFastProperties, inObject);
};

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

/**
 * The map after adding a data property in a field. Follows or makes the transition and generalizes its field for `value`;
 * a dictionary map where the object has too many properties.
 */
export const transitionToDataProperty = (
  heap: Heap,
  factory: Factory,
  map: Tagged,
  name: Tagged,
  value: Tagged,
  attributes: number,
  constness: PropertyConstness,
): Tagged => {
  if (isDeprecatedMap(heap, map)) map = updateMap(heap, factory, map);
  if (isDictionaryMap(heap, map)) return map;
  const target = findTransition(heap, map, name, attributes);
  if (target !== 0)
    return prepareForDataProperty(heap, factory, target, mapOwnDescriptors(heap, target) - 1, constness, value);
  if (tooManyFastProperties(heap, map) || mapOwnDescriptors(heap, map) >= maxNumberOfDescriptors)
    return normalizeMap(heap, factory, map);
  const representation = representationOf(heap, value);
  return copyWithField(
    factory,
    map,
    name,
    fieldTypeOf(heap, value, representation),
    attributes,
    constness,
    representation,
  );
};

export const transitionToAccessorProperty = (
  heap: Heap,
  factory: Factory,
  map: Tagged,
  name: Tagged,
  pair: Tagged,
  attributes: number,
): Tagged => {
  if (isDeprecatedMap(heap, map)) map = updateMap(heap, factory, map);
  if (isDictionaryMap(heap, map)) return map;
  const target = findTransition(heap, map, name, attributes, PropertyKind.Accessor);
  if (target !== 0) {
    if (descriptorValue(heap, mapDescriptors(heap, target), mapOwnDescriptors(heap, target) - 1) === pair)
      return target;
    return normalizeMap(heap, factory, map);
  }
  if (mapOwnDescriptors(heap, map) >= maxNumberOfDescriptors) return normalizeMap(heap, factory, map);
  const details = fastDetails(
    PropertyKind.Accessor,
    attributes,
    PropertyLocation.Descriptor,
    PropertyConstness.Const,
    Representation.Tagged,
    0,
  );
  return copyAddDescriptor(factory, map, name, details, pair, true);
};

/** Makes sure that field `descriptor` of `map` can hold `value`; returns the map to use (generalized in place, or a new one). */
export const prepareForDataProperty = (
  heap: Heap,
  factory: Factory,
  map: Tagged,
  descriptor: number,
  constness: PropertyConstness,
  value: Tagged,
): Tagged => {
  if (isDeprecatedMap(heap, map)) map = updateMap(heap, factory, map);
  if (isDictionaryMap(heap, map)) return map;
  const representation = representationOf(heap, value);
  return generalizeField(
    heap,
    factory,
    map,
    descriptor,
    constness,
    representation,
    fieldTypeOf(heap, value, representation),
  );
};

// --- elements kinds ---------------------------------------------------------------------------------------------------------------

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

export const transitionElementsKind = (heap: Heap, factory: Factory, map: Tagged, kind: ElementsKind): Tagged => {
  const from = mapElementsKind(heap, map);
  if (from === kind) return map;
  // The realm's initial array maps lead to each other, whatever the way.
  if (
    from <= ElementsKind.HoleyDouble &&
    kind <= ElementsKind.HoleyDouble &&
    map === root(heap, Root.FirstArrayMap + from)
  ) {
    const initial = root(heap, Root.FirstArrayMap + kind);
    if ((initial & 1) !== 0 && initial !== StaticRoot.Undefined) return initial;
  }
  // Stores only go to more general kinds; the realm's initial array maps walk the whole sequence.
  const allowed = isMoreGeneralElementsKind(from, kind);
  if (!allowed || isPrototypeMap(heap, map) || isDictionaryMap(heap, map) || !isExtensibleMap(heap, map)) {
    markUnstable(factory, map);
    return copyAsElementsKind(factory, map, kind, false);
  }
  if (mapBackPointer(heap, map) === 0) return rootAsElementsKind(factory, map, kind);
  markUnstable(factory, map);
  return replayDescriptors(heap, factory, map, kind);
};

// --- prototypes, dictionaries, integrity levels -----------------------------------------------------------------------------------

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

/** The dictionary-mode version of a map: its own, unshared (dictionary maps have no transitions). */
export const normalizeMap = (
  heap: Heap,
  factory: Factory,
  map: Tagged,
  kind: ElementsKind = mapElementsKind(heap, map),
): Tagged => {
  if (isDictionaryMap(heap, map) && mapElementsKind(heap, map) === kind) return map;
  const copy = rawCopyMap(factory, map);
  setMapBits3(heap, copy, MapBits3.IsDictionaryMap | MapBits3.IsUnstable, true);
  setMapElementsKind(heap, copy, kind);
  const words = heap.getU8(map, MapObject.InObjectPropertiesStartInWords);
  // In-object property space stays part of the instance (objects do not shrink); no field uses it.
  heap.setU8(copy, MapObject.UsedInstanceSizeInWords, words);
  markUnstable(factory, map);
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
