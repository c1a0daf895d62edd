// A Host for tests and replays: output is kept, time is counted, nothing comes from outside.

import type { Host } from './host.ts';
import { FileError, type FileKind } from './text-file.ts';

export class RecordingHost implements Host {
  stdout = '';
  stderr = '';
  /** Milliseconds; sleeping moves it. */
  time = 0;
  readonly files: ReadonlyMap<string, string>;
  private seed = 1;

  constructor(files: ReadonlyMap<string, string> = new Map()) {
    this.files = files;
  }

  write(stream: 'stdout' | 'stderr', text: string): void {
    this[stream] += text;
  }
  currentTime(): number {
    return 1_700_000_000_000 + this.time;
  }
  monotonicTime(): number {
    return this.time;
  }
  random(): number {
    this.seed = (Math.imul(this.seed, 1103515245) + 12345) & 0x7fffffff;
    return this.seed / 0x80000000;
  }
  readFile(path: string): string {
    const text = this.files.get(path);
    if (text === undefined) throw new FileError('ENOENT', 'there is no such file');
    return text;
  }
  currentDirectory(): string {
    return '/';
  }
  kindOf(path: string): FileKind | undefined {
    if (this.files.has(path)) return 'file';
    const below = path.endsWith('/') ? path : `${path}/`;
    for (const name of this.files.keys()) if (name.startsWith(below)) return 'directory';
    return undefined;
  }
  realpath(path: string): string {
    return path;
  }
  sleep(milliseconds: number): void {
    this.time += milliseconds;
  }
  readLine(): undefined {
    return undefined;
  }
  readInput(): undefined {
    return undefined;
  }
  writeBytes(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    this[stream] += new TextDecoder().decode(bytes);
  }
  readonly processId = 1;
  residentBytes(): number {
    return 64 << 20;
  }
  terminal(): undefined {
    return undefined;
  }
}
