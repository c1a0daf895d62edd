// One column of the machine view: rows of the same height, jumps beside them, breakpoints before them, values behind them.
// Texts of the program are text nodes and attributes, never markup.

import { Component, type JSX, type RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import {
  type CodeExit,
  type ColumnKind,
  jumpArrows,
  type ListingColumn,
  type ListingRow,
  type MarkKind,
  mostLanes,
  placedRows,
  type ShownValue,
  takenText,
} from '../picture/index.ts';
import { tokensOf } from './tokens.ts';

/** Pixels; the style says the same. */
export const rowHeight = 20;
const laneWidth = 6;

export const columnTitles: Readonly<Record<ColumnKind, string>> = {
  source: 'Source',
  bytecode: 'Bytecode',
  code: 'x64',
};

const markTexts: Readonly<Record<MarkKind, string>> = {
  now: 'executed next',
  caller: 'called from here',
  resumes: 'Ignition resumes here',
  left: 'left here',
};

export type BreakpointState = 'none' | 'set' | 'off';

interface RowProps {
  readonly kind: ColumnKind;
  readonly row: ListingRow;
  readonly marks: string;
  readonly exit: CodeExit | undefined;
  readonly values: readonly ShownValue[] | undefined;
  readonly breakpoint: BreakpointState;
  readonly lit: boolean;
  readonly pinned: boolean;
  readonly tabbable: boolean;
  readonly showBytes: boolean;
}

class RowView extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    return (Object.keys(next) as (keyof RowProps)[]).some((key) => next[key] !== this.props[key]);
  }

  override render(props: RowProps): JSX.Element {
    const { kind, row, marks, exit, values, breakpoint, lit, pinned, tabbable, showBytes } = props;
    const kinds = marks === '' ? [] : (marks.split(' ') as MarkKind[]);
    const classes = ['row', ...kinds, lit ? 'lit' : '', pinned ? 'pinned' : '', row.isExit ? 'exit' : ''];
    const label = kind === 'code' ? `+${row.label}` : row.label;
    return (
      <div
        class={classes.filter((name) => name !== '').join(' ')}
        role="row"
        data-id={row.id}
        tabIndex={tabbable ? 0 : -1}
        aria-selected={pinned}
        aria-current={kinds.includes('now') ? 'true' : undefined}
        title={[row.text, row.comment, row.about, ...(values ?? []).map(({ name, text }) => `${name}: ${text}`)]
          .filter(Boolean)
          .join('\n')}
      >
        <span class="dot" role="cell">
          <button
            type="button"
            tabindex={-1}
            aria-pressed={breakpoint !== 'none'}
            aria-label={`Breakpoint, ${columnTitles[kind]} ${label}`}
            class={breakpoint}
          >
            <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
              <circle cx="5" cy="5" r="4" />
            </svg>
          </button>
        </span>
        <span class="lanes" />
        <span class="label" role="cell">
          {label}
        </span>
        {showBytes ? (
          <span class="bytes" role="cell">
            {row.bytes}
          </span>
        ) : null}
        <span class="text" role="cell">
          {row.isExit && exit !== undefined ? null : (
            <code>
              {tokensOf(kind, row.text).map((token, i) => (
                <span key={i} class={token.class}>
                  {token.text}
                </span>
              ))}
            </code>
          )}
          {row.comment === undefined ? null : <span class="comment">{row.comment}</span>}
          {exit === undefined ? null : <Exit exit={exit} isExit={row.isExit === true} />}
          {kinds
            .filter((mark) => mark !== 'caller')
            .map((mark) => (
              <span key={mark} class={mark === 'now' ? 'hidden' : 'tag'}>
                {markTexts[mark]}
              </span>
            ))}
          {values?.map(({ name, text, isChanged }) => (
            <span key={name} class={isChanged ? 'value changed' : 'value'}>
              <b>{name}</b> {text}
            </span>
          ))}
        </span>
      </div>
    );
  }
}

/** A guard's exit: its reason, how often it was taken, and the way to the picture of its newest bailout. */
function Exit({ exit, isExit }: { readonly exit: CodeExit; readonly isExit: boolean }): JSX.Element {
  const { index, kind, reason, taken, last, isNow, bytecodeOffset } = exit;
  const where = isExit ? `, to bytecode ${bytecodeOffset < 0 ? 'entry' : bytecodeOffset}` : '';
  const text = `exit ${index}: ${reason}${where}`;
  const count = kind === 'lazy' ? (taken === 0 ? '' : `, taken ${taken}×`) : taken === 0 ? '' : `, ${takenText(taken)}`;
  const classes = `guard ${kind}${taken > 0 ? ' failed' : ''}${isNow ? ' isNow' : ''}`;
  if (last === undefined && !isNow)
    return (
      <span
        class={classes}
        title={kind === 'lazy' ? 'Taken when the code is invalidated during a call.' : 'This guard has never failed.'}
      >
        {text}
      </span>
    );
  return (
    <button
      type="button"
      tabindex={-1}
      class={`${classes} link`}
      data-exit={index}
      title={isNow ? 'Show the Frame Translation of this bailout' : `Show the Frame Translation of bailout ${last}`}
    >
      {text}
      {count}
    </button>
  );
}

export interface ColumnProps {
  readonly column: ListingColumn;
  readonly marks: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, readonly ShownValue[]>;
  readonly exits: readonly CodeExit[];
  readonly breakpointAt: (document: string, line: number) => BreakpointState;
  /** Ids of what the pointer is on and what belongs to it. */
  readonly lit: ReadonlySet<string> | undefined;
  readonly pinned: string | undefined;
  readonly focused: string | undefined;
  readonly showBytes: boolean;
  /** Rows to bring into view: where the program is, or what belongs to a row that was chosen elsewhere. Changes with each wish. */
  readonly wish: { readonly rows: ReadonlySet<string> } | undefined;
}

export function Column(props: ColumnProps): JSX.Element {
  const { column, marks, values, exits, breakpointAt, lit, pinned, focused, showBytes, wish } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const placed = useMemo(() => placedRows(column), [column]);
  const rowOf = useMemo(() => new Map(placed.map(({ id }, i) => [id, i])), [placed]);
  const arrows = useMemo(() => jumpArrows(column, rowOf), [column, rowOf]);
  const lanes = arrows.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
  const hints = useHints(scroller, rowOf, lit);
  useLayoutEffect(() => {
    const bring = (): void => bringIntoView(scroller.current, rowOf, wish?.rows);
    bring();
    window.addEventListener('resize', bring);
    return () => window.removeEventListener('resize', bring);
  }, [wish, rowOf]);
  const first = placed.find(({ kind }) => kind === 'row')?.id;
  const tabbable =
    focused !== undefined && rowOf.has(focused) ? focused : ([...marks.keys()].find((id) => rowOf.has(id)) ?? first);
  const title = columnTitles[column.kind];
  return (
    <section class={`column ${column.kind}`} aria-label={title}>
      <h2>{title}</h2>
      {hints.above > 0 ? <div class="hint above">↑ {hints.above} above</div> : null}
      {hints.below > 0 ? <div class="hint below">↓ {hints.below} below</div> : null}
      <div class="scroller" ref={scroller}>
        {placed.length === 0 ? (
          <p class="nothing">{column.empty}</p>
        ) : (
          <div
            class="rows"
            role="grid"
            aria-label={title}
            style={{ '--lanes': `${Math.min(lanes, mostLanes) * laneWidth}px` }}
          >
            <Arrows arrows={arrows} height={placed.length * rowHeight} lit={lit} />
            {placed.map((item) => {
              if (item.kind === 'title')
                return (
                  <div key={item.id} class="title" role="row" tabIndex={-1}>
                    <span role="cell">
                      <b>{item.title}</b> {item.note}
                    </span>
                  </div>
                );
              if (item.kind === 'gap')
                return (
                  <div key={item.id} class="gap" role="row" tabIndex={-1}>
                    <span role="cell">{item.count} more, not shown</span>
                  </div>
                );
              const { row } = item;
              return (
                <RowView
                  key={item.id}
                  kind={column.kind}
                  row={row}
                  marks={marks.get(row.id) ?? ''}
                  exit={row.exit === undefined ? undefined : exits[row.exit]}
                  values={values.get(row.id)}
                  breakpoint={breakpointAt(item.document, row.line)}
                  lit={lit?.has(row.id) === true}
                  pinned={pinned === row.id}
                  tabbable={tabbable === row.id}
                  showBytes={showBytes}
                />
              );
            })}
          </div>
        )}
      </div>
    </section>
  );
}

function Arrows({
  arrows,
  height,
  lit,
}: {
  readonly arrows: ReturnType<typeof jumpArrows>;
  readonly height: number;
  readonly lit: ReadonlySet<string> | undefined;
}): JSX.Element | null {
  if (arrows.length === 0) return null;
  const lanes = Math.min(mostLanes, Math.max(...arrows.map(({ lane }) => lane)) + 1);
  const right = lanes * laneWidth;
  const middle = (row: number): number => row * rowHeight + rowHeight / 2;
  return (
    <svg class="arrows" width={right} height={height} aria-hidden="true">
      {arrows.map(({ from, to, fromRow, toRow, lane }) => {
        const x = right - (lane + 0.6) * laneWidth;
        const [y1, y2] = [middle(fromRow) + 2, middle(toRow) - 2];
        return (
          <g key={from} class={lit?.has(from) || lit?.has(to) ? 'lit' : toRow < fromRow ? 'back' : ''}>
            <path d={`M${right} ${y1}H${x}V${y2}H${right - 1}`} />
            <path class="head" d={`M${right - 4} ${y2 - 3}L${right} ${y2}L${right - 4} ${y2 + 3}z`} />
          </g>
        );
      })}
    </svg>
  );
}

/** How many lit rows are out of sight. */
function useHints(
  scroller: RefObject<HTMLDivElement | null>,
  rowOf: ReadonlyMap<string, number>,
  lit: ReadonlySet<string> | undefined,
): { readonly above: number; readonly below: number } {
  const [hints, setHints] = useState({ above: 0, below: 0 });
  useLayoutEffect(() => {
    const box = scroller.current;
    let above = 0;
    let below = 0;
    if (box !== null && lit !== undefined)
      for (const id of lit) {
        const row = rowOf.get(id);
        if (row === undefined) continue;
        if ((row + 1) * rowHeight <= box.scrollTop) above++;
        else if (row * rowHeight >= box.scrollTop + box.clientHeight) below++;
      }
    if (above !== hints.above || below !== hints.below) setHints({ above, below });
  }, [lit, rowOf]);
  return hints;
}

function bringIntoView(
  box: HTMLDivElement | null,
  rowOf: ReadonlyMap<string, number>,
  rows: ReadonlySet<string> | undefined,
): void {
  if (box === null || rows === undefined) return;
  const wanted = [...rows].flatMap((id) => rowOf.get(id) ?? []).sort((a, b) => a - b);
  if (wanted.length === 0) return;
  const isVisible = (row: number): boolean =>
    row * rowHeight >= box.scrollTop + rowHeight && (row + 3) * rowHeight <= box.scrollTop + box.clientHeight;
  box.scrollLeft = 0;
  if (wanted.some(isVisible)) return;
  box.scrollTop = Math.max(0, wanted[0]! * rowHeight - box.clientHeight * 0.35);
}

/** Scrolls no further than it must. @param top of the row, in the column */
export function showRow(box: HTMLElement, top: number): void {
  const lowest = top + 2 * rowHeight - box.clientHeight;
  box.scrollTop = Math.max(lowest, Math.min(box.scrollTop, top - rowHeight));
}
