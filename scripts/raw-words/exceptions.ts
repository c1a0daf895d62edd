// What the check of raw words takes on trust, at most 20 things, each with its reason: uses that it cannot clear and that are right all
// the same, and functions that collect nothing whatever they call. One that the check does not need any more must leave the list.

export interface Exception {
  /** `folder/file.ts function: callee`: uses in that function after calls of that callee. `folder/file.ts function`: one that collects nothing. */
  readonly of: string;
  readonly why: string;
}

export const maxExceptions = 20;

export const exceptions: readonly Exception[] = [
  {
    of: 'isolate/collector.ts Collector.hold',
    why: 'while it runs, Collector.collect moves nothing: it asks for holders first',
  },
  {
    of: 'deoptimizer/deoptimizer.ts Deoptimizer.rehearse',
    why: 'it leaves at once where somebody observes, and translating allocates nothing',
  },
];
