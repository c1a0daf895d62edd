// Arrays, typed arrays, and the buffers under them.

import type { Tagged } from '../heap/index.ts';
import {
  arrayLength,
  bufferAddress,
  bufferLength,
  elementsKindNames,
  getElement,
  isSharedBuffer,
  isViewOutOfBounds,
  JSTypedArray,
  ownElementIndices,
  StaticRoot,
  viewByteLength,
} from '../objects/index.ts';
import { mapOf, type Runtime, typedArrayElement, typedArrayKind, typedArrayLength } from '../runtime/index.ts';
import { type Context, Extras, type Kind, type Subject } from './context.ts';
import { keysOf } from './keys.ts';
import { prefixOf } from './names.ts';
import { formatPrimitive } from './primitives.ts';
import { formatProperty } from './property.ts';
import { moreItems } from './text.ts';

const { TheHole } = StaticRoot;

/** Brackets, and the whole text of an empty one. */
const describeList = (ctx: Context, subject: Subject, length: number, prefix: string): string | undefined => {
  subject.keys = keysOf(ctx, subject.value, true);
  subject.open = `${prefix}[`;
  subject.close = ']';
  if (length === 0 && subject.keys.length === 0) return `${subject.open}]`;
  subject.extras = Extras.Array;
  return undefined;
};

export const arrays: Kind = {
  describe(ctx, subject) {
    const { constructorName, tag } = subject;
    const length = arrayLength(ctx.rt.heap, subject.value);
    const isPlain = constructorName === 'Array' && tag === '';
    const prefix = isPlain ? '' : prefixOf(constructorName, tag, 'Array', `(${length})`);
    return describeList(ctx, subject, length, prefix);
  },
  entries: (ctx, { value }, depth) => formatArray(ctx, value, arrayLength(ctx.rt.heap, value), depth),
};

const formatArray = (ctx: Context, array: Tagged, length: number, depth: number): string[] => {
  const { rt } = ctx;
  const heap = rt.heap;
  const output: string[] = [];
  let shown = 0;
  let i = 0;
  for (; i < length && shown < ctx.maxArrayLength; shown++) {
    const word = getElement(heap, rt.factory, array, i);
    if (word === TheHole) {
      const start = i;
      while (i < length && getElement(heap, rt.factory, array, i) === TheHole) {
        if (mapOf(rt, array) !== 0 && length - i > 100000) {
          // very sparse: jump to the next own index
          const nextIndex = ownElementIndices(heap, array).find((index) => index > i);
          i = nextIndex ?? length;
        } else i++;
      }
      const holes = i - start;
      output.push(ctx.stylize(`<${holes} empty item${holes > 1 ? 's' : ''}>`, 'undefined'));
      continue;
    }
    output.push(formatProperty(ctx, array, depth, rt.factory.newNumber(i), Extras.ArrayIndex));
    i++;
  }
  if (i < length) output.push(moreItems(length - i));
  return output;
};

export const typedArrays: Kind = {
  describe(ctx, subject) {
    const length = typedArrayLength(ctx.rt, subject.value);
    return describeList(ctx, subject, length, prefixOf(subject.constructorName, subject.tag, '', `(${length})`));
  },
  entries(ctx, { value }) {
    const output: string[] = [];
    const length = typedArrayLength(ctx.rt, value);
    const n = Math.min(length, ctx.maxArrayLength);
    for (let i = 0; i < n; i++) output.push(formatPrimitive(ctx, typedArrayElement(ctx.rt, value, i)));
    if (length > n) output.push(moreItems(length - n));
    return output;
  },
};

const typedArrayNames: Readonly<Record<string, string>> = {
  UINT8: 'Uint8Array',
  INT8: 'Int8Array',
  UINT8_CLAMPED: 'Uint8ClampedArray',
  UINT16: 'Uint16Array',
  INT16: 'Int16Array',
  UINT32: 'Uint32Array',
  INT32: 'Int32Array',
  FLOAT16: 'Float16Array',
  FLOAT32: 'Float32Array',
  FLOAT64: 'Float64Array',
  BIGINT64: 'BigInt64Array',
  BIGUINT64: 'BigUint64Array',
};

export const typedArrayName = (rt: Runtime, value: Tagged): string => {
  const name = elementsKindNames[typedArrayKind(rt, value)]!.replace('ELEMENTS', '');
  return typedArrayNames[name] ?? 'TypedArray';
};

export const arrayBuffers: Kind = {
  describe(ctx, subject) {
    const name = isSharedBuffer(ctx.rt.heap, subject.value) ? 'SharedArrayBuffer' : 'ArrayBuffer';
    subject.keys = keysOf(ctx, subject.value, false);
    subject.open = `${prefixOf(subject.constructorName, subject.tag, name)}{`;
    return undefined;
  },
  entries(ctx, { value }) {
    const { heap } = ctx.rt;
    const length = bufferLength(heap, value);
    const at = bufferAddress(heap, value);
    if (at < 0) return [ctx.stylize('(detached)', 'special'), `[byteLength]: ${formatPrimitive(ctx, 0)}`];
    const bytes: string[] = [];
    for (let i = 0; i < Math.min(50, length); i++) bytes.push(heap.u8[at + i]!.toString(16).padStart(2, '0'));
    const more = length > 50 ? ` ... ${length - 50} more byte${length > 51 ? 's' : ''}` : '';
    return [
      `${ctx.stylize('[Uint8Contents]', 'special')}: <${bytes.join(' ')}${more}>`,
      `[byteLength]: ${ctx.stylize(String(length), 'number')}`,
    ];
  },
};

export const dataViews: Kind = {
  describe(ctx, subject) {
    subject.keys = keysOf(ctx, subject.value, false);
    subject.open = `${prefixOf(subject.constructorName, subject.tag, 'DataView')}{`;
    return undefined;
  },
  entries(ctx, { value }, depth) {
    const { heap } = ctx.rt;
    const buffer = heap.get(value, JSTypedArray.Buffer);
    // Node reads the properties, and does not take its indentation back where a getter throws.
    const covered = !isViewOutOfBounds(heap, value);
    if (!covered) ctx.indentation += 4;
    ctx.indentation += 2;
    const text = ctx.formatValue(ctx, buffer, depth);
    ctx.indentation -= 2;
    return [
      `[byteLength]: ${covered ? viewByteLength(heap, value) : bufferLength(heap, buffer)}`,
      `[byteOffset]: ${covered ? heap.get(value, JSTypedArray.ByteOffset) >> 1 : 'undefined'}`,
      `[buffer]: ${text}`,
    ];
  },
};
