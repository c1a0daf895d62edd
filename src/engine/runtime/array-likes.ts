// Array-likes (ECMA-262 §7.3): their lengths, and lists made of them.

import type { Tagged } from '../heap/index.ts';
import { FixedArray, getElement, InstanceType, JSArray, numberValue, StaticRoot } from '../objects/index.ts';
import { toLength } from './conversions.ts';
import { throwRangeError, throwTypeError } from './errors.ts';
import { getIndex, getProperty } from './get-property.ts';
import type { Runtime } from './runtime.ts';
import { hasInstanceType, isJSReceiver, mapOf } from './values.ts';

/** LengthOfArrayLike. May run JavaScript. */
export const lengthOfArrayLike = (rt: Runtime, object: Tagged): number => {
  if (hasInstanceType(rt, object, InstanceType.JSArray))
    return numberValue(rt.heap, rt.heap.get(object, JSArray.Length));
  return toLength(rt, getProperty(rt, object, rt.names.length));
};

/** More arguments than a stack of V8's size holds. */
export const maxArguments = 1 << 17;

/** Elements of V8's longest FixedArray. */
const maxFixedArrayLength = 2 ** 27 - 3;

/** CreateListFromArrayLike. May run JavaScript; the words are raw and valid until the next call. */
export const createListFromArrayLike = (rt: Runtime, object: Tagged): Tagged[] => {
  const { heap, factory } = rt;
  if (!isJSReceiver(rt, object)) throwTypeError(rt, 'Plain', 'CreateListFromArrayLike called on non-object');
  if (hasInstanceType(rt, object, InstanceType.JSArray)) {
    // no getters on the way in the common case: read directly
    const length = numberValue(heap, heap.get(object, JSArray.Length));
    if (length > maxFixedArrayLength) throwRangeError(rt, 'InvalidArrayLength');
    if (length > maxArguments) throwRangeError(rt, 'StackOverflow');
    const list: Tagged[] = [];
    let simple = true;
    for (let i = 0; i < length && simple; i++) {
      rt.poll();
      const element = getElement(heap, rt.factory, object, i);
      if (element === StaticRoot.TheHole || ((element & 1) !== 0 && mapOf(rt, element) === StaticRoot.AccessorPairMap))
        simple = false;
      else list.push(element);
    }
    if (simple) return list;
  }
  const scope = heap.openHandles();
  try {
    const o = heap.handle(object);
    const length = lengthOfArrayLike(rt, object);
    if (length > maxFixedArrayLength) throwRangeError(rt, 'InvalidArrayLength');
    const words = heap.handle(factory.newFixedArray(length, StaticRoot.Undefined));
    for (let i = 0; i < length; i++) {
      rt.poll();
      const word = getIndex(rt, heap.deref(o), i);
      heap.setElement(heap.deref(words), FixedArray.Elements, i, word);
    }
    if (length > maxArguments) throwRangeError(rt, 'StackOverflow');
    const list: Tagged[] = [];
    for (let i = 0; i < length; i++) {
      rt.poll();
      list.push(heap.getElement(heap.deref(words), FixedArray.Elements, i));
    }
    return list;
  } finally {
    heap.closeHandles(scope);
  }
};

/** A JSArray of the words. */
export const createArrayFromList = (rt: Runtime, words: readonly Tagged[]): Tagged => rt.factory.newJSArrayFrom(words);
