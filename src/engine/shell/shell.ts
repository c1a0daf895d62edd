// What both shells share: the job loop, reports.

import { takeUnhandledRejections } from '../builtins/index.ts';
import type { Tagged } from '../heap/index.ts';
import { OutOfMemory } from '../heap/index.ts';
import {
  defineHostGlobal,
  type HostFunction,
  hostFunction,
  type Isolate,
  Quit,
  Termination,
  uncaughtReport,
} from '../isolate/index.ts';
import { FixedArray, JSArray, lookupOwn, StaticRoot } from '../objects/index.ts';
import {
  addOrReplace,
  getNamed,
  isErrorObject,
  isJSReceiver,
  jsException,
  newPlainObject,
  type Runtime,
  renderForMessage,
  toHost,
  toNumberValue,
  toString,
} from '../runtime/index.ts';

// --- timers -----------------------------------------------------------------------------------------------------------------

interface Timer {
  readonly id: number;
  due: number;
  readonly interval: number | undefined;
  /** Whether the program goes on for its sake. */
  readonly keepsAlive: boolean;
}

/** setTimeout and its like, and the loop that runs them: by due time, then by order of creation. */
export class Timers {
  private readonly isolate: Isolate;
  private readonly functions: readonly (readonly [name: string, fn: HostFunction, length: number])[];
  private readonly pending = new Map<number, Timer>();
  /** A handle for the shell's life: an object that keeps callbacks alive. */
  private readonly registry: number;
  private nextId = 1;
  constructor(isolate: Isolate) {
    this.isolate = isolate;
    const { rt } = isolate;
    this.registry = rt.heap.handle(newPlainObject(rt));
    const clear = (): HostFunction => (_rt, args) => {
      if ((args.at(0) & 1) === 0) this.pending.delete(args.at(0) >> 1);
      return StaticRoot.Undefined;
    };
    const immediate: HostFunction = (_rt, args) => this.add(args.at(0), args.slice(1), -1, undefined);
    this.functions = [
      ['setTimeout', this.setter(false), 2],
      ['setInterval', this.setter(true), 2],
      ['clearTimeout', clear(), 1],
      ['clearInterval', clear(), 1],
      ['clearImmediate', clear(), 1],
      ['setImmediate', immediate, 1],
    ];
  }

  /** Calls `callback` in a task of its own. One that does not keep alive is dropped when nothing else is left to run. */
  post(callback: Tagged, milliseconds: number, keepsAlive: boolean): void {
    this.add(callback, [], milliseconds, undefined, keepsAlive);
  }

  /** Defines the functions in the current realm. */
  install(): void {
    for (const [name, fn, length] of this.functions)
      defineHostGlobal(this.isolate, name, hostFunction(this.isolate, name, fn, length));
  }

  private setter(repeats: boolean): HostFunction {
    return (rt, args) => {
      const requested = args.at(1) === StaticRoot.Undefined ? 1 : toNumberValue(rt, args.at(1));
      const delay = requested >= 1 && requested <= 0x7fffffff ? Math.trunc(requested) : 1;
      return this.add(args.at(0), args.slice(2), delay, repeats ? delay : undefined);
    };
  }

  private add(
    callback: Tagged,
    args: readonly Tagged[],
    delay: number,
    interval: number | undefined,
    keepsAlive = true,
  ): Tagged {
    const { rt } = this.isolate;
    const id = this.nextId++;
    addOrReplace(
      rt,
      rt.heap.deref(this.registry),
      rt.factory.internalize(`t${id}`),
      rt.factory.newJSArrayFrom([callback, ...args]),
      0,
    );
    this.pending.set(id, {
      id,
      due: delay < 0 ? -1 : this.isolate.host.monotonicTime() + delay,
      interval,
      keepsAlive,
    });
    return id << 1;
  }

  /** Runs timers until none is left. `run` runs one callback and reports its exception. */
  loop(run: (action: () => void) => boolean): boolean {
    while ([...this.pending.values()].some(({ keepsAlive }) => keepsAlive)) if (!this.step(run)) return false;
    return true;
  }

  /** Runs the next timer; whether there was one, and it did not fail. */
  step(run: (action: () => void) => boolean): boolean {
    const { isolate } = this;
    const { rt, host } = isolate;
    if (this.pending.size === 0) return false;
    {
      let next: Timer | undefined;
      for (const timer of this.pending.values()) if (next === undefined || timer.due < next.due) next = timer;
      const wait = next!.due - host.monotonicTime();
      if (wait > 0) host.sleep(wait);
      const timer = next!;
      if (timer.interval === undefined) this.pending.delete(timer.id);
      else timer.due = host.monotonicTime() + timer.interval;
      const ok = run(() => {
        const { heap } = isolate;
        const list = getNamed(rt, rt.heap.deref(this.registry), `t${timer.id}`);
        const words: Tagged[] = [];
        const elements = heap.get(list, JSArray.Elements);
        const length = heap.get(list, JSArray.Length) >> 1;
        for (let i = 0; i < length; i++) words.push(heap.getElement(elements, FixedArray.Elements, i));
        rt.hooks.call(words[0]!, StaticRoot.Undefined, words.slice(1));
      });
      return ok;
    }
  }
}

// --- running with reports -----------------------------------------------------------------------------------------------------

export interface ShellResult {
  readonly status: number;
}

/** Reports the first promise rejected without a handler, as an uncaught exception; whether there was one. */
const reportRejections = (isolate: Isolate, style: 'node' | 'd8'): boolean => {
  const reason = takeUnhandledRejections(isolate.rt)[0]?.reason;
  if (reason === undefined || isolate.ignoreUnhandledRejections) return false;
  reportRejection(isolate, style, reason);
  return true;
};

/** Reports the reason of a promise that was rejected without a handler. */
export const reportRejection = (isolate: Isolate, style: 'node' | 'd8', reason: Tagged): void => {
  const { rt, host } = isolate;
  const isErrorLike = isJSReceiver(rt, reason) && lookupOwn(rt.heap, rt.factory, reason, rt.names.stack).found;
  const report = (): string => {
    const text = uncaughtReport(rt, isolate.scripts, reason, isolate.rememberedPlaceOf(reason), style);
    // nothing of the program's to show: where Node itself throws it
    const hasPlace = style === 'd8' || /^(?:\n)?\S.*:\d+\n.*\n(?:\s*\^+)?\n/.test(text);
    return hasPlace ? text : `${rejectionPlaces.error}${text}`;
  };
  const text = isErrorLike || style === 'd8' ? report() : rejectionOfValue(rt, reason);
  host.write(style === 'node' ? 'stderr' : 'stdout', text);
};

/** Where Node throws what a promise was rejected with. */
const rejectionPlaces = {
  value: `node:internal/process/promises:392
      new UnhandledPromiseRejection(reason);
      ^

`,
  error: `node:internal/process/promises:394
    triggerUncaughtException(err, true /* fromPromise */);
    ^

`,
};

/** Node's words for a reason that is no Error. */
const rejectionOfValue = (rt: Runtime, reason: Tagged): string =>
  `${rejectionPlaces.value}UnhandledPromiseRejection: This error originated either by throwing inside of an async function without a catch block, ` +
  `or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${renderForMessage(rt, reason)}". {\n  code: 'ERR_UNHANDLED_REJECTION'\n}\n`;

/** Runs `action` and the microtasks after it; reports what goes uncaught. False: the program is over with status 1. */
export const runGuarded = (isolate: Isolate, style: 'node' | 'd8', action: () => void): boolean => {
  try {
    action();
    isolate.runMicrotasks();
    return !reportRejections(isolate, style);
  } catch (error) {
    settleUncaught(isolate, error);
    return reportUncaught(isolate, style, error);
  }
};

/** After unwinding to the shell: an exception of the program's is pending then; an end from outside goes on. */
export const settleUncaught = (isolate: Isolate, error: unknown): void => {
  if (error instanceof Quit) throw error;
  isolate.rt.resetArguments();
  isolate.rt.nesting = 0;
  if (error instanceof RangeError) isolate.hostError(error);
};

/** d8 asks an object that is no Error what it is called. */
const textOfObject = (rt: Runtime, exception: Tagged): string | undefined => {
  if (!isJSReceiver(rt, exception) || isErrorObject(rt, exception)) return undefined;
  try {
    return toHost(rt, toString(rt, exception));
  } catch (error) {
    if (error !== jsException) throw error;
    rt.takeException();
    return '<string conversion failed>';
  }
};

/** Reports why the program ends: the pending exception, or the engine's end. Always false. */
export const reportUncaught = (isolate: Isolate, style: 'node' | 'd8', error: unknown): boolean => {
  if (error === jsException || error instanceof RangeError) {
    const { rt, scripts } = isolate;
    const place = isolate.placeOf(rt.pendingException);
    const scope = rt.heap.openHandles();
    const exception = rt.heap.handle(rt.takeException());
    const ownText = style === 'd8' ? textOfObject(rt, rt.heap.deref(exception)) : undefined;
    const text = uncaughtReport(rt, scripts, rt.heap.deref(exception), place, style, ownText);
    rt.heap.closeHandles(scope);
    isolate.host.write(style === 'node' ? 'stderr' : 'stdout', text);
    return false;
  }
  if (error instanceof OutOfMemory) {
    isolate.host.write(
      'stderr',
      `\n<--- Last few GCs --->\n\n${isolate.collector.tracer.lastFew.map((line) => `${line}\n`).join('')}\n` +
        `FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory (${error.message})\n`,
    );
    return false;
  }
  if (error instanceof Termination) {
    isolate.host.write('stderr', 'execution terminated\n');
    return false;
  }
  throw error;
};
