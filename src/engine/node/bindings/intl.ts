// Intl: the host's, as functions from texts to texts. Locales, options and results are JSON; nothing of the host's objects stays
// with the program.

import { StaticRoot } from '../../objects/index.ts';
import { type Family, guarded, newText, optionalText, textAt, throwWith } from './binding.ts';

type Formatter = Readonly<Record<string, (...args: unknown[]) => unknown>>;

const constructors = {
  Collator: Intl.Collator,
  DateTimeFormat: Intl.DateTimeFormat,
  DisplayNames: Intl.DisplayNames,
  DurationFormat: (Intl as unknown as Record<string, unknown>).DurationFormat,
  ListFormat: Intl.ListFormat,
  NumberFormat: Intl.NumberFormat,
  PluralRules: Intl.PluralRules,
  RelativeTimeFormat: Intl.RelativeTimeFormat,
  Segmenter: Intl.Segmenter,
  Locale: Intl.Locale,
} as unknown as Readonly<
  Record<string, (new (...args: unknown[]) => Formatter) & { supportedLocalesOf(list: unknown): string[] }>
>;

const methods: ReadonlySet<string> = new Set([
  'resolvedOptions',
  'format',
  'formatToParts',
  'formatRange',
  'formatRangeToParts',
  'select',
  'selectRange',
  'of',
  'compare',
  'segment',
  'maximize',
  'minimize',
  'toString',
  'getCalendars',
  'getCollations',
  'getHourCycles',
  'getNumberingSystems',
  'getTextInfo',
  'getTimeZones',
  'getWeekInfo',
  'properties',
]);

const localeProperties = [
  'baseName',
  'calendar',
  'caseFirst',
  'collation',
  'hourCycle',
  'language',
  'numberingSystem',
  'numeric',
  'region',
  'script',
  'variants',
] as const;

const mostKept = 64;

/** Numbers that JSON has no words for, dates, and big integers, as the library writes them. */
const revive = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  const { $date, $number, $bigint } = value as Record<string, string | number | null>;
  if ($bigint !== undefined) return BigInt($bigint as string);
  if ($number !== undefined) return Number($number);
  if ($date !== undefined) return new Date($date === null ? Number.NaN : ($date as number));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revive(item)]));
};

export const internationalization: Family = () => {
  const kept = new Map<string, Formatter>();
  const made = (name: string, setup: string): Formatter => {
    const key = `${name}:${setup}`;
    let formatter = kept.get(key);
    if (formatter === undefined) {
      const [locales, options] = JSON.parse(setup) as [unknown, unknown];
      formatter = new constructors[name]!(locales ?? undefined, options ?? undefined);
      if (kept.size >= mostKept) kept.clear();
      kept.set(key, formatter);
    }
    return formatter;
  };
  const run = (name: string, setup: string, method: string, args: unknown[]): unknown => {
    const formatter = made(name, setup) as Record<string, unknown>;
    if (method === 'properties')
      return Object.fromEntries(localeProperties.map((property) => [property, formatter[property]]));
    if (method === 'segment')
      return [...(formatter.segment as (text: unknown) => Iterable<object>)(args[0])].map((piece) => ({
        ...piece,
        input: undefined,
      }));
    if (name === 'Locale' && /^get/.test(method)) {
      const property = method[3]!.toLowerCase() + method.slice(4);
      const call = formatter[method];
      return typeof call === 'function' ? (call as () => unknown).call(formatter) : formatter[property];
    }
    const call = formatter[method];
    return typeof call === 'function' ? (call as (...list: unknown[]) => unknown).apply(formatter, args) : undefined;
  };
  return {
    /** call(constructor, JSON of [locales, options], method, JSON of arguments): JSON of the result. */
    call: (rt, args) => {
      const [name, setup, method] = [textAt(rt, args, 0), textAt(rt, args, 1), textAt(rt, args, 2)];
      if (!Object.hasOwn(constructors, name) || constructors[name] === undefined || !methods.has(method))
        return throwWith(rt, 'TypeError', `Intl.${name} is not available here`, {});
      const list = revive(JSON.parse(textAt(rt, args, 3))) as unknown[];
      const result = guarded(rt, () => run(name, setup, method, list));
      return result === undefined ? StaticRoot.Undefined : newText(rt, JSON.stringify(result));
    },
    has: (rt, args) => (constructors[textAt(rt, args, 0)] === undefined ? StaticRoot.False : StaticRoot.True),
    supportedLocales: (rt, args) => {
      const name = textAt(rt, args, 0);
      const Class = Object.hasOwn(constructors, name) ? constructors[name] : undefined;
      const list = JSON.parse(textAt(rt, args, 1)) as unknown;
      return newText(rt, JSON.stringify(Class === undefined ? [] : guarded(rt, () => Class.supportedLocalesOf(list))));
    },
    canonical: (rt, args) =>
      newText(
        rt,
        JSON.stringify(guarded(rt, () => Intl.getCanonicalLocales(JSON.parse(textAt(rt, args, 0)) as string[]))),
      ),
    supportedValues: (rt, args) => {
      const key = optionalText(rt, args, 0) ?? '';
      return newText(rt, JSON.stringify(guarded(rt, () => Intl.supportedValuesOf(key as 'calendar'))));
    },
  };
};
