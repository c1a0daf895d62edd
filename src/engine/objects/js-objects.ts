// Named properties of JSObjects: fields in the object and its PropertyArray, descriptors, dictionaries, property cells.
//
//   JSObject [map][properties or hash][elements][in-object field 0] … [in-object field n−1]
//   field index f:  in the object while f < n, else word f − n of the PropertyArray
//   Double representation: the field holds a HeapNumber that belongs to the object alone and is written in place
//
// Names are unique (internalized strings that are no array index, or symbols). Only own properties are looked at here;
// prototypes, proxies and accessors' calls are the runtime's.

import type { Heap, Tagged } from '../heap/index.ts';
import {
  DependencyGroup,
  HeapObject,
  JSObject,
  MapObject,
  PropertyArray,
  PropertyCell,
  StaticRoot,
} from '../layout/index.ts';
import { deoptimizeDependents } from './dependent-code.ts';
import {
  globalDictionaryAddCell,
  globalDictionaryDelete,
  globalDictionaryFind,
  globalDictionaryFindCell,
  initialCellType,
  nameDictionaryAdd,
  nameDictionaryDelete,
  nameDictionaryFind,
  nameDictionarySetDetailsAt,
  nameDictionarySetValueAt,
  writePropertyCell,
} from './dictionaries.ts';
import type { Factory } from './factory.ts';
import { markUnstable, normalizeMap, rawCopyMap } from './map-copies.ts';
import {
  fieldTypeOf,
  prepareForDataProperty,
  representationOf,
  transitionToAccessorProperty,
  transitionToDataProperty,
} from './map-transitions.ts';
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
  isFieldDetails,
  isPrototypeMap,
  mapDescriptors,
  mapInObjectProperties,
  mapOwnDescriptors,
  newDescriptorArray,
  setMapOwnDescriptors,
} from './maps.ts';
import { migrateToMap, normalizeToMap, setMap } from './migration.ts';
import { fastPropertyAtPut, hashIn, rawFieldAtPut } from './object-fields.ts';
import { lookupOwn } from './own-property.ts';
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
  withCellType,
  withEnumerationIndex,
} from './property-details.ts';
import { invalidatePrototypeChains } from './prototypes.ts';

// --- changes --------------------------------------------------------------------------------------------------------------------

export const beforeChange = (heap: Heap, object: Tagged): void => {
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
    if (isDeprecatedMap(heap, map) || needsGeneralization(heap, map, descriptor, value)) {
      // Inline caches hold the value of a prototype's constant field.
      const wasConst =
        detailsConstness(descriptorDetails(heap, mapDescriptors(heap, map), descriptor)) === PropertyConstness.Const;
      const newMap = prepareForDataProperty(heap, factory, map, descriptor, PropertyConstness.Mutable, value);
      if (wasConst || newMap !== map) beforeChange(heap, object);
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

/** Whether storing `value` over an existing field needs its map to change: any store, of the same value too, makes a const field mutable. */
const needsGeneralization = (heap: Heap, map: Tagged, descriptor: number, value: Tagged): boolean => {
  const descriptors = mapDescriptors(heap, map);
  const details = descriptorDetails(heap, descriptors, descriptor);
  const rep = detailsRepresentation(details);
  if (detailsConstness(details) === PropertyConstness.Const) return true;
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
