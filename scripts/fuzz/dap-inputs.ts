// Hostile input for the debug adapter: sessions made of good, mutated and broken messages, the same for the same seed.
//
//   npm run fuzz-dap -- [--seed S] [--count N] [--session I]     needs dist/ (npm run build)
//
// Held against every session: the adapter answers each well-formed request exactly once; nothing hangs; no process ends by a
// signal or by itself; no text shows an exception of the host; a port writes no file that a client named, and closes on the
// first byte that is no message; on stdio a broken message costs itself only.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { readOptions } from '../options.ts';
import { type Input, type InputPlaces, SessionInputs } from './dap-mutations.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const cli = path.join(root, 'dist/cli.js');
/** Longer than any limit of the adapter for an answer, shorter than patience. */
const hang = 45_000;

/** Texts that only a host exception has. What a program or an expression throws has its error's name before it. */
const hostText =
  /Cannot (?:read|set) propert|is not (?:a function|iterable|a constructor|defined)|Maximum call stack|Invalid (?:array|string|typed array) length|Cannot mix BigInt|cannot be converted to a BigInt|could not be cloned|out of bounds|The engine failed|node:internal|\bERR_[A-Z]|\.(?:ts|cjs):\d+/;
const isHostText = (text: string): boolean => hostText.test(text) && !/(?:^|[\s:])[A-Z]\w*Error: /.test(text);

class Failure extends Error {}

/** One connection: what was sent and what came back. */
class Connection {
  readonly #output: Writable;
  #data: Buffer = Buffer.alloc(0);
  #waiting: (() => void) | undefined;
  /** Requests sent less responses received, by seq. */
  readonly #open = new Map<number, string[]>();
  readonly problems: string[] = [];
  isClosed = false;
  events = new Map<string, number>();

  constructor(input: Readable, output: Writable) {
    this.#output = output;
    input.on('data', (data: Buffer) => this.#receive(data));
    input.on('error', () => {});
    input.on('close', () => {
      this.isClosed = true;
      this.#waiting?.();
    });
    output.on('error', () => {});
  }

  send({ bytes, request }: Input): void {
    if (request !== undefined) {
      const open = this.#open.get(request.seq) ?? [];
      open.push(request.command);
      this.#open.set(request.seq, open);
    }
    this.#output.write(bytes);
  }

  end(): void {
    this.#output.end();
  }

  /** Waits until every request sent so far is answered. */
  async answered(): Promise<void> {
    await this.until(
      () => this.#open.size === 0,
      () => {
        const open = [...this.#open].map(([seq, commands]) => `${commands.join(', ')} (seq ${seq})`);
        return `no answer to ${open.slice(0, 5).join('; ')}`;
      },
    );
  }

  async until(done: () => boolean, what: () => string): Promise<void> {
    const end = Date.now() + hang;
    while (!done()) {
      if (this.problems.length > 0) throw new Failure(this.problems.join('\n'));
      if (this.isClosed) throw new Failure(`the connection closed: ${what()}`);
      const left = end - Date.now();
      if (left <= 0) throw new Failure(`hang: ${what()}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    if (this.problems.length > 0) throw new Failure(this.problems.join('\n'));
  }

  #receive(data: Buffer): void {
    this.#data = Buffer.concat([this.#data, data]);
    for (;;) {
      const end = this.#data.indexOf('\r\n\r\n');
      if (end < 0) break;
      const length = Number(/^Content-Length: (\d+)$/.exec(this.#data.toString('latin1', 0, end))?.[1]);
      if (Number.isNaN(length)) {
        this.problems.push(`a header that is none: ${this.#data.toString('latin1', 0, end).slice(0, 200)}`);
        this.#data = Buffer.alloc(0);
        break;
      }
      if (this.#data.length < end + 4 + length) break;
      this.#message(this.#data.toString('utf8', end + 4, end + 4 + length));
      this.#data = this.#data.subarray(end + 4 + length);
    }
    this.#waiting?.();
  }

  #message(text: string): void {
    const message = JSON.parse(text);
    if (message.type === 'event') {
      this.events.set(message.event, (this.events.get(message.event) ?? 0) + 1);
      // stdout and stderr are the program's own; a trace repeats what is judged where it is said.
      const { category, output } = message.body ?? {};
      if (
        message.event === 'output' &&
        !/^std/.test(category) &&
        !/^(?:To|From) client: /.test(output) &&
        isHostText(output)
      )
        this.problems.push(`output: ${text}`);
      return;
    }
    const open = this.#open.get(message.request_seq);
    const i = open?.indexOf(message.command) ?? -1;
    if (i < 0) {
      this.problems.push(`an answer that nobody waits for: ${text.slice(0, 300)}`);
      return;
    }
    open!.splice(i, 1);
    if (open!.length === 0) this.#open.delete(message.request_seq);
    if (!message.success && isHostText(message.message ?? '')) this.problems.push(`answer: ${text.slice(0, 500)}`);
  }
}

const died = (child: ChildProcess): string | undefined =>
  child.signalCode !== null
    ? `signal ${child.signalCode}`
    : child.exitCode !== null
      ? `status ${child.exitCode}`
      : undefined;

class Adapter {
  readonly child: ChildProcess;
  stderr = '';

  constructor(...args: string[]) {
    this.child = spawn(process.execPath, [cli, 'dap', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.stderr!.on('data', (data: Buffer) => {
      this.stderr += data;
    });
  }

  async port(): Promise<number> {
    for (let i = 0; i < 1000; i++) {
      const found = /127\.0\.0\.1:(\d+)/.exec(this.stderr);
      if (found !== null) return Number(found[1]);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Failure(`dap --port does not listen: ${this.stderr}`);
  }
}

const connected = (port: number): Promise<Connection> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(new Connection(socket, socket)));
    socket.once('error', reject);
  });

/** All of a session's inputs, in groups that are sent at once. */
async function talk(connection: Connection, inputs: readonly Input[][]): Promise<void> {
  for (const group of inputs) {
    for (const input of group) connection.send(input);
    await connection.answered();
  }
}

async function overPort(port: number, inputs: SessionInputs): Promise<void> {
  const connection = await connected(port);
  await talk(connection, inputs.groups);
  // The last one is no message: the connection closes, and what stands behind it is not done.
  connection.send(inputs.foreign());
  const end = Date.now() + hang;
  while (!connection.isClosed && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
  if (!connection.isClosed) throw new Failure('hang: a port stays open after bytes that are no message');
  if (connection.problems.length > 0) throw new Failure(connection.problems.join('\n'));
}

async function overStdio(inputs: SessionInputs): Promise<void> {
  const { child } = new Adapter();
  const connection = new Connection(child.stdout!, child.stdin!);
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    await talk(connection, inputs.groups);
    connection.send(inputs.unfinished());
    connection.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), hang);
    await exit;
    clearTimeout(timer);
    const { signalCode, exitCode } = child;
    if (signalCode === 'SIGKILL') throw new Failure('hang: the adapter stays after the end of its input');
    if (signalCode !== null || exitCode !== 0) throw new Failure(`the adapter ended with ${died(child)}`);
    if (connection.problems.length > 0) throw new Failure(connection.problems.join('\n'));
  } finally {
    child.kill('SIGKILL');
  }
}

const programs = {
  'stops.js': `const list = [1, 2, { deep: { deeper: [1.5, 'text', null] } }];
class Point { #secret = 1; constructor(x) { this.x = x; } get twice() { return 2 * this.x; } }
function inner(point, list) { const local = point.x + 1; debugger; return local; }
const map = new Map([[1, 'one'], ['two', { three: 3 }]]);
for (let i = 0; i < 1e6; i++) inner(new Point(i), list);`,
  'busy.js': 'let n = 0; for (;;) n = (n + 1) | 0;',
  'bails.js': `function area(o) { return o.x * o.y; }
let sum = 0;
for (let i = 0; i < 3000; i++) sum += area({ x: i, y: 2 });
for (let i = 0; i < 10; i++) sum += area({ y: i, x: 2 });
console.log(sum);
setInterval(() => console.log('tick'), 50);`,
  'ends.js': "console.log('done');",
  'throws.js': 'null.property;',
};

async function main(): Promise<number> {
  const options = readOptions('npm run fuzz-dap -- [--count N] [--seed S] [--session K]', {
    seed: 'number',
    count: 'number',
    session: 'number',
  });
  const { seed = 1, count = 10_000, session: only = -1 } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'bailout-fuzz-dap-'));
  for (const [name, text] of Object.entries(programs)) writeFileSync(path.join(folder, name), text);
  const places: InputPlaces = {
    programs: Object.keys(programs).map((name) => path.join(folder, name)),
    trace: path.join(folder, 'trace.log'),
  };
  const server = new Adapter('--port', '0');
  const port = await server.port();
  let sent = 0;
  let failures = 0;
  const begin = Date.now();
  for (let session = Math.max(0, only); sent < count && (only < 0 || session === only); session++) {
    const isStdio = session % 6 === 5;
    const inputs = new SessionInputs(seed, session, places, isStdio);
    sent += inputs.count;
    try {
      if (isStdio) await overStdio(inputs);
      else await overPort(port, inputs);
      if (!isStdio && existsSync(places.trace)) throw new Failure('a port client wrote a file through trace');
      rmSync(places.trace, { force: true });
      if (died(server.child) !== undefined)
        throw new Failure(`the adapter on a port ended with ${died(server.child)}\n${server.stderr}`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures++;
      console.log(`seed ${seed} session ${session} (${isStdio ? 'stdio' : 'port'}): ${error.message}`);
      if (died(server.child) !== undefined) break;
    }
  }
  server.child.kill();
  rmSync(folder, { recursive: true, force: true });
  const seconds = Math.round((Date.now() - begin) / 1000);
  console.log(`fuzz-dap: ${sent} inputs from seed ${seed} in ${seconds} s, ${failures} sessions failed`);
  return failures === 0 ? 0 : 1;
}

process.exitCode = await main();
