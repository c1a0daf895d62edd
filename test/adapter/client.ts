// A protocol client for tests: sends requests over a pair of streams, keeps the transcript, waits for events with a limit.

import { type ChildProcess, spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type { DebugProtocol } from '@vscode/debugprotocol';

// biome-ignore lint/suspicious/noExplicitAny: bodies are checked by the tests
type Body = any;

export class Client {
  readonly events: DebugProtocol.Event[] = [];
  /** One line per message, in a form that is the same on every run. */
  readonly transcript: string[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #responses = new Map<number, DebugProtocol.Response>();
  readonly #output: Writable;
  #data: Buffer = Buffer.alloc(0);
  #seq = 1;
  #taken = 0;
  closed = false;
  dispose: () => void = () => {};

  constructor(input: Readable, output: Writable) {
    this.#output = output;
    input.on('data', (data: Buffer) => this.#receive(data));
    input.on('close', () => {
      this.closed = true;
      this.#wake();
    });
    output.on('error', () => {});
  }

  static spawn(script: string, ...args: string[]): Client & { process: ChildProcess } {
    const process_ = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    const client = new Client(process_.stdout, process_.stdin);
    client.dispose = () => process_.kill();
    return Object.assign(client, { process: process_ });
  }

  static async connect(port: number): Promise<Client> {
    const socket = await new Promise<Socket>((resolve, reject) => {
      const s = connect(port, '127.0.0.1', () => resolve(s));
      s.on('error', reject);
    });
    const client = new Client(socket, socket);
    client.dispose = () => socket.destroy();
    return client;
  }

  /** Sends bytes as they are. */
  raw(text: string): void {
    this.#output.write(text);
  }

  /** Sends a message that need not be right. */
  message(message: unknown): void {
    const text = JSON.stringify(message);
    this.raw(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  async response(command: string, args?: object, limit = 15_000, record = true): Promise<DebugProtocol.Response> {
    const seq = this.#seq++;
    this.transcript.push(`→ ${command} ${JSON.stringify(args ?? {})}`);
    this.message({ seq, type: 'request', command, arguments: args });
    await this.#until(() => this.#responses.has(seq), limit, `a response to '${command}'`);
    const response = this.#responses.get(seq)!;
    if (!record) return response;
    this.transcript.push(
      `← ${command} ${response.success ? JSON.stringify(response.body ?? {}) : `failed: ${response.message}`}`,
    );
    return response;
  }

  /** The body of a successful response. */
  async request(command: string, args?: object, limit?: number): Promise<Body> {
    const response = await this.response(command, args, limit);
    if (!response.success) throw new Error(`${command} failed: ${response.message}`);
    return response.body;
  }

  /** The next event of a kind, among those not taken yet; earlier ones are skipped. */
  async event(name: string, limit = 15_000): Promise<Body> {
    return (await this.oneOf([name], limit)).body ?? {};
  }

  /** The next event of one of several kinds. */
  async oneOf(names: readonly string[], limit = 15_000): Promise<DebugProtocol.Event> {
    let index = -1;
    await this.#until(
      () => {
        index = this.events.findIndex((event, i) => i >= this.#taken && names.includes(event.event));
        return index >= 0;
      },
      limit,
      `the event '${names.join("' or '")}'`,
    );
    this.#taken = index + 1;
    const event = this.events[index]!;
    this.transcript.push(`← event ${event.event} ${JSON.stringify(event.body ?? {})}`);
    return event;
  }

  /** initialize, launch, the given configuration requests, configurationDone. */
  async start(launch: object, configure: (client: Client) => Promise<unknown> = async () => {}): Promise<void> {
    await this.request('initialize', {
      adapterID: 'bailout',
      linesStartAt1: true,
      columnsStartAt1: true,
      pathFormat: 'path',
    });
    // Both come at once, in either order; the transcript tells them in one.
    const launched = this.response('launch', launch, undefined, false);
    const response = await launched;
    if (!response.success) throw new Error(`launch failed: ${response.message}`);
    await this.event('initialized');
    this.transcript.push('← launch {}');
    await configure(this);
    await this.request('configurationDone');
  }

  /** Waits until the adapter has closed its side. */
  async end(limit = 5000): Promise<void> {
    await this.#until(() => this.closed, limit, 'the end of the stream');
  }

  async #until(done: () => boolean, limit: number, what: string): Promise<void> {
    const end = Date.now() + limit;
    while (!done()) {
      const left = end - Date.now();
      if (left <= 0 || (this.closed && !done())) {
        throw new Error(
          `${this.closed ? 'The adapter closed before' : `Nothing came for ${limit} ms; expected`} ${what}. Transcript:\n${this.transcript.join('\n')}`,
        );
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #receive(data: Buffer): void {
    this.#data = Buffer.concat([this.#data, data]);
    for (;;) {
      const end = this.#data.indexOf('\r\n\r\n');
      if (end < 0) break;
      const length = Number(/Content-Length: (\d+)/.exec(this.#data.toString('latin1', 0, end))![1]);
      if (this.#data.length < end + 4 + length) break;
      const message = JSON.parse(
        this.#data.toString('utf8', end + 4, end + 4 + length),
      ) as DebugProtocol.ProtocolMessage;
      this.#data = this.#data.subarray(end + 4 + length);
      if (message.type === 'event') this.events.push(message as DebugProtocol.Event);
      else if (message.type === 'response')
        this.#responses.set((message as DebugProtocol.Response).request_seq, message as DebugProtocol.Response);
    }
    this.#wake();
  }
}
