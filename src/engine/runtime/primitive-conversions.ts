// Conversions (ECMA-262 §7.1) that run no JavaScript: of primitives, and ToObject. They throw, where the specification does.

import type { Tagged } from '../heap/index.ts';
import {
  HeapNumber,
  InstanceType,
  JSPrimitiveWrapper,
  JSProxy,
  Oddball,
  StaticRoot,
  toHostString,
} from '../objects/index.ts';
import { throwTypeError } from './errors.ts';
import { NativeContextSlot } from './native-context.ts';
import type { Runtime } from './runtime.ts';
import {
  instanceTypeOf,
  isJSReceiver,
  isName,
  isSymbol,
  isUndefinedOrNull,
  primitiveText,
  stringToNumber,
  wrapperMap,
} from './values.ts';

/** IsArray (§7.2.2): looks through proxies. @param operation what a revoked proxy is told about */
export const isArray = (rt: Runtime, value: Tagged, operation = 'IsArray'): boolean => {
  for (;;) {
    if ((value & 1) === 0) return false;
    const type = instanceTypeOf(rt, value);
    if (type === InstanceType.JSArray) return true;
    if (type !== InstanceType.JSProxy) return false;
    const handler = rt.heap.get(value, JSProxy.Handler);
    if (handler === StaticRoot.Null) throwTypeError(rt, 'ProxyRevoked', operation);
    value = rt.heap.get(value, JSProxy.Target);
  }
};

/** ToNumber of a primitive value as a host number. Throws a TypeError for a symbol and a BigInt. */
export const primitiveToNumber = (rt: Runtime, value: Tagged): number => {
  if ((value & 1) === 0) return value >> 1;
  const { heap } = rt;
  const type = instanceTypeOf(rt, value);
  if (type === InstanceType.HeapNumber) return heap.f64[(value + HeapNumber.Value - 1) >> 3]!;
  if (type === InstanceType.Oddball) return heap.f64[(value + Oddball.ToNumberRaw - 1) >> 3]!;
  if (type < InstanceType.FirstNonstring) return stringToNumber(toHostString(heap, value));
  return throwTypeError(rt, type === InstanceType.Symbol ? 'SymbolToNumber' : 'BigIntToNumber');
};

// --- ToString ---------------------------------------------------------------------------------------------------------

/** ToString of a primitive value. Runs no JavaScript; throws a TypeError for a symbol. */
export const primitiveToString = (rt: Runtime, value: Tagged): Tagged =>
  isSymbol(rt, value) ? throwTypeError(rt, 'SymbolToString') : primitiveText(rt, value);

/** ToString of a primitive value as a host string. Runs no JavaScript; throws a TypeError for a symbol. */
export const primitiveToHost = (rt: Runtime, value: Tagged): string =>
  toHostString(rt.heap, primitiveToString(rt, value));

/** ToPropertyKey of a primitive value. Runs no JavaScript. */
export const primitiveToPropertyKey = (rt: Runtime, value: Tagged): Tagged =>
  isName(rt, value) || ((value & 1) === 0 && value >= 0) ? value : primitiveToString(rt, value);

// --- ToObject ---------------------------------------------------------------------------------------------------------

/** ToObject. Does not run JavaScript; throws a TypeError for undefined and null. */
export const toObject = (rt: Runtime, value: Tagged, method = ''): Tagged => {
  if (isJSReceiver(rt, value)) return value;
  if (isUndefinedOrNull(value)) {
    if (method !== '') throwTypeError(rt, 'CalledOnNullOrUndefined', method);
    throwTypeError(rt, 'UndefinedOrNullToObject');
  }
  const wrapper = rt.factory.newJSObject(wrapperMap(rt, value));
  rt.heap.set(wrapper, JSPrimitiveWrapper.Value, value);
  return wrapper;
};

/** Receiver of a sloppy function (OrdinaryCallBindThis). */
export const convertReceiver = (rt: Runtime, receiver: Tagged): Tagged =>
  isUndefinedOrNull(receiver) ? rt.intrinsic(NativeContextSlot.GlobalProxy) : toObject(rt, receiver);
