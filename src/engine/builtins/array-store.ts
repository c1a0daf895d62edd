// Arrays as the host works on them: whether one is plain, so that its elements are its store; making one; moving elements inside one.

import { addressOf, type Tagged } from '../heap/index.ts';
import {
  arrayLength,
  ElementsKind,
  FixedArray,
  FixedDoubleArray,
  getElement,
  HeapObject,
  InstanceType,
  isDoubleElementsKind,
  JSObject,
  MapObject,
  mapElementsKind,
  numberValue,
  ownElementIndices,
  Root,
  root,
  StaticRoot,
  setArrayLength,
  setElement,
} from '../objects/index.ts';
import {
  type Arguments,
  deleteOrdinary,
  getProperty,
  hasInstanceType,
  isArray,
  isConstructor,
  isJSReceiver,
  isProtectorIntact,
  LookupIterator,
  LookupState,
  mapOf,
  NativeContextSlot,
  type Runtime,
  throwRangeError,
  throwTypeError,
  toIntegerOrInfinity,
  toObject,
} from '../runtime/index.ts';

const { Undefined, TheHole } = StaticRoot;

export const maxLength = 4294967295;

/** Longer arrays begin with dictionary elements (V8: JSArray::kInitialMaxFastElementArray). */
export const maxFastLength = 32 * 1024 * 1024;

/** What splice and toSpliced take out, of arguments start, deleteCount, …: none without any, all from `start` on without the second. */
export const skippedCount = (rt: Runtime, args: Arguments, length: number, start: number): number => {
  if (args.length === 0) return 0;
  if (args.length === 1) return length - start;
  return Math.min(Math.max(toIntegerOrInfinity(rt, args.at(1)), 0), length - start);
};

/** A JSArray with ordinary fast elements whose holes read as undefined: safe to work on directly. */
export const isPlainArray = (rt: Runtime, object: Tagged): boolean => {
  if (!hasInstanceType(rt, object, InstanceType.JSArray)) return false;
  const map = mapOf(rt, object);
  return (
    mapElementsKind(rt.heap, map) <= ElementsKind.HoleyDouble &&
    rt.heap.get(map, MapObject.Prototype) === rt.intrinsic(NativeContextSlot.ArrayPrototype) &&
    isProtectorIntact(rt, Root.NoElementsProtector)
  );
};

/** Plain, extensible and with a writable length: may grow and shrink directly. */
export const isResizableArray = (rt: Runtime, object: Tagged): boolean =>
  isPlainArray(rt, object) &&
  mapOf(rt, object) ===
    rt.heap.getElement(
      rt.intrinsic(NativeContextSlot.ArrayMaps),
      FixedArray.Elements,
      mapElementsKind(rt.heap, mapOf(rt, object)),
    );

export const element = (rt: Runtime, array: Tagged, index: number): Tagged => {
  const word = getElement(rt.heap, rt.factory, array, index);
  return word === TheHole ? Undefined : word;
};

export const self = (rt: Runtime, args: Arguments, name: string): Tagged => {
  const object = toObject(rt, args.receiver, name === 'concat' || name === 'indexOf' ? `Array.prototype.${name}` : '');
  args.receiver = object;
  return object;
};

/** ArrayCreate. */
export const arrayCreate = (rt: Runtime, length: number): Tagged => {
  if (length > maxLength) throwRangeError(rt, 'InvalidArrayLength');
  const array = rt.factory.newJSArray(
    length === 0 ? ElementsKind.PackedSmi : ElementsKind.HoleySmi,
    0,
    length <= maxFastLength ? length : 0,
  );
  if (length > 0) setArrayLength(rt.heap, rt.factory, array, length);
  return array;
};

/** An array of any values with holes, to be filled; then `settleElementsKind` says what it holds. */
export const arrayToFill = (rt: Runtime, length: number): Tagged => {
  if (length === 0 || length > maxFastLength) return arrayCreate(rt, length);
  return rt.factory.newJSArray(ElementsKind.Holey, length, length);
};

/** The least general kind that holds these words. @param tagged numbers that are no Smis stay tagged */
const leastKind = (rt: Runtime, array: Tagged, length: number, tagged: boolean): ElementsKind => {
  const { heap } = rt;
  const elements = heap.get(array, JSObject.Elements);
  let kind = ElementsKind.PackedSmi as ElementsKind;
  let holes = 0;
  for (let i = 0; i < length; i++) {
    rt.poll();
    const word = heap.getElement(elements, FixedArray.Elements, i);
    if ((word & 1) === 0) continue;
    if (word === TheHole) holes = 1;
    else if (tagged || mapOf(rt, word) !== StaticRoot.HeapNumberMap) kind = ElementsKind.Packed;
    else if (kind === ElementsKind.PackedSmi) kind = ElementsKind.PackedDouble;
  }
  return (kind | holes) as ElementsKind;
};

/**
 * Gives an array that a builtin has filled the least general elements kind that holds what is in it, as V8's builtins do. Only plain
 * arrays whose elements are tagged; what allocates collects nothing.
 */
export const settleElementsKind = (rt: Runtime, array: Tagged, tagged = false): void => {
  const { heap, factory } = rt;
  if (!hasInstanceType(rt, array, InstanceType.JSArray)) return;
  const from = mapElementsKind(heap, mapOf(rt, array));
  const isTagged = from === ElementsKind.HoleySmi || from === ElementsKind.Packed || from === ElementsKind.Holey;
  if (!isTagged || mapOf(rt, array) !== root(heap, Root.FirstArrayMap + from)) return;
  const length = arrayLength(heap, array);
  if (heap.get(heap.get(array, JSObject.Elements), FixedArray.Length) >> 1 < length) return;
  const kind = leastKind(rt, array, length, tagged);
  if (kind === from) return;
  if (isDoubleElementsKind(kind)) {
    const old = heap.get(array, JSObject.Elements);
    const doubles = factory.newFixedDoubleArray(length);
    for (let i = 0; i < length; i++) {
      rt.poll();
      const word = heap.getElement(old, FixedArray.Elements, i);
      if (word !== TheHole) heap.setF64Element(doubles, FixedDoubleArray.Elements, i, numberValue(heap, word));
    }
    heap.set(array, JSObject.Elements, doubles);
  }
  heap.set(array, HeapObject.Map, root(heap, Root.FirstArrayMap + kind));
};

/** An array of one value has the kind of that value, whatever it had; its site learns what it could have become. */
export const fillWhole = (rt: Runtime, array: Tagged, length: number, value: Tagged): void => {
  const { heap, factory } = rt;
  if (length === 0) return;
  rt.poll();
  setElement(heap, factory, array, 0, value);
  const isSmi = (value & 1) === 0;
  const isDouble = !isSmi && mapOf(rt, value) === StaticRoot.HeapNumberMap;
  const kind = isSmi ? ElementsKind.PackedSmi : isDouble ? ElementsKind.PackedDouble : ElementsKind.Packed;
  const elements = isDouble ? factory.newFixedDoubleArray(length) : factory.newFixedArray(length, value);
  if (isDouble)
    for (let i = 0; i < length; i++)
      heap.setF64Element(elements, FixedDoubleArray.Elements, i, numberValue(heap, value));
  heap.set(array, JSObject.Elements, elements);
  heap.set(array, HeapObject.Map, root(heap, Root.FirstArrayMap + kind));
};

/** V8 puts single values together with arrays in an array of any values with holes, unless all are numbers of which some are doubles. */
export const generalizeTagged = (rt: Runtime, array: Tagged): void => {
  if (!hasInstanceType(rt, array, InstanceType.JSArray)) return;
  const kind = mapElementsKind(rt.heap, mapOf(rt, array));
  if (kind <= ElementsKind.Packed && mapOf(rt, array) === root(rt.heap, Root.FirstArrayMap + kind))
    rt.heap.set(array, HeapObject.Map, root(rt.heap, Root.FirstArrayMap + ElementsKind.Holey));
};

/** %Array% of another realm: its instances make arrays of this one. */
const isOtherArrayFunction = (rt: Runtime, constructor: Tagged): boolean => {
  const { realms } = rt;
  return (
    constructor !== rt.intrinsic(NativeContextSlot.ArrayFunction) &&
    realms.isInAny(constructor, NativeContextSlot.ArrayFunction)
  );
};

/** ArraySpeciesCreate. May run JavaScript. @param toFill the array is filled, and settled, by the caller */
export const arraySpeciesCreate = (rt: Runtime, original: Tagged, length: number, toFill = false): Tagged => {
  if (makesPlainArray(rt, original)) return toFill ? arrayToFill(rt, length) : arrayCreate(rt, length);
  if (!isArray(rt, original)) return arrayCreate(rt, length);
  let constructor = getProperty(rt, original, rt.names.constructor);
  if (rt.hasRealms && isOtherArrayFunction(rt, constructor)) constructor = Undefined;
  if (isJSReceiver(rt, constructor)) {
    constructor = getProperty(rt, constructor, rt.symbols.species_symbol);
    if (constructor === StaticRoot.Null) constructor = Undefined;
  }
  if (constructor === Undefined || constructor === rt.intrinsic(NativeContextSlot.ArrayFunction))
    return arrayCreate(rt, length);
  if (!isConstructor(rt, constructor)) throwTypeError(rt, 'SpeciesNotConstructor');
  return rt.construct(constructor, [rt.factory.newNumber(length)]);
};

/** The same, empty, of the kind that `new Array(0)` has. */
export const arraySpeciesCreateHoley = (rt: Runtime, original: Tagged): Tagged =>
  makesPlainArray(rt, original)
    ? rt.factory.newJSArray(ElementsKind.HoleySmi, 0, 0)
    : arraySpeciesCreate(rt, original, 0);

/** The same, empty, of the kind that the original has: what it gets comes from there. */
export const arraySpeciesCreateAlike = (rt: Runtime, original: Tagged): Tagged =>
  makesPlainArray(rt, original)
    ? rt.factory.newJSArray(mapElementsKind(rt.heap, mapOf(rt, original)), 0, 0)
    : arraySpeciesCreate(rt, original, 0);

const makesPlainArray = (rt: Runtime, original: Tagged): boolean =>
  isPlainArray(rt, original) && isProtectorIntact(rt, Root.ArraySpeciesProtector) && isResizableArray(rt, original);

/** An element as V8's builtins give it: a number out of doubles is a HeapNumber, whatever its value. */
export const boxedElement = (rt: Runtime, array: Tagged, element: Tagged): Tagged =>
  (element & 1) === 0 && isDoubleElementsKind(mapElementsKind(rt.heap, mapOf(rt, array)))
    ? rt.factory.newHeapNumber(element >> 1)
    : element;

/** Moves `count` elements of a plain array's store inside it. */
export const moveElements = (rt: Runtime, array: Tagged, to: number, from: number, count: number): void => {
  const heap = rt.heap;
  if (count <= 0) return;
  const elements = heap.get(array, JSObject.Elements);
  if (mapOf(rt, elements) === StaticRoot.FixedDoubleArrayMap) {
    const base = elements - 1 + FixedArray.Elements;
    heap.u8.copyWithin(base + 8 * to, base + 8 * from, base + 8 * (from + count));
    return;
  }
  if (mapOf(rt, elements) === StaticRoot.CowFixedArrayMap || !heap.isYoung(elements)) {
    // through the barrier and copy-on-write
    if (to < from)
      for (let i = 0; i < count; i++) rawSet(rt, array, to + i, getElement(heap, rt.factory, array, from + i));
    else for (let i = count - 1; i >= 0; i--) rawSet(rt, array, to + i, getElement(heap, rt.factory, array, from + i));
    return;
  }
  const base = (elements - 1 + FixedArray.Elements) >> 2;
  heap.i32.copyWithin(base + to, base + from, base + from + count);
};

export const rawSet = (rt: Runtime, array: Tagged, index: number, word: Tagged): void => {
  if (word !== TheHole) {
    setElement(rt.heap, rt.factory, array, index, word);
    return;
  }
  setElement(rt.heap, rt.factory, array, index, 0);
  deleteOrdinary(rt, array, index << 1);
};

/** A fresh array of elements [from, to) of a plain array. */
export const slicePlain = (rt: Runtime, array: Tagged, from: number, to: number): Tagged => {
  const { heap, factory } = rt;
  const count = Math.max(to - from, 0);
  const kind = mapElementsKind(heap, mapOf(rt, array));
  const result = factory.newJSArray(kind, count, count);
  if (count === 0) return result;
  const source = heap.get(array, JSObject.Elements);
  const target = heap.get(result, JSObject.Elements);
  if (kind === ElementsKind.PackedDouble || kind === ElementsKind.HoleyDouble) {
    heap.u8.copyWithin(
      addressOf(target, FixedDoubleArray.Elements),
      addressOf(source, FixedDoubleArray.Elements) + 8 * from,
      addressOf(source, FixedDoubleArray.Elements) + 8 * to,
    );
  } else {
    for (let i = 0; i < count; i++)
      heap.setElement(target, FixedArray.Elements, i, heap.getElement(source, FixedArray.Elements, from + i));
  }
  return result;
};

/** From so many on, an array-like's elements are looked for instead of asking for each index. */
export const manyIndices = 10_000;

/** Indices below `length` that an object or its prototypes have, ascending; undefined where a proxy or typed array could tell others. */
export const presentIndices = (rt: Runtime, object: Tagged, length: number): number[] | undefined => {
  const indices = new Set<number>();
  for (let o = object; o !== StaticRoot.Null; o = rt.heap.get(mapOf(rt, o), MapObject.Prototype)) {
    if (hasInstanceType(rt, o, InstanceType.JSProxy) || hasInstanceType(rt, o, InstanceType.JSTypedArray))
      return undefined;
    for (const index of ownElementIndices(rt.heap, o)) if (index < length) indices.add(index);
  }
  return [...indices].sort((a, b) => a - b);
};

/** Indices of an array with dictionary elements that no getter and no prototype can add to; undefined for any other. */
export const sparseIndices = (rt: Runtime, object: Tagged): number[] | undefined => {
  if (!hasInstanceType(rt, object, InstanceType.JSArray)) return undefined;
  const map = mapOf(rt, object);
  if (
    mapElementsKind(rt.heap, map) !== ElementsKind.Dictionary ||
    rt.heap.get(map, MapObject.Prototype) !== rt.intrinsic(NativeContextSlot.ArrayPrototype) ||
    !isProtectorIntact(rt, Root.NoElementsProtector)
  )
    return undefined;
  const indices = ownElementIndices(rt.heap, object);
  return indices.every((index) => getLookupIsData(rt, object, index)) ? indices : undefined;
};

const getLookupIsData = (rt: Runtime, object: Tagged, index: number): boolean =>
  new LookupIterator(rt).startIndex(object, index).state === LookupState.Data;
