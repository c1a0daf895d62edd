// Guards on values: each passes its value on, or bails out with its reason. Some are dropped, or become a conversion of their
// input, where the type or the representation already tells.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import {
  InstanceType,
  JSFunction,
  MapBits,
  MapBits3,
  MapObject,
  StaticRoot,
  StringBits,
  ThinString,
} from '../../objects/index.ts';
import { MachineTypes, Rep } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import {
  BranchHint,
  type CheckBoundsParameters,
  type CheckClosureParameters,
  type CheckFloat64HoleParameters,
  type CheckMapsParameters,
  type CheckParameters,
  type DeoptimizeParameters,
} from '../graph/parameters.ts';
import { Bits, bitset, intersect, is, range, type Type, Types, union } from '../graph/types.ts';
import type { GraphAssembler } from '../phases/graph-assembler.ts';
import type { RepresentationSelector } from '../phases/simplified-lowering.ts';
import { unop, uses } from './lowering.ts';
import { toNumberType, withoutHole, withoutMinusZero } from './number-typing.ts';
import { check, effectful, guard, type OperatorRow, type TypeOf } from './row.ts';
import { type UseInfo, Uses, type UseTruncation, usedAsWord32 } from './use-info.ts';

type Selector = RepresentationSelector;
const receiverOrNullOrUndefined = bitset(Bits.Receiver | Bits.Null | Bits.Undefined);

/** A check of a heap object's kind: nothing where its type tells. */
const kind = (
  doc: string,
  type: Type,
  linearization: (assembler: GraphAssembler, node: Node, parameter: CheckParameters | undefined) => Node,
): OperatorRow<CheckParameters | undefined> =>
  check<CheckParameters | undefined>(1, doc, {
    typing: (node, typeOf) => intersect(typeOf(node.value(0)), type),
    lowering: (selector, node, _, parameter) => lowerKind(selector, node, parameter, type),
    takes: 'p',
    linearization,
  });

// biome-ignore format: one operator, one line
export const checkOperators = {
  CheckMaps: guard<CheckMapsParameters>(1, 'deopt unless the map is one of parameter.maps', { lowering: uses([Uses.taggedPointer]), linearization: checkMaps }),
  CompareMaps: effectful<CheckMapsParameters>(1, 1, 'tr', 'is the map one of parameter.maps', { typing: () => Types.Boolean, lowering: unop(Uses.taggedPointer, Rep.Bit), linearization: compareMaps }),
  CheckString: kind('String', Types.String, checkString),
  CheckInternalizedString: kind('internalized', Types.InternalizedString, checkInternalizedString),
  CheckSymbol: kind('Symbol', Types.Symbol, checkSymbol),
  CheckBigInt: check<CheckParameters>(1, 'BigInt', { typing: (node, type) => intersect(type(node.value(0)), Types.BigInt), lowering: lowerBigInt, takes: 't', linearization: checkBigInt }),
  CheckReceiver: kind('JSReceiver', Types.Receiver, checkReceiver),
  CheckReceiverOrNullOrUndefined: kind('JSReceiver, null or undefined', receiverOrNullOrUndefined, checkReceiverOrNullOrUndefined),
  CheckDetectableCallable: check<CheckParameters>(1, 'typeof function', { typing: (node, type) => intersect(type(node.value(0)), Types.Callable), lowering: unop(Uses.anyTagged, Rep.TaggedPointer), takes: 't', linearization: checkDetectableCallable }),
  CheckHeapObject: check<CheckParameters | undefined>(1, 'not a Smi', { typing: (node, type) => type(node.value(0)), lowering: lowerHeapObject }),
  CheckSmi: check<CheckParameters>(1, 'Smi', { typing: (node, type) => intersect(type(node.value(0)), Types.SignedSmall), lowering: lowerSmi }),
  CheckNumber: check<CheckParameters>(1, 'Number', { typing: (node, type) => intersect(type(node.value(0)), Types.Number), lowering: lowerNumber, takes: 't', linearization: checkNumber }),
  CheckBounds: check<CheckBoundsParameters>(2, 'index, length', { typing: typeBounds, lowering: lowerBounds }),
  CheckEqualsInternalizedString: guard(2, 'expected, actual', { lowering: uses([Uses.anyTagged, Uses.anyTagged]), linearization: checkEqualsInternalizedString }),
  CheckEqualsSymbol: guard(2, 'expected, actual', { lowering: uses([Uses.anyTagged, Uses.anyTagged]), linearization: checkEqualsSymbol }),
  CheckIf: guard<DeoptimizeParameters>(1, 'deopt unless true', { lowering: uses([Uses.bool]), linearization: checkIf }),
  CheckFloat64Hole: check<CheckFloat64HoleParameters>(1, 'deopt on the hole NaN', { typing: typeFloat64Hole, lowering: lowerFloat64Hole, takes: 'd', linearization: checkFloat64Hole }),
  CheckNotTaggedHole: check<CheckParameters>(1, 'deopt on the_hole', { typing: (node, type) => withoutHole(type(node.value(0))), lowering: unop(Uses.anyTagged, Rep.Tagged), linearization: checkNotTaggedHole }),
  CheckClosure: check<CheckClosureParameters>(1, 'JSFunction with the feedback cell', { typing: () => Types.Callable, lowering: unop(Uses.checkedHeapObject(), Rep.TaggedPointer), linearization: checkClosure }),
} as const;

// --- maps ----------------------------------------------------------------------------------------------------------------

/** Whether a map is one of these. */
function isOneOf(a: GraphAssembler, map: Node, maps: readonly number[]): Node {
  let any: Node | undefined;
  for (const word of maps) {
    const same = a.m('TaggedEqual', map, a.graph.heapConstant(word));
    any = any === undefined ? same : a.m('Word32Or', any, same);
  }
  return any!;
}

function checkMaps(a: GraphAssembler, node: Node, p: CheckMapsParameters): Node {
  const object = node.value(0);
  const map = a.mapOf(object);
  if (!p.tryMigrate) {
    checkMapsInTurn(a, map, p, 0);
    return a.noValue;
  }
  a.diamond(
    isOneOf(a, map, p.maps),
    BranchHint.True,
    undefined,
    () => undefined,
    () => {
      const deprecated = a.m(
        'Word32And',
        a.field(MachineTypes.Int32, map, MapObject.BitField3),
        a.i32(MapBits3.IsDeprecated),
      );
      a.deoptIf(DeoptimizeReason.WrongMap, p.feedback, a.m('Word32Equal', deprecated, a.i32(0)));
      const state = a.frameState;
      const migrated = a.callRuntime('TryMigrateInstance', [object]);
      a.frameState = state;
      a.deoptIf(DeoptimizeReason.InstanceMigrationFailed, p.feedback, a.isSmi(migrated));
      a.deoptUnless(DeoptimizeReason.WrongMap, p.feedback, isOneOf(a, a.mapOf(object), p.maps));
      return undefined;
    },
  );
  return a.noValue;
}

/** One compare and branch per map, the last one deoptimizes. */
function checkMapsInTurn(a: GraphAssembler, map: Node, p: CheckMapsParameters, i: number): void {
  const same = a.m('TaggedEqual', map, a.graph.heapConstant(p.maps[i]!));
  if (i === p.maps.length - 1) {
    a.deoptUnless(DeoptimizeReason.WrongMap, p.feedback, same);
    return;
  }
  a.diamond(
    same,
    BranchHint.None,
    undefined,
    () => undefined,
    () => {
      checkMapsInTurn(a, map, p, i + 1);
      return undefined;
    },
  );
}

function compareMaps(a: GraphAssembler, node: Node, { maps }: CheckMapsParameters): Node {
  return isOneOf(a, a.mapOf(node.value(0)), maps);
}

// --- kinds of heap objects -------------------------------------------------------------------------------------------------

function lowerKind(l: Selector, node: Node, p: CheckParameters | undefined, type: Type): void {
  if (is(l.typeOf(node.value(0)), type)) {
    l.unop(node, Uses.anyTagged, Rep.TaggedPointer);
    if (l.lower) l.defer(node, node.value(0));
    return;
  }
  l.unop(node, Uses.checkedHeapObject(p?.feedback), Rep.TaggedPointer);
}

function lowerHeapObject(l: Selector, node: Node, _: UseTruncation, p: CheckParameters | undefined): void {
  const input = node.value(0);
  const isKnown = (l.typeOf(input).bits & Bits.Signed31) === 0 && l.isTagged(input);
  l.unop(node, isKnown ? Uses.anyTagged : Uses.checkedHeapObject(p?.feedback), Rep.TaggedPointer);
  if (l.lower) l.defer(node, node.value(0));
}

function checkString(a: GraphAssembler, node: Node, p: CheckParameters | undefined): Node {
  const v = node.value(0);
  const type = a.instanceType(a.mapOf(v));
  a.deoptUnless(
    DeoptimizeReason.NotAString,
    p?.feedback,
    a.m('Uint32LessThan', type, a.i32(InstanceType.FirstNonstring)),
  );
  return v;
}

function checkInternalizedString(a: GraphAssembler, node: Node): Node {
  const v = node.value(0);
  const kind = a.m('Word32And', a.instanceType(a.mapOf(v)), a.i32(~StringBits.OneByte));
  a.deoptUnless(DeoptimizeReason.WrongInstanceType, undefined, a.m('Word32Equal', kind, a.i32(0)));
  return v;
}

function checkSymbol(a: GraphAssembler, node: Node): Node {
  a.deoptUnless(DeoptimizeReason.NotASymbol, undefined, a.isMap(node.value(0), StaticRoot.SymbolMap));
  return node.value(0);
}

function lowerBigInt(l: Selector, node: Node): void {
  if (is(l.typeOf(node.value(0)), Types.BigInt)) l.passOn(node);
  else l.unop(node, Uses.anyTagged, Rep.TaggedPointer);
}

function checkBigInt(a: GraphAssembler, node: Node, { feedback }: CheckParameters): Node {
  const v = node.value(0);
  a.deoptIf(DeoptimizeReason.NotABigInt, feedback, a.isSmi(v));
  a.deoptUnless(DeoptimizeReason.NotABigInt, feedback, a.isMap(v, StaticRoot.BigIntMap));
  return v;
}

const isReceiver = (a: GraphAssembler, v: Node): Node =>
  a.m('Uint32LessThanOrEqual', a.i32(InstanceType.FirstJSReceiver), a.instanceType(a.mapOf(v)));

function checkReceiver(a: GraphAssembler, node: Node): Node {
  a.deoptUnless(DeoptimizeReason.NotAJavaScriptObject, undefined, isReceiver(a, node.value(0)));
  return node.value(0);
}

function checkReceiverOrNullOrUndefined(a: GraphAssembler, node: Node): Node {
  const v = node.value(0);
  const receiver = isReceiver(a, v);
  const isNull = a.m('TaggedEqual', v, a.root(StaticRoot.Null));
  const other = a.m('Word32Or', isNull, a.m('TaggedEqual', v, a.root(StaticRoot.Undefined)));
  a.deoptUnless(DeoptimizeReason.NotAJavaScriptObjectOrNullOrUndefined, undefined, a.m('Word32Or', receiver, other));
  return v;
}

function checkDetectableCallable(a: GraphAssembler, node: Node, { feedback }: CheckParameters): Node {
  const v = node.value(0);
  const both = MapBits.IsCallable | MapBits.IsUndetectable;
  const isOne = a.notSmiAnd(v, () => {
    const bits = a.field(MachineTypes.Uint8, a.mapOf(v), MapObject.BitField);
    return a.m('Word32Equal', a.m('Word32And', bits, a.i32(both)), a.i32(MapBits.IsCallable));
  });
  a.deoptUnless(DeoptimizeReason.NotDetectableReceiver, feedback, isOne);
  return v;
}

function checkClosure(a: GraphAssembler, node: Node, { cell, feedback }: CheckClosureParameters): Node {
  const v = node.value(0);
  const type = a.instanceType(a.mapOf(v));
  a.deoptUnless(
    DeoptimizeReason.WrongCallTarget,
    feedback,
    a.m(
      'Uint32LessThanOrEqual',
      a.m('Int32Sub', type, a.i32(InstanceType.FirstJSFunction)),
      a.i32(InstanceType.LastJSFunction - InstanceType.FirstJSFunction),
    ),
  );
  const actual = a.field(MachineTypes.TaggedPointer, v, JSFunction.FeedbackCell);
  a.deoptUnless(DeoptimizeReason.WrongFeedbackCell, feedback, a.m('TaggedEqual', actual, a.graph.heapConstant(cell)));
  return v;
}

// --- numbers -------------------------------------------------------------------------------------------------------------

/** As a word if the use truncates. */
function lowerSmi(l: Selector, node: Node, truncation: UseTruncation, { feedback }: CheckParameters): void {
  if (usedAsWord32(truncation)) l.unop(node, Uses.checkedSmiAsWord32(truncation.identifyZeros, feedback), Rep.Word32);
  else l.unop(node, Uses.checkedSmi(feedback), Rep.TaggedSigned);
  if (l.lower) l.defer(node, node.value(0));
}

function lowerNumber(l: Selector, node: Node): void {
  if (is(l.typeOf(node.value(0)), Types.Number)) l.passOn(node);
  else l.unop(node, Uses.anyTagged, Rep.Tagged);
}

function checkNumber(a: GraphAssembler, node: Node, { feedback }: CheckParameters): Node {
  const v = node.value(0);
  a.diamond(
    a.isSmi(v),
    BranchHint.None,
    undefined,
    () => undefined,
    () => {
      a.deoptUnless(DeoptimizeReason.NotANumber, feedback, a.isMap(v, StaticRoot.HeapNumberMap));
      return undefined;
    },
  );
  return v;
}

function typeBounds(node: Node, type: TypeOf): Type {
  const index = intersect(toNumberType(type(node.value(0))), Types.ArrayLength);
  const length = type(node.value(1));
  const max = length.max !== undefined ? Math.max(0, length.max - 1) : 0xfffffffe;
  return intersect(index.bits === 0 ? range(0, max) : withoutMinusZero(index), range(0, max));
}

function lowerBounds(l: Selector, node: Node, _: UseTruncation, p: CheckBoundsParameters): void {
  const { convert, feedback } = p;
  const index = l.typeOf(node.value(0));
  const length = l.typeOf(node.value(1));
  const check = (indexUse: UseInfo, lengthUse: UseInfo, restriction: Type): void => {
    l.binop(node, indexUse, lengthUse, Rep.Word32, restriction);
    if (l.lower) l.change(node, 'CheckedUint32Bounds', { feedback });
  };
  if (!is(length, Types.Unsigned32)) {
    check(Uses.checkedArrayIndex(feedback), Uses.checkedSigned32AsWord32(true, feedback), Types.Any);
    return;
  }
  if (p.wide === true && !is(index, Types.Integral32OrMinusZero)) {
    check(Uses.checkedIndex(feedback), Uses.word32, Types.Unsigned32);
    return;
  }
  // As uint32, negative indices are beyond every length.
  if (!is(index, convert ? Types.Integral32OrMinusZero : Types.Integral32)) {
    const use = convert ? Uses.checkedArrayIndex(feedback) : Uses.checkedSigned32AsWord32(false, feedback);
    check(use, Uses.word32, Types.Unsigned32);
    return;
  }
  l.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Word32);
  if (!l.lower) return;
  const inRange = index.min !== undefined && index.min >= 0 && length.min !== undefined && index.max! < length.min;
  if (inRange) l.defer(node, node.value(0));
  else l.change(node, 'CheckedUint32Bounds', { feedback });
}

// --- holes ---------------------------------------------------------------------------------------------------------------

function typeFloat64Hole(node: Node, type: TypeOf, { allowHole }: CheckFloat64HoleParameters): Type {
  const number = intersect(type(node.value(0)), Types.Number);
  return allowHole ? union(number, Types.Undefined) : number;
}

function lowerFloat64Hole(l: Selector, node: Node, _: UseTruncation, { allowHole }: CheckFloat64HoleParameters): void {
  const isWithoutHole = (l.typeOf(node.value(0)).bits & Bits.Hole) === 0;
  if (!isWithoutHole && !allowHole) {
    l.unop(node, Uses.float64, Rep.Float64, Types.Number);
    return;
  }
  // Where it is allowed, the hole is undefined: NaN to arithmetic.
  l.unop(node, isWithoutHole ? Uses.float64 : Uses.truncatingFloat64(), Rep.Float64);
  if (l.lower) l.defer(node, node.value(0));
}

function checkFloat64Hole(a: GraphAssembler, node: Node, { feedback }: CheckFloat64HoleParameters): Node {
  a.deoptIf(DeoptimizeReason.Hole, feedback, a.isHole(node.value(0)));
  return node.value(0);
}

function checkNotTaggedHole(a: GraphAssembler, node: Node, { feedback }: CheckParameters): Node {
  a.deoptIf(DeoptimizeReason.Hole, feedback, a.m('TaggedEqual', node.value(0), a.root(StaticRoot.TheHole)));
  return node.value(0);
}

// --- names and conditions --------------------------------------------------------------------------------------------------

function checkIf(a: GraphAssembler, node: Node, { reason, feedback }: DeoptimizeParameters): Node {
  a.deoptUnless(reason, feedback, node.value(0));
  return a.noValue;
}

function checkEqualsSymbol(a: GraphAssembler, node: Node): Node {
  a.deoptUnless(DeoptimizeReason.WrongName, undefined, a.m('TaggedEqual', node.value(0), node.value(1)));
  return a.noValue;
}

/** A key that is not the expected name itself can still be a string with the same text: thin, or not internalized yet. */
function checkEqualsInternalizedString(a: GraphAssembler, node: Node): Node {
  const [expected, key] = [node.value(0), node.value(1)];
  const state = a.frameState;
  const deoptUnless = (condition: Node): void => {
    a.deoptUnless(DeoptimizeReason.WrongName, undefined, condition);
  };
  const isThin = (type: Node): Node =>
    a.m('Word32Equal', a.m('Word32And', type, a.i32(~StringBits.OneByte)), a.i32(InstanceType.ThinTwoByteString));
  a.diamond(
    a.m('TaggedEqual', expected, key),
    BranchHint.True,
    undefined,
    () => undefined,
    () => {
      a.deoptIf(DeoptimizeReason.WrongName, undefined, a.isSmi(key));
      const type = a.instanceType(a.mapOf(key));
      a.diamond(
        isThin(type),
        BranchHint.None,
        undefined,
        () => {
          deoptUnless(a.m('TaggedEqual', expected, a.field(MachineTypes.TaggedPointer, key, ThinString.Actual)));
          return undefined;
        },
        () => {
          const kind = a.m('Word32And', type, a.i32(StringBits.NotString | StringBits.NotInternalized));
          deoptUnless(a.m('Word32Equal', kind, a.i32(StringBits.NotInternalized)));
          const found = a.callRuntime('TurbofanFindInternalizedString', [key]);
          a.frameState = state;
          deoptUnless(a.m('TaggedEqual', expected, found));
          return undefined;
        },
      );
      return undefined;
    },
  );
  a.frameState = state;
  return a.noValue;
}
