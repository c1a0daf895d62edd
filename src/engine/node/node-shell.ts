// `bailout run`: a program as Node runs it: CommonJS, or an ES module (.mjs, or a source that only parses as one).

import type { CallKind } from '../builtins/index.ts';
import { JsSyntaxError } from '../ignition/index.ts';
import { type Isolate, Quit, syntaxErrorReport } from '../isolate/index.ts';
import { StaticRoot } from '../objects/index.ts';
import { toNumberValue } from '../runtime/index.ts';
import { CommonJsLoader } from './commonjs-loader.ts';
import { EsLoader } from './es-loader.ts';
import { EventLoop } from './event-loop.ts';
import { type FilePermissions, FileSystem } from './file-system.ts';
import { NodeGlobals } from './globals.ts';
import { NodeLibrary } from './library.ts';
import { Tasks } from './tasks.ts';

/** Complaints about a CommonJS source that is a module. */
const onlyInModules =
  /^(?:Cannot use import statement outside a module|Unexpected token 'export'|Cannot use 'import.meta' outside a module|await is only valid)/;

/** Node's status of a program whose main module waits for ever. */
const unsettledStatus = 13;

/** What the program finds around it. */
export interface ShellOptions {
  readonly permissions?: FilePermissions;
  readonly env?: Readonly<Record<string, string>>;
  readonly execArgv?: readonly string[];
}

export class NodeShell {
  private readonly isolate: Isolate;
  private readonly tasks: Tasks;
  private readonly loop: EventLoop;
  private readonly files: FileSystem;
  private readonly library: NodeLibrary;
  private readonly commonJs: CommonJsLoader;
  private readonly es: EsLoader;
  /** Files that were parsed ahead as modules. */
  private readonly moduleFiles = new Set<string>();

  constructor(isolate: Isolate, argv: readonly string[], options: ShellOptions = {}) {
    this.isolate = isolate;
    const { rt, host } = isolate;
    this.tasks = new Tasks(isolate);
    this.loop = new EventLoop(host);
    this.files = new FileSystem(options.permissions ?? { read: true, write: [] }, () => host.currentDirectory());
    this.library = new NodeLibrary({
      isolate,
      host,
      loop: this.loop,
      tasks: this.tasks,
      files: this.files,
      argv,
      execArgv: options.execArgv ?? [],
      env: options.env ?? {},
    });
    this.es = new EsLoader(isolate, this.library);
    this.commonJs = new CommonJsLoader(isolate, this.library);
    new NodeGlobals(isolate, this.library);
    rt.hooks.inspectCall = (kind, object, depth) => this.inspectCall(kind, object, depth);
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
  preload(file: string, source: string): void {
    if (this.isModule(file, source)) {
      this.es.preload(file, source);
      this.moduleFiles.add(file);
    } else this.commonJs.preload(file, source);
  }

  /** Runs the program, then its exit listeners; its exit status. */
  run(file: string, source: string): number {
    try {
      return this.exit(this.runToEnd(file, source));
    } catch (error) {
      if (!(error instanceof Quit)) throw error;
      return error.status;
    } finally {
      this.files.closeAll();
    }
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
    const { isolate, tasks } = this;
    try {
      if (this.isModule(file, source)) return this.runModule(file, source);
      const ok = tasks.guard(() => void this.commonJs.load(file, source));
      return ok && this.runLoop() ? this.exitCode() : 1;
    } catch (error) {
      if (!(error instanceof JsSyntaxError)) throw error;
      isolate.host.write('stderr', syntaxErrorReport(error, file, source));
      return 1;
    }
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

  private runModule(file: string, source: string): number {
    const end = this.es.runMain(file, source, this.tasks, () => this.runLoop());
    if (end === 'failed') return 1;
    const code = this.exitCode();
    if (end === 'done' || code !== 0) return code;
    this.isolate.host.write('stderr', 'Warning: Detected unsettled top-level await\n');
    return unsettledStatus;
  }

  /** As Node decides it where no package.json does: by extension, else by what the source parses as. Parses a CommonJS file ahead. */
  private isModule(file: string, source: string): boolean {
    if (/\.mjs$/.test(file)) return true;
    if (/\.cjs$/.test(file) || this.commonJs.isPreloaded(file)) return false;
    if (this.moduleFiles.has(file)) return true;
    try {
      this.commonJs.preload(file, source);
      return false;
    } catch (error) {
      // what is too deep to parse fails again where it is reported
      if (error instanceof RangeError) return false;
      if (!(error instanceof JsSyntaxError) || !onlyInModules.test(error.message)) throw error;
      return true;
    }
  }
}
