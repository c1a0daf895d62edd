// Operators on values that feedback says are BigInts (V8: SpeculativeBigInt…). A BigInt is a tagged pointer here, also where V8
// keeps 64 bits in a register; the guards and their reasons are the same.
//
//   hint      inputs must be                   the result must
//   BigInt    BigInts                          not be too big
//   BigInt64  BigInts of 64 bits               fit in 64 bits
//   (either)  BigInts, where every use cuts    wrap around
//             the result to 64 bits
//
// Invariant: a type says how many bits a BigInt may have, so that a result is not asked twice.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import { BigIntObject, StaticRoot } from '../../objects/index.ts';
import { MachineTypes, Rep } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import {
  type BigIntAsNParameters,
  BigIntCheck,
  type BigIntHintParameter,
  type BigIntOperation,
  BigIntWidth,
  BranchHint,
  type CheckedBigIntAsN,
  type FeedbackSource,
} from '../graph/parameters.ts';
import { is, type Type, Types } from '../graph/types.ts';
import type { GraphAssembler } from '../phases/graph-assembler.ts';
import type { RepresentationSelector } from '../phases/simplified-lowering.ts';
import { effectful, type OperatorRow } from './row.ts';
import { Truncation, type UseInfo, Uses, type UseTruncation, usedAsWord64 } from './use-info.ts';

type Selector = RepresentationSelector;

/** How wide a value has to be, and is, by hint and uses. */
type WidthOf = (hint: BigIntHintParameter['hint'], truncation: UseTruncation) => BigIntWidth;

const byHint: WidthOf = (hint) => (hint === 'BigInt64' ? BigIntWidth.Signed64 : BigIntWidth.Any);
/** The low 64 bits of the result come from the low 64 bits of the inputs. */
const byUses: WidthOf = (hint, truncation) =>
  usedAsWord64(truncation) ? BigIntWidth.Modulo64 : byHint(hint, truncation);
const always: WidthOf = () => BigIntWidth.Any;
const anyOrModulo: WidthOf = (_, truncation) => (usedAsWord64(truncation) ? BigIntWidth.Modulo64 : BigIntWidth.Any);

const operation = (inputs: 1 | 2, doc: string, stub: string, widthOf: WidthOf): OperatorRow<BigIntHintParameter> =>
  effectful<BigIntHintParameter>(inputs, 1, 'tr', doc, {
    typing: () => Types.BigInt,
    lowering: (selector, node, truncation, { hint }) => {
      lowerOperation(selector, node, stub, widthOf(hint, truncation));
    },
  });

const comparison = (doc: string, stub: string): OperatorRow<BigIntHintParameter> =>
  effectful<BigIntHintParameter>(2, 1, 'tr', doc, {
    typing: () => Types.Boolean,
    lowering: (selector, node, _, { hint }) => {
      taggedInputs(selector, node, Uses.anyTagged);
      selector.output(node, Rep.TaggedPointer);
      if (!selector.lower) return;
      const width = byHint(hint, never);
      selector.change(node, 'CheckedBigIntCompare', { stub, width, checks: checksOf(selector, node, width) });
    },
  });
const never: UseTruncation = { kind: Truncation.Any, identifyZeros: false };

const asN = (doc: string, stub: string, type: Type): OperatorRow<BigIntAsNParameters> =>
  effectful<BigIntAsNParameters>(1, 1, 't', doc, {
    typing: () => type,
    lowering: (selector, node, _, { bits, feedback }) => {
      taggedInputs(selector, node, Uses.bigintModulo64);
      selector.output(node, Rep.TaggedPointer);
      if (!selector.lower) return;
      const [check] = checksOf(selector, node, BigIntWidth.Any);
      selector.change(node, 'CheckedBigIntAsN', { stub, bits, check: check!, feedback });
    },
  });

// biome-ignore format: one operator, one line
export const bigintOperators = {
  SpeculativeBigIntAdd: operation(2, 'a + b', 'TurbofanBigIntAdd', byUses),
  SpeculativeBigIntSubtract: operation(2, 'a - b', 'TurbofanBigIntSubtract', byUses),
  SpeculativeBigIntMultiply: operation(2, 'a * b', 'TurbofanBigIntMultiply', byUses),
  SpeculativeBigIntDivide: operation(2, 'a / b', 'TurbofanBigIntDivide', byHint),
  SpeculativeBigIntModulus: operation(2, 'a % b', 'TurbofanBigIntModulus', byHint),
  SpeculativeBigIntBitwiseAnd: operation(2, 'a & b', 'TurbofanBigIntBitwiseAnd', byUses),
  SpeculativeBigIntBitwiseOr: operation(2, 'a | b', 'TurbofanBigIntBitwiseOr', byUses),
  SpeculativeBigIntBitwiseXor: operation(2, 'a ^ b', 'TurbofanBigIntBitwiseXor', byUses),
  SpeculativeBigIntShiftLeft: operation(2, 'a << b', 'TurbofanBigIntShiftLeft', always),
  SpeculativeBigIntShiftRight: operation(2, 'a >> b', 'TurbofanBigIntShiftRight', always),
  SpeculativeBigIntNegate: operation(1, '-a', 'TurbofanBigIntNegate', anyOrModulo),
  SpeculativeBigIntEqual: comparison('a === b', 'TurbofanStrictEqual'),
  SpeculativeBigIntLessThan: comparison('a < b', 'TurbofanLessThan'),
  SpeculativeBigIntLessThanOrEqual: comparison('a <= b', 'TurbofanLessThanOrEqual'),
  SpeculativeBigIntAsIntN: asN('BigInt.asIntN', 'TurbofanBigIntAsIntN', Types.SignedBigInt64),
  SpeculativeBigIntAsUintN: asN('BigInt.asUintN', 'TurbofanBigIntAsUintN', Types.UnsignedBigInt64),
  CheckedBigIntAsN: effectful<CheckedBigIntAsN>(1, 1, 'trd', 'not a BigInt', { takes: 't', linearization: checkedAsN }),
  CheckedBigIntUnary: effectful<BigIntOperation>(1, 1, 'trd', 'not a BigInt, BigInt too big', { takes: 't', linearization: checkedOperation }),
  CheckedBigIntBinary: effectful<BigIntOperation>(2, 1, 'trd', 'not a BigInt, not a BigInt64, BigInt too big, overflow, division by zero', { takes: 'tt', linearization: checkedOperation }),
  CheckedBigIntCompare: effectful<BigIntOperation>(2, 1, 'trd', 'not a BigInt, not a BigInt64', { takes: 'tt', linearization: checkedCompare }),
} as const;

// --- lowering --------------------------------------------------------------------------------------------------------------

function taggedInputs(l: Selector, node: Node, use: UseInfo): void {
  for (let i = 0; i < node.op.valueIn; i++) l.input(node, i, use);
  l.rest(node, node.op.valueIn);
}

/** What the types leave to ask. */
function checksOf(l: Selector, node: Node, width: BigIntWidth): BigIntCheck[] {
  return Array.from({ length: node.op.valueIn }, (_, i) => {
    const type = l.typeOf(node.value(i));
    if (width !== BigIntWidth.Signed64) return is(type, Types.BigInt) ? BigIntCheck.None : BigIntCheck.BigInt;
    if (is(type, Types.SignedBigInt64)) return BigIntCheck.None;
    // V8 has an unsigned word already, which it only narrows.
    if (is(type, Types.UnsignedBigInt64)) return BigIntCheck.NarrowUnsigned;
    return is(type, Types.BigInt) ? BigIntCheck.NarrowBigInt : BigIntCheck.BigInt64;
  });
}

const inWidth = (width: BigIntWidth): Type => (width === BigIntWidth.Signed64 ? Types.SignedBigInt64 : Types.BigInt);

function lowerOperation(l: Selector, node: Node, stub: string, width: BigIntWidth): void {
  taggedInputs(l, node, width === BigIntWidth.Modulo64 ? Uses.bigintModulo64 : Uses.anyTagged);
  l.output(node, Rep.TaggedPointer, inWidth(width));
  if (!l.lower) return;
  const by = { stub, width, checks: checksOf(l, node, width) };
  l.change(node, node.op.valueIn === 1 ? 'CheckedBigIntUnary' : 'CheckedBigIntBinary', by);
}

// --- linearization -----------------------------------------------------------------------------------------------------------

function checkBigInt(a: GraphAssembler, input: Node, check: BigIntCheck, feedback?: FeedbackSource): void {
  if (check === BigIntCheck.BigInt || check === BigIntCheck.BigInt64) {
    a.deoptIf(DeoptimizeReason.NotABigInt, feedback, a.isSmi(input));
    a.deoptUnless(DeoptimizeReason.NotABigInt, feedback, a.isMap(input, StaticRoot.BigIntMap));
  }
  if (check === BigIntCheck.BigInt || check === BigIntCheck.None) return;
  const tooWide = check === BigIntCheck.NarrowUnsigned ? DeoptimizeReason.LostPrecision : DeoptimizeReason.NotABigInt64;
  a.deoptUnless(tooWide, feedback, fitsInt64(a, input));
}

/** No digits, or one that is below 2⁶³; or −2⁶³. */
function fitsInt64(a: GraphAssembler, bigint: Node): Node {
  const bitfield = a.field(MachineTypes.Uint32, bigint, BigIntObject.Bitfield);
  const when = (condition: Node, then: () => Node, otherwise: () => Node): Node =>
    a.diamond(condition, BranchHint.None, MachineTypes.Bool, then, otherwise);
  const ofDigit = (): Node => {
    const digit = a.field(MachineTypes.Int64, bigint, BigIntObject.Digits);
    const isMinimum = (): Node => {
      const isNegative = a.m('Word32Equal', a.m('Word32And', bitfield, a.i32(1)), a.i32(1));
      return a.m('Word32And', isNegative, a.m('Word64Equal', digit, a.graph.int64(-(2n ** 63n))));
    };
    return when(a.m('Int64LessThan', digit, a.graph.int64(0n)), isMinimum, () => a.i32(1));
  };
  const digits = a.m('Word32Shr', bitfield, a.i32(1));
  const isZero = a.m('Word32Equal', digits, a.i32(0));
  const isOne = (): Node => a.m('Word32Equal', digits, a.i32(1));
  return when(
    isZero,
    () => a.i32(1),
    () => when(isOne(), ofDigit, () => a.i32(0)),
  );
}

/** The stubs run no JavaScript: a bailout behind one goes back before it. */
function call(a: GraphAssembler, stub: string, inputs: readonly Node[]): Node {
  const state = a.frameState;
  const result = a.callRuntime(stub, inputs);
  a.frameState = state;
  return a.typed(result, MachineTypes.TaggedPointer);
}

function checkedOperation(a: GraphAssembler, node: Node, { stub, width, checks }: BigIntOperation): Node {
  const inputs = checks.map((_, i) => node.value(i));
  for (const [i, check] of checks.entries()) checkBigInt(a, inputs[i]!, check);
  const result = call(a, stub, [...inputs, a.graph.smi(width)]);
  const isDivision = stub === 'TurbofanBigIntDivide' || stub === 'TurbofanBigIntModulus';
  if (isDivision) a.deoptIf(DeoptimizeReason.DivisionByZero, undefined, a.m('TaggedEqual', result, a.graph.smi(0)));
  if (width === BigIntWidth.Modulo64 || (isDivision && width === BigIntWidth.Any)) return result;
  const tooMuch = width === BigIntWidth.Any ? DeoptimizeReason.BigIntTooBig : DeoptimizeReason.Overflow;
  a.deoptIf(tooMuch, undefined, a.isSmi(result));
  return result;
}

function checkedCompare(a: GraphAssembler, node: Node, { stub, checks }: BigIntOperation): Node {
  const inputs = [node.value(0), node.value(1)];
  for (const [i, check] of checks.entries()) checkBigInt(a, inputs[i]!, check);
  return call(a, stub, inputs);
}

function checkedAsN(a: GraphAssembler, node: Node, { stub, bits, check, feedback }: CheckedBigIntAsN): Node {
  checkBigInt(a, node.value(0), check, feedback);
  return call(a, stub, [node.value(0), a.graph.smi(bits)]);
}
