// RegExp: matching is the host's, on copied strings; lastIndex, results, species and substitution are here.
//
//   JSRegExp: Source (pattern as given)  Flags (Smi, RegExpFlag bits)  lastIndex (in-object property)
//
// Host expressions are a cache by pattern and flags. Methods have two ways: for a RegExp nobody has changed (own map,
// original exec, intact species) one host call; otherwise the specification's steps, in regexp-js.ts.

import type { Tagged } from '../heap/index.ts';
import {
  ElementsKind,
  InstanceType,
  JSArray,
  JSRegExp,
  JSRegExpResult,
  JSRegExpStringIterator,
  lookupOwn,
  MapObject,
  PropertyAttributes,
  StaticRoot,
  stringLength,
  toHostString,
} from '../objects/index.ts';
import {
  AccessorInfoKind,
  type Arguments,
  type BuiltinFunction,
  createIterResult,
  declareBuiltin,
  getProperty,
  hasInstanceType,
  isJSReceiver,
  isString,
  isUndefinedOrNull,
  makeConstructor,
  NativeContextSlot,
  newInstanceMap,
  newPrototypeObject,
  ordinaryCreateFromConstructor,
  RegExpFlag,
  type Runtime,
  type RuntimeFunctionRows,
  regExpFlagsText,
  regExpFlagTable,
  sameValue,
  setProperty,
  speciesConstructor,
  throwError,
  throwSyntaxError,
  throwTypeError,
  toBoolean,
  toHost,
  toIntegerOrInfinity,
  toLength,
  toNumberValue,
  toOddball,
  toString,
  Writes,
  withAccessor,
  withTaggedFields,
  writingFirst,
  writingNothing,
} from '../runtime/index.ts';
import { held } from './object.ts';
import {
  builtinExec,
  exact,
  flagBits,
  groupsObject,
  hostExec,
  hostOf,
  isRegExpObject,
  isUnmodified,
  parseFlags,
  patientExec,
  patientMatch,
  regExpExec,
  setLastIndex,
  stringOrUndefined,
} from './regexp-exec.ts';
import * as js from './regexp-js.ts';
import { inputGetter, inputSetter, lastOf, lastParen, legacyRows } from './regexp-legacy.ts';
import { type BuiltinRow, builtinTable, installTable, installToStringTag, speciesGetter } from './table.ts';

const { Undefined, Null, True } = StaticRoot;

// --- construction ----------------------------------------------------------------------------------------------------------

/** Checks and stores pattern and flags; lastIndex = 0. */
const initialize = (rt: Runtime, regexp: Tagged, source: Tagged, flags: string): void => {
  const { heap } = rt;
  const bits = parseFlags(flags);
  if (bits < 0) throwSyntaxError(rt, 'InvalidRegExpFlags', flags);
  const text = toHostString(heap, source);
  let escaped = text;
  try {
    escaped = hostOf(text, regExpFlagsText(bits)).source;
  } catch (error) {
    throwError(rt, 'SyntaxError', 'Plain', (error as Error).message);
  }
  heap.set(regexp, JSRegExp.Source, escaped === text ? source : rt.factory.newString(escaped));
  heap.init(regexp, JSRegExp.Flags, bits << 1);
  setLastIndex(rt, regexp, 0);
};

const isRegExp = (rt: Runtime, value: Tagged): boolean => {
  if (!isJSReceiver(rt, value)) return false;
  return held(rt, [value], (v) => {
    const matcher = getProperty(rt, v(), rt.symbols.match_symbol);
    return matcher !== Undefined ? toBoolean(rt, matcher) : isRegExpObject(rt, v());
  });
};

const RegExpConstructor: BuiltinFunction = (rt, args) => {
  const patternIsRegExp = isRegExp(rt, args.at(0));
  const { heap, names } = rt;
  if (args.newTarget === Undefined && patternIsRegExp && args.at(1) === Undefined) {
    if (getProperty(rt, args.at(0), names.constructor) === args.target) return args.at(0);
  }
  const scope = heap.openHandles();
  try {
    const p = heap.handle(Undefined);
    const f = heap.handle(Undefined);
    if (isRegExpObject(rt, args.at(0))) {
      heap.setHandle(p, heap.get(args.at(0), JSRegExp.Source));
      heap.setHandle(
        f,
        args.at(1) === Undefined ? rt.factory.internalize(regExpFlagsText(flagBits(rt, args.at(0)))) : args.at(1),
      );
    } else if (patternIsRegExp) {
      heap.setHandle(p, getProperty(rt, args.at(0), names.source));
      heap.setHandle(f, args.at(1) === Undefined ? getProperty(rt, args.at(0), names.flags) : args.at(1));
    } else {
      heap.setHandle(p, args.at(0));
      heap.setHandle(f, args.at(1));
    }
    args.receiver = ordinaryCreateFromConstructor(
      rt,
      args.target,
      args.newTarget === Undefined ? args.target : args.newTarget,
    );
    heap.setHandle(p, heap.deref(p) === Undefined ? StaticRoot.EmptyString : toString(rt, heap.deref(p)));
    const flags = heap.deref(f) === Undefined ? '' : toHost(rt, heap.deref(f));
    initialize(rt, args.receiver, heap.deref(p), flags);
    return args.receiver;
  } finally {
    heap.closeHandles(scope);
  }
};

/** A RegExp of the realm: literals. Throws a SyntaxError. */
export const newRegExp = (rt: Runtime, source: Tagged, flags: number): Tagged => {
  const regexp = rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.RegExpMap));
  rt.heap.set(regexp, JSRegExp.Source, source);
  rt.heap.init(regexp, JSRegExp.Flags, flags << 1);
  rt.heap.init(regexp, JSRegExp.LastIndex, 0);
  return regexp;
};

// --- prototype -------------------------------------------------------------------------------------------------------------

const requireRegExp = (rt: Runtime, args: Arguments, method: string): Tagged => {
  if (!isRegExpObject(rt, args.receiver))
    throwTypeError(rt, 'IncompatibleMethodReceiver', `RegExp.prototype.${method}`, args.receiver);
  return args.receiver;
};

const requireObject = (rt: Runtime, args: Arguments, method: string): void => {
  if (!isJSReceiver(rt, args.receiver))
    throwTypeError(rt, 'IncompatibleMethodReceiver', `RegExp.prototype.${method}`, args.receiver);
};

export const exec: BuiltinFunction = (rt, args) => {
  requireRegExp(rt, args, 'exec');
  return held(rt, [toString(rt, args.at(0))], (s) => builtinExec(rt, () => args.receiver, s));
};

const test: BuiltinFunction = (rt, args) => {
  requireObject(rt, args, 'test');
  return held(rt, [toString(rt, args.at(0))], (s) => {
    const r = (): Tagged => args.receiver;
    if (isUnmodified(rt, r())) return toOddball(hostExec(rt, r, s) !== null);
    return toOddball(regExpExec(rt, r, s) !== Null);
  });
};

const flagGetter =
  (bit: number, name: string): BuiltinFunction =>
  (rt, args) => {
    if (isRegExpObject(rt, args.receiver)) return toOddball((flagBits(rt, args.receiver) & bit) !== 0);
    if (args.receiver === rt.intrinsic(NativeContextSlot.RegExpPrototype)) return Undefined;
    throwTypeError(rt, 'RegExpNonRegExp', `RegExp.prototype.${name}`);
  };

const flagsGetter: BuiltinFunction = (rt, args) => {
  if (!isJSReceiver(rt, args.receiver))
    throwTypeError(rt, 'RegExpNonObject', 'RegExp.prototype.flags', rt.toText(args.receiver));
  if (isUnmodified(rt, args.receiver)) return rt.factory.internalize(regExpFlagsText(flagBits(rt, args.receiver)));
  let text = '';
  // V8 reads sticky before unicodeSets
  const set = new Set<string>();
  for (const [letter, , name] of [...regExpFlagTable.slice(0, 6), regExpFlagTable[7], regExpFlagTable[6]])
    if (toBoolean(rt, getProperty(rt, args.receiver, rt.names[name]))) set.add(letter);
  for (const [letter] of regExpFlagTable) if (set.has(letter)) text += letter;
  return rt.factory.internalize(text);
};

const sourceGetter: BuiltinFunction = (rt, args) => {
  if (isRegExpObject(rt, args.receiver)) return rt.factory.newString(exact(rt, args.receiver).source);
  if (args.receiver === rt.intrinsic(NativeContextSlot.RegExpPrototype)) return rt.factory.internalize('(?:)');
  throwTypeError(rt, 'RegExpNonRegExp', 'RegExp.prototype.source');
};

const toStringMethod: BuiltinFunction = (rt, args) => {
  requireObject(rt, args, 'toString');
  const source = toHost(rt, getProperty(rt, args.receiver, rt.names.source));
  const flags = toHost(rt, getProperty(rt, args.receiver, rt.names.flags));
  return rt.factory.newString(`/${source}/${flags}`);
};

export const matchAll: BuiltinFunction = (rt, args) => {
  requireObject(rt, args, '@@matchAll');
  return held(rt, [toString(rt, args.at(0))], (s) => {
    const constructor = rt.heap.handle(
      speciesConstructor(rt, args.receiver, rt.intrinsic(NativeContextSlot.RegExpFunction)),
    );
    const flags = toString(rt, getProperty(rt, args.receiver, rt.names.flags));
    const text = toHostString(rt.heap, flags);
    const matcher = rt.heap.handle(rt.construct(rt.heap.deref(constructor), [args.receiver, flags]));
    const lastIndex = toLength(rt, getProperty(rt, args.receiver, rt.names.lastIndex));
    setProperty(rt, rt.heap.deref(matcher), rt.names.lastIndex, rt.factory.newNumber(lastIndex), true);
    const iterator = rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.RegExpStringIteratorMap));
    rt.heap.set(iterator, JSRegExpStringIterator.Matcher, rt.heap.deref(matcher));
    rt.heap.set(iterator, JSRegExpStringIterator.String, s());
    rt.heap.init(
      iterator,
      JSRegExpStringIterator.Flags,
      ((text.includes('g') ? 1 : 0) | (/[uv]/.test(text) ? 2 : 0)) << 1,
    );
    return iterator;
  });
};

const stringIteratorNext: BuiltinFunction = (rt, args) => {
  const { heap } = rt;
  if (!hasInstanceType(rt, args.receiver, InstanceType.JSRegExpStringIterator))
    throwTypeError(rt, 'IncompatibleMethodReceiver', '%RegExpStringIterator%.prototype.next', args.receiver);
  const flags = heap.get(args.receiver, JSRegExpStringIterator.Flags) >> 1;
  if ((flags & 4) !== 0) return createIterResult(rt, Undefined, true);
  const r = (): Tagged => heap.get(args.receiver, JSRegExpStringIterator.Matcher);
  const s = (): Tagged => heap.get(args.receiver, JSRegExpStringIterator.String);
  const match = regExpExec(rt, r, s);
  if (match === Null || (flags & 1) === 0) heap.init(args.receiver, JSRegExpStringIterator.Flags, (flags | 4) << 1);
  if (match === Null) return createIterResult(rt, Undefined, true);
  if ((flags & 1) === 0) return createIterResult(rt, match, false);
  return held(rt, [match], (m) => {
    if (stringLength(heap, toString(rt, getProperty(rt, m(), 0))) === 0) {
      const index = toLength(rt, getProperty(rt, r(), rt.names.lastIndex));
      const next = advance(toHostString(heap, s()), index, (flags & 2) !== 0);
      setProperty(rt, r(), rt.names.lastIndex, rt.factory.newNumber(next), true);
    }
    return createIterResult(rt, m(), false);
  });
};

/** AdvanceStringIndex. */
const advance = (text: string, index: number, unicode: boolean): number => {
  if (!unicode || index + 1 >= text.length) return index + 1;
  const code = text.codePointAt(index);
  return index + (code !== undefined && code > 0xffff ? 2 : 1);
};

/** GetSubstitution, on host strings. */
export const getSubstitution = (
  matched: string,
  text: string,
  position: number,
  captures: readonly (string | undefined)[],
  named: ((name: string) => string) | undefined,
  replacement: string,
): string => {
  const m = captures.length;
  return replacement.replace(/\$(\$|&|`|'|\d\d?|<[^>]*>)/g, (whole: string, what: string) => {
    switch (what[0]) {
      case '$':
        return '$';
      case '&':
        return matched;
      case '`':
        return text.slice(0, position);
      case "'":
        return text.slice(Math.min(text.length, position + matched.length));
      case '<':
        return named === undefined ? whole : named(what.slice(1, -1));
      default: {
        let digits = what;
        let index = Number(digits);
        if (index > m && digits.length === 2) {
          digits = digits[0]!;
          index = Number(digits);
        }
        if (index < 1 || index > m) return whole;
        return (captures[index - 1] ?? '') + what.slice(digits.length);
      }
    }
  });
};

const compile: BuiltinFunction = (rt, args) => {
  requireRegExp(rt, args, 'compile');
  const pattern = args.at(0);
  if (isRegExpObject(rt, pattern)) {
    if (args.at(1) !== Undefined) throwTypeError(rt, 'RegExpFlags');
    initialize(rt, args.receiver, rt.heap.get(pattern, JSRegExp.Source), regExpFlagsText(flagBits(rt, pattern)));
    return args.receiver;
  }
  return held(rt, [pattern === Undefined ? StaticRoot.EmptyString : toString(rt, pattern)], (p) => {
    const flags = args.at(1) === Undefined ? '' : toHost(rt, args.at(1));
    initialize(rt, args.receiver, p(), flags);
    return args.receiver;
  });
};

/** Getters in V8's order: by name. */
const prototypeGetters: readonly BuiltinRow[] = (
  [
    ...regExpFlagTable.map(([, bit, name]) => [`get ${name}`, flagGetter(bit, name), 0, Writes.Nothing] as const),
    ['get flags', flagsGetter, 0, Writes.Nothing],
    ['get source', sourceGetter, 0, Writes.Nothing],
  ] as const
).toSorted(([a], [b]) => (a < b ? -1 : 1));

const prototypeTable = builtinTable('RegExp.prototype', [
  ['exec', exec, 1, Writes.First],
  ...prototypeGetters,
  ['compile', compile, 2],
  ['toString', toStringMethod, 0, Writes.Nothing],
  ['test', test, 1, Writes.First],
  ['@@match', js.match, 1],
  ['@@matchAll', matchAll, 1, Writes.First],
  ['@@replace', js.replace, 2],
  ['@@search', js.search, 1],
  ['@@split', js.split, 2],
]);

/** Natives of regexp-js.ts. Strings are strings already. */
export const regexpNatives: RuntimeFunctionRows = {
  ...writingNothing({
    RegExpIsFast: (rt, args) => toOddball(isUnmodified(rt, args.at(0))),
  }),
  ...writingFirst({
    RegExpExecSlow: (rt, args) =>
      regExpExec(
        rt,
        () => args.at(0),
        () => args.at(1),
      ),
    /** [Symbol.match] of an unmodified RegExp. */
    RegExpMatchFast: (rt, args) => {
      if ((flagBits(rt, args.at(0)) & RegExpFlag.Global) === 0)
        return builtinExec(
          rt,
          () => args.at(0),
          () => args.at(1),
        );
      setLastIndex(rt, args.at(0), 0);
      const expression = exact(rt, args.at(0));
      const subject = toHostString(rt.heap, args.at(1));
      const matches = patientMatch(rt, expression, subject, () => subject.match(expression));
      if (matches !== null) rt.realm.lastRegExpMatch = lastOf(expression, subject);
      return matches === null
        ? Null
        : rt.factory.newJSArrayFrom(
            matches.map((text) => rt.factory.newString(text)),
            ElementsKind.Holey,
          );
    },
  }),
  ...writingNothing({
    RegExpSearchFast: (rt, args) => {
      const expression = exact(rt, args.at(0));
      const match = patientExec(rt, expression, toHostString(rt.heap, args.at(1)), 0);
      if (match !== null) rt.realm.lastRegExpMatch = match;
      return (match?.index ?? -1) << 1;
    },
  }),
  ...writingFirst({
    /** [Symbol.replace] of an unmodified RegExp with a string. */
    RegExpReplaceFast: (rt, args) => {
      const expression = exact(rt, args.at(0));
      const global = expression.global;
      const start = global ? 0 : rt.heap.get(args.at(0), JSRegExp.LastIndex) >> 1;
      const subject = toHostString(rt.heap, args.at(1));
      const match = patientExec(rt, expression, subject, start);
      if (match !== null) rt.realm.lastRegExpMatch = global ? lastOf(expression, subject) : match;
      expression.lastIndex = match === null ? 0 : start;
      const template = toHostString(rt.heap, args.at(2));
      const from = expression.lastIndex;
      const replace = (): string => {
        expression.lastIndex = from;
        return subject.replace(expression, template);
      };
      const result = match === null ? subject : patientMatch(rt, expression, subject, replace);
      if (global) setLastIndex(rt, args.at(0), 0);
      else if (expression.sticky) setLastIndex(rt, args.at(0), expression.lastIndex);
      return rt.factory.newString(result);
    },
    /** Matches of an unmodified RegExp for a replacer function: [position, length, arguments, …]. */
    RegExpReplaceMatches: (rt, args) => {
      const { factory } = rt;
      const expression = exact(rt, args.at(0));
      const global = expression.global;
      const from = global ? 0 : rt.heap.get(args.at(0), JSRegExp.LastIndex) >> 1;
      const words: Tagged[] = [];
      const subject = toHostString(rt.heap, args.at(1));
      const found = patientMatch(rt, expression, subject, () => {
        const all: unknown[][] = [];
        expression.lastIndex = from;
        subject.replace(expression, (...parts: unknown[]) => {
          all.push(parts);
          return '';
        });
        return all;
      });
      for (const parts of found) {
        rt.poll();
        const groups =
          typeof parts[parts.length - 1] === 'object' ? (parts.pop() as Record<string, unknown>) : undefined;
        parts.pop();
        const position = parts.pop() as number;
        const texts = parts as (string | undefined)[];
        rt.realm.lastRegExpMatch = Object.assign([...texts], { index: position, input: subject }) as RegExpMatchArray;
        const list = texts.map((text) => stringOrUndefined(rt, text));
        list.push(position << 1, args.at(1));
        if (groups !== undefined)
          list.push(groupsObject(rt, groups, (entry) => stringOrUndefined(rt, entry as string | undefined)));
        words.push(position << 1, texts[0]!.length << 1, factory.newJSArrayFrom(list));
      }
      const lastIndex = global ? 0 : expression.sticky ? expression.lastIndex : -1;
      if (lastIndex >= 0) rt.heap.set(args.at(0), JSRegExp.LastIndex, factory.newNumber(lastIndex));
      return factory.newJSArrayFrom(words);
    },
  }),
  ...writingNothing({
    RegExpSplitFast: (rt, args) => {
      const limit = args.at(2);
      const expression = exact(rt, args.at(0), RegExpFlag.Sticky);
      const subject = toHostString(rt.heap, args.at(1));
      const most = limit === Undefined ? undefined : toIntegerOrInfinity(rt, limit);
      const parts = patientMatch(rt, expression, subject, () => subject.split(expression, most));
      return rt.factory.newJSArrayFrom(parts.map((text) => stringOrUndefined(rt, text)));
    },
    /** The replacement of what is no unmodified RegExp. */
    RegExpReplacement: (rt, args) => rt.asCpp(() => toString(rt, args.at(0))),
    RegExpSplitLimit: (rt, args) => rt.factory.newNumber(rt.asCpp(() => toNumberValue(rt, args.at(0))) >>> 0),
    RegExpSlice: (rt, args) =>
      rt.factory.newSubString(
        args.at(0),
        args.at(1) >> 1,
        args.length > 2 ? args.at(2) >> 1 : stringLength(rt.heap, args.at(0)),
      ),
    StringIncludesText: (rt, args) =>
      toOddball(toHostString(rt.heap, args.at(0)).includes(toHostString(rt.heap, args.at(1)))),
    SameValue: (rt, args) => toOddball(sameValue(rt, args.at(0), args.at(1))),
    RegExpStringLength: (rt, args) => stringLength(rt.heap, args.at(0)) << 1,
    AdvanceStringIndex: (rt, args) =>
      rt.factory.newNumber(
        advance(toHostString(rt.heap, args.at(0)), toIntegerOrInfinity(rt, args.at(1)), args.at(2) === True),
      ),
    RegExpSpecies: (rt, args) => speciesConstructor(rt, args.at(0), rt.intrinsic(NativeContextSlot.RegExpFunction)),
    /** GetSubstitution(matched, string, position, captures, named, replacement). May run JavaScript (named captures). */
    GetSubstitution: (rt, args) => {
      const { heap } = rt;
      const captures: (string | undefined)[] = [];
      const count = heap.get(args.at(3), JSArray.Length) >> 1;
      for (let i = 0; i < count; i++) {
        const word = getProperty(rt, args.at(3), i << 1);
        captures.push(word === Undefined ? undefined : toHost(rt, word));
      }
      const named = isUndefinedOrNull(args.at(4))
        ? undefined
        : (name: string): string => {
            const value = getProperty(rt, args.at(4), rt.factory.internalize(name));
            return value === Undefined ? '' : toHost(rt, value);
          };
      const result = getSubstitution(
        toHostString(heap, args.at(0)),
        toHostString(heap, args.at(1)),
        toIntegerOrInfinity(rt, args.at(2)),
        captures,
        named,
        toHostString(heap, args.at(5)),
      );
      return rt.factory.newString(result);
    },
  }),
};

// --- bootstrap ---------------------------------------------------------------------------------------------------------------

const controlEscapes: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
};

/** EncodeForRegExpEscape of one code point (a lone surrogate is one). */
const escapeCodePoint = (text: string, isFirst: boolean): string => {
  const code = text.codePointAt(0)!;
  if (/[$()*+./?[\\\]^{|}]/.test(text)) return `\\${text}`;
  if (text in controlEscapes) return controlEscapes[text]!;
  const hex = code.toString(16);
  const isPunctuator = /[,\-=<>#&!%:;@~'`"]/.test(text);
  if ((isFirst && /[0-9A-Za-z]/.test(text)) || isPunctuator || (/\s/u.test(text) && code <= 0xff))
    return `\\x${hex.padStart(2, '0')}`;
  if (/\s/u.test(text) || (code >= 0xd800 && code <= 0xdfff)) return `\\u${hex.padStart(4, '0')}`;
  return text;
};

const RegExpEscape: BuiltinFunction = (rt, args) => {
  if (!isString(rt, args.at(0))) throwTypeError(rt, 'Plain', 'input argument must be a string');
  const points = [...toHost(rt, args.at(0))];
  return rt.factory.newString(points.map((text, i) => escapeCodePoint(text, i === 0)).join(''));
};

const statics = builtinTable('RegExp', [
  ['get input', inputGetter, 0, Writes.Nothing],
  ['set input', inputSetter, 1],
  ['get $_', inputGetter, 0, Writes.Nothing],
  ['set $_', inputSetter, 1],
  ...legacyRows(['lastMatch', '$&'], (match) => match[0]!),
  ...legacyRows(['lastParen', '$+'], lastParen),
  ...legacyRows(['leftContext', '$`'], (match) => match.input!.slice(0, match.index)),
  ...legacyRows(['rightContext', "$'"], (match) => match.input!.slice(match.index! + match[0]!.length)),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((i) => legacyRows([`$${i}`], (match) => match[i] ?? '')),
  ['escape', RegExpEscape, 1, Writes.Nothing],
  speciesGetter,
]);

const stringIteratorPrototype = builtinTable('%RegExpStringIteratorPrototype%', [
  ['next', stringIteratorNext, 0, Writes.First],
]);

const RegExpFunction = declareBuiltin('RegExp', RegExpConstructor, Writes.Nothing);

export const bootstrapRegExp = (rt: Runtime): void => {
  const { heap, factory, names } = rt;
  const { DontEnum, DontDelete } = PropertyAttributes;
  const map = withTaggedFields(rt, factory.newMap(InstanceType.JSRegExp, JSRegExp.Size, ElementsKind.Holey, 1), [
    [names.lastIndex, DontEnum | DontDelete],
  ]);
  const fn = makeConstructor(rt, {
    name: 'RegExp',
    implementation: RegExpFunction,
    length: 2,
    functionSlot: NativeContextSlot.RegExpFunction,
    prototypeSlot: NativeContextSlot.RegExpPrototype,
    mapSlot: NativeContextSlot.RegExpMap,
    map,
  });
  installTable(rt, fn, statics);
  const prototype = rt.intrinsic(NativeContextSlot.RegExpPrototype);
  installTable(rt, prototype, prototypeTable);
  rt.setIntrinsic(NativeContextSlot.RegExpPrototypeExec, lookupOwn(heap, factory, prototype, names.exec).value);

  let result = factory.newMap(InstanceType.JSArray, JSRegExpResult.Size, ElementsKind.Holey, 3);
  heap.set(result, MapObject.Prototype, rt.intrinsic(NativeContextSlot.ArrayPrototype));
  result = withAccessor(rt, result, 'length', AccessorInfoKind.ArrayLength, DontEnum | DontDelete);
  result = withResultFields(rt, result);
  rt.setIntrinsic(NativeContextSlot.RegExpResultMap, result);

  const iteratorPrototype = newPrototypeObject(rt, rt.intrinsic(NativeContextSlot.IteratorPrototype));
  installTable(rt, iteratorPrototype, stringIteratorPrototype);
  installToStringTag(rt, iteratorPrototype, 'RegExp String Iterator');
  rt.setIntrinsic(NativeContextSlot.RegExpStringIteratorPrototype, iteratorPrototype);
  rt.setIntrinsic(
    NativeContextSlot.RegExpStringIteratorMap,
    newInstanceMap(rt, InstanceType.JSRegExpStringIterator, JSRegExpStringIterator.Size, iteratorPrototype),
  );
};

const withResultFields = (rt: Runtime, map: Tagged): Tagged =>
  withTaggedFields(rt, map, [
    [rt.names.index, 0],
    [rt.names.input, 0],
    [rt.names.groups, 0],
  ]);
