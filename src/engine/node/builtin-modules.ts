// Built-in modules by name: what `require('assert')` and `import 'node:assert'` find. Each is made when it is asked for first.

import { cloneKind, inspectInLines } from '../builtins/index.ts';
import type { Tagged } from '../heap/index.ts';
import { global, hostFunction, type Isolate } from '../isolate/index.ts';
import { StaticRoot } from '../objects/index.ts';
import { addOrReplace, getNamed, NativeContextSlot, newPlainObject } from '../runtime/index.ts';
import { assertScript } from './library-scripts.ts';

/** What the loaders ask. Names are without `node:`. */
export interface BuiltinModules {
  has(name: string): boolean;
  /** The module's exports: the same object at every call. */
  require(name: string): Tagged;
}

type Maker = (isolate: Isolate, modules: BuiltinModules) => Tagged;

const makeAssert: Maker = (isolate) => {
  const { rt } = isolate;
  const { heap, factory } = rt;
  const scope = heap.openHandles();
  const make = heap.handle(isolate.runLibraryScript(assertScript));
  const kind = heap.handle(
    hostFunction(isolate, 'kind', (_rt, args) => factory.internalize(cloneKind(rt, args.at(0))), 1),
  );
  const show = hostFunction(isolate, 'show', (_rt, args) => factory.newString(inspectInLines(rt, args.at(0))), 1);
  const assert = rt.call(heap.deref(make), StaticRoot.Undefined, heap.deref(kind), show);
  heap.closeHandles(scope);
  return assert;
};

const makePerfHooks: Maker = (isolate) => {
  const { rt } = isolate;
  const module = newPlainObject(rt);
  addOrReplace(rt, module, rt.factory.internalize('performance'), getNamed(rt, global(isolate), 'performance'), 0);
  return module;
};

const makers: Readonly<Record<string, Maker>> = {
  assert: makeAssert,
  'assert/strict': (isolate, modules) => getNamed(isolate.rt, modules.require('assert'), 'strict'),
  perf_hooks: makePerfHooks,
  process: (isolate) => getNamed(isolate.rt, global(isolate), 'process'),
  timers: (isolate) => isolate.rt.intrinsic(NativeContextSlot.GlobalProxy),
};

export class NodeBuiltinModules implements BuiltinModules {
  private readonly isolate: Isolate;
  /** What somebody else makes. */
  private readonly others: Readonly<Record<string, () => Tagged>>;
  /** A handle for the shell's life: exports by name. */
  private readonly made: number;

  constructor(isolate: Isolate, others: Readonly<Record<string, () => Tagged>> = {}) {
    this.isolate = isolate;
    this.others = others;
    this.made = isolate.heap.handle(newPlainObject(isolate.rt));
  }

  has(name: string): boolean {
    return Object.hasOwn(makers, name) || Object.hasOwn(this.others, name);
  }

  require(name: string): Tagged {
    const { rt, heap } = this.isolate;
    const known = getNamed(rt, heap.deref(this.made), name);
    if (known !== StaticRoot.Undefined) return known;
    const exports = this.others[name]?.() ?? makers[name]!(this.isolate, this);
    addOrReplace(rt, heap.deref(this.made), rt.factory.internalize(name), exports, 0);
    return exports;
  }
}
