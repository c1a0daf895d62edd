// What a guard tested, as facts: the value and the register it was in, what the code expected of it, what it found. Read from the
// compare before the guard's jump and from the registers at that moment.

import { DeoptimizeReason } from '../deoptimizer/index.ts';
import { cageHi, type Heap, type Tagged } from '../heap/index.ts';
import type { CodeView } from '../isolate/index.ts';
import {
  elementsKindNames,
  HeapObject,
  InstanceType,
  isMap,
  JSFunction,
  mapElementsKind,
  mapInstanceType,
  mapPrototype,
  StaticRoot,
} from '../objects/index.ts';
import type { Runtime } from '../runtime/index.ts';
import { GPR64_NAMES, Gpr, XMM_NAMES } from '../x64/index.ts';
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
  /** The register that was tested, general or XMM, or the slot of the frame, as translations count them. */
  readonly place: { readonly source: 'register' | 'xmm' | 'stack'; readonly index: number; readonly name: string };
  readonly tested: FactSide;
  readonly expected: FactSide | undefined;
  readonly found: FactSide;
  /** Where the two differ, a line each. */
  readonly differences: readonly Difference[];
  /** Of a bounds check. */
  readonly access?: { readonly index: number; readonly length: number };
  /** The two are arrays of different kinds of elements. */
  readonly isElementsKind?: true;
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
  /** The instruction before the compare. */
  readonly before: string;
}

/** What the instructions before the guard compared, with values. */
export function guardFacts(rt: Runtime, code: CodeView, exit: number, registers: RegisterFile): GuardFacts | undefined {
  const jump = code.guards.get(exit)?.at(-1);
  if (jump === undefined) return undefined;
  const plain = (i: number): string =>
    (code.instructions[i]?.text ?? '').replace(/^REX\.W /, '').replace(/ {2}.*$/, '');
  const reason = code.reasonCode(exit) as DeoptimizeReason;
  const index = code.indexAt(jump);
  // The compare is right before the jump, perhaps behind a few moves.
  for (let i = index - 1; i >= 0 && i >= index - 4; i--) {
    const facts = comparedFacts({ rt, reason, registers, before: plain(i - 1) }, plain(i));
    if (facts !== undefined) return facts;
    if (code.instructions[i]!.isBranch) break;
  }
  return undefined;
}

const comparedFacts = (reading: Reading, text: string): GuardFacts | undefined =>
  mapOfObject(reading, text) ??
  comparedRegister(reading, text) ??
  comparedSlot(reading, text) ??
  otherTest(reading, text);

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
  const elements = comparedElements(rt, wanted, found);
  return {
    sentence:
      elements === undefined
        ? `Expected ${comparedMaps(rt, wanted, found)}: ${tested.text}.`
        : `${elements}: ${tested.text}.`,
    isElementsKind: elements === undefined ? undefined : true,
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
    const elements = comparedElements(rt, other, lo);
    return {
      sentence: `${elements ?? `Expected ${comparedMaps(rt, other, lo)}`}.`,
      isElementsKind: elements === undefined ? undefined : true,
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
      sentence: `The index was ${lo}, the length ${other}${lo === other ? ': one behind the last element' : lo < 0 ? ': before the first element' : ''}.`,
      access: { index: lo, length: other },
      place,
      tested: found,
      expected,
      found,
      differences: [],
    };
  }
  const found = valueSide(rt, lo, hi === 0 ? cageHi : hi);
  const constant = comparedConstant(rt, reason, place, found, other);
  if (constant !== undefined) return constant;
  if (lo !== StaticRoot.TheHole) return undefined;
  return {
    sentence: 'Found a hole: this element was never written, or was deleted.',
    place,
    tested: found,
    expected: { text: 'a value', word: undefined },
    found,
    differences: [],
  };
}

/** A function or value that was always the same. */
function comparedConstant(
  rt: Runtime,
  reason: DeoptimizeReason,
  place: GuardFacts['place'],
  found: FactSide,
  other: Tagged,
): GuardFacts | undefined {
  const isCall = reason === DeoptimizeReason.WrongCallTarget;
  if (!isCall && reason !== DeoptimizeReason.WrongValue) return undefined;
  const expected = valueSide(rt, other, cageHi);
  const sentence =
    isCall && isSameCode(rt, expected.word, found.word)
      ? `Expected one closure of ${expected.text}, found another one of the same code.`
      : `Expected ${isCall ? 'a call of ' : ''}${expected.text}, found ${found.text}.`;
  return { sentence, place, tested: found, expected, found, differences: [] };
}

/** `cmpl [rbp+0x18],0x7058351`, `testb [rbp+0x18],0x1`: a value that stands in the frame. */
function comparedSlot({ rt, reason, registers }: Reading, text: string): GuardFacts | undefined {
  const match = /^(cmp|test)[blq] \[rbp([+-])0x([0-9a-f]+)\],0x([0-9a-f]+)$/.exec(text);
  if (match === null) return undefined;
  const offset = (match[2] === '+' ? 1 : -1) * Number.parseInt(match[3]!, 16);
  const word = rt.heap.i32[(registers.lo(Gpr.rbp) + offset) >> 2]!;
  const found = valueSide(rt, word, cageHi);
  const name = `[fp ${match[2]} ${Math.abs(offset)}]`;
  const place: GuardFacts['place'] = { source: 'stack', index: (8 - offset) / 8, name };
  if (match[1] === 'cmp') return comparedConstant(rt, reason, place, found, Number.parseInt(match[4]!, 16) | 0);
  return match[4] === '1' ? smiFacts(reason, place, found) : undefined;
}

function smiFacts(reason: DeoptimizeReason, place: GuardFacts['place'], found: FactSide): GuardFacts {
  const expected = { text: reason === DeoptimizeReason.Smi ? 'an object' : 'a Smi', word: undefined };
  return { sentence: `Found ${found.text}.`, place, tested: found, expected, found, differences: [] };
}

/** What an operation was of: the wrapped result and the other operand tell, of a product the copy that was made before it. */
function overflowed({ registers, before }: Reading, text: string): string | undefined {
  const product = /^imull (r\w+),(r\w+)$/.exec(text);
  const copy = product === null ? null : new RegExp(`^movq ${product[1]},(r\\w+)$`).exec(before);
  if (product !== null && copy !== null) {
    const [a, b] = [registers.lo(registerIndex(copy[1]!)), registers.lo(registerIndex(product[2]!))];
    return `${a} × ${b} = ${a * b}`;
  }
  const match = /^(add|sub)l (r\w+),(?:0x([0-9a-f]+)|(r\w+))$/.exec(text);
  if (match === null || match[2] === match[4]) return undefined;
  const wrapped = registers.lo(registerIndex(match[2]!));
  const b = match[3] === undefined ? registers.lo(registerIndex(match[4]!)) : Number.parseInt(match[3], 16) | 0;
  const a = match[1] === 'add' ? (wrapped - b) | 0 : (wrapped + b) | 0;
  const sign = match[1] === 'add' ? '+' : '−';
  return `${a} ${sign} ${b < 0 ? `(${b})` : b} = ${match[1] === 'add' ? a + b : a - b}`;
}

const elementsWords: Readonly<Record<string, string>> = {
  PACKED_SMI_ELEMENTS: 'small integers',
  HOLEY_SMI_ELEMENTS: 'small integers with holes',
  PACKED_DOUBLE_ELEMENTS: 'doubles',
  HOLEY_DOUBLE_ELEMENTS: 'doubles with holes',
  PACKED_ELEMENTS: 'any values',
  HOLEY_ELEMENTS: 'any values with holes',
  DICTIONARY_ELEMENTS: 'elements in a dictionary, because it is sparse',
};

/** Two maps that differ only in what their elements are, in words. */
function comparedElements(rt: Runtime, wanted: Tagged, found: Tagged): string | undefined {
  if (wanted === 0) return undefined;
  const { heap } = rt;
  const isArray = (map: Tagged): boolean => mapInstanceType(heap, map) === InstanceType.JSArray;
  const [a, b] = [wanted, found].map((map) => elementsKindNames[mapElementsKind(heap, map)] ?? '');
  if (!isArray(wanted) || !isArray(found) || a === b) return undefined;
  return `Expected an array of ${elementsWords[a!] ?? 'another kind'} (${a}), found one of ${elementsWords[b!] ?? 'another kind'} (${b})`;
}

/** Two closures of one function. */
function isSameCode({ heap }: Runtime, a: Tagged | undefined, b: Tagged | undefined): boolean {
  const sfi = (word: Tagged | undefined): Tagged | undefined => {
    if (word === undefined || !isObjectWord(heap, word)) return undefined;
    const type = mapInstanceType(heap, heap.get(word, HeapObject.Map));
    const isFunction = type >= InstanceType.FirstJSFunction && type <= InstanceType.LastJSFunction;
    return isFunction ? heap.get(word, JSFunction.SharedFunctionInfo) : undefined;
  };
  return sfi(a) !== undefined && sfi(a) === sfi(b);
}

/** Smi checks, overflows, doubles. */
function otherTest(reading: Reading, text: string): GuardFacts | undefined {
  const { rt, reason, registers } = reading;
  const test = /^test[blq] (r\w+),0x1$/.exec(text);
  if (test !== null) {
    const index = registerIndex(test[1]!);
    const found = valueSide(rt, registers.lo(index), cageHi);
    return smiFacts(reason, general(index), found);
  }
  const arithmetic = /^(add|sub|imul|neg|sar|shl)[lq] (r\w+)/.exec(text);
  if (arithmetic !== null && reason === DeoptimizeReason.Overflow) {
    const what = { add: 'sum', sub: 'difference', imul: 'product' }[arithmetic[1]!] ?? 'result';
    const index = registerIndex(arithmetic[2]!);
    const result = overflowed(reading, text);
    const found = { text: result ?? `the ${what} has more bits`, word: undefined };
    const expected = { text: 'an integer of 32 bits, or 31 as a Smi', word: undefined };
    return {
      sentence: `The ${what} does not fit${result === undefined ? '' : `: ${result}`}.`,
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
