// Node's globals, made when they are first used: a program that uses none of them pays for none.
//
// Until then a global is an accessor whose getter loads the module that has it; after that it is what it is in Node. Who looks at
// its descriptor makes it, too (`settle`), so that the accessor is never seen.

import type { Tagged } from '../heap/index.ts';
import { global, type Isolate } from '../isolate/index.ts';
import { StaticRoot } from '../objects/index.ts';
import {
  defineOnOrdinary,
  defineOwnProperty,
  deleteProperty,
  getNamed,
  getOwnProperty,
  hasOwnProperty,
  isJSReceiver,
  NativeContextSlot,
  newBuiltinFunction,
  toHost,
} from '../runtime/index.ts';
import type { NodeLibrary } from './library.ts';

enum Kind {
  /** writable, enumerable */
  Function,
  /** writable */
  Class,
  /** an accessor, from internal/globals */
  Accessor,
  EnumerableAccessor,
}

const table: readonly (readonly [module: string, kind: Kind, names: string])[] = [
  ['internal/globals', Kind.Accessor, 'process Buffer'],
  ['timers', Kind.Function, 'clearImmediate setImmediate clearInterval clearTimeout setInterval setTimeout'],
  ['internal/url', Kind.Class, 'URL URLSearchParams'],
  ['internal/dom_exception', Kind.Class, 'DOMException'],
  ['internal/abort_controller', Kind.Class, 'AbortController AbortSignal'],
  ['internal/event_target', Kind.Class, 'Event EventTarget CustomEvent'],
  ['internal/encoding', Kind.Class, 'TextEncoder TextDecoder'],
  [
    'stream/web',
    Kind.Class,
    'TransformStream TransformStreamDefaultController WritableStream WritableStreamDefaultController ' +
      'WritableStreamDefaultWriter ReadableStream ReadableStreamDefaultReader ReadableStreamBYOBReader ' +
      'ReadableStreamBYOBRequest ReadableByteStreamController ReadableStreamDefaultController ByteLengthQueuingStrategy ' +
      'CountQueuingStrategy TextEncoderStream TextDecoderStream CompressionStream DecompressionStream',
  ],
  ['internal/process/task_queues', Kind.Function, 'queueMicrotask'],
  ['internal/structured_clone', Kind.Function, 'structuredClone'],
  ['buffer', Kind.Function, 'atob btoa'],
  ['internal/messaging', Kind.Class, 'BroadcastChannel MessageChannel MessagePort MessageEvent'],
  ['internal/blob', Kind.Class, 'Blob File'],
  [
    'perf_hooks',
    Kind.Class,
    'Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver PerformanceObserverEntryList PerformanceResourceTiming',
  ],
  ['internal/globals', Kind.EnumerableAccessor, 'performance'],
  ['internal/fetch', Kind.Function, 'fetch'],
  ['internal/fetch', Kind.Class, 'FormData Headers Request Response CloseEvent WebSocket'],
  ['internal/globals', Kind.EnumerableAccessor, 'crypto'],
  ['internal/crypto', Kind.Class, 'Crypto CryptoKey SubtleCrypto'],
  ['internal/intl', Kind.Class, 'Intl'],
  ['internal/navigator', Kind.Class, 'Navigator'],
  ['internal/globals', Kind.EnumerableAccessor, 'navigator'],
];

interface LazyGlobal {
  readonly module: string;
  readonly kind: Kind;
}

export class NodeGlobals {
  private readonly isolate: Isolate;
  private readonly library: NodeLibrary;
  private readonly lazy = new Map<string, LazyGlobal>();

  constructor(isolate: Isolate, library: NodeLibrary) {
    this.isolate = isolate;
    this.library = library;
    const { rt } = isolate;
    deleteProperty(rt, global(isolate), rt.factory.internalize('print'), false);
    defineOnOrdinary(rt, global(isolate), rt.factory.internalize('global'), {
      value: rt.intrinsic(NativeContextSlot.GlobalProxy),
      writable: true,
      enumerable: true,
      configurable: true,
    });
    defineOnOrdinary(rt, global(isolate), rt.symbols.to_string_tag_symbol, {
      value: rt.factory.internalize('global'),
      writable: false,
      enumerable: false,
      configurable: true,
    });
    this.install();
    this.installConsoleClass();
  }

  /** console.Console, as the globals are made. */
  private installConsoleClass(): void {
    const { rt } = this.isolate;
    const console = getNamed(rt, global(this.isolate), 'console');
    if (!isJSReceiver(rt, console)) return;
    const key = rt.factory.internalize('Console');
    const put = (self: Tagged, value: Tagged): Tagged => {
      const scope = rt.heap.openHandles();
      const held = rt.heap.handle(value);
      const descriptor = { value, writable: true, enumerable: true, configurable: true };
      if (isJSReceiver(rt, self)) defineOwnProperty(rt, self, key, descriptor, true);
      const result = rt.heap.deref(held);
      rt.heap.closeHandles(scope);
      return result;
    };
    const get = rt.registerBuiltin('get', (_rt, args) => {
      const made = this.library.exported('internal/console', 'Console');
      return put(args.receiver, made);
    });
    const set = rt.registerBuiltin('set', (_rt, args) => {
      put(args.receiver, args.at(0));
      return StaticRoot.Undefined;
    });
    defineOnOrdinary(rt, console, key, {
      get: newBuiltinFunction(rt, key, get, 0),
      set: newBuiltinFunction(rt, key, set, 1),
      enumerable: true,
      configurable: true,
    });
  }

  private install(): void {
    const { isolate } = this;
    const { rt } = isolate;
    const get = rt.registerBuiltin('get', (_rt, args) => this.make(toHost(rt, getNamed(rt, args.target, 'name'))));
    const set = rt.registerBuiltin('set', (_rt, args) => {
      const name = toHost(rt, getNamed(rt, args.target, 'name'));
      const lazy = this.lazy.get(name);
      this.lazy.delete(name);
      const key = rt.factory.internalize(name);
      const enumerable = lazy?.kind === Kind.Function || lazy?.kind === Kind.EnumerableAccessor;
      defineOnOrdinary(rt, global(isolate), key, { value: args.at(0), writable: true, enumerable, configurable: true });
      return StaticRoot.Undefined;
    });
    for (const [module, kind, names] of table)
      for (const name of names.split(' ')) {
        this.lazy.set(name, { module, kind });
        const key = rt.factory.internalize(name);
        const enumerable = kind === Kind.Function || kind === Kind.EnumerableAccessor;
        defineOnOrdinary(rt, global(isolate), key, {
          get: newBuiltinFunction(rt, key, get, 0),
          set: newBuiltinFunction(rt, key, set, 1),
          enumerable,
          configurable: true,
        });
      }
  }

  /** Puts a global in its place; its value. May run JavaScript. */
  private make(name: string): Tagged {
    const { isolate } = this;
    const { rt, heap } = isolate;
    const lazy = this.lazy.get(name);
    if (lazy === undefined) return getNamed(rt, global(isolate), name);
    const scope = heap.openHandles();
    try {
      const exports = heap.handle(this.library.load(lazy.module));
      if (lazy.kind === Kind.Function || lazy.kind === Kind.Class) {
        const value = heap.handle(getNamed(rt, heap.deref(exports), name));
        this.lazy.delete(name);
        defineOnOrdinary(rt, global(isolate), rt.factory.internalize(name), {
          value: heap.deref(value),
          writable: true,
          enumerable: lazy.kind === Kind.Function,
          configurable: true,
        });
        return heap.deref(value);
      }
      const accessors = heap.handle(getNamed(rt, heap.deref(exports), 'accessors'));
      const descriptor = getOwnProperty(rt, heap.deref(accessors), rt.factory.internalize(name));
      if (descriptor === undefined) return StaticRoot.Undefined;
      this.lazy.delete(name);
      defineOnOrdinary(rt, global(isolate), rt.factory.internalize(name), {
        ...descriptor,
        enumerable: lazy.kind === Kind.EnumerableAccessor,
        configurable: true,
      });
      return getNamed(rt, global(isolate), name);
    } finally {
      heap.closeHandles(scope);
    }
  }

  /** Before a property of the global object is described: makes what is made when it is first used. May run JavaScript. */
  settle(object: Tagged, key: Tagged): void {
    if (this.lazy.size === 0) return;
    const { rt } = this.isolate;
    if (object !== global(this.isolate) && object !== rt.intrinsic(NativeContextSlot.GlobalProxy)) return;
    const name = rt.toText(key);
    if (this.lazy.has(name) && hasOwnProperty(rt, global(this.isolate), key)) this.make(name);
  }
}
