// Bytes ↔ messages. A message is `Content-Length: N`, a blank line, and N bytes of JSON.
//
// Invariant: whatever arrives, the adapter lives. On stdio, what cannot be read is reported as an `output` event that says what
// was expected and what was found, and reading goes on at the next header. A port takes bytes from whoever runs on this
// machine, web pages in a browser included, and their requests start programs: there the first byte that cannot belong to
// `Content-Length:` ends the connection, before anything that follows is looked at.

import { createServer, type Server, type Socket } from 'node:net';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { BailoutSession } from './session.ts';

const headerEnd = '\r\n\r\n';
const headerStart = 'content-length:';
const longestHeader = 1024;
const longestMessage = 16 * 1024 * 1024;

export interface ReaderEvents {
  message(message: DebugProtocol.ProtocolMessage): void;
  problem(text: string): void;
  /** The stream is no stream of messages. Where this is missing, it is a problem and reading goes on. */
  readonly foreign?: (() => void) | undefined;
}

export class MessageReader {
  #data: Buffer = Buffer.alloc(0);
  /** What came after #data; joined to it when there is enough. */
  #later: Buffer[] = [];
  #laterLength = 0;
  #length = -1;
  #isForeign = false;
  readonly #events: ReaderEvents;

  constructor(events: ReaderEvents) {
    this.#events = events;
  }

  push(data: Buffer): void {
    if (this.#isForeign) return;
    this.#later.push(data);
    this.#laterLength += data.length;
    if (this.#data.length + this.#laterLength < this.#length) return;
    this.#data = Buffer.concat([this.#data, ...this.#later]);
    this.#later = [];
    this.#laterLength = 0;
    while (!this.#isForeign && (this.#length < 0 ? this.#header() : this.#body())) {
      // Every round takes one header or one body.
    }
  }

  /** A header that is none. Whether reading goes on. */
  #badHeader(problem: string): boolean {
    if (this.#events.foreign === undefined) {
      this.#events.problem(problem);
      return true;
    }
    this.#isForeign = true;
    this.#data = Buffer.alloc(0);
    this.#events.foreign();
    return false;
  }

  #header(): boolean {
    const first = this.#data.toString('latin1', 0, headerStart.length).toLowerCase();
    if (this.#events.foreign !== undefined && !headerStart.startsWith(first)) return this.#badHeader('');
    const end = this.#data.indexOf(headerEnd);
    if (end < 0) {
      if (this.#data.length > longestHeader) {
        const { length } = this.#data;
        this.#data = Buffer.alloc(0);
        this.#badHeader(
          `expected a header 'Content-Length: N' and a blank line, found ${length} bytes of something else`,
        );
      }
      return false;
    }
    const header = this.#data.toString('latin1', 0, end);
    this.#data = this.#data.subarray(end + headerEnd.length);
    const found = /Content-Length: *(\d{1,9})\s*$/im.exec(header);
    const length = found === null ? Number.NaN : Number(found[1]);
    if (!(length <= longestMessage)) {
      return this.#badHeader(
        `expected a header 'Content-Length: N' with N ≤ ${longestMessage}, found ${JSON.stringify(header.slice(0, 120))}`,
      );
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
      this.#events.problem(
        `expected a message in JSON, found ${JSON.stringify(text.slice(0, 120))}: ${(error as Error).message}`,
      );
      return true;
    }
    const problem = shapeProblem(message);
    if (problem === undefined) this.#events.message(message as DebugProtocol.ProtocolMessage);
    else this.#events.problem(`${problem}, found ${text.slice(0, 120)}`);
    return true;
  }
}

function shapeProblem(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return 'expected a message object';
  const { type, seq, command, arguments: args } = message as Record<string, unknown>;
  if (type === 'response' || type === 'event') return undefined;
  if (type !== 'request') return "expected a message with type 'request'";
  if (!Number.isSafeInteger(seq)) return "expected a request with an integer number 'seq'";
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
export function serveStreams(
  input: Readable,
  output: Writable,
  { engine, isPort = false }: AdapterOptions & { readonly isPort?: boolean },
): Promise<void> {
  return new Promise((resolve) => {
    const gone = () => void session.disposeEngine().then(resolve);
    const disconnected = () => {
      output.end();
      gone();
    };
    const session = new BailoutSession({ engine, mayNameFiles: !isPort, disconnected });
    session.setRunAsServer(true);
    // The session's own reader ends the process on the first bad byte; it gets an empty stream, and messages come from ours.
    session.start(new PassThrough(), output);
    const reader = new MessageReader({
      message: (message) => session.handleMessage(message),
      problem: (problem) => session.reportProblem(`Malformed message: ${problem}.`),
      foreign: isPort ? () => input.destroy() : undefined,
    });
    input.on('data', (data: Buffer) => reader.push(data));
    input.once('end', gone);
    input.once('close', gone);
    input.on('error', gone);
    output.on('error', () => {});
  });
}

export async function serveStdio(options: AdapterOptions): Promise<void> {
  await serveStreams(process.stdin, process.stdout, options);
  process.exit(0);
}

/** Listens on the loopback interface only; a session per connection. */
export function servePort(port: number, options: AdapterOptions): Promise<Server> {
  const server = createServer((socket: Socket) => {
    socket.setNoDelay(true);
    void serveStreams(socket, socket, { ...options, isPort: true }).then(() => socket.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
