// What happened to code in a session, in order, by the time that the program ran: pauses do not count.

import type { DebugProtocol } from '@vscode/debugprotocol';
import type { BailoutReport, Events } from '../engine/debug/index.ts';

/** What the timeline shows; the body of `bailout/timeline` events and the answer to the request of that name. */
export type TimelineEntry =
  | {
      readonly kind: 'bailout';
      readonly at: number;
      readonly bailout: BailoutReport;
      /** The program is stopped at its guard, or in it: it comes again when it has ended. */
      readonly isNow?: true;
      readonly source?: DebugProtocol.Source;
      readonly codeSource?: DebugProtocol.Source;
    }
  | {
      readonly kind: 'tierUp';
      readonly at: number;
      readonly tierUp: Events['tierUp'];
      readonly source?: DebugProtocol.Source;
      readonly codeSource?: DebugProtocol.Source;
    }
  | { readonly kind: 'invalidated'; readonly at: number; readonly invalidated: Events['codeInvalidated'] };

const longest = 10_000;

export class Timeline {
  readonly #added: (entry: TimelineEntry) => void;
  #entries: TimelineEntry[] = [];
  #started = 0;
  /** Milliseconds in stops that are over, and when the present one began. */
  #paused = 0;
  #pausedAt: number | undefined;

  /** @param added called with each entry that is new, or has changed */
  constructor(added: (entry: TimelineEntry) => void) {
    this.#added = added;
  }

  get entries(): readonly TimelineEntry[] {
    return this.#entries;
  }

  start(): void {
    this.#entries = [];
    this.#started = Date.now();
    this.#paused = 0;
    this.#pausedAt = undefined;
  }

  stopped(): void {
    this.#pausedAt ??= Date.now();
  }

  goesOn(): void {
    if (this.#pausedAt !== undefined) this.#paused += Date.now() - this.#pausedAt;
    this.#pausedAt = undefined;
  }

  /** Milliseconds that the program has run. */
  get now(): number {
    return (this.#pausedAt ?? Date.now()) - this.#started - this.#paused;
  }

  add(entry: TimelineEntry): void {
    if (entry.kind === 'bailout') {
      const before = this.#entries.findLastIndex(
        (other) => other.kind === 'bailout' && other.isNow === true && other.bailout.number === entry.bailout.number,
      );
      // It stays one bailout, step after step.
      if (before >= 0 && entry.isNow === true) return;
      if (before >= 0) this.#entries.splice(before, 1);
    }
    if (this.#entries.length >= longest) this.#entries.shift();
    this.#entries.push(entry);
    this.#added(entry);
  }
}
