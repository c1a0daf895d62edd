// How long code may run that was given a time (Node's `timeout` of scripts). Nobody else could interrupt it, so that every stack check
// asks the clock while there is a deadline: slow, but only then, and in interpreted and optimized code alike.
//
// Invariant: deadlines end with their actions; the earliest that has passed ends its own action, however deep the code is.

import { type Heap, Interrupt } from '../heap/index.ts';
import type { Host } from './host.ts';

/** Unwinds to the action whose time is over; is caught by no handler. */
export class DeadlinePassed extends Error {
  readonly at: number;
  constructor(at: number) {
    super('a deadline has passed');
    this.name = 'DeadlinePassed';
    this.at = at;
  }
}

/** Milliseconds that an operation of the host gets at first. */
const firstSlice = 50;

export class Deadlines {
  private readonly heap: Heap;
  private readonly host: Host;
  /** Of the actions that run; Infinity without one. */
  private earliest = Infinity;

  constructor(heap: Heap, host: Host) {
    this.heap = heap;
    this.host = host;
  }

  /** Runs `action` for so long at most. Throws what `passed` gives when its time is over before it. */
  run<T>(milliseconds: number, action: () => T, passed: () => never): T {
    const outer = this.earliest;
    const at = this.host.monotonicTime() + milliseconds;
    this.earliest = Math.min(outer, at);
    this.heap.requestInterrupt(Interrupt.Deadline);
    try {
      return action();
    } catch (error) {
      if (!(error instanceof DeadlinePassed && error.at === at)) throw error;
    } finally {
      this.earliest = outer;
    }
    return passed();
  }

  /** One operation of the host (Runtime.patiently). @param isWatched somebody may ask to pause or to end */
  patiently<T>(isWatched: boolean, isLong: () => boolean, action: () => T): T {
    const { host } = this;
    if ((!isWatched && this.earliest === Infinity) || host.within === undefined || !isLong()) return action();
    for (let milliseconds = firstSlice; ; milliseconds *= 2) {
      const done = host.within(milliseconds, action);
      if (done !== undefined) return done.value;
      this.heap.poll();
    }
  }

  /** At a stack check. */
  check(): void {
    if (this.earliest === Infinity) return;
    this.heap.requestInterrupt(Interrupt.Deadline);
    if (this.host.monotonicTime() >= this.earliest) throw new DeadlinePassed(this.earliest);
  }
}
