// Maps: accessors, descriptor arrays, lookup. Transitions and generalization stand in map-transitions.ts and
// map-updater.ts, prototypes in prototypes.ts.
//
//   DescriptorArray  [map][capacity u16|used u16][enum cache] ([key][details][value])*
//   Maps along one transition path share a DescriptorArray; each sees its first NumberOfOwnDescriptors entries, and only
//   the last (OwnsDescriptors) may append.

import { fieldAtWord, type Heap, Space, type Tagged } from '../heap/index.ts';
import {
  DescriptorArray,
  EnumCache,
  FixedArray,
  HeapObject,
  InstanceType,
  MapBits,
  MapBits2,
  MapBits3,
  MapObject,
  StaticRoot,
  type TaggedField,
} from '../layout/index.ts';
import type { ElementsKind } from './elements-kind.ts';
import type { Factory } from './factory.ts';
import {
  detailsFieldIndex,
  detailsLocation,
  detailsRepresentation,
  isDontEnum,
  PropertyLocation,
  Representation,
} from './property-details.ts';
import { isSymbol } from './strings.ts';

export { instanceTypeOf, mapInstanceType, mapOf } from './map-words.ts';

export const mapInstanceSize = (heap: Heap, m: Tagged): number => heap.u8[m - 1 + MapObject.InstanceSizeInWords]! << 2;
export const mapElementsKind = (heap: Heap, m: Tagged): ElementsKind =>
  heap.u8[m - 1 + MapObject.BitField2]! >> MapBits2.ElementsKindShift;
export const setMapElementsKind = (heap: Heap, m: Tagged, kind: ElementsKind): void =>
  heap.setU8(m, MapObject.BitField2, (heap.getU8(m, MapObject.BitField2) & 3) | (kind << MapBits2.ElementsKindShift));
/** The field of the first in-object property. */
export const mapInObjectStart = (heap: Heap, m: Tagged): TaggedField =>
  fieldAtWord(heap.u8[m - 1 + MapObject.InObjectPropertiesStartInWords]!);
export const mapInObjectProperties = (heap: Heap, m: Tagged): number =>
  heap.u8[m - 1 + MapObject.InstanceSizeInWords]! - heap.u8[m - 1 + MapObject.InObjectPropertiesStartInWords]!;

/** Free field slots, in the object or in the last grown part of the property array. */
export const mapUnusedPropertyFields = (heap: Heap, m: Tagged): number => {
  const used = heap.getU8(m, MapObject.UsedInstanceSizeInWords);
  return used >= 3 ? heap.getU8(m, MapObject.InstanceSizeInWords) - used : used;
};
/** Bookkeeping after one field was added (V8: AccountAddedPropertyField). */
export const accountAddedField = (heap: Heap, m: Tagged): void => {
  const used = heap.getU8(m, MapObject.UsedInstanceSizeInWords);
  if (used >= 3 && used < heap.getU8(m, MapObject.InstanceSizeInWords)) {
    heap.setU8(m, MapObject.UsedInstanceSizeInWords, used + 1);
    return;
  }
  const unused = used >= 3 ? 0 : used;
  heap.setU8(m, MapObject.UsedInstanceSizeInWords, unused === 0 ? fieldsAdded - 1 : unused - 1);
};
/** Words by which a property array grows (V8: JSObject::kFieldsAdded). */
export const fieldsAdded = 3;
/** V8: JSObject::kMaxInObjectProperties and the limits that turn an object into a dictionary. */
export const maxInObjectProperties = 252;
export const maxNumberOfDescriptors = 1020;
export const maxFastProperties = 128;

export const mapPrototype = (heap: Heap, m: Tagged): Tagged => heap.i32[(m - 1 + MapObject.Prototype) >> 2]!;
export const mapDescriptors = (heap: Heap, m: Tagged): Tagged =>
  heap.i32[(m - 1 + MapObject.InstanceDescriptors) >> 2]!;
export const mapBits3 = (heap: Heap, m: Tagged): number => heap.i32[(m - 1 + MapObject.BitField3) >> 2]!;
export const setMapBits3 = (heap: Heap, m: Tagged, bits: number, on: boolean): void =>
  heap.setI32(m, MapObject.BitField3, on ? mapBits3(heap, m) | bits : mapBits3(heap, m) & ~bits);
export const mapOwnDescriptors = (heap: Heap, m: Tagged): number =>
  (mapBits3(heap, m) >> MapBits3.NumberOfOwnDescriptorsShift) & 0x3ff;
export const setMapOwnDescriptors = (heap: Heap, m: Tagged, count: number): void =>
  heap.setI32(
    m,
    MapObject.BitField3,
    (mapBits3(heap, m) & ~MapBits3.NumberOfOwnDescriptorsMask) | (count << MapBits3.NumberOfOwnDescriptorsShift),
  );

/** The map this one is a transition of; 0 for a root map. */
export const mapBackPointer = (heap: Heap, m: Tagged): Tagged => {
  const w = heap.get(m, MapObject.ConstructorOrBackPointer);
  return (w & 1) !== 0 && heap.get(w, HeapObject.Map) === StaticRoot.MetaMap ? w : 0;
};

/** Where the transition tree of a map begins. */
export const findRootMap = (heap: Heap, map: Tagged): Tagged => {
  for (;;) {
    const back = mapBackPointer(heap, map);
    if (back === 0) return map;
    map = back;
  }
};

/** The constructor (JSFunction, or null), found at the root of the transition tree. */
export const mapConstructor = (heap: Heap, m: Tagged): Tagged =>
  heap.get(findRootMap(heap, m), MapObject.ConstructorOrBackPointer);

/** What its root map was made for, and so all of its tree. */
export const setMapConstructor = (heap: Heap, m: Tagged, constructor: Tagged): void => {
  const back = mapBackPointer(heap, m);
  if (back === 0) heap.set(m, MapObject.ConstructorOrBackPointer, constructor);
  else setMapConstructor(heap, back, constructor);
};

export const isDictionaryMap = (heap: Heap, m: Tagged): boolean => (mapBits3(heap, m) & MapBits3.IsDictionaryMap) !== 0;
export const isDeprecatedMap = (heap: Heap, m: Tagged): boolean => (mapBits3(heap, m) & MapBits3.IsDeprecated) !== 0;
export const isStableMap = (heap: Heap, m: Tagged): boolean => (mapBits3(heap, m) & MapBits3.IsUnstable) === 0;
export const isPrototypeMap = (heap: Heap, m: Tagged): boolean => (mapBits3(heap, m) & MapBits3.IsPrototypeMap) !== 0;
export const isExtensibleMap = (heap: Heap, m: Tagged): boolean => (mapBits3(heap, m) & MapBits3.IsExtensible) !== 0;
export const isCallableMap = (heap: Heap, m: Tagged): boolean =>
  (heap.getU8(m, MapObject.BitField) & MapBits.IsCallable) !== 0;
export const isConstructorMap = (heap: Heap, m: Tagged): boolean =>
  (heap.getU8(m, MapObject.BitField) & MapBits.IsConstructor) !== 0;
export const isUndetectableMap = (heap: Heap, m: Tagged): boolean =>
  (heap.getU8(m, MapObject.BitField) & MapBits.IsUndetectable) !== 0;
export const hasPrototypeSlot = (heap: Heap, m: Tagged): boolean =>
  (heap.getU8(m, MapObject.BitField) & MapBits.HasPrototypeSlot) !== 0;
export const isMap = (heap: Heap, w: Tagged): boolean =>
  (w & 1) !== 0 && heap.get(w & ~2, HeapObject.Map) === StaticRoot.MetaMap;
export const isJSObjectMap = (heap: Heap, m: Tagged): boolean =>
  heap.getU16(m, MapObject.InstanceType) > InstanceType.JSProxy;

// --- descriptor arrays --------------------------------------------------------------------------------------------------

export const descriptorKey = (heap: Heap, descriptors: Tagged, i: number): Tagged =>
  heap.i32[(descriptors - 1 + DescriptorArray.Entries + DescriptorArray.EntrySize * i) >> 2]!;
export const descriptorDetails = (heap: Heap, descriptors: Tagged, i: number): Tagged =>
  heap.i32[
    (descriptors - 1 + DescriptorArray.Entries + DescriptorArray.EntrySize * i + DescriptorArray.EntryDetails) >> 2
  ]!;
/** Field type (FieldType.Any / .None, or weak Map) of a field; constant / AccessorPair of a descriptor property. */
export const descriptorValue = (heap: Heap, descriptors: Tagged, i: number): Tagged =>
  heap.i32[
    (descriptors - 1 + DescriptorArray.Entries + DescriptorArray.EntrySize * i + DescriptorArray.EntryValue) >> 2
  ]!;
export const setDescriptorDetails = (heap: Heap, descriptors: Tagged, i: number, details: Tagged): void =>
  heap.initElement(descriptors, DescriptorArray.Entries, 3 * i + 1, details);
export const setDescriptorValue = (heap: Heap, descriptors: Tagged, i: number, value: Tagged): void =>
  heap.setElement(descriptors, DescriptorArray.Entries, 3 * i + 2, value);
export const descriptorsUsed = (heap: Heap, descriptors: Tagged): number =>
  heap.getU16(descriptors, DescriptorArray.NumberOfDescriptors);
export const descriptorsCapacity = (heap: Heap, descriptors: Tagged): number =>
  heap.getU16(descriptors, DescriptorArray.NumberOfAllDescriptors);

export const newDescriptorArray = (heap: Heap, capacity: number): Tagged => {
  const o = heap.allocate(DescriptorArray.Entries + DescriptorArray.EntrySize * capacity, Space.Old);
  heap.init(o, HeapObject.Map, StaticRoot.DescriptorArrayMap);
  heap.setU16(o, DescriptorArray.NumberOfAllDescriptors, capacity);
  heap.setU16(o, DescriptorArray.NumberOfDescriptors, 0);
  heap.init(o, DescriptorArray.EnumCache, StaticRoot.EmptyFixedArray);
  for (let i = 0; i < 3 * capacity; i++) heap.initElement(o, DescriptorArray.Entries, i, StaticRoot.Undefined);
  return o;
};

export const appendDescriptor = (
  heap: Heap,
  descriptors: Tagged,
  key: Tagged,
  details: Tagged,
  value: Tagged,
): void => {
  const i = descriptorsUsed(heap, descriptors);
  heap.setElement(descriptors, DescriptorArray.Entries, 3 * i, key);
  setDescriptorDetails(heap, descriptors, i, details);
  setDescriptorValue(heap, descriptors, i, value);
  heap.setU16(descriptors, DescriptorArray.NumberOfDescriptors, i + 1);
};

/** A copy of the first `count` descriptors, with room for `slack` more. */
export const copyDescriptors = (heap: Heap, descriptors: Tagged, count: number, slack = 0): Tagged => {
  const copy = newDescriptorArray(heap, count + slack);
  for (let i = 0; i < count; i++) {
    appendDescriptor(
      heap,
      copy,
      descriptorKey(heap, descriptors, i),
      descriptorDetails(heap, descriptors, i),
      descriptorValue(heap, descriptors, i),
    );
  }
  return copy;
};

/** Whether word `i`'s descriptor is a field. */
export const isFieldDetails = (details: Tagged): boolean => detailsLocation(details) === PropertyLocation.Field;

/** Number of own properties that are fields. */
export const numberOfFields = (heap: Heap, m: Tagged): number => {
  const descriptors = mapDescriptors(heap, m);
  const count = mapOwnDescriptors(heap, m);
  let fields = 0;
  for (let i = 0; i < count; i++) if (isFieldDetails(descriptorDetails(heap, descriptors, i))) fields++;
  return fields;
};

// --- lookup -------------------------------------------------------------------------------------------------------------

// The heap's cache of lookups in large maps: [map, name, index] triples, direct-mapped. Maps and names do not move; a map's own
// names never change, except by `appendOwnDescriptor`, which clears it.
export const clearLookupCache = (heap: Heap): void => {
  heap.descriptorLookups.fill(0);
};

/** Index of the own descriptor named `name` (unique), or −1. */
export const findOwnDescriptor = (heap: Heap, map: Tagged, name: Tagged): number => {
  const i32 = heap.i32;
  const count = (i32[(map - 1 + MapObject.BitField3) >> 2]! >> MapBits3.NumberOfOwnDescriptorsShift) & 0x3ff;
  if (count === 0) return -1;
  const descriptors = i32[(map - 1 + MapObject.InstanceDescriptors) >> 2]!;
  let at = (descriptors - 1 + DescriptorArray.Entries) >> 2;
  if (count <= 8) {
    for (let i = 0; i < count; i++, at += 3) if (i32[at] === name) return i;
    return -1;
  }
  const lookups = heap.descriptorLookups;
  const slot = 3 * (((map >>> 3) ^ (name >>> 3) ^ (name >>> 14)) & (lookups.length / 3 - 1));
  if (lookups[slot] === map && lookups[slot + 1] === name) return lookups[slot + 2]!;
  let result = -1;
  for (let i = 0; i < count; i++, at += 3) {
    if (i32[at] === name) {
      result = i;
      break;
    }
  }
  lookups[slot] = map;
  lookups[slot + 1] = name;
  lookups[slot + 2] = result;
  return result;
};

/** Field type words other than a weak Map: tagged Smis 0 and 1. */
export enum FieldType {
  None = 0,
  Any = 2,
}

/** Appends to the map's own descriptors in place: only for maps that no object or transition has seen yet (bootstrap). */
export const appendOwnDescriptor = (heap: Heap, map: Tagged, key: Tagged, details: Tagged, value: Tagged): void => {
  const count = mapOwnDescriptors(heap, map);
  let descriptors = mapDescriptors(heap, map);
  if (count === descriptorsCapacity(heap, descriptors) || descriptorsUsed(heap, descriptors) !== count) {
    descriptors = copyDescriptors(heap, descriptors, count, 4 + (count >> 1));
    heap.set(map, MapObject.InstanceDescriptors, descriptors);
  }
  appendDescriptor(heap, descriptors, key, details, value);
  setMapOwnDescriptors(heap, map, count + 1);
  if (isFieldDetails(details)) accountAddedField(heap, map);
  clearLookupCache(heap);
};

// --- enum cache -----------------------------------------------------------------------------------------------------------

/** Own enumerable string keys of a fast map, from the enum cache (made on demand): a FixedArray of which the first `enumLength` count. */
export const enumCacheKeys = (heap: Heap, factory: Factory, map: Tagged): Tagged => {
  const descriptors = mapDescriptors(heap, map);
  const count = mapOwnDescriptors(heap, map);
  const length = enumLength(heap, map);
  const cached = heap.get(descriptors, DescriptorArray.EnumCache);
  if (cached !== StaticRoot.EmptyFixedArray) {
    const keys = heap.get(cached, EnumCache.Keys);
    if (heap.get(keys, FixedArray.Length) >> 1 >= length) return keys;
  }
  if (length === 0) return StaticRoot.EmptyFixedArray;
  const keys = factory.newFixedArray(length, 0, Space.Old);
  const places: number[] = [];
  let n = 0;
  for (let i = 0; i < count; i++) {
    const key = descriptorKey(heap, descriptors, i);
    if (isDontEnum(descriptorDetails(heap, descriptors, i)) || isSymbol(heap, key)) continue;
    heap.initElement(keys, FixedArray.Elements, n++, key);
    const details = descriptorDetails(heap, descriptors, i);
    const isDouble = detailsRepresentation(details) === Representation.Double;
    if (isFieldDetails(details)) places.push((2 * detailsFieldIndex(details) + (isDouble ? 1 : 0)) << 1);
  }
  const isComplete = places.length === length;
  heap.set(
    descriptors,
    DescriptorArray.EnumCache,
    factory.newStruct(
      StaticRoot.EnumCacheMap,
      Space.Old,
      keys,
      isComplete ? factory.newFixedArrayFrom(places, Space.Old) : StaticRoot.EmptyFixedArray,
    ),
  );
  return keys;
};

/** Where the values of a fast map's names are: `fieldByEnumIndex` reads them. Empty where some property is no field. */
export const enumCacheIndices = (heap: Heap, map: Tagged): Tagged => {
  const cached = heap.get(mapDescriptors(heap, map), DescriptorArray.EnumCache);
  return cached === StaticRoot.EmptyFixedArray ? cached : heap.get(cached, EnumCache.Indices);
};

/** The same, of a length of its own. */
export const ownEnumKeys = (heap: Heap, factory: Factory, map: Tagged): Tagged => {
  const keys = enumCacheKeys(heap, factory, map);
  const length = enumLength(heap, map);
  if (heap.get(keys, FixedArray.Length) >> 1 === length) return keys;
  if (length === 0) return StaticRoot.EmptyFixedArray;
  const own = factory.newFixedArray(length, 0);
  for (let i = 0; i < length; i++)
    heap.setElement(own, FixedArray.Elements, i, heap.getElement(keys, FixedArray.Elements, i));
  return own;
};

/** Number of own enumerable string-named properties of a fast map (kept in the map). */
export const enumLength = (heap: Heap, map: Tagged): number => {
  const known = mapBits3(heap, map) & MapBits3.EnumLengthMask;
  if (known !== MapBits3.EnumLengthMask) return known;
  const descriptors = mapDescriptors(heap, map);
  const count = mapOwnDescriptors(heap, map);
  let n = 0;
  for (let i = 0; i < count; i++) {
    if (!isDontEnum(descriptorDetails(heap, descriptors, i)) && !isSymbol(heap, descriptorKey(heap, descriptors, i)))
      n++;
  }
  heap.setI32(map, MapObject.BitField3, (mapBits3(heap, map) & ~MapBits3.EnumLengthMask) | n);
  return n;
};

/** Whether somebody has counted them, or there is nothing to count. */
export const hasKnownEnumLength = (heap: Heap, map: Tagged): boolean =>
  (mapBits3(heap, map) & MapBits3.EnumLengthMask) !== MapBits3.EnumLengthMask || mapOwnDescriptors(heap, map) === 0;

/** Elements kind of an object. */
export const elementsKindOf = (heap: Heap, object: Tagged): ElementsKind =>
  mapElementsKind(heap, heap.get(object, HeapObject.Map));
