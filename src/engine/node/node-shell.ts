// `bailout run`: a program as Node runs it.

import { defineHostGlobal, hostFunction, type Isolate, Quit, runGuarded, Timers } from '../isolate/index.ts';
import { addOrReplace, NativeContextSlot, newPlainObject } from '../runtime/index.ts';
import { NodeBuiltinModules } from './builtin-modules.ts';
import { builtinId } from './builtin-names.ts';
import { CommonJsLoader } from './commonjs-loader.ts';
import { EsLoader } from './es-loader.ts';
import { ProcessObject } from './process-object.ts';
import { ModuleResolver } from './resolution/esm-resolver.ts';

/** Node's status of a program whose main module waits for ever. */
const unsettledStatus = 13;

export class NodeShell {
  private readonly isolate: Isolate;
  private readonly timers: Timers;
  private readonly process: ProcessObject;
  private readonly resolver: ModuleResolver;
  private readonly commonJs: CommonJsLoader;
  private readonly es: EsLoader;

  constructor(isolate: Isolate, argv: readonly string[]) {
    this.isolate = isolate;
    const { rt } = isolate;
    this.timers = new Timers(isolate);
    const builtins = new NodeBuiltinModules(isolate, { module: () => this.commonJs.moduleClass });
    this.resolver = new ModuleResolver({
      files: isolate.host,
      warn: (message, type, code) => this.process.emitWarning(message, type, code),
      currentDirectory: () => isolate.host.currentDirectory(),
      isBuiltin: (name) => !name.startsWith('node:') && builtinId(name) !== undefined,
    });
    this.commonJs = new CommonJsLoader(isolate, builtins, this.resolver);
    this.es = new EsLoader(isolate, builtins, this.commonJs, this.resolver);
    this.commonJs.esModules = this.es;
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
    return this.process.runExitListeners(this.runToEnd(this.realFile(program), source));
  }

  /** The main module's file: its path without symbolic links. */
  private realFile(program: string): string {
    const { host } = this.isolate;
    return host.kindOf(program) === 'file' ? host.realpath(program) : program;
  }

  private runToEnd(file: string, source: string): number {
    const { isolate, es } = this;
    const guarded = (action: () => void): boolean =>
      runGuarded(isolate, 'node', () => {
        action();
        isolate.runMicrotasks();
        es.checkMain();
      });
    try {
      const started = guarded(() => {
        if (this.commonJs.guarded(() => this.isModule(file))) es.runMain(file, source);
        else this.commonJs.runMain(file, source);
      });
      if (!started || !this.timers.loop(guarded)) return 1;
      if (es.checkMain()) return this.process.exitCode();
      isolate.host.write('stderr', es.waitingReport());
      return unsettledStatus;
    } catch (error) {
      if (error instanceof Quit) return error.status;
      throw error;
    }
  }

  /** Whether name or package say so; where they say nothing the text decides. Throws ModuleError. */
  private isModule(file: string): boolean {
    if (/\.[cm]js$/.test(file)) return file.endsWith('.mjs');
    return this.resolver.packages.scopeOf(file)?.type === 'module';
  }
}
