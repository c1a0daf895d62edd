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

/** One that initializes fields or gives the brand of private methods is not skipped. */
const initializesInstances =
  SharedFunctionFlags.RequiresInstanceMembersInitializer | SharedFunctionFlags.ClassScopeHasPrivateBrand;

const isFunction = (rt: Runtime, value: Tagged): boolean => {
  if ((value & 1) === 0) return false;
  const type = instanceTypeOf(rt, value);
  return type >= InstanceType.FirstJSFunction && type <= InstanceType.LastJSFunction;
};

const flagsOf = (rt: Runtime, fn: Tagged): number =>
  rt.heap.getI32(rt.heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags);

/** Above the default derived constructors over `active`: the constructor to call, or whatever ends the chain. */
export const nonDefaultConstructorOf = (rt: Runtime, active: Tagged): Tagged => {
  const { heap } = rt;
  const parentOf = (fn: Tagged): Tagged => heap.get(heap.get(fn, HeapObject.Map), MapObject.Prototype);
  let constructor = parentOf(active);
  for (; isFunction(rt, constructor); constructor = parentOf(constructor)) {
    const flags = flagsOf(rt, constructor);
    if ((flags & initializesInstances) !== 0) break;
    if (functionKinds[flags & SharedFunctionFlags.KindMask] !== 'defaultDerivedConstructor') break;
  }
  return constructor;
};

/** A default base constructor, of which instances are made without calling it. */
export const isDefaultBaseConstructor = (rt: Runtime, constructor: Tagged): boolean => {
  if (!isFunction(rt, constructor)) return false;
  const flags = flagsOf(rt, constructor);
  return (
    (flags & initializesInstances) === 0 && functionKinds[flags & SharedFunctionFlags.KindMask] === 'defaultConstructor'
  );
};
