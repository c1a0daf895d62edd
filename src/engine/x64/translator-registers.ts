/**
 * Which registers pass between locals and the CPU block: data flow over sets of registers, one bit each.
 *
 *   dirty      written since execution came in: what an exit must write back
 *   live       read later, or written back by an exit on a way without a write: what an entrance must bring in
 *
 * A call is an exit and an entrance: nothing is dirty behind it, and what is live there is read anew.
 */
import type { Block, BlockGraph } from './translator-blocks.ts';

/** What a block does with registers: filled by code generation. */
export interface RegisterUse {
  /** Read before written. */
  readonly reads: number;
  readonly writes: number;
  /** Execution may leave at the block's end. */
  readonly exits: boolean;
}

export interface RegisterFlow {
  /** Dirty at the block's end. */
  readonly dirty: ReadonlyMap<Block, number>;
  /** Live at the block's start. */
  readonly live: ReadonlyMap<Block, number>;
}

export function flowOfRegisters(
  graph: BlockGraph,
  order: readonly Block[],
  uses: ReadonlyMap<Block, RegisterUse>,
): RegisterFlow {
  const dirtyIn = new Map<Block, number>();
  const dirty = new Map<Block, number>();
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of order) {
      const out = (dirtyIn.get(block) ?? 0) | uses.get(block)!.writes;
      dirty.set(block, out);
      for (const next of graph.successors(block)) {
        const before = dirtyIn.get(next) ?? 0;
        if ((before | out) === before) continue;
        dirtyIn.set(next, before | out);
        changed = true;
      }
    }
  }
  const live = new Map<Block, number>();
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = order.length - 1; i >= 0; i--) {
      const block = order[i]!;
      const { reads, writes, exits } = uses.get(block)!;
      let out = exits ? dirty.get(block)! : 0;
      for (const next of graph.successors(block)) out |= live.get(next) ?? 0;
      const before = live.get(block) ?? 0;
      const now = before | reads | (out & ~writes);
      if (now === before) continue;
      live.set(block, now);
      changed = true;
    }
  }
  return { dirty, live };
}
