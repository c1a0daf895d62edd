// A small heap with a minimal realm for tests: an Object-like map and the JSArray maps.

import { Heap, type Tagged } from '../heap/index.ts';
import { InstanceType, JSObject } from '../layout/index.ts';
import { ElementsKind } from './elements-kind.ts';
import { type CodeMarkedHook, Factory } from './factory.ts';
import { transitionElementsKind } from './map-transitions.ts';
import { setRoot } from './root-slots.ts';
import { Root } from './roots.ts';

export interface TestHeap {
  readonly heap: Heap;
  readonly factory: Factory;
  /** Initial map of plain objects with `inObject` in-object properties. */
  objectMap(inObject: number): Tagged;
}

export const newTestHeap = (semiSpaceKiB = 64, onCodeMarked?: CodeMarkedHook): TestHeap => {
  const heap = new Heap({ memoryMiB: 128, semiSpaceKiB });
  const factory = new Factory(heap, onCodeMarked);
  let map = factory.newMap(InstanceType.JSArray, 16, ElementsKind.PackedSmi, 0);
  const kinds = [
    ElementsKind.PackedSmi,
    ElementsKind.HoleySmi,
    ElementsKind.PackedDouble,
    ElementsKind.HoleyDouble,
    ElementsKind.Packed,
    ElementsKind.Holey,
  ];
  for (const kind of kinds) {
    map = transitionElementsKind(heap, factory, map, kind);
    setRoot(heap, Root.FirstArrayMap + kind, map);
  }
  const roots = new Map<number, Tagged>();
  heap.bootstrapping = false;
  heap.zapFresh = true;
  return {
    heap,
    factory,
    objectMap(inObject) {
      let m = roots.get(inObject);
      if (m === undefined) {
        m = factory.newMap(InstanceType.JSObject, JSObject.HeaderSize + 4 * inObject, ElementsKind.Holey, inObject);
        roots.set(inObject, m);
      }
      return m;
    },
  };
};
