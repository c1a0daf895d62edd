// Every kind of objects, by instance type: what it says of itself, and which contents it has beside its properties.

import type { Tagged } from '../heap/index.ts';
import {
  InstanceType,
  JSDate,
  JSPrimitiveWrapper,
  JSPromise,
  JSRegExp,
  StaticRoot,
  toHostString,
} from '../objects/index.ts';
import { isBigInt, isCallable, isString, isSymbol, regExpFlagsText } from '../runtime/index.ts';
import { arrayBuffers, arrays, dataViews, typedArrays } from './arrays.ts';
import { iterators, maps, sets, weakMaps, weakSets } from './collections.ts';
import { type Context, type Kind, noEntries, plain, type Subject } from './context.ts';
import { errors } from './errors.ts';
import { functions } from './functions.ts';
import { keysOf } from './keys.ts';
import { prefixOf } from './names.ts';
import { formatPrimitive } from './primitives.ts';

const objects: Kind = {
  describe(ctx, subject) {
    const { constructorName, tag } = subject;
    subject.keys = keysOf(ctx, subject.value, false);
    const isEmpty = subject.keys.length === 0;
    if (constructorName === 'Object' && tag === '') return isEmpty ? '{}' : undefined;
    subject.open = `${prefixOf(constructorName, tag, 'Object')}{`;
    if (!isEmpty) return undefined;
    // Node shows a module without exports with the two spaces of an empty list
    return constructorName === undefined && tag === 'Module' ? `${subject.open}  }` : `${subject.open}}`;
  },
  entries: noEntries,
};

const argumentsObjects: Kind = {
  describe(ctx, subject) {
    subject.keys = keysOf(ctx, subject.value, false);
    subject.open = '[Arguments] {';
    return subject.keys.length === 0 ? '[Arguments] {}' : undefined;
  },
  entries: noEntries,
};

const regExps: Kind = {
  describe(ctx, subject) {
    const { rt } = ctx;
    const { value } = subject;
    const flags = regExpFlagsText(rt.heap.get(value, JSRegExp.Flags) >> 1);
    const text = `/${toHostString(rt.heap, rt.heap.get(value, JSRegExp.Source))}/${flags}`;
    const prefix = prefixOf(subject.constructorName, subject.tag, 'RegExp');
    subject.base = prefix !== 'RegExp ' ? `${prefix}${text}` : text;
    subject.keys = keysOf(ctx, value, false).filter((key) => key !== rt.names.lastIndex);
    const isShort = subject.keys.length === 0 || subject.recurseTimes > ctx.depth;
    return isShort ? ctx.stylize(subject.base, 'regexp') : undefined;
  },
  entries: noEntries,
};

const dates: Kind = {
  describe(ctx, subject) {
    const time = ctx.rt.heap.getF64(subject.value, JSDate.Value);
    const text = Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString();
    const prefix = prefixOf(subject.constructorName, subject.tag, 'Date');
    subject.base = prefix !== 'Date ' ? `${prefix}${text}` : text;
    subject.keys = keysOf(ctx, subject.value, false);
    return subject.keys.length === 0 ? ctx.stylize(subject.base, 'date') : undefined;
  },
  entries: noEntries,
};

const promises: Kind = {
  describe(ctx, subject) {
    subject.keys = keysOf(ctx, subject.value, false);
    subject.open = `${prefixOf(subject.constructorName, subject.tag, 'Promise')}{`;
    return undefined;
  },
  entries(ctx, { value }, depth) {
    const { heap } = ctx.rt;
    const status = (heap.get(value, JSPromise.Flags) >> 1) & 3;
    if (status === 0) return [ctx.stylize('<pending>', 'special')];
    ctx.indentation += 2;
    const text = ctx.formatValue(ctx, heap.get(value, JSPromise.ReactionsOrResult), depth);
    ctx.indentation -= 2;
    return [status === 2 ? `${ctx.stylize('<rejected>', 'special')} ${text}` : text];
  },
};

const wrappers: Kind = {
  describe(ctx, subject) {
    const { constructorName, tag } = subject;
    const primitive = ctx.rt.heap.get(subject.value, JSPrimitiveWrapper.Value);
    const kind = wrappedKind(ctx, primitive);
    subject.keys = keysOf(ctx, subject.value, kind === 'String');
    if (kind === 'String') subject.keys = subject.keys.filter((key) => key !== ctx.rt.names.length);
    let base = `[${kind}`;
    if (kind !== constructorName) base += constructorName === undefined ? ' (null prototype)' : ` (${constructorName})`;
    base += `: ${formatPrimitive({ ...ctx, stylize: plain, indentation: 0, breakLength: Number.POSITIVE_INFINITY }, primitive)}]`;
    if (tag !== '' && tag !== constructorName) base += ` [${tag}]`;
    subject.base = base;
    return subject.keys.length === 0 ? ctx.stylize(base, kind.toLowerCase()) : undefined;
  },
  entries: noEntries,
};

const wrappedKind = ({ rt }: Context, primitive: Tagged): string => {
  if (isString(rt, primitive)) return 'String';
  if (primitive === StaticRoot.True || primitive === StaticRoot.False) return 'Boolean';
  if (isBigInt(rt, primitive)) return 'BigInt';
  return isSymbol(rt, primitive) ? 'Symbol' : 'Number';
};

const generators: Kind = {
  describe(ctx, subject) {
    subject.keys = keysOf(ctx, subject.value, false);
    subject.open = `${prefixOf(subject.constructorName, subject.tag, subject.tag)}{`;
    return subject.keys.length === 0 ? `${subject.open}}` : undefined;
  },
  entries: noEntries,
};

const kinds: Readonly<Partial<Record<InstanceType, Kind>>> = {
  [InstanceType.JSArray]: arrays,
  [InstanceType.JSSet]: sets,
  [InstanceType.JSMap]: maps,
  [InstanceType.JSTypedArray]: typedArrays,
  [InstanceType.JSMapIterator]: iterators,
  [InstanceType.JSSetIterator]: iterators,
  [InstanceType.JSArgumentsObject]: argumentsObjects,
  [InstanceType.JSRegExp]: regExps,
  [InstanceType.JSDate]: dates,
  [InstanceType.JSError]: errors,
  [InstanceType.JSArrayBuffer]: arrayBuffers,
  [InstanceType.JSDataView]: dataViews,
  [InstanceType.JSPromise]: promises,
  [InstanceType.JSWeakMap]: weakMaps,
  [InstanceType.JSWeakSet]: weakSets,
  [InstanceType.JSPrimitiveWrapper]: wrappers,
  [InstanceType.JSGeneratorObject]: generators,
  [InstanceType.JSAsyncGeneratorObject]: generators,
};

export const kindOf = ({ rt }: Context, { value, type }: Subject): Kind =>
  isCallable(rt, value) ? functions : (kinds[type as InstanceType] ?? objects);
