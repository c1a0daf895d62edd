// [[Call]] and [[Construct]] of proxies (ECMA-262 §10.5.12, §10.5.13), by nested dispatchers.

import type { Tagged } from '../../heap/index.ts';
import { InstanceType, JSProxy, StaticRoot } from '../../objects/index.ts';
import {
  getMethod,
  hasInstanceType,
  isJSReceiver,
  type Runtime,
  renderForMessage,
  throwTypeError,
} from '../../runtime/index.ts';

const handlerOf = (rt: Runtime, proxy: Tagged, trap: string): Tagged => {
  const handler = rt.heap.get(proxy, JSProxy.Handler);
  if (handler === StaticRoot.Null) throwTypeError(rt, 'ProxyRevoked', trap);
  return handler;
};

export const proxyCall = (rt: Runtime, proxy: Tagged, receiver: Tagged, args: Tagged[]): Tagged => {
  const heap = rt.heap;
  const scope = heap.openHandles();
  try {
    const p = heap.handle(proxy);
    const r = heap.handle(receiver);
    const handles = args.map((word) => heap.handle(word));
    let trap = getMethod(rt, handlerOf(rt, proxy, 'apply'), rt.names.apply);
    let target = heap.get(heap.deref(p), JSProxy.Target);
    // a chain of proxies without the trap takes no stack
    while (trap === StaticRoot.Undefined && hasInstanceType(rt, target, InstanceType.JSProxy)) {
      heap.setHandle(p, target);
      trap = getMethod(rt, handlerOf(rt, target, 'apply'), rt.names.apply);
      target = heap.get(heap.deref(p), JSProxy.Target);
    }
    const current = handles.map((handle) => heap.deref(handle));
    if (trap === StaticRoot.Undefined) return rt.hooks.call(target, heap.deref(r), current);
    return rt.call(
      trap,
      heap.get(heap.deref(p), JSProxy.Handler),
      target,
      heap.deref(r),
      rt.factory.newJSArrayFrom(current),
    );
  } finally {
    heap.closeHandles(scope);
  }
};

export const proxyConstruct = (rt: Runtime, proxy: Tagged, args: Tagged[], newTarget: Tagged): Tagged => {
  const heap = rt.heap;
  const scope = heap.openHandles();
  try {
    const p = heap.handle(proxy);
    const n = heap.handle(newTarget);
    const handles = args.map((word) => heap.handle(word));
    const trap = getMethod(rt, handlerOf(rt, proxy, 'construct'), rt.names.construct);
    const current = handles.map((handle) => heap.deref(handle));
    const target = heap.get(heap.deref(p), JSProxy.Target);
    if (trap === StaticRoot.Undefined) return rt.construct(target, current, heap.deref(n));
    const result = rt.call(
      trap,
      heap.get(heap.deref(p), JSProxy.Handler),
      target,
      rt.factory.newJSArrayFrom(current),
      heap.deref(n),
    );
    if (!isJSReceiver(rt, result)) throwTypeError(rt, 'ProxyConstructNonObject', renderForMessage(rt, result));
    return result;
  } finally {
    heap.closeHandles(scope);
  }
};
