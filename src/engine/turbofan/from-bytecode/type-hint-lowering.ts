// JSTypeHintLowering (V8: js-type-hint-lowering.cc): while the graph is built, feedback turns JavaScript operators into
// speculative ones, and operations without feedback into bailouts.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import { BinaryOperationFeedback, CompareOperationFeedback } from '../../feedback/index.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import type { BigIntHint, FeedbackSource, NumberHint } from '../graph/parameters.ts';
import type { Opcode } from '../operators/operators.ts';

export type Hint =
  | { readonly kind: 'none' }
  | { readonly kind: 'number'; readonly hint: NumberHint }
  | { readonly kind: 'bigint'; readonly hint: BigIntHint }
  | { readonly kind: 'string' }
  | { readonly kind: 'any' };

/** V8: BinaryOperationHintFromFeedback, then BinaryOperationHintToNumberOperationHint. */
export function binaryHint(feedback: BinaryOperationFeedback): Hint {
  switch (feedback) {
    case BinaryOperationFeedback.None:
      return { kind: 'none' };
    case BinaryOperationFeedback.SignedSmall:
      return { kind: 'number', hint: 'SignedSmall' };
    case BinaryOperationFeedback.SignedSmallInputs:
      return { kind: 'number', hint: 'SignedSmallInputs' };
    case BinaryOperationFeedback.AdditiveSafeInteger:
      return { kind: 'number', hint: 'AdditiveSafeInteger' };
    case BinaryOperationFeedback.Number:
      return { kind: 'number', hint: 'Number' };
    case BinaryOperationFeedback.NumberOrOddball:
      return { kind: 'number', hint: 'NumberOrOddball' };
    case BinaryOperationFeedback.String:
      return { kind: 'string' };
    case BinaryOperationFeedback.BigInt64:
      return { kind: 'bigint', hint: 'BigInt64' };
    case BinaryOperationFeedback.BigInt:
      return { kind: 'bigint', hint: 'BigInt' };
    default:
      return { kind: 'any' };
  }
}

export type CompareHint =
  | 'none'
  | 'SignedSmall'
  | 'Number'
  | 'NumberOrBoolean'
  | 'NumberOrOddball'
  | 'InternalizedString'
  | 'String'
  | 'Symbol'
  | 'BigInt64'
  | 'BigInt'
  | 'Receiver'
  | 'ReceiverOrNullOrUndefined'
  | 'Any';

export function compareHint(f: CompareOperationFeedback): CompareHint {
  const within = (mask: number): boolean => (f & ~mask) === 0;
  if (f === 0) return 'none';
  if (within(CompareOperationFeedback.SignedSmall)) return 'SignedSmall';
  if (within(CompareOperationFeedback.Number)) return 'Number';
  if (within(CompareOperationFeedback.NumberOrBoolean)) return 'NumberOrBoolean';
  if (within(CompareOperationFeedback.NumberOrOddball)) return 'NumberOrOddball';
  if (within(CompareOperationFeedback.InternalizedString)) return 'InternalizedString';
  if (within(CompareOperationFeedback.String)) return 'String';
  if (within(CompareOperationFeedback.Receiver)) return 'Receiver';
  if (within(CompareOperationFeedback.ReceiverOrNullOrUndefined)) return 'ReceiverOrNullOrUndefined';
  if (within(CompareOperationFeedback.BigInt64)) return 'BigInt64';
  if (within(CompareOperationFeedback.BigInt)) return 'BigInt';
  if (within(CompareOperationFeedback.Symbol)) return 'Symbol';
  return 'Any';
}

const SPECULATIVE: Partial<Record<Opcode, Opcode>> = {
  JSAdd: 'SpeculativeNumberAdd',
  JSSubtract: 'SpeculativeNumberSubtract',
  JSMultiply: 'SpeculativeNumberMultiply',
  JSDivide: 'SpeculativeNumberDivide',
  JSModulus: 'SpeculativeNumberModulus',
  JSExponentiate: 'SpeculativeNumberPow',
  JSBitwiseOr: 'SpeculativeNumberBitwiseOr',
  JSBitwiseXor: 'SpeculativeNumberBitwiseXor',
  JSBitwiseAnd: 'SpeculativeNumberBitwiseAnd',
  JSShiftLeft: 'SpeculativeNumberShiftLeft',
  JSShiftRight: 'SpeculativeNumberShiftRight',
  JSShiftRightLogical: 'SpeculativeNumberShiftRightLogical',
};

export type BigIntOpcode = Extract<Opcode, `SpeculativeBigInt${string}`> &
  Exclude<Opcode, 'SpeculativeBigIntAsIntN' | 'SpeculativeBigIntAsUintN'>;

/** ** and >>> are not among them, as in V8. */
const BIGINT: Partial<Record<Opcode, BigIntOpcode>> = {
  JSAdd: 'SpeculativeBigIntAdd',
  JSSubtract: 'SpeculativeBigIntSubtract',
  JSMultiply: 'SpeculativeBigIntMultiply',
  JSDivide: 'SpeculativeBigIntDivide',
  JSModulus: 'SpeculativeBigIntModulus',
  JSBitwiseOr: 'SpeculativeBigIntBitwiseOr',
  JSBitwiseXor: 'SpeculativeBigIntBitwiseXor',
  JSBitwiseAnd: 'SpeculativeBigIntBitwiseAnd',
  JSShiftLeft: 'SpeculativeBigIntShiftLeft',
  JSShiftRight: 'SpeculativeBigIntShiftRight',
};

const BIGINT_COMPARE: Partial<Record<Opcode, readonly [opcode: BigIntOpcode, swap: boolean]>> = {
  JSEqual: ['SpeculativeBigIntEqual', false],
  JSStrictEqual: ['SpeculativeBigIntEqual', false],
  JSLessThan: ['SpeculativeBigIntLessThan', false],
  JSGreaterThan: ['SpeculativeBigIntLessThan', true],
  JSLessThanOrEqual: ['SpeculativeBigIntLessThanOrEqual', false],
  JSGreaterThanOrEqual: ['SpeculativeBigIntLessThanOrEqual', true],
};

/** What a binary JavaScript operator becomes with its feedback. */
export type Lowering =
  | { readonly kind: 'deopt'; readonly reason: DeoptimizeReason }
  | { readonly kind: 'speculative'; readonly opcode: Opcode; readonly hint: NumberHint; readonly swap?: boolean }
  | { readonly kind: 'bigint'; readonly opcode: BigIntOpcode; readonly hint: BigIntHint; readonly swap?: boolean }
  | { readonly kind: 'generic' };

export function lowerBinary(broker: HeapBroker, opcode: Opcode, source: FeedbackSource): Lowering {
  const hint = binaryHint(broker.binaryFeedback(source));
  if (hint.kind === 'none')
    return { kind: 'deopt', reason: DeoptimizeReason.InsufficientTypeFeedbackForBinaryOperation };
  if (hint.kind === 'bigint') {
    const bigint = BIGINT[opcode];
    return bigint === undefined ? { kind: 'generic' } : { kind: 'bigint', opcode: bigint, hint: hint.hint };
  }
  if (hint.kind !== 'number') return { kind: 'generic' };
  const speculative = SPECULATIVE[opcode];
  if (speculative === undefined) return { kind: 'generic' };
  const safe = hint.hint === 'SignedSmall' || hint.hint === 'SignedSmallInputs';
  if (opcode === 'JSAdd' || opcode === 'JSSubtract') {
    // Small-integer feedback: the sum may be done in 32 bits when all its uses truncate.
    if (safe)
      return {
        kind: 'speculative',
        opcode: opcode === 'JSAdd' ? 'SpeculativeSmallIntegerAdd' : 'SpeculativeSmallIntegerSubtract',
        hint: hint.hint,
      };
    if (hint.hint === 'AdditiveSafeInteger') return { kind: 'speculative', opcode: speculative, hint: 'Number' };
  }
  return { kind: 'speculative', opcode: speculative, hint: hint.hint === 'AdditiveSafeInteger' ? 'Number' : hint.hint };
}

export function lowerCompare(broker: HeapBroker, opcode: Opcode, source: FeedbackSource): Lowering {
  const hint = compareHint(broker.compareFeedback(source));
  if (hint === 'none') return { kind: 'deopt', reason: DeoptimizeReason.InsufficientTypeFeedbackForCompareOperation };
  if (hint === 'BigInt' || hint === 'BigInt64') {
    const [bigint, swap] = BIGINT_COMPARE[opcode]!;
    return { kind: 'bigint', opcode: bigint, hint, swap };
  }
  let number: NumberHint | undefined;
  if (hint === 'SignedSmall' || hint === 'Number') number = hint;
  else if (hint === 'NumberOrBoolean' && opcode !== 'JSEqual' && opcode !== 'JSStrictEqual') number = 'NumberOrBoolean';
  else if (hint === 'NumberOrOddball' && opcode !== 'JSEqual' && opcode !== 'JSStrictEqual') number = 'NumberOrOddball';
  else if (hint === 'NumberOrBoolean' && opcode === 'JSEqual') number = 'NumberOrBoolean';
  if (number === undefined) return { kind: 'generic' };
  switch (opcode) {
    case 'JSEqual':
    case 'JSStrictEqual':
      return { kind: 'speculative', opcode: 'SpeculativeNumberEqual', hint: number };
    case 'JSLessThan':
      return { kind: 'speculative', opcode: 'SpeculativeNumberLessThan', hint: number };
    case 'JSGreaterThan':
      return { kind: 'speculative', opcode: 'SpeculativeNumberLessThan', hint: number, swap: true };
    case 'JSLessThanOrEqual':
      return { kind: 'speculative', opcode: 'SpeculativeNumberLessThanOrEqual', hint: number };
    case 'JSGreaterThanOrEqual':
      return { kind: 'speculative', opcode: 'SpeculativeNumberLessThanOrEqual', hint: number, swap: true };
    default:
      return { kind: 'generic' };
  }
}
