// The engine's end of the channel. Synchronous throughout, because the thread that answers is the thread that is stopped:
// `serve` blocks until a handler asks to go on, `poll` answers what waits and returns.

import type { MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import {
  type AnswerMessage,
  type CancelMessage,
  type CommandHandlers,
  type CommandMessage,
  Control,
  deadlineClock,
  type EngineState,
  type EventMessage,
  type EventName,
  type Events,
  Request,
} from './protocol.ts';

/** The engine's end of the channel. */
export interface DebugChannel {
  emit<N extends EventName>(event: N, body: Events[N]): void;
  state: EngineState;
  /** Milliseconds until the evaluation that begins is to be stopped; 0: it has ended. */
  limit: number;
  takeRequests(): Request;
  returnRequests(requests: number): void;
  poll(handlers: CommandHandlers): void;
  isCancelled(): boolean;
  serve(handlers: CommandHandlers, done: () => boolean): boolean;
  sleep(milliseconds?: number): void;
}

export class EngineChannel implements DebugChannel {
  readonly #port: MessagePort;
  readonly #receive: typeof receiveMessageOnPort;
  readonly #control: Int32Array;
  /** `Control.Signal` as the last `poll` found it. */
  #seen = 0;
  /** Taken from the port, not answered yet. */
  readonly #waiting: CommandMessage[] = [];
  #answering: CommandMessage | undefined;
  /** Whether nobody waits for the answer that is being made. */
  #isCancelled = false;

  /** @param receive node:worker_threads', given so that an engine without a debugger does not load it */
  constructor(port: MessagePort, control: SharedArrayBuffer, receive: typeof receiveMessageOnPort) {
    this.#port = port;
    this.#receive = receive;
    this.#control = new Int32Array(control);
  }

  emit<N extends EventName>(event: N, body: Events[N]): void {
    this.#port.postMessage({ event, body } as EventMessage);
  }

  set state(state: EngineState) {
    Atomics.store(this.#control, Control.State, state);
  }

  set limit(milliseconds: number) {
    Atomics.store(this.#control, Control.Deadline, milliseconds === 0 ? 0 : deadlineClock() + milliseconds);
  }

  /** What the adapter wants of a running engine, as bits of `Request`; clears them. */
  takeRequests(): Request {
    return Atomics.exchange(this.#control, Control.Requests, 0);
  }

  /** Puts requests back that a caller took but leaves to somebody else. */
  returnRequests(requests: number): void {
    Atomics.or(this.#control, Control.Requests, requests);
  }

  /** Takes what came: commands wait, cancellations take effect. */
  #take(): void {
    this.#seen = Atomics.load(this.#control, Control.Signal);
    for (;;) {
      const received = this.#receive(this.#port);
      if (received === undefined) return;
      const message = received.message as CommandMessage | CancelMessage;
      if (!('cancel' in message)) this.#waiting.push(message);
      else if (this.#answering?.id === message.cancel) this.#isCancelled = true;
      else {
        const i = this.#waiting.findIndex(({ id }) => id === message.cancel);
        if (i < 0) continue;
        this.#waiting.splice(i, 1);
        this.#port.postMessage({ id: message.cancel, error: 'cancelled' } satisfies AnswerMessage);
      }
    }
  }

  /** Answers every command that waits. */
  poll(handlers: CommandHandlers): void {
    for (;;) {
      this.#take();
      const message = this.#waiting.shift();
      if (message === undefined) return;
      this.#answer(message, handlers);
    }
  }

  /** For a command that takes long: whether nobody waits for its answer any more. */
  isCancelled(): boolean {
    this.#take();
    return this.#isCancelled;
  }

  /** Blocks, answering commands, until `done()`, or until the adapter wants the program to end. True means terminate. */
  serve(handlers: CommandHandlers, done: () => boolean): boolean {
    for (;;) {
      this.poll(handlers);
      if ((Atomics.load(this.#control, Control.Requests) & Request.Terminate) !== 0) return true;
      if (done()) return false;
      this.sleep();
    }
  }

  /** Sleeps at most `milliseconds` (timers of the debuggee); not at all when the adapter has signalled since the last `poll`. */
  sleep(milliseconds = Number.POSITIVE_INFINITY): void {
    Atomics.wait(this.#control, Control.Signal, this.#seen, milliseconds);
  }

  #answer(message: CommandMessage, handlers: CommandHandlers): void {
    let answer: AnswerMessage;
    const outer = this.#answering;
    this.#answering = message;
    this.#isCancelled = false;
    try {
      const handler = handlers[message.command] as ((args: unknown) => never) | undefined;
      if (handler === undefined) throw new Error(`unknown command '${message.command}'`);
      answer = { id: message.id, result: handler.call(handlers, message.args) };
    } catch (error) {
      answer = { id: message.id, error: error instanceof Error ? error.message : String(error) };
    }
    this.#answering = outer;
    this.#port.postMessage(answer);
  }
}
