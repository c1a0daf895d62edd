// The roots that the heap knows itself, the same for every collector: handles, root slots, the isolate's tagged words.

import type { Address } from '../layout/index.ts';
import type { Heap } from './heap.ts';
import { IsolateData, Region } from './memory-map.ts';
import type { Tagged } from './tagging.ts';

/** Shows a collector its roots. */
export interface RootVisitor {
  /** Updates the tagged word at this byte offset (the low word of a stack slot). */
  visitSlot(slot: Address): void;
  /** The new word for a strong word that stands elsewhere (for example unaligned, in instructions). */
  forward(word: Tagged): Tagged;
}

export const visitHeapRoots = (heap: Heap, visitor: RootVisitor): void => {
  for (let at = heap.readIsolateWord(IsolateData.HandleTop); at < heap.size; at += 4) visitor.visitSlot(at);
  const isolate = Region.IsolateData;
  for (let at = IsolateData.Roots; at < IsolateData.MovableRootsEnd; at += 8) visitor.visitSlot(isolate + at);
  visitor.visitSlot(isolate + IsolateData.PendingException);
  visitor.visitSlot(isolate + IsolateData.PendingMessage);
  visitor.visitSlot(isolate + IsolateData.ContextSlot);
  visitor.visitSlot(isolate + IsolateData.NativeContext);
};
