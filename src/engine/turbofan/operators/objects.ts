// Questions about any value, with a boolean for an answer; typeof; identity; the constructor that `super()` calls.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import { HeapNumber, InstanceType, MapBits, MapObject, StaticRoot } from '../../objects/index.ts';
import { Rep, MachineTypes as T } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import { BranchHint, type ConvertReceiverMode } from '../graph/parameters.ts';
import { booleanConstant, is, maybe, type Type, Types } from '../graph/types.ts';
import type { GraphAssembler } from '../phases/graph-assembler.ts';
import type { RepresentationSelector } from '../phases/simplified-lowering.ts';
import { unop, uses } from './lowering.ts';
import { effectful, type OperatorRow, pure, row } from './row.ts';
import { Uses, type UseTruncation } from './use-info.ts';

const boolean = () => Types.Boolean;

type BooleanTyping = (node: Node, type: (node: Node) => Type) => Type;

/** Of a test that all values of one type pass and no others: where the input's type says so, the answer is a constant. */
const testOf =
  (passing: Type): BooleanTyping =>
  (node, type) => {
    const input = type(node.value(0));
    if (input.bits === 0) return Types.None;
    if (is(input, passing)) return booleanConstant(true);
    return (input.bits & passing.bits) === 0 ? booleanConstant(false) : Types.Boolean;
  };

type Linearize = (assembler: GraphAssembler, value: Node) => Node;

/** A test of a tagged value. */
const test = (doc: string, linearize: Linearize, typing: BooleanTyping = boolean): OperatorRow<undefined> =>
  pure(1, doc, {
    typing,
    lowering: unop(Uses.anyTagged, Rep.Bit),
    linearization: (assembler, node) => linearize(assembler, node.value(0)),
  });
/** … that no Smi passes. */
const heapObjectTest = (doc: string, linearize: Linearize, typing?: BooleanTyping): OperatorRow<undefined> =>
  test(doc, (assembler, value) => assembler.notSmiAnd(value, () => linearize(assembler, value)), typing);

// biome-ignore format: one operator, one line
export const objectOperators = {
  BooleanNot: pure(1, '!a', { typing: boolean, lowering: lowerNot }),
  ToBoolean: pure(1, 'truthiness', { typing: boolean, lowering: lowerToBoolean }),
  ReferenceEqual: pure(2, 'same word', { typing: boolean, lowering: lowerReferenceEqual }, 'c'),
  SameValue: pure(2, 'Object.is', { typing: boolean, takes: 't', lowering: lowerSameValue, linearization: sameValue }, 'c'),
  TypeOf: pure(1, 'typeof', { typing: () => Types.String, lowering: unop(Uses.anyTagged, Rep.TaggedPointer), linearization: typeOf }),
  ObjectIsSmi: test('tag test', (a, v) => a.isSmi(v)),
  ObjectIsNaN: pure(1, 'NaN?', { typing: boolean, takes: 't', lowering: unop(Uses.anyTagged, Rep.Bit), linearization: isNaNObject }),
  ObjectIsNumber: pure(1, 'number?', { typing: testOf(Types.Number), takes: 't', lowering: lowerIsNumber, linearization: isNumber }),
  ObjectIsString: heapObjectTest('string?', (a, v) => a.m('Uint32LessThan', a.instanceType(a.mapOf(v)), a.i32(InstanceType.FirstNonstring)), testOf(Types.String)),
  ObjectIsSymbol: heapObjectTest('symbol?', (a, v) => a.isMap(v, StaticRoot.SymbolMap)),
  ObjectIsBigInt: heapObjectTest('bigint?', (a, v) => a.isMap(v, StaticRoot.BigIntMap)),
  ObjectIsReceiver: heapObjectTest('JSReceiver?', (a, v) => a.m('Uint32LessThanOrEqual', a.i32(InstanceType.FirstJSReceiver), a.instanceType(a.mapOf(v))), testOf(Types.Receiver)),
  ObjectIsCallable: heapObjectTest('callable?', (a, v) => a.mapBit(v, MapBits.IsCallable)),
  ObjectIsUndetectable: heapObjectTest('undetectable?', (a, v) => a.mapBit(v, MapBits.IsUndetectable)),
  ObjectIsDetectableCallable: heapObjectTest('typeof function?', (a, v) => hasCallBits(a, a.mapOf(v), MapBits.IsCallable)),
  ObjectIsNonCallable: heapObjectTest('typeof object?', isNonCallable),
  ConvertReceiver: effectful<ConvertReceiverMode>(2, 1, 'tr', 'receiver, global proxy: the receiver of a sloppy function', { typing: (node, type) => (is(type(node.value(0)), Types.Receiver) ? type(node.value(0)) : Types.Receiver), takes: 'tt', lowering: lowerConvertReceiver, linearization: convertReceiver }),
  FindNonDefaultConstructor: row('simplified', 'v2 x1 f1 e1 c1 > v1 e1 c1', 'trd', 'active function, new target: a list of two, see the stub; the frame state is for an instance made in its place', { machineType: T.AnyTagged, typing: () => Types.OtherInternal, takes: 'tt', lowering: uses([Uses.anyTagged, Uses.anyTagged], Rep.TaggedPointer), linearization: findNonDefaultConstructor }),
} as const;

// --- lowering --------------------------------------------------------------------------------------------------------------

type Selector = RepresentationSelector;

function lowerNot(l: Selector, node: Node): void {
  l.unop(node, Uses.bool, Rep.Bit);
  if (!l.lower) return;
  node.appendInput(l.graph.int32(0));
  l.change(node, 'Word32Equal');
}

/** The conversion to a bit does the work. */
function lowerToBoolean(l: Selector, node: Node): void {
  l.unop(node, Uses.bool, Rep.Bit);
  if (l.lower) l.defer(node, node.value(0));
}

function lowerReferenceEqual(l: Selector, node: Node): void {
  l.binop(node, Uses.anyTagged, Uses.anyTagged, Rep.Bit);
  if (l.lower) l.change(node, 'TaggedEqual');
}

/** Numbers are compared as such; where either is a value that is only the same as itself, words are. */
function lowerSameValue(l: Selector, node: Node): void {
  const types = [l.typeOf(node.value(0)), l.typeOf(node.value(1))];
  if (types.every((type) => is(type, Types.Number))) {
    l.binop(node, Uses.truncatingFloat64(), Uses.truncatingFloat64(), Rep.Bit);
    if (l.lower) l.change(node, 'NumberSameValue');
    return;
  }
  l.binop(node, Uses.anyTagged, Uses.anyTagged, Rep.Bit);
  if (l.lower && types.some((type) => is(type, Types.Unique))) l.change(node, 'TaggedEqual');
}

function lowerIsNumber(l: Selector, node: Node): void {
  l.unop(node, Uses.anyTagged, Rep.Bit);
  if (l.lower && is(l.typeOf(node.value(0)), Types.Number)) l.defer(node, l.graph.int32(1));
}

/** Only where it may be undefined or null, the global proxy takes its place. */
function lowerConvertReceiver(l: Selector, node: Node, _: UseTruncation, mode: ConvertReceiverMode): void {
  const type = l.typeOf(node.value(0));
  l.binop(node, Uses.anyTagged, Uses.anyTagged, Rep.TaggedPointer);
  if (!l.lower) return;
  const isPresent = !maybe(type, Types.Undefined) && !maybe(type, Types.Null);
  l.change(node, 'ConvertReceiver', isPresent ? 'notNullOrUndefined' : mode);
}

// --- linearization -----------------------------------------------------------------------------------------------------------

function isNumber(a: GraphAssembler, node: Node): Node {
  const v = node.value(0);
  return a.smiOr(
    v,
    T.Bool,
    () => a.i32(1),
    () => a.isMap(v, StaticRoot.HeapNumberMap),
  );
}

function isNaNObject(a: GraphAssembler, node: Node): Node {
  const v = node.value(0);
  return a.notSmiAnd(v, () =>
    a.diamond(
      a.isMap(v, StaticRoot.HeapNumberMap),
      BranchHint.None,
      T.Bool,
      () => {
        const number = a.field(T.Float64, v, HeapNumber.Value);
        return a.m('Word32Equal', a.m('Float64Equal', number, number), a.i32(0));
      },
      () => a.i32(0),
    ),
  );
}

/** Of the bits that say callable and undetectable, exactly these are set. */
function hasCallBits(a: GraphAssembler, map: Node, bits: number): Node {
  const both = MapBits.IsCallable | MapBits.IsUndetectable;
  return a.m('Word32Equal', a.m('Word32And', a.field(T.Uint8, map, MapObject.BitField), a.i32(both)), a.i32(bits));
}

function isNonCallable(a: GraphAssembler, v: Node): Node {
  const map = a.mapOf(v);
  const receiver = a.m('Uint32LessThanOrEqual', a.i32(InstanceType.FirstJSReceiver), a.instanceType(map));
  return a.m('Word32And', receiver, hasCallBits(a, map, 0));
}

function convertReceiver(a: GraphAssembler, node: Node, mode: ConvertReceiverMode): Node {
  const [v, globalProxy] = [node.value(0), node.value(1)];
  const state = a.frameState;
  const toObject = (): Node => a.typed(a.callRuntime('TurbofanToObject', [v]), T.TaggedPointer);
  const primitive = (): Node =>
    mode === 'notNullOrUndefined'
      ? toObject()
      : either(a.m('TaggedEqual', v, a.root(StaticRoot.Undefined)), () =>
          either(a.m('TaggedEqual', v, a.root(StaticRoot.Null)), toObject),
        );
  const either = (condition: Node, otherwise: () => Node): Node =>
    a.diamond(condition, BranchHint.None, T.TaggedPointer, () => globalProxy, otherwise);
  const converted = a.diamond(a.isSmi(v), BranchHint.False, T.TaggedPointer, toObject, () =>
    a.diamond(
      a.m('Uint32LessThanOrEqual', a.i32(InstanceType.FirstJSReceiver), a.instanceType(a.mapOf(v))),
      BranchHint.True,
      T.TaggedPointer,
      () => v,
      primitive,
    ),
  );
  a.frameState = state;
  return converted;
}

function sameValue(a: GraphAssembler, node: Node): Node {
  const [v, w] = [node.value(0), node.value(1)];
  return a.diamond(
    a.m('TaggedEqual', v, w),
    BranchHint.True,
    T.Bool,
    () => a.i32(1),
    () => a.m('TaggedEqual', a.callRuntime('TurbofanSameValue', [v, w]), a.root(StaticRoot.True)),
  );
}

/** A getter of the new target's prototype is left to the interpreter; V8's call of its runtime may be left lazily instead. */
function findNonDefaultConstructor(a: GraphAssembler, node: Node): Node {
  const state = a.frameState;
  const found = a.callRuntime('TurbofanFindNonDefaultConstructor', [node.value(0), node.value(1)]);
  a.frameState = state;
  a.deoptIf(DeoptimizeReason.WrongCallTarget, undefined, a.isSmi(found));
  return a.typed(found, T.TaggedPointer);
}

function typeOf(a: GraphAssembler, node: Node): Node {
  return a.typed(a.callRuntime('TurbofanTypeOf', [node.value(0)]), T.TaggedPointer);
}
