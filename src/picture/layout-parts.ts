// What a layout is made of: texts, boxes, rows, the ends of curves; and the sizes that all columns share.

import type { ValueClass } from './model.ts';

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
export const titleHeight = 20;
export const headingHeight = 24;
export const gap = 10;
export const padding = 8;
export const inset = 10;
export const mostBadge = 24;

/** Badges have a smaller font. */
export const badgeFont = 0.86;

/** Cut in the middle, so that both ends of a conversion can be read. */
export function fitted(text: string, characters: number): string {
  if (characters <= 0 || text.length <= characters) return text;
  if (!text.includes('→')) return `${text.slice(0, Math.max(0, characters - 1))}…`;
  const end = Math.floor((characters - 1) * 0.55);
  return `${text.slice(0, Math.max(0, characters - 1 - end))}…${text.slice(text.length - end)}`;
}

/** Texts of a row, side by side: each begins where its column begins. */
export class Builder {
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

export const longestOf = (texts: readonly string[], most: number): number =>
  Math.min(
    most,
    texts.reduce((longest, text) => Math.max(longest, text.length), 0),
  );
