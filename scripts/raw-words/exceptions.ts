// Uses of raw words that `npm run raw-words` cannot clear, and that are right all the same: at most 20, each with its reason. One that
// the check does not need any more must leave the list.

export interface Exception {
  /** `folder/file.ts function: callee`: uses in that function after calls of that callee. */
  readonly of: string;
  readonly why: string;
}

export const maxExceptions = 20;

export const exceptions: readonly Exception[] = [];
