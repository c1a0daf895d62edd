// Live entries of Map and Set tables, for display.

import type { Tagged } from '../heap/index.ts';
import { JSCollectionIterator, orderedIteratorNext } from '../objects/index.ts';
import { NativeContextSlot, type Runtime } from '../runtime/index.ts';

/** Live entries of a table in order. Runs no JavaScript. */
export const orderedEntries = (rt: Runtime, table: Tagged): number[] => {
  const iterator = rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.MapEntryIteratorMap));
  rt.heap.set(iterator, JSCollectionIterator.Table, table);
  rt.heap.init(iterator, JSCollectionIterator.Index, 0);
  const entries: number[] = [];
  for (;;) {
    const entry = orderedIteratorNext(rt.heap, iterator);
    if (entry < 0) return entries;
    entries.push(entry);
  }
};
