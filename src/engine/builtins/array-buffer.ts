// ArrayBuffer and DataView. A buffer's bytes are a ByteArray in linear memory; it may move, so addresses are computed at
// each access (see runtime/typed-elements.ts). A DataView has a typed array's layout, its length in bytes.

import type { Tagged } from '../heap/index.ts';
import { ElementsKind, InstanceType, JSArrayBuffer, JSTypedArray, numberValue, StaticRoot } from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  bufferData,
  declareBuiltin,
  elementSize,
  getProperty,
  hasInstanceType,
  isBigIntKind,
  isJSReceiver,
  makeConstructor,
  NativeContextSlot,
  ordinaryCreateFromConstructor,
  type Runtime,
  readElement,
  speciesConstructor,
  throwRangeError,
  throwTypeError,
  toBigIntValue,
  toBoolean,
  toIntegerOrInfinity,
  toNumberValue,
  toOddball,
  toRelativeIndex,
  writeElement,
} from '../runtime/index.ts';
import { builtinTable, installTable, installToStringTag, speciesGetter } from './table.ts';

const { Undefined, False } = StaticRoot;

/** Larger buffers do not fit linear memory beside everything else. */
const maxBytes = 0x1000_0000;

export const isArrayBuffer = (rt: Runtime, value: Tagged): boolean =>
  hasInstanceType(rt, value, InstanceType.JSArrayBuffer);

/** byteLength; 0 once detached. */
export const bufferByteLength = (rt: Runtime, buffer: Tagged): number =>
  numberValue(rt.heap, rt.heap.get(buffer, JSArrayBuffer.ByteLength));

/** Gives a fresh JSArrayBuffer its zeroed bytes. */
export const allocateBytes = (rt: Runtime, buffer: Tagged, length: number): Tagged => {
  if (length > maxBytes) throwRangeError(rt, 'InvalidArrayBufferLength');
  rt.heap.set(buffer, JSArrayBuffer.BackingStore, rt.factory.newByteArray(length));
  rt.heap.set(buffer, JSArrayBuffer.ByteLength, rt.factory.newNumber(length));
  return buffer;
};

export const newArrayBuffer = (rt: Runtime, length: number): Tagged =>
  allocateBytes(rt, rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.ArrayBufferMap)), length);

const ArrayBufferConstructor: BuiltinFunction = (rt, args) => {
  if (args.newTarget === Undefined) throwTypeError(rt, 'ConstructorNotFunction', 'ArrayBuffer');
  const length = toIntegerOrInfinity(rt, args.at(0));
  if (length < 0 || length > Number.MAX_SAFE_INTEGER) throwRangeError(rt, 'Plain', 'Invalid array buffer length');
  if (isJSReceiver(rt, args.at(1))) {
    const most = getProperty(rt, args.at(1), rt.factory.internalize('maxByteLength'));
    if (most !== Undefined && toIntegerOrInfinity(rt, most) < length)
      throwRangeError(rt, 'Plain', 'Invalid array buffer max length');
    // Better than a buffer that does not grow where the program counts on it.
    if (most !== Undefined)
      throwTypeError(rt, 'Plain', 'Resizable array buffers (maxByteLength) are not available here');
  }
  return allocateBytes(rt, ordinaryCreateFromConstructor(rt, args.target, args.newTarget), length);
};

const bufferOf = (rt: Runtime, args: Arguments, method: string, accessor = ''): Tagged => {
  if (!isArrayBuffer(rt, args.receiver))
    throwTypeError(rt, 'IncompatibleMethodReceiver', `${accessor}ArrayBuffer.prototype.${method}`, args.receiver);
  return args.receiver;
};

const slice: BuiltinFunction = (rt, args) => {
  const { heap } = rt;
  const length = bufferByteLength(rt, bufferOf(rt, args, 'slice'));
  if (bufferData(rt, args.receiver) < 0) throwTypeError(rt, 'DetachedOperation', 'ArrayBuffer.prototype.slice');
  const first = toRelativeIndex(rt, args.at(0), length, 0);
  const final = toRelativeIndex(rt, args.at(1), length, length);
  const size = Math.max(final - first, 0);
  const constructor = speciesConstructor(rt, args.receiver, rt.intrinsic(NativeContextSlot.ArrayBufferFunction));
  const result =
    constructor === rt.intrinsic(NativeContextSlot.ArrayBufferFunction)
      ? newArrayBuffer(rt, size)
      : rt.construct(constructor, [rt.factory.newNumber(size)]);
  if (!isArrayBuffer(rt, result))
    throwTypeError(rt, 'IncompatibleMethodReceiver', 'ArrayBuffer.prototype.slice', result);
  const from = bufferData(rt, args.receiver) + first;
  heap.u8.copyWithin(bufferData(rt, result), from, from + size);
  return result;
};

const transfer =
  (name: string): BuiltinFunction =>
  (rt, args) => {
    const { heap } = rt;
    bufferOf(rt, args, name);
    const length = args.at(0) === Undefined ? bufferByteLength(rt, args.receiver) : toIntegerOrInfinity(rt, args.at(0));
    if (bufferData(rt, args.receiver) < 0) throwTypeError(rt, 'DetachedOperation', `ArrayBuffer.prototype.${name}`);
    const result = newArrayBuffer(rt, length);
    const from = bufferData(rt, args.receiver);
    heap.u8.copyWithin(bufferData(rt, result), from, from + Math.min(length, bufferByteLength(rt, args.receiver)));
    heap.init(args.receiver, JSArrayBuffer.BackingStore, Undefined);
    heap.init(args.receiver, JSArrayBuffer.ByteLength, 0);
    return result;
  };

const bufferPrototype = builtinTable('ArrayBuffer.prototype', [
  [
    'get byteLength',
    (rt, args) => rt.factory.newNumber(bufferByteLength(rt, bufferOf(rt, args, 'byteLength', 'get '))),
    0,
  ],
  ['slice', slice, 2],
  [
    'get maxByteLength',
    (rt, args) => rt.factory.newNumber(bufferByteLength(rt, bufferOf(rt, args, 'maxByteLength', 'get '))),
    0,
  ],
  [
    'get resizable',
    (rt, args) => {
      bufferOf(rt, args, 'resizable', 'get ');
      return False;
    },
    0,
  ],
  ['get detached', (rt, args) => toOddball(bufferData(rt, bufferOf(rt, args, 'detached', 'get ')) < 0), 0],
  ['transfer', transfer('transfer'), 0],
  ['transferToFixedLength', transfer('transferToFixedLength'), 0],
]);

// --- DataView -----------------------------------------------------------------------------------------------------------------

const DataViewConstructor: BuiltinFunction = (rt, args) => {
  const { heap } = rt;
  if (args.newTarget === Undefined) throwTypeError(rt, 'ConstructorNotFunction', 'DataView');
  if (!isArrayBuffer(rt, args.at(0))) throwTypeError(rt, 'DataViewNotArrayBuffer');
  const offset = toIntegerOrInfinity(rt, args.at(1));
  if (offset < 0) throwRangeError(rt, 'InvalidOffset', String(offset));
  if (bufferData(rt, args.at(0)) < 0) throwTypeError(rt, 'DetachedOperation', 'DataView');
  const byteLength = bufferByteLength(rt, args.at(0));
  if (offset > byteLength) throwRangeError(rt, 'InvalidOffset', String(offset));
  const length = args.at(2) === Undefined ? byteLength - offset : toIntegerOrInfinity(rt, args.at(2));
  if (length < 0 || offset + length > byteLength) throwRangeError(rt, 'Plain', `Invalid DataView length ${length}`);
  const view = ordinaryCreateFromConstructor(rt, args.target, args.newTarget);
  heap.set(view, JSTypedArray.Buffer, args.at(0));
  heap.init(view, JSTypedArray.ByteOffset, offset << 1);
  heap.init(view, JSTypedArray.Length, length << 1);
  return view;
};

const viewOf = (rt: Runtime, args: Arguments, method: string, accessor = ''): Tagged => {
  if (!hasInstanceType(rt, args.receiver, InstanceType.JSDataView))
    throwTypeError(rt, 'IncompatibleMethodReceiver', `${accessor}DataView.prototype.${method}`, args.receiver);
  return args.receiver;
};

const address = (rt: Runtime, args: Arguments, method: string, index: number, size: number): number => {
  const { heap } = rt;
  const data = bufferData(rt, heap.get(args.receiver, JSTypedArray.Buffer));
  if (data < 0) throwTypeError(rt, 'DetachedOperation', `DataView.prototype.${method}`);
  if (index < 0 || index + size > heap.get(args.receiver, JSTypedArray.Length) >> 1)
    throwRangeError(rt, 'InvalidDataViewAccessorOffset');
  return data + (heap.get(args.receiver, JSTypedArray.ByteOffset) >> 1) + index;
};

const viewIndex = (rt: Runtime, args: Arguments): number => {
  const index = toIntegerOrInfinity(rt, args.at(0));
  if (index < 0 || index > Number.MAX_SAFE_INTEGER) throwRangeError(rt, 'InvalidDataViewAccessorOffset');
  return index;
};

const getValue =
  (kind: ElementsKind, name: string): BuiltinFunction =>
  (rt, args) => {
    viewOf(rt, args, name);
    const index = viewIndex(rt, args);
    const little = toBoolean(rt, args.at(1));
    return readElement(rt, kind, address(rt, args, name, index, elementSize[kind]!), little);
  };

const setValue =
  (kind: ElementsKind, name: string): BuiltinFunction =>
  (rt, args) => {
    viewOf(rt, args, name);
    const index = viewIndex(rt, args);
    const value = isBigIntKind(kind) ? toBigIntValue(rt, args.at(1)) : toNumberValue(rt, args.at(1));
    const little = toBoolean(rt, args.at(2));
    writeElement(rt, kind, address(rt, args, name, index, elementSize[kind]!), value, little);
    return Undefined;
  };

const accessors = [
  ['Int8', ElementsKind.Int8],
  ['Uint8', ElementsKind.Uint8],
  ['Int16', ElementsKind.Int16],
  ['Uint16', ElementsKind.Uint16],
  ['Int32', ElementsKind.Int32],
  ['Uint32', ElementsKind.Uint32],
  ['Float16', ElementsKind.Float16],
  ['Float32', ElementsKind.Float32],
  ['Float64', ElementsKind.Float64],
  ['BigInt64', ElementsKind.BigInt64],
  ['BigUint64', ElementsKind.BigUint64],
] as const;

const dataViewPrototype = builtinTable('DataView.prototype', [
  ['get buffer', (rt, args) => rt.heap.get(viewOf(rt, args, 'buffer', 'get '), JSTypedArray.Buffer), 0],
  ['get byteLength', (rt, args) => rt.heap.get(viewOf(rt, args, 'byteLength', 'get '), JSTypedArray.Length), 0],
  ['get byteOffset', (rt, args) => rt.heap.get(viewOf(rt, args, 'byteOffset', 'get '), JSTypedArray.ByteOffset), 0],
  ...accessors.flatMap(([name, kind]) => [
    [`get${name}`, getValue(kind, `get${name}`), 1] as const,
    [`set${name}`, setValue(kind, `set${name}`), 2] as const,
  ]),
]);

const ArrayBufferFunction = declareBuiltin('ArrayBuffer', ArrayBufferConstructor);
const DataViewFunction = declareBuiltin('DataView', DataViewConstructor);

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
  ],
  speciesGetter,
]);

export const bootstrapArrayBuffer = (rt: Runtime): void => {
  const buffer = makeConstructor(rt, {
    name: 'ArrayBuffer',
    implementation: ArrayBufferFunction,
    length: 1,
    functionSlot: NativeContextSlot.ArrayBufferFunction,
    prototypeSlot: NativeContextSlot.ArrayBufferPrototype,
    mapSlot: NativeContextSlot.ArrayBufferMap,
    type: InstanceType.JSArrayBuffer,
    size: JSArrayBuffer.Size,
  });
  installTable(rt, buffer, bufferStatics);
  installTable(rt, rt.intrinsic(NativeContextSlot.ArrayBufferPrototype), bufferPrototype);
  installToStringTag(rt, rt.intrinsic(NativeContextSlot.ArrayBufferPrototype), 'ArrayBuffer');
  makeConstructor(rt, {
    name: 'DataView',
    implementation: DataViewFunction,
    length: 1,
    functionSlot: NativeContextSlot.DataViewFunction,
    prototypeSlot: NativeContextSlot.DataViewPrototype,
    mapSlot: NativeContextSlot.DataViewMap,
    type: InstanceType.JSDataView,
    size: JSTypedArray.Size,
  });
  installTable(rt, rt.intrinsic(NativeContextSlot.DataViewPrototype), dataViewPrototype);
  installToStringTag(rt, rt.intrinsic(NativeContextSlot.DataViewPrototype), 'DataView');
};
