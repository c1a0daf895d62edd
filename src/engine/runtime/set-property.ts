// [[Set]] (ECMA-262 §10.1, proxies in proxy.ts) and Set of §7.3. May run JavaScript.

import type { Tagged } from '../heap/index.ts';
import { AccessorPair, PropertyAttributes, StaticRoot, setOwnDataValue } from '../objects/index.ts';
import { defineOwnProperty } from './define-property.ts';
import { throwStoreToNullOrUndefined, throwTypeError } from './errors.ts';
import { LookupIterator, LookupState, redirect } from './lookup-iterator.ts';
import type { MessageTemplate } from './messages.ts';
import {
  addOwnProperty,
  cannot,
  isModuleNamespace,
  isPrivateKey,
  isProxy,
  notifyPropertyAdded,
} from './own-properties.ts';
import { setNativeAccessor, setOwnElement, typedArraySetElement } from './own-stores.ts';
import type { Runtime } from './runtime.ts';
import {
  isCallable,
  isJSReceiver,
  isPrivateName,
  isUndefinedOrNull,
  mapOf,
  privateNameText,
  typeOf,
} from './values.ts';

/** Set: assignment to `object.key`. In strict code failures throw; otherwise they return false. May run JavaScript. */
export const setProperty = (rt: Runtime, object: Tagged, key: Tagged, value: Tagged, strict: boolean): boolean => {
  if (isUndefinedOrNull(object)) throwStoreToNullOrUndefined(rt, object, key);
  if (rt.isInterrupted) [object, key, value] = rt.serveInterrupt(object, key, value) as [Tagged, Tagged, Tagged];
  return setPropertyWithReceiver(rt, object, key, value, object, strict);
};

/** A store that the receiver, which is no proxy, refuses: what is there is read-only, or a primitive takes no properties. */
const cannotStore = (rt: Runtime, strict: boolean, template: MessageTemplate, key: Tagged, receiver: Tagged): false =>
  strict ? throwTypeError(rt, template, key, typeOf(rt, receiver), receiver) : false;

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
      return rt.proxies.set(rt, it.holder, key, value, receiver, strict);
    case LookupState.TypedArrayOutOfBounds:
      // TypedArraySetElement converts the value, whatever the numeric key: in V8 for receivers that inherit from the array too
      typedArraySetElement(rt, it.holder, Number.POSITIVE_INFINITY, value);
      return true;
    case LookupState.Accessor: {
      const accessor = it.value;
      if (mapOf(rt, accessor) === StaticRoot.AccessorInfoMap) {
        if (it.isReadOnly || isModuleNamespace(rt, it.holder))
          return cannotStore(rt, strict, 'StrictReadOnlyProperty', key, receiver);
        if (it.holder === target) return setNativeAccessor(rt, it.holder, accessor, value, strict);
        break;
      }
      // As `callee` of unmapped arguments objects is.
      if (it.isReadOnly) return cannotStore(rt, strict, 'StrictReadOnlyProperty', key, receiver);
      const setter = heap.get(accessor, AccessorPair.Setter);
      if (!isCallable(rt, setter)) return cannot(rt, strict, 'NoSetterInCallback', key, it.holder);
      rt.call(setter, receiver, value);
      return true;
    }
    case LookupState.Data:
      if (it.isReadOnly) return cannotStore(rt, strict, 'StrictReadOnlyProperty', key, receiver);
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
  if (!isJSReceiver(rt, receiver)) return cannotStore(rt, strict, 'StrictCannotCreateProperty', key, receiver);
  if (object !== receiver && target !== it.holder) {
    const existing = new LookupIterator(rt).start(receiver, key, true);
    if (existing.state === LookupState.Proxy) return rt.proxies.setOnReceiver(rt, receiver, key, value, strict);
    if (existing.state === LookupState.Accessor && mapOf(rt, existing.value) !== StaticRoot.AccessorInfoMap) {
      return cannot(rt, strict, 'RedefineDisallowed', key);
    }
    if (existing.found) {
      if (existing.isReadOnly) return cannotStore(rt, strict, 'StrictReadOnlyProperty', key, receiver);
      return defineOwnProperty(rt, target, key, { value }, strict);
    }
  }
  return addProperty(rt, target, it, value, strict, key);
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
    ? rt.proxies.setOnReceiver(rt, object, key, value, strict)
    : addOwnProperty(rt, object, it, value, PropertyAttributes.None, strict, key);

/** Writes array element `index` of a JSReceiver with [[Set]], throwing on failure. May run JavaScript. */
export const setIndex = (rt: Runtime, object: Tagged, index: number, value: Tagged): void => {
  setProperty(rt, object, rt.factory.newNumber(index), value, true);
};
