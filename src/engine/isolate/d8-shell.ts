// `bailout d8`: V8's developer shell. Plain scripts in one realm, in order; print, load, read, readline, quit, gc, version.

import { dirname, resolve } from 'node:path';
import type { FunctionRef } from '../bytecode/index.ts';
import type { Tagged } from '../heap/index.ts';
import { JsSyntaxError } from '../ignition/index.ts';
import { isOneByte, PropertyAttributes, StaticRoot } from '../objects/index.ts';
import {
  type Arguments,
  addOrReplace,
  isString,
  NativeContextSlot,
  newErrorObject,
  newPlainObject,
  type Runtime,
  toHost,
  toNumberValue,
  toString,
} from '../runtime/index.ts';
import { Quit, syntaxErrorReport } from './errors.ts';
import type { Isolate } from './isolate.ts';
import { isSettled, ModuleLoader } from './modules.ts';
import { defineHostGlobal, hostFunction, runGuarded, Timers } from './shell.ts';

export interface D8Options {
  readonly scriptArguments: readonly string[];
}

export interface D8File {
  readonly name: string;
  readonly source: string;
  readonly isModule?: boolean;
  /** What the source of a plain script was compiled to before. */
  readonly compiled?: FunctionRef;
}

export class D8Shell {
  private readonly isolate: Isolate;
  private readonly timers: Timers;
  private readonly modules: ModuleLoader;
  /** Directory that load() paths are relative to: the running script's. */
  private directory = '.';

  constructor(isolate: Isolate, options: D8Options) {
    this.isolate = isolate;
    const { rt, host } = isolate;
    const { factory } = rt;
    this.timers = new Timers(isolate);
    this.modules = new ModuleLoader(isolate);
    const text = (args: Arguments): string => {
      const parts: string[] = [];
      for (let i = 0; i < args.length; i++) parts.push(toHost(rt, toString(rt, args.at(i))));
      return parts.join(' ');
    };
    const define = (name: string, fn: (rt: Runtime, args: Arguments) => Tagged, length = 0): void =>
      defineHostGlobal(isolate, name, hostFunction(isolate, name, fn, length));
    define('print', (_rt, args) => {
      host.write('stdout', `${text(args)}\n`);
      return StaticRoot.Undefined;
    });
    define('printErr', (_rt, args) => {
      host.write('stderr', `${text(args)}\n`);
      return StaticRoot.Undefined;
    });
    define('write', (_rt, args) => {
      host.write('stdout', text(args));
      return StaticRoot.Undefined;
    });
    const read = (_rt: Runtime, args: Arguments): Tagged => {
      const path = toHost(rt, toString(rt, args.at(0)));
      try {
        return factory.newString(host.readFile(path));
      } catch {
        return rt.throw(newErrorObject(rt, 'Error', `Error reading file: ${path}`));
      }
    };
    define('read', read, 1);
    define('load', (_rt, args) => {
      for (let i = 0; i < args.length; i++) this.load(toHost(rt, toString(rt, args.at(i))));
      return StaticRoot.Undefined;
    });
    define('readline', () => {
      const line = host.readLine();
      return line === undefined ? StaticRoot.Undefined : factory.newString(line);
    });
    define('quit', (_rt, args) => {
      throw new Quit(args.length > 0 ? toNumberValue(rt, args.at(0)) : 0);
    });
    define('version', () => factory.newString('13.6.0'));
    const performance = newPlainObject(rt);
    addOrReplace(
      rt,
      performance,
      factory.internalize('now'),
      hostFunction(isolate, 'now', () => factory.newNumber(host.monotonicTime())),
      0,
    );
    defineHostGlobal(isolate, 'performance', performance);
    // without arguments there is no such global
    if (options.scriptArguments.length > 0)
      defineHostGlobal(
        isolate,
        'arguments',
        factory.newJSArrayFrom(options.scriptArguments.map((argument) => factory.newString(argument))),
      );
    this.installRealm();
    this.installTestRunner();
    this.installD8();
    if (isolate.flags?.get('expose-externalize-string') === true) this.installExternalizeString();
  }

  /** An object of host functions. */
  private object(functions: Readonly<Record<string, (rt: Runtime, args: Arguments) => Tagged>>): Tagged {
    const { rt } = this.isolate;
    const scope = rt.heap.openHandles();
    const object = rt.heap.handle(newPlainObject(rt));
    for (const [name, fn] of Object.entries(functions))
      addOrReplace(
        rt,
        rt.heap.deref(object),
        rt.factory.internalize(name),
        hostFunction(this.isolate, name, fn),
        PropertyAttributes.None,
      );
    const result = rt.heap.deref(object);
    rt.heap.closeHandles(scope);
    return result;
  }

  /** Tests that end later say so. Nothing from outside can wake them, so that what is waited for in vain ends the run. */
  private installTestRunner(): void {
    const runner = this.object({
      waitUntilDone: () => StaticRoot.Undefined,
      notifyDone: () => StaticRoot.Undefined,
      quit: (rt, args) => {
        throw new Quit(args.length > 0 ? toNumberValue(rt, args.at(0)) : 0);
      },
    });
    defineHostGlobal(this.isolate, 'testRunner', runner);
  }

  /** d8.file and d8.log; what else d8 has below `d8` is not there. */
  private installD8(): void {
    const { isolate } = this;
    const { rt, host } = isolate;
    const path = (args: Arguments): string => toHost(rt, toString(rt, args.at(0)));
    const readFile = (file: string): string => {
      try {
        return host.readFile(file);
      } catch {
        return rt.throw(newErrorObject(rt, 'Error', `Error reading file: ${file}`));
      }
    };
    const file = this.object({
      read: (_rt, args) => rt.factory.newString(readFile(path(args))),
      execute: (_rt, args) => {
        this.load(path(args));
        return StaticRoot.Undefined;
      },
      exists: (_rt, args) => (host.kindOf(path(args)) === undefined ? StaticRoot.False : StaticRoot.True),
    });
    const scope = rt.heap.openHandles();
    const held = rt.heap.handle(file);
    const log = rt.heap.handle(this.object({ getAndStop: () => StaticRoot.EmptyString }));
    const d8 = newPlainObject(rt);
    addOrReplace(rt, d8, rt.factory.internalize('file'), rt.heap.deref(held), PropertyAttributes.None);
    addOrReplace(rt, d8, rt.factory.internalize('log'), rt.heap.deref(log), PropertyAttributes.None);
    defineHostGlobal(isolate, 'd8', d8);
    rt.heap.closeHandles(scope);
  }

  /** V8's extension of --expose-externalize-string. Strings stay where they are: their contents are all that can be seen. */
  private installExternalizeString(): void {
    const { isolate } = this;
    const { rt } = isolate;
    const define = (name: string, message: string, fn: (string: Tagged) => Tagged): void =>
      defineHostGlobal(
        isolate,
        name,
        hostFunction(isolate, name, (_rt, args) => {
          if (args.length < 1 || !isString(rt, args.at(0))) rt.throw(rt.factory.newString(message));
          return fn(args.at(0));
        }),
      );
    define('externalizeString', 'First parameter to externalizeString() must be a string.', () => StaticRoot.Undefined);
    define(
      'createExternalizableString',
      'First parameter to createExternalizableString() must be a string.',
      (string) => string,
    );
    define('isOneByteString', 'isOneByteString() requires a single string argument.', (string) =>
      isOneByte(rt.heap, string) ? StaticRoot.True : StaticRoot.False,
    );
  }

  private installRealm(): void {
    const { isolate } = this;
    const { rt } = isolate;
    const realm = newPlainObject(rt);
    const set = (name: string, fn: (rt: Runtime, args: Arguments) => Tagged): void =>
      addOrReplace(rt, realm, rt.factory.internalize(name), hostFunction(isolate, name, fn), 0);
    set('current', () => 0);
    set('global', () => rt.intrinsic(NativeContextSlot.GlobalProxy));
    set('eval', (_rt, args) => isolate.runScript(toHost(rt, toString(rt, args.at(1))), '(d8)'));
    defineHostGlobal(isolate, 'Realm', realm);
  }

  private load(path: string): void {
    const { isolate } = this;
    const { rt, host } = isolate;
    const file = host.kindOf(path) === 'file' ? path : resolve(this.directory, path);
    let source: string;
    try {
      source = host.readFile(file);
    } catch {
      return rt.throw(newErrorObject(rt, 'Error', `Error loading file: ${path}`));
    }
    try {
      isolate.runScript(source, path);
    } catch (error) {
      if (error instanceof JsSyntaxError) return rt.throw(newErrorObject(rt, 'SyntaxError', error.message));
      throw error;
    }
  }

  private runModule(file: string, source: string): void {
    const { isolate, modules } = this;
    const { heap } = isolate;
    const id = modules.loadMain(file, source);
    const scope = heap.openHandles();
    const promise = heap.handle(modules.run(id));
    const run = (action: () => void): boolean => runGuarded(isolate, 'd8', action);
    isolate.runMicrotasks();
    while (!isSettled(isolate.rt, heap.deref(promise)) && this.timers.step(run));
    heap.closeHandles(scope);
  }

  /** Runs the files in order; stops at the first that fails. Exit status. */
  run(files: readonly D8File[]): number {
    const { isolate } = this;
    try {
      for (const { name, source, isModule, compiled } of files) {
        this.directory = dirname(name);
        try {
          const run = isModule
            ? () => this.runModule(resolve(name), source)
            : () => isolate.runScript(source, name, { referrer: resolve(name), compiled });
          if (!runGuarded(isolate, 'd8', run)) return 1;
        } catch (error) {
          if (!(error instanceof JsSyntaxError)) throw error;
          isolate.host.write('stdout', syntaxErrorReport(error, name, source));
          return 1;
        }
      }
      return this.timers.loop((action) => runGuarded(isolate, 'd8', action)) ? 0 : 1;
    } catch (error) {
      if (error instanceof Quit) return error.status;
      throw error;
    }
  }
}
