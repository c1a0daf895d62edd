// toLocaleString of numbers and dates: the host's formatting in en-US, with options read as plain data.

import type { Tagged } from '../heap/index.ts';
import { StaticRoot } from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  getIndex,
  getProperty,
  hasProperty,
  isBoolean,
  isJSReceiver,
  isString,
  lengthOfArrayLike,
  type Runtime,
  throwRangeError,
  throwTypeError,
  toBoolean,
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
    const known = languageId.test(tag);
    throwRangeError(
      rt,
      'Plain',
      known ? `Invalid language tag: ${tag.toLowerCase()}` : 'Incorrect locale information provided',
    );
  }
};

/** What begins with language, script, region and variants: only what follows can be wrong. */
const languageId =
  /^([a-z]{2,3}|[a-z]{5,8})(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z\d]{5,8}|\d[a-z\d]{3}))*-?(?:$|(?<=-)[a-z\d](-|$))/i;

type OptionKind = 'string' | 'number' | 'boolean' | 'stringOrBoolean';

type Options = readonly (readonly [name: string, kind: OptionKind])[];

const options = (text: string, kinds: Readonly<Record<string, OptionKind>>): Options =>
  text.split(/\s+/).map((name) => [name, kinds[name] ?? 'string'] as const);

/** Options of the formats, in the order in which they are read. */
export const numberOptions = options(
  `localeMatcher numberingSystem style currency currencyDisplay currencySign unit unitDisplay notation minimumIntegerDigits
  minimumFractionDigits maximumFractionDigits minimumSignificantDigits maximumSignificantDigits roundingIncrement
  roundingMode roundingPriority trailingZeroDisplay compactDisplay useGrouping signDisplay`,
  {
    minimumIntegerDigits: 'number',
    minimumFractionDigits: 'number',
    maximumFractionDigits: 'number',
    minimumSignificantDigits: 'number',
    maximumSignificantDigits: 'number',
    roundingIncrement: 'number',
    useGrouping: 'stringOrBoolean',
  },
);
export const dateOptions = options(
  `localeMatcher calendar numberingSystem hour12 hourCycle timeZone weekday era year month day dayPeriod hour minute second
  fractionalSecondDigits timeZoneName formatMatcher dateStyle timeStyle`,
  { hour12: 'boolean', fractionalSecondDigits: 'number' },
);
export const collatorOptions = options(
  'usage localeMatcher collation numeric caseFirst sensitivity ignorePunctuation',
  {
    numeric: 'boolean',
    ignorePunctuation: 'boolean',
  },
);

/** CoerceOptionsToObject, and the options of a format as a host object. May run JavaScript. */
export const readOptions = (rt: Runtime, word: Tagged, known: Options, method: string): Record<string, unknown> => {
  const result: Record<string, unknown> = {};
  if (word === StaticRoot.Undefined) return result;
  if (word === StaticRoot.Null) throwTypeError(rt, 'CalledOnNullOrUndefined', method);
  const scope = rt.heap.openHandles();
  try {
    const object = rt.heap.handle(toObject(rt, word));
    for (const [name, kind] of known) {
      const value = getProperty(rt, rt.heap.deref(object), rt.factory.internalize(name));
      if (value === StaticRoot.Undefined) continue;
      if (kind === 'boolean' || (kind === 'stringOrBoolean' && isBoolean(value))) result[name] = toBoolean(rt, value);
      else result[name] = kind === 'number' ? toNumberValue(rt, value) : toHost(rt, value);
    }
    return result;
  } finally {
    rt.heap.closeHandles(scope);
  }
};

/** Throws what the host's formatting threw. */
export const throwHostError = (rt: Runtime, error: unknown): never =>
  error instanceof TypeError
    ? throwTypeError(rt, 'Plain', error.message)
    : throwRangeError(rt, 'Plain', (error as Error).message);

export const installNumberFormat =
  (thisNumber: (rt: Runtime, args: Arguments, method: string) => number): BuiltinFunction =>
  (rt, args) => {
    const value = thisNumber(rt, args, 'toLocaleString');
    const locale = requestedLocales(rt, args.at(0)) ?? 'en-US';
    const chosen = readOptions(rt, args.at(1), numberOptions, 'Number.prototype.toLocaleString');
    try {
      return rt.factory.newString(value.toLocaleString(locale, chosen));
    } catch (error) {
      return throwHostError(rt, error);
    }
  };
