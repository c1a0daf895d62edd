// Array and Array.prototype: host functions work on elements directly while they are plain, else by the specification.

import type { Tagged } from '../heap/index.ts';
import {
  arrayLength,
  ElementsKind,
  FixedArray,
  getElement,
  InstanceType,
  JSArray,
  JSArrayIterator,
  lookupOwn,
  PropertyAttributes,
  StaticRoot,
  setArrayLength,
  setElement,
} from '../objects/index.ts';
import {
  addOrReplace,
  type BuiltinFunction,
  createDataPropertyOrThrow,
  declareBuiltin,
  deleteProperty,
  getDerivedMap,
  getIndex,
  getProperty,
  hasProperty,
  isArray,
  isCallable,
  isConstructor,
  isJSReceiver,
  isUndefinedOrNull,
  lengthOfArrayLike,
  makeConstructor,
  NativeContextSlot,
  newArray,
  newInstanceMap,
  newPrototypeObject,
  primitiveToNumber,
  type Runtime,
  type RuntimeFunctionRows,
  sameValueZero,
  setProperty,
  strictEquals,
  throwTypeError,
  toHost,
  toIntegerOrInfinity,
  toNumberValue,
  toOddball,
  toRelativeIndex,
  Writes,
  writingFirst,
  writingNothing,
} from '../runtime/index.ts';
import {
  ArrayPrototypeConcat,
  ArrayPrototypeFlat,
  ArrayPrototypeSlice,
  ArrayPrototypeToReversed,
  ArrayPrototypeToSpliced,
  ArrayPrototypeWith,
} from './array-copies.ts';
import {
  ArrayPrototypePop,
  ArrayPrototypePush,
  ArrayPrototypeShift,
  ArrayPrototypeSplice,
  ArrayPrototypeUnshift,
  moveOne,
} from './array-ends.ts';
import { ArrayIteratorPrototypeNext, arrayIterators } from './array-iterators.ts';
import { ArrayPrototypeToString, arrayJoin, comma, localeArguments } from './array-join.ts';
import * as js from './array-js.ts';
import {
  arrayCreate,
  arraySpeciesCreate,
  arraySpeciesCreateAlike,
  arraySpeciesCreateHoley,
  arrayToFill,
  fillWhole,
  isPlainArray,
  isResizableArray,
  rawSet,
  self,
  settleElementsKind,
  sparseIndices,
} from './array-store.ts';
import { held } from './object.ts';
import { builtinTable, installAlias, installTable, installToStringTag, speciesGetter } from './table.ts';

const { Undefined, TheHole, True, False } = StaticRoot;

const ArrayConstructor: BuiltinFunction = (rt, args) => {
  const newTarget = args.newTarget === Undefined ? args.target : args.newTarget;
  const derived = newTarget !== args.target;
  const array = newArray(rt, args.slice(0), 0);
  if (!derived) return array;
  return held(rt, [array], (plain) => {
    const map = getDerivedMap(rt, args.target, newTarget);
    const object = rt.factory.newJSObject(map);
    rt.heap.set(object, JSArray.Length, 0);
    const source = plain();
    const length = arrayLength(rt.heap, source);
    setArrayLength(rt.heap, rt.factory, object, length);
    for (let i = 0; i < length; i++) {
      rt.poll();
      const word = getElement(rt.heap, rt.factory, source, i);
      if (word !== TheHole) setElement(rt.heap, rt.factory, object, i, word);
    }
    return object;
  });
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
      rt.poll();
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
    rt.poll();
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
    if (from === 0 && to === length && isPlainArray(rt, args.receiver)) {
      fillWhole(rt, args.receiver, length, args.at(0));
      return args.receiver;
    }
    for (let k = from; k < to; k++) {
      rt.poll();
      setElement(rt.heap, rt.factory, args.receiver, k, args.at(0));
    }
    if (from === 0 && to === length) settleElementsKind(rt, args.receiver);
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
  for (; count > 0; count--, from += step, to += step) {
    rt.poll();
    moveOne(rt, args, from, to);
  }
  return args.receiver;
};

const ArrayPrototypeAt: BuiltinFunction = (rt, args) => {
  self(rt, args, 'at');
  const length = lengthOfArrayLike(rt, args.receiver);
  const relative = toIntegerOrInfinity(rt, args.at(0));
  const k = relative >= 0 ? relative : length + relative;
  return k < 0 || k >= length ? Undefined : getIndex(rt, args.receiver, k);
};

const statics = builtinTable('Array', [
  ['isArray', (rt, args) => toOddball(isArray(rt, args.at(0))), 1, Writes.Nothing],
  ['from', js.from, 1],
  ['fromAsync', js.fromAsync, 1],
  [
    'of',
    (rt, args) => {
      const n = args.length;
      if (!isConstructor(rt, args.receiver) || args.receiver === rt.intrinsic(NativeContextSlot.ArrayFunction)) {
        const array = rt.factory.newJSArrayFrom(args.slice(0));
        settleElementsKind(rt, array);
        return array;
      }
      return held(rt, [rt.construct(args.receiver, [n << 1])], (result) => {
        for (let i = 0; i < n; i++) createDataPropertyOrThrow(rt, result(), i << 1, args.at(i));
        setProperty(rt, result(), rt.names.length, n << 1, true);
        return result();
      });
    },
    0,
    Writes.Nothing,
  ],
  speciesGetter,
]);

const prototypeTable = builtinTable('Array.prototype', [
  ['at', ArrayPrototypeAt, 1, Writes.Nothing],
  ['concat', ArrayPrototypeConcat, 1, Writes.Nothing],
  ['copyWithin', ArrayPrototypeCopyWithin, 2, Writes.First],
  ['fill', ArrayPrototypeFill, 1, Writes.First],
  ['find', js.find, 1],
  ['findIndex', js.findIndex, 1],
  ['findLast', js.findLast, 1],
  ['findLastIndex', js.findLastIndex, 1],
  ['lastIndexOf', search('lastIndexOf', strictEquals, false, false), 1, Writes.Nothing],
  ['pop', ArrayPrototypePop, 0, Writes.First],
  ['push', ArrayPrototypePush, 1, Writes.First],
  ['reverse', ArrayPrototypeReverse, 0, Writes.First],
  ['shift', ArrayPrototypeShift, 0, Writes.First],
  ['unshift', ArrayPrototypeUnshift, 1, Writes.First],
  ['slice', ArrayPrototypeSlice, 2, Writes.Nothing],
  ['sort', js.sort, 1],
  ['splice', ArrayPrototypeSplice, 2, Writes.First],
  ['includes', search('includes', sameValueZero, true, true), 1, Writes.Nothing],
  ['indexOf', search('indexOf', strictEquals, true, false), 1, Writes.Nothing],
  [
    'join',
    (rt, args) => {
      self(rt, args, 'join');
      return rt.factory.newString(
        arrayJoin(rt, args.receiver, () => (args.at(0) === Undefined ? ',' : toHost(rt, args.at(0)))),
      );
    },
    1,
    Writes.Nothing,
  ],
  ['keys', arrayIterators.keys, 0, Writes.Nothing],
  ['entries', arrayIterators.entries, 0, Writes.Nothing],
  ['values', arrayIterators.values, 0, Writes.Nothing],
  ['forEach', js.forEach, 1],
  ['filter', js.filter, 1],
  ['flat', ArrayPrototypeFlat, 0, Writes.Nothing],
  ['flatMap', js.flatMap, 1],
  ['map', js.map, 1],
  ['every', js.every, 1],
  ['some', js.some, 1],
  ['reduce', js.reduce, 1],
  ['reduceRight', js.reduceRight, 1],
  ['toReversed', ArrayPrototypeToReversed, 0, Writes.Nothing],
  ['toSorted', js.toSorted, 1],
  ['toSpliced', ArrayPrototypeToSpliced, 2, Writes.Nothing],
  ['with', ArrayPrototypeWith, 2, Writes.Nothing],
  [
    'toLocaleString',
    (rt, args) => {
      self(rt, args, 'toLocaleString');
      return rt.factory.newString(arrayJoin(rt, args.receiver, comma, localeArguments(args)));
    },
    0,
    Writes.Nothing,
  ],
  ['toString', ArrayPrototypeToString, 0, Writes.Nothing],
]);

/** Natives of the JavaScript in array-js.ts. */
export const arrayNatives: RuntimeFunctionRows = {
  ...writingNothing({
    ArraySpeciesCreate: (rt, args) => arraySpeciesCreate(rt, args.at(0), primitiveToNumber(rt, args.at(1))),
    IsPlainArray: (rt, args) => toOddball(isPlainArray(rt, args.at(0))),
    ArraySpeciesCreateAlike: (rt, args) => arraySpeciesCreateAlike(rt, args.at(0)),
    ArraySpeciesCreateHoley: (rt, args) => arraySpeciesCreateHoley(rt, args.at(0)),
    ArraySpeciesCreateToFill: (rt, args) => arraySpeciesCreate(rt, args.at(0), primitiveToNumber(rt, args.at(1)), true),
    /** (constructor, length): an array to fill where %Array% makes it, or nothing does; else undefined. */
    ArrayCreateToFill: (rt, args) =>
      args.at(0) === Undefined || args.at(0) === rt.intrinsic(NativeContextSlot.ArrayFunction)
        ? arrayToFill(rt, toNumberValue(rt, args.at(1)))
        : Undefined,
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
          rt.poll();
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
  }),
  ...writingFirst({
    /** (array, whether numbers stay tagged) */
    SettleElementsKind: (rt, args) => {
      settleElementsKind(rt, args.at(0), args.at(1) === True);
      return Undefined;
    },
    /** Writes sorted values, then undefined, then deletes what were holes. */
    SortWrite: (rt, args) => {
      const { heap, factory } = rt;
      const length = toNumberValue(rt, args.at(2));
      const n = arrayLength(heap, args.at(1));
      const plain = isResizableArray(rt, args.at(0)) && arrayLength(heap, args.at(0)) === length;
      const holes = args.at(3) >> 1;
      for (let k = 0; k < length - holes; k++) {
        rt.poll();
        const value = k < n ? getElement(heap, factory, args.at(1), k) : Undefined;
        if (plain) setElement(heap, factory, args.at(0), k, value);
        else setProperty(rt, args.at(0), factory.newNumber(k), value, true);
      }
      for (let k = length - holes; k < length; k++) deleteProperty(rt, args.at(0), factory.newNumber(k), true);
      return args.at(0);
    },
  }),
  ...writingNothing({
    /** Sorts by string order, as sort() without a comparator; undefined if one can see how: objects become strings at every comparison. */
    SortTexts: (rt, args) => {
      const { heap, factory } = rt;
      const n = arrayLength(heap, args.at(0));
      // one element is compared with none
      if (n < 2) return args.at(0);
      for (let k = 0; k < n; k++) {
        rt.poll();
        if (isJSReceiver(rt, getElement(heap, factory, args.at(0), k))) return Undefined;
      }
      const scope = heap.openHandles();
      try {
        const texts: string[] = [];
        for (let k = 0; k < n; k++) {
          rt.poll();
          texts.push(toHost(rt, getElement(heap, factory, args.at(0), k)));
        }
        const order = texts
          .map((_, k) => k)
          .sort((a, b) => (texts[a]! < texts[b]! ? -1 : texts[a]! > texts[b]! ? 1 : a - b));
        return factory.newJSArrayFrom(order.map((k) => getElement(heap, factory, args.at(0), k)));
      } finally {
        heap.closeHandles(scope);
      }
    },
  }),
};

export const ArrayFunction = declareBuiltin('Array', ArrayConstructor, Writes.Nothing);

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
const iteratorPrototype = builtinTable('%ArrayIteratorPrototype%', [
  ['next', ArrayIteratorPrototypeNext, 0, Writes.First],
]);

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
