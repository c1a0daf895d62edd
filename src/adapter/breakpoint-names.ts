// What a function breakpoint's name asks for: a function, a guard, a phase or a slot of the Deoptimizer, or something that happens
// to a function's code. VS Code shows, keeps and edits function breakpoints, so all of these are function breakpoints there.
//
//   area                                    the function
//   guard:FUNCTION[:REASON]                 a guard that is about to fail
//   phase:PHASE[:FUNCTION]                  a phase of the Deoptimizer
//   phase:slot:NAME[:FUNCTION]              a slot of an output frame: V8's name, a bytecode register or a variable
//   tierup:FUNCTION  osr:FUNCTION  invalidate:FUNCTION
//   gc:scavenge  gc:mark  gc:finalize       a collection of new space; what lives is marked; the rest was given back
//
// `*` stands for every function, reason or slot.

import type { EventBreakpoint, GuardBreakpoint } from '../engine/debug/index.ts';
import { breakablePhases } from '../picture/index.ts';

type Asked<B> = Omit<B, 'id' | 'condition' | 'hitCondition' | 'logMessage'>;

export type BreakpointName =
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'guard'; readonly guard: Asked<GuardBreakpoint> }
  | { readonly kind: 'event'; readonly event: Asked<EventBreakpoint> }
  | { readonly kind: 'wrong'; readonly message: string };

const phaseWords = [...breakablePhases.map(({ word }) => word)];
phaseWords.splice(phaseWords.indexOf('translate') + 1, 0, 'slot:NAME');
const phaseList = `Phases: ${phaseWords.join(', ')}; each may be followed by :FUNCTION.`;

const codeEvents = { tierup: 'tierUp', osr: 'osr', invalidate: 'invalidate' } as const;

const collectionKinds = ['scavenge', 'mark', 'finalize'] as const;

export const star = (s: string | undefined): string | undefined =>
  s === undefined || s.trim() === '' || s.trim() === '*' ? undefined : s.trim();
const isMissing = (s: string | undefined): boolean => s === undefined || s.trim() === '';

export function breakpointName(name: string): BreakpointName {
  const [prefix, ...rest] = name.trim().split(':');
  if (rest.length === 0) return { kind: 'function', name: name.trim() }; // functions may be called `phase`
  switch (prefix) {
    case 'guard':
    case 'guards':
      if (isMissing(rest[0]) || rest.length > 2)
        return wrong('Expected guard:FUNCTION or guard:FUNCTION:REASON; * stands for every function.');
      return { kind: 'guard', guard: { function: star(rest[0]), reason: star(rest[1]) } };
    case 'gc': {
      const kind = collectionKinds.find((candidate) => candidate === rest[0]?.trim());
      if (kind === undefined || rest.length > 1)
        return wrong(`Expected ${collectionKinds.map((k) => `gc:${k}`).join(', ')}.`);
      return { kind: 'event', event: { on: kind } };
    }
    case 'phase':
      return phaseName(rest);
    case 'tierup':
    case 'osr':
    case 'invalidate':
      if (isMissing(rest[0]) || rest.length > 1)
        return wrong(`Expected ${prefix}:FUNCTION; * stands for every function.`);
      return { kind: 'event', event: { on: codeEvents[prefix], function: star(rest[0]) } };
    default:
      return { kind: 'function', name: name.trim() };
  }
}

function phaseName([word, ...rest]: readonly string[]): BreakpointName {
  if (word?.trim() === 'slot') {
    if (isMissing(rest[0]) || rest.length > 2)
      return wrong(
        'Expected phase:slot:NAME or phase:slot:NAME:FUNCTION, such as phase:slot:accumulator, phase:slot:r0 or the name of a variable; * stands for every slot.',
      );
    return { kind: 'event', event: { on: 'slot', slot: star(rest[0]), function: star(rest[1]) } };
  }
  const row = breakablePhases.find((candidate) => candidate.word === word?.trim());
  if (row === undefined)
    return wrong(isMissing(word) ? `Expected phase:PHASE. ${phaseList}` : `There is no phase '${word}'. ${phaseList}`);
  if (rest.length > 1 || (rest.length === 1 && isMissing(rest[0])))
    return wrong(`Expected phase:${word} or phase:${word}:FUNCTION.`);
  return { kind: 'event', event: { on: 'phase', phase: row.phase, function: star(rest[0]) } };
}

const wrong = (message: string): BreakpointName => ({ kind: 'wrong', message });
