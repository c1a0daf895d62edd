// CommonJS modules: `require`, the module objects, their cache.

import { dirname, resolve } from 'node:path';
import type { Tagged } from '../heap/index.ts';
import { JsSyntaxError } from '../ignition/index.ts';
import { FileError, global, hostFunction, type Isolate } from '../isolate/index.ts';
import { StaticRoot } from '../objects/index.ts';
import { addOrReplace, deleteProperty, getNamed, newErrorObject, newPlainObject, toHost } from '../runtime/index.ts';
import type { BuiltinModules } from './builtin-modules.ts';

const wrapper = ['exports', 'require', 'module', '__filename', '__dirname'] as const;

export class CommonJsLoader {
  private readonly isolate: Isolate;
  private readonly builtins: BuiltinModules;
  /** A handle for the shell's life: module objects by path. */
  private readonly cache: number;
  /** The file that was loaded first: require.main in every file. */
  private main: string | undefined;
  /** SharedFunctionInfos of programs that were compiled ahead. */
  private readonly preloaded = new Map<string, Tagged>();

  constructor(isolate: Isolate, builtins: BuiltinModules) {
    this.isolate = isolate;
    this.builtins = builtins;
    this.cache = isolate.heap.handle(newPlainObject(isolate.rt));
  }

  /** Compiles a file without running it. Throws JsSyntaxError. */
  preload(file: string, source: string): void {
    if (!this.preloaded.has(file)) this.preloaded.set(file, this.isolate.scripts.load(source, file, { wrapper }));
  }

  isPreloaded(file: string): boolean {
    return this.preloaded.has(file);
  }

  /** Runs a file; its exports. Throws JsSyntaxError for its own text. */
  load(file: string, source: string): Tagged {
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
    const { isolate, builtins } = this;
    const { rt, host } = isolate;
    const name = request.replace(/^node:/, '');
    if (builtins.has(name)) return builtins.require(name);
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
      return this.load(path, source);
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
}
