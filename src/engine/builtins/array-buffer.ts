// ArrayBuffer and SharedArrayBuffer. A buffer's bytes are a ByteArray in linear memory that may move, and that a buffer which
// grows replaces: objects/typed-arrays.ts. Threads there are none, so what is shared is shared by the clones of one isolate.

import type { Tagged } from '../heap/index.ts';
import {
  ByteArray,
  bufferLength,
  bufferMaxLength,
  bufferWithBytes,
  InstanceType,
  isResizableBuffer,
  isSharedBuffer,
  JSArrayBuffer,
  JSArrayBufferFlags,
  StaticRoot,
} from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  bufferData,
  declareBuiltin,
  detachArrayBuffer,
  getProperty,
  hasInstanceType,
  isJSReceiver,
  makeConstructor,
  NativeContextSlot,
  ordinaryCreateFromConstructor,
  type Runtime,
  speciesConstructor,
  throwRangeError,
  throwTypeError,
  toIntegerOrInfinity,
  toOddball,
  toRelativeIndex,
  Writes,
} from '../runtime/index.ts';
import { type BuiltinRow, builtinTable, installTable, installToStringTag, speciesGetter } from './table.ts';

const { Undefined } = StaticRoot;

/** Larger buffers do not fit linear memory beside everything else. */
const maxBytes = 0x1000_0000;
/** What V8 reserves addresses for. */
const maxReservation = 2 ** 44;

/** A maximum is rounded up to it. */
const pageSize = 4096;

/** Of either class. */
export const isAnyArrayBuffer = (rt: Runtime, value: Tagged): boolean =>
  hasInstanceType(rt, value, InstanceType.JSArrayBuffer);

const isBufferOf = (rt: Runtime, value: Tagged, shared: boolean): boolean =>
  isAnyArrayBuffer(rt, value) && isSharedBuffer(rt.heap, value) === shared;

/** Gives a fresh JSArrayBuffer its zeroed bytes. @param maxLength −1: its length is fixed */
export const allocateBytes = (rt: Runtime, buffer: Tagged, length: number, shared = false, maxLength = -1): Tagged => {
  const { heap, factory } = rt;
  if (Math.ceil(maxLength / pageSize) * pageSize > Number.MAX_SAFE_INTEGER)
    throwRangeError(rt, 'InvalidArrayBufferMaxLength');
  if (length > maxBytes || maxLength > maxReservation) throwRangeError(rt, 'ArrayBufferAllocationFailed');
  heap.set(buffer, JSArrayBuffer.BackingStore, factory.newByteArray(length));
  heap.init(buffer, JSArrayBuffer.ByteLength, length << 1);
  heap.init(buffer, JSArrayBuffer.Flags, (shared ? JSArrayBufferFlags.IsShared : 0) << 1);
  if (maxLength >= 0) heap.set(buffer, JSArrayBuffer.MaxByteLength, factory.newNumber(maxLength));
  return buffer;
};

export const newArrayBuffer = (rt: Runtime, length: number, maxLength = -1): Tagged =>
  allocateBytes(rt, rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.ArrayBufferMap)), length, false, maxLength);

/** Changes the length of a resizable buffer, to at most its maximum. */
const setBufferLength = (rt: Runtime, buffer: Tagged, length: number): void => {
  const { heap } = rt;
  const owner = bufferWithBytes(heap, buffer);
  const old = bufferLength(heap, owner);
  const start = bufferData(rt, owner);
  const capacity = heap.get(heap.get(owner, JSArrayBuffer.BackingStore), ByteArray.Length) >> 1;
  if (length < old) heap.u8.fill(0, start + length, start + old);
  else if (length > capacity) {
    if (length > maxBytes) throwRangeError(rt, 'ArrayBufferAllocationFailed');
    const room = Math.min(bufferMaxLength(heap, owner), Math.max(length, 2 * capacity), maxBytes);
    const store = rt.factory.newByteArray(room);
    const from = bufferData(rt, owner);
    heap.u8.copyWithin(store - 1 + ByteArray.Bytes, from, from + old);
    heap.set(owner, JSArrayBuffer.BackingStore, store);
  }
  heap.init(owner, JSArrayBuffer.ByteLength, length << 1);
};

const constructorOf =
  (name: string, shared: boolean): BuiltinFunction =>
  (rt, args) => {
    if (args.newTarget === Undefined) throwTypeError(rt, 'ConstructorNotFunction', name);
    const length = toIntegerOrInfinity(rt, args.at(0));
    if (length < 0 || length > Number.MAX_SAFE_INTEGER) throwRangeError(rt, 'InvalidArrayBufferLength');
    let maxLength = -1;
    if (isJSReceiver(rt, args.at(1))) {
      const most = getProperty(rt, args.at(1), rt.factory.internalize('maxByteLength'));
      if (most !== Undefined) {
        maxLength = toIntegerOrInfinity(rt, most);
        if (maxLength < 0 || maxLength > Number.MAX_SAFE_INTEGER) throwRangeError(rt, 'InvalidArrayBufferMaxLength');
      }
    }
    const buffer = ordinaryCreateFromConstructor(rt, args.target, args.newTarget);
    if (maxLength >= 0 && maxLength < length) throwRangeError(rt, 'InvalidArrayBufferMaxLength');
    return allocateBytes(rt, buffer, length, shared, maxLength);
  };

/** The methods of one of the two classes. */
const rowsOf = (name: string, shared: boolean, functionSlot: NativeContextSlot, mapSlot: NativeContextSlot) => {
  const incompatible = (rt: Runtime, method: string, value: Tagged): never =>
    throwTypeError(rt, 'IncompatibleMethodReceiver', method, value);
  const bufferOf = (rt: Runtime, args: Arguments, method: string, accessor = ''): Tagged => {
    if (!isBufferOf(rt, args.receiver, shared))
      incompatible(rt, `${accessor}${name}.prototype.${method}`, args.receiver);
    return args.receiver;
  };
  const getter = (key: string, get: (rt: Runtime, buffer: Tagged) => Tagged): BuiltinRow => [
    `get ${key}`,
    (rt, args) => get(rt, bufferOf(rt, args, key, 'get ')),
    0,
    Writes.Nothing,
  ];
  const sliceName = `${name}.prototype.slice`;
  const detached = (rt: Runtime, buffer: Tagged, method: string): void => {
    if (bufferData(rt, buffer) < 0) throwTypeError(rt, 'DetachedOperation', `${name}.prototype.${method}`);
  };
  const slice: BuiltinFunction = (rt, args) => {
    const { heap } = rt;
    bufferOf(rt, args, 'slice');
    detached(rt, args.receiver, 'slice');
    const length = bufferLength(heap, args.receiver);
    const first = toRelativeIndex(rt, args.at(0), length, 0);
    const final = toRelativeIndex(rt, args.at(1), length, length);
    const size = Math.max(final - first, 0);
    const constructor = speciesConstructor(rt, args.receiver, rt.intrinsic(functionSlot));
    const result =
      constructor === rt.intrinsic(functionSlot)
        ? allocateBytes(rt, rt.factory.newJSObject(rt.intrinsic(mapSlot)), size, shared)
        : rt.construct(constructor, [rt.factory.newNumber(size)]);
    if (!isBufferOf(rt, result, shared)) incompatible(rt, sliceName, result);
    detached(rt, result, 'slice');
    if (result === args.receiver) throwTypeError(rt, 'ArrayBufferSpeciesThis', name);
    if (bufferLength(heap, result) < size) throwTypeError(rt, 'ArrayBufferTooShort', name);
    detached(rt, args.receiver, 'slice');
    const from = bufferData(rt, args.receiver) + first;
    const available = Math.max(bufferLength(heap, args.receiver) - first, 0);
    heap.u8.copyWithin(bufferData(rt, result), from, from + Math.min(size, available));
    return result;
  };
  const resize =
    (method: string): BuiltinFunction =>
    (rt, args) => {
      const { heap } = rt;
      const path = `${name}.prototype.${method}`;
      bufferOf(rt, args, method);
      if (!isResizableBuffer(heap, args.receiver)) incompatible(rt, path, args.receiver);
      const length = toIntegerOrInfinity(rt, args.at(0));
      detached(rt, args.receiver, method);
      const least = shared ? bufferLength(heap, args.receiver) : 0;
      if (length < least || length > bufferMaxLength(heap, args.receiver))
        throwRangeError(rt, 'InvalidArrayBufferResizeLength', path);
      setBufferLength(rt, args.receiver, length);
      return Undefined;
    };
  const rows: BuiltinRow[] = [
    getter('byteLength', (rt, buffer) => bufferLength(rt.heap, buffer) << 1),
    ['slice', slice, 2, Writes.Nothing],
    getter('maxByteLength', (rt, buffer) => rt.factory.newNumber(bufferMaxLength(rt.heap, buffer))),
    getter(shared ? 'growable' : 'resizable', (rt, buffer) => toOddball(isResizableBuffer(rt.heap, buffer))),
    [shared ? 'grow' : 'resize', resize(shared ? 'grow' : 'resize'), 1],
  ];
  if (!shared) {
    const transfer =
      (method: string, keepsMaximum: boolean): BuiltinFunction =>
      (rt, args) => {
        const { heap } = rt;
        bufferOf(rt, args, method);
        let length = args.at(0) === Undefined ? bufferLength(heap, args.receiver) : toIntegerOrInfinity(rt, args.at(0));
        detached(rt, args.receiver, method);
        if (length > Number.MAX_SAFE_INTEGER)
          throwRangeError(rt, 'InvalidArrayBufferResizeLength', `${name}.prototype.${method}`);
        const most = keepsMaximum && isResizableBuffer(heap, args.receiver) ? bufferMaxLength(heap, args.receiver) : -1;
        if (length < 0 || (most >= 0 && length > most)) throwRangeError(rt, 'InvalidArrayBufferLength');
        const result = newArrayBuffer(rt, length, most);
        const from = bufferData(rt, args.receiver);
        length = Math.min(length, bufferLength(heap, args.receiver));
        heap.u8.copyWithin(bufferData(rt, result), from, from + length);
        detachArrayBuffer(rt, args.receiver);
        return result;
      };
    rows.push(
      ['transfer', transfer('transfer', true), 0],
      ['transferToFixedLength', transfer('transferToFixedLength', false), 0],
      getter('detached', (rt, buffer) => toOddball(bufferData(rt, buffer) < 0)),
    );
  }
  return rows;
};

const bufferPrototype = builtinTable(
  'ArrayBuffer.prototype',
  rowsOf('ArrayBuffer', false, NativeContextSlot.ArrayBufferFunction, NativeContextSlot.ArrayBufferMap),
);
const sharedPrototype = builtinTable(
  'SharedArrayBuffer.prototype',
  rowsOf(
    'SharedArrayBuffer',
    true,
    NativeContextSlot.SharedArrayBufferFunction,
    NativeContextSlot.SharedArrayBufferMap,
  ),
);
const ArrayBufferFunction = declareBuiltin('ArrayBuffer', constructorOf('ArrayBuffer', false), Writes.Nothing);
const SharedArrayBufferFunction = declareBuiltin(
  'SharedArrayBuffer',
  constructorOf('SharedArrayBuffer', true),
  Writes.Nothing,
);

const bufferStatics = builtinTable('ArrayBuffer', [
  [
    'isView',
    (rt, args) =>
      toOddball(
        isJSReceiver(rt, args.at(0)) &&
          (hasInstanceType(rt, args.at(0), InstanceType.JSTypedArray) ||
            hasInstanceType(rt, args.at(0), InstanceType.JSDataView)),
      ),
    1,
    Writes.Nothing,
  ],
  speciesGetter,
]);
const sharedStatics = builtinTable('SharedArrayBuffer', [speciesGetter]);

/** Another buffer over the bytes of a shared one. */
export const cloneSharedBuffer = (rt: Runtime, buffer: Tagged): Tagged => {
  const { heap } = rt;
  const clone = rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.SharedArrayBufferMap));
  const owner = bufferWithBytes(heap, buffer);
  heap.set(clone, JSArrayBuffer.BackingStore, owner);
  heap.set(clone, JSArrayBuffer.MaxByteLength, heap.get(owner, JSArrayBuffer.MaxByteLength));
  heap.init(clone, JSArrayBuffer.ByteLength, 0);
  heap.init(clone, JSArrayBuffer.Flags, JSArrayBufferFlags.IsShared << 1);
  return clone;
};

export const bootstrapArrayBuffer = (rt: Runtime): void => {
  const classes = [
    {
      name: 'ArrayBuffer',
      implementation: ArrayBufferFunction,
      functionSlot: NativeContextSlot.ArrayBufferFunction,
      prototypeSlot: NativeContextSlot.ArrayBufferPrototype,
      mapSlot: NativeContextSlot.ArrayBufferMap,
      statics: bufferStatics,
      methods: bufferPrototype,
    },
    {
      name: 'SharedArrayBuffer',
      implementation: SharedArrayBufferFunction,
      functionSlot: NativeContextSlot.SharedArrayBufferFunction,
      prototypeSlot: NativeContextSlot.SharedArrayBufferPrototype,
      mapSlot: NativeContextSlot.SharedArrayBufferMap,
      statics: sharedStatics,
      methods: sharedPrototype,
    },
  ];
  for (const { statics, methods, ...spec } of classes) {
    const fn = makeConstructor(rt, { ...spec, length: 1, type: InstanceType.JSArrayBuffer, size: JSArrayBuffer.Size });
    installTable(rt, fn, statics);
    installTable(rt, rt.intrinsic(spec.prototypeSlot), methods);
    installToStringTag(rt, rt.intrinsic(spec.prototypeSlot), spec.name);
  }
};
