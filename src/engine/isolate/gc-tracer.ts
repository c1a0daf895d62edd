// What collections did and how long they took: lines as V8's --trace-gc prints them, the last few of them for reports of running out
// of memory, and counts.
//
//   [pid:isolate]   148 ms: Scavenge 4.7 (5.3) -> 4.5 (6.3) MB, pooled: 0 MB, 0.84 / 0.00 ms  (average mu = …) allocation failure;
//                           kind     used (committed) before -> after                    time      mutator utilization    why

import { cageHi, type Heap, Region } from '../heap/index.ts';
import type { Host } from './host.ts';

export type CollectionKind = 'Scavenge' | 'Mark-Compact';

/** Collections kept for a report. */
const keptCollections = 2;
const mega = 1024 * 1024;

/** Sizes in bytes, times in milliseconds. */
interface Collection {
  readonly kind: CollectionKind;
  readonly why: string;
  readonly usedBefore: number;
  readonly committedBefore: number;
  readonly used: number;
  readonly committed: number;
  readonly began: number;
  readonly ended: number;
  readonly averageUtilization: number;
  readonly currentUtilization: number;
}

export interface GcTraceOptions {
  /** Print a line after each collection (--trace-gc). */
  readonly trace: boolean;
  /** But not after a scavenge (--trace-gc-ignore-scavenger). */
  readonly ignoreScavenges: boolean;
  /** Then the sizes of each space (--trace-gc-verbose). */
  readonly verbose: boolean;
}

export class GcTracer {
  /** Collections by kind. */
  readonly counts: Record<CollectionKind, number> = { Scavenge: 0, 'Mark-Compact': 0 };
  private readonly heap: Heap;
  private readonly host: Host;
  private readonly options: GcTraceOptions;
  private readonly start: number;
  private readonly collections: Collection[] = [];
  /** When the last marking collection ended, and what has been spent in collections since, and in marking ones: milliseconds. */
  private lastMarking: number;
  private averageMutator = 0;
  private averageMarking = 0;
  private currentUtilization = 1;
  private averageUtilization = 1;

  constructor(heap: Heap, host: Host, options: GcTraceOptions) {
    this.heap = heap;
    this.host = host;
    this.options = options;
    this.start = host.monotonicTime();
    this.lastMarking = this.start;
  }

  /** The last few collections, one a line. */
  get lastFew(): readonly string[] {
    return this.collections.map((collection) => this.line(collection));
  }

  /** Runs a collection. @param why V8's words: allocation failure, testing … */
  during(kind: CollectionKind, why: string, collect: () => void): void {
    const { heap, host, options } = this;
    const began = host.monotonicTime();
    const [usedBefore, committedBefore] = [heap.usedBytes, heap.committedBytes];
    collect();
    const ended = host.monotonicTime();
    this.counts[kind]++;
    if (kind === 'Mark-Compact') this.measureUtilization(began, ended);
    const { averageUtilization, currentUtilization } = this;
    const [used, committed] = [heap.usedBytes, heap.committedBytes];
    const times = { began, ended, averageUtilization, currentUtilization };
    const collection = { kind, why, usedBefore, committedBefore, used, committed, ...times };
    this.collections.push(collection);
    if (this.collections.length > keptCollections) this.collections.shift();
    if (!options.trace || (options.ignoreScavenges && kind === 'Scavenge')) return;
    host.write('stdout', `${this.line(collection)}\n`);
    if (options.verbose) host.write('stdout', this.spaces());
  }

  private line(c: Collection): string {
    const sizes = (used: number, committed: number): string =>
      `${(used / mega).toFixed(1)} (${(committed / mega).toFixed(1)})`;
    return (
      `[${this.host.processId}:0x${cageHi.toString(16)}00000000] ${(c.ended - this.start).toFixed(0).padStart(8)} ms: ${c.kind} ` +
      `${sizes(c.usedBefore, c.committedBefore)} -> ${sizes(c.used, c.committed)} MB, pooled: 0 MB, ` +
      `${(c.ended - c.began).toFixed(2)} / 0.00 ms  (average mu = ${c.averageUtilization.toFixed(3)}, ` +
      `current mu = ${c.currentUtilization.toFixed(3)}) ${c.why}; `
    );
  }

  /** How much of the time since the last marking collection the program had (V8: RecordMutatorUtilization). */
  private measureUtilization(began: number, ended: number): void {
    const mutator = began - this.lastMarking;
    const marking = ended - began;
    this.lastMarking = ended;
    const whole = mutator + marking;
    this.currentUtilization = whole > 0 ? mutator / whole : 0;
    const isFirst = this.averageMutator === 0 && this.averageMarking === 0;
    this.averageMutator = isFirst ? mutator : (mutator + this.averageMutator) / 2;
    this.averageMarking = isFirst ? marking : (marking + this.averageMarking) / 2;
    const average = this.averageMutator + this.averageMarking;
    this.averageUtilization = average > 0 ? this.averageMutator / average : 0;
  }

  private spaces(): string {
    const prefix = `[${this.host.processId}:0x${cageHi.toString(16)}00000000] `;
    const kb = (bytes: number): string => `${Math.floor(bytes / 1024)}`.padStart(6);
    return this.heap
      .spaceStatistics()
      .map(
        ({ name, size, used }) =>
          `${prefix}${`${name},`.padEnd(26)}used: ${kb(used)} KB, available: ${kb(size - used)} KB, committed: ${kb(size)} KB\n`,
      )
      .join('');
  }
}

/** Where the heap may not grow beyond, in bytes of all spaces. */
export const heapLimit = (heap: Heap): number => heap.oldEnd - Region.OldSpace + 2 * heap.semiSpaceSize;
