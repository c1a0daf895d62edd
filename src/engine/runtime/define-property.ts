// [[GetOwnProperty]] and [[DefineOwnProperty]] of any object, CreateDataProperty, and descriptors as objects.

import type { Immovable, Tagged } from '../heap/index.ts';
import {
  addDataProperty,
  InstanceType,
  isExtensibleMap,
  PropertyAttributes,
  StaticRoot,
  SymbolFlags,
  SymbolObject,
  setOwnDataValue,
} from '../objects/index.ts';
import { throwTypeError } from './errors.ts';
import { getProperty, hasProperty } from './get-property.ts';
import { newPlainObject } from './initial-maps.ts';
import { LookupIterator, LookupState, redirect } from './lookup-iterator.ts';
import {
  addOwnProperty,
  cannot,
  defineOnNamespace,
  defineOrdinary,
  describe,
  isModuleNamespace,
  isProxy,
  type PropertyDescriptor,
} from './own-properties.ts';
import { setOwnElement, toArrayLength, typedArraySetElement } from './own-stores.ts';
import { renderForMessage } from './rendering.ts';
import type { Runtime } from './runtime.ts';
import {
  hasInstanceType,
  isCallable,
  isJSReceiver,
  isPrivateName,
  isSymbol,
  mapOf,
  privateNameText,
  toBoolean,
  toOddball,
} from './values.ts';

/** [[GetOwnProperty]] of a JSReceiver. May run JavaScript (proxies). */
export const getOwnProperty = (rt: Runtime, object: Tagged, key: Tagged): PropertyDescriptor | undefined => {
  const it = new LookupIterator(rt).start(object, key, true);
  return it.state === LookupState.Proxy ? rt.proxies.getOwnProperty(rt, it.holder, key) : describe(rt, it);
};

/** [[DefineOwnProperty]] of a JSReceiver; with `strict` a failure throws. May run JavaScript (proxies, array length). */
export const defineOwnProperty = (
  rt: Runtime,
  object: Tagged,
  key: Tagged,
  desc: PropertyDescriptor,
  strict: boolean,
): boolean => {
  object = redirect(rt, object);
  if (isProxy(rt, object)) return rt.proxies.defineOwnProperty(rt, object, key, desc, strict);
  if (isModuleNamespace(rt, object) && !isSymbol(rt, key)) return defineOnNamespace(rt, object, key, desc, strict);
  const heap = rt.heap;
  const it = new LookupIterator(rt).start(object, key, true);
  if (desc.value !== undefined && it.name === rt.names.length && hasInstanceType(rt, object, InstanceType.JSArray)) {
    const scope = heap.openHandles();
    const array = heap.handle(object);
    const value = rt.factory.newNumber(toArrayLength(rt, desc.value));
    object = heap.deref(array);
    heap.closeHandles(scope);
    key = rt.names.length;
    desc = { ...desc, value };
    it.start(object, key, true);
  }
  const isElement = it.index >= 0 && hasInstanceType(rt, object, InstanceType.JSTypedArray);
  return isElement || it.state === LookupState.TypedArrayOutOfBounds
    ? defineTypedElement(rt, object, key, desc, strict, it)
    : defineOrdinary(rt, object, key, desc, strict, it);
};

/** §10.4.5.3: an element is writable, enumerable and configurable, and stays so. May run JavaScript (a conversion). */
const defineTypedElement = (
  rt: Runtime,
  array: Tagged,
  key: Tagged,
  desc: PropertyDescriptor,
  strict: boolean,
  it: LookupIterator,
): boolean => {
  if (it.state === LookupState.TypedArrayOutOfBounds) return cannot(rt, strict, 'InvalidTypedArrayIndex');
  const isAccessor = desc.get !== undefined || desc.set !== undefined;
  if (isAccessor || desc.configurable === false || desc.enumerable === false || desc.writable === false)
    return cannot(rt, strict, 'RedefineDisallowed', key);
  if (desc.value !== undefined) typedArraySetElement(rt, array, it.index, desc.value);
  return true;
};

/** CreateDataProperty. May run JavaScript (proxies). */
export const createDataProperty = (
  rt: Runtime,
  object: Tagged,
  key: Tagged,
  value: Tagged,
  strict = false,
): boolean => {
  const it = new LookupIterator(rt).start(object, key, true);
  const target = redirect(rt, object);
  const isPrivate = it.index < 0 && isPrivateName(rt, it.name);
  if (it.state === LookupState.NotFound) {
    // a proxy has private names alone
    if (!isPrivate && !isExtensibleMap(rt.heap, mapOf(rt, target))) return cannot(rt, strict, 'DefineDisallowed', key);
    return addOwnProperty(rt, target, it, value, PropertyAttributes.None, strict, key);
  }
  if (isPrivate)
    throwTypeError(
      rt,
      (rt.heap.getI32(it.name, SymbolObject.Flags) & SymbolFlags.PrivateBrand) !== 0
        ? 'InvalidPrivateBrandReinitialization'
        : 'InvalidPrivateFieldReinitialization',
      privateNameText(rt, it.name),
    );
  if (it.state === LookupState.Data && it.attributes === PropertyAttributes.None) {
    if (it.index < 0) setOwnDataValue(rt.heap, rt.factory, target, it.name, value);
    else setOwnElement(rt, target, it.index, value);
    return true;
  }
  return defineOwnProperty(rt, object, key, { value, writable: true, enumerable: true, configurable: true }, strict);
};

export const createDataPropertyOrThrow = (rt: Runtime, object: Tagged, key: Tagged, value: Tagged): boolean =>
  createDataProperty(rt, object, key, value, true);

/** ToPropertyDescriptor. May run JavaScript; the record's words are raw. */
export const toPropertyDescriptor = (rt: Runtime, object: Tagged): PropertyDescriptor => {
  if (!isJSReceiver(rt, object)) throwTypeError(rt, 'PropertyDescObject', object);
  const heap = rt.heap;
  const scope = heap.openHandles();
  try {
    const o = heap.handle(object);
    const desc: PropertyDescriptor = {};
    const names = rt.names;
    const read = (name: Immovable): number | undefined =>
      hasProperty(rt, heap.deref(o), name) ? heap.handle(getProperty(rt, heap.deref(o), name)) : undefined;
    const enumerable = read(names.enumerable);
    const configurable = read(names.configurable);
    const value = read(names.value);
    const writable = read(names.writable);
    const get = read(names.get);
    const set = read(names.set);
    if (enumerable !== undefined) desc.enumerable = toBoolean(rt, heap.deref(enumerable));
    if (configurable !== undefined) desc.configurable = toBoolean(rt, heap.deref(configurable));
    if (value !== undefined) desc.value = heap.deref(value);
    if (writable !== undefined) desc.writable = toBoolean(rt, heap.deref(writable));
    if (get !== undefined) {
      desc.get = heap.deref(get);
      if (desc.get !== StaticRoot.Undefined && !isCallable(rt, desc.get))
        throwTypeError(rt, 'ObjectGetterCallable', desc.get);
    }
    if (set !== undefined) {
      desc.set = heap.deref(set);
      if (desc.set !== StaticRoot.Undefined && !isCallable(rt, desc.set))
        throwTypeError(rt, 'ObjectSetterCallable', desc.set);
    }
    if ((desc.get !== undefined || desc.set !== undefined) && (desc.value !== undefined || desc.writable !== undefined))
      throwTypeError(rt, 'ValueAndAccessor', `, ${renderForMessage(rt, heap.deref(o))}`);
    return desc;
  } finally {
    heap.closeHandles(scope);
  }
};

/** FromPropertyDescriptor. */
export const fromPropertyDescriptor = (rt: Runtime, desc: PropertyDescriptor | undefined): Tagged => {
  if (desc === undefined) return StaticRoot.Undefined;
  const object = newPlainObject(rt);
  const add = (name: Tagged, value: Tagged): void => addDataProperty(rt.heap, rt.factory, object, name, value);
  if (desc.value !== undefined) add(rt.names.value, desc.value);
  if (desc.writable !== undefined) add(rt.names.writable, toOddball(desc.writable));
  if (desc.get !== undefined) add(rt.names.get, desc.get);
  if (desc.set !== undefined) add(rt.names.set, desc.set);
  if (desc.enumerable !== undefined) add(rt.names.enumerable, toOddball(desc.enumerable));
  if (desc.configurable !== undefined) add(rt.names.configurable, toOddball(desc.configurable));
  return object;
};
