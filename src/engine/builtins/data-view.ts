// DataView. It has a typed array's layout, its length in bytes.

import type { Tagged } from '../heap/index.ts';
import {
  bufferLength,
  ElementsKind,
  InstanceType,
  isResizableBuffer,
  isViewOutOfBounds,
  JSTypedArray,
  StaticRoot,
  typedElementSize,
  viewByteLength,
} from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  bufferData,
  declareBuiltin,
  hasInstanceType,
  isBigIntKind,
  makeConstructor,
  NativeContextSlot,
  ordinaryCreateFromConstructor,
  type Runtime,
  readElement,
  throwRangeError,
  throwTypeError,
  toBigIntValue,
  toBoolean,
  toIntegerOrInfinity,
  toNumberValue,
  Writes,
  writeElement,
} from '../runtime/index.ts';
import { isAnyArrayBuffer } from './array-buffer.ts';
import { builtinTable, installTable, installToStringTag } from './table.ts';

const { Undefined } = StaticRoot;

const DataViewConstructor: BuiltinFunction = (rt, args) => {
  const { heap } = rt;
  if (args.newTarget === Undefined) throwTypeError(rt, 'ConstructorNotFunction', 'DataView');
  if (!isAnyArrayBuffer(rt, args.at(0))) throwTypeError(rt, 'DataViewNotArrayBuffer');
  const offset = toIntegerOrInfinity(rt, args.at(1));
  if (offset < 0 || offset > Number.MAX_SAFE_INTEGER) throwRangeError(rt, 'InvalidOffset', String(offset));
  const checkOffset = (): number => {
    if (bufferData(rt, args.at(0)) < 0) throwTypeError(rt, 'DetachedOperation', 'DataView constructor');
    const byteLength = bufferLength(heap, args.at(0));
    if (offset > byteLength) throwRangeError(rt, 'InvalidOffset', String(offset));
    return byteLength;
  };
  const byteLength = checkOffset();
  const tracks = args.at(2) === Undefined && isResizableBuffer(heap, args.at(0));
  const length = args.at(2) === Undefined ? byteLength - offset : toIntegerOrInfinity(rt, args.at(2));
  if (length < 0 || offset + length > byteLength) throwRangeError(rt, 'InvalidDataViewLength', String(length));
  args.receiver = ordinaryCreateFromConstructor(rt, args.target, args.newTarget);
  // What ran meanwhile may have changed the buffer.
  const now = checkOffset();
  if (!tracks && offset + length > now) throwRangeError(rt, 'InvalidDataViewLength', 'undefined');
  heap.set(args.receiver, JSTypedArray.Buffer, args.at(0));
  heap.init(args.receiver, JSTypedArray.ByteOffset, offset << 1);
  heap.init(args.receiver, JSTypedArray.Length, (tracks ? -1 : length) << 1);
  return args.receiver;
};

const viewOf = (rt: Runtime, args: Arguments, method: string, accessor = ''): Tagged => {
  if (!hasInstanceType(rt, args.receiver, InstanceType.JSDataView))
    throwTypeError(rt, 'IncompatibleMethodReceiver', `${accessor}DataView.prototype.${method}`, args.receiver);
  return args.receiver;
};

const coveredView = (rt: Runtime, args: Arguments, key: string): Tagged => {
  const view = viewOf(rt, args, key, 'get ');
  if (isViewOutOfBounds(rt.heap, view)) throwTypeError(rt, 'DetachedOperation', `get DataView.prototype.${key}`);
  return view;
};

/** @param kind the type that V8's methods are named after */
const address = (
  rt: Runtime,
  args: Arguments,
  access: 'get' | 'set',
  type: string,
  index: number,
  size: number,
): number => {
  const { heap } = rt;
  const buffer = heap.get(args.receiver, JSTypedArray.Buffer);
  const data = bufferData(rt, buffer);
  if (data < 0) throwTypeError(rt, 'DetachedOperation', `DataView.prototype.${access}${type}`);
  // V8 names the getter here, whatever was called.
  if (isViewOutOfBounds(heap, args.receiver)) throwTypeError(rt, 'DetachedOperation', `DataView.prototype.get${type}`);
  if (index + size > viewByteLength(heap, args.receiver)) throwRangeError(rt, 'InvalidDataViewAccessorOffset');
  return data + (heap.get(args.receiver, JSTypedArray.ByteOffset) >> 1) + index;
};

const viewIndex = (rt: Runtime, args: Arguments): number => {
  const index = toIntegerOrInfinity(rt, args.at(0));
  if (index < 0 || index > Number.MAX_SAFE_INTEGER) throwRangeError(rt, 'InvalidDataViewAccessorOffset');
  return index;
};

const getValue =
  (kind: ElementsKind, type: string): BuiltinFunction =>
  (rt, args) => {
    viewOf(rt, args, `get${type}`);
    const index = viewIndex(rt, args);
    const little = toBoolean(rt, args.at(1));
    return readElement(rt, kind, address(rt, args, 'get', type, index, typedElementSize(kind)), little);
  };

const setValue =
  (kind: ElementsKind, type: string): BuiltinFunction =>
  (rt, args) => {
    viewOf(rt, args, `set${type}`);
    const index = viewIndex(rt, args);
    const value = isBigIntKind(kind) ? rt.asCpp(() => toBigIntValue(rt, args.at(1))) : toNumberValue(rt, args.at(1));
    const little = toBoolean(rt, args.at(2));
    writeElement(rt, kind, address(rt, args, 'set', type, index, typedElementSize(kind)), value, little);
    return Undefined;
  };

const types = [
  ['Int8', ElementsKind.Int8],
  ['Uint8', ElementsKind.Uint8],
  ['Int16', ElementsKind.Int16],
  ['Uint16', ElementsKind.Uint16],
  ['Int32', ElementsKind.Int32],
  ['Uint32', ElementsKind.Uint32],
  ['Float32', ElementsKind.Float32],
  ['Float64', ElementsKind.Float64],
  ['BigInt64', ElementsKind.BigInt64],
  ['BigUint64', ElementsKind.BigUint64],
  ['Float16', ElementsKind.Float16],
] as const;

const dataViewPrototype = builtinTable('DataView.prototype', [
  ['get buffer', (rt, args) => rt.heap.get(viewOf(rt, args, 'buffer', 'get '), JSTypedArray.Buffer), 0, Writes.Nothing],
  [
    'get byteLength',
    (rt, args) => viewByteLength(rt.heap, coveredView(rt, args, 'byteLength')) << 1,
    0,
    Writes.Nothing,
  ],
  [
    'get byteOffset',
    (rt, args) => rt.heap.get(coveredView(rt, args, 'byteOffset'), JSTypedArray.ByteOffset),
    0,
    Writes.Nothing,
  ],
  ...types.flatMap(([name, kind]) => [
    [`get${name}`, getValue(kind, name), 1, Writes.Nothing] as const,
    [`set${name}`, setValue(kind, name), 2, Writes.First] as const,
  ]),
]);

const DataViewFunction = declareBuiltin('DataView', DataViewConstructor, Writes.Nothing);

export const bootstrapDataView = (rt: Runtime): void => {
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
