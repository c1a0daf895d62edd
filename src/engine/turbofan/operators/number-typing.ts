// The types of operations on numbers (V8: operation-typer.cc): from the types of the inputs to that of the result.

import { Bits, bitset, intersect, is, maybe, range, type Type, Types, union } from '../graph/types.ts';

export type BinaryTyping = (left: Type, right: Type) => Type;
export type UnaryTyping = (input: Type) => Type;

const hasNaN = (t: Type): boolean => (t.bits & Bits.NaN) !== 0;
const hasMinusZero = (t: Type): boolean => (t.bits & Bits.MinusZero) !== 0;
const hasPlain = (t: Type): boolean => (t.bits & Bits.PlainNumber) !== 0;

/** Integer bounds of a number type, −0 as 0; undefined if not all integers. */
function bounds(t: Type): { min: number; max: number } | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  if (hasPlain(t)) {
    if (t.min !== undefined) {
      min = t.min;
      max = t.max!;
    } else {
      if ((t.bits & Bits.OtherNumber) !== 0) return undefined;
      min =
        (t.bits & Bits.OtherSigned32) !== 0 ? -0x80000000 : (t.bits & Bits.Signed31) !== 0 ? -0x40000000 : 0x80000000;
      max =
        (t.bits & Bits.OtherUnsigned32) !== 0
          ? 0xffffffff
          : (t.bits & Bits.OtherSigned32) !== 0
            ? 0x7fffffff
            : 0x3fffffff;
    }
  }
  if (hasMinusZero(t)) {
    min = Math.min(min, 0);
    max = Math.max(max, 0);
  }
  return min > max ? undefined : { min, max };
}

const withBits = (t: Type, bits: number): Type => ({ ...t, bits: t.bits | bits });

export function toNumberType(t: Type): Type {
  if (is(t, Types.Number)) return t;
  if ((t.bits & ~Bits.PlainPrimitive & ~Bits.Hole) !== 0) return Types.Number;
  let out = intersect(t, Types.Number);
  if ((t.bits & (Bits.Undefined | Bits.Hole)) !== 0) out = union(out, Types.NaN);
  if ((t.bits & Bits.Null) !== 0) out = union(out, range(0, 0));
  if ((t.bits & Bits.Boolean) !== 0) out = union(out, range(0, 1));
  if ((t.bits & Bits.String) !== 0) return Types.Number;
  return out;
}

// --- two inputs ----------------------------------------------------------------------------------------------------------

const additive =
  (add: boolean): BinaryTyping =>
  (l, r) => {
    let maybeNaN = hasNaN(l) || hasNaN(r);
    const minusZero = add
      ? hasMinusZero(l) && hasMinusZero(r)
      : hasMinusZero(l) && (r.bits & Bits.Signed31) !== 0 && maybe(r, range(0, 0));
    const lb = bounds(l);
    const rb = bounds(r);
    let t: Type = Types.None;
    if (lb !== undefined && rb !== undefined) {
      let min = add ? lb.min + rb.min : lb.min - rb.max;
      let max = add ? lb.max + rb.max : lb.max - rb.min;
      if (Number.isNaN(min)) {
        min = Number.NEGATIVE_INFINITY;
        maybeNaN = true;
      }
      if (Number.isNaN(max)) {
        max = Number.POSITIVE_INFINITY;
        maybeNaN = true;
      }
      const infinite =
        !Number.isFinite(lb.min) || !Number.isFinite(lb.max) || !Number.isFinite(rb.min) || !Number.isFinite(rb.max);
      if (
        infinite &&
        (!Number.isFinite(lb.min) || !Number.isFinite(lb.max)) &&
        (!Number.isFinite(rb.min) || !Number.isFinite(rb.max))
      )
        maybeNaN = true;
      t = range(min, max);
    } else if (lb === undefined || rb === undefined) {
      if ((l.bits & Bits.OrderedNumber) !== 0 && (r.bits & Bits.OrderedNumber) !== 0) {
        t = Types.PlainNumber;
        maybeNaN = true; // ∞ − ∞
      }
    }
    if (minusZero) t = union(t, Types.MinusZero);
    if (maybeNaN) t = union(t, Types.NaN);
    return t;
  };

export function multiply(l: Type, r: Type): Type {
  const lb = bounds(l);
  const rb = bounds(r);
  if (lb === undefined || rb === undefined)
    return hasPlain(l) || hasPlain(r) || hasMinusZero(l) || hasMinusZero(r) ? Types.Number : Types.NaN;
  const zeroL = lb.min <= 0 && lb.max >= 0;
  const zeroR = rb.min <= 0 && rb.max >= 0;
  const infinite = (b: { min: number; max: number }): boolean =>
    b.min === Number.NEGATIVE_INFINITY || b.max === Number.POSITIVE_INFINITY;
  const nan = hasNaN(l) || hasNaN(r) || (zeroL && infinite(rb)) || (zeroR && infinite(lb));
  const minusZero = hasMinusZero(l) || hasMinusZero(r) || (zeroL && rb.min < 0) || (zeroR && lb.min < 0);
  const products = [lb.min * rb.min, lb.min * rb.max, lb.max * rb.min, lb.max * rb.max].map((p) =>
    Number.isNaN(p) ? 0 : p + 0,
  );
  let t: Type =
    infinite(lb) || infinite(rb)
      ? range(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
      : range(Math.min(...products), Math.max(...products));
  if (minusZero) t = withBits(t, Bits.MinusZero);
  if (nan) t = withBits(t, Bits.NaN);
  return t;
}

export function divide(l: Type, r: Type): Type {
  let nan = hasNaN(l) || hasNaN(r);
  const lb = bounds(l);
  const rb = bounds(r);
  const zero = (b: { min: number; max: number } | undefined): boolean => b === undefined || (b.min <= 0 && b.max >= 0);
  if (zero(lb) && zero(rb)) nan = true;
  const infinite = (b: { min: number; max: number } | undefined): boolean =>
    b === undefined || !Number.isFinite(b.min) || !Number.isFinite(b.max);
  if (infinite(lb) && infinite(rb)) nan = true;
  let t: Type = Types.PlainNumber;
  if (zero(lb) || infinite(rb)) t = withBits(t, Bits.MinusZero);
  if (nan) t = withBits(t, Bits.NaN);
  return t;
}

export function modulus(l: Type, r: Type): Type {
  const lb = bounds(l);
  const rb = bounds(r);
  const nan =
    hasNaN(l) ||
    hasNaN(r) ||
    lb === undefined ||
    rb === undefined ||
    (rb.min <= 0 && rb.max >= 0) ||
    !Number.isFinite(lb.min) ||
    !Number.isFinite(lb.max);
  const minusZero = hasMinusZero(l) || lb === undefined || lb.min < 0;
  let t: Type;
  if (lb === undefined || rb === undefined) t = Types.PlainNumber;
  else {
    const magnitude = Math.max(Math.abs(rb.min), Math.abs(rb.max)) - 1;
    let max = Math.max(0, Math.min(lb.max, magnitude));
    let min = Math.min(0, Math.max(lb.min, -magnitude));
    if (lb.min >= 0) min = 0;
    if (lb.max <= 0) max = 0;
    t = range(min, max);
  }
  if (minusZero) t = withBits(t, Bits.MinusZero);
  if (nan) t = withBits(t, Bits.NaN);
  return t;
}

function int32Bounds(t: Type): { min: number; max: number } {
  const b = bounds(t);
  if (b === undefined || b.min < -0x80000000 || b.max > 0x7fffffff) return { min: -0x80000000, max: 0x7fffffff };
  return hasNaN(t) ? { min: Math.min(b.min, 0), max: Math.max(b.max, 0) } : b;
}

function shiftBounds(t: Type): { min: number; max: number } {
  const b = bounds(t);
  if (b === undefined || b.min < 0 || b.max > 31 || hasNaN(t)) return { min: 0, max: 31 };
  return b;
}

export function bitwiseAnd(l: Type, r: Type): Type {
  const a = int32Bounds(l);
  const b = int32Bounds(r);
  let min = -0x80000000;
  let max = Math.max(a.max, b.max);
  if (a.min >= 0) {
    min = 0;
    max = a.max;
  }
  if (b.min >= 0) {
    min = 0;
    max = Math.min(max, b.max);
  }
  return range(min, max);
}

export function bitwiseOr(l: Type, r: Type): Type {
  const a = int32Bounds(l);
  const b = int32Bounds(r);
  // Or-ing cannot shrink a non-negative number; two negatives stay negative.
  let min = Math.min(a.min, b.min);
  let max = 0x7fffffff;
  if (a.min >= 0 && b.min >= 0) min = Math.max(a.min, b.min);
  if (a.max < 0 || b.max < 0) max = -1;
  // x | 0 is x.
  if (b.min === 0 && b.max === 0) return range(a.min, a.max);
  if (a.min === 0 && a.max === 0) return range(b.min, b.max);
  return range(min, max);
}

export function bitwiseXor(l: Type, r: Type): Type {
  const a = int32Bounds(l);
  const b = int32Bounds(r);
  if ((a.min >= 0 && b.min >= 0) || (a.max < 0 && b.max < 0)) return range(0, 0x7fffffff);
  if ((a.min >= 0 && b.max < 0) || (a.max < 0 && b.min >= 0)) return range(-0x80000000, -1);
  return Types.Signed32;
}

export function shiftRight(l: Type, r: Type): Type {
  const b = int32Bounds(l);
  const s = shiftBounds(r);
  return range(Math.min(b.min >> s.min, b.min >> s.max), Math.max(b.max >> s.min, b.max >> s.max));
}

export function shiftRightLogical(l: Type, r: Type): Type {
  const b = bounds(l);
  const s = shiftBounds(r);
  if (b !== undefined && b.min >= 0 && b.max <= 0xffffffff && !hasNaN(l))
    return range(b.min >>> s.max, b.max >>> s.min);
  return range(0, 0xffffffff >>> s.min);
}

export const signed32: BinaryTyping = () => Types.Signed32;
export const anyNumber = (): Type => Types.Number;
export const add = additive(true);
export const subtract = additive(false);

const extremum =
  (f: (a: number, b: number) => number): BinaryTyping =>
  (l, r) => {
    let t: Type = Types.None;
    if (hasNaN(l) || hasNaN(r)) t = union(t, Types.NaN);
    const lb = bounds(l);
    const rb = bounds(r);
    if (lb !== undefined && rb !== undefined) {
      t = union(t, range(f(lb.min, rb.min), f(lb.max, rb.max)));
      return hasMinusZero(l) || hasMinusZero(r) ? withBits(t, Bits.MinusZero) : t;
    }
    return union(t, union(intersect(l, Types.OrderedNumber), intersect(r, Types.OrderedNumber)));
  };
export const max = extremum(Math.max);
export const min = extremum(Math.min);

// --- one input -----------------------------------------------------------------------------------------------------------

export function abs(t: Type): Type {
  const b = bounds(t);
  if (b === undefined) return hasNaN(t) ? bitset(Bits.PlainNumber | Bits.NaN) : Types.PlainNumber;
  const largest = Math.max(Math.abs(b.min), Math.abs(b.max));
  const out = range(b.min > 0 ? b.min : b.max < 0 ? -b.max : 0, largest);
  return hasNaN(t) ? withBits(out, Bits.NaN) : out;
}

/** floor, ceil, round, trunc. */
export function toInteger(t: Type): Type {
  if (is(t, Types.IntegerOrMinusZeroOrNaN)) return t;
  return hasNaN(t) ? Types.IntegerOrMinusZeroOrNaN : Types.IntegerOrMinusZero;
}

export function sign(t: Type): Type {
  let out: Type = range(-1, 1);
  if (hasMinusZero(t)) out = withBits(out, Bits.MinusZero);
  return hasNaN(t) ? withBits(out, Bits.NaN) : out;
}

export const silenceNaN: UnaryTyping = (t) => ((t.bits & Bits.Hole) !== 0 ? Types.Number : t);

export const withoutHole = (t: Type): Type => ({ ...t, bits: t.bits & ~Bits.Hole });
export const withoutMinusZero = (t: Type): Type =>
  (t.bits & Bits.MinusZero) === 0 ? t : union({ ...t, bits: t.bits & ~Bits.MinusZero }, range(0, 0));
