// Scripts and functions of texts, and the contexts that they run in: realms of the program's isolate. The program's own is context −1.
//
// A context shares the first realm's security token, as in Node, so that each sees the other's globals. What a sandbox makes of a
// context's globals is up to the traps that `makeContext` gets (internal/vm.js).

import { newRealm, runMicrotasks, withOwnMicrotasks } from '../../builtins/index.ts';
import type { Immovable, Tagged } from '../../heap/index.ts';
import { JsSyntaxError } from '../../ignition/index.ts';
import { StaticRoot } from '../../objects/index.ts';
import {
  deleteProperty,
  interceptGlobal,
  isJSReceiver,
  NativeContextSlot,
  type Runtime,
  throwTypeError,
} from '../../runtime/index.ts';
import { type Family, flagAt, numberAt, textAt, textsAt, throwWith } from './binding.ts';

/** What a context has of a console: nobody listens. */
const silentConsole = `globalThis.console = Object.defineProperty(Object.fromEntries(
  'debug error info log warn dir dirxml table trace group groupCollapsed groupEnd clear count countReset assert profile profileEnd time timeLog timeEnd timeStamp context createTask'
    .split(' ').map((name) => [name, { [name]() {} }[name]])), Symbol.toStringTag, { value: 'console', configurable: true });
Object.defineProperty(globalThis, 'console', { enumerable: false });`;

export const scripts: Family = ({ isolate }) => {
  const { rt } = isolate;
  const contexts: Immovable[] = [];
  /** Top-level code by the number that the library has of it; it does not move. */
  const loaded: Immovable[] = [];

  const contextAt = (index: number): Immovable => {
    if (index === -1) return rt.nativeContext;
    const context = contexts[index];
    if (context === undefined) throwTypeError(rt, 'Plain', 'expected a context');
    return context;
  };
  const within = <T>(index: number, action: () => T): T => rt.realms.within(contextAt(index), action);

  /** Makes the syntax errors of `compile` the program's, of the realm it is compiled in. */
  const compiling = <T>(source: string, name: string | undefined, compile: () => T): T => {
    try {
      return compile();
    } catch (error) {
      if (!(error instanceof JsSyntaxError)) throw error;
      return name === undefined ? isolate.throwSyntaxError(error) : isolate.throwSyntaxError(error, source, name);
    }
  };
  const newContext = (): Immovable => {
    const context = newRealm(rt);
    contexts.push(context);
    const token = rt.realms.intrinsicOf(rt.realms.all[0]!, NativeContextSlot.SecurityToken);
    rt.realms.within(context, () => {
      rt.setIntrinsic(NativeContextSlot.SecurityToken, token);
      for (const name of ['print', 'queueMicrotask'])
        deleteProperty(rt, rt.intrinsic(NativeContextSlot.GlobalObject), rt.factory.internalize(name), false);
      isolate.runScript(silentConsole, 'node:vm', { native: true });
    });
    return context;
  };
  const passed = (milliseconds: number) => (): never =>
    throwWith(rt, 'Error', `Script execution timed out after ${milliseconds}ms`, {
      code: 'ERR_SCRIPT_EXECUTION_TIMEOUT',
    });

  return {
    /** makeContext(traps or undefined, sandbox, allows code from strings): the context's number and its global. */
    makeContext: (_rt, args) => {
      const context = newContext();
      rt.realms.within(context, () => {
        if (!flagAt(args, 2)) rt.setIntrinsic(NativeContextSlot.AllowCodeGenFromStrings, StaticRoot.False);
        if (isJSReceiver(rt, args.at(0))) interceptGlobal(rt, args.at(0), args.at(1));
      });
      const global = rt.realms.intrinsicOf(context, NativeContextSlot.GlobalProxy);
      return rt.factory.newJSArrayFrom([(contexts.length - 1) << 1, global]);
    },
    /** compileScript(source, name, context, referrer of import()): a number for runScript. */
    compileScript: (_rt, args) => {
      const [source, name] = [textAt(rt, args, 0), textAt(rt, args, 1)];
      const referrer = textAt(rt, args, 3);
      const load = (): Immovable => isolate.scripts.load(source, name, { referrer }) as Immovable;
      loaded.push(within(numberAt(rt, args, 2), () => compiling(source, name, load)));
      return (loaded.length - 1) << 1;
    },
    /** runScript(script, context, milliseconds or −1, has its own jobs): the script's value. */
    runScript: (_rt, args) => {
      const code = loaded[numberAt(rt, args, 0)];
      if (code === undefined) throwTypeError(rt, 'Plain', 'expected a script');
      const context = numberAt(rt, args, 1);
      const milliseconds = numberAt(rt, args, 2);
      const run = (): Tagged => within(context, () => isolate.runLoaded(code));
      const timed = (): Tagged =>
        milliseconds > 0 ? isolate.deadlines.run(milliseconds, run, passed(milliseconds)) : run();
      return flagAt(args, 3) ? withOwnMicrotasks(rt, () => valueAndJobs(rt, timed)) : timed();
    },
    /** compileFunction(source, name, parameters, context, referrer of import()) */
    compileFunction: (_rt, args) => {
      const wrapper = textsAt(rt, args, 2);
      const source = textAt(rt, args, 0);
      const name = textAt(rt, args, 1);
      const referrer = textAt(rt, args, 4);
      return within(numberAt(rt, args, 3), () =>
        compiling(source, undefined, () => isolate.closureOf(source, name, { wrapper, referrer })),
      );
    },
  };
};

const valueAndJobs = (rt: Runtime, run: () => Tagged): Tagged => {
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const value = heap.handle(run());
    runMicrotasks(rt);
    return heap.deref(value);
  } finally {
    heap.closeHandles(scope);
  }
};
