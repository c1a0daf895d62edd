// `object[key]` with any value as the key. May run JavaScript.

import type { Tagged } from '../heap/index.ts';
import { toPropertyKey } from './conversions.ts';
import { throwLoadFromNullOrUndefined, throwStoreToNullOrUndefined } from './errors.ts';
import { getProperty } from './get-property.ts';
import { primitiveToPropertyKey } from './primitive-conversions.ts';
import type { Runtime } from './runtime.ts';
import { setProperty } from './set-property.ts';
import { isJSReceiver, isUndefinedOrNull } from './values.ts';

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
