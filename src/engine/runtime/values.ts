// What a word is: classification, typeof, truth, the text of a primitive. Nothing here runs JavaScript or throws.

import { smi, smiMax, smiMin, type Tagged } from '../heap/index.ts';
import {
  BigIntObject,
  bigintValue,
  HeapNumber,
  InstanceType,
  MapBits,
  MapObject,
  numberValue,
  Oddball,
  StaticRoot,
  StringObject,
  SymbolFlags,
  SymbolObject,
  toHostString,
} from '../objects/index.ts';
import { NativeContextSlot } from './native-context.ts';
import type { Runtime } from './runtime.ts';
import { numberToString } from './strings.ts';

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

// --- as something else ------------------------------------------------------------------------------------------------

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

/** StringToNumber (§7.1.4.1) on the host's string. */
export const stringToNumber = (text: string): number => Number(text);

export const stringToBigInt = (text: string): bigint | undefined => {
  try {
    return BigInt(text);
  } catch {
    return undefined;
  }
};

/** The string of a primitive value that is no symbol. */
export const primitiveText = (rt: Runtime, value: Tagged): Tagged => {
  if ((value & 1) === 0) return numberToString(rt, value >> 1);
  const type = instanceTypeOf(rt, value);
  if (type < InstanceType.FirstNonstring) return value;
  if (type === InstanceType.HeapNumber) return numberToString(rt, numberValue(rt.heap, value));
  if (type === InstanceType.BigInt) return rt.factory.newString(bigintValue(rt.heap, value).toString());
  return rt.heap.get(value, Oddball.ToString);
};

/** A symbol's description for messages: Symbol(x). */
export const symbolDescriptiveString = (rt: Runtime, symbol: Tagged): string => {
  const description = rt.heap.get(symbol, SymbolObject.Description);
  const text = description === StaticRoot.Undefined ? '' : toHostString(rt.heap, description);
  return `Symbol(${text})`;
};

/** Whether a key is a class's #x. */
export const isPrivateName = (rt: Runtime, key: Tagged): boolean =>
  isSymbol(rt, key) && (rt.heap.getI32(key, SymbolObject.Flags) & SymbolFlags.PrivateName) !== 0;

/** A private name as it is written: #x. */
export const privateNameText = (rt: Runtime, name: Tagged): string => symbolDescriptiveString(rt, name).slice(7, -1);

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

/** A number word when it fits a Smi, without allocation. */
export const tagIntegerOrAllocate = (rt: Runtime, value: number): Tagged =>
  value >= smiMin && value <= smiMax && (value | 0) === value && (value !== 0 || 1 / value > 0)
    ? smi(value)
    : rt.factory.newNumber(value);
