// What String.prototype.split gives for a separator of text, and what it has given (V8: RegExpResultsCache).
//
//   Root.StringSplitCache ─▶ FixedArray: [ subject, separator, parts ] × 64, by the subject's hash; two places for one hash
//
// Invariant: an entry's strings are internalized, and its parts are elements that many arrays share (copy-on-write).

import type { Heap, Tagged } from '../heap/index.ts';
import {
  ElementsKind,
  FixedArray,
  HeapObject,
  hashOf,
  isInternalized,
  JSArray,
  JSObject,
  Root,
  root,
  StaticRoot,
  setRoot,
  stringLength,
} from '../objects/index.ts';
import { type Runtime, singleCharacterString } from '../runtime/index.ts';

const ENTRIES = 64;
const ENTRY_SIZE = 3;
/** The pieces of a longer result stay what they are. */
const INTERNALIZED_BELOW = 100;
const NO_LIMIT = 0xffffffff;

const entryOf = (heap: Heap, subject: Tagged, second: boolean): number =>
  ENTRY_SIZE * ((hashOf(heap, subject) + (second ? 1 : 0)) & (ENTRIES - 1));

const isEntryOf = (heap: Heap, cache: Tagged, at: number, subject: Tagged, separator: Tagged): boolean =>
  heap.getElement(cache, FixedArray.Elements, at) === subject &&
  heap.getElement(cache, FixedArray.Elements, at + 1) === separator;

/** Elements of an answer that was given before; 0 without one. */
const lookup = (rt: Runtime, subject: Tagged, separator: Tagged): Tagged => {
  const { heap } = rt;
  const cache = root(heap, Root.StringSplitCache);
  if ((cache & 1) === 0 || cache === StaticRoot.Undefined) return 0;
  for (const second of [false, true]) {
    const at = entryOf(heap, subject, second);
    if (isEntryOf(heap, cache, at, subject, separator)) return heap.getElement(cache, FixedArray.Elements, at + 2);
  }
  return 0;
};

const enter = (rt: Runtime, subject: Tagged, separator: Tagged, parts: Tagged): void => {
  const { heap, factory } = rt;
  let cache = root(heap, Root.StringSplitCache);
  if ((cache & 1) === 0 || cache === StaticRoot.Undefined) {
    cache = factory.newFixedArray(ENTRIES * ENTRY_SIZE, 0);
    setRoot(heap, Root.StringSplitCache, cache);
  }
  const first = entryOf(heap, subject, false);
  const other = entryOf(heap, subject, true);
  const isFree = (at: number): boolean => heap.getElement(cache, FixedArray.Elements, at) === 0;
  const at = isFree(first) || !isFree(other) ? first : other;
  if (!isFree(first) && !isFree(other)) heap.setElement(cache, FixedArray.Elements, other, 0);
  heap.setElement(cache, FixedArray.Elements, at, subject);
  heap.setElement(cache, FixedArray.Elements, at + 1, separator);
  heap.setElement(cache, FixedArray.Elements, at + 2, parts);
};

/** The parts of `text`, which is not empty unless the separator is, too. `separator` is the string of `by`. Collects nothing. */
export const splitString = (
  rt: Runtime,
  string: Tagged,
  separator: Tagged,
  text: string,
  by: string,
  limit: number,
): Tagged => {
  const { heap, factory } = rt;
  if (by === '') {
    const count = Math.min(text.length, limit);
    const characters: Tagged[] = [];
    for (let i = 0; i < count; i++) characters.push(singleCharacterString(rt, text.charCodeAt(i)));
    return factory.newJSArrayFrom(characters, ElementsKind.Packed);
  }
  const isCached = limit === NO_LIMIT && isInternalized(heap, string) && isInternalized(heap, separator);
  const known = isCached ? lookup(rt, string, separator) : 0;
  if (known !== 0) {
    const again = factory.newJSArray(ElementsKind.Holey, 0, 0);
    heap.set(again, JSObject.Elements, known);
    heap.init(again, JSArray.Length, heap.get(known, FixedArray.Length));
    return again;
  }
  const words: Tagged[] = [];
  for (let at = 0; words.length < limit; ) {
    const next = text.indexOf(by, at);
    const end = next < 0 ? stringLength(heap, string) : next;
    words.push(
      end === at ? StaticRoot.EmptyString : at === 0 && next < 0 ? string : factory.newSubString(string, at, end),
    );
    if (next < 0) break;
    at = next + by.length;
  }
  if (isCached && words.length < INTERNALIZED_BELOW)
    for (let i = 0; i < words.length; i++) words[i] = factory.internalizeString(words[i]!);
  const array = factory.newJSArrayFrom(words, ElementsKind.Packed);
  if (isCached) {
    const parts = heap.get(array, JSObject.Elements);
    heap.set(parts, HeapObject.Map, StaticRoot.CowFixedArrayMap);
    enter(rt, string, separator, parts);
  }
  return array;
};
