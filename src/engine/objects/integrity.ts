// Prototypes and extensibility: Object.setPrototypeOf, preventExtensions, seal, freeze.

import type { Heap, Tagged } from '../heap/index.ts';
import {
  DependencyGroup,
  FixedArray,
  HeapObject,
  JSObject,
  MapBits3,
  MapObject,
  PropertyCell,
  StaticRoot,
} from '../layout/index.ts';
import { deoptimizeDependents } from './dependent-code.ts';
import {
  globalDictionaryCells,
  nameDictionaryDetailsAt,
  nameDictionaryEntriesInOrder,
  nameDictionaryKeyAt,
  nameDictionarySetDetailsAt,
} from './dictionaries.ts';
import { normalizeElements, transitionElements } from './elements.ts';
import {
  ElementsKind,
  isDoubleElementsKind,
  isFastElementsKind,
  isHoleyElementsKind,
  isSmiElementsKind,
} from './elements-kind.ts';
import type { Factory } from './factory.ts';
import { beforeChange } from './js-objects.ts';
import { copyForPreventExtensions, integrityKind, rawCopyMap, transitionToPrototype } from './map-copies.ts';
import { updateMap } from './map-updater.ts';
import {
  descriptorDetails,
  descriptorKey,
  isDeprecatedMap,
  isDictionaryMap,
  isExtensibleMap,
  mapDescriptors,
  mapElementsKind,
  mapOwnDescriptors,
  setMapBits3,
} from './maps.ts';
import { migrateInstance, migrateToMap, setMap } from './migration.ts';
import {
  detailsAttributes,
  detailsKind,
  PropertyAttributes,
  PropertyKind,
  withAttributes,
} from './property-details.ts';
import { makePrototypeMap } from './prototypes.ts';
import { isPrivateSymbol } from './strings.ts';

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
  // Fast elements become tagged ones, whose kinds say what is forbidden; their site learns it.
  if (isSmiElementsKind(kind) || isDoubleElementsKind(kind))
    transitionElements(heap, factory, object, isHoleyElementsKind(kind) ? ElementsKind.Holey : ElementsKind.Packed);
  else if (!isFastElementsKind(kind) && kind < ElementsKind.Uint8 && kind !== ElementsKind.Dictionary)
    normalizeElements(heap, factory, object);
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
