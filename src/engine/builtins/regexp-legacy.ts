// RegExp.$1 and its like: what the last match of the realm left.

import { StaticRoot } from '../objects/index.ts';
import { type BuiltinFunction, type Runtime, toHost, Writes } from '../runtime/index.ts';

import { type BuiltinRow, returnUndefined } from './table.ts';

const { Undefined } = StaticRoot;

/** The last match of a global expression, found when somebody asks. */
export const lastOf = (expression: RegExp, subject: string): (() => RegExpMatchArray) => {
  const copy = new RegExp(expression);
  return () => [...subject.matchAll(copy)].at(-1)!;
};

const matchFor = (rt: Runtime): RegExpMatchArray | undefined => {
  if (typeof rt.realm.lastRegExpMatch === 'function') rt.realm.lastRegExpMatch = rt.realm.lastRegExpMatch();
  return rt.realm.lastRegExpMatch;
};

const legacy =
  (value: (match: RegExpMatchArray) => string): BuiltinFunction =>
  (rt) => {
    const match = matchFor(rt);
    return rt.factory.newString(match === undefined ? '' : value(match));
  };

/** Both names of a legacy property. What is assigned goes nowhere. */
export const legacyRows = (names: readonly string[], value: (match: RegExpMatchArray) => string): BuiltinRow[] =>
  names.flatMap((name): BuiltinRow[] => [
    [`get ${name}`, legacy(value), 0, Writes.Nothing],
    [`set ${name}`, returnUndefined, 1],
  ]);

export const inputGetter: BuiltinFunction = (rt) =>
  rt.factory.newString(
    rt.realm.regExpInput?.of === matchFor(rt) ? (rt.realm.regExpInput?.text ?? '') : (matchFor(rt)?.input ?? ''),
  );

/** Holds until the next match. */
export const inputSetter: BuiltinFunction = (rt, args) => {
  const text = toHost(rt, args.at(0));
  rt.realm.regExpInput = { text, of: matchFor(rt) };
  return Undefined;
};

export const lastParen = (match: RegExpMatchArray): string => (match.length > 1 ? (match[match.length - 1] ?? '') : '');
