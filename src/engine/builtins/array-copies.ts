// Methods that give another array: slices, concatenations, flat and changed copies.

import type { Tagged } from '../heap/index.ts';
import {
  arrayLength,
  cloneFastArray,
  ElementsKind,
  getElement,
  InstanceType,
  Root,
  StaticRoot,
  setElement,
} from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  createDataPropertyOrThrow,
  getIndex,
  getProperty,
  hasInstanceType,
  hasProperty,
  isArray,
  isJSReceiver,
  isProtectorIntact,
  lengthOfArrayLike,
  type Runtime,
  setProperty,
  throwRangeError,
  throwTypeError,
  toBoolean,
  toIntegerOrInfinity,
  toRelativeIndex,
} from '../runtime/index.ts';
import {
  arraySpeciesCreate,
  arraySpeciesCreateHoley,
  generalizeTagged,
  isPlainArray,
  isResizableArray,
  manyIndices,
  maxFastLength,
  maxLength,
  presentIndices,
  self,
  skippedCount,
  slicePlain,
} from './array-store.ts';
import { held } from './object.ts';

const { Undefined, TheHole } = StaticRoot;

export const ArrayPrototypeSlice: BuiltinFunction = (rt, args) => {
  self(rt, args, 'slice');
  const length = lengthOfArrayLike(rt, args.receiver);
  const from = toRelativeIndex(rt, args.at(0), length, 0);
  const to = toRelativeIndex(rt, args.at(1), length, length);
  if (
    isResizableArray(rt, args.receiver) &&
    arrayLength(rt.heap, args.receiver) === length &&
    isProtectorIntact(rt, Root.ArraySpeciesProtector)
  )
    // As V8: the whole array shares elements that are copied when they are written to.
    return args.length === 0
      ? cloneFastArray(rt.heap, rt.factory, args.receiver)
      : slicePlain(rt, args.receiver, from, Math.max(to, from));
  return held(rt, [arraySpeciesCreate(rt, args.receiver, Math.max(to - from, 0))], (result) => {
    const { factory } = rt;
    let n = 0;
    for (let k = from; k < to; k++, n++) {
      rt.poll();
      if (hasProperty(rt, args.receiver, factory.newNumber(k))) {
        const value = getIndex(rt, args.receiver, k);
        createDataPropertyOrThrow(rt, result(), factory.newNumber(n), value);
      }
    }
    setProperty(rt, result(), rt.names.length, factory.newNumber(n), true);
    return result();
  });
};

export const ArrayPrototypeConcat: BuiltinFunction = (rt, args) => {
  self(rt, args, 'concat');
  return held(rt, [arraySpeciesCreate(rt, args.receiver, 0)], (result) => {
    const { heap, factory } = rt;
    let n = 0;
    let addsValues = false;
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
        addsValues = true;
        if (n >= Number.MAX_SAFE_INTEGER) throwTypeError(rt, 'InvalidArrayLength');
        createDataPropertyOrThrow(rt, result(), factory.newNumber(n++), item());
        continue;
      }
      const length = lengthOfArrayLike(rt, item());
      if (n + length > Number.MAX_SAFE_INTEGER) throwTypeError(rt, 'InvalidArrayLength');
      if (isPlainArray(rt, item())) {
        for (let k = 0; k < length; k++) {
          rt.poll();
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
    if (addsValues) generalizeTagged(rt, result());
    return result();
  });
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
    rt.poll();
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

export const ArrayPrototypeFlat: BuiltinFunction = (rt, args) => {
  self(rt, args, 'flat');
  const length = lengthOfArrayLike(rt, args.receiver);
  const depth = args.at(0) === Undefined ? 1 : toIntegerOrInfinity(rt, args.at(0));
  return held(rt, [arraySpeciesCreateHoley(rt, args.receiver)], (result) => {
    flatten(rt, result, () => args.receiver, length, 0, depth);
    return result();
  });
};

/** A packed copy, holes read as undefined. */
const copyOf = (rt: Runtime, args: Arguments, length: number, at: (k: number) => number, replaced = -1): Tagged => {
  if (length > maxLength) throwRangeError(rt, 'InvalidArrayLength');
  return held(rt, [rt.factory.newJSArray(ElementsKind.PackedSmi, 0, Math.min(length, maxFastLength))], (result) => {
    for (let k = 0; k < length; k++) {
      rt.poll();
      const value = k === replaced ? args.at(1) : getIndex(rt, args.receiver, at(k));
      setElement(rt.heap, rt.factory, result(), k, value);
    }
    return result();
  });
};

export const ArrayPrototypeToReversed: BuiltinFunction = (rt, args) => {
  self(rt, args, 'toReversed');
  const length = lengthOfArrayLike(rt, args.receiver);
  return copyOf(rt, args, length, (k) => length - 1 - k);
};

export const ArrayPrototypeWith: BuiltinFunction = (rt, args) => {
  self(rt, args, 'with');
  const length = lengthOfArrayLike(rt, args.receiver);
  const relative = toIntegerOrInfinity(rt, args.at(0));
  const index = relative >= 0 ? relative : length + relative;
  if (index < 0 || index >= length) throwRangeError(rt, 'Plain', `Invalid index : ${rt.toText(args.at(0))}`);
  return copyOf(rt, args, length, (k) => k, index);
};

export const ArrayPrototypeToSpliced: BuiltinFunction = (rt, args) => {
  const { heap, factory } = rt;
  self(rt, args, 'toSpliced');
  const length = lengthOfArrayLike(rt, args.receiver);
  const start = toRelativeIndex(rt, args.at(0), length, 0);
  const insert = Math.max(args.length - 2, 0);
  const skip = skippedCount(rt, args, length, start);
  if (length + insert - skip > Number.MAX_SAFE_INTEGER) throwTypeError(rt, 'InvalidArrayLength');
  if (length + insert - skip > maxLength) throwRangeError(rt, 'InvalidArrayLength');
  return held(rt, [factory.newJSArray(ElementsKind.PackedSmi, 0, 0)], (result) => {
    let n = 0;
    const copy = (from: number, to: number): void => {
      for (let k = from; k < to; k++) {
        rt.poll();
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
