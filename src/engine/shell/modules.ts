// The d8 shell's modules: files by path, and JSON.
//
// Invariant: a module that is in the cache is in the graph with everything it requests, parsed; a load that fails takes its
// modules out again.

import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  isPromise,
  markPromiseHandled,
  moduleGraphOf,
  PromiseStatus,
  promiseResult,
  promiseStatus,
} from '../builtins/index.ts';
import type { Tagged } from '../heap/index.ts';
import { JsSyntaxError } from '../ignition/index.ts';
import type { Isolate } from '../isolate/index.ts';
import { addOrReplace, getNamed, invoke, NativeContextSlot, newErrorObject, type Runtime } from '../runtime/index.ts';

/** Throws what a rejected evaluation of a module was rejected with; whether it is over. */
export const isSettled = (rt: Runtime, promise: Tagged): boolean => {
  if (!isPromise(rt, promise)) return true;
  const status = promiseStatus(rt, promise);
  if (status !== PromiseStatus.Rejected) return status === PromiseStatus.Fulfilled;
  markPromiseHandled(rt, promise);
  return rt.throw(promiseResult(rt, promise));
};

export class ModuleLoader {
  private readonly isolate: Isolate;
  /** Ids by type and file. */
  private readonly cache = new Map<string, number>();

  constructor(isolate: Isolate) {
    this.isolate = isolate;
  }

  /** A program's main module, from its source. Throws JsSyntaxError for it, `jsException` for what it requests. */
  loadMain(file: string, source: string): number {
    return this.transaction((added) => this.compile(file, source, added));
  }

  /** Links and evaluates; the promise of the evaluation. Throws `jsException`. */
  run(id: number): Tagged {
    const graph = moduleGraphOf(this.isolate.rt);
    graph.link(id);
    return graph.evaluate(id);
  }

  initializeMeta(file: string, meta: Tagged): void {
    const { rt } = this.isolate;
    const url = file.startsWith('/') ? pathToFileURL(file).href : file;
    addOrReplace(rt, meta, rt.factory.internalize('url'), rt.factory.newString(url), 0);
  }

  /** Id of the module that `specifier` names in `referrer`, with all it requests. Throws `jsException`. */
  load(specifier: string, referrer: string, type: string | undefined): number {
    try {
      return this.transaction((added) => this.request(specifier, referrer, type, added));
    } catch (error) {
      if (error instanceof JsSyntaxError) this.fail('SyntaxError', error.message);
      throw error;
    }
  }

  private transaction(body: (added: string[]) => number): number {
    const added: string[] = [];
    try {
      return body(added);
    } catch (error) {
      for (const key of added) this.cache.delete(key);
      throw error;
    }
  }

  private fail(kind: 'Error' | 'SyntaxError' | 'TypeError', message: string, code?: string): never {
    const { rt } = this.isolate;
    const error = newErrorObject(rt, kind, message);
    if (code !== undefined) addOrReplace(rt, error, rt.factory.internalize('code'), rt.factory.newString(code), 0);
    return rt.throw(error);
  }

  private request(specifier: string, referrer: string, type: string | undefined, added: string[]): number {
    const { host } = this.isolate;
    if (type !== undefined && type !== 'json')
      this.fail(
        'TypeError',
        `Import attribute "type" with value "${type}" is not supported`,
        'ERR_IMPORT_ATTRIBUTE_UNSUPPORTED',
      );
    const file = this.resolve(specifier, referrer);
    const key = `${type ?? ''}:${file}`;
    const known = this.cache.get(key);
    if (known !== undefined) return known;
    let source: string;
    try {
      source = host.readFile(file);
    } catch {
      return this.fail('Error', `d8: Error reading module from ${file}\n    imported by ${referrer}`);
    }
    if (type === 'json') return this.json(file, source, key, added);
    if (file.endsWith('.json'))
      this.fail(
        'TypeError',
        `Module "${pathToFileURL(file).href}" needs an import attribute of "type: json"`,
        'ERR_IMPORT_ATTRIBUTE_MISSING',
      );
    return this.compile(file, source, added);
  }

  private resolve(specifier: string, referrer: string): string {
    if (specifier.startsWith('file:')) {
      try {
        return fileURLToPath(specifier);
      } catch {
        return this.fail(
          'TypeError',
          `Invalid module '${specifier}' imported from ${referrer}`,
          'ERR_INVALID_MODULE_SPECIFIER',
        );
      }
    }
    // to d8, any other specifier is a path beside the importer
    return resolve(dirname(referrer), specifier.replace(/[?#].*$/, ''));
  }

  private json(file: string, source: string, key: string, added: string[]): number {
    const { rt } = this.isolate;
    const json = getNamed(rt, rt.intrinsic(NativeContextSlot.GlobalObject), 'JSON');
    const value = invoke(rt, json, rt.factory.internalize('parse'), rt.factory.newString(source));
    const id = moduleGraphOf(rt).add({ file, values: [['default', value]] });
    this.cache.set(key, id);
    added.push(key);
    return id;
  }

  private compile(file: string, source: string, added: string[]): number {
    const { scripts, rt } = this.isolate;
    const code = scripts.load(source, file, { isModule: true });
    const data = scripts.refOf(code)!.compile().module!;
    const graph = moduleGraphOf(rt);
    const id = graph.add({ file, data, code });
    this.cache.set(`:${file}`, id);
    added.push(`:${file}`);
    const requests = data.requests.map(({ specifier, type }) => this.request(specifier, file, type, added));
    graph.setRequests(id, requests);
    return id;
  }
}
