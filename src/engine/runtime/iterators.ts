// Iterator protocol (ECMA-262 §7.4) for host functions. Everything that steps an iterator may run JavaScript.

import type { Tagged } from '../heap/index.ts';
import {
  arrayLength,
  ElementsKind,
  FixedArray,
  FixedDoubleArray,
  getElement,
  InstanceType,
  JSArray,
  JSIteratorResult,
  JSObject,
  MapObject,
  mapElementsKind,
  numberValue,
  Root,
  StaticRoot,
} from '../objects/index.ts';
import { throwNotIterable, throwSpreadArgument, throwTypeError } from './errors.ts';
import { getMethod, getProperty } from './get-property.ts';
import { NativeContextSlot } from './native-context.ts';
import { isProtectorIntact } from './protectors.ts';
import { defaultCallSite } from './rendering.ts';
import { jsException, type Runtime } from './runtime.ts';
import { hasInstanceType, isCallable, isJSReceiver, mapOf, toBoolean, toOddball } from './values.ts';

/** CreateIterResultObject. */
export const createIterResult = (rt: Runtime, value: Tagged, done: boolean): Tagged => {
  const result = rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.IteratorResultMap));
  rt.heap.set(result, JSIteratorResult.Value, value);
  rt.heap.init(result, JSIteratorResult.Done, toOddball(done));
  return result;
};

/** Whether spreading this array needs no iterator: an ordinary JSArray while the array iterator protector holds. */
export const isFastIterableArray = (rt: Runtime, value: Tagged): boolean =>
  hasInstanceType(rt, value, InstanceType.JSArray) &&
  rt.heap.get(mapOf(rt, value), MapObject.Prototype) === rt.intrinsic(NativeContextSlot.ArrayPrototype) &&
  isProtectorIntact(rt, Root.ArrayIteratorProtector);

/** `[...iterable]`: elements of an array keep their kind where they can, others may be anything. May run JavaScript. */
export const createArrayFromIterable = (rt: Runtime, iterable: Tagged): Tagged => {
  const { heap, factory } = rt;
  const isFast = isFastIterableArray(rt, iterable);
  const isDouble = isFast && mapElementsKind(heap, mapOf(rt, iterable)) === ElementsKind.PackedDouble;
  const words = iterableToList(rt, iterable, 'syntax');
  if (!isFast) return factory.newJSArrayFrom(words, ElementsKind.Packed);
  if (!isDouble) return factory.newJSArrayFrom(words);
  const array = factory.newJSArray(ElementsKind.PackedDouble, words.length, words.length);
  const elements = heap.get(array, JSObject.Elements);
  words.forEach((word, i) => void heap.setF64Element(elements, FixedDoubleArray.Elements, i, numberValue(heap, word)));
  return array;
};

/** Who iterates, for the message when it cannot: a native (Object.fromEntries: V8 closes whatever failed), `[...x]` and the like, or a call's spread argument. */
export type IterationSite = 'native' | 'entries' | 'syntax' | 'spread';

/**
 * Calls `visit(word)` for each value of an iterable. `visit` may run JavaScript; when it throws, the iterator is closed.
 * @param known the iterable's method, when the caller has read it
 * The word is raw: `visit` must take a handle before it calls anything that may collect. Returning true from `visit` stops and closes.
 */
export const iterate = (
  rt: Runtime,
  iterable: Tagged,
  visit: (value: Tagged) => boolean | undefined,
  site: IterationSite = 'native',
  known?: Tagged,
): void => {
  const heap = rt.heap;
  const scope = heap.openHandles();
  try {
    const source = heap.handle(iterable);
    if (isFastIterableArray(rt, iterable)) {
      for (let i = 0; ; i++) {
        rt.poll();
        const array = heap.deref(source);
        const length = heap.get(array, JSArray.Length);
        if (i >= ((length & 1) === 0 ? length >> 1 : 0)) return;
        let value = getElement(heap, rt.factory, array, i);
        if (value === StaticRoot.TheHole || ((value & 1) !== 0 && mapOf(rt, value) === StaticRoot.AccessorPairMap))
          value = getProperty(rt, array, i << 1);
        if (visit(value)) return;
      }
    }
    const method = known ?? getMethodOfIterable(rt, iterable, site);
    const iterator = heap.handle(rt.call(method, heap.deref(source)));
    if (!isJSReceiver(rt, heap.deref(iterator))) throwTypeError(rt, 'SymbolIteratorInvalid');
    const next = heap.handle(getProperty(rt, heap.deref(iterator), rt.names.next));
    /** The next value; the hole at the end. */
    const step = (): Tagged => {
      if (!isCallable(rt, heap.deref(next)))
        throwTypeError(rt, 'CalledNonCallable', defaultCallSite(rt, heap.deref(next)));
      const result = rt.call(heap.deref(next), heap.deref(iterator));
      if (!isJSReceiver(rt, result)) throwTypeError(rt, 'IteratorResultNotAnObject', result);
      const r = heap.handle(result);
      if (toBoolean(rt, getProperty(rt, result, rt.names.done))) return StaticRoot.TheHole;
      return getProperty(rt, heap.deref(r), rt.names.value);
    };
    for (;;) {
      rt.poll();
      const inner = heap.openHandles();
      let value: Tagged;
      try {
        value = step();
      } catch (error) {
        if (error === jsException && site === 'entries') iteratorCloseAfterThrow(rt, heap.deref(iterator));
        throw error;
      }
      if (value === StaticRoot.TheHole) return;
      let stop: boolean | undefined;
      try {
        stop = visit(value);
      } catch (error) {
        if (error === jsException) iteratorCloseAfterThrow(rt, heap.deref(iterator));
        throw error;
      }
      heap.closeHandles(inner);
      if (stop) {
        iteratorClose(rt, heap.deref(iterator));
        return;
      }
    }
  } finally {
    heap.closeHandles(scope);
  }
};

const getMethodOfIterable = (rt: Runtime, iterable: Tagged, site: IterationSite): Tagged => {
  const scope = rt.heap.openHandles();
  const handle = rt.heap.handle(iterable);
  const nullish = iterable === StaticRoot.Undefined || iterable === StaticRoot.Null;
  const method = nullish ? StaticRoot.Undefined : getProperty(rt, iterable, rt.symbols.iterator_symbol);
  const value = rt.heap.deref(handle);
  rt.heap.closeHandles(scope);
  if (isCallable(rt, method)) return method;
  if (site === 'syntax') throwNotIterable(rt, value);
  if (site === 'spread') {
    if (!nullish) throwTypeError(rt, 'Plain', 'Spread syntax requires ...iterable[Symbol.iterator] to be a function');
    throwSpreadArgument(rt, 'NotIterableNoSymbolLoad', value);
  }
  throwTypeError(rt, 'NotIterableNoSymbolLoad', defaultCallSite(rt, value), 'Symbol(Symbol.iterator)');
};

/** IteratorClose with a normal completion. */
export const iteratorClose = (rt: Runtime, iterator: Tagged): void => {
  const scope = rt.heap.openHandles();
  try {
    const handle = rt.heap.handle(iterator);
    const method = getMethod(rt, iterator, rt.names.return);
    if (method === StaticRoot.Undefined) return;
    const result = rt.call(method, rt.heap.deref(handle));
    if (!isJSReceiver(rt, result)) throwTypeError(rt, 'IteratorResultNotAnObject', result);
  } finally {
    rt.heap.closeHandles(scope);
  }
};

/** IteratorClose with a throw completion: the pending exception stays, errors of `return` are dropped. */
export const iteratorCloseAfterThrow = (rt: Runtime, iterator: Tagged): void => {
  const scope = rt.heap.openHandles();
  const i = rt.heap.handle(iterator);
  const exception = rt.heap.handle(rt.takeException());
  try {
    const method = getMethod(rt, rt.heap.deref(i), rt.names.return);
    if (method !== StaticRoot.Undefined) rt.call(method, rt.heap.deref(i));
  } catch (error) {
    if (error !== jsException) throw error;
  }
  rt.setPendingException(rt.heap.deref(exception));
  rt.heap.closeHandles(scope);
};

/** IterableToList. Raw words, valid until the next call. */
export const iterableToList = (
  rt: Runtime,
  iterable: Tagged,
  site: IterationSite = 'native',
  known?: Tagged,
): Tagged[] => {
  const scope = rt.heap.openHandles();
  try {
    return listOf(rt, iterable, site, known);
  } finally {
    rt.heap.closeHandles(scope);
  }
};

/** IterableToList: handles in the caller's scope. */
export const iterableToHandles = (
  rt: Runtime,
  iterable: Tagged,
  site: IterationSite = 'native',
  known?: Tagged,
): number[] => iterableToList(rt, iterable, site, known).map((word) => rt.heap.handle(word));

const listOf = (rt: Runtime, iterable: Tagged, site: IterationSite, known: Tagged | undefined): Tagged[] => {
  // Handles made inside iterate's scope would be dropped: the words stand in a FixedArray.
  const expected = isFastIterableArray(rt, iterable) ? Math.max(16, arrayLength(rt.heap, iterable)) : 16;
  const source = rt.heap.handle(iterable);
  const words = rt.heap.handle(rt.factory.newFixedArray(expected, StaticRoot.Undefined));
  let count = 0;
  iterate(
    rt,
    rt.heap.deref(source),
    (value) => {
      const heap = rt.heap;
      const array = heap.deref(words);
      const capacity = heap.get(array, FixedArray.Length) >> 1;
      if (count === capacity) {
        const grown = rt.factory.newFixedArray(2 * capacity, StaticRoot.Undefined);
        for (let i = 0; i < count; i++)
          heap.setElement(grown, FixedArray.Elements, i, heap.getElement(array, FixedArray.Elements, i));
        heap.setHandle(words, grown);
      }
      heap.setElement(heap.deref(words), FixedArray.Elements, count++, value);
      return undefined;
    },
    site,
    known,
  );
  const list: Tagged[] = [];
  for (let i = 0; i < count; i++) list.push(rt.heap.getElement(rt.heap.deref(words), FixedArray.Elements, i));
  return list;
};
