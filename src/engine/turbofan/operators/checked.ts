// Checked arithmetic and checked changes of representation (V8: simplified-operator.h's Checked…): what simplified lowering
// makes of speculation. Each becomes machine operators with bailouts.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import { InstanceType, Oddball, StaticRoot } from '../../objects/index.ts';
import { MachineTypes as T } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import {
  type ArrayIndexParameters,
  BranchHint,
  CheckForMinusZero,
  type CheckNumericParameters,
  type CheckParameters,
  CheckTaggedInputMode,
  type FeedbackSource,
} from '../graph/parameters.ts';
import type { GraphAssembler } from '../phases/graph-assembler.ts';
import { check, type OperatorRow, row } from './row.ts';

/** On two int32. Done twice it is done twice. */
const arithmetic = <P extends CheckParameters>(
  doc: string,
  linearization: (assembler: GraphAssembler, node: Node, parameter: P) => Node,
): OperatorRow<P> =>
  row<P>('simplified', 'v2 e1 c1 > v1 e1', 'd', doc, { machineType: T.Int32, takes: 'ww', linearization });

// biome-ignore format: one operator, one line
export const checkedOperators = {
  CheckedInt32Add: arithmetic<CheckParameters>('overflow', (a, node, p) => withOverflow(a, a.m('Int32AddWithOverflow', node.value(0), node.value(1)), DeoptimizeReason.Overflow, p)),
  CheckedInt32Sub: arithmetic<CheckParameters>('overflow', (a, node, p) => withOverflow(a, a.m('Int32SubWithOverflow', node.value(0), node.value(1)), DeoptimizeReason.Overflow, p)),
  CheckedInt32Mul: arithmetic<CheckNumericParameters>('overflow, minus zero', checkedMul),
  CheckedInt32Div: arithmetic<CheckNumericParameters>('division by zero, minus zero, overflow, lost precision', checkedDiv),
  CheckedInt32Mod: arithmetic<CheckNumericParameters>('division by zero, minus zero', checkedMod),
  CheckedInt32ToTaggedSigned: check<CheckParameters>(1, 'lost precision (31-bit Smi overflow)', { machineType: T.TaggedSigned, takes: 'w', linearization: checkedInt32ToTaggedSigned }),
  CheckedUint32ToTaggedSigned: check<CheckParameters>(1, 'lost precision', { machineType: T.TaggedSigned, takes: 'w', linearization: checkedUint32ToTaggedSigned }),
  CheckedUint32ToInt32: check<CheckParameters>(1, 'lost precision', { machineType: T.Int32, takes: 'w', linearization: checkedUint32ToInt32 }),
  CheckedFloat64ToInt32: check<CheckNumericParameters>(1, 'lost precision or NaN, minus zero', { machineType: T.Int32, takes: 'd', linearization: (a, node, p) => checkedFloat64ToInt32(a, node.value(0), p) }),
  CheckedFloat64ToArrayIndex: check<CheckParameters>(1, 'lost precision or NaN', { machineType: T.Int32, takes: 'd', linearization: (a, node, p) => checkedFloat64ToArrayIndex(a, node.value(0), p.feedback) }),
  CheckedTaggedSignedToInt32: check<CheckParameters>(1, 'not a Smi', { machineType: T.Int32, takes: 't', linearization: checkedTaggedSignedToInt32 }),
  CheckedTaggedToInt32: check<CheckNumericParameters>(1, 'lost precision or NaN', { machineType: T.Int32, takes: 't', linearization: checkedTaggedToInt32 }),
  CheckedTaggedToArrayIndex: check<ArrayIndexParameters>(1, 'lost precision or NaN, not a heap number or not a String, not an array index', { machineType: T.Int32, takes: 't', linearization: checkedTaggedToArrayIndex }),
  CheckedTaggedToFloat64: check<CheckNumericParameters>(1, 'not a heap number, not a Number or …', { machineType: T.Float64, takes: 't', linearization: checkedTaggedToFloat64 }),
  CheckedTruncateTaggedToWord32: check<CheckNumericParameters>(1, 'not a heap number, not a Number or …', { machineType: T.Int32, takes: 't', linearization: checkedTruncateTaggedToWord32 }),
  CheckedTaggedToTaggedSigned: check<CheckParameters>(1, 'not a Smi', { machineType: T.TaggedSigned, takes: 't', linearization: checkedTaggedToTaggedSigned }),
  CheckedTaggedToTaggedPointer: check<CheckParameters>(1, 'Smi', { machineType: T.TaggedPointer, takes: 't', linearization: checkedTaggedToTaggedPointer }),
  CheckedUint32Bounds: check<CheckParameters>(2, 'index, length', { takes: 'ww', linearization: checkedUint32Bounds }),
} as const;

// --- arithmetic ------------------------------------------------------------------------------------------------------------

/** The result of an operation with an overflow bit. */
function withOverflow(
  a: GraphAssembler,
  operation: Node,
  reason: DeoptimizeReason,
  { feedback }: CheckParameters,
): Node {
  a.deoptIf(reason, feedback, a.graph.projection(1, operation, a.graph.start, T.Bool));
  return a.graph.projection(0, operation, a.graph.start, T.Int32);
}

function checkedMul(a: GraphAssembler, node: Node, p: CheckNumericParameters): Node {
  const [l, r] = [node.value(0), node.value(1)];
  const value = withOverflow(a, a.m('Int32MulWithOverflow', l, r), DeoptimizeReason.Overflow, p);
  if (p.minusZero !== CheckForMinusZero.DontCheck)
    whereZero(a, value, () => {
      const isNegative = a.m('Int32LessThan', a.m('Word32Or', l, r), a.i32(0));
      a.deoptIf(DeoptimizeReason.MinusZero, p.feedback, isNegative);
    });
  return value;
}

/** Where a word is 0, seldom. */
function whereZero(a: GraphAssembler, word: Node, then: () => void): void {
  a.diamond(
    a.m('Word32Equal', word, a.i32(0)),
    BranchHint.False,
    undefined,
    () => {
      then();
      return undefined;
    },
    () => undefined,
  );
}

function checkedDiv(a: GraphAssembler, node: Node, p: CheckNumericParameters): Node {
  const [l, r] = [node.value(0), node.value(1)];
  const zero = a.i32(0);
  const divide = (): Node => a.graph.newNode('Int32Div', undefined, [l, r, a.control]);
  const value = a.diamond(a.m('Int32LessThan', zero, r), BranchHint.True, T.Int32, divide, () => {
    a.deoptIf(DeoptimizeReason.DivisionByZero, p.feedback, a.m('Word32Equal', r, zero));
    if (p.minusZero !== CheckForMinusZero.DontCheck)
      a.deoptIf(DeoptimizeReason.MinusZero, p.feedback, a.m('Word32Equal', l, zero));
    return a.diamond(
      a.m('Word32Equal', l, a.i32(-0x80000000)),
      BranchHint.False,
      T.Int32,
      () => {
        a.deoptIf(DeoptimizeReason.Overflow, p.feedback, a.m('Word32Equal', r, a.i32(-1)));
        return divide();
      },
      divide,
    );
  });
  a.deoptUnless(DeoptimizeReason.LostPrecision, p.feedback, a.m('Word32Equal', l, a.m('Int32Mul', value, r)));
  return value;
}

function checkedMod(a: GraphAssembler, node: Node, p: CheckNumericParameters): Node {
  const [l, right] = [node.value(0), node.value(1)];
  const zero = a.i32(0);
  const r = a.diamond(
    a.m('Int32LessThanOrEqual', right, zero),
    BranchHint.False,
    T.Uint32,
    () => {
      const negated = a.m('Int32Sub', zero, right);
      a.deoptIf(DeoptimizeReason.DivisionByZero, p.feedback, a.m('Word32Equal', negated, zero));
      return negated;
    },
    () => right,
  );
  const remainder = (x: Node): Node => a.graph.newNode('Uint32Mod', undefined, [x, r, a.control]);
  return a.diamond(
    a.m('Int32LessThan', l, zero),
    BranchHint.False,
    T.Int32,
    () => {
      const rest = remainder(a.m('Int32Sub', zero, l));
      if (p.minusZero !== CheckForMinusZero.DontCheck)
        a.deoptIf(DeoptimizeReason.MinusZero, p.feedback, a.m('Word32Equal', rest, zero));
      return a.m('Int32Sub', zero, rest);
    },
    () => remainder(l),
  );
}

// --- words -----------------------------------------------------------------------------------------------------------------

function checkedInt32ToTaggedSigned(a: GraphAssembler, node: Node, p: CheckParameters): Node {
  const doubled = a.m('Int32AddWithOverflow', node.value(0), node.value(0));
  return a.m('BitcastWord32ToTaggedSigned', withOverflow(a, doubled, DeoptimizeReason.LostPrecision, p));
}

function checkedUint32ToTaggedSigned(a: GraphAssembler, node: Node, { feedback }: CheckParameters): Node {
  const v = node.value(0);
  a.deoptUnless(DeoptimizeReason.LostPrecision, feedback, a.m('Uint32LessThanOrEqual', v, a.i32(0x3fffffff)));
  return a.int31ToSmi(v);
}

function checkedUint32ToInt32(a: GraphAssembler, node: Node, { feedback }: CheckParameters): Node {
  const v = node.value(0);
  a.deoptIf(DeoptimizeReason.LostPrecision, feedback, a.m('Int32LessThan', v, a.i32(0)));
  return v;
}

function checkedUint32Bounds(a: GraphAssembler, node: Node, { feedback }: CheckParameters): Node {
  const [index, length] = [node.value(0), node.value(1)];
  a.deoptUnless(DeoptimizeReason.OutOfBounds, feedback, a.m('Uint32LessThan', index, length));
  return index;
}

// --- doubles ---------------------------------------------------------------------------------------------------------------

function checkedFloat64ToInt32(a: GraphAssembler, value: Node, p: CheckNumericParameters): Node {
  const word = a.m('RoundFloat64ToInt32', value);
  a.deoptUnless(
    DeoptimizeReason.LostPrecisionOrNaN,
    p.feedback,
    a.m('Float64Equal', value, a.m('ChangeInt32ToFloat64', word)),
  );
  if (p.minusZero === CheckForMinusZero.Check)
    whereZero(a, word, () => {
      const isNegative = a.m('Int32LessThan', a.m('Float64ExtractHighWord32', value), a.i32(0));
      a.deoptIf(DeoptimizeReason.MinusZero, p.feedback, isNegative);
    });
  return word;
}

/** −0 is 0; an integer that is no int32 becomes −1, which is out of all bounds. */
function checkedFloat64ToArrayIndex(a: GraphAssembler, value: Node, feedback: FeedbackSource | undefined): Node {
  const long = a.m('ChangeFloat64ToInt64', value);
  a.deoptUnless(
    DeoptimizeReason.LostPrecisionOrNaN,
    feedback,
    a.m('Float64Equal', value, a.m('ChangeInt64ToFloat64', long)),
  );
  a.deoptUnless(
    DeoptimizeReason.NotAnArrayIndex,
    feedback,
    a.m('Int64LessThan', long, a.graph.int64(BigInt(Number.MAX_SAFE_INTEGER))),
  );
  a.deoptUnless(
    DeoptimizeReason.NotAnArrayIndex,
    feedback,
    a.m('Int64LessThan', a.graph.int64(BigInt(Number.MIN_SAFE_INTEGER)), long),
  );
  const word = a.m('TruncateInt64ToInt32', long);
  return a.diamond(
    a.m('Word64Equal', a.m('ChangeInt32ToInt64', word), long),
    BranchHint.True,
    T.Int32,
    () => word,
    () => a.i32(-1),
  );
}

// --- tagged ----------------------------------------------------------------------------------------------------------------

function checkedTaggedToTaggedSigned(a: GraphAssembler, node: Node, { feedback }: CheckParameters): Node {
  a.deoptUnless(DeoptimizeReason.NotASmi, feedback, a.isSmi(node.value(0)));
  return node.value(0);
}

function checkedTaggedToTaggedPointer(a: GraphAssembler, node: Node, { feedback }: CheckParameters): Node {
  a.deoptIf(DeoptimizeReason.Smi, feedback, a.isSmi(node.value(0)));
  return node.value(0);
}

function checkedTaggedSignedToInt32(a: GraphAssembler, node: Node, { feedback }: CheckParameters): Node {
  a.deoptUnless(DeoptimizeReason.NotASmi, feedback, a.isSmi(node.value(0)));
  return a.smiToInt32(node.value(0));
}

function checkedTaggedToInt32(a: GraphAssembler, node: Node, p: CheckNumericParameters): Node {
  const v = node.value(0);
  return a.smiOr(
    v,
    T.Int32,
    (word) => word,
    () => {
      a.deoptUnless(DeoptimizeReason.NotAHeapNumber, p.feedback, a.isMap(v, StaticRoot.HeapNumberMap));
      return checkedFloat64ToInt32(a, a.heapNumberValue(v), p);
    },
  );
}

function checkedTaggedToArrayIndex(a: GraphAssembler, node: Node, p: ArrayIndexParameters): Node {
  const { feedback } = p;
  const v = node.value(0);
  return a.smiOr(
    v,
    T.Int32,
    (word) => word,
    () => {
      const map = a.mapOf(v);
      const isNumber = a.m('TaggedEqual', map, a.root(StaticRoot.HeapNumberMap));
      if (!p.strings) {
        a.deoptUnless(DeoptimizeReason.NotAHeapNumber, feedback, isNumber);
        return checkedFloat64ToArrayIndex(a, a.heapNumberValue(v), feedback);
      }
      return a.diamond(
        isNumber,
        BranchHint.True,
        T.Int32,
        () => checkedFloat64ToArrayIndex(a, a.heapNumberValue(v), feedback),
        () => checkedStringToArrayIndex(a, v, map, feedback),
      );
    },
  );
}

function checkedStringToArrayIndex(
  a: GraphAssembler,
  value: Node,
  map: Node,
  feedback: FeedbackSource | undefined,
): Node {
  a.deoptUnless(
    DeoptimizeReason.NotAString,
    feedback,
    a.m('Uint32LessThan', a.instanceType(map), a.i32(InstanceType.FirstNonstring)),
  );
  const state = a.frameState;
  const index = a.smiToInt32(a.callRuntime('TurbofanStringToArrayIndex', [value]));
  a.frameState = state;
  a.deoptIf(DeoptimizeReason.NotAnArrayIndex, feedback, a.m('Word32Equal', index, a.i32(-1)));
  return index;
}

function checkedTaggedToFloat64(a: GraphAssembler, node: Node, p: CheckNumericParameters): Node {
  const v = node.value(0);
  return a.smiOr(
    v,
    T.Float64,
    (word) => a.m('ChangeInt32ToFloat64', word),
    () => checkedHeapObjectToFloat64(a, v, p),
  );
}

function checkedTruncateTaggedToWord32(a: GraphAssembler, node: Node, p: CheckNumericParameters): Node {
  const v = node.value(0);
  return a.smiOr(
    v,
    T.Int32,
    (word) => word,
    () => a.m('TruncateFloat64ToWord32', checkedHeapObjectToFloat64(a, v, p)),
  );
}

function checkedHeapObjectToFloat64(a: GraphAssembler, object: Node, p: CheckNumericParameters): Node {
  const map = a.mapOf(object);
  const isNumber = a.m('TaggedEqual', map, a.root(StaticRoot.HeapNumberMap));
  if (p.mode === CheckTaggedInputMode.Number) {
    a.deoptUnless(DeoptimizeReason.NotAHeapNumber, p.feedback, isNumber);
    return a.heapNumberValue(object);
  }
  return a.diamond(
    isNumber,
    BranchHint.None,
    T.Float64,
    () => a.heapNumberValue(object),
    () => {
      if (p.mode === CheckTaggedInputMode.NumberOrBoolean)
        a.deoptUnless(
          DeoptimizeReason.NotANumberOrBoolean,
          p.feedback,
          a.m('TaggedEqual', map, a.root(StaticRoot.BooleanMap)),
        );
      else
        a.deoptUnless(
          DeoptimizeReason.NotANumberOrOddball,
          p.feedback,
          a.m('Word32Equal', a.instanceType(map), a.i32(InstanceType.Oddball)),
        );
      return a.field(T.Float64, object, Oddball.ToNumberRaw);
    },
  );
}
