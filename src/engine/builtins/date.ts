// Date: the time value is a raw double in linear memory; calendars and time zone are the host's, on a copied number.

import type { Tagged } from '../heap/index.ts';
import { InstanceType, JSDate, StaticRoot } from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  declareBuiltin,
  getProperty,
  hasInstanceType,
  isCallable,
  isJSReceiver,
  isNumber,
  isString,
  makeConstructor,
  NativeContextSlot,
  ordinaryCreateFromConstructor,
  type Runtime,
  throwRangeError,
  throwTypeError,
  toHost,
  toNumberValue,
  toObject,
  toPrimitive,
  Writes,
} from '../runtime/index.ts';
import { dateOptions, readOptions, requestedLocales } from './intl.ts';
import { type BuiltinRow, builtinTable, installTable } from './table.ts';

const { Undefined, Null } = StaticRoot;

const timeOf = (rt: Runtime, args: Arguments): number => {
  if (!hasInstanceType(rt, args.receiver, InstanceType.JSDate)) throwTypeError(rt, 'NotDateObject');
  return rt.heap.getF64(args.receiver, JSDate.Value);
};

/** TimeClip. */
const clip = (time: number): number => (Math.abs(time) <= 8.64e15 ? Math.trunc(time) + 0 : Number.NaN);

const store = (rt: Runtime, args: Arguments, time: number): Tagged => {
  const clipped = clip(time);
  rt.heap.setF64(args.receiver, JSDate.Value, clipped);
  return rt.factory.newNumber(clipped);
};

/** Numbers from the arguments, in order. May run JavaScript. */
const numbers = (rt: Runtime, args: Arguments, most: number): number[] => {
  const values: number[] = [];
  const n = Math.min(args.length, most);
  for (let i = 0; i < n; i++) values.push(toNumberValue(rt, args.at(i)));
  return values;
};

/** UTC time value of components (year, month, …). */
const utcOf = (values: readonly number[]): number => {
  const [year = Number.NaN, month = 0, date = 1, hours = 0, minutes = 0, seconds = 0, ms = 0] = values;
  return Date.UTC(year, month, date, hours, minutes, seconds, ms);
};

const localOf = (values: readonly number[]): number => {
  const [year = Number.NaN, month = 0, date = 1, hours = 0, minutes = 0, seconds = 0, ms = 0] = values;
  return new Date(year, month, date, hours, minutes, seconds, ms).getTime();
};

const DateConstructor: BuiltinFunction = (rt, args) => {
  const { heap } = rt;
  if (args.newTarget === Undefined) return rt.factory.newString(new Date(rt.host.currentTime()).toString());
  let time: number;
  if (args.length === 0) time = Math.trunc(rt.host.currentTime());
  else if (args.length === 1) {
    if (hasInstanceType(rt, args.at(0), InstanceType.JSDate)) time = heap.getF64(args.at(0), JSDate.Value);
    else {
      const primitive = toPrimitive(rt, args.at(0));
      time = isString(rt, primitive) ? Date.parse(toHost(rt, primitive)) : clip(toNumberValue(rt, primitive));
    }
  } else {
    const values = numbers(rt, args, 7);
    time = localOf(values);
  }
  const date = ordinaryCreateFromConstructor(rt, args.target, args.newTarget);
  heap.setF64(date, JSDate.Value, clip(time));
  return date;
};

type GetterName = {
  [K in keyof Date]: K extends `get${string}` ? (Date[K] extends () => number ? K : never) : never;
}[keyof Date];

/** The time value, where V8 names the method in its complaint: all but the plain getters. */
const receivedTime = (rt: Runtime, args: Arguments, name: string): number => {
  if (!hasInstanceType(rt, args.receiver, InstanceType.JSDate))
    throwTypeError(rt, 'IncompatibleMethodReceiver', `Date.prototype.${name}`, args.receiver);
  return timeOf(rt, args);
};

const getter =
  (name: GetterName): BuiltinFunction =>
  (rt, args) => {
    const time = timeOf(rt, args);
    return Number.isNaN(time) ? StaticRoot.NanValue : rt.factory.newNumber((new Date(time)[name] as () => number)());
  };

const setter =
  (name: keyof Date & `set${string}`, count: number): BuiltinFunction =>
  (rt, args) => {
    const time = receivedTime(rt, args, name);
    const values = numbers(rt, args, count);
    if (values.length === 0) values.push(Number.NaN);
    const date = new Date(time);
    (date[name] as (...values: number[]) => number)(...values);
    return store(rt, args, date.getTime());
  };

const text =
  (name: string, format: (date: Date) => string): BuiltinFunction =>
  (rt, args) => {
    const time = receivedTime(rt, args, name);
    return rt.factory.newString(Number.isNaN(time) ? 'Invalid Date' : format(new Date(time)));
  };

/** Locale and options as the host takes them: strings, and plain objects of primitives. */
const localeText =
  (method: 'toLocaleString' | 'toLocaleDateString' | 'toLocaleTimeString'): BuiltinFunction =>
  (rt, args) => {
    const time = receivedTime(rt, args, method);
    if (Number.isNaN(time)) return rt.factory.newString('Invalid Date');
    const locale = requestedLocales(rt, args.at(0));
    const options = readOptions(rt, args.at(1), dateOptions, `Date.prototype.${method}`);
    try {
      return rt.factory.newString(new Date(time)[method](locale, options as Intl.DateTimeFormatOptions));
    } catch (error) {
      if (error instanceof RangeError) throwRangeError(rt, 'Plain', error.message);
      throw error;
    }
  };

const toPrimitiveMethod: BuiltinFunction = (rt, args) => {
  if (!isJSReceiver(rt, args.receiver))
    throwTypeError(rt, 'IncompatibleMethodReceiver', 'Date.prototype [ @@toPrimitive ]', args.receiver);
  const hint = isString(rt, args.at(0)) ? toHost(rt, args.at(0)) : '';
  if (hint !== 'default' && hint !== 'string' && hint !== 'number')
    throwTypeError(rt, 'Plain', `Invalid hint: ${rt.toText(args.at(0))}`);
  for (const name of hint === 'number'
    ? [rt.names.valueOf, rt.names.toString]
    : [rt.names.toString, rt.names.valueOf]) {
    const method = getProperty(rt, args.receiver, name);
    if (!isCallable(rt, method)) continue;
    const result = rt.call(method, args.receiver);
    if (!isJSReceiver(rt, result)) return result;
  }
  throwTypeError(rt, 'CannotConvertToPrimitive');
};

const toJSON: BuiltinFunction = (rt, args) => {
  args.receiver = toObject(rt, args.receiver);
  const primitive = toPrimitive(rt, args.receiver, 'number');
  if (isNumber(rt, primitive) && !Number.isFinite(toNumberValue(rt, primitive))) return Null;
  const method = getProperty(rt, args.receiver, rt.factory.internalize('toISOString'));
  if (!isCallable(rt, method)) throwTypeError(rt, 'CalledNonCallable', 'toISOString');
  return rt.call(method, args.receiver);
};

const statics = builtinTable('Date', [
  ['now', (rt) => rt.factory.newNumber(Math.trunc(rt.host.currentTime())), 0, Writes.Nothing],
  ['parse', (rt, args) => rt.factory.newNumber(Date.parse(toHost(rt, args.at(0)))), 1, Writes.Nothing],
  [
    'UTC',
    (rt, args) => {
      const values = numbers(rt, args, 7);
      return rt.factory.newNumber(clip(utcOf(values)));
    },
    7,
    Writes.Nothing,
  ],
]);

/** What a date consists of, and how many arguments its setter takes; 0: it has none. */
const components = [
  ['Date', 1],
  ['Day', 0],
  ['FullYear', 3],
  ['Hours', 4],
  ['Milliseconds', 1],
  ['Minutes', 3],
  ['Month', 2],
  ['Seconds', 2],
] as const;

const accessors = (prefix: '' | 'UTC'): BuiltinRow[] =>
  components.flatMap(([name, count]): BuiltinRow[] => [
    [`get${prefix}${name}`, getter(`get${prefix}${name}`), 0, Writes.Nothing],
    ...(count > 0
      ? [
          [
            `set${prefix}${name}`,
            setter(`set${prefix}${name}` as `set${typeof prefix}${Exclude<typeof name, 'Day'>}`, count),
            count,
            Writes.First,
          ] satisfies BuiltinRow,
        ]
      : []),
  ]);

const prototypeTable = builtinTable('Date.prototype', [
  ['toString', text('toString', (date) => date.toString()), 0, Writes.Nothing],
  ['toDateString', text('toDateString', (date) => date.toDateString()), 0, Writes.Nothing],
  ['toTimeString', text('toTimeString', (date) => date.toTimeString()), 0, Writes.Nothing],
  [
    'toISOString',
    (rt, args) => {
      const time = receivedTime(rt, args, 'toISOString');
      if (Number.isNaN(time)) throwRangeError(rt, 'InvalidTimeValue');
      return rt.factory.newString(new Date(time).toISOString());
    },
    0,
    Writes.Nothing,
  ],
  ['toUTCString', text('toUTCString', (date) => date.toUTCString()), 0, Writes.Nothing],
  ['toGMTString', { sameAs: 'toUTCString' }],
  ...accessors(''),
  ['getTime', (rt, args) => rt.factory.newNumber(timeOf(rt, args)), 0, Writes.Nothing],
  [
    'setTime',
    (rt, args) => {
      receivedTime(rt, args, 'setTime');
      return store(rt, args, toNumberValue(rt, args.at(0)));
    },
    1,
    Writes.First,
  ],
  ['getTimezoneOffset', getter('getTimezoneOffset'), 0, Writes.Nothing],
  ...accessors('UTC'),
  ['valueOf', (rt, args) => rt.factory.newNumber(timeOf(rt, args)), 0, Writes.Nothing],
  [
    'getYear',
    (rt, args) => {
      const time = receivedTime(rt, args, 'getYear');
      return rt.factory.newNumber(Number.isNaN(time) ? time : new Date(time).getFullYear() - 1900);
    },
    0,
    Writes.Nothing,
  ],
  [
    'setYear',
    (rt, args) => {
      const time = receivedTime(rt, args, 'setYear');
      const year = toNumberValue(rt, args.at(0));
      const date = new Date(Number.isNaN(time) ? 0 : time);
      const whole = Math.trunc(year);
      date.setFullYear(Number.isNaN(year) ? Number.NaN : whole >= 0 && whole <= 99 ? whole + 1900 : year);
      return store(rt, args, date.getTime());
    },
    1,
    Writes.First,
  ],
  ['toJSON', toJSON, 1, Writes.Nothing],
  ['toLocaleString', localeText('toLocaleString'), 0, Writes.Nothing],
  ['toLocaleDateString', localeText('toLocaleDateString'), 0, Writes.Nothing],
  ['toLocaleTimeString', localeText('toLocaleTimeString'), 0, Writes.Nothing],
  ['@@toPrimitive', toPrimitiveMethod, 1, Writes.Nothing],
]);

const DateFunction = declareBuiltin('Date', DateConstructor, Writes.Nothing);

export const bootstrapDate = (rt: Runtime): void => {
  const fn = makeConstructor(rt, {
    name: 'Date',
    implementation: DateFunction,
    length: 7,
    functionSlot: NativeContextSlot.DateFunction,
    prototypeSlot: NativeContextSlot.DatePrototype,
    mapSlot: NativeContextSlot.DateMap,
    type: InstanceType.JSDate,
    size: JSDate.Size,
  });
  installTable(rt, fn, statics);
  const prototype = rt.intrinsic(NativeContextSlot.DatePrototype);
  installTable(rt, prototype, prototypeTable);
};
