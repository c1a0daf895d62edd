// Collections as they happen, for breakpoints on them and for the Heap view. What a collection did is written down in the middle of it,
// where nothing may be allocated; the program stops at the safepoint behind it.

import { type Address, type Heap, type MarkResult, MarkSnapshot, type ScavengeResult } from '../heap/index.ts';
import type { CollectionObserver } from '../isolate/index.ts';
import type { CollectionKind } from './protocol.ts';

export interface Move {
  readonly from: Address;
  readonly to: Address;
  readonly bytes: number;
}

export interface CollectionRecord {
  readonly kind: CollectionKind;
  readonly text: string;
  /** Of a scavenge: objects that went somewhere else, the first of them. */
  readonly moves: readonly Move[];
  readonly moved: number;
  /** The heap's count of collections: as long as it is the same, addresses hold. */
  readonly at: number;
}

/** Moves that are kept. */
const mostMoves = 100_000;

export const kib = (bytes: number): string => (bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(1)} KiB`);

export class Collections implements CollectionObserver {
  private readonly heap: Heap;
  private readonly happened: (record: CollectionRecord) => void;
  private readonly watches: (kind: CollectionKind) => boolean;
  private moves: Move[] = [];
  private count = 0;
  /** What the last marking reached. */
  lastMarks: MarkSnapshot | undefined;
  /** The last one of each kind that a breakpoint asks for: a stop may be for several. */
  readonly latest = new Map<CollectionKind, CollectionRecord>();

  /** The last collection that a breakpoint asks for. */
  get newest(): CollectionRecord | undefined {
    return [...this.latest.values()].at(-1);
  }

  constructor(heap: Heap, watches: (kind: CollectionKind) => boolean, happened: (record: CollectionRecord) => void) {
    this.heap = heap;
    this.watches = watches;
    this.happened = happened;
  }

  get wantsMoves(): boolean {
    return this.watches('scavenge');
  }

  moved(from: Address, to: Address, bytes: number): void {
    this.count++;
    if (this.moves.length < mostMoves) this.moves.push({ from, to, bytes });
  }

  scavenged({ copiedBytes, promotedBytes, weakCleared, before }: ScavengeResult): void {
    const moved = this.count;
    const text = `scavenge: of ${kib(before)}, ${kib(copiedBytes)} copied and ${kib(promotedBytes)} promoted, ${moved} objects; ${weakCleared} weak references cleared`;
    this.tell('scavenge', text, this.moves, moved);
    this.moves = [];
    this.count = 0;
  }

  marked(): void {
    this.lastMarks = new MarkSnapshot(this.heap);
    this.tell('mark', 'mark: all that lives is black, and nothing is swept yet', [], 0);
  }

  finalized({ liveBytes, freedBytes, weakCleared }: MarkResult): void {
    this.tell(
      'finalize',
      `finalize: ${kib(liveBytes)} of old space live, ${kib(freedBytes)} given back; ${weakCleared} weak references cleared`,
      [],
      0,
    );
  }

  private tell(kind: CollectionKind, text: string, moves: readonly Move[], moved: number): void {
    if (!this.watches(kind)) return;
    const record = { kind, text, moves, moved, at: this.heap.collections };
    this.latest.delete(kind);
    this.latest.set(kind, record);
    this.happened(record);
  }
}
