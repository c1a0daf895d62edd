// Objects that escape analysis removed and somebody looked at: made when they are asked for, and from then on the same ones, at the
// guard, in the Deoptimizer and in the frames that it builds.
//
// Invariant: what is kept belongs to the bailout that follows. At any other stop the optimized code goes on with its own copy of
// the values, so what was made there is forgotten with the stop.

import type { TranslatedState, TranslatedValue } from '../deoptimizer/index.ts';
import type { Address, Tagged } from '../heap/index.ts';
import { StaticRoot } from '../objects/index.ts';
import type { ObjectTable } from './object-table.ts';

/** An optimized frame at one of its exits. */
export interface ExitPlace {
  readonly fp: Address;
  readonly code: Tagged;
  readonly exit: number;
}

/** Objects kept at a time. */
const capacity = 256;

export class Materialized {
  private readonly objects: ObjectTable;
  /** Keys in the table, taken in order. */
  private readonly keys: readonly number[];
  private readonly known = new Map<string, number>();
  private readonly places = new WeakMap<TranslatedState, string>();

  constructor(objects: ObjectTable) {
    this.objects = objects;
    this.keys = Array.from({ length: capacity }, () => objects.keep(StaticRoot.Undefined));
  }

  /** Gives a translation that was read the objects that are there already. */
  seed(state: TranslatedState, { fp, code, exit }: ExitPlace): void {
    const place = `${fp} ${code} ${exit}`;
    this.places.set(state, place);
    for (const [i, object] of state.objects.entries()) {
      const key = this.known.get(`${place} ${i}`);
      if (key === undefined) continue;
      object.tagged = this.objects.at(key);
      object.hasTagged = true;
    }
  }

  /** The object of a captured value, or of one that it duplicates. */
  object(state: TranslatedState, value: TranslatedValue): Tagged {
    const word = state.valueOf(value);
    const place = this.places.get(state);
    for (const [i, object] of state.objects.entries()) {
      if (place === undefined || !object.hasTagged || this.known.has(`${place} ${i}`)) continue;
      const key = this.keys[this.known.size];
      if (key === undefined) break;
      this.objects.set(key, object.tagged);
      this.known.set(`${place} ${i}`, key);
    }
    return word;
  }

  forget(): void {
    for (const key of this.known.values()) this.objects.set(key, StaticRoot.Undefined);
    this.known.clear();
  }
}
