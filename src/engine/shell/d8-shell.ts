// `bailout d8`: V8's developer shell. Plain scripts in order, in one realm unless Realm.switch says another; print, load, read, readline, quit, gc, version.

import { dirname, resolve } from 'node:path';
import type { FunctionRef } from '../bytecode/index.ts';
import type { Tagged } from '../heap/index.ts';
import { JsSyntaxError } from '../ignition/index.ts';
import {
  defineHostGlobal,
  type HostFunction,
  hostFunction,
  type Isolate,
  Quit,
  syntaxErrorReport,
} from '../isolate/index.ts';
import { isOneByte, PropertyAttributes, StaticRoot } from '../objects/index.ts';
import {
  type Arguments,
  addOrReplace,
  type Embedder,
  isString,
  newErrorObject,
  newPlainObject,
  type Runtime,
  toHost,
  toNumberValue,
  toString,
} from '../runtime/index.ts';
import { D8Realms } from './d8-realms.ts';
import { isSettled, ModuleLoader } from './modules.ts';
import { runGuarded, Timers } from './shell.ts';

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

const quit: HostFunction = (rt, args) => {
  throw new Quit(args.length > 0 ? toNumberValue(rt, args.at(0)) : 0);
};

const withString =
  (message: string, fn: (rt: Runtime, string: Tagged) => Tagged): HostFunction =>
  (rt, args) => {
    if (args.length < 1 || !isString(rt, args.at(0))) rt.throw(rt.factory.newString(message));
    return fn(rt, args.at(0));
  };

/** V8's extension of --expose-externalize-string. Strings stay where they are: their contents are all that can be seen. */
const externalizing: Readonly<Record<string, HostFunction>> = {
  externalizeString: withString('First parameter to externalizeString() must be a string.', () => StaticRoot.Undefined),
  createExternalizableString: withString(
    'First parameter to createExternalizableString() must be a string.',
    (_rt, string) => string,
  ),
  isOneByteString: withString('isOneByteString() requires a single string argument.', (rt, string) =>
    isOneByte(rt.heap, string) ? StaticRoot.True : StaticRoot.False,
  ),
};

export class D8Shell {
  readonly isolate: Isolate;
  private readonly realms: D8Realms;
  private readonly functions: Readonly<Record<string, readonly [fn: HostFunction, length: number]>>;
  private readonly timers: Timers;
  private readonly modules: ModuleLoader;
  /** Directory that load() paths are relative to: the running script's. */
  private directory = '.';

  /** @param newIsolate makes the isolate, with what the shell does for it */
  constructor(newIsolate: (embedder: Embedder) => Isolate, options: D8Options) {
    const isolate = newIsolate({
      sleep: (milliseconds) => this.isolate.host.sleep(milliseconds),
      postTask: (callback, milliseconds, keepsAlive) => this.timers.post(callback, milliseconds, keepsAlive),
      loadModule: (specifier, referrer, type) => this.modules.load(specifier, referrer, type),
      initializeImportMeta: (file, meta) => this.modules.initializeMeta(file, meta),
    });
    this.isolate = isolate;
    this.timers = new Timers(isolate);
    this.modules = new ModuleLoader(isolate);
    this.realms = new D8Realms(isolate, () => this.installGlobals(options));
    this.functions = this.globalFunctions();
    this.installGlobals(options);
  }

  /** What d8 has in each realm. */
  private installGlobals(options: D8Options): void {
    const { isolate, functions } = this;
    const { factory } = isolate.rt;
    this.timers.install();
    for (const [name, [fn, length]] of Object.entries(functions))
      defineHostGlobal(isolate, name, hostFunction(isolate, name, fn, length));
    defineHostGlobal(isolate, 'performance', this.object(this.performance));
    // without arguments there is no such global
    if (options.scriptArguments.length > 0)
      defineHostGlobal(
        isolate,
        'arguments',
        factory.newJSArrayFrom(options.scriptArguments.map((argument) => factory.newString(argument))),
      );
    this.realms.install();
    defineHostGlobal(isolate, 'testRunner', this.object(this.testRunner));
    this.installD8();
    if (isolate.flags?.get('expose-externalize-string') === true) this.installExternalizeString();
  }

  private globalFunctions(): Readonly<Record<string, readonly [fn: HostFunction, length: number]>> {
    const { rt, host } = this.isolate;
    const { factory } = rt;
    const text = (args: Arguments): string => {
      const parts: string[] = [];
      for (let i = 0; i < args.length; i++) parts.push(toHost(rt, toString(rt, args.at(i))));
      return parts.join(' ');
    };
    const printing =
      (write: (text: string) => void): HostFunction =>
      (_rt, args) => {
        write(text(args));
        return StaticRoot.Undefined;
      };
    return {
      print: [printing((line) => host.write('stdout', `${line}\n`)), 0],
      printErr: [printing((line) => host.write('stderr', `${line}\n`)), 0],
      write: [printing((part) => host.write('stdout', part)), 0],
      read: [(_rt, args) => factory.newString(this.readFile(toHost(rt, toString(rt, args.at(0))))), 1],
      load: [
        (_rt, args) => {
          for (let i = 0; i < args.length; i++) this.load(toHost(rt, toString(rt, args.at(i))));
          return StaticRoot.Undefined;
        },
        0,
      ],
      readline: [
        () => {
          const line = host.readLine();
          return line === undefined ? StaticRoot.Undefined : factory.newString(line);
        },
        0,
      ],
      quit: [quit, 0],
      version: [() => factory.newString('13.6.0'), 0],
    };
  }

  private readonly performance = { now: (() => this.now()) as HostFunction };
  private now(): Tagged {
    return this.isolate.rt.factory.newNumber(this.isolate.host.monotonicTime());
  }

  /** Tests that end later say so. Nothing from outside can wake them, so that what is waited for in vain ends the run. */
  private readonly testRunner: Readonly<Record<string, HostFunction>> = {
    waitUntilDone: () => StaticRoot.Undefined,
    notifyDone: () => StaticRoot.Undefined,
    quit,
  };

  private readFile(path: string): string {
    const { rt, host } = this.isolate;
    try {
      return host.readFile(path);
    } catch {
      return rt.throw(newErrorObject(rt, 'Error', `Error reading file: ${path}`));
    }
  }

  /** An object of host functions. */
  private object(functions: Readonly<Record<string, HostFunction>>): Tagged {
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

  private path(args: Arguments): string {
    const { rt } = this.isolate;
    return toHost(rt, toString(rt, args.at(0)));
  }
  private readonly file: Readonly<Record<string, HostFunction>> = {
    read: (rt, args) => rt.factory.newString(this.readFile(this.path(args))),
    execute: (_rt, args) => {
      this.load(this.path(args));
      return StaticRoot.Undefined;
    },
    exists: (_rt, args) =>
      this.isolate.host.kindOf(this.path(args)) === undefined ? StaticRoot.False : StaticRoot.True,
  };
  private readonly log: Readonly<Record<string, HostFunction>> = { getAndStop: () => StaticRoot.EmptyString };

  /** d8.file and d8.log; what else d8 has below `d8` is not there. */
  private installD8(): void {
    const { isolate } = this;
    const { rt } = isolate;
    const scope = rt.heap.openHandles();
    const held = rt.heap.handle(this.object(this.file));
    const log = rt.heap.handle(this.object(this.log));
    const d8 = newPlainObject(rt);
    addOrReplace(rt, d8, rt.factory.internalize('file'), rt.heap.deref(held), PropertyAttributes.None);
    addOrReplace(rt, d8, rt.factory.internalize('log'), rt.heap.deref(log), PropertyAttributes.None);
    defineHostGlobal(isolate, 'd8', d8);
    rt.heap.closeHandles(scope);
  }

  private installExternalizeString(): void {
    for (const [name, fn] of Object.entries(externalizing))
      defineHostGlobal(this.isolate, name, hostFunction(this.isolate, name, fn));
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
            : () => this.realms.run(() => isolate.runScript(source, name, { referrer: resolve(name), compiled }));
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
