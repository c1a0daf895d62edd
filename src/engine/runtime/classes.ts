// Class definition from a ClassBoilerplate, and `super`.

import type { Tagged } from '../heap/index.ts';
import {
  AccessorPair,
  addDataProperty,
  ClassBoilerplate,
  ElementsKind,
  FixedArray,
  InstanceType,
  JSFunction,
  JSObject,
  MapObject,
  makePrototypeMap,
  PropertyAttributes,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  setPrototype,
} from '../objects/index.ts';
import { toPropertyKey } from './conversions.ts';
import { throwTypeError } from './errors.ts';
import { callGetter, getProperty, getPropertyWithReceiver } from './get-property.ts';
import { LookupIterator, LookupState } from './lookup-iterator.ts';
import { NativeContextSlot } from './native-context.ts';
import { ordinaryPrototypeOf } from './ordinary-objects.ts';
import { dataDescriptor, defineOnOrdinary, type PropertyDescriptor } from './own-properties.ts';
import { primitiveToHost } from './primitive-conversions.ts';
import { functionName, renderForMessage, sharedFunctionName } from './rendering.ts';
import type { Runtime } from './runtime.ts';
import { setPropertyWithReceiver } from './set-property.ts';
import { isConstructor, isJSFunction, isJSReceiver, isSymbol, mapOf, symbolDescriptiveString } from './values.ts';

/**
 * DefineClass: wires constructor and prototype to the superclass and defines the members. `argument(i)` is DefineClass's
 * argument i (boilerplate, constructor, superclass, then keys and closures). Returns the prototype. May run JavaScript
 * (superclass.prototype).
 */
export const defineClass = (rt: Runtime, argument: (i: number) => Tagged): Tagged => {
  const { heap, factory } = rt;
  const superClass = argument(2);
  let prototypeParent: Tagged;
  let constructorParent = rt.intrinsic(NativeContextSlot.FunctionPrototype);
  if (superClass === StaticRoot.TheHole) {
    prototypeParent = rt.intrinsic(NativeContextSlot.ObjectPrototype);
  } else if (superClass === StaticRoot.Null) {
    prototypeParent = StaticRoot.Null;
  } else {
    if (!isConstructor(rt, superClass)) throwTypeError(rt, 'ExtendsValueNotConstructor', superClass);
    prototypeParent = getProperty(rt, superClass, rt.names.prototype);
    if (!isJSReceiver(rt, prototypeParent) && prototypeParent !== StaticRoot.Null)
      throwTypeError(rt, 'PrototypeParentNotAnObject', prototypeParent);
    constructorParent = argument(2);
  }
  const boilerplate = argument(0);
  const constructor = argument(1);
  const members = heap.get(boilerplate, ClassBoilerplate.Members);
  const count = (heap.get(members, FixedArray.Length) >> 1) / 5;
  let instanceMembers = 1;
  for (let i = 0; i < count; i++) if (heap.getElement(members, FixedArray.Elements, 5 * i + 4) === 0) instanceMembers++;
  const inObject = Math.min(instanceMembers, 60);
  const map = factory.newMap(InstanceType.JSObject, JSObject.HeaderSize + 4 * inObject, ElementsKind.Holey, inObject);
  heap.set(map, MapObject.Prototype, prototypeParent);
  heap.set(map, MapObject.ConstructorOrBackPointer, rt.intrinsic(NativeContextSlot.ObjectFunction));
  const prototype = factory.newJSObject(map);
  addDataProperty(heap, factory, prototype, rt.names.constructor, constructor, PropertyAttributes.DontEnum);
  if (isJSReceiver(rt, prototypeParent)) makeParentPrototype(rt, prototypeParent);
  heap.set(constructor, JSFunction.PrototypeOrInitialMap, prototype);
  addDataProperty(
    heap,
    factory,
    constructor,
    rt.symbols.class_positions_symbol,
    classPositions(rt, constructor),
    PropertyAttributes.DontEnum,
  );
  if (constructorParent !== rt.intrinsic(NativeContextSlot.FunctionPrototype))
    setPrototype(heap, factory, constructor, constructorParent);
  const scope = heap.openHandles();
  try {
    const handle = heap.handle(prototype);
    for (let i = 0; i < count; i++) defineMember(rt, argument, handle, i);
    makePrototypeMap(heap, factory, heap.deref(handle));
    return heap.deref(handle);
  } finally {
    heap.closeHandles(scope);
  }
};

/** Where the class stands in its script: a property of the constructor, as in V8, ahead of its static members. */
const classPositions = ({ heap, factory }: Runtime, constructor: Tagged): Tagged => {
  const shared = heap.get(constructor, JSFunction.SharedFunctionInfo);
  return factory.newFixedArrayFrom([
    heap.getI32(shared, SharedFunctionInfo.StartPosition) << 1,
    heap.getI32(shared, SharedFunctionInfo.EndPosition) << 1,
  ]);
};

/** Member `i` of a class. Converting a computed key may run JavaScript. @param prototype a handle */
const defineMember = (rt: Runtime, argument: (i: number) => Tagged, prototype: number, i: number): void => {
  const { heap } = rt;
  const member = (word: number): Tagged =>
    heap.getElement(heap.get(argument(0), ClassBoilerplate.Members), FixedArray.Elements, 5 * i + word);
  const isComputed = member(1) === StaticRoot.TheHole;
  const key = isComputed ? toPropertyKey(rt, argument(member(2) >> 1)) : member(1);
  const kind = member(0) >> 1;
  const isStatic = member(4) >> 1 !== 0;
  const value = argument(member(3) >> 1);
  if (isComputed) setFunctionName(rt, value, key, kind === 1 ? 'get' : kind === 2 ? 'set' : '');
  if (isStatic && key === rt.names.prototype) throwTypeError(rt, 'ClassStaticPrototype');
  defineOnOrdinary(rt, isStatic ? argument(1) : heap.deref(prototype), key, memberDescriptor(kind, value));
};

const memberDescriptor = (kind: number, value: Tagged): PropertyDescriptor => {
  if (kind === 0) return dataDescriptor(value, PropertyAttributes.DontEnum);
  const accessor = { enumerable: false, configurable: true };
  return kind === 1 ? { get: value, ...accessor } : { set: value, ...accessor };
};

const makeParentPrototype = (rt: Runtime, object: Tagged): void => {
  if ((rt.heap.getI32(mapOf(rt, object), MapObject.BitField3) & (1 << 20)) === 0)
    makePrototypeMap(rt.heap, rt.factory, object);
};

/** SetFunctionName on a closure that has no own name yet: the key's text, symbols in brackets. */
export const setFunctionName = (rt: Runtime, fn: Tagged, key: Tagged, prefix: string): void => {
  if (!isJSFunction(rt, fn)) return;
  let text: string;
  if (isSymbol(rt, key)) {
    const description = symbolDescriptiveString(rt, key).slice(7, -1);
    text = description === '' ? '' : `[${description}]`;
  } else {
    text = primitiveToHost(rt, key);
  }
  const own = new LookupIterator(rt).startName(fn, rt.names.name, true);
  if (
    own.state === LookupState.Data ||
    (own.state === LookupState.Accessor && mapOf(rt, own.value) === StaticRoot.AccessorPairMap)
  )
    return;
  const name = rt.factory.newString(prefix === '' ? text : `${prefix} ${text}`);
  defineOnOrdinary(
    rt,
    fn,
    rt.names.name,
    dataDescriptor(name, PropertyAttributes.ReadOnly | PropertyAttributes.DontEnum),
  );
};

// --- super --------------------------------------------------------------------------------------------------------------

/** A home object is a class, its prototype or a literal, and no proxy. */
const superHolder = (rt: Runtime, homeObject: Tagged, key: Tagged): Tagged => {
  const holder = ordinaryPrototypeOf(rt, homeObject);
  if (!isJSReceiver(rt, holder))
    throwTypeError(
      rt,
      'NonObjectPropertyLoadWithProperty',
      holder === StaticRoot.Null ? 'null' : 'undefined',
      renderForMessage(rt, key),
    );
  return holder;
};

/** super.key. May run JavaScript. */
export const loadFromSuper = (rt: Runtime, receiver: Tagged, homeObject: Tagged, key: Tagged): Tagged =>
  getPropertyWithReceiver(rt, superHolder(rt, homeObject, key), key, receiver);

/** super.key = value. May run JavaScript. */
export const storeToSuper = (rt: Runtime, receiver: Tagged, homeObject: Tagged, key: Tagged, value: Tagged): void => {
  const strict = rt.hooks.isCallerStrict?.() ?? true;
  setPropertyWithReceiver(rt, superHolder(rt, homeObject, key), key, value, receiver, strict);
};

/** GetSuperConstructor: the [[Prototype]] of the active function, which must be a constructor. */
export const getSuperConstructor = (rt: Runtime, activeFunction: Tagged): Tagged => {
  const parent = ordinaryPrototypeOf(rt, activeFunction);
  if (!isConstructor(rt, parent)) throwNotSuperConstructor(rt, parent, activeFunction);
  return parent;
};

export function throwNotSuperConstructor(rt: Runtime, constructor: Tagged, fn: Tagged): never {
  const superName =
    (isJSFunction(rt, constructor) ? sharedFunctionName(rt, constructor) : renderForMessage(rt, constructor)) || 'null';
  const name = sharedFunctionName(rt, fn);
  if (name === '') throwTypeError(rt, 'NotSuperConstructorAnonymousClass', superName);
  throwTypeError(rt, 'NotSuperConstructor', superName, name);
}

export function throwConstructorNonCallable(rt: Runtime, constructor: Tagged): never {
  const name = functionName(rt, constructor);
  if (name === '') throwTypeError(rt, 'AnonymousConstructorNonCallable');
  throwTypeError(rt, 'ConstructorNonCallable', name);
}

export const isClassConstructor = (rt: Runtime, fn: Tagged): boolean =>
  isJSFunction(rt, fn) &&
  (rt.heap.getI32(rt.heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags) &
    SharedFunctionFlags.ClassConstructor) !==
    0;

// --- private names --------------------------------------------------------------------------------------------------------

/** Reads a private member (#x): data, method or accessor. May run JavaScript. */
export const getPrivateMember = (rt: Runtime, receiver: Tagged, name: Tagged): Tagged => {
  const it = new LookupIterator(rt).startName(receiver, name, true);
  if (it.state === LookupState.Data) return it.value;
  if (it.state === LookupState.Accessor) {
    if (rt.heap.get(it.value, AccessorPair.Getter) === StaticRoot.Null)
      throwTypeError(rt, 'InvalidPrivateGetterAccess', symbolDescriptiveString(rt, name).slice(7, -1));
    return callGetter(rt, it.value, receiver, receiver);
  }
  throwTypeError(rt, 'InvalidPrivateMemberRead', symbolDescriptiveString(rt, name).slice(7, -1));
};

/** Writes a private member. May run JavaScript. */
export const setPrivateMember = (rt: Runtime, receiver: Tagged, name: Tagged, value: Tagged): void => {
  const it = new LookupIterator(rt).startName(receiver, name, true);
  if (!it.found) throwTypeError(rt, 'InvalidPrivateMemberWrite', symbolDescriptiveString(rt, name).slice(7, -1));
  setPropertyWithReceiver(rt, receiver, name, value, receiver, true);
};
