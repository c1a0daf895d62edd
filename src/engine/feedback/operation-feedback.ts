// What an operand contributes to the feedback of arithmetic, comparison and typeof.

import type { Tagged } from '../heap/index.ts';
import { BigIntObject, InstanceType, StaticRoot, StringBits } from '../objects/index.ts';
import type { Runtime } from '../runtime/index.ts';
import { BinaryOperationFeedback, CompareOperationFeedback, TypeOfFeedback } from './lattices.ts';

const instanceType = (rt: Runtime, value: Tagged): number => rt.heap.u16[(rt.heap.i32[(value - 1) >> 2]! + 7) >> 1]!;

/** Feedback of one numeric operand. */
export const numericFeedback = (rt: Runtime, value: Tagged): BinaryOperationFeedback => {
  if ((value & 1) === 0) return BinaryOperationFeedback.SignedSmall;
  switch (instanceType(rt, value)) {
    case InstanceType.HeapNumber:
      return BinaryOperationFeedback.Number;
    case InstanceType.Oddball:
      return BinaryOperationFeedback.NumberOrOddball;
    case InstanceType.BigInt:
      return isBigInt64(rt, value) ? BinaryOperationFeedback.BigInt64 : BinaryOperationFeedback.BigInt;
    default:
      return BinaryOperationFeedback.Any;
  }
};

/** Feedback of the operand of an operation that has one. */
export const unaryFeedback = (rt: Runtime, value: Tagged): BinaryOperationFeedback => {
  const feedback = numericFeedback(rt, value);
  return feedback === BinaryOperationFeedback.BigInt64 ? BinaryOperationFeedback.BigInt : feedback;
};

/** Feedback of `left op right`; `isAdd` lets strings be strings. Smi operands give Number unless the caller knows better. */
export const binaryFeedback = (rt: Runtime, left: Tagged, right: Tagged, isAdd: boolean): BinaryOperationFeedback => {
  const l =
    isAdd && (left & 1) !== 0 && instanceType(rt, left) < InstanceType.FirstNonstring
      ? BinaryOperationFeedback.String
      : numericFeedback(rt, left);
  const r =
    isAdd && (right & 1) !== 0 && instanceType(rt, right) < InstanceType.FirstNonstring
      ? BinaryOperationFeedback.String
      : numericFeedback(rt, right);
  if (l === BinaryOperationFeedback.String || r === BinaryOperationFeedback.String)
    return l === r ? BinaryOperationFeedback.String : BinaryOperationFeedback.Any;
  const bigints = BinaryOperationFeedback.BigInt;
  if ((l & bigints) !== 0 || (r & bigints) !== 0)
    return (l | r) === ((l | r) & bigints) && l !== 0 && r !== 0 ? l | r : BinaryOperationFeedback.Any;
  return l | r | BinaryOperationFeedback.Number;
};

/** Within ±(2⁶³ − 1). */
const isBigInt64 = (rt: Runtime, value: Tagged): boolean => {
  const digits = rt.heap.getI32(value, BigIntObject.Bitfield) >>> 1;
  return digits === 0 || (digits === 1 && rt.heap.i64[(value - 1 + BigIntObject.Digits) >> 3]! >= 0n);
};

/** Class of one operand of a comparison. */
export const compareClass = (rt: Runtime, value: Tagged): CompareOperationFeedback => {
  if ((value & 1) === 0) return CompareOperationFeedback.SignedSmall;
  if (value === StaticRoot.Undefined || value === StaticRoot.Null) return CompareOperationFeedback.NullOrUndefined;
  if (value === StaticRoot.True || value === StaticRoot.False) return CompareOperationFeedback.Boolean;
  const type = instanceType(rt, value);
  if (type < InstanceType.FirstNonstring)
    return (type & StringBits.NotInternalized) === 0
      ? CompareOperationFeedback.InternalizedString
      : CompareOperationFeedback.String;
  if (type >= InstanceType.FirstJSReceiver) return CompareOperationFeedback.Receiver;
  switch (type) {
    case InstanceType.HeapNumber:
      return CompareOperationFeedback.Number;
    case InstanceType.Symbol:
      return CompareOperationFeedback.Symbol;
    case InstanceType.BigInt:
      return isBigInt64(rt, value) ? CompareOperationFeedback.BigInt64 : CompareOperationFeedback.BigInt;
    default:
      return CompareOperationFeedback.Any;
  }
};

const strings = CompareOperationFeedback.String;

/** Feedback of `==` and `===`. */
export const equalityFeedback = (
  rt: Runtime,
  left: Tagged,
  right: Tagged,
  isStrict: boolean,
): CompareOperationFeedback => {
  const first = compareClass(rt, left);
  const joined = first | compareClass(rt, right);
  const oddballs = CompareOperationFeedback.Oddball;
  const { NullOrUndefined, ReceiverOrNullOrUndefined } = CompareOperationFeedback;
  if (joined === NullOrUndefined) return ReceiverOrNullOrUndefined;
  // V8 takes every oddball beside a null or undefined on the left for one of them.
  if (isStrict && first === NullOrUndefined && (joined & ~oddballs) === 0) return ReceiverOrNullOrUndefined;
  // A boolean beside a number is one for `==` alone; beside null and undefined it is anything, as a number is.
  const numbers = isStrict ? CompareOperationFeedback.Number : CompareOperationFeedback.NumberOrBoolean;
  if ((joined & ~numbers) === 0) return joined;
  if ((joined & ~strings) === 0) return joined;
  if ((joined & ~CompareOperationFeedback.BigInt) === 0) return joined;
  if (!isStrict && (first & CompareOperationFeedback.BigInt) !== 0 && (joined & ~first) === NullOrUndefined)
    return CompareOperationFeedback.BigInt;
  if (joined === CompareOperationFeedback.Symbol) return joined;
  if ((joined & ~(CompareOperationFeedback.Receiver | oddballs)) === 0) {
    return (joined & CompareOperationFeedback.Boolean) === 0 ? joined : CompareOperationFeedback.Any;
  }
  return CompareOperationFeedback.Any;
};

/** Feedback of `<` and its like. */
export const relationalFeedback = (rt: Runtime, left: Tagged, right: Tagged): CompareOperationFeedback => {
  const joined = compareClass(rt, left) | compareClass(rt, right);
  // Oddballs are converted first: V8 does not tell them from objects.
  if ((joined & ~CompareOperationFeedback.Number) === 0) return joined;
  if ((joined & ~strings) === 0) return CompareOperationFeedback.String;
  if ((joined & ~CompareOperationFeedback.BigInt) === 0) return joined;
  return CompareOperationFeedback.Any;
};

export const typeOfFeedback = (rt: Runtime, value: Tagged): TypeOfFeedback => {
  if ((value & 1) === 0) return TypeOfFeedback.Number;
  const type = instanceType(rt, value);
  if (type === InstanceType.HeapNumber) return TypeOfFeedback.Number;
  if (type < InstanceType.FirstNonstring) return TypeOfFeedback.String;
  if (type >= InstanceType.FirstJSFunctionOrBoundFunction) return TypeOfFeedback.Function;
  return TypeOfFeedback.Any;
};
