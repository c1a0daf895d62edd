// Property access: [[Get]], [[HasProperty]] and [[Set]] (ECMA-262 §10.1, proxies in proxy.ts) and the abstract operations of
// §7.3 on them, over fast and dictionary objects, elements, accessors, strings and global objects.
//
// A key is a Name or a number word (toPropertyKey's result). What may run JavaScript says so.

import type { Tagged } from '../heap/index.ts';
import {
  AccessorPair,
  InstanceType,
  PropertyAttributes,
  StaticRoot,
  setElement,
  setOwnDataValue,
} from '../objects/index.ts';
import {
  instanceTypeOf,
  isBigInt,
  isCallable,
  isJSReceiver,
  isString,
  isSymbol,
  isUndefinedOrNull,
  mapOf,
  primitiveToPropertyKey,
  toPropertyKey,
} from './conversions.ts';
import { defineOwnProperty } from './define-property.ts';
import {
  defaultCallSite,
  renderForMessage,
  throwLoadFromNullOrUndefined,
  throwStoreToNullOrUndefined,
  throwTypeError,
} from './errors.ts';
import { LookupIterator, LookupState, redirect } from './lookup-iterator.ts';
import { getNativeAccessor, setNativeAccessor } from './native-accessors.ts';
import {
  addOwnProperty,
  cannot,
  isModuleNamespace,
  isPrivateKey,
  isPrivateName,
  isProxy,
  notifyPropertyAdded,
  privateNameText,
  renderKey,
} from './own-properties.ts';
import * as proxy from './proxy.ts';
import type { Runtime } from './runtime.ts';
import { typedArraySetElement } from './typed-elements.ts';

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
      return proxy.proxyGet(rt, it.holder, key, receiver);
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

/** Keyed read with an arbitrary key value (`object[key]`). May run JavaScript. */
export const getKeyed = (rt: Runtime, object: Tagged, key: Tagged): Tagged => {
  if (isUndefinedOrNull(object)) throwLoadFromNullOrUndefined(rt, object, key);
  if (!isJSReceiver(rt, key)) return getProperty(rt, object, primitiveToPropertyKey(rt, key));
  const scope = rt.heap.openHandles();
  try {
    const handle = rt.heap.handle(object);
    const propertyKey = toPropertyKey(rt, key);
    return getProperty(rt, rt.heap.deref(handle), propertyKey);
  } finally {
    rt.heap.closeHandles(scope);
  }
};

/** Keyed write with an arbitrary key value. May run JavaScript. */
export const setKeyed = (rt: Runtime, object: Tagged, key: Tagged, value: Tagged, strict: boolean): boolean => {
  if (isUndefinedOrNull(object)) throwStoreToNullOrUndefined(rt, object, key);
  if (!isJSReceiver(rt, key)) return setProperty(rt, object, primitiveToPropertyKey(rt, key), value, strict);
  const scope = rt.heap.openHandles();
  try {
    const o = rt.heap.handle(object);
    const v = rt.heap.handle(value);
    const propertyKey = toPropertyKey(rt, key);
    return setProperty(rt, rt.heap.deref(o), propertyKey, rt.heap.deref(v), strict);
  } finally {
    rt.heap.closeHandles(scope);
  }
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
  throwTypeError(
    rt,
    'PropertyNotFunction',
    renderForMessage(rt, method),
    renderKey(rt, key),
    renderForMessage(rt, object),
  );
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
  if (it.state === LookupState.Proxy) return proxy.proxyHas(rt, it.holder, key);
  return it.state === LookupState.Data || it.state === LookupState.Accessor;
};

/** HasOwnProperty on a JSReceiver. May run JavaScript (proxies). */
export const hasOwnProperty = (rt: Runtime, object: Tagged, key: Tagged): boolean => {
  const it = new LookupIterator(rt).start(object, key, true);
  if (it.state === LookupState.Proxy) return proxy.proxyGetOwnProperty(rt, it.holder, key) !== undefined;
  // an export that is not initialized yet throws
  if (it.state === LookupState.Accessor && isModuleNamespace(rt, it.holder)) getNativeAccessor(rt, it.holder, it.value);
  return it.state === LookupState.Data || it.state === LookupState.Accessor;
};

// --- [[Set]] -----------------------------------------------------------------------------------------------------------------

/** Set: assignment to `object.key`. In strict code failures throw; otherwise they return false. May run JavaScript. */
export const setProperty = (rt: Runtime, object: Tagged, key: Tagged, value: Tagged, strict: boolean): boolean => {
  if (isUndefinedOrNull(object)) throwStoreToNullOrUndefined(rt, object, key);
  if (rt.isInterrupted) [object, key, value] = rt.serveInterrupt(object, key, value) as [Tagged, Tagged, Tagged];
  return setPropertyWithReceiver(rt, object, key, value, object, strict);
};

const typeNameOf = (rt: Runtime, object: Tagged): string => {
  if (!isJSReceiver(rt, object))
    return isString(rt, object)
      ? 'string'
      : isSymbol(rt, object)
        ? 'symbol'
        : object === StaticRoot.True || object === StaticRoot.False
          ? 'boolean'
          : isBigInt(rt, object)
            ? 'bigint'
            : 'number';
  return isCallable(rt, object) ? 'function' : 'object';
};

/** [[Set]] with an explicit receiver (super, Reflect.set, proxies). May run JavaScript. */
export const setPropertyWithReceiver = (
  rt: Runtime,
  object: Tagged,
  key: Tagged,
  value: Tagged,
  receiver: Tagged,
  strict: boolean,
): boolean => {
  const heap = rt.heap;
  const it = new LookupIterator(rt).start(object, key);
  const target = isJSReceiver(rt, receiver) ? redirect(rt, receiver) : receiver;
  switch (it.state) {
    case LookupState.Proxy:
      return proxy.proxySet(rt, it.holder, key, value, receiver, strict);
    case LookupState.TypedArrayOutOfBounds:
      // TypedArraySetElement converts the value, whatever the numeric key: in V8 for receivers that inherit from the array too
      typedArraySetElement(rt, it.holder, Number.POSITIVE_INFINITY, value);
      return true;
    case LookupState.Accessor: {
      const accessor = it.value;
      if (mapOf(rt, accessor) === StaticRoot.AccessorInfoMap) {
        if (it.isReadOnly || isModuleNamespace(rt, it.holder))
          return cannot(rt, strict, () =>
            throwTypeError(
              rt,
              'StrictReadOnlyProperty',
              renderKey(rt, key),
              typeNameOf(rt, receiver),
              renderForMessage(rt, receiver),
            ),
          );
        if (it.holder === target) return setNativeAccessor(rt, it.holder, accessor, value, strict);
        break;
      }
      // As `callee` of unmapped arguments objects is.
      if (it.isReadOnly)
        return cannot(rt, strict, () =>
          throwTypeError(
            rt,
            'StrictReadOnlyProperty',
            renderKey(rt, key),
            typeNameOf(rt, receiver),
            renderForMessage(rt, receiver),
          ),
        );
      const setter = heap.get(accessor, AccessorPair.Setter);
      if (!isCallable(rt, setter))
        return cannot(rt, strict, () =>
          throwTypeError(rt, 'NoSetterInCallback', renderKey(rt, key), renderForMessage(rt, it.holder)),
        );
      rt.call(setter, receiver, value);
      return true;
    }
    case LookupState.Data:
      if (it.isReadOnly)
        return cannot(rt, strict, () =>
          throwTypeError(
            rt,
            'StrictReadOnlyProperty',
            renderKey(rt, key),
            typeNameOf(rt, receiver),
            renderForMessage(rt, receiver),
          ),
        );
      if (it.holder === target) {
        if (it.index < 0) {
          notifyPropertyAdded(rt, target, it.name);
          setOwnDataValue(heap, rt.factory, target, it.name, value);
        } else {
          setOwnElement(rt, target, it.index, value);
        }
        return true;
      }
      break;
    default:
      break;
  }
  if (it.index < 0 && isPrivateName(rt, it.name))
    throwTypeError(rt, 'InvalidPrivateMemberWrite', privateNameText(rt, it.name));
  // not found, or found as a writable data property of a prototype: becomes an own property of the receiver
  if (!isJSReceiver(rt, receiver))
    return cannot(rt, strict, () =>
      throwTypeError(
        rt,
        'StrictCannotCreateProperty',
        renderKey(rt, key),
        typeNameOf(rt, receiver),
        renderForMessage(rt, receiver),
      ),
    );
  if (object !== receiver && target !== it.holder) {
    const existing = new LookupIterator(rt).start(receiver, key, true);
    if (existing.state === LookupState.Proxy) return proxy.proxySetOnReceiver(rt, receiver, key, value, strict);
    if (existing.state === LookupState.Accessor && mapOf(rt, existing.value) !== StaticRoot.AccessorInfoMap) {
      return cannot(rt, strict, () => throwTypeError(rt, 'RedefineDisallowed', renderKey(rt, key)));
    }
    if (existing.found) {
      if (existing.isReadOnly)
        return cannot(rt, strict, () =>
          throwTypeError(
            rt,
            'StrictReadOnlyProperty',
            renderKey(rt, key),
            typeNameOf(rt, receiver),
            renderForMessage(rt, receiver),
          ),
        );
      return defineOwnProperty(rt, target, key, { value }, strict);
    }
  }
  return addProperty(rt, target, it, value, strict, key);
};

export const setOwnElement = (rt: Runtime, object: Tagged, index: number, value: Tagged): void => {
  if (instanceTypeOf(rt, object) === InstanceType.JSTypedArray) typedArraySetElement(rt, object, index, value);
  else setElement(rt.heap, rt.factory, object, index, value);
};

/** Adds the property that `it` has not found. */
const addProperty = (
  rt: Runtime,
  object: Tagged,
  it: LookupIterator,
  value: Tagged,
  strict: boolean,
  key: Tagged,
): boolean =>
  isProxy(rt, object) && !isPrivateKey(rt, it)
    ? proxy.proxySetOnReceiver(rt, object, key, value, strict)
    : addOwnProperty(rt, object, it, value, PropertyAttributes.None, strict, key);

/** Writes array element `index` of a JSReceiver with [[Set]], throwing on failure. May run JavaScript. */
export const setIndex = (rt: Runtime, object: Tagged, index: number, value: Tagged): void => {
  setProperty(rt, object, rt.factory.newNumber(index), value, true);
};
