// Register allocation: greedy colouring of live intervals with eviction (after LLVM's basic allocator).
//
// Liveness gives every virtual register an interval: a sorted list of ranges with holes. Intervals are placed heaviest
// first (uses weighed by loop depth, deferred blocks nearly free). One that finds no free register evicts lighter ones, or
// is spilled: it gets a stack slot for its whole life, and every use or definition that needs a register gets a tiny
// interval of its own with a move beside it. Tiny intervals are never spilled, so the process ends.
//
// Invariant, asserted at the end: no two intervals with one location overlap; each operand satisfies its policy.

import { Gpr } from '../../x64/index.ts';
import type { Instruction, InstructionBlock, MoveOperand, Use } from './instruction.ts';
import { Location, VirtualRegister } from './instruction.ts';

/** In V8's order of preference; r10 and xmm15 are scratch, r13 root, r14 cage base. */
export const allocatableGprs: readonly Gpr[] = [
  Gpr.rcx,
  Gpr.r8,
  Gpr.r9,
  Gpr.r11,
  Gpr.r12,
  Gpr.rax,
  Gpr.rbx,
  Gpr.rdx,
  Gpr.rsi,
  Gpr.rdi,
  Gpr.r15,
];
export const allocatableXmms: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];

/** Slots of the fixed part: return address, caller fp, context, function, argument count. */
export const fixedSlotCount = 5;

class Interval {
  readonly vreg: VirtualRegister;
  /** Flat [start, end, start, end …], ends exclusive, sorted, disjoint. */
  ranges: number[] = [];
  weight = 0;
  needsRegister = false;
  isTiny = false;
  hints: MoveOperand[] = [];
  register: Location | undefined = undefined;

  constructor(vreg: VirtualRegister) {
    this.vreg = vreg;
  }

  /** Adds a range while walking backwards: it starts at or before all others. */
  prepend(start: number, end: number): void {
    const r = this.ranges;
    if (r.length > 0 && end >= r[0]!) {
      if (start < r[0]!) r[0] = start;
      let last = 1;
      while (last + 1 < r.length && end >= r[last + 1]!) last += 2;
      if (end > r[last]!) r[last] = end;
      if (last > 1) r.splice(1, last - 1);
    } else r.unshift(start, end);
  }

  intersects(other: readonly number[]): boolean {
    const a = this.ranges;
    if (a.length === 0 || other.length === 0) return false;
    if (a[0]! >= other[other.length - 1]! || other[0]! >= a[a.length - 1]!) return false;
    let i = 0;
    let j = 0;
    while (i < a.length && j < other.length) {
      if (a[i]! < other[j + 1]! && other[j]! < a[i + 1]!) return true;
      if (a[i + 1]! <= other[j + 1]!) i += 2;
      else j += 2;
    }
    return false;
  }
}

export interface Allocation {
  /** Slots of the frame, fixed part included. */
  readonly slotCount: number;
  /** Whether a virtual register's value is in its location at a position (instruction.ts). */
  isLiveAt(vreg: VirtualRegister, position: number): boolean;
}

/** Gives every virtual register in `blocks` a location and inserts spill moves. @param reservedSlots slots taken before any spill */
export function allocateRegisters(
  blocks: readonly InstructionBlock[],
  vregCount: number,
  reservedSlots: number,
): Allocation {
  return new RegisterAllocator(blocks, vregCount, reservedSlots).run();
}

class RegisterAllocator {
  private readonly blocks: readonly InstructionBlock[];
  private readonly instructions: Instruction[] = [];
  private readonly intervals: (Interval | undefined)[] = [];
  private readonly gprs: Occupancy[] = [];
  private readonly xmms: Occupancy[] = [];
  private readonly freeSlots: { slot: number; ranges: number[][] }[] = [];
  /** By id. */
  private readonly vregs: VirtualRegister[] = [];
  /** Numbers of the instructions that use or define a virtual register, by its id. */
  private readonly occurrences: (number[] | undefined)[] = [];
  /** Words of a set of virtual registers. */
  private readonly words: number;
  private nextVreg: number;
  private nextSlot: number;
  /** The queue of intervals goes on from here. */
  private head = 0;

  constructor(blocks: readonly InstructionBlock[], vregCount: number, reservedSlots: number) {
    this.blocks = blocks;
    this.words = (vregCount + 31) >> 5;
    this.nextVreg = vregCount;
    this.nextSlot = fixedSlotCount + reservedSlots;
  }

  run(): Allocation {
    this.number();
    for (let i = 0; i < 16; i++) {
      this.gprs.push(new Occupancy(4 * this.instructions.length));
      this.xmms.push(new Occupancy(4 * this.instructions.length));
    }
    this.buildIntervals();
    this.assignAll();
    this.collectCallState();
    return { slotCount: this.nextSlot, isLiveAt: (vreg, position) => this.isLiveAt(vreg, position) };
  }

  private isLiveAt(vreg: VirtualRegister, position: number): boolean {
    return vreg.location !== undefined && this.intervals[vreg.id]!.intersects([position, position + 1]);
  }

  private number(): void {
    let n = 0;
    for (const block of this.blocks) {
      block.first = n;
      for (const instruction of block.instructions) {
        this.instructions.push(instruction);
        for (const d of instruction.definitions) this.occurs(d.vreg, n);
        for (const u of instruction.uses) this.occurs(u.vreg, n);
        n++;
      }
      block.last = n - 1;
    }
  }

  private occurs(vreg: VirtualRegister, n: number): void {
    let list = this.occurrences[vreg.id];
    if (list === undefined) {
      list = [];
      this.occurrences[vreg.id] = list;
    }
    if (list[list.length - 1] !== n) list.push(n);
  }

  private interval(vreg: VirtualRegister): Interval {
    let interval = this.intervals[vreg.id];
    if (interval === undefined) {
      interval = new Interval(vreg);
      this.intervals[vreg.id] = interval;
    }
    return interval;
  }

  // --- liveness -------------------------------------------------------------------------------------------------------

  private buildIntervals(): void {
    const liveIn = this.computeLiveness();
    for (let b = this.blocks.length - 1; b >= 0; b--) {
      const block = this.blocks[b]!;
      const from = 4 * block.first;
      const to = 4 * (block.last + 1);
      const weight = block.deferred ? 0.01 : 10 ** Math.min(block.loopDepth, 6);
      const liveOut = new Uint32Array(this.words);
      for (const successor of block.successors) unite(liveOut, liveIn.get(successor)!);
      for (let w = 0; w < liveOut.length; w++) {
        for (let rest = liveOut[w]!; rest !== 0; rest &= rest - 1)
          this.interval(this.vregs[(w << 5) + 31 - Math.clz32(rest & -rest)]!).prepend(from, to);
      }
      const last = block.last;
      for (const successor of block.successors) {
        const index = successor.predecessors.indexOf(block);
        for (const phi of successor.phis) {
          const to_ = this.interval(phi.vreg);
          to_.prepend(4 * last + 1, to);
          to_.weight += weight;
          const input = phi.inputs[index]!;
          this.instructions[last]!.gap.push({ from: input, to: phi.vreg });
          to_.hints.push(input);
          if (input instanceof VirtualRegister) {
            const source = this.interval(input);
            if (!has(liveOut, input.id)) source.prepend(from, 4 * last + 1);
            source.hints.push(phi.vreg);
            source.weight += weight;
          }
        }
      }
      for (let i = block.instructions.length - 1; i >= 0; i--) {
        this.visit(block.instructions[i]!, block.first + i, from, weight);
      }
      for (const phi of block.phis) {
        const interval = this.interval(phi.vreg);
        if (interval.ranges.length === 0 || interval.ranges[0]! > from) interval.prepend(from, from + 1);
      }
    }
  }

  /** Virtual registers live at each block's start, as bits by id. */
  private computeLiveness(): Map<InstructionBlock, Uint32Array> {
    const words = this.words;
    const liveIn = new Map<InstructionBlock, Uint32Array>();
    /** Read before written in the block; written in it. */
    const generated = new Map<InstructionBlock, Uint32Array>();
    const killed = new Map<InstructionBlock, Uint32Array>();
    for (const block of this.blocks) {
      const gen = new Uint32Array(words);
      const kill = new Uint32Array(words);
      const define = (vreg: VirtualRegister): void => {
        this.vregs[vreg.id] = vreg;
        gen[vreg.id >> 5] = gen[vreg.id >> 5]! & ~(1 << (vreg.id & 31));
        kill[vreg.id >> 5] = kill[vreg.id >> 5]! | (1 << (vreg.id & 31));
      };
      const use = (vreg: VirtualRegister): void => {
        this.vregs[vreg.id] = vreg;
        gen[vreg.id >> 5] = gen[vreg.id >> 5]! | (1 << (vreg.id & 31));
      };
      for (const successor of block.successors) {
        const index = successor.predecessors.indexOf(block);
        for (const phi of successor.phis) {
          const input = phi.inputs[index]!;
          if (input instanceof VirtualRegister) use(input);
        }
      }
      for (let i = block.instructions.length - 1; i >= 0; i--) {
        const instruction = block.instructions[i]!;
        for (const d of instruction.definitions) define(d.vreg);
        for (const u of instruction.uses) use(u.vreg);
        for (const m of instruction.gap) if (m.from instanceof VirtualRegister) use(m.from);
      }
      for (const phi of block.phis) define(phi.vreg);
      generated.set(block, gen);
      killed.set(block, kill);
      liveIn.set(block, gen.slice());
    }
    // Backwards; loops need a second round at most per nesting level.
    const out = new Uint32Array(words);
    for (let changed = true; changed; ) {
      changed = false;
      for (let b = this.blocks.length - 1; b >= 0; b--) {
        const block = this.blocks[b]!;
        const live = liveIn.get(block)!;
        const kill = killed.get(block)!;
        out.fill(0);
        for (const successor of block.successors) unite(out, liveIn.get(successor)!);
        for (let w = 0; w < words; w++) {
          const next = (live[w]! | (out[w]! & ~kill[w]!)) >>> 0;
          if (next === live[w]) continue;
          live[w] = next;
          changed = true;
        }
      }
    }
    return liveIn;
  }

  private visit(instruction: Instruction, n: number, blockStart: number, weight: number): void {
    const p = 4 * n;
    for (const d of instruction.definitions) {
      const interval = this.interval(d.vreg);
      const start = d.policy === 'same' ? p + 1 : p + 2;
      if (d.policy === 'home') {
        this.trimStart(interval, p + 2);
        continue;
      }
      this.trimStart(interval, start);
      interval.weight += weight;
      if (d.policy === 'fixed') {
        this.occupy(d.fixed!, p + 2, p + 3);
        interval.hints.push(d.fixed!);
        instruction.after.push({ from: d.fixed!, to: d.vreg });
        // The move out of the fixed register comes after the instruction.
        this.trimStart(interval, p + 3);
      } else interval.needsRegister = true;
    }
    for (const t of instruction.temps) {
      const interval = this.interval(t.vreg);
      interval.prepend(p + 1, p + 3);
      interval.weight = Number.POSITIVE_INFINITY;
      interval.isTiny = true;
    }
    for (const location of instruction.clobbers) this.occupy(location, p + 1, p + 3);
    if (instruction.isCall) {
      if (!instruction.savesRegisters) {
        for (const r of allocatableGprs) this.occupy(Location.gprs[r]!, p + 1, p + 3);
        for (const r of allocatableXmms) this.occupy(Location.xmms[r]!, p + 1, p + 3);
      } else this.occupy(Location.gprs[Gpr.rax]!, p + 1, p + 3);
    }
    instruction.uses.forEach((use, index) => {
      const interval = this.interval(use.vreg);
      interval.weight += use.policy === 'any' && instruction.deopt !== undefined ? weight / 100 : weight;
      if (use.policy === 'fixed') {
        this.occupy(use.fixed!, p + 1, p + 2);
        instruction.gap.push({ from: use.vreg, to: use.fixed! });
        interval.hints.push(use.fixed!);
        interval.prepend(blockStart, p + 1);
        return;
      }
      const same = instruction.definitions.find((d) => d.policy === 'same' && d.same === index);
      if (same !== undefined) {
        instruction.gap.push({ from: use.vreg, to: same.vreg });
        interval.hints.push(same.vreg);
        this.interval(same.vreg).hints.push(use.vreg);
        interval.prepend(blockStart, p + 1);
        return;
      }
      if (use.policy === 'register') interval.needsRegister = true;
      interval.prepend(blockStart, p + (use.late ? 3 : 2));
    });
    for (const move of instruction.gap) {
      if (move.from instanceof VirtualRegister && move.to instanceof VirtualRegister) continue;
      if (move.from instanceof VirtualRegister) this.interval(move.from).prepend(blockStart, p + 1);
    }
  }

  /** The interval begins at `start`: cuts the range that was assumed to reach the block's start. */
  private trimStart(interval: Interval, start: number): void {
    if (interval.ranges.length === 0) interval.ranges = [start, start + 1];
    else if (interval.ranges[1]! <= start) interval.ranges.unshift(start, start + 1);
    else interval.ranges[0] = start;
    if (interval.ranges[0]! >= interval.ranges[1]!) interval.ranges[1] = interval.ranges[0]! + 1;
  }

  private occupy(location: Location, start: number, end: number): void {
    const occupancy = this.occupancy(location);
    mark(occupancy.fixed, start, end);
    mark(occupancy.taken, start, end);
  }

  // --- colouring --------------------------------------------------------------------------------------------------------

  private assignAll(): void {
    const queue: Interval[] = [];
    for (const interval of this.intervals) {
      if (interval !== undefined) queue.push(interval);
    }
    queue.sort(byWeight);
    for (this.head = 0; this.head < queue.length; ) {
      const interval = queue[this.head++]!;
      if (interval.ranges.length === 0) continue;
      // A value that already has a stack slot and never needs a register stays there.
      if (!interval.needsRegister && !interval.isTiny && interval.vreg.home !== undefined) {
        this.spill(interval, queue);
        continue;
      }
      const free = this.findFree(interval);
      if (free !== undefined) {
        this.assign(interval, free);
        continue;
      }
      const victim = this.findVictim(interval);
      if (victim !== undefined) {
        const occupancy = this.occupancy(victim);
        const { assigned } = occupancy;
        for (const other of assigned.filter((o) => interval.intersects(o.ranges))) {
          assigned.splice(assigned.indexOf(other), 1);
          unmarkAll(occupancy.taken, other.ranges);
          other.register = undefined;
          other.vreg.location = undefined;
          insertByWeight(queue, this.head, other);
        }
        this.assign(interval, victim);
        continue;
      }
      if (interval.isTiny)
        throw new Error(`register allocation: no register for ${interval.vreg} at ${interval.ranges}`);
      this.spill(interval, queue);
    }
  }

  private candidates(interval: Interval): readonly Location[] {
    return interval.vreg.isFloat ? xmmLocations : gprLocations;
  }

  private occupancy(location: Location): Occupancy {
    return (location.kind === 'gpr' ? this.gprs : this.xmms)[location.index]!;
  }

  private isFree(interval: Interval, location: Location): boolean {
    return !anyMarked(this.occupancy(location).taken, interval.ranges);
  }

  private findFree(interval: Interval): Location | undefined {
    for (const hint of interval.hints) {
      const location = hint instanceof VirtualRegister ? hint.location : hint instanceof Location ? hint : undefined;
      if (location === undefined || location.kind !== (interval.vreg.isFloat ? 'xmm' : 'gpr')) continue;
      if (this.candidates(interval).includes(location) && this.isFree(interval, location)) return location;
    }
    for (const location of this.candidates(interval)) if (this.isFree(interval, location)) return location;
    return undefined;
  }

  private findVictim(interval: Interval): Location | undefined {
    let best: Location | undefined;
    let bestWeight = interval.weight;
    for (const location of this.candidates(interval)) {
      const { fixed, assigned } = this.occupancy(location);
      if (anyMarked(fixed, interval.ranges)) continue;
      let weight = 0;
      for (const other of assigned) {
        const otherWeight = other.isTiny ? Number.POSITIVE_INFINITY : other.weight;
        if (otherWeight > weight && interval.intersects(other.ranges)) weight = otherWeight;
        if (weight >= bestWeight) break;
      }
      if (weight < bestWeight) {
        bestWeight = weight;
        best = location;
      }
    }
    return best;
  }

  private assign(interval: Interval, location: Location): void {
    interval.register = location;
    interval.vreg.location = location;
    const { taken, assigned } = this.occupancy(location);
    for (let i = 0; i < interval.ranges.length; i += 2) mark(taken, interval.ranges[i]!, interval.ranges[i + 1]!);
    assigned.push(interval);
  }

  // --- spilling ---------------------------------------------------------------------------------------------------------

  private spill(interval: Interval, queue: Interval[]): void {
    const vreg = interval.vreg;
    vreg.location = Location.slot(vreg.home ?? this.allocateSlot(interval.ranges));
    const tinyFor = (start: number, end: number): VirtualRegister => {
      const tiny = new VirtualRegister(this.nextVreg++, vreg.type);
      const t = new Interval(tiny);
      t.ranges = [start, end];
      t.weight = Number.POSITIVE_INFINITY;
      t.isTiny = true;
      t.needsRegister = true;
      this.intervals[tiny.id] = t;
      insertByWeight(queue, this.head, t);
      return tiny;
    };
    for (const n of this.occurrences[vreg.id] ?? []) {
      const instruction = this.instructions[n]!;
      const p = 4 * n;
      let loaded: VirtualRegister | undefined;
      for (const [index, use] of instruction.uses.entries()) {
        if (use.vreg !== vreg || use.policy !== 'register') continue;
        if (instruction.definitions.some((d) => d.policy === 'same' && d.same === index)) continue;
        if (loaded === undefined) {
          loaded = tinyFor(p + 1, p + (use.late ? 3 : 2));
          instruction.gap.push({ from: vreg, to: loaded });
        }
        (use as Use).vreg = loaded;
      }
      for (const d of instruction.definitions) {
        if (d.vreg !== vreg || d.policy === 'fixed' || d.policy === 'home') continue;
        const start = d.policy === 'same' ? p + 1 : p + 2;
        const tiny = tinyFor(start, p + 4);
        if (d.policy === 'same') {
          for (const move of instruction.gap) if (move.to === vreg) move.to = tiny;
        }
        d.vreg = tiny;
        instruction.after.push({ from: tiny, to: vreg });
      }
    }
  }

  /** A slot that is free for all of `ranges`. */
  private allocateSlot(ranges: number[]): number {
    const probe = new Interval(new VirtualRegister(-1, { rep: 0, semantic: 0 }));
    probe.ranges = ranges;
    for (const entry of this.freeSlots) {
      if (entry.ranges.every((r) => !probe.intersects(r))) {
        entry.ranges.push(ranges);
        return entry.slot;
      }
    }
    const slot = this.nextSlot++;
    this.freeSlots.push({ slot, ranges: [ranges] });
    return slot;
  }

  // --- calls ------------------------------------------------------------------------------------------------------------

  private collectCallState(): void {
    const calls: number[] = [];
    const live: Interval[][] = [];
    for (let n = 0; n < this.instructions.length; n++) {
      if (!this.instructions[n]!.isCall) continue;
      calls.push(4 * n + 2);
      live.push([]);
    }
    for (const interval of this.intervals) {
      if (interval === undefined || interval.vreg.location === undefined) continue;
      const { ranges } = interval;
      for (let r = 0; r < ranges.length; r += 2) {
        for (let c = firstFrom(calls, ranges[r]!); c < calls.length && calls[c]! < ranges[r + 1]!; c++)
          live[c]!.push(interval);
      }
    }
    for (let c = 0; c < calls.length; c++) {
      const instruction = this.instructions[calls[c]! >> 2]!;
      for (const { vreg } of live[c]!) {
        const location = vreg.location!;
        if (instruction.definitions.some((d) => d.vreg === vreg)) continue;
        if (instruction.temps.some((t) => t.vreg === vreg)) continue;
        if (location.kind === 'slot') {
          if (vreg.isTagged && location.index >= fixedSlotCount) instruction.liveTagged.push(vreg);
          continue;
        }
        if (!instruction.savesRegisters) throw new Error(`register allocation: ${vreg} is in a register across a call`);
        if (vreg.saveSlot < 0) vreg.saveSlot = this.nextSlot++;
        instruction.saved.push(vreg);
      }
    }
  }
}

/** What a register holds when: positions as bits. */
class Occupancy {
  /** Clobbered or needed by instructions. */
  readonly fixed: Uint32Array;
  /** That, and assigned intervals. */
  readonly taken: Uint32Array;
  readonly assigned: Interval[] = [];
  constructor(positions: number) {
    this.fixed = new Uint32Array((positions >> 5) + 2);
    this.taken = new Uint32Array((positions >> 5) + 2);
  }
}

const unite = (into: Uint32Array, other: Uint32Array): void => {
  for (let w = 0; w < into.length; w++) into[w] = into[w]! | other[w]!;
};
const has = (set: Uint32Array, id: number): boolean => ((set[id >> 5]! >>> (id & 31)) & 1) !== 0;

/** Bits `[from, to)` of a word, both at most 32. */
const span = (from: number, to: number): number => (-1 << from) & (to === 32 ? -1 : ~(-1 << to));

function mark(bits: Uint32Array, start: number, end: number): void {
  for (let w = start >> 5; w << 5 < end; w++)
    bits[w] = bits[w]! | span(Math.max(start - (w << 5), 0), Math.min(end - (w << 5), 32));
}

function unmarkAll(bits: Uint32Array, ranges: readonly number[]): void {
  for (let i = 0; i < ranges.length; i += 2) {
    const start = ranges[i]!;
    const end = ranges[i + 1]!;
    for (let w = start >> 5; w << 5 < end; w++)
      bits[w] = bits[w]! & ~span(Math.max(start - (w << 5), 0), Math.min(end - (w << 5), 32));
  }
}

function anyMarked(bits: Uint32Array, ranges: readonly number[]): boolean {
  for (let i = 0; i < ranges.length; i += 2) {
    const start = ranges[i]!;
    const end = ranges[i + 1]!;
    for (let w = start >> 5; w << 5 < end; w++) {
      const word = bits[w]!;
      if (word !== 0 && (word & span(Math.max(start - (w << 5), 0), Math.min(end - (w << 5), 32))) !== 0) return true;
    }
  }
  return false;
}

/** Index of the first element of a sorted list that is not below `value`. */
function firstFrom(list: readonly number[], value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const gprLocations = allocatableGprs.map((r) => Location.gprs[r]!);
const xmmLocations = allocatableXmms.map((r) => Location.xmms[r]!);

const byWeight = (a: Interval, b: Interval): number => {
  const d =
    (b.weight === Number.POSITIVE_INFINITY ? 1e300 : b.weight) -
    (a.weight === Number.POSITIVE_INFINITY ? 1e300 : a.weight);
  return d !== 0 ? d : (a.ranges[0] ?? 0) - (b.ranges[0] ?? 0);
};

function insertByWeight(queue: Interval[], head: number, interval: Interval): void {
  let low = head;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byWeight(queue[middle]!, interval) <= 0) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, interval);
}
