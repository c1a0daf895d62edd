// The outside world: everything that a program can observe and the engine does not compute. One interface, so that a
// session can be recorded and replayed.

import { readFileSync, writeSync } from 'node:fs';
import type { RuntimeHost } from '../runtime/index.ts';

export interface Host extends RuntimeHost {
  /** File contents as text; throws when it cannot be read. */
  readFile(path: string): string;
  /** Whether a regular file exists. */
  isFile(path: string): boolean;
  /** Blocks for the given time (timers of `run`). */
  sleep(milliseconds: number): void;
  /** A line of standard input, undefined at its end. */
  readLine(): string | undefined;
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

/** The process that we are in. */
export const nodeHost = (): Host => {
  const start = process.hrtime(); // `performance` would load a module of its own
  let buffered = '';
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
    readFile: (path) => readFileSync(path, 'utf8'),
    isFile(path) {
      try {
        readFileSync(path);
        return true;
      } catch {
        return false;
      }
    },
    sleep(milliseconds) {
      if (milliseconds > 0) Atomics.wait(sleepWord, 0, 0, milliseconds);
    },
    readLine() {
      if (buffered === '') {
        try {
          buffered = readFileSync(0, 'utf8');
        } catch {
          return undefined;
        }
        if (buffered === '') return undefined;
      }
      const end = buffered.indexOf('\n');
      const line = end < 0 ? buffered : buffered.slice(0, end);
      buffered = end < 0 ? '' : buffered.slice(end + 1);
      return line;
    },
  };
};
