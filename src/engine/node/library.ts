// Node's library inside the engine: modules of JavaScript (src/node-library), each evaluated when it is first required, and the
// host's bindings below them.
//
// Invariant: the program never holds a host object. Modules get `internalBinding`, whose functions take and return copies;
// neither it nor `require` of internal modules is reachable from what modules export.

import type { Tagged } from '../heap/index.ts';
import { compileScript } from '../ignition/index.ts';
import { functionFromImage, functionImage, type HostFunction, hostFunction, type Isolate } from '../isolate/index.ts';
import { StaticRoot } from '../objects/index.ts';
import {
  addOrReplace,
  dataPropertyOnChain,
  getNamed,
  newErrorObject,
  newPlainObject,
  toHost,
} from '../runtime/index.ts';
import type { BindingContext } from './bindings/binding.ts';
import { bindings } from './bindings/index.ts';
import type { BuiltinModules } from './builtin-modules.ts';
import { type LibraryTexts, libraryCode, openLibraryTexts } from './library-texts.ts';
import { publicModules } from './public-modules.ts';

/** Parameters of a module's function. */
const wrapper = ['exports', 'require', 'module', 'internalBinding'] as const;

/** The library's code, compiled: what the build writes beside its texts. */
export const createLibraryCode = (buildId: string): Uint8Array =>
  libraryCode(openLibraryTexts(), buildId, (source) => functionImage(compileScript(source, { wrapper, strict: true })));

export class NodeLibrary implements BuiltinModules {
  private readonly context: BindingContext;
  private readonly isolate: Isolate;
  /** A handle for the shell's life: an object with modules by `id:`, bindings by `name:`, and the modules' parameters. */
  private readonly kept: number;
  private texts: LibraryTexts | undefined;

  private readonly onLoaded: (id: string) => void;

  /** @param onLoaded called after a module ran */
  constructor(context: BindingContext, onLoaded: (id: string) => void) {
    this.context = context;
    this.onLoaded = onLoaded;
    this.isolate = context.isolate;
    const { rt, heap } = context.isolate;
    this.kept = heap.handle(newPlainObject(rt));
  }

  has(name: string): boolean {
    return publicModules.has(name);
  }

  require(name: string): Tagged {
    return this.load(name);
  }

  /** One export of a module. */
  exported(id: string, name: string): Tagged {
    return getNamed(this.isolate.rt, this.load(id), name);
  }

  /** Something of the library's own, by its name there. Runs no JavaScript. */
  private part(name: string): Tagged {
    const { rt, heap } = this.isolate;
    return dataPropertyOnChain(rt, heap.deref(this.kept), rt.factory.internalize(name));
  }

  /** Whether a module has run. */
  isLoaded(id: string): boolean {
    return this.part(`id:${id}`) !== StaticRoot.Undefined;
  }

  /** The exports of a module, internal ones too. May run JavaScript. */
  load(id: string): Tagged {
    const { rt, heap } = this.isolate;
    const known = this.part(`id:${id}`);
    if (known !== StaticRoot.Undefined) return getNamed(rt, known, 'exports');
    this.texts ??= openLibraryTexts();
    if (!this.texts.has(id)) return rt.throw(newErrorObject(rt, 'Error', `No such built-in module: ${id}`));
    if (this.part('require') === StaticRoot.Undefined) this.makeFunctions();
    const { factory } = rt;
    const scope = heap.openHandles();
    const module = heap.handle(newPlainObject(rt));
    const exports = heap.handle(newPlainObject(rt));
    addOrReplace(rt, heap.deref(module), factory.internalize('exports'), heap.deref(exports), 0);
    addOrReplace(rt, heap.deref(this.kept), factory.internalize(`id:${id}`), heap.deref(module), 0);
    const closure = heap.handle(this.isolate.topLevelClosure(this.compiled(id)));
    try {
      rt.call(
        heap.deref(closure),
        StaticRoot.Undefined,
        heap.deref(exports),
        this.part('require'),
        heap.deref(module),
        this.part('internalBinding'),
      );
    } catch (error) {
      addOrReplace(rt, heap.deref(this.kept), factory.internalize(`id:${id}`), StaticRoot.Undefined, 0);
      throw error;
    }
    this.onLoaded(id);
    const result = getNamed(rt, heap.deref(module), 'exports');
    heap.closeHandles(scope);
    return result;
  }

  /** The code of a module: from the build's, or compiled here. */
  private compiled(id: string): Tagged {
    const { scripts } = this.isolate;
    const texts = this.texts!;
    const source = texts.read(id);
    const image = texts.code(id);
    const options = { native: true, wrapper, strict: true };
    if (image === undefined) return scripts.load(source, `node:${id}`, options);
    return scripts.load(source, `node:${id}`, { ...options, compiled: functionFromImage(image) });
  }

  /** What every module is called with. */
  private makeFunctions(): void {
    const { rt, heap } = this.isolate;
    const functions: Readonly<Record<string, HostFunction>> = {
      require: (_rt, args) => this.load(toHost(rt, args.at(0))),
      internalBinding: (_rt, args) => this.binding(toHost(rt, args.at(0))),
    };
    for (const [name, fn] of Object.entries(functions))
      addOrReplace(rt, heap.deref(this.kept), rt.factory.internalize(name), hostFunction(this.isolate, name, fn, 1), 0);
  }

  private binding(name: string): Tagged {
    const { rt, heap } = this.isolate;
    const known = this.part(`name:${name}`);
    if (known !== StaticRoot.Undefined) return known;
    const family = Object.hasOwn(bindings, name) ? bindings[name] : undefined;
    if (family === undefined) return rt.throw(newErrorObject(rt, 'Error', `No such binding: ${name}`));
    const rows = family(this.context);
    const scope = heap.openHandles();
    const object = heap.handle(newPlainObject(rt));
    for (const [key, fn] of Object.entries(rows))
      addOrReplace(rt, heap.deref(object), rt.factory.internalize(key), hostFunction(this.isolate, key, fn), 0);
    addOrReplace(rt, heap.deref(this.kept), rt.factory.internalize(`name:${name}`), heap.deref(object), 0);
    const result = heap.deref(object);
    heap.closeHandles(scope);
    return result;
  }
}
