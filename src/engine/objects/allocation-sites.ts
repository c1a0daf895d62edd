// Allocation sites learn elements kinds (V8: AllocationSite::DigestTransitionFeedback). An array that a site has made carries a
// memento (in V8 until it is moved; collections come where V8 has none, so here it goes along); so does a boilerplate, for its copies.
//
//   [ JSArray ][ AllocationMemento ─▶ AllocationSite ─▶ boilerplate, or elements kind as Smi ]
//
// Invariant: a memento is found by its address alone, so it is only written where the object before it ends.

import { type Heap, IsolateData, Space, type Tagged } from '../heap/index.ts';
import {
  AllocationMemento,
  AllocationSite,
  DependencyGroup,
  HeapObject,
  JSArray,
  StaticRoot,
} from '../layout/index.ts';
import { deoptimizeDependents } from './dependent-code.ts';
import { ElementsKind, isHoleyElementsKind, isMoreGeneralElementsKind } from './elements-kind.ts';
import type { Factory } from './factory.ts';
import { mapElementsKind, mapInstanceSize } from './maps.ts';

/** Longest array whose boilerplate takes over the kind of a copy, in elements (V8: kMaximumArrayBytesToPretransition). */
const longestBoilerplate = 8 * 1024;

const aligned = (size: number): number => (size + 7) & ~7;

/** Room for an object of `size` bytes, with a memento of `site` behind it unless that is 0. */
export const allocateWithSite = (heap: Heap, size: number, site: Tagged, space: Space = Space.Young): Tagged => {
  if (site === 0) return heap.allocate(size, space);
  const object = heap.allocate(aligned(size) + AllocationMemento.Size, space);
  const memento = object + aligned(size);
  heap.init(memento, HeapObject.Map, StaticRoot.AllocationMementoMap);
  heap.set(memento, AllocationMemento.Site, site);
  return object;
};

/** The site whose memento stands behind an object; 0 without one. */
export const siteOf = (heap: Heap, object: Tagged): Tagged => {
  const memento = object + aligned(mapInstanceSize(heap, heap.get(object, HeapObject.Map)));
  const isPast = heap.isYoung(object)
    ? memento > heap.readIsolateWord(IsolateData.NewSpaceTop)
    : heap.oldSpace.isAreaEnd(memento - 1);
  if (isPast || heap.get(memento, HeapObject.Map) !== StaticRoot.AllocationMementoMap) return 0;
  return heap.get(memento, AllocationMemento.Site);
};

/** What a site's arrays begin with. */
export const siteElementsKind = (heap: Heap, site: Tagged): ElementsKind => {
  const info = heap.get(site, AllocationSite.TransitionInfoOrBoilerplate);
  return (info & 1) === 0 ? (info >> 1) & kindMask : mapElementsKind(heap, heap.get(info, HeapObject.Map));
};

/** TransitionInfo of a construct call's site: the elements kind, and whether code that allocates an array itself has no use there. */
const kindMask = 0x3f;
const notInlinedBit = 1 << 6;

/** The kind that the arrays of a construct call begin with from now on; no code is told. */
export const setSiteElementsKind = (heap: Heap, site: Tagged, kind: ElementsKind): void => {
  const info = heap.get(site, AllocationSite.TransitionInfoOrBoilerplate) >> 1;
  heap.init(site, AllocationSite.TransitionInfoOrBoilerplate, ((info & ~kindMask) | kind) << 1);
};

/** The call's arguments are no case for optimized code (V8: SetDoNotInlineCall). */
export const forbidInlining = (heap: Heap, site: Tagged): void => {
  const info = heap.get(site, AllocationSite.TransitionInfoOrBoilerplate);
  heap.init(site, AllocationSite.TransitionInfoOrBoilerplate, info | (notInlinedBit << 1));
};

export const canInlineCall = (heap: Heap, site: Tagged): boolean =>
  (heap.get(site, AllocationSite.TransitionInfoOrBoilerplate) & (notInlinedBit << 1)) === 0;

/**
 * An array of the site gets elements of kind `to`: so will those that it makes from now on, and code that assumed otherwise is
 * marked. @param transition moves the boilerplate to that kind
 */
export const learnElementsKind = (
  factory: Factory,
  site: Tagged,
  to: ElementsKind,
  transition: (boilerplate: Tagged, kind: ElementsKind) => void,
): void => {
  const { heap } = factory;
  const from = siteElementsKind(heap, site);
  const kind = isHoleyElementsKind(from) ? to | 1 : to;
  if (kind > ElementsKind.HoleyDouble || !isMoreGeneralElementsKind(from, kind)) return;
  const info = heap.get(site, AllocationSite.TransitionInfoOrBoilerplate);
  if ((info & 1) === 0) setSiteElementsKind(heap, site, kind);
  else if (heap.get(info, JSArray.Length) >> 1 > longestBoilerplate) return;
  else transition(info, kind);
  deoptimizeDependents(factory, site, AllocationSite.DependentCode, DependencyGroup.AllocationSiteTransitionChanged);
};
