// Numbers and BigInts as host values.

import type { Heap, Tagged } from '../heap/index.ts';
import { BigIntObject, HeapNumber, InstanceType, MapObject, StaticRoot } from '../layout/index.ts';

/** Smi or HeapNumber to a host number. */
export const numberValue = (heap: Heap, w: Tagged): number =>
  (w & 1) === 0 ? w >> 1 : heap.f64[(w + HeapNumber.Value - 1) >> 3]!;

export const isHeapNumber = (heap: Heap, w: Tagged): boolean =>
  (w & 1) !== 0 && heap.i32[(w - 1) >> 2] === StaticRoot.HeapNumberMap;

export const isNumber = (heap: Heap, w: Tagged): boolean =>
  (w & 1) === 0 || heap.i32[(w - 1) >> 2] === StaticRoot.HeapNumberMap;

export const isBigInt = (heap: Heap, w: Tagged): boolean =>
  (w & 1) !== 0 && heap.i32[(w - 1) >> 2] === StaticRoot.BigIntMap;

/** Above this, BigInts go by way of hexadecimal text, in linear time. */
export const manyDigits = 32;

export const bigintValue = (heap: Heap, w: Tagged): bigint => {
  const bits = heap.getI32(w, BigIntObject.Bitfield);
  const digits = bits >>> 1;
  let result = 0n;
  if (digits > manyDigits) {
    const start = w - 1 + BigIntObject.Digits;
    const bytes = Buffer.from(heap.u8.slice(start, start + 8 * digits).buffer).reverse();
    result = BigInt(`0x${bytes.toString('hex')}`);
  } else {
    for (let i = digits - 1; i >= 0; i--)
      result = (result << 64n) | BigInt.asUintN(64, heap.i64[(w - 1 + BigIntObject.Digits + 8 * i) >> 3]!);
  }
  return (bits & 1) !== 0 ? -result : result;
};

/** Writes the digits of a magnitude, lowest first, by way of its hexadecimal text. */
export const writeManyDigits = (heap: Heap, at: number, magnitudeText: string, digits: number): void => {
  const bytes = Buffer.from(magnitudeText.padStart(16 * digits, '0'), 'hex').reverse();
  heap.u8.set(bytes, at);
};

export const isJSReceiver = (heap: Heap, w: Tagged): boolean =>
  (w & 1) !== 0 &&
  heap.u16[(heap.i32[(w - 1) >> 2]! - 1 + MapObject.InstanceType) >> 1]! >= InstanceType.FirstJSReceiver;
