// Small objects that others hang on: cells, pairs, what is known of prototypes, promises' reactions.

import { heapType, padding, smi, tagged } from './heap-type.ts';
import { HeapObject } from './primitives.ts';

export const Cell = heapType({
  parent: HeapObject,
  instanceTypes: { Cell: 0x9e },
  maps: { CellMap: 22 },
  fields: { Value: tagged() },
});

export const PropertyCell = heapType({
  parent: HeapObject,
  instanceTypes: { PropertyCell: 0x9f },
  maps: { PropertyCellMap: 23 },
  fields: {
    Name: tagged('Name'),
    Details: smi, // PropertyDetails with cell type
    Value: tagged(), // the_hole = deleted/empty
    DependentCode: tagged('FixedArray'),
  },
});

export const AllocationSite = heapType({
  parent: HeapObject,
  instanceTypes: { AllocationSite: 0xa4 },
  maps: { AllocationSiteMap: 30 },
  fields: {
    TransitionInfoOrBoilerplate: tagged(), // Smi elements kind for constructors, JSObject boilerplate for literals
    NestedSite: tagged(),
    PretenureData: smi,
    DependentCode: tagged('FixedArray'),
  },
});

/** Stands right behind an array that a literal or a constructor call has made: where it came from. */
export const AllocationMemento = heapType({
  parent: HeapObject,
  instanceTypes: { AllocationMemento: 0xc0 },
  maps: { AllocationMementoMap: 69 },
  fields: { Site: tagged('AllocationSite') },
});

/** JSFunctions; undefined or null where one is absent. */
export const AccessorPair = heapType({
  parent: HeapObject,
  instanceTypes: { AccessorPair: 0xa5 },
  maps: { AccessorPairMap: 31 },
  fields: { Getter: tagged(), Setter: tagged() },
});

/** A builtin accessor such as array length: a pair of host builtin ids. */
export const AccessorInfo = heapType({
  parent: HeapObject,
  instanceTypes: { AccessorInfo: 0xa6 },
  maps: { AccessorInfoMap: 32 },
  fields: { Name: tagged('Name'), Kind: smi }, // Kind: AccessorInfoKind
});

/** Hangs at TransitionsOrPrototypeInfo of a prototype map. */
export const PrototypeInfo = heapType({
  parent: HeapObject,
  instanceTypes: { PrototypeInfo: 0xad },
  maps: { PrototypeInfoMap: 39 },
  fields: {
    PrototypeUsers: tagged('FixedArray', 'Smi'), // weak maps, or 0
    DerivedMaps: tagged('FixedArray', 'Smi'), // weak initial maps of what inherits from it by new.target alone, or 0
    RegistrySlot: smi,
  },
});

export const EnumCache = heapType({
  parent: HeapObject,
  instanceTypes: { EnumCache: 0xae },
  maps: { EnumCacheMap: 40 },
  fields: { Keys: tagged('FixedArray'), Indices: tagged('FixedArray') },
});

export const PromiseReaction = heapType({
  parent: HeapObject,
  instanceTypes: { PromiseReaction: 0xb5 },
  maps: { PromiseReactionMap: 47 },
  fields: {
    Next: tagged('PromiseReaction', 'Smi'),
    RejectHandler: tagged(),
    FulfillHandler: tagged(),
    PromiseOrCapability: tagged(),
    Kind: smi, // builtins' ReactionKind
    ContinuationData: tagged(), // what was the realm's ContinuationData when the reaction was made
    Padding: padding(4),
  },
});
