// Equality without conversion (ECMA-262 §7.2). Runs no JavaScript.

import type { Tagged } from '../heap/index.ts';
import { bigintValue, HeapNumber, InstanceType, stringEquals } from '../objects/index.ts';
import type { Runtime } from './runtime.ts';
import { instanceTypeOf, isBigInt, isHeapNumber, isNumber, isString } from './values.ts';

export const numberOf = (rt: Runtime, value: Tagged): number =>
  (value & 1) === 0 ? value >> 1 : rt.heap.f64[(value + HeapNumber.Value - 1) >> 3]!;

/** IsStrictlyEqual. Runs no JavaScript. */
export const strictEquals = (rt: Runtime, a: Tagged, b: Tagged): boolean => {
  if (a === b) return !isHeapNumber(rt, a) || !Number.isNaN(numberOf(rt, a));
  if ((a & b & 1) === 0 && ((a | b) & 1) === 0) return false;
  if (isNumber(rt, a)) return isNumber(rt, b) && numberOf(rt, a) === numberOf(rt, b);
  if ((b & 1) === 0) return false;
  const type = instanceTypeOf(rt, a);
  if (type < InstanceType.FirstNonstring) return isString(rt, b) && stringEquals(rt.heap, a, b);
  if (type === InstanceType.BigInt) return isBigInt(rt, b) && bigintValue(rt.heap, a) === bigintValue(rt.heap, b);
  return false;
};

/** SameValueZero. Runs no JavaScript. */
export const sameValueZero = (rt: Runtime, a: Tagged, b: Tagged): boolean => {
  if (a === b) return true;
  if (isNumber(rt, a) && isNumber(rt, b)) {
    const x = numberOf(rt, a);
    const y = numberOf(rt, b);
    return x === y || (Number.isNaN(x) && Number.isNaN(y));
  }
  return strictEquals(rt, a, b);
};

/** SameValue. Runs no JavaScript. */
export const sameValue = (rt: Runtime, a: Tagged, b: Tagged): boolean => {
  if (a === b) return true;
  if (isNumber(rt, a) && isNumber(rt, b)) return Object.is(numberOf(rt, a), numberOf(rt, b));
  return strictEquals(rt, a, b);
};
