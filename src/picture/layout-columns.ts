// The rows of the three columns: places of the optimized frame, chips of the FrameState tree, slots of the output frames. Each returns
// where it ends.

import {
  type Builder,
  gap,
  headingHeight,
  inset,
  longestOf,
  rowHeight,
  type Text,
  titleHeight,
} from './layout-parts.ts';
import type { CapturedObject, Chip, FrameTranslation, MachinePlace } from './model.ts';

// --- the optimized frame --------------------------------------------------------------------------------------------------------

export function layInput(
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
  if (input.literals.length > 0) y = layPlaces(build, 'literals', 'literals', '', input.literals, x, y + gap, width);
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

/** What a place holds; its bits too, where they say something else. */
const meaningAndBits = ({ meaning, bits }: MachinePlace): string =>
  meaning === '' || meaning === bits ? bits : `${meaning}, ${bits}`;

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
        label: `${place.name}${place.role === undefined ? '' : `, ${place.role}`}: ${meaningAndBits(place)}${place.address === undefined ? '' : ` at ${place.address}`}${isLive ? '' : ', nothing reads it'}${compared}`,
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

export function layStates(
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

export function layOutputs(
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
    // What only the machine reads has no label: its name takes the room it needs.
    const labelWidth = longestOf(
      slots.map(({ label }) => label ?? ''),
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
