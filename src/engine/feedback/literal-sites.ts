// The slot of an object or array literal, and how the literal is made from it (V8: Runtime_CreateObjectLiteral, …ArrayLiteral).
//
//   Smi 0  never run                   makes the literal; Smi 1 follows, or, where arrays are in it, the site at once
//   Smi 1  run once                    makes a boilerplate and its site
//   AllocationSite                     copies the boilerplate
//
// An array has its site from the first run on, so that what becomes of the first one counts: its elements kind is what later ones
// begin with.

import type { Tagged } from '../heap/index.ts';
import { AllocationSite } from '../objects/index.ts';
import {
  copyLiteral,
  LiteralFlags,
  newArrayLiteral,
  newLiteralSite,
  newObjectLiteral,
  type Runtime,
} from '../runtime/index.ts';
import { getSlot, isFeedbackVector, setSlot } from './vector.ts';

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
