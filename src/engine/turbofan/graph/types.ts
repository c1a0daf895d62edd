// Types of the typer (V8: turbofan-types.h): a bit set of disjoint kinds, refined by a range for integers or a constant.
//
//   Number = OrderedNumber ∪ NaN ∪ MinusZero;  integers have [min, max]
// Invariant: `min`/`max` are defined exactly when the PlainNumber part of the type is a set of integers (−0 apart).

import { StaticRoot } from '../../objects/index.ts';

export enum Bits {
  None = 0,
  Signed31 = 1 << 0, // Smi with compressed pointers
  OtherSigned32 = 1 << 1,
  OtherUnsigned32 = 1 << 2,
  OtherNumber = 1 << 3,
  MinusZero = 1 << 4,
  NaN = 1 << 5,
  Undefined = 1 << 6,
  Null = 1 << 7,
  Boolean = 1 << 8,
  InternalizedString = 1 << 9,
  OtherString = 1 << 10,
  Symbol = 1 << 11,
  UnsignedBigInt63 = 1 << 12,
  Callable = 1 << 13,
  OtherObject = 1 << 14,
  Hole = 1 << 15,
  OtherInternal = 1 << 16,
  NegativeBigInt64 = 1 << 17,
  OtherUnsignedBigInt64 = 1 << 18,
  OtherBigInt = 1 << 19,

  SignedBigInt64 = UnsignedBigInt63 | NegativeBigInt64,
  UnsignedBigInt64 = UnsignedBigInt63 | OtherUnsignedBigInt64,
  BigInt = SignedBigInt64 | OtherUnsignedBigInt64 | OtherBigInt,
  Signed32 = Signed31 | OtherSigned32,
  PlainNumber = Signed31 | OtherSigned32 | OtherUnsigned32 | OtherNumber,
  OrderedNumber = PlainNumber | MinusZero,
  Number = OrderedNumber | NaN,
  String = InternalizedString | OtherString,
  Name = String | Symbol,
  Oddball = Undefined | Null | Boolean,
  NumberOrOddball = Number | Oddball,
  NumberOrUndefined = Number | Undefined,
  Receiver = Callable | OtherObject,
  Numeric = Number | BigInt,
  PlainPrimitive = Number | String | Oddball,
  Primitive = PlainPrimitive | Symbol | BigInt,
  NonInternal = Primitive | Receiver,
  Internal = Hole | OtherInternal,
  Any = NonInternal | Internal,
}

export interface Type {
  readonly bits: number;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** HeapConstant's word. */
  readonly constant: number | undefined;
}

const make = (bits: number, min?: number, max?: number, constant?: number): Type =>
  Object.freeze({ bits, min, max, constant });

/** Bits that a range of integers may need. */
function rangeBits(min: number, max: number): number {
  let bits = 0;
  if (min <= 0x3fffffff && max >= -0x40000000) bits |= Bits.Signed31;
  if (min < -0x40000000 || (max > 0x3fffffff && min <= 0x7fffffff)) {
    if ((min < -0x40000000 && max >= -0x80000000) || max > 0x3fffffff) bits |= Bits.OtherSigned32;
  }
  if (max > 0x7fffffff && min <= 0xffffffff) bits |= Bits.OtherUnsigned32;
  if (min < -0x80000000 || max > 0xffffffff) bits |= Bits.OtherNumber;
  return bits;
}

export const range = (min: number, max: number, extra = 0): Type => make(rangeBits(min, max) | extra, min, max);
export const bitset = (bits: number): Type => make(bits);
/** A boolean that is always the one. */
export const booleanConstant = (value: boolean): Type =>
  make(Bits.Boolean, undefined, undefined, value ? StaticRoot.True : StaticRoot.False);
export const heapConstantType = (bits: number, word: number): Type => make(bits, undefined, undefined, word);

export function numberConstantType(value: number): Type {
  if (Number.isNaN(value)) return make(Bits.NaN);
  if (Object.is(value, -0)) return make(Bits.MinusZero);
  if (Number.isInteger(value)) return range(value, value);
  return make(Bits.OtherNumber);
}

export const Types = {
  None: make(0),
  Any: make(Bits.Any),
  NonInternal: make(Bits.NonInternal),
  Number: make(Bits.Number),
  OrderedNumber: make(Bits.OrderedNumber),
  PlainNumber: make(Bits.PlainNumber),
  Signed32: range(-0x80000000, 0x7fffffff),
  Unsigned32: range(0, 0xffffffff),
  SignedSmall: range(-0x40000000, 0x3fffffff),
  UnsignedSmall: range(0, 0x3fffffff),
  /** The most that a call may have (maxArguments). */
  ArgumentsLength: range(0, 1 << 17),
  Integral32: range(-0x80000000, 0xffffffff),
  Integral32OrMinusZero: range(-0x80000000, 0xffffffff, Bits.MinusZero),
  SafeInteger: range(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  SafeIntegerOrMinusZero: range(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, Bits.MinusZero),
  AdditiveSafeInteger: range(-4503599627370496, 4503599627370495),
  AdditiveSafeIntegerOrMinusZero: range(-4503599627370496, 4503599627370495, Bits.MinusZero),
  Integer: range(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
  IntegerOrMinusZero: range(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Bits.MinusZero),
  IntegerOrMinusZeroOrNaN: range(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Bits.MinusZero | Bits.NaN),
  MinusZero: make(Bits.MinusZero),
  NaN: make(Bits.NaN),
  Boolean: make(Bits.Boolean),
  String: make(Bits.String),
  InternalizedString: make(Bits.InternalizedString),
  Symbol: make(Bits.Symbol),
  BigInt: make(Bits.BigInt),
  SignedBigInt64: make(Bits.SignedBigInt64),
  UnsignedBigInt64: make(Bits.UnsignedBigInt64),
  /** Values of which each is one object: the same only as itself. */
  Unique: make(Bits.Boolean | Bits.Null | Bits.Undefined | Bits.Symbol | Bits.Receiver),
  Numeric: make(Bits.Numeric),
  Undefined: make(Bits.Undefined),
  Null: make(Bits.Null),
  Hole: make(Bits.Hole),
  Receiver: make(Bits.Receiver),
  Callable: make(Bits.Callable),
  OtherObject: make(Bits.OtherObject),
  NumberOrOddball: make(Bits.NumberOrOddball),
  PlainPrimitive: make(Bits.PlainPrimitive),
  Primitive: make(Bits.Primitive),
  OtherInternal: make(Bits.OtherInternal),
  ArrayIndex: range(0, 0xfffffffe),
  StringLength: range(0, 0x1fffffe8),
  ArrayLength: range(0, 0xffffffff),
  FixedArrayLength: range(0, 134217727),
  UnsignedShort: range(0, 0xffff),
} as const;

/** a ⊆ b. */
export function is(a: Type, b: Type): boolean {
  if ((a.bits & ~b.bits) !== 0) return false;
  if (b.constant !== undefined) return a.constant === b.constant || a.bits === 0;
  if ((a.bits & Bits.PlainNumber) !== 0 && b.min !== undefined) {
    if (a.min === undefined) return boundsWithin(a.bits, b);
    return a.min >= b.min && a.max! <= b.max!;
  }
  return true;
}

/** Without a range, only whole 32-bit kinds are known to be integers. */
function boundsWithin(bits: number, b: Type): boolean {
  const plain = bits & Bits.PlainNumber;
  if ((plain & Bits.OtherNumber) !== 0) return false;
  const min =
    (plain & Bits.OtherSigned32) !== 0 ? -0x80000000 : (plain & Bits.Signed31) !== 0 ? -0x40000000 : 0x80000000;
  const max =
    (plain & Bits.OtherUnsigned32) !== 0 ? 0xffffffff : (plain & Bits.OtherSigned32) !== 0 ? 0x7fffffff : 0x3fffffff;
  return min >= b.min! && max <= b.max!;
}

export const maybe = (a: Type, b: Type): boolean => {
  if ((a.bits & b.bits) === 0) return false;
  const common = a.bits & b.bits;
  if ((common & ~Bits.PlainNumber) !== 0) return true;
  if (a.min !== undefined && b.min !== undefined) return a.max! >= b.min && a.min <= b.max!;
  return true;
};

export function union(a: Type, b: Type): Type {
  if (a.bits === 0) return b;
  if (b.bits === 0) return a;
  if (a.constant !== undefined && a.constant === b.constant) return a;
  const bits = a.bits | b.bits;
  const aPlain = (a.bits & Bits.PlainNumber) !== 0;
  const bPlain = (b.bits & Bits.PlainNumber) !== 0;
  let min: number | undefined;
  let max: number | undefined;
  if (aPlain && bPlain) {
    if (a.min !== undefined && b.min !== undefined) {
      min = Math.min(a.min, b.min);
      max = Math.max(a.max!, b.max!);
    }
  } else if (aPlain) [min, max] = [a.min, a.max];
  else if (bPlain) [min, max] = [b.min, b.max];
  if (min !== undefined) return make((bits & ~Bits.PlainNumber) | rangeBits(min, max!), min, max);
  return make(bits);
}

export function intersect(a: Type, b: Type): Type {
  let bits = a.bits & b.bits;
  if (a.constant !== undefined || b.constant !== undefined) {
    if (a.constant !== undefined && b.constant !== undefined && a.constant !== b.constant) return Types.None;
    return make(bits, undefined, undefined, a.constant ?? b.constant);
  }
  if ((bits & Bits.PlainNumber) === 0) return make(bits);
  let min: number | undefined;
  let max: number | undefined;
  if (a.min !== undefined && b.min !== undefined) {
    min = Math.max(a.min, b.min);
    max = Math.min(a.max!, b.max!);
  } else if (a.min !== undefined) [min, max] = [a.min, a.max];
  else if (b.min !== undefined) [min, max] = [b.min, b.max];
  if (min !== undefined) {
    if (min > max!) return make(bits & ~Bits.PlainNumber);
    bits = (bits & ~Bits.PlainNumber) | (rangeBits(min, max!) & bits);
    return make(bits, min, max);
  }
  return make(bits);
}

export const isNone = (t: Type): boolean => t.bits === 0;

export function typeName(t: Type | undefined): string {
  if (t === undefined) return '';
  if (t.bits === 0) return 'None';
  if (t.constant !== undefined) return `HeapConstant(0x${(t.constant >>> 0).toString(16)})`;
  const parts: string[] = [];
  let bits = t.bits;
  if (t.min !== undefined) {
    parts.push(`Range(${t.min}, ${t.max})`);
    bits &= ~Bits.PlainNumber;
  }
  const named: [string, number][] = [
    ['Any', Bits.Any],
    ['NonInternal', Bits.NonInternal],
    ['Number', Bits.Number],
    ['OrderedNumber', Bits.OrderedNumber],
    ['PlainNumber', Bits.PlainNumber],
    ['String', Bits.String],
    ['Receiver', Bits.Receiver],
    ['Oddball', Bits.Oddball],
    ['Signed32', Bits.Signed32],
    ['BigInt', Bits.BigInt],
  ];
  for (const [name, b] of named) {
    if (bits !== 0 && (bits & b) === b) {
      parts.push(name);
      bits &= ~b;
    }
  }
  for (let b = 1; b <= Bits.OtherBigInt; b <<= 1) if ((bits & b) !== 0) parts.push(Bits[b]!);
  return parts.length === 1 ? parts[0]! : `(${parts.join(' | ')})`;
}
