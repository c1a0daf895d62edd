// The microtask queue and rejected promises nobody handles yet, both in linear memory.
//
//   NativeContextSlot.Microtasks: FixedArray
//     [0] head (Smi)  [1] count (Smi)  [2] rejections: FixedArray  [3] rejection count (Smi)  [4 …] ring of tasks
//   task: FixedArray [kind Smi, a, b, c, the realm's ContinuationData when it was enqueued]
//     Callback  a function
//     Reaction  a PromiseReaction, b argument, c Smi 1 when rejected
//     Thenable  a promise to resolve, b thenable, c its `then`
//
// Invariant: enqueueing runs no JavaScript. A job that throws out of `runMicrotasks` is taken off the queue already.

import type { Tagged } from '../heap/index.ts';
import { FixedArray, MicrotaskQueue, StaticRoot } from '../objects/index.ts';
import { NativeContextSlot, type Runtime } from '../runtime/index.ts';

export enum TaskKind {
  Callback,
  Reaction,
  Thenable,
}

const newQueue = (rt: Runtime, capacity: number): Tagged => {
  const queue = rt.factory.newFixedArray(4 + capacity, StaticRoot.Undefined);
  rt.heap.init(queue, MicrotaskQueue.Head, 0);
  rt.heap.init(queue, MicrotaskQueue.Count, 0);
  rt.heap.init(queue, MicrotaskQueue.Rejections, StaticRoot.EmptyFixedArray);
  rt.heap.init(queue, MicrotaskQueue.RejectionCount, 0);
  return queue;
};

const queueOf = (rt: Runtime): Tagged => {
  const queue = rt.shared(NativeContextSlot.Microtasks);
  if (queue !== StaticRoot.Undefined) return queue;
  const fresh = newQueue(rt, 32);
  rt.setShared(NativeContextSlot.Microtasks, fresh);
  return fresh;
};

const capacityOf = (rt: Runtime, queue: Tagged): number => (rt.heap.get(queue, FixedArray.Length) >> 1) - 4;

const grow = (rt: Runtime, queue: Tagged): Tagged => {
  const { heap } = rt;
  const capacity = capacityOf(rt, queue);
  const head = heap.get(queue, MicrotaskQueue.Head) >> 1;
  const count = heap.get(queue, MicrotaskQueue.Count) >> 1;
  const grown = newQueue(rt, 2 * capacity);
  heap.init(grown, MicrotaskQueue.Count, count << 1);
  heap.set(grown, MicrotaskQueue.Rejections, heap.get(queue, MicrotaskQueue.Rejections));
  heap.init(grown, MicrotaskQueue.RejectionCount, heap.get(queue, MicrotaskQueue.RejectionCount));
  for (let i = 0; i < count; i++)
    heap.setElement(grown, MicrotaskQueue.Ring, i, heap.getElement(queue, MicrotaskQueue.Ring, (head + i) % capacity));
  rt.setShared(NativeContextSlot.Microtasks, grown);
  return grown;
};

export const enqueueTask = (rt: Runtime, kind: TaskKind, a: Tagged, b: Tagged, c: Tagged): void => {
  const { heap } = rt;
  const task = rt.factory.newFixedArrayFrom([kind << 1, a, b, c, rt.shared(NativeContextSlot.ContinuationData)]);
  let queue = queueOf(rt);
  const count = heap.get(queue, MicrotaskQueue.Count) >> 1;
  if (count === capacityOf(rt, queue)) queue = grow(rt, queue);
  const at = ((heap.get(queue, MicrotaskQueue.Head) >> 1) + count) % capacityOf(rt, queue);
  heap.setElement(queue, MicrotaskQueue.Ring, at, task);
  heap.init(queue, MicrotaskQueue.Count, (count + 1) << 1);
};

/** A job that calls a function: queueMicrotask. */
export const enqueueCallback = (rt: Runtime, fn: Tagged): void =>
  enqueueTask(rt, TaskKind.Callback, fn, StaticRoot.Undefined, StaticRoot.Undefined);

/** Takes the oldest task; undefined if there is none. */
export const dequeueTask = (rt: Runtime): Tagged => {
  const { heap } = rt;
  const queue = queueOf(rt);
  const count = heap.get(queue, MicrotaskQueue.Count) >> 1;
  if (count === 0) return StaticRoot.Undefined;
  const head = heap.get(queue, MicrotaskQueue.Head) >> 1;
  const task = heap.getElement(queue, MicrotaskQueue.Ring, head);
  heap.initElement(queue, MicrotaskQueue.Ring, head, StaticRoot.Undefined);
  heap.init(queue, MicrotaskQueue.Head, ((head + 1) % capacityOf(rt, queue)) << 1);
  heap.init(queue, MicrotaskQueue.Count, (count - 1) << 1);
  return task;
};

export const taskField = (rt: Runtime, task: Tagged, i: number): Tagged =>
  rt.heap.getElement(task, FixedArray.Elements, i);

const moveRejections = (rt: Runtime, from: Tagged, to: Tagged): void => {
  const { heap } = rt;
  heap.set(to, MicrotaskQueue.Rejections, heap.get(from, MicrotaskQueue.Rejections));
  heap.init(to, MicrotaskQueue.RejectionCount, heap.get(from, MicrotaskQueue.RejectionCount));
};

/** What `action` enqueues is not behind what waits already, which waits on. The action runs its jobs itself. */
export const withOwnMicrotasks = <T>(rt: Runtime, action: () => T): T => {
  const { heap } = rt;
  const scope = heap.openHandles();
  const outer = heap.handle(queueOf(rt));
  const own = newQueue(rt, 32);
  moveRejections(rt, heap.deref(outer), own);
  rt.setShared(NativeContextSlot.Microtasks, own);
  try {
    return action();
  } finally {
    moveRejections(rt, queueOf(rt), heap.deref(outer));
    rt.setShared(NativeContextSlot.Microtasks, heap.deref(outer));
    heap.closeHandles(scope);
  }
};

// --- rejections without a handler ----------------------------------------------------------------------------------------

export const addRejection = (rt: Runtime, promise: Tagged): void => {
  const { heap } = rt;
  const queue = queueOf(rt);
  let list = heap.get(queue, MicrotaskQueue.Rejections);
  const count = heap.get(queue, MicrotaskQueue.RejectionCount) >> 1;
  if (count === heap.get(list, FixedArray.Length) >> 1) {
    const grown = rt.factory.newFixedArray(2 * count + 8, StaticRoot.Undefined);
    for (let i = 0; i < count; i++)
      heap.setElement(grown, FixedArray.Elements, i, heap.getElement(list, FixedArray.Elements, i));
    heap.set(queue, MicrotaskQueue.Rejections, grown);
    list = grown;
  }
  heap.setElement(list, FixedArray.Elements, count, promise);
  heap.init(queue, MicrotaskQueue.RejectionCount, (count + 1) << 1);
};

export const removeRejection = (rt: Runtime, promise: Tagged): void => {
  const { heap } = rt;
  const queue = queueOf(rt);
  const list = heap.get(queue, MicrotaskQueue.Rejections);
  const count = heap.get(queue, MicrotaskQueue.RejectionCount) >> 1;
  let to = 0;
  for (let i = 0; i < count; i++) {
    const word = heap.getElement(list, FixedArray.Elements, i);
    if (word !== promise) heap.setElement(list, FixedArray.Elements, to++, word);
  }
  for (let i = to; i < count; i++) heap.initElement(list, FixedArray.Elements, i, StaticRoot.Undefined);
  heap.init(queue, MicrotaskQueue.RejectionCount, to << 1);
};

/** The rejected promises without a handler, oldest first, and forgets them. Raw words. */
export const takeRejections = (rt: Runtime): Tagged[] => {
  const { heap } = rt;
  const queue = queueOf(rt);
  const list = heap.get(queue, MicrotaskQueue.Rejections);
  const count = heap.get(queue, MicrotaskQueue.RejectionCount) >> 1;
  const promises: Tagged[] = [];
  for (let i = 0; i < count; i++) {
    promises.push(heap.getElement(list, FixedArray.Elements, i));
    heap.initElement(list, FixedArray.Elements, i, StaticRoot.Undefined);
  }
  heap.init(queue, MicrotaskQueue.RejectionCount, 0);
  return promises;
};
