// Maps, Sets and their iterators.

import type { Tagged } from '../heap/index.ts';
import {
  InstanceType,
  JSCollection,
  JSCollectionIterator,
  orderedKeyAt,
  orderedSize,
  orderedValueAt,
  StaticRoot,
} from '../objects/index.ts';
import { type Context, Extras, type Kind, type Subject } from './context.ts';
import { keysOf } from './keys.ts';
import { reduceToSingleString } from './lines.ts';
import { prefixOf } from './names.ts';
import { orderedEntries } from './ordered-entries.ts';
import { moreItems } from './text.ts';

const describeCollection = (ctx: Context, subject: Subject, name: string): string | undefined => {
  const { heap } = ctx.rt;
  const size = orderedSize(heap, heap.get(subject.value, JSCollection.Table));
  const prefix = prefixOf(subject.constructorName, subject.tag, name, `(${size})`);
  subject.keys = keysOf(ctx, subject.value, false);
  if (size === 0 && subject.keys.length === 0) return `${prefix}{}`;
  subject.open = `${prefix}{`;
  return undefined;
};

/** The entries of a table, as many as are shown, each by `write`. */
const limited = (ctx: Context, entries: readonly number[], write: (entry: number) => string): string[] => {
  ctx.indentation += 2;
  const output = entries.slice(0, ctx.maxArrayLength).map(write);
  if (entries.length > ctx.maxArrayLength) output.push(moreItems(entries.length - ctx.maxArrayLength));
  ctx.indentation -= 2;
  return output;
};

const keyText = (ctx: Context, table: Tagged, entry: number, depth: number): string =>
  ctx.formatValue(ctx, orderedKeyAt(ctx.rt.heap, table, entry), depth);

const valueText = (ctx: Context, table: Tagged, entry: number, depth: number): string =>
  ctx.formatValue(ctx, orderedValueAt(ctx.rt.heap, table, entry), depth);

export const sets: Kind = {
  describe: (ctx, subject) => describeCollection(ctx, subject, 'Set'),
  entries(ctx, { value }, depth) {
    const table = ctx.rt.heap.get(value, JSCollection.Table);
    return limited(ctx, orderedEntries(ctx.rt, table), (entry) => keyText(ctx, table, entry, depth));
  },
};

export const maps: Kind = {
  describe: (ctx, subject) => describeCollection(ctx, subject, 'Map'),
  entries(ctx, { value }, depth) {
    const table = ctx.rt.heap.get(value, JSCollection.Table);
    return limited(
      ctx,
      orderedEntries(ctx.rt, table),
      (entry) => `${keyText(ctx, table, entry, depth)} => ${valueText(ctx, table, entry, depth)}`,
    );
  },
};

export const iterators: Kind = {
  describe(ctx, subject) {
    subject.keys = keysOf(ctx, subject.value, false);
    subject.open = `[${subject.tag}] {`;
    return undefined;
  },
  entries: (ctx, subject, depth) => iteratorEntries(ctx, subject, depth),
};

/** A JSCollectionIterator's Kind: what it gives. */
enum Gives {
  Keys,
  Values,
  Entries,
}

const iteratorEntries = (ctx: Context, subject: Subject, depth: number): string[] => {
  const { heap } = ctx.rt;
  const { value: iterator } = subject;
  const table = heap.get(iterator, JSCollectionIterator.Table);
  if (table === StaticRoot.Undefined) return [];
  const from = heap.get(iterator, JSCollectionIterator.Index) >> 1;
  const gives = heap.get(iterator, JSCollectionIterator.Kind) >> 1;
  const second = subject.type === InstanceType.JSMapIterator ? valueText : keyText;
  const write = (entry: number): string => {
    if (gives === Gives.Keys) return keyText(ctx, table, entry, depth);
    if (gives === Gives.Values) return second(ctx, table, entry, depth);
    const pair = [keyText(ctx, table, entry, depth), second(ctx, table, entry, depth)];
    return reduceToSingleString(ctx, pair, '', '[', ']', Extras.Array, depth, undefined);
  };
  const entries = orderedEntries(ctx.rt, table).filter((entry) => entry >= from);
  const output = limited(ctx, entries, write);
  if (gives === Gives.Entries) subject.open = subject.open.replace(/ Iterator\] \{$/, ' Entries] {');
  return output;
};

/** WeakMap and WeakSet: nobody sees their contents. */
const weak = (name: string): Kind => ({
  describe(ctx, subject) {
    subject.keys = keysOf(ctx, subject.value, false);
    subject.open = `${prefixOf(subject.constructorName, subject.tag, name)}{`;
    return undefined;
  },
  entries: (ctx) => [ctx.stylize('<items unknown>', 'special')],
});
export const weakMaps = weak('WeakMap');
export const weakSets = weak('WeakSet');
