// toLocaleString of numbers and dates: the host's formatting in en-US, with options read as plain data.

import type { Tagged } from '../heap/index.ts';
import { StaticRoot } from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  enumerableOwnKeys,
  getProperty,
  isBoolean,
  isJSReceiver,
  isNumber,
  isString,
  type Runtime,
  throwRangeError,
  toHost,
  toNumberValue,
} from '../runtime/index.ts';

/** Locales argument as host strings. */
export const readLocales = (rt: Runtime, word: Tagged): string | undefined =>
  isString(rt, word) ? toHost(rt, word) : undefined;

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
    const locale = readLocales(rt, args.at(0)) ?? 'en-US';
    const options = readOptions(rt, args.at(1));
    try {
      return rt.factory.newString(value.toLocaleString(locale, options));
    } catch (error) {
      throwRangeError(rt, 'Plain', (error as Error).message);
    }
  };
