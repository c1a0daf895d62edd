// Handlers of property access: the inline caches' slow ends, super, deletes.

import {
  defineInLiteral,
  defineKeyedOwn,
  defineNamedOwn,
  loadKeyed,
  loadNamed,
  loadSuper,
  storeInArrayLiteral,
  storeKeyed,
  storeNamed,
} from '../../feedback/index.ts';
import { isSmi } from '../../heap/index.ts';
import {
  enumCacheIndices,
  enumCacheKeys,
  FixedArray,
  fieldByEnumIndex,
  HeapObject,
  JSFunction,
  MapObject,
  SharedFunctionFlags,
  SharedFunctionInfo,
} from '../../objects/index.ts';
import {
  createDataPropertyOrThrow,
  deleteProperty,
  isUndefinedOrNull,
  primitiveToPropertyKey,
  renderForMessage,
  setFunctionName,
  throwTypeError,
  toObject,
  toOddball,
  toPropertyKey,
} from '../../runtime/index.ts';
import type { Interpreter } from '../interpreter.ts';
import { Next } from '../next.ts';

type Handler = (t: Interpreter) => Next;

export const isStrictFunction = (t: Interpreter): boolean =>
  (t.heap.getI32(t.heap.get(t.closure, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags) &
    SharedFunctionFlags.Strict) !==
  0;

export const GetNamedProperty: Handler = (t) => {
  const receiver = t.reg(t.ops[0]!);
  const name = t.constant(t.ops[1]!);
  t.acc = loadNamed(t.rt, t.vector, t.ops[2]!, receiver, name);
  return Next.Continue;
};

export const GetNamedPropertyFromSuper: Handler = (t) => {
  const home = t.acc;
  const prototype = t.heap.get(t.heap.get(home, HeapObject.Map), MapObject.Prototype);
  const name = t.constant(t.ops[1]!);
  if (isUndefinedOrNull(prototype))
    throwTypeError(
      t.rt,
      'NonObjectPropertyLoadWithProperty',
      renderForMessage(t.rt, prototype),
      renderForMessage(t.rt, name),
    );
  t.acc = loadSuper(t.rt, t.vector, t.ops[2]!, prototype, name, t.reg(t.ops[0]!));
  return Next.Continue;
};

export const GetKeyedProperty: Handler = (t) => {
  t.acc = loadKeyed(t.rt, t.vector, t.ops[1]!, t.reg(t.ops[0]!), t.acc);
  return Next.Continue;
};

/** Where the object still has the map that for-in enumerates, a field is read by its place, and the site learns nothing. */
export const GetEnumeratedKeyedProperty: Handler = (t) => {
  const { heap } = t;
  const object = t.reg(t.ops[0]!);
  const cacheType = t.reg(t.ops[2]!);
  if ((object & 1) !== 0 && heap.get(object, HeapObject.Map) === cacheType) {
    const places = enumCacheIndices(heap, cacheType);
    const index = t.reg(t.ops[1]!) >> 1;
    const keys = enumCacheKeys(heap, t.rt.factory, cacheType);
    if (
      index < heap.get(places, FixedArray.Length) >> 1 &&
      heap.getElement(keys, FixedArray.Elements, index) === t.acc
    ) {
      t.acc = fieldByEnumIndex(heap, t.rt.factory, object, heap.getElement(places, FixedArray.Elements, index) >> 1);
      return Next.Continue;
    }
  }
  t.acc = loadKeyed(t.rt, t.vector, t.ops[3]!, t.reg(t.ops[0]!), t.acc);
  return Next.Continue;
};

export const SetNamedProperty: Handler = (t) => {
  storeNamed(t.rt, t.vector, t.ops[2]!, t.reg(t.ops[0]!), t.constant(t.ops[1]!), t.acc, isStrictFunction(t));
  return Next.Continue;
};

export const DefineNamedOwnProperty: Handler = (t) => {
  defineNamedOwn(t.rt, t.vector, t.ops[2]!, t.reg(t.ops[0]!), t.constant(t.ops[1]!), t.acc);
  return Next.Continue;
};

export const SetKeyedProperty: Handler = (t) => {
  storeKeyed(t.rt, t.vector, t.ops[2]!, t.reg(t.ops[0]!), t.reg(t.ops[1]!), t.acc, isStrictFunction(t));
  return Next.Continue;
};

/** Defines with key conversion; `flags` bit 0: the value is an anonymous function to be named. */
const defineKeyed = (t: Interpreter, flags: number, define: typeof defineInLiteral): void => {
  const slot = t.ops[3]!;
  const rt = t.rt;
  const heap = t.heap;
  const scope = heap.openHandles();
  try {
    const value = heap.handle(t.acc);
    const object = heap.handle(t.reg(t.ops[0]!));
    const key = toPropertyKey(rt, t.reg(t.ops[1]!));
    if ((flags & 1) !== 0) setFunctionName(rt, heap.deref(value), key, '');
    define(rt, t.vector, slot, heap.deref(object), t.reg(t.ops[1]!), key, heap.deref(value));
  } finally {
    heap.closeHandles(scope);
  }
};

export const DefineKeyedOwnProperty: Handler = (t) => {
  defineKeyed(t, t.ops[2]!, (rt, vector, slot, object, _given, key, value) =>
    defineKeyedOwn(rt, vector, slot, object, key, value),
  );
  return Next.Continue;
};
export const DefineKeyedOwnPropertyInLiteral: Handler = (t) => {
  defineKeyed(t, t.ops[2]!, defineInLiteral);
  return Next.Continue;
};

export const StaInArrayLiteral: Handler = (t) => {
  const array = t.reg(t.ops[0]!);
  const index = t.reg(t.ops[1]!);
  if (isSmi(index)) storeInArrayLiteral(t.rt, t.vector, t.ops[2]!, array, index, t.acc);
  else createDataPropertyOrThrow(t.rt, array, primitiveToPropertyKey(t.rt, index), t.acc);
  return Next.Continue;
};

const deleteKeyed = (t: Interpreter, strict: boolean): Next => {
  const rt = t.rt;
  const scope = t.heap.openHandles();
  const key = t.heap.handle(t.acc);
  const object = t.heap.handle(toObject(rt, t.reg(t.ops[0]!)));
  const name = toPropertyKey(rt, t.heap.deref(key));
  t.acc = toOddball(deleteProperty(rt, t.heap.deref(object), name, strict));
  t.heap.closeHandles(scope);
  return Next.Continue;
};
export const DeletePropertyStrict: Handler = (t) => deleteKeyed(t, true);
export const DeletePropertySloppy: Handler = (t) => deleteKeyed(t, false);

export const GetSuperConstructor: Handler = (t) => {
  const active = t.acc;
  t.setReg(t.ops[0]!, t.heap.get(t.heap.get(active, HeapObject.Map), MapObject.Prototype));
  return Next.Continue;
};
