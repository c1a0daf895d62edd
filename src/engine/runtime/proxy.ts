// Internal methods of proxies (ECMA-262 §10.5), with the invariants checked. Everything here may run JavaScript.
//
// Two kinds of objects are asked here though no program made them proxies:
//   a proxy behind a global proxy    V8's interceptors of a global object: its traps say what is so, whatever the target has
//   a global proxy of another realm  that the current one may not look behind: nothing of it can be seen

import type { Tagged } from '../heap/index.ts';
import {
  ElementsKind,
  InstanceType,
  isPrivateSymbol,
  JSProxy,
  MapBits,
  MapObject,
  PropertyAttributes,
  StaticRoot,
} from '../objects/index.ts';
import { createListFromArrayLike } from './array-likes.ts';
import { defineOwnProperty, fromPropertyDescriptor, getOwnProperty, toPropertyDescriptor } from './define-property.ts';
import { sameValue } from './equality.ts';
import { throwTypeError } from './errors.ts';
import { getProperty, getPropertyWithReceiver, hasProperty } from './get-property.ts';
import { keyToName, LookupIterator } from './lookup-iterator.ts';
import { NativeContextSlot } from './native-context.ts';
import {
  deleteProperty,
  getPrototypeOf,
  isExtensible,
  ownPropertyKeys,
  preventExtensions,
  setPrototypeOf,
} from './object-methods.ts';
import { keyToValue } from './ordinary-objects.ts';
import type { PropertyDescriptor } from './own-properties.ts';
import { renderForMessage } from './rendering.ts';
import type { Runtime } from './runtime.ts';
import { setPropertyWithReceiver } from './set-property.ts';
import {
  instanceTypeOf,
  isCallable,
  isConstructor,
  isJSReceiver,
  isName,
  isUndefinedOrNull,
  mapOf,
  toBoolean,
} from './values.ts';

/** Runs `body` with handles to target and handler, and the trap (undefined when absent). */
const withTrap = <T>(
  rt: Runtime,
  proxy: Tagged,
  name: string,
  body: (
    /** A handle, as the others are. */
    trap: number | undefined,
    target: number,
    handler: number,
    /** What the trap says is taken as it is. */
    intercepts: boolean,
  ) => T,
): T => {
  const heap = rt.heap;
  const scope = heap.openHandles();
  rt.enterNesting();
  try {
    if (isClosed(rt, proxy)) throwTypeError(rt, 'NoAccess');
    const intercepts = isInterceptor(rt, proxy);
    const handlerWord = heap.get(proxy, JSProxy.Handler);
    if (handlerWord === StaticRoot.Null) throwTypeError(rt, 'ProxyRevoked', name);
    const target = heap.handle(heap.get(proxy, JSProxy.Target));
    const handler = heap.handle(handlerWord);
    const method = getProperty(rt, handlerWord, rt.factory.internalize(name));
    if (isUndefinedOrNull(method)) return body(undefined, target, handler, intercepts);
    if (!isCallable(rt, method))
      throwTypeError(
        rt,
        'PropertyNotFunction',
        renderForMessage(rt, method),
        name,
        renderForMessage(rt, heap.deref(handler)),
      );
    const trap = heap.handle(method);
    return body(trap, target, handler, intercepts);
  } finally {
    rt.leaveNesting();
    heap.closeHandles(scope);
  }
};

/** A global proxy: redirect() left it, so that the current realm may not look behind it. */
const isClosed = (rt: Runtime, proxy: Tagged): boolean => instanceTypeOf(rt, proxy) === InstanceType.JSGlobalProxy;

const isInterceptor = (rt: Runtime, proxy: Tagged): boolean =>
  (rt.heap.getU8(mapOf(rt, proxy), MapObject.BitField) & MapBits.HasNamedInterceptor) !== 0;

const held = (rt: Runtime, word: Tagged): number => rt.heap.handle(word);

const proxyGet = (rt: Runtime, proxy: Tagged, key: Tagged, receiver: Tagged): Tagged => {
  const outer = rt.heap.openHandles();
  try {
    const k = held(rt, key);
    const r = held(rt, receiver);
    if (isPrivateSymbol(rt.heap, key)) return StaticRoot.Undefined;
    return withTrap(rt, proxy, 'get', (trap, target, handler, intercepts) => {
      if (trap === undefined)
        return getPropertyWithReceiver(rt, rt.heap.deref(target), rt.heap.deref(k), rt.heap.deref(r));
      const result = rt.heap.handle(
        rt.call(
          rt.heap.deref(trap),
          rt.heap.deref(handler),
          rt.heap.deref(target),
          keyToValue(rt, rt.heap.deref(k)),
          rt.heap.deref(r),
        ),
      );
      if (intercepts) return rt.heap.deref(result);
      const desc = getOwnProperty(rt, rt.heap.deref(target), rt.heap.deref(k));
      if (desc !== undefined && desc.configurable === false) {
        if (desc.value !== undefined && desc.writable === false && !sameValue(rt, desc.value, rt.heap.deref(result)))
          throwTypeError(rt, 'ProxyGetNonConfigurableData', rt.heap.deref(k), desc.value, rt.heap.deref(result));
        if (
          desc.value === undefined &&
          desc.get === StaticRoot.Undefined &&
          rt.heap.deref(result) !== StaticRoot.Undefined
        )
          throwTypeError(rt, 'ProxyGetNonConfigurableAccessor', rt.heap.deref(k), rt.heap.deref(result));
      }
      return rt.heap.deref(result);
    });
  } finally {
    rt.heap.closeHandles(outer);
  }
};

const proxySet = (
  rt: Runtime,
  proxy: Tagged,
  key: Tagged,
  value: Tagged,
  receiver: Tagged,
  strict: boolean,
): boolean => {
  const outer = rt.heap.openHandles();
  try {
    const k = held(rt, key);
    const v = held(rt, value);
    const r = held(rt, receiver);
    return withTrap(rt, proxy, 'set', (trap, target, handler, intercepts) => {
      const heap = rt.heap;
      if (trap === undefined)
        return setPropertyWithReceiver(rt, rt.heap.deref(target), heap.deref(k), heap.deref(v), heap.deref(r), strict);
      const result = rt.call(
        heap.deref(trap),
        rt.heap.deref(handler),
        rt.heap.deref(target),
        keyToValue(rt, heap.deref(k)),
        heap.deref(v),
        heap.deref(r),
      );
      if (!toBoolean(rt, result)) {
        if (!strict) return false;
        if (intercepts) throwNotAssigned(rt, heap.deref(target), heap.deref(k));
        throwTypeError(rt, 'ProxyTrapReturnedFalsishFor', 'set', heap.deref(k));
      }
      if (intercepts) return true;
      const desc = getOwnProperty(rt, rt.heap.deref(target), heap.deref(k));
      if (desc !== undefined && desc.configurable === false) {
        if (desc.value !== undefined && desc.writable === false && !sameValue(rt, desc.value, heap.deref(v)))
          throwTypeError(rt, 'ProxySetFrozenData', heap.deref(k));
        if (desc.value === undefined && desc.set === StaticRoot.Undefined)
          throwTypeError(rt, 'ProxySetFrozenAccessor', heap.deref(k));
      }
      return true;
    });
  } finally {
    rt.heap.closeHandles(outer);
  }
};

/** Why a global was not assigned: it is read-only, or the sandbox's is. */
const throwNotAssigned = (rt: Runtime, global: Tagged, key: Tagged): never => {
  const own = new LookupIterator(rt).start(global, key, true);
  if (own.found && own.isReadOnly) throwTypeError(rt, 'StrictReadOnlyProperty', key, 'object', '[object Object]');
  throwTypeError(rt, 'RedefineDisallowed', key);
};

/** OrdinarySet's last steps when the receiver is a proxy: defines or redefines through its traps. */
const proxySetOnReceiver = (rt: Runtime, receiver: Tagged, key: Tagged, value: Tagged, strict: boolean): boolean => {
  const heap = rt.heap;
  const scope = heap.openHandles();
  try {
    const r = heap.handle(receiver);
    const k = heap.handle(key);
    const v = heap.handle(value);
    const existing = getOwnProperty(rt, receiver, key);
    if (existing !== undefined) {
      if (existing.value === undefined || existing.writable === false) {
        if (strict) throwTypeError(rt, 'RedefineDisallowed', heap.deref(k));
        return false;
      }
      return defineOwnProperty(rt, heap.deref(r), heap.deref(k), { value: heap.deref(v) }, strict);
    }
    return defineOwnProperty(
      rt,
      heap.deref(r),
      heap.deref(k),
      { value: heap.deref(v), writable: true, enumerable: true, configurable: true },
      strict,
    );
  } finally {
    heap.closeHandles(scope);
  }
};

const proxyHas = (rt: Runtime, proxy: Tagged, key: Tagged): boolean => {
  const outer = rt.heap.openHandles();
  try {
    const k = held(rt, key);
    return withTrap(rt, proxy, 'has', (trap, target, handler, intercepts) => {
      const heap = rt.heap;
      if (trap === undefined) return hasProperty(rt, rt.heap.deref(target), heap.deref(k));
      const result = toBoolean(
        rt,
        rt.call(heap.deref(trap), rt.heap.deref(handler), rt.heap.deref(target), keyToValue(rt, heap.deref(k))),
      );
      if (!result && !intercepts) {
        const desc = getOwnProperty(rt, rt.heap.deref(target), heap.deref(k));
        if (desc !== undefined) {
          if (desc.configurable === false) throwTypeError(rt, 'ProxyHasNonConfigurable', heap.deref(k));
          if (!isExtensible(rt, rt.heap.deref(target))) throwTypeError(rt, 'ProxyHasNonExtensible', heap.deref(k));
        }
      }
      return result;
    });
  } finally {
    rt.heap.closeHandles(outer);
  }
};

const proxyDelete = (rt: Runtime, proxy: Tagged, key: Tagged, strict: boolean): boolean => {
  const outer = rt.heap.openHandles();
  try {
    const k = held(rt, key);
    return withTrap(rt, proxy, 'deleteProperty', (trap, target, handler, intercepts) => {
      const heap = rt.heap;
      if (trap === undefined) return deleteProperty(rt, rt.heap.deref(target), heap.deref(k), strict);
      if (
        !toBoolean(
          rt,
          rt.call(heap.deref(trap), rt.heap.deref(handler), rt.heap.deref(target), keyToValue(rt, heap.deref(k))),
        )
      ) {
        // an interceptor's answer is final, and no failure
        if (!strict || intercepts) return false;
        throwTypeError(rt, 'ProxyTrapReturnedFalsishFor', 'deleteProperty', heap.deref(k));
      }
      if (intercepts) return true;
      const desc = getOwnProperty(rt, rt.heap.deref(target), heap.deref(k));
      if (desc === undefined) return true;
      if (desc.configurable === false) throwTypeError(rt, 'ProxyDeletePropertyNonConfigurable', heap.deref(k));
      if (!isExtensible(rt, rt.heap.deref(target)))
        throwTypeError(rt, 'ProxyDeletePropertyNonExtensible', heap.deref(k));
      return true;
    });
  } finally {
    rt.heap.closeHandles(outer);
  }
};

const proxyGetOwnProperty = (rt: Runtime, proxy: Tagged, key: Tagged): PropertyDescriptor | undefined => {
  const outer = rt.heap.openHandles();
  try {
    const k = held(rt, key);
    return withTrap(rt, proxy, 'getOwnPropertyDescriptor', (trap, target, handler, intercepts) => {
      const heap = rt.heap;
      if (trap === undefined) return getOwnProperty(rt, rt.heap.deref(target), heap.deref(k));
      const result = rt.heap.handle(
        rt.call(heap.deref(trap), rt.heap.deref(handler), rt.heap.deref(target), keyToValue(rt, heap.deref(k))),
      );
      if (!isJSReceiver(rt, rt.heap.deref(result)) && rt.heap.deref(result) !== StaticRoot.Undefined)
        throwTypeError(rt, 'ProxyGetOwnPropertyDescriptorInvalid', heap.deref(k));
      if (intercepts && rt.heap.deref(result) === StaticRoot.Undefined) return undefined;
      const targetDesc = getOwnProperty(rt, rt.heap.deref(target), heap.deref(k));
      if (rt.heap.deref(result) === StaticRoot.Undefined) {
        if (targetDesc === undefined) return undefined;
        if (targetDesc.configurable === false)
          throwTypeError(rt, 'ProxyGetOwnPropertyDescriptorUndefined', heap.deref(k));
        if (!isExtensible(rt, rt.heap.deref(target)))
          throwTypeError(rt, 'ProxyGetOwnPropertyDescriptorNonExtensible', heap.deref(k));
        return undefined;
      }
      const desc = toPropertyDescriptor(rt, rt.heap.deref(result));
      if (desc.get === undefined && desc.set === undefined) {
        desc.value ??= StaticRoot.Undefined;
        desc.writable ??= false;
      } else {
        desc.get ??= StaticRoot.Undefined;
        desc.set ??= StaticRoot.Undefined;
      }
      desc.enumerable ??= false;
      desc.configurable ??= false;
      if (intercepts) return desc;
      if (targetDesc === undefined && !isExtensible(rt, rt.heap.deref(target)))
        throwTypeError(rt, 'ProxyGetOwnPropertyDescriptorIncompatible', heap.deref(k));
      if (!desc.configurable && (targetDesc === undefined || targetDesc.configurable))
        throwTypeError(rt, 'ProxyGetOwnPropertyDescriptorNonConfigurable', heap.deref(k));
      return desc;
    });
  } finally {
    rt.heap.closeHandles(outer);
  }
};

/** IsCompatiblePropertyDescriptor of an existing property. */
const isCompatible = (rt: Runtime, desc: PropertyDescriptor, current: PropertyDescriptor): boolean => {
  if (current.configurable) return true;
  if (desc.configurable === true) return false;
  if (desc.enumerable !== undefined && desc.enumerable !== current.enumerable) return false;
  const isAccessor = desc.get !== undefined || desc.set !== undefined;
  const isData = desc.value !== undefined || desc.writable !== undefined;
  if (!isAccessor && !isData) return true;
  if (current.writable === undefined) {
    const same = (a: Tagged | undefined, b: Tagged | undefined): boolean => a === undefined || a === b;
    return isAccessor && same(desc.get, current.get) && same(desc.set, current.set);
  }
  if (isAccessor) return false;
  if (current.writable) return true;
  return desc.writable !== true && (desc.value === undefined || sameValue(rt, desc.value, current.value!));
};

const proxyDefineOwnProperty = (
  rt: Runtime,
  proxy: Tagged,
  key: Tagged,
  desc: PropertyDescriptor,
  strict: boolean,
): boolean => {
  const heap = rt.heap;
  const outer = heap.openHandles();
  try {
    const k = held(rt, key);
    const words = [desc.value, desc.get, desc.set].map((word) => (word === undefined ? undefined : held(rt, word)));
    const again = (): PropertyDescriptor => ({
      ...desc,
      value: words[0] === undefined ? undefined : heap.deref(words[0]),
      get: words[1] === undefined ? undefined : heap.deref(words[1]),
      set: words[2] === undefined ? undefined : heap.deref(words[2]),
    });
    return withTrap(rt, proxy, 'defineProperty', (trap, target, handler, intercepts) => {
      if (trap === undefined) return defineOwnProperty(rt, rt.heap.deref(target), heap.deref(k), again(), strict);
      const object = fromPropertyDescriptor(rt, again());
      if (
        !toBoolean(
          rt,
          rt.call(
            heap.deref(trap),
            rt.heap.deref(handler),
            rt.heap.deref(target),
            keyToValue(rt, heap.deref(k)),
            object,
          ),
        )
      ) {
        if (!strict) return false;
        if (intercepts) throwTypeError(rt, 'RedefineDisallowed', heap.deref(k));
        throwTypeError(rt, 'ProxyTrapReturnedFalsishFor', 'defineProperty', heap.deref(k));
      }
      if (intercepts) return true;
      const targetDesc = getOwnProperty(rt, rt.heap.deref(target), heap.deref(k));
      if (targetDesc === undefined) {
        if (!isExtensible(rt, rt.heap.deref(target)))
          throwTypeError(rt, 'ProxyDefinePropertyNonExtensible', heap.deref(k));
        if (desc.configurable === false) throwTypeError(rt, 'ProxyDefinePropertyNonConfigurable', heap.deref(k));
        return true;
      }
      const given = again();
      if (!isCompatible(rt, given, targetDesc)) throwTypeError(rt, 'ProxyDefinePropertyIncompatible', heap.deref(k));
      if (targetDesc.configurable) {
        if (desc.configurable === false) throwTypeError(rt, 'ProxyDefinePropertyNonConfigurable', heap.deref(k));
      } else if (targetDesc.writable === true && given.writable === false)
        throwTypeError(rt, 'ProxyDefinePropertyNonConfigurableWritable', heap.deref(k));
      return true;
    });
  } finally {
    heap.closeHandles(outer);
  }
};

const proxyOwnKeys = (rt: Runtime, proxy: Tagged): Tagged[] => (isClosed(rt, proxy) ? [] : trappedOwnKeys(rt, proxy));

const trappedOwnKeys = (rt: Runtime, proxy: Tagged): Tagged[] =>
  withTrap(rt, proxy, 'ownKeys', (trap, target, handler, intercepts) => {
    const heap = rt.heap;
    if (trap === undefined) return ownPropertyKeys(rt, rt.heap.deref(target));
    const list = createListFromArrayLike(rt, rt.call(heap.deref(trap), rt.heap.deref(handler), rt.heap.deref(target)));
    const handles = list.map((word) => heap.handle(word));
    for (let i = 0; i < handles.length; i++) {
      const word = heap.deref(handles[i]!);
      if (!isName(rt, word)) throwTypeError(rt, 'NotPropertyName', word);
      heap.setHandle(handles[i]!, keyToName(rt, word));
    }
    if (intercepts) return handles.map((handle) => heap.deref(handle));
    const seen = new Set(handles.map((handle) => heap.deref(handle)));
    if (seen.size !== handles.length) throwTypeError(rt, 'ProxyOwnKeysDuplicateEntries');
    const extensible = isExtensible(rt, rt.heap.deref(target));
    const targetKeys = ownPropertyKeys(rt, rt.heap.deref(target)).map((key) => heap.handle(keyToName(rt, key)));
    for (const handle of targetKeys) {
      const desc = getOwnProperty(rt, rt.heap.deref(target), heap.deref(handle));
      const present = handles.some((h) => heap.deref(h) === heap.deref(handle));
      if (!present && (!extensible || desc?.configurable === false))
        throwTypeError(rt, 'ProxyOwnKeysMissing', heap.deref(handle));
    }
    if (!extensible && targetKeys.length !== handles.length) throwTypeError(rt, 'ProxyOwnKeysNonExtensible');
    return handles.map((handle) => heap.deref(handle));
  });

const proxyGetPrototypeOf = (rt: Runtime, proxy: Tagged): Tagged =>
  isClosed(rt, proxy) ? StaticRoot.Null : trappedGetPrototypeOf(rt, proxy);

const trappedGetPrototypeOf = (rt: Runtime, proxy: Tagged): Tagged =>
  withTrap(rt, proxy, 'getPrototypeOf', (trap, target, handler) => {
    if (trap === undefined) return getPrototypeOf(rt, rt.heap.deref(target));
    const result = rt.heap.handle(rt.call(rt.heap.deref(trap), rt.heap.deref(handler), rt.heap.deref(target)));
    if (!isJSReceiver(rt, rt.heap.deref(result)) && rt.heap.deref(result) !== StaticRoot.Null)
      throwTypeError(rt, 'ProxyGetPrototypeOfInvalid');
    if (!isExtensible(rt, rt.heap.deref(target)) && getPrototypeOf(rt, rt.heap.deref(target)) !== rt.heap.deref(result))
      throwTypeError(rt, 'ProxyGetPrototypeOfNonExtensible');
    return rt.heap.deref(result);
  });

const proxySetPrototypeOf = (rt: Runtime, proxy: Tagged, prototype: Tagged, strict: boolean): boolean => {
  const outer = rt.heap.openHandles();
  try {
    const p = held(rt, prototype);
    return withTrap(rt, proxy, 'setPrototypeOf', (trap, target, handler) => {
      if (trap === undefined) return setPrototypeOf(rt, rt.heap.deref(target), rt.heap.deref(p), strict);
      if (
        !toBoolean(rt, rt.call(rt.heap.deref(trap), rt.heap.deref(handler), rt.heap.deref(target), rt.heap.deref(p)))
      ) {
        if (strict) throwTypeError(rt, 'ProxyTrapReturnedFalsishFor', 'setPrototypeOf', 'undefined');
        return false;
      }
      if (!isExtensible(rt, rt.heap.deref(target)) && getPrototypeOf(rt, rt.heap.deref(target)) !== rt.heap.deref(p))
        throwTypeError(rt, 'ProxySetPrototypeOfNonExtensible');
      return true;
    });
  } finally {
    rt.heap.closeHandles(outer);
  }
};

const proxyIsExtensible = (rt: Runtime, proxy: Tagged): boolean =>
  isClosed(rt, proxy) || trappedIsExtensible(rt, proxy);

const trappedIsExtensible = (rt: Runtime, proxy: Tagged): boolean =>
  withTrap(rt, proxy, 'isExtensible', (trap, target, handler) => {
    if (trap === undefined) return isExtensible(rt, rt.heap.deref(target));
    const result = toBoolean(rt, rt.call(rt.heap.deref(trap), rt.heap.deref(handler), rt.heap.deref(target)));
    if (result !== isExtensible(rt, rt.heap.deref(target)))
      throwTypeError(rt, 'ProxyIsExtensibleInconsistent', String(!result));
    return result;
  });

/** @param attributes what freezing and sealing ask for; of importance to globals that are intercepted only: they stay as they are */
const proxyPreventExtensions = (rt: Runtime, proxy: Tagged, attributes: number, strict: boolean): boolean =>
  withTrap(rt, proxy, 'preventExtensions', (trap, target, handler, intercepts) => {
    if (intercepts) return strict ? throwCannotPreventExtensions(rt, attributes) : false;
    if (trap === undefined) return preventExtensions(rt, rt.heap.deref(target), 0, strict);
    if (!toBoolean(rt, rt.call(rt.heap.deref(trap), rt.heap.deref(handler), rt.heap.deref(target)))) {
      if (strict) throwTypeError(rt, 'ProxyTrapReturnedFalsish', 'preventExtensions');
      return false;
    }
    if (isExtensible(rt, rt.heap.deref(target))) throwTypeError(rt, 'ProxyPreventExtensionsExtensible');
    return true;
  });

const throwCannotPreventExtensions = (rt: Runtime, attributes: number): never => {
  if (attributes === PropertyAttributes.Frozen) throwTypeError(rt, 'CannotFreeze');
  throwTypeError(rt, attributes === 0 ? 'CannotPreventExt' : 'CannotSeal');
};

/** [[Call]] of a proxy. */
export const proxyCall = (rt: Runtime, proxy: Tagged, receiver: Tagged, args: readonly Tagged[]): Tagged => {
  const outer = rt.heap.openHandles();
  try {
    const r = held(rt, receiver);
    const handles = args.map((word) => held(rt, word));
    return withTrap(rt, proxy, 'apply', (trap, target, handler) => {
      const words = handles.map((handle) => rt.heap.deref(handle));
      if (trap === undefined) return rt.hooks.call(rt.heap.deref(target), rt.heap.deref(r), words);
      return rt.call(
        rt.heap.deref(trap),
        rt.heap.deref(handler),
        rt.heap.deref(target),
        rt.heap.deref(r),
        rt.factory.newJSArrayFrom(words),
      );
    });
  } finally {
    rt.heap.closeHandles(outer);
  }
};

/** [[Construct]] of a proxy. */
export const proxyConstruct = (rt: Runtime, proxy: Tagged, args: readonly Tagged[], newTarget: Tagged): Tagged => {
  const outer = rt.heap.openHandles();
  try {
    const n = held(rt, newTarget);
    const handles = args.map((word) => held(rt, word));
    return withTrap(rt, proxy, 'construct', (trap, target, handler) => {
      const words = handles.map((handle) => rt.heap.deref(handle));
      if (trap === undefined) return rt.construct(rt.heap.deref(target), words, rt.heap.deref(n));
      const result = rt.call(
        rt.heap.deref(trap),
        rt.heap.deref(handler),
        rt.heap.deref(target),
        rt.factory.newJSArrayFrom(words),
        rt.heap.deref(n),
      );
      if (!isJSReceiver(rt, result)) throwTypeError(rt, 'ProxyConstructNonObject');
      return result;
    });
  } finally {
    rt.heap.closeHandles(outer);
  }
};

/**
 * Has `handler` asked about the current realm's global object before that is; `this` and `globalThis` stay the global proxy.
 * @param sandbox whose properties it says the globals are: what is plain data in it is read and written without asking
 */
export const interceptGlobal = (rt: Runtime, handler: Tagged, sandbox: Tagged): void => {
  rt.setIntrinsic(NativeContextSlot.SandboxObject, sandbox);
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const proxy = heap.handle(newProxy(rt, interceptorMap(rt), rt.intrinsic(NativeContextSlot.GlobalObject), handler));
    const map = mapOf(rt, rt.intrinsic(NativeContextSlot.GlobalProxy));
    heap.set(map, MapObject.Prototype, heap.deref(proxy));
  } finally {
    heap.closeHandles(scope);
  }
};

const interceptorMap = (rt: Runtime): Tagged => {
  const map = rt.factory.newMap(InstanceType.JSProxy, JSProxy.Size, ElementsKind.Holey, 0);
  rt.heap.setU8(map, MapObject.BitField, rt.heap.getU8(map, MapObject.BitField) | MapBits.HasNamedInterceptor);
  return map;
};

const newProxy = (rt: Runtime, map: Tagged, target: Tagged, handler: Tagged): Tagged => {
  const proxy = rt.factory.newJSObject(map);
  rt.heap.set(proxy, JSProxy.Target, target);
  rt.heap.set(proxy, JSProxy.Handler, handler);
  return proxy;
};

/** ProxyCreate. */
export const proxyCreate = (rt: Runtime, target: Tagged, handler: Tagged): Tagged => {
  if (!isJSReceiver(rt, target) || !isJSReceiver(rt, handler)) throwTypeError(rt, 'ProxyNonObject');
  const slot = !isCallable(rt, target)
    ? NativeContextSlot.ProxyMap
    : isConstructor(rt, target)
      ? NativeContextSlot.ProxyConstructorMap
      : NativeContextSlot.ProxyCallableMap;
  return newProxy(rt, rt.intrinsic(slot), target, handler);
};

/** What happens to a proxy, by internal method. Who may meet one asks `rt.proxies`: a trap may do anything, what asks included. */
export const proxyMethods = {
  get: proxyGet,
  set: proxySet,
  setOnReceiver: proxySetOnReceiver,
  has: proxyHas,
  delete: proxyDelete,
  getOwnProperty: proxyGetOwnProperty,
  defineOwnProperty: proxyDefineOwnProperty,
  ownKeys: proxyOwnKeys,
  getPrototypeOf: proxyGetPrototypeOf,
  setPrototypeOf: proxySetPrototypeOf,
  isExtensible: proxyIsExtensible,
  preventExtensions: proxyPreventExtensions,
} as const;
