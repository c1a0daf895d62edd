// Texts of the innermost JavaScript frame's place, for messages: "obj.method is not a function". None in the standard library, whose
// source the user does not know.

import type { ErrorHint } from '../runtime/index.ts';
import { type PrintedPattern, printCallSite, printPattern } from './call-printer.ts';
import type { Isolate } from './isolate.ts';

const placeOf = (isolate: Isolate): { readonly source: string; readonly offset: number } | undefined => {
  if (isolate.traces.isInLibrary) return undefined;
  const location = isolate.traces.currentLocation();
  if (location === undefined || (location.script & 1) === 0) return undefined;
  return { source: isolate.scripts.sourceOf(location.script), offset: location.offset };
};

/** The call, construction or iteration at the current position; with `isErrorInSpread`, the last argument's iteration. */
export const callSiteText = (
  isolate: Isolate,
  isErrorInSpread: boolean,
): { readonly text: string; readonly hint: ErrorHint } | undefined => {
  const place = placeOf(isolate);
  if (place === undefined) return undefined;
  const printed = printCallSite(place.source, place.offset, isErrorInSpread);
  return printed.text === '' ? undefined : printed;
};

/** The object pattern being destructured. */
export const patternText = (isolate: Isolate): PrintedPattern | undefined => {
  const place = placeOf(isolate);
  return place && printPattern(place.source, place.offset);
};
