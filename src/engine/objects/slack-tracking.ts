// In-object slack tracking (V8: Map::construction_counter). What a constructor's instances will hold is not known when the first is
// made, so its initial map promises more fields than the constructor assigns. The first seven instances show how many are used; then
// every map of the tree shrinks by what none of them needed, and so do the instances.
//
//   instance   [map][properties][elements][used fields …][slack: fillers, 8 bytes each]
//                                                         └ instance size afterwards
//
// Invariant: while a tree is tracked, its instances' unused words are fillers, so that they stay walkable when their map's size
// changes under them. A map whose counter is 0 never changes its size again.

import type { Heap, Tagged } from '../heap/index.ts';
import { MapBits3, MapObject, StaticRoot } from '../layout/index.ts';
import { findRootMap, mapBits3, mapUnusedPropertyFields } from './maps.ts';
import { transitionCount, transitionTarget } from './transition-store.ts';

/** Instances that are looked at (V8: kSlackTrackingCounterStart). */
const firstCount = 7;
/** Fields beyond those that are expected (V8 adds as many to its estimate). */
export const inObjectSlack = 8;

const counterMask = -1 << MapBits3.ConstructionCounterShift;

/** Instances to come before the tree's size is settled; 0: it is. */
export const constructionCounter = (heap: Heap, map: Tagged): number =>
  mapBits3(heap, map) >>> MapBits3.ConstructionCounterShift;

/** Whether instances of the map may still shrink. */
export const isSlackTracked = (heap: Heap, map: Tagged): boolean => (mapBits3(heap, map) & counterMask) !== 0;

export const setConstructionCounter = (heap: Heap, map: Tagged, count: number): void =>
  heap.setI32(
    map,
    MapObject.BitField3,
    (mapBits3(heap, map) & ~counterMask) | (count << MapBits3.ConstructionCounterShift),
  );

/** An initial map with fields to spare begins. */
export const startSlackTracking = (heap: Heap, initialMap: Tagged): void =>
  setConstructionCounter(heap, initialMap, mapUnusedPropertyFields(heap, initialMap) === 0 ? 0 : firstCount);

/** An instance of the tracked map was made. */
export const countInstance = (heap: Heap, map: Tagged): void => {
  const initialMap = findRootMap(heap, map);
  const count = constructionCounter(heap, initialMap);
  if (count === 0) return;
  setConstructionCounter(heap, initialMap, count - 1);
  if (count === 1) completeSlackTracking(heap, initialMap);
};

/** Calls `visit` with a map and all that were made of it by transitions, those to other prototypes included. */
const forEachInTree = (heap: Heap, map: Tagged, visit: (map: Tagged) => void): void => {
  visit(map);
  const count = transitionCount(heap, map);
  for (let i = 0; i < count; i++) {
    const target = transitionTarget(heap, map, i);
    if (target !== 0) forEachInTree(heap, target, visit);
  }
};

/** Fields that no map of the tree uses. Where fields lie outside, free words there count as V8 counts them. */
const minObjectSlack = (heap: Heap, initialMap: Tagged): number => {
  let slack = mapUnusedPropertyFields(heap, initialMap);
  forEachInTree(heap, initialMap, (map) => {
    slack = Math.min(slack, mapUnusedPropertyFields(heap, map));
  });
  return slack;
};

/** Size of the constructor's instances, in bytes, if tracking ended now (V8: ComputeInstanceSizeWithMinSlack). */
export const predictedInstanceSize = (heap: Heap, initialMap: Tagged): number => {
  const slack = isSlackTracked(heap, initialMap) ? minObjectSlack(heap, initialMap) : 0;
  return (heap.getU8(initialMap, MapObject.InstanceSizeInWords) - slack) << 2;
};

/** The tree's size is settled, now. */
export const completeSlackTracking = (heap: Heap, initialMap: Tagged): void => {
  const slack = minObjectSlack(heap, initialMap);
  forEachInTree(heap, initialMap, (map) => {
    heap.setU8(map, MapObject.InstanceSizeInWords, heap.getU8(map, MapObject.InstanceSizeInWords) - slack);
    setConstructionCounter(heap, map, 0);
  });
};

/** Fillers over the words from `from` up to an object's end; a word before the first filler is undefined. Both are byte sizes. */
export const fillSlack = (heap: Heap, object: Tagged, from: number, end: number): void => {
  const start = object - 1;
  if ((from & 4) !== 0 && from < end) heap.i32[(start + from) >> 2] = StaticRoot.Undefined;
  for (let at = (from + 7) & ~7; at < end; at += 8) {
    heap.i32[(start + at) >> 2] = StaticRoot.FillerMap;
    heap.i32[(start + at + 4) >> 2] = 8 << 1;
  }
};
