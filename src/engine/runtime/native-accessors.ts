// Native data properties (V8: AccessorInfo): properties that look like data but are computed from fields of the holder: lengths,
// names and prototypes of functions, the stacks of errors, the exports behind a module namespace.

import type { Tagged } from '../heap/index.ts';
import {
  AccessorInfo,
  Cell,
  FixedArray,
  HeapObject,
  InstanceType,
  JSArray,
  JSBoundFunction,
  JSFunction,
  JSModuleNamespace,
  JSPrimitiveWrapper,
  lookupOwn,
  ModuleRecord,
  nameDictionaryFind,
  nameDictionaryValueAt,
  numberValue,
  reconfigureToDataProperty,
  SharedFunctionInfo,
  StaticRoot,
  setArrayLength,
  setOwnDataValue,
  stringLength,
  toHostString,
} from '../objects/index.ts';
import { throwReferenceError, throwTypeError } from './errors.ts';
import { functionPrototype, setFunctionPrototype } from './initial-maps.ts';
import { LookupIterator, LookupState } from './lookup-iterator.ts';
import { NativeContextSlot } from './native-context.ts';
import { nameAndMessage, renderForMessage } from './rendering.ts';
import type { Runtime } from './runtime.ts';
import { instanceTypeOf, isJSReceiver, isString, mapOf } from './values.ts';

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
  /** Formatted at the first read: see errorStack. */
  ErrorStack = 10,
  /** An export behind a module namespace object: see namespaceEntry. */
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
      return namespaceEntry(rt, holder, heap.get(accessor, AccessorInfo.Name));
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

/** Writes a native data property; an array's length is a number that is one. Runs no JavaScript. */
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

/** Value of a namespace object's property. */
const namespaceEntry = (rt: Runtime, namespace: Tagged, name: Tagged): Tagged => {
  const { heap } = rt;
  const table = heap.get(heap.get(namespace, JSModuleNamespace.Module), ModuleRecord.ExportTable);
  const cell = nameDictionaryValueAt(heap, table, nameDictionaryFind(heap, table, name));
  const value = heap.get(cell, Cell.Value);
  if (value === StaticRoot.TheHole) throwReferenceError(rt, 'AccessedUninitializedVariable', name);
  return value;
};

/** Value of a data property anywhere on the prototype chain, native ones included; undefined otherwise. Runs no JavaScript. */
export const dataPropertyOnChain = (rt: Runtime, object: Tagged, name: Tagged): Tagged => {
  if (!isJSReceiver(rt, object)) return StaticRoot.Undefined;
  const it = new LookupIterator(rt).startName(object, name);
  if (it.state === LookupState.Data) return it.value;
  const isNative = it.state === LookupState.Accessor && mapOf(rt, it.value) === StaticRoot.AccessorInfoMap;
  return isNative ? getNativeAccessor(rt, it.holder, it.value) : StaticRoot.Undefined;
};

/** The first line of an error's stack (ErrorUtils::ToString, but it runs no getter). */
export const errorHeader = (rt: Runtime, error: Tagged): string => {
  if (!isJSReceiver(rt, error)) return renderForMessage(rt, error);
  const name = dataPropertyOnChain(rt, error, rt.names.name);
  const message = dataPropertyOnChain(rt, error, rt.names.message);
  return nameAndMessage(
    name === StaticRoot.Undefined ? 'Error' : renderForMessage(rt, name),
    message === StaticRoot.Undefined ? '' : renderForMessage(rt, message),
  );
};

// The private error_stack_symbol holds the frames' text in a one-element FixedArray until the first read of `stack`, which
// puts the header in front (name and message as they are then) and leaves the string.

/** The value of the native `stack` property. Runs no JavaScript. */
export const errorStack = (rt: Runtime, holder: Tagged): Tagged => {
  const { heap, factory } = rt;
  const own = lookupOwn(heap, factory, holder, rt.symbols.error_stack_symbol);
  if (!own.found) return StaticRoot.Undefined;
  const state = own.value;
  if ((state & 1) === 0 || heap.get(state, HeapObject.Map) !== StaticRoot.FixedArrayMap) return state;
  const text = factory.newString(errorHeader(rt, holder) + toHostString(heap, heap.get(state, FixedArray.Elements)));
  setOwnDataValue(heap, factory, holder, rt.symbols.error_stack_symbol, text);
  return text;
};

export const setErrorStack = (rt: Runtime, holder: Tagged, value: Tagged): void => {
  const own = lookupOwn(rt.heap, rt.factory, holder, rt.symbols.error_stack_symbol);
  if (own.found) setOwnDataValue(rt.heap, rt.factory, holder, rt.symbols.error_stack_symbol, value);
};
