// Stores to an own property that convert what they are given: elements of typed arrays, lengths of arrays. May run JavaScript.

import type { Tagged } from '../heap/index.ts';
import { AccessorInfo, InstanceType, JSArray, numberValue, setElement } from '../objects/index.ts';
import { toBigIntValue, toNumberValue, toUint32 } from './conversions.ts';
import { throwRangeError, throwTypeError } from './errors.ts';
import { AccessorInfoKind, setNativeData } from './native-accessors.ts';
import { arrayLengthIsReadOnly } from './own-properties.ts';
import { renderForMessage } from './rendering.ts';
import type { Runtime } from './runtime.ts';
import { isBigIntKind, typedArrayAddress, typedArrayKind, typedArrayLength, writeElement } from './typed-elements.ts';
import { instanceTypeOf } from './values.ts';

/** Stores into element `index` after conversion; nothing when out of range. May run JavaScript (valueOf). */
export const typedArraySetElement = (rt: Runtime, array: Tagged, index: number, value: Tagged): void => {
  const kind = typedArrayKind(rt, array);
  const scope = rt.heap.openHandles();
  const handle = rt.heap.handle(array);
  try {
    const converted = isBigIntKind(kind) ? toBigIntValue(rt, value) : toNumberValue(rt, value);
    const target = rt.heap.deref(handle);
    if (index < typedArrayLength(rt, target)) writeElement(rt, kind, typedArrayAddress(rt, target, index), converted);
  } finally {
    rt.heap.closeHandles(scope);
  }
};

export const setOwnElement = (rt: Runtime, object: Tagged, index: number, value: Tagged): void => {
  if (instanceTypeOf(rt, object) === InstanceType.JSTypedArray) typedArraySetElement(rt, object, index, value);
  else setElement(rt.heap, rt.factory, object, index, value);
};

/** Writes a native data property that `holder` owns and that is writable. May run JavaScript (array length). */
export const setNativeAccessor = (
  rt: Runtime,
  holder: Tagged,
  accessor: Tagged,
  value: Tagged,
  strict: boolean,
): boolean => {
  const { heap } = rt;
  if (heap.get(accessor, AccessorInfo.Kind) >> 1 !== AccessorInfoKind.ArrayLength || isSmiLength(value))
    return setNativeData(rt, holder, accessor, value, strict);
  const scope = heap.openHandles();
  try {
    const array = heap.handle(holder);
    const info = heap.handle(accessor);
    const length = toArrayLength(rt, value);
    holder = heap.deref(array);
    // the conversion may have made it read-only
    if (arrayLengthIsReadOnly(rt, holder) && numberValue(heap, heap.get(holder, JSArray.Length)) !== length) {
      if (strict) throwTypeError(rt, 'StrictReadOnlyProperty', 'length', 'object', renderForMessage(rt, holder));
      return false;
    }
    return setNativeData(rt, holder, heap.deref(info), rt.factory.newNumber(length), strict);
  } finally {
    heap.closeHandles(scope);
  }
};

/** ArraySetLength, steps 3 to 5: what an array's length becomes is a length before anything else is looked at. May run JavaScript. */
export const toArrayLength = (rt: Runtime, value: Tagged): number => {
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const given = heap.handle(value);
    const length = toUint32(rt, value);
    // converted twice, as the specification has it
    if (toNumberValue(rt, heap.deref(given)) !== length) throwRangeError(rt, 'InvalidArrayLength');
    return length;
  } finally {
    heap.closeHandles(scope);
  }
};

const isSmiLength = (value: Tagged): boolean => (value & 1) === 0 && value >= 0;
