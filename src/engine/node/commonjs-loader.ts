// CommonJS modules: what the loader in the realm (internal/modules/cjs/loader of the library) asks of the host, and what the shell and the ES loader ask of it.

import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tagged } from '../heap/index.ts';
import { JsSyntaxError } from '../ignition/index.ts';
import { inspect } from '../inspect/index.ts';
import { FileError, hostFunction, type Isolate } from '../isolate/index.ts';
import { InstanceType, StaticRoot } from '../objects/index.ts';
import {
  type Arguments,
  addOrReplace,
  createListFromArrayLike,
  dataPropertyOnChain,
  getNamed,
  hasInstanceType,
  isCallable,
  isString,
  newErrorObject,
  newPlainObject,
  primitiveToHost,
  toHost,
} from '../runtime/index.ts';
import { allBuiltinNames, builtinId } from './builtin-names.ts';
import type { NodeLibrary } from './library.ts';
import { isModuleSource } from './module-syntax.ts';
import { nodeModulePaths } from './resolution/commonjs-paths.ts';
import type { ModuleResolver } from './resolution/esm-resolver.ts';
import { ModuleError, unknownBuiltin } from './resolution/module-error.ts';
import { typesInPackage } from './resolution/module-format.ts';
import { inSource, isTypeScript, TypeScriptTexts } from './typescript/transform.ts';

/** Words by which a program could see its module object: without one of them (or an escape that may hide one) it does not. */
const mentionsModules =
  /\b(?:require|module|exports|arguments|this|eval|Function|import|process|mainModule|debugger)\b|\\u/;

/** The library's module of `process`. */
const processId = 'internal/process';

const wrapper = ['exports', 'require', 'module', '__filename', '__dirname'] as const;

/** What CommonJS asks of the other loader. */
export interface EsModules {
  /** Begins to run the main module. */
  startMain(file: string, source: string): void;
  /** require() of an ES module: its namespace. */
  require(file: string, source: string, importer: string, requireStack: string, stack: Tagged): Tagged;
  /** The namespace of a module that has `__esModule` besides. */
  facadeOf(file: string): Tagged;
  isEvaluating(file: string): boolean;
  /** Gives the named exports of built-in modules what their objects have now. */
  syncBuiltins(): void;
}

type HostFunctions = Readonly<Record<string, (args: Arguments) => Tagged>>;

/** Where Node's own loaders throw, as its reports show it. */
const throwPlaces: Readonly<Record<string, string>> = {
  MODULE_NOT_FOUND: 'node:internal/modules/cjs/loader:1568\n  throw err;\n  ^\n\n',
  ERR_UNKNOWN_BUILTIN_MODULE:
    'node:internal/modules/cjs/loader:1138\n      throw new ERR_UNKNOWN_BUILTIN_MODULE(specifier);\n      ^\n\n',
  ERR_MODULE_NOT_FOUND: 'node:internal/modules/esm/resolve:272\n    throw new ERR_MODULE_NOT_FOUND(\n          ^\n\n',
  ERR_IMPORT_ATTRIBUTE_MISSING:
    "node:internal/modules/esm/assert:110\n        throw new ERR_IMPORT_ATTRIBUTE_MISSING(url, 'type', validType);\n              ^\n\n",
};

export class CommonJsLoader {
  private readonly isolate: Isolate;
  private readonly library: NodeLibrary;
  private readonly resolver: ModuleResolver;
  readonly typeScript: TypeScriptTexts;
  private readonly esModules: () => EsModules;
  /** A handle for the shell's life: what the loader in the realm returns; undefined before it ran. */
  private readonly parts: number;
  /** Files that were compiled ahead. */
  private readonly preloaded = new Map<string, { readonly source: string; readonly code: Tagged }>();

  constructor(isolate: Isolate, library: NodeLibrary, resolver: ModuleResolver, esModules: () => EsModules) {
    this.isolate = isolate;
    this.library = library;
    this.resolver = resolver;
    this.esModules = esModules;
    this.typeScript = new TypeScriptTexts(resolver.tsConfigs);
    this.parts = isolate.heap.handle(StaticRoot.Undefined);
    isolate.libraryPlaces = throwPlaces;
  }

  /** Compiles a file without running it; false: it is an ES module. Throws JsSyntaxError. */
  preload(file: string, source: string): boolean {
    if (this.preloaded.get(file)?.source === source) return true;
    const made = this.typeScript.toJavaScript(file, source);
    const { text, isTransformed } = made;
    try {
      const code = this.isolate.scripts.load(text, file, { wrapper, isTransformed });
      this.preloaded.set(file, { source, code });
      return true;
    } catch (error) {
      if (error instanceof JsSyntaxError && isModuleSource(this.isolate, text, error)) return false;
      throw error instanceof JsSyntaxError ? inSource(error, made, source) : error;
    }
  }

  /** `require('module')`. */
  get moduleClass(): Tagged {
    return getNamed(this.isolate.rt, this.loader(), 'Module');
  }

  runMain(file: string, source: string): void {
    const { factory } = this.isolate.rt;
    // A trace of frames shows what the main function was called with.
    const isShown = this.isolate.flags?.bool('trace-deopt-verbose') === true;
    if (!isShown && !this.preloaded.has(file) && !mentionsModules.test(source))
      return this.guarded(() => this.runAlone(file, source));
    this.call('runMain', () => [factory.newString(file), factory.newString(source)]);
  }

  /** A main module whose text names nothing of modules: a third of a short program's start is saved. */
  private runAlone(file: string, source: string): void {
    const { isolate } = this;
    const { rt, heap } = isolate;
    const scope = heap.openHandles();
    const closure = heap.handle(this.compile(source, file, this.formatOf(file) !== 'commonjs', true));
    if (heap.deref(closure) === StaticRoot.Undefined) this.esModules().startMain(file, source);
    else {
      const [name, folder] = [file, dirname(file)].map((text) => rt.factory.newString(text));
      const { Undefined } = StaticRoot;
      rt.call(heap.deref(closure), newPlainObject(rt), Undefined, Undefined, Undefined, name!, folder!);
    }
    heap.closeHandles(scope);
  }

  // --- for the ES loader -------------------------------------------------------------------------------------------------

  /** An imported file gets its module before it runs. */
  announce(file: string, source: string): void {
    const { factory } = this.isolate.rt;
    this.call('announce', () => [factory.newString(file), factory.newString(source)]);
  }

  isExecuting(file: string): boolean {
    return this.call('isExecuting', () => [this.isolate.rt.factory.newString(file)]) === StaticRoot.True;
  }

  /** Runs an imported file; an array of its exports and of the values of `names`. */
  evaluate(file: string, names: readonly string[], isMain: boolean): Tagged {
    const { factory } = this.isolate.rt;
    return this.call('evaluate', () => [
      factory.newString(file),
      this.strings(names),
      isMain ? StaticRoot.True : StaticRoot.False,
    ]);
  }

  /** The value of a JSON file, shared with require(); `file` is undefined for what is no file. */
  json(file: string | undefined, where: string, source: string): Tagged {
    const { factory } = this.isolate.rt;
    return this.call('json', () => [
      file === undefined ? StaticRoot.Undefined : factory.newString(file),
      factory.newString(where),
      factory.newString(source),
    ]);
  }

  /** Throws the program's exception for `error`. */
  throw({ parts }: ModuleError): never {
    const { kind = 'Error', code, message, plain = false, messageFirst = false, properties = {}, place } = parts;
    const { rt } = this.isolate;
    const { factory } = rt;
    const error = this.call('makeError', () => [
      factory.newString(kind),
      factory.newString(code),
      factory.newString(message),
      plain ? StaticRoot.True : StaticRoot.False,
      this.strings(Object.entries(properties).flat()),
      messageFirst ? StaticRoot.True : StaticRoot.False,
    ]);
    const shown = place ?? throwPlaces[code];
    if (shown !== undefined) this.isolate.rememberPlace(error, shown, false);
    return rt.throw(error);
  }

  /** `process.emitWarning`. May run JavaScript. */
  emitWarning(...args: readonly string[]): void {
    const { rt } = this.isolate;
    const { heap, factory } = rt;
    const scope = heap.openHandles();
    const process = heap.handle(this.library.load(processId));
    const emit = getNamed(rt, heap.deref(process), 'emitWarning');
    if (isCallable(rt, emit)) rt.call(emit, heap.deref(process), ...args.map((text) => factory.newString(text)));
    heap.closeHandles(scope);
  }

  /** Runs `body`; a module that is not found becomes the program's exception. */
  guarded<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      if (error instanceof ModuleError) return this.throw(error);
      throw error;
    }
  }

  readFile(path: string): string {
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

  // --- the loader in the realm ---------------------------------------------------------------------------------------------

  /** Arguments are made when the loader is there: loading it may collect. */
  private call(name: string, args: () => Tagged[]): Tagged {
    const { heap, rt } = this.isolate;
    this.loader();
    const words = args();
    const loader = heap.deref(this.parts);
    return rt.call(dataPropertyOnChain(rt, loader, rt.factory.internalize(name)), loader, ...words);
  }

  private loader(): Tagged {
    const { isolate } = this;
    const { heap, rt } = isolate;
    if (heap.deref(this.parts) === StaticRoot.Undefined) {
      const scope = heap.openHandles();
      const make = heap.handle(this.library.load('internal/modules/cjs/loader'));
      const host = this.hostObject();
      const parts = rt.call(heap.deref(make), StaticRoot.Undefined, host);
      heap.closeHandles(scope);
      heap.setHandle(this.parts, parts);
      if (this.library.isLoaded(processId)) this.adoptProcess();
    }
    return heap.deref(this.parts);
  }

  /** `process` was made: it says what the main module is. */
  adoptProcess(): void {
    if (this.isolate.heap.deref(this.parts) !== StaticRoot.Undefined)
      this.call('adoptProcess', () => [this.library.load(processId)]);
  }

  private hostObject(): Tagged {
    const { isolate } = this;
    const { rt } = isolate;
    const host = newPlainObject(rt);
    for (const [name, fn] of Object.entries(this.hostFunctions()))
      addOrReplace(
        rt,
        host,
        rt.factory.internalize(name),
        hostFunction(isolate, '', (_rt, args) => this.guarded(() => fn(args))),
        0,
      );
    return host;
  }

  private strings(texts: readonly string[]): Tagged {
    const { factory } = this.isolate.rt;
    return factory.newJSArrayFrom(texts.map((text) => factory.newString(text)));
  }

  private texts(array: Tagged): string[] {
    const { rt } = this.isolate;
    return createListFromArrayLike(rt, array).map((text) => primitiveToHost(rt, text));
  }

  private hostFunctions(): HostFunctions {
    const { isolate, resolver } = this;
    const { rt, host } = isolate;
    const { factory } = rt;
    const text = (args: Arguments, i: number): string => toHost(rt, args.at(i));
    const string = (value: string | undefined): Tagged =>
      value === undefined ? StaticRoot.Undefined : factory.newString(value);
    const boolean = (value: boolean): Tagged => (value ? StaticRoot.True : StaticRoot.False);
    const statResult = { file: 0, other: 0, directory: 1 } as const;
    return {
      // names and paths
      dirname: (args) => string(dirname(text(args, 0))),
      join: (args) => string(this.texts(args.at(0)).join(text(args, 1))),
      hasFrames: (args) => boolean(text(args, 0).includes('\n    at ')),
      hasNodeScheme: (args) => boolean(text(args, 0).startsWith('node:')),
      builtinId: (args) => string(isString(rt, args.at(0)) ? builtinId(text(args, 0)) : undefined),
      builtinModules: () => this.strings(allBuiltinNames),
      registeredExtension: (args) => string(registeredExtension(text(args, 0), this.texts(args.at(1)))),
      filePathOf: (args) => string(filePathOf(text(args, 0))),
      withoutBom: (args) => string(text(args, 0).replace(/^\uFEFF/, '')),
      currentDirectory: () => string(host.currentDirectory()),
      // resolution
      stat: (args) => {
        const kind = host.kindOf(text(args, 0));
        return kind === undefined ? -2 << 1 : statResult[kind] << 1;
      },
      findPath: (args) => string(resolver.commonJs.find(text(args, 0), this.texts(args.at(1)), this.texts(args.at(2)))),
      findImport: (args) => string(resolver.commonJs.findImport(text(args, 0), text(args, 1))),
      findSelf: (args) =>
        string(
          resolver.typeScript.alias(text(args, 0), text(args, 1)) ??
            resolver.commonJs.findSelf(text(args, 0), text(args, 1)),
        ),
      findTypeScript: (args) => string(resolver.typeScript.relative(text(args, 0), text(args, 1))),
      nodeModulePaths: (args) => this.strings(nodeModulePaths(text(args, 0))),
      formatOf: (args) => string(this.formatOf(text(args, 0))),
      readPackage: (args) => this.packageData(text(args, 0)),
      findPackageJson: (args) => string(resolver.findPackageJson(text(args, 0), text(args, 1))),
      // loading
      requireBuiltin: (args) => this.requireBuiltin(text(args, 0)),
      readFile: (args) => string(this.readFile(text(args, 0))),
      compile: (args) => {
        const [mayBeModule, hasTypes] = [args.at(2) === StaticRoot.True, args.at(3) === StaticRoot.True];
        return this.compile(text(args, 0), text(args, 1), mayBeModule, hasTypes);
      },
      isTypeScript: (args) => boolean(isTypeScript(text(args, 0))),
      runWrapped: (args) => this.runWrapped(text(args, 0), text(args, 1)),
      // ES modules
      startMain: (args) => {
        this.esModules().startMain(text(args, 0), text(args, 1));
        return StaticRoot.Undefined;
      },
      requireModule: (args) =>
        this.esModules().require(text(args, 0), text(args, 1), text(args, 2), text(args, 3), args.at(4)),
      facadeOf: (args) => this.esModules().facadeOf(text(args, 0)),
      isRunningModule: (args) => boolean(this.esModules().isEvaluating(text(args, 0))),
      syncBuiltins: () => {
        this.esModules().syncBuiltins();
        return StaticRoot.Undefined;
      },
      // values
      inspect: (args) => string(inspect(rt, args.at(0))),
      emitWarning: (args) => {
        this.emitWarning(text(args, 0));
        return StaticRoot.Undefined;
      },
      isProxy: (args) => boolean(hasInstanceType(rt, args.at(0), InstanceType.JSProxy)),
    };
  }

  /** What a file's name and package say; undefined: its text decides. */
  private formatOf(file: string): 'commonjs' | 'module' | undefined {
    if (/\.c[jt]s$/.test(file)) return 'commonjs';
    if (/\.m[jt]s$/.test(file)) return 'module';
    return /\.(?:[jt]sx?)$/.test(file) ? this.resolver.packages.scopeOf(file)?.type : undefined;
  }

  private packageData(folder: string): Tagged {
    const { rt } = this.isolate;
    const { factory } = rt;
    const object = newPlainObject(rt);
    const { name, main, type } = this.resolver.packages.read(`${folder}/package.json`) ?? {};
    for (const [key, value] of Object.entries({ name, main, type }))
      if (value !== undefined) addOrReplace(rt, object, factory.internalize(key), factory.newString(value), 0);
    return object;
  }

  requireBuiltin(name: string): Tagged {
    if (name === 'module') return this.moduleClass;
    if (!this.library.has(name)) throw unknownBuiltin(`node:${name}`);
    return this.library.require(name);
  }

  /** The function around a file's text; undefined: it is an ES module. */
  private compile(source: string, file: string, mayBeModule: boolean, hasTypes: boolean): Tagged {
    const { isolate } = this;
    const known = this.preloaded.get(file);
    if (known?.source === source) return isolate.topLevelClosure(known.code);
    if (hasTypes && /\.[cm]?ts$/.test(file) && file.includes('/node_modules/')) throw typesInPackage(file);
    const made = hasTypes ? this.typeScript.toJavaScript(file, source) : { text: source, isTransformed: false };
    const { text, isTransformed } = made;
    try {
      return isolate.closureOf(text, file, { wrapper, isTransformed });
    } catch (error) {
      if (!(error instanceof JsSyntaxError)) throw error;
      if (mayBeModule && isModuleSource(isolate, text, error)) return StaticRoot.Undefined;
      return isolate.throwFileSyntaxError(inSource(error, made, source), file, isTransformed ? source : text, true);
    }
  }

  /** A text that a program's own `Module.wrap` made. */
  private runWrapped(source: string, file: string): Tagged {
    try {
      return this.isolate.runScript(source, file);
    } catch (error) {
      if (!(error instanceof JsSyntaxError)) throw error;
      return this.isolate.throwFileSyntaxError(error, file, source, true);
    }
  }
}

/** The longest extension of a file's name that is registered: `.test.js` before `.js`. */
const registeredExtension = (file: string, registered: readonly string[]): string => {
  const name = basename(file);
  for (let dot = name.indexOf('.', 1); dot > 0; dot = name.indexOf('.', dot + 1))
    if (registered.includes(name.slice(dot))) return name.slice(dot);
  return '.js';
};

const filePathOf = (url: string): string | undefined => {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
};
