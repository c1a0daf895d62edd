// The stop that the program is in, for whoever shows or evaluates something of it. `Stops` makes and ends it.

import type { Tagged } from '../heap/index.ts';
import { StaticRoot } from '../objects/index.ts';
import type { BytecodePlace } from './code-tables.ts';
import type { GuardHit } from './guards.ts';
import type { ObjectTable } from './object-table.ts';
import type { Stop } from './protocol.ts';
import type { FrameView, StopPlace } from './stack.ts';

export class CurrentStop {
  /** Undefined while the program runs. */
  at: { readonly place: StopPlace; readonly what: Stop; readonly guard: GuardHit | undefined } | undefined;
  frames: FrameView[] = [];
  /** In optimized code: the bytecode whose breakpoint is looked at, or stops. */
  codePlace: BytecodePlace | undefined;
  private readonly objects: ObjectTable;
  private accumulatorKey = -1;

  constructor(objects: ObjectTable) {
    this.objects = objects;
  }

  /** The machine's registers are the program's now, and its code is stopped in the middle. */
  get isInMachine(): boolean {
    return this.at !== undefined && this.at.place !== 'interpreter';
  }

  /** At a stop in the interpreter; code that runs for the debugger uses the interpreter's own. */
  get accumulator(): Tagged {
    return this.accumulatorKey < 0 ? StaticRoot.Undefined : this.objects.at(this.accumulatorKey);
  }

  keepAccumulator(word: Tagged): void {
    this.accumulatorKey = this.objects.keep(word);
  }

  end(): void {
    this.at = undefined;
    this.frames = [];
    this.accumulatorKey = -1;
  }
}
