// Why a bailout happened, for people: what the code had assumed, what came instead (read from the registers the guard looked
// at), and what to do about it.

import { DeoptimizeReason, deoptimizeReasonTable } from '../deoptimizer/index.ts';
import type { CodeView } from '../isolate/index.ts';
import type { GuardFacts } from './guard-facts.ts';

const advice: Readonly<Partial<Record<DeoptimizeReason, string>>> = {
  [DeoptimizeReason.WrongMap]:
    'Create objects that meet here with the same properties, in the same order and with the same kinds of values.',
  [DeoptimizeReason.WrongInstanceType]: 'Pass values of one type to this operation.',
  [DeoptimizeReason.NotASmi]:
    'Keep this value a small integer (−2³⁰ … 2³⁰ − 1), or let it be any number from the start.',
  [DeoptimizeReason.Smi]: 'Pass an object here always, not a small integer.',
  [DeoptimizeReason.Overflow]: 'The numbers outgrew 31 bits. It happens once: the next version computes with doubles.',
  [DeoptimizeReason.OutOfBounds]: 'Read inside the array only: compare the index with length first.',
  [DeoptimizeReason.Hole]: 'Fill the array without gaps, so that it never has holes.',
  [DeoptimizeReason.MinusZero]: 'No integer can hold −0. Write (x * y) | 0, or x + 0, where −0 does not matter.',
  [DeoptimizeReason.LostPrecision]: 'The number has a fraction or is too large for an integer here.',
  [DeoptimizeReason.LostPrecisionOrNaN]: 'The number has a fraction, is too large, or is NaN.',
  [DeoptimizeReason.DivisionByZero]: 'Check the divisor before dividing.',
  [DeoptimizeReason.NaN]: 'A computation gave NaN: check its inputs.',
  [DeoptimizeReason.NotANumber]: 'Pass numbers only.',
  [DeoptimizeReason.NotANumberOrOddball]: 'Pass numbers only.',
  [DeoptimizeReason.NotAHeapNumber]: 'Store the same kind of number in this field always.',
  [DeoptimizeReason.NotAString]: 'Pass strings only.',
  [DeoptimizeReason.NotASymbol]: 'Pass symbols only.',
  [DeoptimizeReason.NotABigInt]: 'Do not mix BigInts with other values here.',
  [DeoptimizeReason.NotABigInt64]: 'Keep the BigInt within 64 bits, for example with BigInt.asIntN(64, x).',
  [DeoptimizeReason.BigIntTooBig]: 'Keep the BigInt within 64 bits, for example with BigInt.asIntN(64, x).',
  [DeoptimizeReason.NotAJavaScriptObject]: 'Pass objects only.',
  [DeoptimizeReason.WrongCallTarget]:
    'Another function was called here than before. Call one function from one place, or accept a general call.',
  [DeoptimizeReason.WrongName]: 'Another property name was used here than before. Use a Map for keys that vary.',
  [DeoptimizeReason.WrongValue]: 'A value that had been constant changed.',
  [DeoptimizeReason.WrongFeedbackCell]: 'Another closure was called here than before.',
  [DeoptimizeReason.DeprecatedMap]: 'The object has an outdated shape: a field of its class changed its kind of value.',
  [DeoptimizeReason.StoreToConstant]: 'A field that had never changed was written again.',
};

/** Why code was invalidated, in words. @param reason V8's LazyDeoptimizeReason */
export function invalidationText(reason: string): string {
  return invalidations[reason] ?? reason;
}

const invalidations: Readonly<Record<string, string>> = {
  'dependent map was deprecated': 'a field of a shape holds another kind of value: the shape is outdated',
  'dependent prototype chain changed': 'a prototype changed',
  'dependent property cell changed': 'a global variable changed',
  'dependent field type constness changed': 'a field that had never changed was written again',
  'dependent field type changed': 'a field holds another kind of object',
  'dependent field representation changed': 'a field holds another kind of number',
  'dependent initial map changed': 'a constructor makes objects of another shape',
  'dependent allocation site tenuring changed': 'objects of a literal live longer than before',
  'dependent allocation site transition changed': 'arrays of a literal hold another kind of element',
  'dependent script context slot property changed': 'a top-level variable was assigned again',
  'for testing': '%DeoptimizeFunction asked for it',
  breakpoint: 'a breakpoint was set in a function that it contains',
};

const elementsAdvice =
  'Keep arrays that meet here of one kind: fill them with the same kind of values from the start, without gaps.';

/** How an operation comes to −0. */
const minusZeroOf: Readonly<Record<string, string>> = {
  '*': 'The product was −0: one factor was 0, the other negative.',
  '/': 'The quotient was −0: 0 was divided by a negative number.',
  '%': 'The remainder was −0: a negative number was a multiple of the divisor.',
  '-': '0 was negated.',
};

const isFeedback = (reason: DeoptimizeReason): boolean =>
  DeoptimizeReason[reason]?.startsWith('InsufficientTypeFeedback') === true;

/** What is known of a bailout when it is explained. */
export interface Explained {
  readonly facts: GuardFacts | undefined;
  /** The expression, or the line, for quoting. */
  readonly source: string;
  readonly operator?: string;
  readonly invalidation?: string;
  /** The hot loop that the code was made for is done. */
  readonly isFree?: boolean;
}

function adviceFor(reason: DeoptimizeReason, { facts, isFree }: Explained): string {
  if (isFree === true)
    return 'The hot loop that this code was made for is done, so this exit is free: there is nothing left to run in it.';
  if (isFeedback(reason)) return 'It costs this one bailout: the next version will know it.';
  if (facts?.isElementsKind === true) return elementsAdvice;
  return advice[reason] ?? '';
}

/** @param code the optimized code @param exit index of the exit */
export function explainBailout(code: CodeView, exit: number, known: Explained): string {
  const { facts, source, operator, invalidation } = known;
  if (code.isLazyExit(exit)) {
    const what = invalidation === undefined ? '' : `: ${invalidationText(invalidation)}`;
    return `While a call was in progress, something that the code of ${code.name} relied on changed${what}. The code is left now that the call has returned, and the function goes on in the interpreter.`;
  }
  const reason = code.reasonCode(exit) as DeoptimizeReason;
  const row = deoptimizeReasonTable[reason];
  const where = source === '' ? '' : ` at \`${source}\``;
  const assumption = row?.assumption ?? 'unknown';
  const parts = [
    isFeedback(reason)
      ? `The program came${where} for the first time: ${assumption}.`
      : `The optimized code assumed${where}: ${assumption}.`,
  ];
  if (facts !== undefined) parts.push(facts.sentence);
  else if (reason === DeoptimizeReason.MinusZero && operator !== undefined && operator in minusZeroOf)
    parts.push(minusZeroOf[operator]!);
  const what = adviceFor(reason, known);
  if (what !== '') parts.push(what);
  return parts.join(' ');
}
