// What belongs together in the machine view, and how its jumps are drawn: pure functions of the model.

import type { ListingColumn, ListingRow, MachineView } from './machine-model.ts';
import type { PlaceSource } from './model.ts';

/** Rows by id, by the places they were made of, and by their column. */
export interface Links {
  readonly rows: ReadonlyMap<string, ListingRow>;
  readonly columnOf: ReadonlyMap<string, number>;
  /** Every row that belongs to a row, itself included. */
  related(id: string): ReadonlySet<string>;
}

export function linksOf(columns: MachineView['columns']): Links {
  const rows = new Map<string, ListingRow>();
  const columnOf = new Map<string, number>();
  const byGroup = new Map<string, string[]>();
  const exits = new Map<number, string[]>();
  const add = <K>(map: Map<K, string[]>, key: K, id: string): void => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [id]);
    else list.push(id);
  };
  columns.forEach(({ sections }, column) => {
    for (const section of sections)
      for (const row of section.rows) {
        rows.set(row.id, row);
        columnOf.set(row.id, column);
        for (const group of row.groups) add(byGroup, group, row.id);
        if (row.exit !== undefined) add(exits, row.exit, row.id);
      }
  });
  const related = (id: string): ReadonlySet<string> => {
    const found = new Set([id]);
    const row = rows.get(id);
    for (const group of row?.groups ?? []) for (const other of byGroup.get(group) ?? []) found.add(other);
    // A guard and its exit are one thing.
    if (row?.exit !== undefined) for (const other of exits.get(row.exit) ?? []) found.add(other);
    return found;
  };
  return { rows, columnOf, related };
}

/** A jump as a line beside its column: rows are counted from the column's top, lanes from the text outwards. */
export interface JumpArrow {
  readonly from: string;
  readonly to: string;
  readonly fromRow: number;
  readonly toRow: number;
  readonly lane: number;
}

/** Lanes beside a column; further jumps share the outermost. */
export const mostLanes = 6;

/**
 * The jumps of a column whose ends are both shown, short ones inside: two jumps share a lane only where their rows do not meet.
 * @param rowOf where a row is drawn, counted from the top
 */
export function jumpArrows({ sections }: ListingColumn, rowOf: ReadonlyMap<string, number>): JumpArrow[] {
  const jumps = sections
    .flatMap((section) => section.rows)
    .flatMap(({ id, target }) => {
      const [fromRow, toRow] = [rowOf.get(id), target === undefined ? undefined : rowOf.get(target)];
      return fromRow === undefined || toRow === undefined ? [] : [{ from: id, to: target!, fromRow, toRow }];
    });
  const length = (jump: (typeof jumps)[number]): number => Math.abs(jump.toRow - jump.fromRow);
  const lanes: { readonly top: number; readonly bottom: number }[][] = [];
  return jumps
    .sort((a, b) => length(a) - length(b))
    .map((jump) => {
      const top = Math.min(jump.fromRow, jump.toRow);
      const bottom = Math.max(jump.fromRow, jump.toRow);
      const isFree = (lane: number): boolean =>
        lane >= mostLanes - 1 || !lanes[lane]?.some((other) => other.top <= bottom && other.bottom >= top);
      let lane = 0;
      while (!isFree(lane)) lane++;
      const taken = lanes[lane] ?? [];
      taken.push({ top, bottom });
      lanes[lane] = taken;
      return { ...jump, lane };
    });
}

/** How often a guard failed, in words. */
export const takenText = (taken: number): string =>
  taken === 0 ? 'never failed' : taken === 1 ? 'failed once' : `failed ${taken} times`;

/** What a column shows, from the top, each one row high: titles of functions, what is left out, rows. */
export type PlacedRow =
  | { readonly kind: 'title'; readonly id: string; readonly title: string; readonly note: string }
  | { readonly kind: 'gap'; readonly id: string; readonly count: number }
  | { readonly kind: 'row'; readonly id: string; readonly row: ListingRow; readonly document: string };

export function placedRows({ sections }: ListingColumn): PlacedRow[] {
  return sections.flatMap(({ id, title, note, document, rows, before, after }) => {
    const gap = (where: string, count: number): PlacedRow[] =>
      count === 0 ? [] : [{ kind: 'gap', id: `${id}.${where}`, count }];
    const key = documentKey(document);
    return [
      { kind: 'title', id: `${id}.title`, title, note },
      ...gap('before', before),
      ...rows.map((row): PlacedRow => ({ kind: 'row', id: row.id, row, document: key })),
      ...gap('after', after),
    ];
  });
}

/** A document by a text: its id, or a file's path. */
export const documentKey = ({ id, path, name }: PlaceSource): string =>
  id === 0 ? `file:${path ?? name}` : `ref:${id}`;
