// Fields of JSObjects, in the object and in its PropertyArray, and the identity hash that stands among them.

import { type Heap, Space, type Tagged } from '../heap/index.ts';
import { HeapNumber, HeapObject, holeNanWord, JSObject, PropertyArray, StaticRoot } from '../layout/index.ts';
import { dictionaryIdentityHash, setDictionaryIdentityHash } from './dictionaries.ts';
import type { Factory } from './factory.ts';
import {
  descriptorDetails,
  descriptorValue,
  isFieldDetails,
  mapDescriptors,
  mapInObjectProperties,
  mapInObjectStart,
} from './maps.ts';
import { detailsFieldIndex, detailsRepresentation, Representation } from './property-details.ts';
import { root, setRoot } from './root-slots.ts';
import { Root } from './roots.ts';

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

/** A field by its place in the enum cache: 2 × index + 1 for a Double field's. */
export const fieldByEnumIndex = (heap: Heap, factory: Factory, object: Tagged, place: number): Tagged => {
  const word = rawFieldAt(heap, object, place >> 1);
  return (place & 1) === 0 ? word : factory.newHeapNumber(heap.getF64(word, HeapNumber.Value));
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
export const newBox = (factory: Factory, value: Tagged): Tagged => {
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
export const hashIn = (heap: Heap, properties: Tagged): number => {
  if ((properties & 1) === 0) return properties >> 1;
  const map = heap.get(properties, HeapObject.Map);
  if (map === StaticRoot.PropertyArrayMap) return heap.get(properties, PropertyArray.LengthAndHash) >>> 11;
  if (map === StaticRoot.NameDictionaryMap || map === StaticRoot.GlobalDictionaryMap)
    return dictionaryIdentityHash(heap, properties);
  return 0;
};

export const setHashIn = (heap: Heap, object: Tagged, hash: number): void => {
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

/** Space of the property store that belongs to an object (young objects have young stores). */
export const storeSpace = (heap: Heap, object: Tagged): Space => (heap.isYoung(object) ? Space.Young : Space.Old);
