// Elements of typed arrays as values: reading and writing what is converted already. Where they lie: objects/typed-arrays.ts.

import type { Tagged } from '../heap/index.ts';
import {
  bufferAddress,
  ElementsKind,
  elementTypeOf,
  mapElementsKind,
  typedElementAddress,
  typedElementCount,
} from '../objects/index.ts';
import type { Runtime } from './runtime.ts';
import { mapOf } from './values.ts';

/** Byte offset in linear memory of the buffer's data; −1 once detached. */
export const bufferData = (rt: Runtime, buffer: Tagged): number => bufferAddress(rt.heap, buffer);

/** Elements in range; 0 when detached or out of bounds. */
export const typedArrayLength = (rt: Runtime, array: Tagged): number => typedElementCount(rt.heap, array);

/** How its elements are stored, whatever its buffer can. */
export const typedArrayKind = (rt: Runtime, array: Tagged): ElementsKind =>
  elementTypeOf(mapElementsKind(rt.heap, mapOf(rt, array)));

export const typedArrayHasElement = (rt: Runtime, array: Tagged, index: number): boolean =>
  index < typedArrayLength(rt, array);

/** Address of element `index` (in range). */
export const typedArrayAddress = (rt: Runtime, array: Tagged, index: number): number =>
  typedElementAddress(rt.heap, array, index);

/** Value of an element in range. */
export const typedArrayElement = (rt: Runtime, array: Tagged, index: number): Tagged => {
  const kind = typedArrayKind(rt, array);
  return readElement(rt, kind, typedArrayAddress(rt, array, index));
};

export const readElement = (rt: Runtime, kind: ElementsKind, address: number, little = true): Tagged => {
  const view = rt.heap.view;
  switch (kind) {
    case ElementsKind.Uint8:
    case ElementsKind.Uint8Clamped:
      return view.getUint8(address) << 1;
    case ElementsKind.Int8:
      return view.getInt8(address) << 1;
    case ElementsKind.Uint16:
      return view.getUint16(address, little) << 1;
    case ElementsKind.Int16:
      return view.getInt16(address, little) << 1;
    case ElementsKind.Uint32:
      return rt.factory.newNumber(view.getUint32(address, little));
    case ElementsKind.Int32:
      return rt.factory.newNumber(view.getInt32(address, little));
    case ElementsKind.Float32:
      return rt.factory.newNumber(view.getFloat32(address, little));
    case ElementsKind.Float64:
      return rt.factory.newNumber(view.getFloat64(address, little));
    case ElementsKind.Float16:
      return rt.factory.newNumber(halfToNumber(view.getUint16(address, little)));
    case ElementsKind.BigInt64:
      return rt.factory.newBigInt(view.getBigInt64(address, little));
    default:
      return rt.factory.newBigInt(view.getBigUint64(address, little));
  }
};

export const halfToNumber = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * 2 ** -14 * (fraction / 1024);
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
};

export const numberToHalf = (value: number): number => {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  if (magnitude === 0) return sign;
  const exponent = Math.max(Math.floor(Math.log2(magnitude)), -14);
  const scaled = magnitude / 2 ** (exponent - 10);
  let rounded = Math.floor(scaled);
  const rest = scaled - rounded;
  if (rest > 0.5 || (rest === 0.5 && (rounded & 1) === 1)) rounded++;
  const bits = exponent === -14 && rounded < 1024 ? rounded : ((exponent + 15) << 10) + (rounded - 1024);
  return sign | bits;
};

export const isBigIntKind = (kind: ElementsKind): boolean =>
  kind === ElementsKind.BigInt64 || kind === ElementsKind.BigUint64;

export const writeElement = (
  rt: Runtime,
  kind: ElementsKind,
  address: number,
  value: number | bigint,
  little = true,
): void => {
  const view = rt.heap.view;
  switch (kind) {
    case ElementsKind.Uint8:
    case ElementsKind.Int8:
      view.setUint8(address, value as number);
      break;
    case ElementsKind.Uint8Clamped: {
      const number = value as number;
      const clamped = Number.isNaN(number) ? 0 : Math.min(255, Math.max(0, number));
      const floor = Math.floor(clamped);
      const rest = clamped - floor;
      view.setUint8(address, rest > 0.5 || (rest === 0.5 && (floor & 1) === 1) ? floor + 1 : floor);
      break;
    }
    case ElementsKind.Uint16:
    case ElementsKind.Int16:
      view.setUint16(address, value as number, little);
      break;
    case ElementsKind.Uint32:
    case ElementsKind.Int32:
      view.setUint32(address, value as number, little);
      break;
    case ElementsKind.Float32:
      view.setFloat32(address, value as number, little);
      break;
    case ElementsKind.Float64:
      view.setFloat64(address, value as number, little);
      break;
    case ElementsKind.Float16:
      view.setUint16(address, numberToHalf(value as number), little);
      break;
    default:
      view.setBigInt64(address, BigInt.asIntN(64, value as bigint), little);
  }
};
