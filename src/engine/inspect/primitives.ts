// Numbers, strings, symbols, BigInts and the rest that is no object.

import type { Tagged } from '../heap/index.ts';
import { bigintValue, numberValue, StaticRoot, toHostString } from '../objects/index.ts';
import { isBigInt, isNumber, isString, isSymbol, renderForMessage, symbolDescriptiveString } from '../runtime/index.ts';
import { type Context, modeOfCompactTrue } from './context.ts';
import { formatNumber, quote, separated } from './text.ts';

const { Undefined, Null } = StaticRoot;

/** A string as a literal, over several lines where it is long. */
const formatString = (ctx: Context, value: Tagged): string => {
  let text = toHostString(ctx.rt.heap, value);
  let trailer = '';
  if (text.length > ctx.maxStringLength) {
    const remaining = text.length - ctx.maxStringLength;
    text = text.slice(0, ctx.maxStringLength);
    trailer = `... ${remaining} more character${remaining > 1 ? 's' : ''}`;
  }
  if (ctx.compact !== modeOfCompactTrue && text.length > 16 && text.length > ctx.breakLength - ctx.indentation - 4)
    return (
      text
        .split(/(?<=\n)/)
        .map((line) => ctx.stylize(quote(line), 'string'))
        .join(` +\n${' '.repeat(ctx.indentation + 2)}`) + trailer
    );
  return ctx.stylize(quote(text), 'string') + trailer;
};

export const formatPrimitive = (ctx: Context, value: Tagged): string => {
  const { rt } = ctx;
  if (isNumber(rt, value))
    return ctx.stylize(formatNumber(numberValue(rt.heap, value), ctx.numericSeparator), 'number');
  if (isString(rt, value)) return formatString(ctx, value);
  if (isBigInt(rt, value)) {
    const text = String(bigintValue(rt.heap, value));
    return ctx.stylize(`${ctx.numericSeparator ? separated(text) : text}n`, 'bigint');
  }
  if (isSymbol(rt, value)) return ctx.stylize(symbolDescriptiveString(rt, value), 'symbol');
  const style = value === Undefined ? 'undefined' : value === Null ? 'null' : 'boolean';
  return ctx.stylize(renderForMessage(rt, value), style);
};
