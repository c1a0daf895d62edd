// What process, timers and os ask of the host.

import { heapLimit, Quit } from '../../isolate/index.ts';
import { StaticRoot } from '../../objects/index.ts';
import { isCallable, isNumber, toNumberValue } from '../../runtime/index.ts';
import type { ProcessCallback } from '../tasks.ts';
import {
  bytesAt,
  type Family,
  flagAt,
  newBytes,
  newCopy,
  newFlag,
  newNumber,
  newText,
  numberAt,
  optionalText,
  textAt,
} from './binding.ts';

const callbackNames: readonly string[] = [
  'ticks',
  'fatal',
  'rejection',
  'exit',
  'beforeExit',
  'exitCode',
] satisfies ProcessCallback[];

export const process: Family = ({ isolate, host, loop, tasks, argv, execArgv, env, files }) => ({
  setCallback: (rt, args) => {
    const name = textAt(rt, args, 0);
    if (callbackNames.includes(name) && isCallable(rt, args.at(1)))
      tasks.setCallback(name as ProcessCallback, args.at(1));
    return StaticRoot.Undefined;
  },
  /** Ends the program at once. */
  reallyExit: (rt, args) => {
    const status = args.at(0);
    throw new Quit(isNumber(rt, status) ? toNumberValue(rt, status) & 0xff : 0);
  },
  argv: (rt) => newCopy(rt, argv),
  execArgv: (rt) => newCopy(rt, execArgv),
  env: (rt) => newCopy(rt, env),
  cwd: (rt) => newText(rt, host.currentDirectory()),
  write: (rt, args) => {
    const stream = numberAt(rt, args, 0) === 2 ? 'stderr' : 'stdout';
    const text = optionalText(rt, args, 1);
    if (text !== undefined) host.write(stream, text);
    else host.writeBytes(stream, bytesAt(rt, args, 1).slice());
    return StaticRoot.Undefined;
  },
  /** { columns, rows, colors } of a terminal, undefined for what is none. */
  terminal: (rt, args) => newCopy(rt, { ...host.terminal(numberAt(rt, args, 0) | 0) }),
  /** Up to so many bytes of standard input; undefined at its end. Waits. */
  readInput: (rt, args) => {
    const bytes = host.readInput(Math.max(1, Math.min(numberAt(rt, args, 0) || 65536, 1 << 24)));
    return bytes === undefined ? StaticRoot.Undefined : newBytes(rt, bytes);
  },
  monotonic: (rt) => newNumber(rt, host.monotonicTime()),
  now: (rt) => newNumber(rt, host.currentTime()),
  memory: (rt) => {
    const { heap, host: outside } = isolate;
    return newCopy(rt, {
      total: heap.committedBytes,
      used: heap.usedBytes,
      limit: heapLimit(heap),
      resident: outside.residentBytes(),
      spaces: heap.spaceStatistics(),
    });
  },
  collect: () => StaticRoot.Undefined,
  hasPermission: (rt, args) => {
    const scope = textAt(rt, args, 0);
    const resource = optionalText(rt, args, 1);
    if (scope === 'fs.read') return newFlag(files.hasReadPermission(resource));
    if (scope === 'fs.write') return newFlag(files.hasWritePermission(resource));
    return newFlag(false);
  },
  /** setLoop(timers, immediates, poll) */
  setLoop: (_rt, args) => {
    ['timers', 'immediates', 'poll'].forEach((name, i) => void tasks.keep(name, args.at(i)));
    loop.isStarted = true;
    return StaticRoot.Undefined;
  },
  // --- the loop ---------------------------------------------------------------------------------------------------------------
  loopNow: (rt) => newNumber(rt, loop.now()),
  scheduleTimer: (rt, args) => {
    const delay = numberAt(rt, args, 0);
    // negative: none
    loop.timerExpiry = delay >= 0 ? Math.max(1, loop.now() + delay) : 0;
    return StaticRoot.Undefined;
  },
  countTimers: (rt, args) => {
    loop.referencedTimers = numberAt(rt, args, 0) | 0;
    return StaticRoot.Undefined;
  },
  countImmediates: (rt, args) => {
    loop.immediates = numberAt(rt, args, 0) | 0;
    loop.referencedImmediates = numberAt(rt, args, 1) | 0;
    return StaticRoot.Undefined;
  },
  countResults: (rt, args) => {
    loop.results = numberAt(rt, args, 0) | 0;
    return StaticRoot.Undefined;
  },
  wantInput: (_rt, args) => {
    loop.wantsInput = flagAt(args, 0);
    return StaticRoot.Undefined;
  },
  sleep: (rt, args) => {
    host.sleep(Math.max(0, Math.min(numberAt(rt, args, 0) || 0, 0x7fffffff)));
    return StaticRoot.Undefined;
  },
});
