// for-in: the enum cache of fast objects, or a list of keys along the prototype chain.

import { Space, type Tagged } from '../heap/index.ts';
import {
  enumCacheKeys,
  enumLength,
  InstanceType,
  isDictionaryMap,
  JSObject,
  MapObject,
  StaticRoot,
} from '../objects/index.ts';
import { getOwnProperty } from './define-property.ts';
import { hasProperty } from './get-property.ts';
import { LookupIterator, LookupState } from './lookup-iterator.ts';
import { getPrototypeOf, ownPropertyKeys } from './object-methods.ts';
import { keyToValue, ordinaryOwnKeys } from './ordinary-objects.ts';
import { isExotic } from './own-properties.ts';
import { toObject } from './primitive-conversions.ts';
import { renderForMessage } from './rendering.ts';
import type { Runtime } from './runtime.ts';
import { instanceTypeOf, isJSReceiver, isSymbol, mapOf } from './values.ts';

/**
 * ForInEnumerate: the receiver's Map when its enum cache says it all (fast properties, no elements, nothing enumerable on
 * the chain), else a FixedArray of key strings. May run JavaScript (proxies).
 */
export const forInEnumerate = (rt: Runtime, receiver: Tagged): Tagged => {
  const heap = rt.heap;
  const map = mapOf(rt, receiver);
  if (
    !hasKeysOfItsOwn(heap.getU16(map, MapObject.InstanceType)) &&
    !isDictionaryMap(heap, map) &&
    heap.get(receiver, JSObject.Elements) === StaticRoot.EmptyFixedArray &&
    chainHasNoEnumerables(rt, heap.get(map, MapObject.Prototype))
  ) {
    enumCacheKeys(heap, rt.factory, map);
    return map;
  }
  return forInKeys(rt, receiver);
};

/** Kinds of objects whose keys neither map nor elements tell: proxies, globals, wrapped strings, typed arrays, namespaces. */
const hasKeysOfItsOwn = (type: InstanceType): boolean =>
  type <= InstanceType.JSPrimitiveWrapper ||
  type === InstanceType.JSTypedArray ||
  type === InstanceType.JSModuleNamespace;

const chainHasNoEnumerables = (rt: Runtime, object: Tagged): boolean => {
  const heap = rt.heap;
  for (; object !== StaticRoot.Null; object = heap.get(mapOf(rt, object), MapObject.Prototype)) {
    const type = instanceTypeOf(rt, object);
    if (hasKeysOfItsOwn(type)) return false;
    if (heap.get(object, JSObject.Elements) !== StaticRoot.EmptyFixedArray) return false;
    const map = mapOf(rt, object);
    if (isDictionaryMap(heap, map)) {
      const it = new LookupIterator(rt);
      for (const key of ordinaryOwnKeys(rt, object))
        if (!isSymbol(rt, key) && it.start(object, key, true).isEnumerable) return false;
    } else if (enumLength(heap, map) !== 0) {
      return false;
    }
  }
  return true;
};

/** All enumerable string keys along the chain, each once, shadowed ones left out. */
const forInKeys = (rt: Runtime, receiver: Tagged): Tagged => {
  const { heap, factory } = rt;
  const scope = heap.openHandles();
  try {
    const object = heap.handle(receiver);
    const seen = new Set<string>();
    const result: number[] = [];
    while (heap.deref(object) !== StaticRoot.Null) {
      const exotic = isExotic(rt, heap.deref(object));
      const keys = ownPropertyKeys(rt, heap.deref(object)).map((key) => heap.handle(key));
      const it = new LookupIterator(rt);
      for (const handle of keys) {
        if (isSymbol(rt, heap.deref(handle))) continue;
        const text = renderForMessage(rt, heap.deref(handle));
        if (seen.has(text)) continue;
        seen.add(text);
        const enumerable = exotic
          ? (getOwnProperty(rt, heap.deref(object), heap.deref(handle))?.enumerable ?? false)
          : it.start(heap.deref(object), heap.deref(handle), true).isEnumerable;
        if (enumerable) {
          heap.setHandle(handle, keyToValue(rt, heap.deref(handle)));
          result.push(handle);
        }
      }
      heap.setHandle(object, getPrototypeOf(rt, heap.deref(object)));
    }
    return factory.newFixedArrayFrom(
      result.map((handle) => factory.internalizeString(heap.deref(handle))),
      Space.Young,
    );
  } finally {
    heap.closeHandles(scope);
  }
};

/** ForInFilter: the key if the receiver still has it (enumerable), else undefined. May run JavaScript (proxies). */
export const forInFilter = (rt: Runtime, receiver: Tagged, key: Tagged): Tagged => {
  const scope = rt.heap.openHandles();
  try {
    const k = rt.heap.handle(key);
    const object = isJSReceiver(rt, receiver) ? receiver : toObject(rt, receiver);
    const it = new LookupIterator(rt).start(object, key);
    if (it.state === LookupState.Proxy)
      return hasProperty(rt, object, rt.heap.deref(k)) ? rt.heap.deref(k) : StaticRoot.Undefined;
    return it.found && it.state !== LookupState.TypedArrayOutOfBounds ? rt.heap.deref(k) : StaticRoot.Undefined;
  } finally {
    rt.heap.closeHandles(scope);
  }
};
