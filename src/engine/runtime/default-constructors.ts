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
import { instanceTypeOf } from './conversions.ts';
import { getDerivedMap } from './initial-maps.ts';
import type { Runtime } from './runtime.ts';

/** One that initializes fields or gives the brand of private methods is not skipped. */
const initializesInstances =
  SharedFunctionFlags.RequiresInstanceMembersInitializer | SharedFunctionFlags.ClassScopeHasPrivateBrand;

const isFunction = (rt: Runtime, value: Tagged): boolean => {
  if ((value & 1) === 0) return false;
  const type = instanceTypeOf(rt, value);
  return type >= InstanceType.FirstJSFunction && type <= InstanceType.LastJSFunction;
};

/**
 * Walks the chain of default derived constructors above `active`: an instance when the base is a default base constructor, else the
 * constructor to call. May run JavaScript (a getter of newTarget.prototype).
 */
export const findNonDefaultConstructorOrConstruct = (
  rt: Runtime,
  active: Tagged,
  newTarget: Tagged,
): { readonly isInstance: boolean; readonly value: Tagged } => {
  const { heap } = rt;
  const parentOf = (fn: Tagged): Tagged => heap.get(heap.get(fn, HeapObject.Map), MapObject.Prototype);
  let constructor = parentOf(active);
  for (; isFunction(rt, constructor); constructor = parentOf(constructor)) {
    const flags = heap.getI32(heap.get(constructor, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags);
    if ((flags & initializesInstances) !== 0) break;
    const kind = functionKinds[flags & SharedFunctionFlags.KindMask];
    if (kind === 'defaultConstructor')
      return { isInstance: true, value: rt.factory.newJSObject(getDerivedMap(rt, constructor, newTarget)) };
    if (kind !== 'defaultDerivedConstructor') break;
  }
  return { isInstance: false, value: constructor };
};
