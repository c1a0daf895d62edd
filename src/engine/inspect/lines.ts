// An object's parts on one line or several: Node's reduceToSingleString and its columns of array elements.

import type { Tagged } from '../heap/index.ts';
import { arrayLength, getElement, InstanceType } from '../objects/index.ts';
import { hasInstanceType, isBigInt, isHeapNumber, type Runtime } from '../runtime/index.ts';
import { type Context, Extras, modeOfCompactTrue } from './context.ts';
import { textWidth, withoutColors } from './text.ts';

const groupArrayElements = (ctx: Context, output: string[], value: Tagged | undefined): string[] => {
  const { rt } = ctx;
  let totalLength = 0;
  let maxLength = 0;
  let outputLength = output.length;
  const extra =
    value !== undefined && hasInstanceType(rt, value, InstanceType.JSArray)
      ? arrayLength(rt.heap, value) > ctx.maxArrayLength
      : false;
  if (ctx.maxArrayLength < output.length || extra) outputLength--;
  const lengths: number[] = [];
  for (let i = 0; i < outputLength; i++) {
    const length = textWidth(ctx.colors ? withoutColors(output[i]!) : output[i]!);
    lengths.push(length);
    totalLength += length + 2;
    if (maxLength < length) maxLength = length;
  }
  const actualMax = maxLength + 2;
  if (actualMax * 3 + ctx.indentation < ctx.breakLength && (totalLength / actualMax > 5 || maxLength <= 6)) {
    const averageBias = Math.sqrt(actualMax - totalLength / output.length);
    const biasedMax = Math.max(actualMax - 3 - averageBias, 1);
    const columns = Math.min(
      Math.round(Math.sqrt(2.5 * biasedMax * outputLength) / biasedMax),
      Math.floor((ctx.breakLength - ctx.indentation) / actualMax),
      ctx.compact * 4,
      15,
    );
    if (columns <= 1) return output;
    const lineWidths: number[] = [];
    for (let i = 0; i < columns; i++) {
      let max = 0;
      for (let j = i; j < outputLength; j += columns) if (lengths[j]! > max) max = lengths[j]!;
      lineWidths.push(max + 2);
    }
    const padStart = value !== undefined && allNumbers(rt, value, outputLength);
    const rows: string[] = [];
    for (let i = 0; i < outputLength; i += columns) {
      const max = Math.min(i + columns, outputLength);
      let row = '';
      let j = i;
      for (; j < max - 1; j++) {
        const cell = `${output[j]}, `;
        const width = lineWidths[j - i]! + output[j]!.length - lengths[j]!;
        row += padStart ? cell.padStart(width) : cell.padEnd(width);
      }
      row += padStart ? output[j]!.padStart(lineWidths[j - i]! - 2 + output[j]!.length - lengths[j]!) : output[j]!;
      rows.push(row);
    }
    if (outputLength < output.length) rows.push(output[outputLength]!);
    return rows;
  }
  return output;
};

const allNumbers = (rt: Runtime, value: Tagged, count: number): boolean => {
  if (hasInstanceType(rt, value, InstanceType.JSTypedArray)) return true;
  if (!hasInstanceType(rt, value, InstanceType.JSArray)) return false;
  for (let i = 0; i < count; i++) {
    const word = getElement(rt.heap, rt.factory, value, i);
    if ((word & 1) !== 0 && !isHeapNumber(rt, word) && !isBigInt(rt, word)) return false;
  }
  return true;
};

/** The text of an object from those of its parts. */
export const reduceToSingleString = (
  ctx: Context,
  output: string[],
  base: string,
  open: string,
  close: string,
  extras: Extras,
  recurseTimes: number,
  value: Tagged | undefined,
): string => {
  if (ctx.compact === modeOfCompactTrue) {
    const start = base === '' ? '' : `${base} `;
    const indentation = `\n${' '.repeat(ctx.indentation)}`;
    if (isBelowBreakLength(ctx, output, 0, base))
      return `${open}${base === '' ? '' : ` ${base}`} ${output.join(', ')} ${close}`;
    const line = base === '' && open.length === 1 ? ' ' : `${start === '' ? '' : ` ${base}`}${indentation}  `;
    return `${open}${line}${output.join(`,${indentation}  `)} ${close}`;
  }
  const entries = output.length;
  if (ctx.compact > 0 && extras === Extras.Array && entries > 6) output = groupArrayElements(ctx, output, value);
  if (ctx.currentDepth - recurseTimes < ctx.compact && entries === output.length) {
    const start = output.length + ctx.indentation + open.length + base.length + 10;
    if (isBelowBreakLength(ctx, output, start, base)) {
      const joined = output.join(', ');
      if (!joined.includes('\n')) return `${base === '' ? '' : `${base} `}${open} ${joined} ${close}`;
    }
  }
  const indentation = `\n${' '.repeat(ctx.indentation)}`;
  return `${base === '' ? '' : `${base} `}${open}${indentation}  ${output.join(`,${indentation}  `)}${indentation}${close}`;
};

const isBelowBreakLength = (ctx: Context, output: readonly string[], start: number, base: string): boolean => {
  let total = output.length + start;
  if (total + output.length > ctx.breakLength) return false;
  for (const piece of output) {
    total += ctx.colors ? withoutColors(piece).length : piece.length;
    if (total > ctx.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
};
