// Drives a DebugEngine in this thread: a channel whose `serve` runs a script instead of waiting for messages.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DebugChannel } from './channel.ts';
import { DebugEngine } from './debug-engine.ts';
import type {
  CommandHandlers,
  EngineState,
  EventName,
  Events,
  LaunchArguments,
  Request,
  Scope,
  Stop,
  Variable,
} from './protocol.ts';

const poker = `const { workerData: { memory, requests, limit, bit, delay } } = require('node:worker_threads');
const words = new Int32Array(memory);
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delay);
Atomics.or(words, requests >> 2, bit);
Atomics.store(words, limit >> 2, 0x7fffffff);`;

/** Called at every stop; must resume or step. */
export type AtStop = (engine: DebugEngine, stop: Stop, driver: Driver) => void;

export class Driver implements DebugChannel {
  readonly events: { readonly event: EventName; readonly body: unknown }[] = [];
  readonly engine: DebugEngine;
  state: EngineState = 0;
  limit = 0;
  requests = 0;
  output = '';
  /** Called while the program runs, at safepoints. */
  onPoll: ((engine: DebugEngine) => void) | undefined;
  private readonly before: (engine: DebugEngine) => void;
  private readonly stops: AtStop[];
  private readonly always: AtStop | undefined;
  private current: Stop | undefined;
  private isStarted = false;
  terminated = false;

  /** @param stops what to do at each stop, in order; past the end, `resume` */
  constructor(before: (engine: DebugEngine) => void, stops: AtStop[], always?: AtStop) {
    this.before = before;
    this.stops = [...stops];
    this.always = always;
    this.engine = new DebugEngine(this);
  }

  emit<N extends EventName>(event: N, body: Events[N]): void {
    this.events.push({ event, body });
    if (event === 'ready') this.ready = body as Events['ready'];
    if (event === 'stopped') this.current = body as Stop;
    if (event === 'output') this.output += (body as Events['output']).text;
  }
  takeRequests(): Request {
    const taken = this.requests;
    this.requests = 0;
    return taken;
  }
  returnRequests(requests: number): void {
    this.requests |= requests;
  }
  /** What the adapter does from its own thread, `milliseconds` from now: a worker stores into the engine's memory. */
  interruptAfter(milliseconds: number, requests: Request): void {
    this.requests |= requests;
    this.delay = milliseconds;
  }
  private delay = -1;
  private ready: Events['ready'] | undefined;

  /** Pokes the engine now. */
  interrupt(): void {
    const { memory, requests, limit, bit } = this.ready!;
    const words = new Int32Array(memory);
    Atomics.or(words, requests >> 2, bit);
    Atomics.store(words, limit >> 2, 0x7fffffff);
  }

  poll(_handlers: CommandHandlers): void {
    this.onPoll?.(this.engine);
  }
  sleep(): void {}
  isCancelled(): boolean {
    return false;
  }

  serve(_handlers: CommandHandlers, done: () => boolean): boolean {
    if (!this.isStarted) {
      this.isStarted = true;
      this.before(this.engine);
      this.engine.run({});
      if (this.delay >= 0) new Worker(poker, { eval: true, workerData: { ...this.ready!, delay: this.delay } }).unref();
      return false;
    }
    const stop = this.current!;
    const action = this.always ?? this.stops.shift();
    if (action === undefined) this.engine.resume({});
    else action(this.engine, stop, this);
    if (this.terminated) return true;
    if (!done()) throw new Error(`the script did not go on after '${stop.description}'`);
    return false;
  }

  /** A scripted stop that never came would check nothing. */
  finish(): void {
    if (this.stops.length > 0) throw new Error(`${this.stops.length} scripted stops were not reached`);
  }

  all<N extends EventName>(event: N): Events[N][] {
    return this.events.filter((e) => e.event === event).map((e) => e.body as Events[N]);
  }

  get stopsSeen(): Stop[] {
    return this.all('stopped');
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'bailout-debug-'));
let count = 0;

/** `total` is optimized with `area` inlined; then one object has another map. */
export const areaProgram = `function area(shape) {
  return shape.width * shape.height;
}
function total(list) {
  let sum = 0;
  for (let i = 0; i < list.length; i++) sum += area(list[i]);
  return sum;
}
const list = [];
for (let i = 0; i < 10; i++) list.push({ width: i, height: 2 });
%PrepareFunctionForOptimization(area);
%PrepareFunctionForOptimization(total);
total(list); total(list);
%OptimizeFunctionOnNextCall(total);
console.log(total(list));
list[3] = { height: 3, width: 4 };
console.log(total(list));
`;

export const writeProgram = (source: string, name = `program-${++count}.js`): string => {
  const file = path.join(folder, name);
  writeFileSync(file, source);
  return file;
};

export const launchArguments = (program: string, more: Partial<LaunchArguments> = {}): LaunchArguments => ({
  program,
  args: [],
  cwd: path.dirname(program),
  v8Flags: ['--allow-natives-syntax'],
  stopOnEntry: false,
  noDebug: false,
  permissions: { read: true },
  ...more,
});

export interface Script {
  readonly file?: string;
  readonly launch?: Partial<LaunchArguments>;
  readonly setUp?: (engine: DebugEngine, file: string) => unknown;
  readonly stops?: AtStop[];
  /** Instead of `stops`: at every stop. */
  readonly always?: AtStop;
}

/** Runs a program under the script; returns what happened. Throws if a scripted stop did not come. */
export function debug(source: string, script: Script = {}): Driver {
  const file = script.file ?? writeProgram(source);
  const driver = new Driver(
    (engine) => {
      engine.launch(launchArguments(file, script.launch));
      script.setUp?.(engine, file);
    },
    script.stops ?? [],
    script.always,
  );
  driver.engine.main();
  driver.finish();
  return driver;
}

export const scriptSource = (file: string) =>
  ({ kind: 'script', id: 0, path: file, name: path.basename(file) }) as const;

export const resume: AtStop = (engine) => {
  engine.resume({});
};
export const step =
  (kind: 'in' | 'over' | 'out', granularity: 'line' | 'instruction' = 'line'): AtStop =>
  (engine) =>
    void engine.step({ kind, granularity });

export const scopeOf = (engine: DebugEngine, kind: Scope['kind'], frame = 1): readonly Variable[] => {
  const scope = engine.scopes({ frame }).find((s) => s.kind === kind);
  if (scope === undefined) throw new Error(`no scope ${kind}`);
  return engine.variables({ ref: scope.ref, start: 0, count: 0 });
};

export const valueOf = (variables: readonly Variable[], name: string): string | undefined =>
  variables.find((v) => v.name === name)?.value;
