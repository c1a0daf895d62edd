// toLocaleString of numbers and dates: the host's formatting in en-US, with options read as plain data.

import type { Tagged } from '../heap/index.ts';
import { StaticRoot } from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  enumerableOwnKeys,
  getIndex,
  getProperty,
  hasProperty,
  isBoolean,
  isJSReceiver,
  isNumber,
  isString,
  lengthOfArrayLike,
  type Runtime,
  throwRangeError,
  throwTypeError,
  toHost,
  toNumberValue,
  toObject,
} from '../runtime/index.ts';

/** CanonicalizeLocaleList: the locales argument as host strings. May run JavaScript. */
export const requestedLocales = (rt: Runtime, word: Tagged): string[] | undefined => {
  if (word === StaticRoot.Undefined) return undefined;
  const tags: string[] = [];
  if (isString(rt, word)) tags.push(toHost(rt, word));
  else {
    const scope = rt.heap.openHandles();
    const object = rt.heap.handle(toObject(rt, word));
    const length = lengthOfArrayLike(rt, rt.heap.deref(object));
    for (let k = 0; k < length; k++) {
      if (!hasProperty(rt, rt.heap.deref(object), rt.factory.newNumber(k))) continue;
      const tag = getIndex(rt, rt.heap.deref(object), k);
      if (!isString(rt, tag) && !isJSReceiver(rt, tag))
        throwTypeError(rt, 'Plain', 'Language ID should be string or object.');
      tags.push(...canonical(rt, toHost(rt, tag)));
    }
    rt.heap.closeHandles(scope);
    return tags;
  }
  return tags.flatMap((tag) => canonical(rt, tag));
};

const canonical = (rt: Runtime, tag: string): string[] => {
  try {
    return Intl.getCanonicalLocales(tag);
  } catch {
    throwRangeError(rt, 'Plain', 'Incorrect locale information provided');
  }
};

/** Options as a host object: strings, numbers and booleans. May run JavaScript. */
export const readOptions = (rt: Runtime, word: Tagged): Record<string, unknown> => {
  const options: Record<string, unknown> = {};
  if (!isJSReceiver(rt, word)) return options;
  const scope = rt.heap.openHandles();
  const object = rt.heap.handle(word);
  for (const key of enumerableOwnKeys(rt, word).map((k) => rt.heap.handle(k))) {
    const value = getProperty(rt, rt.heap.deref(object), rt.heap.deref(key));
    const name = rt.toText(rt.heap.deref(key));
    if (isBoolean(value)) options[name] = value === StaticRoot.True;
    else if (isNumber(rt, value)) options[name] = toNumberValue(rt, value);
    else if (isString(rt, value)) options[name] = toHost(rt, value);
  }
  rt.heap.closeHandles(scope);
  return options;
};

export const installNumberFormat =
  (thisNumber: (rt: Runtime, args: Arguments, method: string) => number): BuiltinFunction =>
  (rt, args) => {
    const value = thisNumber(rt, args, 'toLocaleString');
    const locale = requestedLocales(rt, args.at(0)) ?? 'en-US';
    const options = readOptions(rt, args.at(1));
    try {
      return rt.factory.newString(value.toLocaleString(locale, options));
    } catch (error) {
      throwRangeError(rt, 'Plain', (error as Error).message);
    }
  };
