// What an object has itself under a name. Runs no JavaScript.

import type { Heap, Tagged } from '../heap/index.ts';
import { HeapObject, JSObject, PropertyCell, StaticRoot, SymbolFlags, SymbolObject } from '../layout/index.ts';
import {
  globalDictionaryCells,
  globalDictionaryFind,
  globalDictionaryFindCell,
  nameDictionaryDetailsAt,
  nameDictionaryEntriesInOrder,
  nameDictionaryFind,
  nameDictionaryKeyAt,
  nameDictionaryValueAt,
} from './dictionaries.ts';
import type { Factory } from './factory.ts';
import {
  descriptorDetails,
  descriptorKey,
  findOwnDescriptor,
  isDictionaryMap,
  mapDescriptors,
  mapOwnDescriptors,
} from './maps.ts';
import { fastPropertyAt } from './object-fields.ts';
import { isSymbol } from './strings.ts';

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
