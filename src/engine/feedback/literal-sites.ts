// The slot of an object or array literal, and how the literal is made from it (V8: Runtime_CreateObjectLiteral, …ArrayLiteral).
//
//   Smi 0  never run                   makes the literal; Smi 1 follows, or, where arrays are in it, the site at once
//   Smi 1  run once                    makes a boilerplate and its site
//   AllocationSite                     copies the boilerplate
//
// An array has its site from the first run on, so that what becomes of the first one counts: its elements kind is what later ones
// begin with.
//
// The slot of a definition in a literal ({ [key]: value }, or behind a spread) remembers one map and one name, as [weak map, name]:
// whatever else comes makes it megamorphic.

import type { Tagged } from '../heap/index.ts';
import { AllocationSite, HeapObject, isUniqueName, StaticRoot } from '../objects/index.ts';
import {
  cloneMode,
  cloneObject,
  copyLiteral,
  createDataPropertyOrThrow,
  LiteralFlags,
  newArrayLiteral,
  newLiteralSite,
  newObjectLiteral,
  type Runtime,
} from '../runtime/index.ts';
import { feedbackMap } from './load-ic.ts';
import { configureEntries, getSlot, isFeedbackVector, recordHandler, recordMegamorphic, setSlot } from './vector.ts';

type Make = (rt: Runtime, description: Tagged) => Tagged;

const literal =
  (make: Make) =>
  /** @param vector undefined without feedback @param flags of the bytecode. Nothing collects. */
  (rt: Runtime, vector: Tagged, slot: number, description: Tagged, flags: number): Tagged => {
    const { heap } = rt;
    if (!isFeedbackVector(heap, vector)) return make(rt, description);
    let site = getSlot(heap, vector, slot);
    if ((site & 1) === 0) {
      const object = make(rt, description);
      if (site === 0 && (flags & LiteralFlags.NeedsInitialAllocationSite) === 0) {
        setSlot(heap, vector, slot, 1 << 1);
        return object;
      }
      site = newLiteralSite(rt, object);
      setSlot(heap, vector, slot, site);
    }
    return copyLiteral(rt, heap.get(site, AllocationSite.TransitionInfoOrBoilerplate));
  };

export const objectLiteral = literal((rt, description) => newObjectLiteral(rt, description));
export const arrayLiteral = literal(newArrayLiteral);

/** DefineKeyedOwnPropertyInLiteral, behind the conversion of `key`. @param given the key as it was before */
export const defineInLiteral = (
  rt: Runtime,
  vector: Tagged,
  slot: number,
  object: Tagged,
  given: Tagged,
  key: Tagged,
  value: Tagged,
): void => {
  if (isFeedbackVector(rt.heap, vector)) recordDefinition(rt, vector, slot, rt.heap.get(object, HeapObject.Map), given);
  createDataPropertyOrThrow(rt, object, key, value);
};

const recordDefinition = (rt: Runtime, vector: Tagged, slot: number, map: Tagged, name: Tagged): void => {
  const first = getSlot(rt.heap, vector, slot);
  if (first === StaticRoot.MegamorphicSymbol) return;
  if (first === StaticRoot.UninitializedSymbol && isUniqueName(rt.heap, name)) {
    configureEntries(rt, vector, slot, [{ map, handler: name }]);
    return;
  }
  if (first !== (map | 2) || getSlot(rt.heap, vector, slot + 1) !== name) recordMegamorphic(rt, vector, slot);
};

/** CloneObject: `{...source}`, whose site remembers the clone's map by the source's. May run JavaScript. */
export const cloneBySite = (rt: Runtime, vector: Tagged, slot: number, source: Tagged): Tagged => {
  const { heap } = rt;
  if ((source & 1) === 0 || !isFeedbackVector(heap, vector)) return cloneObject(rt, source);
  const scope = heap.openHandles();
  const v = heap.handle(vector);
  const map = heap.handle(feedbackMap(heap, source));
  const mode = cloneMode(rt, source);
  const clone = cloneObject(rt, source);
  if (mode === 'generic') recordMegamorphic(rt, heap.deref(v), slot);
  else if (mode === 'empty') recordHandler(rt, heap.deref(v), slot, heap.deref(map), 0);
  else if (mode !== 'unknown')
    recordHandler(rt, heap.deref(v), slot, heap.deref(map), heap.get(clone, HeapObject.Map) | 2);
  heap.closeHandles(scope);
  return clone;
};
