// `bailout run`: a program as Node runs it: CommonJS, or an ES module (.mjs, or a source that only parses as one). Console, timers,
// process.

import { dirname, resolve } from 'node:path';
import { cloneKind, inspectInLines } from '../builtins/index.ts';
import type { Tagged } from '../heap/index.ts';
import { JsSyntaxError } from '../ignition/index.ts';
import { StaticRoot } from '../objects/index.ts';
import {
  addOrReplace,
  deleteProperty,
  enumerableOwnKeys,
  getNamed,
  NativeContextSlot,
  newErrorObject,
  newPlainObject,
  toHost,
  toNumberValue,
} from '../runtime/index.ts';
import { Quit } from './errors.ts';
import type { Isolate } from './isolate.ts';
import { ModuleLoader } from './modules.ts';
import { assertSource } from './node-assert.ts';
import { defineHostGlobal, global, hostFunction, runGuarded, syntaxErrorReport, Timers } from './shell.ts';
import { FileError } from './text-file.ts';

const wrapper = ['exports', 'require', 'module', '__filename', '__dirname'] as const;

/** Complaints about a CommonJS source that is a module. */
const onlyInModules =
  /^(?:Cannot use import statement outside a module|Unexpected token 'export'|Cannot use 'import.meta' outside a module|await is only valid)/;

export class NodeShell {
  private readonly isolate: Isolate;
  private readonly timers: Timers;
  private readonly modules: ModuleLoader;
  /** A handle for the shell's life: module objects by path. */
  private readonly cache: number;
  /** The file that was loaded first: require.main in every file. */
  private main: string | undefined;
  /** SharedFunctionInfos of programs that were compiled ahead. */
  private readonly preloaded = new Map<string, Tagged>();

  constructor(isolate: Isolate, argv: readonly string[]) {
    this.isolate = isolate;
    const { rt } = isolate;
    this.timers = new Timers(isolate);
    this.modules = new ModuleLoader(isolate);
    this.modules.provided = (specifier) => this.providedModule(specifier);
    this.cache = rt.heap.handle(newPlainObject(rt));
    this.installProcess(argv);
    defineHostGlobal(isolate, 'global', rt.intrinsic(NativeContextSlot.GlobalProxy));
    this.installPerformance();
  }

  private installPerformance(): void {
    const { isolate } = this;
    const { rt } = isolate;
    const performance = newPlainObject(rt);
    addOrReplace(
      rt,
      performance,
      rt.factory.internalize('now'),
      hostFunction(isolate, 'now', () => rt.factory.newNumber(isolate.host.monotonicTime())),
      0,
    );
    defineHostGlobal(isolate, 'performance', performance);
  }

  private installProcess(argv: readonly string[]): void {
    const { isolate } = this;
    const { rt } = isolate;
    const { factory } = rt;
    const process = newPlainObject(rt);
    const set = (name: string, value: Tagged): void => addOrReplace(rt, process, factory.internalize(name), value, 0);
    set('argv', factory.newJSArrayFrom(argv.map((text) => factory.newString(text))));
    set('platform', factory.newString('linux'));
    set('env', newPlainObject(rt));
    set('version', factory.newString('v24.0.0'));
    const stdout = newPlainObject(rt);
    const write = hostFunction(isolate, 'write', (runtime, args) => {
      isolate.host.write('stdout', toHost(runtime, args.at(0)));
      return StaticRoot.True;
    });
    addOrReplace(rt, stdout, factory.internalize('write'), write, 0);
    set('stdout', stdout);
    set(
      'exit',
      hostFunction(isolate, 'exit', (runtime, args) => {
        throw new Quit(args.at(0) === StaticRoot.Undefined ? this.exitCode() : toNumberValue(runtime, args.at(0)));
      }),
    );
    set(
      'hrtime',
      hostFunction(isolate, 'hrtime', () => {
        const now = isolate.host.monotonicTime();
        return factory.newJSArrayFrom([
          factory.newNumber(Math.floor(now / 1000)),
          factory.newNumber(Math.floor((now % 1000) * 1e6)),
        ]);
      }),
    );
    set(
      'cwd',
      hostFunction(isolate, 'cwd', () => factory.newString(isolate.host.currentDirectory())),
    );
    set(
      'on',
      hostFunction(isolate, 'on', (runtime, args) => {
        const event = toHost(runtime, args.at(0));
        if (event !== 'exit') isolate.host.write('stderr', `warning: process.on('${event}') has no meaning here\n`);
        else {
          const key = factory.internalize(`exit${this.exitListeners++}`);
          addOrReplace(runtime, runtime.heap.deref(this.cache), key, args.at(1), 0);
        }
        return getNamed(runtime, global(isolate), 'process');
      }),
    );
    defineHostGlobal(isolate, 'process', process);
  }

  /** What process.on('exit') was given stands in the cache, under the names exit0, exit1 … */
  private exitListeners = 0;

  /** Runs the program, then its exit listeners; its exit status. */
  run(file: string, source: string): number {
    const status = this.runToEnd(file, source);
    if (this.exitListeners === 0) return status;
    const { rt } = this.isolate;
    let code = status;
    try {
      for (let i = 0; i < this.exitListeners; i++) {
        const listener = getNamed(rt, rt.heap.deref(this.cache), `exit${i}`);
        if (!runGuarded(this.isolate, 'node', () => void rt.call(listener, StaticRoot.Undefined, code << 1))) return 1;
        if (code === 0) code = this.exitCode();
      }
    } catch (error) {
      if (!(error instanceof Quit)) throw error;
      code = error.status;
    }
    return code;
  }

  private runToEnd(file: string, source: string): number {
    const { isolate } = this;
    try {
      try {
        if (this.isModule(file, source)) return this.runModule(file, source);
        const ok = runGuarded(isolate, 'node', () => this.loadModule(file, source));
        if (!ok) return 1;
        const finished = this.timers.loop((action) => runGuarded(isolate, 'node', action));
        return finished ? this.exitCode() : 1;
      } catch (error) {
        if (error instanceof JsSyntaxError) {
          isolate.host.write('stderr', syntaxErrorReport(error, file, source));
          return 1;
        }
        throw error;
      }
    } catch (error) {
      if (error instanceof Quit) return error.status;
      throw error;
    }
  }

  /** As Node decides it where no package.json does: by extension, else by what the source parses as. Parses a CommonJS file ahead. */
  private isModule(file: string, source: string): boolean {
    if (/\.mjs$/.test(file)) return true;
    if (/\.cjs$/.test(file) || this.preloaded.has(file)) return false;
    if (this.moduleFiles.has(file)) return true;
    try {
      this.preloaded.set(file, this.isolate.scripts.load(source, file, { wrapper }));
      return false;
    } catch (error) {
      // what is too deep to parse fails again where it is reported
      if (error instanceof RangeError) return false;
      if (!(error instanceof JsSyntaxError) || !onlyInModules.test(error.message)) throw error;
      return true;
    }
  }
  /** Files that were parsed ahead as modules. */
  private readonly moduleFiles = new Set<string>();

  private runModule(file: string, source: string): number {
    const { isolate, modules } = this;
    const { heap } = isolate;
    const guarded = (action: () => void): boolean => runGuarded(isolate, 'node', action);
    const main = modules.loadMain.bind(modules, file, source);
    let promise = -1;
    const settled = (): boolean => promise >= 0 && modules.check(heap.deref(promise));
    const scope = heap.openHandles();
    try {
      const ok = guarded(() => {
        const id = main();
        promise = heap.handle(modules.run(id));
        isolate.runMicrotasks();
        settled();
      });
      if (!ok) return 1;
      const finished = this.timers.loop((action) =>
        guarded(() => {
          action();
          isolate.runMicrotasks();
          settled();
        }),
      );
      if (!finished) return 1;
      if (settled()) return this.exitCode();
      isolate.host.write('stderr', 'Warning: Detected unsettled top-level await\n');
      return 13;
    } finally {
      heap.closeHandles(scope);
    }
  }

  /** `import fs from 'node:fs'`: the object that require() gives, and its properties. */
  private providedModule(specifier: string): readonly (readonly [string, Tagged])[] | undefined {
    if (/^(?:\.{0,2}\/|file:)/.test(specifier)) return undefined;
    const { rt } = this.isolate;
    const { heap } = rt;
    const value = this.builtinModule(specifier.replace(/^node:/, ''));
    if (value === undefined) return undefined;
    const object = heap.handle(value);
    const names = enumerableOwnKeys(rt, value).map((key) => toHost(rt, key));
    return [
      ['default', heap.deref(object)],
      ...names.map((name): [string, Tagged] => [name, getNamed(rt, heap.deref(object), name)]),
    ];
  }

  private exitCode(): number {
    const { rt } = this.isolate;
    const process = getNamed(rt, global(this.isolate), 'process');
    if ((process & 1) === 0) return 0;
    const code = getNamed(rt, process, 'exitCode');
    return (code & 1) === 0 ? code >> 1 : 0;
  }

  /** Compiles the program without running it, so that breakpoints can be set. Throws JsSyntaxError. */
  preload(file: string, source: string): void {
    if (this.isModule(file, source)) {
      this.modules.preload(file, source);
      this.moduleFiles.add(file);
    } else if (!this.preloaded.has(file))
      this.preloaded.set(file, this.isolate.scripts.load(source, file, { wrapper }));
  }

  private loadModule(file: string, source: string): Tagged {
    const { isolate } = this;
    const { rt } = isolate;
    const { factory, heap } = rt;
    const known = this.preloaded.get(file);
    const closure = known === undefined ? isolate.closureOf(source, file, { wrapper }) : isolate.topLevelClosure(known);
    const scope = heap.openHandles();
    const fn = heap.handle(closure);
    const module = heap.handle(newPlainObject(rt));
    const exports = heap.handle(newPlainObject(rt));
    addOrReplace(rt, heap.deref(module), factory.internalize('exports'), heap.deref(exports), 0);
    addOrReplace(rt, heap.deref(module), factory.internalize('filename'), factory.newString(file), 0);
    addOrReplace(rt, heap.deref(this.cache), factory.internalize(file), heap.deref(module), 0);
    const require = heap.handle(
      hostFunction(isolate, 'require', (runtime, args) => this.require(toHost(runtime, args.at(0)), dirname(file)), 1),
    );
    this.main ??= file;
    addOrReplace(
      rt,
      heap.deref(require),
      factory.internalize('main'),
      getNamed(rt, heap.deref(this.cache), this.main),
      0,
    );
    rt.call(
      heap.deref(fn),
      heap.deref(exports),
      heap.deref(exports),
      heap.deref(require),
      heap.deref(module),
      factory.newString(file),
      factory.newString(dirname(file)),
    );
    const result = getNamed(rt, heap.deref(module), 'exports');
    heap.closeHandles(scope);
    return result;
  }

  private require(request: string, from: string): Tagged {
    const { isolate } = this;
    const { rt, host } = isolate;
    const builtin = this.builtinModule(request.replace(/^node:/, ''));
    if (builtin !== undefined) return builtin;
    const base = resolve(from, request);
    const path = [base, `${base}.js`, `${base}.cjs`, `${base}.json`, `${base}/index.js`].find((candidate) =>
      host.isFile(candidate),
    );
    if (path === undefined) {
      const error = newErrorObject(rt, 'Error', `Cannot find module '${request}'`);
      addOrReplace(rt, error, rt.factory.internalize('code'), rt.factory.newString('MODULE_NOT_FOUND'), 0);
      return rt.throw(error);
    }
    const known = getNamed(rt, rt.heap.deref(this.cache), path);
    if (known !== StaticRoot.Undefined) return getNamed(rt, known, 'exports');
    const source = this.readFile(path);
    if (path.endsWith('.json')) {
      const json = getNamed(rt, global(isolate), 'JSON');
      const exports = rt.heap.handle(rt.call(getNamed(rt, json, 'parse'), json, rt.factory.newString(source)));
      const module = newPlainObject(rt);
      addOrReplace(rt, module, rt.factory.internalize('exports'), rt.heap.deref(exports), 0);
      addOrReplace(rt, rt.heap.deref(this.cache), rt.factory.internalize(path), module, 0);
      return rt.heap.deref(exports);
    }
    try {
      return this.loadModule(path, source);
    } catch (error) {
      // a later require tries again
      const exception = rt.hasPendingException ? rt.heap.handle(rt.takeException()) : 0;
      deleteProperty(rt, rt.heap.deref(this.cache), rt.factory.internalize(path), false);
      if (error instanceof JsSyntaxError) isolate.throwSyntaxError(error);
      if (exception !== 0) rt.setPendingException(rt.heap.deref(exception));
      throw error;
    }
  }

  private readFile(path: string): string {
    const { rt, host } = this.isolate;
    try {
      return host.readFile(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const thrown = newErrorObject(rt, 'Error', `${error.code}: ${error.message}, open '${path}'`);
      addOrReplace(rt, thrown, rt.factory.internalize('code'), rt.factory.newString(error.code), 0);
      return rt.throw(thrown);
    }
  }

  /** The same object at every require. */
  private assertModule(): Tagged {
    const { isolate } = this;
    const { rt } = isolate;
    const known = getNamed(rt, rt.heap.deref(this.cache), 'node:assert');
    if (known !== StaticRoot.Undefined) return known;
    const { heap, factory } = rt;
    const scope = heap.openHandles();
    const make = heap.handle(isolate.runScript(assertSource, 'node:assert', { native: true }));
    const kind = heap.handle(
      hostFunction(isolate, 'kind', (_rt, args) => factory.internalize(cloneKind(rt, args.at(0))), 1),
    );
    const show = hostFunction(isolate, 'show', (_rt, args) => factory.newString(inspectInLines(rt, args.at(0))), 1);
    const assert = rt.call(heap.deref(make), StaticRoot.Undefined, heap.deref(kind), show);
    heap.closeHandles(scope);
    addOrReplace(rt, rt.heap.deref(this.cache), rt.factory.internalize('node:assert'), assert, 0);
    return assert;
  }

  private builtinModule(name: string): Tagged | undefined {
    const { isolate } = this;
    const { rt } = isolate;
    if (name === 'perf_hooks') {
      const module = newPlainObject(rt);
      addOrReplace(rt, module, rt.factory.internalize('performance'), getNamed(rt, global(isolate), 'performance'), 0);
      return module;
    }
    if (name === 'assert') return this.assertModule();
    if (name === 'assert/strict') return getNamed(rt, this.assertModule(), 'strict');
    if (name === 'process') return getNamed(rt, global(isolate), 'process');
    if (name === 'timers') return rt.intrinsic(NativeContextSlot.GlobalProxy);
    return undefined;
  }
}
