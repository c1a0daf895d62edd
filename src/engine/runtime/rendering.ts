// Values in messages and stack traces, as V8 writes them (Object::NoSideEffectsToString). Nothing here runs JavaScript or throws.

import type { Tagged } from '../heap/index.ts';
import {
  detailsKind,
  HeapObject,
  InstanceType,
  isNative,
  isRabGsabElementsKind,
  JSFunction,
  JSPrimitiveWrapper,
  JSProxy,
  lookupOwn,
  mapConstructor,
  mapElementsKind,
  PropertyKind,
  SharedFunctionInfo,
  StaticRoot,
  toHostString,
} from '../objects/index.ts';
import { LookupIterator, LookupState } from './lookup-iterator.ts';
import { NativeContextSlot } from './native-context.ts';
import type { Runtime } from './runtime.ts';
import {
  instanceTypeOf,
  isJSFunction,
  isJSReceiver,
  isNumber,
  isPrivateName,
  isString,
  isSymbol,
  primitiveText,
  privateNameText,
  symbolDescriptiveString,
  typeOf,
} from './values.ts';

/** A value in a message, without running JavaScript. */
export const renderForMessage = (rt: Runtime, value: Tagged): string => {
  const text = maybeRender(rt, value);
  if (text !== undefined) return text;
  while (instanceTypeOf(rt, value) === InstanceType.JSProxy) value = rt.heap.get(value, JSProxy.Target);
  const tag = getDataProperty(rt, value, rt.symbols.to_string_tag_symbol);
  return `[object ${isString(rt, tag) ? toHostString(rt.heap, tag) : className(rt, value)}]`;
};

/** The text of a value that has one of its own; undefined for an object whose toString is neither Object's nor Error's. */
export const maybeRender = (rt: Runtime, value: Tagged): string | undefined => {
  if ((value & 1) === 0 || isNumber(rt, value)) return toHostString(rt.heap, primitiveText(rt, value));
  const type = instanceTypeOf(rt, value);
  if (type < InstanceType.FirstNonstring) return toHostString(rt.heap, value);
  if (isSymbol(rt, value))
    return isPrivateName(rt, value) ? privateNameText(rt, value) : symbolDescriptiveString(rt, value);
  if (type < InstanceType.FirstJSReceiver) return toHostString(rt.heap, primitiveText(rt, value));
  if (type === InstanceType.JSProxy) return renderForMessage(rt, rt.heap.get(value, JSProxy.Target));
  if (type >= InstanceType.FirstJSFunctionOrBoundFunction) return shortened(functionToString(rt, value));
  const toString = getDataProperty(rt, value, rt.names.toString);
  // Undefined is the intrinsic of a realm without a standard library.
  const isErrorToString =
    toString !== StaticRoot.Undefined && toString === rt.intrinsic(NativeContextSlot.JsErrorToString);
  if (type === InstanceType.JSError || isErrorToString) return errorText(rt, value);
  if (toString === rt.intrinsic(NativeContextSlot.ObjectPrototypeToString)) {
    const constructor = getDataProperty(rt, value, rt.names.constructor);
    if (isJSFunction(rt, constructor)) {
      const name = sharedFunctionName(rt, constructor);
      if (name !== '') return `#<${name}>`;
    }
  }
  return undefined;
};

/** A function's source in a message, its middle left out when it is long. */
const shortened = (source: string): string =>
  source.length > 128 ? `${source.slice(0, 111)}...<omitted>...${source.slice(-2)}` : source;

const classNames: Partial<Record<InstanceType, string>> = {
  [InstanceType.JSArgumentsObject]: 'Arguments',
  [InstanceType.JSArray]: 'Array',
  [InstanceType.JSArrayBuffer]: 'ArrayBuffer',
  [InstanceType.JSDataView]: 'DataView',
  [InstanceType.JSDate]: 'Date',
  [InstanceType.JSMap]: 'Map',
  [InstanceType.JSModuleNamespace]: 'Module',
  [InstanceType.JSRegExp]: 'RegExp',
  [InstanceType.JSSet]: 'Set',
  [InstanceType.JSWeakMap]: 'WeakMap',
  [InstanceType.JSWeakSet]: 'WeakSet',
};

/** JSReceiver::class_name. */
export const className = (rt: Runtime, value: Tagged): string => {
  const type = instanceTypeOf(rt, value);
  if (type === InstanceType.JSPrimitiveWrapper) {
    const primitive = toHostString(rt.heap, typeOf(rt, rt.heap.get(value, JSPrimitiveWrapper.Value)));
    return primitive === 'bigint' ? 'BigInt' : primitive[0]!.toUpperCase() + primitive.slice(1);
  }
  if (type === InstanceType.JSTypedArray) {
    // V8 has no name for them.
    if (isRabGsabElementsKind(mapElementsKind(rt.heap, rt.heap.get(value, HeapObject.Map)))) return 'Object';
    const constructor = mapConstructor(rt.heap, rt.heap.get(value, HeapObject.Map));
    return isJSFunction(rt, constructor) ? sharedFunctionName(rt, constructor) : 'Object';
  }
  return classNames[type as InstanceType] ?? 'Object';
};

/** A value where V8 finds no call site to print (BuildDefaultCallSite): its type, and the value of simple ones. */
export const defaultCallSite = (rt: Runtime, value: Tagged): string => {
  const type = toHostString(rt.heap, typeOf(rt, value));
  if (isString(rt, value)) {
    const text = toHostString(rt.heap, value);
    return `${type} "${text.length > 100 ? `${text.slice(0, 100)}<...>` : text}"`;
  }
  if (value === StaticRoot.Null || value === StaticRoot.True || value === StaticRoot.False || isNumber(rt, value))
    return `${type} ${renderForMessage(rt, value)}`;
  return type;
};

export const isErrorObject = (rt: Runtime, value: Tagged): boolean =>
  (value & 1) !== 0 && instanceTypeOf(rt, value) === InstanceType.JSError;

/** What an error has of its name and its message. */
const errorText = (rt: Runtime, value: Tagged): string => {
  const name = getDataProperty(rt, value, rt.names.name);
  const message = getDataProperty(rt, value, rt.names.message);
  return nameAndMessage(
    name === StaticRoot.Undefined ? '' : renderForMessage(rt, name),
    message === StaticRoot.Undefined ? '' : renderForMessage(rt, message),
  );
};

export const nameAndMessage = (name: string, message: string): string =>
  name === '' ? message : message === '' ? name : `${name}: ${message}`;

/** Value of a data property anywhere on the prototype chain; undefined for accessors, native ones too (V8: JSReceiver::GetDataProperty). */
export const getDataProperty = (rt: Runtime, object: Tagged, name: Tagged): Tagged => {
  if (!isJSReceiver(rt, object)) return StaticRoot.Undefined;
  const it = new LookupIterator(rt).startName(object, name);
  return it.state === LookupState.Data ? it.value : StaticRoot.Undefined;
};

/** The function's name: own `name` data property if it is a string, else the SharedFunctionInfo's. */
export const functionName = (rt: Runtime, fn: Tagged): string => {
  const own = lookupOwn(rt.heap, rt.factory, fn, rt.names.name);
  if (own.found && detailsKind(own.details) === PropertyKind.Data && isString(rt, own.value))
    return toHostString(rt.heap, own.value);
  return sharedFunctionName(rt, fn);
};

export const sharedFunctionName = (rt: Runtime, fn: Tagged): string => {
  if (!isJSFunction(rt, fn)) return '';
  const name = rt.heap.get(rt.heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Name);
  return isString(rt, name) ? toHostString(rt.heap, name) : '';
};

/** SharedFunctionFlags: class, generator, async …; 0 of what is no JSFunction. */
export const functionFlags = (rt: Runtime, fn: Tagged): number =>
  isJSFunction(rt, fn) ? rt.heap.getI32(rt.heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags) : 0;

/** Function.prototype.toString. */
export const functionToString = (rt: Runtime, fn: Tagged): string => {
  if (isJSFunction(rt, fn)) {
    const sfi = rt.heap.get(fn, JSFunction.SharedFunctionInfo);
    if (!isNative(rt.heap, sfi)) {
      const source = rt.hooks.functionSource(fn);
      if (source !== undefined) return source;
    }
    return `function ${sharedFunctionName(rt, fn)}() { [native code] }`;
  }
  return 'function () { [native code] }';
};
