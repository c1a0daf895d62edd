// Deoptimize reasons: V8 13.6's list, one row a reason; the message is exactly what V8 traces.
// Each row also says, for people, what had been assumed.

export interface DeoptimizeReasonInfo {
  /** V8's message. */
  readonly message: string;
  /** What the optimized code had assumed, in plain words. */
  readonly assumption: string;
}

const row = (message: string, assumption: string): DeoptimizeReasonInfo => ({ message, assumption });

export enum DeoptimizeReason {
  ArrayBufferWasDetached,
  ArrayLengthChanged,
  BigIntTooBig,
  ConstTrackingLet,
  CouldNotGrowElements,
  CowArrayElementsChanged,
  DeoptimizeNow,
  DeprecatedMap,
  DivisionByZero,
  Float16NotYetSupported,
  GreaterThanMaxFastElementArray,
  Hole,
  InstanceMigrationFailed,
  InsufficientTypeFeedbackForArrayLiteral,
  InsufficientTypeFeedbackForBinaryOperation,
  InsufficientTypeFeedbackForCall,
  InsufficientTypeFeedbackForCompareOperation,
  InsufficientTypeFeedbackForConstruct,
  InsufficientTypeFeedbackForForIn,
  InsufficientTypeFeedbackForGenericGlobalAccess,
  InsufficientTypeFeedbackForGenericKeyedAccess,
  InsufficientTypeFeedbackForGenericNamedAccess,
  InsufficientTypeFeedbackForInstanceOf,
  InsufficientTypeFeedbackForObjectLiteral,
  InsufficientTypeFeedbackForTypeOf,
  InsufficientTypeFeedbackForUnaryOperation,
  KeyedAccessChanged,
  LostPrecision,
  LostPrecisionOrNaN,
  MinusZero,
  NaN,
  NoCache,
  NoInitialElement,
  NotABigInt,
  NotABigInt64,
  NotAHeapNumber,
  NotAJavaScriptObject,
  NotAJavaScriptObjectOrNullOrUndefined,
  NotANumber,
  NotANumberOrBoolean,
  NotANumberOrOddball,
  NotASmi,
  NotAString,
  NotAStringOrStringWrapper,
  NotAStringWrapper,
  NotASymbol,
  NotAdditiveSafeInteger,
  NotAnArrayIndex,
  NotDetectableReceiver,
  NotInt32,
  NotUint32,
  OSREarlyExit,
  OutOfBounds,
  Overflow,
  PrepareForOnStackReplacement,
  Smi,
  StoreToConstant,
  StringTooLarge,
  SuspendGeneratorIsDead,
  UnexpectedContextExtension,
  Unknown,
  UnoptimizedCatch,
  ValueMismatch,
  WrongCallTarget,
  WrongConstructor,
  WrongEnumIndices,
  WrongFeedbackCell,
  WrongInstanceType,
  WrongMap,
  WrongMapDynamic,
  WrongName,
  WrongValue,
}

const noFeedback = (what: string): string =>
  `this ${what} had never run when the code was compiled, so nothing was known about it`;

export const deoptimizeReasonTable: Readonly<Record<DeoptimizeReason, DeoptimizeReasonInfo>> = {
  [DeoptimizeReason.ArrayBufferWasDetached]: row(
    'array buffer was detached',
    'the buffer behind a typed array is still attached',
  ),
  [DeoptimizeReason.ArrayLengthChanged]: row(
    'the array length changed',
    'a builtin that walks an array finds its length unchanged',
  ),
  [DeoptimizeReason.BigIntTooBig]: row('BigInt too big', 'a BigInt fits in 64 bits'),
  [DeoptimizeReason.ConstTrackingLet]: row(
    'const tracking let constness invalidated',
    'a let binding is never reassigned',
  ),
  [DeoptimizeReason.CouldNotGrowElements]: row('failed to grow elements store', 'the elements can grow in place'),
  [DeoptimizeReason.CowArrayElementsChanged]: row(
    "copy-on-write array's elements changed",
    'a literal array still shares its copy-on-write elements',
  ),
  [DeoptimizeReason.DeoptimizeNow]: row('%_DeoptimizeNow', 'the program asked for this bailout'),
  [DeoptimizeReason.DeprecatedMap]: row('deprecated map', 'an object has a shape that is not outdated'),
  [DeoptimizeReason.DivisionByZero]: row('division by zero', 'an integer division never has a zero divisor'),
  [DeoptimizeReason.Float16NotYetSupported]: row(
    'float16 is not supported as machine operation',
    'the machine has Float16 instructions',
  ),
  [DeoptimizeReason.GreaterThanMaxFastElementArray]: row(
    'length is greater than the maximum for fast elements array',
    'an array stays short enough for fast elements',
  ),
  [DeoptimizeReason.Hole]: row('hole', 'an array slot or variable read here is never empty (a hole)'),
  [DeoptimizeReason.InstanceMigrationFailed]: row(
    'instance migration failed',
    'an object with an outdated shape can be migrated to the current one',
  ),
  [DeoptimizeReason.InsufficientTypeFeedbackForArrayLiteral]: row(
    'Insufficient type feedback for array literal',
    noFeedback('array literal'),
  ),
  [DeoptimizeReason.InsufficientTypeFeedbackForBinaryOperation]: row(
    'Insufficient type feedback for binary operation',
    noFeedback('operation'),
  ),
  [DeoptimizeReason.InsufficientTypeFeedbackForCall]: row('Insufficient type feedback for call', noFeedback('call')),
  [DeoptimizeReason.InsufficientTypeFeedbackForCompareOperation]: row(
    'Insufficient type feedback for compare operation',
    noFeedback('comparison'),
  ),
  [DeoptimizeReason.InsufficientTypeFeedbackForConstruct]: row(
    'Insufficient type feedback for construct',
    noFeedback('construction'),
  ),
  [DeoptimizeReason.InsufficientTypeFeedbackForForIn]: row(
    'Insufficient type feedback for for-in',
    noFeedback('for-in loop'),
  ),
  [DeoptimizeReason.InsufficientTypeFeedbackForGenericGlobalAccess]: row(
    'Insufficient type feedback for generic global access',
    noFeedback('global access'),
  ),
  [DeoptimizeReason.InsufficientTypeFeedbackForGenericKeyedAccess]: row(
    'Insufficient type feedback for generic keyed access',
    noFeedback('keyed access'),
  ),
  [DeoptimizeReason.InsufficientTypeFeedbackForGenericNamedAccess]: row(
    'Insufficient type feedback for generic named access',
    noFeedback('property access'),
  ),
  [DeoptimizeReason.InsufficientTypeFeedbackForInstanceOf]: row(
    'Insufficient type feedback for instanceof',
    noFeedback('instanceof'),
  ),
  [DeoptimizeReason.InsufficientTypeFeedbackForObjectLiteral]: row(
    'Insufficient type feedback for object literal',
    noFeedback('object literal'),
  ),
  [DeoptimizeReason.InsufficientTypeFeedbackForTypeOf]: row(
    'Insufficient type feedback for typeof',
    noFeedback('typeof'),
  ),
  [DeoptimizeReason.InsufficientTypeFeedbackForUnaryOperation]: row(
    'Insufficient type feedback for unary operation',
    noFeedback('operation'),
  ),
  [DeoptimizeReason.KeyedAccessChanged]: row(
    'unexpected name in keyed access',
    'this keyed access always uses the same key',
  ),
  [DeoptimizeReason.LostPrecision]: row('lost precision', 'a number is an integer of 32 (or 64) bits'),
  [DeoptimizeReason.LostPrecisionOrNaN]: row(
    'lost precision or NaN',
    'a number is an integer of 32 (or 64) bits, and not NaN',
  ),
  [DeoptimizeReason.MinusZero]: row('minus zero', 'an integer result is never −0'),
  [DeoptimizeReason.NaN]: row('NaN', 'a number is never NaN'),
  [DeoptimizeReason.NoCache]: row('no cache', 'an inline cache exists here'),
  [DeoptimizeReason.NoInitialElement]: row('no initial element', 'a reduced array has an element to start with'),
  [DeoptimizeReason.NotABigInt]: row('not a BigInt', 'the value is always a BigInt'),
  [DeoptimizeReason.NotABigInt64]: row('not a BigInt64', 'the value is always a BigInt of 64 bits'),
  [DeoptimizeReason.NotAHeapNumber]: row('not a heap number', 'the value is always a number outside the Smi range'),
  [DeoptimizeReason.NotAJavaScriptObject]: row('not a JavaScript object', 'the value is always an object'),
  [DeoptimizeReason.NotAJavaScriptObjectOrNullOrUndefined]: row(
    'not a JavaScript object, Null or Undefined',
    'the value is always an object, null or undefined',
  ),
  [DeoptimizeReason.NotANumber]: row('not a Number', 'the value is always a number'),
  [DeoptimizeReason.NotANumberOrBoolean]: row('not a Number or Boolean', 'the value is always a number or a boolean'),
  [DeoptimizeReason.NotANumberOrOddball]: row(
    'not a Number or Oddball',
    'the value is always a number, boolean, null or undefined',
  ),
  [DeoptimizeReason.NotASmi]: row('not a Smi', 'the value is always a small integer (31 bits here)'),
  [DeoptimizeReason.NotAString]: row('not a String', 'the value is always a string'),
  [DeoptimizeReason.NotAStringOrStringWrapper]: row(
    'not a String or a string wrapper',
    'the value is always a string or String object',
  ),
  [DeoptimizeReason.NotAStringWrapper]: row('not a string wrapper', 'the value is always a String object'),
  [DeoptimizeReason.NotASymbol]: row('not a Symbol', 'the value is always a symbol'),
  [DeoptimizeReason.NotAdditiveSafeInteger]: row('not AdditiveSafeInteger', 'sums stay in the range of safe integers'),
  [DeoptimizeReason.NotAnArrayIndex]: row('not an array index', 'the key is always an array index'),
  [DeoptimizeReason.NotDetectableReceiver]: row(
    'not a detectable receiver',
    'the value is always an object other than document.all',
  ),
  [DeoptimizeReason.NotInt32]: row('not int32', 'the value is always a signed 32-bit integer'),
  [DeoptimizeReason.NotUint32]: row('not unsigned int32', 'the value is always an unsigned 32-bit integer'),
  [DeoptimizeReason.OSREarlyExit]: row(
    "exit from OSR'd inner loop",
    'the program stays in the loop that was replaced on the stack',
  ),
  [DeoptimizeReason.OutOfBounds]: row('out of bounds', 'an index is always inside the array or string'),
  [DeoptimizeReason.Overflow]: row('overflow', 'an integer result always fits in 31 (or 32) bits'),
  [DeoptimizeReason.PrepareForOnStackReplacement]: row(
    'prepare for on stack replacement (OSR)',
    'the loop is not hot enough to be replaced on the stack',
  ),
  [DeoptimizeReason.Smi]: row('Smi', 'the value is never a small integer'),
  [DeoptimizeReason.StoreToConstant]: row(
    'Storing to a constant field',
    'a field that was written once is never written again',
  ),
  [DeoptimizeReason.StringTooLarge]: row(
    'Result string larger than String::kMaxLength',
    'a string stays below the maximum length',
  ),
  [DeoptimizeReason.SuspendGeneratorIsDead]: row('SuspendGenerator is in a dead branch', 'this yield is never reached'),
  [DeoptimizeReason.UnexpectedContextExtension]: row(
    'unexpected context extension',
    'no eval added a variable to the scope',
  ),
  [DeoptimizeReason.Unknown]: row('(unknown)', 'something this code depends on stays as it was'),
  [DeoptimizeReason.UnoptimizedCatch]: row('First use of catch block', 'this catch block never runs'),
  [DeoptimizeReason.ValueMismatch]: row('value mismatch', 'a value is the constant that it was'),
  [DeoptimizeReason.WrongCallTarget]: row('wrong call target', 'this call always calls the same function'),
  [DeoptimizeReason.WrongConstructor]: row(
    'wrong call target constructor',
    'new always constructs the same class here',
  ),
  [DeoptimizeReason.WrongEnumIndices]: row('wrong enum indices', 'the object of a for-in loop keeps its shape'),
  [DeoptimizeReason.WrongFeedbackCell]: row('wrong feedback cell', 'closures called here come from the same place'),
  [DeoptimizeReason.WrongInstanceType]: row('wrong instance type', 'the value is always the same kind of object'),
  [DeoptimizeReason.WrongMap]: row('wrong map', 'the object always has a shape (Map) seen before'),
  [DeoptimizeReason.WrongMapDynamic]: row(
    'map changed during operation',
    'the object keeps its shape while it is being used',
  ),
  [DeoptimizeReason.WrongName]: row('wrong name', 'the property key is always the same'),
  [DeoptimizeReason.WrongValue]: row('wrong value', 'a value is the constant that it was'),
};

/** V8's message by reason. */
export const deoptimizeReasons: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(deoptimizeReasonTable).map(([reason, info]) => [reason, info.message]),
);

/** Why code was marked for deoptimization (V8: LazyDeoptimizeReason). */
export const lazyDeoptimizeReasons = [
  'dependent map was deprecated',
  'dependent field type changed',
  'dependent initial map changed',
  'embedded weak objects cleared',
  'JS debugger attached',
  'for testing',
  'marked due to eager deopt',
  'dependent prototype chain changed',
  'dependent property cell changed',
  'dependent field type constness changed',
  'dependent field representation changed',
  'dependent allocation site tenuring changed',
  'dependent allocation site transition changed',
  'dependent script context slot property changed',
  'dependent empty context extension changed',
  'exception with omitted catch handler',
  'value in stack frame was materialized',
] as const;
export type LazyDeoptimizeReason = (typeof lazyDeoptimizeReasons)[number];
