// --deopt-at-every-exit: each exit of optimized code is taken once, although its guard passed or its call's code is as good as before.
//
// Code is generated with a jump to each exit that no bailout has been through yet: behind a guard's own jump, and where a call
// returns. The first one that is reached is taken; the function's next code has one less.
//
// Invariant: an exit is the same one in every code of its function: function, place, reason.

import { type Heap, IsolateData, type Tagged } from '../heap/index.ts';
import { Code, SharedFunctionInfo } from '../objects/index.ts';
import { DeoptimizeReason } from './deoptimize-reason.ts';
import type { Deoptimization } from './deoptimizer.ts';

/** IsolateData.DeoptEveryNTimes of this mode. */
export const everyExitOnce = -1;

export const forcesExits = (heap: Heap): boolean =>
  heap.readIsolateWord(IsolateData.DeoptEveryNTimes) === everyExitOnce;

/** An exit of optimized code, by what stays the same from one compilation of its function to the next. */
interface ExitPlace {
  readonly kind: 'eager' | 'lazy';
  readonly reason: DeoptimizeReason;
  /** Script offset and inlining id. */
  readonly position: number;
  readonly inliningId: number;
  /** Of the innermost frame. */
  readonly bytecodeOffset: number;
}

export class ForcedExits {
  private readonly heap: Heap;
  /** Exits that a bailout has been through, in this run or in one before it: a program is the same every time. */
  readonly taken = new Set<string>();
  /** Exits that code has. */
  readonly known = new Set<string>();

  constructor(heap: Heap) {
    this.heap = heap;
  }

  /** Whether code of the function is to leave there. */
  isLeft(shared: Tagged, exit: ExitPlace): boolean {
    const key = this.key(shared, exit);
    this.known.add(key);
    return !this.taken.has(key);
  }

  took({ code, scriptOffset, ...exit }: Deoptimization): void {
    const shared = this.heap.get(code, Code.SharedFunctionInfo);
    this.taken.add(this.key(shared, { ...exit, position: scriptOffset }));
  }

  private key(shared: Tagged, { kind, reason, position, inliningId, bytecodeOffset }: ExitPlace): string {
    const id = this.heap.getI32(shared, SharedFunctionInfo.UniqueId);
    return [id, kind, kind === 'lazy' ? '' : DeoptimizeReason[reason], position, inliningId, bytecodeOffset].join();
  }
}
