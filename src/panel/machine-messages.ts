// What the machine view and the extension say to each other.

import type { MachineView, Place } from '../picture/index.ts';

/** A breakpoint on a line of a document, which is named by its key. */
export interface LineOfBreakpoint {
  readonly document: string;
  readonly line: number;
  readonly isEnabled: boolean;
}

export type ToMachine =
  | {
      readonly type: 'show';
      readonly view: MachineView;
      /** The program is stopped there. */
      readonly isLive: boolean;
      readonly breakpoints: readonly LineOfBreakpoint[];
    }
  | { readonly type: 'breakpoints'; readonly lines: readonly LineOfBreakpoint[] }
  /** The program goes on: the view is what it was at the stop. */
  | { readonly type: 'running' }
  /** Nothing to show yet, and why. */
  | { readonly type: 'empty'; readonly text: string };

export type FromMachine =
  | { readonly type: 'ready' }
  | { readonly type: 'toggleBreakpoint'; readonly place: Place }
  | { readonly type: 'reveal'; readonly place: Place }
  /** What the pointer is on belongs to these lines. */
  | { readonly type: 'point'; readonly places: readonly Place[] }
  /** The Frame Translation of a bailout through an exit; without a number of the one that the program is stopped in. */
  | { readonly type: 'openBailout'; readonly number?: number };
