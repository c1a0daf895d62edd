// The strip of phases on top: where the Deoptimizer is, with a breakpoint for each phase.

import type { JSX } from 'preact';
import type { PhaseState } from '../picture/index.ts';

/** The breakpoint of a phase, as the adapter names it. */
export const breakpointOf = ({ word }: PhaseState): string => (word === 'guard' ? 'guard:*' : `phase:${word}`);

export interface StripProps {
  readonly phases: readonly PhaseState[];
  readonly breakpoints: readonly string[];
  /** Last step that can be shown. */
  readonly limit: number;
  readonly onToggle: (name: string) => void;
  readonly onGo: (step: number) => void;
}

export function Strip({ phases, breakpoints, limit, onToggle, onGo }: StripProps): JSX.Element {
  return (
    <ol class="strip" aria-label="Phases of the bailout">
      {phases.map((phase) => {
        const name = breakpointOf(phase);
        const isSet = breakpoints.includes(name);
        const isReachable = phase.first <= limit;
        return (
          <li key={phase.word} class={`phase ${phase.state}`}>
            <button
              type="button"
              class="dot"
              aria-pressed={isSet}
              aria-label={`Breakpoint ${name}`}
              title={isSet ? `Remove the breakpoint ${name}` : `Stop here: adds the breakpoint ${name}`}
              onClick={() => onToggle(name)}
            >
              <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
                <circle cx="5" cy="5" r="4" />
              </svg>
            </button>
            <button
              type="button"
              class="go"
              aria-current={phase.state === 'now' ? 'step' : undefined}
              aria-disabled={!isReachable}
              title={phase.does}
              onClick={() => {
                if (isReachable) onGo(Math.min(phase.last, limit));
              }}
            >
              {phase.title}
              {phase.progress === undefined ? null : <span class="progress">{phase.progress}</span>}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
