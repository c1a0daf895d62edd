// What the webviews and the extension say to each other.

import type { FrameTranslation, MachineView, Place } from '../picture/index.ts';

type ToView =
  /** The program goes on: what is shown is as it was at the stop. */
  | { readonly type: 'running' }
  /** Nothing to show yet, and why. */
  | { readonly type: 'empty'; readonly text: string };

type FromView =
  | { readonly type: 'ready' }
  | { readonly type: 'reveal'; readonly place: Place }
  /** What the pointer is on belongs to these lines. */
  | { readonly type: 'point'; readonly places: readonly Place[] };

export type ToPanel =
  | ToView
  | {
      readonly type: 'show';
      readonly translation: FrameTranslation;
      /** The program is stopped in it: stepping draws the rest. */
      readonly isLive: boolean;
      /** Names of the breakpoints that are set: `phase:write`. */
      readonly breakpoints: readonly string[];
    }
  | { readonly type: 'breakpoints'; readonly names: readonly string[] };

export type FromPanel =
  | FromView
  | { readonly type: 'toggleBreakpoint'; readonly name: string }
  /** `in`: the next curve. `over`: the next phase. */
  | { readonly type: 'step'; readonly kind: 'in' | 'over' }
  | { readonly type: 'choose' };

/** A breakpoint on a line of a document, which is named by its key. */
export interface LineOfBreakpoint {
  readonly document: string;
  readonly line: number;
  readonly isEnabled: boolean;
}

export type ToMachine =
  | ToView
  | {
      readonly type: 'show';
      readonly view: MachineView;
      /** The program is stopped there. */
      readonly isLive: boolean;
      readonly breakpoints: readonly LineOfBreakpoint[];
    }
  | { readonly type: 'breakpoints'; readonly lines: readonly LineOfBreakpoint[] };

export type FromMachine =
  | FromView
  | { readonly type: 'toggleBreakpoint'; readonly place: Place }
  /** The Frame Translation of a bailout through an exit; without a number of the one that the program is stopped in. */
  | { readonly type: 'openBailout'; readonly number?: number };
