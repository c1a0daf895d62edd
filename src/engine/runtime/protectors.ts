// Protectors: PropertyCells (roots) that hold Smi 1 while an assumption about the standard library is true. Optimized code
// registers on them; breaking one deoptimizes exactly its dependents.

import type { Tagged } from '../heap/index.ts';
import {
  DependencyGroup,
  deoptimizeDependents,
  detachBuffer,
  HeapObject,
  isSharedBuffer,
  MapObject,
  PropertyCell,
  Root,
  root,
  StaticRoot,
} from '../objects/index.ts';
import { NativeContextSlot, protectorBroken, protectorIntact } from './native-context.ts';
import type { Runtime } from './runtime.ts';

export const protectorRoots = [
  Root.NoElementsProtector,
  Root.ArrayIteratorProtector,
  Root.ArraySpeciesProtector,
  Root.ArrayConstructorProtector,
  Root.MapIteratorProtector,
  Root.SetIteratorProtector,
  Root.StringIteratorProtector,
  Root.StringLengthOverflowProtector,
  Root.StringWrapperToPrimitiveProtector,
  Root.PromiseHookProtector,
  Root.PromiseResolveProtector,
  Root.PromiseThenProtector,
  Root.PromiseSpeciesProtector,
  Root.RegExpSpeciesProtector,
  Root.TypedArraySpeciesProtector,
  Root.IsConcatSpreadableProtector,
  Root.ArrayBufferDetachingProtector,
  Root.NumberStringPrototypeNoReplaceProtector,
  Root.MegaDomProtector,
  Root.NoProfilingProtector,
  Root.NoUndetectableObjectsProtector,
  Root.AsyncIteratorProtector,
] as const;

export const isProtectorIntact = (rt: Runtime, protector: Root): boolean => {
  const cell = root(rt.heap, protector);
  return (cell & 1) !== 0 && rt.heap.get(cell, PropertyCell.Value) === protectorIntact;
};

export const invalidateProtector = (rt: Runtime, protector: Root): void => {
  const cell = root(rt.heap, protector);
  if ((cell & 1) === 0 || rt.heap.get(cell, PropertyCell.Value) !== protectorIntact) return;
  rt.heap.set(cell, PropertyCell.Value, protectorBroken);
  deoptimizeDependents(rt.factory, cell, PropertyCell.DependentCode, DependencyGroup.PropertyCellChanged);
};

/** Takes a buffer's bytes away; shared buffers keep theirs. */
export const detachArrayBuffer = (rt: Runtime, buffer: Tagged): void => {
  if (isSharedBuffer(rt.heap, buffer)) return;
  invalidateProtector(rt, Root.ArrayBufferDetachingProtector);
  detachBuffer(rt.heap, buffer);
};

/** %TypedArray%.prototype, or that of one of its kinds. */
const isTypedArrayPrototype = (rt: Runtime, object: Tagged): boolean => {
  const parent = rt.heap.get(rt.heap.get(object, HeapObject.Map), MapObject.Prototype);
  const slot = NativeContextSlot.TypedArrayPrototype;
  return rt.realms.isInAny(object, slot) || rt.realms.isInAny(parent, slot);
};

/** An own property of a prototype is about to be added, changed or deleted. */
export const prototypePropertyChanged = (rt: Runtime, object: Tagged, name: Tagged): void => {
  if (rt.nativeContext === StaticRoot.Undefined || rt.bootstrapping) return;
  const { names, symbols } = rt;
  const is = (slot: NativeContextSlot): boolean => rt.realms.isInAny(object, slot);
  if (name === names.next) {
    if (is(NativeContextSlot.ArrayIteratorPrototype)) invalidateProtector(rt, Root.ArrayIteratorProtector);
    else if (is(NativeContextSlot.MapIteratorPrototype)) invalidateProtector(rt, Root.MapIteratorProtector);
    else if (is(NativeContextSlot.SetIteratorPrototype)) invalidateProtector(rt, Root.SetIteratorProtector);
    else if (is(NativeContextSlot.StringIteratorPrototype)) invalidateProtector(rt, Root.StringIteratorProtector);
  } else if (name === symbols.iterator_symbol) {
    if (is(NativeContextSlot.ArrayPrototype)) invalidateProtector(rt, Root.ArrayIteratorProtector);
    else if (is(NativeContextSlot.MapPrototype)) invalidateProtector(rt, Root.MapIteratorProtector);
    else if (is(NativeContextSlot.SetPrototype)) invalidateProtector(rt, Root.SetIteratorProtector);
    else if (is(NativeContextSlot.StringPrototype)) invalidateProtector(rt, Root.StringIteratorProtector);
  } else if (name === names.constructor) {
    if (is(NativeContextSlot.ArrayPrototype)) invalidateProtector(rt, Root.ArraySpeciesProtector);
    else if (is(NativeContextSlot.PromisePrototype)) invalidateProtector(rt, Root.PromiseSpeciesProtector);
    else if (is(NativeContextSlot.RegExpPrototype)) invalidateProtector(rt, Root.RegExpSpeciesProtector);
    else if (isTypedArrayPrototype(rt, object)) invalidateProtector(rt, Root.TypedArraySpeciesProtector);
  } else if (name === symbols.species_symbol) {
    if (is(NativeContextSlot.ArrayFunction)) invalidateProtector(rt, Root.ArraySpeciesProtector);
    else if (is(NativeContextSlot.PromiseFunction)) invalidateProtector(rt, Root.PromiseSpeciesProtector);
  } else if (name === names.then) {
    if (is(NativeContextSlot.PromisePrototype) || is(NativeContextSlot.ObjectPrototype))
      invalidateProtector(rt, Root.PromiseThenProtector);
  } else if (name === symbols.is_concat_spreadable_symbol) {
    invalidateProtector(rt, Root.IsConcatSpreadableProtector);
  } else if (name === symbols.to_primitive_symbol || name === names.valueOf || name === names.toString) {
    if (is(NativeContextSlot.StringPrototype)) invalidateProtector(rt, Root.StringWrapperToPrimitiveProtector);
  }
};

/** Elements appear on a prototype: holes no longer read undefined. */
export const prototypeElementAdded = (rt: Runtime, object: Tagged): void => {
  if (
    rt.realms.isInAny(object, NativeContextSlot.ArrayPrototype) ||
    rt.realms.isInAny(object, NativeContextSlot.ObjectPrototype) ||
    rt.realms.isInAny(object, NativeContextSlot.StringPrototype)
  )
    invalidateProtector(rt, Root.NoElementsProtector);
};

/** The prototype of `object` is about to change. */
export const prototypeChanged = (rt: Runtime, object: Tagged): void => {
  if (rt.bootstrapping) return;
  if (
    rt.realms.isInAny(object, NativeContextSlot.ArrayPrototype) ||
    rt.realms.isInAny(object, NativeContextSlot.StringPrototype)
  )
    invalidateProtector(rt, Root.NoElementsProtector);
};
