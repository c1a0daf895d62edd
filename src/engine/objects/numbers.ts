// Numbers and BigInts as host values.

import type { Heap, Tagged } from '../heap/index.ts';
import { InstanceType } from './instance-type.ts';
import { BigIntObject, HeapNumber, MapObject } from './layouts.ts';
import { StaticRoot } from './roots.ts';

/** Smi or HeapNumber to a host number. */
export const numberValue = (heap: Heap, w: Tagged): number =>
  (w & 1) === 0 ? w >> 1 : heap.f64[(w + HeapNumber.Value - 1) >> 3]!;

export const isHeapNumber = (heap: Heap, w: Tagged): boolean =>
  (w & 1) !== 0 && heap.i32[(w - 1) >> 2] === StaticRoot.HeapNumberMap;

export const isNumber = (heap: Heap, w: Tagged): boolean =>
  (w & 1) === 0 || heap.i32[(w - 1) >> 2] === StaticRoot.HeapNumberMap;

export const isBigInt = (heap: Heap, w: Tagged): boolean =>
  (w & 1) !== 0 && heap.i32[(w - 1) >> 2] === StaticRoot.BigIntMap;

export const bigintValue = (heap: Heap, w: Tagged): bigint => {
  const bits = heap.getI32(w, BigIntObject.Bitfield);
  let result = 0n;
  for (let i = (bits >>> 1) - 1; i >= 0; i--) {
    result = (result << 64n) | BigInt.asUintN(64, heap.i64[(w - 1 + BigIntObject.Digits + 8 * i) >> 3]!);
  }
  return (bits & 1) !== 0 ? -result : result;
};

export const isJSReceiver = (heap: Heap, w: Tagged): boolean =>
  (w & 1) !== 0 &&
  heap.u16[(heap.i32[(w - 1) >> 2]! - 1 + MapObject.InstanceType) >> 1]! >= InstanceType.FirstJSReceiver;
