// Making and throwing Error objects, with V8's messages and stack strings.
//
//   TypeError: boom
//       at inner (/a/b.js:2:9)
//       at new Thing (/a/b.js:7:3)
//       at Array.map (<anonymous>)
//       at /a/b.js:9:1

import type { Tagged } from '../heap/index.ts';
import {
  addAccessorProperty,
  addDataProperty,
  deleteProperty,
  HeapObject,
  isNative,
  JSFunction,
  lookupOwn,
  numberValue,
  PropertyAttributes,
  Script,
  SharedFunctionInfo,
  StaticRoot,
  setOwnDataValue,
} from '../objects/index.ts';
import { formatFrame } from './call-site-info.ts';
import type { CallSite, ErrorHint } from './hooks.ts';
import { initialMapForConstructor } from './initial-maps.ts';
import { formatMessage, type MessageTemplate } from './messages.ts';
import { NativeContextSlot } from './native-context.ts';
import { defaultCallSite, getDataProperty, maybeRender, renderForMessage } from './rendering.ts';
import type { Runtime } from './runtime.ts';
import { isJSFunction, isNumber } from './values.ts';

export type ErrorType =
  | 'Error'
  | 'TypeError'
  | 'RangeError'
  | 'SyntaxError'
  | 'ReferenceError'
  | 'EvalError'
  | 'URIError'
  | 'AggregateError'
  | 'SuppressedError';

const constructorSlots: Readonly<Record<ErrorType, NativeContextSlot>> = {
  Error: NativeContextSlot.ErrorFunction,
  TypeError: NativeContextSlot.TypeErrorFunction,
  RangeError: NativeContextSlot.RangeErrorFunction,
  SyntaxError: NativeContextSlot.SyntaxErrorFunction,
  ReferenceError: NativeContextSlot.ReferenceErrorFunction,
  EvalError: NativeContextSlot.EvalErrorFunction,
  URIError: NativeContextSlot.URIErrorFunction,
  AggregateError: NativeContextSlot.AggregateErrorFunction,
  SuppressedError: NativeContextSlot.SuppressedErrorFunction,
};

/** An argument of a message: a host string as is, a tagged word as V8 renders it (strings unquoted, objects as #<Foo>). */
export type MessageArgument = string | Tagged;

const argumentText = (rt: Runtime, arg: MessageArgument): string =>
  typeof arg === 'string' ? arg : renderForMessage(rt, arg);

// --- construction -------------------------------------------------------------------------------------------------------

/** A new Error object of the realm with message and captured stack. */
export const newErrorObject = (rt: Runtime, type: ErrorType, message: string): Tagged => {
  const constructor = rt.intrinsic(constructorSlots[type]);
  // A bare realm (tests, early bootstrap) has no Error functions yet.
  const map =
    constructor === StaticRoot.Undefined
      ? rt.intrinsic(NativeContextSlot.ObjectMap0)
      : initialMapForConstructor(rt, constructor);
  const error = rt.factory.newJSObject(map);
  captureStackTrace(rt, error, StaticRoot.Undefined);
  defineHidden(rt, error, rt.names.message, rt.factory.newString(message));
  return error;
};

const defineHidden = (rt: Runtime, object: Tagged, name: Tagged, value: Tagged): void =>
  addDataProperty(rt.heap, rt.factory, object, name, value, PropertyAttributes.DontEnum);

export const newError = (rt: Runtime, type: ErrorType, template: MessageTemplate, ...args: MessageArgument[]): Tagged =>
  newErrorObject(
    rt,
    type,
    formatMessage(
      template,
      args.map((arg) => argumentText(rt, arg)),
    ),
  );

export const throwError = (
  rt: Runtime,
  type: ErrorType,
  template: MessageTemplate,
  ...args: MessageArgument[]
): never => rt.throw(newError(rt, type, template, ...args));

// Declared as functions with an explicit never so that callers narrow after them.
export function throwTypeError(rt: Runtime, template: MessageTemplate, ...args: MessageArgument[]): never {
  return rt.throw(newError(rt, 'TypeError', template, ...args));
}
export function throwRangeError(rt: Runtime, template: MessageTemplate, ...args: MessageArgument[]): never {
  return rt.throw(newError(rt, 'RangeError', template, ...args));
}
export function throwReferenceError(rt: Runtime, template: MessageTemplate, ...args: MessageArgument[]): never {
  return rt.throw(newError(rt, 'ReferenceError', template, ...args));
}
export function throwSyntaxError(rt: Runtime, template: MessageTemplate, ...args: MessageArgument[]): never {
  return rt.throw(newError(rt, 'SyntaxError', template, ...args));
}

const hintedTemplates: Readonly<Record<Exclude<ErrorHint, 'none'>, MessageTemplate>> = {
  iterable: 'NotIterable',
  callOrIterable: 'NotCallableOrIterable',
  asyncIterable: 'NotAsyncIterable',
  callOrAsyncIterable: 'NotCallableOrAsyncIterable',
};

/** The place in the innermost frame's source; without one, what is known of `value`. */
const callSiteOf = (rt: Runtime, value: Tagged, isErrorInSpread: boolean): CallSite => {
  const site = rt.hooks.callSite?.(isErrorInSpread);
  if (site !== undefined && site.text !== '') return site;
  return {
    text: defaultCallSite(rt, value),
    hint: site?.hint ?? 'none',
    isDestructuring: site?.isDestructuring ?? false,
    property: site?.property,
  };
};

/** A call of what is not callable (V8: ErrorUtils::NewCalledNonCallableError). */
export function throwCalledNonCallable(rt: Runtime, value: Tagged): never {
  const { text, hint } = callSiteOf(rt, value, false);
  throwTypeError(rt, hint === 'none' ? 'CalledNonCallable' : hintedTemplates[hint], text);
}

/** A construction with what is no constructor. */
export function throwNotConstructor(rt: Runtime, value: Tagged): never {
  throwTypeError(rt, 'NotConstructor', callSiteOf(rt, value, false).text);
}

/** GetIterator failed: the value is not iterable. */
export function throwNotIterable(rt: Runtime, value: Tagged): never {
  const { text, hint } = callSiteOf(rt, value, false);
  if (hint !== 'none') throwTypeError(rt, hintedTemplates[hint], text);
  throwTypeError(rt, 'NotIterableNoSymbolLoad', text, 'Symbol(Symbol.iterator)');
}

/** The last argument of a call is spread and not iterable. */
export function throwSpreadArgument(rt: Runtime, template: MessageTemplate, value: Tagged): never {
  throwTypeError(rt, template, callSiteOf(rt, value, true).text, value);
}

/**
 * A property of undefined or null is read, or an object pattern meets one (V8: ErrorUtils::ThrowLoadFromNullOrUndefined).
 * @param key undefined when the pattern reads none
 */
export function throwLoadFromNullOrUndefined(rt: Runtime, object: Tagged, key: Tagged | undefined): never {
  const site = callSiteOf(rt, object, false);
  if (site.isDestructuring) {
    const property = key === undefined ? site.property : maybeRender(rt, key);
    const isNull = object === StaticRoot.Null;
    if (property === undefined) throwTypeError(rt, isNull ? 'NonCoercibleNull' : 'NonCoercible', site.text);
    throwTypeError(rt, isNull ? 'NonCoercibleWithPropertyNull' : 'NonCoercibleWithProperty', property, site.text);
  }
  if (key === rt.symbols.iterator_symbol) throwNotIterable(rt, object);
  const text = key === undefined ? undefined : maybeRender(rt, key);
  if (text === undefined) throwTypeError(rt, 'NonObjectPropertyLoad', renderForMessage(rt, object));
  throwTypeError(rt, 'NonObjectPropertyLoadWithProperty', renderForMessage(rt, object), text);
}

/** A property of undefined or null is written. */
export function throwStoreToNullOrUndefined(rt: Runtime, object: Tagged, key: Tagged): never {
  const text = maybeRender(rt, key);
  if (text === undefined) throwTypeError(rt, 'NonObjectPropertyStore', renderForMessage(rt, object));
  throwTypeError(rt, 'NonObjectPropertyStoreWithProperty', renderForMessage(rt, object), text);
}

// --- stack strings ------------------------------------------------------------------------------------------------------

/** Number of frames to capture (Error.stackTraceLimit); −1 when it is not a number: no stack property. */
export const stackTraceLimit = (rt: Runtime): number => {
  const fn = rt.intrinsic(NativeContextSlot.ErrorFunction);
  const limit = isJSFunction(rt, fn) ? getDataProperty(rt, fn, rt.names.stackTraceLimit) : StaticRoot.Undefined;
  if (!isNumber(rt, limit)) return -1;
  const value = numberValue(rt.heap, limit);
  return value > 0 ? Math.min(Math.trunc(value), 200) : 0;
};

/** The frames' lines above `skip`, each with a line break before it. */
const stackFrames = (rt: Runtime, skip: Tagged): string => {
  const limit = stackTraceLimit(rt);
  if (limit <= 0) return '';
  let text = '';
  for (const frame of rt.hooks.captureStack(limit, skip)) {
    if (!isLibraryInner(rt, frame.function)) text += `\n    at ${formatFrame(rt, frame)}`;
  }
  return text;
};

/** A function inside a standard library function written in JavaScript: V8 has no such frame. */
const isLibraryInner = (rt: Runtime, fn: Tagged): boolean => {
  if (!isJSFunction(rt, fn)) return false;
  const sfi = rt.heap.get(fn, JSFunction.SharedFunctionInfo);
  if (isNative(rt.heap, sfi)) return false;
  const script = rt.heap.get(sfi, SharedFunctionInfo.Script);
  return (
    (script & 1) !== 0 &&
    rt.heap.get(script, HeapObject.Map) === StaticRoot.ScriptMap &&
    rt.heap.get(script, Script.Id) === -1 << 1
  );
};

/** Error.captureStackTrace and the constructors: own `stack`, formatted when read. */
export const captureStackTrace = (rt: Runtime, error: Tagged, skip: Tagged): void => {
  if (stackTraceLimit(rt) < 0) return;
  const { heap, factory } = rt;
  const state = factory.newFixedArray(1, factory.newString(stackFrames(rt, skip)));
  const symbol = rt.symbols.error_stack_symbol;
  if (lookupOwn(heap, factory, error, symbol).found) {
    setOwnDataValue(heap, factory, error, symbol, state);
    return;
  }
  addDataProperty(heap, factory, error, symbol, state, PropertyAttributes.DontEnum);
  const own = lookupOwn(heap, factory, error, rt.names.stack);
  if (!own.found)
    addAccessorProperty(heap, factory, error, rt.names.stack, rt.errorStackAccessor, PropertyAttributes.DontEnum);
  else {
    deleteProperty(heap, factory, error, rt.names.stack);
    addAccessorProperty(heap, factory, error, rt.names.stack, rt.errorStackAccessor, PropertyAttributes.DontEnum);
  }
};
