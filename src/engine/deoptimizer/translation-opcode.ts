// Translation opcodes (V8: src/deoptimizer/translation-opcode.h): the instruction set of frame translations.
//
// One row an opcode. A translation is a sequence of them: BEGIN, UPDATE_FEEDBACK where the exit
// changes a call site's feedback, then per frame a frame opcode followed by its values,
// function first, then parameters (receiver included), context, registers, accumulator. Operands are VLQ numbers.
// The rows generate the builder's checks, the reader, the printer and the verifier.

export enum TranslationOpcode {
  Begin,
  UpdateFeedback,
  InterpretedFrameWithReturn,
  InterpretedFrameWithoutReturn,
  InlinedExtraArguments,
  ConstructCreateStubFrame,
  ConstructInvokeStubFrame,
  BuiltinContinuationFrame,
  JavaScriptBuiltinContinuationFrame,
  JavaScriptBuiltinContinuationWithCatchFrame,
  ArgumentsElements,
  ArgumentsLength,
  CapturedObject,
  DuplicatedObject,
  Register,
  Int32Register,
  Uint32Register,
  Int64Register,
  Uint64Register,
  SignedBigInt64Register,
  UnsignedBigInt64Register,
  BoolRegister,
  CompressedRegister,
  FloatRegister,
  DoubleRegister,
  HoleyDoubleRegister,
  TaggedStackSlot,
  Int32StackSlot,
  Uint32StackSlot,
  Int64StackSlot,
  Uint64StackSlot,
  SignedBigInt64StackSlot,
  UnsignedBigInt64StackSlot,
  BoolStackSlot,
  CompressedStackSlot,
  FloatStackSlot,
  DoubleStackSlot,
  HoleyDoubleStackSlot,
  Literal,
  OptimizedOut,
}

/** Where a value comes from; with `Representation` it is a value opcode's whole meaning. */
export type ValueSource = 'register' | 'xmm' | 'stack' | 'literal' | 'none';

/** What the machine holds, hence how the tagged value is rebuilt. */
export type ValueRepresentation =
  | 'tagged'
  | 'compressed'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'bigint64'
  | 'biguint64'
  | 'bit'
  | 'float32'
  | 'float64'
  | 'holeyFloat64';

export type FrameKind =
  | 'interpreted'
  | 'inlinedExtraArguments'
  | 'constructCreateStub'
  | 'constructInvokeStub'
  | 'builtinContinuation'
  | 'javaScriptBuiltinContinuation';

/** What a frame opcode begins. */
export interface FrameInfo {
  readonly kind: FrameKind;
  /** What a trace calls it. */
  readonly title: string;
  /** How many values follow; a captured object is one. `parameterCount`: the function's, with receiver. */
  readonly values: (height: number, parameterCount: number) => number;
  /** What the first values are called; others are arguments. */
  readonly names: readonly string[];
}

export interface OpcodeInfo {
  /** V8's name, as the printer shows it. */
  readonly name: string;
  /** Operand names, in stream order. */
  readonly operands: readonly string[];
  readonly category: 'begin' | 'feedback' | 'frame' | 'value' | 'object';
  readonly source?: ValueSource;
  readonly representation?: ValueRepresentation;
  readonly frame?: FrameInfo;
  /** Of a frame: where each operand stands; undefined where it has none of that name. */
  readonly at?: FrameOperands;
}

export type FrameOperands = Readonly<Partial<Record<FrameOperand, number>>>;
export type FrameOperand =
  | 'bytecodeOffset'
  | 'function'
  | 'bytecodeArray'
  | 'height'
  | 'returnOffset'
  | 'returnCount'
  | 'parameterCount'
  | 'builtin';

const frame = (name: string, info: FrameInfo, ...operands: FrameOperand[]): OpcodeInfo => ({
  name,
  operands,
  category: 'frame',
  frame: info,
  at: Object.fromEntries(operands.map((operand, i) => [operand, i])),
});

/** function, parameters with receiver, context, registers, accumulator */
const interpretedFrame: FrameInfo = {
  kind: 'interpreted',
  title: 'interpreted frame',
  values: (height, parameterCount) => 1 + parameterCount + 1 + height + 1,
  names: ['function', '<this>'],
};
const continuationFrame = (kind: FrameKind, title: string): FrameInfo => ({
  kind,
  title,
  values: (height) => 1 + height + 1,
  names: ['function', '<this>'],
});
const object = (name: string, ...operands: string[]): OpcodeInfo => ({ name, operands, category: 'object' });
const value = (name: string, source: ValueSource, representation: ValueRepresentation): OpcodeInfo => ({
  name,
  operands: source === 'none' ? [] : [source === 'stack' ? 'slot' : source === 'literal' ? 'literal' : 'code'],
  category: 'value',
  source,
  representation,
});

export const translationOpcodes: Readonly<Record<TranslationOpcode, OpcodeInfo>> = {
  [TranslationOpcode.Begin]: { name: 'BEGIN', operands: ['frames', 'jsFrames'], category: 'begin' },
  [TranslationOpcode.UpdateFeedback]: { name: 'UPDATE_FEEDBACK', operands: ['vector', 'slot'], category: 'feedback' },
  [TranslationOpcode.InterpretedFrameWithReturn]: frame(
    'INTERPRETED_FRAME_WITH_RETURN',
    interpretedFrame,
    'bytecodeOffset',
    'function',
    'bytecodeArray',
    'height',
    'returnOffset',
    'returnCount',
  ),
  [TranslationOpcode.InterpretedFrameWithoutReturn]: frame(
    'INTERPRETED_FRAME_WITHOUT_RETURN',
    interpretedFrame,
    'bytecodeOffset',
    'function',
    'bytecodeArray',
    'height',
  ),
  [TranslationOpcode.InlinedExtraArguments]: frame(
    'INLINED_EXTRA_ARGUMENTS',
    {
      kind: 'inlinedExtraArguments',
      title: 'inlined arguments frame',
      values: (height) => 1 + height,
      names: ['function', '<this>'],
    },
    'function',
    'height',
    'parameterCount',
  ),
  [TranslationOpcode.ConstructCreateStubFrame]: frame(
    'CONSTRUCT_CREATE_STUB_FRAME',
    continuationFrame('constructCreateStub', 'construct create stub frame'),
    'function',
    'height',
  ),
  [TranslationOpcode.ConstructInvokeStubFrame]: frame(
    'CONSTRUCT_INVOKE_STUB_FRAME',
    {
      kind: 'constructInvokeStub',
      title: 'construct invoke stub frame',
      values: () => 2,
      names: ['receiver', 'context'],
    },
    'function',
  ),
  [TranslationOpcode.BuiltinContinuationFrame]: frame(
    'BUILTIN_CONTINUATION_FRAME',
    continuationFrame('builtinContinuation', 'builtin continuation frame'),
    'builtin',
    'function',
    'height',
  ),
  [TranslationOpcode.JavaScriptBuiltinContinuationFrame]: frame(
    'JAVASCRIPT_BUILTIN_CONTINUATION_FRAME',
    continuationFrame('javaScriptBuiltinContinuation', 'JavaScript builtin continuation frame'),
    'builtin',
    'function',
    'height',
  ),
  [TranslationOpcode.JavaScriptBuiltinContinuationWithCatchFrame]: frame(
    'JAVASCRIPT_BUILTIN_CONTINUATION_WITH_CATCH_FRAME',
    continuationFrame('javaScriptBuiltinContinuation', 'builtin continuation frame'),
    'builtin',
    'function',
    'height',
  ),
  [TranslationOpcode.ArgumentsElements]: object('ARGUMENTS_ELEMENTS', 'type'),
  [TranslationOpcode.ArgumentsLength]: object('ARGUMENTS_LENGTH'),
  [TranslationOpcode.CapturedObject]: object('CAPTURED_OBJECT', 'length'),
  [TranslationOpcode.DuplicatedObject]: object('DUPLICATED_OBJECT', 'object'),
  [TranslationOpcode.Register]: value('REGISTER', 'register', 'tagged'),
  [TranslationOpcode.Int32Register]: value('INT32_REGISTER', 'register', 'int32'),
  [TranslationOpcode.Uint32Register]: value('UINT32_REGISTER', 'register', 'uint32'),
  [TranslationOpcode.Int64Register]: value('INT64_REGISTER', 'register', 'int64'),
  [TranslationOpcode.Uint64Register]: value('UINT64_REGISTER', 'register', 'uint64'),
  [TranslationOpcode.SignedBigInt64Register]: value('SIGNED_BIGINT64_REGISTER', 'register', 'bigint64'),
  [TranslationOpcode.UnsignedBigInt64Register]: value('UNSIGNED_BIGINT64_REGISTER', 'register', 'biguint64'),
  [TranslationOpcode.BoolRegister]: value('BOOL_REGISTER', 'register', 'bit'),
  [TranslationOpcode.CompressedRegister]: value('COMPRESSED_REGISTER', 'register', 'compressed'),
  [TranslationOpcode.FloatRegister]: value('FLOAT_REGISTER', 'xmm', 'float32'),
  [TranslationOpcode.DoubleRegister]: value('DOUBLE_REGISTER', 'xmm', 'float64'),
  [TranslationOpcode.HoleyDoubleRegister]: value('HOLEY_DOUBLE_REGISTER', 'xmm', 'holeyFloat64'),
  [TranslationOpcode.TaggedStackSlot]: value('TAGGED_STACK_SLOT', 'stack', 'tagged'),
  [TranslationOpcode.Int32StackSlot]: value('INT32_STACK_SLOT', 'stack', 'int32'),
  [TranslationOpcode.Uint32StackSlot]: value('UINT32_STACK_SLOT', 'stack', 'uint32'),
  [TranslationOpcode.Int64StackSlot]: value('INT64_STACK_SLOT', 'stack', 'int64'),
  [TranslationOpcode.Uint64StackSlot]: value('UINT64_STACK_SLOT', 'stack', 'uint64'),
  [TranslationOpcode.SignedBigInt64StackSlot]: value('SIGNED_BIGINT64_STACK_SLOT', 'stack', 'bigint64'),
  [TranslationOpcode.UnsignedBigInt64StackSlot]: value('UNSIGNED_BIGINT64_STACK_SLOT', 'stack', 'biguint64'),
  [TranslationOpcode.BoolStackSlot]: value('BOOL_STACK_SLOT', 'stack', 'bit'),
  [TranslationOpcode.CompressedStackSlot]: value('COMPRESSED_STACK_SLOT', 'stack', 'compressed'),
  [TranslationOpcode.FloatStackSlot]: value('FLOAT_STACK_SLOT', 'stack', 'float32'),
  [TranslationOpcode.DoubleStackSlot]: value('DOUBLE_STACK_SLOT', 'stack', 'float64'),
  [TranslationOpcode.HoleyDoubleStackSlot]: value('HOLEY_DOUBLE_STACK_SLOT', 'stack', 'holeyFloat64'),
  [TranslationOpcode.Literal]: value('LITERAL', 'literal', 'tagged'),
  [TranslationOpcode.OptimizedOut]: value('OPTIMIZED_OUT', 'none', 'tagged'),
};

/** The most operands any opcode has. */
export const maxTranslationOperands = 6;

const valueOpcodes = new Map<string, TranslationOpcode>();
for (const [opcode, info] of Object.entries(translationOpcodes)) {
  if (info.category === 'value') valueOpcodes.set(`${info.source}:${info.representation}`, Number(opcode));
}

/** The opcode that describes a value of `representation` in `source`; throws a RangeError where none exists. */
export function valueOpcode(source: ValueSource, representation: ValueRepresentation): TranslationOpcode {
  const opcode = valueOpcodes.get(`${source}:${representation}`);
  if (opcode === undefined) {
    throw new RangeError(
      `no translation opcode for a ${representation} value in a ${source}; the compiler must convert it first`,
    );
  }
  return opcode;
}
