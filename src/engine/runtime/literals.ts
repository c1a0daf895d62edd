// Object and array literals from boilerplate descriptions, allocation sites, template objects.
//
//   first evaluation          second evaluation                 later
//   description → object      description → boilerplate → copy  boilerplate → copy
//                             AllocationSite in the slot

import { addressOf, elementAt, fieldAtWord, Space, type Tagged } from '../heap/index.ts';
import {
  AllocationSite,
  ArrayBoilerplateDescription,
  addDataProperty,
  allocateWithSite,
  boilerplateNullPrototype,
  descriptorDetails,
  detailsFieldIndex,
  detailsLocation,
  detailsRepresentation,
  ElementsKind,
  FixedArray,
  FixedDoubleArray,
  HeapNumber,
  InstanceType,
  isDictionaryMap,
  JSObject,
  lookupOwn,
  MapObject,
  mapDescriptors,
  mapElementsKind,
  mapInObjectProperties,
  mapInObjectStart,
  mapInstanceSize,
  mapOwnDescriptors,
  migrateInstance,
  numberValue,
  ObjectBoilerplateDescription,
  PropertyArray,
  PropertyAttributes,
  PropertyLocation,
  Representation,
  Root,
  root,
  StaticRoot,
  setElement,
  setOwnDataValue,
  siteOf,
  TemplateObjectDescription,
} from '../objects/index.ts';
import { keyToIndex } from './lookup-iterator.ts';
import { NativeContextSlot } from './native-context.ts';
import { preventOrdinaryExtensions } from './ordinary-objects.ts';
import { dataDescriptor, defineOnOrdinary, makeArrayLengthReadOnly } from './own-properties.ts';
import type { Runtime } from './runtime.ts';
import { instanceTypeOf, mapOf } from './values.ts';

/** Flags of object literals, as the bytecode and the description carry them (V8: ObjectLiteral flags). */
export enum LiteralFlags {
  IsShallow = 1,
  DisableMementos = 2,
  NeedsInitialAllocationSite = 4,
  FastElements = 8,
  HasNullPrototype = 16,
}

/** The map of an object literal with this many named properties. */
export const objectLiteralMap = (rt: Runtime, properties: number): Tagged => {
  if (properties === 0) return rt.intrinsic(NativeContextSlot.ObjectMap0);
  if (properties >= 128) {
    const map = rt.factory.newMap(InstanceType.JSObject, JSObject.HeaderSize + 16, ElementsKind.Holey, 4);
    rt.heap.set(map, MapObject.Prototype, rt.intrinsic(NativeContextSlot.ObjectPrototype));
    return map;
  }
  const cache = rt.intrinsic(NativeContextSlot.MapCache);
  const cached = rt.heap.getElement(cache, FixedArray.Elements, properties);
  if (cached !== StaticRoot.Undefined) return cached;
  const map = rt.factory.newMap(
    InstanceType.JSObject,
    JSObject.HeaderSize + 4 * properties,
    ElementsKind.Holey,
    properties,
  );
  rt.heap.set(map, MapObject.Prototype, rt.intrinsic(NativeContextSlot.ObjectPrototype));
  rt.heap.set(map, MapObject.ConstructorOrBackPointer, rt.intrinsic(NativeContextSlot.ObjectFunction));
  rt.heap.setElement(cache, FixedArray.Elements, properties, map);
  return map;
};

/** A literal's value from its constant-pool description (nested descriptions become objects). */
const literalValue = (rt: Runtime, word: Tagged): Tagged => {
  if ((word & 1) === 0) return word;
  const map = mapOf(rt, word);
  if (map === StaticRoot.ObjectBoilerplateDescriptionMap) return newObjectLiteral(rt, word);
  if (map === StaticRoot.ArrayBoilerplateDescriptionMap) return newArrayLiteral(rt, word);
  if (map === StaticRoot.HeapNumberMap) return rt.factory.newNumber(numberValue(rt.heap, word));
  return word;
};

/** A fresh object from an ObjectBoilerplateDescription. */
export const newObjectLiteral = (rt: Runtime, description: Tagged, flags?: number): Tagged => {
  const { heap, factory } = rt;
  const words = heap.get(description, ObjectBoilerplateDescription.Length) >> 1;
  const entries = (words - 2) >> 1;
  flags ??= heap.get(description, ObjectBoilerplateDescription.Flags) >> 1;
  let named = heap.get(description, ObjectBoilerplateDescription.BackingStoreSize) >> 1;
  if (named < entries) {
    named = 0;
    for (let i = 0; i < entries; i++) {
      const key = heap.getElement(description, ObjectBoilerplateDescription.Entries, 2 * i);
      if (keyToIndex(rt, key) < 0) named++;
    }
  }
  let object: Tagged;
  if (
    (flags & LiteralFlags.HasNullPrototype) !== 0 ||
    ((heap.get(description, ObjectBoilerplateDescription.Flags) >> 1) & boilerplateNullPrototype) !== 0
  )
    object = factory.newJSObject(rt.intrinsic(NativeContextSlot.NullPrototypeMap));
  else object = factory.newJSObject(objectLiteralMap(rt, named));
  for (let i = 0; i < entries; i++) {
    const key = heap.getElement(description, ObjectBoilerplateDescription.Entries, 2 * i);
    const raw = heap.getElement(description, ObjectBoilerplateDescription.Entries, 2 * i + 1);
    const value = raw === StaticRoot.Uninitialized ? StaticRoot.Uninitialized : literalValue(rt, raw);
    const index = keyToIndex(rt, key);
    if (index >= 0) setElement(heap, factory, object, index, value === StaticRoot.Uninitialized ? 0 : value);
    else if (lookupOwn(heap, factory, object, key).found)
      setOwnDataValue(heap, factory, object, key, value === StaticRoot.Uninitialized ? 0 : value);
    else {
      addDataProperty(heap, factory, object, key, value, PropertyAttributes.None);
    }
  }
  return object;
};

/** A fresh array from an ArrayBoilerplateDescription. */
export const newArrayLiteral = (rt: Runtime, description: Tagged): Tagged => {
  const { heap, factory } = rt;
  const kind: ElementsKind = heap.get(description, ArrayBoilerplateDescription.Flags) >> 1;
  const constants = heap.get(description, ArrayBoilerplateDescription.ConstantElements);
  const length = heap.get(constants, FixedArray.Length) >> 1;
  const array = factory.newJSArray(kind, length, 0);
  if (length === 0) return array;
  if (mapOf(rt, constants) === StaticRoot.CowFixedArrayMap) {
    // All literals share them, the first one too.
    heap.set(array, JSObject.Elements, constants);
    return array;
  }
  if (mapOf(rt, constants) === StaticRoot.FixedDoubleArrayMap) {
    const copy = factory.newFixedDoubleArray(length);
    heap.u8.copyWithin(
      addressOf(copy, FixedDoubleArray.Elements),
      addressOf(constants, FixedDoubleArray.Elements),
      addressOf(constants, FixedDoubleArray.Elements) + 8 * length,
    );
    heap.set(array, JSObject.Elements, copy);
    return array;
  }
  const elements = factory.newFixedArray(length, StaticRoot.TheHole);
  heap.set(array, JSObject.Elements, elements);
  for (let i = 0; i < length; i++) {
    heap.setElement(
      elements,
      FixedArray.Elements,
      i,
      literalValue(rt, heap.getElement(constants, FixedArray.Elements, i)),
    );
  }
  return array;
};

/** An AllocationSite whose boilerplate is like `object`; arrays in it get sites of their own. */
export const newLiteralSite = (rt: Runtime, object: Tagged): Tagged => {
  const boilerplate = copyDeeply(rt, object, Space.Old);
  return siteOf(rt.heap, boilerplate) || rt.factory.newAllocationSite(boilerplate);
};

/** Deep copy of a boilerplate: objects and arrays reachable through own fields and elements. An outdated boilerplate catches up. */
export const copyLiteral = (rt: Runtime, boilerplate: Tagged): Tagged => copyDeeply(rt, boilerplate, Space.Young);

/** Site of a copy: the boilerplate's, or for an array that becomes a boilerplate a new one. */
const siteForCopy = (rt: Runtime, object: Tagged, space: Space): Tagged => {
  if (space === Space.Young) return siteOf(rt.heap, object);
  return instanceTypeOf(rt, object) === InstanceType.JSArray ? rt.factory.newAllocationSite(0) : 0;
};

const copyDeeply = (rt: Runtime, boilerplate: Tagged, space: Space): Tagged => {
  const { heap, factory } = rt;
  migrateInstance(heap, factory, boilerplate);
  const map = mapOf(rt, boilerplate);
  const size = mapInstanceSize(heap, map);
  const site = siteForCopy(rt, boilerplate, space);
  const copy = allocateWithSite(heap, size, site, space);
  if (site !== 0 && space === Space.Old) heap.set(site, AllocationSite.TransitionInfoOrBoilerplate, copy);
  const from = boilerplate - 1;
  for (let i = 0; i < size >> 2; i++) heap.set(copy, fieldAtWord(i), heap.i32[(from >> 2) + i]!);
  const properties = heap.get(boilerplate, JSObject.PropertiesOrHash);
  if ((properties & 1) === 0) heap.init(copy, JSObject.PropertiesOrHash, StaticRoot.EmptyFixedArray);
  else if (properties !== StaticRoot.EmptyFixedArray && properties !== StaticRoot.EmptyPropertyArray) {
    heap.set(copy, JSObject.PropertiesOrHash, copyWords(rt, properties));
  }
  const elements = heap.get(boilerplate, JSObject.Elements);
  const store = copyStore(rt, elements);
  if (store !== elements) {
    heap.set(copy, JSObject.Elements, store);
    const length = mapOf(rt, store) === StaticRoot.FixedArrayMap ? heap.get(store, FixedArray.Length) >> 1 : 0;
    for (let i = 0; i < length; i++) {
      const word = heap.getElement(store, FixedArray.Elements, i);
      if (isNestedLiteral(rt, word)) heap.setElement(store, FixedArray.Elements, i, copyDeeply(rt, word, space));
    }
  }
  if (isDictionaryMap(heap, map)) return copy;
  const descriptors = mapDescriptors(heap, map);
  const inObject = mapInObjectProperties(heap, map);
  const count = mapOwnDescriptors(heap, map);
  const start = mapInObjectStart(heap, map);
  for (let i = 0; i < count; i++) {
    const details = descriptorDetails(heap, descriptors, i);
    if (detailsLocation(details) !== PropertyLocation.Field) continue;
    const index = detailsFieldIndex(details);
    const holder = index < inObject ? copy : heap.get(copy, JSObject.PropertiesOrHash);
    const field = index < inObject ? elementAt(start, index) : elementAt(PropertyArray.Elements, index - inObject);
    const word = heap.get(holder, field);
    if (detailsRepresentation(details) === Representation.Double) {
      if ((word & 1) !== 0 && mapOf(rt, word) === StaticRoot.HeapNumberMap) {
        const box = factory.newHeapNumber(0);
        heap.copyF64(box, HeapNumber.Value, word, HeapNumber.Value);
        heap.set(holder, field, box);
      }
    } else if (isNestedLiteral(rt, word)) {
      heap.set(holder, field, copyDeeply(rt, word, space));
    }
  }
  return copy;
};

const isNestedLiteral = (rt: Runtime, word: Tagged): boolean => {
  if ((word & 1) === 0) return false;
  const type = instanceTypeOf(rt, word);
  return type === InstanceType.JSObject || type === InstanceType.JSArray;
};

/** Elements of one's own; those that are copied when somebody writes, and none at all, stay what they are. */
export const copyStore = (rt: Runtime, elements: Tagged): Tagged => {
  const { heap, factory } = rt;
  const map = mapOf(rt, elements);
  const length = heap.get(elements, FixedArray.Length) >> 1;
  if (length === 0 || map === StaticRoot.CowFixedArrayMap) return elements;
  if (map !== StaticRoot.FixedDoubleArrayMap) return copyWords(rt, elements);
  const doubles = factory.newFixedDoubleArray(length);
  const from = addressOf(elements, FixedDoubleArray.Elements);
  // as bytes: holes are NaNs of their own
  heap.u8.copyWithin(addressOf(doubles, FixedDoubleArray.Elements), from, from + 8 * length);
  return doubles;
};

/** Shallow copy of a FixedArray-shaped object. */
export const copyWords = (rt: Runtime, array: Tagged): Tagged => {
  const heap = rt.heap;
  const isProperties = mapOf(rt, array) === StaticRoot.PropertyArrayMap;
  const length = isProperties
    ? (heap.get(array, FixedArray.Length) >> 1) & 0x3ff
    : heap.get(array, FixedArray.Length) >> 1;
  const copy = rt.factory.newArrayLike(mapOf(rt, array), length, StaticRoot.Undefined);
  for (let i = 0; i < length; i++) {
    rt.poll();
    heap.setElement(copy, FixedArray.Elements, i, heap.getElement(array, FixedArray.Elements, i));
  }
  return copy;
};

/** The empty array literal `[]`. @param site that it comes from, or 0 */
export const newEmptyArray = (rt: Runtime, kind: ElementsKind = ElementsKind.PackedSmi, site: Tagged = 0): Tagged =>
  rt.factory.newJSArray(kind, 0, 0, root(rt.heap, Root.FirstArrayMap + kind), site);

/** GetTemplateObject: frozen arrays of cooked and raw strings, made from the description. The caller caches. */
export const newTemplateObject = (rt: Runtime, description: Tagged): Tagged => {
  const { heap, factory } = rt;
  const toArray = (list: Tagged): Tagged => {
    const words: Tagged[] = [];
    const length = heap.get(list, FixedArray.Length) >> 1;
    for (let i = 0; i < length; i++) words.push(heap.getElement(list, FixedArray.Elements, i));
    const array = factory.newJSArray(ElementsKind.Packed, words.length, 0);
    heap.set(array, JSObject.Elements, factory.newFixedArrayFrom(words, Space.Young));
    return array;
  };
  const cooked = toArray(heap.get(description, TemplateObjectDescription.Cooked));
  const raw = toArray(heap.get(description, TemplateObjectDescription.Raw));
  freezeArray(rt, raw);
  defineOnOrdinary(rt, cooked, rt.names.raw, dataDescriptor(raw, PropertyAttributes.DontEnum));
  freezeArray(rt, cooked);
  return cooked;
};

const freezeArray = (rt: Runtime, array: Tagged): void => {
  preventOrdinaryExtensions(rt, array, PropertyAttributes.Frozen, true);
  makeArrayLengthReadOnly(rt, array);
};

/** CloneObjectIC's slow path: `{...source}`. May run JavaScript (getters, proxies); see copyDataProperties for the rest. */
export const literalKindOf = (rt: Runtime, array: Tagged): ElementsKind => mapElementsKind(rt.heap, mapOf(rt, array));
