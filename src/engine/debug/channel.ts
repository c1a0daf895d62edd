// The engine's end of the channel. Synchronous throughout, because the thread that answers is the thread that is stopped:
// `serve` blocks until a handler asks to go on, `poll` answers what waits and returns.

import type { MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import {
  type AnswerMessage,
  type CommandHandlers,
  type CommandMessage,
  Control,
  type EngineState,
  type EventMessage,
  type EventName,
  type Events,
  Request,
} from './protocol.ts';

export class EngineChannel {
  readonly #port: MessagePort;
  readonly #receive: typeof receiveMessageOnPort;
  readonly #control: Int32Array;
  /** `Control.Signal` as the last `poll` found it. */
  #seen = 0;

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

  /** What the adapter wants of a running engine, as bits of `Request`; clears them. */
  takeRequests(): Request {
    return Atomics.exchange(this.#control, Control.Requests, 0);
  }

  /** Puts requests back that a caller took but leaves to somebody else. */
  returnRequests(requests: number): void {
    Atomics.or(this.#control, Control.Requests, requests);
  }

  /** Answers every command that waits. */
  poll(handlers: CommandHandlers): void {
    this.#seen = Atomics.load(this.#control, Control.Signal);
    for (;;) {
      const received = this.#receive(this.#port);
      if (received === undefined) return;
      this.#answer(received.message as CommandMessage, handlers);
    }
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
    try {
      const handler = handlers[message.command] as ((args: unknown) => never) | undefined;
      if (handler === undefined) throw new Error(`unknown command '${message.command}'`);
      answer = { id: message.id, result: handler.call(handlers, message.args) };
    } catch (error) {
      answer = { id: message.id, error: error instanceof Error ? error.message : String(error) };
    }
    this.#port.postMessage(answer);
  }
}
