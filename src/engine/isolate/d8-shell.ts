// `bailout d8`: V8's developer shell. Plain scripts in one realm, in order; print, load, read, readline, quit, gc, version.

import { dirname, resolve } from 'node:path';
import type { Tagged } from '../heap/index.ts';
import { JsSyntaxError } from '../ignition/index.ts';
import { StaticRoot } from '../objects/index.ts';
import {
  type Arguments,
  addOrReplace,
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
    defineHostGlobal(
      isolate,
      'arguments',
      factory.newJSArrayFrom(options.scriptArguments.map((argument) => factory.newString(argument))),
    );
    this.installRealm();
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
  run(files: readonly { readonly name: string; readonly source: string; readonly isModule?: boolean }[]): number {
    const { isolate } = this;
    try {
      for (const { name, source, isModule } of files) {
        this.directory = dirname(name);
        try {
          const run = isModule
            ? () => this.runModule(resolve(name), source)
            : () => isolate.runScript(source, name, { referrer: resolve(name) });
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
