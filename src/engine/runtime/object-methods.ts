// [[Delete]], [[OwnPropertyKeys]], [[GetPrototypeOf]], [[SetPrototypeOf]], [[IsExtensible]], [[PreventExtensions]] of any object: a
// proxy's (proxy.ts) or an ordinary one's (ordinary-objects.ts).

import type { Tagged } from '../heap/index.ts';
import { isExtensibleMap } from '../objects/index.ts';
import { getOwnProperty } from './define-property.ts';
import { LookupIterator, LookupState, redirect } from './lookup-iterator.ts';
import {
  deleteFound,
  enumerableOrdinaryKeys,
  ordinaryOwnKeys,
  ordinaryPrototypeOf,
  preventOrdinaryExtensions,
  setPrototypeOfOrdinary,
} from './ordinary-objects.ts';
import { cannot, isProxy } from './own-properties.ts';
import type { Runtime } from './runtime.ts';
import { isSymbol, mapOf } from './values.ts';

/** [[Delete]] of a JSReceiver; strict failures throw. May run JavaScript (proxies). */
export const deleteProperty = (rt: Runtime, object: Tagged, key: Tagged, strict: boolean): boolean => {
  const it = new LookupIterator(rt).start(object, key, true);
  if (it.state === LookupState.Proxy) return rt.proxies.delete(rt, it.holder, key, strict);
  return deleteFound(rt, object, it) || cannot(rt, strict, 'StrictDeleteProperty', key, object);
};

/** [[OwnPropertyKeys]]: indices, then strings, then symbols (private ones excluded), as words (Name or number). May run JavaScript (proxies). */
export const ownPropertyKeys = (rt: Runtime, object: Tagged): Tagged[] => {
  object = redirect(rt, object);
  return isProxy(rt, object) ? rt.proxies.ownKeys(rt, object) : ordinaryOwnKeys(rt, object);
};

/** Enumerable own string-keyed properties' keys (Object.keys). May run JavaScript (proxies). */
export const enumerableOwnKeys = (rt: Runtime, object: Tagged): Tagged[] =>
  isProxy(rt, redirect(rt, object)) ? enumerableKeysOfProxy(rt, object) : enumerableOrdinaryKeys(rt, object);

const enumerableKeysOfProxy = (rt: Runtime, object: Tagged): Tagged[] => {
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const o = heap.handle(object);
    const handles = ownPropertyKeys(rt, object)
      .filter((key) => !isSymbol(rt, key))
      .map((key) => heap.handle(key));
    const result: number[] = [];
    for (const handle of handles) {
      rt.poll();
      const desc = getOwnProperty(rt, heap.deref(o), heap.deref(handle));
      if (desc?.enumerable) result.push(handle);
    }
    return result.map((handle) => heap.deref(handle));
  } finally {
    heap.closeHandles(scope);
  }
};

/** [[GetPrototypeOf]] of a JSReceiver. May run JavaScript (proxies). */
export const getPrototypeOf = (rt: Runtime, object: Tagged): Tagged => {
  object = redirect(rt, object);
  return isProxy(rt, object) ? rt.proxies.getPrototypeOf(rt, object) : ordinaryPrototypeOf(rt, object);
};

/** [[SetPrototypeOf]]; with `strict` a failure throws. May run JavaScript (proxies). */
export const setPrototypeOf = (rt: Runtime, object: Tagged, prototype: Tagged, strict: boolean): boolean => {
  object = redirect(rt, object);
  return isProxy(rt, object)
    ? rt.proxies.setPrototypeOf(rt, object, prototype, strict)
    : setPrototypeOfOrdinary(rt, object, prototype, strict);
};

/** [[IsExtensible]]. May run JavaScript (proxies). */
export const isExtensible = (rt: Runtime, object: Tagged): boolean => {
  object = redirect(rt, object);
  if (isProxy(rt, object)) return rt.proxies.isExtensible(rt, object);
  return isExtensibleMap(rt.heap, mapOf(rt, object));
};

/** [[PreventExtensions]] (attributes None), or sealing/freezing ordinary objects in one transition. May run JavaScript (proxies). */
export const preventExtensions = (rt: Runtime, object: Tagged, attributes: number, strict: boolean): boolean => {
  object = redirect(rt, object);
  if (isProxy(rt, object)) return rt.proxies.preventExtensions(rt, object, attributes, strict);
  return preventOrdinaryExtensions(rt, object, attributes, strict);
};
