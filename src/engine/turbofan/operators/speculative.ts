// Operators on values that feedback says are numbers: they check, or leave the checks to the conversions of their
// inputs.

import { Rep } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import { CheckForMinusZero, type HintParameter } from '../graph/parameters.ts';
import { intersect, is, maybe, range, type Type, Types } from '../graph/types.ts';
import type { RepresentationSelector } from '../phases/simplified-lowering.ts';
import {
  type Arithmetic,
  type ArithmeticName,
  arithmetic,
  type Comparison,
  comparisons,
  fitsWord,
  isWordProduct,
  lowersToIntegerDivision,
  lowersToIntegerRemainder,
  lowersToWordComparison,
  typeArithmetic,
  wordBinop,
} from './number.ts';
import { toNumberType } from './number-typing.ts';
import { effectful, type OperatorRow } from './row.ts';
import { Truncation, type UseInfo, Uses, type UseTruncation, usedAsWord32 } from './use-info.ts';

type Selector = RepresentationSelector;
type SpeculativeLowering = (
  selector: Selector,
  node: Node,
  truncation: UseTruncation,
  parameter: HintParameter,
  by: Arithmetic,
) => void;

/** The operation `name`, on whatever the hint admits. */
function speculative(
  name: ArithmeticName,
  doc: string,
  lowering: SpeculativeLowering,
  within: Type = Types.Any,
): OperatorRow<HintParameter> {
  const by: Arithmetic = arithmetic[name];
  return effectful<HintParameter>(2, 1, 'trg', doc, {
    operationTyping: (node, type) =>
      intersect(typeArithmetic(name, toNumberType(type(node.value(0))), toNumberType(type(node.value(1)))), within),
    lowering: (selector, node, truncation, parameter) => lowering(selector, node, truncation, parameter, by),
  });
}

const comparison = (doc: string, by: Comparison): OperatorRow<HintParameter> =>
  effectful<HintParameter>(2, 1, 'tr', doc, {
    typing: () => Types.Boolean,
    lowering: (selector, node, _, hint) => lowerComparison(selector, node, hint, by),
  });

// biome-ignore format: one operator, one line
export const speculativeOperators = {
  SpeculativeNumberAdd: speculative('NumberAdd', 'a + b', lowerAdditive),
  SpeculativeNumberSubtract: speculative('NumberSubtract', 'a - b', lowerAdditive),
  SpeculativeNumberMultiply: speculative('NumberMultiply', 'a * b', lowerMultiply),
  SpeculativeNumberDivide: speculative('NumberDivide', 'a / b', lowerDivide),
  SpeculativeNumberModulus: speculative('NumberModulus', 'a % b', lowerModulus),
  SpeculativeNumberPow: speculative('NumberPow', 'a ** b', lowerToFloat),
  SpeculativeSmallIntegerAdd: speculative('NumberAdd', 'a + b, Smis', lowerSmallInteger, Types.SafeIntegerOrMinusZero),
  SpeculativeSmallIntegerSubtract: speculative('NumberSubtract', 'a - b, Smis', lowerSmallInteger, Types.SafeIntegerOrMinusZero),
  SpeculativeNumberBitwiseOr: speculative('NumberBitwiseOr', 'a | b', lowerToWord),
  SpeculativeNumberBitwiseXor: speculative('NumberBitwiseXor', 'a ^ b', lowerToWord),
  SpeculativeNumberBitwiseAnd: speculative('NumberBitwiseAnd', 'a & b', lowerToWord),
  SpeculativeNumberShiftLeft: speculative('NumberShiftLeft', 'a << b', lowerToWord),
  SpeculativeNumberShiftRight: speculative('NumberShiftRight', 'a >> b', lowerToWord),
  SpeculativeNumberShiftRightLogical: speculative('NumberShiftRightLogical', 'a >>> b', lowerToWord),
  SpeculativeNumberEqual: comparison('a === b', comparisons.NumberEqual),
  SpeculativeNumberLessThan: comparison('a < b', comparisons.NumberLessThan),
  SpeculativeNumberLessThanOrEqual: comparison('a <= b', comparisons.NumberLessThanOrEqual),
  SpeculativeToNumber: effectful<HintParameter>(1, 1, 'tr', 'ToNumber', { operationTyping: (node, type) => toNumberType(type(node.value(0))), lowering: lowerToNumber }),
} as const;

// --- uses ----------------------------------------------------------------------------------------------------------------

const isSmall = ({ hint }: HintParameter): boolean => hint === 'SignedSmall' || hint === 'SignedSmallInputs';

/** An input that the hint says is a Smi: as a word, checked where its type does not tell. */
const smallUse = (l: Selector, node: Node, i: number, { feedback }: HintParameter, identifyZeros: boolean): UseInfo =>
  is(l.typeOf(node.value(i)), Types.Signed32)
    ? Uses.truncatingWord32
    : Uses.checkedSmiAsWord32(identifyZeros, feedback);

const minusZeroCheck = (isChecked: boolean): CheckForMinusZero =>
  isChecked ? CheckForMinusZero.Check : CheckForMinusZero.DontCheck;

// --- lowering ------------------------------------------------------------------------------------------------------------

/** V8 checks for oddballs too, whatever the hint. */
function lowerToFloat(l: Selector, node: Node, _: UseTruncation, hint: HintParameter, by: Arithmetic): void {
  const use = Uses.checkedNumberOrOddballAsFloat64(false, hint.feedback);
  l.binop(node, use, use, Rep.Float64, Types.Number);
  if (l.lower) l.toPure(node, by.float!);
}

function lowerAdditive(l: Selector, node: Node, truncation: UseTruncation, hint: HintParameter, by: Arithmetic): void {
  const words = l.bothUpper(node, Types.AdditiveSafeIntegerOrMinusZero) && fitsWord(l, node, truncation);
  if (words) wordBinop(l, node, truncation, by);
  else lowerToFloat(l, node, truncation, hint, by);
}

const zero: Type = range(0, 0);

/** V8: VisitSpeculativeIntegerAdditiveOp. */
function lowerSmallInteger(
  l: Selector,
  node: Node,
  truncation: UseTruncation,
  hint: HintParameter,
  by: Arithmetic,
): void {
  // Nothing can overflow, or the overflow is cut off.
  if (l.bothUpper(node, Types.AdditiveSafeIntegerOrMinusZero) && fitsWord(l, node, truncation)) {
    wordBinop(l, node, truncation, by);
    return;
  }
  const isAdd = by === arithmetic.NumberAdd;
  const [left, right] = [l.upper(node.value(0)), l.upper(node.value(1))];
  const use = (type: Type, identifyZeros: boolean): UseInfo => {
    if (is(type, Types.Signed32)) return Uses.truncatingWord32;
    return isSmall(hint)
      ? Uses.checkedSmiAsWord32(identifyZeros, hint.feedback)
      : Uses.checkedSigned32AsWord32(identifyZeros, hint.feedback);
  };
  // A left zero that is −0 shows only if the right is −0 too.
  const leftZeros = isAdd ? !maybe(right, Types.MinusZero) : !maybe(right, zero);
  const leftUse = use(left, truncation.identifyZeros || leftZeros);
  const rightUse = use(right, true);
  if (usedAsWord32(truncation)) {
    l.binop(node, leftUse, rightUse, Rep.Word32);
    if (l.lower) l.toPure(node, by.word!);
    return;
  }
  l.binop(node, leftUse, rightUse, Rep.Word32, Types.Signed32);
  if (!l.lower) return;
  if (cannotOverflow(l.typeOf(node.value(0)), l.typeOf(node.value(1)), isAdd)) l.toPure(node, by.word!);
  else l.change(node, isAdd ? 'CheckedInt32Add' : 'CheckedInt32Sub', { feedback: hint.feedback });
}

function cannotOverflow(a: Type, b: Type, isAdd: boolean): boolean {
  if (a.min === undefined || b.min === undefined || !is(a, Types.Signed32) || !is(b, Types.Signed32)) return false;
  const min = isAdd ? a.min + b.min : a.min - b.max!;
  const max = isAdd ? a.max! + b.max! : a.max! - b.min;
  return min >= -0x80000000 && max <= 0x7fffffff;
}

function lowerMultiply(l: Selector, node: Node, truncation: UseTruncation, hint: HintParameter, by: Arithmetic): void {
  if (isWordProduct(l, node, truncation)) {
    wordBinop(l, node, truncation, by);
    return;
  }
  if (hint.hint !== 'SignedSmall') {
    lowerToFloat(l, node, truncation, hint, by);
    return;
  }
  // Int32 multiplication with overflow and minus zero checks.
  const use = (i: number): UseInfo => smallUse(l, node, i, hint, truncation.identifyZeros);
  l.binop(node, use(0), use(1), Rep.Word32, Types.Signed32);
  if (!l.lower) return;
  const unchecked = node.op.row.operationTyping!(node, (n) => l.typeOf(n));
  const minusZero = minusZeroCheck(!truncation.identifyZeros && maybe(unchecked, Types.MinusZero));
  l.change(node, 'CheckedInt32Mul', { feedback: hint.feedback, minusZero });
}

function lowerDivide(l: Selector, node: Node, truncation: UseTruncation, hint: HintParameter, by: Arithmetic): void {
  if (lowersToIntegerDivision(l, node, truncation)) return;
  if (hint.hint !== 'SignedSmall') {
    lowerToFloat(l, node, truncation, hint, by);
    return;
  }
  const use = (i: number): UseInfo => smallUse(l, node, i, hint, i === 0 && truncation.identifyZeros);
  l.binop(node, use(0), use(1), Rep.Word32, Types.Signed32);
  if (l.lower)
    l.change(node, 'CheckedInt32Div', {
      feedback: hint.feedback,
      minusZero: minusZeroCheck(!truncation.identifyZeros),
    });
}

function lowerModulus(l: Selector, node: Node, truncation: UseTruncation, hint: HintParameter, by: Arithmetic): void {
  if (lowersToIntegerRemainder(l, node, truncation)) return;
  if (!isSmall(hint)) {
    lowerToFloat(l, node, truncation, hint, by);
    return;
  }
  const use = (i: number): UseInfo => smallUse(l, node, i, hint, i === 1 || truncation.identifyZeros);
  l.binop(node, use(0), use(1), Rep.Word32, Types.Signed32);
  if (l.lower)
    l.change(node, 'CheckedInt32Mod', {
      feedback: hint.feedback,
      minusZero: minusZeroCheck(!truncation.identifyZeros && !usedAsWord32(truncation)),
    });
}

function lowerToWord(l: Selector, node: Node, truncation: UseTruncation, hint: HintParameter, by: Arithmetic): void {
  if (l.both(node, Types.NumberOrOddball)) {
    wordBinop(l, node, truncation, by);
    return;
  }
  const use = (i: number): UseInfo => {
    if (is(l.typeOf(node.value(i)), Types.NumberOrOddball)) return Uses.truncatingWord32;
    if (isSmall(hint))
      return {
        ...Uses.checkedSmiAsWord32(true, hint.feedback),
        truncation: { kind: Truncation.Word32, identifyZeros: true },
      };
    return hint.hint === 'Number'
      ? Uses.checkedNumberAsWord32(hint.feedback)
      : Uses.checkedNumberOrOddballAsWord32(hint.feedback);
  };
  const isUnsigned = by === arithmetic.NumberShiftRightLogical;
  l.binop(node, use(0), use(1), Rep.Word32, isUnsigned ? Types.Unsigned32 : Types.Signed32);
  if (l.lower) l.toPure(node, by.word!);
}

function lowerComparison(l: Selector, node: Node, hint: HintParameter, by: Comparison): void {
  if (lowersToWordComparison(l, node, by)) return;
  if (hint.hint === 'SignedSmall') {
    l.binop(node, smallUse(l, node, 0, hint, true), smallUse(l, node, 1, hint, true), Rep.Bit);
    if (l.lower) l.toPure(node, by.signed);
    return;
  }
  const use = comparisonUse(hint);
  l.binop(node, use, use, Rep.Bit);
  if (l.lower) l.toPure(node, by.float);
}

function comparisonUse({ hint, feedback }: HintParameter): UseInfo {
  switch (hint) {
    case 'SignedSmall':
    case 'SignedSmallInputs':
      return Uses.checkedSmiAsWord32(true, feedback);
    case 'Number':
    case 'AdditiveSafeInteger':
      return Uses.checkedNumberAsFloat64(true, feedback);
    case 'NumberOrBoolean':
      return Uses.checkedNumberOrBooleanAsFloat64(feedback);
    default:
      return Uses.checkedNumberOrOddballAsFloat64(true, feedback);
  }
}

function lowerToNumber(l: Selector, node: Node, truncation: UseTruncation, hint: HintParameter): void {
  if (is(l.typeOf(node.value(0)), Types.Number)) {
    l.passOn(node, truncation);
    return;
  }
  const { feedback } = hint;
  const isNumber = hint.hint === 'Number';
  if (isSmall(hint)) {
    const use = Uses.checkedSmiAsWord32(usedAsWord32(truncation) || truncation.identifyZeros, feedback);
    l.unop(node, use, Rep.Word32, Types.SignedSmall);
  } else if (usedAsWord32(truncation)) {
    const use = isNumber ? Uses.checkedNumberAsWord32(feedback) : Uses.checkedNumberOrOddballAsWord32(feedback);
    l.unop(node, use, Rep.Word32);
  } else {
    const use = isNumber
      ? Uses.checkedNumberAsFloat64(false, feedback)
      : Uses.checkedNumberOrOddballAsFloat64(false, feedback);
    l.unop(node, use, Rep.Float64, Types.Number);
  }
  if (l.lower) l.defer(node, node.value(0));
}
