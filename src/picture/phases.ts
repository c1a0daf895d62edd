// The phases of a bailout, in order: one row each. Stops, breakpoints, the strip of the picture and the quick pick read them here.

export type DeoptimizerPhase =
  | 'guard failed'
  | 'entry'
  | 'lookup'
  | 'read input frame'
  | 'translate frame'
  | 'write frames'
  | 'materialize objects'
  | 'invalidate and unlink'
  | 'resume';

export interface PhaseRow {
  readonly phase: DeoptimizerPhase;
  /** The word for it in a breakpoint's name, `phase:read`; the guard has breakpoints of its own. */
  readonly word: string;
  /** Short, for the strip. */
  readonly title: string;
  /** What happens in it, for people who have not seen it yet. */
  readonly does: string;
}

export const phases: readonly PhaseRow[] = [
  {
    phase: 'guard failed',
    word: 'guard',
    title: 'guard',
    does: 'A guard of the optimized code met what it had not been compiled for; its jump to the exit comes next.',
  },
  {
    phase: 'entry',
    word: 'entry',
    title: 'entry',
    does: 'DeoptimizationEntry saves all registers and finds the code object that holds the exit.',
  },
  {
    phase: 'lookup',
    word: 'lookup',
    title: 'lookup',
    does: "The exit's address is its bailout id: it leads to the exit's translation.",
  },
  {
    phase: 'read input frame',
    word: 'read',
    title: 'read',
    does: 'The translation is read against the registers and the stack of the optimized frame.',
  },
  {
    phase: 'translate frame',
    word: 'translate',
    title: 'translate',
    does: 'The slots of each interpreter frame are written, one by one, from the caller’s side down.',
  },
  {
    phase: 'write frames',
    word: 'write',
    title: 'write',
    does: 'The complete frames take the optimized frame’s place on the stack.',
  },
  {
    phase: 'materialize objects',
    word: 'materialize',
    title: 'materialize',
    does: 'Numbers without a tagged form and objects that escape analysis removed are allocated, and their slots filled.',
  },
  {
    phase: 'invalidate and unlink',
    word: 'invalidate',
    title: 'invalidate',
    does: 'The optimized code is unlinked from its function, if it is not to be entered again.',
  },
  { phase: 'resume', word: 'resume', title: 'resume', does: 'Ignition continues in the innermost rebuilt frame.' },
];

/** Phases that a breakpoint can name. */
export const breakablePhases: readonly PhaseRow[] = phases.filter(({ phase }) => phase !== 'guard failed');
