// Maps, oddballs, numbers, strings, symbols.
//
//   Departures from V8's layout, all for 8-byte alignment of doubles in a Float64Array: HeapNumber.Value and
//   Oddball.ToNumberRaw stand at multiples of 8.

import { bits, count, elements, f64, heapType, i32, smi, tagged, u8, u16, u32, weak } from './heap-type.ts';

export const HeapObject = heapType({ fields: { Map: tagged('MapObject') } });

/** Map.BitField. */
export enum MapBits {
  HasNonInstancePrototype = 1,
  IsCallable = 2,
  HasNamedInterceptor = 4,
  HasIndexedInterceptor = 8,
  IsUndetectable = 16,
  IsAccessCheckNeeded = 32,
  IsConstructor = 64,
  HasPrototypeSlot = 128,
}

/** Map.BitField2, with the elements kind in bits 2–7. */
export enum MapBits2 {
  NewTargetIsBase = 1,
  IsImmutableProto = 2,
  ElementsKindShift = 2,
}

/** Map.BitField3. */
export enum MapBits3 {
  EnumLengthMask = 0x3ff, // 0x3ff = invalid
  NumberOfOwnDescriptorsShift = 10,
  NumberOfOwnDescriptorsMask = 0x3ff << 10,
  IsPrototypeMap = 1 << 20,
  IsDictionaryMap = 1 << 21,
  OwnsDescriptors = 1 << 22,
  IsInRetainedMapList = 1 << 23,
  IsDeprecated = 1 << 24,
  IsUnstable = 1 << 25,
  IsMigrationTarget = 1 << 26,
  IsExtensible = 1 << 27,
  MayHaveInterestingProperties = 1 << 28,
  ConstructionCounterShift = 29, // 3 bits
}

export const MapObject = heapType({
  parent: HeapObject,
  instanceTypes: { Map: 0x90 },
  maps: { MetaMap: 0 },
  fields: {
    InstanceSizeInWords: u8, // 4-byte words; 0 = variable size
    InObjectPropertiesStartInWords: u8, // for primitives: constructor function index
    UsedInstanceSizeInWords: u8, // ≥ 3: used words in object; < 3: unused slots in the property array
    VisitorId: u8,
    InstanceType: u16,
    BitField: bits(u8, MapBits),
    BitField2: u8, // elements kind << 2 | MapBits2
    BitField3: bits(u32, MapBits3),
    Prototype: tagged('JSReceiver', 'Null'),
    ConstructorOrBackPointer: tagged(),
    InstanceDescriptors: tagged('DescriptorArray'),
    DependentCode: tagged('FixedArray'),
    PrototypeValidityCell: tagged(),
    TransitionsOrPrototypeInfo: weak('MapObject', 'TransitionArray', 'PrototypeInfo', 'Smi'), // weak map: one transition; Smi 0: none
  },
});

export const Oddball = heapType({
  parent: HeapObject,
  instanceTypes: { Oddball: 0x83 },
  maps: { OddballMap: 1, UndefinedMap: 2, NullMap: 3, BooleanMap: 4, TheHoleMap: 5 }, // undefined and null are undetectable
  fields: {
    ToString: tagged('StringObject'),
    ToNumber: tagged('Smi', 'HeapNumber'),
    TypeOf: tagged('StringObject'),
    Kind: smi,
    ToNumberRaw: f64,
  },
});

export const HeapNumber = heapType({
  parent: HeapObject,
  instanceTypes: { HeapNumber: 0x82 },
  maps: { HeapNumberMap: 6 },
  fields: { Value: f64 },
});

export const BigIntObject = heapType({
  parent: HeapObject,
  instanceTypes: { BigInt: 0x81 },
  maps: { BigIntMap: 7 },
  fields: { Bitfield: u32 }, // sign bit 0, digit count << 1
  rest: { Digits: elements(f64, count('Bitfield', 1)) }, // 64 bits each
});

/** All names: raw hash field u32 (low 2 bits as V8: 0b11 empty … hash computed = hash << 2). 0 = not computed here. */
export const Name = heapType({ parent: HeapObject, fields: { RawHash: u32 } });

/** Flags of a Symbol. */
export enum SymbolFlags {
  Private = 1,
  WellKnown = 2,
  InPublicTable = 4,
  Interesting = 8,
  PrivateName = 16,
  PrivateBrand = 32,
}

export const SymbolObject = heapType({
  parent: Name,
  instanceTypes: { Symbol: 0x80 },
  maps: { SymbolMap: 8 },
  fields: { Flags: bits(i32, SymbolFlags), Description: tagged('StringObject', 'Undefined') },
});

/** Instance types of strings are bit sets: `StringBits`. */
export const StringObject = heapType({
  parent: Name,
  fields: { Length: i32 }, // UTF-16 code units
  ends: { Chars: 'Length' }, // of sequential strings
});

export const SeqOneByteString = heapType({
  parent: StringObject,
  instanceTypes: { InternalizedOneByteString: 0x08, SeqOneByteString: 0x28 },
  maps: { InternalizedOneByteStringMap: 58, SeqOneByteStringMap: 60 },
  rest: { Chars: elements(u8, count('Length')) },
});

export const SeqTwoByteString = heapType({
  parent: StringObject,
  instanceTypes: { InternalizedTwoByteString: 0x00, SeqTwoByteString: 0x20 },
  maps: { InternalizedTwoByteStringMap: 59, SeqTwoByteStringMap: 61 },
  rest: { Chars: elements(u16, count('Length')) },
});

export const ConsString = heapType({
  parent: StringObject,
  instanceTypes: { ConsOneByteString: 0x29, ConsTwoByteString: 0x21 },
  maps: { ConsOneByteStringMap: 62, ConsTwoByteStringMap: 63 },
  fields: { First: tagged('StringObject'), Second: tagged('StringObject') },
});

export const SlicedString = heapType({
  parent: StringObject,
  instanceTypes: { SlicedOneByteString: 0x2b, SlicedTwoByteString: 0x23 },
  maps: { SlicedOneByteStringMap: 64, SlicedTwoByteStringMap: 65 },
  fields: { Parent: tagged('StringObject'), Offset: smi },
});

export const ThinString = heapType({
  parent: StringObject,
  instanceTypes: { ThinOneByteString: 0x2d, ThinTwoByteString: 0x25 },
  maps: { ThinOneByteStringMap: 66, ThinTwoByteStringMap: 67 },
  fields: { Actual: tagged('SeqOneByteString', 'SeqTwoByteString') },
});
