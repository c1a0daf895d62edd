// The adapter's end of the channel: starts the engine's thread, sends commands, hands out events. Nothing here waits without
// a limit: an answer that does not come is an error, a program that does not end is a thread that is stopped.

import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import {
  type AnswerMessage,
  type CancelMessage,
  type CommandMessage,
  type CommandName,
  type Commands,
  Control,
  controlBytes,
  deadlineClock,
  type EventMessage,
  type EventName,
  type Events,
  Request,
} from '../engine/debug/index.ts';

/** What the engine thread gets as its `workerData`. */
export interface EngineWorkerData {
  readonly port: MessagePort;
  readonly control: SharedArrayBuffer;
}

interface Pending {
  readonly command: CommandName;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export type EventListener = <N extends EventName>(event: N, body: Events[N]) => void;

export class EngineClient {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #control = new Int32Array(new SharedArrayBuffer(controlBytes));
  readonly #pending = new Map<number, Pending>();
  readonly #listener: EventListener;
  #interrupt:
    | { readonly memory: Int32Array; readonly requests: number; readonly limit: number; readonly bit: number }
    | undefined;
  /** Looks whether code that runs for the debugger takes too long. */
  readonly #watch = setInterval(() => this.#stopLateEvaluation(), 100).unref();
  #nextId = 1;
  #ended = false;

  /** @param script the engine thread's entry point; @param listener called for every event, in order. */
  constructor(script: URL, listener: EventListener) {
    this.#listener = listener;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#port.on('message', (message: AnswerMessage | EventMessage) => this.#receive(message));
    this.#worker = new Worker(script, {
      workerData: { port: port2, control: this.#control.buffer } satisfies EngineWorkerData,
      transferList: [port2],
      stdout: true,
      stderr: true,
      env: process.env,
    });
    const forward = (text: Buffer) => this.#listener('output', { category: 'console', text: text.toString() });
    this.#worker.stdout.on('data', forward);
    this.#worker.stderr.on('data', forward);
    this.#worker.on('error', (error) => this.#gone({ message: error.message, stack: error.stack ?? '' }));
    this.#worker.on('exit', () => this.#gone({ message: 'the engine thread ended', stack: '' }));
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Sends one command. Rejects with the engine's message, after `limit` milliseconds without an answer, or at the signal's
   *  abort; then the engine is told that nobody waits for the answer any more. */
  send<N extends CommandName>(
    command: N,
    args: Commands[N]['args'],
    { limit = 10_000, signal }: { readonly limit?: number; readonly signal?: AbortSignal } = {},
  ): Promise<Commands[N]['result']> {
    if (this.#ended) return Promise.reject(new Error('The program has ended.'));
    if (signal?.aborted) return Promise.reject(new Error('cancelled'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const giveUp = (message: string): void => {
        if (this.#pending.delete(id)) this.#post({ cancel: id });
        clearTimeout(timer);
        reject(new Error(message));
      };
      const timer = setTimeout(
        () => giveUp(`The engine did not answer '${command}' within ${limit / 1000} s. It may be busy; try Pause.`),
        limit,
      );
      signal?.addEventListener('abort', () => giveUp('cancelled'), { once: true });
      this.#pending.set(id, { command, resolve, reject, timer });
      this.#post({ id, command, args } as CommandMessage);
    });
  }

  #post(message: CommandMessage | CancelMessage): void {
    if (this.#ended) return;
    this.#port.postMessage(message);
    this.#signal(Request.Commands);
  }

  /** Asks a running engine to stop at its next safepoint. */
  pause(): void {
    this.#signal(Request.Pause);
  }

  /** Ends the program and the thread: politely, then after `limit` milliseconds for good. */
  async terminate(limit = 1000): Promise<void> {
    if (this.#ended) return;
    this.#signal(Request.Terminate);
    const exited = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, limit).unref())]);
    await this.dispose();
  }

  async dispose(): Promise<void> {
    this.#ended = true;
    this.#rejectAll('The program has ended.');
    clearInterval(this.#watch);
    this.#port.close();
    await this.#worker.terminate();
  }

  #stopLateEvaluation(): void {
    const deadline = Atomics.load(this.#control, Control.Deadline);
    const late = deadline === 0 ? -1 : deadlineClock() - deadline;
    if (late > 0) this.#signal(Request.StopEvaluation);
  }

  #signal(request: Request): void {
    Atomics.or(this.#control, Control.Requests, request);
    Atomics.add(this.#control, Control.Signal, 1);
    Atomics.notify(this.#control, Control.Signal);
    if (this.#interrupt === undefined) return;
    const { memory, requests, limit, bit } = this.#interrupt;
    Atomics.or(memory, requests, bit);
    Atomics.store(memory, limit, 0x7fffffff);
  }

  #receive(message: AnswerMessage | EventMessage): void {
    if ('event' in message) {
      if (message.event === 'ready') {
        const { memory, requests, limit, bit } = message.body;
        this.#interrupt = { memory: new Int32Array(memory), requests: requests >> 2, limit: limit >> 2, bit };
      }
      this.#listener(message.event, message.body as never);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    this.#pending.delete(message.id);
    clearTimeout(pending.timer);
    if ('error' in message) pending.reject(new Error(message.error));
    else pending.resolve(message.result as never);
  }

  /** The thread is gone. What it said before comes first: its last messages may still wait on the port. */
  #gone(reason: Events['fatal']): void {
    for (;;) {
      const received = this.#ended ? undefined : receiveMessageOnPort(this.#port);
      if (received === undefined) break;
      this.#receive(received.message as AnswerMessage | EventMessage);
    }
    if (this.#ended) return;
    this.#ended = true;
    this.#rejectAll(reason.message);
    this.#listener('fatal', reason);
  }

  #rejectAll(message: string): void {
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new Error(message));
    }
    this.#pending.clear();
  }
}
