// Changes of representation that cannot fail (V8: simplified-operator.h's Change… and Truncate…): what simplified lowering puts
// between a value and its use.

import { MapBits, MapObject, Oddball, StaticRoot } from '../../objects/index.ts';
import { type MachineType, Rep, MachineTypes as T } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import { BranchHint, type ChangeFloat64Parameters, CheckForMinusZero } from '../graph/parameters.ts';
import { Bits, type Type, Types, union } from '../graph/types.ts';
import type { GraphAssembler } from '../phases/graph-assembler.ts';
import type { RepresentationSelector } from '../phases/simplified-lowering.ts';
import { withoutHole } from './number-typing.ts';
import { type OperatorRow, pure, type TypeOf } from './row.ts';
import { Uses } from './use-info.ts';

/** @param takes row.ts */
const change = (
  takes: string,
  machineType: MachineType,
  doc: string,
  linearize: (assembler: GraphAssembler, value: Node) => Node,
): OperatorRow<undefined> =>
  pure(1, doc, { machineType, takes, linearization: (assembler, node) => linearize(assembler, node.value(0)) });

// biome-ignore format: one operator, one line
export const changeOperators = {
  ChangeTaggedSignedToInt32: change('t', T.Int32, 'Smi untag', (a, v) => a.smiToInt32(v)),
  ChangeTaggedToInt32: change('t', T.Int32, 'Signed32 number to int32', (a, v) => smiOrNumber(a, v, T.Int32, (w) => w, (d) => a.m('ChangeFloat64ToInt32', d))),
  ChangeTaggedToUint32: change('t', T.Uint32, 'Unsigned32 number', (a, v) => smiOrNumber(a, v, T.Uint32, (w) => w, (d) => a.m('ChangeFloat64ToUint32', d))),
  ChangeTaggedToFloat64: change('t', T.Float64, 'number to double', (a, v) => smiOrNumber(a, v, T.Float64, (w) => a.m('ChangeInt32ToFloat64', w), (d) => d)),
  ChangeTaggedToTaggedSigned: change('t', T.TaggedSigned, 'number known to be in Smi range', changeTaggedToTaggedSigned),
  ChangeTaggedToBit: change('t', T.Bool, 'boolean to bit', (a, v) => a.m('TaggedEqual', v, a.root(StaticRoot.True))),
  ChangeBitToTagged: change('b', T.TaggedPointer, 'bit to boolean', changeBitToTagged),
  ChangeInt31ToTaggedSigned: change('i', T.TaggedSigned, 'Smi tag', (a, v) => a.int31ToSmi(v)),
  ChangeInt32ToTagged: change('i', T.AnyTagged, 'Smi or HeapNumber', int32ToTagged),
  ChangeUint32ToTagged: change('u', T.AnyTagged, 'Smi or HeapNumber', uint32ToTagged),
  ChangeFloat64ToTagged: pure<ChangeFloat64Parameters | undefined>(1, 'Smi or HeapNumber; parameter checks minus zero', { takes: 'd', linearization: (a, node, p) => float64ToTagged(a, node.value(0), p?.minusZero !== CheckForMinusZero.DontCheck) }),
  ChangeFloat64ToTaggedPointer: change('d', T.TaggedPointer, 'HeapNumber', (a, v) => a.newHeapNumber(v)),
  ChangeFloat64HoleToTagged: change('d', T.AnyTagged, 'hole → undefined', float64HoleToTagged),
  TruncateTaggedToWord32: change('t', T.Int32, 'number or oddball', truncateToWord32),
  TruncateTaggedToFloat64: change('t', T.Float64, 'number or oddball', truncateToFloat64),
  TruncateTaggedToBit: change('t', T.Bool, 'truthiness', truthiness),
  ConvertTaggedHoleToUndefined: pure(1, 'the_hole → undefined', { takes: 't', typing: typeHoleConverted, lowering: lowerHoleConversion, linearization: convertTaggedHole }),
} as const;

// --- to tagged -------------------------------------------------------------------------------------------------------------

function changeBitToTagged(a: GraphAssembler, bit: Node): Node {
  return a.diamond(
    bit,
    BranchHint.None,
    T.TaggedPointer,
    () => a.root(StaticRoot.True),
    () => a.root(StaticRoot.False),
  );
}

function int32ToTagged(a: GraphAssembler, word: Node): Node {
  const add = a.m('Int32AddWithOverflow', word, word);
  return a.diamond(
    a.graph.projection(1, add, a.graph.start, T.Bool),
    BranchHint.False,
    T.AnyTagged,
    () => a.newHeapNumber(a.m('ChangeInt32ToFloat64', word)),
    () => a.m('BitcastWord32ToTaggedSigned', a.graph.projection(0, add, a.graph.start, T.Int32)),
  );
}

function uint32ToTagged(a: GraphAssembler, word: Node): Node {
  return a.diamond(
    a.m('Uint32LessThanOrEqual', word, a.i32(0x3fffffff)),
    BranchHint.True,
    T.AnyTagged,
    () => a.int31ToSmi(word),
    () => a.newHeapNumber(a.m('ChangeUint32ToFloat64', word)),
  );
}

function float64ToTagged(a: GraphAssembler, value: Node, checksMinusZero: boolean): Node {
  const word = a.m('RoundFloat64ToInt32', value);
  const zeroToTagged = (): Node =>
    a.diamond(
      a.m('Int32LessThan', a.m('Float64ExtractHighWord32', value), a.i32(0)),
      BranchHint.False,
      T.AnyTagged,
      () => a.newHeapNumber(value),
      () => a.graph.smi(0),
    );
  return a.diamond(
    a.m('Float64Equal', value, a.m('ChangeInt32ToFloat64', word)),
    BranchHint.None,
    T.AnyTagged,
    () => {
      if (!checksMinusZero) return int32ToTagged(a, word);
      const isZero = a.m('Word32Equal', word, a.i32(0));
      return a.diamond(isZero, BranchHint.None, T.AnyTagged, zeroToTagged, () => int32ToTagged(a, word));
    },
    () => a.newHeapNumber(value),
  );
}

function float64HoleToTagged(a: GraphAssembler, value: Node): Node {
  return a.diamond(
    a.isHole(value),
    BranchHint.False,
    T.AnyTagged,
    () => a.root(StaticRoot.Undefined),
    () => float64ToTagged(a, value, true),
  );
}

function changeTaggedToTaggedSigned(a: GraphAssembler, v: Node): Node {
  return a.smiOr(
    v,
    T.TaggedSigned,
    () => v,
    () => a.int31ToSmi(a.m('ChangeFloat64ToInt32', a.heapNumberValue(v))),
  );
}

// --- from tagged -----------------------------------------------------------------------------------------------------------

/** A Smi, else a HeapNumber. */
function smiOrNumber(
  a: GraphAssembler,
  v: Node,
  type: MachineType,
  ofWord: (word: Node) => Node,
  ofDouble: (value: Node) => Node,
): Node {
  return a.smiOr(v, type, ofWord, () => ofDouble(a.heapNumberValue(v)));
}

/** HeapNumber or oddball, known to be one of them. */
function numberOrOddballToFloat64(a: GraphAssembler, object: Node): Node {
  return a.diamond(
    a.isMap(object, StaticRoot.HeapNumberMap),
    BranchHint.True,
    T.Float64,
    () => a.heapNumberValue(object),
    () => a.field(T.Float64, object, Oddball.ToNumberRaw),
  );
}

function truncateToFloat64(a: GraphAssembler, v: Node): Node {
  return a.smiOr(
    v,
    T.Float64,
    (word) => a.m('ChangeInt32ToFloat64', word),
    () => numberOrOddballToFloat64(a, v),
  );
}

function truncateToWord32(a: GraphAssembler, v: Node): Node {
  return a.smiOr(
    v,
    T.Int32,
    (word) => word,
    () => a.m('TruncateFloat64ToWord32', numberOrOddballToFloat64(a, v)),
  );
}

/** One test after the other, each with its answer. */
function truthiness(a: GraphAssembler, v: Node): Node {
  const numberTruth = (d: Node): Node => a.m('Float64LessThan', a.f64(0), a.m('Float64Abs', d));
  const isNonZero = (word: Node): Node => a.not(a.m('Word32Equal', word, a.i32(0)));
  const isEither = (one: StaticRoot, other: StaticRoot): Node =>
    a.m('Word32Or', a.m('TaggedEqual', v, a.root(one)), a.m('TaggedEqual', v, a.root(other)));
  const unless = (condition: Node, hint: BranchHint, answer: () => Node, otherwise: () => Node): Node =>
    a.diamond(condition, hint, T.Bool, answer, otherwise);
  const no = (): Node => a.i32(0);

  // null and undefined are undetectable; strings that are empty are the empty string
  const ofOther = (): Node => a.not(isEither(StaticRoot.Null, StaticRoot.Undefined));
  const ofBigInt = (): Node => isNonZero(a.m('Word32Shr', a.field(T.Uint32, v, 4), a.i32(1)));
  const ofHeapObject = (): Node => {
    const map = a.mapOf(v);
    const undetectable = a.m('Word32And', a.field(T.Uint8, map, MapObject.BitField), a.i32(MapBits.IsUndetectable));
    const isMap = (root: StaticRoot): Node => a.m('TaggedEqual', map, a.root(root));
    return unless(isNonZero(undetectable), BranchHint.None, no, () =>
      unless(
        isMap(StaticRoot.HeapNumberMap),
        BranchHint.None,
        () => numberTruth(a.heapNumberValue(v)),
        () => unless(isMap(StaticRoot.BigIntMap), BranchHint.False, ofBigInt, ofOther),
      ),
    );
  };
  return a.smiOr(v, T.Bool, isNonZero, () =>
    unless(isEither(StaticRoot.False, StaticRoot.EmptyString), BranchHint.None, no, ofHeapObject),
  );
}

// --- the hole --------------------------------------------------------------------------------------------------------------

function typeHoleConverted(node: Node, type: TypeOf): Type {
  const input = type(node.value(0));
  return (input.bits & Bits.Hole) !== 0 ? union(withoutHole(input), Types.Undefined) : input;
}

function lowerHoleConversion(l: RepresentationSelector, node: Node): void {
  l.unop(node, Uses.anyTagged, Rep.Tagged);
  if (l.lower && (l.typeOf(node.value(0)).bits & Bits.Hole) === 0) l.defer(node, node.value(0));
}

function convertTaggedHole(a: GraphAssembler, node: Node): Node {
  const v = node.value(0);
  return a.diamond(
    a.m('TaggedEqual', v, a.root(StaticRoot.TheHole)),
    BranchHint.False,
    T.AnyTagged,
    () => a.root(StaticRoot.Undefined),
    () => v,
  );
}
