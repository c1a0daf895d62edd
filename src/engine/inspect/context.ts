// What one inspection carries: its options, where it stands, and the shape of the object that it is at.

import type { Tagged } from '../heap/index.ts';
import type { Runtime } from '../runtime/index.ts';
import type { InspectCalls } from './inspect-calls.ts';

/** How a property is written, and an object's parts are put together. */
export enum Extras {
  Object,
  ArrayIndex,
  Array,
}

export interface Context {
  readonly rt: Runtime;
  readonly depth: number;
  readonly showHidden: boolean;
  readonly breakLength: number;
  /** 0: every property on a line of its own. */
  readonly compact: number;
  readonly sorted: boolean;
  readonly maxArrayLength: number;
  readonly maxStringLength: number;
  readonly showProxy: boolean;
  readonly numericSeparator: boolean;
  /** Escape sequences around kinds of text. */
  readonly stylize: (text: string, style: string) => string;
  readonly colors: boolean;
  /** The program's own functions; undefined: they are left alone. */
  readonly calls: InspectCalls | undefined;
  /** The text of any value; the parts of an object come back to it. */
  readonly formatValue: FormatValue;
  indentation: number;
  currentDepth: number;
  readonly seen: Tagged[];
  circular: Map<Tagged, number> | undefined;
}

export type FormatValue = (ctx: Context, value: Tagged, recurseTimes: number) => string;

/** util.inspect's options. */
export interface InspectOptions {
  readonly depth?: number;
  readonly showHidden?: boolean;
  readonly breakLength?: number;
  readonly compact?: number;
  readonly sorted?: boolean;
  readonly maxArrayLength?: number;
  readonly maxStringLength?: number;
  readonly showProxy?: boolean;
  readonly numericSeparator?: boolean;
  /** Escape codes by style, before and after. */
  readonly colors?: Readonly<Record<string, readonly [number, number]>>;
  readonly calls?: InspectCalls;
}

/** `compact: true`, as a number. */
export const modeOfCompactTrue = -1;

export const plain = (text: string): string => text;

const stylizer =
  (colors: NonNullable<InspectOptions['colors']>) =>
  (text: string, style: string): string => {
    const codes = Object.hasOwn(colors, style) ? colors[style] : undefined;
    return codes === undefined ? text : `\u001b[${codes[0]}m${text}\u001b[${codes[1]}m`;
  };

export const newContext = (rt: Runtime, options: InspectOptions, formatValue: FormatValue): Context => ({
  rt,
  depth: options.depth ?? 2,
  showHidden: options.showHidden ?? false,
  breakLength: options.breakLength ?? 80,
  compact: options.compact ?? 3,
  sorted: options.sorted ?? false,
  maxArrayLength: options.maxArrayLength ?? 100,
  maxStringLength: options.maxStringLength ?? 10000,
  showProxy: options.showProxy ?? false,
  numericSeparator: options.numericSeparator ?? false,
  colors: options.colors !== undefined,
  stylize: options.colors === undefined ? plain : stylizer(options.colors),
  calls: options.calls,
  formatValue,
  indentation: 0,
  currentDepth: 0,
  seen: [],
  circular: undefined,
});

/** An object that is being written. Its kind fills the second half. */
export interface Subject {
  readonly value: Tagged;
  readonly type: number;
  /** undefined for a null prototype. */
  readonly constructorName: string | undefined;
  /** Symbol.toStringTag, where it says more than the object's own properties will. */
  readonly tag: string;
  readonly recurseTimes: number;
  base: string;
  open: string;
  close: string;
  extras: Extras;
  keys: Tagged[];
}

/** What is particular to a kind of objects. */
export interface Kind {
  /** Fills the subject, or returns its whole text. */
  describe(ctx: Context, subject: Subject): string | undefined;
  /** The contents that are not properties. */
  entries(ctx: Context, subject: Subject, depth: number): string[];
}

export const noEntries = (): string[] => [];
