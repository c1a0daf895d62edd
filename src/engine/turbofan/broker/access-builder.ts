// Field and element accesses of heap objects (V8: access-builder.cc), from the layout enums.

import {
  Cell,
  Context,
  DescriptorArray,
  ElementsKind,
  EnumCache,
  FeedbackCell,
  FixedArray,
  FixedDoubleArray,
  HeapNumber,
  JSArray,
  JSArrayBuffer,
  JSArrayIterator,
  JSFunction,
  JSGeneratorObject,
  JSObject,
  JSTypedArray,
  MapObject,
  PropertyArray,
  PropertyCell,
  Representation,
  StringObject,
} from '../../objects/index.ts';
import { type MachineType, MachineTypes } from '../graph/machine-type.ts';
import { type ElementAccess, type FieldAccess, WriteBarrierKind } from '../graph/parameters.ts';
import { type Type, Types } from '../graph/types.ts';

const field = (
  name: string,
  offset: number,
  machineType: MachineType,
  type: Type,
  barrier: WriteBarrierKind,
  immutable = false,
): FieldAccess => ({ name, offset, machineType, type, barrier, immutable });
const T = MachineTypes;

export const Fields = {
  map: field('Map', MapObject.Map, T.TaggedPointer, Types.OtherInternal, WriteBarrierKind.None),
  mapDescriptors: field(
    'Map.descriptors',
    MapObject.InstanceDescriptors,
    T.TaggedPointer,
    Types.OtherInternal,
    WriteBarrierKind.Pointer,
  ),
  enumCache: field(
    'DescriptorArray.enumCache',
    DescriptorArray.EnumCache,
    T.TaggedPointer,
    Types.OtherInternal,
    WriteBarrierKind.Pointer,
  ),
  enumIndices: field(
    'EnumCache.indices',
    EnumCache.Indices,
    T.TaggedPointer,
    Types.OtherInternal,
    WriteBarrierKind.Pointer,
  ),
  properties: field('PropertiesOrHash', JSObject.PropertiesOrHash, T.AnyTagged, Types.Any, WriteBarrierKind.Pointer),
  elements: field('Elements', JSObject.Elements, T.TaggedPointer, Types.OtherInternal, WriteBarrierKind.Pointer),
  fixedArrayLength: field(
    'FixedArray.length',
    FixedArray.Length,
    T.TaggedSigned,
    Types.FixedArrayLength,
    WriteBarrierKind.None,
    true,
  ),
  heapNumberValue: field('HeapNumber.value', HeapNumber.Value, T.Float64, Types.Number, WriteBarrierKind.None),
  stringLength: field('String.length', StringObject.Length, T.Uint32, Types.StringLength, WriteBarrierKind.None, true),
  functionContext: field(
    'JSFunction.context',
    JSFunction.Context,
    T.TaggedPointer,
    Types.OtherInternal,
    WriteBarrierKind.Pointer,
    true,
  ),
  functionFeedbackCell: field(
    'JSFunction.feedbackCell',
    JSFunction.FeedbackCell,
    T.TaggedPointer,
    Types.OtherInternal,
    WriteBarrierKind.Pointer,
  ),
  feedbackCellValue: field(
    'FeedbackCell.value',
    FeedbackCell.Value,
    T.TaggedPointer,
    Types.OtherInternal,
    WriteBarrierKind.Pointer,
  ),
  propertyCellValue: field(
    'PropertyCell.value',
    PropertyCell.Value,
    T.AnyTagged,
    Types.NonInternal,
    WriteBarrierKind.Full,
  ),
  contextExtension: field(
    'Context.extension',
    Context.Extension,
    T.TaggedPointer,
    Types.OtherInternal,
    WriteBarrierKind.Pointer,
    true,
  ),
  cellValue: field('Cell.value', Cell.Value, T.AnyTagged, Types.Any, WriteBarrierKind.Full),
  contextPrevious: field(
    'Context.previous',
    Context.Previous,
    T.TaggedPointer,
    Types.OtherInternal,
    WriteBarrierKind.Pointer,
    true,
  ),
  typedArrayBuffer: field(
    'JSTypedArray.buffer',
    JSTypedArray.Buffer,
    T.TaggedPointer,
    Types.OtherInternal,
    WriteBarrierKind.Pointer,
    true,
  ),
  typedArrayByteOffset: field(
    'JSTypedArray.byteOffset',
    JSTypedArray.ByteOffset,
    T.TaggedSigned,
    Types.UnsignedSmall,
    WriteBarrierKind.None,
    true,
  ),
  typedArrayLength: field(
    'JSTypedArray.length',
    JSTypedArray.Length,
    T.TaggedSigned,
    Types.UnsignedSmall,
    WriteBarrierKind.None,
    true,
  ),
  arrayBufferBackingStore: field(
    'JSArrayBuffer.backingStore',
    JSArrayBuffer.BackingStore,
    T.TaggedPointer,
    Types.Any,
    WriteBarrierKind.Pointer,
  ),
  mapBitField: field('Map.bitField', MapObject.BitField, T.Uint8, Types.UnsignedSmall, WriteBarrierKind.None),
  mapBitField3: field('Map.bitField3', MapObject.BitField3, T.Int32, Types.Signed32, WriteBarrierKind.None),
  mapInstanceType: field(
    'Map.instanceType',
    MapObject.InstanceType,
    T.Uint16,
    Types.UnsignedShort,
    WriteBarrierKind.None,
    true,
  ),
  arrayIteratorNextIndex: field(
    'JSArrayIterator.nextIndex',
    JSArrayIterator.NextIndex,
    T.AnyTagged,
    Types.ArrayLength,
    WriteBarrierKind.Full,
  ),
  generatorContext: field(
    'JSGeneratorObject.context',
    JSGeneratorObject.Context,
    T.TaggedPointer,
    Types.OtherInternal,
    WriteBarrierKind.Pointer,
  ),
  generatorContinuation: field(
    'JSGeneratorObject.continuation',
    JSGeneratorObject.Continuation,
    T.TaggedSigned,
    Types.SignedSmall,
    WriteBarrierKind.None,
  ),
  generatorInputOrDebugPos: field(
    'JSGeneratorObject.inputOrDebugPos',
    JSGeneratorObject.InputOrDebugPos,
    T.AnyTagged,
    Types.NonInternal,
    WriteBarrierKind.Full,
  ),
  generatorParametersAndRegisters: field(
    'JSGeneratorObject.parametersAndRegisters',
    JSGeneratorObject.ParametersAndRegisters,
    T.TaggedPointer,
    Types.OtherInternal,
    WriteBarrierKind.Pointer,
  ),
  generatorResumeMode: field(
    'JSGeneratorObject.resumeMode',
    JSGeneratorObject.ResumeMode,
    T.TaggedSigned,
    Types.SignedSmall,
    WriteBarrierKind.None,
  ),
  mapPrototype: field('Map.prototype', MapObject.Prototype, T.TaggedPointer, Types.Any, WriteBarrierKind.Pointer),
} as const;

export const contextSlot = (index: number): FieldAccess =>
  field(`Context.slot${index}`, Context.Slots + 4 * index, T.AnyTagged, Types.Any, WriteBarrierKind.Full);

/** A pointer in a list that does not change. */
export const fixedArraySlot = (index: number): FieldAccess =>
  field(
    `FixedArray.slot${index}`,
    FixedArray.Elements + 4 * index,
    T.TaggedPointer,
    Types.OtherInternal,
    WriteBarrierKind.Pointer,
    true,
  );

/** A parameter or register in the array of a generator object. */
export const savedRegister = (index: number): FieldAccess =>
  field(`FixedArray.saved${index}`, FixedArray.Elements + 4 * index, T.AnyTagged, Types.Any, WriteBarrierKind.Full);

export const jsArrayLength = (kind: ElementsKind): FieldAccess => {
  const fast = kind <= ElementsKind.HoleyDouble;
  return field(
    'JSArray.length',
    JSArray.Length,
    fast ? T.TaggedSigned : T.AnyTagged,
    fast ? Types.FixedArrayLength : Types.ArrayLength,
    fast ? WriteBarrierKind.None : WriteBarrierKind.Full,
  );
};

/** A JS object's property field. */
export function propertyField(name: string, offset: number, representation: Representation, type: Type): FieldAccess {
  const machineType =
    representation === Representation.Smi
      ? T.TaggedSigned
      : representation === Representation.HeapObject || representation === Representation.Double
        ? T.TaggedPointer
        : T.AnyTagged;
  const barrier =
    representation === Representation.Smi
      ? WriteBarrierKind.None
      : representation === Representation.HeapObject || representation === Representation.Double
        ? WriteBarrierKind.Pointer
        : WriteBarrierKind.Full;
  return field(
    name,
    offset,
    machineType,
    representation === Representation.Double ? Types.OtherInternal : type,
    barrier,
  );
}

export const propertyArrayHeader = PropertyArray.Elements;

export function elementAccess(kind: ElementsKind): ElementAccess {
  switch (kind) {
    case ElementsKind.PackedSmi:
      return {
        headerSize: FixedArray.Elements,
        machineType: T.TaggedSigned,
        type: Types.SignedSmall,
        barrier: WriteBarrierKind.None,
      };
    case ElementsKind.HoleySmi:
      return {
        headerSize: FixedArray.Elements,
        machineType: T.AnyTagged,
        type: { ...Types.SignedSmall, bits: Types.SignedSmall.bits | Types.Hole.bits },
        barrier: WriteBarrierKind.Full,
      };
    case ElementsKind.PackedDouble:
      return {
        headerSize: FixedDoubleArray.Elements,
        machineType: T.Float64,
        type: Types.Number,
        barrier: WriteBarrierKind.None,
      };
    case ElementsKind.HoleyDouble:
      return {
        headerSize: FixedDoubleArray.Elements,
        machineType: T.HoleyFloat64,
        type: { ...Types.Number, bits: Types.Number.bits | Types.Hole.bits },
        barrier: WriteBarrierKind.None,
      };
    case ElementsKind.Holey:
      return {
        headerSize: FixedArray.Elements,
        machineType: T.AnyTagged,
        type: Types.Any,
        barrier: WriteBarrierKind.Full,
      };
    default:
      return {
        headerSize: FixedArray.Elements,
        machineType: T.AnyTagged,
        type: Types.NonInternal,
        barrier: WriteBarrierKind.Full,
      };
  }
}
