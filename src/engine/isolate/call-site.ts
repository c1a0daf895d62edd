// Texts of the innermost JavaScript frame's place, for messages: "obj.method is not a function". None in the standard library, whose
// source the user does not know.

import type { CallSite } from '../runtime/index.ts';
import { printCallSite } from './call-printer.ts';
import type { Isolate } from './isolate.ts';

/** The call, construction or iteration at the current position; with `isErrorInSpread`, the last argument's iteration. */
export const currentCallSite = (isolate: Isolate, isErrorInSpread: boolean): CallSite | undefined => {
  if (isolate.traces.isInLibrary) return undefined;
  const location = isolate.traces.currentLocation();
  if (location === undefined || (location.script & 1) === 0) return undefined;
  return printCallSite(isolate.scripts.sourceOf(location.script), location, isErrorInSpread);
};
