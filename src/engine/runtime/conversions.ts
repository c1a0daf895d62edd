// Type conversion: the abstract operations of ECMA-262 §7.1 that may run JavaScript, on tagged words. After them the caller's raw words
// are stale. Of primitives: primitive-conversions.ts.

import type { Tagged } from '../heap/index.ts';
import { bigintValue, StaticRoot, toHostString } from '../objects/index.ts';
import { throwSyntaxError, throwTypeError } from './errors.ts';
import { getProperty } from './get-property.ts';
import { primitiveToNumber, primitiveToPropertyKey, primitiveToString } from './primitive-conversions.ts';
import { defaultCallSite } from './rendering.ts';
import type { Runtime } from './runtime.ts';
import {
  isBigInt,
  isBoolean,
  isCallable,
  isJSReceiver,
  isName,
  isNumber,
  isString,
  isSymbol,
  isUndefinedOrNull,
  stringToBigInt,
  symbolDescriptiveString,
} from './values.ts';

export type PreferredType = 'default' | 'number' | 'string';

/** ToPrimitive. May run JavaScript. */
export const toPrimitive = (rt: Runtime, value: Tagged, hint: PreferredType = 'default'): Tagged => {
  if (!isJSReceiver(rt, value)) return value;
  const heap = rt.heap;
  const scope = heap.openHandles();
  try {
    const object = heap.handle(value);
    const exotic = getProperty(rt, value, rt.symbols.to_primitive_symbol);
    if (!isUndefinedOrNull(exotic)) {
      if (!isCallable(rt, exotic)) {
        if (rt.isInCpp)
          throwTypeError(rt, 'PropertyNotFunction', exotic, 'Symbol(Symbol.toPrimitive)', heap.deref(object));
        throwTypeError(rt, 'CalledNonCallable', defaultCallSite(rt, exotic));
      }
      const hintName = hint === 'default' ? rt.names.default : hint === 'number' ? rt.names.number : rt.names.string;
      const result = rt.call(exotic, heap.deref(object), hintName);
      if (!isJSReceiver(rt, result)) return result;
      throwTypeError(rt, 'CannotConvertToPrimitive');
    }
    for (let i = 0; i < 2; i++) {
      const name = (hint === 'string') === (i === 0) ? rt.names.toString : rt.names.valueOf;
      const method = getProperty(rt, heap.deref(object), name);
      if (isCallable(rt, method)) {
        const result = rt.call(method, heap.deref(object));
        if (!isJSReceiver(rt, result)) return result;
      }
    }
    throwTypeError(rt, 'CannotConvertToPrimitive');
  } finally {
    heap.closeHandles(scope);
  }
};

/** ToNumber as a host number; −0 and NaN kept. May run JavaScript. */
export const toNumberValue = (rt: Runtime, value: Tagged): number =>
  (value & 1) === 0 ? value >> 1 : primitiveToNumber(rt, toPrimitive(rt, value, 'number'));

/** ToNumber as a tagged word. May run JavaScript. */
export const toNumber = (rt: Runtime, value: Tagged): Tagged => {
  if (isNumber(rt, value)) return value;
  return rt.factory.newNumber(toNumberValue(rt, value));
};

/** ToNumeric: a Number or BigInt word. May run JavaScript. */
export const toNumeric = (rt: Runtime, value: Tagged): Tagged => {
  if (isNumber(rt, value)) return value;
  const primitive = toPrimitive(rt, value, 'number');
  return isBigInt(rt, primitive) ? primitive : toNumber(rt, primitive);
};

/** ToIntegerOrInfinity. May run JavaScript. */
export const toIntegerOrInfinity = (rt: Runtime, value: Tagged): number => {
  if ((value & 1) === 0) return value >> 1;
  const number = toNumberValue(rt, value);
  return Number.isNaN(number) ? 0 : Math.trunc(number) + 0;
};

export const toInt32 = (rt: Runtime, value: Tagged): number => toNumberValue(rt, value) | 0;
export const toUint32 = (rt: Runtime, value: Tagged): number => toNumberValue(rt, value) >>> 0;

/** ToLength. May run JavaScript. */
export const toLength = (rt: Runtime, value: Tagged): number => {
  const length = toIntegerOrInfinity(rt, value);
  return length <= 0 ? 0 : Math.min(length, Number.MAX_SAFE_INTEGER);
};

/** ToIndex; RangeError with V8's message for the caller's template. May run JavaScript. */
export const toIndex = (rt: Runtime, value: Tagged): number => {
  if (value === StaticRoot.Undefined) return 0;
  return toIntegerOrInfinity(rt, value);
};

/** A relative index (slice, splice, at …) clamped to 0 … length. May run JavaScript. */
export const toRelativeIndex = (rt: Runtime, value: Tagged, length: number, whenUndefined: number): number => {
  if (value === StaticRoot.Undefined) return whenUndefined;
  const relative = toIntegerOrInfinity(rt, value);
  return relative < 0 ? Math.max(length + relative, 0) : Math.min(relative, length);
};

/** ToString as a tagged word. May run JavaScript. */
export const toString = (rt: Runtime, value: Tagged): Tagged =>
  primitiveToString(rt, isJSReceiver(rt, value) ? toPrimitive(rt, value, 'string') : value);

/** ToString as a host string. May run JavaScript. */
export const toHost = (rt: Runtime, value: Tagged): string => {
  if ((value & 1) === 0) return String(value >> 1);
  return toHostString(rt.heap, toString(rt, value));
};

/** ToPropertyKey: an internalized string or symbol, or a non-negative number word for an integer index. May run JavaScript. */
export const toPropertyKey = (rt: Runtime, value: Tagged): Tagged => {
  if ((value & 1) === 0 && value >= 0) return value;
  if (isName(rt, value)) return value;
  return primitiveToPropertyKey(rt, toPrimitive(rt, value, 'string'));
};

// --- BigInt -----------------------------------------------------------------------------------------------------------

/** ToBigInt as a host bigint. May run JavaScript. */
export const toBigIntValue = (rt: Runtime, value: Tagged): bigint => {
  const primitive = toPrimitive(rt, value, 'number');
  if (isBigInt(rt, primitive)) return bigintValue(rt.heap, primitive);
  if (isBoolean(primitive)) return primitive === StaticRoot.True ? 1n : 0n;
  if (isString(rt, primitive)) {
    const text = toHostString(rt.heap, primitive);
    const parsed = rt.patiently(
      () => text.length > 10_000,
      () => stringToBigInt(text),
    );
    if (parsed === undefined)
      throwSyntaxError(rt, 'BigIntFromObject', text.length > 1000 ? `${text.slice(0, 1000)}…` : text);
    return parsed;
  }
  throwTypeError(
    rt,
    'BigIntFromObject',
    isSymbol(rt, primitive) ? symbolDescriptiveString(rt, primitive) : toHost(rt, primitive),
  );
};
