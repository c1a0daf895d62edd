// Named properties of JSObjects: fields in the object and its PropertyArray, descriptors, dictionaries, property cells.
//
//   JSObject [map][properties or hash][elements][in-object field 0] … [in-object field n−1]
//   field index f:  in the object while f < n, else word f − n of the PropertyArray
//   Double representation: the field holds a HeapNumber that belongs to the object alone and is written in place
//
// Names are unique (internalized strings that are no array index, or symbols). Only own properties are looked at here;
// prototypes, proxies and accessors' calls are the runtime's.

import { elementAt, type Heap, Space, type Tagged } from '../heap/index.ts';
import {
  DependencyGroup,
  FixedArray,
  HeapNumber,
  HeapObject,
  holeNanWord,
  InstanceType,
  JSObject,
  MapBits3,
  MapObject,
  PropertyArray,
  PropertyCell,
  StaticRoot,
  SymbolFlags,
  SymbolObject,
} from '../layout/index.ts';
import { deoptimizeDependents } from './dependent-code.ts';
import {
  dictionaryIdentityHash,
  globalDictionaryAddCell,
  globalDictionaryCells,
  globalDictionaryDelete,
  globalDictionaryFind,
  globalDictionaryFindCell,
  initialCellType,
  nameDictionaryAdd,
  nameDictionaryDelete,
  nameDictionaryDetailsAt,
  nameDictionaryEntriesInOrder,
  nameDictionaryFind,
  nameDictionaryKeyAt,
  nameDictionarySetDetailsAt,
  nameDictionarySetValueAt,
  nameDictionaryValueAt,
  newNameDictionary,
  setDictionaryIdentityHash,
  writePropertyCell,
} from './dictionaries.ts';
import { normalizeElements } from './elements.ts';
import { ElementsKind } from './elements-kind.ts';
import type { Factory } from './factory.ts';
import {
  copyForPreventExtensions,
  fieldTypeOf,
  integrityKind,
  markUnstable,
  normalizeMap,
  prepareForDataProperty,
  rawCopyMap,
  representationOf,
  transitionToAccessorProperty,
  transitionToDataProperty,
  transitionToPrototype,
} from './map-transitions.ts';
import { updateMap } from './map-updater.ts';
import {
  accountAddedField,
  appendDescriptor,
  descriptorDetails,
  descriptorKey,
  descriptorsUsed,
  descriptorValue,
  fieldsAdded,
  findOwnDescriptor,
  isDeprecatedMap,
  isDictionaryMap,
  isExtensibleMap,
  isFieldDetails,
  isPrototypeMap,
  mapDescriptors,
  mapElementsKind,
  mapInObjectProperties,
  mapInObjectStart,
  mapOwnDescriptors,
  mapPrototype,
  newDescriptorArray,
  setMapBits3,
  setMapOwnDescriptors,
} from './maps.ts';
import {
  detailsAttributes,
  detailsConstness,
  detailsEnumerationIndex,
  detailsFieldIndex,
  detailsKind,
  detailsRepresentation,
  dictionaryDetails,
  fastDetails,
  PropertyAttributes,
  PropertyConstness,
  PropertyKind,
  PropertyLocation,
  Representation,
  withAttributes,
  withCellType,
  withEnumerationIndex,
} from './property-details.ts';
import { invalidatePrototypeChains, makePrototypeMap, transferPrototypeInfo } from './prototypes.ts';
import { root, setRoot } from './root-slots.ts';
import { Root } from './roots.ts';
import { isPrivateSymbol, isSymbol } from './strings.ts';

// --- fields ---------------------------------------------------------------------------------------------------------------

/** The raw word of a field. */
export const rawFieldAt = (heap: Heap, object: Tagged, fieldIndex: number): Tagged => {
  const map = heap.i32[(object - 1) >> 2]!;
  const inObject = mapInObjectProperties(heap, map);
  if (fieldIndex < inObject) return heap.getElement(object, mapInObjectStart(heap, map), fieldIndex);
  return heap.getElement(heap.get(object, JSObject.PropertiesOrHash), PropertyArray.Elements, fieldIndex - inObject);
};

export const rawFieldAtPut = (heap: Heap, object: Tagged, fieldIndex: number, word: Tagged): void => {
  const map = heap.i32[(object - 1) >> 2]!;
  const inObject = mapInObjectProperties(heap, map);
  if (fieldIndex < inObject) heap.setElement(object, mapInObjectStart(heap, map), fieldIndex, word);
  else
    heap.setElement(heap.get(object, JSObject.PropertiesOrHash), PropertyArray.Elements, fieldIndex - inObject, word);
};

/** Value of own descriptor `descriptor`: a field (a Double field's box is copied) or a constant / AccessorPair. */
export const fastPropertyAt = (heap: Heap, factory: Factory, object: Tagged, descriptor: number): Tagged => {
  const descriptors = mapDescriptors(heap, heap.get(object, HeapObject.Map));
  const details = descriptorDetails(heap, descriptors, descriptor);
  if (!isFieldDetails(details)) return descriptorValue(heap, descriptors, descriptor);
  const word = rawFieldAt(heap, object, detailsFieldIndex(details));
  if (detailsRepresentation(details) === Representation.Double)
    return factory.newHeapNumber(heap.getF64(word, HeapNumber.Value));
  return word;
};

/** Writes a field; the map must already allow the value. */
export const fastPropertyAtPut = (
  heap: Heap,
  _factory: Factory,
  object: Tagged,
  descriptor: number,
  value: Tagged,
): void => {
  const details = descriptorDetails(heap, mapDescriptors(heap, heap.get(object, HeapObject.Map)), descriptor);
  const index = detailsFieldIndex(details);
  if (detailsRepresentation(details) === Representation.Double) {
    const box = rawFieldAt(heap, object, index);
    if ((value & 1) === 0) heap.setF64(box, HeapNumber.Value, value >> 1);
    else {
      heap.copyF64(box, HeapNumber.Value, value, HeapNumber.Value);
    }
    return;
  }
  rawFieldAtPut(heap, object, index, value);
};

/** A box for a Double field; the hole NaN where there is no value yet. */
const newBox = (factory: Factory, value: Tagged): Tagged => {
  const { heap } = factory;
  const box = factory.newHeapNumber(0);
  if ((value & 1) === 0) heap.setF64(box, HeapNumber.Value, value >> 1);
  else if (heap.get(value, HeapObject.Map) === StaticRoot.HeapNumberMap)
    heap.setF64(box, HeapNumber.Value, heap.getF64(value, HeapNumber.Value));
  else {
    heap.setF64Words(box, HeapNumber.Value, holeNanWord, holeNanWord);
  }
  return box;
};

/** Identity hash kept in whatever stands in PropertiesOrHash; 0 if none. */
const hashIn = (heap: Heap, properties: Tagged): number => {
  if ((properties & 1) === 0) return properties >> 1;
  const map = heap.get(properties, HeapObject.Map);
  if (map === StaticRoot.PropertyArrayMap) return heap.get(properties, PropertyArray.LengthAndHash) >>> 11;
  if (map === StaticRoot.NameDictionaryMap || map === StaticRoot.GlobalDictionaryMap)
    return dictionaryIdentityHash(heap, properties);
  return 0;
};

const setHashIn = (heap: Heap, object: Tagged, hash: number): void => {
  const properties = heap.get(object, JSObject.PropertiesOrHash);
  if ((properties & 1) !== 0) {
    const map = heap.get(properties, HeapObject.Map);
    if (map === StaticRoot.PropertyArrayMap && properties !== StaticRoot.EmptyPropertyArray) {
      const length = heap.get(properties, PropertyArray.LengthAndHash) & 0x7ff;
      heap.init(properties, PropertyArray.LengthAndHash, length | (hash << 11));
      return;
    }
    if (map === StaticRoot.NameDictionaryMap || map === StaticRoot.GlobalDictionaryMap) {
      setDictionaryIdentityHash(heap, properties, hash);
      return;
    }
  }
  heap.init(object, JSObject.PropertiesOrHash, hash << 1);
};

/** Identity hash of a receiver, made on demand: 1 … 2^20 − 1. */
export const identityHash = (heap: Heap, _factory: Factory, object: Tagged): number => {
  const known = hashIn(heap, heap.get(object, JSObject.PropertiesOrHash));
  if (known !== 0) return known;
  let state = root(heap, Root.HashSeed) >> 1;
  let hash = 0;
  do {
    state = (Math.imul(state, 1103515245) + 12345) & 0x3fffffff;
    hash = (state >>> 8) & 0xfffff;
  } while (hash === 0);
  setRoot(heap, Root.HashSeed, state << 1);
  setHashIn(heap, object, hash);
  return hash;
};

// --- migration ---------------------------------------------------------------------------------------------------------------

const setMap = (factory: Factory, object: Tagged, newMap: Tagged): void => {
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

/** Moves an instance of a deprecated map to the updated map. */
export const migrateInstance = (heap: Heap, factory: Factory, object: Tagged): void => {
  const map = heap.get(object, HeapObject.Map);
  if (!isDeprecatedMap(heap, map)) return;
  const target = updateMap(heap, factory, map);
  // Optimized code that expects the target may meet more outdated instances: its guards migrate them.
  setMapBits3(heap, target, MapBits3.IsMigrationTarget, true);
  migrateToMap(heap, factory, object, target);
};

const normalizeToMap = (factory: Factory, object: Tagged, newMap: Tagged): void => {
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
  const start = mapInObjectStart(heap, map);
  for (let i = mapInObjectProperties(heap, map) - 1; i >= 0; i--)
    heap.initElement(object, start, i, StaticRoot.Undefined);
  setMap(factory, object, newMap);
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
 * Prototypes that an inline cache is about to look through leave dictionary mode (V8: JSObject::MakePrototypesFast): the
 * compiler relies on their Maps.
 */
export const makePrototypesFast = (heap: Heap, factory: Factory, receiverMap: Tagged): void => {
  let prototype = mapPrototype(heap, receiverMap);
  while ((prototype & 1) !== 0 && prototype !== StaticRoot.Null) {
    const map = heap.get(prototype, HeapObject.Map);
    if (heap.getU16(map, MapObject.InstanceType) < InstanceType.JSObject) return;
    if (isDictionaryMap(heap, map) && isPrototypeMap(heap, map)) {
      invalidatePrototypeChains(heap, map);
      migrateSlowToFast(heap, factory, prototype);
    }
    prototype = mapPrototype(heap, map);
  }
};

// --- lookup ---------------------------------------------------------------------------------------------------------------------

/** Result of lookupOwn: the factory's one record, not allocated; copy out what must survive the next lookup. */
export interface OwnProperty {
  found: boolean;
  /** Tagged PropertyDetails. */
  details: Tagged;
  /** Data: the value. Accessor: AccessorPair or AccessorInfo. */
  value: Tagged;
  /** Descriptor index of a fast property, else −1. */
  descriptor: number;
  /** Entry of a NameDictionary or GlobalDictionary, else −1. */
  entry: number;
  /** PropertyCell of a global property, else 0. */
  cell: Tagged;
}

/** Own named property (fast, dictionary, global). Fills and returns a shared record. */
export const lookupOwn = (heap: Heap, factory: Factory, object: Tagged, name: Tagged): OwnProperty => {
  const map = heap.i32[(object - 1) >> 2]!;
  const shared = factory.ownProperty;
  shared.found = false;
  shared.descriptor = -1;
  shared.entry = -1;
  shared.cell = 0;
  if (!isDictionaryMap(heap, map)) {
    const i = findOwnDescriptor(heap, map, name);
    if (i < 0) return shared;
    shared.found = true;
    shared.descriptor = i;
    shared.details = descriptorDetails(heap, mapDescriptors(heap, map), i);
    shared.value = fastPropertyAt(heap, factory, object, i);
    return shared;
  }
  const properties = heap.get(object, JSObject.PropertiesOrHash);
  if (heap.get(properties, HeapObject.Map) === StaticRoot.GlobalDictionaryMap) {
    const entry = globalDictionaryFind(heap, properties, name);
    if (entry < 0) return shared;
    const cell = globalDictionaryFindCell(heap, properties, name);
    shared.found = heap.get(cell, PropertyCell.Value) !== StaticRoot.TheHole;
    shared.entry = entry;
    shared.cell = cell;
    shared.details = heap.get(cell, PropertyCell.Details);
    shared.value = heap.get(cell, PropertyCell.Value);
    return shared;
  }
  const entry = nameDictionaryFind(heap, properties, name);
  if (entry < 0) return shared;
  shared.found = true;
  shared.entry = entry;
  shared.details = nameDictionaryDetailsAt(heap, properties, entry);
  shared.value = nameDictionaryValueAt(heap, properties, entry);
  return shared;
};

// --- changes --------------------------------------------------------------------------------------------------------------------

const beforeChange = (heap: Heap, object: Tagged): void => {
  const map = heap.get(object, HeapObject.Map);
  if (isPrototypeMap(heap, map)) invalidatePrototypeChains(heap, map);
};

/** Adds a new own data property (fast with transition, or dictionary). The name must not be there yet. */
export const addDataProperty = (
  heap: Heap,
  factory: Factory,
  object: Tagged,
  name: Tagged,
  value: Tagged,
  attributes: number = PropertyAttributes.None,
): void => {
  beforeChange(heap, object);
  const map = heap.get(object, HeapObject.Map);
  if (!isDictionaryMap(heap, map)) {
    // A first value that may still change before anyone sees it is const until a second store.
    const newMap = transitionToDataProperty(heap, factory, map, name, value, attributes, PropertyConstness.Const);
    migrateToMap(heap, factory, object, newMap);
    if (!isDictionaryMap(heap, newMap)) {
      fastPropertyAtPut(heap, factory, object, mapOwnDescriptors(heap, newMap) - 1, value);
      return;
    }
  }
  addToDictionary(
    factory,
    object,
    name,
    value,
    dictionaryDetails(PropertyKind.Data, attributes, 0, 0, PropertyConstness.Const),
  );
};

const addToDictionary = (factory: Factory, object: Tagged, name: Tagged, value: Tagged, details: Tagged): void => {
  const { heap } = factory;
  const properties = heap.get(object, JSObject.PropertiesOrHash);
  if (heap.get(properties, HeapObject.Map) === StaticRoot.GlobalDictionaryMap) {
    const old = globalDictionaryFindCell(heap, properties, name);
    if (old !== 0) {
      heap.set(old, PropertyCell.Value, value);
      heap.init(
        old,
        PropertyCell.Details,
        withEnumerationIndex(
          withCellType(details, initialCellType(value)),
          detailsEnumerationIndex(heap.get(old, PropertyCell.Details)),
        ),
      );
      deoptimizeDependents(factory, old, PropertyCell.DependentCode, DependencyGroup.PropertyCellChanged);
      return;
    }
    const cell = factory.newPropertyCell(name, value, withCellType(details, initialCellType(value)));
    heap.set(object, JSObject.PropertiesOrHash, globalDictionaryAddCell(factory, properties, cell));
    return;
  }
  heap.set(object, JSObject.PropertiesOrHash, nameDictionaryAdd(factory, properties, name, value, details));
};

/** Adds a new own accessor property; `pair` is an AccessorPair or AccessorInfo. */
export const addAccessorProperty = (
  heap: Heap,
  factory: Factory,
  object: Tagged,
  name: Tagged,
  pair: Tagged,
  attributes: number = PropertyAttributes.None,
): void => {
  beforeChange(heap, object);
  const map = heap.get(object, HeapObject.Map);
  if (!isDictionaryMap(heap, map)) {
    const newMap = transitionToAccessorProperty(heap, factory, map, name, pair, attributes);
    migrateToMap(heap, factory, object, newMap);
    if (!isDictionaryMap(heap, newMap)) return;
  }
  addToDictionary(factory, object, name, pair, dictionaryDetails(PropertyKind.Accessor, attributes));
};

/** Changes value, kind and attributes of an existing own property. Fast objects keep fast only for a same-attributes data property; else they go to dictionary mode. */
const reconfigure = (
  factory: Factory,
  object: Tagged,
  name: Tagged,
  kind: PropertyKind,
  value: Tagged,
  attributes: number,
): void => {
  const { heap } = factory;
  beforeChange(heap, object);
  const map = heap.get(object, HeapObject.Map);
  if (!isDictionaryMap(heap, map)) {
    if (isPrototypeMap(heap, map)) {
      reconfigurePrototype(factory, object, name, kind, value, attributes);
      return;
    }
    normalizeToMap(factory, object, normalizeMap(heap, factory, map));
  }
  const properties = heap.get(object, JSObject.PropertiesOrHash);
  if (heap.get(properties, HeapObject.Map) === StaticRoot.GlobalDictionaryMap) {
    const cell = globalDictionaryFindCell(heap, properties, name);
    const index = detailsEnumerationIndex(heap.get(cell, PropertyCell.Details));
    heap.set(cell, PropertyCell.Value, value);
    heap.init(cell, PropertyCell.Details, dictionaryDetails(kind, attributes, 0, index));
    deoptimizeDependents(factory, cell, PropertyCell.DependentCode, DependencyGroup.PropertyCellChanged);
    return;
  }
  const entry = nameDictionaryFind(heap, properties, name);
  nameDictionarySetValueAt(heap, properties, entry, value);
  nameDictionarySetDetailsAt(heap, properties, entry, dictionaryDetails(kind, attributes));
};

/** A prototype's map is its own: the property changes in a copy of the map, and the object stays fast. */
const reconfigurePrototype = (
  factory: Factory,
  object: Tagged,
  name: Tagged,
  kind: PropertyKind,
  value: Tagged,
  attributes: number,
): void => {
  const { heap } = factory;
  const map = heap.get(object, HeapObject.Map);
  const copy = rawCopyMap(factory, map);
  const old = mapDescriptors(heap, map);
  const count = mapOwnDescriptors(heap, map);
  const descriptors = newDescriptorArray(heap, count + 2);
  const at = findOwnDescriptor(heap, map, name);
  let nextField = 0;
  for (let i = 0; i < count; i++) {
    const d = descriptorDetails(heap, old, i);
    if (isFieldDetails(d)) nextField = Math.max(nextField, detailsFieldIndex(d) + 1);
  }
  let store = -1;
  for (let i = 0; i < count; i++) {
    let details = descriptorDetails(heap, old, i);
    let type = descriptorValue(heap, old, i);
    if (i === at) {
      if (kind === PropertyKind.Accessor) {
        details = fastDetails(
          kind,
          attributes,
          PropertyLocation.Descriptor,
          PropertyConstness.Const,
          Representation.Tagged,
          0,
        );
        type = value;
      } else {
        const had = isFieldDetails(details);
        store = had ? detailsFieldIndex(details) : nextField;
        details = fastDetails(
          kind,
          attributes,
          PropertyLocation.Field,
          PropertyConstness.Mutable,
          Representation.Tagged,
          store,
        );
        type = 2;
        if (!had) accountAddedField(heap, copy);
      }
    }
    appendDescriptor(heap, descriptors, descriptorKey(heap, old, i), details, type);
  }
  heap.set(copy, MapObject.InstanceDescriptors, descriptors);
  setMapOwnDescriptors(heap, copy, descriptorsUsed(heap, descriptors));
  markUnstable(factory, map);
  const inObject = mapInObjectProperties(heap, map);
  if (store >= inObject) {
    const properties = heap.get(object, JSObject.PropertiesOrHash);
    const isArray = (properties & 1) !== 0 && heap.get(properties, HeapObject.Map) === StaticRoot.PropertyArrayMap;
    const length = isArray ? (heap.get(properties, PropertyArray.LengthAndHash) >> 1) & 0x3ff : 0;
    if (store - inObject >= length) {
      const grown = factory.newPropertyArray(length + fieldsAdded);
      for (let i = 0; i < length; i++)
        heap.setElement(grown, PropertyArray.Elements, i, heap.getElement(properties, PropertyArray.Elements, i));
      const hash = hashIn(heap, properties);
      if (hash !== 0)
        heap.init(grown, PropertyArray.LengthAndHash, heap.get(grown, PropertyArray.LengthAndHash) | (hash << 11));
      heap.set(object, JSObject.PropertiesOrHash, grown);
    }
  }
  setMap(factory, object, copy);
  if (store >= 0) rawFieldAtPut(heap, object, store, value);
};

export const reconfigureToDataProperty = (
  heap: Heap,
  factory: Factory,
  object: Tagged,
  name: Tagged,
  value: Tagged,
  attributes: number,
): void => {
  const own = lookupOwn(heap, factory, object, name);
  if (detailsKind(own.details) === PropertyKind.Data && detailsAttributes(own.details) === attributes) {
    setOwnDataValue(heap, factory, object, name, value);
    return;
  }
  reconfigure(factory, object, name, PropertyKind.Data, value, attributes);
};

export const reconfigureToAccessorProperty = (
  _heap: Heap,
  factory: Factory,
  object: Tagged,
  name: Tagged,
  pair: Tagged,
  attributes: number,
): void => reconfigure(factory, object, name, PropertyKind.Accessor, pair, attributes);

/** Sets the value of an existing own data property (attributes unchanged), with generalization and constness. */
export const setOwnDataValue = (heap: Heap, factory: Factory, object: Tagged, name: Tagged, value: Tagged): void => {
  let map = heap.get(object, HeapObject.Map);
  if (!isDictionaryMap(heap, map)) {
    const descriptor = findOwnDescriptor(heap, map, name);
    if (isDeprecatedMap(heap, map) || needsGeneralization(heap, object, map, descriptor, value)) {
      const newMap = prepareForDataProperty(heap, factory, map, descriptor, PropertyConstness.Mutable, value);
      migrateToMap(heap, factory, object, newMap);
      map = newMap;
    }
    if (!isDictionaryMap(heap, map)) {
      fastPropertyAtPut(heap, factory, object, descriptor, value);
      return;
    }
  }
  const properties = heap.get(object, JSObject.PropertiesOrHash);
  if (heap.get(properties, HeapObject.Map) === StaticRoot.GlobalDictionaryMap) {
    writePropertyCell(heap, factory, globalDictionaryFindCell(heap, properties, name), value);
    return;
  }
  beforeChange(heap, object);
  nameDictionarySetValueAt(heap, properties, nameDictionaryFind(heap, properties, name), value);
};

/** Whether storing `value` over an existing field needs its map to change. Storing the same value keeps a const field. */
const needsGeneralization = (heap: Heap, object: Tagged, map: Tagged, descriptor: number, value: Tagged): boolean => {
  const descriptors = mapDescriptors(heap, map);
  const details = descriptorDetails(heap, descriptors, descriptor);
  const rep = detailsRepresentation(details);
  if (detailsConstness(details) === PropertyConstness.Const) {
    const old = rawFieldAt(heap, object, detailsFieldIndex(details));
    if (old !== value) {
      if (rep !== Representation.Double || representationOf(heap, value) > Representation.Double) return true;
      const a = heap.getF64(old, HeapNumber.Value);
      const b = (value & 1) === 0 ? value >> 1 : heap.getF64(value, HeapNumber.Value);
      if (!Object.is(a, b)) return true;
    }
  }
  const r = representationOf(heap, value);
  if (rep === Representation.Tagged) return false;
  if (rep === Representation.Double) return r !== Representation.Double && r !== Representation.Smi;
  if (rep === Representation.HeapObject) {
    // A boxed number is a heap object too.
    if (r !== Representation.HeapObject) return true;
    const type = descriptorValue(heap, descriptors, descriptor);
    return type !== 2 && fieldTypeOf(heap, value, r) !== type;
  }
  return rep !== r;
};

/** Removes an own property; false if it was not there. (Configurability is the caller's question.) */
export const deleteProperty = (heap: Heap, factory: Factory, object: Tagged, name: Tagged): boolean => {
  let map = heap.get(object, HeapObject.Map);
  if (!isDictionaryMap(heap, map)) {
    if (findOwnDescriptor(heap, map, name) < 0) return false;
    beforeChange(heap, object);
    normalizeToMap(factory, object, normalizeMap(heap, factory, map));
    map = heap.get(object, HeapObject.Map);
  }
  const properties = heap.get(object, JSObject.PropertiesOrHash);
  if (heap.get(properties, HeapObject.Map) === StaticRoot.GlobalDictionaryMap) {
    const entry = globalDictionaryFind(heap, properties, name);
    if (entry < 0) return false;
    beforeChange(heap, object);
    globalDictionaryDelete(factory, properties, entry);
    return true;
  }
  const entry = nameDictionaryFind(heap, properties, name);
  if (entry < 0) return false;
  beforeChange(heap, object);
  heap.set(object, JSObject.PropertiesOrHash, nameDictionaryDelete(factory, properties, entry));
  return true;
};

/** Own names in property order: strings, then symbols; private symbols are left out. Elements are not here. */
export const ownPropertyNames = (heap: Heap, object: Tagged): Tagged[] => {
  const map = heap.get(object, HeapObject.Map);
  const all: Tagged[] = [];
  if (!isDictionaryMap(heap, map)) {
    const descriptors = mapDescriptors(heap, map);
    const count = mapOwnDescriptors(heap, map);
    for (let i = 0; i < count; i++) all.push(descriptorKey(heap, descriptors, i));
  } else {
    const properties = heap.get(object, JSObject.PropertiesOrHash);
    if (heap.get(properties, HeapObject.Map) === StaticRoot.GlobalDictionaryMap) {
      for (const cell of globalDictionaryCells(heap, properties)) {
        if (heap.get(cell, PropertyCell.Value) !== StaticRoot.TheHole) all.push(heap.get(cell, PropertyCell.Name));
      }
    } else
      for (const e of nameDictionaryEntriesInOrder(heap, properties))
        all.push(nameDictionaryKeyAt(heap, properties, e));
  }
  const strings = all.filter((n) => !isSymbol(heap, n));
  return strings.concat(
    all.filter((n) => isSymbol(heap, n) && (heap.getI32(n, SymbolObject.Flags) & SymbolFlags.Private) === 0),
  );
};

// --- prototype and extensibility ------------------------------------------------------------------------------------------------------

/** Sets [[Prototype]]; the caller has checked extensibility and cycles. */
export const setPrototype = (heap: Heap, factory: Factory, object: Tagged, prototype: Tagged): void => {
  beforeChange(heap, object);
  if (prototype !== StaticRoot.Null) makePrototypeMap(heap, factory, prototype);
  const map = heap.get(object, HeapObject.Map);
  const newMap = transitionToPrototype(
    heap,
    factory,
    isDeprecatedMap(heap, map) ? updateMap(heap, factory, map) : map,
    prototype,
  );
  migrateToMap(heap, factory, object, newMap);
};

/** Whether a fast object's map says already what freezing (or sealing …) would make it say. */
const hasIntegrity = (heap: Heap, object: Tagged, attributes: number): boolean => {
  const map = heap.get(object, HeapObject.Map);
  if (isExtensibleMap(heap, map) || isDictionaryMap(heap, map)) return false;
  if (attributes === PropertyAttributes.None) return true;
  const kind = mapElementsKind(heap, map);
  const hasElements = heap.get(object, JSObject.Elements) !== StaticRoot.EmptyFixedArray;
  if (hasElements && integrityKind(kind, attributes) !== kind) return false;
  if (hasElements && kind > ElementsKind.HoleyFrozen) return false;
  const descriptors = mapDescriptors(heap, map);
  const count = mapOwnDescriptors(heap, map);
  for (let i = 0; i < count; i++) {
    if (isPrivateSymbol(heap, descriptorKey(heap, descriptors, i))) continue;
    const details = descriptorDetails(heap, descriptors, i);
    const wanted =
      detailsKind(details) === PropertyKind.Accessor ? attributes & ~PropertyAttributes.ReadOnly : attributes;
    if ((detailsAttributes(details) & wanted) !== wanted) return false;
  }
  return true;
};

/** PropertyAttributes None: preventExtensions; Sealed; Frozen. Elements change with it. */
export const preventExtensions = (heap: Heap, factory: Factory, object: Tagged, attributes: number): void => {
  beforeChange(heap, object);
  migrateInstance(heap, factory, object);
  // No transition that leads to the same again: freezing in a loop would grow the tree without end.
  if (hasIntegrity(heap, object, attributes)) return;
  const kind = mapElementsKind(heap, heap.get(object, HeapObject.Map));
  const isFastTagged =
    kind === ElementsKind.Packed ||
    kind === ElementsKind.Holey ||
    (kind >= ElementsKind.PackedNonextensible && kind <= ElementsKind.HoleyFrozen);
  const isEmpty = heap.get(object, JSObject.Elements) === StaticRoot.EmptyFixedArray;
  if (!isFastTagged && kind < ElementsKind.Uint8 && kind !== ElementsKind.Dictionary)
    normalizeElements(heap, factory, object);
  else if (kind === ElementsKind.Dictionary || (isEmpty && isFastTagged)) {
    // Nothing to convert.
  }
  freezeDictionaryElements(heap, object, attributes);
  let map = heap.get(object, HeapObject.Map);
  if (isDictionaryMap(heap, map)) {
    map = rawCopyMap(factory, map);
    setMapBits3(heap, map, MapBits3.IsExtensible, false);
    setMapBits3(heap, map, MapBits3.IsUnstable, true);
    const properties = heap.get(object, JSObject.PropertiesOrHash);
    if (
      attributes !== PropertyAttributes.None &&
      heap.get(properties, HeapObject.Map) === StaticRoot.NameDictionaryMap
    ) {
      for (const e of nameDictionaryEntriesInOrder(heap, properties)) {
        const name = nameDictionaryKeyAt(heap, properties, e);
        if (isPrivateSymbol(heap, name)) continue;
        nameDictionarySetDetailsAt(
          heap,
          properties,
          e,
          integrityDetails(nameDictionaryDetailsAt(heap, properties, e), attributes),
        );
      }
    } else if (attributes !== PropertyAttributes.None) {
      for (const cell of globalDictionaryCells(heap, properties)) {
        heap.init(cell, PropertyCell.Details, integrityDetails(heap.get(cell, PropertyCell.Details), attributes));
        deoptimizeDependents(factory, cell, PropertyCell.DependentCode, DependencyGroup.PropertyCellChanged);
      }
    }
    const k = mapElementsKind(heap, map);
    if (k === ElementsKind.Packed || k === ElementsKind.Holey) {
      heap.setU8(
        map,
        MapObject.BitField2,
        (heap.getU8(map, MapObject.BitField2) & 3) |
          ((k + (attributes === 0 ? 4 : attributes === PropertyAttributes.Sealed ? 6 : 8)) << 2),
      );
    }
    setMap(factory, object, map);
    return;
  }
  migrateToMap(heap, factory, object, copyForPreventExtensions(heap, factory, map, attributes));
};

const integrityDetails = (details: Tagged, attributes: number): Tagged => {
  const mask = detailsKind(details) === PropertyKind.Accessor ? attributes & ~PropertyAttributes.ReadOnly : attributes;
  return withAttributes(details, detailsAttributes(details) | mask);
};

const freezeDictionaryElements = (heap: Heap, object: Tagged, attributes: number): void => {
  const elements = heap.get(object, JSObject.Elements);
  if (attributes === PropertyAttributes.None || heap.get(elements, HeapObject.Map) !== StaticRoot.NumberDictionaryMap)
    return;
  const words = heap.get(elements, FixedArray.Length) >> 1;
  for (let i = 5; i + 2 < words; i += 3) {
    const key = heap.getElement(elements, FixedArray.Elements, i);
    if (key === StaticRoot.Undefined || key === StaticRoot.TheHole) continue;
    heap.initElement(
      elements,
      FixedArray.Elements,
      i + 2,
      integrityDetails(heap.getElement(elements, FixedArray.Elements, i + 2), attributes),
    );
  }
};

/** Space of the property store that belongs to an object (young objects have young stores). */
export const storeSpace = (heap: Heap, object: Tagged): Space => (heap.isYoung(object) ? Space.Young : Space.Old);
