// `bailout run`: a program as Node runs it: CommonJS, or an ES module (.mjs, or a source that only parses as one).

import { JsSyntaxError } from '../ignition/index.ts';
import {
  defineHostGlobal,
  hostFunction,
  type Isolate,
  Quit,
  runGuarded,
  syntaxErrorReport,
  Timers,
} from '../isolate/index.ts';
import { addOrReplace, NativeContextSlot, newPlainObject } from '../runtime/index.ts';
import { NodeBuiltinModules } from './builtin-modules.ts';
import { CommonJsLoader } from './commonjs-loader.ts';
import { EsLoader } from './es-loader.ts';
import { ProcessObject } from './process-object.ts';

/** Complaints about a CommonJS source that is a module. */
const onlyInModules =
  /^(?:Cannot use import statement outside a module|Unexpected token 'export'|Cannot use 'import.meta' outside a module|await is only valid)/;

/** Node's status of a program whose main module waits for ever. */
const unsettledStatus = 13;

export class NodeShell {
  private readonly isolate: Isolate;
  private readonly timers: Timers;
  private readonly process: ProcessObject;
  private readonly commonJs: CommonJsLoader;
  private readonly es: EsLoader;
  /** Files that were parsed ahead as modules. */
  private readonly moduleFiles = new Set<string>();

  constructor(isolate: Isolate, argv: readonly string[]) {
    this.isolate = isolate;
    const { rt } = isolate;
    this.timers = new Timers(isolate);
    const builtins = new NodeBuiltinModules(isolate);
    this.es = new EsLoader(isolate, builtins);
    this.commonJs = new CommonJsLoader(isolate, builtins);
    this.process = new ProcessObject(isolate, argv);
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

  /** Compiles the program without running it, so that breakpoints can be set. Throws JsSyntaxError. */
  preload(file: string, source: string): void {
    if (this.isModule(file, source)) {
      this.es.preload(file, source);
      this.moduleFiles.add(file);
    } else this.commonJs.preload(file, source);
  }

  /** Runs the program, then its exit listeners; its exit status. */
  run(file: string, source: string): number {
    return this.process.runExitListeners(this.runToEnd(file, source));
  }

  private runToEnd(file: string, source: string): number {
    const { isolate } = this;
    try {
      try {
        if (this.isModule(file, source)) return this.runModule(file, source);
        const ok = runGuarded(isolate, 'node', () => this.commonJs.load(file, source));
        if (!ok) return 1;
        const finished = this.timers.loop((action) => runGuarded(isolate, 'node', action));
        return finished ? this.process.exitCode() : 1;
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

  private runModule(file: string, source: string): number {
    const end = this.es.runMain(file, source, this.timers);
    if (end === 'failed') return 1;
    if (end === 'done') return this.process.exitCode();
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
