// Operations on values: arithmetic, comparisons, conversions, tests.

import { Bytecode } from '../../../bytecode/index.ts';
import { DeoptimizeReason } from '../../../deoptimizer/index.ts';
import { TypeOfFeedback } from '../../../feedback/index.ts';
import { StaticRoot } from '../../../objects/index.ts';
import type { Node } from '../../graph/node.ts';
import type { Opcode } from '../../operators/operators.ts';
import type { BytecodeGraphBuilder } from '../bytecode-graph-builder.ts';
import { lowerBinary, lowerCompare } from '../type-hint-lowering.ts';
import type { Visitors } from './visitor.ts';

export const operationsVisitors: Visitors = {
  [Bytecode.Add]: (b, a) => {
    binary(b, 'JSAdd', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.Sub]: (b, a) => {
    binary(b, 'JSSubtract', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.Mul]: (b, a) => {
    binary(b, 'JSMultiply', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.Div]: (b, a) => {
    binary(b, 'JSDivide', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.Mod]: (b, a) => {
    binary(b, 'JSModulus', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.Exp]: (b, a) => {
    binary(b, 'JSExponentiate', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.BitwiseOr]: (b, a) => {
    binary(b, 'JSBitwiseOr', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.BitwiseXor]: (b, a) => {
    binary(b, 'JSBitwiseXor', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.BitwiseAnd]: (b, a) => {
    binary(b, 'JSBitwiseAnd', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.ShiftLeft]: (b, a) => {
    binary(b, 'JSShiftLeft', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.ShiftRight]: (b, a) => {
    binary(b, 'JSShiftRight', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.ShiftRightLogical]: (b, a) => {
    binary(b, 'JSShiftRightLogical', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.AddSmi]: (b, a) => {
    binary(b, 'JSAdd', b.accumulator, b.graph.number(a.immediate(0)), a.unsigned(1));
  },
  [Bytecode.SubSmi]: (b, a) => {
    binary(b, 'JSSubtract', b.accumulator, b.graph.number(a.immediate(0)), a.unsigned(1));
  },
  [Bytecode.MulSmi]: (b, a) => {
    binary(b, 'JSMultiply', b.accumulator, b.graph.number(a.immediate(0)), a.unsigned(1));
  },
  [Bytecode.DivSmi]: (b, a) => {
    binary(b, 'JSDivide', b.accumulator, b.graph.number(a.immediate(0)), a.unsigned(1));
  },
  [Bytecode.ModSmi]: (b, a) => {
    binary(b, 'JSModulus', b.accumulator, b.graph.number(a.immediate(0)), a.unsigned(1));
  },
  [Bytecode.ExpSmi]: (b, a) => {
    binary(b, 'JSExponentiate', b.accumulator, b.graph.number(a.immediate(0)), a.unsigned(1));
  },
  [Bytecode.BitwiseOrSmi]: (b, a) => {
    binary(b, 'JSBitwiseOr', b.accumulator, b.graph.number(a.immediate(0)), a.unsigned(1));
  },
  [Bytecode.BitwiseXorSmi]: (b, a) => {
    binary(b, 'JSBitwiseXor', b.accumulator, b.graph.number(a.immediate(0)), a.unsigned(1));
  },
  [Bytecode.BitwiseAndSmi]: (b, a) => {
    binary(b, 'JSBitwiseAnd', b.accumulator, b.graph.number(a.immediate(0)), a.unsigned(1));
  },
  [Bytecode.ShiftLeftSmi]: (b, a) => {
    binary(b, 'JSShiftLeft', b.accumulator, b.graph.number(a.immediate(0)), a.unsigned(1));
  },
  [Bytecode.ShiftRightSmi]: (b, a) => {
    binary(b, 'JSShiftRight', b.accumulator, b.graph.number(a.immediate(0)), a.unsigned(1));
  },
  [Bytecode.ShiftRightLogicalSmi]: (b, a) => {
    binary(b, 'JSShiftRightLogical', b.accumulator, b.graph.number(a.immediate(0)), a.unsigned(1));
  },
  [Bytecode.Inc]: (b, a) => {
    unary(b, 'JSIncrement', a.unsigned(0));
  },
  [Bytecode.Dec]: (b, a) => {
    unary(b, 'JSDecrement', a.unsigned(0));
  },
  [Bytecode.Negate]: (b, a) => {
    unary(b, 'JSNegate', a.unsigned(0));
  },
  [Bytecode.BitwiseNot]: (b, a) => {
    unary(b, 'JSBitwiseNot', a.unsigned(0));
  },
  [Bytecode.ToBooleanLogicalNot]: (b) => {
    b.accumulator = b.graph.newNode('BooleanNot', undefined, [b.toBoolean(b.accumulator)]);
  },
  [Bytecode.LogicalNot]: (b) => {
    b.accumulator = b.graph.newNode('BooleanNot', undefined, [b.accumulator]);
  },
  [Bytecode.TypeOf]: (b, a) => {
    b.checkpoint();
    const feedback = b.broker.typeOfFeedback(b.feedback(a.unsigned(0)));
    if (feedback === TypeOfFeedback.None) {
      b.buildDeopt(DeoptimizeReason.InsufficientTypeFeedbackForUnaryOperation);
      return;
    }
    const known = typeOfByFeedback[feedback];
    if (known === undefined) {
      b.accumulator = b.graph.newNode('TypeOf', undefined, [b.accumulator]);
      return;
    }
    b.node(known.check, { feedback: undefined }, [b.accumulator]);
    b.accumulator = b.constant(b.broker.rt.factory.internalize(known.type));
  },
  [Bytecode.ToBoolean]: (b) => {
    b.accumulator = b.toBoolean(b.accumulator);
  },
  [Bytecode.ToNumber]: (b, a) => {
    toNumber(b, 'JSToNumber', a.unsigned(0));
  },
  [Bytecode.ToNumeric]: (b, a) => {
    toNumber(b, 'JSToNumeric', a.unsigned(0));
  },
  [Bytecode.ToName]: (b) => {
    b.checkpoint();
    b.accumulator = b.node('JSToName', undefined, [b.accumulator]);
  },
  [Bytecode.ToString]: (b) => {
    b.checkpoint();
    b.accumulator = b.node('JSToString', undefined, [b.accumulator]);
  },
  [Bytecode.ToObject]: (b, a) => {
    b.checkpoint();
    const object = b.node('JSToObject', undefined, [b.accumulator], b.combineFor(a.register(0)));
    b.bind(a.register(0), object);
  },
  [Bytecode.TestEqual]: (b, a) => {
    compare(b, 'JSEqual', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.TestEqualStrict]: (b, a) => {
    compare(b, 'JSStrictEqual', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.TestLessThan]: (b, a) => {
    compare(b, 'JSLessThan', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.TestGreaterThan]: (b, a) => {
    compare(b, 'JSGreaterThan', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.TestLessThanOrEqual]: (b, a) => {
    compare(b, 'JSLessThanOrEqual', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.TestGreaterThanOrEqual]: (b, a) => {
    compare(b, 'JSGreaterThanOrEqual', b.register(0), b.accumulator, a.unsigned(1));
  },
  [Bytecode.TestReferenceEqual]: (b) => {
    b.accumulator = b.referenceEqual(b.register(0), b.accumulator);
  },
  [Bytecode.TestInstanceOf]: (b, a) => {
    b.checkpoint();
    const source = b.feedback(a.unsigned(1));
    if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForCompareOperation)) return;
    b.accumulator = b.node('JSInstanceOf', { feedback: source }, [b.register(0), b.accumulator]);
  },
  [Bytecode.TestIn]: (b, a) => {
    b.checkpoint();
    b.accumulator = b.node('JSHasProperty', { feedback: b.feedback(a.unsigned(1)) }, [b.accumulator, b.register(0)]);
  },
  [Bytecode.TestUndetectable]: (b) => {
    b.accumulator = b.graph.newNode('ObjectIsUndetectable', undefined, [b.accumulator]);
  },
  [Bytecode.TestNull]: (b) => {
    b.accumulator = b.referenceEqual(b.accumulator, b.graph.heapConstant(StaticRoot.Null));
  },
  [Bytecode.TestUndefined]: (b) => {
    b.accumulator = b.referenceEqual(b.accumulator, b.undefinedNode);
  },
  [Bytecode.TestTypeOf]: (b, a) => {
    b.accumulator = testTypeOf(b, a.unsigned(0), b.accumulator);
  },
};

function binary(b: BytecodeGraphBuilder, opcode: Opcode, left: Node, right: Node, slot: number): void {
  b.checkpoint();
  const source = b.feedback(slot);
  const lowering = lowerBinary(b.broker, opcode, source);
  if (lowering.kind === 'deopt') b.buildDeopt(lowering.reason);
  else if (lowering.kind === 'speculative')
    b.accumulator = b.node(lowering.opcode, { hint: lowering.hint, feedback: source }, [left, right]);
  else if (lowering.kind === 'bigint') b.accumulator = b.node(lowering.opcode, { hint: lowering.hint }, [left, right]);
  else b.accumulator = b.node(opcode, { feedback: source }, [left, right]);
}

function compare(b: BytecodeGraphBuilder, opcode: Opcode, left: Node, right: Node, slot: number): void {
  b.checkpoint();
  const source = b.feedback(slot);
  const lowering = lowerCompare(b.broker, opcode, source);
  if (lowering.kind === 'deopt') b.buildDeopt(lowering.reason);
  // What is compared with itself is only asked whether it is NaN.
  else if (lowering.kind === 'speculative' && !(opcode === 'JSStrictEqual' && left === right))
    b.accumulator = b.node(
      lowering.opcode,
      { hint: lowering.hint, feedback: source },
      lowering.swap === true ? [right, left] : [left, right],
    );
  else if (lowering.kind === 'bigint')
    b.accumulator = b.node(
      lowering.opcode,
      { hint: lowering.hint },
      lowering.swap === true ? [right, left] : [left, right],
    );
  else b.accumulator = b.node(opcode, { feedback: source }, [left, right]);
}

/** Inc, Dec, Negate and BitwiseNot become binary operations with their feedback (V8: ReduceUnaryOperation). */
function unary(b: BytecodeGraphBuilder, opcode: Opcode, slot: number): void {
  b.checkpoint();
  const source = b.feedback(slot);
  if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForUnaryOperation)) return;
  const operand = b.accumulator;
  const [binary, constant]: [Opcode, number] =
    opcode === 'JSIncrement'
      ? ['JSAdd', 1]
      : opcode === 'JSDecrement'
        ? ['JSSubtract', 1]
        : opcode === 'JSNegate'
          ? ['JSMultiply', -1]
          : ['JSBitwiseXor', -1];
  const lowering = lowerBinary(b.broker, binary, source);
  if (lowering.kind === 'speculative')
    b.accumulator = b.node(lowering.opcode, { hint: lowering.hint, feedback: source }, [
      operand,
      b.graph.number(constant),
    ]);
  else if (lowering.kind === 'bigint' && opcode === 'JSNegate')
    b.accumulator = b.node('SpeculativeBigIntNegate', { hint: lowering.hint }, [operand]);
  else b.accumulator = b.node(opcode, { feedback: source }, [operand]);
}

function toNumber(b: BytecodeGraphBuilder, opcode: 'JSToNumber' | 'JSToNumeric', slot: number): void {
  b.checkpoint();
  const source = b.feedback(slot);
  const lowering = lowerBinary(b.broker, 'JSMultiply', source);
  if (lowering.kind === 'deopt') b.buildDeopt(DeoptimizeReason.InsufficientTypeFeedbackForUnaryOperation);
  else if (lowering.kind === 'speculative')
    b.accumulator = b.node('SpeculativeToNumber', { hint: lowering.hint, feedback: source }, [b.accumulator]);
  else b.accumulator = b.node(opcode, { feedback: source }, [b.accumulator]);
}

/** Of values that were always of one type, typeof is a constant behind a check. */
const typeOfByFeedback: Readonly<
  Record<number, { readonly check: 'CheckNumber' | 'CheckString' | 'CheckDetectableCallable'; readonly type: string }>
> = {
  [TypeOfFeedback.Number]: { check: 'CheckNumber', type: 'number' },
  [TypeOfFeedback.String]: { check: 'CheckString', type: 'string' },
  [TypeOfFeedback.Function]: { check: 'CheckDetectableCallable', type: 'function' },
};

/** TestTypeOf literals, in V8's order. */
function testTypeOf(b: BytecodeGraphBuilder, literal: number, value: Node): Node {
  switch (literal) {
    case 0:
      return b.graph.newNode('ObjectIsNumber', undefined, [value]);
    case 1:
      return b.graph.newNode('ObjectIsString', undefined, [value]);
    case 2:
      return b.graph.newNode('ObjectIsSymbol', undefined, [value]);
    case 3:
      return b.graph.newNode('Select', undefined, [
        b.referenceEqual(value, b.boolean(true)),
        b.boolean(true),
        b.referenceEqual(value, b.boolean(false)),
      ]);
    case 4:
      return b.graph.newNode('ObjectIsBigInt', undefined, [value]);
    case 5:
      return b.graph.newNode('Select', undefined, [
        b.referenceEqual(value, b.graph.heapConstant(StaticRoot.Null)),
        b.boolean(false),
        b.graph.newNode('ObjectIsUndetectable', undefined, [value]),
      ]);
    case 6:
      return b.graph.newNode('ObjectIsDetectableCallable', undefined, [value]);
    case 7:
      return b.graph.newNode('Select', undefined, [
        b.graph.newNode('ObjectIsNonCallable', undefined, [value]),
        b.boolean(true),
        b.referenceEqual(value, b.graph.heapConstant(StaticRoot.Null)),
      ]);
    default:
      return b.boolean(false);
  }
}
