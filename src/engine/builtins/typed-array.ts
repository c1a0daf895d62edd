// Typed arrays: %TypedArray%, its prototype and the twelve constructors. Methods that call back are in typed-array-js.ts.

import type { Tagged } from '../heap/index.ts';
import {
  bigintValue,
  bufferLength,
  ElementsKind,
  FixedArray,
  HeapObject,
  InstanceType,
  isLengthTracking,
  isResizableBuffer,
  isViewOutOfBounds,
  JSFunction,
  JSTypedArray,
  lookupOwn,
  MapObject,
  Root,
  rabGsabMap,
  StaticRoot,
  toHostString,
  typedElementSize,
} from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  bufferData,
  declareBuiltin,
  getIndex,
  getProperty,
  hasInstanceType,
  isBigInt,
  isBigIntKind,
  isCallable,
  isJSReceiver,
  isProtectorIntact,
  isUndefinedOrNull,
  iterableToHandles,
  lengthOfArrayLike,
  makeConstructor,
  mapOf,
  NativeContextSlot,
  ordinaryCreateFromConstructor,
  primitiveToNumber,
  type Runtime,
  type RuntimeFunctionRows,
  sameValueZero,
  speciesConstructor,
  strictEquals,
  throwRangeError,
  throwTypeError,
  toBigIntValue,
  toHost,
  toIntegerOrInfinity,
  toNumberValue,
  toObject,
  toOddball,
  toRelativeIndex,
  typedArrayAddress,
  typedArrayElement,
  typedArrayKind,
  typedArrayLength,
  typedArraySetElement,
  Writes,
  writeElement,
  writingFirst,
  writingNothing,
} from '../runtime/index.ts';
import { isAnyArrayBuffer, newArrayBuffer } from './array-buffer.ts';
import { arrayIterators } from './array-iterators.ts';
import { arrayJoin, comma, Joiner, localeArguments } from './array-join.ts';
import { held } from './object.ts';
import { builtinTable, installAlias, installConstants, installTable, speciesGetter } from './table.ts';
import * as js from './typed-array-js.ts';

const { Undefined } = StaticRoot;

const kinds = [
  ['Int8Array', ElementsKind.Int8, NativeContextSlot.Int8ArrayFunction],
  ['Uint8Array', ElementsKind.Uint8, NativeContextSlot.Uint8ArrayFunction],
  ['Uint8ClampedArray', ElementsKind.Uint8Clamped, NativeContextSlot.Uint8ClampedArrayFunction],
  ['Int16Array', ElementsKind.Int16, NativeContextSlot.Int16ArrayFunction],
  ['Uint16Array', ElementsKind.Uint16, NativeContextSlot.Uint16ArrayFunction],
  ['Int32Array', ElementsKind.Int32, NativeContextSlot.Int32ArrayFunction],
  ['Uint32Array', ElementsKind.Uint32, NativeContextSlot.Uint32ArrayFunction],
  ['Float16Array', ElementsKind.Float16, NativeContextSlot.Float16ArrayFunction],
  ['Float32Array', ElementsKind.Float32, NativeContextSlot.Float32ArrayFunction],
  ['Float64Array', ElementsKind.Float64, NativeContextSlot.Float64ArrayFunction],
  ['BigInt64Array', ElementsKind.BigInt64, NativeContextSlot.BigInt64ArrayFunction],
  ['BigUint64Array', ElementsKind.BigUint64, NativeContextSlot.BigUint64ArrayFunction],
] as const;

const constructorSlot = (kind: ElementsKind): NativeContextSlot => kinds.find((row) => row[1] === kind)![2];
const nameOfKind = (kind: ElementsKind): string => kinds.find((row) => row[1] === kind)![0];

export const isTypedArray = (rt: Runtime, value: Tagged): boolean =>
  hasInstanceType(rt, value, InstanceType.JSTypedArray);

/** ValidateTypedArray: the receiver, attached. */
const self = (rt: Runtime, args: Arguments, method: string): Tagged => {
  validate(rt, args.receiver, method);
  return args.receiver;
};
/** Methods that V8 names when their receiver is no typed array. */
const namedInComplaints: ReadonlySet<string> = new Set([
  'at',
  'join',
  'slice',
  'sort',
  'toLocaleString',
  'toReversed',
  'toSorted',
]);

const validate = (rt: Runtime, array: Tagged, method: string): void => {
  if (!isTypedArray(rt, array)) {
    if (namedInComplaints.has(method))
      throwTypeError(rt, 'IncompatibleMethodReceiver', `%TypedArray%.prototype.${method}`, array);
    throwTypeError(rt, 'NotTypedArray');
  }
  checkBounds(rt, array, `%TypedArray%.prototype.${method}`);
};

const checkBounds = (rt: Runtime, array: Tagged, operation: string): void => {
  if (isViewOutOfBounds(rt.heap, array)) throwTypeError(rt, 'DetachedOperation', operation);
};

// --- creation ---------------------------------------------------------------------------------------------------------------

/** @param length −1: up to the end of the buffer, wherever that will be */
const setFields = (rt: Runtime, array: Tagged, buffer: Tagged, offset: number, length: number): Tagged => {
  const { heap } = rt;
  if (isResizableBuffer(heap, buffer))
    heap.set(array, HeapObject.Map, rabGsabMap(rt.factory, heap.get(array, HeapObject.Map)));
  heap.set(array, JSTypedArray.Buffer, buffer);
  heap.init(array, JSTypedArray.ByteOffset, offset << 1);
  heap.init(array, JSTypedArray.Length, length << 1);
  return array;
};

const allocate = (rt: Runtime, array: Tagged, kind: ElementsKind, length: number): Tagged => {
  if (length * typedElementSize(kind) > Number.MAX_SAFE_INTEGER)
    throwRangeError(rt, 'InvalidTypedArrayLength', String(length));
  return setFields(rt, array, newArrayBuffer(rt, length * typedElementSize(kind)), 0, length);
};

/** A typed array of the realm's own class. */
const newTypedArray = (rt: Runtime, kind: ElementsKind, length: number): Tagged => {
  const map = rt.heap.getElement(
    rt.intrinsic(NativeContextSlot.TypedArrayMaps),
    FixedArray.Elements,
    kind - ElementsKind.Uint8,
  );
  return allocate(rt, rt.factory.newJSObject(map), kind, length);
};

const convert = (rt: Runtime, kind: ElementsKind, value: Tagged): number | bigint =>
  isBigIntKind(kind) ? toBigIntValue(rt, value) : toNumberValue(rt, value);

/** What an element is to the host. Runs no JavaScript. */
const hostElement = (rt: Runtime, array: Tagged, index: number): number | bigint => {
  const word = typedArrayElement(rt, array, index);
  return isBigInt(rt, word) ? bigintValue(rt.heap, word) : primitiveToNumber(rt, word);
};

/** Copies elements between typed arrays of the same content type; ranges are checked by the caller. Runs no JavaScript. */
const copyElements = (rt: Runtime, target: Tagged, at: number, source: Tagged, from: number, count: number): void => {
  const { heap } = rt;
  const toKind = typedArrayKind(rt, target);
  const fromKind = typedArrayKind(rt, source);
  if (isBigIntKind(toKind) !== isBigIntKind(fromKind)) throwTypeError(rt, 'BigIntMixedTypes');
  if (count === 0) return;
  const start = typedArrayAddress(rt, source, from);
  if (toKind === fromKind) {
    heap.u8.copyWithin(typedArrayAddress(rt, target, at), start, start + count * typedElementSize(toKind));
    return;
  }
  const values: (number | bigint)[] = [];
  for (let i = 0; i < count; i++) {
    rt.poll();
    values.push(hostElement(rt, source, from + i));
  }
  for (let i = 0; i < count; i++) {
    rt.poll();
    writeElement(rt, toKind, typedArrayAddress(rt, target, at + i), values[i]!);
  }
};

const constructorOf =
  (name: string, kind: ElementsKind): BuiltinFunction =>
  (rt, args) => {
    const { heap } = rt;
    if (args.newTarget === Undefined) throwTypeError(rt, 'ConstructorNotFunction', name);
    const size = typedElementSize(kind);
    const source = args.at(0);
    if (!isJSReceiver(rt, source)) {
      args.receiver = ordinaryCreateFromConstructor(rt, args.target, args.newTarget);
      const length = toIntegerOrInfinity(rt, args.at(0));
      if (length < 0 || length * size > Number.MAX_SAFE_INTEGER)
        throwRangeError(rt, 'InvalidTypedArrayLength', args.at(0));
      return allocate(rt, args.receiver, kind, length);
    }
    if (isAnyArrayBuffer(rt, args.at(0))) {
      args.receiver = ordinaryCreateFromConstructor(rt, args.target, args.newTarget);
      const offset = toIntegerOrInfinity(rt, args.at(1));
      if (offset < 0 || offset > Number.MAX_SAFE_INTEGER) throwRangeError(rt, 'InvalidOffset', args.at(1));
      if (offset % size !== 0) throwRangeError(rt, 'InvalidTypedArrayAlignment', 'start offset', name, String(size));
      const length = args.at(2) === Undefined ? -1 : toIntegerOrInfinity(rt, args.at(2));
      if (args.at(2) !== Undefined && (length < 0 || length > Number.MAX_SAFE_INTEGER))
        throwRangeError(rt, 'InvalidTypedArrayLength', args.at(2));
      if (bufferData(rt, args.at(0)) < 0) throwTypeError(rt, 'DetachedOperation', 'Construct');
      const bytes = bufferLength(heap, args.at(0));
      if (length >= 0) {
        if (offset + length * size > bytes) throwRangeError(rt, 'InvalidTypedArrayLength', args.at(2));
        return setFields(rt, args.receiver, args.at(0), offset, length);
      }
      const tracks = isResizableBuffer(heap, args.at(0));
      if (!tracks && bytes % size !== 0)
        throwRangeError(rt, 'InvalidTypedArrayAlignment', 'byte length', name, String(size));
      if (offset > bytes) throwRangeError(rt, 'InvalidOffset', args.at(1));
      return setFields(rt, args.receiver, args.at(0), offset, tracks ? -1 : (bytes - offset) / size);
    }
    const create = (length: number): void => {
      args.receiver = ordinaryCreateFromConstructor(rt, args.target, args.newTarget);
      allocate(rt, args.receiver, kind, length);
    };
    if (isTypedArray(rt, args.at(0))) {
      const length = typedArrayLength(rt, args.at(0));
      create(length);
      // The prototype's getter may have changed the source, which V8 asks for its length before.
      checkBounds(rt, args.at(0), 'Construct');
      copyElements(rt, args.receiver, 0, args.at(0), 0, Math.min(length, typedArrayLength(rt, args.at(0))));
      return args.receiver;
    }
    const scope = heap.openHandles();
    try {
      const method = getProperty(rt, args.at(0), rt.symbols.iterator_symbol);
      if (!isUndefinedOrNull(method)) {
        if (!isCallable(rt, method))
          throwTypeError(rt, 'FirstArgumentIteratorSymbolNonCallable', "TypedArray's constructor");
        const handles = iterableToHandles(rt, args.at(0), 'native', method);
        create(handles.length);
        for (let i = 0; i < handles.length; i++) {
          rt.poll();
          typedArraySetElement(rt, args.receiver, i, heap.deref(handles[i]!));
        }
      } else {
        const length = lengthOfArrayLike(rt, args.at(0));
        create(length);
        for (let i = 0; i < length; i++) {
          rt.poll();
          const value = getIndex(rt, args.at(0), i);
          typedArraySetElement(rt, args.receiver, i, value);
        }
      }
      return args.receiver;
    } finally {
      heap.closeHandles(scope);
    }
  };

const checkCreated = (rt: Runtime, result: Tagged, method: string): void => {
  if (!isTypedArray(rt, result)) throwTypeError(rt, 'IncompatibleMethodReceiver', method, result);
  checkBounds(rt, result, method);
};

/** TypedArrayCreateFromCtor with a length. May run JavaScript. */
const createFrom = (rt: Runtime, constructor: Tagged, length: number, method: string): Tagged => {
  const result = rt.construct(constructor, [rt.factory.newNumber(length)]);
  checkCreated(rt, result, method);
  if (typedArrayLength(rt, result) < length)
    throwTypeError(rt, 'Plain', 'Derived TypedArray constructor created an array which was too small');
  return result;
};

/** TypedArraySpeciesCreate with a length. May run JavaScript. */
const speciesCreate = (rt: Runtime, exemplar: Tagged, length: number, method: string): Tagged => {
  const kind = typedArrayKind(rt, exemplar);
  const map = rt.heap.getElement(
    rt.intrinsic(NativeContextSlot.TypedArrayMaps),
    FixedArray.Elements,
    kind - ElementsKind.Uint8,
  );
  if (mapOf(rt, exemplar) === map && isProtectorIntact(rt, Root.TypedArraySpeciesProtector))
    return newTypedArray(rt, kind, length);
  const constructor = speciesConstructor(rt, exemplar, rt.intrinsic(constructorSlot(kind)));
  const result = createFrom(rt, constructor, length, `%TypedArray%.prototype.${method}`);
  if (isBigIntKind(typedArrayKind(rt, result)) !== isBigIntKind(kind)) throwTypeError(rt, 'BigIntMixedTypes');
  return result;
};

// --- methods -----------------------------------------------------------------------------------------------------------------

const at: BuiltinFunction = (rt, args) => {
  const length = typedArrayLength(rt, self(rt, args, 'at'));
  const relative = toIntegerOrInfinity(rt, args.at(0));
  const index = relative < 0 ? length + relative : relative;
  return index >= 0 && index < typedArrayLength(rt, args.receiver)
    ? typedArrayElement(rt, args.receiver, index)
    : Undefined;
};

const copyWithin: BuiltinFunction = (rt, args) => {
  const length = typedArrayLength(rt, self(rt, args, 'copyWithin'));
  const to = toRelativeIndex(rt, args.at(0), length, 0);
  const from = toRelativeIndex(rt, args.at(1), length, 0);
  const final = toRelativeIndex(rt, args.at(2), length, length);
  const count = Math.min(final - from, length - to);
  if (count > 0) {
    validate(rt, args.receiver, 'copyWithin');
    const now = typedArrayLength(rt, args.receiver);
    const left = Math.min(count, now - from, now - to);
    if (left > 0) copyElements(rt, args.receiver, to, args.receiver, from, left);
  }
  return args.receiver;
};

const fill: BuiltinFunction = (rt, args) => {
  const length = typedArrayLength(rt, self(rt, args, 'fill'));
  const kind = typedArrayKind(rt, args.receiver);
  const value = convert(rt, kind, args.at(0));
  const start = toRelativeIndex(rt, args.at(1), length, 0);
  const end = toRelativeIndex(rt, args.at(2), length, length);
  validate(rt, args.receiver, 'fill');
  const now = typedArrayLength(rt, args.receiver);
  for (let i = start; i < end && i < now; i++) {
    rt.poll();
    writeElement(rt, kind, typedArrayAddress(rt, args.receiver, i), value);
  }
  return args.receiver;
};

/** indexOf, lastIndexOf and includes. */
const search =
  (
    name: string,
    same: (rt: Runtime, a: Tagged, b: Tagged) => boolean,
    forward: boolean,
    found: (rt: Runtime, index: number) => Tagged,
    /** Indices that are gone when the search begins are undefined, not absent. */
    readsGone = false,
  ): BuiltinFunction =>
  (rt, args) => {
    const length = typedArrayLength(rt, self(rt, args, name));
    if (length === 0) return found(rt, -1);
    if (forward) {
      const start = toRelativeIndex(rt, args.at(1), length, 0);
      const now = typedArrayLength(rt, args.receiver);
      for (let i = start; i < (readsGone ? length : Math.min(now, length)); i++) {
        rt.poll();
        if (same(rt, i < now ? typedArrayElement(rt, args.receiver, i) : Undefined, args.at(0))) return found(rt, i);
      }
      return found(rt, -1);
    }
    const n = args.length > 1 ? toIntegerOrInfinity(rt, args.at(1)) : length - 1;
    for (let i = n >= 0 ? Math.min(n, length - 1) : length + n; i >= 0; i--) {
      rt.poll();
      if (i < typedArrayLength(rt, args.receiver) && same(rt, typedArrayElement(rt, args.receiver, i), args.at(0)))
        return found(rt, i);
    }
    return found(rt, -1);
  };
const indexFound = (rt: Runtime, index: number): Tagged => rt.factory.newNumber(index);
const anyFound = (_rt: Runtime, index: number): Tagged => toOddball(index >= 0);

const join: BuiltinFunction = (rt, args) => {
  const length = typedArrayLength(rt, self(rt, args, 'join'));
  const separator = args.at(0) === Undefined ? ',' : toHost(rt, args.at(0));
  const joined = new Joiner(rt, separator);
  const now = typedArrayLength(rt, args.receiver);
  for (let i = 0; i < now && i < length; i++) {
    rt.poll();
    joined.add(i, toHost(rt, typedArrayElement(rt, args.receiver, i)));
  }
  return rt.factory.newString(joined.end(length));
};

const newIterator =
  (name: keyof typeof arrayIterators): BuiltinFunction =>
  (rt, args) => {
    self(rt, args, name);
    return arrayIterators[name](rt, args);
  };

const toLocaleString: BuiltinFunction = (rt, args) => {
  self(rt, args, 'toLocaleString');
  return rt.factory.newString(arrayJoin(rt, args.receiver, comma, localeArguments(args), typedArrayLength));
};

const reverseInto = (rt: Runtime, from: Tagged, to: Tagged): Tagged => {
  const kind = typedArrayKind(rt, from);
  const length = typedArrayLength(rt, from);
  const values: (number | bigint)[] = [];
  for (let i = 0; i < length; i++) {
    rt.poll();
    values.push(hostElement(rt, from, i));
  }
  for (let i = 0; i < length; i++) {
    rt.poll();
    writeElement(rt, kind, typedArrayAddress(rt, to, length - 1 - i), values[i]!);
  }
  return to;
};

const set: BuiltinFunction = (rt, args) => {
  if (!isTypedArray(rt, args.receiver)) throwTypeError(rt, 'NotTypedArray');
  const offset = toIntegerOrInfinity(rt, args.at(1));
  if (offset < 0) throwRangeError(rt, 'TypedArraySetOffsetOutOfBounds');
  validate(rt, args.receiver, 'set');
  const length = typedArrayLength(rt, args.receiver);
  if (isTypedArray(rt, args.at(0))) {
    validate(rt, args.at(0), 'set');
    const count = typedArrayLength(rt, args.at(0));
    if (offset + count > length) throwRangeError(rt, 'TypedArraySetOffsetOutOfBounds');
    copyElements(rt, args.receiver, offset, args.at(0), 0, count);
    return Undefined;
  }
  return held(rt, [toObject(rt, args.at(0))], (source) => {
    const count = lengthOfArrayLike(rt, source());
    if (offset + count > length) throwRangeError(rt, 'TypedArraySetOffsetOutOfBounds');
    for (let i = 0; i < count; i++) {
      rt.poll();
      const value = getIndex(rt, source(), i);
      typedArraySetElement(rt, args.receiver, offset + i, value);
    }
    return Undefined;
  });
};

const slice: BuiltinFunction = (rt, args) => {
  const length = typedArrayLength(rt, self(rt, args, 'slice'));
  const start = toRelativeIndex(rt, args.at(0), length, 0);
  const end = toRelativeIndex(rt, args.at(1), length, length);
  const count = Math.max(end - start, 0);
  const result = speciesCreate(rt, args.receiver, count, 'slice');
  if (count > 0) {
    validate(rt, args.receiver, 'slice');
    copyElements(
      rt,
      result,
      0,
      args.receiver,
      start,
      Math.max(0, Math.min(count, typedArrayLength(rt, args.receiver) - start)),
    );
  }
  return result;
};

const subarray: BuiltinFunction = (rt, args) => {
  const { heap } = rt;
  if (!isTypedArray(rt, args.receiver))
    throwTypeError(rt, 'IncompatibleMethodReceiver', '%TypedArray%.prototype.subarray', args.receiver);
  const kind = typedArrayKind(rt, args.receiver);
  const length = typedArrayLength(rt, args.receiver);
  const begin = toRelativeIndex(rt, args.at(0), length, 0);
  const end = toRelativeIndex(rt, args.at(1), length, length);
  const count = Math.max(end - begin, 0);
  const offset = (heap.get(args.receiver, JSTypedArray.ByteOffset) >> 1) + begin * typedElementSize(kind);
  const own = rt.intrinsic(constructorSlot(kind));
  const constructor = speciesConstructor(rt, args.receiver, own);
  const words = [heap.get(args.receiver, JSTypedArray.Buffer), rt.factory.newNumber(offset)];
  if (args.at(1) !== Undefined || !isLengthTracking(heap, args.receiver)) words.push(count << 1);
  const result = rt.construct(constructor, words);
  checkCreated(rt, result, '%TypedArray%.prototype.subarray');
  return result;
};

/** Numeric order of sort() without a comparator: −0 before 0, NaN last. */
const sortNumbers = (rt: Runtime, array: Tagged): void => {
  const kind = typedArrayKind(rt, array);
  const length = typedArrayLength(rt, array);
  if (isBigIntKind(kind)) {
    const values: bigint[] = [];
    for (let i = 0; i < length; i++) {
      rt.poll();
      values.push(hostElement(rt, array, i) as bigint);
    }
    values.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    for (let i = 0; i < length; i++) {
      rt.poll();
      writeElement(rt, kind, typedArrayAddress(rt, array, i), values[i]!);
    }
    return;
  }
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    rt.poll();
    values[i] = hostElement(rt, array, i) as number;
  }
  values.sort();
  for (let i = 0; i < length; i++) {
    rt.poll();
    writeElement(rt, kind, typedArrayAddress(rt, array, i), values[i]!);
  }
};

const withMethod: BuiltinFunction = (rt, args) => {
  const length = typedArrayLength(rt, self(rt, args, 'with'));
  const kind = typedArrayKind(rt, args.receiver);
  const relative = toIntegerOrInfinity(rt, args.at(0));
  const index = relative < 0 ? length + relative : relative;
  const value = convert(rt, kind, args.at(1));
  if (!(index >= 0 && index < typedArrayLength(rt, args.receiver))) throwRangeError(rt, 'InvalidTypedArrayIndex');
  const result = newTypedArray(rt, kind, length);
  copyElements(rt, result, 0, args.receiver, 0, Math.min(length, typedArrayLength(rt, args.receiver)));
  writeElement(rt, kind, typedArrayAddress(rt, result, index), value);
  return result;
};

const prototypeTable = builtinTable('%TypedArray%.prototype', [
  [
    'get buffer',
    (rt, args) => {
      if (!isTypedArray(rt, args.receiver))
        throwTypeError(rt, 'IncompatibleMethodReceiver', 'get %TypedArray%.prototype.buffer', args.receiver);
      return rt.heap.get(args.receiver, JSTypedArray.Buffer);
    },
    0,
    Writes.Nothing,
  ],
  [
    'get byteLength',
    (rt, args) => {
      if (!isTypedArray(rt, args.receiver))
        throwTypeError(rt, 'IncompatibleMethodReceiver', 'get TypedArray.prototype.byteLength', args.receiver);
      return rt.factory.newNumber(
        typedArrayLength(rt, args.receiver) * typedElementSize(typedArrayKind(rt, args.receiver)),
      );
    },
    0,
    Writes.Nothing,
  ],
  [
    'get byteOffset',
    (rt, args) => {
      if (!isTypedArray(rt, args.receiver))
        throwTypeError(rt, 'IncompatibleMethodReceiver', 'get TypedArray.prototype.byteOffset', args.receiver);
      return isViewOutOfBounds(rt.heap, args.receiver) ? 0 : rt.heap.get(args.receiver, JSTypedArray.ByteOffset);
    },
    0,
    Writes.Nothing,
  ],
  [
    'get length',
    (rt, args) => {
      if (!isTypedArray(rt, args.receiver))
        throwTypeError(rt, 'IncompatibleMethodReceiver', 'get TypedArray.prototype.length', args.receiver);
      return typedArrayLength(rt, args.receiver) << 1;
    },
    0,
    Writes.Nothing,
  ],
  ['entries', newIterator('entries'), 0, Writes.Nothing],
  ['keys', newIterator('keys'), 0, Writes.Nothing],
  ['values', newIterator('values'), 0, Writes.Nothing],
  ['at', at, 1, Writes.Nothing],
  ['copyWithin', copyWithin, 2, Writes.First],
  ['every', js.every, 1],
  ['fill', fill, 1, Writes.First],
  ['filter', js.filter, 1],
  ['find', js.find, 1],
  ['findIndex', js.findIndex, 1],
  ['findLast', js.findLast, 1],
  ['findLastIndex', js.findLastIndex, 1],
  ['forEach', js.forEach, 1],
  ['includes', search('includes', sameValueZero, true, anyFound, true), 1, Writes.Nothing],
  ['indexOf', search('indexOf', strictEquals, true, indexFound), 1, Writes.Nothing],
  ['join', join, 1, Writes.Nothing],
  ['lastIndexOf', search('lastIndexOf', strictEquals, false, indexFound), 1, Writes.Nothing],
  ['map', js.map, 1],
  ['reverse', (rt, args) => reverseInto(rt, self(rt, args, 'reverse'), args.receiver), 0, Writes.First],
  ['reduce', js.reduce, 1],
  ['reduceRight', js.reduceRight, 1],
  ['set', set, 1, Writes.First],
  ['slice', slice, 2, Writes.Nothing],
  ['some', js.some, 1],
  ['sort', js.sort, 1],
  ['subarray', subarray, 2, Writes.Nothing],
  [
    'toReversed',
    (rt, args) => {
      self(rt, args, 'toReversed');
      return reverseInto(
        rt,
        args.receiver,
        newTypedArray(rt, typedArrayKind(rt, args.receiver), typedArrayLength(rt, args.receiver)),
      );
    },
    0,
    Writes.Nothing,
  ],
  ['toSorted', js.toSorted, 1],
  ['with', withMethod, 2, Writes.Nothing],
  ['toLocaleString', toLocaleString, 0, Writes.Nothing],
  [
    'get @@toStringTag',
    (rt, args) =>
      isTypedArray(rt, args.receiver)
        ? rt.factory.internalize(nameOfKind(typedArrayKind(rt, args.receiver)))
        : Undefined,
    0,
    Writes.Nothing,
  ],
]);

/** Natives of typed-array-js.ts. */
export const typedArrayNatives: RuntimeFunctionRows = {
  ...writingNothing({
    /** TypedArrayLength(array, method): validates. */
    TypedArrayLength: (rt, args) => {
      validate(rt, args.at(0), toHostString(rt.heap, args.at(1)));
      return typedArrayLength(rt, args.at(0)) << 1;
    },
    /** TypedArraySpeciesCreate(exemplar, length, method). */
    TypedArraySpeciesCreate: (rt, args) =>
      speciesCreate(rt, args.at(0), args.at(1) >> 1, toHostString(rt.heap, args.at(2))),
    TypedArrayCreateSame: (rt, args) => {
      const result = newTypedArray(rt, typedArrayKind(rt, args.at(0)), typedArrayLength(rt, args.at(0)));
      copyElements(rt, result, 0, args.at(0), 0, typedArrayLength(rt, args.at(0)));
      return result;
    },
    /** TypedArrayCreateFrom(constructor, length, static method). */
    TypedArrayCreateFrom: (rt, args) =>
      createFrom(
        rt,
        args.at(0),
        primitiveToNumber(rt, args.at(1)),
        `%TypedArray%.${toHostString(rt.heap, args.at(2))}`,
      ),
  }),
  ...writingFirst({
    TypedArraySortNumbers: (rt, args) => {
      sortNumbers(rt, args.at(0));
      return args.at(0);
    },
  }),
};

const TypedArrayFunction = declareBuiltin(
  'TypedArray',
  (rt) => throwTypeError(rt, 'Plain', 'Abstract class TypedArray not directly constructable'),
  Writes.Nothing,
);

const statics = builtinTable('%TypedArray%', [['of', js.of, 0], ['from', js.from, 1], speciesGetter]);

/** In the order of `kinds`. */
const constructors = kinds.map(([name, kind]) => declareBuiltin(name, constructorOf(name, kind), Writes.Nothing));

export const bootstrapTypedArray = (rt: Runtime): void => {
  const { heap, factory } = rt;
  const abstract = makeConstructor(rt, {
    name: 'TypedArray',
    implementation: TypedArrayFunction,
    length: 0,
    functionSlot: NativeContextSlot.TypedArrayFunction,
    prototypeSlot: NativeContextSlot.TypedArrayPrototype,
    isGlobal: false,
  });
  installTable(rt, abstract, statics);
  const prototype = rt.intrinsic(NativeContextSlot.TypedArrayPrototype);
  installTable(rt, prototype, prototypeTable);
  const arrayPrototype = rt.intrinsic(NativeContextSlot.ArrayPrototype);
  const own = (name: string): Tagged => lookupOwn(heap, factory, arrayPrototype, factory.internalize(name)).value;
  const values = lookupOwn(heap, factory, prototype, factory.internalize('values')).value;
  installAlias(rt, prototype, rt.symbols.iterator_symbol, values);
  installAlias(rt, prototype, rt.names.toString, own('toString'));

  const maps = factory.newFixedArray(kinds.length, Undefined);
  rt.setIntrinsic(NativeContextSlot.TypedArrayMaps, maps);
  for (const [i, [name, kind, functionSlot]] of kinds.entries()) {
    const fn = makeConstructor(rt, {
      name,
      implementation: constructors[i]!,
      length: 3,
      functionSlot,
      type: InstanceType.JSTypedArray,
      size: JSTypedArray.Size,
      kind,
      parentPrototype: prototype,
      parentFunction: abstract,
    });
    const map = heap.get(fn, JSFunction.PrototypeOrInitialMap);
    heap.setElement(maps, FixedArray.Elements, kind - ElementsKind.Uint8, map);
    const constants = { BYTES_PER_ELEMENT: typedElementSize(kind) << 1 };
    installConstants(rt, fn, constants);
    installConstants(rt, heap.get(map, MapObject.Prototype), constants);
  }
};
