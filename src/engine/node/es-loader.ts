// ES modules as Node runs them: built-in modules by name, and a main module up to the end of its evaluation.

import type { Tagged } from '../heap/index.ts';
import { type Isolate, ModuleLoader } from '../isolate/index.ts';
import { StaticRoot } from '../objects/index.ts';
import { enumerableOwnKeys, getNamed, toHost } from '../runtime/index.ts';
import type { BuiltinModules } from './builtin-modules.ts';
import type { Tasks } from './tasks.ts';

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

  /** Runs a main module and, in `runLoop`, what it leaves to the event loop. Throws JsSyntaxError for its own text. */
  runMain(file: string, source: string, tasks: Tasks, runLoop: () => boolean): MainModuleEnd {
    const { isolate, modules } = this;
    const { heap } = isolate;
    let promise = -1;
    let isSettled = false;
    const scope = heap.openHandles();
    const held = heap.handle(StaticRoot.Undefined);
    try {
      const ok = tasks.guard(() => {
        const id = modules.loadMain(file, source);
        heap.setHandle(held, modules.run(id));
        promise = held;
      });
      if (!ok) return 'failed';
      tasks.afterEach = () => {
        isSettled ||= promise >= 0 && modules.check(heap.deref(promise));
      };
      // it may have failed already
      if (!tasks.guard(() => undefined) || !runLoop()) return 'failed';
      return isSettled ? 'done' : 'unsettled';
    } finally {
      tasks.afterEach = undefined;
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
