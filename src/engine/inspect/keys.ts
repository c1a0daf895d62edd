// Which properties are shown. Reads memory: a proxy's traps do not run.

import type { Tagged } from '../heap/index.ts';
import {
  InstanceType,
  isPrivateSymbol,
  JSProxy,
  ownElementIndices,
  ownPropertyNames,
  StaticRoot,
} from '../objects/index.ts';
import { instanceTypeOf, isSymbol, LookupIterator, type Runtime } from '../runtime/index.ts';
import type { Context } from './context.ts';

/** What is behind proxies; undefined behind a revoked one. */
export const targetOf = (rt: Runtime, object: Tagged): Tagged | undefined => {
  let target = object;
  while (instanceTypeOf(rt, target) === InstanceType.JSProxy) {
    target = rt.heap.get(target, JSProxy.Target);
    if (target === StaticRoot.Null || target === StaticRoot.Undefined) return undefined;
  }
  return target;
};

/** Own enumerable keys to show: names and symbols, with indices unless `nonIndex`. */
export const keysOf = (ctx: Context, object: Tagged, nonIndex: boolean): Tagged[] => {
  const { rt } = ctx;
  const keys: Tagged[] = [];
  const it = new LookupIterator(rt);
  if (!nonIndex && instanceTypeOf(rt, object) !== InstanceType.JSTypedArray) {
    for (const index of ownElementIndices(rt.heap, object)) {
      const key = rt.factory.newNumber(index);
      if (it.startIndex(object, index, true).isEnumerable || ctx.showHidden) keys.push(key);
    }
  }
  for (const name of ownPropertyNames(rt.heap, object)) {
    if (isPrivateSymbol(rt.heap, name)) continue;
    it.startName(object, name, true);
    if (it.found && (it.isEnumerable || (ctx.showHidden && !isSymbol(rt, name)))) keys.push(name);
  }
  return keys;
};

/** Own enumerable keys that are no symbols. */
export const enumerableNames = (rt: Runtime, object: Tagged): Tagged[] => {
  const keys: Tagged[] = [];
  const it = new LookupIterator(rt);
  for (const index of ownElementIndices(rt.heap, object))
    if (it.startIndex(object, index, true).isEnumerable) keys.push(rt.factory.newNumber(index));
  for (const name of ownPropertyNames(rt.heap, object))
    if (!isSymbol(rt, name) && it.startName(object, name, true).found && it.isEnumerable) keys.push(name);
  return keys;
};
