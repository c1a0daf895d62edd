// The drawing: boxes, rows, curves, badges as SVG. What stands where comes from the layout; what is drawn already from the moment.
// Texts of the program are text nodes and attributes, never markup.

import { curveBasis, line, linkHorizontal } from 'd3-shape';
import { Component, type JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import {
  type Badge,
  type Box,
  type Column,
  type CurveLine,
  type CurveState,
  type FrameSlot,
  type FrameTranslation,
  fitted,
  type Layout,
  type Moment,
  type Row,
  rowHeight,
  type SlotState,
  slotText,
} from '../picture/index.ts';

const link = linkHorizontal<CurveLine, { x: number; y: number }>()
  .x(({ x }) => x)
  .y(({ y }) => y);
const arc = line<readonly [number, number]>().curve(curveBasis);

/** Duplicates and the object they are stand in one column: the curve goes around outside. */
function pathOf(curve: CurveLine): string {
  if (curve.kind !== 'hold') return link(curve) ?? '';
  const { source, target } = curve;
  const out = Math.max(source.x, target.x) + 26;
  return (
    arc([
      [source.x, source.y],
      [out, source.y],
      [out, target.y],
      [target.x, target.y],
    ]) ?? ''
  );
}

interface CurveProps {
  readonly curve: CurveLine;
  readonly state: CurveState;
  readonly lit: boolean;
  readonly dimmed: boolean;
}

class CurveView extends Component<CurveProps> {
  override shouldComponentUpdate(next: CurveProps): boolean {
    const { curve, state, lit, dimmed } = this.props;
    return next.curve !== curve || next.state !== state || next.lit !== lit || next.dimmed !== dimmed;
  }

  override render({ curve, state, lit, dimmed }: CurveProps): JSX.Element {
    return (
      <path
        class={`curve ${curve.kind} of-${curve.class} ${state}${lit ? ' lit' : ''}${dimmed ? ' dimmed' : ''}`}
        d={pathOf(curve)}
        pathLength={1}
      />
    );
  }
}

interface RowProps {
  readonly row: Row;
  readonly slot: SlotState | undefined;
  /** Of a slot: what stands there at the moment. */
  readonly value: string;
  readonly fresh: boolean;
  readonly lit: boolean;
  readonly dimmed: boolean;
  readonly pinned: boolean;
  readonly tabbable: boolean;
}

class RowView extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    return (Object.keys(next) as (keyof RowProps)[]).some((key) => next[key] !== this.props[key]);
  }

  override render({ row, slot, value, fresh, lit, dimmed, pinned, tabbable }: RowProps): JSX.Element {
    const { id, x, y, width, kind, texts } = row;
    const classes = [
      'row',
      kind,
      `of-${row.class}`,
      slot ?? '',
      fresh ? 'fresh' : '',
      lit ? 'lit' : '',
      dimmed ? 'dimmed' : '',
      pinned ? 'pinned' : '',
    ];
    const last = texts.length - 1;
    const label = value === '' ? row.label : `${row.label}: ${value}`;
    return (
      <g
        class={classes.filter((name) => name !== '').join(' ')}
        data-id={id}
        role="option"
        aria-selected={pinned}
        tabindex={tabbable ? 0 : -1}
      >
        <title>{kind === 'slot' && slot === 'empty' ? `${label}, not written yet` : label}</title>
        <rect class="back" x={x + 1} y={y} width={width - 2} height={rowHeight} rx={2} />
        {row.hasLeft ? <circle class="port" cx={x} cy={y + rowHeight / 2} r={3} /> : null}
        {row.hasRight ? <circle class="port" cx={x + width} cy={y + rowHeight / 2} r={3} /> : null}
        {texts.map((text, i) => (
          <text
            key={i}
            class={`${text.kind}${text.class === undefined ? '' : ` of-${text.class}`}`}
            x={text.x}
            y={y + rowHeight / 2}
          >
            {fitted(kind === 'slot' && i === last ? value : text.text, text.fit)}
          </text>
        ))}
      </g>
    );
  }
}

interface BoxProps {
  readonly box: Box;
  readonly fit: number;
  /** Of a captured object: where it stands, once it has been made. */
  readonly address: string | undefined;
  /** It is made by this step. */
  readonly fresh: boolean;
}

function BoxView({ box, fit, address, fresh }: BoxProps): JSX.Element {
  const { x, y, width, height, note, kind } = box;
  const title = address === undefined ? box.title : `${box.title} at ${address}`;
  const shown = fitted(title, fit);
  const left = fit - shown.length - 2;
  return (
    <g class={`box ${kind}${address === undefined ? '' : ' made'}${fresh ? ' fresh' : ''}`}>
      <title>{note === '' ? title : `${title}, ${note}`}</title>
      <rect x={x + 0.5} y={y + 0.5} width={width - 1} height={height - 1} rx={3} />
      <text class="title" x={x + 10} y={y + 11}>
        {shown}
      </text>
      {note === '' || left < 4 ? null : (
        <text class="note" x={x + width - 10} y={y + 11} text-anchor="end">
          {fitted(note, left)}
        </text>
      )}
    </g>
  );
}

interface BadgeProps {
  readonly badge: Badge;
  readonly state: CurveState;
  readonly dimmed: boolean;
}

class BadgeView extends Component<BadgeProps> {
  override shouldComponentUpdate(next: BadgeProps): boolean {
    const { badge, state, dimmed } = this.props;
    return next.badge !== badge || next.state !== state || next.dimmed !== dimmed;
  }

  override render({ badge, state, dimmed }: BadgeProps): JSX.Element {
    const { x, y, width, text } = badge;
    return (
      <g class={`badge of-${badge.class} ${state}${dimmed ? ' dimmed' : ''}`}>
        <rect x={x} y={y - 8} width={width} height={16} rx={8} />
        <text x={x + width / 2} y={y} text-anchor="middle">
          {text}
        </text>
      </g>
    );
  }
}

const columnNames: readonly (readonly [Column, string])[] = [
  ['input', 'Optimized frame: registers, stack and literals'],
  ['state', 'FrameState: a value per line'],
  ['output', 'Output frames: a slot per line'],
];

export interface DrawingProps {
  readonly translation: FrameTranslation;
  readonly layout: Layout;
  readonly moment: Moment;
  readonly charWidth: number;
  /** Ids on the way of what the pointer is on. */
  readonly lit: ReadonlySet<string> | undefined;
  readonly pinned: string | undefined;
  readonly focused: string | undefined;
}

type Slots = ReadonlyMap<string, { readonly slot: FrameSlot; readonly conversion: string | undefined }>;

export function slotsOf({ outputs, curves }: FrameTranslation): Slots {
  const conversions = new Map(curves.map(({ to, conversion }) => [to, conversion]));
  return new Map(
    outputs.flatMap((frame) =>
      frame.slots.map((slot) => [slot.id, { slot, conversion: conversions.get(slot.id) }] as const),
    ),
  );
}

/** What stands in a slot at the moment; nothing for other rows. */
export function valueOf(slots: Slots, moment: Moment, id: string): string {
  const found = slots.get(id);
  return found === undefined ? '' : slotText(found.slot, moment.slots.get(id) ?? 'empty', found.conversion);
}

/** Id of the row that an event is about. */
export const idOf = (event: Event): string | undefined =>
  (event.target as Element).closest<SVGGElement>('[data-id]')?.dataset.id;

export function Drawing(props: DrawingProps): JSX.Element {
  const { translation, layout, moment, charWidth, lit, pinned, focused } = props;
  const slots = useMemo(() => slotsOf(translation), [translation]);
  const addresses = useMemo(() => new Map(translation.objects.map(({ id, address }) => [id, address])), [translation]);
  const isLit = (id: string): boolean => lit?.has(id) === true;
  const isDimmed = (id: string): boolean => lit !== undefined && !lit.has(id);
  const firstOf = (column: Column): string | undefined => layout.rows.find((row) => row.column === column)?.id;
  const isFocusedIn = (column: Column): boolean =>
    layout.rows.some((row) => row.column === column && row.id === focused);
  return (
    <svg
      class={moment.isRead ? 'picture' : 'picture unread'}
      width={layout.width}
      height={layout.height}
      role="group"
      aria-label="Frame translation"
    >
      <g class="headings">
        {layout.headings.map(({ column, x, text }) => (
          <text key={column} x={x} y={13}>
            {text}
          </text>
        ))}
      </g>
      <g class="boxes">
        {layout.boxes.map((box) => (
          <BoxView
            key={box.id}
            box={box}
            fit={Math.floor((box.width - 24) / charWidth)}
            address={moment.made.has(box.id) ? addresses.get(box.id) : undefined}
            fresh={box.id === moment.freshObject}
          />
        ))}
      </g>
      <g class="curves" aria-hidden="true">
        {layout.curves.map((curve) => (
          <CurveView
            key={curve.id}
            curve={curve}
            state={moment.curves.get(curve.id) ?? 'planned'}
            lit={isLit(curve.id)}
            dimmed={isDimmed(curve.id)}
          />
        ))}
      </g>
      {columnNames.map(([column, name]) => {
        const first = isFocusedIn(column) ? focused : firstOf(column);
        return (
          <g key={column} class="rows" role="listbox" aria-label={name}>
            {layout.rows
              .filter((row) => row.column === column)
              .map((row) => (
                <RowView
                  key={row.id}
                  row={row}
                  slot={moment.slots.get(row.id)}
                  value={valueOf(slots, moment, row.id)}
                  fresh={row.id === moment.fresh}
                  lit={isLit(row.id)}
                  dimmed={isDimmed(row.id)}
                  pinned={row.id === pinned}
                  tabbable={row.id === first}
                />
              ))}
          </g>
        );
      })}
      <g class="badges" aria-hidden="true">
        {layout.badges.map((badge) => (
          <BadgeView
            key={badge.curve}
            badge={badge}
            state={moment.curves.get(badge.curve) ?? 'planned'}
            dimmed={isDimmed(badge.curve)}
          />
        ))}
      </g>
    </svg>
  );
}
