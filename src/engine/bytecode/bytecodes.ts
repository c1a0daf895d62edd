// Ignition's instruction set: V8 13.6's bytecodes in V8's order and numbering, one row each. Everything else about a
// bytecode (name, size, jump kind, register use, listing, hover text) is computed from its row; there is no second list.
//
// Encoding of one bytecode:
//   [Wide|ExtraWide] opcode operand*        operands little endian, packed
// An operand is 1 byte, 2 bytes after Wide, 4 bytes after ExtraWide; Flag8 and IntrinsicId are always 1 byte, Flag16 and
// RuntimeId always 2.

/** Opcodes, as they stand in the bytes. */
export enum Bytecode {
  Wide = 0,
  ExtraWide = 1,
  DebugBreakWide = 2,
  DebugBreakExtraWide = 3,
  DebugBreak0 = 4,
  DebugBreak1 = 5,
  DebugBreak2 = 6,
  DebugBreak3 = 7,
  DebugBreak4 = 8,
  DebugBreak5 = 9,
  DebugBreak6 = 10,
  Ldar = 11,
  LdaZero = 12,
  LdaSmi = 13,
  LdaUndefined = 14,
  LdaNull = 15,
  LdaTheHole = 16,
  LdaTrue = 17,
  LdaFalse = 18,
  LdaConstant = 19,
  LdaContextSlot = 20,
  LdaScriptContextSlot = 21,
  LdaImmutableContextSlot = 22,
  LdaCurrentContextSlot = 23,
  LdaCurrentScriptContextSlot = 24,
  LdaImmutableCurrentContextSlot = 25,
  Star = 26,
  Mov = 27,
  PushContext = 28,
  PopContext = 29,
  TestReferenceEqual = 30,
  TestUndetectable = 31,
  TestNull = 32,
  TestUndefined = 33,
  TestTypeOf = 34,
  LdaGlobal = 35,
  LdaGlobalInsideTypeof = 36,
  StaGlobal = 37,
  StaContextSlot = 38,
  StaCurrentContextSlot = 39,
  StaScriptContextSlot = 40,
  StaCurrentScriptContextSlot = 41,
  LdaLookupSlot = 42,
  LdaLookupContextSlot = 43,
  LdaLookupScriptContextSlot = 44,
  LdaLookupGlobalSlot = 45,
  LdaLookupSlotInsideTypeof = 46,
  LdaLookupContextSlotInsideTypeof = 47,
  LdaLookupScriptContextSlotInsideTypeof = 48,
  LdaLookupGlobalSlotInsideTypeof = 49,
  StaLookupSlot = 50,
  GetNamedProperty = 51,
  GetNamedPropertyFromSuper = 52,
  GetKeyedProperty = 53,
  GetEnumeratedKeyedProperty = 54,
  LdaModuleVariable = 55,
  StaModuleVariable = 56,
  SetNamedProperty = 57,
  DefineNamedOwnProperty = 58,
  SetKeyedProperty = 59,
  DefineKeyedOwnProperty = 60,
  StaInArrayLiteral = 61,
  DefineKeyedOwnPropertyInLiteral = 62,
  Add = 63,
  Sub = 64,
  Mul = 65,
  Div = 66,
  Mod = 67,
  Exp = 68,
  BitwiseOr = 69,
  BitwiseXor = 70,
  BitwiseAnd = 71,
  ShiftLeft = 72,
  ShiftRight = 73,
  ShiftRightLogical = 74,
  AddSmi = 75,
  SubSmi = 76,
  MulSmi = 77,
  DivSmi = 78,
  ModSmi = 79,
  ExpSmi = 80,
  BitwiseOrSmi = 81,
  BitwiseXorSmi = 82,
  BitwiseAndSmi = 83,
  ShiftLeftSmi = 84,
  ShiftRightSmi = 85,
  ShiftRightLogicalSmi = 86,
  Inc = 87,
  Dec = 88,
  Negate = 89,
  BitwiseNot = 90,
  ToBooleanLogicalNot = 91,
  LogicalNot = 92,
  TypeOf = 93,
  DeletePropertyStrict = 94,
  DeletePropertySloppy = 95,
  GetSuperConstructor = 96,
  FindNonDefaultConstructorOrConstruct = 97,
  CallAnyReceiver = 98,
  CallProperty = 99,
  CallProperty0 = 100,
  CallProperty1 = 101,
  CallProperty2 = 102,
  CallUndefinedReceiver = 103,
  CallUndefinedReceiver0 = 104,
  CallUndefinedReceiver1 = 105,
  CallUndefinedReceiver2 = 106,
  CallWithSpread = 107,
  CallRuntime = 108,
  CallRuntimeForPair = 109,
  CallJSRuntime = 110,
  InvokeIntrinsic = 111,
  Construct = 112,
  ConstructWithSpread = 113,
  ConstructForwardAllArgs = 114,
  TestEqual = 115,
  TestEqualStrict = 116,
  TestLessThan = 117,
  TestGreaterThan = 118,
  TestLessThanOrEqual = 119,
  TestGreaterThanOrEqual = 120,
  TestInstanceOf = 121,
  TestIn = 122,
  ToName = 123,
  ToNumber = 124,
  ToNumeric = 125,
  ToObject = 126,
  ToString = 127,
  ToBoolean = 128,
  CreateRegExpLiteral = 129,
  CreateArrayLiteral = 130,
  CreateArrayFromIterable = 131,
  CreateEmptyArrayLiteral = 132,
  CreateObjectLiteral = 133,
  CreateEmptyObjectLiteral = 134,
  CloneObject = 135,
  GetTemplateObject = 136,
  CreateClosure = 137,
  CreateBlockContext = 138,
  CreateCatchContext = 139,
  CreateFunctionContext = 140,
  CreateEvalContext = 141,
  CreateWithContext = 142,
  CreateMappedArguments = 143,
  CreateUnmappedArguments = 144,
  CreateRestParameter = 145,
  JumpLoop = 146,
  Jump = 147,
  JumpConstant = 148,
  JumpIfNullConstant = 149,
  JumpIfNotNullConstant = 150,
  JumpIfUndefinedConstant = 151,
  JumpIfNotUndefinedConstant = 152,
  JumpIfUndefinedOrNullConstant = 153,
  JumpIfTrueConstant = 154,
  JumpIfFalseConstant = 155,
  JumpIfJSReceiverConstant = 156,
  JumpIfForInDoneConstant = 157,
  JumpIfToBooleanTrueConstant = 158,
  JumpIfToBooleanFalseConstant = 159,
  JumpIfToBooleanTrue = 160,
  JumpIfToBooleanFalse = 161,
  JumpIfTrue = 162,
  JumpIfFalse = 163,
  JumpIfNull = 164,
  JumpIfNotNull = 165,
  JumpIfUndefined = 166,
  JumpIfNotUndefined = 167,
  JumpIfUndefinedOrNull = 168,
  JumpIfJSReceiver = 169,
  JumpIfForInDone = 170,
  SwitchOnSmiNoFeedback = 171,
  ForInEnumerate = 172,
  ForInPrepare = 173,
  ForInNext = 174,
  ForInStep = 175,
  SetPendingMessage = 176,
  Throw = 177,
  ReThrow = 178,
  Return = 179,
  ThrowReferenceErrorIfHole = 180,
  ThrowSuperNotCalledIfHole = 181,
  ThrowSuperAlreadyCalledIfNotHole = 182,
  ThrowIfNotSuperConstructor = 183,
  SwitchOnGeneratorState = 184,
  SuspendGenerator = 185,
  ResumeGenerator = 186,
  GetIterator = 187,
  Debugger = 188,
  IncBlockCounter = 189,
  Abort = 190,
  Star15 = 191,
  Star14 = 192,
  Star13 = 193,
  Star12 = 194,
  Star11 = 195,
  Star10 = 196,
  Star9 = 197,
  Star8 = 198,
  Star7 = 199,
  Star6 = 200,
  Star5 = 201,
  Star4 = 202,
  Star3 = 203,
  Star2 = 204,
  Star1 = 205,
  Star0 = 206,
  Illegal = 207,
}

/** Number of bytecodes. */
export const BYTECODE_COUNT = 208;

/** What an operand is. The order is not significant. */
export enum OperandType {
  /** A register read. */
  Reg,
  /** First of `RegCount` registers read; always followed by a RegCount operand. */
  RegList,
  /** Two consecutive registers read. */
  RegPair,
  /** A register read and written. */
  RegInOut,
  /** A register written. */
  RegOut,
  /** First of `RegCount` registers written. */
  RegOutList,
  /** Two consecutive registers written. */
  RegOutPair,
  /** Three consecutive registers written. */
  RegOutTriple,
  RegCount,
  /** A plain unsigned index. */
  Idx,
  ConstantPoolIdx,
  FeedbackSlot,
  ContextSlot,
  NativeContextIndex,
  UImm,
  Imm,
  Flag8,
  Flag16,
  IntrinsicId,
  RuntimeId,
}

/** How control leaves the bytecode. */
export enum ControlFlow {
  /** Falls through. */
  Next,
  /** Unconditional forward jump. */
  Jump,
  /** Forward jump, or falls through. */
  Branch,
  /** Backward jump. */
  Loop,
  /** Jump table in the constant pool, or falls through. */
  Switch,
  /** Never falls through: return, throw, suspend, abort. */
  Exit,
}

/** One bytecode. `$n` in `doc` stands for operand n. */
export interface BytecodeRow {
  readonly bytecode: Bytecode;
  readonly name: string;
  readonly operands: readonly OperandType[];
  readonly readsAccumulator: boolean;
  readonly writesAccumulator: boolean;
  /** The accumulator holds garbage afterwards. */
  readonly clobbersAccumulator: boolean;
  readonly controlFlow: ControlFlow;
  /** May throw a JavaScript exception. */
  readonly canThrow: boolean;
  /** May run user JavaScript (so heap, maps and feedback may change, and the frame may be deoptimized lazily). */
  readonly canCall: boolean;
  /** Only loads the accumulator: may be dropped when the accumulator is dead. */
  readonly isPureLoad: boolean;
  readonly isShortStar: boolean;
  /** What it may change besides the frame and what it allocates; JavaScript that it runs answers for itself. */
  readonly writes: BytecodeWrites;
  readonly doc: string;
}

/** The object in operand 0; a context (operand 0, or the current one); what the function writes that operand 0 names. */
export type BytecodeWrites = 'nothing' | 'object' | 'context' | 'as called' | 'anything';

type AccumulatorUse = '-' | 'R' | 'W' | 'RW' | 'C' | 'RC';
type OperandName = keyof typeof OperandType;

/**
 * Effects, one letter each: t may throw, j may run JavaScript, l pure accumulator load, s short Star; J B L S E control flow;
 * what is written: o the object, c the context, f as the function, a anything.
 */
function row(
  accumulator: AccumulatorUse,
  operands: readonly OperandName[],
  effects: string,
  doc: string,
): Omit<BytecodeRow, 'bytecode' | 'name'> {
  const has = (letter: string) => effects.includes(letter);
  return {
    operands: operands.map((name) => OperandType[name]),
    readsAccumulator: accumulator.includes('R'),
    writesAccumulator: accumulator.includes('W'),
    clobbersAccumulator: accumulator.includes('C'),
    controlFlow: has('J')
      ? ControlFlow.Jump
      : has('B')
        ? ControlFlow.Branch
        : has('L')
          ? ControlFlow.Loop
          : has('S')
            ? ControlFlow.Switch
            : has('E')
              ? ControlFlow.Exit
              : ControlFlow.Next,
    canThrow: has('t'),
    canCall: has('j'),
    isPureLoad: has('l'),
    isShortStar: has('s'),
    writes: has('o') ? 'object' : has('c') ? 'context' : has('f') ? 'as called' : has('a') ? 'anything' : 'nothing',
    doc,
  };
}

// biome-ignore format: one bytecode, one line
const ROWS: Record<keyof typeof Bytecode, Omit<BytecodeRow, 'bytecode' | 'name'>> = {
  Wide: row('-', [], '', 'prefix: operands of the next bytecode are 16 bits wide'),
  ExtraWide: row('-', [], '', 'prefix: operands of the next bytecode are 32 bits wide'),
  DebugBreakWide: row('RW', [], 'j', 'stop in the debugger, then run the replaced wide bytecode'),
  DebugBreakExtraWide: row('RW', [], 'j', 'stop in the debugger, then run the replaced extra-wide bytecode'),
  DebugBreak0: row('RW', [], 'j', 'stop in the debugger, then run the replaced bytecode'),
  DebugBreak1: row('RW', ['Reg'], 'j', 'stop in the debugger, then run the replaced bytecode'),
  DebugBreak2: row('RW', ['Reg', 'Reg'], 'j', 'stop in the debugger, then run the replaced bytecode'),
  DebugBreak3: row('RW', ['Reg', 'Reg', 'Reg'], 'j', 'stop in the debugger, then run the replaced bytecode'),
  DebugBreak4: row('RW', ['Reg', 'Reg', 'Reg', 'Reg'], 'j', 'stop in the debugger, then run the replaced bytecode'),
  DebugBreak5: row('RW', ['RuntimeId', 'Reg', 'Reg'], 'j', 'stop in the debugger, then run the replaced bytecode'),
  DebugBreak6: row('RW', ['RuntimeId', 'Reg', 'Reg', 'Reg'], 'j', 'stop in the debugger, then run the replaced bytecode'),
  Ldar: row('W', ['Reg'], 'l', 'acc = $0'),
  LdaZero: row('W', [], 'l', 'acc = 0'),
  LdaSmi: row('W', ['Imm'], 'l', 'acc = $0'),
  LdaUndefined: row('W', [], 'l', 'acc = undefined'),
  LdaNull: row('W', [], 'l', 'acc = null'),
  LdaTheHole: row('W', [], 'l', 'acc = the_hole'),
  LdaTrue: row('W', [], 'l', 'acc = true'),
  LdaFalse: row('W', [], 'l', 'acc = false'),
  LdaConstant: row('W', ['ConstantPoolIdx'], 'l', 'acc = constants[$0]'),
  LdaContextSlot: row('W', ['Reg', 'ContextSlot', 'UImm'], 'l', 'acc = context($0, depth $2)[$1]'),
  LdaScriptContextSlot: row('W', ['Reg', 'ContextSlot', 'UImm'], 'l', 'acc = script context($0, depth $2)[$1], boxed numbers unboxed'),
  LdaImmutableContextSlot: row('W', ['Reg', 'ContextSlot', 'UImm'], 'l', 'acc = context($0, depth $2)[$1], never written again'),
  LdaCurrentContextSlot: row('W', ['ContextSlot'], 'l', 'acc = context[$0]'),
  LdaCurrentScriptContextSlot: row('W', ['ContextSlot'], 'l', 'acc = context[$0] of the script context'),
  LdaImmutableCurrentContextSlot: row('W', ['ContextSlot'], 'l', 'acc = context[$0], never written again'),
  Star: row('R', ['RegOut'], '', '$0 = acc'),
  Mov: row('-', ['Reg', 'RegOut'], '', '$1 = $0'),
  PushContext: row('R', ['RegOut'], '', '$0 = context; context = acc'),
  PopContext: row('-', ['Reg'], '', 'context = $0'),
  TestReferenceEqual: row('RW', ['Reg'], '', 'acc = acc is the same word as $0'),
  TestUndetectable: row('RW', [], '', 'acc = acc is undefined, null or document.all'),
  TestNull: row('RW', [], '', 'acc = acc === null'),
  TestUndefined: row('RW', [], '', 'acc = acc === undefined'),
  TestTypeOf: row('RW', ['Flag8'], '', 'acc = typeof acc is literal $0'),
  LdaGlobal: row('W', ['ConstantPoolIdx', 'FeedbackSlot'], 'tj', 'acc = global[constants[$0]]; ReferenceError if absent'),
  LdaGlobalInsideTypeof: row('W', ['ConstantPoolIdx', 'FeedbackSlot'], 'tj', 'acc = global[constants[$0]]; undefined if absent'),
  StaGlobal: row('RC', ['ConstantPoolIdx', 'FeedbackSlot'], 'tja', 'global[constants[$0]] = acc'),
  StaContextSlot: row('R', ['Reg', 'ContextSlot', 'UImm'], 'c', 'context($0, depth $2)[$1] = acc'),
  StaCurrentContextSlot: row('R', ['ContextSlot'], 'c', 'context[$0] = acc'),
  StaScriptContextSlot: row('R', ['Reg', 'ContextSlot', 'UImm'], 'c', 'script context($0, depth $2)[$1] = acc, with const tracking'),
  StaCurrentScriptContextSlot: row('R', ['ContextSlot'], 'c', 'context[$0] of the script context = acc, with const tracking'),
  LdaLookupSlot: row('W', ['ConstantPoolIdx'], 'tj', 'acc = dynamic lookup of constants[$0]'),
  LdaLookupContextSlot: row('W', ['ConstantPoolIdx', 'ContextSlot', 'UImm'], 'tj', 'acc = context(depth $2)[$1] unless an eval or with shadows constants[$0]'),
  LdaLookupScriptContextSlot: row('W', ['ConstantPoolIdx', 'ContextSlot', 'UImm'], 'tj', 'acc = script context(depth $2)[$1] unless shadowed'),
  LdaLookupGlobalSlot: row('W', ['ConstantPoolIdx', 'FeedbackSlot', 'UImm'], 'tj', 'acc = global[constants[$0]] unless an extension within depth $2 shadows it'),
  LdaLookupSlotInsideTypeof: row('W', ['ConstantPoolIdx'], 'tj', 'acc = dynamic lookup of constants[$0]; undefined if absent'),
  LdaLookupContextSlotInsideTypeof: row('W', ['ConstantPoolIdx', 'ContextSlot', 'UImm'], 'tj', 'acc = context(depth $2)[$1] unless an eval or with shadows constants[$0]; undefined if absent'),
  LdaLookupScriptContextSlotInsideTypeof: row('W', ['ConstantPoolIdx', 'ContextSlot', 'UImm'], 'tj', 'acc = script context(depth $2)[$1] unless shadowed; undefined if absent'),
  LdaLookupGlobalSlotInsideTypeof: row('W', ['ConstantPoolIdx', 'FeedbackSlot', 'UImm'], 'tj', 'acc = global[constants[$0]] unless an extension within depth $2 shadows it; undefined if absent'),
  StaLookupSlot: row('RW', ['ConstantPoolIdx', 'Flag8'], 'tja', 'dynamic store of acc to constants[$0]; $1 = language mode and lookup flags'),
  GetNamedProperty: row('W', ['Reg', 'ConstantPoolIdx', 'FeedbackSlot'], 'tj', 'acc = $0[constants[$1]]'),
  GetNamedPropertyFromSuper: row('RW', ['Reg', 'ConstantPoolIdx', 'FeedbackSlot'], 'tj', 'acc = home object(acc).__proto__[constants[$1]] with receiver $0'),
  GetKeyedProperty: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0[acc]'),
  GetEnumeratedKeyedProperty: row('RW', ['Reg', 'Reg', 'Reg', 'FeedbackSlot'], 'tj', 'acc = $0[acc] for a for-in key; $1 enum index, $2 cache type'),
  LdaModuleVariable: row('W', ['Imm', 'UImm'], '', 'acc = module cell $0 at context depth $1'),
  StaModuleVariable: row('RC', ['Imm', 'UImm'], 'a', 'module cell $0 at context depth $1 = acc'),
  SetNamedProperty: row('RC', ['Reg', 'ConstantPoolIdx', 'FeedbackSlot'], 'tjo', '$0[constants[$1]] = acc'),
  DefineNamedOwnProperty: row('RC', ['Reg', 'ConstantPoolIdx', 'FeedbackSlot'], 'tjo', 'define own $0[constants[$1]] = acc'),
  SetKeyedProperty: row('RC', ['Reg', 'Reg', 'FeedbackSlot'], 'tjo', '$0[$1] = acc'),
  DefineKeyedOwnProperty: row('RC', ['Reg', 'Reg', 'Flag8', 'FeedbackSlot'], 'tjo', 'define own $0[$1] = acc; $2 = DefineKeyedOwnPropertyFlags'),
  StaInArrayLiteral: row('RC', ['Reg', 'Reg', 'FeedbackSlot'], 'tjo', 'array literal $0[$1] = acc'),
  DefineKeyedOwnPropertyInLiteral: row('RC', ['Reg', 'Reg', 'Flag8', 'FeedbackSlot'], 'tjo', 'define own $0[$1] = acc in a literal; $2 = flags (set function name)'),
  Add: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 + acc'),
  Sub: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 - acc'),
  Mul: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 * acc'),
  Div: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 / acc'),
  Mod: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 % acc'),
  Exp: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 ** acc'),
  BitwiseOr: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 | acc'),
  BitwiseXor: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 ^ acc'),
  BitwiseAnd: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 & acc'),
  ShiftLeft: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 << acc'),
  ShiftRight: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 >> acc'),
  ShiftRightLogical: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 >>> acc'),
  AddSmi: row('RW', ['Imm', 'FeedbackSlot'], 'tj', 'acc = acc + $0'),
  SubSmi: row('RW', ['Imm', 'FeedbackSlot'], 'tj', 'acc = acc - $0'),
  MulSmi: row('RW', ['Imm', 'FeedbackSlot'], 'tj', 'acc = acc * $0'),
  DivSmi: row('RW', ['Imm', 'FeedbackSlot'], 'tj', 'acc = acc / $0'),
  ModSmi: row('RW', ['Imm', 'FeedbackSlot'], 'tj', 'acc = acc % $0'),
  ExpSmi: row('RW', ['Imm', 'FeedbackSlot'], 'tj', 'acc = acc ** $0'),
  BitwiseOrSmi: row('RW', ['Imm', 'FeedbackSlot'], 'tj', 'acc = acc | $0'),
  BitwiseXorSmi: row('RW', ['Imm', 'FeedbackSlot'], 'tj', 'acc = acc ^ $0'),
  BitwiseAndSmi: row('RW', ['Imm', 'FeedbackSlot'], 'tj', 'acc = acc & $0'),
  ShiftLeftSmi: row('RW', ['Imm', 'FeedbackSlot'], 'tj', 'acc = acc << $0'),
  ShiftRightSmi: row('RW', ['Imm', 'FeedbackSlot'], 'tj', 'acc = acc >> $0'),
  ShiftRightLogicalSmi: row('RW', ['Imm', 'FeedbackSlot'], 'tj', 'acc = acc >>> $0'),
  Inc: row('RW', ['FeedbackSlot'], 'tj', 'acc = acc + 1'),
  Dec: row('RW', ['FeedbackSlot'], 'tj', 'acc = acc - 1'),
  Negate: row('RW', ['FeedbackSlot'], 'tj', 'acc = -acc'),
  BitwiseNot: row('RW', ['FeedbackSlot'], 'tj', 'acc = ~acc'),
  ToBooleanLogicalNot: row('RW', [], '', 'acc = !ToBoolean(acc)'),
  LogicalNot: row('RW', [], '', 'acc = !acc; acc is a boolean'),
  TypeOf: row('RW', ['FeedbackSlot'], '', 'acc = typeof acc'),
  DeletePropertyStrict: row('RW', ['Reg'], 'tjo', 'acc = delete $0[acc], strict'),
  DeletePropertySloppy: row('RW', ['Reg'], 'tjo', 'acc = delete $0[acc], sloppy'),
  GetSuperConstructor: row('R', ['RegOut'], 't', '$0 = acc.__proto__; TypeError unless a constructor'),
  FindNonDefaultConstructorOrConstruct: row('-', ['Reg', 'Reg', 'RegOutPair'], 'tj', 'walk default constructors from $0 with new.target $1; $2 = made?, $2+1 = constructor or instance'),
  CallAnyReceiver: row('W', ['Reg', 'RegList', 'RegCount', 'FeedbackSlot'], 'tj', 'acc = $0.call(...$1); receiver first, any value'),
  CallProperty: row('W', ['Reg', 'RegList', 'RegCount', 'FeedbackSlot'], 'tj', 'acc = $0.call(...$1); receiver first, not null or undefined'),
  CallProperty0: row('W', ['Reg', 'Reg', 'FeedbackSlot'], 'tj', 'acc = $0.call($1)'),
  CallProperty1: row('W', ['Reg', 'Reg', 'Reg', 'FeedbackSlot'], 'tj', 'acc = $0.call($1, $2)'),
  CallProperty2: row('W', ['Reg', 'Reg', 'Reg', 'Reg', 'FeedbackSlot'], 'tj', 'acc = $0.call($1, $2, $3)'),
  CallUndefinedReceiver: row('W', ['Reg', 'RegList', 'RegCount', 'FeedbackSlot'], 'tj', 'acc = $0(...$1)'),
  CallUndefinedReceiver0: row('W', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0()'),
  CallUndefinedReceiver1: row('W', ['Reg', 'Reg', 'FeedbackSlot'], 'tj', 'acc = $0($1)'),
  CallUndefinedReceiver2: row('W', ['Reg', 'Reg', 'Reg', 'FeedbackSlot'], 'tj', 'acc = $0($1, $2)'),
  CallWithSpread: row('W', ['Reg', 'RegList', 'RegCount', 'FeedbackSlot'], 'tj', 'acc = $0.call(...$1) with the last argument spread'),
  CallRuntime: row('W', ['RuntimeId', 'RegList', 'RegCount'], 'tjf', 'acc = Runtime_$0(...$1)'),
  CallRuntimeForPair: row('C', ['RuntimeId', 'RegList', 'RegCount', 'RegOutPair'], 'tj', '($3, $3+1) = Runtime_$0(...$1)'),
  CallJSRuntime: row('W', ['NativeContextIndex', 'RegList', 'RegCount'], 'tj', 'acc = native context[$0](...$1)'),
  InvokeIntrinsic: row('W', ['IntrinsicId', 'RegList', 'RegCount'], 'tjf', 'acc = intrinsic $0(...$1)'),
  Construct: row('RW', ['Reg', 'RegList', 'RegCount', 'FeedbackSlot'], 'tj', 'acc = new $0(...$1) with new.target acc'),
  ConstructWithSpread: row('RW', ['Reg', 'RegList', 'RegCount', 'FeedbackSlot'], 'tj', 'acc = new $0(...$1), last argument spread, new.target acc'),
  ConstructForwardAllArgs: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = new $0(...all arguments of this frame), new.target acc'),
  TestEqual: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 == acc'),
  TestEqualStrict: row('RW', ['Reg', 'FeedbackSlot'], '', 'acc = $0 === acc'),
  TestLessThan: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 < acc'),
  TestGreaterThan: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 > acc'),
  TestLessThanOrEqual: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 <= acc'),
  TestGreaterThanOrEqual: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 >= acc'),
  TestInstanceOf: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 instanceof acc'),
  TestIn: row('RW', ['Reg', 'FeedbackSlot'], 'tj', 'acc = $0 in acc'),
  ToName: row('RW', [], 'tj', 'acc = ToPropertyKey(acc)'),
  ToNumber: row('RW', ['FeedbackSlot'], 'tj', 'acc = ToNumber(acc)'),
  ToNumeric: row('RW', ['FeedbackSlot'], 'tj', 'acc = ToNumeric(acc)'),
  ToObject: row('R', ['RegOut'], 't', '$0 = ToObject(acc)'),
  ToString: row('RW', [], 'tj', 'acc = ToString(acc)'),
  ToBoolean: row('RW', [], '', 'acc = ToBoolean(acc)'),
  CreateRegExpLiteral: row('W', ['ConstantPoolIdx', 'FeedbackSlot', 'Flag16'], 't', 'acc = RegExp constants[$0] with flags $2'),
  CreateArrayLiteral: row('W', ['ConstantPoolIdx', 'FeedbackSlot', 'Flag8'], '', 'acc = copy of array boilerplate constants[$0]'),
  CreateArrayFromIterable: row('RW', [], 'tj', 'acc = [...acc]'),
  CreateEmptyArrayLiteral: row('W', ['FeedbackSlot'], '', 'acc = []'),
  CreateObjectLiteral: row('W', ['ConstantPoolIdx', 'FeedbackSlot', 'Flag8'], '', 'acc = copy of object boilerplate constants[$0]'),
  CreateEmptyObjectLiteral: row('W', [], '', 'acc = {}'),
  CloneObject: row('W', ['Reg', 'Flag8', 'FeedbackSlot'], 'tj', 'acc = {...$0}'),
  GetTemplateObject: row('W', ['ConstantPoolIdx', 'FeedbackSlot'], '', 'acc = template object constants[$0]'),
  CreateClosure: row('W', ['ConstantPoolIdx', 'FeedbackSlot', 'Flag8'], '', 'acc = closure of constants[$0], feedback cell $1'),
  CreateBlockContext: row('W', ['ConstantPoolIdx'], '', 'acc = new block context for scope info constants[$0]'),
  CreateCatchContext: row('W', ['Reg', 'ConstantPoolIdx'], '', 'acc = new catch context holding $0 for scope info constants[$1]'),
  CreateFunctionContext: row('W', ['ConstantPoolIdx', 'UImm'], '', 'acc = new function context for constants[$0] with $1 slots'),
  CreateEvalContext: row('W', ['ConstantPoolIdx', 'UImm'], '', 'acc = new eval context for constants[$0] with $1 slots'),
  CreateWithContext: row('W', ['Reg', 'ConstantPoolIdx'], '', 'acc = new with context for object $0, scope info constants[$1]'),
  CreateMappedArguments: row('W', [], '', 'acc = sloppy arguments object'),
  CreateUnmappedArguments: row('W', [], '', 'acc = strict arguments object'),
  CreateRestParameter: row('W', [], '', 'acc = rest parameter array'),
  JumpLoop: row('C', ['UImm', 'Imm', 'FeedbackSlot'], 'Ltj', 'pc -= $0; loop depth $1; interrupt and OSR check'),
  Jump: row('-', ['UImm'], 'J', 'pc += $0'),
  JumpConstant: row('-', ['ConstantPoolIdx'], 'J', 'pc += constants[$0]'),
  JumpIfNullConstant: row('R', ['ConstantPoolIdx'], 'B', 'if (acc === null) pc += constants[$0]'),
  JumpIfNotNullConstant: row('R', ['ConstantPoolIdx'], 'B', 'if (acc !== null) pc += constants[$0]'),
  JumpIfUndefinedConstant: row('R', ['ConstantPoolIdx'], 'B', 'if (acc === undefined) pc += constants[$0]'),
  JumpIfNotUndefinedConstant: row('R', ['ConstantPoolIdx'], 'B', 'if (acc !== undefined) pc += constants[$0]'),
  JumpIfUndefinedOrNullConstant: row('R', ['ConstantPoolIdx'], 'B', 'if (acc == null) pc += constants[$0]'),
  JumpIfTrueConstant: row('R', ['ConstantPoolIdx'], 'B', 'if (acc === true) pc += constants[$0]'),
  JumpIfFalseConstant: row('R', ['ConstantPoolIdx'], 'B', 'if (acc === false) pc += constants[$0]'),
  JumpIfJSReceiverConstant: row('R', ['ConstantPoolIdx'], 'B', 'if (acc is a JSReceiver) pc += constants[$0]'),
  JumpIfForInDoneConstant: row('-', ['ConstantPoolIdx', 'Reg', 'Reg'], 'B', 'if ($1 === $2) pc += constants[$0]; index, cache length'),
  JumpIfToBooleanTrueConstant: row('R', ['ConstantPoolIdx'], 'B', 'if (ToBoolean(acc)) pc += constants[$0]'),
  JumpIfToBooleanFalseConstant: row('R', ['ConstantPoolIdx'], 'B', 'if (!ToBoolean(acc)) pc += constants[$0]'),
  JumpIfToBooleanTrue: row('R', ['UImm'], 'B', 'if (ToBoolean(acc)) pc += $0'),
  JumpIfToBooleanFalse: row('R', ['UImm'], 'B', 'if (!ToBoolean(acc)) pc += $0'),
  JumpIfTrue: row('R', ['UImm'], 'B', 'if (acc === true) pc += $0'),
  JumpIfFalse: row('R', ['UImm'], 'B', 'if (acc === false) pc += $0'),
  JumpIfNull: row('R', ['UImm'], 'B', 'if (acc === null) pc += $0'),
  JumpIfNotNull: row('R', ['UImm'], 'B', 'if (acc !== null) pc += $0'),
  JumpIfUndefined: row('R', ['UImm'], 'B', 'if (acc === undefined) pc += $0'),
  JumpIfNotUndefined: row('R', ['UImm'], 'B', 'if (acc !== undefined) pc += $0'),
  JumpIfUndefinedOrNull: row('R', ['UImm'], 'B', 'if (acc == null) pc += $0'),
  JumpIfJSReceiver: row('R', ['UImm'], 'B', 'if (acc is a JSReceiver) pc += $0'),
  JumpIfForInDone: row('-', ['UImm', 'Reg', 'Reg'], 'B', 'if ($1 === $2) pc += $0; index, cache length'),
  SwitchOnSmiNoFeedback: row('R', ['ConstantPoolIdx', 'UImm', 'Imm'], 'S', 'jump table constants[$0 .. $0+$1), indexed by acc - $2; falls through outside'),
  ForInEnumerate: row('W', ['Reg'], 'tj', 'acc = enum cache map or key array of $0'),
  ForInPrepare: row('RC', ['RegOutTriple', 'FeedbackSlot'], '', '($0, $0+1, $0+2) = cache type, array, length from acc'),
  ForInNext: row('W', ['Reg', 'Reg', 'RegPair', 'FeedbackSlot'], 'tj', 'acc = next key of $0 at index $1, cache ($2, $2+1); undefined if filtered'),
  ForInStep: row('-', ['RegInOut'], '', '$0 = $0 + 1'),
  SetPendingMessage: row('RW', [], '', 'acc <-> pending message'),
  Throw: row('RC', [], 'tE', 'throw acc'),
  ReThrow: row('RC', [], 'tE', 'throw acc again, keeping its message'),
  Return: row('R', [], 'E', 'return acc'),
  ThrowReferenceErrorIfHole: row('R', ['ConstantPoolIdx'], 't', 'ReferenceError for constants[$0] if acc is the_hole'),
  ThrowSuperNotCalledIfHole: row('R', [], 't', 'ReferenceError if acc is the_hole: super() not called'),
  ThrowSuperAlreadyCalledIfNotHole: row('R', [], 't', 'ReferenceError unless acc is the_hole: super() called twice'),
  ThrowIfNotSuperConstructor: row('-', ['Reg'], 't', 'TypeError unless $0 is a constructor'),
  SwitchOnGeneratorState: row('-', ['Reg', 'ConstantPoolIdx', 'UImm'], 'S', 'resume generator $0 by jump table constants[$1 .. $1+$2); falls through if undefined'),
  SuspendGenerator: row('R', ['Reg', 'RegList', 'RegCount', 'UImm'], 'Eo', 'save $1 and pc in generator $0 with suspend id $3; return acc'),
  ResumeGenerator: row('W', ['Reg', 'RegOutList', 'RegCount'], 'o', 'restore $1 from generator $0; acc = sent value'),
  GetIterator: row('W', ['Reg', 'FeedbackSlot', 'FeedbackSlot'], 'tj', 'acc = $0[Symbol.iterator](); load slot $1, call slot $2'),
  Debugger: row('C', [], 'j', 'debugger statement'),
  IncBlockCounter: row('-', ['FeedbackSlot'], '', 'block coverage counter $0 += 1'),
  Abort: row('C', ['Idx'], 'E', 'abort with reason $0'),
  Star15: row('R', [], 's', 'r15 = acc'),
  Star14: row('R', [], 's', 'r14 = acc'),
  Star13: row('R', [], 's', 'r13 = acc'),
  Star12: row('R', [], 's', 'r12 = acc'),
  Star11: row('R', [], 's', 'r11 = acc'),
  Star10: row('R', [], 's', 'r10 = acc'),
  Star9: row('R', [], 's', 'r9 = acc'),
  Star8: row('R', [], 's', 'r8 = acc'),
  Star7: row('R', [], 's', 'r7 = acc'),
  Star6: row('R', [], 's', 'r6 = acc'),
  Star5: row('R', [], 's', 'r5 = acc'),
  Star4: row('R', [], 's', 'r4 = acc'),
  Star3: row('R', [], 's', 'r3 = acc'),
  Star2: row('R', [], 's', 'r2 = acc'),
  Star1: row('R', [], 's', 'r1 = acc'),
  Star0: row('R', [], 's', 'r0 = acc'),
  Illegal: row('-', [], 'E', 'never generated'),
};

/** The table, indexed by opcode. */
export const BYTECODES: readonly BytecodeRow[] = Object.freeze(
  Array.from({ length: BYTECODE_COUNT }, (_, bytecode) => {
    const name = Bytecode[bytecode] as keyof typeof Bytecode;
    return Object.freeze({ bytecode: bytecode as Bytecode, name, ...ROWS[name] });
  }),
);

/** Operand scale: 1, 2 or 4 bytes per scalable operand. */
export type OperandScale = 1 | 2 | 4;

/** Bytes of one operand at a scale. */
export function operandSize(type: OperandType, scale: OperandScale): number {
  switch (type) {
    case OperandType.Flag8:
    case OperandType.IntrinsicId:
      return 1;
    case OperandType.Flag16:
    case OperandType.RuntimeId:
      return 2;
    default:
      return scale;
  }
}

/** Whether Wide and ExtraWide change the operand's size. */
export function isScalable(type: OperandType): boolean {
  return operandSize(type, 1) !== operandSize(type, 4);
}

/** Whether the operand is read as a two's complement number (registers and Imm). */
export function isSigned(type: OperandType): boolean {
  return type === OperandType.Imm || isRegister(type);
}

export function isRegister(type: OperandType): boolean {
  return type <= OperandType.RegOutTriple;
}

export function isRegisterInput(type: OperandType): boolean {
  return type <= OperandType.RegInOut;
}

export function isRegisterOutput(type: OperandType): boolean {
  return type >= OperandType.RegInOut && type <= OperandType.RegOutTriple;
}

/** Sizes without prefix, `[scale >> 1][opcode]` (scale 1, 2, 4 → rows 0, 1, 2). */
export const BYTECODE_SIZES: readonly Uint8Array[] = ([1, 2, 4] as const).map((scale) =>
  Uint8Array.from(BYTECODES, (r) => r.operands.reduce((sum, type) => sum + operandSize(type, scale), 1)),
);

/** Operand offsets from the opcode byte, `[scale >> 1][opcode * MAX_OPERANDS + operand]`. */
export const MAX_OPERANDS = 5;
export const OPERAND_OFFSETS: readonly Uint8Array[] = ([1, 2, 4] as const).map((scale) => {
  const offsets = new Uint8Array(BYTECODE_COUNT * MAX_OPERANDS);
  for (const r of BYTECODES) {
    let offset = 1;
    r.operands.forEach((type, i) => {
      offsets[r.bytecode * MAX_OPERANDS + i] = offset;
      offset += operandSize(type, scale);
    });
  }
  return offsets;
});

/** Bytes of a bytecode at a scale, without its prefix. */
export function bytecodeSize(bytecode: Bytecode, scale: OperandScale): number {
  return BYTECODE_SIZES[scale >> 1]![bytecode]!;
}

export function bytecodeName(bytecode: Bytecode): string {
  return BYTECODES[bytecode]?.name ?? `Unknown(${bytecode})`;
}

export function isPrefix(bytecode: Bytecode): boolean {
  return bytecode === Bytecode.Wide || bytecode === Bytecode.ExtraWide;
}

/** Any single-target jump, forward or back. */
export function isJump(bytecode: Bytecode): boolean {
  const flow = BYTECODES[bytecode]!.controlFlow;
  return flow === ControlFlow.Jump || flow === ControlFlow.Branch || flow === ControlFlow.Loop;
}

export function isForwardJump(bytecode: Bytecode): boolean {
  const flow = BYTECODES[bytecode]!.controlFlow;
  return flow === ControlFlow.Jump || flow === ControlFlow.Branch;
}

export function isConditionalJump(bytecode: Bytecode): boolean {
  return BYTECODES[bytecode]!.controlFlow === ControlFlow.Branch;
}

export function isUnconditionalJump(bytecode: Bytecode): boolean {
  const flow = BYTECODES[bytecode]!.controlFlow;
  return flow === ControlFlow.Jump || flow === ControlFlow.Loop;
}

export function isSwitch(bytecode: Bytecode): boolean {
  return BYTECODES[bytecode]!.controlFlow === ControlFlow.Switch;
}

/** Return, Throw, SuspendGenerator and the like: control never reaches the next bytecode in this activation. */
export function isExit(bytecode: Bytecode): boolean {
  return BYTECODES[bytecode]!.controlFlow === ControlFlow.Exit;
}

/** Whether the bytecode after this one is reached only by a jump. */
export function unconditionallyLeaves(bytecode: Bytecode): boolean {
  return isUnconditionalJump(bytecode) || isExit(bytecode);
}

/** A jump whose distance is a Smi in the constant pool. */
export function isJumpConstant(bytecode: Bytecode): boolean {
  return isJump(bytecode) && BYTECODES[bytecode]!.operands[0] === OperandType.ConstantPoolIdx;
}

/** The form of a jump whose distance stands in the constant pool; throws for JumpLoop and non-jumps. */
export function jumpConstantForm(bytecode: Bytecode): Bytecode {
  const form = Bytecode[`${Bytecode[bytecode]}Constant` as keyof typeof Bytecode];
  if (form === undefined) throw new Error(`${bytecodeName(bytecode)} has no constant form`);
  return form;
}

export function isShortStar(bytecode: Bytecode): boolean {
  return bytecode >= Bytecode.Star15 && bytecode <= Bytecode.Star0;
}

/** Register index (r0 = 0) that a short Star writes. */
export function shortStarRegister(bytecode: Bytecode): number {
  return Bytecode.Star0 - bytecode;
}

export function isDebugBreak(bytecode: Bytecode): boolean {
  return bytecode >= Bytecode.DebugBreakWide && bytecode <= Bytecode.DebugBreak6;
}

/** The DebugBreak bytecode of the same size that replaces `bytecode` (a prefix gets the prefix form). */
export function debugBreakFor(bytecode: Bytecode): Bytecode {
  if (bytecode === Bytecode.Wide) return Bytecode.DebugBreakWide;
  if (bytecode === Bytecode.ExtraWide) return Bytecode.DebugBreakExtraWide;
  const size = bytecodeSize(bytecode, 1);
  for (let candidate = Bytecode.DebugBreak0; candidate <= Bytecode.DebugBreak6; candidate++) {
    if (bytecodeSize(candidate, 1) === size) return candidate;
  }
  throw new Error(`no DebugBreak of ${size} bytes for ${bytecodeName(bytecode)}`);
}
