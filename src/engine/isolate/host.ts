// The outside world: everything that a program can observe and the engine does not compute. One interface, so that a
// session can be recorded and replayed.

import { fstatSync, readSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { RuntimeHost } from '../runtime/index.ts';
import { type FileKind, fileKind, readTextFile, realPath } from './text-file.ts';

export interface Host extends RuntimeHost {
  /** Contents of a regular file as text; throws FileError. */
  readFile(path: string, options?: { readonly mayBePipe?: boolean }): string;
  /** What a name is, links followed; undefined when there is nothing. Opens nothing. */
  kindOf(path: string): FileKind | undefined;
  /** The path of something that is there, without symbolic links; throws FileError. */
  realpath(path: string): string;
  /** The directory that the program runs in. */
  currentDirectory(): string;
  /** Blocks for the given time (timers of `run`). */
  sleep(milliseconds: number): void;
  /** A line of standard input, undefined at its end. */
  readLine(): string | undefined;
  /** Up to so many bytes of standard input, undefined at its end. Waits for them. */
  readInput(most: number): Uint8Array | undefined;
  writeBytes(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
  /** The process that the program runs in, as traces name it. */
  readonly processId: number;
  /** Bytes of memory that the host's process has in use. */
  residentBytes(): number;
  /** What `action` gives if it is done by then; it is ended in the midst of what the host does for it, and must not mind. */
  within?<T>(milliseconds: number, action: () => T): { readonly value: T } | undefined;
  /** What a standard stream's terminal is like; undefined where it is none. */
  terminal(descriptor: number): Terminal | undefined;
}

export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  /** Bits of a colour: 1, 4, 8 or 24. */
  readonly colors: number;
}

const sleepWord = new Int32Array(new SharedArrayBuffer(4));

/** Writes to a descriptor, without the streams that `process.stdout` would load; waits where a reader is slow. */
const writeAll = (descriptor: number, bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'EPIPE') process.exit(1); // nobody reads any more
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(sleepWord, 0, 0, 1);
    }
  }
};

const actionKey = Symbol.for('bailout.action');

/** Only scripts have a time limit: the action is called by one. */
function within<T>(milliseconds: number, action: () => T): { readonly value: T } | undefined {
  const { Script } = createRequire(import.meta.url)('node:vm') as typeof import('node:vm');
  const holder = globalThis as unknown as Record<symbol, (() => T) | undefined>;
  holder[actionKey] = action;
  try {
    const script = new Script("globalThis[Symbol.for('bailout.action')]()");
    return { value: script.runInThisContext({ timeout: milliseconds }) as T };
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  } finally {
    holder[actionKey] = undefined;
  }
}

const longestLine = 64 * 1024 * 1024;

/** Lines of a descriptor, read as they are asked for: input may have no end. */
class LineReader {
  private readonly descriptor: number;
  private data: Buffer = Buffer.alloc(0);
  private isAtEnd = false;

  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }

  /** The next line without its end; undefined after the last. A line without an end in sight is given in pieces. */
  next(): string | undefined {
    for (let searched = 0; ; ) {
      const end = this.data.indexOf(10, searched);
      if (end >= 0) return this.take(end, 1);
      searched = this.data.length;
      if (searched >= longestLine) return this.take(searched, 0);
      if (!this.isAtEnd && this.read()) continue;
      return this.data.length === 0 ? undefined : this.take(this.data.length, 0);
    }
  }

  /** Bytes as they come. */
  bytes(most: number): Uint8Array | undefined {
    if (this.data.length === 0 && !(!this.isAtEnd && this.read())) return undefined;
    const piece = this.data.subarray(0, most);
    this.data = this.data.subarray(piece.length);
    return piece;
  }

  private take(length: number, separator: number): string {
    const line = this.data.toString('utf8', 0, length);
    this.data = this.data.subarray(length + separator);
    return line;
  }

  private read(): boolean {
    const piece = Buffer.allocUnsafe(Math.max(64 * 1024, this.data.length));
    for (;;) {
      try {
        const length = readSync(this.descriptor, piece);
        this.isAtEnd = length === 0;
        this.data = Buffer.concat([this.data, piece.subarray(0, length)]);
        return length > 0;
      } catch (error) {
        if ((error as { code?: string }).code !== 'EAGAIN') {
          this.isAtEnd = true;
          return false;
        }
        Atomics.wait(sleepWord, 0, 0, 10);
      }
    }
  }
}

/** `node:tty` loads the network's modules: only where there is something that may be a terminal. */
const isTerminal = (descriptor: number): boolean => {
  try {
    if (!fstatSync(descriptor).isCharacterDevice()) return false;
  } catch {
    return false; // closed
  }
  const tty: typeof import('node:tty') = createRequire(import.meta.url)('node:tty');
  return tty.isatty(descriptor);
};

const terminalOf = (descriptor: number): Terminal | undefined => {
  if (!isTerminal(descriptor)) return undefined;
  if (descriptor === 0) return { columns: 0, rows: 0, colors: 1 };
  const stream = descriptor === 1 ? process.stdout : process.stderr;
  return { columns: stream.columns ?? 80, rows: stream.rows ?? 24, colors: stream.getColorDepth?.() ?? 1 };
};

/** The process that we are in. */
export const nodeHost = (): Host => {
  const start = process.hrtime(); // `performance` would load a module of its own
  const input = new LineReader(0);
  return {
    write(stream, text) {
      writeAll(stream === 'stdout' ? 1 : 2, Buffer.from(text));
    },
    currentTime: () => Date.now(),
    monotonicTime: () => {
      const [seconds, nanoseconds] = process.hrtime(start);
      return 1000 * seconds + nanoseconds / 1e6;
    },
    random: Math.random,
    readFile: readTextFile,
    kindOf: fileKind,
    realpath: realPath,
    currentDirectory: () => process.cwd(),
    sleep(milliseconds) {
      if (milliseconds > 0) Atomics.wait(sleepWord, 0, 0, milliseconds);
    },
    within,
    readLine: () => input.next(),
    readInput: (most) => input.bytes(most),
    writeBytes: (stream, bytes) => writeAll(stream === 'stdout' ? 1 : 2, bytes),
    processId: process.pid,
    residentBytes: () => process.memoryUsage.rss(),
    terminal: terminalOf,
  };
};
