// Where everything in a picture stands: three columns of boxes with rows, the ends of curves, badges. Pure arithmetic over the model,
// linear in the number of values: it depends on the picture's structure only, so playing it moves nothing.
//
//   │ registers        │        │ ┌ total @ 12 ────┐ │  badge   │ ┌ total ──────────────┐ │
//   │ rbx  {w, h}    ● ─╮       │ │ ● a0 shape    ● ─────────────── ● +96 a0 shape {…}  │ │
//   │ stack            │╰───────── │ ┌ area @ 3 ─┐  │ │          │ └─────────────────────┘ │

import { layInput, layOutputs, layStates } from './layout-columns.ts';
import {
  type Badge,
  Builder,
  badgeFont,
  type CurveLine,
  fitted,
  type Layout,
  type LayoutOptions,
  longestOf,
  mostBadge,
  padding,
} from './layout-parts.ts';
import type { FrameTranslation } from './model.ts';

/** Characters that the three columns and their gaps take at least; a narrower panel scrolls. */
const leastCharacters = 112;

interface Columns {
  readonly input: { readonly x: number; readonly width: number };
  readonly state: { readonly x: number; readonly width: number };
  readonly output: { readonly x: number; readonly width: number };
  readonly total: number;
}

function columnsOf(available: number, charWidth: number, badge: number): Columns {
  const total = Math.max(Math.ceil(leastCharacters * charWidth), Math.floor(available));
  const first = Math.max(36, Math.min(110, Math.floor(total * 0.055)));
  const second = Math.max(badge + 22, first);
  const rest = total - 2 * padding - first - second;
  const input = Math.floor(rest * 0.29);
  const state = Math.floor(rest * 0.33);
  return {
    input: { x: padding, width: input },
    state: { x: padding + input + first, width: state },
    output: { x: padding + input + first + state + second, width: rest - input - state },
    total,
  };
}

export function layoutOf(translation: FrameTranslation, options: LayoutOptions): Layout {
  const build = new Builder(options.charWidth);
  const conversions = translation.curves.flatMap(({ conversion }) => conversion ?? []);
  const badge = Math.ceil((longestOf(conversions, mostBadge) + 2) * options.charWidth * badgeFont);
  const columns = columnsOf(options.width, options.charWidth, conversions.length === 0 ? 0 : badge);
  const bottoms = [
    layInput(build, translation, columns.input, options.showDead),
    layStates(build, translation, columns.state),
    layOutputs(build, translation, columns.output),
  ];
  const curves = translation.curves.map((curve): CurveLine => {
    const from = build.ports.get(curve.from);
    const to = build.ports.get(curve.to);
    if (from === undefined || to === undefined) throw new Error(`the curve ${curve.id} has no end`);
    const target = curve.kind === 'hold' ? to.right : to.left;
    return { id: curve.id, kind: curve.kind, class: curve.class, source: from.right, target };
  });
  const badges = translation.curves.flatMap((curve, i): Badge[] => {
    if (curve.conversion === undefined) return [];
    const text = fitted(curve.conversion, mostBadge);
    const width = Math.ceil((text.length + 2) * options.charWidth * badgeFont);
    const { target } = curves[i]!;
    return [{ curve: curve.id, x: target.x - width - 10, y: target.y, width, text, class: curve.class }];
  });
  return {
    width: columns.total,
    height: Math.max(...bottoms) + padding,
    headings: [
      { column: 'input', x: columns.input.x, text: 'Optimized frame' },
      { column: 'state', x: columns.state.x, text: 'FrameState' },
      { column: 'output', x: columns.output.x, text: 'Output frames' },
    ],
    // A box that holds others begins above them, and is drawn first.
    boxes: build.boxes.sort((a, b) => a.y - b.y),
    rows: build.rows,
    curves,
    badges,
  };
}

/** The new layout, with whatever has not changed taken from the old one: who draws it sees by identity what is left to do. */
export function keepUnchanged(before: Layout | undefined, after: Layout): Layout {
  if (before === undefined) return after;
  const kept = <T extends object>(old: readonly T[], now: readonly T[], idOf: (element: T) => string): readonly T[] => {
    const byId = new Map(old.map((element) => [idOf(element), element]));
    return now.map((element) => {
      const known = byId.get(idOf(element));
      return known !== undefined && isSame(known, element) ? known : element;
    });
  };
  return {
    ...after,
    boxes: kept(before.boxes, after.boxes, ({ id }) => id),
    rows: kept(before.rows, after.rows, ({ id }) => id),
    curves: kept(before.curves, after.curves, ({ id }) => id),
    badges: kept(before.badges, after.badges, ({ curve }) => curve),
  };
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const keys = Object.keys(a) as (keyof typeof a)[];
  return keys.length === Object.keys(b).length && keys.every((key) => isSame(a[key], b[key]));
}
