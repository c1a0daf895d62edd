// How a Map becomes another one when a property is stored or an elements kind changes: along a transition that is there, or a new one.
// From a root map a tree grows: named properties (key, kind, attributes), elements kinds, integrity levels and prototypes.
//
//   transition-store.ts   the transitions that a map has
//   map-copies.ts         a new map, connected
//   map-updater.ts        fields generalized, branches deprecated and made anew
//   this file             what stores ask for, made of those

import type { Heap, Tagged } from '../heap/index.ts';
import { HeapObject, InstanceType, MapObject, StaticRoot } from '../layout/index.ts';
import { ElementsKind, isMoreGeneralElementsKind } from './elements-kind.ts';
import type { Factory } from './factory.ts';
import {
  copyAddDescriptor,
  copyAsElementsKind,
  copyWithField,
  markUnstable,
  normalizeMap,
  rootAsElementsKind,
} from './map-copies.ts';
import { generalizeField, replayDescriptors, updateMap } from './map-updater.ts';
import {
  descriptorValue,
  FieldType,
  isDeprecatedMap,
  isDictionaryMap,
  isExtensibleMap,
  isPrototypeMap,
  isStableMap,
  mapBackPointer,
  mapDescriptors,
  mapElementsKind,
  mapInObjectProperties,
  mapOwnDescriptors,
  mapUnusedPropertyFields,
  maxFastProperties,
  maxNumberOfDescriptors,
  numberOfFields,
} from './maps.ts';
import { fastDetails, PropertyConstness, PropertyKind, PropertyLocation, Representation } from './property-details.ts';
import { root } from './root-slots.ts';
import { Root } from './roots.ts';
import { findTransition } from './transition-store.ts';

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

/** V8: Map::TooManyFastProperties, for named stores. */
export const tooManyFastProperties = (heap: Heap, map: Tagged): boolean => {
  if (mapUnusedPropertyFields(heap, map) !== 0 || isPrototypeMap(heap, map)) return false;
  const inObject = mapInObjectProperties(heap, map);
  return numberOfFields(heap, map) - inObject > Math.max(maxFastProperties, inObject);
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
