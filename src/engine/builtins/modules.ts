// Cyclic module records (ECMA-262 §16.2.1.5): resolving exports, linking, evaluation with top-level await, import().
//
// Values are in the modules' records (runtime/modules.ts); the graph's shape comes from the source texts, and the marks of the
// depth-first walks live only while one runs, so both are host objects here.

import { elementAt, Space, type Tagged } from '../heap/index.ts';
import {
  Cell,
  Context,
  FixedArray,
  ImportPhase,
  JSFunction,
  JSGeneratorObject,
  ModuleRecord,
  PromiseReaction,
  ScopeInfo,
  SharedFunctionInfo,
  StaticRoot,
  type TaggedField,
  toHostString,
} from '../objects/index.ts';
import {
  currentModule,
  enumerableOwnKeys,
  getNamed,
  getProperty,
  isJSReceiver,
  isString,
  jsException,
  moduleId,
  moduleRecord,
  NativeContextSlot,
  newClosure,
  newErrorObject,
  newExportTable,
  newModuleNamespace,
  newModuleRecord,
  primitiveToHost,
  ResumeMode,
  type Runtime,
  type RuntimeFunctionRows,
  scriptOf,
  throwSyntaxError,
  toHost,
  toString,
  writingNothing,
} from '../runtime/index.ts';
import { held } from './object.ts';
import {
  fulfillPromise,
  newPromise,
  performPromiseThen,
  ReactionKind,
  reactionJobs,
  rejectPromise,
  resolvePromise,
} from './promise.ts';

const { Undefined, TheHole } = StaticRoot;
const element = (i: number): TaggedField => elementAt(FixedArray.Elements, i);

enum Status {
  Unlinked,
  Linking,
  Linked,
  Evaluating,
  EvaluatingAsync,
  Evaluated,
}

/** What a module's source imports and exports (Ignition's ModuleData). Cells: exports from 1 up, imports from -1 down. */
export interface ModuleData {
  readonly requests: readonly { readonly specifier: string; readonly type: string | undefined }[];
  readonly imports: readonly {
    readonly importName: string;
    readonly request: number;
    readonly cellIndex: number;
    readonly isUsed: boolean;
    /** Where the source names it. */
    readonly position: number;
    readonly end: number;
  }[];
  readonly exports: readonly { readonly exportName: string; readonly cellIndex: number }[];
  readonly indirectExports: readonly {
    readonly exportName: string;
    readonly importName: string;
    readonly request: number;
    readonly position: number;
    readonly end: number;
  }[];
  readonly namespaceExports: readonly { readonly exportName: string; readonly request: number }[];
  readonly starExports: readonly number[];
  readonly hasTopLevelAwait: boolean;
}

/**
 * A source text module; one whose exports are values (JSON, what the host provides); or one whose exports have names from the
 * start and get their values when it is evaluated (§16.2.1.7 Synthetic Module Records; CommonJS). `evaluate` calls `setExports`.
 */
export type ModuleSource =
  | { readonly file: string; readonly data: ModuleData; readonly code: Tagged }
  | { readonly file: string; readonly values: readonly (readonly [name: string, value: Tagged])[] }
  | { readonly file: string; readonly names: readonly string[]; evaluate(id: number): void };

/** Offsets in a module's source, the end behind it. */
export interface SourceRange {
  readonly position: number;
  readonly end: number;
}

interface Module {
  readonly id: number;
  readonly file: string;
  readonly data: ModuleData | undefined;
  /** Of a synthetic module: names, in the order of their cells. */
  readonly names: readonly string[];
  readonly evaluate: ((id: number) => void) | undefined;
  requests: readonly Module[];
  status: Status;
  index: number;
  ancestor: number;
  /** 0: synchronous; else its place among those that wait (§16.2.1.5 [[AsyncEvaluationOrder]]). */
  order: number;
  pending: number;
  readonly parents: Module[];
  root: Module;
}

interface Binding {
  readonly module: Module;
  /** Index of the cell, or the namespace of the module. */
  readonly cell: number | 'namespace';
}

type Resolution = Binding | 'ambiguous' | undefined;

export class ModuleGraph {
  private readonly rt: Runtime;
  private readonly modules: Module[] = [];
  private order = 0;

  constructor(rt: Runtime) {
    this.rt = rt;
  }

  // --- records -------------------------------------------------------------------------------------------------------------

  /** Enters a module; `setRequests` follows when what it requests is there. */
  add(source: ModuleSource): number {
    const { rt } = this;
    const id = this.modules.length;
    const data = 'data' in source ? source.data : undefined;
    const values = 'values' in source ? source.values : [];
    const names = 'names' in source ? source.names : values.map(([name]) => name);
    const module: Module = {
      id,
      file: source.file,
      data,
      names,
      evaluate: 'evaluate' in source ? source.evaluate : undefined,
      requests: [],
      status: 'values' in source ? Status.Evaluated : Status.Unlinked,
      index: -1,
      ancestor: -1,
      order: 0,
      pending: 0,
      parents: [],
      root: undefined as never,
    };
    module.root = module;
    this.modules.push(module);
    const exported = data === undefined ? names.length : Math.max(0, ...data.exports.map(({ cellIndex }) => cellIndex));
    newModuleRecord(rt, id, exported, data?.imports.length ?? 0);
    if ('code' in source) rt.heap.set(this.record(module), ModuleRecord.Code, source.code);
    values.forEach(([, value], i) => void rt.heap.set(this.exportCell(module, i + 1), Cell.Value, value));
    return id;
  }

  /** The values of a synthetic module, in the order of its names. Runs no JavaScript. */
  setExports(id: number, values: readonly Tagged[]): void {
    const module = this.modules[id]!;
    values.forEach((value, i) => void this.rt.heap.set(this.exportCell(module, i + 1), Cell.Value, value));
  }

  setRequests(id: number, ids: readonly number[]): void {
    const module = this.modules[id]!;
    module.requests = ids.map((request) => this.modules[request]!);
    const words = this.rt.factory.newFixedArrayFrom(
      ids.map((request) => request << 1),
      Space.Old,
    );
    this.rt.heap.set(this.record(module), ModuleRecord.Requests, words);
  }

  fileOf(id: number): string {
    return this.modules[id]!.file;
  }

  dataOf(id: number): ModuleData | undefined {
    return this.modules[id]!.data;
  }

  /** Whether its evaluation is going on: its code, or that of something it requests. */
  isEvaluating(id: number): boolean {
    return this.modules[id]!.status === Status.Evaluating;
  }

  /** Whether it, or something it requests, waits at its top level. */
  isAsync(id: number, seen: Set<number> = new Set()): boolean {
    if (seen.has(id)) return false;
    seen.add(id);
    const { data, requests } = this.modules[id]!;
    return data?.hasTopLevelAwait === true || requests.some((request) => this.isAsync(request.id, seen));
  }

  /** Modules below `id` that wait at an await of their own, with the offset in their source. */
  waiting(id: number, seen: Set<number> = new Set()): { readonly id: number; readonly generator: Tagged }[] {
    if (seen.has(id)) return [];
    seen.add(id);
    const module = this.modules[id]!;
    const below = module.requests.flatMap((request) => this.waiting(request.id, seen));
    if (module.status !== Status.EvaluatingAsync || module.pending > 0 || !module.data?.hasTopLevelAwait) return below;
    return [...below, { id, generator: this.rt.heap.get(this.record(module), ModuleRecord.Code) }];
  }

  private record(module: Module): Tagged {
    return moduleRecord(this.rt, module.id);
  }

  private exportCell(module: Module, index: number): Tagged {
    return this.rt.heap.get(this.rt.heap.get(this.record(module), ModuleRecord.Exports), element(index - 1));
  }

  // --- exports ---------------------------------------------------------------------------------------------------------------

  private exportedNames(module: Module, seen: Set<Module>): string[] {
    if (seen.has(module)) return [];
    seen.add(module);
    const { data } = module;
    if (data === undefined) return [...module.names];
    const names = new Set(
      [...data.exports, ...data.indirectExports, ...data.namespaceExports].map((e) => e.exportName),
    );
    for (const request of data.starExports)
      for (const name of this.exportedNames(module.requests[request]!, seen)) if (name !== 'default') names.add(name);
    return [...names];
  }

  private resolve(module: Module, name: string, seen: Set<string> = new Set()): Resolution {
    const key = `${module.id}:${name}`;
    if (seen.has(key)) return undefined;
    seen.add(key);
    const { data } = module;
    if (data === undefined) {
      const at = module.names.indexOf(name);
      return at < 0 ? undefined : { module, cell: at + 1 };
    }
    const local = data.exports.find((e) => e.exportName === name);
    if (local !== undefined) return { module, cell: local.cellIndex };
    const indirect = data.indirectExports.find((e) => e.exportName === name);
    if (indirect !== undefined) return this.resolve(module.requests[indirect.request]!, indirect.importName, seen);
    const namespace = data.namespaceExports.find((e) => e.exportName === name);
    if (namespace !== undefined) return { module: module.requests[namespace.request]!, cell: 'namespace' };
    if (name === 'default') return undefined;
    let found: Binding | undefined;
    for (const request of data.starExports) {
      const resolution = this.resolve(module.requests[request]!, name, seen);
      if (resolution === 'ambiguous') return 'ambiguous';
      if (resolution === undefined) continue;
      if (found === undefined) found = resolution;
      else if (found.module !== resolution.module || found.cell !== resolution.cell) return 'ambiguous';
    }
    return found;
  }

  /** The cell of a binding; a namespace gets one of its own. */
  private cellOf(binding: Binding): Tagged {
    if (binding.cell === 'namespace') return this.rt.factory.newCell(this.namespace(binding.module.id));
    return this.exportCell(binding.module, binding.cell);
  }

  /** Runs no JavaScript. */
  namespace(id: number): Tagged {
    const { rt } = this;
    const module = this.modules[id]!;
    const known = rt.heap.get(this.record(module), ModuleRecord.Namespace);
    if (known !== Undefined) return known;
    const bindings = this.exportedNames(module, new Set())
      .sort()
      .flatMap((name): [string, Binding][] => {
        const resolution = this.resolve(module, name);
        return resolution === undefined || resolution === 'ambiguous' ? [] : [[name, resolution]];
      });
    const namespace = newModuleNamespace(
      rt,
      this.record(module),
      bindings.map(([name]) => name),
    );
    rt.heap.set(this.record(module), ModuleRecord.Namespace, namespace);
    const entries = bindings.map(([name, binding]) => [name, this.cellOf(binding)] as const);
    rt.heap.set(this.record(module), ModuleRecord.ExportTable, newExportTable(rt, entries));
    return namespace;
  }

  // --- linking ---------------------------------------------------------------------------------------------------------------

  /** Link(). Throws SyntaxErrors as `jsException`. */
  link(id: number): void {
    const stack: Module[] = [];
    try {
      this.innerLink(this.modules[id]!, stack, 0);
    } catch (error) {
      for (const module of stack) module.status = Status.Unlinked;
      throw error;
    }
  }

  private innerLink(module: Module, stack: Module[], index: number): number {
    if (module.status !== Status.Unlinked) return index;
    module.status = Status.Linking;
    module.index = module.ancestor = index++;
    stack.push(module);
    for (const request of module.requests) {
      index = this.innerLink(request, stack, index);
      if (request.status === Status.Linking) module.ancestor = Math.min(module.ancestor, request.ancestor);
    }
    this.initializeEnvironment(module);
    if (module.ancestor === module.index) {
      for (;;) {
        const done = stack.pop()!;
        done.status = Status.Linked;
        if (done === module) break;
      }
    }
    return index;
  }

  private mustResolve(module: Module, request: number, name: string, range: SourceRange): Binding {
    const from = module.requests[request]!;
    const resolution = this.resolve(from, name);
    if (resolution !== undefined && resolution !== 'ambiguous') return resolution;
    const { specifier } = module.data!.requests[request]!;
    const message =
      resolution === undefined
        ? (this.rt.hooks.moduleGraph?.().missingExport?.(module.id, request, from.id, name) ??
          `The requested module '${specifier}' does not provide an export named '${name}'`)
        : `The requested module '${specifier}' contains conflicting star exports for name '${name}'`;
    const error = newErrorObject(this.rt, 'SyntaxError', message);
    this.rt.hooks.moduleGraph?.().linkError?.(module.id, error, range);
    return this.rt.throw(error);
  }

  /** InitializeEnvironment: imports get their cells; the code runs up to its first suspension, which declares its functions. */
  private initializeEnvironment(module: Module): void {
    const { rt } = this;
    const { heap } = rt;
    const { data } = module;
    if (data === undefined) return;
    const isNothing = ({ request, importName }: { readonly request: number; readonly importName: string }): boolean => {
      const from = module.requests[request]!;
      return (
        this.rt.hooks.moduleGraph?.().mayBeNothing?.(module.id, from.id) === true &&
        this.resolve(from, importName) === undefined
      );
    };
    // in V8's order, which decides what is complained of first
    for (const entry of data.imports) {
      const cell =
        !entry.isUsed && isNothing(entry)
          ? rt.factory.newCell(StaticRoot.TheHole)
          : this.cellOf(this.mustResolve(module, entry.request, entry.importName, entry));
      heap.set(heap.get(this.record(module), ModuleRecord.Imports), element(-entry.cellIndex - 1), cell);
    }
    for (const entry of data.indirectExports)
      if (!isNothing(entry)) this.mustResolve(module, entry.request, entry.importName, entry);
    const code = heap.get(this.record(module), ModuleRecord.Code);
    rt.hooks.compileLazy(code);
    const info = heap.get(code, SharedFunctionInfo.ScopeInfo);
    const slots = 3 + (heap.get(info, ScopeInfo.ContextLocalCount) >> 1);
    const context = rt.factory.newContext(StaticRoot.ModuleContextMap, slots, info, rt.nativeContext);
    heap.set(context, Context.Extension, this.record(module));
    const cell = rt.factory.newFeedbackCell(StaticRoot.OneClosureCellMap, Undefined);
    const generator = rt.call(newClosure(rt, code, context, cell), Undefined);
    heap.set(this.record(module), ModuleRecord.Code, generator);
  }

  // --- evaluation -------------------------------------------------------------------------------------------------------------

  /** Evaluate(): a promise. Errors reject it. */
  evaluate(id: number): Tagged {
    const { rt } = this;
    const { heap } = rt;
    let module = this.modules[id]!;
    if (module.status >= Status.EvaluatingAsync) module = module.root;
    const known = heap.get(this.record(module), ModuleRecord.TopLevelCapability);
    if (known !== Undefined) return known;
    heap.set(this.record(module), ModuleRecord.TopLevelCapability, newPromise(rt));
    const stack: Module[] = [];
    try {
      this.innerEvaluate(module, stack, 0);
      if (module.order <= 0) this.settle(module);
    } catch (error) {
      if (error !== jsException) throw error;
      held(rt, [rt.takeException()], (reason) => {
        for (const done of stack) {
          done.status = Status.Evaluated;
          done.root = done;
          heap.set(this.record(done), ModuleRecord.Error, reason());
        }
        const innermost = stack.at(-1);
        if (innermost !== undefined) this.rt.hooks.moduleGraph?.().evaluationError?.(innermost.id, reason());
        rejectPromise(rt, heap.get(this.record(module), ModuleRecord.TopLevelCapability), reason());
      });
    }
    return heap.get(this.record(module), ModuleRecord.TopLevelCapability);
  }

  private settle(module: Module): void {
    const { rt } = this;
    const promise = rt.heap.get(this.record(module), ModuleRecord.TopLevelCapability);
    if (promise !== Undefined) fulfillPromise(rt, promise, Undefined);
  }

  private throwIfFailed(module: Module): void {
    const error = this.rt.heap.get(this.record(module), ModuleRecord.Error);
    if (error !== TheHole) this.rt.throw(error);
  }

  private innerEvaluate(module: Module, stack: Module[], index: number): number {
    if (module.status >= Status.EvaluatingAsync) {
      this.throwIfFailed(module);
      return index;
    }
    if (module.status === Status.Evaluating) return index;
    module.status = Status.Evaluating;
    module.index = module.ancestor = index++;
    module.pending = 0;
    stack.push(module);
    for (const request of module.requests) {
      index = this.innerEvaluate(request, stack, index);
      let required = request;
      if (required.status === Status.Evaluating) module.ancestor = Math.min(module.ancestor, required.ancestor);
      else {
        required = required.root;
        this.throwIfFailed(required);
      }
      if (required.order > 0) {
        module.pending++;
        required.parents.push(module);
      }
    }
    if (module.pending > 0 || module.data?.hasTopLevelAwait) {
      module.order = ++this.order;
      if (module.pending === 0) this.executeAsync(module);
    } else this.execute(module);
    if (module.ancestor === module.index) {
      for (;;) {
        const done = stack.pop()!;
        done.status = done.order === 0 ? Status.Evaluated : Status.EvaluatingAsync;
        done.root = module;
        if (done === module) break;
      }
    }
    return index;
  }

  /** Runs the module's code from where linking left it. */
  private execute(module: Module): void {
    if (module.evaluate !== undefined) return module.evaluate(module.id);
    this.rt.hooks.resumeGenerator(this.rt.heap.get(this.record(module), ModuleRecord.Code), Undefined, ResumeMode.Next);
  }

  private executeAsync(module: Module): void {
    const { rt } = this;
    const generator = rt.heap.get(this.record(module), ModuleRecord.Code);
    const promise = rt.heap.get(generator, JSGeneratorObject.AwaitPromiseOrQueue);
    performPromiseThen(rt, promise, module.id << 1, Undefined, Undefined, ReactionKind.ModuleSettled);
    this.execute(module);
  }

  /** AsyncModuleExecutionFulfilled and …Rejected. */
  settled(id: number, rejected: boolean, argument: Tagged): void {
    const module = this.modules[id]!;
    if (rejected) held(this.rt, [argument], (reason) => this.asyncRejected(module, reason));
    else this.asyncFulfilled(module);
  }

  private asyncFulfilled(module: Module): void {
    if (module.status === Status.Evaluated) return;
    this.finish(module);
    const ready: Module[] = [];
    this.gatherAvailable(module, ready);
    for (const parent of ready.sort((a, b) => a.order - b.order)) {
      if (parent.status === Status.Evaluated) continue;
      if (parent.data?.hasTopLevelAwait) {
        this.executeAsync(parent);
        continue;
      }
      try {
        this.execute(parent);
      } catch (error) {
        if (error !== jsException) throw error;
        held(this.rt, [this.rt.takeException()], (reason) => this.asyncRejected(parent, reason));
        continue;
      }
      this.finish(parent);
    }
  }

  private finish(module: Module): void {
    module.order = -1;
    module.status = Status.Evaluated;
    this.settle(module);
  }

  private gatherAvailable(module: Module, ready: Module[]): void {
    for (const parent of module.parents) {
      if (ready.includes(parent)) continue;
      if (this.rt.heap.get(this.record(parent.root), ModuleRecord.Error) !== TheHole) continue;
      if (--parent.pending > 0) continue;
      ready.push(parent);
      if (!parent.data?.hasTopLevelAwait) this.gatherAvailable(parent, ready);
    }
  }

  private asyncRejected(module: Module, reason: () => Tagged, isCause = true): void {
    const { rt } = this;
    if (module.status === Status.Evaluated) return;
    if (isCause) this.rt.hooks.moduleGraph?.().evaluationError?.(module.id, reason());
    rt.heap.set(this.record(module), ModuleRecord.Error, reason());
    module.order = -1;
    module.status = Status.Evaluated;
    for (const parent of module.parents) this.asyncRejected(parent, reason, false);
    const promise = rt.heap.get(this.record(module), ModuleRecord.TopLevelCapability);
    if (promise !== Undefined) rejectPromise(rt, promise, reason());
  }
}

export const moduleGraphOf = (rt: Runtime): ModuleGraph => rt.part(ModuleGraph);

// --- import() ------------------------------------------------------------------------------------------------------------------

/** The `type` attribute of import()'s options. May run JavaScript. */
const typeAttribute = (rt: Runtime, options: Tagged): string | undefined => {
  const fail = (message: string): never => rt.throw(newErrorObject(rt, 'TypeError', message));
  if (options === Undefined) return undefined;
  if (!isJSReceiver(rt, options)) return fail('The second argument of import() must be an object');
  const attributes = getNamed(rt, options, 'with');
  if (attributes === Undefined) return undefined;
  if (!isJSReceiver(rt, attributes)) return fail("The 'options' argument of import() must be an object");
  return held(rt, [attributes], (a) => {
    let type: string | undefined;
    const keys = enumerableOwnKeys(rt, a()).map((key) => rt.heap.handle(key));
    const entries: [string, string][] = [];
    for (const handle of keys) {
      const value = getProperty(rt, a(), rt.heap.deref(handle));
      if (!isString(rt, value)) return fail('Import attribute value must be a string');
      entries.push([primitiveToHost(rt, rt.heap.deref(handle)), toHostString(rt.heap, value)]);
    }
    for (const [key, value] of entries) {
      if (key !== 'type') return fail(`Import attribute "${key}" with value "${value}" is not supported`);
      type = value;
    }
    return type;
  });
};

export const moduleNatives: RuntimeFunctionRows = {
  ...writingNothing({
    GetModuleNamespace: (rt, args) => {
      const requests = rt.heap.get(currentModule(rt), ModuleRecord.Requests);
      return moduleGraphOf(rt).namespace(rt.heap.get(requests, element(args.at(0) >> 1)) >> 1);
    },
    GetImportMetaObject: (rt) => {
      const { heap } = rt;
      const record = currentModule(rt);
      const known = heap.get(record, ModuleRecord.Meta);
      if (known !== Undefined) return known;
      const meta = rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.NullPrototypeMap));
      heap.set(record, ModuleRecord.Meta, meta);
      const file = moduleGraphOf(rt).fileOf(moduleId(rt, record));
      rt.hooks.initializeImportMeta?.(file, meta);
      return heap.get(currentModule(rt), ModuleRecord.Meta);
    },
  }),
  // (closure, specifier, phase, options?)
  DynamicImportCall: (rt, args) => {
    const { heap } = rt;
    const script = scriptOf(rt, heap.get(args.at(0), JSFunction.SharedFunctionInfo));
    const referrer = rt.hooks.referrerOf?.(script) ?? '';
    const options = args.length > 3 ? args.at(3) : Undefined;
    return held(rt, [newPromise(rt), options], (promise, o) => {
      try {
        const specifier = toHost(rt, toString(rt, args.at(1)));
        const type = typeAttribute(rt, o());
        // As V8's shell: the host reads the module in a job of its own.
        const request = rt.factory.newFixedArrayFrom([
          rt.factory.newString(specifier),
          rt.factory.newString(referrer),
          type === undefined ? Undefined : rt.factory.newString(type),
          args.at(2),
        ]);
        const scope = heap.openHandles();
        const job = heap.handle(request);
        const started = newPromise(rt);
        fulfillPromise(rt, started, Undefined);
        performPromiseThen(rt, started, heap.deref(job), Undefined, promise(), ReactionKind.ImportModule);
        heap.closeHandles(scope);
      } catch (error) {
        if (error !== jsException) throw error;
        rejectPromise(rt, promise(), rt.takeException());
      }
      return promise();
    });
  },
};

reactionJobs[ReactionKind.ModuleSettled] = (rt, reaction, argument, rejected) =>
  moduleGraphOf(rt).settled(rt.heap.get(reaction, PromiseReaction.FulfillHandler) >> 1, rejected, argument);

type Request = [specifier: Tagged, referrer: Tagged, type: Tagged, phase: Tagged];

reactionJobs[ReactionKind.ImportModule] = (rt, reaction) => {
  const { heap } = rt;
  const request = heap.get(reaction, PromiseReaction.FulfillHandler);
  const [specifier, referrer, type, phase] = [0, 1, 2, 3].map((i) => heap.get(request, element(i))) as Request;
  const text = (word: Tagged): string => toHostString(heap, word);
  const isSource = phase >> 1 === ImportPhase.Source;
  held(rt, [heap.get(reaction, PromiseReaction.PromiseOrCapability)], (promise) => {
    try {
      const graph = moduleGraphOf(rt);
      const id = rt.hooks.loadModule!(text(specifier), text(referrer), type === Undefined ? undefined : text(type));
      if (isSource) throwSyntaxError(rt, 'SourcePhaseImportNotDefined', graph.fileOf(id));
      graph.link(id);
      performPromiseThen(rt, graph.evaluate(id), id << 1, Undefined, promise(), ReactionKind.ModuleEvaluated);
    } catch (error) {
      if (error !== jsException) throw error;
      rejectPromise(rt, promise(), rt.takeException());
    }
  });
};

reactionJobs[ReactionKind.ModuleEvaluated] = (rt, reaction, argument, rejected) => {
  const promise = rt.heap.get(reaction, PromiseReaction.PromiseOrCapability);
  if (rejected) rejectPromise(rt, promise, argument);
  else {
    const id = rt.heap.get(reaction, PromiseReaction.FulfillHandler) >> 1;
    resolvePromise(rt, promise, moduleGraphOf(rt).namespace(id));
  }
};
