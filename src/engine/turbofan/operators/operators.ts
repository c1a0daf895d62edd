// The IR's operators: ONE table. A row gives category, input and output counts (value, context, frame state, effect,
// control), properties, the representation of the result, and one line of meaning. Everything else (constructors, printer,
// verifier, lowering checks) is computed from it. V8: common-operator, js-operator, simplified-operator, machine-operator.
//
// Inputs of a node stand in this order: values, context, frame state, effects, controls.
//
// ── The machine-level contract ── what the backend gets after effect/control linearization and memory lowering. Only
// operators whose category is 'common' (marked `machine: true`) or 'machine' remain. Every value-producing node has a
// MachineType: `machineTypeOf(node)`. See machine-contract.md in the folder above.

import { type MachineType, MachineTypes, Rep } from '../graph/machine-type.ts';

export type Category = 'common' | 'js' | 'simplified' | 'machine';

export interface OperatorRow {
  readonly category: Category;
  /** −1: varies with the node's parameter; given to `operator()`. */
  readonly valueIn: number;
  readonly contextIn: number;
  readonly frameStateIn: number;
  readonly effectIn: number;
  readonly controlIn: number;
  readonly valueOut: number;
  readonly effectOut: number;
  readonly controlOut: number;
  /** No effect, no control dependence, no deopt: may be shared, moved, dropped. */
  readonly pure: boolean;
  /** Never throws a JavaScript exception. */
  readonly noThrow: boolean;
  /** Does not write memory that others see. */
  readonly noWrite: boolean;
  /** May leave by an eager bailout: takes the frame state of the checkpoint before it. */
  readonly canDeopt: boolean;
  readonly commutative: boolean;
  /** May remain in the machine-level graph. */
  readonly machine: boolean;
  /** Type of the result where it does not depend on the parameter. */
  readonly type: MachineType | undefined;
  readonly doc: string;
}

/**
 * Counts: 'v2 x1 f1 e1 c1 > v1 e1 c2', n = variable (`vn`). Flags: p pure, t noThrow, r noWrite (reads only), d canDeopt, c commutative, m stays at machine level.
 */
function row(
  category: Category,
  counts: string,
  flags: string,
  type: MachineType | undefined,
  doc: string,
): OperatorRow {
  const ins: Record<string, number> = { v: 0, x: 0, f: 0, e: 0, c: 0 };
  const outs: Record<string, number> = { v: 0, e: 0, c: 0 };
  let side = ins;
  for (const word of counts.split(' ')) {
    if (word === '>') side = outs;
    else if (word !== '') side[word[0]!] = word[1] === 'n' ? -1 : Number(word.slice(1));
  }
  const pure = flags.includes('p');
  return Object.freeze({
    category,
    valueIn: ins.v!,
    contextIn: ins.x!,
    frameStateIn: ins.f!,
    effectIn: ins.e!,
    controlIn: ins.c!,
    valueOut: outs.v!,
    effectOut: outs.e!,
    controlOut: outs.c!,
    pure,
    noThrow: pure || flags.includes('t') || flags.includes('d'),
    noWrite: pure || flags.includes('r') || flags.includes('d'),
    canDeopt: flags.includes('d'),
    commutative: flags.includes('c'),
    machine: category === 'machine' || flags.includes('m'),
    type,
    doc,
  });
}

const T = MachineTypes;
const common = (counts: string, flags: string, doc: string, type?: MachineType) =>
  row('common', counts, flags, type, doc);
/** A JS operator that may run JavaScript: v values, context, frame state after, effect, control. */
const js = (v: number | 'n', doc: string, flags = '') =>
  row('js', `v${v} x1 f1 e1 c1 > v1 e1 c1`, flags, T.AnyTagged, doc);
/** A JS operator that cannot throw or run JavaScript, but has an effect. */
const jsQuiet = (v: number | 'n', doc: string, flags = 't') =>
  row('js', `v${v} x1 e1 c1 > v1 e1 c1`, flags, T.AnyTagged, doc);
const pure = (v: number, doc: string, flags = '', type: MachineType = T.AnyTagged) =>
  row('simplified', `v${v} > v1`, 'p' + flags, type, doc);
const speculative = (v: number, doc: string, flags = 'r', type: MachineType = T.AnyTagged) =>
  row('simplified', `v${v} e1 c1 > v1 e1`, 't' + flags, type, doc);
const check = (v: number, doc: string, type: MachineType = T.AnyTagged) =>
  row('simplified', `v${v} e1 c1 > v1 e1`, 'd', type, doc);
const effectful = (
  v: number | 'n',
  out: 0 | 1,
  doc: string,
  flags = 't',
  type: MachineType | undefined = out ? T.AnyTagged : undefined,
) => row('simplified', `v${v} e1 c1 > v${out} e1`, flags, type, doc);
const mach = (v: number, type: MachineType, doc: string, flags = '') =>
  row('machine', `v${v} > v1`, 'p' + flags, type, doc);
const machOverflow = (v: number, doc: string) => row('machine', `v${v} > v2`, 'p', T.Int32, doc);

// biome-ignore format: one operator, one line
export const operatorTable = {
  // ── common ──
  Start: common('> v1 e1 c1', 'm', 'entry of the function; Parameters hang off it'),
  End: common('cn', 'm', 'all ways out'),
  Dead: common('> v1 e1 c1', 'tm', 'unreachable control or effect'),
  DeadValue: common('v1 > v1', 'p', 'value that is never computed', T.None),
  Loop: common('cn > c1', 'tm', 'loop header: input 0 entry, the rest back edges'),
  Merge: common('cn > c1', 'tm', 'control join'),
  Branch: common('v1 c1 > c2', 'tm', 'IfTrue / IfFalse by condition; parameter BranchHint'),
  IfTrue: common('c1 > c1', 'tm', 'true projection'),
  IfFalse: common('c1 > c1', 'tm', 'false projection'),
  IfSuccess: common('c1 > c1', 'tm', 'normal continuation of a throwing node'),
  IfException: common('e1 c1 > v1 e1 c1', 'tm', 'exceptional continuation; value = the exception', T.AnyTagged),
  Switch: common('v1 c1 > cn', 'tm', 'multi-way branch on int32'),
  IfValue: common('c1 > c1', 'tm', 'case of a Switch; parameter value'),
  IfDefault: common('c1 > c1', 'tm', 'default of a Switch'),
  Phi: common('vn c1 > v1', 'm', 'value join; parameter MachineType'),
  EffectPhi: common('en c1 > e1', 'tm', 'effect join'),
  Terminate: common('e1 c1 > c1', 'tm', 'keeps an endless loop reachable from End'),
  Return: common('vn e1 c1 > c1', 'tm', 'inputs: value'),
  Throw: common('e1 c1 > c1', 'tm', 'control never gets here; after a call that always throws'),
  Unreachable: common('e1 c1 > v1 e1', 'tm', 'traps if reached', T.None),
  Deoptimize: common('f1 e1 c1 > c1', 'tm', 'unconditional bailout; parameter DeoptimizeParameters'),
  DeoptimizeIf: common('v1 f1 e1 c1 > e1 c1', 'tm', 'bailout if the bit is 1; parameter DeoptimizeParameters'),
  DeoptimizeUnless: common('v1 f1 e1 c1 > e1 c1', 'tm', 'bailout if the bit is 0; parameter DeoptimizeParameters'),
  Parameter: common('v1 > v1', 'pm', 'parameter index: 0 receiver, 1… arguments, −1 closure (rdi), n+1… see ParameterIndex; input Start', T.AnyTagged),
  OsrValue: common('v1 > v1', 'pm', 'interpreter register value on OSR entry; parameter register index; input Start', T.AnyTagged),
  Int32Constant: common('> v1', 'pm', 'parameter number', T.Int32),
  Int64Constant: common('> v1', 'pm', 'parameter bigint', T.Int64),
  Float64Constant: common('> v1', 'pm', 'parameter number', T.Float64),
  NumberConstant: common('> v1', 'p', 'JS number, representation chosen by simplified lowering', T.AnyTagged),
  HeapConstant: common('> v1', 'pm', 'parameter tagged word (heap object, old or read-only)', T.TaggedPointer),
  SmiConstant: common('> v1', 'pm', 'parameter number; the tagged Smi', T.TaggedSigned),
  ExternalConstant: common('> v1', 'pm', 'parameter: name of an isolate data field or an address', T.Pointer),
  FrameState: common('v5 f1 > v1', 'pm', 'parameters, locals, stack, context, function, outer FrameState (Start: none); parameter FrameStateInfo'),
  StateValues: common('vn > v1', 'p', 'sparse list of tagged values of a FrameState; parameter StateValuesParameters'),
  TypedStateValues: common('vn > v1', 'pm', 'the same with a MachineType per value'),
  ObjectState: common('vn > v1', 'p', 'fields of a virtual object (map first); parameter ObjectStateParameters'),
  TypedObjectState: common('vn > v1', 'pm', 'the same with a MachineType per field'),
  ObjectId: common('> v1', 'pm', 'another mention of virtual object `id`'),
  ArgumentsElementsState: common('> v1', 'pm', 'elements of an arguments object, rebuilt from the frame'),
  ArgumentsLengthState: common('> v1', 'pm', 'number of actual arguments, read from the frame'),
  Checkpoint: common('f1 e1 c1 > e1', 'tr', 'frame state before: where eager bailouts after it resume'),
  BeginRegion: common('e1 > e1', 't', 'start of an allocation with its stores'),
  FinishRegion: common('v1 e1 > v1 e1', 't', 'end of the allocation; value = the object', T.TaggedPointer),
  TypeGuard: common('v1 e1 c1 > v1 e1', 'tr', 'the value with a narrower type'),
  Select: common('v3 > v1', 'p', 'condition ? a : b', T.AnyTagged),
  Projection: common('v1 c1 > v1', 'pm', 'result n of a node with several'),
  Call: common('vn xn fn en cn > vn en cn', 'm', 'parameter CallDescriptor; inputs as it says'),

  // ── JavaScript ──
  JSEqual: js(2, 'a == b'), JSStrictEqual: js(2, 'a === b', 't'), JSLessThan: js(2, 'a < b'), JSGreaterThan: js(2, 'a > b'),
  JSLessThanOrEqual: js(2, 'a <= b'), JSGreaterThanOrEqual: js(2, 'a >= b'),
  JSAdd: js(2, 'a + b'), JSSubtract: js(2, 'a - b'), JSMultiply: js(2, 'a * b'), JSDivide: js(2, 'a / b'), JSModulus: js(2, 'a % b'), JSExponentiate: js(2, 'a ** b'),
  JSBitwiseOr: js(2, 'a | b'), JSBitwiseXor: js(2, 'a ^ b'), JSBitwiseAnd: js(2, 'a & b'), JSShiftLeft: js(2, 'a << b'), JSShiftRight: js(2, 'a >> b'), JSShiftRightLogical: js(2, 'a >>> b'),
  JSIncrement: js(1, 'a + 1'), JSDecrement: js(1, 'a - 1'), JSNegate: js(1, '-a'), JSBitwiseNot: js(1, '~a'),
  JSToNumber: js(1, 'ToNumber'), JSToNumeric: js(1, 'ToNumeric'), JSToName: js(1, 'ToPropertyKey'), JSToString: js(1, 'ToString'), JSToObject: js(1, 'ToObject'), JSToLength: js(1, 'ToLength'),
  JSTypeOf: js(1, 'typeof a', 't'),
  JSInstanceOf: js(2, 'object, constructor'), JSOrdinaryHasInstance: js(2, 'constructor, object'), JSHasProperty: js(2, 'object, key'),
  JSLoadGlobal: js(0, 'global by name; parameter LoadGlobalParameters'), JSStoreGlobal: js(1, 'value'),
  JSLoadNamed: js(1, 'object; parameter NamedAccess'), JSSetNamedProperty: js(2, 'object, value; parameter NamedAccess'), JSDefineNamedOwnProperty: js(2, 'object, value'),
  JSLoadNamedFromSuper: js(2, 'receiver, home object'),
  JSLoadProperty: js(2, 'object, key; parameter feedback'), JSSetKeyedProperty: js(3, 'object, key, value'), JSDefineKeyedOwnProperty: js(3, 'object, key, value'),
  JSStoreInArrayLiteral: js(3, 'array, index, value'), JSDefineKeyedOwnPropertyInLiteral: js(3, 'object, key, value'), JSDeleteProperty: js(2, 'object, key'),
  JSCall: js('n', 'target, receiver, arguments…; parameter CallParameters'), JSCallWithSpread: js('n', 'target, receiver, arguments…, spread'),
  JSConstruct: js('n', 'target, new target, arguments…; parameter ConstructParameters'), JSConstructWithSpread: js('n', 'target, new target, arguments…, spread'),
  JSConstructForwardAllArgs: js(2, 'target, new target'),
  JSCallRuntime: js('n', 'arguments…; parameter RuntimeCallParameters'),
  JSGetIterator: js(1, 'receiver'), JSGetSuperConstructor: js(1, 'function'), JSFindNonDefaultConstructorOrConstruct: row('js', 'v2 x1 f1 e1 c1 > v2 e1 c1', '', T.AnyTagged, 'this function, new target'),
  JSLoadContext: row('js', 'x1 e1 > v1 e1', 'tr', T.AnyTagged, 'parameter ContextAccess'), JSStoreContext: row('js', 'v1 x1 e1 c1 > e1', 't', undefined, 'parameter ContextAccess'),
  JSLoadScriptContext: js(0, 'parameter ContextAccess', 't'), JSStoreScriptContext: js(1, 'value'),
  JSCreateFunctionContext: jsQuiet(0, 'scope info, slots'), JSCreateBlockContext: jsQuiet(0, 'scope info'), JSCreateCatchContext: jsQuiet(1, 'exception'), JSCreateWithContext: jsQuiet(1, 'object'),
  JSCreateClosure: jsQuiet(0, 'parameter CreateClosureParameters'), JSCreateArguments: js(0, 'parameter CreateArgumentsType', 't'),
  JSCreateInlinedArguments: js('n', 'closure, arguments; parameter InlinedArgumentsParameters', 't'),
  JSCreateLiteralObject: js(0, 'parameter CreateLiteralParameters', 't'), JSCreateLiteralArray: js(0, 'parameter CreateLiteralParameters', 't'), JSCreateLiteralRegExp: js(0, 'parameter CreateLiteralParameters'),
  JSCreateEmptyLiteralObject: jsQuiet(0, '{}'), JSCreateEmptyLiteralArray: jsQuiet(0, '[]; parameter feedback'), JSCreateArrayFromIterable: js(1, 'iterable'), JSCloneObject: js(1, 'source'),
  JSCreate: js(2, 'target, new target: the implicit receiver of a base constructor'), JSGetTemplateObject: jsQuiet(0, 'parameter CreateLiteralParameters'),
  JSForInEnumerate: js(1, 'receiver'), JSForInPrepare: row('js', 'v1 x1 f1 e1 c1 > v3 e1 c1', '', T.AnyTagged, 'enumerator'), JSForInNext: js(4, 'receiver, cache array, cache type, index'),
  JSGeneratorStore: row('js', 'vn x1 e1 c1 > e1', 't', undefined, 'generator, continuation, offset, registers…'),
  JSGeneratorRestoreContinuation: row('js', 'v1 e1 c1 > v1 e1', 'tr', T.AnyTagged, 'generator'), JSGeneratorRestoreContext: row('js', 'v1 e1 c1 > v1 e1', 'tr', T.AnyTagged, 'generator'),
  JSGeneratorRestoreRegister: row('js', 'v1 e1 c1 > v1 e1', 'tr', T.AnyTagged, 'generator'), JSGeneratorRestoreInputOrDebugPos: row('js', 'v1 e1 c1 > v1 e1', 'tr', T.AnyTagged, 'generator'),
  JSLoadMessage: row('js', 'e1 c1 > v1 e1', 't', T.AnyTagged, 'pending message'), JSStoreMessage: row('js', 'v1 e1 c1 > e1', 't', undefined, 'pending message'),
  JSStackCheck: row('js', 'x1 f1 e1 c1 > e1 c1', '', undefined, 'parameter StackCheckKind'), JSDebugger: js(0, 'debugger statement'),
  JSLoadModule: row('js', 'v1 x1 e1 c1 > v1 e1', 't', T.AnyTagged, 'module cell'),

  // ── simplified: pure ──
  BooleanNot: pure(1, '!a', '', T.AnyTagged), NumberEqual: pure(2, 'a === b', 'c'), NumberLessThan: pure(2, 'a < b'), NumberLessThanOrEqual: pure(2, 'a <= b'), NumberSameValue: pure(2, 'Object.is'),
  NumberAdd: pure(2, 'a + b', 'c'), NumberSubtract: pure(2, 'a - b'), NumberMultiply: pure(2, 'a * b', 'c'), NumberDivide: pure(2, 'a / b'), NumberModulus: pure(2, 'a % b'),
  NumberBitwiseOr: pure(2, 'a | b', 'c'), NumberBitwiseXor: pure(2, 'a ^ b', 'c'), NumberBitwiseAnd: pure(2, 'a & b', 'c'), NumberShiftLeft: pure(2, 'a << b'), NumberShiftRight: pure(2, 'a >> b'), NumberShiftRightLogical: pure(2, 'a >>> b'),
  NumberImul: pure(2, 'Math.imul', 'c'), NumberMax: pure(2, 'Math.max', 'c'), NumberMin: pure(2, 'Math.min', 'c'), NumberAtan2: pure(2, 'Math.atan2'), NumberPow: pure(2, 'Math.pow'),
  NumberAbs: pure(1, 'Math.abs'), NumberFloor: pure(1, 'Math.floor'), NumberCeil: pure(1, 'Math.ceil'), NumberRound: pure(1, 'Math.round'), NumberTrunc: pure(1, 'Math.trunc'), NumberSqrt: pure(1, 'Math.sqrt'), NumberSign: pure(1, 'Math.sign'),
  NumberClz32: pure(1, 'Math.clz32'), NumberFround: pure(1, 'Math.fround'), NumberSin: pure(1, 'Math.sin'), NumberCos: pure(1, 'Math.cos'), NumberTan: pure(1, 'Math.tan'), NumberExp: pure(1, 'Math.exp'), NumberLog: pure(1, 'Math.log'),
  NumberToBoolean: pure(1, 'number truthiness'), NumberToInt32: pure(1, 'ToInt32'), NumberToUint32: pure(1, 'ToUint32'), NumberToString: pure(1, 'Number to string'), NumberIsNaN: pure(1, 'a !== a'), NumberSilenceNaN: pure(1, 'quiet NaN'),
  PlainPrimitiveToNumber: pure(1, 'ToNumber of a plain primitive'), ToBoolean: pure(1, 'truthiness'), ReferenceEqual: pure(2, 'same word', 'c'), SameValue: pure(2, 'Object.is', 'c'), TypeOf: pure(1, 'typeof'),
  ObjectIsSmi: pure(1, 'tag test'), ObjectIsNumber: pure(1, 'number?'), ObjectIsString: pure(1, 'string?'), ObjectIsSymbol: pure(1, 'symbol?'), ObjectIsBigInt: pure(1, 'bigint?'), ObjectIsCallable: pure(1, 'callable?'), ObjectIsDetectableCallable: pure(1, 'typeof function?'),
  ObjectIsReceiver: pure(1, 'JSReceiver?'), ObjectIsNonCallable: pure(1, 'typeof object?'), ObjectIsUndetectable: pure(1, 'undetectable?'), ObjectIsNaN: pure(1, 'NaN?'), ObjectIsMinusZero: pure(1, '−0?'),
  StringConcat: pure(3, 'length, a, b'), StringEqual: pure(2, 'a === b', 'c'), StringLessThan: pure(2, 'a < b'), StringLessThanOrEqual: pure(2, 'a <= b'), StringLength: pure(1, 'code units'),
  StringFromSingleCharCode: pure(1, 'code'), StringSubstring: effectful(3, 1, 'string, start, end', 'tr'), StringIndexOf: pure(3, 'string, search, position'),
  StringCharCodeAt: effectful(2, 1, 'string, index (in bounds)', 'tr'), StringCodePointAt: effectful(2, 1, 'string, index', 'tr'),
  CheckedUint32Bounds: check(2, 'index, length'), 
  // ── simplified: speculative (feedback in the parameter) ──
  SpeculativeNumberAdd: speculative(2, 'a + b'), SpeculativeNumberSubtract: speculative(2, 'a - b'), SpeculativeNumberMultiply: speculative(2, 'a * b'), SpeculativeNumberDivide: speculative(2, 'a / b'), SpeculativeNumberModulus: speculative(2, 'a % b'), SpeculativeNumberPow: speculative(2, 'a ** b'),
  SpeculativeAdditiveSafeIntegerAdd: speculative(2, 'a + b, safe integers'), SpeculativeAdditiveSafeIntegerSubtract: speculative(2, 'a - b, safe integers'), SpeculativeSmallIntegerAdd: speculative(2, 'a + b, Smis'), SpeculativeSmallIntegerSubtract: speculative(2, 'a - b, Smis'),
  SpeculativeNumberBitwiseOr: speculative(2, 'a | b'), SpeculativeNumberBitwiseXor: speculative(2, 'a ^ b'), SpeculativeNumberBitwiseAnd: speculative(2, 'a & b'),
  SpeculativeNumberShiftLeft: speculative(2, 'a << b'), SpeculativeNumberShiftRight: speculative(2, 'a >> b'), SpeculativeNumberShiftRightLogical: speculative(2, 'a >>> b'),
  SpeculativeNumberEqual: speculative(2, 'a === b'), SpeculativeNumberLessThan: speculative(2, 'a < b'), SpeculativeNumberLessThanOrEqual: speculative(2, 'a <= b'), SpeculativeToNumber: speculative(1, 'ToNumber'),
  SpeculativeBigIntAdd: speculative(2, 'a + b'), SpeculativeBigIntSubtract: speculative(2, 'a - b'), SpeculativeBigIntMultiply: speculative(2, 'a * b'),
  // ── simplified: checks ──
  CheckMaps: row('simplified', 'v1 e1 c1 > e1', 'd', undefined, 'deopt unless the map is one of parameter.maps'), CheckString: check(1, 'String'), CheckInternalizedString: check(1, 'internalized'), CheckSymbol: check(1, 'Symbol'), CheckBigInt: check(1, 'BigInt'),
  CheckReceiver: check(1, 'JSReceiver'), CheckReceiverOrNullOrUndefined: check(1, 'JSReceiver, null or undefined'), CheckHeapObject: check(1, 'not a Smi'), CheckSmi: check(1, 'Smi'), CheckNumber: check(1, 'Number'), CheckNumberOrUndefined: check(1, 'number or undefined'),
  CheckBounds: check(2, 'index, length'), CheckEqualsInternalizedString: row('simplified', 'v2 e1 c1 > e1', 'd', undefined, 'expected, actual'), CheckEqualsSymbol: row('simplified', 'v2 e1 c1 > e1', 'd', undefined, 'expected, actual'),
  CheckIf: row('simplified', 'v1 e1 c1 > e1', 'd', undefined, 'deopt unless true; parameter DeoptimizeParameters'), CheckFloat64Hole: check(1, 'deopt on the hole NaN'), CheckNotTaggedHole: check(1, 'deopt on the_hole'), ConvertTaggedHoleToUndefined: pure(1, 'the_hole → undefined'),
  CheckClosure: check(1, 'JSFunction with feedback cell parameter'),
  CheckValue: row('simplified', 'v1 e1 c1 > e1', 'd', undefined, 'deopt unless the word is the constant in parameter; wrong value'),
  CompareMaps: row('simplified', 'v1 e1 c1 > v1 e1', 'tr', T.AnyTagged, 'is the map one of parameter.maps'), TransitionElementsKind: row('simplified', 'v1 e1 c1 > e1', 't', undefined, 'parameter source, target'),
  EnsureWritableFastElements: effectful(2, 1, 'object, elements'), MaybeGrowFastElements: effectful(4, 1, 'object, elements, index, elements length'),
  // ── simplified: memory ──
  LoadField: effectful(1, 1, 'parameter FieldAccess', 'tr'), StoreField: effectful(2, 0, 'object, value; parameter FieldAccess'), LoadElement: effectful(2, 1, 'elements, index; parameter ElementAccess', 'tr'), StoreElement: effectful(3, 0, 'elements, index, value'),
  LoadTypedElement: effectful(4, 1, 'buffer, base, external, index', 'tr'), StoreTypedElement: effectful(5, 0, 'buffer, base, external, index, value'),
  Allocate: row('simplified', 'v1 e1 c1 > v1 e1', 't', T.TaggedPointer, 'size in bytes; uninitialised'), 
  ArgumentsLength: row('simplified', '> v1', 'p', T.TaggedSigned, 'actual arguments'), RestLength: row('simplified', '> v1', 'p', T.TaggedSigned, 'rest length'), NewArgumentsElements: effectful(1, 1, 'arguments count'),
  CheckedInt32Add: check(2, 'overflow', T.Int32), CheckedInt32Sub: check(2, 'overflow', T.Int32), CheckedInt32Mul: check(2, 'overflow, minus zero', T.Int32), CheckedInt32Div: check(2, 'division by zero, minus zero, overflow, lost precision', T.Int32), CheckedInt32Mod: check(2, 'division by zero, minus zero', T.Int32), CheckedUint32Div: check(2, 'division by zero, lost precision', T.Uint32), CheckedUint32Mod: check(2, 'division by zero', T.Uint32),
  CheckedInt32ToTaggedSigned: check(1, 'lost precision (31-bit Smi overflow)', T.TaggedSigned), CheckedUint32ToTaggedSigned: check(1, 'lost precision', T.TaggedSigned), CheckedUint32ToInt32: check(1, 'lost precision', T.Int32), CheckedInt64ToInt32: check(1, 'lost precision', T.Int32),
  CheckedFloat64ToInt32: check(1, 'lost precision or NaN, minus zero', T.Int32), CheckedTaggedSignedToInt32: check(1, 'not a Smi', T.Int32), CheckedTaggedToInt32: check(1, 'lost precision or NaN', T.Int32), CheckedTaggedToArrayIndex: check(1, 'lost precision or NaN, not a String, not an array index', T.Int32), CheckedFloat64ToArrayIndex: check(1, 'lost precision or NaN', T.Int32),
  CheckedTaggedToFloat64: check(1, 'not a Number…', T.Float64), CheckedTaggedToTaggedSigned: check(1, 'not a Smi', T.TaggedSigned), CheckedTaggedToTaggedPointer: check(1, 'Smi', T.TaggedPointer), CheckedTruncateTaggedToWord32: check(1, 'not a Number…', T.Int32), CheckedInt32Bounds: check(2, 'out of bounds', T.Int32),
  ChangeTaggedSignedToInt32: pure(1, 'Smi untag', '', T.Int32), ChangeTaggedToInt32: pure(1, 'Signed32 number to int32', '', T.Int32), ChangeTaggedToUint32: pure(1, 'Unsigned32 number', '', T.Uint32), ChangeTaggedToFloat64: pure(1, 'number to double', '', T.Float64), TruncateTaggedToWord32: pure(1, 'number or oddball', '', T.Int32), TruncateTaggedToFloat64: pure(1, 'number or oddball', '', T.Float64),
  TruncateTaggedToBit: pure(1, 'truthiness', '', T.Bool), ChangeTaggedToBit: pure(1, 'boolean to bit', '', T.Bool), ChangeBitToTagged: pure(1, 'bit to boolean', '', T.TaggedPointer),
  ChangeInt31ToTaggedSigned: pure(1, 'Smi tag', '', T.TaggedSigned), ChangeInt32ToTagged: pure(1, 'Smi or HeapNumber', '', T.AnyTagged), ChangeUint32ToTagged: pure(1, 'Smi or HeapNumber', '', T.AnyTagged), ChangeFloat64ToTagged: pure(1, 'Smi or HeapNumber; parameter checks minus zero', '', T.AnyTagged), ChangeFloat64ToTaggedPointer: pure(1, 'HeapNumber', '', T.TaggedPointer), ChangeTaggedToTaggedSigned: pure(1, 'number known to be in Smi range', '', T.TaggedSigned), ChangeFloat64HoleToTagged: pure(1, 'hole → undefined', '', T.AnyTagged),
  ChangeTaggedToInt64: pure(1, 'number to int64', '', T.Int64), ChangeInt64ToTagged: pure(1, 'int64 to number', '', T.AnyTagged), TruncateBigIntToWord64: pure(1, 'BigInt to word64', '', T.SignedBigInt64), ChangeInt64ToBigInt: pure(1, 'word64 to BigInt', '', T.TaggedPointer),

  // ── machine ──
  Load: row('machine', 'v2 e1 c1 > v1 e1', 'tr', undefined, 'base, offset (Pointer or Int32/Int64 index in bytes); parameter LoadParameters {type}; tagged loads decompress'),
  Store: row('machine', 'v3 e1 c1 > e1', 't', undefined, 'base, offset, value; parameter StoreParameters {rep, barrier}'),
  Word32And: mach(2, T.Int32, 'a & b', 'c'), Word32Or: mach(2, T.Int32, 'a | b', 'c'), Word32Xor: mach(2, T.Int32, 'a ^ b', 'c'), Word32Shl: mach(2, T.Int32, 'a << (b & 31)'), Word32Shr: mach(2, T.Uint32, 'a >>> (b & 31)'), Word32Sar: mach(2, T.Int32, 'a >> (b & 31)'), Word32Clz: mach(1, T.Int32, 'leading zeros'),
  Word32Equal: mach(2, T.Bool, 'a == b', 'c'), Int32LessThan: mach(2, T.Bool, 'signed <'), Int32LessThanOrEqual: mach(2, T.Bool, 'signed <='), Uint32LessThan: mach(2, T.Bool, 'unsigned <'), Uint32LessThanOrEqual: mach(2, T.Bool, 'unsigned <='),
  Int32Add: mach(2, T.Int32, 'a + b', 'c'), Int32Sub: mach(2, T.Int32, 'a - b'), Int32Mul: mach(2, T.Int32, 'a * b', 'c'), Int32Div: row('machine', 'v2 c1 > v1', 'p', T.Int32, 'b ≠ 0; idiv'), Int32Mod: row('machine', 'v2 c1 > v1', 'p', T.Int32, 'b ≠ 0; idiv'), Uint32Div: row('machine', 'v2 c1 > v1', 'p', T.Uint32, 'b ≠ 0'), Uint32Mod: row('machine', 'v2 c1 > v1', 'p', T.Uint32, 'b ≠ 0'),
  Int32AddWithOverflow: machOverflow(2, 'Projection 0 sum, Projection 1 overflow bit'), Int32SubWithOverflow: machOverflow(2, 'as above'), Int32MulWithOverflow: machOverflow(2, 'as above'),
  Word64And: mach(2, T.Int64, 'a & b', 'c'), Word64Or: mach(2, T.Int64, 'a | b', 'c'), Word64Xor: mach(2, T.Int64, 'a ^ b', 'c'), Word64Shl: mach(2, T.Int64, 'a << b'), Word64Shr: mach(2, T.Int64, 'logical'), Word64Sar: mach(2, T.Int64, 'arithmetic'), Word64Equal: mach(2, T.Bool, '64-bit equality', 'c'),
  Int64Add: mach(2, T.Int64, 'a + b', 'c'), Int64Sub: mach(2, T.Int64, 'a - b'), Int64LessThan: mach(2, T.Bool, 'signed <'), Uint64LessThan: mach(2, T.Bool, 'unsigned <'), Uint64LessThanOrEqual: mach(2, T.Bool, 'unsigned <='),
  TaggedEqual: mach(2, T.Bool, 'low words equal (32-bit compare)', 'c'),
  Float64Add: mach(2, T.Float64, 'addsd', 'c'), Float64Sub: mach(2, T.Float64, 'subsd'), Float64Mul: mach(2, T.Float64, 'mulsd', 'c'), Float64Div: mach(2, T.Float64, 'divsd'), Float64Mod: mach(2, T.Float64, 'fmod (C call)'), Float64Pow: mach(2, T.Float64, 'pow (C call)'), Float64Atan2: mach(2, T.Float64, 'C call'),
  Float64Max: mach(2, T.Float64, 'Math.max semantics', 'c'), Float64Min: mach(2, T.Float64, 'Math.min semantics', 'c'), Float64Abs: mach(1, T.Float64, 'andpd'), Float64Neg: mach(1, T.Float64, 'xorpd'), Float64Sqrt: mach(1, T.Float64, 'sqrtsd'),
  Float64RoundDown: mach(1, T.Float64, 'roundsd'), Float64RoundUp: mach(1, T.Float64, 'roundsd'), Float64RoundTruncate: mach(1, T.Float64, 'roundsd'), Float64RoundTiesEven: mach(1, T.Float64, 'roundsd'),
  Float64Sin: mach(1, T.Float64, 'C call'), Float64Cos: mach(1, T.Float64, 'C call'), Float64Tan: mach(1, T.Float64, 'C call'), Float64Exp: mach(1, T.Float64, 'C call'), Float64Log: mach(1, T.Float64, 'C call'), Float64SilenceNaN: mach(1, T.Float64, 'subsd 0.0'),
  Float64Equal: mach(2, T.Bool, 'ucomisd, false if unordered', 'c'), Float64LessThan: mach(2, T.Bool, 'false if unordered'), Float64LessThanOrEqual: mach(2, T.Bool, 'false if unordered'),
  Float64ExtractLowWord32: mach(1, T.Int32, 'low word'), Float64ExtractHighWord32: mach(1, T.Int32, 'high word'),
  ChangeInt32ToFloat64: mach(1, T.Float64, 'cvtlsi2sd'), ChangeUint32ToFloat64: mach(1, T.Float64, 'cvtqsi2sd of zero-extended'), ChangeInt64ToFloat64: mach(1, T.Float64, 'cvtqsi2sd'), ChangeFloat64ToInt32: mach(1, T.Int32, 'cvttsd2si, exact'), RoundFloat64ToInt32: mach(1, T.Int32, 'cvttsd2si'), ChangeFloat64ToUint32: mach(1, T.Uint32, 'exact'), ChangeFloat64ToInt64: mach(1, T.Int64, 'exact'),
  TruncateFloat64ToWord32: mach(1, T.Int32, 'ToInt32: cvttsd2siq, C call when out of range'), TruncateFloat64ToFloat32: mach(1, T.Float32, 'cvtsd2ss'), ChangeFloat32ToFloat64: mach(1, T.Float64, 'cvtss2sd'),
  ChangeInt32ToInt64: mach(1, T.Int64, 'movsxlq'), ChangeUint32ToUint64: mach(1, T.Uint64, 'zero-extend'), TruncateInt64ToInt32: mach(1, T.Int32, 'low word'),
  BitcastTaggedToWord: mach(1, T.Int64, 'the register as it is'), BitcastTaggedToWord32: mach(1, T.Int32, 'the tagged low word'), BitcastWordToTagged: mach(1, T.AnyTagged, 'a full 64-bit address'), BitcastWord32ToTaggedSigned: mach(1, T.TaggedSigned, 'tagged low word → register with the cage base in the high word'), BitcastWordToTaggedPointer: mach(1, T.TaggedPointer, 'address + tag'),
  LoadStackCheckOffset: mach(0, T.Int32, 'frame size'), LoadFramePointer: mach(0, T.Pointer, 'rbp'), LoadStackPointer: mach(0, T.Pointer, 'rsp'), LoadRootRegister: mach(0, T.Pointer, 'r13'),
  StackPointerGreaterThan: row('machine', 'v1 e1 > v1 e1', 't', T.Bool, 'rsp > limit'),
} as const satisfies Record<string, OperatorRow>;

export type Opcode = keyof typeof operatorTable;
export const rowOf = (opcode: Opcode): OperatorRow => operatorTable[opcode];

/** An operator instance: a row with its parameter and the counts that depend on it. */
export interface Operator {
  readonly opcode: Opcode;
  readonly row: OperatorRow;
  readonly parameter: unknown;
  readonly valueIn: number;
  readonly contextIn: number;
  readonly frameStateIn: number;
  readonly effectIn: number;
  readonly controlIn: number;
  readonly valueOut: number;
  readonly effectOut: number;
  readonly controlOut: number;
}

export interface Counts {
  valueIn?: number;
  contextIn?: number;
  frameStateIn?: number;
  effectIn?: number;
  controlIn?: number;
  valueOut?: number;
  effectOut?: number;
  controlOut?: number;
}

/** Makes an operator; counts that the row leaves open must be given. */
export function operator(opcode: Opcode, parameter?: unknown, counts: Counts = {}): Operator {
  const r: OperatorRow = operatorTable[opcode];
  const pick = (given: number | undefined, fixed: number, what: string): number => {
    const n = given ?? fixed;
    if (n < 0) throw new Error(`${opcode}: the number of ${what} depends on the node; pass it to operator()`);
    return n;
  };
  return {
    opcode,
    row: r,
    parameter,
    valueIn: pick(counts.valueIn, r.valueIn, 'value inputs'),
    contextIn: pick(counts.contextIn, r.contextIn, 'context inputs'),
    frameStateIn: pick(counts.frameStateIn, r.frameStateIn, 'frame state inputs'),
    effectIn: pick(counts.effectIn, r.effectIn, 'effect inputs'),
    controlIn: pick(counts.controlIn, r.controlIn, 'control inputs'),
    valueOut: pick(counts.valueOut, r.valueOut, 'value outputs'),
    effectOut: pick(counts.effectOut, r.effectOut, 'effect outputs'),
    controlOut: pick(counts.controlOut, r.controlOut < 0 ? 1 : r.controlOut, 'control outputs'),
  };
}

export { MachineTypes, Rep };
