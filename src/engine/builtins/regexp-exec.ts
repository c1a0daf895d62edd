// RegExp objects and the host's expressions that match for them: flags, lastIndex, RegExpExec, result arrays.

import type { Tagged } from '../heap/index.ts';
import {
  addDataProperty,
  ElementsKind,
  InstanceType,
  JSArray,
  JSObject,
  JSRegExp,
  JSRegExpResult,
  lookupOwn,
  Root,
  StaticRoot,
  stringLength,
  toHostString,
} from '../objects/index.ts';
import {
  getProperty,
  hasInstanceType,
  isCallable,
  isJSReceiver,
  isProtectorIntact,
  mapOf,
  NativeContextSlot,
  RegExpFlag,
  type Runtime,
  regExpFlagsText,
  regExpFlagTable,
  setProperty,
  throwTypeError,
  toLength,
} from '../runtime/index.ts';

const { Undefined, Null } = StaticRoot;

/** −1 when invalid. */
export const parseFlags = (text: string): number => {
  let bits = 0;
  for (const c of text) {
    const row = regExpFlagTable.find(([letter]) => letter === c);
    if (row === undefined || (bits & row[1]) !== 0) return -1;
    bits |= row[1];
  }
  return (bits & RegExpFlag.Unicode) !== 0 && (bits & RegExpFlag.UnicodeSets) !== 0 ? -1 : bits;
};

const hostCache = new Map<string, RegExp>();

export const hostOf = (source: string, flags: string): RegExp => {
  const key = `${flags}/${source}`;
  let expression = hostCache.get(key);
  if (expression === undefined) {
    if (hostCache.size > 2000) hostCache.clear();
    expression = new RegExp(source, flags);
    hostCache.set(key, expression);
  }
  return expression;
};

export const isRegExpObject = (rt: Runtime, value: Tagged): boolean =>
  hasInstanceType(rt, value, InstanceType.JSRegExp);

const sourceText = (rt: Runtime, regexp: Tagged): string => toHostString(rt.heap, rt.heap.get(regexp, JSRegExp.Source));

export const flagBits = (rt: Runtime, regexp: Tagged): number => rt.heap.get(regexp, JSRegExp.Flags) >> 1;

/** Matches at or after lastIndex, whatever the debuggee's flags: for exec. */
const searching = (rt: Runtime, regexp: Tagged): RegExp => {
  const bits = flagBits(rt, regexp);
  return hostOf(
    sourceText(rt, regexp),
    regExpFlagsText((bits & RegExpFlag.Sticky) !== 0 ? bits & ~RegExpFlag.Global : bits | RegExpFlag.Global),
  );
};

/** With exactly the debuggee's flags. */
export const exact = (rt: Runtime, regexp: Tagged, without = 0): RegExp =>
  hostOf(sourceText(rt, regexp), regExpFlagsText(flagBits(rt, regexp) & ~without));

const isFastMap = (rt: Runtime, regexp: Tagged): boolean =>
  mapOf(rt, regexp) === rt.intrinsic(NativeContextSlot.RegExpMap);

const getLastIndex = (rt: Runtime, regexp: Tagged): Tagged =>
  isFastMap(rt, regexp) ? rt.heap.get(regexp, JSRegExp.LastIndex) : getProperty(rt, regexp, rt.names.lastIndex);

export const setLastIndex = (rt: Runtime, regexp: Tagged, index: number): void => {
  if (isFastMap(rt, regexp)) rt.heap.set(regexp, JSRegExp.LastIndex, rt.factory.newNumber(index));
  else setProperty(rt, regexp, rt.names.lastIndex, rt.factory.newNumber(index), true);
};

/** A RegExp that behaves as the class does: one host call may stand for all of its steps. */
/** Whether exec, flags and species of a RegExp are what they were. */
export const isUnmodified = (rt: Runtime, value: Tagged): boolean =>
  isRegExpObject(rt, value) &&
  isFastMap(rt, value) &&
  (rt.heap.get(value, JSRegExp.LastIndex) & 1) === 0 &&
  isProtectorIntact(rt, Root.RegExpSpeciesProtector) &&
  lookupOwn(rt.heap, rt.factory, rt.intrinsic(NativeContextSlot.RegExpPrototype), rt.names.exec).value ===
    rt.intrinsic(NativeContextSlot.RegExpPrototypeExec);

/** Of an open group: whether there is a repetition in it, and how its alternatives begin. */
interface OpenGroup {
  repeats: boolean;
  isAmbiguous: boolean;
  readonly begins: Set<string>;
  isAtBegin: boolean;
}

const newGroup = (): OpenGroup => ({ repeats: false, isAmbiguous: false, begins: new Set(), isAtBegin: true });

/** Whether matching may take more than a few steps for each character: what is repeated repeats itself or begins alike, or is there again. */
const mayBacktrack = ({ source }: RegExp, { length }: string): boolean => {
  if (length < shortSubject) return false;
  const open = [newGroup()];
  let closed: OpenGroup | undefined;
  let repetitions = 0;
  let isNested = /\\[1-9k]/.test(source);
  for (const [token] of source.matchAll(/\(\?(?:[:=!]|<[=!]|<[^>]*>)|\\.|\[(?:\\.|[^\]\\])*\]|\{\d+,\d*\}|./gs)) {
    const group = open.at(-1)!;
    if (token === '*' || token === '+' || /^\{./.test(token)) {
      repetitions++;
      isNested ||= closed !== undefined && (closed.repeats || closed.isAmbiguous);
      group.repeats = true;
    }
    closed = token === ')' && open.length > 1 ? open.pop() : undefined;
    const around = open.at(-1)!;
    if (closed !== undefined) around.repeats ||= closed.repeats;
    else if (token.startsWith('(')) open.push(newGroup());
    else if (token !== '|' && group.isAtBegin) {
      group.isAmbiguous ||= group.begins.has(token);
      group.begins.add(token);
    }
    around.isAtBegin = token === '|';
  }
  return isNested || (repetitions > 1 && length > longSubject);
};
const shortSubject = 16;
const longSubject = 50_000;

/** The host matches, and can be interrupted where that may be long. */
export const patientExec = (
  rt: Runtime,
  expression: RegExp,
  subject: string,
  lastIndex: number,
): RegExpExecArray | null =>
  patientMatch(rt, expression, subject, () => {
    expression.lastIndex = lastIndex;
    return expression.exec(subject);
  });

/** @param action works on host values alone, and anew from its beginning */
export const patientMatch = <T>(rt: Runtime, expression: RegExp, subject: string, action: () => T): T =>
  rt.patiently(() => mayBacktrack(expression, subject), action);

/** The host's match, with lastIndex read and written as RegExpBuiltinExec does. May run JavaScript (valueOf of lastIndex). */
export const hostExec = (rt: Runtime, r: () => Tagged, s: () => Tagged): RegExpExecArray | null => {
  const word = getLastIndex(rt, r());
  let lastIndex = (word & 1) === 0 && word >= 0 ? word >> 1 : toLength(rt, word);
  const moves = (flagBits(rt, r()) & (RegExpFlag.Global | RegExpFlag.Sticky)) !== 0;
  if (!moves) lastIndex = 0;
  if (lastIndex > stringLength(rt.heap, s())) {
    setLastIndex(rt, r(), 0);
    return null;
  }
  const expression = searching(rt, r());
  const subject = toHostString(rt.heap, s());
  const match = patientExec(rt, expression, subject, lastIndex);
  if (moves) setLastIndex(rt, r(), match === null ? 0 : expression.lastIndex);
  if (match !== null) rt.realm.lastRegExpMatch = match;
  return match;
};

export const stringOrUndefined = (rt: Runtime, text: string | undefined): Tagged =>
  text === undefined ? Undefined : rt.factory.newString(text);

export const groupsObject = (
  rt: Runtime,
  groups: Record<string, unknown> | undefined,
  value: (entry: unknown) => Tagged,
): Tagged => {
  if (groups === undefined) return Undefined;
  const object = rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.NullPrototypeMap));
  for (const [name, entry] of Object.entries(groups))
    addDataProperty(rt.heap, rt.factory, object, rt.factory.internalize(name), value(entry));
  return object;
};

/** The result array of a match. Runs no JavaScript. */
const matchResult = (rt: Runtime, regexp: Tagged, match: RegExpExecArray, input: Tagged): Tagged => {
  const { heap, factory } = rt;
  const words: Tagged[] = [factory.newSubString(input, match.index, match.index + match[0].length)];
  for (let i = 1; i < match.length; i++) words.push(stringOrUndefined(rt, match[i]));
  const array = factory.newJSObject(rt.intrinsic(NativeContextSlot.RegExpResultMap));
  heap.set(array, JSObject.Elements, factory.newFixedArrayFrom(words));
  heap.init(array, JSArray.Length, words.length << 1);
  heap.init(array, JSRegExpResult.Index, match.index << 1);
  heap.set(array, JSRegExpResult.Input, input);
  heap.set(
    array,
    JSRegExpResult.Groups,
    groupsObject(rt, match.groups, (entry) => stringOrUndefined(rt, entry as string | undefined)),
  );
  if ((flagBits(rt, regexp) & RegExpFlag.HasIndices) !== 0) {
    const indices = (
      match as RegExpExecArray & { indices?: ([number, number] | undefined)[] & { groups?: Record<string, unknown> } }
    ).indices!;
    const pair = (entry: unknown): Tagged => {
      if (entry === undefined) return Undefined;
      const [start, end] = entry as [number, number];
      return factory.newJSArrayFrom([start << 1, end << 1]);
    };
    const list = factory.newJSArrayFrom(indices.map(pair), ElementsKind.Holey);
    addDataProperty(heap, factory, list, rt.names.groups, groupsObject(rt, indices.groups, pair));
    addDataProperty(heap, factory, array, rt.names.indices, list);
  }
  return array;
};

/** RegExpBuiltinExec. May run JavaScript. */
export const builtinExec = (rt: Runtime, r: () => Tagged, s: () => Tagged): Tagged => {
  const match = hostExec(rt, r, s);
  return match === null ? Null : matchResult(rt, r(), match, s());
};

/** RegExpExec: through the object's `exec`. May run JavaScript. */
export const regExpExec = (rt: Runtime, r: () => Tagged, s: () => Tagged): Tagged => {
  const exec = getProperty(rt, r(), rt.names.exec);
  if (
    isCallable(rt, exec) &&
    !(exec === rt.intrinsic(NativeContextSlot.RegExpPrototypeExec) && isRegExpObject(rt, r()))
  ) {
    const result = rt.call(exec, r(), s());
    if (result !== Null && !isJSReceiver(rt, result))
      throwTypeError(rt, 'Plain', `object ${rt.toText(result)} is not an object or null`);
    return result;
  }
  if (!isRegExpObject(rt, r())) throwTypeError(rt, 'IncompatibleMethodReceiver', 'RegExp.prototype.exec', r());
  return builtinExec(rt, r, s);
};
