// One property: its key and its value. Accessors are named, not called.

import type { Tagged } from '../heap/index.ts';
import { AccessorPair, StaticRoot } from '../objects/index.ts';
import {
  dataPropertyOnChain,
  isCallable,
  isSymbol,
  LookupIterator,
  LookupState,
  mapOf,
  renderForMessage,
  symbolDescriptiveString,
} from '../runtime/index.ts';
import { type Context, Extras } from './context.ts';
import { identifier, quote } from './text.ts';

const accessorText = (ctx: Context, pair: Tagged): string => {
  const { rt } = ctx;
  const getter = isCallable(rt, rt.heap.get(pair, AccessorPair.Getter));
  const setter = isCallable(rt, rt.heap.get(pair, AccessorPair.Setter));
  if (!getter && !setter) return ctx.stylize('undefined', 'undefined');
  return ctx.stylize(`[${getter ? (setter ? 'Getter/Setter' : 'Getter') : 'Setter'}]`, 'special');
};

const keyText = (ctx: Context, key: Tagged, isEnumerable: boolean): string => {
  const { rt } = ctx;
  if (isSymbol(rt, key)) {
    const name = ctx.stylize(symbolDescriptiveString(rt, key), 'symbol');
    return isEnumerable ? name : `[${name}]`;
  }
  const raw = renderForMessage(rt, key);
  if (raw === '__proto__') return "['__proto__']";
  if (!isEnumerable) return `[${raw}]`;
  return identifier.test(raw) ? ctx.stylize(raw, 'name') : ctx.stylize(quote(raw), 'string');
};

export const formatProperty = (ctx: Context, object: Tagged, depth: number, key: Tagged, extras: Extras): string => {
  const { rt } = ctx;
  const it = new LookupIterator(rt).start(object, key, true);
  let text: string;
  if (it.state === LookupState.Accessor && mapOf(rt, it.value) === StaticRoot.AccessorPairMap) {
    text = accessorText(ctx, it.value);
  } else {
    const value = it.state === LookupState.Accessor ? dataPropertyOnChain(rt, object, key) : it.value;
    ctx.indentation += 2;
    text = ctx.formatValue(ctx, value, depth);
    ctx.indentation -= 2;
  }
  return extras === Extras.ArrayIndex ? text : `${keyText(ctx, key, it.isEnumerable)}: ${text}`;
};
