// An object gets another Map: fields move, properties become a dictionary or fast again.

import { elementAt, type Heap, type Tagged } from '../heap/index.ts';
import { HeapObject, InstanceType, JSObject, MapBits3, MapObject, PropertyArray, StaticRoot } from '../layout/index.ts';
import {
  nameDictionaryAdd,
  nameDictionaryDetailsAt,
  nameDictionaryEntriesInOrder,
  nameDictionaryKeyAt,
  nameDictionaryValueAt,
  newNameDictionary,
  setDictionaryIdentityHash,
} from './dictionaries.ts';
import type { Factory } from './factory.ts';
import { normalizeMap, rawCopyMap } from './map-copies.ts';
import { updateMap } from './map-updater.ts';
import {
  accountAddedField,
  appendDescriptor,
  descriptorDetails,
  descriptorKey,
  fieldsAdded,
  isDeprecatedMap,
  isDictionaryMap,
  isFieldDetails,
  isPrototypeMap,
  mapDescriptors,
  mapInObjectProperties,
  mapInObjectStart,
  mapInstanceSize,
  mapOwnDescriptors,
  mapPrototype,
  newDescriptorArray,
  setMapBits3,
  setMapOwnDescriptors,
} from './maps.ts';
import { fastPropertyAt, hashIn, newBox, rawFieldAt, rawFieldAtPut, setHashIn } from './object-fields.ts';
import {
  detailsAttributes,
  detailsConstness,
  detailsFieldIndex,
  detailsKind,
  detailsRepresentation,
  dictionaryDetails,
  fastDetails,
  PropertyConstness,
  PropertyKind,
  PropertyLocation,
  Representation,
} from './property-details.ts';
import { invalidatePrototypeChains, transferPrototypeInfo } from './prototypes.ts';
import { fillSlack } from './slack-tracking.ts';

export const setMap = (factory: Factory, object: Tagged, newMap: Tagged): void => {
  const { heap } = factory;
  const oldMap = heap.get(object, HeapObject.Map);
  transferPrototypeInfo(factory, oldMap, newMap);
  heap.set(object, HeapObject.Map, newMap);
};

/** Moves `object` to `newMap` (a descendant, a generalization or a dictionary map), converting representations and growing the property array. */
export const migrateToMap = (heap: Heap, factory: Factory, object: Tagged, newMap: Tagged): void => {
  const oldMap = heap.get(object, HeapObject.Map);
  if (oldMap === newMap) return;
  const oldIsDictionary = isDictionaryMap(heap, oldMap);
  if (isDictionaryMap(heap, newMap)) {
    if (!oldIsDictionary) normalizeToMap(factory, object, newMap);
    else setMap(factory, object, newMap);
    return;
  }
  const oldDescriptors = mapDescriptors(heap, oldMap);
  const oldCount = mapOwnDescriptors(heap, oldMap);
  const descriptors = mapDescriptors(heap, newMap);
  const count = mapOwnDescriptors(heap, newMap);
  const inObject = mapInObjectProperties(heap, newMap);
  if (inObject !== mapInObjectProperties(heap, oldMap)) {
    relocateFields(factory, object, newMap);
    return;
  }
  const properties = heap.get(object, JSObject.PropertiesOrHash);
  const isArray = (properties & 1) !== 0 && heap.get(properties, HeapObject.Map) === StaticRoot.PropertyArrayMap;
  const oldLength = isArray ? (heap.get(properties, PropertyArray.LengthAndHash) >> 1) & 0x3ff : 0;
  let fields = 0;
  for (let i = count - 1; i >= 0; i--) {
    const details = descriptorDetails(heap, descriptors, i);
    if (isFieldDetails(details)) {
      fields = detailsFieldIndex(details) + 1;
      break;
    }
  }
  const external = fields - inObject;
  // Boxes are made before the map changes; a field that changes representation never moves.
  let target = properties;
  if (external > oldLength) {
    const grown = factory.newPropertyArray(oldLength + Math.max(fieldsAdded, external - oldLength));
    for (let i = 0; i < oldLength; i++)
      heap.setElement(grown, PropertyArray.Elements, i, heap.getElement(properties, PropertyArray.Elements, i));
    const hash = hashIn(heap, properties);
    if (hash !== 0)
      heap.init(grown, PropertyArray.LengthAndHash, heap.get(grown, PropertyArray.LengthAndHash) | (hash << 11));
    target = grown;
  }
  const start = mapInObjectStart(heap, newMap);
  for (let i = 0; i < count; i++) {
    const details = descriptorDetails(heap, descriptors, i);
    if (!isFieldDetails(details)) continue;
    const wantsBox = detailsRepresentation(details) === Representation.Double;
    const isNew = i >= oldCount;
    if (!isNew) {
      if (!wantsBox || detailsRepresentation(descriptorDetails(heap, oldDescriptors, i)) === Representation.Double)
        continue;
    }
    const index = detailsFieldIndex(details);
    const holder = index < inObject ? object : target;
    const at = index < inObject ? elementAt(start, index) : elementAt(PropertyArray.Elements, index - inObject);
    if (isNew) heap.set(holder, at, wantsBox ? newBox(factory, StaticRoot.Uninitialized) : StaticRoot.Uninitialized);
    else heap.set(holder, at, newBox(factory, heap.get(holder, at)));
  }
  if (target !== properties) heap.set(object, JSObject.PropertiesOrHash, target);
  setMap(factory, object, newMap);
};

/**
 * To a map with fewer fields in the object: its tree has shrunk, and the object's map was deprecated before that. What no longer fits
 * goes to the property array.
 */
const relocateFields = (factory: Factory, object: Tagged, newMap: Tagged): void => {
  const { heap } = factory;
  const oldMap = heap.get(object, HeapObject.Map);
  const oldSize = mapInstanceSize(heap, oldMap);
  const oldDescriptors = mapDescriptors(heap, oldMap);
  const oldCount = mapOwnDescriptors(heap, oldMap);
  const descriptors = mapDescriptors(heap, newMap);
  const count = mapOwnDescriptors(heap, newMap);
  const values: { readonly field: number; readonly word: Tagged }[] = [];
  let external = 0;
  for (let i = 0; i < count; i++) {
    const details = descriptorDetails(heap, descriptors, i);
    if (!isFieldDetails(details)) continue;
    const field = detailsFieldIndex(details);
    const wantsBox = detailsRepresentation(details) === Representation.Double;
    const old = i < oldCount ? descriptorDetails(heap, oldDescriptors, i) : undefined;
    const word =
      old === undefined || !isFieldDetails(old)
        ? StaticRoot.Uninitialized
        : rawFieldAt(heap, object, detailsFieldIndex(old));
    const isBox = old !== undefined && detailsRepresentation(old) === Representation.Double;
    values.push({ field, word: wantsBox && !isBox ? newBox(factory, word) : word });
    external = Math.max(external, field + 1 - mapInObjectProperties(heap, newMap));
  }
  const hash = hashIn(heap, heap.get(object, JSObject.PropertiesOrHash));
  const used = heap.getU8(newMap, MapObject.UsedInstanceSizeInWords);
  const properties =
    external > 0 ? factory.newPropertyArray(external + (used < fieldsAdded ? used : 0)) : StaticRoot.EmptyFixedArray;
  heap.set(object, JSObject.PropertiesOrHash, properties);
  if (hash !== 0) setHashIn(heap, object, hash);
  setMap(factory, object, newMap);
  for (const { field, word } of values) rawFieldAtPut(heap, object, field, word);
  fillSlack(heap, object, mapInstanceSize(heap, newMap), oldSize);
};

/** Moves an instance of a deprecated map to the updated map. */
export const migrateInstance = (heap: Heap, factory: Factory, object: Tagged): void => {
  const map = heap.get(object, HeapObject.Map);
  if (!isDeprecatedMap(heap, map)) return;
  const target = updateMap(heap, factory, map);
  // Optimized code that expects the target may meet more outdated instances: its guards migrate them.
  setMapBits3(heap, target, MapBits3.IsMigrationTarget, true);
  migrateToMap(heap, factory, object, target);
};

export const normalizeToMap = (factory: Factory, object: Tagged, newMap: Tagged): void => {
  const { heap } = factory;
  const map = heap.get(object, HeapObject.Map);
  const descriptors = mapDescriptors(heap, map);
  const count = mapOwnDescriptors(heap, map);
  let dictionary = newNameDictionary(factory, count + 2);
  for (let i = 0; i < count; i++) {
    const details = descriptorDetails(heap, descriptors, i);
    const value = fastPropertyAt(heap, factory, object, i);
    dictionary = nameDictionaryAdd(
      factory,
      dictionary,
      descriptorKey(heap, descriptors, i),
      value,
      dictionaryDetails(detailsKind(details), detailsAttributes(details), 0, 0, detailsConstness(details)),
    );
  }
  setDictionaryIdentityHash(heap, dictionary, hashIn(heap, heap.get(object, JSObject.PropertiesOrHash)));
  heap.set(object, JSObject.PropertiesOrHash, dictionary);
  // What in-object fields held would only keep garbage alive.
  const start = mapInObjectStart(heap, newMap);
  for (let i = mapInObjectProperties(heap, newMap) - 1; i >= 0; i--)
    heap.initElement(object, start, i, StaticRoot.Undefined);
  setMap(factory, object, newMap);
  fillSlack(heap, object, mapInstanceSize(heap, newMap), mapInstanceSize(heap, map));
};

/** To dictionary mode. */
export const normalizeProperties = (heap: Heap, factory: Factory, object: Tagged): void => {
  const map = heap.get(object, HeapObject.Map);
  if (!isDictionaryMap(heap, map)) normalizeToMap(factory, object, normalizeMap(heap, factory, map));
};

/** Back from dictionary mode to a fast map of its own (V8: MigrateSlowToFast). */
export const migrateSlowToFast = (heap: Heap, factory: Factory, object: Tagged): void => {
  const oldMap = heap.get(object, HeapObject.Map);
  const dictionary = heap.get(object, JSObject.PropertiesOrHash);
  if (!isDictionaryMap(heap, oldMap) || heap.get(dictionary, HeapObject.Map) !== StaticRoot.NameDictionaryMap) return;
  const entries = nameDictionaryEntriesInOrder(heap, dictionary);
  if (entries.length > 1020) return;
  const map = rawCopyMap(factory, oldMap);
  setMapBits3(heap, map, MapBits3.IsDictionaryMap, false);
  const inObject = mapInObjectProperties(heap, map);
  heap.setU8(map, MapObject.UsedInstanceSizeInWords, heap.getU8(map, MapObject.InObjectPropertiesStartInWords));
  const descriptors = newDescriptorArray(heap, entries.length);
  const values: Tagged[] = [];
  for (const e of entries) {
    const details = nameDictionaryDetailsAt(heap, dictionary, e);
    const value = nameDictionaryValueAt(heap, dictionary, e);
    const name = nameDictionaryKeyAt(heap, dictionary, e);
    if (detailsKind(details) === PropertyKind.Accessor) {
      const d = fastDetails(
        PropertyKind.Accessor,
        detailsAttributes(details),
        PropertyLocation.Descriptor,
        PropertyConstness.Const,
        Representation.Tagged,
        0,
      );
      appendDescriptor(heap, descriptors, name, d, value);
    } else {
      const d = fastDetails(
        PropertyKind.Data,
        detailsAttributes(details),
        PropertyLocation.Field,
        PropertyConstness.Const, // from now on: nothing depends on what it was before
        Representation.Tagged,
        values.length,
      );
      appendDescriptor(heap, descriptors, name, d, 2);
      values.push(value);
      accountAddedField(heap, map);
    }
  }
  if (entries.length > 0) heap.set(map, MapObject.InstanceDescriptors, descriptors);
  setMapOwnDescriptors(heap, map, entries.length);
  const hash = hashIn(heap, dictionary);
  const external = values.length - inObject;
  let properties: Tagged = StaticRoot.EmptyFixedArray;
  if (external > 0) {
    const unused = heap.getU8(map, MapObject.UsedInstanceSizeInWords);
    properties = factory.newPropertyArray(external + (unused < 3 ? unused : 0));
  }
  heap.set(object, JSObject.PropertiesOrHash, properties);
  if (hash !== 0) setHashIn(heap, object, hash);
  setMap(factory, object, map);
  for (let i = 0; i < values.length; i++) rawFieldAtPut(heap, object, i, values[i]!);
};

/**
 * Prototypes, from the first on, that an inline cache is about to look through leave dictionary mode (V8: JSObject::MakePrototypesFast): the
 * compiler relies on their Maps.
 */
export const makePrototypesFast = (heap: Heap, factory: Factory, first: Tagged): void => {
  let prototype = first;
  while ((prototype & 1) !== 0 && prototype !== StaticRoot.Null) {
    const map = heap.get(prototype, HeapObject.Map);
    const type = heap.getU16(map, MapObject.InstanceType);
    if (type === InstanceType.JSProxy) return;
    if (type !== InstanceType.JSGlobalObject && isDictionaryMap(heap, map) && isPrototypeMap(heap, map)) {
      invalidatePrototypeChains(heap, map);
      migrateSlowToFast(heap, factory, prototype);
    }
    prototype = mapPrototype(heap, map);
  }
};
