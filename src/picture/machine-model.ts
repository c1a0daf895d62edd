// The machine view as data: a function's source, bytecode and x64 code in three columns, what belongs together in them, where the
// program is, what its registers hold, which guards failed. No drawing, no engine.
//
//   source line ── groups ──▶ bytecode ── groups ──▶ instruction
//       │ places of the script that V8's position tables name: what shares one was made of the same expression
//
// The rows of a listing stay the same for as long as its function or code does; marks, values and exits are of one stop. Every text
// is cut to a length; none is markup.

import type { PlaceSource } from './model.ts';

export interface ListingRow {
  readonly id: string;
  /** 1-based, in the section's document: what a breakpoint is set on. */
  readonly line: number;
  /** `14`, `+0x5c`: how the listing counts; of source the line. */
  readonly label: string;
  readonly text: string;
  /** What the text names by number: a constant, an object. */
  readonly comment?: string;
  /** What it does, for people who do not know it. */
  readonly about?: string;
  readonly bytes?: string;
  /** Places that it was made of. */
  readonly groups: readonly string[];
  /** Row that it jumps to. */
  readonly target?: string;
  /** Of a guard's jump: the exit that it leads to. Of an exit: itself. */
  readonly exit?: number;
  readonly isExit?: true;
}

/** A function's part of a column. */
export interface ListingSection {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly document: PlaceSource;
  readonly rows: readonly ListingRow[];
  /** Rows that are left out before and after: long listings are cut around the place that matters. */
  readonly before: number;
  readonly after: number;
}

export type ColumnKind = 'source' | 'bytecode' | 'code';

export interface ListingColumn {
  readonly kind: ColumnKind;
  readonly sections: readonly ListingSection[];
  /** Why there is nothing. */
  readonly empty: string;
}

/** `now`: executed next. `caller`: what called it, inlined. `resumes`: where Ignition goes on after the bailout. `left`: the guard
 *  through which the code was left. */
export type MarkKind = 'now' | 'caller' | 'resumes' | 'left';

export interface Mark {
  readonly row: string;
  readonly kind: MarkKind;
}

export interface ShownValue {
  /** `rbx`, `r0 sum`, `accumulator`. */
  readonly name: string;
  readonly text: string;
  /** Since the stop before. */
  readonly isChanged?: true;
}

/** Values at the end of a row: what it made and nobody has overwritten; of the current row, what it reads. */
export interface RowValues {
  readonly row: string;
  readonly values: readonly ShownValue[];
}

export interface CodeExit {
  readonly index: number;
  readonly kind: 'eager' | 'lazy';
  /** As V8 prints it; of a lazy exit `code invalidated`. */
  readonly reason: string;
  /** Bytecode offset at which Ignition goes on, and its row. */
  readonly bytecodeOffset: number;
  /** How often the program left through it. */
  readonly taken: number;
  /** Number of the newest bailout through it. */
  readonly last?: number;
  /** The program is stopped at its guard, or in its bailout. */
  readonly isNow?: true;
}

export interface MachineView {
  /** `length, inlined into travel`. */
  readonly title: string;
  /** Where the program is: `in optimized code #2`. */
  readonly state: string;
  /** Source, bytecode, x64. */
  readonly columns: readonly [ListingColumn, ListingColumn, ListingColumn];
  readonly marks: readonly Mark[];
  readonly values: readonly RowValues[];
  readonly exits: readonly CodeExit[];
}
