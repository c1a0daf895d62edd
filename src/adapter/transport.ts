// Bytes ↔ messages. A message is `Content-Length: N`, a blank line, and N bytes of JSON.
//
// Invariant: whatever arrives, the adapter lives. What cannot be read is reported as an `output` event that says what was
// expected and what was found; reading goes on at the next header.

import { createServer, type Server, type Socket } from 'node:net';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { logger } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { BailoutSession } from './session.ts';

const headerEnd = '\r\n\r\n';
const longestMessage = 64 * 1024 * 1024;

export class MessageReader {
  #data: Buffer = Buffer.alloc(0);
  #length = -1;
  readonly #message: (message: DebugProtocol.ProtocolMessage) => void;
  readonly #problem: (text: string) => void;

  constructor(message: (message: DebugProtocol.ProtocolMessage) => void, problem: (text: string) => void) {
    this.#message = message;
    this.#problem = problem;
  }

  push(data: Buffer): void {
    this.#data = this.#data.length === 0 ? data : Buffer.concat([this.#data, data]);
    while (this.#length < 0 ? this.#header() : this.#body()) {
      // Every round takes one header or one body.
    }
  }

  #header(): boolean {
    const end = this.#data.indexOf(headerEnd);
    if (end < 0) {
      if (this.#data.length > 64 * 1024) {
        this.#problem(
          `expected a header 'Content-Length: N' and a blank line, found ${this.#data.length} bytes of something else`,
        );
        this.#data = Buffer.alloc(0);
      }
      return false;
    }
    const header = this.#data.toString('latin1', 0, end);
    this.#data = this.#data.subarray(end + headerEnd.length);
    const found = /Content-Length: *(\d{1,9})\s*$/im.exec(header);
    const length = found === null ? Number.NaN : Number(found[1]);
    if (!(length <= longestMessage)) {
      this.#problem(
        `expected a header 'Content-Length: N' with N ≤ ${longestMessage}, found ${JSON.stringify(header.slice(0, 120))}`,
      );
      return true;
    }
    this.#length = length;
    return true;
  }

  #body(): boolean {
    if (this.#data.length < this.#length) return false;
    const text = this.#data.toString('utf8', 0, this.#length);
    this.#data = this.#data.subarray(this.#length);
    this.#length = -1;
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch (error) {
      this.#problem(
        `expected a message in JSON, found ${JSON.stringify(text.slice(0, 120))}: ${(error as Error).message}`,
      );
      return true;
    }
    const problem = shapeProblem(message);
    if (problem === undefined) this.#message(message as DebugProtocol.ProtocolMessage);
    else this.#problem(`${problem}, found ${text.slice(0, 120)}`);
    return true;
  }
}

function shapeProblem(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return 'expected a message object';
  const { type, seq, command, arguments: args } = message as Record<string, unknown>;
  if (type === 'response' || type === 'event') return undefined;
  if (type !== 'request') return "expected a message with type 'request'";
  if (typeof seq !== 'number') return "expected a request with a number 'seq'";
  if (typeof command !== 'string') return "expected a request with a string 'command'";
  if (args !== undefined && (typeof args !== 'object' || args === null))
    return "expected a request whose 'arguments' are an object";
  return undefined;
}

export interface AdapterOptions {
  /** The engine thread's entry point. */
  readonly engine: URL;
}

/** One session over a pair of streams; resolves when the client has gone and the engine is down. */
export function serveStreams(input: Readable, output: Writable, options: AdapterOptions): Promise<void> {
  const session = new BailoutSession(options.engine);
  session.setRunAsServer(true);
  // The session's own reader ends the process on the first bad byte; it gets an empty stream, and messages come from ours.
  session.start(new PassThrough(), output);
  const reader = new MessageReader(
    (message) => session.handleMessage(message),
    (problem) => session.reportProblem(`Malformed message: ${problem}.`),
  );
  return new Promise((resolve) => {
    const gone = () => void session.disposeEngine().then(resolve);
    input.on('data', (data: Buffer) => reader.push(data));
    input.once('end', gone);
    input.once('close', gone);
    input.on('error', gone);
    output.on('error', () => {});
    session.onDisconnected = () => {
      output.end();
      gone();
    };
  });
}

export async function serveStdio(options: AdapterOptions): Promise<void> {
  await serveStreams(process.stdin, process.stdout, options);
  await logger.dispose();
  process.exit(0);
}

/** Listens on the loopback interface only; a session per connection. */
export function servePort(port: number, options: AdapterOptions): Promise<Server> {
  const server = createServer((socket: Socket) => {
    socket.setNoDelay(true);
    void serveStreams(socket, socket, options).then(() => socket.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
