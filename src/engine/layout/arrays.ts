// What is counted by its first word: arrays, tables, contexts, descriptors, transitions.

import { count, elements, f64, heapType, records, smi, smiCount, tagged, u8, u16, weak } from './heap-type.ts';
import { HeapObject } from './primitives.ts';

export const FixedArray = heapType({
  parent: HeapObject,
  instanceTypes: { FixedArray: 0x91 },
  maps: { FixedArrayMap: 9, CowFixedArrayMap: 68 }, // the second is copied before it is written to
  fields: { Length: smi },
  rest: { Elements: elements(weak(), smiCount('Length')) },
});

/** Both words of the NaN that is the hole among doubles. */
export const holeNanWord = 0xfff7ffff | 0;

export const FixedDoubleArray = heapType({
  parent: HeapObject,
  instanceTypes: { FixedDoubleArray: 0x92 },
  maps: { FixedDoubleArrayMap: 10 },
  fields: { Length: smi },
  rest: { Elements: elements(f64, smiCount('Length')) },
});

export const ByteArray = heapType({
  parent: HeapObject,
  instanceTypes: { ByteArray: 0x93 },
  maps: { ByteArrayMap: 11 },
  fields: { Length: smi },
  rest: { Bytes: elements(u8, smiCount('Length')) },
});

export const PropertyArray = heapType({
  parent: HeapObject,
  instanceTypes: { PropertyArray: 0x94 },
  maps: { PropertyArrayMap: 12 },
  fields: { LengthAndHash: smi }, // length in the low 10 bits, identity hash above
  rest: { Elements: elements(tagged(), smiCount('LengthAndHash', 0x3ff)) },
});

export const DescriptorArray = heapType({
  parent: HeapObject,
  instanceTypes: { DescriptorArray: 0x95 },
  maps: { DescriptorArrayMap: 13 },
  fields: {
    NumberOfAllDescriptors: u16, // capacity
    NumberOfDescriptors: u16, // in use
    EnumCache: tagged('EnumCache', 'FixedArray'), // or empty
  },
  rest: {
    Entries: records(
      {
        Key: tagged(),
        Details: smi, // PropertyDetails
        Value: weak(), // field type (Smi Any / weak Map) or the constant / AccessorPair
      },
      count('NumberOfAllDescriptors', 0, 0xffff),
    ),
  },
});

export const TransitionArray = heapType({
  parent: FixedArray,
  instanceTypes: { TransitionArray: 0x96 },
  maps: { TransitionArrayMap: 14 },
  fields: { Count: smi },
  rest: { Entries: records({ Key: tagged(), Target: weak('MapObject') }) },
});

/** What dictionaries begin with; see objects/dictionaries.ts. */
export const Dictionary = heapType({
  parent: FixedArray,
  fields: {
    Count: smi,
    Deleted: smi,
    Capacity: smi,
    NextEnumeration: smi,
    Hash: smi, // identity hash
  },
});

export const NameDictionary = heapType({
  parent: Dictionary,
  instanceTypes: { NameDictionary: 0x97 },
  maps: { NameDictionaryMap: 15 },
  rest: { Entries: records({ Key: tagged(), Value: tagged(), Details: smi }) }, // PropertyDetails with enumeration index
});

export const GlobalDictionary = heapType({
  parent: Dictionary,
  instanceTypes: { GlobalDictionary: 0x98 },
  maps: { GlobalDictionaryMap: 16 },
  rest: { Entries: elements(tagged('PropertyCell', 'Undefined', 'TheHole')) },
});

export const NumberDictionary = heapType({
  parent: Dictionary,
  instanceTypes: { NumberDictionary: 0x99 },
  maps: { NumberDictionaryMap: 17 },
  rest: { Entries: records({ Key: tagged(), Value: tagged(), Details: smi }) }, // Key: Smi or HeapNumber
});

/** See objects/ordered-hash-table.ts. */
export const OrderedHashTable = heapType({
  parent: FixedArray,
  instanceTypes: { OrderedHashMap: 0x9a, OrderedHashSet: 0x9b, EphemeronHashTable: 0x9c },
  maps: { OrderedHashMapMap: 18, OrderedHashSetMap: 19, EphemeronHashTableMap: 20 },
  fields: {
    Used: tagged('Smi', 'OrderedHashTable'), // the successor of an obsolete table
    Deleted: smi,
    Buckets: smi,
  },
  rest: { Heads: elements(tagged()) },
});

export const WeakArrayList = heapType({
  parent: FixedArray,
  instanceTypes: { WeakArrayList: 0x9d },
  maps: { WeakArrayListMap: 21 },
});

export const ClosureFeedbackCellArray = heapType({
  parent: FixedArray,
  instanceTypes: { ClosureFeedbackCellArray: 0xa3 },
  maps: { ClosureFeedbackCellArrayMap: 29 },
});

/** Two elements per Code: weak, and the groups it registered for; empty_fixed_array when none. */
export enum DependentCode {
  EntrySize = 2,
}

/** Bit set of groups a Code registered for (V8: DependentCode::DependencyGroup). */
export enum DependencyGroup {
  Transition = 1,
  PrototypeCheck = 2,
  PropertyCellChanged = 4,
  FieldConst = 8,
  FieldType = 16,
  FieldRepresentation = 32,
  InitialMapChanged = 64,
  AllocationSiteTenuringChanged = 128,
  AllocationSiteTransitionChanged = 256,
  ScriptContextSlotProperty = 512,
}

/** A mapped entry is a context slot Smi, or the_hole once unmapped. */
export const SloppyArgumentsElements = heapType({
  parent: FixedArray,
  instanceTypes: { SloppyArgumentsElements: 0xb4 },
  maps: { SloppyArgumentsElementsMap: 46 },
  fields: { Context: tagged('Context'), Arguments: tagged('FixedArray') }, // or a NumberDictionary
  rest: { MappedEntries: elements(tagged('Smi', 'TheHole')) },
});

/** The first slots have names; a context has the third only if its ScopeInfo says so. */
export const Context = heapType({
  parent: FixedArray,
  instanceTypes: {
    FunctionContext: 0xb6,
    BlockContext: 0xb7,
    CatchContext: 0xb8,
    ScriptContext: 0xb9,
    EvalContext: 0xba,
    WithContext: 0xbb,
    ModuleContext: 0xbc,
    NativeContext: 0xbd,
  },
  maps: {
    FunctionContextMap: 48,
    BlockContextMap: 49,
    CatchContextMap: 50,
    ScriptContextMap: 51,
    EvalContextMap: 52,
    WithContextMap: 53,
    ModuleContextMap: 54,
    NativeContextMap: 55,
  },
  rest: { Slots: elements(tagged()) },
  first: { ScopeInfo: tagged(), Previous: tagged(), Extension: tagged() },
});

export const ScriptContextTable = heapType({
  parent: FixedArray,
  instanceTypes: { ScriptContextTable: 0xbe },
  maps: { ScriptContextTableMap: 56 },
});

/** What is left over where an object became shorter. */
export const Filler = heapType({
  parent: HeapObject,
  instanceTypes: { Filler: 0xbf },
  maps: { FillerMap: 57 },
  fields: { Bytes: smi },
  rest: { Nothing: { ...elements(u8, smiCount('Bytes')), countsHeader: true } },
});
