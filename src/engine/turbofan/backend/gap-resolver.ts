// Parallel moves: all sources are read before any destination is written (V8: gap-resolver.cc). Cycles are broken through
// a scratch register; memory to memory goes through one.

import type { ConstantValue } from './instruction.ts';
import { Location } from './instruction.ts';

export interface ResolvedMove {
  readonly from: Location | ConstantValue;
  readonly to: Location;
}

/** Emits one move; `swapTo` parks a location's value in scratch and gives the scratch location back. */
export interface MoveEmitter {
  move(from: Location | ConstantValue, to: Location): void;
  /** A scratch location that can hold what is at `location`. */
  scratchFor(location: Location): Location;
}

/** Orders and emits `moves`; destinations are distinct. */
export function resolveParallelMoves(moves: readonly ResolvedMove[], emitter: MoveEmitter): void {
  const pending = moves.filter((m) => !(m.from instanceof Location && m.from.equals(m.to))).map((m) => ({ ...m }));
  while (pending.length > 0) {
    const ready = pending.findIndex(
      (m) => !pending.some((other) => other !== m && other.from instanceof Location && other.from.equals(m.to)),
    );
    if (ready >= 0) {
      const [move] = pending.splice(ready, 1);
      emitter.move(move!.from, move!.to);
      continue;
    }
    // Every destination is still somebody's source: a cycle. Park one source and let its reader take the scratch.
    const first = pending[0]!;
    const blocked = first.to;
    const scratch = emitter.scratchFor(blocked);
    emitter.move(blocked, scratch);
    for (const m of pending) {
      if (m.from instanceof Location && m.from.equals(blocked))
        (m as { from: Location | ConstantValue }).from = scratch;
    }
  }
}
