// What a function is made of: scopes, scripts, SharedFunctionInfo, bytecode, feedback, machine code; and the descriptions of
// literals in constant pools.
//
//   BytecodeArray.Bytes is 64, as in the reference build, so that a frame's bytecode offset Smi prints as there.

import { FixedArray } from './arrays.ts';
import {
  bits,
  count,
  elements,
  heapType,
  i32,
  padding,
  records,
  smi,
  smiCount,
  tagged,
  u8,
  weak,
} from './heap-type.ts';
import { HeapObject } from './primitives.ts';

export const ScopeInfo = heapType({
  parent: HeapObject,
  instanceTypes: { ScopeInfo: 0xa7 },
  maps: { ScopeInfoMap: 33 },
  fields: {
    // bits 0–3 scope type, bit 4 strict, bit 5 has extension, bit 6 has outer, bit 7 has function name, bits 8–12 function kind,
    // bit 13 method, bit 14 static
    Flags: smi,
    ContextLocalCount: smi,
    FunctionName: tagged(),
    Outer: tagged('ScopeInfo', 'TheHole'),
    StartPosition: smi,
    EndPosition: smi,
    StackLocals: tagged('FixedArray'), // StackLocal rows
  },
  rest: {
    // Traits: bits 0–1 mode, 2 needs initialization, 3 maybe assigned, 4–6 kind of private name, 7 static, 8 name of a sloppy
    // function expression, from 9 up 1 + index of the parameter
    Locals: records({ Name: tagged('Name'), Traits: smi }, smiCount('ContextLocalCount')),
  },
});

/**
 * A row of ScopeInfo.StackLocals, in words. Positions are those of the script, −1 where there is none. A module's cell: kind 2,
 * the cell's index, and a local's word (above) for start.
 */
export enum StackLocal {
  Name,
  Kind, // Smi: 0 register, 1 parameter, 2 cell of a module
  Index, // Smi
  Mode, // Smi
  Start, // Smi: of the scope that declares it
  End, // Smi
  Initialized, // Smi: where its dead zone ends
  Length,
}

export const Script = heapType({
  parent: HeapObject,
  instanceTypes: { Script: 0xa8 },
  maps: { ScriptMap: 34 },
  fields: {
    Source: tagged('StringObject', 'Undefined'),
    Name: tagged(),
    LineEnds: tagged('FixedArray', 'Undefined'), // Smis
    Id: smi,
    SharedFunctionInfos: tagged('FixedArray'), // weak, by function literal id
    Wrapper: smi, // wrapper parameter count; -1 none
  },
});

export enum SharedFunctionFlags {
  KindMask = 0x1f, // index into functionKinds
  Strict = 1 << 5,
  Native = 1 << 6,
  NeedsHomeObject = 1 << 7,
  IsTopLevel = 1 << 8,
  OptimizationDisabled = 1 << 9,
  RequiresInstanceMembersInitializer = 1 << 10,
  ClassConstructor = 1 << 11,
  DerivedConstructor = 1 << 12,
  Constructible = 1 << 13,
  Generator = 1 << 14,
  Async = 1 << 15,
  Arrow = 1 << 16,
  Method = 1 << 17, // no prototype property
  HideFromStackTraces = 1 << 18,
  ClassScopeHasPrivateBrand = 1 << 20, // a base class's constructor that gives instances the brand
  Prepared = 1 << 19, // %PrepareFunctionForOptimization
}

export const SharedFunctionInfo = heapType({
  parent: HeapObject,
  instanceTypes: { SharedFunctionInfo: 0xa9 },
  maps: { SharedFunctionInfoMap: 35 },
  fields: {
    FunctionData: tagged('BytecodeArray', 'Smi', 'Undefined'), // Smi: builtin id; undefined: not compiled yet
    Name: tagged(),
    ScopeInfo: tagged('ScopeInfo'), // or empty
    FeedbackMetadata: tagged('FeedbackMetadata', 'Undefined'),
    OuterScopeInfo: tagged(),
    Script: tagged('Script', 'Undefined'),
    OptimizedCodes: tagged('FixedArray'), // weak, the optimized Code objects made for it
    Length: i32, // `length` property
    FormalParameterCount: i32, // without receiver; 0xffff: don't adapt
    Flags: bits(i32, SharedFunctionFlags),
    FunctionLiteralId: i32,
    StartPosition: i32,
    EndPosition: i32,
    FunctionTokenPosition: i32,
    ExpectedProperties: i32,
    UniqueId: i32,
    BuiltinId: i32, // of the library's functions that are written in JavaScript; 0: none
    ClassFieldsSymbol: tagged(),
    InferredName: tagged('StringObject'), // what the parser calls a function without a name
  },
});

/** What `import()` asks for: the third argument of DynamicImportCall. */
export enum ImportPhase {
  Source = 0,
  Evaluation = 1,
}

export const FeedbackMetadata = heapType({
  parent: HeapObject,
  instanceTypes: { FeedbackMetadata: 0xa2 },
  maps: { FeedbackMetadataMap: 28 },
  fields: { SlotCount: i32, ClosureSlotCount: i32 }, // SlotCount: vector entries
  rest: { Kinds: elements(u8, count('SlotCount')) }, // 0 for the second word of a two-word slot
});

/** InterruptBudget of a cell whose closures have no bytecode yet: what counts down stays above it. */
export const noInterruptBudget = -1;

/** undefined, ClosureFeedbackCellArray or FeedbackVector; the Map tells no/one/many closures. */
export const FeedbackCell = heapType({
  parent: HeapObject,
  instanceTypes: { FeedbackCell: 0xa0 },
  maps: { NoClosuresCellMap: 24, OneClosureCellMap: 25, ManyClosuresCellMap: 26 },
  fields: { Value: tagged('FeedbackVector', 'ClosureFeedbackCellArray', 'Undefined'), InterruptBudget: i32 },
});

export enum FeedbackVectorFlags {
  TieringStateMask = 7, // 0 none, 1 in progress, 2 requested synchronous, 3 requested concurrent
  RequestSynchronous = 2,
  MaybeHasOptimizedCode = 8,
  OsrRequested = 16,
  WasOnceDeoptimized = 32,
  LogNextExecution = 64,
  /** The code that was asked for has one closure's context in it: the next closure asks again. */
  ContextSpecialized = 128,
}

/** FeedbackVector.OsrState. */
export enum OsrStateBits {
  UrgencyMask = 7,
  MaybeHasOptimizedOsrCode = 16,
}

export const FeedbackVector = heapType({
  parent: HeapObject,
  instanceTypes: { FeedbackVector: 0xa1 },
  maps: { FeedbackVectorMap: 27 },
  fields: {
    Length: i32, // raw feedback slots
    InvocationCount: i32,
    Flags: bits(i32, FeedbackVectorFlags),
    SharedFunctionInfo: tagged('SharedFunctionInfo'),
    ClosureFeedbackCells: tagged('FixedArray'),
    ParentFeedbackCell: tagged('FeedbackCell', 'Undefined'),
    MaybeOptimizedCode: weak('Code', 'Smi'), // or cleared
    OsrState: bits(i32, OsrStateBits), // a JumpLoop looks closer where it exceeds the loop's depth
    Padding: padding(4),
  },
  rest: { Slots: elements(weak(), count('Length')) },
});

export const BytecodeArray = heapType({
  parent: HeapObject,
  instanceTypes: { BytecodeArray: 0xaa },
  maps: { BytecodeArrayMap: 36 },
  fields: {
    Length: smi, // bytes
    ConstantPool: tagged('FixedArray'),
    HandlerTable: tagged('ByteArray'), // see bytecode/handler-table.ts
    SourcePositionTable: tagged('ByteArray'), // see bytecode/source-positions.ts
    FrameSize: i32, // bytes: 8 × registers
    ParameterCount: i32, // with receiver
    IncomingNewTargetOrGeneratorRegister: i32, // register index, -1 none
    Wrapper: tagged(),
    HostCache: i32, // index of the interpreter's / compiler's caches about it, 0 none
    Liveness: i32, // cache index, 0 none
    MaxStack: i32, // frame bytes for the stack check
    Padding: padding(16),
  },
  rest: { Bytes: elements(u8, smiCount('Length')) },
});

export enum CodeFlags {
  KindMask = 0xf, // CodeKind
  MarkedForDeoptimization = 1 << 4,
  IsTurbofanned = 1 << 5,
  CanHaveWeakObjects = 1 << 6,
  /** The closure's context stands in the code: no other closure may use it. */
  FunctionContextSpecialized = 1 << 7,
}

export enum CodeKind {
  Builtin = 1,
  InterpretedFunction = 6,
  Turbofan = 9,
}

/** Metadata of machine code; the instructions are in code space and do not move unless CodeTable says so. */
export const Code = heapType({
  parent: HeapObject,
  instanceTypes: { Code: 0xab },
  maps: { CodeMap: 37 },
  fields: {
    DeoptimizationData: tagged('FixedArray'), // DeoptimizationData or empty
    SourcePositions: tagged('ByteArray'),
    SharedFunctionInfo: tagged('SharedFunctionInfo', 'Undefined'),
    SafepointTable: tagged('ByteArray'),
    HandlerTable: tagged('ByteArray'),
    InstructionStart: i32, // offset in code space (or the host builtin address)
    InstructionSize: i32, // bytes
    Flags: bits(i32, CodeFlags),
    StackSlots: i32, // frame slots of optimized code, as V8 counts (fixed part included)
    OsrOffset: i32, // bytecode offset of the JumpLoop, -1 none
    BuiltinId: i32, // -1 none
    ParameterCount: i32, // with receiver
    DeoptExitStart: i32, // offset of the first deopt exit in the instructions
    EagerDeoptCount: i32,
    LazyDeoptCount: i32,
    OptimizationId: i32,
    InlinedBytecodeSize: i32, // what was inlined into it
    Relocations: tagged('ByteArray'), // embedded objects in the instructions, for the collector (i32 offsets)
    EmbeddedObjects: tagged('FixedArray'), // what the code refers to, kept alive weakly/strongly by the collector
    InlinedFunctions: tagged('FixedArray'),
    DeoptExitInfo: tagged('ByteArray'), // per deopt exit [script offset, inlining id, DeoptimizeReason] × i32 (V8: DEOPT_* relocations)
  },
});

/** Its elements are `DeoptimizationData`. */
export const DeoptimizationDataArray = heapType({
  parent: FixedArray,
  instanceTypes: { DeoptimizationData: 0xac },
  maps: { DeoptimizationDataMap: 38 },
});

/** DeoptimizationData is a FixedArray with these element indices, then four elements per exit. */
export enum DeoptimizationData {
  FrameTranslation = 0, // ByteArray
  InlinedFunctionCount = 1,
  LiteralArray = 2,
  OsrBytecodeOffset = 3,
  OsrPcOffset = 4,
  OptimizationId = 5,
  SharedFunctionInfo = 6,
  InliningPositions = 7, // ByteArray: [inlined function id i32, position i32 (source position), parent inlining id i32]*
  DeoptExitStart = 8,
  EagerDeoptCount = 9,
  LazyDeoptCount = 10,
  FirstEntry = 11,
  /** Per entry: */
  EntryBytecodeOffset = 0,
  EntryTranslationIndex = 1,
  EntryPc = 2,
  EntryNodeId = 3,
  EntrySize = 4,
}

export const ObjectBoilerplateDescription = heapType({
  parent: FixedArray,
  instanceTypes: { ObjectBoilerplateDescription: 0xaf },
  maps: { ObjectBoilerplateDescriptionMap: 41 },
  fields: { Flags: smi, BackingStoreSize: smi },
  rest: { Entries: records({ Key: tagged(), Value: tagged() }) },
});

export const ArrayBoilerplateDescription = heapType({
  parent: HeapObject,
  instanceTypes: { ArrayBoilerplateDescription: 0xb0 },
  maps: { ArrayBoilerplateDescriptionMap: 42 },
  fields: { Flags: smi, ConstantElements: tagged('FixedArray', 'FixedDoubleArray') }, // Flags: elements kind
});

/** Members: a FixedArray of [kind Smi, key or the_hole, key index Smi, value index Smi, static Smi]*. */
export const ClassBoilerplate = heapType({
  parent: HeapObject,
  instanceTypes: { ClassBoilerplate: 0xb1 },
  maps: { ClassBoilerplateMap: 43 },
  fields: { ArgumentsCount: smi, Members: tagged('FixedArray') },
});

export const TemplateObjectDescription = heapType({
  parent: HeapObject,
  instanceTypes: { TemplateObjectDescription: 0xb2 },
  maps: { TemplateObjectDescriptionMap: 44 },
  fields: { Raw: tagged('FixedArray'), Cooked: tagged('FixedArray') },
});

export const RegExpBoilerplateDescription = heapType({
  parent: HeapObject,
  instanceTypes: { RegExpBoilerplateDescription: 0xb3 },
  maps: { RegExpBoilerplateDescriptionMap: 45 },
  fields: { Source: tagged('StringObject'), Flags: tagged() },
});
