// Below the drawing: the lines that something belongs to, and the scrubber that plays the steps.

import type { ComponentChildren, JSX } from 'preact';
import type { Belongs, FrameTranslation, Place, Quoted } from '../picture/index.ts';

const placeText = ({ source, line, column }: Place): string =>
  source.kind === 'script' ? `${source.name}:${line}:${column}` : `${source.name}:${line}`;

function Line({
  name,
  quotes,
  onReveal,
}: {
  readonly name: string;
  readonly quotes: readonly Quoted[];
  readonly onReveal: (place: Place) => void;
}): JSX.Element {
  const place = quotes.at(-1)?.place;
  return (
    <div class="line">
      <dt>{name}</dt>
      <dd>
        <code>{quotes.length === 0 ? '–' : quotes.map(({ text }) => text).join('   ')}</code>
        {place === undefined ? null : (
          <button type="button" class="link" onClick={() => onReveal(place)}>
            {placeText(place)}
          </button>
        )}
      </dd>
    </div>
  );
}

export function Lines({
  what,
  belongs,
  onReveal,
}: {
  /** The whole text of what is pointed at. */
  readonly what: string;
  readonly belongs: Belongs;
  readonly onReveal: (place: Place) => void;
}): JSX.Element {
  const list = (quote: Quoted | undefined): readonly Quoted[] => (quote === undefined ? [] : [quote]);
  return (
    <dl class="lines" aria-label="What it belongs to">
      <Line name="value" quotes={[{ text: what }]} onReveal={onReveal} />
      <Line name="source" quotes={list(belongs.source)} onReveal={onReveal} />
      <Line name="bytecode" quotes={list(belongs.bytecode)} onReveal={onReveal} />
      <Line name="x64" quotes={belongs.code} onReveal={onReveal} />
    </dl>
  );
}

function Button({
  label,
  title = label,
  pressed,
  disabled = false,
  onClick,
  children,
}: {
  readonly label: string;
  readonly title?: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <button
      type="button"
      class="icon"
      aria-label={label}
      title={title}
      aria-pressed={pressed}
      aria-disabled={disabled}
      onClick={() => {
        if (!disabled) onClick();
      }}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        {children}
      </svg>
    </button>
  );
}

export interface PlayerProps {
  readonly translation: FrameTranslation;
  readonly at: number;
  /** Last step that can be shown: of a live picture, the one that the program is in. */
  readonly limit: number;
  readonly isLive: boolean;
  readonly playing: -1 | 0 | 1;
  readonly onGo: (step: number) => void;
  readonly onPlay: (direction: -1 | 0 | 1) => void;
  readonly onCurve: (by: -1 | 1) => void;
  readonly onPhase: (by: -1 | 1) => void;
}

export function Player(props: PlayerProps): JSX.Element {
  const { translation, at, limit, isLive, playing } = props;
  const { steps } = translation;
  const last = steps.length - 1;
  const isAtEnd = at >= limit;
  const steps_ = isLive && isAtEnd && limit < last;
  return (
    <div class="player" role="group" aria-label="Steps of the bailout">
      <Button label="Previous phase" disabled={at === 0} onClick={() => props.onPhase(-1)}>
        <path d="M3 3h1.6v10H3zM13 3v10L6 8z" />
      </Button>
      <Button label="Previous curve" disabled={at === 0} onClick={() => props.onCurve(-1)}>
        <path d="M10.5 3v10L4 8z" />
      </Button>
      <Button
        label={playing < 0 ? 'Stop playing' : 'Play backwards'}
        pressed={playing < 0}
        disabled={at === 0 && playing >= 0}
        onClick={() => props.onPlay(playing < 0 ? 0 : -1)}
      >
        {playing < 0 ? <path d="M4 3h3v10H4zM9 3h3v10H9z" /> : <path d="M8.5 3v10L2.5 8zM14.5 3v10L8.5 8z" />}
      </Button>
      <Button
        label={playing > 0 ? 'Stop playing' : 'Play forwards'}
        pressed={playing > 0}
        disabled={isAtEnd && playing <= 0}
        onClick={() => props.onPlay(playing > 0 ? 0 : 1)}
      >
        {playing > 0 ? <path d="M4 3h3v10H4zM9 3h3v10H9z" /> : <path d="M7.5 3v10l6-5zM1.5 3v10l6-5z" />}
      </Button>
      <Button
        label="Next curve"
        title={steps_ ? 'Next curve: steps into (F11)' : 'Next curve'}
        disabled={isAtEnd && !steps_}
        onClick={() => props.onCurve(1)}
      >
        <path d="M5.5 3v10L12 8z" />
      </Button>
      <Button
        label="Next phase"
        title={steps_ ? 'Next phase: steps over (F10)' : 'Next phase'}
        disabled={isAtEnd && !steps_}
        onClick={() => props.onPhase(1)}
      >
        <path d="M11.4 3H13v10h-1.6zM3 3v10l7-5z" />
      </Button>
      <div class="track">
        <svg class="ticks" viewBox={`0 0 ${last} 1`} preserveAspectRatio="none" aria-hidden="true">
          {steps.map((step, i) =>
            step.isPart === undefined ? (
              <line key={i} x1={i} x2={i} y1={0} y2={1} class={i <= limit ? 'reached' : ''} />
            ) : null,
          )}
        </svg>
        <input
          type="range"
          min={0}
          max={last}
          step={1}
          value={at}
          aria-label="Step"
          aria-valuetext={steps[at]?.text}
          onInput={(event) => props.onGo(Number(event.currentTarget.value))}
          onKeyDown={(event) => {
            if (event.key !== 'PageUp' && event.key !== 'PageDown') return;
            event.preventDefault();
            props.onPhase(event.key === 'PageUp' ? 1 : -1);
          }}
        />
      </div>
      <span class="count">
        {at + 1} / {steps.length}
      </span>
    </div>
  );
}
