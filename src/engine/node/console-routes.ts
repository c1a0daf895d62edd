// Console output that goes to a program's own write(): one that replaced process.stdout.write, say.

import type { Tagged } from '../heap/index.ts';
import type { Isolate } from '../isolate/index.ts';
import { getNamed, isCallable } from '../runtime/index.ts';
import type { Tasks } from './tasks.ts';

export class ConsoleRoutes {
  private readonly isolate: Isolate;
  private readonly tasks: Tasks;
  private readonly routed = new Set<string>();

  constructor(isolate: Isolate, tasks: Tasks) {
    this.isolate = isolate;
    this.tasks = tasks;
  }

  /** From now on output goes to `target.write`, as long as that is not `original`. */
  route(name: 'stdout' | 'stderr', target: Tagged, original: Tagged): void {
    this.tasks.keep(`stream:${name}`, target);
    this.tasks.keep(`write:${name}`, original);
    this.routed.add(name);
  }

  /** Whether the output was taken. May run JavaScript. */
  write(name: 'stdout' | 'stderr', output: string): boolean {
    if (!this.routed.has(name)) return false;
    const { tasks } = this;
    const { rt } = this.isolate;
    const write = getNamed(rt, tasks.kept(`stream:${name}`), 'write');
    if (write === tasks.kept(`write:${name}`) || !isCallable(rt, write)) return false;
    rt.call(write, tasks.kept(`stream:${name}`), rt.factory.newString(output));
    return true;
  }
}
