// Operators of ECMA-262 §7.2 and §13, on tagged words: comparison, equality, arithmetic over Number and BigInt.

import { smiMax, smiMin, type Tagged } from '../heap/index.ts';
import {
  bigintValue,
  InstanceType,
  JSBoundFunction,
  MapBits,
  MapObject,
  StaticRoot,
  StringObject,
  stringEquals,
  toHostString,
} from '../objects/index.ts';
import { toNumeric, toPrimitive, toString } from './conversions.ts';
import { numberOf } from './equality.ts';
import { throwRangeError, throwTypeError } from './errors.ts';
import { getMethod, getProperty } from './get-property.ts';
import { NativeContextSlot } from './native-context.ts';
import { getPrototypeOf } from './object-methods.ts';
import { primitiveToNumber } from './primitive-conversions.ts';
import type { Runtime } from './runtime.ts';
import {
  instanceTypeOf,
  isBigInt,
  isBoolean,
  isCallable,
  isJSReceiver,
  isNumber,
  isString,
  stringToBigInt,
  stringToNumber,
  toBoolean,
} from './values.ts';

/** Whether a heap object's map says undetectable (undefined, null, document.all-likes). */
export const isUndetectable = (rt: Runtime, value: Tagged): boolean =>
  (value & 1) !== 0 &&
  (value === StaticRoot.Undefined ||
    value === StaticRoot.Null ||
    (rt.heap.u8[rt.heap.i32[(value - 1) >> 2]! + MapObject.BitField - 1]! & MapBits.IsUndetectable) !== 0);

/** IsLooselyEqual. May run JavaScript. */
export const looselyEquals = (rt: Runtime, a: Tagged, b: Tagged): boolean => {
  for (;;) {
    if (isNumber(rt, a)) {
      if (isNumber(rt, b)) return numberOf(rt, a) === numberOf(rt, b);
      if (isString(rt, b)) return numberOf(rt, a) === stringToNumber(toHostString(rt.heap, b));
      if (isBigInt(rt, b)) return numberEqualsBigInt(numberOf(rt, a), bigintValue(rt.heap, b));
      if (isBoolean(b)) return numberOf(rt, a) === (b === StaticRoot.True ? 1 : 0);
      if (!isJSReceiver(rt, b)) return false;
      const scope = rt.heap.openHandles();
      const handle = rt.heap.handle(a);
      b = toPrimitive(rt, b);
      a = rt.heap.deref(handle);
      rt.heap.closeHandles(scope);
      continue;
    }
    if ((b & 1) === 0) {
      const swap: Tagged = a;
      a = b;
      b = swap;
      continue;
    }
    if (isUndetectable(rt, a)) return isUndetectable(rt, b);
    if (isUndetectable(rt, b)) return false;
    const typeA = instanceTypeOf(rt, a);
    const typeB = instanceTypeOf(rt, b);
    if (typeA >= InstanceType.FirstJSReceiver) {
      if (typeB >= InstanceType.FirstJSReceiver) return a === b;
      if (isBoolean(b)) {
        b = b === StaticRoot.True ? 2 : 0;
        continue;
      }
      const scope = rt.heap.openHandles();
      const handle = rt.heap.handle(b);
      a = toPrimitive(rt, a);
      b = rt.heap.deref(handle);
      rt.heap.closeHandles(scope);
      continue;
    }
    if (typeB >= InstanceType.FirstJSReceiver || typeB === InstanceType.HeapNumber) {
      const swap: Tagged = a;
      a = b;
      b = swap;
      continue;
    }
    // two primitives, neither a Number on the left
    if (typeA < InstanceType.FirstNonstring && typeB < InstanceType.FirstNonstring) return stringEquals(rt.heap, a, b);
    if (isBoolean(a)) {
      if (isBoolean(b)) return a === b;
      a = a === StaticRoot.True ? 2 : 0;
      continue;
    }
    if (isBoolean(b)) {
      b = b === StaticRoot.True ? 2 : 0;
      continue;
    }
    if (typeA === InstanceType.BigInt && typeB === InstanceType.BigInt)
      return bigintValue(rt.heap, a) === bigintValue(rt.heap, b);
    if (typeA === InstanceType.BigInt && typeB < InstanceType.FirstNonstring)
      return stringToBigInt(toHostString(rt.heap, b)) === bigintValue(rt.heap, a);
    if (typeB === InstanceType.BigInt && typeA < InstanceType.FirstNonstring)
      return stringToBigInt(toHostString(rt.heap, a)) === bigintValue(rt.heap, b);
    return a === b;
  }
};

// biome-ignore lint/suspicious/noDoubleEquals: the host compares a number with a BigInt exactly
const numberEqualsBigInt = (number: number, bigint: bigint): boolean => number == (bigint as unknown as number);

// --- relational ---------------------------------------------------------------------------------------------------------

export type Relation = '<' | '>' | '<=' | '>=';

/** Relational comparison with operands evaluated left first. May run JavaScript. */
export const compare = (rt: Runtime, relation: Relation, left: Tagged, right: Tagged): boolean => {
  const heap = rt.heap;
  if (isJSReceiver(rt, left) || isJSReceiver(rt, right)) {
    const scope = heap.openHandles();
    const r = heap.handle(right);
    const l = heap.handle(toPrimitive(rt, left, 'number'));
    right = toPrimitive(rt, heap.deref(r), 'number');
    left = heap.deref(l);
    heap.closeHandles(scope);
  }
  if (isString(rt, left) && isString(rt, right)) {
    const x = toHostString(heap, left);
    const y = toHostString(heap, right);
    return relation === '<' ? x < y : relation === '>' ? x > y : relation === '<=' ? x <= y : x >= y;
  }
  // Host comparison of number, bigint and string mixes is the specification's.
  const x = comparable(rt, left, isBigInt(rt, right));
  const y = comparable(rt, right, isBigInt(rt, left));
  return relation === '<' ? x < y : relation === '>' ? x > y : relation === '<=' ? x <= y : x >= y;
};

/** @param value a primitive */
const comparable = (rt: Runtime, value: Tagged, otherIsBigInt: boolean): number | bigint => {
  if (isBigInt(rt, value)) return bigintValue(rt.heap, value);
  if (otherIsBigInt && isString(rt, value)) return stringToBigInt(toHostString(rt.heap, value)) ?? Number.NaN;
  return primitiveToNumber(rt, value);
};

export const lessThan = (rt: Runtime, a: Tagged, b: Tagged): boolean => compare(rt, '<', a, b);
export const greaterThan = (rt: Runtime, a: Tagged, b: Tagged): boolean => compare(rt, '>', a, b);
export const lessThanOrEqual = (rt: Runtime, a: Tagged, b: Tagged): boolean => compare(rt, '<=', a, b);
export const greaterThanOrEqual = (rt: Runtime, a: Tagged, b: Tagged): boolean => compare(rt, '>=', a, b);

// --- arithmetic -----------------------------------------------------------------------------------------------------------

const newNumber = (rt: Runtime, value: number): Tagged =>
  (value | 0) === value && value >= smiMin && value <= smiMax && (value !== 0 || 1 / value > 0)
    ? value << 1
    : rt.factory.newNumber(value);

/** The + operator. May run JavaScript. */
export const add = (rt: Runtime, left: Tagged, right: Tagged): Tagged => {
  if (isNumber(rt, left) && isNumber(rt, right)) return newNumber(rt, numberOf(rt, left) + numberOf(rt, right));
  if (isString(rt, left) && isString(rt, right)) return concatStrings(rt, left, right);
  const heap = rt.heap;
  const scope = heap.openHandles();
  try {
    const r = heap.handle(right);
    const l = heap.handle(toPrimitive(rt, left));
    heap.setHandle(r, toPrimitive(rt, heap.deref(r)));
    if (isString(rt, heap.deref(l)) || isString(rt, heap.deref(r))) {
      heap.setHandle(l, toString(rt, heap.deref(l)));
      const second = toString(rt, heap.deref(r));
      return concatStrings(rt, heap.deref(l), second);
    }
    return arithmetic(rt, '+', heap.deref(l), heap.deref(r));
  } finally {
    heap.closeHandles(scope);
  }
};

/** Longest string, as in V8 on 64 bits. */
export const maxStringLength = 0x1fffffe8;

export const concatStrings = (rt: Runtime, a: Tagged, b: Tagged): Tagged => {
  if (rt.heap.getI32(a, StringObject.Length) + rt.heap.getI32(b, StringObject.Length) > maxStringLength)
    throwRangeError(rt, 'InvalidStringLength');
  return rt.factory.newConsString(a, b);
};

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '**' | '|' | '&' | '^' | '<<' | '>>' | '>>>';

/** A binary arithmetic or bitwise operator over Number or BigInt (for + after the string case). May run JavaScript. */
export const arithmetic = (rt: Runtime, operator: BinaryOperator, left: Tagged, right: Tagged): Tagged => {
  const heap = rt.heap;
  if (!isNumber(rt, left) || !isNumber(rt, right)) {
    const scope = heap.openHandles();
    try {
      const r = heap.handle(right);
      const l = heap.handle(toNumeric(rt, left));
      right = toNumeric(rt, heap.deref(r));
      left = heap.deref(l);
    } finally {
      heap.closeHandles(scope);
    }
    const leftBig = isBigInt(rt, left);
    if (leftBig !== isBigInt(rt, right)) throwTypeError(rt, 'BigIntMixedTypes');
    if (leftBig) return bigintArithmetic(rt, operator, bigintValue(heap, left), bigintValue(heap, right));
  }
  return newNumber(rt, numberArithmetic(operator, numberOf(rt, left), numberOf(rt, right)));
};

export const numberArithmetic = (operator: BinaryOperator, x: number, y: number): number => {
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '%':
      return x % y;
    case '**':
      return x ** y;
    case '|':
      return x | y;
    case '&':
      return x & y;
    case '^':
      return x ^ y;
    case '<<':
      return x << y;
    case '>>':
      return x >> y;
    case '>>>':
      return x >>> y;
  }
};

const maxBigIntBits = 1n << 30n;

/** Bits from which on an operation of quadratic effort takes longer than a millisecond. */
const manyBits = 1n << 100_000n;
export const isHuge = (value: bigint): boolean => value >= manyBits || value <= -manyBits;

const bigintArithmetic = (rt: Runtime, operator: BinaryOperator, x: bigint, y: bigint): Tagged => {
  try {
    switch (operator) {
      case '/':
      case '%':
        if (y === 0n) throwRangeError(rt, 'BigIntDivZero');
        break;
      case '**':
        if (y < 0n) throwRangeError(rt, 'BigIntNegativeExponent', 'undefined');
        break;
      case '<<':
        if (y > maxBigIntBits && x !== 0n) throwRangeError(rt, 'BigIntTooBig');
        break;
      case '>>':
        if (y < -maxBigIntBits && x !== 0n) throwRangeError(rt, 'BigIntTooBig');
        break;
      case '>>>':
        throwTypeError(rt, 'BigIntShr');
    }
    const isLong = (): boolean => isHuge(x) || isHuge(y) || (operator === '**' && y > 10_000n);
    return rt.factory.newBigInt(rt.patiently(isLong, () => bigintOperation(operator, x, y)));
  } catch (error) {
    if (error instanceof RangeError) throwRangeError(rt, 'BigIntTooBig');
    throw error;
  }
};

const bigintOperation = (operator: Exclude<BinaryOperator, '>>>'>, x: bigint, y: bigint): bigint => {
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '%':
      return x % y;
    case '**':
      return x ** y;
    case '|':
      return x | y;
    case '&':
      return x & y;
    case '^':
      return x ^ y;
    case '<<':
      return x << y;
    case '>>':
      return x >> y;
  }
};

export const subtract = (rt: Runtime, a: Tagged, b: Tagged): Tagged => arithmetic(rt, '-', a, b);
export const multiply = (rt: Runtime, a: Tagged, b: Tagged): Tagged => arithmetic(rt, '*', a, b);
export const divide = (rt: Runtime, a: Tagged, b: Tagged): Tagged => arithmetic(rt, '/', a, b);
export const modulus = (rt: Runtime, a: Tagged, b: Tagged): Tagged => arithmetic(rt, '%', a, b);
export const exponentiate = (rt: Runtime, a: Tagged, b: Tagged): Tagged => arithmetic(rt, '**', a, b);
export const bitwiseOr = (rt: Runtime, a: Tagged, b: Tagged): Tagged => arithmetic(rt, '|', a, b);
export const bitwiseAnd = (rt: Runtime, a: Tagged, b: Tagged): Tagged => arithmetic(rt, '&', a, b);
export const bitwiseXor = (rt: Runtime, a: Tagged, b: Tagged): Tagged => arithmetic(rt, '^', a, b);
export const shiftLeft = (rt: Runtime, a: Tagged, b: Tagged): Tagged => arithmetic(rt, '<<', a, b);
export const shiftRight = (rt: Runtime, a: Tagged, b: Tagged): Tagged => arithmetic(rt, '>>', a, b);
export const shiftRightLogical = (rt: Runtime, a: Tagged, b: Tagged): Tagged => arithmetic(rt, '>>>', a, b);

export type UnaryOperator = '-' | '~' | '++' | '--';

/** Negate, BitwiseNot, Increment, Decrement. May run JavaScript. */
export const unary = (rt: Runtime, operator: UnaryOperator, value: Tagged): Tagged => {
  const numeric = toNumeric(rt, value);
  if (isBigInt(rt, numeric)) {
    const x = bigintValue(rt.heap, numeric);
    return rt.factory.newBigInt(operator === '-' ? -x : operator === '~' ? ~x : operator === '++' ? x + 1n : x - 1n);
  }
  const x = numberOf(rt, numeric);
  return newNumber(rt, operator === '-' ? -x : operator === '~' ? ~x : operator === '++' ? x + 1 : x - 1);
};

// --- instanceof, in -------------------------------------------------------------------------------------------------------

/** InstanceofOperator. May run JavaScript. */
export const instanceOf = (rt: Runtime, value: Tagged, target: Tagged): boolean => {
  if (!isJSReceiver(rt, target)) throwTypeError(rt, 'NonObjectInInstanceOfCheck');
  const heap = rt.heap;
  const scope = heap.openHandles();
  try {
    const v = heap.handle(value);
    const t = heap.handle(target);
    const method = getMethod(rt, target, rt.symbols.has_instance_symbol);
    if (method !== StaticRoot.Undefined && method !== rt.intrinsic(NativeContextSlot.FunctionPrototypeHasInstance))
      return toBoolean(rt, rt.call(method, heap.deref(t), heap.deref(v)));
    if (!isCallable(rt, heap.deref(t))) throwTypeError(rt, 'NonCallableInInstanceOfCheck');
    return ordinaryHasInstance(rt, heap.deref(t), heap.deref(v));
  } finally {
    heap.closeHandles(scope);
  }
};

/** OrdinaryHasInstance. May run JavaScript (getters, proxies). */
export const ordinaryHasInstance = (rt: Runtime, constructor: Tagged, value: Tagged): boolean => {
  if (!isCallable(rt, constructor)) return false;
  const heap = rt.heap;
  if (instanceTypeOf(rt, constructor) === InstanceType.JSBoundFunction)
    return instanceOf(rt, value, heap.get(constructor, JSBoundFunction.BoundTarget));
  if (!isJSReceiver(rt, value)) return false;
  const scope = heap.openHandles();
  try {
    const object = heap.handle(value);
    const prototype = heap.handle(getProperty(rt, constructor, rt.names.prototype));
    if (!isJSReceiver(rt, heap.deref(prototype))) throwTypeError(rt, 'InstanceofNonobjectProto', heap.deref(prototype));
    for (;;) {
      heap.setHandle(object, getPrototypeOf(rt, heap.deref(object)));
      if (heap.deref(object) === StaticRoot.Null) return false;
      if (heap.deref(object) === heap.deref(prototype)) return true;
    }
  } finally {
    heap.closeHandles(scope);
  }
};
