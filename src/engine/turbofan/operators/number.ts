// Operators on numbers: the pure ones, whose inputs are known to be numbers.
//
// `arithmetic` holds what both they and their speculative sisters (speculative.ts) mean: the type of the result and the machine
// operators that compute it on doubles and on words.

import { MachineTypes, Rep } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import { BranchHint } from '../graph/parameters.ts';
import { Bits, intersect, is, range, type Type, Types } from '../graph/types.ts';
import type { GraphAssembler } from '../phases/graph-assembler.ts';
import type { RepresentationSelector } from '../phases/simplified-lowering.ts';
import { binop } from './lowering.ts';
import type { MachineOpcode } from './machine.ts';
import * as typing from './number-typing.ts';
import { type OperatorRow, type Parts, pure, type TypeOf } from './row.ts';
import { Uses, type UseTruncation, usedAsWord32 } from './use-info.ts';

export interface Arithmetic {
  readonly typing: typing.BinaryTyping;
  readonly float?: MachineOpcode;
  readonly word?: MachineOpcode;
  readonly commutative?: boolean;
}

// biome-ignore format: one operation, one line
export const arithmetic = {
  NumberAdd: { typing: typing.add, float: 'Float64Add', word: 'Int32Add', commutative: true },
  NumberSubtract: { typing: typing.subtract, float: 'Float64Sub', word: 'Int32Sub' },
  NumberMultiply: { typing: typing.multiply, float: 'Float64Mul', word: 'Int32Mul', commutative: true },
  NumberDivide: { typing: typing.divide, float: 'Float64Div' },
  NumberModulus: { typing: typing.modulus, float: 'Float64Mod' },
  NumberPow: { typing: typing.anyNumber, float: 'Float64Pow' },
  NumberAtan2: { typing: typing.anyNumber, float: 'Float64Atan2' },
  NumberMax: { typing: typing.max, float: 'Float64Max', commutative: true },
  NumberMin: { typing: typing.min, float: 'Float64Min', commutative: true },
  NumberImul: { typing: typing.signed32, word: 'Int32Mul', commutative: true },
  NumberBitwiseOr: { typing: typing.bitwiseOr, word: 'Word32Or', commutative: true },
  NumberBitwiseXor: { typing: typing.bitwiseXor, word: 'Word32Xor', commutative: true },
  NumberBitwiseAnd: { typing: typing.bitwiseAnd, word: 'Word32And', commutative: true },
  NumberShiftLeft: { typing: typing.signed32, word: 'Word32Shl' },
  NumberShiftRight: { typing: typing.shiftRight, word: 'Word32Sar' },
  NumberShiftRightLogical: { typing: typing.shiftRightLogical, word: 'Word32Shr' },
} as const satisfies Record<string, Arithmetic>;

export type ArithmeticName = keyof typeof arithmetic;

/** The type of the operation on inputs of these types. */
export function typeArithmetic(name: ArithmeticName, left: Type, right: Type): Type {
  if (left.bits === 0 || right.bits === 0) return Types.None;
  return arithmetic[name].typing(left, right);
}

const number = (type: TypeOf, node: Node, i: number): Type =>
  intersect(typing.toNumberType(type(node.value(i))), Types.Number);

type Lowering = NonNullable<Parts<undefined>['lowering']>;

/** A pure operation on two numbers. */
function binary(
  name: ArithmeticName,
  doc: string,
  lowering: (selector: RepresentationSelector, node: Node, truncation: UseTruncation, by: Arithmetic) => void,
): OperatorRow<undefined> {
  const by: Arithmetic = arithmetic[name];
  return pure(
    2,
    doc,
    {
      operationTyping: (node, type) => typeArithmetic(name, number(type, node, 0), number(type, node, 1)),
      lowering: (selector, node, truncation) => lowering(selector, node, truncation, by),
    },
    by.commutative === true ? 'c' : '',
  );
}

const numberOrHole: Type = { ...Types.Number, bits: Bits.Number | Bits.Hole };

/** A pure operation on one number. */
const unary = (doc: string, typeOf: typing.UnaryTyping, lowering: Lowering): OperatorRow<undefined> =>
  pure(1, doc, {
    operationTyping: (node, type) => {
      const input = intersect(typing.toNumberType(type(node.value(0))), numberOrHole);
      return input.bits === 0 ? Types.None : typeOf(input);
    },
    lowering,
  });

/** A pure comparison of two numbers. */
const comparison = (doc: string, by: Comparison, flags = ''): OperatorRow<undefined> =>
  pure(
    2,
    doc,
    { typing: () => Types.Boolean, lowering: (selector, node) => lowerComparison(selector, node, by) },
    flags,
  );

/** A rounding: nothing to do for words. */
const rounding = (doc: string, float: MachineOpcode): OperatorRow<undefined> =>
  unary(doc, typing.toInteger, (selector, node) => {
    if (!isWord(selector, node)) lowerToFloat(selector, node, float);
  });
const float = (doc: string, opcode: MachineOpcode): OperatorRow<undefined> =>
  unary(doc, typing.anyNumber, (selector, node) => lowerToFloat(selector, node, opcode));

/** Machine comparisons on int32, uint32 and doubles. */
export interface Comparison {
  readonly signed: MachineOpcode;
  readonly unsigned: MachineOpcode;
  readonly float: MachineOpcode;
}

// biome-ignore format: one comparison, one line
export const comparisons = {
  NumberEqual: { signed: 'Word32Equal', unsigned: 'Word32Equal', float: 'Float64Equal' },
  NumberLessThan: { signed: 'Int32LessThan', unsigned: 'Uint32LessThan', float: 'Float64LessThan' },
  NumberLessThanOrEqual: { signed: 'Int32LessThanOrEqual', unsigned: 'Uint32LessThanOrEqual', float: 'Float64LessThanOrEqual' },
} as const satisfies Record<string, Comparison>;

// biome-ignore format: one operator, one line
export const numberOperators = {
  NumberIsFloat64Hole: pure(1, 'the hole’s NaN?', { typing: () => Types.Boolean, takes: 'd', lowering: (selector, node) => selector.unop(node, Uses.truncatingFloat64(), Rep.Bit), linearization: (a, node) => a.isHole(node.value(0)) }),
  NumberEqual: comparison('a === b', comparisons.NumberEqual, 'c'),
  NumberLessThan: comparison('a < b', comparisons.NumberLessThan),
  NumberLessThanOrEqual: comparison('a <= b', comparisons.NumberLessThanOrEqual),
  NumberSameValue: pure(2, 'Object.is', { typing: () => Types.Boolean, lowering: binop(Uses.truncatingFloat64(), Uses.truncatingFloat64(), Rep.Bit), linearization: linearizeSameValue }),
  NumberAdd: binary('NumberAdd', 'a + b', lowerAdditive),
  NumberSubtract: binary('NumberSubtract', 'a - b', lowerAdditive),
  NumberMultiply: binary('NumberMultiply', 'a * b', lowerMultiply),
  NumberDivide: binary('NumberDivide', 'a / b', lowerDivide),
  NumberModulus: binary('NumberModulus', 'a % b', lowerModulus),
  NumberPow: binary('NumberPow', 'Math.pow', floatBinop),
  NumberAtan2: binary('NumberAtan2', 'Math.atan2', floatBinop),
  NumberMax: binary('NumberMax', 'Math.max', lowerExtremum),
  NumberMin: binary('NumberMin', 'Math.min', lowerExtremum),
  NumberImul: binary('NumberImul', 'Math.imul', wordBinop),
  NumberBitwiseOr: binary('NumberBitwiseOr', 'a | b', wordBinop),
  NumberBitwiseXor: binary('NumberBitwiseXor', 'a ^ b', wordBinop),
  NumberBitwiseAnd: binary('NumberBitwiseAnd', 'a & b', wordBinop),
  NumberShiftLeft: binary('NumberShiftLeft', 'a << b', wordBinop),
  NumberShiftRight: binary('NumberShiftRight', 'a >> b', wordBinop),
  NumberShiftRightLogical: binary('NumberShiftRightLogical', 'a >>> b', wordBinop),
  NumberAbs: unary('Math.abs', typing.abs, lowerAbs),
  NumberFloor: rounding('Math.floor', 'Float64RoundDown'),
  NumberCeil: rounding('Math.ceil', 'Float64RoundUp'),
  NumberTrunc: rounding('Math.trunc', 'Float64RoundTruncate'),
  NumberRound: unary('Math.round', typing.toInteger, lowerRound),
  NumberSign: unary('Math.sign', typing.sign, lowerSign),
  NumberSqrt: float('Math.sqrt', 'Float64Sqrt'),
  NumberSin: float('Math.sin', 'Float64Sin'),
  NumberCos: float('Math.cos', 'Float64Cos'),
  NumberTan: float('Math.tan', 'Float64Tan'),
  NumberExp: float('Math.exp', 'Float64Exp'),
  NumberLog: float('Math.log', 'Float64Log'),
  NumberAcos: float('Math.acos', 'Float64Acos'),
  NumberAcosh: float('Math.acosh', 'Float64Acosh'),
  NumberAsin: float('Math.asin', 'Float64Asin'),
  NumberAsinh: float('Math.asinh', 'Float64Asinh'),
  NumberAtan: float('Math.atan', 'Float64Atan'),
  NumberAtanh: float('Math.atanh', 'Float64Atanh'),
  NumberCbrt: float('Math.cbrt', 'Float64Cbrt'),
  NumberCosh: float('Math.cosh', 'Float64Cosh'),
  NumberExpm1: float('Math.expm1', 'Float64Expm1'),
  NumberLog1p: float('Math.log1p', 'Float64Log1p'),
  NumberLog10: float('Math.log10', 'Float64Log10'),
  NumberLog2: float('Math.log2', 'Float64Log2'),
  NumberSinh: float('Math.sinh', 'Float64Sinh'),
  NumberTanh: float('Math.tanh', 'Float64Tanh'),
  NumberFround: unary('Math.fround', typing.anyNumber, lowerFround),
  NumberClz32: unary('Math.clz32', () => range(0, 32), lowerClz32),
  NumberSilenceNaN: unary('quiet NaN', typing.silenceNaN, lowerSilenceNaN),
  NumberToBoolean: unary('number truthiness', () => Types.Boolean, lowerToBoolean),
} as const;

// --- lowering: two inputs ------------------------------------------------------------------------------------------------

type Selector = RepresentationSelector;

function floatBinop(l: Selector, node: Node, _: UseTruncation, by: Arithmetic): void {
  l.binop(node, Uses.truncatingFloat64(), Uses.truncatingFloat64(), Rep.Float64);
  if (l.lower) l.toPure(node, by.float!);
}

export function wordBinop(l: Selector, node: Node, _: UseTruncation, by: Arithmetic): void {
  l.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Word32);
  if (l.lower) l.toPure(node, by.word!);
}

/** Whether words do: all bits of the result are in 32, or nobody looks at more. */
export const fitsWord = (l: Selector, node: Node, truncation: UseTruncation): boolean =>
  is(l.upper(node), Types.Signed32) || is(l.upper(node), Types.Unsigned32) || usedAsWord32(truncation);

function lowerAdditive(l: Selector, node: Node, truncation: UseTruncation, by: Arithmetic): void {
  const words = l.bothUpper(node, Types.AdditiveSafeIntegerOrMinusZero) && fitsWord(l, node, truncation);
  (words ? wordBinop : floatBinop)(l, node, truncation, by);
}

/** An int32 product that needs no check. */
export function isWordProduct(l: Selector, node: Node, truncation: UseTruncation): boolean {
  const type = l.upper(node);
  return (
    l.bothUpper(node, { ...Types.Integer, bits: Types.Integer.bits | Bits.MinusZero }) &&
    (is(type, Types.Signed32) ||
      is(type, Types.Unsigned32) ||
      (usedAsWord32(truncation) && is(type, Types.SafeIntegerOrMinusZero)))
  );
}

function lowerMultiply(l: Selector, node: Node, truncation: UseTruncation, by: Arithmetic): void {
  (isWordProduct(l, node, truncation) ? wordBinop : floatBinop)(l, node, truncation, by);
}

/** Truncated division by a positive constant; true if that was it. (A divisor that may be zero is left to doubles.) */
export function lowersToIntegerDivision(l: Selector, node: Node, truncation: UseTruncation): boolean {
  const divisor = node.value(1);
  if (!l.both(node, Types.Signed32) || !usedAsWord32(truncation)) return false;
  if (divisor.opcode !== 'NumberConstant' || divisor.parameterOf('NumberConstant') <= 0) return false;
  l.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Word32);
  if (l.lower) l.toPure(node, 'Int32Div');
  return true;
}

function lowerDivide(l: Selector, node: Node, truncation: UseTruncation, by: Arithmetic): void {
  if (!lowersToIntegerDivision(l, node, truncation)) floatBinop(l, node, truncation, by);
}

/** The remainder by a positive constant, where −0 cannot show; true if that was it. */
export function lowersToIntegerRemainder(l: Selector, node: Node, truncation: UseTruncation): boolean {
  const divisor = node.value(1);
  if (divisor.opcode !== 'NumberConstant') return false;
  const n = divisor.parameterOf('NumberConstant');
  if (!Number.isInteger(n) || n <= 0 || n > 0x7fffffff) return false;
  const left = l.typeOf(node.value(0));
  const isUnsigned = is(left, Types.Unsigned32) && !is(left, Types.Signed32);
  const isSigned =
    is(left, { ...Types.Signed32, bits: Types.Signed32.bits | Bits.MinusZero }) &&
    (usedAsWord32(truncation) || truncation.identifyZeros || (left.min !== undefined && left.min >= 0));
  if (!isUnsigned && !isSigned) return false;
  l.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Word32);
  if (l.lower) l.toPure(node, isUnsigned ? 'Uint32Mod' : 'Int32Mod');
  return true;
}

function lowerModulus(l: Selector, node: Node, truncation: UseTruncation, by: Arithmetic): void {
  if (!lowersToIntegerRemainder(l, node, truncation)) floatBinop(l, node, truncation, by);
}

function lowerExtremum(l: Selector, node: Node, truncation: UseTruncation, by: Arithmetic): void {
  if (!l.both(node, Types.Signed32)) {
    floatBinop(l, node, truncation, by);
    return;
  }
  l.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Word32);
  if (!l.lower) return;
  const [a, b] = [node.value(0), node.value(1)];
  const less = l.graph.newNode('Int32LessThan', undefined, [a, b]);
  const select = l.graph.newNode('Select', undefined, by.float === 'Float64Max' ? [less, b, a] : [less, a, b]);
  select.machineType = MachineTypes.Int32;
  l.defer(node, select);
}

/** A comparison on words, where both inputs are int32 or both uint32 (−0 is 0 to it); true if that was it. */
export function lowersToWordComparison(l: Selector, node: Node, by: Comparison): boolean {
  const orMinusZero = (type: Type): Type => ({ ...type, bits: type.bits | Bits.MinusZero });
  const isSigned = l.both(node, orMinusZero(Types.Signed32));
  if (!isSigned && !l.both(node, orMinusZero(Types.Unsigned32))) return false;
  l.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Bit);
  if (l.lower) l.toPure(node, isSigned ? by.signed : by.unsigned);
  return true;
}

function lowerComparison(l: Selector, node: Node, by: Comparison): void {
  if (lowersToWordComparison(l, node, by)) return;
  l.binop(node, Uses.truncatingFloat64(true), Uses.truncatingFloat64(true), Rep.Bit);
  if (l.lower) l.toPure(node, by.float);
}

// --- lowering: one input -------------------------------------------------------------------------------------------------

function lowerToFloat(l: Selector, node: Node, opcode: MachineOpcode): void {
  l.unop(node, Uses.truncatingFloat64(), Rep.Float64);
  if (l.lower) l.change(node, opcode);
}

/** A word stays as it is; true if that was it. */
function isWord(l: Selector, node: Node): boolean {
  if (!is(l.typeOf(node.value(0)), Types.Signed32)) return false;
  l.unop(node, Uses.truncatingWord32, Rep.Word32);
  if (l.lower) l.defer(node, node.value(0));
  return true;
}

function lowerAbs(l: Selector, node: Node): void {
  if (!is(l.typeOf(node.value(0)), Types.Signed32)) {
    lowerToFloat(l, node, 'Float64Abs');
    return;
  }
  // |−2³¹| is not an int32, but is an uint32.
  l.unop(node, Uses.truncatingWord32, Rep.Word32);
  if (!l.lower) return;
  const input = node.value(0);
  const sign = l.graph.newNode('Word32Sar', undefined, [input, l.graph.int32(31)]);
  const flipped = l.graph.newNode('Word32Xor', undefined, [input, sign]);
  const out = l.graph.newNode('Int32Sub', undefined, [flipped, sign]);
  out.machineType = MachineTypes.Uint32;
  l.defer(node, out);
}

/** condition ? a : b, on doubles. */
function select(l: Selector, condition: Node, a: Node, b: Node): Node {
  const node = l.graph.newNode('Select', undefined, [condition, a, b]);
  node.machineType = MachineTypes.Float64;
  return node;
}

function lowerRound(l: Selector, node: Node): void {
  if (isWord(l, node)) return;
  l.unop(node, Uses.truncatingFloat64(), Rep.Float64);
  if (!l.lower) return;
  // ceil(x), less one if that is more than a half above x: ceil − ½ is exact, x + ½ would not be.
  const f = (opcode: MachineOpcode, ...inputs: Node[]): Node => l.graph.newNode(opcode, undefined, inputs);
  const ceil = f('Float64RoundUp', node.value(0));
  const near = f('Float64LessThanOrEqual', f('Float64Sub', ceil, l.graph.float64(0.5)), node.value(0));
  l.defer(node, select(l, near, ceil, f('Float64Sub', ceil, l.graph.float64(1))));
}

function lowerSign(l: Selector, node: Node): void {
  l.unop(node, Uses.truncatingFloat64(), Rep.Float64);
  if (!l.lower) return;
  const input = node.value(0);
  const less = (a: Node, b: Node): Node => l.graph.newNode('Float64LessThan', undefined, [a, b]);
  const zero = l.graph.float64(0);
  const positive = select(l, less(zero, input), l.graph.float64(1), input);
  l.defer(node, select(l, less(input, zero), l.graph.float64(-1), positive));
}

function lowerFround(l: Selector, node: Node): void {
  l.unop(node, Uses.truncatingFloat64(), Rep.Float64);
  if (!l.lower) return;
  const single = l.graph.newNode('TruncateFloat64ToFloat32', undefined, [node.value(0)]);
  l.defer(node, l.graph.newNode('ChangeFloat32ToFloat64', undefined, [single]));
}

function lowerClz32(l: Selector, node: Node): void {
  l.unop(node, Uses.truncatingWord32, Rep.Word32);
  if (l.lower) l.change(node, 'Word32Clz');
}

function lowerSilenceNaN(l: Selector, node: Node): void {
  l.unop(node, Uses.float64, Rep.Float64);
  if (l.lower) l.change(node, 'Float64SilenceNaN');
}

function lowerToBoolean(l: Selector, node: Node): void {
  l.unop(node, Uses.float64, Rep.Bit);
  if (!l.lower) return;
  const abs = l.graph.newNode('Float64Abs', undefined, [node.value(0)]);
  l.defer(node, l.graph.newNode('Float64LessThan', undefined, [l.graph.float64(0), abs]));
}

// --- linearization -------------------------------------------------------------------------------------------------------

/** Equal numbers differ where both are zeros of other signs, others are the same where both are NaN. */
function linearizeSameValue(a: GraphAssembler, node: Node): Node {
  const [v, w] = [node.value(0), node.value(1)];
  return a.diamond(
    a.m('Float64Equal', v, w),
    BranchHint.True,
    MachineTypes.Bool,
    () => a.m('Float64Equal', a.m('Float64Div', a.f64(1), v), a.m('Float64Div', a.f64(1), w)),
    () => a.m('Word32And', a.not(a.m('Float64Equal', v, v)), a.not(a.m('Float64Equal', w, w))),
  );
}
