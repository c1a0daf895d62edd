// Node's util.inspect, over heap objects. Reads memory only: no getter, proxy trap or toString of the program runs, so nothing can be
// collected meanwhile and raw words stay valid. What the program's own functions say comes from passes (inspect-calls.ts).

import type { Tagged } from '../heap/index.ts';
import { InstanceType, JSProxy, StaticRoot, toHostString } from '../objects/index.ts';
import {
  dataPropertyOnChain,
  globalOf,
  instanceTypeOf,
  isJSReceiver,
  isString,
  LookupIterator,
  NativeContextSlot,
  type Runtime,
} from '../runtime/index.ts';
import { typedArrayName } from './arrays.ts';
import { type Context, Extras, type InspectOptions, modeOfCompactTrue, newContext, type Subject } from './context.ts';
import { CallKind } from './inspect-calls.ts';
import { targetOf } from './keys.ts';
import { kindOf } from './kinds.ts';
import { reduceToSingleString } from './lines.ts';
import { constructorNameOf, hasCustomInspect, prefixOf } from './names.ts';
import { formatPrimitive } from './primitives.ts';
import { formatProperty } from './property.ts';

const { Undefined, Null } = StaticRoot;

/** util.inspect(value). */
export const inspect = (rt: Runtime, value: Tagged, depth = 2, options: InspectOptions = {}): string =>
  formatValue(newContext(rt, { ...options, depth }, formatValue), value, 0);

/** As `assert` shows a value, so that two can be compared line by line. */
export const inspectInLines = (rt: Runtime, value: Tagged): string =>
  inspect(rt, value, 1000, {
    breakLength: Number.POSITIVE_INFINITY,
    compact: 0,
    sorted: true,
    maxArrayLength: Number.POSITIVE_INFINITY,
    maxStringLength: Number.POSITIVE_INFINITY,
  });

const formatValue = (ctx: Context, value: Tagged, recurseTimes: number): string => {
  const { rt } = ctx;
  if (!isJSReceiver(rt, value)) return formatPrimitive(ctx, value);
  if (ctx.showProxy && instanceTypeOf(rt, value) === InstanceType.JSProxy) return formatProxy(ctx, value, recurseTimes);
  const target = targetOf(rt, value);
  if (target === undefined) return ctx.stylize('<Revoked Proxy>', 'special');
  const object = instanceTypeOf(rt, target) === InstanceType.JSGlobalProxy ? shownGlobal(rt, target) : target;
  if (ctx.calls !== undefined && hasCustomInspect(rt, object)) {
    const result = ctx.calls.result(CallKind.Custom, value, ctx.depth - recurseTimes);
    if (result === undefined) return '';
    if (result !== value) {
      if (!isString(rt, result)) return formatValue(ctx, result, recurseTimes);
      return toHostString(rt.heap, result).replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
    }
  }
  return ctx.seen.includes(object) ? formatCircular(ctx, object) : formatRaw(ctx, object, recurseTimes);
};

/** The object that a global proxy stands for; of a context with a sandbox that. */
const shownGlobal = (rt: Runtime, globalProxy: Tagged): Tagged => {
  const { realms } = rt;
  const behind = globalOf(rt, globalProxy);
  if (behind === StaticRoot.Null) return globalProxy;
  if (instanceTypeOf(rt, behind) !== InstanceType.JSProxy) return behind;
  const owner = realms.all.findLast(
    (context) => realms.intrinsicOf(context, NativeContextSlot.GlobalProxy) === globalProxy,
  );
  return owner === undefined ? globalProxy : realms.intrinsicOf(owner, NativeContextSlot.SandboxObject);
};

const formatCircular = (ctx: Context, object: Tagged): string => {
  ctx.circular ??= new Map();
  let index = ctx.circular.get(object);
  if (index === undefined) {
    index = ctx.circular.size + 1;
    ctx.circular.set(object, index);
  }
  return ctx.stylize(`[Circular *${index}]`, 'special');
};

/** showProxy: Proxy [ target, handler ]. */
const formatProxy = (ctx: Context, proxy: Tagged, recurseTimes: number): string => {
  const { heap } = ctx.rt;
  const target = heap.get(proxy, JSProxy.Target);
  if (target === Null || target === Undefined) return ctx.stylize('<Revoked Proxy>', 'special');
  if (recurseTimes > ctx.depth) return ctx.stylize('Proxy [Array]', 'special');
  ctx.indentation += 2;
  const parts = [target, heap.get(proxy, JSProxy.Handler)].map((part) => formatValue(ctx, part, recurseTimes + 1));
  ctx.indentation -= 2;
  return reduceToSingleString(ctx, parts, '', 'Proxy [', ']', Extras.Array, recurseTimes + 1, undefined);
};

/** Symbol.toStringTag, where the object's own properties do not show it. */
const tagOf = (rt: Runtime, object: Tagged): string => {
  const name = rt.symbols.to_string_tag_symbol;
  const word = dataPropertyOnChain(rt, object, name);
  if (!isString(rt, word)) return '';
  const own = new LookupIterator(rt).startName(object, name, true);
  return own.found && own.isEnumerable ? '' : toHostString(rt.heap, word);
};

const newSubject = (ctx: Context, value: Tagged, recurseTimes: number): Subject => {
  const { rt } = ctx;
  const type = instanceTypeOf(rt, value);
  return {
    value,
    type,
    constructorName: constructorNameOf(ctx, value),
    tag: type === InstanceType.JSTypedArray ? typedArrayName(rt, value) : tagOf(rt, value),
    recurseTimes,
    base: '',
    open: '{',
    close: '}',
    extras: Extras.Object,
    keys: [],
  };
};

/** What is left of an object that is nested too deeply. */
const formatTooDeep = (ctx: Context, { constructorName, tag, type }: Subject): string => {
  const name = prefixOf(constructorName, tag, type === InstanceType.JSArray ? 'Array' : 'Object').slice(0, -1);
  return ctx.stylize(constructorName === undefined ? name : `[${name}]`, 'special');
};

const formatRaw = (ctx: Context, value: Tagged, recurseTimes: number): string => {
  const subject = newSubject(ctx, value, recurseTimes);
  const kind = kindOf(ctx, subject);
  const whole = kind.describe(ctx, subject);
  if (whole !== undefined) return whole;
  if (recurseTimes > ctx.depth) return formatTooDeep(ctx, subject);
  const depth = recurseTimes + 1;
  ctx.seen.push(value);
  ctx.currentDepth = depth;
  const output = kind.entries(ctx, subject, depth);
  const properties = subject.keys.map((key) => formatProperty(ctx, value, depth, key, subject.extras));
  output.push(...(ctx.sorted ? properties.sort() : properties));
  ctx.seen.pop();
  let { base, open } = subject;
  const index = ctx.circular?.get(value);
  if (index !== undefined) {
    const reference = ctx.stylize(`<ref *${index}>`, 'special');
    if (ctx.compact !== modeOfCompactTrue) base = base === '' ? reference : `${reference} ${base}`;
    else open = `${reference} ${open}`;
  }
  return reduceToSingleString(ctx, output, base, open, subject.close, subject.extras, depth, value);
};
