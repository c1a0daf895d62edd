// Object layouts: byte offsets of fields from the object's start, one enum per type. All fields are compressed tagged
// words unless marked. Use: heap.get(fn, JSFunction.Context).
//
//   Departures from V8's layout, all for 8-byte alignment of doubles in a Float64Array: HeapNumber.Value and
//   Oddball.ToNumberRaw stand at multiples of 8. BytecodeArray.Bytes is 64, as in the reference build, so that a frame's
//   bytecode offset Smi prints as there.

export enum HeapObject {
  Map = 0,
}

export enum MapObject {
  Map = 0,
  InstanceSizeInWords = 4, // u8, 4-byte words; 0 = variable size
  InObjectPropertiesStartInWords = 5, // u8; for primitives: constructor function index
  UsedInstanceSizeInWords = 6, // u8: ≥ 3: used words in object; < 3: unused slots in the property array
  VisitorId = 7, // u8
  InstanceType = 8, // u16
  BitField = 10, // u8, MapBits
  BitField2 = 11, // u8: elements kind << 2 | MapBits2
  BitField3 = 12, // u32, MapBits3
  Prototype = 16,
  ConstructorOrBackPointer = 20,
  InstanceDescriptors = 24,
  DependentCode = 28,
  PrototypeValidityCell = 32,
  TransitionsOrPrototypeInfo = 36, // weak map (one transition), TransitionArray, PrototypeInfo, Smi 0 = none
  Size = 40,
}

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

export enum JSObject {
  Map = 0,
  PropertiesOrHash = 4, // PropertyArray, dictionary, empty_fixed_array or Smi hash
  Elements = 8,
  HeaderSize = 12,
}

export enum JSFunction {
  SharedFunctionInfo = 12,
  Context = 16,
  FeedbackCell = 20,
  Code = 24, // Code: optimized, or the builtin's / interpreter trampoline's Code
  PrototypeOrInitialMap = 28, // the_hole, prototype object or initial Map; absent without a prototype slot
  SizeWithoutPrototype = 28,
  SizeWithPrototype = 32,
}

export enum JSBoundFunction {
  BoundTarget = 12,
  BoundThis = 16,
  BoundArguments = 20, // FixedArray
  Size = 24,
}

export enum JSArray {
  Length = 12,
  Size = 16,
}

export enum JSPrimitiveWrapper {
  Value = 12,
  Size = 16,
}

export enum JSDate {
  Value = 16, // f64
  Size = 24,
}

export enum JSRegExp {
  Source = 12,
  Flags = 16,
  LastIndex = 20,
  Size = 24,
}

/** JSMap and JSSet. */
export enum JSCollection {
  Table = 12, // OrderedHashMap / OrderedHashSet, or EphemeronHashTable for the weak ones
  Size = 16,
}

export enum JSCollectionIterator {
  Table = 12,
  Index = 16, // Smi
  Kind = 20, // Smi: 0 keys, 1 values, 2 entries
  Size = 24,
}

export enum JSArrayIterator {
  IteratedObject = 12,
  NextIndex = 16,
  Kind = 20, // Smi: 0 keys, 1 values, 2 entries
  Size = 24,
}

export enum JSStringIterator {
  String = 12,
  Index = 16,
  Size = 20,
}

export enum JSGeneratorObject {
  Function = 12,
  Context = 16,
  Receiver = 20,
  InputOrDebugPos = 24,
  ResumeMode = 28, // Smi: 0 next, 1 return, 2 throw
  Continuation = 32, // Smi: suspend id; -1 executing, -2 closed
  ParametersAndRegisters = 36, // FixedArray
  AwaitPromiseOrQueue = 40,
  Size = 44,
}

export enum JSPromise {
  ReactionsOrResult = 12,
  Flags = 16, // Smi: bits 0–1 status, bit 2 has handler
  Size = 20,
}

export enum JSProxy {
  Target = 12,
  Handler = 16,
  Size = 20,
}

/** In-object properties of sloppy and strict arguments objects stand right after the header. */
export enum JSArgumentsObject {
  Length = 12,
  Callee = 16,
  StrictSize = 16,
  SloppySize = 20,
}

export enum JSIteratorResult {
  Value = 12,
  Done = 16,
  Size = 20,
}

/** See typed-arrays.ts. */
export enum JSArrayBuffer {
  ByteLength = 12, // Smi
  BackingStore = 16, // ByteArray; undefined once detached; in a clone of a shared buffer, the JSArrayBuffer that has the bytes
  MaxByteLength = 20, // Smi or HeapNumber; undefined: the length is fixed
  Flags = 24, // Smi: JSArrayBufferFlags
  Size = 28,
}

export enum JSArrayBufferFlags {
  IsShared = 1,
}

/** Also a DataView, whose length is in bytes. */
export enum JSTypedArray {
  Buffer = 12,
  ByteOffset = 16, // Smi
  Length = 20, // Smi; −1: up to the end of the buffer
  Size = 24,
}

export enum FixedArray {
  Length = 4, // Smi
  Elements = 8,
}

/** Doubles; the hole is the NaN with both words 0xfff7ffff. */
export enum FixedDoubleArray {
  Length = 4, // Smi
  Elements = 8,
}

export const holeNanWord = 0xfff7ffff | 0;

export enum ByteArray {
  Length = 4, // Smi
  Bytes = 8,
}

export enum PropertyArray {
  LengthAndHash = 4, // Smi: length in the low 10 bits, identity hash above
  Elements = 8,
}

export enum HeapNumber {
  Value = 8, // f64
  Size = 16,
}

export enum BigIntObject {
  Bitfield = 4, // u32: sign bit 0, digit count << 1
  Digits = 8, // u64 each
}

export enum Oddball {
  ToString = 4,
  ToNumber = 8,
  TypeOf = 12,
  Kind = 16, // Smi
  ToNumberRaw = 24, // f64
  Size = 32,
}

/** All names: raw hash field u32 (low 2 bits as V8: 0b11 empty … hash computed = hash << 2). 0 = not computed here. */
export enum Name {
  RawHash = 4,
}

export enum StringObject {
  RawHash = 4,
  Length = 8, // i32, UTF-16 code units
  Chars = 12, // sequential strings
}
export enum ConsString {
  First = 12,
  Second = 16,
  Size = 20,
}
export enum SlicedString {
  Parent = 12,
  Offset = 16, // Smi
  Size = 20,
}
export enum ThinString {
  Actual = 12,
  Size = 16,
}

export enum SymbolObject {
  RawHash = 4,
  Flags = 8, // i32: bit 0 private, bit 1 well-known, bit 2 in public table, bit 3 interesting, bit 4 private name, bit 5 brand
  Description = 12,
  Size = 16,
}
/** Flags of a Symbol. */
export enum SymbolFlags {
  Private = 1,
  WellKnown = 2,
  InPublicTable = 4,
  Interesting = 8,
  PrivateName = 16,
  PrivateBrand = 32,
}

export enum Cell {
  Value = 4,
  Size = 8,
}

export enum PropertyCell {
  Name = 4,
  Details = 8, // Smi, PropertyDetails with cell type
  Value = 12, // the_hole = deleted/empty
  DependentCode = 16,
  Size = 20,
}

export enum FeedbackCell {
  Value = 4, // undefined, ClosureFeedbackCellArray or FeedbackVector; the Map tells no/one/many closures
  InterruptBudget = 8, // i32
  Size = 12,
}

export enum AllocationSite {
  TransitionInfoOrBoilerplate = 4, // Smi elements kind for constructors, JSObject boilerplate for literals
  NestedSite = 8,
  PretenureData = 12, // i32
  DependentCode = 16,
  Size = 20,
}

export enum AccessorPair {
  Getter = 4, // JSFunction, undefined or null (absent)
  Setter = 8,
  Size = 12,
}

/** A builtin accessor such as array length: a pair of host builtin ids. */
export enum AccessorInfo {
  Name = 4,
  Kind = 8, // Smi, AccessorInfoKind
  Size = 12,
}

/** Context: FixedArray-shaped. Slot i is at Slots + 4·i. */
export enum Context {
  Length = 4, // Smi: number of slots
  Slots = 8,
  ScopeInfo = 8, // slot 0
  Previous = 12, // slot 1
  Extension = 16, // slot 2, only if the ScopeInfo has an extension
}

/** ScopeInfo: FixedArray-shaped words after the flags. */
export enum ScopeInfo {
  Flags = 4, // Smi: bits 0–3 scope type, bit 4 strict, bit 5 has extension, bit 6 has outer, bit 7 has function name, bits 8–12
  // function kind, bit 13 method, bit 14 static
  ContextLocalCount = 8, // Smi
  FunctionName = 12,
  Outer = 16, // ScopeInfo or the_hole
  StartPosition = 20, // Smi
  EndPosition = 24, // Smi
  // FixedArray of StackLocal rows
  StackLocals = 28,
  // [name, Smi]*: ContextLocalCount pairs; bits 0–1 mode, 2 needs initialization, 3 maybe assigned, 4–6 kind of private name, 7 static,
  // 8 name of a sloppy function expression, from 9 up 1 + index of the parameter
  Locals = 32,
}

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

export enum Script {
  Source = 4,
  Name = 8,
  LineEnds = 12, // FixedArray of Smis or undefined
  Id = 16, // Smi
  SharedFunctionInfos = 20, // FixedArray of weak SFIs by function literal id
  Wrapper = 24, // Smi: wrapper parameter count; -1 none
  Size = 28,
}

export enum SharedFunctionInfo {
  FunctionData = 4, // BytecodeArray, Smi builtin id, or undefined: not compiled yet
  Name = 8,
  ScopeInfo = 12, // or empty
  FeedbackMetadata = 16, // or undefined
  OuterScopeInfo = 20,
  Script = 24,
  OptimizedCodes = 28, // weak list (WeakArrayList-shaped FixedArray) of the optimized Code objects made for it
  Length = 32, // i32: `length` property
  FormalParameterCount = 36, // i32, without receiver; 0xffff: don't adapt
  Flags = 40, // i32, SharedFunctionFlags
  FunctionLiteralId = 44, // i32
  StartPosition = 48, // i32
  EndPosition = 52, // i32
  FunctionTokenPosition = 56, // i32
  ExpectedProperties = 60, // i32
  UniqueId = 64, // i32
  ClassFieldsSymbol = 68,
  InferredName = 72, // what the parser calls a function without a name
  Size = 80,
}

/** What `import()` asks for: the third argument of DynamicImportCall. */
export enum ImportPhase {
  Source = 0,
  Evaluation = 1,
}

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

export enum FeedbackMetadata {
  SlotCount = 4, // i32: vector entries
  ClosureSlotCount = 8, // i32
  Kinds = 12, // u8 per entry (0 for the second word of a two-word slot)
}

export enum FeedbackVector {
  Length = 4, // i32: raw feedback slots
  InvocationCount = 8, // i32
  Flags = 12, // i32, FeedbackVectorFlags
  SharedFunctionInfo = 16,
  ClosureFeedbackCells = 20, // FixedArray of FeedbackCells
  ParentFeedbackCell = 24,
  MaybeOptimizedCode = 28, // weak Code or cleared
  OsrState = 32, // i32: OsrStateBits; a JumpLoop looks closer where it exceeds the loop's depth
  Slots = 40,
}

export enum FeedbackVectorFlags {
  TieringStateMask = 7, // 0 none, 1 in progress, 2 requested synchronous, 3 requested concurrent
  MaybeHasOptimizedCode = 8,
  OsrRequested = 16,
  WasOnceDeoptimized = 32,
  LogNextExecution = 64,
}

/** FeedbackVector.OsrState. */
export enum OsrStateBits {
  UrgencyMask = 7,
  MaybeHasOptimizedOsrCode = 16,
}

export enum BytecodeArray {
  Length = 4, // Smi: bytes
  ConstantPool = 8, // FixedArray
  HandlerTable = 12, // ByteArray: see bytecode/handler-table.ts
  SourcePositionTable = 16, // ByteArray: see bytecode/source-positions.ts
  FrameSize = 20, // i32 bytes: 8 × registers
  ParameterCount = 24, // i32 with receiver
  IncomingNewTargetOrGeneratorRegister = 28, // i32 register index, -1 none
  Wrapper = 32,
  HostCache = 36, // i32: index of the interpreter's / compiler's caches about it, 0 none
  Liveness = 40, // i32 cache index, 0 none
  MaxStack = 44, // i32 frame bytes for the stack check
  Bytes = 64,
}

/** Metadata of machine code; the instructions are in code space and do not move unless CodeTable says so. */
export enum Code {
  DeoptimizationData = 4, // DeoptimizationData array or empty
  SourcePositions = 8, // ByteArray
  SharedFunctionInfo = 12,
  SafepointTable = 16, // ByteArray
  HandlerTable = 20, // ByteArray
  InstructionStart = 24, // i32: offset in code space (or the host builtin address)
  InstructionSize = 28, // i32 bytes
  Flags = 32, // i32, CodeFlags
  StackSlots = 36, // i32: frame slots of optimized code, as V8 counts (fixed part included)
  OsrOffset = 40, // i32: bytecode offset of the JumpLoop, -1 none
  BuiltinId = 44, // i32, -1 none
  ParameterCount = 48, // i32 with receiver
  DeoptExitStart = 52, // i32: offset of the first deopt exit in the instructions
  EagerDeoptCount = 56, // i32
  LazyDeoptCount = 60, // i32
  OptimizationId = 64, // i32
  Relocations = 68, // ByteArray: embedded objects in the instructions, for the collector (i32 offsets)
  EmbeddedObjects = 72, // FixedArray: what the code refers to, kept alive weakly/strongly by the collector
  InlinedFunctions = 76, // FixedArray
  DeoptExitInfo = 80, // ByteArray: per deopt exit [script offset, inlining id, DeoptimizeReason] × i32 (V8: DEOPT_* relocations)
  Size = 84,
}

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

/** DescriptorArray: header, then three words per descriptor. */
export enum DescriptorArray {
  NumberOfAllDescriptors = 4, // u16 capacity; u16 at +2: number of descriptors in use
  NumberOfDescriptors = 6, // u16
  EnumCache = 8, // FixedArray of keys or empty
  Entries = 12,
  EntryKey = 0,
  EntryDetails = 4, // Smi, PropertyDetails
  EntryValue = 8, // field type (Smi Any / weak Map) or the constant / AccessorPair
  EntrySize = 12,
}

/** TransitionArray: FixedArray-shaped: [prototype transitions, side-step, count Smi, (key, weak target)*]. */
export enum TransitionArray {
  Length = 4,
  Count = 8, // Smi
  Entries = 12, // key, target
  EntrySize = 8,
}

export enum EnumCache {
  Keys = 4,
  Indices = 8,
  Size = 12,
}

/** Boilerplates of the constant pool. FixedArray-shaped unless sized. */
export enum ObjectBoilerplateDescription {
  Length = 4, // Smi: words after the header
  Flags = 8, // Smi
  BackingStoreSize = 12, // Smi
  Entries = 16, // [key, value]*
}
export enum ArrayBoilerplateDescription {
  Flags = 4, // Smi: elements kind
  ConstantElements = 8, // FixedArray or FixedDoubleArray
  Size = 12,
}
/** ClassBoilerplate: members as a FixedArray of [kind Smi, key or the_hole, key index Smi, value index Smi, static Smi]*. */
export enum ClassBoilerplate {
  ArgumentsCount = 4, // Smi
  Members = 8,
  Size = 12,
}
export enum TemplateObjectDescription {
  Raw = 4,
  Cooked = 8,
  Size = 12,
}
export enum RegExpBoilerplateDescription {
  Source = 4,
  Flags = 8,
  Size = 12,
}

/** PrototypeInfo hangs at TransitionsOrPrototypeInfo of a prototype map. */
export enum PrototypeInfo {
  PrototypeUsers = 4, // FixedArray of weak maps or Smi 0
  ValidityCell = 8,
  RegistrySlot = 12, // Smi
  Size = 16,
}

/** DependentCode: FixedArray-shaped list of [weak Code, group bits Smi]*; empty_fixed_array when none. */
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

/** SloppyArgumentsElements: FixedArray-shaped (length = 2 + mapped parameters): a mapped entry is a context slot Smi, or the_hole once unmapped. */
export enum SloppyArgumentsElements {
  Length = 4,
  Context = 8,
  Arguments = 12, // FixedArray or NumberDictionary
  MappedEntries = 16,
}

export enum PromiseReaction {
  Next = 4, // PromiseReaction or Smi 0
  RejectHandler = 8,
  FulfillHandler = 12,
  PromiseOrCapability = 16,
  Kind = 20, // Smi: builtins' ReactionKind
  ContinuationData = 24, // what was the realm's ContinuationData when the reaction was made
  Size = 32,
}
