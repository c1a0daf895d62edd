// Elements of typed arrays: numbers in the buffer's bytes.

import type { Heap, Tagged } from '../heap/index.ts';
import { BigIntObject, StaticRoot } from '../layout/index.ts';
import { ElementsKind, elementTypeOf } from './elements-kind.ts';
import type { Factory } from './factory.ts';
import { elementsKindOf } from './maps.ts';
import { numberValue } from './numbers.ts';
import { typedElementAddress, typedElementCount } from './typed-arrays.ts';

const halfToNumber = (bits: number): number => {
  const sign = (bits & 0x8000) !== 0 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction !== 0 ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

/** Value of a typed array element as a tagged number or BigInt; `index` is in range. */
export const typedElement = (heap: Heap, factory: Factory, object: Tagged, index: number): Tagged => {
  const at = typedElementAddress(heap, object, index);
  if (at < 0) return StaticRoot.Undefined;
  const { view } = heap;
  switch (elementTypeOf(elementsKindOf(heap, object))) {
    case ElementsKind.Uint8:
    case ElementsKind.Uint8Clamped:
      return heap.u8[at]! << 1;
    case ElementsKind.Int8:
      return heap.i8[at]! << 1;
    case ElementsKind.Uint16:
      return view.getUint16(at, true) << 1;
    case ElementsKind.Int16:
      return view.getInt16(at, true) << 1;
    case ElementsKind.Uint32:
      return factory.newNumber(view.getUint32(at, true));
    case ElementsKind.Int32:
      return factory.newNumber(view.getInt32(at, true));
    case ElementsKind.Float32:
      return factory.newNumber(view.getFloat32(at, true));
    case ElementsKind.Float64:
      return factory.newNumber(view.getFloat64(at, true));
    case ElementsKind.Float16:
      return factory.newNumber(halfToNumber(view.getUint16(at, true)));
    case ElementsKind.BigInt64:
      return factory.newBigInt(view.getBigInt64(at, true));
    default:
      return factory.newBigInt(view.getBigUint64(at, true));
  }
};

/** Stores a number (or for BigInt kinds a BigInt) already converted by the caller; out of range and detached are ignored. */
export const setTypedElement = (heap: Heap, object: Tagged, index: number, value: Tagged): void => {
  if (index >= typedElementCount(heap, object)) return;
  const at = typedElementAddress(heap, object, index);
  const k = elementTypeOf(elementsKindOf(heap, object));
  const { view } = heap;
  if (k === ElementsKind.BigInt64 || k === ElementsKind.BigUint64) {
    // The low 64 bits in two's complement.
    const bits = heap.getI32(value, BigIntObject.Bitfield);
    let low = bits >>> 1 === 0 ? 0n : heap.i64[(value - 1 + BigIntObject.Digits) >> 3]!;
    if ((bits & 1) !== 0) low = BigInt.asIntN(64, -low);
    view.setBigInt64(at, low, true);
    return;
  }
  const n = numberValue(heap, value);
  switch (k) {
    case ElementsKind.Uint8:
    case ElementsKind.Int8:
      view.setInt8(at, n);
      break;
    case ElementsKind.Uint8Clamped: {
      // Round half to even.
      // biome-ignore lint/complexity/useMathMinMax: NaN becomes 0
      const clamped = n >= 255 ? 255 : n > 0 ? n : 0;
      const floor = Math.floor(clamped);
      const rest = clamped - floor;
      view.setUint8(at, rest < 0.5 ? floor : rest > 0.5 ? floor + 1 : floor + (floor & 1));
      break;
    }
    case ElementsKind.Uint16:
    case ElementsKind.Int16:
      view.setInt16(at, n, true);
      break;
    case ElementsKind.Uint32:
    case ElementsKind.Int32:
      view.setInt32(at, n, true);
      break;
    case ElementsKind.Float32:
      view.setFloat32(at, n, true);
      break;
    case ElementsKind.Float64:
      view.setFloat64(at, n, true);
      break;
    default:
      view.setUint16(at, numberToHalf(n), true);
  }
};

const numberToHalf = (n: number): number => {
  if (Number.isNaN(n)) return 0x7e00;
  const sign = n < 0 || Object.is(n, -0) ? 0x8000 : 0;
  const a = Math.abs(n);
  if (a >= 65520) return sign | 0x7c00;
  const roundEven = (x: number): number => {
    const f = Math.floor(x);
    const r = x - f;
    return r < 0.5 ? f : r > 0.5 ? f + 1 : f + (f & 1);
  };
  if (a < 2 ** -14) return sign | roundEven(a * 2 ** 24);
  let e = Math.floor(Math.log2(a));
  if (2 ** e > a) e--;
  else if (2 ** (e + 1) <= a) e++;
  return sign | (((e + 15) << 10) + roundEven((a / 2 ** e - 1) * 1024));
};
