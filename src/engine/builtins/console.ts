// console as Node's, and d8's print.

import type { Tagged } from '../heap/index.ts';
import { consoleTable, format, inPasses, inspect } from '../inspect/index.ts';
import { getElement, InstanceType, StaticRoot } from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  captureStackTrace,
  dataPropertyOnChain,
  defineGlobal,
  enumerableOrdinaryKeys,
  hasInstanceType,
  isHeapNumber,
  isJSReceiver,
  newPlainObject,
  primitiveToNumber,
  type Runtime,
  toBoolean,
  toHost,
} from '../runtime/index.ts';
import { builtinTable, installTable, installToStringTag } from './table.ts';

const { Undefined } = StaticRoot;

/** Console state of one runtime: indentation, counters, timers. */
class ConsoleState {
  indent = '';
  readonly counts = new Map<string, number>();
  readonly timers = new Map<string, number>();
}
const stateOf = (rt: Runtime): ConsoleState => rt.part(ConsoleState);

const print = (rt: Runtime, stream: 'stdout' | 'stderr', text: string): void => {
  const { indent } = stateOf(rt);
  if (indent !== '') text = text.includes('\n') ? indent + text.replaceAll('\n', `\n${indent}`) : indent + text;
  if (rt.hooks.consoleWrite?.(stream, `${text}\n`)) return;
  rt.host.write(stream, `${text}\n`);
};

/** util.format, with the program's own ways to show its objects. */
const formatted = (rt: Runtime, words: readonly Tagged[]): string => {
  const { inspectCall } = rt.hooks;
  if (inspectCall === undefined) return format(rt, words);
  return inPasses(rt, words, inspectCall, (current, calls) => format(rt, current, { calls }));
};

const log =
  (stream: 'stdout' | 'stderr'): BuiltinFunction =>
  (rt, args) => {
    print(rt, stream, formatted(rt, args.slice(0)));
    return Undefined;
  };

const label = (rt: Runtime, args: Arguments): string => (args.at(0) === Undefined ? 'default' : toHost(rt, args.at(0)));

const group: BuiltinFunction = (rt, args) => {
  if (args.length > 0) print(rt, 'stdout', formatted(rt, args.slice(0)));
  stateOf(rt).indent += '  ';
  return Undefined;
};

const elapsed = (rt: Runtime, name: string): string | undefined => {
  const start = stateOf(rt).timers.get(name);
  if (start === undefined) return undefined;
  const ms = rt.host.monotonicTime() - start;
  return ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${Number(ms.toFixed(3))}ms`;
};

const table = builtinTable('console', [
  ['log', log('stdout'), 0],
  ['warn', log('stderr'), 0],
  [
    'dir',
    (rt, args) => {
      const options = args.at(1);
      const read = (name: string): Tagged =>
        isJSReceiver(rt, options) ? dataPropertyOnChain(rt, options, rt.factory.internalize(name)) : Undefined;
      const depth = read('depth');
      const isNumber = (depth & 1) === 0 || isHeapNumber(rt, depth);
      const levels = depth === StaticRoot.Null ? Number.POSITIVE_INFINITY : isNumber ? primitiveToNumber(rt, depth) : 2;
      print(rt, 'stdout', inspect(rt, args.at(0), levels, { showHidden: read('showHidden') === StaticRoot.True }));
      return Undefined;
    },
    0,
  ],
  [
    'time',
    (rt, args) => {
      stateOf(rt).timers.set(label(rt, args), rt.host.monotonicTime());
      return Undefined;
    },
    0,
  ],
  [
    'timeEnd',
    (rt, args) => {
      const name = label(rt, args);
      const text = elapsed(rt, name);
      if (text !== undefined) print(rt, 'stdout', `${name}: ${text}`);
      stateOf(rt).timers.delete(name);
      return Undefined;
    },
    0,
  ],
  [
    'timeLog',
    (rt, args) => {
      const name = label(rt, args);
      const text = elapsed(rt, name);
      if (text !== undefined)
        print(rt, 'stdout', `${name}: ${text}${args.length > 1 ? ` ${formatted(rt, args.slice(1))}` : ''}`);
      return Undefined;
    },
    0,
  ],
  [
    'trace',
    (rt, args) => {
      const error = newPlainObject(rt);
      captureStackTrace(rt, error, args.target);
      const stack = dataPropertyOnChain(rt, error, rt.names.stack);
      const frames = rt.toText(stack).split('\n').slice(1).join('\n');
      print(
        rt,
        'stderr',
        `Trace${args.length > 0 ? `: ${formatted(rt, args.slice(0))}` : ''}${frames === '' ? '' : `\n${frames}`}`,
      );
      return Undefined;
    },
    0,
  ],
  [
    'assert',
    (rt, args) => {
      if (args.length > 0 && toBoolean(rt, args.at(0))) return Undefined;
      print(rt, 'stderr', args.length > 1 ? `Assertion failed: ${formatted(rt, args.slice(1))}` : 'Assertion failed');
      return Undefined;
    },
    0,
  ],
  ['clear', () => Undefined, 0],
  [
    'count',
    (rt, args) => {
      const name = label(rt, args);
      const count = (stateOf(rt).counts.get(name) ?? 0) + 1;
      stateOf(rt).counts.set(name, count);
      print(rt, 'stdout', `${name}: ${count}`);
      return Undefined;
    },
    0,
  ],
  [
    'countReset',
    (rt, args) => {
      stateOf(rt).counts.delete(label(rt, args));
      return Undefined;
    },
    0,
  ],
  ['group', group, 0],
  ['groupCollapsed', group, 0],
  [
    'groupEnd',
    (rt) => {
      const state = stateOf(rt);
      state.indent = state.indent.slice(2);
      return Undefined;
    },
    0,
  ],
  [
    'table',
    (rt, args) => {
      const chosen = args.at(1);
      const columns = hasInstanceType(rt, chosen, InstanceType.JSArray)
        ? enumerableOrdinaryKeys(rt, chosen).map((key) =>
            toHost(rt, getElement(rt.heap, rt.factory, args.at(1), key >> 1)),
          )
        : undefined;
      const text = consoleTable(rt, args.at(0), columns);
      print(rt, 'stdout', text ?? formatted(rt, args.slice(0)));
      return Undefined;
    },
    1,
  ],
  ['debug', log('stdout'), 0],
  ['info', log('stdout'), 0],
  ['dirxml', log('stdout'), 0],
  ['error', log('stderr'), 0],
]);

export const bootstrapConsole = (rt: Runtime): void => {
  const console = newPlainObject(rt);
  installTable(rt, console, table, 0);
  installToStringTag(rt, console, 'console');
  defineGlobal(rt, 'console', console);
};

/** d8's print: ToString of each argument, joined by spaces. */
const globals = builtinTable('globalThis', [
  [
    'print',
    (r, args) => {
      const parts: string[] = [];
      for (let i = 0; i < args.length; i++) parts.push(toHost(r, args.at(i)));
      r.host.write('stdout', `${parts.join(' ')}\n`);
      return Undefined;
    },
    0,
  ],
]);

export const bootstrapPrint = (rt: Runtime): void => {
  installTable(rt, rt.intrinsic(1 + 1), globals);
};
