// The event loop: timers, polling, immediates, in Node's order. What is pending lives in the library's JavaScript
// (internal/timers); here is only when to call it next.
//
//   timers → poll (results of file operations, standard input) → check (immediates) → timers …

import type { Host } from '../isolate/index.ts';

/** What the library gives the loop to call. Each runs JavaScript, and may end the program. */
export interface LoopCallbacks {
  /** Runs what is due at `now`. */
  timers(now: number): void;
  immediates(): void;
  poll(): void;
}

/** Runs one callback guarded: reports what goes uncaught; false where the program is over. */
export type Guard = (action: () => void) => boolean;

export class EventLoop {
  private readonly host: Host;
  callbacks: LoopCallbacks | undefined;
  /** When the next timer is due; 0: none. Set by the library. */
  timerExpiry = 0;
  /** Timers that keep the program alive. */
  referencedTimers = 0;
  immediates = 0;
  /** Immediates that keep the program alive. */
  referencedImmediates = 0;
  /** Results that wait for the poll phase. */
  results = 0;
  /** Somebody reads standard input. */
  wantsInput = false;

  constructor(host: Host) {
    this.host = host;
  }

  /** Whole milliseconds, as timers count. */
  now(): number {
    return Math.floor(this.host.monotonicTime());
  }

  get isAlive(): boolean {
    return this.referencedTimers > 0 || this.referencedImmediates > 0 || this.results > 0 || this.wantsInput;
  }

  /** Turns until nothing keeps the program alive; false where it ended before. */
  run(guard: Guard): boolean {
    const { callbacks } = this;
    if (callbacks === undefined) return true;
    while (this.isAlive) {
      if (!this.runTimers(callbacks, guard)) return false;
      if ((this.results > 0 || (this.wantsInput && !this.hasSoonerWork())) && !guard(() => callbacks.poll()))
        return false;
      if (this.immediates > 0) {
        if (!this.runImmediates(callbacks, guard)) return false;
      } else if (this.results === 0 && this.timerExpiry > 0 && this.isAlive) {
        const wait = this.timerExpiry - this.host.monotonicTime();
        if (wait > 0) this.host.sleep(wait);
      }
    }
    return true;
  }

  /** Input is waited for, and blocks: only when nothing else is to be done. */
  private hasSoonerWork(): boolean {
    return this.immediates > 0 || this.results > 0 || (this.timerExpiry > 0 && this.referencedTimers > 0);
  }

  /** What is due; the library says when the next is (`scheduleTimer`), also after a callback that threw. */
  private runTimers(callbacks: LoopCallbacks, guard: Guard): boolean {
    for (let isDone = false; !isDone; ) {
      const now = this.now();
      if (this.timerExpiry === 0 || this.timerExpiry > now) return true;
      const ok = guard(() => {
        callbacks.timers(now);
        isDone = true;
      });
      if (!ok) return false;
    }
    return true;
  }

  /** Immediates; those behind one that threw come at once, too. */
  private runImmediates(callbacks: LoopCallbacks, guard: Guard): boolean {
    for (let isDone = false; !isDone; ) {
      const ok = guard(() => {
        callbacks.immediates();
        isDone = true;
      });
      if (!ok) return false;
    }
    return true;
  }
}
