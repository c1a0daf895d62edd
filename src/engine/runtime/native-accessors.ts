// Native data properties (V8: AccessorInfo): properties that look like data but are computed from fields of the holder:
// array length, function name, length and prototype.

import type { Tagged } from '../heap/index.ts';
import {
  AccessorInfo,
  FixedArray,
  HeapObject,
  InstanceType,
  JSArray,
  JSBoundFunction,
  JSFunction,
  JSPrimitiveWrapper,
  numberValue,
  reconfigureToDataProperty,
  SharedFunctionInfo,
  StaticRoot,
  setArrayLength,
  stringLength,
  toHostString,
} from '../objects/index.ts';
import { instanceTypeOf, isString, toNumberValue, toUint32 } from './conversions.ts';
import { errorStack, renderForMessage, setErrorStack, throwRangeError, throwTypeError } from './errors.ts';
import { functionPrototype, setFunctionPrototype } from './initial-maps.ts';
import { NativeContextSlot } from './native-context.ts';
import { nativeData } from './native-data-value.ts';
import { arrayLengthIsReadOnly } from './own-properties.ts';
import type { Runtime } from './runtime.ts';

/** AccessorInfo.Kind (a Smi in the heap). */
export enum AccessorInfoKind {
  ArrayLength = 0,
  FunctionPrototype = 1,
  FunctionName = 2,
  FunctionLength = 3,
  StringLength = 4,
  FunctionArguments = 5,
  FunctionCaller = 6,
  BoundFunctionName = 7,
  BoundFunctionLength = 8,
  ArgumentsIterator = 9,
  /** Formatted at the first read: see errors.ts. */
  ErrorStack = 10,
  /** An export behind a module namespace object: see modules.ts. */
  ModuleNamespaceEntry = 11,
}

/** Value of a native data property. Runs no JavaScript. */
export const getNativeAccessor = (rt: Runtime, holder: Tagged, accessor: Tagged): Tagged => {
  const heap = rt.heap;
  switch ((heap.get(accessor, AccessorInfo.Kind) >> 1) as AccessorInfoKind) {
    case AccessorInfoKind.ArrayLength:
      return heap.get(holder, JSArray.Length);
    case AccessorInfoKind.FunctionPrototype:
      return functionPrototype(rt, holder);
    case AccessorInfoKind.FunctionName: {
      const name = heap.get(heap.get(holder, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Name);
      return (name & 1) === 0 || name === StaticRoot.Undefined ? StaticRoot.EmptyString : name;
    }
    case AccessorInfoKind.FunctionLength:
      return heap.getI32(heap.get(holder, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Length) << 1;
    case AccessorInfoKind.StringLength:
      return stringLength(heap, heap.get(holder, JSPrimitiveWrapper.Value)) << 1;
    case AccessorInfoKind.ArgumentsIterator:
      return rt.intrinsic(NativeContextSlot.ArrayPrototypeValues);
    case AccessorInfoKind.ModuleNamespaceEntry:
      return nativeData.namespaceEntry(rt, holder, accessor);
    case AccessorInfoKind.ErrorStack:
      return errorStack(rt, holder);
    case AccessorInfoKind.FunctionArguments:
    case AccessorInfoKind.FunctionCaller:
      return StaticRoot.Null;
    case AccessorInfoKind.BoundFunctionName:
      return rt.factory.newString(boundFunctionName(rt, holder));
    case AccessorInfoKind.BoundFunctionLength:
      return boundFunctionLength(rt, holder) << 1;
  }
};

/** Name and length of a bound function as V8 has them: from the functions, whatever their properties have become since. */
const boundFunctionName = (rt: Runtime, fn: Tagged): string => {
  const { heap } = rt;
  let prefix = '';
  for (; instanceTypeOf(rt, fn) === InstanceType.JSBoundFunction; fn = heap.get(fn, JSBoundFunction.BoundTarget))
    prefix += 'bound ';
  const name = heap.get(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Name);
  return isString(rt, name) ? prefix + toHostString(heap, name) : prefix;
};

const boundFunctionLength = (rt: Runtime, fn: Tagged): number => {
  const { heap } = rt;
  let bound = 0;
  for (; instanceTypeOf(rt, fn) === InstanceType.JSBoundFunction; fn = heap.get(fn, JSBoundFunction.BoundTarget))
    bound += heap.get(heap.get(fn, JSBoundFunction.BoundArguments), FixedArray.Length) >> 1;
  return Math.max(0, heap.getI32(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Length) - bound);
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
    const [array, info, given] = [heap.handle(holder), heap.handle(accessor), heap.handle(value)];
    const length = toUint32(rt, value);
    if (toNumberValue(rt, heap.deref(given)) !== length) throwRangeError(rt, 'InvalidArrayLength');
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

const isSmiLength = (value: Tagged): boolean => (value & 1) === 0 && value >= 0;

/** The same; an array's length is a number that is one. Runs no JavaScript. */
export const setNativeData = (
  rt: Runtime,
  holder: Tagged,
  accessor: Tagged,
  value: Tagged,
  strict: boolean,
): boolean => {
  const heap = rt.heap;
  switch ((heap.get(accessor, AccessorInfo.Kind) >> 1) as AccessorInfoKind) {
    case AccessorInfoKind.ArrayLength: {
      if (setArrayLength(heap, rt.factory, holder, numberValue(heap, value))) return true;
      if (strict) {
        const last = numberValue(heap, heap.get(holder, JSArray.Length)) - 1;
        throwTypeError(rt, 'StrictDeleteProperty', String(last), renderForMessage(rt, holder));
      }
      return false;
    }
    case AccessorInfoKind.ErrorStack:
      setErrorStack(rt, holder, value);
      return true;
    case AccessorInfoKind.FunctionPrototype:
      setFunctionPrototype(rt, holder, value);
      return true;
    default:
      // the others are read-only; defining them anew makes a data property
      reconfigureToDataProperty(heap, rt.factory, holder, heap.get(accessor, AccessorInfo.Name), value, 3);
      return true;
  }
};

nativeData.value = (rt, holder, accessor) =>
  rt.heap.get(accessor, HeapObject.Map) === StaticRoot.AccessorInfoMap
    ? getNativeAccessor(rt, holder, accessor)
    : StaticRoot.Undefined;
