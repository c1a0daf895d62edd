// Parameters of operators: the data beside the inputs.

import type { DeoptimizeReason } from '../../deoptimizer/index.ts';
import type { BuiltinContinuation } from '../../frames/index.ts';
import type { IsolateData, Tagged } from '../../heap/index.ts';
import type { ElementsKind } from '../../objects/index.ts';
import type { MachineType, Rep } from './machine-type.ts';
import type { Type } from './types.ts';

/** Where feedback is: vector and slot index (vector entry), or undefined. */
export interface FeedbackSource {
  readonly vector: number;
  readonly slot: number;
}

export enum BranchHint {
  None = 0,
  True = 1,
  False = 2,
}

/** Name of a field of the isolate's data. */
export type IsolateField = keyof typeof IsolateData;

export interface BranchParameters {
  readonly hint: BranchHint;
}

/** Projection of result `index`. */
export interface ProjectionParameters {
  readonly index: number;
}

export interface DeoptimizeParameters {
  readonly reason: DeoptimizeReason;
  readonly feedback: FeedbackSource | undefined;
}

// --- frame states ----------------------------------------------------------------------------------------------------

/** V8: FrameStateType. */
export enum FrameStateType {
  Unoptimized = 0,
  InlinedExtraArguments = 1,
  ConstructCreateStub = 2,
  ConstructInvokeStub = 3,
  JavaScriptBuiltinContinuation = 5,
}

/** Where a call's result goes in the interpreter frame: ignored, or poked at `offset` from the top (0 = accumulator). */
export type OutputFrameStateCombine =
  | { readonly kind: 'Ignore' }
  | { readonly kind: 'PokeAt'; readonly offset: number };

export const ignoreOutput: OutputFrameStateCombine = Object.freeze({ kind: 'Ignore' });
export const pokeAt = (offset: number): OutputFrameStateCombine => Object.freeze({ kind: 'PokeAt', offset });

export interface FrameStateInfo {
  readonly type: FrameStateType;
  /** Bytecode offset; −1 at the function's entry. */
  readonly bailoutId: number;
  readonly combine: OutputFrameStateCombine;
  /** Formal parameters with receiver (for InlinedExtraArguments: actual arguments with receiver). */
  readonly parameterCount: number;
  /** Registers (0 for stubs). */
  readonly localCount: number;
  /** SharedFunctionInfo and BytecodeArray, tagged words (0 where none). */
  readonly sharedInfo: number;
  readonly bytecodeArray: number;
  /** Of continuation frames. */
  readonly builtin?: BuiltinContinuation;
}

/** Input indices of FrameState. */
export enum FrameStateInput {
  Parameters = 0,
  Locals = 1,
  Stack = 2,
  Context = 3,
  Function = 4,
  Outer = 5,
}

/** What a translation has of a frame state, in its order. */
export const writtenInputs: Readonly<Record<FrameStateType, readonly FrameStateInput[]>> = {
  [FrameStateType.Unoptimized]: [
    FrameStateInput.Function,
    FrameStateInput.Parameters,
    FrameStateInput.Context,
    FrameStateInput.Locals,
    FrameStateInput.Stack,
  ],
  [FrameStateType.InlinedExtraArguments]: [FrameStateInput.Function, FrameStateInput.Parameters],
  [FrameStateType.ConstructCreateStub]: [FrameStateInput.Function, FrameStateInput.Parameters, FrameStateInput.Context],
  [FrameStateType.ConstructInvokeStub]: [FrameStateInput.Parameters, FrameStateInput.Context],
  [FrameStateType.JavaScriptBuiltinContinuation]: [
    FrameStateInput.Function,
    FrameStateInput.Parameters,
    FrameStateInput.Stack,
    FrameStateInput.Context,
  ],
};

/**
 * StateValues and TypedStateValues: position i of the list is optimized out where `present[i]` is false; else it is the
 * next input, which may itself be a (Typed)StateValues standing for its whole list.
 */
export interface StateValuesParameters {
  readonly present: readonly boolean[];
  /** TypedStateValues only: type of each input (not position). */
  readonly types?: readonly MachineType[];
}

export interface ObjectStateParameters {
  readonly id: number;
  readonly types?: readonly MachineType[];
}

// --- calls -----------------------------------------------------------------------------------------------------------

/**
 * How a Call is made. Value inputs by kind:
 *   'JSFunction'  target (JSFunction, known), new target, receiver, arguments…      call [target.Code.InstructionStart]
 *   'JSCall'      target (anything), receiver, arguments…                            Call trampoline (rdi target, rax argc)
 *   'JSConstruct' target, new target, arguments… (receiver slot pushed as undefined)  Construct trampoline (rdi, rdx)
 *   'Runtime'     arguments…, pushed left to right                                   CEntry: rax count, rbx id
 * and for all then context, frame state (iff `lazyDeopt`), effect, control. argc (with receiver) = `argumentCount`.
 */
export interface CallDescriptor {
  readonly kind: 'JSFunction' | 'JSCall' | 'JSConstruct' | 'Runtime';
  /** Runtime: name in RuntimeFunction, or of a row of `turbofanStubs` (id = TurbofanStubBase + index). */
  readonly runtime?: string;
  /** JS kinds: receiver + arguments; Runtime: arguments. */
  readonly argumentCount: number;
  /** Formal parameter count with receiver of a known target: missing arguments are already filled with undefined. */
  readonly lazyDeopt: boolean;
  readonly canThrow: boolean;
  /** Writes nothing that others see: the state before the call still holds after it. */
  readonly noWrite?: boolean;
  readonly name: string;
}

// --- memory ----------------------------------------------------------------------------------------------------------

export enum WriteBarrierKind {
  None = 0,
  /** Value is known to be a heap object. */
  Pointer = 1,
  /** Value may be a Smi. */
  Full = 2,
}

export interface LoadParameters {
  readonly type: MachineType;
}

export interface StoreParameters {
  readonly rep: Rep;
  readonly barrier: WriteBarrierKind;
}

/** A field of a heap object: `offset` from the object's start (tag not subtracted). */
export interface FieldAccess {
  readonly offset: number;
  readonly name: string;
  readonly machineType: MachineType;
  readonly type: Type;
  readonly barrier: WriteBarrierKind;
  /** Base is a raw address, not a tagged object. */
  readonly untagged?: boolean;
  /** May be assumed not to change while its object lives. */
  readonly immutable?: boolean;
}

/** An element of a FixedArray-like: header size, then elements. */
export interface ElementAccess {
  readonly headerSize: number;
  readonly machineType: MachineType;
  readonly type: Type;
  readonly barrier: WriteBarrierKind;
}

/** An element of a typed array. */
export interface TypedElementAccess {
  /** As it stands in memory. */
  readonly machineType: MachineType;
}

// --- checks -----------------------------------------------------------------------------------------------------------

export interface CheckMapsParameters {
  readonly maps: readonly number[];
  readonly tryMigrate: boolean;
  readonly feedback: FeedbackSource | undefined;
}

export interface CheckParameters {
  readonly feedback: FeedbackSource | undefined;
}

export interface ArrayIndexParameters extends CheckParameters {
  /** A string may be one, too. */
  readonly strings: boolean;
}

export interface CheckFloat64HoleParameters extends CheckParameters {
  /** It is passed on as undefined. */
  readonly allowHole: boolean;
}

export interface CheckClosureParameters extends CheckParameters {
  /** The FeedbackCell that the function must have, tagged. */
  readonly cell: number;
}

export enum CheckForMinusZero {
  Check,
  DontCheck,
}

export interface ChangeFloat64Parameters {
  readonly minusZero: CheckForMinusZero;
}

export enum CheckTaggedInputMode {
  Number,
  NumberOrBoolean,
  NumberOrOddball,
}

export interface CheckNumericParameters {
  readonly feedback: FeedbackSource | undefined;
  readonly minusZero?: CheckForMinusZero;
  readonly mode?: CheckTaggedInputMode;
}

/** `new Array(…)`, or `Array(…)` as a function. */
export interface ConstructArrayParameters {
  /** Of the construct call; 0 without one. */
  readonly site: Tagged;
  readonly arity: number;
}

export interface CheckBoundsParameters {
  readonly feedback: FeedbackSource | undefined;
  /** Convert -0 and strings that are array indices. */
  readonly convert: boolean;
  /** The length is a typed array's: V8 compares 64 bits there, and so converts -0, but no strings. */
  readonly wide?: boolean;
}

export interface GrowFastElementsParameters {
  readonly mode: 'smiOrObject' | 'double';
  readonly feedback: FeedbackSource | undefined;
}

/** What is made of a frame's arguments. */
export type ArgumentsType = 'mapped' | 'unmapped' | 'rest';

/** Elements of them; the formal parameters are left out of a rest array, and holes where they are mapped. */
export interface ArgumentsElementsParameters {
  readonly type: ArgumentsType;
  readonly formal: number;
}

/** One argument of the frame, by its index behind so many others. */
export interface StackArgumentParameters {
  readonly skipped: number;
}

export interface ElementsTransition {
  readonly source: number;
  readonly target: number;
  /** Only the map changes; else elements are converted. */
  readonly fast: boolean;
}

export type { ElementsKind };

// --- JavaScript operators ----------------------------------------------------------------------------------------------

export interface FeedbackParameter {
  readonly feedback: FeedbackSource;
}

export interface NamedAccess {
  /** Internalized name or symbol, tagged. */
  readonly name: number;
  readonly feedback: FeedbackSource;
  readonly strict: boolean;
}

export interface LoadGlobalParameters {
  readonly name: number;
  readonly feedback: FeedbackSource;
  readonly insideTypeof: boolean;
}

export type ConvertReceiverMode = 'nullOrUndefined' | 'notNullOrUndefined' | 'any';

export interface CallParameters {
  /** Target and receiver included. */
  readonly arity: number;
  readonly feedback: FeedbackSource | undefined;
  readonly convertMode: ConvertReceiverMode;
  /** Calls of this site per invocation of the caller. */
  readonly frequency: number;
  /** The feedback is of what was called here first, such as `call`: it says nothing of this target (V8: CallFeedbackRelation). */
  readonly isUnrelated?: true;
}

export interface DataViewAccess {
  readonly kind: ElementsKind;
  readonly feedback: FeedbackSource | undefined;
}

/** Elements that are looked through: doubles, or tagged words. */
export interface ElementsSearch {
  readonly isDouble: boolean;
}

export interface ConstructParameters {
  readonly arity: number;
  readonly feedback: FeedbackSource | undefined;
  readonly frequency: number;
}

export interface RuntimeCallParameters {
  /** Name in RuntimeFunction or IntrinsicId (with underscore), or a turbofanStubs row. */
  readonly name: string;
}

export interface ContextAccess {
  readonly depth: number;
  readonly index: number;
  readonly immutable: boolean;
}

/** A variable of the module whose context is `depth` steps out: exports count from 1, imports from −1. */
export interface ModuleAccess {
  readonly depth: number;
  readonly index: number;
}

export interface CreateClosureParameters {
  readonly shared: number;
  readonly feedbackCell: number;
  readonly pretenured: boolean;
}

export interface CreateLiteralParameters {
  readonly constant: number;
  readonly feedback: FeedbackSource;
  readonly flags: number;
}

export interface ScopeInfoParameters {
  readonly scopeInfo: number;
  readonly slots: number;
}

/** Number feedback of speculative operators (V8: NumberOperationHint). */
export type NumberHint =
  | 'SignedSmall'
  | 'SignedSmallInputs'
  | 'AdditiveSafeInteger'
  | 'Number'
  | 'NumberOrBoolean'
  | 'NumberOrOddball';

export interface HintParameter {
  readonly hint: NumberHint;
  readonly feedback?: FeedbackSource;
}

/** BigInt feedback of speculative operators (V8: BigIntOperationHint). */
export type BigIntHint = 'BigInt64' | 'BigInt';

export interface BigIntHintParameter {
  readonly hint: BigIntHint;
}

export interface BigIntAsNParameters {
  readonly bits: number;
  readonly feedback: FeedbackSource | undefined;
}

/** Of how many bits inputs and result of a BigInt operation are. */
export enum BigIntWidth {
  Any,
  Signed64,
  /** Only the low 64 bits of the result matter. */
  Modulo64,
}

/** What an input has to prove. */
export enum BigIntCheck {
  None,
  BigInt,
  BigInt64,
  /** A BigInt, that it has 64 bits. */
  NarrowBigInt,
  /** One of 64 bits, that it is below 2⁶³. */
  NarrowUnsigned,
}

/** A BigInt operation after simplified lowering. */
export interface BigIntOperation {
  /** Row of turbofanStubs; its last argument is the width. */
  readonly stub: string;
  readonly width: BigIntWidth;
  /** An input each. */
  readonly checks: readonly BigIntCheck[];
}

export interface CheckedBigIntAsN extends BigIntAsNParameters {
  readonly stub: string;
  readonly check: BigIntCheck;
}

export interface KeyedStoreParameters extends FeedbackParameter {
  readonly strict: boolean;
}

export interface DefineKeyedParameters extends FeedbackParameter {
  readonly flags: number;
}

export interface CloneObjectParameters extends FeedbackParameter {
  readonly flags: number;
}

export interface DeletePropertyParameters {
  readonly strict: boolean;
}

export interface GetIteratorParameters {
  readonly load: FeedbackSource;
  readonly call: FeedbackSource;
}

export type StackCheckKind = 'functionEntry' | 'iteration';

/** What an array iterator gives; JSArrayIterator's kind. */
export enum IterationKind {
  Keys,
  Values,
  Entries,
}
