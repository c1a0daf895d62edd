// Type conversion: the abstract operations of ECMA-262 §7.1, on tagged words. Those that may run JavaScript say so; after
// them the caller's raw words are stale.

import { smi, smiMax, smiMin, type Tagged } from '../heap/index.ts';
import {
  BigIntObject,
  bigintValue,
  HeapNumber,
  InstanceType,
  JSPrimitiveWrapper,
  JSProxy,
  MapBits,
  MapObject,
  numberValue,
  Oddball,
  StaticRoot,
  StringObject,
  SymbolObject,
  toHostString,
} from '../objects/index.ts';
import { defaultCallSite, throwSyntaxError, throwTypeError } from './errors.ts';
import { NativeContextSlot } from './native-context.ts';
import { getProperty } from './properties.ts';
import type { Runtime } from './runtime.ts';
import { numberToString } from './strings.ts';

// --- classification ---------------------------------------------------------------------------------------------------

/** Instance type of a heap object (not a Smi). */
export const instanceTypeOf = (rt: Runtime, object: Tagged): number => {
  const map = rt.heap.i32[(object - 1) >> 2]!;
  return rt.heap.u16[(map + MapObject.InstanceType - 1) >> 1]!;
};

export const mapOf = (rt: Runtime, object: Tagged): Tagged => rt.heap.i32[(object - 1) >> 2]!;

export const isJSReceiver = (rt: Runtime, value: Tagged): boolean =>
  (value & 1) !== 0 && instanceTypeOf(rt, value) >= InstanceType.FirstJSReceiver;
export const isString = (rt: Runtime, value: Tagged): boolean =>
  (value & 1) !== 0 && instanceTypeOf(rt, value) < InstanceType.FirstNonstring;
export const isSymbol = (rt: Runtime, value: Tagged): boolean =>
  (value & 1) !== 0 && rt.heap.i32[(value - 1) >> 2] === StaticRoot.SymbolMap;
export const isHeapNumber = (rt: Runtime, value: Tagged): boolean =>
  (value & 1) !== 0 && rt.heap.i32[(value - 1) >> 2] === StaticRoot.HeapNumberMap;
export const isNumber = (rt: Runtime, value: Tagged): boolean =>
  (value & 1) === 0 || rt.heap.i32[(value - 1) >> 2] === StaticRoot.HeapNumberMap;
export const isBigInt = (rt: Runtime, value: Tagged): boolean =>
  (value & 1) !== 0 && rt.heap.i32[(value - 1) >> 2] === StaticRoot.BigIntMap;
export const isName = (rt: Runtime, value: Tagged): boolean =>
  (value & 1) !== 0 && instanceTypeOf(rt, value) <= InstanceType.Symbol;
export const isUndefinedOrNull = (value: Tagged): boolean =>
  value === StaticRoot.Undefined || value === StaticRoot.Null;
export const isBoolean = (value: Tagged): boolean => value === StaticRoot.True || value === StaticRoot.False;
export const toOddball = (value: boolean): Tagged => (value ? StaticRoot.True : StaticRoot.False);

export const isCallable = (rt: Runtime, value: Tagged): boolean =>
  (value & 1) !== 0 && (rt.heap.u8[mapOf(rt, value) + MapObject.BitField - 1]! & MapBits.IsCallable) !== 0;
export const isConstructor = (rt: Runtime, value: Tagged): boolean =>
  (value & 1) !== 0 && (rt.heap.u8[mapOf(rt, value) + MapObject.BitField - 1]! & MapBits.IsConstructor) !== 0;
export const isJSFunction = (rt: Runtime, value: Tagged): boolean => {
  if ((value & 1) === 0) return false;
  const type = instanceTypeOf(rt, value);
  return type >= InstanceType.FirstJSFunction && type <= InstanceType.LastJSFunction;
};
export const hasInstanceType = (rt: Runtime, value: Tagged, type: InstanceType): boolean =>
  (value & 1) !== 0 && instanceTypeOf(rt, value) === type;

/** IsArray (§7.2.2): looks through proxies. @param operation what a revoked proxy is told about */
export const isArray = (rt: Runtime, value: Tagged, operation = 'IsArray'): boolean => {
  for (;;) {
    if ((value & 1) === 0) return false;
    const type = instanceTypeOf(rt, value);
    if (type === InstanceType.JSArray) return true;
    if (type !== InstanceType.JSProxy) return false;
    const handler = rt.heap.get(value, JSProxy.Handler);
    if (handler === StaticRoot.Null) throwTypeError(rt, 'ProxyRevoked', operation);
    value = rt.heap.get(value, JSProxy.Target);
  }
};

/** The internalized string `typeof value` gives. */
export const typeOf = (rt: Runtime, value: Tagged): Tagged => {
  const names = rt.names;
  if ((value & 1) === 0) return names.number;
  const map = rt.heap.i32[(value - 1) >> 2]!;
  const type = rt.heap.u16[(map + MapObject.InstanceType - 1) >> 1]!;
  if (type < InstanceType.FirstNonstring) return names.string;
  if (type === InstanceType.HeapNumber) return names.number;
  if (type === InstanceType.Oddball) {
    if (value === StaticRoot.True || value === StaticRoot.False) return names.boolean;
    return value === StaticRoot.Null ? names.object : names.undefined;
  }
  if (type === InstanceType.Symbol) return names.symbol;
  if (type === InstanceType.BigInt) return names.bigint;
  const bits = rt.heap.u8[map + MapObject.BitField - 1]!;
  if ((bits & MapBits.IsUndetectable) !== 0) return names.undefined;
  return (bits & MapBits.IsCallable) !== 0 ? names.function : names.object;
};

// --- ToBoolean, ToNumber … --------------------------------------------------------------------------------------------

export const toBoolean = (rt: Runtime, value: Tagged): boolean => {
  if ((value & 1) === 0) return value !== 0;
  switch (value) {
    case StaticRoot.True:
      return true;
    case StaticRoot.False:
    case StaticRoot.Undefined:
    case StaticRoot.Null:
      return false;
    case StaticRoot.EmptyString:
      return false;
  }
  const heap = rt.heap;
  const map = heap.i32[(value - 1) >> 2]!;
  const type = heap.u16[(map + MapObject.InstanceType - 1) >> 1]!;
  if (type < InstanceType.FirstNonstring) return heap.i32[(value + StringObject.Length - 1) >> 2] !== 0;
  if (type === InstanceType.HeapNumber) {
    const number = heap.f64[(value + HeapNumber.Value - 1) >> 3]!;
    return !Number.isNaN(number) && number !== 0;
  }
  if (type === InstanceType.BigInt) return heap.i32[(value + BigIntObject.Bitfield - 1) >> 2]! >> 1 !== 0;
  return (heap.u8[map + MapObject.BitField - 1]! & MapBits.IsUndetectable) === 0;
};

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

/** StringToNumber (§7.1.4.1) on the host's string. */
export const stringToNumber = (text: string): number => Number(text);

/** ToNumber as a host number; −0 and NaN kept. May run JavaScript. */
export const toNumberValue = (rt: Runtime, value: Tagged): number =>
  (value & 1) === 0 ? value >> 1 : primitiveToNumber(rt, toPrimitive(rt, value, 'number'));

/** The same of a primitive value. Runs no JavaScript; throws a TypeError for a symbol and a BigInt. */
export const primitiveToNumber = (rt: Runtime, value: Tagged): number => {
  if ((value & 1) === 0) return value >> 1;
  const { heap } = rt;
  const type = instanceTypeOf(rt, value);
  if (type === InstanceType.HeapNumber) return heap.f64[(value + HeapNumber.Value - 1) >> 3]!;
  if (type === InstanceType.Oddball) return heap.f64[(value + Oddball.ToNumberRaw - 1) >> 3]!;
  if (type < InstanceType.FirstNonstring) return stringToNumber(toHostString(heap, value));
  return throwTypeError(rt, type === InstanceType.Symbol ? 'SymbolToNumber' : 'BigIntToNumber');
};

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

// --- ToString ---------------------------------------------------------------------------------------------------------

/** ToString of a primitive value. Runs no JavaScript; throws a TypeError for a symbol. */
export const primitiveToString = (rt: Runtime, value: Tagged): Tagged => {
  if ((value & 1) === 0) return numberToString(rt, value >> 1);
  const type = instanceTypeOf(rt, value);
  if (type < InstanceType.FirstNonstring) return value;
  if (type === InstanceType.HeapNumber) return numberToString(rt, numberValue(rt.heap, value));
  if (type === InstanceType.Symbol) return throwTypeError(rt, 'SymbolToString');
  if (type === InstanceType.BigInt) return rt.factory.newString(bigintValue(rt.heap, value).toString());
  return rt.heap.get(value, Oddball.ToString);
};

/** ToString as a tagged word. May run JavaScript. */
export const toString = (rt: Runtime, value: Tagged): Tagged =>
  primitiveToString(rt, isJSReceiver(rt, value) ? toPrimitive(rt, value, 'string') : value);

/** ToString of a primitive value as a host string. Runs no JavaScript; throws a TypeError for a symbol. */
export const primitiveToHost = (rt: Runtime, value: Tagged): string =>
  toHostString(rt.heap, primitiveToString(rt, value));

/** ToString as a host string. May run JavaScript. */
export const toHost = (rt: Runtime, value: Tagged): string => {
  if ((value & 1) === 0) return String(value >> 1);
  return toHostString(rt.heap, toString(rt, value));
};

/** A symbol's description for messages: Symbol(x). */
export const symbolDescriptiveString = (rt: Runtime, symbol: Tagged): string => {
  const description = rt.heap.get(symbol, SymbolObject.Description);
  const text = description === StaticRoot.Undefined ? '' : toHostString(rt.heap, description);
  return `Symbol(${text})`;
};

/** ToPropertyKey of a primitive value. Runs no JavaScript. */
export const primitiveToPropertyKey = (rt: Runtime, value: Tagged): Tagged =>
  isName(rt, value) || ((value & 1) === 0 && value >= 0) ? value : primitiveToString(rt, value);

/** ToPropertyKey: an internalized string or symbol, or a non-negative number word for an integer index. May run JavaScript. */
export const toPropertyKey = (rt: Runtime, value: Tagged): Tagged => {
  if ((value & 1) === 0 && value >= 0) return value;
  if (isName(rt, value)) return value;
  return primitiveToPropertyKey(rt, toPrimitive(rt, value, 'string'));
};

// --- ToObject ---------------------------------------------------------------------------------------------------------

/** ToObject. Does not run JavaScript; throws a TypeError for undefined and null. */
export const toObject = (rt: Runtime, value: Tagged, method = ''): Tagged => {
  if (isJSReceiver(rt, value)) return value;
  if (isUndefinedOrNull(value)) {
    if (method !== '') throwTypeError(rt, 'CalledOnNullOrUndefined', method);
    throwTypeError(rt, 'UndefinedOrNullToObject');
  }
  const wrapper = rt.factory.newJSObject(wrapperMap(rt, value));
  rt.heap.set(wrapper, JSPrimitiveWrapper.Value, value);
  return wrapper;
};

/** Initial map of the wrapper of a primitive (not undefined or null). */
export const wrapperMap = (rt: Runtime, value: Tagged): Tagged => {
  if (isNumber(rt, value)) return rt.intrinsic(NativeContextSlot.NumberWrapperMap);
  const type = instanceTypeOf(rt, value);
  if (type < InstanceType.FirstNonstring) return rt.intrinsic(NativeContextSlot.StringWrapperMap);
  if (type === InstanceType.Symbol) return rt.intrinsic(NativeContextSlot.SymbolWrapperMap);
  if (type === InstanceType.BigInt) return rt.intrinsic(NativeContextSlot.BigIntWrapperMap);
  return rt.intrinsic(NativeContextSlot.BooleanWrapperMap);
};

/** Where property lookup on a primitive starts: String.prototype and so on; undefined for undefined and null. */
export const prototypeOfPrimitive = (rt: Runtime, value: Tagged): Tagged => {
  if (isNumber(rt, value)) return rt.intrinsic(NativeContextSlot.NumberPrototype);
  const type = instanceTypeOf(rt, value);
  if (type < InstanceType.FirstNonstring) return rt.intrinsic(NativeContextSlot.StringPrototype);
  if (type === InstanceType.Symbol) return rt.intrinsic(NativeContextSlot.SymbolPrototype);
  if (type === InstanceType.BigInt) return rt.intrinsic(NativeContextSlot.BigIntPrototype);
  if (isBoolean(value)) return rt.intrinsic(NativeContextSlot.BooleanPrototype);
  return StaticRoot.Undefined;
};

/** Receiver of a sloppy function (OrdinaryCallBindThis). */
export const convertReceiver = (rt: Runtime, receiver: Tagged): Tagged =>
  isUndefinedOrNull(receiver) ? rt.intrinsic(NativeContextSlot.GlobalProxy) : toObject(rt, receiver);

// --- BigInt -----------------------------------------------------------------------------------------------------------

/** ToBigInt as a host bigint. May run JavaScript. */
export const toBigIntValue = (rt: Runtime, value: Tagged): bigint => {
  const primitive = toPrimitive(rt, value, 'number');
  if (isBigInt(rt, primitive)) return bigintValue(rt.heap, primitive);
  if (isBoolean(primitive)) return primitive === StaticRoot.True ? 1n : 0n;
  if (isString(rt, primitive)) {
    const text = toHostString(rt.heap, primitive);
    const parsed = stringToBigInt(text);
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

export const stringToBigInt = (text: string): bigint | undefined => {
  try {
    return BigInt(text);
  } catch {
    return undefined;
  }
};

/** A number word when it fits a Smi, without allocation. */
export const tagIntegerOrAllocate = (rt: Runtime, value: number): Tagged =>
  value >= smiMin && value <= smiMax && (value | 0) === value && (value !== 0 || 1 / value > 0)
    ? smi(value)
    : rt.factory.newNumber(value);
