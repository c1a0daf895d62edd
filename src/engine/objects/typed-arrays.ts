// Buffers and the views of them.
//
//   JSTypedArray, ──Buffer─▶ JSArrayBuffer ──BackingStore─▶ ByteArray [capacity, bytes …]
//   JSDataView                    ▲
//                                 └──BackingStore── JSArrayBuffer: a clone of a shared buffer
//
//   byte i of a view is at ByteArray.Bytes + ByteOffset + i
//
// A buffer with a MaxByteLength changes its length: its ByteArray has room for more, is replaced by a larger one when it has not,
// and is zero behind the buffer's length. So neither an address nor a length outlives what may resize; a view's bounds are
// computed anew from its buffer at each access, and machine code takes no view of such a buffer (their elements kinds are
// apart). A view that its buffer does not cover any more is out of bounds, and has no elements.

import type { Heap, Tagged } from '../heap/index.ts';
import {
  ByteArray,
  HeapObject,
  InstanceType,
  JSArrayBuffer,
  JSArrayBufferFlags,
  JSTypedArray,
  StaticRoot,
} from '../layout/index.ts';
import { ElementsKind, elementTypeOf, isRabGsabElementsKind, rabGsabElementsKind } from './elements-kind.ts';
import type { Factory } from './factory.ts';
import { copyAsElementsKind } from './map-copies.ts';
import { mapElementsKind, mapInstanceType } from './maps.ts';
import { numberValue } from './numbers.ts';
import { rootSymbol } from './root-slots.ts';
import { findSpecialTransition } from './transition-store.ts';

/** Sizes of typed array elements as shifts, from ElementsKind.Uint8. */
const typedShift: readonly number[] = [0, 0, 1, 1, 2, 2, 3, 3, 0, 2, 3, 1];
const shiftOf = (k: ElementsKind): number => typedShift[elementTypeOf(k) - ElementsKind.Uint8]!;
export const typedElementSize = (k: ElementsKind): number => 1 << shiftOf(k);

export const isSharedBuffer = (heap: Heap, buffer: Tagged): boolean =>
  ((heap.get(buffer, JSArrayBuffer.Flags) >> 1) & JSArrayBufferFlags.IsShared) !== 0;

/** Whether the buffer's length may change. */
export const isResizableBuffer = (heap: Heap, buffer: Tagged): boolean =>
  heap.get(buffer, JSArrayBuffer.MaxByteLength) !== StaticRoot.Undefined;

/** The buffer that has the bytes. */
export const bufferWithBytes = (heap: Heap, buffer: Tagged): Tagged => {
  const store = heap.get(buffer, JSArrayBuffer.BackingStore);
  return store === StaticRoot.Undefined || heap.get(store, HeapObject.Map) === StaticRoot.ByteArrayMap ? buffer : store;
};

/** Byte offset of the buffer's bytes in linear memory; −1 once detached. Valid until the next safepoint. */
export const bufferAddress = (heap: Heap, buffer: Tagged): number => {
  const store = heap.get(bufferWithBytes(heap, buffer), JSArrayBuffer.BackingStore);
  return store === StaticRoot.Undefined ? -1 : store - 1 + ByteArray.Bytes;
};

/** 0 once detached. */
export const bufferLength = (heap: Heap, buffer: Tagged): number =>
  heap.get(bufferWithBytes(heap, buffer), JSArrayBuffer.ByteLength) >> 1;

/** The length that the buffer may grow to. */
export const bufferMaxLength = (heap: Heap, buffer: Tagged): number =>
  isResizableBuffer(heap, buffer)
    ? numberValue(heap, heap.get(buffer, JSArrayBuffer.MaxByteLength))
    : bufferLength(heap, buffer);

/** Takes the bytes away. Shared buffers keep theirs. */
export const detachBuffer = (heap: Heap, buffer: Tagged): void => {
  if (isSharedBuffer(heap, buffer)) return;
  heap.init(buffer, JSArrayBuffer.BackingStore, StaticRoot.Undefined);
  heap.init(buffer, JSArrayBuffer.ByteLength, 0);
  if (isResizableBuffer(heap, buffer)) heap.init(buffer, JSArrayBuffer.MaxByteLength, 0);
};

export const isLengthTracking = (heap: Heap, view: Tagged): boolean => heap.get(view, JSTypedArray.Length) < 0;

/** IsTypedArrayFixedLength: no resizing of its buffer takes elements away, or adds some. */
export const hasFixedLength = (heap: Heap, array: Tagged): boolean => {
  const buffer = heap.get(array, JSTypedArray.Buffer);
  return !isLengthTracking(heap, array) && (isSharedBuffer(heap, buffer) || !isResizableBuffer(heap, buffer));
};

/** Bytes of a view whose elements are 2 ** `shift` bytes, in whole elements; −1: detached, or out of bounds. */
const viewLength = (heap: Heap, view: Tagged, shift: number): number => {
  const buffer = heap.get(view, JSTypedArray.Buffer);
  if (heap.get(buffer, JSArrayBuffer.BackingStore) === StaticRoot.Undefined) return -1;
  const length = heap.get(view, JSTypedArray.Length) >> 1;
  const rest = bufferLength(heap, buffer) - (heap.get(view, JSTypedArray.ByteOffset) >> 1);
  if (length < 0) return rest < 0 ? -1 : (rest >> shift) << shift;
  return length << shift <= rest ? length << shift : -1;
};

const viewShift = (heap: Heap, view: Tagged): number => {
  const map = heap.get(view, HeapObject.Map);
  return mapInstanceType(heap, map) === InstanceType.JSDataView ? 0 : shiftOf(mapElementsKind(heap, map));
};

/** IsTypedArrayOutOfBounds, IsViewOutOfBounds: detached ones too. */
export const isViewOutOfBounds = (heap: Heap, view: Tagged): boolean =>
  viewLength(heap, view, viewShift(heap, view)) < 0;

/** Bytes in a typed array or DataView; 0 when out of bounds. */
export const viewByteLength = (heap: Heap, view: Tagged): number =>
  Math.max(viewLength(heap, view, viewShift(heap, view)), 0);

/** Elements of a typed array; 0 when out of bounds. */
export const typedElementCount = (heap: Heap, array: Tagged): number => {
  const shift = shiftOf(mapElementsKind(heap, heap.get(array, HeapObject.Map)));
  return Math.max(viewLength(heap, array, shift), 0) >> shift;
};

/** Byte offset of a typed array's element in linear memory; −1 if detached. Valid until the next safepoint. */
export const typedElementAddress = (heap: Heap, array: Tagged, index: number): number => {
  const bytes = bufferAddress(heap, heap.get(array, JSTypedArray.Buffer));
  if (bytes < 0) return -1;
  return (
    bytes +
    (heap.get(array, JSTypedArray.ByteOffset) >> 1) +
    (index << shiftOf(mapElementsKind(heap, heap.get(array, HeapObject.Map))))
  );
};

/** The map of views of resizable buffers that goes with `map`. */
export const rabGsabMap = (factory: Factory, map: Tagged): Tagged => {
  const { heap } = factory;
  const kind = mapElementsKind(heap, map);
  if (isRabGsabElementsKind(kind)) return map;
  const known = findSpecialTransition(heap, map, rootSymbol(heap, 'elements_transition_symbol'));
  if (known !== 0 && isRabGsabElementsKind(mapElementsKind(heap, known))) return known;
  return copyAsElementsKind(factory, map, rabGsabElementsKind(kind), true);
};
