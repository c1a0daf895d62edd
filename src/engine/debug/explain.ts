// Why a bailout happened, for people: what the code had assumed, what came instead (read from the registers the guard looked
// at), and what to do about it.

import { DeoptimizeReason, deoptimizeReasonTable } from '../deoptimizer/index.ts';
import { cageHi, type Heap, type Tagged } from '../heap/index.ts';
import type { CodeView } from '../isolate/index.ts';
import { HeapObject, isMap, StaticRoot } from '../objects/index.ts';
import type { Runtime } from '../runtime/index.ts';
import { GPR64_NAMES } from '../x64/index.ts';
import { addressText } from './addresses.ts';
import { describeMap, preview } from './preview.ts';

/** Registers as they were at the guard: low and high words of a general register. */
export interface RegisterFile {
  lo(register: number): number;
  hi(register: number): number;
  /** Low lane of an XMM register. */
  double(register: number): number;
}

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
  [DeoptimizeReason.MinusZero]: 'The result was −0, which no integer can hold. Write x | 0 where −0 does not matter.',
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

function adviceFor(reason: DeoptimizeReason): string {
  const known = advice[reason];
  if (known !== undefined) return known;
  if (DeoptimizeReason[reason]?.startsWith('InsufficientTypeFeedback'))
    return 'This path had never run before the function was optimized. The next version will know it.';
  return '';
}

/** @param code the optimized code @param exit index of the exit @param source text at the position, for quoting */
export function explainBailout(
  rt: Runtime,
  code: CodeView,
  exit: number,
  registers: RegisterFile | undefined,
  source: string,
  invalidation?: string,
): string {
  const name = code.levelsOfExit(exit)[0]?.sfi;
  if (code.isLazyExit(exit)) {
    const what = invalidation === undefined ? '' : `: ${invalidationText(invalidation)}`;
    return `While a call was in progress, something that the code of ${code.name} relied on changed${what}. The code is left now that the call has returned, and the function goes on in the interpreter.`;
  }
  const reason = code.reasonCode(exit) as DeoptimizeReason;
  const row = deoptimizeReasonTable[reason];
  const where = source === '' ? '' : ` at \`${source}\``;
  const parts = [`The optimized code assumed${where}: ${row?.assumption ?? 'unknown'}.`];
  const facts =
    name === undefined || registers === undefined ? undefined : guardFacts(rt, code, exit, reason, registers);
  if (facts !== undefined) parts.push(facts);
  const what = adviceFor(reason);
  if (what !== '') parts.push(what);
  return parts.join(' ');
}

/** What the instructions before the guard compared, with values. */
function guardFacts(
  rt: Runtime,
  code: CodeView,
  exit: number,
  reason: DeoptimizeReason,
  registers: RegisterFile,
): string | undefined {
  const jump = code.guards.get(exit)?.at(-1);
  if (jump === undefined) return undefined;
  const index = code.indexAt(jump);
  // The compare is right before the jump, perhaps behind a few moves.
  for (let i = index - 1; i >= 0 && i >= index - 4; i--) {
    const fact = comparedFact(rt, code.instructions[i]!.text, reason, registers);
    if (fact !== undefined) return fact;
    if (code.instructions[i]!.isBranch) break;
  }
  return undefined;
}

function registerIndex(name: string): number {
  return GPR64_NAMES.indexOf(name as (typeof GPR64_NAMES)[number]);
}

function valueText(rt: Runtime, lo: number, hi: number): string {
  const { heap } = rt;
  if (hi === cageHi && (lo & 3) === 1 && isReadable(heap, lo) && isMap(heap, heap.get(lo, HeapObject.Map)))
    return preview(rt, lo);
  if (hi === cageHi && (lo & 1) === 0) return String(lo >> 1);
  return String(lo);
}

/** Two maps side by side; those that look alike are told apart by address and history. */
function comparedMaps(rt: Runtime, wanted: Tagged, found: Tagged): string {
  const a = wanted === 0 ? 'another map' : describeMap(rt, wanted);
  const b = describeMap(rt, found);
  if (a !== b) return `${a}, found ${b}`;
  return `${a} (map ${addressText(wanted - 1)}), found a map that looks the same but has another history (${addressText(found - 1)})`;
}

const isReadable = (heap: Heap, word: Tagged): boolean => word > 0 && word < heap.size - 16;

function comparedFact(
  rt: Runtime,
  text: string,
  reason: DeoptimizeReason,
  registers: RegisterFile,
): string | undefined {
  const { heap } = rt;
  const plain = text.replace(/^REX\.W /, '').replace(/ {2}.*$/, '');
  // cmpl [rbx-0x1],0x203039: the map of the object in rbx
  const map =
    /^cmp[lq] \[(r\w+)-0x1\],(?:0x([0-9a-f]+)|(r\w+))$/.exec(plain) ?? /^cmp[lq] (r\w+),()\[(r\w+)-0x1\]$/.exec(plain);
  if (map !== null && !plain.startsWith('cmpw')) {
    const isReversed = plain.endsWith('-0x1]');
    const object = registerIndex(isReversed ? map[3]! : map[1]!);
    const other = isReversed ? map[1]! : map[3];
    const word = registers.lo(object);
    const expected = map[2]
      ? Number.parseInt(map[2], 16) | 0
      : other === undefined
        ? 0
        : registers.lo(registerIndex(other));
    if ((word & 1) === 1 && isReadable(heap, word) && isMap(heap, heap.get(word, HeapObject.Map))) {
      const found = heap.get(word, HeapObject.Map);
      const wanted = (expected & 1) === 1 && isReadable(heap, expected) && isMap(heap, expected) ? expected : 0;
      return `Expected ${comparedMaps(rt, wanted, found)}: ${preview(rt, word)}.`;
    }
  }
  const mapRegister = /^cmp[lq] (r\w+),(?:0x([0-9a-f]+)|(r\w+))$/.exec(plain);
  if (mapRegister !== null) {
    const lo = registers.lo(registerIndex(mapRegister[1]!));
    const hi = registers.hi(registerIndex(mapRegister[1]!));
    const other =
      mapRegister[2] === undefined
        ? registers.lo(registerIndex(mapRegister[3]!))
        : Number.parseInt(mapRegister[2], 16) | 0;
    const bothMaps =
      (lo & 1) === 1 &&
      isReadable(heap, lo) &&
      isMap(heap, lo) &&
      (other & 1) === 1 &&
      isReadable(heap, other) &&
      isMap(heap, other);
    if (bothMaps) return `Expected ${comparedMaps(rt, other, lo)}.`;
    if (reason === DeoptimizeReason.OutOfBounds) return `The index was ${lo}, the length ${other}.`;
    if (reason === DeoptimizeReason.WrongCallTarget || reason === DeoptimizeReason.WrongValue) {
      return `Expected ${valueText(rt, other, cageHi)}, found ${valueText(rt, lo, hi === 0 ? cageHi : hi)}.`;
    }
    if (lo === StaticRoot.TheHole) return 'Found a hole.';
    return undefined;
  }
  const test = /^test[blq] (r\w+),0x1$/.exec(plain);
  if (test !== null) {
    const index = registerIndex(test[1]!);
    return `Found ${valueText(rt, registers.lo(index), cageHi)}.`;
  }
  const arithmetic = /^(add|sub|imul|neg|sar|shl)[lq] (r\w+)/.exec(plain);
  if (arithmetic !== null && reason === DeoptimizeReason.Overflow) {
    return `The ${{ add: 'sum', sub: 'difference', imul: 'product' }[arithmetic[1]!] ?? 'result'} does not fit.`;
  }
  const compare = /^v?ucomisd xmm(\d+),/.exec(plain);
  if (compare !== null && !Number.isNaN(registers.double(Number(compare[1]))))
    return `The number was ${registers.double(Number(compare[1]))}.`;
  return undefined;
}
