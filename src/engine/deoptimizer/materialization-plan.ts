// What `materialize` will do, before anything is made: which objects, in which order, and which slots get them. The Deoptimizer works
// along this plan, and the debugger shows it by it; one item is one step of both.
//
//   waiting slots, in the order of writing     items
//     [top + 24]  captured object #0             HeapNumber for object #0's y
//                   y: float64                   object #0            → [top + 24]
//     [top + 16]  duplicate of #0                the same object      → [top + 16]
//     [top + 40]  feedback vector                the closure's vector → [top + 40]
//
// Invariant: each object is one item, behind those for what its fields hold, so that it is complete when a slot gets it. Objects that
// hold each other cannot all be last: the first of them brings the others into being.

import type { Address, Tagged } from '../heap/index.ts';
import { fieldsToMake } from './materializer.ts';
import type { TranslatedState, TranslatedValue } from './translated-state.ts';

/** A slot whose value needs an allocation: filled after all frames are written. */
export interface WaitingSlot {
  /** Index of the output frame, outermost first. */
  readonly frame: number;
  /** Bytes from the frame's top. */
  readonly offset: number;
  /** On the stack. */
  readonly address: Address;
  /** The value; with `isFeedbackVector`, the closure whose feedback vector goes there. */
  readonly value: TranslatedValue;
  readonly isFeedbackVector: boolean;
}

export interface Materialization {
  /** `object`: it is made here. `same object`: it is there already. */
  readonly kind: 'object' | 'same object' | 'feedback vector';
  /** What gets a tagged form; never a duplicate. */
  readonly value: TranslatedValue;
  /** The slot that waits, for this value or for one that holds it. */
  readonly waiting: WaitingSlot;
  /** Of a value that no slot gets: the object in whose field it is. */
  readonly holder: TranslatedValue | undefined;
}

export function* materializations(state: TranslatedState, waiting: Iterable<WaitingSlot>): Iterable<Materialization> {
  const planned = new Set<TranslatedValue>();
  function* held(holder: TranslatedValue, slot: WaitingSlot): Iterable<Materialization> {
    for (const field of fieldsToMake(state, holder)) {
      const value = state.original(field);
      if (planned.has(value)) continue;
      planned.add(value);
      yield* held(value, slot);
      yield { kind: 'object', value, waiting: slot, holder };
    }
  }
  for (const slot of waiting) {
    const value = state.original(slot.value);
    if (slot.isFeedbackVector) yield { kind: 'feedback vector', value, waiting: slot, holder: undefined };
    else if (planned.has(value)) yield { kind: 'same object', value, waiting: slot, holder: undefined };
    else {
      planned.add(value);
      yield* held(value, slot);
      yield { kind: 'object', value, waiting: slot, holder: undefined };
    }
  }
}

/** An item that was done, with its word. */
export interface Materialized extends Materialization {
  readonly word: Tagged;
}

/** Whether something was allocated for it, and not only a slot filled. */
export const isObject = ({ kind }: Materialization): boolean => kind === 'object';
