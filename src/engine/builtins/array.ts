// Array and Array.prototype: host functions work on elements directly while they are plain, else by the specification.

import { addressOf, type Tagged } from '../heap/index.ts';
import {
  arrayLength,
  ElementsKind,
  FixedArray,
  FixedDoubleArray,
  getElement,
  InstanceType,
  isViewOutOfBounds,
  JSArray,
  JSArrayIterator,
  JSObject,
  lookupOwn,
  MapObject,
  mapElementsKind,
  ownElementIndices,
  PropertyAttributes,
  Root,
  StaticRoot,
  setArrayLength,
  setElement,
} from '../objects/index.ts';
import {
  type Arguments,
  addOrReplace,
  type BuiltinFunction,
  createDataPropertyOrThrow,
  createIterResult,
  declareBuiltin,
  deleteOrdinary,
  deleteProperty,
  getDerivedMap,
  getIndex,
  getProperty,
  hasInstanceType,
  hasProperty,
  instanceTypeOf,
  invoke,
  isArray,
  isCallable,
  isConstructor,
  isJSReceiver,
  isProtectorIntact,
  isUndefinedOrNull,
  LookupIterator,
  LookupState,
  lengthOfArrayLike,
  makeConstructor,
  mapOf,
  maxStringLength,
  NativeContextSlot,
  newInstanceMap,
  newPrototypeObject,
  primitiveToNumber,
  type Runtime,
  type RuntimeFunctionImpl,
  sameValueZero,
  setProperty,
  strictEquals,
  throwRangeError,
  throwTypeError,
  toBoolean,
  toHost,
  toIntegerOrInfinity,
  toNumberValue,
  toObject,
  toOddball,
  toRelativeIndex,
  typedArrayLength,
} from '../runtime/index.ts';
import * as js from './array-js.ts';
import { held } from './object.ts';
import { builtinTable, installAlias, installTable, installToStringTag, speciesGetter } from './table.ts';

const { Undefined, TheHole, True, False } = StaticRoot;
const maxLength = 4294967295;
/** Longer arrays begin with dictionary elements (V8: JSArray::kInitialMaxFastElementArray). */
const maxFastLength = 32 * 1024 * 1024;

/** A JSArray with ordinary fast elements whose holes read as undefined: safe to work on directly. */
const isPlainArray = (rt: Runtime, object: Tagged): boolean => {
  if (!hasInstanceType(rt, object, InstanceType.JSArray)) return false;
  const map = mapOf(rt, object);
  return (
    mapElementsKind(rt.heap, map) <= ElementsKind.HoleyDouble &&
    rt.heap.get(map, MapObject.Prototype) === rt.intrinsic(NativeContextSlot.ArrayPrototype) &&
    isProtectorIntact(rt, Root.NoElementsProtector)
  );
};

/** Plain, extensible and with a writable length: may grow and shrink directly. */
const isResizableArray = (rt: Runtime, object: Tagged): boolean =>
  isPlainArray(rt, object) &&
  mapOf(rt, object) ===
    rt.heap.getElement(
      rt.intrinsic(NativeContextSlot.ArrayMaps),
      FixedArray.Elements,
      mapElementsKind(rt.heap, mapOf(rt, object)),
    );

const element = (rt: Runtime, array: Tagged, index: number): Tagged => {
  const word = getElement(rt.heap, rt.factory, array, index);
  return word === TheHole ? Undefined : word;
};

const self = (rt: Runtime, args: Arguments, name: string): Tagged => {
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

const ArrayConstructor: BuiltinFunction = (rt, args) => {
  const newTarget = args.newTarget === Undefined ? args.target : args.newTarget;
  const derived = newTarget !== args.target;
  const n = args.length;
  let array: Tagged;
  if (n === 1 && ((args.at(0) & 1) === 0 || mapOf(rt, args.at(0)) === StaticRoot.HeapNumberMap)) {
    const length = primitiveToNumber(rt, args.at(0));
    if (length !== length >>> 0) throwRangeError(rt, 'InvalidArrayLength');
    array = arrayCreate(rt, length);
  } else {
    array = rt.factory.newJSArrayFrom(args.slice(0));
  }
  if (!derived) return array;
  return held(rt, [array], (plain) => {
    const map = getDerivedMap(rt, args.target, newTarget);
    const object = rt.factory.newJSObject(map);
    rt.heap.set(object, JSArray.Length, 0);
    const source = plain();
    const length = arrayLength(rt.heap, source);
    setArrayLength(rt.heap, rt.factory, object, length);
    for (let i = 0; i < length; i++) {
      const word = getElement(rt.heap, rt.factory, source, i);
      if (word !== TheHole) setElement(rt.heap, rt.factory, object, i, word);
    }
    return object;
  });
};

/** %Array% of another realm: its instances make arrays of this one. */
const isOtherArrayFunction = (rt: Runtime, constructor: Tagged): boolean => {
  const { realms } = rt;
  return (
    constructor !== rt.intrinsic(NativeContextSlot.ArrayFunction) &&
    realms.isInAny(constructor, NativeContextSlot.ArrayFunction)
  );
};

/** ArraySpeciesCreate. May run JavaScript. */
export const arraySpeciesCreate = (rt: Runtime, original: Tagged, length: number): Tagged => {
  if (isPlainArray(rt, original) && isProtectorIntact(rt, Root.ArraySpeciesProtector) && isResizableArray(rt, original))
    return arrayCreate(rt, length);
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

const ArrayPrototypePush: BuiltinFunction = (rt, args) => {
  const { heap, factory } = rt;
  const object = args.receiver;
  const n = args.length;
  if (isResizableArray(rt, object)) {
    let length = arrayLength(heap, object);
    for (let i = 0; i < n; i++) setElement(heap, factory, object, length++, args.at(i));
    return factory.newNumber(length);
  }
  self(rt, args, 'push');
  let length = lengthOfArrayLike(rt, args.receiver);
  if (length + n > Number.MAX_SAFE_INTEGER) throwTypeError(rt, 'PushPastSafeLength', String(n), String(length));
  for (let i = 0; i < n; i++) setProperty(rt, args.receiver, factory.newNumber(length++), args.at(i), true);
  setProperty(rt, args.receiver, rt.names.length, factory.newNumber(length), true);
  return factory.newNumber(length);
};

const ArrayPrototypePop: BuiltinFunction = (rt, args) => {
  const { heap, factory } = rt;
  const object = args.receiver;
  if (isResizableArray(rt, object)) {
    const length = arrayLength(heap, object);
    if (length === 0) return Undefined;
    const last = element(rt, object, length - 1);
    setArrayLength(heap, factory, object, length - 1);
    return last;
  }
  self(rt, args, 'pop');
  const length = lengthOfArrayLike(rt, args.receiver);
  if (length === 0) {
    setProperty(rt, args.receiver, rt.names.length, 0, true);
    return Undefined;
  }
  const key = factory.newNumber(length - 1);
  return held(rt, [getProperty(rt, args.receiver, key)], (result) => {
    deleteProperty(rt, args.receiver, factory.newNumber(length - 1), true);
    setProperty(rt, args.receiver, rt.names.length, factory.newNumber(length - 1), true);
    return result();
  });
};

const ArrayPrototypeShift: BuiltinFunction = (rt, args) => {
  const { heap, factory } = rt;
  const object = args.receiver;
  if (isResizableArray(rt, object)) {
    const length = arrayLength(heap, object);
    if (length === 0) return Undefined;
    const first = element(rt, object, 0);
    moveElements(rt, object, 0, 1, length - 1);
    setArrayLength(heap, factory, object, length - 1);
    return first;
  }
  self(rt, args, 'shift');
  const length = lengthOfArrayLike(rt, args.receiver);
  if (length === 0) {
    setProperty(rt, args.receiver, rt.names.length, 0, true);
    return Undefined;
  }
  return held(rt, [getIndex(rt, args.receiver, 0)], (first) => {
    for (let k = 1; k < length; k++) moveOne(rt, args, k, k - 1);
    deleteProperty(rt, args.receiver, factory.newNumber(length - 1), true);
    setProperty(rt, args.receiver, rt.names.length, factory.newNumber(length - 1), true);
    return first();
  });
};

/** Set(O, to, Get(O, from)) or Delete(O, to). */
const moveOne = (rt: Runtime, args: Arguments, from: number, to: number): void => {
  const { factory } = rt;
  if (hasProperty(rt, args.receiver, factory.newNumber(from))) {
    const value = getIndex(rt, args.receiver, from);
    setProperty(rt, args.receiver, factory.newNumber(to), value, true);
  } else {
    deleteProperty(rt, args.receiver, factory.newNumber(to), true);
  }
};

/** Moves `count` elements of a plain array's store inside it. */
const moveElements = (rt: Runtime, array: Tagged, to: number, from: number, count: number): void => {
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

const rawSet = (rt: Runtime, array: Tagged, index: number, word: Tagged): void => {
  if (word !== TheHole) {
    setElement(rt.heap, rt.factory, array, index, word);
    return;
  }
  setElement(rt.heap, rt.factory, array, index, 0);
  deleteOrdinary(rt, array, index << 1);
};

const ArrayPrototypeUnshift: BuiltinFunction = (rt, args) => {
  const { heap, factory } = rt;
  const n = args.length;
  if (isResizableArray(rt, args.receiver)) {
    const object = args.receiver;
    const length = arrayLength(heap, object);
    if (n > 0 && length > 0) {
      // grow by writing the new last elements, then shift the store
      for (let i = 0; i < n; i++) setElement(heap, factory, object, length + i, element(rt, object, length - 1));
      moveElements(rt, object, n, 0, length);
    }
    for (let i = 0; i < n; i++) setElement(heap, factory, object, i, args.at(i));
    return factory.newNumber(length + n);
  }
  self(rt, args, 'unshift');
  const length = lengthOfArrayLike(rt, args.receiver);
  if (n > 0) {
    if (length + n > Number.MAX_SAFE_INTEGER) throwTypeError(rt, 'InvalidArrayLength');
    for (let k = length; k > 0; k--) moveOne(rt, args, k - 1, k + n - 1);
    for (let i = 0; i < n; i++) setProperty(rt, args.receiver, factory.newNumber(i), args.at(i), true);
  }
  setProperty(rt, args.receiver, rt.names.length, factory.newNumber(length + n), true);
  return factory.newNumber(length + n);
};

/** A fresh array of elements [from, to) of a plain array. */
const slicePlain = (rt: Runtime, array: Tagged, from: number, to: number): Tagged => {
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

const ArrayPrototypeSlice: BuiltinFunction = (rt, args) => {
  self(rt, args, 'slice');
  const length = lengthOfArrayLike(rt, args.receiver);
  const from = toRelativeIndex(rt, args.at(0), length, 0);
  const to = toRelativeIndex(rt, args.at(1), length, length);
  if (
    isResizableArray(rt, args.receiver) &&
    arrayLength(rt.heap, args.receiver) === length &&
    isProtectorIntact(rt, Root.ArraySpeciesProtector)
  )
    return slicePlain(rt, args.receiver, from, Math.max(to, from));
  return held(rt, [arraySpeciesCreate(rt, args.receiver, Math.max(to - from, 0))], (result) => {
    const { factory } = rt;
    let n = 0;
    for (let k = from; k < to; k++, n++) {
      if (hasProperty(rt, args.receiver, factory.newNumber(k))) {
        const value = getIndex(rt, args.receiver, k);
        createDataPropertyOrThrow(rt, result(), factory.newNumber(n), value);
      }
    }
    setProperty(rt, result(), rt.names.length, factory.newNumber(n), true);
    return result();
  });
};

const ArrayPrototypeSplice: BuiltinFunction = (rt, args) => {
  const { heap, factory } = rt;
  self(rt, args, 'splice');
  const length = lengthOfArrayLike(rt, args.receiver);
  const start = toRelativeIndex(rt, args.at(0), length, 0);
  const insert = Math.max(args.length - 2, 0);
  const remove =
    args.length === 0
      ? 0
      : args.length === 1
        ? length - start
        : Math.min(Math.max(toIntegerOrInfinity(rt, args.at(1)), 0), length - start);
  if (length + insert - remove > Number.MAX_SAFE_INTEGER) throwTypeError(rt, 'InvalidArrayLength');
  if (
    isResizableArray(rt, args.receiver) &&
    arrayLength(heap, args.receiver) === length &&
    isProtectorIntact(rt, Root.ArraySpeciesProtector)
  ) {
    const array = args.receiver;
    const removed = slicePlain(rt, array, start, start + remove);
    const delta = insert - remove;
    if (delta < 0) {
      moveElements(rt, array, start + insert, start + remove, length - start - remove);
      setArrayLength(heap, factory, array, length + delta);
    } else if (delta > 0) {
      for (let i = 0; i < delta; i++)
        setElement(heap, factory, array, length + i, length > 0 ? element(rt, array, length - 1) : 0);
      moveElements(rt, array, start + insert, start + remove, length - start - remove);
    }
    for (let i = 0; i < insert; i++) setElement(heap, factory, array, start + i, args.at(2 + i));
    return removed;
  }
  return held(rt, [arraySpeciesCreate(rt, args.receiver, remove)], (result) => {
    for (let k = 0; k < remove; k++) {
      if (hasProperty(rt, args.receiver, factory.newNumber(start + k))) {
        const value = getIndex(rt, args.receiver, start + k);
        createDataPropertyOrThrow(rt, result(), factory.newNumber(k), value);
      }
    }
    setProperty(rt, result(), rt.names.length, factory.newNumber(remove), true);
    if (insert < remove) {
      for (let k = start; k < length - remove; k++) moveOne(rt, args, k + remove, k + insert);
      for (let k = length; k > length - remove + insert; k--)
        deleteProperty(rt, args.receiver, factory.newNumber(k - 1), true);
    } else if (insert > remove) {
      for (let k = length - remove; k > start; k--) moveOne(rt, args, k + remove - 1, k + insert - 1);
    }
    for (let i = 0; i < insert; i++) setProperty(rt, args.receiver, factory.newNumber(start + i), args.at(2 + i), true);
    setProperty(rt, args.receiver, rt.names.length, factory.newNumber(length - remove + insert), true);
    return result();
  });
};

/** From so many on, an array-like's elements are looked for instead of asking for each index. */
const manyIndices = 10_000;

/** Indices below `length` that an object or its prototypes have, ascending; undefined where a proxy or typed array could tell others. */
const presentIndices = (rt: Runtime, object: Tagged, length: number): number[] | undefined => {
  const indices = new Set<number>();
  for (let o = object; o !== StaticRoot.Null; o = rt.heap.get(mapOf(rt, o), MapObject.Prototype)) {
    if (hasInstanceType(rt, o, InstanceType.JSProxy) || hasInstanceType(rt, o, InstanceType.JSTypedArray))
      return undefined;
    for (const index of ownElementIndices(rt.heap, o)) if (index < length) indices.add(index);
  }
  return [...indices].sort((a, b) => a - b);
};

const ArrayPrototypeConcat: BuiltinFunction = (rt, args) => {
  self(rt, args, 'concat');
  return held(rt, [arraySpeciesCreate(rt, args.receiver, 0)], (result) => {
    const { heap, factory } = rt;
    let n = 0;
    for (let i = -1; i < args.length; i++) {
      const item = (): Tagged => (i < 0 ? args.receiver : args.at(i));
      let spreadable = false;
      if (isJSReceiver(rt, item())) {
        const flag =
          isProtectorIntact(rt, Root.IsConcatSpreadableProtector) && !hasInstanceType(rt, item(), InstanceType.JSProxy)
            ? Undefined
            : getProperty(rt, item(), rt.symbols.is_concat_spreadable_symbol);
        spreadable = flag === Undefined ? isArray(rt, item()) : toBoolean(rt, flag);
      }
      if (!spreadable) {
        if (n >= Number.MAX_SAFE_INTEGER) throwTypeError(rt, 'InvalidArrayLength');
        createDataPropertyOrThrow(rt, result(), factory.newNumber(n++), item());
        continue;
      }
      const length = lengthOfArrayLike(rt, item());
      if (n + length > Number.MAX_SAFE_INTEGER) throwTypeError(rt, 'InvalidArrayLength');
      if (isPlainArray(rt, item())) {
        for (let k = 0; k < length; k++) {
          const word = getElement(heap, factory, item(), k);
          if (word !== TheHole) createDataPropertyOrThrow(rt, result(), factory.newNumber(n + k), word);
        }
      } else {
        const add = (k: number): void => {
          if (!hasProperty(rt, item(), factory.newNumber(k))) return;
          const value = getIndex(rt, item(), k);
          createDataPropertyOrThrow(rt, result(), factory.newNumber(n + k), value);
        };
        const present = length > manyIndices ? presentIndices(rt, item(), length) : undefined;
        if (present === undefined) for (let k = 0; k < length; k++) add(k);
        else present.forEach(add);
      }
      n += length;
    }
    setProperty(rt, result(), rt.names.length, factory.newNumber(n), true);
    return result();
  });
};

/** Indices of an array with dictionary elements that no getter and no prototype can add to; undefined for any other. */
const sparseIndices = (rt: Runtime, object: Tagged): number[] | undefined => {
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

/** The text of a join, made of the elements that have one; separators are made when the next element comes. */
export class Joiner {
  private readonly rt: Runtime;
  private readonly separator: string;
  private text = '';
  private last = 0;

  constructor(rt: Runtime, separator: string) {
    this.rt = rt;
    this.separator = separator;
  }

  /** The text of element `index`: ascending. */
  add(index: number, text: string): void {
    this.separate(index);
    if (this.text.length + text.length > maxStringLength) throwRangeError(this.rt, 'InvalidStringLength');
    this.text += text;
  }

  end(length: number): string {
    this.separate(Math.max(length - 1, 0));
    return this.text;
  }

  private separate(index: number): void {
    const count = index - this.last;
    this.last = index;
    if (count === 0 || this.separator === '') return;
    if (this.text.length + count * this.separator.length > maxStringLength)
      throwRangeError(this.rt, 'InvalidStringLength');
    this.text += count === 1 ? this.separator : this.separator.repeat(count);
  }
}

/** Separator of toString and toLocaleString. */
export const comma = (): string => ',';

/**
 * @param separatorOf runs after the length was read
 * @param locale the locales and options that each element's toLocaleString gets
 */
export const arrayJoin = (
  rt: Runtime,
  receiver: Tagged,
  separatorOf: () => string,
  locale?: () => readonly Tagged[],
  lengthOf: (rt: Runtime, object: Tagged) => number = lengthOfArrayLike,
): string => {
  const heap = rt.heap;
  const scope = heap.openHandles();
  const handle = heap.handle(receiver);
  let entered = false;
  try {
    const length = lengthOf(rt, receiver);
    if (length > maxLength) throwTypeError(rt, 'InvalidArrayLength');
    const separator = separatorOf();
    if (length === 0 || rt.joining.some((other) => heap.deref(other) === heap.deref(handle))) return '';
    rt.joining.push(handle);
    entered = true;
    const joined = new Joiner(rt, separator);
    const sparse = sparseIndices(rt, heap.deref(handle));
    const count = sparse?.length ?? length;
    for (let i = 0; i < count; i++) {
      const index = sparse?.[i] ?? i;
      const value = getIndex(rt, heap.deref(handle), index);
      if (isUndefinedOrNull(value)) continue;
      const text = locale
        ? toHost(
            rt,
            held(rt, [value], (v) => invoke(rt, v(), rt.factory.internalize('toLocaleString'), ...locale())),
          )
        : toHost(rt, value);
      joined.add(index, text);
    }
    return joined.end(length);
  } finally {
    if (entered) rt.joining.pop();
    heap.closeHandles(scope);
  }
};

const ArrayPrototypeToString: BuiltinFunction = (rt, args) => {
  self(rt, args, 'toString');
  const join = getProperty(rt, args.receiver, rt.names.join);
  if (isCallable(rt, join)) return rt.call(join, args.receiver);
  return rt.call(rt.intrinsic(NativeContextSlot.ObjectPrototypeToString), args.receiver);
};

type Searcher = (rt: Runtime, a: Tagged, b: Tagged) => boolean;

const search =
  (name: string, equal: Searcher, forward: boolean, includes: boolean): BuiltinFunction =>
  (rt, args) => {
    const { heap, factory } = rt;
    self(rt, args, name);
    const length = lengthOfArrayLike(rt, args.receiver);
    const none = includes ? False : -1 << 1;
    if (length === 0) return none;
    let from: number;
    if (forward) from = toRelativeIndex(rt, args.at(1), length, 0);
    else {
      const relative = args.length > 1 ? toIntegerOrInfinity(rt, args.at(1)) : length - 1;
      from = relative < 0 ? length + relative : Math.min(relative, length - 1);
    }
    const sparse = length > 0 ? sparseIndices(rt, args.receiver) : undefined;
    if (sparse !== undefined) {
      const isBetween = (k: number): boolean => (forward ? k >= from && k < length : k <= from);
      const indices = sparse.filter(isBetween);
      if (includes && args.at(0) === Undefined && indices.length < length - from) return True;
      if (!forward) indices.reverse();
      const found = indices.find((k) => equal(rt, getElement(heap, factory, args.receiver, k), args.at(0)));
      return found === undefined ? none : includes ? True : factory.newNumber(found);
    }
    const plain = isPlainArray(rt, args.receiver) && arrayLength(heap, args.receiver) >= length;
    for (let k = from; forward ? k < length : k >= 0; forward ? k++ : k--) {
      let value: Tagged;
      if (plain) {
        value = getElement(heap, factory, args.receiver, k);
        if (value === TheHole) {
          if (!includes) continue;
          value = Undefined;
        }
      } else {
        if (!includes && !hasProperty(rt, args.receiver, factory.newNumber(k))) continue;
        value = getIndex(rt, args.receiver, k);
      }
      if (equal(rt, value, args.at(0))) return includes ? True : factory.newNumber(k);
    }
    return none;
  };

const ArrayPrototypeReverse: BuiltinFunction = (rt, args) => {
  const { heap, factory } = rt;
  self(rt, args, 'reverse');
  const length = lengthOfArrayLike(rt, args.receiver);
  const plain = isResizableArray(rt, args.receiver);
  for (let low = 0; low < Math.floor(length / 2); low++) {
    const high = length - 1 - low;
    if (plain) {
      const a = getElement(heap, factory, args.receiver, low);
      const b = getElement(heap, factory, args.receiver, high);
      rawSet(rt, args.receiver, low, b);
      rawSet(rt, args.receiver, high, a);
      continue;
    }
    const scope = heap.openHandles();
    const hasLow = hasProperty(rt, args.receiver, factory.newNumber(low));
    const a = heap.handle(hasLow ? getIndex(rt, args.receiver, low) : Undefined);
    const hasHigh = hasProperty(rt, args.receiver, factory.newNumber(high));
    const b = heap.handle(hasHigh ? getIndex(rt, args.receiver, high) : Undefined);
    if (hasHigh) setProperty(rt, args.receiver, factory.newNumber(low), heap.deref(b), true);
    else if (hasLow) deleteProperty(rt, args.receiver, factory.newNumber(low), true);
    if (hasLow) setProperty(rt, args.receiver, factory.newNumber(high), heap.deref(a), true);
    else if (hasHigh) deleteProperty(rt, args.receiver, factory.newNumber(high), true);
    heap.closeHandles(scope);
  }
  return args.receiver;
};

const ArrayPrototypeFill: BuiltinFunction = (rt, args) => {
  self(rt, args, 'fill');
  const length = lengthOfArrayLike(rt, args.receiver);
  const from = toRelativeIndex(rt, args.at(1), length, 0);
  const to = toRelativeIndex(rt, args.at(2), length, length);
  if (isResizableArray(rt, args.receiver) && arrayLength(rt.heap, args.receiver) === length) {
    for (let k = from; k < to; k++) setElement(rt.heap, rt.factory, args.receiver, k, args.at(0));
    return args.receiver;
  }
  for (let k = from; k < to; k++) setProperty(rt, args.receiver, rt.factory.newNumber(k), args.at(0), true);
  return args.receiver;
};

const ArrayPrototypeCopyWithin: BuiltinFunction = (rt, args) => {
  self(rt, args, 'copyWithin');
  const length = lengthOfArrayLike(rt, args.receiver);
  let to = toRelativeIndex(rt, args.at(0), length, 0);
  let from = toRelativeIndex(rt, args.at(1), length, 0);
  const final = toRelativeIndex(rt, args.at(2), length, length);
  let count = Math.min(final - from, length - to);
  let step = 1;
  if (from < to && to < from + count) {
    step = -1;
    from += count - 1;
    to += count - 1;
  }
  for (; count > 0; count--, from += step, to += step) moveOne(rt, args, from, to);
  return args.receiver;
};

/** FlattenIntoArray without a mapper. */
const flatten = (
  rt: Runtime,
  target: () => Tagged,
  source: () => Tagged,
  length: number,
  start: number,
  depth: number,
): number => {
  const { heap, factory } = rt;
  for (let k = 0; k < length; k++) {
    if (!hasProperty(rt, source(), factory.newNumber(k))) continue;
    const scope = heap.openHandles();
    const handle = heap.handle(getIndex(rt, source(), k));
    const value = (): Tagged => heap.deref(handle);
    if (depth > 0 && isArray(rt, value()))
      start = flatten(rt, target, value, lengthOfArrayLike(rt, value()), start, depth - 1);
    else createDataPropertyOrThrow(rt, target(), factory.newNumber(start++), value());
    heap.closeHandles(scope);
  }
  return start;
};

const ArrayPrototypeFlat: BuiltinFunction = (rt, args) => {
  self(rt, args, 'flat');
  const length = lengthOfArrayLike(rt, args.receiver);
  const depth = args.at(0) === Undefined ? 1 : toIntegerOrInfinity(rt, args.at(0));
  return held(rt, [arraySpeciesCreate(rt, args.receiver, 0)], (result) => {
    flatten(rt, result, () => args.receiver, length, 0, depth);
    return result();
  });
};

const ArrayPrototypeAt: BuiltinFunction = (rt, args) => {
  self(rt, args, 'at');
  const length = lengthOfArrayLike(rt, args.receiver);
  const relative = toIntegerOrInfinity(rt, args.at(0));
  const k = relative >= 0 ? relative : length + relative;
  return k < 0 || k >= length ? Undefined : getIndex(rt, args.receiver, k);
};

/** A packed copy, holes read as undefined. */
const copyOf = (rt: Runtime, args: Arguments, length: number, at: (k: number) => number, replaced = -1): Tagged => {
  if (length > maxLength) throwRangeError(rt, 'InvalidArrayLength');
  return held(rt, [rt.factory.newJSArray(ElementsKind.PackedSmi, 0, Math.min(length, maxFastLength))], (result) => {
    for (let k = 0; k < length; k++) {
      const value = k === replaced ? args.at(1) : getIndex(rt, args.receiver, at(k));
      setElement(rt.heap, rt.factory, result(), k, value);
    }
    return result();
  });
};

const ArrayPrototypeToReversed: BuiltinFunction = (rt, args) => {
  self(rt, args, 'toReversed');
  const length = lengthOfArrayLike(rt, args.receiver);
  return copyOf(rt, args, length, (k) => length - 1 - k);
};

const ArrayPrototypeWith: BuiltinFunction = (rt, args) => {
  self(rt, args, 'with');
  const length = lengthOfArrayLike(rt, args.receiver);
  const relative = toIntegerOrInfinity(rt, args.at(0));
  const index = relative >= 0 ? relative : length + relative;
  if (index < 0 || index >= length) throwRangeError(rt, 'Plain', 'Invalid index : ' + rt.toText(args.at(0)));
  return copyOf(rt, args, length, (k) => k, index);
};

const ArrayPrototypeToSpliced: BuiltinFunction = (rt, args) => {
  const { heap, factory } = rt;
  self(rt, args, 'toSpliced');
  const length = lengthOfArrayLike(rt, args.receiver);
  const start = toRelativeIndex(rt, args.at(0), length, 0);
  const insert = Math.max(args.length - 2, 0);
  const skip =
    args.length === 0
      ? 0
      : args.length === 1
        ? length - start
        : Math.min(Math.max(toIntegerOrInfinity(rt, args.at(1)), 0), length - start);
  if (length + insert - skip > Number.MAX_SAFE_INTEGER) throwTypeError(rt, 'InvalidArrayLength');
  if (length + insert - skip > maxLength) throwRangeError(rt, 'InvalidArrayLength');
  return held(rt, [factory.newJSArray(ElementsKind.PackedSmi, 0, 0)], (result) => {
    let n = 0;
    const copy = (from: number, to: number): void => {
      for (let k = from; k < to; k++) {
        const value = getIndex(rt, args.receiver, k);
        setElement(heap, factory, result(), n++, value);
      }
    };
    copy(0, start);
    for (let i = 0; i < insert; i++) setElement(heap, factory, result(), n++, args.at(2 + i));
    copy(start + skip, length);
    return result();
  });
};

const newArrayIterator =
  (kind: number, name: string): BuiltinFunction =>
  (rt, args) => {
    self(rt, args, name);
    const iterator = rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.ArrayIteratorMap));
    rt.heap.set(iterator, JSArrayIterator.IteratedObject, args.receiver);
    rt.heap.init(iterator, JSArrayIterator.NextIndex, 0);
    rt.heap.init(iterator, JSArrayIterator.Kind, kind << 1);
    return iterator;
  };

export const arrayIterators = {
  keys: newArrayIterator(0, 'keys'),
  values: newArrayIterator(1, 'values'),
  entries: newArrayIterator(2, 'entries'),
} as const;

const iteratedTypedLength = (rt: Runtime, array: Tagged): number => {
  if (isViewOutOfBounds(rt.heap, array)) throwTypeError(rt, 'DetachedOperation', 'Array Iterator.prototype.next');
  return typedArrayLength(rt, array);
};

export const ArrayIteratorPrototypeNext: BuiltinFunction = (rt, args) => {
  const heap = rt.heap;
  const iterator = args.receiver;
  if (!hasInstanceType(rt, iterator, InstanceType.JSArrayIterator))
    throwTypeError(rt, 'IncompatibleMethodReceiver', 'Array Iterator.prototype.next', iterator);
  const object = heap.get(iterator, JSArrayIterator.IteratedObject);
  if (object === Undefined) return createIterResult(rt, Undefined, true);
  const indexWord = heap.get(iterator, JSArrayIterator.NextIndex);
  const index = (indexWord & 1) === 0 ? indexWord >> 1 : primitiveToNumber(rt, indexWord);
  const type = instanceTypeOf(rt, object);
  const length =
    type === InstanceType.JSArray
      ? arrayLength(heap, object)
      : type === InstanceType.JSTypedArray
        ? iteratedTypedLength(rt, object)
        : lengthOfArrayLike(rt, object);
  const it = args.receiver;
  if (index >= length) {
    heap.init(it, JSArrayIterator.IteratedObject, Undefined);
    return createIterResult(rt, Undefined, true);
  }
  heap.set(it, JSArrayIterator.NextIndex, rt.factory.newNumber(index + 1));
  const kind = heap.get(it, JSArrayIterator.Kind) >> 1;
  if (kind === 0) return createIterResult(rt, rt.factory.newNumber(index), false);
  const iterated = heap.get(it, JSArrayIterator.IteratedObject);
  let value = TheHole as Tagged;
  if (type === InstanceType.JSArray && mapElementsKind(heap, mapOf(rt, iterated)) <= ElementsKind.HoleyDouble)
    value = getElement(heap, rt.factory, iterated, index);
  if (value === TheHole) value = getIndex(rt, iterated, index);
  if (kind === 1) return createIterResult(rt, value, false);
  return createIterResult(
    rt,
    rt.factory.newJSArrayFrom([rt.factory.newNumber(index), value], ElementsKind.Packed),
    false,
  );
};

/** The locales and options of a toLocaleString, as far as they are given. */
export const localeArguments = (args: Arguments): (() => readonly Tagged[]) => {
  const count = args.at(1) !== Undefined ? 2 : args.at(0) !== Undefined ? 1 : 0;
  return () => args.slice(0).slice(0, count);
};

const statics = builtinTable('Array', [
  ['isArray', (rt, args) => toOddball(isArray(rt, args.at(0))), 1],
  ['from', js.from, 1],
  ['fromAsync', js.fromAsync, 1],
  [
    'of',
    (rt, args) => {
      const n = args.length;
      if (!isConstructor(rt, args.receiver) || args.receiver === rt.intrinsic(NativeContextSlot.ArrayFunction))
        return rt.factory.newJSArrayFrom(args.slice(0));
      return held(rt, [rt.construct(args.receiver, [n << 1])], (result) => {
        for (let i = 0; i < n; i++) createDataPropertyOrThrow(rt, result(), i << 1, args.at(i));
        setProperty(rt, result(), rt.names.length, n << 1, true);
        return result();
      });
    },
    0,
  ],
  speciesGetter,
]);

const prototypeTable = builtinTable('Array.prototype', [
  ['at', ArrayPrototypeAt, 1],
  ['concat', ArrayPrototypeConcat, 1],
  ['copyWithin', ArrayPrototypeCopyWithin, 2],
  ['fill', ArrayPrototypeFill, 1],
  ['find', js.find, 1],
  ['findIndex', js.findIndex, 1],
  ['findLast', js.findLast, 1],
  ['findLastIndex', js.findLastIndex, 1],
  ['lastIndexOf', search('lastIndexOf', strictEquals, false, false), 1],
  ['pop', ArrayPrototypePop, 0],
  ['push', ArrayPrototypePush, 1],
  ['reverse', ArrayPrototypeReverse, 0],
  ['shift', ArrayPrototypeShift, 0],
  ['unshift', ArrayPrototypeUnshift, 1],
  ['slice', ArrayPrototypeSlice, 2],
  ['sort', js.sort, 1],
  ['splice', ArrayPrototypeSplice, 2],
  ['includes', search('includes', sameValueZero, true, true), 1],
  ['indexOf', search('indexOf', strictEquals, true, false), 1],
  [
    'join',
    (rt, args) => {
      self(rt, args, 'join');
      return rt.factory.newString(
        arrayJoin(rt, args.receiver, () => (args.at(0) === Undefined ? ',' : toHost(rt, args.at(0)))),
      );
    },
    1,
  ],
  ['keys', arrayIterators.keys, 0],
  ['entries', arrayIterators.entries, 0],
  ['values', arrayIterators.values, 0],
  ['forEach', js.forEach, 1],
  ['filter', js.filter, 1],
  ['flat', ArrayPrototypeFlat, 0],
  ['flatMap', js.flatMap, 1],
  ['map', js.map, 1],
  ['every', js.every, 1],
  ['some', js.some, 1],
  ['reduce', js.reduce, 1],
  ['reduceRight', js.reduceRight, 1],
  ['toReversed', ArrayPrototypeToReversed, 0],
  ['toSorted', js.toSorted, 1],
  ['toSpliced', ArrayPrototypeToSpliced, 2],
  ['with', ArrayPrototypeWith, 2],
  [
    'toLocaleString',
    (rt, args) => {
      self(rt, args, 'toLocaleString');
      return rt.factory.newString(arrayJoin(rt, args.receiver, comma, localeArguments(args)));
    },
    0,
  ],
  ['toString', ArrayPrototypeToString, 0],
]);

/** Natives of the JavaScript in array-js.ts. */
export const arrayNatives: Readonly<Record<string, RuntimeFunctionImpl>> = {
  ArraySpeciesCreate: (rt, args) => arraySpeciesCreate(rt, args.at(0), primitiveToNumber(rt, args.at(1))),
  IsPlainArray: (rt, args) => toOddball(isPlainArray(rt, args.at(0))),
  ArrayCreate: (rt, args) => arrayCreate(rt, toNumberValue(rt, args.at(0))),
  /** IteratorMethodOf(items, isAsync): undefined where there is none. */
  IteratorMethodOf: (rt, args) => {
    const isAsync = args.at(1) === True;
    const { async_iterator_symbol, iterator_symbol } = rt.symbols;
    const method = getProperty(rt, args.at(0), isAsync ? async_iterator_symbol : iterator_symbol);
    if (isUndefinedOrNull(method)) return Undefined;
    if (!isCallable(rt, method))
      throwTypeError(
        rt,
        isAsync ? 'FirstArgumentAsyncIteratorSymbolNonCallable' : 'FirstArgumentIteratorSymbolNonCallable',
        'Array.fromAsync',
      );
    return method;
  },
  /** GetMethod(object, @@iterator); the second argument is the function whose first argument the object is. */
  GetIteratorMethod: (rt, args) => {
    const method = getProperty(rt, args.at(0), rt.symbols.iterator_symbol);
    if (isUndefinedOrNull(method)) return Undefined;
    if (isCallable(rt, method)) return method;
    if (args.length > 1) throwTypeError(rt, 'FirstArgumentIteratorSymbolNonCallable', toHost(rt, args.at(1)));
    throwTypeError(rt, 'PropertyNotFunction', method, 'Symbol(Symbol.iterator)', args.at(0));
  },
  /** Defined elements as a plain array; undefined ones are counted by the lengths' difference. Third argument: holes read as undefined. */
  SortCollect: (rt, args) => {
    const { heap, factory } = rt;
    const length = toNumberValue(rt, args.at(1));
    return held(rt, [factory.newJSArray(ElementsKind.PackedSmi, 0, 0)], (work) => {
      let n = 0;
      let holes = 0;
      const plain = isPlainArray(rt, args.at(0));
      for (let k = 0; k < length; k++) {
        let value: Tagged;
        if (plain) value = k < arrayLength(heap, args.at(0)) ? getElement(heap, factory, args.at(0), k) : TheHole;
        else if (args.at(2) === True) value = getIndex(rt, args.at(0), k);
        else value = hasProperty(rt, args.at(0), factory.newNumber(k)) ? getIndex(rt, args.at(0), k) : TheHole;
        if (value === TheHole) {
          if (args.at(2) === False) holes++;
        } else if (value !== Undefined) {
          setElement(heap, factory, work(), n++, value);
        }
      }
      rt.sortHoles = holes;
      return work();
    });
  },
  /** Holes seen by the SortCollect just before. */
  SortHoles: (rt) => rt.sortHoles << 1,
  /** Writes sorted values, then undefined, then deletes what were holes. */
  SortWrite: (rt, args) => {
    const { heap, factory } = rt;
    const length = toNumberValue(rt, args.at(2));
    const n = arrayLength(heap, args.at(1));
    const plain = isResizableArray(rt, args.at(0)) && arrayLength(heap, args.at(0)) === length;
    const holes = args.at(3) >> 1;
    for (let k = 0; k < length - holes; k++) {
      const value = k < n ? getElement(heap, factory, args.at(1), k) : Undefined;
      if (plain) setElement(heap, factory, args.at(0), k, value);
      else setProperty(rt, args.at(0), factory.newNumber(k), value, true);
    }
    for (let k = length - holes; k < length; k++) deleteProperty(rt, args.at(0), factory.newNumber(k), true);
    return args.at(0);
  },
  /** Sorts by string order, as sort() without a comparator; undefined if one can see how: objects become strings at every comparison. */
  SortTexts: (rt, args) => {
    const { heap, factory } = rt;
    const n = arrayLength(heap, args.at(0));
    // one element is compared with none
    if (n < 2) return args.at(0);
    for (let k = 0; k < n; k++) if (isJSReceiver(rt, getElement(heap, factory, args.at(0), k))) return Undefined;
    const scope = heap.openHandles();
    try {
      const texts: string[] = [];
      for (let k = 0; k < n; k++) texts.push(toHost(rt, getElement(heap, factory, args.at(0), k)));
      const order = texts
        .map((_, k) => k)
        .sort((a, b) => (texts[a]! < texts[b]! ? -1 : texts[a]! > texts[b]! ? 1 : a - b));
      return factory.newJSArrayFrom(order.map((k) => getElement(heap, factory, args.at(0), k)));
    } finally {
      heap.closeHandles(scope);
    }
  },
};
const ArrayFunction = declareBuiltin('Array', ArrayConstructor);

/** Names that `with (array)` does not see. */
const unscopableNames =
  'at copyWithin entries fill find findIndex findLast findLastIndex flat flatMap includes keys toReversed toSorted toSpliced values'.split(
    ' ',
  );

export const bootstrapArray = (rt: Runtime): void => {
  const prototype = rt.intrinsic(NativeContextSlot.ArrayPrototype);
  const maps = rt.intrinsic(NativeContextSlot.ArrayMaps);
  const fn = makeConstructor(rt, {
    name: 'Array',
    implementation: ArrayFunction,
    length: 1,
    functionSlot: NativeContextSlot.ArrayFunction,
    prototype,
    map: rt.heap.get(maps, FixedArray.Elements),
  });
  installTable(rt, fn, statics);
  installTable(rt, prototype, prototypeTable);
  const own = (name: Tagged): Tagged => lookupOwn(rt.heap, rt.factory, prototype, name).value;
  const values = own(rt.factory.internalize('values'));
  installAlias(rt, prototype, rt.symbols.iterator_symbol, values);
  rt.setIntrinsic(NativeContextSlot.ArrayPrototypeValues, values);
  const unscopables = rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.NullPrototypeMap));
  for (const name of unscopableNames) addOrReplace(rt, unscopables, rt.factory.internalize(name), StaticRoot.True, 0);
  const { DontEnum, ReadOnly } = PropertyAttributes;
  addOrReplace(rt, prototype, rt.symbols.unscopables_symbol, unscopables, DontEnum | ReadOnly);
  rt.setIntrinsic(NativeContextSlot.ArrayPrototypePush, own(rt.factory.internalize('push')));
  rt.setIntrinsic(NativeContextSlot.ArrayPrototypeToString, own(rt.names.toString));
};

/** %ArrayIteratorPrototype%; needs %IteratorPrototype%. */
const iteratorPrototype = builtinTable('%ArrayIteratorPrototype%', [['next', ArrayIteratorPrototypeNext, 0]]);

export const bootstrapArrayIterator = (rt: Runtime): void => {
  const prototype = newPrototypeObject(rt, rt.intrinsic(NativeContextSlot.IteratorPrototype));
  installTable(rt, prototype, iteratorPrototype);
  installToStringTag(rt, prototype, 'Array Iterator');
  rt.setIntrinsic(NativeContextSlot.ArrayIteratorPrototype, prototype);
  rt.setIntrinsic(NativeContextSlot.ArrayIteratorNext, lookupOwn(rt.heap, rt.factory, prototype, rt.names.next).value);
  rt.setIntrinsic(
    NativeContextSlot.ArrayIteratorMap,
    newInstanceMap(rt, InstanceType.JSArrayIterator, JSArrayIterator.Size, prototype),
  );
};

export { isPlainArray, isResizableArray };
