// ES modules as Node runs them: URLs, packages, CommonJS files and built-in modules as modules, `import.meta`, require() of a module.
//
// Invariant: a module that is in `ids` is in the graph with everything it requests, parsed; a load that fails takes its modules
// out again.

import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { initSync, parse } from 'cjs-module-lexer';
import {
  type ModuleGraph,
  markPromiseHandled,
  moduleGraphOf,
  PromiseStatus,
  promiseResult,
  promiseStatus,
  type SourceRange,
} from '../builtins/index.ts';
import { IsolateData, type Tagged } from '../heap/index.ts';
import { JsSyntaxError } from '../ignition/index.ts';
import { hostFunction, type Isolate, underline } from '../isolate/index.ts';
import {
  BytecodeArray,
  FixedArray,
  JSFunction,
  JSGeneratorObject,
  JSObject,
  PropertyAttributes,
  SharedFunctionInfo,
  StaticRoot,
} from '../objects/index.ts';
import { addOrReplace, enumerableOwnKeys, getNamed, type ModuleGraphHooks, toHost } from '../runtime/index.ts';
import { isSettled } from '../shell/index.ts';
import { builtinId } from './builtin-names.ts';
import type { CommonJsLoader, EsModules } from './commonjs-loader.ts';
import { dataUrlText } from './data-url.ts';
import { explainEvaluationError, explainMissingExport } from './module-explanations.ts';
import type { ModuleResolver } from './resolution/esm-resolver.ts';
import { ModuleError, unknownBuiltin } from './resolution/module-error.ts';
import { checkTypeAttribute, formatOf, type ModuleFormat } from './resolution/module-format.ts';
import { inSource, isTypeScript, type JavaScriptText } from './typescript/transform.ts';

const extraNames = ['default', 'module.exports'];

/** The source of a module that shows a required one as transpiled code expects it. */
const facadeSource = "export * from 'original'; export { default } from 'original'; export const __esModule = true;";

export class EsLoader implements EsModules {
  private readonly isolate: Isolate;
  private readonly commonJs: CommonJsLoader;
  private readonly resolver: ModuleResolver;
  private readonly graph: ModuleGraph;
  /** By type attribute and URL. */
  private readonly ids = new Map<string, number>();
  private readonly facades = new Map<string, number>();
  /** Graph ids of built-in modules by name, with the names of their exports. */
  private readonly builtinNames = new Map<number, { readonly name: string; readonly names: readonly string[] }>();
  /** Graph ids of CommonJS files. */
  private readonly commonJsIds = new Set<number>();
  private readonly preloaded = new Map<string, { readonly source: string; readonly code: Tagged }>();
  private main: { readonly url: string; readonly id: number; readonly promise: number } | undefined;
  /** The URL of the main module while it is loaded. */
  private mainUrl: string | undefined;
  /** A handle for the shell's life: the promise of the main module's evaluation. */
  private readonly mainPromise: number;

  constructor(isolate: Isolate, commonJs: CommonJsLoader, resolver: ModuleResolver) {
    this.isolate = isolate;
    this.commonJs = commonJs;
    this.resolver = resolver;
    this.graph = moduleGraphOf(isolate.rt);
    this.mainPromise = isolate.heap.handle(StaticRoot.Undefined);
  }

  /** What the graph of modules asks. */
  readonly graphHooks: ModuleGraphHooks = {
    mayBeNothing: (importer, from) => this.handsOnTypes(importer, from),
    missingExport: (importer, request, from, name) =>
      this.commonJsIds.has(from) ? explainMissingExport(this.isolate, this.graph, importer, request, name) : undefined,
    linkError: (importer, error, range) => this.placeLinkError(importer, error, range),
    evaluationError: (id, error) =>
      explainEvaluationError(this.isolate, this.graph, id, error, (url) => this.moduleTypeFile(url)),
  };

  // --- running -----------------------------------------------------------------------------------------------------------

  /** Parses a main module ahead. Throws JsSyntaxError. */
  preload(file: string, source: string): void {
    const url = pathToFileURL(file).href;
    if (this.preloaded.get(url)?.source !== source) this.preloaded.set(url, { source, code: this.parse(url, source) });
  }

  /** Begins to run a main module that its name or package says to be one. */
  runMain(file: string, source: string): void {
    const url = pathToFileURL(file);
    this.commonJs.guarded(() => checkTypeAttribute(url.href, formatOf(url, this.resolver.packages), undefined));
    this.startMain(file, source);
  }

  startMain(file: string, source: string): void {
    const url = pathToFileURL(file).href;
    this.mainUrl = url;
    const id = this.transaction((added) => this.commonJs.guarded(() => this.compile(url, source, added)));
    this.graph.link(id);
    this.isolate.heap.setHandle(this.mainPromise, this.graph.evaluate(id));
    this.main = { url, id, promise: this.mainPromise };
  }

  /** Throws what the main module threw, once; whether it is over (or there is none). */
  checkMain(): boolean {
    if (this.main === undefined) return true;
    const { rt, heap } = this.isolate;
    const promise = heap.deref(this.main.promise);
    if (promiseStatus(rt, promise) === PromiseStatus.Rejected) {
      this.main = undefined;
      // what is thrown from here was thrown somewhere else
      heap.isolateWord(IsolateData.PendingMessage, StaticRoot.TheHole);
    }
    return isSettled(rt, promise);
  }

  /** Where the main module, or something below it, waits: the text of the report. */
  waitingReport(): string {
    const { scripts, heap } = this.isolate;
    if (this.main === undefined) return '';
    const reports = this.graph.waiting(this.main.id).map(({ generator }) => {
      const sfi = heap.get(heap.get(generator, JSGeneratorObject.Function), JSFunction.SharedFunctionInfo);
      const offset = (heap.get(generator, JSGeneratorObject.InputOrDebugPos) >> 1) - (BytecodeArray.Bytes - 1);
      const script = heap.get(sfi, SharedFunctionInfo.Script);
      const position = scripts.offsetOf(heap.get(sfi, SharedFunctionInfo.FunctionData), offset);
      const { line, column, scriptName } = scripts.positionAt(script, position);
      const caret = `${' '.repeat(column - 1)}^`;
      return `Warning: Detected unsettled top-level await at ${scriptName}:${line}\n${scripts.lineAt(script, position)}\n${caret}\n\n\n\n`;
    });
    return reports.join('');
  }

  // --- for CommonJS ---------------------------------------------------------------------------------------------------------

  isEvaluating(file: string): boolean {
    const id = this.ids.get(keyOf(pathToFileURL(file).href, undefined));
    return id !== undefined && this.graph.isEvaluating(id);
  }

  require(file: string, source: string, importer: string, requireStack: string, stack: Tagged): Tagged {
    const { graph, isolate } = this;
    const { rt } = isolate;
    const url = pathToFileURL(file).href;
    let id = this.ids.get(keyOf(url, undefined));
    if (id !== undefined && graph.isEvaluating(id)) throw requireCycle(file, importer);
    const scope = rt.heap.openHandles();
    const heldStack = rt.heap.handle(stack);
    id ??= this.transaction((added) => this.compile(url, source, added));
    graph.link(id);
    if (graph.isAsync(id)) this.throwAsync(file, requireStack, heldStack);
    const promise = graph.evaluate(id);
    if (promiseStatus(rt, promise) === PromiseStatus.Rejected) {
      markPromiseHandled(rt, promise);
      return rt.throw(promiseResult(rt, promise));
    }
    rt.heap.closeHandles(scope);
    return graph.namespace(id);
  }

  private throwAsync(file: string, requireStack: string, stack: number): never {
    const { rt } = this.isolate;
    const { heap } = rt;
    const message =
      'require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level await ' +
      `comes from, use --experimental-print-required-tla.\nRequired module: ${file}${requireStack}`;
    try {
      return this.commonJs.throw(new ModuleError({ code: 'ERR_REQUIRE_ASYNC_MODULE', message }));
    } catch (error) {
      if (!rt.hasPendingException) throw error;
      const thrown = rt.takeException();
      addOrReplace(rt, thrown, rt.factory.internalize('requireStack'), heap.deref(stack), PropertyAttributes.DontEnum);
      return rt.throw(thrown);
    }
  }

  facadeOf(file: string): Tagged {
    const { isolate, graph } = this;
    const original = this.ids.get(keyOf(pathToFileURL(file).href, undefined))!;
    let id = this.facades.get(file);
    if (id === undefined) {
      const code = isolate.scripts.load(facadeSource, 'node:internal/require_module_default_facade', {
        isModule: true,
        native: true,
      });
      id = graph.add({ file, data: isolate.scripts.refOf(code)!.compile().module!, code });
      graph.setRequests(id, [original]);
      this.facades.set(file, id);
    }
    graph.link(id);
    graph.evaluate(id);
    return graph.namespace(id);
  }

  syncBuiltins(): void {
    for (const [id, { name, names }] of this.builtinNames) this.graph.setExports(id, this.builtinValues(name, names));
  }

  // --- loading -----------------------------------------------------------------------------------------------------------

  private load(specifier: string, parent: string, type: string | undefined): number {
    return this.transaction((added) => this.commonJs.guarded(() => this.request(specifier, parent, type, added)));
  }

  private transaction(body: (added: string[]) => number): number {
    const added: string[] = [];
    try {
      return body(added);
    } catch (error) {
      for (const key of added) this.ids.delete(key);
      throw error;
    }
  }

  private request(specifier: string, parent: string, type: string | undefined, added: string[]): number {
    const url = this.resolver.resolve(specifier, parent);
    const key = keyOf(url, type);
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const format = formatOf(new URL(url), this.resolver.packages);
    if (format === 'builtin') return this.remember(key, added, this.builtin(url, type));
    const source = format === 'addon' ? '' : this.read(url);
    const decided = format === 'ambiguous' ? this.detect(url, source) : format;
    if (!(decided === 'json' && this.takesJson(parent, type))) checkTypeAttribute(url, decided, type);
    switch (decided) {
      case 'json':
        return this.remember(key, added, this.json(url, source));
      case 'module':
        return this.compile(url, source, added);
      case 'commonjs':
        return this.remember(key, added, this.commonJsModule(url, source, specifier, parent));
      default:
        throw new ModuleError({
          code: 'ERR_DLOPEN_FAILED',
          message: `${fileURLToPath(url)}: native addons cannot be loaded here`,
          plain: true,
        });
    }
  }

  /** `export { T } from './t.ts'` of a type, which the compiler takes out: only it knows that T is one. */
  private handsOnTypes(importer: number, from: number): boolean {
    const [exporting, target] = [importer, from].map((id) => this.graph.fileOf(id));
    if (!exporting!.startsWith('file:') || !isTypeScript(exporting!) || !isTypeScript(target!)) return false;
    const config = this.resolver.tsConfigs.of(fileURLToPath(exporting!));
    return config !== undefined && config.options.verbatimModuleSyntax !== true;
  }

  /** A TypeScript project may import JSON files without saying that they are. */
  private takesJson(parent: string, type: string | undefined): boolean {
    if (type !== undefined || !parent.startsWith('file:')) return false;
    const importer = fileURLToPath(parent);
    return isTypeScript(importer) && this.resolver.tsConfigs.of(importer)?.options.resolveJsonModule === true;
  }

  private remember(key: string, added: string[], id: number): number {
    this.ids.set(key, id);
    added.push(key);
    return id;
  }

  private read(url: string): string {
    return url.startsWith('data:') ? dataUrlText(new URL(url)) : this.commonJs.readFile(fileURLToPath(url));
  }

  /** A file that neither its name nor its package describes: what it parses as. Parses a CommonJS file ahead. */
  private detect(url: string, source: string): ModuleFormat {
    try {
      return this.commonJs.preload(fileURLToPath(url), source) ? 'commonjs' : 'module';
    } catch (error) {
      // it fails again where it is loaded
      if (error instanceof JsSyntaxError) return 'commonjs';
      throw error;
    }
  }

  private builtin(url: string, type: string | undefined): number {
    const { rt } = this.isolate;
    const { heap } = rt;
    const name = builtinId(url);
    if (name === undefined) throw unknownBuiltin(url);
    checkTypeAttribute(url, 'builtin', type);
    const exports = heap.handle(this.commonJs.requireBuiltin(name));
    const keys = isObjectLike(heap.deref(exports))
      ? enumerableOwnKeys(rt, heap.deref(exports)).map((key) => toHost(rt, key))
      : [];
    const names = [...keys.filter((key) => key !== 'default'), 'default'];
    const values = this.builtinValues(name, names).map((word) => heap.handle(word));
    const id = this.graph.add({
      file: url,
      values: names.map((exported, i): [string, Tagged] => [exported, heap.deref(values[i]!)]),
    });
    this.builtinNames.set(id, { name, names });
    return id;
  }

  /** The values of a built-in module's exports; the last is the module itself. */
  private builtinValues(name: string, names: readonly string[]): Tagged[] {
    const { rt } = this.isolate;
    const { heap } = rt;
    const scope = heap.openHandles();
    const exports = heap.handle(this.commonJs.requireBuiltin(name));
    const values = names.map((exported) =>
      heap.handle(exported === 'default' ? heap.deref(exports) : getNamed(rt, heap.deref(exports), exported)),
    );
    const words = values.map((handle) => heap.deref(handle));
    heap.closeHandles(scope);
    return words;
  }

  private json(url: string, source: string): number {
    const isFile = url.startsWith('file:');
    const path = isFile ? fileURLToPath(url) : undefined;
    const value = this.commonJs.json(/[?#]/.test(url) ? undefined : path, path ?? url, source);
    return this.graph.add({ file: url, values: [['default', value]] });
  }

  // --- source texts ---------------------------------------------------------------------------------------------------------

  private parse(url: string, source: string): Tagged {
    const name = url.startsWith('file:') ? fileURLToPath(url) : url;
    const made = this.javaScript(url, source);
    const { text, isTransformed } = made;
    try {
      return this.isolate.scripts.load(text, name, { isModule: true, url, isTransformed });
    } catch (error) {
      throw error instanceof JsSyntaxError ? inSource(error, made, source) : error;
    }
  }

  private javaScript(url: string, source: string): JavaScriptText {
    if (!url.startsWith('file:')) return { text: source, isTransformed: false };
    return this.commonJs.typeScript.toJavaScript(fileURLToPath(url), source);
  }

  private compile(url: string, source: string, added: string[]): number {
    const { isolate, graph } = this;
    let code: Tagged;
    try {
      const known = this.preloaded.get(url);
      code = known?.source === source ? known.code : this.parse(url, source);
    } catch (error) {
      if (error instanceof JsSyntaxError) {
        const { text, isTransformed } = this.javaScript(url, source);
        return isolate.throwFileSyntaxError(error, url, isTransformed ? source : text);
      }
      throw error;
    }
    const data = isolate.scripts.refOf(code)!.compile().module!;
    const id = graph.add({ file: url, data, code });
    this.remember(keyOf(url, undefined), added, id);
    graph.setRequests(
      id,
      data.requests.map(({ specifier, type }) => this.request(specifier, url, type, added)),
    );
    return id;
  }

  // --- CommonJS files as modules ----------------------------------------------------------------------------------------------

  private commonJsModule(url: string, source: string, specifier: string, parent: string): number {
    const { graph, isolate, commonJs } = this;
    const { heap } = isolate;
    const file = fileURLToPath(url);
    if (commonJs.isExecuting(file)) throw importCycle(specifier, parent);
    commonJs.announce(file, source);
    const names = [...this.exportNames(file, source, new Map())].filter((name) => !extraNames.includes(name));
    const isMain = url === this.mainUrl;
    const id = graph.add({
      file: url,
      names: [...extraNames, ...names],
      evaluate: () => {
        const values = commonJs.evaluate(file, names, isMain);
        const elements = heap.get(values, JSObject.Elements);
        const words = [0, ...names.keys()].map((_, i) => heap.getElement(elements, FixedArray.Elements, i));
        graph.setExports(id, [words[0]!, ...words]);
      },
    });
    this.commonJsIds.add(id);
    return id;
  }

  /** The names that a file's text assigns to its exports, and those of the files it hands on. */
  private exportNames(file: string, source: string, seen: Map<string, ReadonlySet<string>>): ReadonlySet<string> {
    const known = seen.get(file);
    if (known !== undefined) return known;
    const names = new Set<string>();
    seen.set(file, names);
    initSync();
    let found: ReturnType<typeof parse>;
    try {
      found = parse(this.commonJs.typeScript.toJavaScript(file, source).text, file);
    } catch {
      return names;
    }
    for (const name of found.exports) names.add(name);
    for (const request of found.reexports) {
      const path = this.findRequired(request, file);
      if (path === undefined) continue;
      for (const name of this.exportNames(path, this.commonJs.readFile(path), seen)) names.add(name);
    }
    return names;
  }

  /** The JavaScript file that `request` means to require() in `file`. */
  private findRequired(request: string, file: string): string | undefined {
    if (builtinId(request) !== undefined) return undefined;
    try {
      const path = this.resolver.require(request, file);
      return path === undefined || ['.json', '.node'].includes(extname(path)) ? undefined : path;
    } catch (error) {
      if (error instanceof ModuleError) return undefined;
      throw error;
    }
  }

  // --- import.meta --------------------------------------------------------------------------------------------------------------

  loadModule(specifier: string, referrer: string, type: string | undefined): number {
    const refused = refusedImport(referrer);
    if (refused !== undefined) return this.commonJs.throw(refused);
    return this.load(specifier, this.urlOf(referrer), type);
  }

  /** A script's name as the URL that its imports are relative to. */
  private urlOf(referrer: string): string {
    if (referrer.startsWith('/')) return pathToFileURL(referrer).href;
    return URL.canParse(referrer) ? referrer : pathToFileURL(`${this.isolate.host.currentDirectory()}/`).href;
  }

  initializeMeta(url: string, meta: Tagged): void {
    const { isolate } = this;
    const { rt } = isolate;
    const { factory } = rt;
    const set = (name: string, value: Tagged): void => addOrReplace(rt, meta, factory.internalize(name), value, 0);
    if (url.startsWith('file:')) {
      const file = fileURLToPath(url);
      set('dirname', factory.newString(file.replace(/\/[^/]*$/, '') || '/'));
      set('filename', factory.newString(file));
    }
    set('main', url === this.mainUrl ? StaticRoot.True : StaticRoot.False);
    const resolve = hostFunction(
      isolate,
      'resolve',
      (_rt, args) => factory.newString(this.metaResolve(toHost(rt, args.at(0)), url)),
      1,
    );
    set('resolve', resolve);
    set('url', factory.newString(url));
  }

  /** import.meta.resolve: what is not there has a URL nevertheless. */
  private metaResolve(specifier: string, parent: string): string {
    return this.commonJs.guarded(() => {
      try {
        return this.resolver.resolve(specifier, parent);
      } catch (error) {
        const url = error instanceof ModuleError ? error.parts.properties?.url : undefined;
        if (url === undefined) throw error;
        return url;
      }
    });
  }

  // --- errors ---------------------------------------------------------------------------------------------------------------------

  private placeLinkError(importer: number, error: Tagged, { position, end }: SourceRange): void {
    const { scripts } = this.isolate;
    const url = this.graph.fileOf(importer);
    const record = scripts.all.findLast(({ script }) => scripts.nameOf(script) === url);
    if (record === undefined) return;
    const { line, column, scriptName } = scripts.positionAt(record.script, position);
    const text = scripts.lineAt(record.script, position);
    const carets = underline(text, column - 1, column - 1 + end - position);
    this.isolate.rememberPlace(error, `${scriptName}:${line}\n${text}\n${carets}`, true);
  }

  /** The package.json that makes a `.js` file a module. */
  private moduleTypeFile(url: string): string | undefined {
    if (!url.startsWith('file:') || !url.endsWith('.js')) return undefined;
    const scope = this.resolver.packages.scopeOf(fileURLToPath(url));
    return scope?.type === 'module' ? scope.path : undefined;
  }
}

const keyOf = (url: string, type: string | undefined): string => `${type ?? ''}:${url}`;

/** What import() throws in a text that vm compiled (vm.js) for nobody to import, or for a function, which would need vm's modules. */
const refusedImport = (referrer: string): ModuleError | undefined => {
  const refused = (code: string, message: string): ModuleError => new ModuleError({ kind: 'TypeError', code, message });
  switch (referrer) {
    case 'vm:':
      return refused('ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING', 'A dynamic import callback was not specified.');
    case 'vm:function':
      return refused(
        'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG',
        'A dynamic import callback was invoked without --experimental-vm-modules',
      );
    default:
      return undefined;
  }
};

const isObjectLike = (word: Tagged): boolean => (word & 1) !== 0;

const requireCycle = (file: string, importer: string): ModuleError =>
  new ModuleError({
    code: 'ERR_REQUIRE_CYCLE_MODULE',
    message: `Cannot require() ES Module ${file} in a cycle.${
      importer === '' ? '' : ` (from ${importer})`
    } A cycle involving require(esm) is not allowed to maintain invariants mandated by the ECMAScript specification. Try making at least part of the dependency in the graph lazily loaded.`,
  });

const importCycle = (specifier: string, parent: string): ModuleError =>
  new ModuleError({
    code: 'ERR_REQUIRE_CYCLE_MODULE',
    message: `Cannot import CommonJS Module ${specifier} in a cycle.${
      parent.startsWith('file:') ? ` (from ${fileURLToPath(parent)})` : ''
    }`,
  });
