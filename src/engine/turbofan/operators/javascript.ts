// JavaScript's operators: each stands for a bytecode's whole operation. What no phase replaces becomes a call.

import { libraryFunctionByName, runtimeFunctionByName } from '../../bytecode/index.ts';
import { CreateArgumentsType } from '../../deoptimizer/index.ts';
import { CompilationBailout } from '../broker/heap-broker.ts';
import { Rep, MachineTypes as T } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import {
  type ArgumentsType,
  BranchHint,
  type CallParameters,
  type CloneObjectParameters,
  type ConstructArrayParameters,
  type ConstructParameters,
  type ContextAccess,
  type CreateClosureParameters,
  type CreateLiteralParameters,
  type DefineKeyedParameters,
  type DeletePropertyParameters,
  type ElementsKind,
  type FeedbackParameter,
  type GetIteratorParameters,
  type IterationKind,
  type KeyedStoreParameters,
  type LoadGlobalParameters,
  type ModuleAccess,
  type NamedAccess,
  type RuntimeCallParameters,
  type ScopeInfoParameters,
  type StackCheckKind,
  WriteBarrierKind,
} from '../graph/parameters.ts';
import { Bits, bitset, is, type Type, Types, union } from '../graph/types.ts';
import type { GraphAssembler } from '../phases/graph-assembler.ts';
import type { CallLowering } from '../phases/js-generic-lowering.ts';
import { turbofanStubId } from '../stubs.ts';
import { typeArithmetic } from './number.ts';
import { js, jsQuiet, type OperatorRow, row, type TypeOf } from './row.ts';

const nonInternal = (): Type => Types.NonInternal;
const numeric = (): Type => Types.Numeric;
const boolean = (): Type => Types.Boolean;
const receiver = (): Type => Types.Receiver;
const internal = (): Type => Types.OtherInternal;

/** Calls a stub with the value inputs. */
const stub =
  (name: string) =>
  (lowering: CallLowering, node: Node): void =>
    lowering.runtime(node, name, lowering.values(node));

/** An operation that a stub does as a whole. */
const operation = <P = FeedbackParameter>(
  values: number,
  doc: string,
  name: string,
  typing: (node: Node, type: TypeOf, parameter: P) => Type = nonInternal,
  flags = '',
): OperatorRow<P> => js<P>(values, doc, { typing, call: stub(name) }, flags);

// biome-ignore format: one operator, one line
export const javascriptOperators = {
  // operations on values
  JSEqual: operation(2, 'a == b', 'TurbofanEqual', boolean),
  JSStrictEqual: operation(2, 'a === b', 'TurbofanStrictEqual', boolean, 'tr'),
  JSLessThan: operation(2, 'a < b', 'TurbofanLessThan', boolean),
  JSGreaterThan: operation(2, 'a > b', 'TurbofanGreaterThan', boolean),
  JSLessThanOrEqual: operation(2, 'a <= b', 'TurbofanLessThanOrEqual', boolean),
  JSGreaterThanOrEqual: operation(2, 'a >= b', 'TurbofanGreaterThanOrEqual', boolean),
  JSAdd: operation(2, 'a + b', 'TurbofanAdd', typeAdd),
  JSSubtract: operation(2, 'a - b', 'TurbofanSubtract', numeric),
  JSMultiply: operation(2, 'a * b', 'TurbofanMultiply', numeric),
  JSDivide: operation(2, 'a / b', 'TurbofanDivide', numeric),
  JSModulus: operation(2, 'a % b', 'TurbofanModulus', numeric),
  JSExponentiate: operation(2, 'a ** b', 'TurbofanExponentiate', numeric),
  JSBitwiseOr: operation(2, 'a | b', 'TurbofanBitwiseOr', numeric),
  JSBitwiseXor: operation(2, 'a ^ b', 'TurbofanBitwiseXor', numeric),
  JSBitwiseAnd: operation(2, 'a & b', 'TurbofanBitwiseAnd', numeric),
  JSShiftLeft: operation(2, 'a << b', 'TurbofanShiftLeft', numeric),
  JSShiftRight: operation(2, 'a >> b', 'TurbofanShiftRight', numeric),
  JSShiftRightLogical: operation(2, 'a >>> b', 'TurbofanShiftRightLogical', () => Types.Number),
  JSIncrement: operation(1, 'a + 1', 'TurbofanIncrement', numeric),
  JSDecrement: operation(1, 'a - 1', 'TurbofanDecrement', numeric),
  JSNegate: operation(1, '-a', 'TurbofanNegate', numeric),
  JSBitwiseNot: operation(1, '~a', 'TurbofanBitwiseNot', numeric),
  JSToNumber: operation<FeedbackParameter | undefined>(1, 'ToNumber', 'TurbofanToNumber', () => Types.Number),
  JSToNumeric: operation<FeedbackParameter | undefined>(1, 'ToNumeric', 'TurbofanToNumeric', numeric),
  JSToName: operation<FeedbackParameter | undefined>(1, 'ToPropertyKey', 'TurbofanToName'),
  JSToString: operation<FeedbackParameter | undefined>(1, 'ToString', 'TurbofanToString', () => Types.String),
  JSToObject: operation<FeedbackParameter | undefined>(1, 'ToObject', 'TurbofanToObject', receiver, 'r'),
  JSInstanceOf: operation(2, 'object, constructor', 'TurbofanInstanceOf', boolean),
  JSHasProperty: js<FeedbackParameter>(2, 'object, key', { typing: boolean, call: (l, node) => l.runtime(node, 'TurbofanHasProperty', [node.value(1), node.value(0)]) }),

  // properties and globals
  JSLoadGlobal: js<LoadGlobalParameters>(0, 'global by name', { call: (l, node, p) => l.runtime(node, 'TurbofanLoadGlobal', [l.word(p.name), l.flag(p.insideTypeof)]) }),
  JSStoreGlobal: js<NamedAccess>(1, 'value', { call: (l, node, p) => l.runtime(node, 'TurbofanStoreGlobal', [l.word(p.name), node.value(0), l.flag(p.strict)]) }),
  JSLoadNamed: js<NamedAccess>(1, 'object', { call: (l, node, p) => l.runtime(node, 'TurbofanLoadNamed', [node.value(0), l.word(p.name), ...l.feedback(p)]) }),
  JSSetNamedProperty: js<NamedAccess>(2, 'object, value', { call: (l, node, p) => l.runtime(node, 'TurbofanStoreNamed', [node.value(0), l.word(p.name), node.value(1), ...l.feedback(p), l.flag(p.strict)]) }),
  JSDefineNamedOwnProperty: js<NamedAccess>(2, 'object, value', { call: (l, node, p) => l.runtime(node, 'TurbofanDefineNamedOwn', [node.value(0), l.word(p.name), node.value(1), ...l.feedback(p)]) }),
  JSLoadNamedFromSuper: js<NamedAccess>(2, 'receiver, home object', { call: (l, node, p) => l.runtime(node, 'TurbofanLoadFromSuper', [...l.values(node), l.word(p.name)]) }),
  JSLoadProperty: js<FeedbackParameter>(2, 'object, key', { call: (l, node, p) => l.runtime(node, 'TurbofanLoadKeyed', [...l.values(node), ...l.feedback(p)]) }),
  JSSetKeyedProperty: js<KeyedStoreParameters>(3, 'object, key, value', { call: (l, node, p) => l.runtime(node, 'TurbofanStoreKeyed', [...l.values(node), ...l.feedback(p), l.flag(p.strict)]) }),
  JSDefineKeyedOwnProperty: js<DefineKeyedParameters>(3, 'object, key, value', { call: (l, node, p) => defineKeyedOwn(l, node, p, 'TurbofanDefineKeyedOwn') }),
  JSDefineKeyedOwnPropertyInLiteral: js<DefineKeyedParameters>(3, 'object, key, value', { call: (l, node, p) => defineKeyedOwn(l, node, p, 'TurbofanDefineKeyedOwnInLiteral') }),
  JSStoreInArrayLiteral: operation(3, 'array, index, value', 'TurbofanStoreInArrayLiteral'),
  JSDeleteProperty: js<DeletePropertyParameters>(2, 'object, key', { typing: boolean, call: (l, node, p) => l.runtime(node, 'TurbofanDelete', [...l.values(node), l.flag(p.strict)]) }),

  // calls
  JSCall: js<CallParameters>('n', 'target, receiver, arguments…', { call: (l, node, p) => l.call(node, p) }),
  JSCallWithSpread: js<FeedbackParameter>('n', 'target, receiver, arguments…, spread', { call: stub('TurbofanCallWithSpread') }),
  JSConstruct: js<ConstructParameters>('n', 'target, new target, arguments…', { typing: receiver, call: (l, node) => l.construct(node) }),
  JSConstructForwardAllArgs: js<ConstructParameters>(2, "target, new target: with the frame's arguments", { typing: receiver, call: (l, node) => l.runtime(node, 'TurbofanConstructForwardAllArgs', l.values(node)) }),
  JSConstructWithSpread: js<FeedbackParameter>('n', 'target, new target, arguments…, spread', { call: stub('TurbofanConstructWithSpread') }),
  JSCallRuntime: js<RuntimeCallParameters>('n', 'arguments…', { call: callRuntime }),
  JSGetIterator: js<GetIteratorParameters>(1, 'receiver', { call: (l, node, p) => l.runtime(node, 'TurbofanGetIterator', [node.value(0), ...l.feedback({ feedback: p.load })]) }),
  JSGetSuperConstructor: operation<FeedbackParameter | undefined>(1, 'function', 'TurbofanGetSuperConstructor'),

  // contexts
  JSLoadContext: row<ContextAccess>('js', 'x1 e1 > v1 e1', 'tr', 'a slot', { machineType: T.AnyTagged, typing: nonInternal }),
  JSStoreContext: row<ContextAccess>('js', 'v1 x1 e1 c1 > e1', 't', 'value into a slot', { typing: nonInternal }),
  JSLoadScriptContext: js<ContextAccess>(0, 'a slot', {}, 't'),
  JSStoreScriptContext: js<ContextAccess>(1, 'value'),
  JSLoadModule: row<ModuleAccess>('js', 'x1 e1 c1 > v1 e1', 'tr', 'a variable of the module, or the hole', { machineType: T.AnyTagged, typing: () => Types.Any }),
  JSStoreModule: row<ModuleAccess>('js', 'v1 x1 e1 c1 > e1', 'ts', 'value into a variable of the module'),
  JSCreateFunctionContext: jsQuiet<ScopeInfoParameters>(0, 'scope info, slots', { typing: internal, call: (l, node, p) => l.runtime(node, 'TurbofanCreateFunctionContext', [l.word(p.scopeInfo), l.smi(p.slots), node.context]) }, 'tq'),
  JSCreateBlockContext: jsQuiet<ScopeInfoParameters>(0, 'scope info', { typing: internal, call: (l, node, p) => l.runtime(node, 'TurbofanCreateBlockContext', [l.word(p.scopeInfo), node.context]) }, 'tq'),
  JSCreateCatchContext: jsQuiet<ScopeInfoParameters>(1, 'exception', { typing: internal, call: (l, node, p) => l.runtime(node, 'TurbofanCreateCatchContext', [l.word(p.scopeInfo), node.value(0), node.context]) }),
  JSCreateWithContext: jsQuiet<ScopeInfoParameters>(1, 'object', { typing: internal, call: (l, node, p) => l.runtime(node, 'TurbofanCreateWithContext', [l.word(p.scopeInfo), node.value(0), node.context]) }),

  // new objects
  JSCreateClosure: jsQuiet<CreateClosureParameters>(0, 'a function', { typing: () => Types.Callable, call: (l, node, p) => l.runtime(node, 'TurbofanCreateClosure', [l.word(p.shared), l.word(p.feedbackCell), node.context]) }, 'tqr'),
  JSCreateArguments: js<ArgumentsType>(0, "the frame's", { typing: receiver, call: createArguments }, 'tr'),
  JSCreateLiteralObject: js<CreateLiteralParameters>(0, 'a copy of a boilerplate', { typing: receiver, call: (l, node, p) => l.runtime(node, 'TurbofanCreateObjectLiteral', [l.word(p.constant), ...l.feedback(p), l.smi(p.flags)]) }, 't'),
  JSCreateLiteralArray: js<CreateLiteralParameters>(0, 'a copy of a boilerplate', { typing: receiver, call: (l, node, p) => l.runtime(node, 'TurbofanCreateArrayLiteral', [l.word(p.constant), ...l.feedback(p), l.smi(p.flags)]) }, 't'),
  JSCreateLiteralRegExp: js<CreateLiteralParameters>(0, 'a regular expression', { typing: receiver, call: (l, node, p) => l.runtime(node, 'TurbofanCreateRegExp', [l.word(p.constant), l.smi(p.flags)]) }),
  JSCreateEmptyLiteralObject: jsQuiet(0, '{}', { typing: receiver, call: (l, node) => l.runtime(node, 'TurbofanCreateEmptyObjectLiteral', []) }),
  JSCreateEmptyLiteralArray: jsQuiet<FeedbackParameter>(0, '[]', { typing: receiver, call: (l, node, p) => l.runtime(node, 'TurbofanCreateEmptyArrayLiteral', l.feedback(p)) }, 'tr'),
  JSCreateArray: jsQuiet<undefined>(1, 'length: an array of so many holes', { typing: receiver, call: (l, node) => l.runtime(node, 'TurbofanCreateArray', [node.value(0)]) }),
  JSConstructArray: js<ConstructArrayParameters>('n', 'arguments…: new Array(…)', { typing: receiver, call: (l, node, p) => l.runtime(node, 'TurbofanNewArray', [p.site === 0 ? l.smi(0) : l.word(p.site), ...l.values(node)]) }),
  JSCreateEmptyArray: row<ElementsKind>('js', 'e1 c1 > v1 e1', 'tq', 'an array of the kind', { machineType: T.TaggedPointer, typing: receiver }),
  JSTransitionAndStoreElement: jsQuiet<undefined>(3, 'array of holes, index, value: the elements kind follows', { call: (l, node) => l.runtime(node, 'TurbofanTransitionAndStoreElement', [node.value(0), node.value(1), node.value(2)]) }, ''),
  JSCreateArrayFromIterable: operation<FeedbackParameter | undefined>(1, 'iterable', 'TurbofanCreateArrayFromIterable', receiver),
  JSCloneObject: js<CloneObjectParameters>(1, 'source', { typing: receiver, call: (l, node, p) => l.runtime(node, 'TurbofanCloneObject', [node.value(0), ...l.feedback(p)]) }),
  JSCreate: operation<FeedbackParameter | undefined>(2, 'target, new target: the implicit receiver of a base constructor', 'TurbofanCreate', receiver),
  JSCreateArrayIterator: row<IterationKind>('js', 'v1 e1 c1 > v1 e1', 'tqr', 'iterated object', { machineType: T.TaggedPointer, typing: receiver }),
  JSCreateIterResultObject: row('js', 'v2 e1 c1 > v1 e1', 'tqr', 'value, done', { machineType: T.TaggedPointer, typing: receiver }),
  JSCreateKeyValueArray: row('js', 'v2 e1 c1 > v1 e1', 'tqr', 'key, value', { machineType: T.TaggedPointer, typing: receiver }),
  JSGetTemplateObject: jsQuiet<CreateLiteralParameters>(0, 'the strings of a tagged template', { call: (l, node, p) => l.runtime(node, 'TurbofanGetTemplateObject', [l.word(p.constant), ...l.feedback(p)]) }),

  // for-in
  JSForInEnumerate: operation<FeedbackParameter | undefined>(1, 'receiver', 'TurbofanForInEnumerate', internal),
  JSForInPrepare: row<FeedbackParameter>('js', 'v1 x1 e1 c1 > v3 e1 c1', 'tr', 'enumerator', { machineType: T.AnyTagged, call: (l, node) => l.forInPrepare(node) }),
  JSForInNext: operation<FeedbackParameter | undefined>(4, 'receiver, cache array, cache type, index', 'TurbofanForInNext', () => union(Types.String, Types.Undefined)),

  JSLoadFieldByIndex: jsQuiet(2, 'object, place of a field as the enum cache has it', { call: stub('TurbofanLoadFieldByIndex') }, 'tr'),

  // the frame
  JSLoadMessage: row('js', 'e1 c1 > v1 e1', 'tqr', 'pending message', { machineType: T.AnyTagged, typing: () => Types.Any, linearization: loadMessage }),
  JSStoreMessage: row('js', 'v1 e1 c1 > e1', 'tqs', 'pending message', { linearization: storeMessage }),
  JSStackCheck: row<StackCheckKind>('js', 'x1 f1 e1 c1 > e1 c1', 'q', 'function entry or iteration', { linearization: stackCheck }),
  JSDebugger: js(0, 'debugger statement', { call: stub('HandleDebuggerStatement') }),
} as const;

// --- typing ----------------------------------------------------------------------------------------------------------------

function typeAdd(node: Node, type: TypeOf): Type {
  const l = type(node.value(0));
  const r = type(node.value(1));
  if (l.bits === 0 || r.bits === 0) return Types.None;
  if (is(l, Types.String) || is(r, Types.String)) return Types.String;
  if (is(l, Types.Number) && is(r, Types.Number)) return typeArithmetic('NumberAdd', l, r);
  return bitset(Bits.Numeric | Bits.String);
}

// --- calls -----------------------------------------------------------------------------------------------------------------

type DefineStub = 'TurbofanDefineKeyedOwn' | 'TurbofanDefineKeyedOwnInLiteral';

function defineKeyedOwn(l: CallLowering, node: Node, p: DefineKeyedParameters, stub: DefineStub): void {
  l.runtime(node, stub, [...l.values(node), l.smi(p.flags), ...l.feedback(p)]);
}

/** Functions that look at the frame they are called from: optimized, it is another. */
const looksAtFrame = /DebugTrace|FunctionForCurrentFrame|CurrentFrame|BeingInterpreted|ActiveTier/;

function callRuntime(l: CallLowering, node: Node, p: RuntimeCallParameters): void {
  const name = p.name.replace(/^_/, '');
  const isKnown = [turbofanStubId, runtimeFunctionByName, libraryFunctionByName].some((id) => id(name) !== undefined);
  if (!isKnown) throw new CompilationBailout(`runtime function ${name} cannot be called from optimized code`);
  if (looksAtFrame.test(name)) throw new CompilationBailout(`%${name} looks at its frame`);
  l.runtime(node, name, l.values(node));
}

const argumentsTypes: Readonly<Record<ArgumentsType, CreateArgumentsType>> = {
  mapped: CreateArgumentsType.MappedArguments,
  unmapped: CreateArgumentsType.UnmappedArguments,
  rest: CreateArgumentsType.RestParameter,
};
/** What translations and stubs call it. */
export const argumentsTypeNumber = (type: ArgumentsType): CreateArgumentsType => argumentsTypes[type];

/** arguments and rest objects of the frame. */
function createArguments(l: CallLowering, node: Node, type: ArgumentsType): void {
  const state = node.frameState;
  const formal = l.smi(state.parameterOf('FrameState').parameterCount - 1);
  l.runtime(node, 'TurbofanCreateArguments', [
    l.smi(argumentsTypeNumber(type)),
    formal,
    state.inputs[4]!,
    node.context,
  ]);
}

// --- linearization -----------------------------------------------------------------------------------------------------------

function loadMessage(a: GraphAssembler): Node {
  return a.load(T.AnyTagged, a.graph.external('PendingMessage'), a.i32(0));
}

function storeMessage(a: GraphAssembler, node: Node): Node {
  a.store(Rep.Tagged, WriteBarrierKind.None, a.graph.external('PendingMessage'), a.i32(0), node.value(0));
  a.frameState = undefined;
  return a.noValue;
}

function stackCheck(a: GraphAssembler, node: Node, kind: StackCheckKind): Node {
  const exception = node.uses.find((u) => u.user.opcode === 'IfException')?.user;
  const success = node.uses.find((u) => u.user.opcode === 'IfSuccess')?.user;
  const limit = a.load(T.Pointer, a.graph.external('StackLimit'), a.i32(0));
  const check = a.graph.newNode('StackPointerGreaterThan', undefined, [limit, a.effect]);
  a.effect = check;
  a.diamond(
    check,
    BranchHint.True,
    undefined,
    () => undefined,
    () => {
      const isLoop = kind === 'iteration';
      const call = a.callRuntime(isLoop ? 'StackGuard' : 'StackGuardWithGap', isLoop ? [] : [a.graph.smi(0)], {
        context: node.context,
        frameState: node.frameState,
      });
      if (exception !== undefined) {
        // The guard throws (stack overflow, termination) inside a try block.
        exception.replaceInput(0, call);
        exception.replaceInput(1, call);
        a.control = a.graph.newNode('IfSuccess', undefined, [call]);
      }
      return undefined;
    },
  );
  if (success !== undefined) {
    success.replaceUses(a.control);
    success.kill();
  }
  a.frameState = undefined;
  return a.noValue;
}
