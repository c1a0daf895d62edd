// String and String.prototype. Character access, slices, comparison and search of short needles work on linear memory;
// the rest on host copies.

import type { Tagged } from '../heap/index.ts';
import {
  charCodeAt,
  codePointAt,
  ElementsKind,
  InstanceType,
  JSPrimitiveWrapper,
  JSStringIterator,
  lookupOwn,
  PropertyAttributes,
  StaticRoot,
  stringLength,
  toHostString,
} from '../objects/index.ts';
import {
  AccessorInfoKind,
  type Arguments,
  type BuiltinFunction,
  concatStrings,
  createIterResult,
  declareBuiltin,
  getDerivedMap,
  getIndex,
  getMethod,
  getProperty,
  hasInstanceType,
  instanceTypeOf,
  invoke,
  isCallable,
  isJSReceiver,
  isString,
  isSymbol,
  isUndefinedOrNull,
  lengthOfArrayLike,
  makeConstructor,
  maxStringLength,
  NativeContextSlot,
  newInstanceMap,
  newPrototypeObject,
  RegExpFlag,
  type Runtime,
  singleCharacterString,
  symbolDescriptiveString,
  throwRangeError,
  throwTypeError,
  toBoolean,
  toHost,
  toIntegerOrInfinity,
  toNumberValue,
  toObject,
  toString,
  toUint32,
  Writes,
  withAccessor,
} from '../runtime/index.ts';
import { collatorOptions, readOptions, requestedLocales } from './intl.ts';
import { held } from './object.ts';
import { newRegExp } from './regexp.ts';
import { splitString } from './string-split.ts';
import { type BuiltinRow, builtinTable, installAlias, installTable, installToStringTag } from './table.ts';

const { Undefined, True, False } = StaticRoot;

/** RequireObjectCoercible and ToString of the receiver, which is replaced by the string. */
const self = (rt: Runtime, args: Arguments, name: string): Tagged => {
  const receiver = args.receiver;
  if (isString(rt, receiver)) return receiver;
  if (isUndefinedOrNull(receiver)) throwTypeError(rt, 'CalledOnNullOrUndefined', `String.prototype.${name}`);
  const string = toString(rt, receiver);
  args.receiver = string;
  return string;
};

const host = (rt: Runtime, args: Arguments, name: string): string => toHostString(rt.heap, self(rt, args, name));

const StringConstructor: BuiltinFunction = (rt, args) => {
  let string: Tagged = StaticRoot.EmptyString;
  if (args.length > 0) {
    const value = args.at(0);
    if (args.newTarget === Undefined && isSymbol(rt, value))
      return rt.factory.newString(symbolDescriptiveString(rt, value));
    string = toString(rt, value);
  }
  if (args.newTarget === Undefined) return string;
  return held(rt, [string], (s) => {
    const wrapper = rt.factory.newJSObject(getDerivedMap(rt, args.target, args.newTarget));
    rt.heap.set(wrapper, JSPrimitiveWrapper.Value, s());
    return wrapper;
  });
};

/** thisStringValue. */
const thisStringValue = (rt: Runtime, args: Arguments, name: string): Tagged => {
  const value = args.receiver;
  if (isString(rt, value)) return value;
  if (hasInstanceType(rt, value, InstanceType.JSPrimitiveWrapper)) {
    const primitive = rt.heap.get(value, JSPrimitiveWrapper.Value);
    if (isString(rt, primitive)) return primitive;
  }
  throwTypeError(rt, 'NotGeneric', `String.prototype.${name}`, 'String');
};

const integer = (rt: Runtime, word: Tagged): number => ((word & 1) === 0 ? word >> 1 : toIntegerOrInfinity(rt, word));

const StringPrototypeCharCodeAt: BuiltinFunction = (rt, args) => {
  let string = self(rt, args, 'charCodeAt');
  const position = integer(rt, args.at(0));
  string = args.receiver;
  if (position < 0 || position >= stringLength(rt.heap, string)) return StaticRoot.NanValue;
  return charCodeAt(rt.heap, string, position) << 1;
};

const StringPrototypeCharAt: BuiltinFunction = (rt, args) => {
  self(rt, args, 'charAt');
  const position = integer(rt, args.at(0));
  if (position < 0 || position >= stringLength(rt.heap, args.receiver)) return StaticRoot.EmptyString;
  return singleCharacterString(rt, charCodeAt(rt.heap, args.receiver, position));
};

const StringPrototypeAt: BuiltinFunction = (rt, args) => {
  self(rt, args, 'at');
  const relative = integer(rt, args.at(0));
  const length = stringLength(rt.heap, args.receiver);
  const position = relative >= 0 ? relative : length + relative;
  if (position < 0 || position >= length) return Undefined;
  return singleCharacterString(rt, charCodeAt(rt.heap, args.receiver, position));
};

const StringPrototypeCodePointAt: BuiltinFunction = (rt, args) => {
  self(rt, args, 'codePointAt');
  const position = integer(rt, args.at(0));
  const length = stringLength(rt.heap, args.receiver);
  if (position < 0 || position >= length) return Undefined;
  return codePointAt(rt.heap, args.receiver, position) << 1;
};

const clamp = (value: number, max: number): number => Math.min(Math.max(value, 0), max);

const StringPrototypeSlice: BuiltinFunction = (rt, args) => {
  self(rt, args, 'slice');
  const start = integer(rt, args.at(0));
  const end = args.at(1) === Undefined ? Number.POSITIVE_INFINITY : integer(rt, args.at(1));
  const length = stringLength(rt.heap, args.receiver);
  const from = start < 0 ? Math.max(length + start, 0) : Math.min(start, length);
  const to = end < 0 ? Math.max(length + end, 0) : Math.min(end, length);
  return from >= to ? StaticRoot.EmptyString : rt.factory.newSubString(args.receiver, from, to);
};

const StringPrototypeSubstring: BuiltinFunction = (rt, args) => {
  self(rt, args, 'substring');
  const start = integer(rt, args.at(0));
  const end = args.at(1) === Undefined ? Number.POSITIVE_INFINITY : integer(rt, args.at(1));
  const length = stringLength(rt.heap, args.receiver);
  const a = clamp(start, length);
  const b = clamp(end, length);
  const from = Math.min(a, b);
  const to = Math.max(a, b);
  return from === to ? StaticRoot.EmptyString : rt.factory.newSubString(args.receiver, from, to);
};

const StringPrototypeSubstr: BuiltinFunction = (rt, args) => {
  self(rt, args, 'substr');
  const start = integer(rt, args.at(0));
  const count = args.at(1) === Undefined ? Number.POSITIVE_INFINITY : integer(rt, args.at(1));
  const length = stringLength(rt.heap, args.receiver);
  const from = start < 0 ? Math.max(length + start, 0) : Math.min(start, length);
  const to = Math.min(from + Math.max(count, 0), length);
  return from >= to ? StaticRoot.EmptyString : rt.factory.newSubString(args.receiver, from, to);
};

/** First argument as host text, refusing regular expressions. */
const searchString = (rt: Runtime, args: Arguments, name: string): string => {
  if (isJSReceiver(rt, args.at(0)) && isRegExp(rt, args.at(0)))
    throwTypeError(rt, 'FirstArgumentNotRegExp', `String.prototype.${name}`);
  return toHost(rt, args.at(0));
};

export const isRegExp = (rt: Runtime, value: Tagged): boolean => {
  if (!isJSReceiver(rt, value)) return false;
  return held(rt, [value], (v) => {
    const matcher = getProperty(rt, v(), rt.symbols.match_symbol);
    if (matcher !== Undefined) return toBoolean(rt, matcher);
    return instanceTypeOf(rt, v()) === InstanceType.JSRegExp;
  });
};

const StringPrototypeIndexOf: BuiltinFunction = (rt, args) => {
  const string = host(rt, args, 'indexOf');
  const needle = toHost(rt, args.at(0));
  return string.indexOf(needle, integer(rt, args.at(1))) << 1;
};

const StringPrototypeLastIndexOf: BuiltinFunction = (rt, args) => {
  const string = host(rt, args, 'lastIndexOf');
  const needle = toHost(rt, args.at(0));
  const position = toNumberValue(rt, args.at(1));
  return string.lastIndexOf(needle, Number.isNaN(position) ? Number.POSITIVE_INFINITY : position) << 1;
};

const onHost =
  (name: string, fn: (text: string) => string): BuiltinFunction =>
  (rt, args) => {
    const text = host(rt, args, name);
    const result = fn(text);
    return result === text ? args.receiver : rt.factory.newString(result);
  };

const localeCase =
  (name: 'toLocaleLowerCase' | 'toLocaleUpperCase'): BuiltinFunction =>
  (rt, args) => {
    self(rt, args, name);
    const locales = requestedLocales(rt, args.at(0)) ?? 'en';
    return rt.factory.newString(toHostString(rt.heap, args.receiver)[name](locales));
  };

/** Length from which a repeated string shares its parts. */
const minRepeatedByCons = 0x10000;

/** `count` times the string, by doubling. */
const repeated = (rt: Runtime, string: Tagged, count: number): Tagged => {
  let result: Tagged = StaticRoot.EmptyString;
  for (let part = string; ; part = concatStrings(rt, part, part)) {
    if ((count & 1) !== 0) result = concatStrings(rt, result, part);
    count = Math.floor(count / 2);
    if (count === 0) return result;
  }
};

const pad =
  (name: string, atStart: boolean): BuiltinFunction =>
  (rt, args) => {
    const text = host(rt, args, name);
    const length = Math.max(0, Math.min(integer(rt, args.at(0)), Number.MAX_SAFE_INTEGER));
    if (length <= text.length) return args.receiver;
    const filler = args.at(1) === Undefined ? ' ' : toHost(rt, args.at(1));
    if (filler === '') return args.receiver;
    if (length > maxStringLength) throwRangeError(rt, 'InvalidStringLength');
    const count = (length - text.length) / filler.length;
    if (length < minRepeatedByCons)
      return rt.factory.newString(atStart ? text.padStart(length, filler) : text.padEnd(length, filler));
    const word = rt.factory.newString(filler);
    const rest = rt.factory.newString(filler.slice(0, (length - text.length) % filler.length));
    const padding = concatStrings(rt, repeated(rt, word, Math.floor(count)), rest);
    return atStart ? concatStrings(rt, padding, args.receiver) : concatStrings(rt, args.receiver, padding);
  };

const StringPrototypeRepeat: BuiltinFunction = (rt, args) => {
  const text = host(rt, args, 'repeat');
  const count = integer(rt, args.at(0));
  if (count < 0 || count === Number.POSITIVE_INFINITY) throwRangeError(rt, 'InvalidCountValue', args.at(0));
  if (text.length * count > maxStringLength) throwRangeError(rt, 'InvalidStringLength');
  if (text.length * count >= minRepeatedByCons) return repeated(rt, args.receiver, count);
  return rt.factory.newString(text.repeat(count));
};

const StringPrototypeConcat: BuiltinFunction = (rt, args) => {
  self(rt, args, 'concat');
  for (let i = 0; i < args.length; i++) {
    rt.poll();
    const next = toString(rt, args.at(i));
    args.receiver = concatStrings(rt, args.receiver, next);
  }
  return args.receiver;
};

/** String methods that delegate to a regular expression's symbol method. */
const delegate = (rt: Runtime, args: Arguments, symbol: Tagged, extra: boolean): Tagged | undefined => {
  const pattern = args.at(0);
  if (!isJSReceiver(rt, pattern)) return undefined;
  const method = getMethod(rt, pattern, symbol);
  if (method === Undefined) return undefined;
  return extra ? rt.call(method, args.at(0), args.receiver, args.at(1)) : rt.call(method, args.at(0), args.receiver);
};

/** GetSubstitution (§22.1.3.19.1). */
export const getSubstitution = (
  matched: string,
  subject: string,
  position: number,
  captures: readonly (string | undefined)[],
  namedCapture: ((name: string) => string) | undefined,
  template: string,
): string =>
  template.replace(/\$(?:(\$)|(&)|(`)|(')|(\d{1,2})|<([^>]*)>)/g, (whole, dollar, amp, before, after, digits, name) => {
    if (dollar) return '$';
    if (amp) return matched;
    if (before) return subject.slice(0, position);
    if (after) return subject.slice(Math.min(position + matched.length, subject.length));
    if (digits !== undefined) {
      let n = Number(digits);
      let rest = '';
      if (n > captures.length && digits.length === 2) {
        n = Number(digits[0]);
        rest = digits[1];
      }
      if (n === 0 || n > captures.length) return whole;
      return (captures[n - 1] ?? '') + rest;
    }
    if (name !== undefined) return namedCapture === undefined ? whole : namedCapture(name);
    return whole;
  });

const replace =
  (name: string, all: boolean): BuiltinFunction =>
  (rt, args) => {
    const { factory } = rt;
    if (isUndefinedOrNull(args.receiver)) throwTypeError(rt, 'CalledOnNullOrUndefined', `String.prototype.${name}`);
    if (all && isJSReceiver(rt, args.at(0)) && isRegExp(rt, args.at(0))) {
      const word = getProperty(rt, args.at(0), rt.names.flags);
      if (isUndefinedOrNull(word)) throwTypeError(rt, 'CalledOnNullOrUndefined', 'String.prototype.replaceAll');
      if (!toHost(rt, word).includes('g')) throwTypeError(rt, 'RegExpGlobalInvokedWithReplaceAll');
    }
    const delegated = delegate(rt, args, rt.symbols.replace_symbol, true);
    if (delegated !== undefined) return delegated;
    const text = host(rt, args, name);
    const needle = toHost(rt, args.at(0));
    const functional = isCallable(rt, args.at(1));
    const template = functional ? '' : toHost(rt, args.at(1));
    let result = '';
    let last = 0;
    let position = text.indexOf(needle);
    while (position >= 0) {
      rt.poll();
      let replacement: string;
      if (functional) {
        const matched = factory.newString(needle);
        replacement = toHost(rt, rt.call(args.at(1), Undefined, matched, position << 1, args.receiver));
      } else {
        replacement = getSubstitution(needle, text, position, [], undefined, template);
      }
      result += text.slice(last, position) + replacement;
      last = position + needle.length;
      if (!all) break;
      position = needle.length === 0 ? (position + 1 > text.length ? -1 : position + 1) : text.indexOf(needle, last);
    }
    if (last === 0 && result === '') return args.receiver;
    return factory.newString(result + text.slice(last));
  };

const StringPrototypeSplit: BuiltinFunction = (rt, args) => {
  const { factory } = rt;
  if (isUndefinedOrNull(args.receiver)) throwTypeError(rt, 'CalledOnNullOrUndefined', 'String.prototype.split');
  const delegated = delegate(rt, args, rt.symbols.split_symbol, true);
  if (delegated !== undefined) return delegated;
  const text = host(rt, args, 'split');
  const limit = args.at(1) === Undefined ? 0xffffffff : toUint32(rt, args.at(1));
  if (!isString(rt, args.at(0)) && args.at(0) !== Undefined) args.put(0, toString(rt, args.at(0)));
  if (limit === 0) return factory.newJSArray(ElementsKind.PackedSmi, 0, 0);
  if (args.at(0) === Undefined) return factory.newJSArrayFrom([args.receiver]);
  const separator = toHostString(rt.heap, args.at(0));
  if (text.length === 0 && separator.length > 0) return factory.newJSArrayFrom([args.receiver]);
  return splitString(rt, args.receiver, args.at(0), text, separator, limit);
};

const matcher =
  (name: string, symbol: 'match_symbol' | 'match_all_symbol' | 'search_symbol'): BuiltinFunction =>
  (rt, args) => {
    if (isUndefinedOrNull(args.receiver)) throwTypeError(rt, 'CalledOnNullOrUndefined', `String.prototype.${name}`);
    if (name === 'matchAll' && isJSReceiver(rt, args.at(0)) && isRegExp(rt, args.at(0))) {
      const word = getProperty(rt, args.at(0), rt.names.flags);
      if (isUndefinedOrNull(word)) throwTypeError(rt, 'StringMatchAllNullUndefinedFlags');
      if (!toHost(rt, word).includes('g')) throwTypeError(rt, 'RegExpGlobalInvokedWithMatchAll');
    }
    const delegated = delegate(rt, args, rt.symbols[symbol], false);
    if (delegated !== undefined) return delegated;
    self(rt, args, name);
    const source = args.at(0) === Undefined ? '' : toHost(rt, args.at(0));
    const regexp = newRegExp(rt, rt.factory.newString(source), name === 'matchAll' ? RegExpFlag.Global : 0);
    return invoke(rt, regexp, rt.symbols[symbol], args.receiver);
  };

const StringPrototypeLocaleCompare: BuiltinFunction = (rt, args) => {
  const text = host(rt, args, 'localeCompare');
  const other = toHost(rt, args.at(0));
  return (
    text.localeCompare(
      other,
      requestedLocales(rt, args.at(1)) ?? 'en-US',
      readOptions(rt, args.at(2), collatorOptions, 'String.prototype.localeCompare'),
    ) << 1
  );
};

const StringPrototypeNormalize: BuiltinFunction = (rt, args) => {
  const text = host(rt, args, 'normalize');
  const form = args.at(0) === Undefined ? 'NFC' : toHost(rt, args.at(0));
  if (!['NFC', 'NFD', 'NFKC', 'NFKD'].includes(form)) throwRangeError(rt, 'NormalizationForm', 'NFC, NFD, NFKC, NFKD');
  return rt.factory.newString(text.normalize(form));
};

const html = (name: string, tag: string, attribute = ''): BuiltinRow => [
  name,
  (rt, args) => {
    const text = host(rt, args, name);
    const value = attribute === '' ? '' : ` ${attribute}="${toHost(rt, args.at(0)).replaceAll('"', '&quot;')}"`;
    return rt.factory.newString(`<${tag}${value}>${text}</${tag}>`);
  },
  attribute === '' ? 0 : 1,
  Writes.Nothing,
];

const StringPrototypeIterator: BuiltinFunction = (rt, args) => {
  if (isUndefinedOrNull(args.receiver))
    throwTypeError(rt, 'CalledOnNullOrUndefined', 'String.prototype[Symbol.iterator]');
  self(rt, args, '[Symbol.iterator]');
  const iterator = rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.StringIteratorMap));
  rt.heap.set(iterator, JSStringIterator.String, args.receiver);
  rt.heap.init(iterator, JSStringIterator.Index, 0);
  return iterator;
};

const StringIteratorPrototypeNext: BuiltinFunction = (rt, args) => {
  const { heap, factory } = rt;
  const iterator = args.receiver;
  if (!hasInstanceType(rt, iterator, InstanceType.JSStringIterator))
    throwTypeError(rt, 'IncompatibleMethodReceiver', 'String Iterator.prototype.next', iterator);
  const string = heap.get(iterator, JSStringIterator.String);
  const position = heap.get(iterator, JSStringIterator.Index) >> 1;
  const length = stringLength(heap, string);
  if (position >= length) {
    heap.set(iterator, JSStringIterator.String, StaticRoot.EmptyString);
    return createIterResult(rt, Undefined, true);
  }
  const code = codePointAt(rt.heap, string, position);
  const units = code > 0xffff ? 2 : 1;
  heap.init(iterator, JSStringIterator.Index, (position + units) << 1);
  return createIterResult(
    rt,
    units === 1 ? singleCharacterString(rt, code) : factory.newSubString(string, position, position + 2),
    false,
  );
};

const statics = builtinTable('String', [
  [
    'fromCharCode',
    (rt, args) => {
      if (args.length === 1 && (args.at(0) & 1) === 0) return singleCharacterString(rt, (args.at(0) >> 1) & 0xffff);
      let text = '';
      for (let i = 0; i < args.length; i++) {
        rt.poll();
        text += String.fromCharCode(toNumberValue(rt, args.at(i)));
      }
      return rt.factory.newString(text);
    },
    1,
    Writes.Nothing,
  ],
  [
    'fromCodePoint',
    (rt, args) => {
      let text = '';
      for (let i = 0; i < args.length; i++) {
        rt.poll();
        const code = toNumberValue(rt, args.at(i));
        if (code < 0 || code > 0x10ffff || Math.trunc(code) !== code)
          throwRangeError(rt, 'InvalidCodePoint', String(code));
        text += String.fromCodePoint(code);
      }
      return rt.factory.newString(text);
    },
    1,
    Writes.Nothing,
  ],
  [
    'raw',
    (rt, args) => {
      const cooked = toObject(rt, args.at(0));
      args.length > 0 && args.put(0, cooked);
      return held(rt, [toObject(rt, getProperty(rt, cooked, rt.names.raw))], (raw) => {
        const length = lengthOfArrayLike(rt, raw());
        let text = '';
        for (let i = 0; i < length; i++) {
          rt.poll();
          text += toHost(rt, getIndex(rt, raw(), i));
          if (i + 1 < length && i + 1 < args.length) text += toHost(rt, args.at(i + 1));
        }
        return rt.factory.newString(text);
      });
    },
    1,
    Writes.Nothing,
  ],
]);

const prototypeTable = builtinTable('String.prototype', [
  html('anchor', 'a', 'name'),
  ['at', StringPrototypeAt, 1, Writes.Nothing],
  html('big', 'big'),
  html('blink', 'blink'),
  html('bold', 'b'),
  ['charAt', StringPrototypeCharAt, 1, Writes.Nothing],
  ['charCodeAt', StringPrototypeCharCodeAt, 1, Writes.Nothing],
  ['codePointAt', StringPrototypeCodePointAt, 1, Writes.Nothing],
  ['concat', StringPrototypeConcat, 1, Writes.Nothing],
  [
    'endsWith',
    (rt, args) => {
      const text = host(rt, args, 'endsWith');
      const needle = searchString(rt, args, 'endsWith');
      const end = args.at(1) === Undefined ? text.length : integer(rt, args.at(1));
      return text.endsWith(needle, end) ? True : False;
    },
    1,
    Writes.Nothing,
  ],
  html('fontcolor', 'font', 'color'),
  html('fontsize', 'font', 'size'),
  html('fixed', 'tt'),
  [
    'includes',
    (rt, args) => {
      const text = host(rt, args, 'includes');
      const needle = searchString(rt, args, 'includes');
      return text.includes(needle, integer(rt, args.at(1))) ? True : False;
    },
    1,
    Writes.Nothing,
  ],
  ['indexOf', StringPrototypeIndexOf, 1, Writes.Nothing],
  [
    'isWellFormed',
    (rt, args) => (/\p{Surrogate}/u.test(host(rt, args, 'isWellFormed')) ? False : True),
    0,
    Writes.Nothing,
  ],
  html('italics', 'i'),
  ['lastIndexOf', StringPrototypeLastIndexOf, 1, Writes.Nothing],
  html('link', 'a', 'href'),
  ['localeCompare', StringPrototypeLocaleCompare, 1, Writes.Nothing],
  ['match', matcher('match', 'match_symbol'), 1, Writes.Nothing],
  ['matchAll', matcher('matchAll', 'match_all_symbol'), 1, Writes.Nothing],
  ['normalize', StringPrototypeNormalize, 0, Writes.Nothing],
  ['padEnd', pad('padEnd', false), 1, Writes.Nothing],
  ['padStart', pad('padStart', true), 1, Writes.Nothing],
  ['repeat', StringPrototypeRepeat, 1, Writes.Nothing],
  ['replace', replace('replace', false), 2, Writes.Nothing],
  ['replaceAll', replace('replaceAll', true), 2, Writes.Nothing],
  ['search', matcher('search', 'search_symbol'), 1, Writes.Nothing],
  ['slice', StringPrototypeSlice, 2, Writes.Nothing],
  html('small', 'small'),
  ['split', StringPrototypeSplit, 2, Writes.Nothing],
  html('strike', 'strike'),
  html('sub', 'sub'),
  ['substr', StringPrototypeSubstr, 2, Writes.Nothing],
  ['substring', StringPrototypeSubstring, 2, Writes.Nothing],
  html('sup', 'sup'),
  [
    'startsWith',
    (rt, args) => {
      const text = host(rt, args, 'startsWith');
      const needle = searchString(rt, args, 'startsWith');
      return text.startsWith(needle, integer(rt, args.at(1))) ? True : False;
    },
    1,
    Writes.Nothing,
  ],
  ['toString', (rt, args) => thisStringValue(rt, args, 'toString'), 0, Writes.Nothing],
  ['toWellFormed', onHost('toWellFormed', (text) => text.replace(/\p{Surrogate}/gu, '\ufffd')), 0, Writes.Nothing],
  ['trim', onHost('trim', (text) => text.trim()), 0, Writes.Nothing],
  ['trimStart', onHost('trimLeft', (text) => text.trimStart()), 0, Writes.Nothing],
  ['trimLeft', onHost('trimLeft', (text) => text.trimStart()), 0, Writes.Nothing],
  ['trimEnd', onHost('trimRight', (text) => text.trimEnd()), 0, Writes.Nothing],
  ['trimRight', onHost('trimRight', (text) => text.trimEnd()), 0, Writes.Nothing],
  ['toLocaleLowerCase', localeCase('toLocaleLowerCase'), 0, Writes.Nothing],
  ['toLocaleUpperCase', localeCase('toLocaleUpperCase'), 0, Writes.Nothing],
  ['toLowerCase', onHost('toLowerCase', (text) => text.toLowerCase()), 0, Writes.Nothing],
  ['toUpperCase', onHost('toUpperCase', (text) => text.toUpperCase()), 0, Writes.Nothing],
  ['valueOf', (rt, args) => thisStringValue(rt, args, 'valueOf'), 0, Writes.Nothing],
  ['@@iterator', StringPrototypeIterator, 0, Writes.Nothing],
]);

/** trimLeft and trimRight stand right behind what they alias. */
const StringFunction = declareBuiltin('String', StringConstructor, Writes.Nothing);

/** Map of String objects, whose `length` is a native data property. */
const stringWrapperMap = (rt: Runtime, prototype: Tagged): Tagged => {
  const { JSPrimitiveWrapper: type } = InstanceType;
  const bare = newInstanceMap(rt, type, JSPrimitiveWrapper.Size, prototype, ElementsKind.FastStringWrapper);
  const { ReadOnly, DontEnum, DontDelete } = PropertyAttributes;
  return withAccessor(rt, bare, 'length', AccessorInfoKind.StringLength, ReadOnly | DontEnum | DontDelete);
};

export const bootstrapString = (rt: Runtime): void => {
  const { heap, factory } = rt;
  const objectPrototype = rt.intrinsic(NativeContextSlot.ObjectPrototype);
  const map = stringWrapperMap(rt, objectPrototype);
  const prototype = factory.newJSObject(stringWrapperMap(rt, objectPrototype));
  heap.set(prototype, JSPrimitiveWrapper.Value, StaticRoot.EmptyString);
  const fn = makeConstructor(rt, {
    name: 'String',
    implementation: StringFunction,
    length: 1,
    functionSlot: NativeContextSlot.StringFunction,
    prototypeSlot: NativeContextSlot.StringPrototype,
    mapSlot: NativeContextSlot.StringWrapperMap,
    prototype,
    map,
  });
  installTable(rt, fn, statics);
  installTable(rt, prototype, prototypeTable);
  const own = (name: string): Tagged => lookupOwn(heap, factory, prototype, factory.internalize(name)).value;
  installAlias(rt, prototype, factory.internalize('trimLeft'), own('trimStart'));
  installAlias(rt, prototype, factory.internalize('trimRight'), own('trimEnd'));
};

/** A prototype that is itself a wrapper (String.prototype, Number.prototype, Boolean.prototype). */
export const newPrototypeWrapper = (rt: Runtime, value: Tagged, kind = ElementsKind.Holey): Tagged => {
  const map = newInstanceMap(
    rt,
    InstanceType.JSPrimitiveWrapper,
    JSPrimitiveWrapper.Size,
    rt.intrinsic(NativeContextSlot.ObjectPrototype),
    kind,
  );
  const object = rt.factory.newJSObject(map);
  rt.heap.set(object, JSPrimitiveWrapper.Value, value);
  return object;
};

const iteratorPrototype = builtinTable('%StringIteratorPrototype%', [
  ['next', StringIteratorPrototypeNext, 0, Writes.First],
]);

export const bootstrapStringIterator = (rt: Runtime): void => {
  const prototype = newPrototypeObject(rt, rt.intrinsic(NativeContextSlot.IteratorPrototype));
  installTable(rt, prototype, iteratorPrototype);
  installToStringTag(rt, prototype, 'String Iterator');
  rt.setIntrinsic(NativeContextSlot.StringIteratorPrototype, prototype);
  rt.setIntrinsic(
    NativeContextSlot.StringIteratorMap,
    newInstanceMap(rt, InstanceType.JSStringIterator, JSStringIterator.Size, prototype),
  );
};
