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

/** What the engine itself wants to run later. */
interface Task {
  readonly run: () => void;
  /** Milliseconds of the host's monotonic time. */
  readonly due: number;
  readonly keepsAlive: boolean;
}

export class EventLoop {
  private readonly host: Host;
  private tasks: Task[] = [];
  private readonly callbacks: LoopCallbacks;
  /** Whether the library has something to call. */
  isStarted = false;
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

  constructor(host: Host, callbacks: LoopCallbacks) {
    this.host = host;
    this.callbacks = callbacks;
  }

  /** Whole milliseconds, as timers count. */
  now(): number {
    return Math.floor(this.host.monotonicTime());
  }

  get isAlive(): boolean {
    if (this.tasks.some(({ keepsAlive }) => keepsAlive)) return true;
    return this.referencedTimers > 0 || this.referencedImmediates > 0 || this.results > 0 || this.wantsInput;
  }

  /** Turns until nothing keeps the program alive; false where it ended before. */
  run(guard: Guard): boolean {
    while (this.isAlive) {
      const { callbacks } = this;
      if (!this.isStarted) {
        if (!this.runTasks(guard)) return false;
        this.waitUntil(this.nextTask());
        continue;
      }
      if (!this.runTimers(callbacks, guard)) return false;
      if (!this.runTasks(guard)) return false;
      if ((this.results > 0 || (this.wantsInput && !this.hasSoonerWork())) && !guard(() => callbacks.poll()))
        return false;
      if (this.immediates > 0) {
        if (!this.runImmediates(callbacks, guard)) return false;
      } else if (this.results === 0 && this.timerExpiry > 0 && this.isAlive) {
        this.waitUntil(Math.min(this.timerExpiry, this.nextTask()));
      } else if (this.results === 0 && !this.wantsInput && this.timerExpiry === 0) this.waitUntil(this.nextTask());
    }
    return true;
  }

  /** `run` is called once, `delay` milliseconds from now. */
  post(run: () => void, delay: number, keepsAlive: boolean): void {
    this.tasks.push({ run, due: this.host.monotonicTime() + delay, keepsAlive });
  }

  private runTasks(guard: Guard): boolean {
    const now = this.host.monotonicTime();
    const due = this.tasks.filter((task) => task.due <= now);
    this.tasks = this.tasks.filter((task) => task.due > now);
    return due.every(({ run }) => guard(run));
  }

  /** When the next of the tasks is due. */
  private nextTask(): number {
    return this.tasks.reduce((next, { due }) => Math.min(next, due), Number.POSITIVE_INFINITY);
  }

  private waitUntil(time: number): void {
    const wait = time - this.host.monotonicTime();
    if (wait > 0 && Number.isFinite(wait)) this.host.sleep(wait);
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
