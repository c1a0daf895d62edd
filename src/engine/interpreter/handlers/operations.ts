// Handlers of operators: arithmetic, comparison, conversion, typeof. The loop has the number paths inline at scale 1; here
// is every case at every scale, with feedback.

import { Bytecode } from '../../bytecode/index.ts';
import {
  BinaryOperationFeedback,
  binaryFeedback,
  type CompareOperationFeedback,
  equalityFeedback,
  numericFeedback,
  recordHas,
  relationalFeedback,
  typeOfFeedback,
  unaryFeedback,
} from '../../feedback/index.ts';
import { fitsSmi, type Tagged } from '../../heap/index.ts';
import { FeedbackVector, HeapNumber, StaticRoot, toHostString } from '../../objects/index.ts';
import {
  add,
  arithmetic,
  type BinaryOperator,
  compare,
  concatStrings,
  hasProperty,
  instanceOf,
  isJSReceiver,
  isNumber,
  isString,
  looselyEquals,
  numberArithmetic,
  type Relation,
  renderForMessage,
  strictEquals,
  throwTypeError,
  toBoolean,
  toNumber,
  toNumeric,
  toObject,
  toOddball,
  toPropertyKey,
  toString,
  typeOf,
  unary,
} from '../../runtime/index.ts';
import { noFeedback } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { Next } from '../next.ts';

const numberOf = (t: Interpreter, word: Tagged): number =>
  (word & 1) === 0 ? word >> 1 : t.heap.f64[(word + HeapNumber.Value - 1) >> 3]!;

/** Joins feedback into a Smi slot. */
export const joinFeedback = (t: Interpreter, slot: number, feedback: number): void => {
  if (t.fv !== noFeedback) t.heap.i32[t.fv + slot]! |= feedback << 1;
};

const operators: Readonly<Partial<Record<Bytecode, BinaryOperator>>> = {
  [Bytecode.Add]: '+',
  [Bytecode.Sub]: '-',
  [Bytecode.Mul]: '*',
  [Bytecode.Div]: '/',
  [Bytecode.Mod]: '%',
  [Bytecode.Exp]: '**',
  [Bytecode.BitwiseOr]: '|',
  [Bytecode.BitwiseXor]: '^',
  [Bytecode.BitwiseAnd]: '&',
  [Bytecode.ShiftLeft]: '<<',
  [Bytecode.ShiftRight]: '>>',
  [Bytecode.ShiftRightLogical]: '>>>',
};

/** `left op right` on numbers, as V8's binary op builtins: Smi results only from Smi inputs or bitwise operators. */
const numberOperation = (
  t: Interpreter,
  operator: BinaryOperator,
  left: Tagged,
  right: Tagged,
  slot: number,
): Tagged => {
  const smis = ((left | right) & 1) === 0;
  const value = numberArithmetic(operator, numberOf(t, left), numberOf(t, right));
  const bitwise =
    operator === '|' ||
    operator === '&' ||
    operator === '^' ||
    operator === '<<' ||
    operator === '>>' ||
    operator === '>>>';
  if ((smis && operator !== '**') || bitwise) {
    if (fitsSmi(value)) {
      joinFeedback(t, slot, smis ? BinaryOperationFeedback.SignedSmall : BinaryOperationFeedback.Number);
      return value << 1;
    }
    joinFeedback(
      t,
      slot,
      operator === '/' ? BinaryOperationFeedback.SignedSmallInputs : BinaryOperationFeedback.Number,
    );
    return t.rt.factory.newHeapNumber(value);
  }
  joinFeedback(t, slot, BinaryOperationFeedback.Number);
  return t.rt.factory.newHeapNumber(value);
};

/** Operators that V8 does not specialize to 64 bits: their feedback does not tell. */
const withoutInt64: ReadonlySet<BinaryOperator> = new Set(['**', '<<', '>>']);

/** What throws gives Any, so that code that would bail out there is not made again. */
const bigintOperation = (
  t: Interpreter,
  operator: BinaryOperator,
  left: Tagged,
  right: Tagged,
  slot: number,
  feedback: BinaryOperationFeedback,
): Tagged => {
  try {
    const result = arithmetic(t.rt, operator, left, right);
    const isAdditive = operator === '+' || operator === '-' || operator === '*';
    joinFeedback(
      t,
      slot,
      withoutInt64.has(operator)
        ? BinaryOperationFeedback.BigInt
        : feedback | (isAdditive ? numericFeedback(t.rt, result) : 0),
    );
    return result;
  } catch (error) {
    joinFeedback(t, slot, BinaryOperationFeedback.Any);
    throw error;
  }
};

const binaryOperation = (
  t: Interpreter,
  operator: BinaryOperator,
  left: Tagged,
  right: Tagged,
  slot: number,
): Tagged => {
  const rt = t.rt;
  if (isNumber(rt, left) && isNumber(rt, right)) return numberOperation(t, operator, left, right, slot);
  const feedback = binaryFeedback(rt, left, right, operator === '+');
  if (feedback === BinaryOperationFeedback.BigInt64 || feedback === BinaryOperationFeedback.BigInt)
    return bigintOperation(t, operator, left, right, slot, feedback);
  joinFeedback(t, slot, feedback);
  if (operator !== '+') return arithmetic(rt, operator, left, right);
  return isString(rt, left) && isString(rt, right) ? concatStrings(rt, left, right) : add(rt, left, right);
};

export const binary = (bytecode: Bytecode) => {
  const operator = operators[bytecode]!;
  return (t: Interpreter): Next => {
    t.acc = binaryOperation(t, operator, t.reg(t.ops[0]!), t.acc, t.ops[1]!);
    return Next.Continue;
  };
};

export const binarySmi = (bytecode: Bytecode) => {
  const operator = operators[bytecode]!;
  return (t: Interpreter): Next => {
    t.acc = binaryOperation(t, operator, t.acc, t.ops[0]! << 1, t.ops[1]!);
    return Next.Continue;
  };
};

const unaryOperation =
  (operator: '-' | '~' | '++' | '--') =>
  (t: Interpreter): Next => {
    const rt = t.rt;
    const value = t.acc;
    const slot = t.ops[0]!;
    if (isNumber(rt, value)) {
      const x = numberOf(t, value);
      const result = operator === '-' ? -x : operator === '~' ? ~x : operator === '++' ? x + 1 : x - 1;
      const smi = (value & 1) === 0;
      if ((smi || operator === '~') && fitsSmi(result)) {
        joinFeedback(t, slot, smi ? BinaryOperationFeedback.SignedSmall : BinaryOperationFeedback.Number);
        t.acc = result << 1;
      } else {
        joinFeedback(t, slot, BinaryOperationFeedback.Number);
        t.acc = rt.factory.newHeapNumber(result);
      }
      return Next.Continue;
    }
    joinFeedback(t, slot, unaryFeedback(rt, value));
    t.acc = unary(rt, operator, value);
    return Next.Continue;
  };

export const Inc = unaryOperation('++');
export const Dec = unaryOperation('--');
export const Negate = unaryOperation('-');
export const BitwiseNot = unaryOperation('~');

const relations: Readonly<Partial<Record<Bytecode, Relation>>> = {
  [Bytecode.TestLessThan]: '<',
  [Bytecode.TestGreaterThan]: '>',
  [Bytecode.TestLessThanOrEqual]: '<=',
  [Bytecode.TestGreaterThanOrEqual]: '>=',
};

const joinCompare = (t: Interpreter, slot: number, feedback: CompareOperationFeedback): void =>
  joinFeedback(t, slot, feedback);

export const relational = (bytecode: Bytecode) => {
  const relation = relations[bytecode]!;
  return (t: Interpreter): Next => {
    const left = t.reg(t.ops[0]!);
    joinCompare(t, t.ops[1]!, relationalFeedback(t.rt, left, t.acc));
    t.acc = toOddball(compare(t.rt, relation, left, t.acc));
    return Next.Continue;
  };
};

export const TestEqual = (t: Interpreter): Next => {
  const left = t.reg(t.ops[0]!);
  joinCompare(t, t.ops[1]!, equalityFeedback(t.rt, left, t.acc, false));
  t.acc = toOddball(looselyEquals(t.rt, left, t.acc));
  return Next.Continue;
};

export const TestEqualStrict = (t: Interpreter): Next => {
  const left = t.reg(t.ops[0]!);
  joinCompare(t, t.ops[1]!, equalityFeedback(t.rt, left, t.acc, true));
  t.acc = toOddball(strictEquals(t.rt, left, t.acc));
  return Next.Continue;
};

export const TestInstanceOf = (t: Interpreter): Next => {
  const slot = t.ops[1]!;
  const callable = t.acc;
  if (t.fv !== noFeedback) {
    const heap = t.heap;
    const known = heap.i32[t.fv + slot]!;
    if (known === StaticRoot.UninitializedSymbol && (callable & 1) !== 0)
      heap.setElement(t.vector, FeedbackVector.Slots, slot, callable | 2);
    else if (known !== (callable | 2)) heap.i32[t.fv + slot] = StaticRoot.MegamorphicSymbol;
  }
  t.acc = toOddball(instanceOf(t.rt, t.reg(t.ops[0]!), callable));
  return Next.Continue;
};

export const TestIn = (t: Interpreter): Next => {
  const rt = t.rt;
  const object = t.acc;
  const key = t.reg(t.ops[0]!);
  if (!isJSReceiver(rt, object))
    throwTypeError(rt, 'InvalidInOperatorUse', renderForMessage(rt, key), renderForMessage(rt, object));
  recordHas(rt, t.vector, t.ops[1]!, object, key);
  const scope = t.heap.openHandles();
  const o = t.heap.handle(object);
  const name = toPropertyKey(rt, key);
  t.acc = toOddball(hasProperty(rt, t.heap.deref(o), name));
  t.heap.closeHandles(scope);
  return Next.Continue;
};

// --- conversions -----------------------------------------------------------------------------------------------------------

export const ToName = (t: Interpreter): Next => {
  t.acc = toPropertyKey(t.rt, t.acc);
  return Next.Continue;
};
export const ToNumber = (t: Interpreter): Next => {
  joinFeedback(t, t.ops[0]!, unaryFeedback(t.rt, t.acc));
  t.acc = toNumber(t.rt, t.acc);
  return Next.Continue;
};
export const ToNumeric = (t: Interpreter): Next => {
  joinFeedback(t, t.ops[0]!, unaryFeedback(t.rt, t.acc));
  t.acc = toNumeric(t.rt, t.acc);
  return Next.Continue;
};
export const ToObject = (t: Interpreter): Next => {
  t.setReg(t.ops[0]!, toObject(t.rt, t.acc));
  return Next.Continue;
};
export const ToString = (t: Interpreter): Next => {
  t.acc = toString(t.rt, t.acc);
  return Next.Continue;
};
export const ToBoolean = (t: Interpreter): Next => {
  t.acc = toOddball(toBoolean(t.rt, t.acc));
  return Next.Continue;
};
export const ToBooleanLogicalNot = (t: Interpreter): Next => {
  t.acc = toOddball(!toBoolean(t.rt, t.acc));
  return Next.Continue;
};
export const LogicalNot = (t: Interpreter): Next => {
  t.acc = t.acc === StaticRoot.True ? StaticRoot.False : StaticRoot.True;
  return Next.Continue;
};

export const TypeOf = (t: Interpreter): Next => {
  joinFeedback(t, t.ops[0]!, typeOfFeedback(t.rt, t.acc));
  t.acc = typeOf(t.rt, t.acc);
  return Next.Continue;
};

/** V8's TestTypeOfFlags::LiteralFlag. */
const typeOfLiterals = ['number', 'string', 'symbol', 'boolean', 'bigint', 'undefined', 'function', 'object'] as const;

export const TestTypeOf = (t: Interpreter): Next => {
  t.acc = toOddball(toHostString(t.heap, typeOf(t.rt, t.acc)) === typeOfLiterals[t.ops[0]!]);
  return Next.Continue;
};

export const TestReferenceEqual = (t: Interpreter): Next => {
  t.acc = toOddball(t.acc === t.reg(t.ops[0]!));
  return Next.Continue;
};
export const TestUndetectable = (t: Interpreter): Next => {
  t.acc = toOddball(isUndetectableValue(t, t.acc));
  return Next.Continue;
};
const isUndetectableValue = (t: Interpreter, value: Tagged): boolean =>
  value === StaticRoot.Undefined ||
  value === StaticRoot.Null ||
  ((value & 1) !== 0 && (t.heap.u8[t.heap.i32[(value - 1) >> 2]! - 1 + 10]! & 16) !== 0);
export const TestNull = (t: Interpreter): Next => {
  t.acc = toOddball(t.acc === StaticRoot.Null);
  return Next.Continue;
};
export const TestUndefined = (t: Interpreter): Next => {
  t.acc = toOddball(t.acc === StaticRoot.Undefined);
  return Next.Continue;
};
