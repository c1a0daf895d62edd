// What a guard tested, as facts: the value and the register it was in, what the code expected of it, what it found. Read from the
// compare before the guard's jump and from the registers at that moment.

import { DeoptimizeReason } from '../deoptimizer/index.ts';
import { cageHi, type Heap, type Tagged } from '../heap/index.ts';
import type { CodeView } from '../isolate/index.ts';
import { elementsKindNames, HeapObject, isMap, mapElementsKind, mapPrototype, StaticRoot } from '../objects/index.ts';
import type { Runtime } from '../runtime/index.ts';
import { GPR64_NAMES, XMM_NAMES } from '../x64/index.ts';
import { addressText } from './addresses.ts';
import { describeMap, mapFields, preview } from './preview.ts';

/** Registers as they were at the guard: low and high words of a general register. */
export interface RegisterFile {
  lo(register: number): number;
  hi(register: number): number;
  /** Low lane of an XMM register. */
  double(register: number): number;
}

/** A side of the comparison: `word` is what it is in the heap, if anything. */
export interface FactSide {
  readonly text: string;
  readonly word: Tagged | undefined;
}

export interface GuardFacts {
  /** In words: `Expected {x: Smi}, found {y: Smi}: {y: 1}.` */
  readonly sentence: string;
  /** The register that was tested, general or XMM. */
  readonly place: { readonly source: 'register' | 'xmm'; readonly index: number; readonly name: string };
  readonly tested: FactSide;
  readonly expected: FactSide | undefined;
  readonly found: FactSide;
  /** Where the two differ, a line each. */
  readonly differences: readonly Difference[];
}

export interface Difference {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** What is needed to read a compare. */
interface Reading {
  readonly rt: Runtime;
  readonly reason: DeoptimizeReason;
  readonly registers: RegisterFile;
}

/** What the instructions before the guard compared, with values. */
export function guardFacts(rt: Runtime, code: CodeView, exit: number, registers: RegisterFile): GuardFacts | undefined {
  const jump = code.guards.get(exit)?.at(-1);
  if (jump === undefined) return undefined;
  const reading = { rt, reason: code.reasonCode(exit) as DeoptimizeReason, registers };
  const index = code.indexAt(jump);
  // The compare is right before the jump, perhaps behind a few moves.
  for (let i = index - 1; i >= 0 && i >= index - 4; i--) {
    const { text, isBranch } = code.instructions[i]!;
    const facts = comparedFacts(reading, text.replace(/^REX\.W /, '').replace(/ {2}.*$/, ''));
    if (facts !== undefined) return facts;
    if (isBranch) break;
  }
  return undefined;
}

const comparedFacts = (reading: Reading, text: string): GuardFacts | undefined =>
  mapOfObject(reading, text) ?? comparedRegister(reading, text) ?? otherTest(reading, text);

const registerIndex = (name: string): number => GPR64_NAMES.indexOf(name as (typeof GPR64_NAMES)[number]);
const general = (index: number): GuardFacts['place'] => ({
  source: 'register',
  index,
  name: GPR64_NAMES[index] ?? `register ${index}`,
});

const isReadable = (heap: Heap, word: Tagged): boolean => word > 0 && word < heap.size - 16;
const isMapWord = (heap: Heap, word: Tagged): boolean =>
  (word & 1) === 1 && isReadable(heap, word) && isMap(heap, word);
const isObjectWord = (heap: Heap, word: Tagged): boolean =>
  (word & 3) === 1 && isReadable(heap, word) && isMap(heap, heap.get(word, HeapObject.Map));

function valueSide(rt: Runtime, lo: number, hi: number): FactSide {
  if (hi === cageHi && isObjectWord(rt.heap, lo)) return { text: preview(rt, lo), word: lo };
  if (hi === cageHi && (lo & 1) === 0) return { text: String(lo >> 1), word: lo };
  return { text: String(lo), word: undefined };
}

const mapSide = (rt: Runtime, map: Tagged): FactSide =>
  map === 0 ? { text: 'another map', word: undefined } : { text: describeMap(rt, map), word: map };

/** Two maps side by side; those that look alike are told apart by address and history. */
function comparedMaps(rt: Runtime, wanted: Tagged, found: Tagged): string {
  const a = mapSide(rt, wanted).text;
  const b = describeMap(rt, found);
  if (a !== b) return `${a}, found ${b}`;
  return `${a} (map ${addressText(wanted - 1)}), found a map that looks the same but has another history (${addressText(found - 1)})`;
}

/** What makes two maps different, property by property. */
export function mapDifferences(rt: Runtime, wanted: Tagged, found: Tagged): Difference[] {
  if (wanted === 0) return [];
  const { heap } = rt;
  const differences: Difference[] = [];
  const add = (what: string, expected: string, actual: string): void => {
    if (expected !== actual) differences.push({ what, expected, found: actual });
  };
  const [a, b] = [mapFields(rt, wanted), mapFields(rt, found)];
  for (let i = 0; i < Math.max(a.length, b.length); i++)
    add(`property ${i}`, a[i] ?? 'no such property', b[i] ?? 'no such property');
  const kind = (map: Tagged): string => elementsKindNames[mapElementsKind(heap, map)] ?? '';
  add('elements kind', kind(wanted), kind(found));
  const prototype = (map: Tagged): string => preview(rt, mapPrototype(heap, map), 0);
  if (mapPrototype(heap, wanted) !== mapPrototype(heap, found))
    add('prototype', prototype(wanted), `${prototype(found)}, another object`);
  if (differences.length === 0) add('history', addressText(wanted - 1), addressText(found - 1));
  return differences;
}

/** `cmpl [rbx-0x1],0x203039`: the map of the object in rbx. */
function mapOfObject({ rt, registers }: Reading, text: string): GuardFacts | undefined {
  const { heap } = rt;
  const match =
    /^cmp[lq] \[(r\w+)-0x1\],(?:0x([0-9a-f]+)|(r\w+))$/.exec(text) ?? /^cmp[lq] (r\w+),()\[(r\w+)-0x1\]$/.exec(text);
  if (match === null) return undefined;
  const isReversed = text.endsWith('-0x1]');
  const object = registerIndex(isReversed ? match[3]! : match[1]!);
  const other = isReversed ? match[1]! : match[3];
  const word = registers.lo(object);
  const expected = match[2]
    ? Number.parseInt(match[2], 16) | 0
    : other === undefined
      ? 0
      : registers.lo(registerIndex(other));
  if (!isObjectWord(heap, word)) return undefined;
  const found = heap.get(word, HeapObject.Map);
  const wanted = isMapWord(heap, expected) ? expected : 0;
  const tested = { text: preview(rt, word), word };
  return {
    sentence: `Expected ${comparedMaps(rt, wanted, found)}: ${tested.text}.`,
    place: general(object),
    tested,
    expected: mapSide(rt, wanted),
    found: mapSide(rt, found),
    differences: mapDifferences(rt, wanted, found),
  };
}

/** `cmpl rcx,rdx`: two maps, an index and a length, a value and the one that was expected, a hole. */
function comparedRegister({ rt, reason, registers }: Reading, text: string): GuardFacts | undefined {
  const match = /^cmp[lq] (r\w+),(?:0x([0-9a-f]+)|(r\w+))$/.exec(text);
  if (match === null) return undefined;
  const { heap } = rt;
  const index = registerIndex(match[1]!);
  const [lo, hi] = [registers.lo(index), registers.hi(index)];
  const other = match[2] === undefined ? registers.lo(registerIndex(match[3]!)) : Number.parseInt(match[2], 16) | 0;
  const place = general(index);
  if (isMapWord(heap, lo) && isMapWord(heap, other)) {
    const found = mapSide(rt, lo);
    const differences = mapDifferences(rt, other, lo);
    return {
      sentence: `Expected ${comparedMaps(rt, other, lo)}.`,
      place,
      tested: found,
      expected: mapSide(rt, other),
      found,
      differences,
    };
  }
  if (reason === DeoptimizeReason.OutOfBounds) {
    const found = { text: String(lo), word: undefined };
    const expected = { text: `less than ${other}`, word: undefined };
    return {
      sentence: `The index was ${lo}, the length ${other}.`,
      place,
      tested: found,
      expected,
      found,
      differences: [],
    };
  }
  const found = valueSide(rt, lo, hi === 0 ? cageHi : hi);
  if (reason === DeoptimizeReason.WrongCallTarget || reason === DeoptimizeReason.WrongValue) {
    const expected = valueSide(rt, other, cageHi);
    return {
      sentence: `Expected ${expected.text}, found ${found.text}.`,
      place,
      tested: found,
      expected,
      found,
      differences: [],
    };
  }
  if (lo !== StaticRoot.TheHole) return undefined;
  return {
    sentence: 'Found a hole.',
    place,
    tested: found,
    expected: { text: 'a value', word: undefined },
    found,
    differences: [],
  };
}

/** Smi checks, overflows, doubles. */
function otherTest({ rt, reason, registers }: Reading, text: string): GuardFacts | undefined {
  const test = /^test[blq] (r\w+),0x1$/.exec(text);
  if (test !== null) {
    const index = registerIndex(test[1]!);
    const found = valueSide(rt, registers.lo(index), cageHi);
    const expected = { text: reason === DeoptimizeReason.Smi ? 'an object' : 'a Smi', word: undefined };
    return { sentence: `Found ${found.text}.`, place: general(index), tested: found, expected, found, differences: [] };
  }
  const arithmetic = /^(add|sub|imul|neg|sar|shl)[lq] (r\w+)/.exec(text);
  if (arithmetic !== null && reason === DeoptimizeReason.Overflow) {
    const what = { add: 'sum', sub: 'difference', imul: 'product' }[arithmetic[1]!] ?? 'result';
    const index = registerIndex(arithmetic[2]!);
    const found = { text: `the ${what} has more bits`, word: undefined };
    const expected = { text: 'an integer of 32 bits, or 31 as a Smi', word: undefined };
    return {
      sentence: `The ${what} does not fit.`,
      place: general(index),
      tested: found,
      expected,
      found,
      differences: [],
    };
  }
  const compare = /^v?ucomisd xmm(\d+),/.exec(text);
  if (compare === null || Number.isNaN(registers.double(Number(compare[1])))) return undefined;
  const index = Number(compare[1]);
  const found = { text: String(registers.double(index)), word: undefined };
  return {
    sentence: `The number was ${found.text}.`,
    place: { source: 'xmm', index, name: XMM_NAMES[index] ?? `xmm${index}` },
    tested: found,
    expected: undefined,
    found,
    differences: [],
  };
}
