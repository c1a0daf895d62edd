// Deoptimize reasons (V8: src/deoptimizer/deoptimize-reason.h): one row a reason; the text is what V8 traces.
// Each also says, for people, what was assumed and what to do about it.

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
  DivisionByZero,
  Exponent,
  GreaterThanMaxFastElementLength,
  Hole,
  InstanceMigrationFailed,
  InsufficientTypeFeedbackForBinaryOperation,
  InsufficientTypeFeedbackForCall,
  InsufficientTypeFeedbackForCompareOperation,
  InsufficientTypeFeedbackForConstruct,
  InsufficientTypeFeedbackForForIn,
  InsufficientTypeFeedbackForGenericKeyedAccess,
  InsufficientTypeFeedbackForGenericNamedAccess,
  InsufficientTypeFeedbackForInstanceOf,
  InsufficientTypeFeedbackForTypeOf,
  InsufficientTypeFeedbackForUnaryOperation,
  InvalidMap,
  KeyedAccessChanged,
  LostPrecision,
  LostPrecisionOrNaN,
  MinusZero,
  NaN,
  NoCache,
  NotABigInt,
  NotABigInt64,
  NotABoolean,
  NotADetachableArrayBuffer,
  NotAdditiveSafeInteger,
  NotAHeapNumber,
  NotAJavaScriptObject,
  NotAJavaScriptObjectOrNullOrUndefined,
  NotANumber,
  NotANumberOrBoolean,
  NotANumberOrOddball,
  NotAnArrayIndex,
  NotASmi,
  NotAString,
  NotAStringOrStringWrapper,
  NotASymbol,
  NotInt32,
  NotUint32,
  OSREarlyExit,
  OutOfBounds,
  Overflow,
  PrepareForOnStackReplacement,
  PrototypeChange,
  Smi,
  StoreToConstant,
  StringTooLarge,
  SuspendGeneratorIsDead,
  Unknown,
  UnoptimizedCatch,
  ValueMismatch,
  WrongCallTarget,
  WrongEnumIndices,
  WrongFeedbackCell,
  WrongInstanceType,
  WrongMap,
  WrongMapDynamic,
  WrongName,
  WrongValue,
  WrongConstructor,
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
  [DeoptimizeReason.DivisionByZero]: row('division by zero', 'an integer division never has a zero divisor'),
  [DeoptimizeReason.Exponent]: row('exponent', 'the exponent is in the expected range'),
  [DeoptimizeReason.GreaterThanMaxFastElementLength]: row(
    'length is greater than the maximum for fast elements',
    'an array stays short enough for fast elements',
  ),
  [DeoptimizeReason.Hole]: row('hole', 'an array slot or variable read here is never empty (a hole)'),
  [DeoptimizeReason.InstanceMigrationFailed]: row(
    'instance migration failed',
    'an object with an outdated shape can be migrated to the current one',
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
  [DeoptimizeReason.InsufficientTypeFeedbackForTypeOf]: row(
    'Insufficient type feedback for typeof',
    noFeedback('typeof'),
  ),
  [DeoptimizeReason.InsufficientTypeFeedbackForUnaryOperation]: row(
    'Insufficient type feedback for unary operation',
    noFeedback('operation'),
  ),
  [DeoptimizeReason.InvalidMap]: row('invalid map', 'an object has a valid shape'),
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
  [DeoptimizeReason.NotABigInt]: row('not a BigInt', 'the value is always a BigInt'),
  [DeoptimizeReason.NotABigInt64]: row('not a BigInt64', 'the value is always a BigInt of 64 bits'),
  [DeoptimizeReason.NotABoolean]: row('not a Boolean', 'the value is always true or false'),
  [DeoptimizeReason.NotADetachableArrayBuffer]: row(
    'not a detachable array buffer',
    'the array buffer can be detached',
  ),
  [DeoptimizeReason.NotAdditiveSafeInteger]: row(
    'not an additive safe integer',
    'sums stay in the range of safe integers',
  ),
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
  [DeoptimizeReason.NotAnArrayIndex]: row('not an array index', 'the key is always an array index'),
  [DeoptimizeReason.NotASmi]: row('not a Smi', 'the value is always a small integer (31 bits here)'),
  [DeoptimizeReason.NotAString]: row('not a String', 'the value is always a string'),
  [DeoptimizeReason.NotAStringOrStringWrapper]: row(
    'not a string or a string wrapper',
    'the value is always a string or String object',
  ),
  [DeoptimizeReason.NotASymbol]: row('not a Symbol', 'the value is always a symbol'),
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
  [DeoptimizeReason.PrototypeChange]: row('prototype change', 'a prototype stays as it was'),
  [DeoptimizeReason.Smi]: row('Smi', 'the value is never a small integer'),
  [DeoptimizeReason.StoreToConstant]: row(
    'store to a constant field or property',
    'a field that was written once is never written again',
  ),
  [DeoptimizeReason.StringTooLarge]: row(
    'Result string larger than String::kMaxLength',
    'a string stays below the maximum length',
  ),
  [DeoptimizeReason.SuspendGeneratorIsDead]: row('SuspendGenerator is in a dead branch', 'this yield is never reached'),
  [DeoptimizeReason.Unknown]: row('(unknown)', 'something this code depends on stays as it was'),
  [DeoptimizeReason.UnoptimizedCatch]: row('First use of catch block', 'this catch block never runs'),
  [DeoptimizeReason.ValueMismatch]: row('value mismatch', 'a value is the constant that it was'),
  [DeoptimizeReason.WrongCallTarget]: row('wrong call target', 'this call always calls the same function'),
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
  [DeoptimizeReason.WrongConstructor]: row('wrong constructor', 'new always constructs the same class here'),
};

/** V8's message by reason. */
export const deoptimizeReasons: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(deoptimizeReasonTable).map(([reason, info]) => [reason, info.message]),
);
