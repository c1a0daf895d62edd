// `bailout run`: a program as Node runs it.

import type { Tagged } from '../heap/index.ts';
import type { CallKind } from '../inspect/index.ts';
import { type Isolate, Quit } from '../isolate/index.ts';
import { StaticRoot } from '../objects/index.ts';
import {
  addOrReplace,
  dataPropertyOnChain,
  deleteOrdinary,
  type Embedder,
  newPlainObject,
  toNumberValue,
} from '../runtime/index.ts';
import { builtinId } from './builtin-names.ts';
import { callSitePreparer } from './call-sites.ts';
import { CommonJsLoader } from './commonjs-loader.ts';
import { ConsoleRoutes } from './console-routes.ts';
import { EsLoader } from './es-loader.ts';
import { EventLoop } from './event-loop.ts';
import { type FilePermissions, FileSystem } from './file-system.ts';
import { NodeGlobals } from './globals.ts';
import { NodeLibrary } from './library.ts';
import { ModuleResolver } from './resolution/esm-resolver.ts';
import { Tasks } from './tasks.ts';

/** Node's status of a program whose main module waits for ever. */
const unsettledStatus = 13;

/** What the program finds around it. */
export interface ShellOptions {
  readonly permissions?: FilePermissions;
  readonly env?: Readonly<Record<string, string>>;
  readonly execArgv?: readonly string[];
  /** Promises that are rejected and have no handler are no error. */
  readonly ignoresRejections?: boolean;
}

export class NodeShell {
  readonly isolate: Isolate;
  private readonly tasks: Tasks;
  private readonly loop: EventLoop;
  private readonly files: FileSystem;
  private readonly library: NodeLibrary;
  private readonly resolver: ModuleResolver;
  private readonly commonJs: CommonJsLoader;
  private readonly es: EsLoader;

  private readonly globals: NodeGlobals | undefined;
  private readonly consoleRoutes: ConsoleRoutes;
  private readonly prepareStackTrace: ((error: Tagged, skip: Tagged) => void) | undefined;
  /** A handle for the shell's life: an object that keeps the callbacks that the engine posts until they run. */
  private readonly posted: number;
  private postedCount = 0;

  /** @param newIsolate makes the isolate, with what the shell does for it */
  constructor(newIsolate: (embedder: Embedder) => Isolate, argv: readonly string[], options: ShellOptions = {}) {
    const isolate = newIsolate(this.embedder());
    this.isolate = isolate;
    const { rt, host } = isolate;
    this.tasks = new Tasks(isolate, options.ignoresRejections === true, () => void this.es.checkMain());
    this.posted = rt.heap.handle(newPlainObject(rt));
    this.consoleRoutes = new ConsoleRoutes(isolate, this.tasks);
    this.loop = this.newLoop();
    this.files = new FileSystem(options.permissions ?? { read: true, write: [] }, () => host.currentDirectory());
    this.library = new NodeLibrary(
      {
        isolate,
        host,
        loop: this.loop,
        tasks: this.tasks,
        consoleRoutes: this.consoleRoutes,
        files: this.files,
        argv,
        execArgv: options.execArgv ?? [],
        env: options.env ?? {},
      },
      (id) => {
        if (id === 'internal/process') this.commonJs.adoptProcess();
      },
    );
    this.resolver = new ModuleResolver({
      files: host,
      warn: (message, type, code) => this.commonJs.emitWarning(message, type, code),
      currentDirectory: () => host.currentDirectory(),
      isBuiltin: (name) => !name.startsWith('node:') && builtinId(name) !== undefined,
    });
    this.commonJs = new CommonJsLoader(isolate, this.library, this.resolver, () => this.es);
    this.es = new EsLoader(isolate, this.commonJs, this.resolver);
    this.globals = new NodeGlobals(isolate, this.library);
    this.prepareStackTrace = callSitePreparer(isolate, this.library);
  }

  /** What the isolate asks of the shell. Nothing of it is needed before the shell stands. */
  private embedder(): Embedder {
    return {
      moduleGraph: () => this.es.graphHooks,
      loadModule: (specifier, referrer, type) => this.es.loadModule(specifier, referrer, type),
      initializeImportMeta: (url, meta) => this.es.initializeMeta(url, meta),
      prepareStackTrace: (error, skip) => this.prepareStackTrace?.(error, skip),
      settleGlobal: (object, key) => this.globals?.settle(object, key),
      consoleWrite: (stream, text) => this.consoleRoutes.write(stream, text),
      inspectCall: (kind, object, depth) => this.inspectCall(kind, object, depth),
      postTask: (callback, delay, keepsAlive) => this.postTask(callback, delay, keepsAlive),
    };
  }

  private newLoop(): EventLoop {
    const { isolate, tasks } = this;
    return new EventLoop(isolate.host, {
      timers: (now) => void tasks.callKept('timers', isolate.rt.factory.newNumber(now)),
      immediates: () => void tasks.callKept('immediates'),
      poll: () => void tasks.callKept('poll'),
    });
  }

  private postTask(callback: Tagged, delay: number, keepsAlive: boolean): void {
    const { rt } = this.isolate;
    const { heap, factory } = rt;
    const name = `${this.postedCount++}`;
    addOrReplace(rt, heap.deref(this.posted), factory.internalize(`task${name}`), callback, 0);
    const run = (): void => {
      const key = factory.internalize(`task${name}`);
      const task = dataPropertyOnChain(rt, heap.deref(this.posted), key);
      deleteOrdinary(rt, heap.deref(this.posted), key);
      rt.call(task, StaticRoot.Undefined);
    };
    this.loop.post(run, delay, keepsAlive);
  }

  /** Console output with objects that say themselves how they look. */
  private inspectCall(kind: CallKind, object: number, depth: number): number {
    const { rt, heap } = this.isolate;
    const scope = heap.openHandles();
    const held = heap.handle(object);
    const fn = heap.handle(this.library.exported('internal/util/inspect', 'makeCall'));
    const levels = depth === Number.POSITIVE_INFINITY ? StaticRoot.Null : rt.factory.newNumber(depth);
    const result = rt.call(heap.deref(fn), StaticRoot.Undefined, kind << 1, heap.deref(held), levels);
    heap.closeHandles(scope);
    return result;
  }

  /** Compiles the program without running it, so that breakpoints can be set. Throws JsSyntaxError. */
  preload(program: string, source: string): void {
    const file = this.realFile(program);
    try {
      if (!this.isModule(file) && this.commonJs.preload(file, source)) return;
    } catch (error) {
      // what is too deep to parse fails again where it is reported
      if (error instanceof RangeError) return;
      throw error;
    }
    this.es.preload(file, source);
  }

  /** Runs the program, then its exit listeners; its exit status. */
  run(program: string, source: string): number {
    try {
      return this.exit(this.runToEnd(this.realFile(program), source));
    } catch (error) {
      if (!(error instanceof Quit)) throw error;
      return error.status;
    } finally {
      this.files.closeAll();
    }
  }

  /** The main module's file: its path without symbolic links. */
  private realFile(program: string): string {
    const { host } = this.isolate;
    return host.kindOf(program) === 'file' ? host.realpath(program) : program;
  }

  /** 'exit' is emitted; what status the program has then. */
  private exit(status: number): number {
    let result = status;
    const ok = this.tasks.guard(() => {
      const code = this.tasks.callProcess('exit', status << 1);
      if (code !== undefined && code !== StaticRoot.Undefined) result = toNumberValue(this.isolate.rt, code);
    });
    return ok ? result : 1;
  }

  private runToEnd(file: string, source: string): number {
    const { tasks, es } = this;
    const started = tasks.guard(() => {
      if (this.commonJs.guarded(() => this.isModule(file))) es.runMain(file, source);
      else this.commonJs.runMain(file, source);
    });
    if (!started || !this.runLoop()) return 1;
    const code = this.exitCode();
    if (es.checkMain() || code !== 0) return code;
    this.isolate.host.write('stderr', es.waitingReport());
    return unsettledStatus;
  }

  /** The loop until nothing is left, 'beforeExit', and again where that left something. */
  private runLoop(): boolean {
    const { loop, tasks } = this;
    do {
      if (!loop.run(tasks.guard)) return false;
      if (!tasks.guard(() => void tasks.callProcess('beforeExit'))) return false;
    } while (loop.isAlive);
    return true;
  }

  /** What process.exitCode says. */
  private exitCode(): number {
    let status = 0;
    this.tasks.guard(() => {
      const code = this.tasks.callProcess('exitCode');
      if (code !== undefined && code !== StaticRoot.Undefined) status = toNumberValue(this.isolate.rt, code);
    });
    return status;
  }

  /** Whether name or package say so; where they say nothing the text decides. Throws ModuleError. */
  private isModule(file: string): boolean {
    if (/\.[cm][jt]s$/.test(file)) return /\.m[jt]s$/.test(file);
    return this.resolver.packages.scopeOf(file)?.type === 'module';
  }
}
