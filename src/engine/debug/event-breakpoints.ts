// Breakpoints on what happens to code: phases and slots of the Deoptimizer, which stop right there, and tier-ups and invalidations,
// which stop at the next safepoint: where they happen, raw words are under way and nothing may look.

import type { Judged } from './breakpoints.ts';
import type { BreakpointStatus, CollectionKind, DeoptimizerPhase, EventBreakpoint } from './protocol.ts';

export interface BoundEvent extends Judged {
  readonly wanted: EventBreakpoint;
}

/** A point of a deoptimization, by every name that a breakpoint may use. */
export interface DeoptimizerPoint {
  /** Undefined where no breakpoint on a phase stops: inside one, at what is no object. */
  readonly phase: DeoptimizerPhase | undefined;
  /** The optimized function and those inlined at the exit. */
  readonly functions: readonly string[];
  /** The function whose frame is being built. */
  readonly frame: string | undefined;
  /** At a slot: V8's name, the bytecode register, the variable. */
  readonly slot: readonly string[] | undefined;
}

/** What waits for a safepoint. */
export interface CodeEvent {
  readonly text: string;
  readonly breakpoints: readonly BoundEvent[];
}

export class EventBreakpoints {
  private bound: readonly BoundEvent[] = [];
  private unknown = new Set<BoundEvent>();
  private waiting: CodeEvent[] = [];

  /** @param exists whether a function of that name is known */
  set(wanted: readonly EventBreakpoint[], exists: (name: string) => boolean): BreakpointStatus[] {
    this.bound = wanted.map((breakpoint) => ({ wanted: breakpoint, hits: 0, reported: false }));
    this.unknown = new Set(this.bound.filter(({ wanted: { function: name } }) => name !== undefined && !exists(name)));
    return this.bound.map((breakpoint) => statusOf(breakpoint, !this.unknown.has(breakpoint)));
  }

  /** A function got bytecode: what waited for its name is verified now. */
  compiled(name: string): BreakpointStatus[] {
    const found = [...this.unknown].filter(({ wanted }) => wanted.function === name);
    for (const breakpoint of found) this.unknown.delete(breakpoint);
    return found.map((breakpoint) => statusOf(breakpoint, true));
  }

  get watchesDeoptimizer(): boolean {
    return this.bound.some(({ wanted }) => wanted.on === 'phase' || wanted.on === 'slot');
  }

  watches(kind: CollectionKind): boolean {
    return this.bound.some(({ wanted }) => wanted.on === kind);
  }

  inDeoptimizer({ phase, functions, frame, slot }: DeoptimizerPoint): BoundEvent[] {
    return this.bound.filter(({ wanted }) => {
      if (slot === undefined ? wanted.on !== 'phase' || wanted.phase !== phase : wanted.on !== 'slot') return false;
      if (slot !== undefined && wanted.slot !== undefined && !slot.includes(wanted.slot)) return false;
      if (wanted.function === undefined) return true;
      return frame === undefined ? functions.includes(wanted.function) : wanted.function === frame;
    });
  }

  /** Code was made or invalidated. True: somebody waits for it, at the next safepoint. */
  happened(on: Exclude<EventBreakpoint['on'], 'phase' | 'slot'>, functions: readonly string[], text: string): boolean {
    const breakpoints = this.bound.filter(
      ({ wanted }) => wanted.on === on && (wanted.function === undefined || functions.includes(wanted.function)),
    );
    if (breakpoints.length > 0) this.waiting.push({ text, breakpoints });
    return breakpoints.length > 0;
  }

  get isWaiting(): boolean {
    return this.waiting.length > 0;
  }

  takeWaiting(): CodeEvent[] {
    const taken = this.waiting;
    this.waiting = [];
    return taken;
  }
}

function statusOf({ wanted }: BoundEvent, verified: boolean): BreakpointStatus {
  return {
    id: wanted.id,
    verified,
    message: verified ? undefined : `There is no function '${wanted.function}' yet.`,
  };
}
