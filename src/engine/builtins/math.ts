// Math: the host's functions on copied numbers.

import type { Tagged } from '../heap/index.ts';
import { HeapNumber, StaticRoot } from '../objects/index.ts';
import {
  type BuiltinFunction,
  defineGlobal,
  halfToNumber,
  newPlainObject,
  numberToHalf,
  type Runtime,
  toNumberValue,
  Writes,
} from '../runtime/index.ts';
import { builtinTable, installConstants, installTable, installToStringTag } from './table.ts';

const tag = (rt: Runtime, value: number): Tagged =>
  (value | 0) === value && value >= -0x40000000 && value <= 0x3fffffff && (value !== 0 || 1 / value > 0)
    ? value << 1
    : rt.factory.newHeapNumber(value);

const number = (rt: Runtime, word: Tagged): number =>
  (word & 1) === 0
    ? word >> 1
    : rt.heap.i32[(word - 1) >> 2] === StaticRoot.HeapNumberMap
      ? rt.heap.f64[(word + HeapNumber.Value - 1) >> 3]!
      : toNumberValue(rt, word);

const unary =
  (fn: (x: number) => number): BuiltinFunction =>
  (rt, args) =>
    tag(rt, fn(number(rt, args.at(0))));

const extremum =
  (fn: (a: number, b: number) => number, start: number): BuiltinFunction =>
  (rt, args) => {
    let result = start;
    const n = args.length;
    for (let i = 0; i < n; i++) result = fn(result, number(rt, args.at(i)));
    return tag(rt, result);
  };

const table = builtinTable('Math', [
  ['abs', unary(Math.abs), 1, Writes.Nothing],
  ['acos', unary(Math.acos), 1, Writes.Nothing],
  ['acosh', unary(Math.acosh), 1, Writes.Nothing],
  ['asin', unary(Math.asin), 1, Writes.Nothing],
  ['asinh', unary(Math.asinh), 1, Writes.Nothing],
  ['atan', unary(Math.atan), 1, Writes.Nothing],
  ['atanh', unary(Math.atanh), 1, Writes.Nothing],
  [
    'atan2',
    (rt, args) => {
      const y = number(rt, args.at(0));
      return tag(rt, Math.atan2(y, number(rt, args.at(1))));
    },
    2,
    Writes.Nothing,
  ],
  ['ceil', unary(Math.ceil), 1, Writes.Nothing],
  ['cbrt', unary(Math.cbrt), 1, Writes.Nothing],
  ['expm1', unary(Math.expm1), 1, Writes.Nothing],
  ['clz32', unary(Math.clz32), 1, Writes.Nothing],
  ['cos', unary(Math.cos), 1, Writes.Nothing],
  ['cosh', unary(Math.cosh), 1, Writes.Nothing],
  ['exp', unary(Math.exp), 1, Writes.Nothing],
  ['floor', unary(Math.floor), 1, Writes.Nothing],
  ['fround', unary(Math.fround), 1, Writes.Nothing],
  [
    'hypot',
    (rt, args) => {
      const values: number[] = [];
      const n = args.length;
      for (let i = 0; i < n; i++) values.push(number(rt, args.at(i)));
      return tag(rt, Math.hypot(...values));
    },
    2,
    Writes.Nothing,
  ],
  [
    'imul',
    (rt, args) => {
      const x = number(rt, args.at(0));
      return tag(rt, Math.imul(x, number(rt, args.at(1))));
    },
    2,
    Writes.Nothing,
  ],
  ['log', unary(Math.log), 1, Writes.Nothing],
  ['log1p', unary(Math.log1p), 1, Writes.Nothing],
  ['log2', unary(Math.log2), 1, Writes.Nothing],
  ['log10', unary(Math.log10), 1, Writes.Nothing],
  ['max', extremum(Math.max, Number.NEGATIVE_INFINITY), 2, Writes.Nothing],
  ['min', extremum(Math.min, Number.POSITIVE_INFINITY), 2, Writes.Nothing],
  [
    'pow',
    (rt, args) => {
      const x = number(rt, args.at(0));
      return tag(rt, x ** number(rt, args.at(1)));
    },
    2,
    Writes.Nothing,
  ],
  ['random', (rt) => rt.factory.newHeapNumber(rt.host.random()), 0],
  ['round', unary(Math.round), 1, Writes.Nothing],
  ['sign', unary(Math.sign), 1, Writes.Nothing],
  ['sin', unary(Math.sin), 1, Writes.Nothing],
  ['sinh', unary(Math.sinh), 1, Writes.Nothing],
  ['sqrt', unary(Math.sqrt), 1, Writes.Nothing],
  ['tan', unary(Math.tan), 1, Writes.Nothing],
  ['tanh', unary(Math.tanh), 1, Writes.Nothing],
  ['trunc', unary(Math.trunc), 1, Writes.Nothing],
]);

const additions = builtinTable('Math', [['f16round', unary((x) => halfToNumber(numberToHalf(x))), 1, Writes.Nothing]]);

export const bootstrapMath = (rt: Runtime): void => {
  const math = newPlainObject(rt);
  installTable(rt, math, table);
  const constants: Record<string, Tagged> = {};
  for (const name of ['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'] as const)
    constants[name] = rt.factory.newNumber(Math[name]);
  installConstants(rt, math, constants);
  installTable(rt, math, additions);
  installToStringTag(rt, math, 'Math');
  defineGlobal(rt, 'Math', math);
};
