// Where everything in a picture stands: three columns of boxes with rows, the ends of curves, badges. Pure arithmetic over the model,
// linear in the number of values: it depends on the picture's structure only, so playing it moves nothing.
//
//   │ registers        │        │ ┌ total @ 12 ────┐ │  badge   │ ┌ total ──────────────┐ │
//   │ rbx  {w, h}    ● ─╮       │ │ ● a0 shape    ● ─────────────── ● +96 a0 shape {…}  │ │
//   │ stack            │╰───────── │ ┌ area @ 3 ─┐  │ │          │ └─────────────────────┘ │

import type { CapturedObject, Chip, FrameTranslation, MachinePlace, ValueClass } from './model.ts';

export interface LayoutOptions {
  /** Pixels that are there. */
  readonly width: number;
  /** Pixels of a character of the fixed-width font. */
  readonly charWidth: number;
  /** Whether registers that nothing reads have rows. */
  readonly showDead: boolean;
}

export interface Text {
  readonly x: number;
  readonly text: string;
  readonly kind: 'name' | 'value' | 'note';
  readonly class?: ValueClass;
  /** Characters that fit; 0: all. */
  readonly fit: number;
}

export interface Box {
  readonly id: string;
  readonly column: Column;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly note: string;
  readonly kind: 'registers' | 'stack' | 'literals' | 'frame' | 'object' | 'output';
}

export interface Row {
  readonly id: string;
  readonly column: Column;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly texts: readonly Text[];
  readonly class: ValueClass;
  /** Ends of curves. */
  readonly hasLeft: boolean;
  readonly hasRight: boolean;
  /** For a screen reader, and for what is cut. */
  readonly label: string;
  readonly kind: 'place' | 'chip' | 'slot' | 'more' | 'summary';
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface CurveLine {
  readonly id: string;
  readonly kind: 'read' | 'hold' | 'write';
  readonly class: ValueClass;
  readonly source: Point;
  readonly target: Point;
}

/** At the end of a curve whose value changes its form. */
export interface Badge {
  readonly curve: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly text: string;
  readonly class: ValueClass;
}

export type Column = 'input' | 'state' | 'output';

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly headings: readonly { readonly column: Column; readonly x: number; readonly text: string }[];
  readonly boxes: readonly Box[];
  readonly rows: readonly Row[];
  readonly curves: readonly CurveLine[];
  readonly badges: readonly Badge[];
}

export const rowHeight = 18;
const titleHeight = 20;
const headingHeight = 24;
const gap = 10;
const padding = 8;
const inset = 10;
/** Characters that the three columns and their gaps take at least; a narrower panel scrolls. */
const leastCharacters = 100;
const mostBadge = 24;

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

/** Texts of a row, side by side: each begins where its column begins. */
class Builder {
  readonly boxes: Box[] = [];
  readonly rows: Row[] = [];
  readonly ports = new Map<string, { readonly left: Point; readonly right: Point }>();

  constructor(readonly charWidth: number) {}

  fit(width: number): number {
    return Math.max(1, Math.floor(width / this.charWidth));
  }

  /** Where a box of another layout column must begin so that `characters` fit before it. */
  after(x: number, characters: number): number {
    return x + Math.ceil((characters + 1.5) * this.charWidth);
  }

  row(row: Omit<Row, 'hasLeft' | 'hasRight'>, ends: 'left' | 'right' | 'both' | 'none'): void {
    const middle = row.y + rowHeight / 2;
    this.rows.push({
      ...row,
      hasLeft: ends === 'left' || ends === 'both',
      hasRight: ends === 'right' || ends === 'both',
    });
    this.ports.set(row.id, { left: { x: row.x, y: middle }, right: { x: row.x + row.width, y: middle } });
  }
}

const longestOf = (texts: readonly string[], most: number): number =>
  Math.min(
    most,
    texts.reduce((longest, text) => Math.max(longest, text.length), 0),
  );

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

/** Badges have a smaller font. */
export const badgeFont = 0.86;

/** Cut in the middle, so that both ends of a conversion can be read. */
export function fitted(text: string, characters: number): string {
  if (characters <= 0 || text.length <= characters) return text;
  if (!text.includes('→')) return `${text.slice(0, Math.max(0, characters - 1))}…`;
  const end = Math.floor((characters - 1) * 0.55);
  return `${text.slice(0, Math.max(0, characters - 1 - end))}…${text.slice(text.length - end)}`;
}

// --- the optimized frame --------------------------------------------------------------------------------------------------------

function layInput(
  build: Builder,
  { input }: FrameTranslation,
  { x, width }: { x: number; width: number },
  showDead: boolean,
): number {
  const isShown = (place: MachinePlace): boolean => place.readBy.length > 0 || place.isCompared === true;
  const live = input.registers.filter(isShown);
  const dead = input.registers.length - live.length;
  let y = headingHeight;
  y = layPlaces(build, 'registers', 'registers', '', showDead ? input.registers : live, x, y, width, (bottom) => {
    build.row(
      {
        id: 'dead registers',
        column: 'input',
        x,
        y: bottom,
        width,
        texts: [
          {
            x: x + inset,
            text: showDead ? '▾ hide what nothing reads' : `▸ ${dead} that nothing reads`,
            kind: 'note',
            fit: build.fit(width - inset),
          },
        ],
        class: 'none',
        label: showDead ? 'Hide registers that nothing reads' : `Show ${dead} registers that nothing reads`,
        kind: 'more',
      },
      'none',
    );
    return bottom + rowHeight;
  });
  if (input.literals.length > 0)
    y = layPlaces(build, 'literals', 'literals of the code', '', input.literals, x, y + gap, width);
  const note = `${input.stack.length * 8} bytes, downwards`;
  const stack = showDead ? input.stack : folded(input.stack);
  return layPlaces(build, 'stack', 'stack', note, stack, x, y + gap, width);
}

/** Runs of slots that nothing reads and that have no name are one row. */
const longestRun = 2;

function folded(stack: readonly MachinePlace[]): (MachinePlace | Fold)[] {
  const rows: (MachinePlace | Fold)[] = [];
  let run: MachinePlace[] = [];
  const end = (): void => {
    if (run.length <= longestRun) rows.push(...run);
    else rows.push({ id: `${run[0]!.id} …`, from: run[0]!.name, to: run.at(-1)!.name, count: run.length });
    run = [];
  };
  for (const place of stack) {
    if (place.readBy.length === 0 && place.role === undefined) run.push(place);
    else {
      end();
      rows.push(place);
    }
  }
  end();
  return rows;
}

interface Fold {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

function layPlaces(
  build: Builder,
  kind: 'registers' | 'stack' | 'literals',
  title: string,
  note: string,
  places: readonly (MachinePlace | Fold)[],
  x: number,
  top: number,
  width: number,
  more: (bottom: number) => number = (bottom) => bottom,
): number {
  let y = top + titleHeight;
  const nameWidth = longestOf(
    places.map((place) => ('count' in place ? '' : place.name)),
    10,
  );
  const second = build.after(x + inset, nameWidth);
  for (const place of places) {
    if ('count' in place) {
      const text = `⋮ ${place.count} that nothing reads`;
      build.row(
        {
          id: place.id,
          column: 'input',
          x,
          y,
          width,
          texts: [{ x: x + inset, text, kind: 'note', fit: build.fit(width - 2 * inset) }],
          class: 'none',
          label: `${text}, ${place.from} to ${place.to}: show them`,
          kind: 'more',
        },
        'none',
      );
      y += rowHeight;
      continue;
    }
    const isLive = place.readBy.length > 0;
    const text =
      place.role === undefined || place.role === place.meaning ? place.meaning || place.bits : `${place.role}`;
    const value = isLive && place.role !== undefined ? place.meaning : text;
    const compared = place.isCompared === true ? ', compared by the guard' : '';
    build.row(
      {
        id: place.id,
        column: 'input',
        x,
        y,
        width,
        texts: [
          { x: x + inset, text: place.name, kind: 'name', fit: 0 },
          {
            x: second,
            text: place.isCompared === true && !isLive ? `${value} ≠` : value,
            kind: isLive || place.isCompared === true ? 'value' : 'note',
            class: place.class,
            fit: build.fit(x + width - second - 12),
          },
        ],
        class: place.class,
        label: `${place.name}${place.role === undefined ? '' : `, ${place.role}`}: ${place.meaning || place.bits}, ${place.bits}${place.address === undefined ? '' : ` at ${place.address}`}${isLive ? '' : ', nothing reads it'}${compared}`,
        kind: 'place',
      },
      isLive ? 'right' : 'none',
    );
    y += rowHeight;
  }
  y = more(y) + 4;
  build.boxes.push({ id: kind, column: 'input', x, y: top, width, height: y - top, title, note, kind });
  return y;
}

// --- the FrameState tree --------------------------------------------------------------------------------------------------------

function layStates(
  build: Builder,
  { frames, objects }: FrameTranslation,
  { x, width }: { x: number; width: number },
): number {
  const laid = new Set<number>();
  const open: { readonly index: number; readonly x: number; readonly top: number; readonly width: number }[] = [];
  let y = headingHeight;
  let at = x;
  let inner = width;
  // Deep inlining leaves room for text.
  const step = Math.min(inset, Math.floor((width * 0.3) / Math.max(1, frames.length)));
  frames.forEach(({ chips }, index) => {
    open.push({ index, x: at, top: y, width: inner });
    y = layChips(build, objects, chips, at, y + titleHeight, inner, laid);
    at += step;
    inner -= 2 * step;
    y += 4;
  });
  for (const { index, x: left, top, width: wide } of open.reverse()) {
    const { id, title } = frames[index]!;
    const note = index === frames.length - 1 ? 'innermost' : index === 0 ? 'outermost' : 'inlined';
    build.boxes.push({
      id,
      column: 'state',
      x: left,
      y: top,
      width: wide,
      height: y - top,
      title,
      note: frames.length === 1 ? '' : note,
      kind: 'frame',
    });
    y += 4;
  }
  return y;
}

function layChips(
  build: Builder,
  objects: readonly CapturedObject[],
  chips: readonly Chip[],
  x: number,
  top: number,
  width: number,
  laid: Set<number>,
): number {
  let y = top;
  const shown = chips.filter(({ kind }) => kind !== 'optimizedOut');
  const out = chips.filter(({ kind }) => kind === 'optimizedOut');
  const nameWidth = longestOf(
    shown.map(({ name }) => name),
    Math.max(6, build.fit(width * 0.45)),
  );
  const second = build.after(x + inset, nameWidth);
  for (const chip of shown) {
    const where =
      chip.kind === 'duplicated'
        ? `= object #${chip.object}`
        : chip.kind === 'captured'
          ? `object #${chip.object}`
          : chip.where;
    const room = build.fit(x + width - second - 12);
    const full = chip.representation === '' || chip.class === 'literal' ? where : `${chip.representation} · ${where}`;
    // The colour says the representation, too.
    const text = full.length <= room ? full : where;
    build.row(
      {
        id: chip.id,
        column: 'state',
        x,
        y,
        width,
        texts: [
          { x: x + inset, text: chip.name, kind: 'name', fit: nameWidth },
          { x: second, text, kind: 'value', class: chip.class, fit: room },
        ],
        class: chip.class,
        label: `${chip.name}: ${[chip.representation, chip.where, chip.machine].filter((part) => part !== '').join(', ')}, becomes ${chip.rebuilt}`,
        kind: 'chip',
      },
      chip.place === undefined ? 'right' : 'both',
    );
    y += rowHeight;
    const object = chip.kind === 'captured' ? objects[chip.object!] : undefined;
    if (object !== undefined && !laid.has(object.index)) {
      laid.add(object.index);
      y = layObject(build, objects, object, x + inset, y + 2, width - 2 * inset, laid) + 6;
    }
  }
  if (out.length > 0) {
    const names = out.map(({ name }) => name).join(', ');
    build.row(
      {
        id: `${out[0]!.id} out`,
        column: 'state',
        x,
        y,
        width,
        texts: [
          {
            x: x + inset,
            text: `${out.length} optimized out: ${names}`,
            kind: 'note',
            fit: build.fit(width - 2 * inset),
          },
        ],
        class: 'none',
        label: `${out.length} values are optimized out: ${names}`,
        kind: 'summary',
      },
      'none',
    );
    y += rowHeight;
  }
  return y;
}

function layObject(
  build: Builder,
  objects: readonly CapturedObject[],
  object: CapturedObject,
  x: number,
  top: number,
  width: number,
  laid: Set<number>,
): number {
  const y = layChips(build, objects, object.fields, x, top + titleHeight, width, laid) + 4;
  build.boxes.push({
    id: object.id,
    column: 'state',
    x,
    y: top,
    width,
    height: y - top,
    title: `object #${object.index}`,
    note: object.what,
    kind: 'object',
  });
  const middle = top + titleHeight / 2;
  build.ports.set(object.id, { left: { x, y: middle }, right: { x: x + width, y: middle } });
  return y;
}

// --- output frames ----------------------------------------------------------------------------------------------------------------

/** Characters that the value of a slot gets at least, before V8's name has room. */
const leastValue = 14;

function layOutputs(
  build: Builder,
  { outputs, curves }: FrameTranslation,
  { x, width }: { x: number; width: number },
): number {
  let y = headingHeight;
  const ends = new Set(curves.map(({ to }) => to));
  const offsetWidth = outputs.reduce((most, { size }) => Math.max(most, `+${size}`.length), 0);
  const first = build.after(x + inset, offsetWidth);
  for (const { id, title, size, slots } of outputs) {
    const top = y;
    y += titleHeight;
    const room = build.fit(x + width - first - 12);
    const labelWidth = longestOf(
      slots.map(({ label, name }) => label ?? name),
      Math.max(4, Math.min(Math.max(8, Math.floor(room * 0.5)), room - 6)),
    );
    const nameWidth = longestOf(
      slots.map(({ name, label }) => (label === undefined ? '' : name)),
      26,
    );
    const withNames = room >= labelWidth + nameWidth + leastValue + 4;
    const second = build.after(first, labelWidth);
    const third = withNames ? build.after(second, nameWidth) : second;
    for (const slot of slots) {
      const { label, name } = slot;
      const texts: Text[] = [{ x: x + inset, text: `+${slot.offset}`, kind: 'note', fit: 0 }];
      let at = third;
      if (label === undefined) {
        const fit = Math.max(labelWidth, Math.min(name.length, Math.floor(room * 0.66)));
        texts.push({ x: first, text: name, kind: 'note', fit });
        at = Math.max(third, build.after(first, fit));
      } else {
        texts.push({ x: first, text: label, kind: 'name', fit: labelWidth });
        if (withNames) texts.push({ x: second, text: name, kind: 'note', fit: nameWidth });
      }
      texts.push({ x: at, text: '', kind: 'value', fit: build.fit(x + width - at - 12) });
      build.row(
        {
          id: slot.id,
          column: 'output',
          x,
          y,
          width,
          texts,
          class: 'none',
          label: `${title}, top + ${slot.offset} at ${slot.address}: ${name}${label === undefined ? '' : `, ${label}`}${slot.source === undefined ? '' : `, from ${slot.source}`}`,
          kind: 'slot',
        },
        ends.has(slot.id) ? 'left' : 'none',
      );
      y += rowHeight;
    }
    y += 4;
    build.boxes.push({
      id,
      column: 'output',
      x,
      y: top,
      width,
      height: y - top,
      title,
      note: `${size} bytes`,
      kind: 'output',
    });
    y += gap;
  }
  return y;
}
