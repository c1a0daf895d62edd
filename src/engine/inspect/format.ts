// util.format: a printf-like first argument, the rest inspected.

import type { Tagged } from '../heap/index.ts';
import {
  arrayLength,
  bigintValue,
  getElement,
  InstanceType,
  numberValue,
  Oddball,
  StaticRoot,
  toHostString,
} from '../objects/index.ts';
import {
  functionToString,
  hasInstanceType,
  isBigInt,
  isCallable,
  isErrorObject,
  isHeapNumber,
  isJSReceiver,
  isNumber,
  isString,
  isSymbol,
  LookupIterator,
  LookupState,
  type Runtime,
  renderForMessage,
} from '../runtime/index.ts';
import type { InspectOptions } from './context.ts';
import { inspect } from './inspect.ts';
import { CallKind } from './inspect-calls.ts';
import { enumerableNames } from './keys.ts';
import { hasOwnToString } from './names.ts';
import { formatNumber } from './text.ts';

const { Null } = StaticRoot;

type Conversion = (rt: Runtime, word: Tagged, options: InspectOptions) => string;

/** What stands after a percent sign. */
const conversions: Readonly<Record<string, Conversion>> = {
  s: (rt, word, options) => formatString(rt, word, options),
  d: (rt, word, options) =>
    isBigInt(rt, word)
      ? `${bigintValue(rt.heap, word)}n`
      : isSymbol(rt, word)
        ? 'NaN'
        : formatNumber(isJSReceiver(rt, word) ? numberOf(rt, word, options) : numberOfPrimitive(rt, word)),
  i: (rt, word) =>
    isBigInt(rt, word)
      ? `${bigintValue(rt.heap, word)}n`
      : isSymbol(rt, word)
        ? 'NaN'
        : formatNumber(Number.parseInt(renderForMessage(rt, word), 10)),
  f: (rt, word) => (isSymbol(rt, word) ? 'NaN' : formatNumber(Number.parseFloat(renderForMessage(rt, word)))),
  j: (rt, word, options) => jsonOf(rt, word, options),
  o: (rt, word, options) => inspect(rt, word, 4, { ...options, showHidden: true }),
  O: (rt, word, options) => inspect(rt, word, options.depth ?? 2, options),
  c: () => '',
};

/** util.format: printf-like first argument, the rest inspected, joined by spaces. */
export const format = (rt: Runtime, words: readonly Tagged[], options: InspectOptions = {}): string => {
  if (words.length === 0) return '';
  const first = words[0]!;
  if (!isString(rt, first)) return inspect(rt, first, options.depth ?? 2, options) + rest(rt, words, 1, options);
  const template = toHostString(rt.heap, first);
  if (words.length === 1) return template;
  let text = '';
  let next = 1;
  let last = 0;
  for (let i = 0; i < template.length - 1; i++) {
    if (template.charCodeAt(i) !== 37) continue;
    const code = template[++i]!;
    if (code === '%') {
      text += template.slice(last, i);
      last = i + 1;
      continue;
    }
    if (next >= words.length || !Object.hasOwn(conversions, code)) continue;
    text += template.slice(last, i - 1) + conversions[code]!(rt, words[next++]!, options);
    last = i + 1;
  }
  return text + template.slice(last) + rest(rt, words, next, options);
};

/** The words that no conversion took. */
const rest = (rt: Runtime, words: readonly Tagged[], from: number, options: InspectOptions): string => {
  let text = '';
  for (let i = from; i < words.length; i++) {
    const word = words[i]!;
    text += ` ${isString(rt, word) ? toHostString(rt.heap, word) : inspect(rt, word, options.depth ?? 2, options)}`;
  }
  return text;
};

/** ToNumber of what is no object, symbol or BigInt. */
const numberOfPrimitive = (rt: Runtime, word: Tagged): number => {
  if (isNumber(rt, word)) return numberValue(rt.heap, word);
  return isString(rt, word) ? Number(toHostString(rt.heap, word)) : rt.heap.getF64(word, Oddball.ToNumberRaw);
};

const numberOf = (rt: Runtime, word: Tagged, { calls }: InspectOptions): number => {
  const result = calls?.result(CallKind.Number, word, 0);
  return result !== undefined && isNumber(rt, result) ? numberValue(rt.heap, result) : Number.NaN;
};

const jsonOf = (rt: Runtime, word: Tagged, { calls }: InspectOptions): string => {
  if (calls === undefined || !isJSReceiver(rt, word)) return jsonText(rt, word);
  const result = calls.result(CallKind.Json, word, 0);
  return result !== undefined && isString(rt, result) ? toHostString(rt.heap, result) : 'undefined';
};

/** %j without running JavaScript: JSON of plain data. */
const jsonText = (rt: Runtime, word: Tagged): string => JSON.stringify(plainData(rt, word, 0)) ?? 'undefined';

const plainData = (rt: Runtime, word: Tagged, depth: number): unknown => {
  if (isString(rt, word)) return toHostString(rt.heap, word);
  if ((word & 1) === 0 || isHeapNumber(rt, word)) return numberValue(rt.heap, word);
  if (word === StaticRoot.True || word === StaticRoot.False) return word === StaticRoot.True;
  if (word === Null) return null;
  if (!isJSReceiver(rt, word) || isCallable(rt, word) || depth > 50) return undefined;
  if (hasInstanceType(rt, word, InstanceType.JSArray)) {
    const list: unknown[] = [];
    for (let i = 0; i < arrayLength(rt.heap, word); i++)
      list.push(plainData(rt, getElement(rt.heap, rt.factory, word, i), depth + 1) ?? null);
    return list;
  }
  const result: Record<string, unknown> = {};
  const it = new LookupIterator(rt);
  for (const key of enumerableNames(rt, word))
    if (it.start(word, key, true).state === LookupState.Data)
      result[rt.toText(key)] = plainData(rt, it.value, depth + 1);
  return result;
};

const formatString = (rt: Runtime, word: Tagged, options: InspectOptions): string => {
  if (isString(rt, word)) return toHostString(rt.heap, word);
  if (isBigInt(rt, word)) return `${bigintValue(rt.heap, word)}n`;
  if (!isJSReceiver(rt, word))
    return (word & 1) === 0 || isHeapNumber(rt, word)
      ? formatNumber(numberValue(rt.heap, word))
      : renderForMessage(rt, word);
  const { calls } = options;
  const isFunction = isCallable(rt, word) && !hasInstanceType(rt, word, InstanceType.JSProxy);
  if (calls !== undefined && (isFunction || hasOwnToString(rt, word))) {
    const result = calls.result(CallKind.Text, word, 0);
    return result !== undefined && isString(rt, result) ? toHostString(rt.heap, result) : '';
  }
  if (isErrorObject(rt, word)) return renderForMessage(rt, word);
  if (isFunction) return functionToString(rt, word);
  return inspect(rt, word, 0, { ...options, colors: undefined });
};
