// %ArrayIteratorPrototype%, of arrays, array-likes and typed arrays.

import type { Tagged } from '../heap/index.ts';
import {
  arrayLength,
  ElementsKind,
  getElement,
  InstanceType,
  isViewOutOfBounds,
  JSArrayIterator,
  mapElementsKind,
  StaticRoot,
} from '../objects/index.ts';
import {
  type BuiltinFunction,
  createIterResult,
  getIndex,
  hasInstanceType,
  instanceTypeOf,
  lengthOfArrayLike,
  mapOf,
  NativeContextSlot,
  primitiveToNumber,
  type Runtime,
  throwTypeError,
  typedArrayLength,
} from '../runtime/index.ts';
import { boxedElement, self } from './array-store.ts';

const { Undefined, TheHole } = StaticRoot;

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
    value = boxedElement(rt, iterated, getElement(heap, rt.factory, iterated, index));
  if (value === TheHole) value = getIndex(rt, iterated, index);
  if (kind === 1) return createIterResult(rt, value, false);
  return createIterResult(
    rt,
    rt.factory.newJSArrayFrom([rt.factory.newNumber(index), value], ElementsKind.Packed),
    false,
  );
};
