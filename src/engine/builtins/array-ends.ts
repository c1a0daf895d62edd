// Methods that lengthen and shorten an array, at its ends and in its midst.

import { arrayLength, Root, StaticRoot, setArrayLength, setElement } from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  createDataPropertyOrThrow,
  deleteProperty,
  getIndex,
  getProperty,
  hasProperty,
  isProtectorIntact,
  lengthOfArrayLike,
  type Runtime,
  setProperty,
  throwTypeError,
  toRelativeIndex,
} from '../runtime/index.ts';
import {
  arraySpeciesCreate,
  boxedElement,
  element,
  isResizableArray,
  moveElements,
  self,
  skippedCount,
  slicePlain,
} from './array-store.ts';
import { held } from './object.ts';

const { Undefined } = StaticRoot;

export const ArrayPrototypePush: BuiltinFunction = (rt, args) => {
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

export const ArrayPrototypePop: BuiltinFunction = (rt, args) => {
  const { heap, factory } = rt;
  const object = args.receiver;
  if (isResizableArray(rt, object)) {
    const length = arrayLength(heap, object);
    if (length === 0) return Undefined;
    const last = boxedElement(rt, object, element(rt, object, length - 1));
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

export const ArrayPrototypeShift: BuiltinFunction = (rt, args) => {
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
export const moveOne = (rt: Runtime, args: Arguments, from: number, to: number): void => {
  const { factory } = rt;
  if (hasProperty(rt, args.receiver, factory.newNumber(from))) {
    const value = getIndex(rt, args.receiver, from);
    setProperty(rt, args.receiver, factory.newNumber(to), value, true);
  } else {
    deleteProperty(rt, args.receiver, factory.newNumber(to), true);
  }
};

export const ArrayPrototypeUnshift: BuiltinFunction = (rt, args) => {
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

export const ArrayPrototypeSplice: BuiltinFunction = (rt, args) => {
  const { heap, factory } = rt;
  self(rt, args, 'splice');
  const length = lengthOfArrayLike(rt, args.receiver);
  const start = toRelativeIndex(rt, args.at(0), length, 0);
  const insert = Math.max(args.length - 2, 0);
  const remove = skippedCount(rt, args, length, start);
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
