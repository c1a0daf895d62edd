// A row of the tables beside this file: a hand-made breakage of one mechanism, and the tests that must notice. What must be true is in
// the rows that the tests name (R1 …); not built yet, so without a mutant: R28 (the parallel scavenger), R30's threads and evacuation.

export interface Mutant {
  readonly id: string;
  readonly rows: readonly string[];
  readonly file: string;
  /** Must stand exactly once in `file`. */
  readonly search: string;
  readonly replacement: string;
  /** As few as possible. */
  readonly tests: readonly string[];
  /** Narrows the tests by their names. */
  readonly pattern?: string;
}

// tests that several layers share
export const settles: readonly string[] = ['test/engine/settles.test.ts'];
export const assumptions: readonly string[] = ['test/engine/assumptions.test.ts'];
export const accessGuards: readonly string[] = ['test/engine/access-guards.test.ts'];
export const functionKinds: readonly string[] = ['test/engine/function-kinds.test.ts'];
