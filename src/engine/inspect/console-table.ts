// console.table as Node draws it.

import type { Tagged } from '../heap/index.ts';
import { InstanceType, JSCollection, orderedKeyAt, orderedValueAt } from '../objects/index.ts';
import {
  hasInstanceType,
  isCallable,
  isJSReceiver,
  LookupIterator,
  LookupState,
  type Runtime,
} from '../runtime/index.ts';
import { inspect } from './inspect.ts';
import { enumerableNames, targetOf } from './keys.ts';
import { orderedEntries } from './ordered-entries.ts';
import { textWidth } from './text.ts';

const short = (rt: Runtime, value: Tagged): string =>
  inspect(rt, value, isJSReceiver(rt, value) && !isCallable(rt, value) ? 0 : 1);

const dataOf = (rt: Runtime, object: Tagged, key: Tagged): Tagged | undefined => {
  const it = new LookupIterator(rt).start(object, key, true);
  return it.state === LookupState.Data ? it.value : undefined;
};

/** The drawing, or undefined when the value is not tabular. Reads memory only. */
export const consoleTable = (rt: Runtime, data: Tagged, chosen?: readonly string[]): string | undefined => {
  if (!isJSReceiver(rt, data)) return undefined;
  const rows: { index: string; value: Tagged; key?: Tagged }[] = [];
  const isMap = hasInstanceType(rt, data, InstanceType.JSMap);
  if (isMap || hasInstanceType(rt, data, InstanceType.JSSet)) {
    const table = rt.heap.get(data, JSCollection.Table);
    orderedEntries(rt, table).forEach((entry, i) => {
      const key = orderedKeyAt(rt.heap, table, entry);
      rows.push(
        isMap
          ? { index: String(i), value: orderedValueAt(rt.heap, table, entry), key }
          : { index: String(i), value: key },
      );
    });
    const header = isMap ? ['(iteration index)', 'Key', 'Values'] : ['(iteration index)', 'Values'];
    return draw(
      header,
      rows.map((row) =>
        isMap ? [row.index, short(rt, row.key!), short(rt, row.value)] : [row.index, short(rt, row.value)],
      ),
    );
  }
  const target = targetOf(rt, data);
  if (target === undefined) return undefined;
  for (const key of enumerableNames(rt, target)) {
    const value = dataOf(rt, target, key);
    if (value !== undefined) rows.push({ index: rt.toText(key), value });
  }
  const columns: string[] = [...(chosen ?? [])];
  const cells: Map<string, string>[] = [];
  let primitives = false;
  const values: string[] = [];
  rows.forEach((row, i) => {
    const map = new Map<string, string>();
    const object = isJSReceiver(rt, row.value) && !isCallable(rt, row.value) ? targetOf(rt, row.value) : undefined;
    if (object !== undefined) {
      for (const key of enumerableNames(rt, object)) {
        const name = rt.toText(key);
        if (chosen === undefined && !columns.includes(name)) columns.push(name);
        const value = dataOf(rt, object, key);
        if (value !== undefined) map.set(name, short(rt, value));
      }
    } else {
      primitives = true;
      values[i] = short(rt, row.value);
    }
    cells.push(map);
  });
  const header = ['(index)', ...columns, ...(primitives ? ['Values'] : [])];
  return draw(
    header,
    rows.map((row, i) => [
      row.index,
      ...columns.map((column) => cells[i]!.get(column) ?? ''),
      ...(primitives ? [values[i] ?? ''] : []),
    ]),
  );
};

const draw = (header: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = header.map((name, i) => Math.max(textWidth(name), ...rows.map((row) => textWidth(row[i]!))) + 2);
  const line = (cells: readonly string[]): string =>
    `│${cells.map((cell, i) => ` ${cell}${' '.repeat(widths[i]! - textWidth(cell) - 1)}`).join('│')}│`;
  const rule = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  return [rule('┌', '┬', '┐'), line(header), rule('├', '┼', '┤'), ...rows.map(line), rule('└', '┴', '┘')].join('\n');
};
