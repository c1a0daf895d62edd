// [[Get]] and [[HasProperty]] (ECMA-262 §10.1, proxies in proxy.ts) and the abstract operations of §7.3 on them, over fast and
// dictionary objects, elements, accessors, strings and global objects.
//
// A key is a Name or a number word (toPropertyKey's result). What may run JavaScript says so.

import type { Tagged } from '../heap/index.ts';
import { AccessorPair, StaticRoot } from '../objects/index.ts';
import { throwLoadFromNullOrUndefined, throwTypeError } from './errors.ts';
import { LookupIterator, LookupState } from './lookup-iterator.ts';
import { getNativeAccessor } from './native-accessors.ts';
import { isModuleNamespace } from './own-properties.ts';
import { defaultCallSite } from './rendering.ts';
import type { Runtime } from './runtime.ts';
import { isCallable, isPrivateName, isUndefinedOrNull, mapOf, privateNameText } from './values.ts';

// --- [[Get]] ----------------------------------------------------------------------------------------------------------------

/** GetV: `object` may be a primitive (TypeError for undefined and null). May run JavaScript. */
export const getProperty = (rt: Runtime, object: Tagged, key: Tagged): Tagged => {
  if (isUndefinedOrNull(object)) throwLoadFromNullOrUndefined(rt, object, key);
  return getLookup(rt, new LookupIterator(rt).start(object, key), object, key);
};

/** [[Get]] with an explicit receiver (super, Reflect.get). May run JavaScript. */
export const getPropertyWithReceiver = (rt: Runtime, object: Tagged, key: Tagged, receiver: Tagged): Tagged =>
  getLookup(rt, new LookupIterator(rt).start(object, key), receiver, key);

const getLookup = (rt: Runtime, it: LookupIterator, receiver: Tagged, key: Tagged): Tagged => {
  switch (it.state) {
    case LookupState.Data:
      return it.value;
    case LookupState.Accessor:
      return callGetter(rt, it.value, it.holder, receiver);
    case LookupState.Proxy:
      if (isPrivateName(rt, it.name)) throwTypeError(rt, 'InvalidPrivateMemberRead', privateNameText(rt, it.name));
      return rt.proxies.get(rt, it.holder, key, receiver);
    default:
      if (it.index < 0 && isPrivateName(rt, it.name))
        throwTypeError(rt, 'InvalidPrivateMemberRead', privateNameText(rt, it.name));
      return StaticRoot.Undefined;
  }
};

/** Reads through an AccessorPair or AccessorInfo. May run JavaScript. */
export const callGetter = (rt: Runtime, accessor: Tagged, holder: Tagged, receiver: Tagged): Tagged => {
  if (mapOf(rt, accessor) === StaticRoot.AccessorInfoMap) return getNativeAccessor(rt, holder, accessor);
  const getter = rt.heap.get(accessor, AccessorPair.Getter);
  return isCallable(rt, getter) ? rt.call(getter, receiver) : StaticRoot.Undefined;
};

export const getIndex = (rt: Runtime, object: Tagged, index: number): Tagged => {
  if (rt.isInterrupted) [object] = rt.serveInterrupt(object) as [Tagged];
  if (index >= 4294967295) return getProperty(rt, object, rt.factory.newNumber(index));
  const it = new LookupIterator(rt).startIndex(object, index);
  if (it.state === LookupState.Data) return it.value;
  if (it.state === LookupState.NotFound) return StaticRoot.Undefined;
  return getLookup(rt, it, object, rt.factory.newNumber(index));
};

/** Named read by host string. May run JavaScript. */
export const getNamed = (rt: Runtime, object: Tagged, name: string): Tagged =>
  getProperty(rt, object, rt.factory.internalize(name));

/** GetMethod: undefined for undefined and null; TypeError when not callable. May run JavaScript. */
export const getMethod = (rt: Runtime, object: Tagged, key: Tagged): Tagged => {
  if (isUndefinedOrNull(object)) throwLoadFromNullOrUndefined(rt, object, key);
  const it = new LookupIterator(rt).start(object, key);
  // nothing runs
  if (it.state === LookupState.Data) return checkedMethod(rt, it.value, object, key);
  if (it.state === LookupState.NotFound) return StaticRoot.Undefined;
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const o = heap.handle(object);
    const k = heap.handle(key);
    const method = getLookup(rt, it, object, key);
    return checkedMethod(rt, method, heap.deref(o), heap.deref(k));
  } finally {
    heap.closeHandles(scope);
  }
};

const checkedMethod = (rt: Runtime, method: Tagged, object: Tagged, key: Tagged): Tagged => {
  if (isUndefinedOrNull(method)) return StaticRoot.Undefined;
  if (isCallable(rt, method)) return method;
  throwTypeError(rt, 'PropertyNotFunction', method, key, object);
};

/** Invoke: calls the method named `key`. May run JavaScript. */
export const invoke = (rt: Runtime, object: Tagged, key: Tagged, ...args: Tagged[]): Tagged => {
  const scope = rt.heap.openHandles();
  try {
    const o = rt.heap.handle(object);
    const handles = args.map((arg) => rt.heap.handle(arg));
    const method = getProperty(rt, object, key);
    if (!isCallable(rt, method)) throwTypeError(rt, 'CalledNonCallable', defaultCallSite(rt, method));
    return rt.hooks.call(
      method,
      rt.heap.deref(o),
      handles.map((handle) => rt.heap.deref(handle)),
    );
  } finally {
    rt.heap.closeHandles(scope);
  }
};

// --- [[HasProperty]] ---------------------------------------------------------------------------------------------------------

/** HasProperty on a JSReceiver. May run JavaScript (proxies). */
export const hasProperty = (rt: Runtime, object: Tagged, key: Tagged): boolean => {
  if (rt.isInterrupted) [object, key] = rt.serveInterrupt(object, key) as [Tagged, Tagged];
  const it = new LookupIterator(rt).start(object, key);
  if (it.state === LookupState.Proxy) return rt.proxies.has(rt, it.holder, key);
  return it.state === LookupState.Data || it.state === LookupState.Accessor;
};

/** HasOwnProperty on a JSReceiver. May run JavaScript (proxies). */
export const hasOwnProperty = (rt: Runtime, object: Tagged, key: Tagged): boolean => {
  const it = new LookupIterator(rt).start(object, key, true);
  if (it.state === LookupState.Proxy) return rt.proxies.getOwnProperty(rt, it.holder, key) !== undefined;
  // an export that is not initialized yet throws
  if (it.state === LookupState.Accessor && isModuleNamespace(rt, it.holder)) getNativeAccessor(rt, it.holder, it.value);
  return it.state === LookupState.Data || it.state === LookupState.Accessor;
};
