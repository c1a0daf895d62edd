// The `process` object, and the listeners that run when the program is over.

import type { Tagged } from '../heap/index.ts';
import { defineHostGlobal, global, hostFunction, type Isolate, Quit, runGuarded } from '../isolate/index.ts';
import { StaticRoot } from '../objects/index.ts';
import { addOrReplace, getNamed, isCallable, newPlainObject, toHost, toNumberValue } from '../runtime/index.ts';

export class ProcessObject {
  private readonly isolate: Isolate;
  /** A handle for the shell's life: what `process.on('exit')` was given, under the names exit0, exit1 … */
  private readonly listeners: number;
  private exitListeners = 0;

  constructor(isolate: Isolate, argv: readonly string[]) {
    this.isolate = isolate;
    const { rt } = isolate;
    const { factory, heap } = rt;
    this.listeners = heap.handle(newPlainObject(rt));
    const process = newPlainObject(rt);
    const set = (name: string, value: Tagged): void => addOrReplace(rt, process, factory.internalize(name), value, 0);
    set('argv', factory.newJSArrayFrom(argv.map((text) => factory.newString(text))));
    set('platform', factory.newString('linux'));
    set('env', newPlainObject(rt));
    set('version', factory.newString('v24.0.0'));
    const stdout = newPlainObject(rt);
    const write = hostFunction(isolate, 'write', (runtime, args) => {
      isolate.host.write('stdout', toHost(runtime, args.at(0)));
      return StaticRoot.True;
    });
    addOrReplace(rt, stdout, factory.internalize('write'), write, 0);
    set('stdout', stdout);
    set(
      'exit',
      hostFunction(isolate, 'exit', (runtime, args) => {
        throw new Quit(args.at(0) === StaticRoot.Undefined ? this.exitCode() : toNumberValue(runtime, args.at(0)));
      }),
    );
    set(
      'hrtime',
      hostFunction(isolate, 'hrtime', () => {
        const now = isolate.host.monotonicTime();
        return factory.newJSArrayFrom([
          factory.newNumber(Math.floor(now / 1000)),
          factory.newNumber(Math.floor((now % 1000) * 1e6)),
        ]);
      }),
    );
    set(
      'cwd',
      hostFunction(isolate, 'cwd', () => factory.newString(isolate.host.currentDirectory())),
    );
    set(
      'on',
      hostFunction(isolate, 'on', (runtime, args) => {
        const event = toHost(runtime, args.at(0));
        if (event !== 'exit') isolate.host.write('stderr', `warning: process.on('${event}') has no meaning here\n`);
        else {
          const key = factory.internalize(`exit${this.exitListeners++}`);
          addOrReplace(runtime, heap.deref(this.listeners), key, args.at(1), 0);
        }
        return getNamed(runtime, global(isolate), 'process');
      }),
    );
    defineHostGlobal(isolate, 'process', process);
  }

  /** `process.emitWarning`, where there is one. */
  emitWarning(message: string, type: string, code: string): void {
    const { rt } = this.isolate;
    const { heap, factory } = rt;
    const scope = heap.openHandles();
    const process = heap.handle(getNamed(rt, global(this.isolate), 'process'));
    const emit = getNamed(rt, heap.deref(process), 'emitWarning');
    if (isCallable(rt, emit)) {
      const words = [message, type, code].map((text) => factory.newString(text));
      rt.call(emit, heap.deref(process), ...words);
    }
    heap.closeHandles(scope);
  }

  /** What `process.exitCode` says. */
  exitCode(): number {
    const { rt } = this.isolate;
    const process = getNamed(rt, global(this.isolate), 'process');
    if ((process & 1) === 0) return 0;
    const code = getNamed(rt, process, 'exitCode');
    return (code & 1) === 0 ? code >> 1 : 0;
  }

  /** Runs the exit listeners of a program that ended with `status`; its exit status then. */
  runExitListeners(status: number): number {
    const { rt } = this.isolate;
    let code = status;
    try {
      for (let i = 0; i < this.exitListeners; i++) {
        const listener = getNamed(rt, rt.heap.deref(this.listeners), `exit${i}`);
        if (!runGuarded(this.isolate, 'node', () => void rt.call(listener, StaticRoot.Undefined, code << 1))) return 1;
        if (code === 0) code = this.exitCode();
      }
    } catch (error) {
      if (!(error instanceof Quit)) throw error;
      code = error.status;
    }
    return code;
  }
}
