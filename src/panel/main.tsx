// The panel's script: keeps what is shown, listens to the extension, draws. It runs in a webview under a strict policy and touches
// nothing but its own document.

import { type JSX, render } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import {
  belongsTo,
  type FrameTranslation,
  keepUnchanged,
  type Layout,
  layoutOf,
  momentAt,
  nextPhase,
  type Place,
  pathsOf,
  phaseStates,
} from '../picture/index.ts';
import { Drawing, idOf, slotsOf, valueOf } from './drawing.tsx';
import type { FromPanel, ToPanel } from './messages.ts';
import { Lines, Player } from './player.tsx';
import { Strip } from './strip.tsx';

declare function acquireVsCodeApi(): { postMessage(message: FromPanel): void };

const api = acquireVsCodeApi();
const send = (message: FromPanel): void => api.postMessage(message);

const playEvery = 280; // milliseconds a step

const classes = [
  ['tagged', 'tagged'],
  ['integer', 'integer'],
  ['double', 'double'],
  ['bit', 'bit'],
  ['literal', 'literal'],
  ['object', 'object'],
] as const;

/** Width of a character of the drawing's font. */
function measured(): number {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'picture measure');
  const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  text.textContent = '0'.repeat(100);
  svg.append(text);
  document.body.append(svg);
  const width = text.getComputedTextLength() / 100;
  svg.remove();
  return width > 0 ? width : 7.3;
}

/** The row that an arrow key leads to. */
function neighbour(translation: FrameTranslation, layout: Layout, id: string, key: string): string | undefined {
  const rows = layout.rows;
  const row = rows.find((candidate) => candidate.id === id);
  if (row === undefined) return undefined;
  const column = rows.filter((candidate) => candidate.column === row.column);
  const index = column.indexOf(row);
  if (key === 'ArrowDown') return column[index + 1]?.id;
  if (key === 'ArrowUp') return column[index - 1]?.id;
  if (key === 'Home') return column[0]?.id;
  if (key === 'End') return column.at(-1)?.id;
  const isRight = key === 'ArrowRight';
  for (const { from, to } of translation.curves) {
    const other = isRight ? (from === id ? to : undefined) : to === id ? from : undefined;
    if (other !== undefined && rows.some((candidate) => candidate.id === other)) return other;
  }
  const order = ['input', 'state', 'output'] as const;
  const next = order[order.indexOf(row.column) + (isRight ? 1 : -1)];
  const near = rows.filter((candidate) => candidate.column === next);
  return near.reduce<(typeof near)[number] | undefined>(
    (best, candidate) =>
      best === undefined || Math.abs(candidate.y - row.y) < Math.abs(best.y - row.y) ? candidate : best,
    undefined,
  )?.id;
}

function Picture({
  translation,
  isLive,
  breakpoints,
}: {
  readonly translation: FrameTranslation;
  readonly isLive: boolean;
  readonly breakpoints: readonly string[];
}): JSX.Element {
  const main = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(0);
  const [at, setAt] = useState(translation.now);
  const [playing, setPlaying] = useState<-1 | 0 | 1>(0);
  const [showDead, setShowDead] = useState(false);
  const [pointed, setPointed] = useState<string | undefined>(undefined);
  const [pinned, setPinned] = useState<string | undefined>(undefined);
  const [focused, setFocused] = useState<string | undefined>(undefined);
  const charWidth = useMemo(measured, [width]);
  const limit = translation.now;
  const step = Math.min(at, limit);

  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => setWidth(main.current!.clientWidth));
    observer.observe(main.current!);
    setWidth(main.current!.clientWidth);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    setAt(translation.now);
    setPlaying(0);
  }, [translation]);
  useEffect(() => {
    setPointed(undefined);
    setPinned(undefined);
    setFocused(undefined);
  }, [translation.number]);
  useEffect(() => {
    if (playing === 0) return;
    const timer = setInterval(() => {
      setAt((now) => {
        const next = Math.min(now, limit) + playing;
        if (next <= 0 || next >= limit) setPlaying(0);
        return Math.max(0, Math.min(limit, next));
      });
    }, playEvery);
    return () => clearInterval(timer);
  }, [playing, limit]);

  const drawn = useRef<Layout | undefined>(undefined);
  const layout = useMemo(() => {
    drawn.current = keepUnchanged(drawn.current, layoutOf(translation, { width: width - 2, charWidth, showDead }));
    return drawn.current;
  }, [translation, width, charWidth, showDead]);
  const paths = useMemo(() => pathsOf(translation), [translation]);
  const moment = useMemo(() => momentAt(translation, step), [translation, step]);
  const about = pointed ?? pinned;
  const shown =
    about !== undefined && layout.rows.some(({ id, kind }) => id === about && kind !== 'more' && kind !== 'summary');
  const lit = useMemo(() => (shown ? paths(about) : undefined), [paths, about, shown]);
  const slots = useMemo(() => slotsOf(translation), [translation]);
  const subject = layout.rows.find(({ id }) => id === (shown ? about : moment.fresh));
  const value = subject === undefined ? '' : valueOf(slots, moment, subject.id);
  const what =
    subject === undefined
      ? 'Point at anything to see its way.'
      : value === ''
        ? subject.label
        : `${subject.label}: ${value}`;
  const belongs = belongsTo(translation, shown ? about : moment.fresh, lit ?? new Set());
  const places = [belongs.source, belongs.bytecode, belongs.code.at(-1)].flatMap((quote) => quote?.place ?? []);
  const key = JSON.stringify(places);
  useEffect(() => send({ type: 'point', places: shown ? (JSON.parse(key) as Place[]) : [] }), [key, shown]);
  useLayoutEffect(() => {
    if (moment.fresh === undefined) return;
    main.current
      ?.querySelector(`[data-id="${CSS.escape(moment.fresh)}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [moment.fresh, layout]);

  const go = (to: number): void => {
    setPlaying(0);
    setAt(Math.max(0, Math.min(limit, to)));
  };
  const move = (kind: 'in' | 'over', by: -1 | 1): void => {
    if (by > 0 && isLive && step >= limit) send({ type: 'step', kind });
    else go(kind === 'in' ? step + by : nextPhase(translation, step, by));
  };
  const pick = (id: string): void => {
    if (layout.rows.some((row) => row.id === id && row.kind === 'more')) setShowDead(!showDead);
    else setPinned(pinned === id ? undefined : id);
  };
  const onKey = (event: KeyboardEvent): void => {
    const id = idOf(event);
    if (event.key === 'Escape') setPinned(undefined);
    if (id === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      pick(id);
      return;
    }
    if (!/^(Arrow|Home$|End$)/.test(event.key)) return;
    event.preventDefault();
    const other = neighbour(translation, layout, id, event.key);
    if (other === undefined) return;
    const row = main.current?.querySelector<SVGGElement>(`[data-id="${CSS.escape(other)}"]`);
    row?.focus();
    row?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const innermost = translation.frames.at(-1)?.function ?? translation.input.function;
  const into = innermost === translation.input.function ? '' : `, inlined into ${translation.input.function}`;
  return (
    <div class="page">
      <header>
        <div class="head">
          <h1>
            Bailout {translation.number}: {translation.reason}
          </h1>
          <span class="where">
            {translation.kind}, in {innermost}
            {into} (optimized #{translation.input.optimizationId})
          </span>
          <span class={isLive ? 'live' : 'ended'}>
            {isLive ? 'stopped here' : limit < translation.steps.length - 1 ? 'as it was at the stop' : 'finished'}
          </span>
          <button type="button" class="link" onClick={() => send({ type: 'choose' })}>
            Other bailouts…
          </button>
        </div>
        <Strip
          phases={phaseStates(translation, step)}
          breakpoints={breakpoints}
          limit={limit}
          onToggle={(name) => send({ type: 'toggleBreakpoint', name })}
          onGo={go}
        />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll, and keys must reach what scrolls */}
        <p class="sentence" role="status" tabIndex={0}>
          {translation.steps[step]?.text}
          {step === 0 ? ` ${translation.explanation}` : ''}
        </p>
      </header>
      <main
        ref={main}
        onKeyDown={onKey}
        onPointerOver={(event) => setPointed(idOf(event))}
        onPointerLeave={() => setPointed(undefined)}
        onFocusOut={() => setPointed(undefined)}
        onFocusIn={(event) => {
          const id = idOf(event);
          setFocused(id);
          setPointed(id);
        }}
        onClick={(event) => {
          const id = idOf(event);
          if (id !== undefined) pick(id);
        }}
      >
        <Drawing
          translation={translation}
          layout={layout}
          moment={moment}
          charWidth={charWidth}
          lit={lit}
          pinned={pinned}
          focused={focused}
        />
      </main>
      <footer>
        <div class="below">
          <Lines what={what} belongs={belongs} onReveal={(place) => send({ type: 'reveal', place })} />
          <ul class="legend" aria-label="Colours of representations">
            {classes.map(([name, text]) => (
              <li key={name} class={`of-${name}`}>
                {text}
              </li>
            ))}
          </ul>
        </div>
        <Player
          translation={translation}
          at={step}
          limit={limit}
          isLive={isLive}
          playing={playing}
          onGo={go}
          onPlay={(direction) => {
            setAt(step);
            setPlaying(direction);
          }}
          onCurve={(by) => move('in', by)}
          onPhase={(by) => move('over', by)}
        />
      </footer>
    </div>
  );
}

function App(): JSX.Element {
  const [shown, setShown] = useState<{ translation: FrameTranslation; isLive: boolean } | undefined>(undefined);
  const [breakpoints, setBreakpoints] = useState<readonly string[]>([]);
  const [empty, setEmpty] = useState('');
  useEffect(() => {
    const listen = ({ data }: MessageEvent<ToPanel>): void => {
      switch (data.type) {
        case 'show':
          setShown({ translation: data.translation, isLive: data.isLive });
          setBreakpoints(data.breakpoints);
          break;
        case 'breakpoints':
          setBreakpoints(data.names);
          break;
        case 'running':
          setShown((now) => now && { ...now, isLive: false });
          break;
        case 'empty':
          setShown(undefined);
          setEmpty(data.text);
          break;
      }
    };
    window.addEventListener('message', listen);
    send({ type: 'ready' });
    return () => window.removeEventListener('message', listen);
  }, []);
  if (shown === undefined) return <p class="empty">{empty}</p>;
  return <Picture translation={shown.translation} isLive={shown.isLive} breakpoints={breakpoints} />;
}

render(<App />, document.body);
