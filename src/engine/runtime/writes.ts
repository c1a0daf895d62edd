// What host code may change that was there before it was called: a column of the tables of builtins and of runtime functions. The debugger
// lets a hover or a condition call what writes nothing, and what writes only objects that the evaluation made.

import type { RuntimeFunctionImpl } from './runtime.ts';

export enum Writes {
  /** Only what it makes itself. JavaScript that it calls answers for itself. */
  Nothing,
  /** The receiver of a builtin, the first argument of a runtime function. */
  First,
  Anything,
}

/** A runtime function; without a word about what it writes, that is anything. */
export type RuntimeFunctionRow = RuntimeFunctionImpl | { readonly run: RuntimeFunctionImpl; readonly writes: Writes };

export type RuntimeFunctionRows = Readonly<Record<string, RuntimeFunctionRow>>;

const column =
  (writes: Writes) =>
  (functions: Readonly<Record<string, RuntimeFunctionImpl>>): RuntimeFunctionRows =>
    Object.fromEntries(Object.entries(functions).map(([name, run]) => [name, { run, writes }]));

/** Rows of functions that write nothing. */
export const writingNothing = column(Writes.Nothing);

/** Rows of functions that write their first argument. */
export const writingFirst = column(Writes.First);
