// ES modules as Node runs them: built-in modules by name, and a main module up to the end of its evaluation.

import type { Tagged } from '../heap/index.ts';
import { type Isolate, ModuleLoader, runGuarded, type Timers } from '../isolate/index.ts';
import { enumerableOwnKeys, getNamed, toHost } from '../runtime/index.ts';
import type { BuiltinModules } from './builtin-modules.ts';

/** How a main module ended. */
export type MainModuleEnd = 'done' | 'failed' | 'unsettled';

export class EsLoader {
  private readonly isolate: Isolate;
  private readonly builtins: BuiltinModules;
  private readonly modules: ModuleLoader;

  constructor(isolate: Isolate, builtins: BuiltinModules) {
    this.isolate = isolate;
    this.builtins = builtins;
    this.modules = new ModuleLoader(isolate);
    this.modules.provided = (specifier) => this.providedModule(specifier);
  }

  /** Parses a main module ahead. Throws JsSyntaxError. */
  preload(file: string, source: string): void {
    this.modules.preload(file, source);
  }

  /** Runs a main module and what it leaves to timers. Throws JsSyntaxError for its own text. */
  runMain(file: string, source: string, timers: Timers): MainModuleEnd {
    const { isolate, modules } = this;
    const { heap } = isolate;
    const guarded = (action: () => void): boolean => runGuarded(isolate, 'node', action);
    const main = modules.loadMain.bind(modules, file, source);
    let promise = -1;
    const settled = (): boolean => promise >= 0 && modules.check(heap.deref(promise));
    const scope = heap.openHandles();
    try {
      const ok = guarded(() => {
        const id = main();
        promise = heap.handle(modules.run(id));
        isolate.runMicrotasks();
        settled();
      });
      if (!ok) return 'failed';
      const finished = timers.loop((action) =>
        guarded(() => {
          action();
          isolate.runMicrotasks();
          settled();
        }),
      );
      if (!finished) return 'failed';
      return settled() ? 'done' : 'unsettled';
    } finally {
      heap.closeHandles(scope);
    }
  }

  /** `import fs from 'node:fs'`: the object that require() gives, and its properties. */
  private providedModule(specifier: string): readonly (readonly [string, Tagged])[] | undefined {
    const name = specifier.replace(/^node:/, '');
    if (!this.builtins.has(name)) return undefined;
    const { rt } = this.isolate;
    const { heap } = rt;
    const object = heap.handle(this.builtins.require(name));
    const names = enumerableOwnKeys(rt, heap.deref(object)).map((key) => toHost(rt, key));
    return [
      ['default', heap.deref(object)],
      ...names.map((name): [string, Tagged] => [name, getNamed(rt, heap.deref(object), name)]),
    ];
  }
}
