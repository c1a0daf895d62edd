// What the panel and the extension say to each other.

import type { FrameTranslation, Place } from '../picture/index.ts';

export type ToPanel =
  | {
      readonly type: 'show';
      readonly translation: FrameTranslation;
      /** The program is stopped in it: stepping draws the rest. */
      readonly isLive: boolean;
      /** Names of the breakpoints that are set: `phase:write`. */
      readonly breakpoints: readonly string[];
    }
  | { readonly type: 'breakpoints'; readonly names: readonly string[] }
  /** The program goes on: the picture is what it was at the stop. */
  | { readonly type: 'running' }
  /** Nothing to show yet, and why. */
  | { readonly type: 'empty'; readonly text: string };

export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'toggleBreakpoint'; readonly name: string }
  | { readonly type: 'reveal'; readonly place: Place }
  /** What the pointer is on belongs to these lines. */
  | { readonly type: 'point'; readonly places: readonly Place[] }
  /** `in`: the next curve. `over`: the next phase. */
  | { readonly type: 'step'; readonly kind: 'in' | 'over' }
  | { readonly type: 'choose' };
