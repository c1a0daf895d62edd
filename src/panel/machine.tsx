// The machine view's script: keeps what is shown, listens to the extension, draws three linked columns. It runs in a webview under a
// strict policy and touches nothing but its own document.

import { type JSX, render } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import {
  type Links,
  type ListingRow,
  linksOf,
  type MachineView,
  type Place,
  type PlaceSource,
  type ShownValue,
  takenText,
} from '../picture/index.ts';
import { type BreakpointState, Column, columnTitles, showRow } from './machine-column.tsx';
import type { FromMachine, LineOfBreakpoint, ToMachine } from './messages.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromMachine): void };

const api = acquireVsCodeApi();
const send = (message: FromMachine): void => api.postMessage(message);

const idOf = (event: Event): string | undefined =>
  (event.target as Element).closest<HTMLElement>('[data-id]')?.dataset.id;

/** Listings stay the same from stop to stop: what is drawn of them is kept. */
function keepColumns(before: MachineView | undefined, view: MachineView): MachineView {
  if (before === undefined) return view;
  const columns = view.columns.map((column, i) =>
    JSON.stringify(before.columns[i]) === JSON.stringify(column) ? before.columns[i]! : column,
  ) as unknown as MachineView['columns'];
  return { ...view, columns };
}

interface ViewProps {
  readonly view: MachineView;
  readonly isLive: boolean;
  readonly breakpoints: readonly LineOfBreakpoint[];
}

function View({ view, isLive, breakpoints }: ViewProps): JSX.Element {
  const main = useRef<HTMLElement>(null);
  const [showBytes, setShowBytes] = useState(false);
  const [pointed, setPointed] = useState<string | undefined>(undefined);
  const [pinned, setPinned] = useState<string | undefined>(undefined);
  const [focused, setFocused] = useState<string | undefined>(undefined);
  const [chosen, setChosen] = useState<{ readonly rows: ReadonlySet<string> } | undefined>(undefined);
  const links = useMemo(() => linksOf(view.columns), [view.columns]);
  const documents = useMemo(() => documentsOf(view), [view.columns]);
  const marks = useMemo(() => {
    const found = new Map<string, string>();
    for (const { row, kind } of view.marks) found.set(row, found.has(row) ? `${found.get(row)} ${kind}` : kind);
    return found;
  }, [view]);
  const values = useMemo(() => new Map(view.values.map((row) => [row.row, row.values])), [view]);
  const current = useMemo(
    () => view.columns.map((_, column) => ({ rows: placesIn(view, links, column) })),
    [view, links],
  );
  useEffect(() => setChosen(undefined), [view]);
  const set = useMemo(() => new Map(breakpoints.map((line) => [`${line.document} ${line.line}`, line])), [breakpoints]);
  const breakpointAt = (document: string, line: number): BreakpointState => {
    const found = set.get(`${document} ${line}`);
    return found === undefined ? 'none' : found.isEnabled ? 'set' : 'off';
  };
  const about = pointed ?? pinned;
  const lit = useMemo(() => (about === undefined ? undefined : links.related(about)), [about, links]);
  const placeOf = (id: string): Place | undefined => {
    const row = links.rows.get(id);
    const source = documents.get(id);
    return row === undefined || source === undefined ? undefined : { source, line: row.line, column: 1 };
  };
  // The editor's own lines are lit too: of files and open listings.
  const key = JSON.stringify(lit === undefined ? [] : [...lit].slice(0, 60).map(placeOf));
  useEffect(() => send({ type: 'point', places: JSON.parse(key) as Place[] }), [key]);

  const choose = (id: string): void => {
    const isOff = pinned === id;
    setPinned(isOff ? undefined : id);
    if (!isOff) setChosen({ rows: links.related(id) });
  };
  const toggle = (id: string): void => {
    const place = placeOf(id);
    if (place !== undefined) send({ type: 'toggleBreakpoint', place });
  };
  const openExit = (index: number): void => {
    const exit = view.exits[index];
    if (exit?.isNow && isLive) send({ type: 'openBailout' });
    else if (exit?.last !== undefined) send({ type: 'openBailout', number: exit.last });
  };
  const focus = (id: string | undefined): void => {
    if (id === undefined) return;
    const row = main.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
    row?.focus({ preventScroll: true });
    const box = row?.closest<HTMLElement>('.scroller');
    if (row != null && box != null) showRow(box, row.offsetTop);
  };
  const onKey = (event: KeyboardEvent): void => {
    const id = idOf(event);
    if (event.key === 'Escape') setPinned(undefined);
    if (id === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const act = keys(event.key, id);
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const keys = (pressed: string, id: string): (() => void) | undefined => {
    const column = links.columnOf.get(id)!;
    const rows = [...links.rows.keys()].filter((row) => links.columnOf.get(row) === column);
    const index = rows.indexOf(id);
    const exit = links.rows.get(id)?.exit;
    switch (pressed) {
      case 'ArrowDown':
        return () => focus(rows[index + 1]);
      case 'ArrowUp':
        return () => focus(rows[index - 1]);
      case 'Home':
        return () => focus(rows[0]);
      case 'End':
        return () => focus(rows.at(-1));
      case 'ArrowLeft':
        return () => focus(beside(column, -1, id));
      case 'ArrowRight':
        return () => focus(beside(column, 1, id));
      case 'Enter':
        return () => choose(id);
      case ' ':
        return () => toggle(id);
      case 'o': {
        const place = placeOf(id);
        return place && (() => send({ type: 'reveal', place }));
      }
      case 'f':
        return exit === undefined ? undefined : () => openExit(exit);
      case 'j': {
        const target = links.rows.get(id)?.target;
        return target === undefined ? undefined : () => focus(target);
      }
      default:
        return undefined;
    }
  };
  /** The row in the next column that belongs to a row; else where the program is there, else the first. */
  const beside = (column: number, by: -1 | 1, id: string): string | undefined => {
    const next = column + by;
    const inNext = (row: string): boolean => links.columnOf.get(row) === next;
    return (
      [...links.related(id)].find(inNext) ??
      view.marks.map(({ row }) => row).find(inNext) ??
      [...links.rows.keys()].find(inNext)
    );
  };
  const subject = about ?? view.marks.find(({ row, kind }) => kind !== 'caller' && row.startsWith('x'))?.row;
  return (
    <div class="page">
      <header>
        <h1>{view.title}</h1>
        <span class="where">{view.state}</span>
        <span class={isLive ? 'live' : 'ended'}>{isLive ? 'stopped here' : 'as it was at the stop'}</span>
        <button
          type="button"
          class="toggle"
          aria-pressed={showBytes}
          title="Show the bytes of bytecodes and instructions"
          onClick={() => setShowBytes(!showBytes)}
        >
          Bytes
        </button>
      </header>
      <main
        ref={main}
        onKeyDown={onKey}
        onPointerOver={(event) => setPointed(idOf(event))}
        onPointerLeave={() => setPointed(undefined)}
        onFocusIn={(event) => {
          setFocused(idOf(event));
          setPointed(idOf(event));
        }}
        onFocusOut={() => setPointed(undefined)}
        onDblClick={(event) => {
          const id = idOf(event);
          const place = id === undefined ? undefined : placeOf(id);
          if (place !== undefined) send({ type: 'reveal', place });
        }}
        onClick={(event) => {
          const id = idOf(event);
          const button = (event.target as Element).closest('button');
          if (button?.dataset.exit !== undefined) openExit(Number(button.dataset.exit));
          else if (id !== undefined && button !== null) toggle(id);
          else if (id !== undefined) choose(id);
        }}
      >
        {view.columns.map((column, i) => (
          <Column
            key={column.kind}
            column={column}
            marks={marks}
            values={values}
            exits={view.exits}
            breakpointAt={breakpointAt}
            lit={lit}
            pinned={pinned}
            focused={focused}
            showBytes={showBytes && column.kind !== 'source'}
            wish={chosen ?? current[i]}
          />
        ))}
      </main>
      <footer>
        <span class="about">
          {subject === undefined ? '' : aboutRow(view, links.rows.get(subject), links.columnOf.get(subject), values)}
        </span>
        <span class="keys">
          <kbd>←</kbd> <kbd>→</kbd> what belongs to it, <kbd>Space</kbd> breakpoint, <kbd>O</kbd> open, <kbd>J</kbd>{' '}
          jump, <kbd>F</kbd> frame translation
        </span>
      </footer>
    </div>
  );
}

/** Where the program is in a column: what is executed next or was left; else what called it, or where it will go on; else what belongs
 *  to where it is in another column. */
function placesIn({ marks }: MachineView, links: Links, column: number): ReadonlySet<string> {
  const here = marks.filter(({ row }) => links.columnOf.get(row) === column);
  const best = here.filter(({ kind }) => kind === 'now' || kind === 'left');
  if (here.length > 0) return new Set((best.length > 0 ? best : here).map(({ row }) => row));
  const elsewhere = marks.findLast(({ kind }) => kind === 'now' || kind === 'resumes');
  const related = elsewhere === undefined ? [] : [...links.related(elsewhere.row)];
  return new Set(related.filter((row) => links.columnOf.get(row) === column));
}

function documentsOf({ columns }: MachineView): ReadonlyMap<string, PlaceSource> {
  return new Map(
    columns.flatMap(({ sections }) =>
      sections.flatMap(({ document, rows }) => rows.map(({ id }) => [id, document] as const)),
    ),
  );
}

/** What a row is, in a sentence. */
function aboutRow(
  view: MachineView,
  row: ListingRow | undefined,
  column: number | undefined,
  values: ReadonlyMap<string, readonly ShownValue[]>,
): string {
  if (row === undefined || column === undefined) return '';
  const shown = (values.get(row.id) ?? []).map(({ name, text }) => `${name} ${text}`);
  return [sentenceOf(view, row, column), ...shown].join(' · ');
}

function sentenceOf({ columns, exits }: MachineView, row: ListingRow, column: number): string {
  const name = columnTitles[columns[column]!.kind];
  const exit = row.exit === undefined ? undefined : exits[row.exit];
  if (exit !== undefined)
    return exit.kind === 'lazy'
      ? `Exit ${exit.index} is taken when the code is invalidated while a call is in progress.`
      : `${row.isExit ? 'Exit' : 'Guard of exit'} ${exit.index}: ${exit.reason}; ${exit.isNow ? 'it is failing now' : `it ${takenText(exit.taken)}`}.`;
  return `${name} ${row.label}: ${row.about ?? row.comment ?? row.text.trim()}`;
}

function App(): JSX.Element {
  const [shown, setShown] = useState<ViewProps | undefined>(undefined);
  const [empty, setEmpty] = useState('');
  useEffect(() => {
    const listen = ({ data }: MessageEvent<ToMachine>): void => {
      switch (data.type) {
        case 'show':
          setShown((now) => ({
            view: keepColumns(now?.view, data.view),
            isLive: data.isLive,
            breakpoints: data.breakpoints,
          }));
          break;
        case 'breakpoints':
          setShown((now) => now && { ...now, breakpoints: data.lines });
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
  return <View {...shown} />;
}

render(<App />, document.body);
