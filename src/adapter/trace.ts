// `trace` of a launch configuration: what the client and the adapter say to each other, as lines in a file or in the client's
// own console. A session traces its own messages only.

import { closeSync, openSync, writeSync } from 'node:fs';

const longestLine = 16 * 1024;

export class Trace {
  #file: number | undefined;
  #sink: ((line: string) => void) | undefined;

  get isOn(): boolean {
    return this.#file !== undefined || this.#sink !== undefined;
  }

  /** Into a file, which is made anew. Throws when it cannot be written. */
  toFile(path: string): void {
    this.close();
    try {
      this.#file = openSync(path, 'w');
    } catch (error) {
      throw new Error(`Cannot write 'trace' file '${path}' (${(error as { code?: string }).code}).`);
    }
  }

  toClient(sink: (line: string) => void): void {
    this.close();
    this.#sink = sink;
  }

  /** A message, as JSON where it can be written as JSON. */
  message(direction: string, what: string, body: unknown): void {
    if (!this.isOn) return;
    let text: string;
    try {
      text = JSON.stringify(body) ?? '';
    } catch {
      text = '(too deep or too long to print)';
    }
    this.#line(`${direction}: ${what}(${text.slice(0, longestLine)})`);
  }

  #line(text: string): void {
    if (this.#file === undefined) this.#sink?.(`${text}\n`);
    else {
      try {
        writeSync(this.#file, `[${new Date().toISOString()}] ${text}\n`);
      } catch {
        this.close(); // a full disk ends the trace, not the session
      }
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    this.#sink = undefined;
  }
}
