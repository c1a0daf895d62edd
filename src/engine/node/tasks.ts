// Running the program's code piece by piece: each piece, then ticks and promise jobs, then what was rejected; what goes
// uncaught goes to `process` first.

import { takeUnhandledRejections } from '../builtins/index.ts';
import { IsolateData, type Tagged } from '../heap/index.ts';
import { type Isolate, Quit } from '../isolate/index.ts';
import { StaticRoot } from '../objects/index.ts';
import { addOrReplace, dataPropertyOnChain, isCallable, jsException, newPlainObject } from '../runtime/index.ts';
import { reportRejection, reportUncaught, settleUncaught } from '../shell/index.ts';

/** What `process` does for the shell, once a program has asked for it. */
export type ProcessCallback = 'ticks' | 'fatal' | 'rejection' | 'exit' | 'beforeExit' | 'exitCode';

export class Tasks {
  private readonly isolate: Isolate;
  /** A handle for the shell's life: an object with the callbacks by name. */
  private readonly callbacks: number;
  /** After each piece and its jobs; may throw `jsException`. */
  private readonly afterEach: () => void;
  private readonly names = new Set<ProcessCallback>();

  constructor(isolate: Isolate, ignoresRejections: boolean, afterEach: () => void) {
    this.isolate = isolate;
    this.afterEach = afterEach;
    this.ignoresRejections = ignoresRejections;
    this.callbacks = isolate.heap.handle(newPlainObject(isolate.rt));
  }

  private readonly ignoresRejections: boolean;

  setCallback(name: ProcessCallback, fn: Tagged): void {
    const { rt, heap } = this.isolate;
    this.names.add(name);
    addOrReplace(rt, heap.deref(this.callbacks), rt.factory.internalize(name), fn, 0);
  }

  /** Keeps a function of the library's for the shell's life. */
  keep(name: string, fn: Tagged): void {
    const { rt, heap } = this.isolate;
    addOrReplace(rt, heap.deref(this.callbacks), rt.factory.internalize(`kept:${name}`), fn, 0);
  }

  kept(name: string): Tagged {
    const { rt, heap } = this.isolate;
    return dataPropertyOnChain(rt, heap.deref(this.callbacks), rt.factory.internalize(`kept:${name}`));
  }

  /** Calls a function that was kept. Throws `jsException`. */
  callKept(name: string, ...args: Tagged[]): Tagged {
    return this.isolate.rt.call(this.kept(name), StaticRoot.Undefined, ...args);
  }

  /** Calls `process`'s part; undefined where no program has asked for `process`. Throws `jsException`. */
  callProcess(name: ProcessCallback, ...args: Tagged[]): Tagged | undefined {
    if (!this.names.has(name)) return undefined;
    const { rt, heap } = this.isolate;
    const fn = dataPropertyOnChain(rt, heap.deref(this.callbacks), rt.factory.internalize(name));
    return isCallable(rt, fn) ? rt.call(fn, StaticRoot.Undefined, ...args) : undefined;
  }

  /** Runs a piece of the program. False: it is over, with status 1. */
  readonly guard = (action: () => void): boolean => {
    let piece: (() => void) | undefined = action;
    for (;;) {
      try {
        const current = piece;
        piece = undefined;
        current?.();
        this.drain();
        this.afterEach();
        return this.settleRejections();
      } catch (error) {
        settleUncaught(this.isolate, error);
        if (!(error === jsException || error instanceof RangeError) || !this.handled())
          return reportUncaught(this.isolate, 'node', error);
      }
    }
  };

  /** Ticks, and promise jobs after each; only promise jobs in a program without ticks. */
  private drain(): void {
    if (this.callProcess('ticks') === undefined) this.isolate.runMicrotasks();
  }

  /** Gives the pending exception to `process`; whether somebody there took it. It is pending still where nobody did. */
  private handled(): boolean {
    if (!this.names.has('fatal')) return false;
    const { rt, heap } = this.isolate;
    const scope = heap.openHandles();
    const message = heap.handle(heap.readIsolateWord(IsolateData.PendingMessage));
    const exception = heap.handle(rt.takeException());
    try {
      const taken = this.callProcess('fatal', heap.deref(exception)) === StaticRoot.True;
      if (!taken) {
        rt.setPendingException(heap.deref(exception));
        heap.isolateWord(IsolateData.PendingMessage, heap.deref(message));
      }
      return taken;
    } catch (error) {
      if (error instanceof Quit) throw error;
      settleUncaught(this.isolate, error);
      // the handler's own exception ends the program
      return false;
    } finally {
      heap.closeHandles(scope);
    }
  }

  /** Gives promises that were rejected without a handler to `process`, or ends the program with the first. */
  private settleRejections(): boolean {
    const { isolate } = this;
    const { rt, heap } = isolate;
    for (;;) {
      const rejected = takeUnhandledRejections(rt);
      if (rejected.length === 0 || this.ignoresRejections) return true;
      const scope = heap.openHandles();
      try {
        const handles = rejected.map(({ promise, reason }) => [heap.handle(promise), heap.handle(reason)] as const);
        for (const [promise, reason] of handles) {
          if (this.callProcess('rejection', heap.deref(promise), heap.deref(reason)) === StaticRoot.True) continue;
          reportRejection(isolate, 'node', heap.deref(reason));
          return false;
        }
        this.drain();
      } finally {
        heap.closeHandles(scope);
      }
    }
  }
}
