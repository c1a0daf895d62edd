// Small strings the runtime makes often: decimal numbers and single characters.

import type { Tagged } from '../heap/index.ts';
import { Root, root } from '../objects/index.ts';
import type { Runtime } from './runtime.ts';

/** Number::toString in base 10 as a string word; small integers come from a cache of immovable strings. */
export const numberToString = (rt: Runtime, value: number): Tagged => {
  if ((value | 0) === value && value >= 0 && value < 1024) {
    rt.smallNumberStrings[value] ??= rt.factory.internalize(String(value));
    return rt.smallNumberStrings[value];
  }
  return rt.factory.newString(String(value));
};

/** A one-character string; immovable below U+0100. */
export const singleCharacterString = (rt: Runtime, code: number): Tagged =>
  code < 256 ? root(rt.heap, Root.FirstSingleCharacter + code) : rt.factory.newString(String.fromCharCode(code));
