// Default constructors of derived classes, which are skipped: what `super(...args)` of one would do in the end.

import type { Tagged } from '../heap/index.ts';
import {
  functionKinds,
  HeapObject,
  InstanceType,
  JSFunction,
  MapObject,
  SharedFunctionFlags,
  SharedFunctionInfo,
} from '../objects/index.ts';
import type { Runtime } from './runtime.ts';
import { instanceTypeOf } from './values.ts';

const initializing =
  SharedFunctionFlags.RequiresInstanceMembersInitializer | SharedFunctionFlags.ClassScopeHasPrivateBrand;

const isFunction = (rt: Runtime, value: Tagged): boolean => {
  if ((value & 1) === 0) return false;
  const type = instanceTypeOf(rt, value);
  return type >= InstanceType.FirstJSFunction && type <= InstanceType.LastJSFunction;
};

const flagsOf = (rt: Runtime, fn: Tagged): number =>
  rt.heap.getI32(rt.heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags);

/** A constructor that initializes fields or gives the brand of private methods, which is not skipped. */
export const initializesInstances = (rt: Runtime, constructor: Tagged): boolean =>
  (flagsOf(rt, constructor) & initializing) !== 0;

/** Above the default derived constructors over `active`: the constructor to call, or whatever ends the chain. */
export const nonDefaultConstructorOf = (rt: Runtime, active: Tagged): Tagged => {
  const { heap } = rt;
  const parentOf = (fn: Tagged): Tagged => heap.get(heap.get(fn, HeapObject.Map), MapObject.Prototype);
  let constructor = parentOf(active);
  for (; isFunction(rt, constructor); constructor = parentOf(constructor)) {
    if (initializesInstances(rt, constructor)) break;
    if (functionKinds[flagsOf(rt, constructor) & SharedFunctionFlags.KindMask] !== 'defaultDerivedConstructor') break;
  }
  return constructor;
};

/** A default base constructor, of which instances are made without calling it. */
export const isDefaultBaseConstructor = (rt: Runtime, constructor: Tagged): boolean => {
  if (!isFunction(rt, constructor) || initializesInstances(rt, constructor)) return false;
  return functionKinds[flagsOf(rt, constructor) & SharedFunctionFlags.KindMask] === 'defaultConstructor';
};
