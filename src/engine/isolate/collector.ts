// When the heap is collected, and how: a scavenge each time, after it a collection of old space where that has grown or somebody asks.

import type { Flags } from '../base/index.ts';
import { postCleanups } from '../builtins/index.ts';
import { StubCache } from '../feedback/index.ts';
import { StackFrameIterator, visitStackRoots } from '../frames/index.ts';
import {
  type Address,
  type Heap,
  type MarkResult,
  markAndSweep,
  OutOfMemory,
  type RootVisitor,
  type ScavengeResult,
  scavenge,
} from '../heap/index.ts';
import { verifyHeap, WeakObjects } from '../objects/index.ts';
import type { Runtime } from '../runtime/index.ts';
import { GcTracer } from './gc-tracer.ts';
import type { Host } from './host.ts';

/** Under stress one of so many collections is of old space, too: that takes a while. */
const safepointsPerMarking = 32;

/** What holds objects beside the heap. */
export interface RootHolders {
  /** fp of the innermost frame. */
  stack(): Address;
  readonly scripts: { visitRoots(visitor: RootVisitor): void };
  /** Code that stood there is no more. */
  codeFreed(start: Address, end: Address): void;
}

/** Who watches collections. Called in the middle of one: nothing may be allocated, and no word kept. */
export interface CollectionObserver {
  /** Whether somebody wants to know what each scavenge moves: it costs a call for each object. */
  readonly wantsMoves: boolean;
  /** A live object of new space goes from one address to another (both untagged). */
  moved(from: Address, to: Address, bytes: number): void;
  scavenged(result: ScavengeResult): void;
  /** All that lives is marked, and nothing is given back yet. */
  marked(): void;
  finalized(result: MarkResult): void;
}

export class Collector {
  readonly tracer: GcTracer;
  /** Collections come at every safepoint, and zap what they leave (--gc-at-every-safepoint). */
  isStressed = false;
  private readonly rt: Runtime;
  private readonly heap: Heap;
  private readonly holders: RootHolders;
  private readonly weakObjects: WeakObjects;
  private readonly alwaysMarks: boolean;
  private readonly verifies: boolean;
  private readonly observers: CollectionObserver[] = [];
  /** How many ask that nothing is collected. */
  private held = 0;

  constructor(rt: Runtime, host: Host, flags: Flags | undefined, holders: RootHolders) {
    this.rt = rt;
    this.heap = rt.heap;
    this.holders = holders;
    this.tracer = new GcTracer(this.heap, host, {
      trace: flags?.bool('trace-gc') === true,
      ignoreScavenges: flags?.bool('trace-gc-ignore-scavenger') === true,
      verbose: flags?.bool('trace-gc-verbose') === true,
    });
    this.alwaysMarks = flags?.bool('gc-global') === true;
    this.verifies = flags?.bool('verify-heap') === true;
    this.weakObjects = new WeakObjects(this.heap, {
      trampolineOf: (fn) => rt.trampolineOf(fn),
      codeFreed: (start, end) => holders.codeFreed(start, end),
    });
  }

  /**
   * Collects. The stack must be walkable from CEntryFp, and no host code may hold raw words.
   * @param promote every survivor goes to old space
   * @param everywhere old space is collected, too, whether it has grown or not
   */
  collect(promote: boolean, everywhere: boolean): void {
    if (this.held === 0) {
      const why = everywhere ? 'testing' : 'allocation failure';
      this.tracer.during('Scavenge', why, () => this.scavenge(promote));
      if (everywhere || this.heap.wantsMarking || this.alwaysMarks || this.marksUnderStress())
        this.tracer.during('Mark-Compact', why, () => this.markAndSweep());
      if (this.heap.isOverLimit) this.lastResort();
    }
    this.rt.part(StubCache).clear();
    if (this.verifies) verifyHeap(this.heap);
  }

  observe(observer: CollectionObserver): void {
    this.observers.push(observer);
    this.heap.afterMarking.push(() => observer.marked());
  }

  /** Runs `body`, in which nothing is collected whatever asks for it. */
  hold<T>(body: () => T): T {
    this.held++;
    try {
      return body();
    } finally {
      this.held--;
    }
  }

  private scavenge(promote: boolean): void {
    const watching = this.observers.filter(({ wantsMoves }) => wantsMoves);
    const moved = (from: Address, to: Address, bytes: number): void => {
      for (const observer of watching) observer.moved(from, to, bytes);
    };
    const result = scavenge(this.heap, (visitor) => this.visitRoots(visitor), {
      zap: this.isStressed,
      keepYoung: this.isStressed && !promote,
      promoteAll: promote,
      moved: watching.length === 0 ? undefined : moved,
    });
    for (const observer of this.observers) observer.scavenged(result);
  }

  private marksUnderStress(): boolean {
    return this.isStressed && this.heap.collections % safepointsPerMarking === 0;
  }

  /** What survived went beyond the limit of old space: it must come back below it. */
  private lastResort(): void {
    const { heap } = this;
    this.tracer.during('Mark-Compact', 'last resort', () => this.markAndSweep());
    if (heap.isOverLimit) throw new OutOfMemory(heap.oldSpace.committed - heap.oldSpace.free - heap.oldBytes);
  }

  /** Finds out what of old space lives, and gives back the rest. */
  private markAndSweep(): void {
    const { heap } = this;
    heap.zapFreed = this.isStressed;
    const result = markAndSweep(heap, (visitor) => this.visitRoots(visitor), this.weakObjects);
    heap.growOldSpace(result.liveBytes);
    for (const observer of this.observers) observer.finalized(result);
    postCleanups(this.rt);
  }

  /** What holds objects beside the heap itself. */
  visitRoots(visitor: RootVisitor): void {
    const { heap, holders } = this;
    visitStackRoots(
      heap,
      new StackFrameIterator(heap, holders.stack(), 0),
      (slot) => visitor.visitSlot(slot),
      (code) => void visitor.forward(code),
    );
    this.rt.realms.visitRoots(visitor);
    holders.scripts.visitRoots(visitor);
  }
}
