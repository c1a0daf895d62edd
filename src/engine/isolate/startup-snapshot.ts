// The startup snapshot: the memory of an isolate that has its standard library and its machine builtins and has run nothing,
// and the interpreter's loop, generated. The build makes it (dist/startup-snapshot.bin); an isolate begins with a copy of it.
//
//   SnapshotWord …   header, 32-bit words; the build id is 16 ASCII characters
//   start, length    of each run of used pages
//   loop             WebAssembly
//   bytes            of each run
//
// Invariant: an isolate from a snapshot and one that was bootstrapped have equal memories. So the snapshot must be of this very
// engine: addresses, layouts, builtin ids. `buildId` is the hash of the engine's bundle (and of the encoder that assembled the
// builtins); no option of an isolate has a part in what the bootstrap writes, so none is in the hash. A snapshot of another
// build is not used, and without one the isolate bootstraps.

import { readFileSync } from 'node:fs';
import type { HeapImage, ImageRun } from '../heap/index.ts';
import { takeImage } from '../heap/index.ts';
import { generateLoop } from '../interpreter/index.ts';
import { Isolate } from './isolate.ts';
import { Machine } from './machine.ts';

export interface StartupSnapshot {
  readonly image: HeapImage;
  /** The interpreter's loop for memories of that many pages. */
  readonly loop: Uint8Array<ArrayBuffer>;
  readonly loopPages: number;
}

enum SnapshotWord {
  BuildId = 0, // 4 words
  OldTop = 4,
  ReadOnlyTop = 5,
  CodeTop = 6,
  LoopPages = 7,
  LoopBytes = 8,
  Runs = 9,
  HeaderEnd = 10,
}

const buildIdLength = 16;

/** A snapshot of this engine, as the file's bytes. */
export function createStartupSnapshot(buildId: string): Uint8Array {
  if (buildId.length !== buildIdLength) throw new Error(`build id '${buildId}' must have ${buildIdLength} characters`);
  const isolate = new Isolate();
  new Machine(isolate, { deopt: false, verbose: false, write: () => undefined });
  const image = takeImage(isolate.heap);
  const loopPages = isolate.heap.size >> 16;
  const loop = generateLoop(loopPages);
  const header = new Int32Array(SnapshotWord.HeaderEnd + 2 * image.runs.length);
  header[SnapshotWord.OldTop] = image.oldTop;
  header[SnapshotWord.ReadOnlyTop] = image.readOnlyTop;
  header[SnapshotWord.CodeTop] = image.codeTop;
  header[SnapshotWord.LoopPages] = loopPages;
  header[SnapshotWord.LoopBytes] = loop.length;
  header[SnapshotWord.Runs] = image.runs.length;
  image.runs.forEach(({ start, bytes }, i) => header.set([start, bytes.length], SnapshotWord.HeaderEnd + 2 * i));
  const parts = [new Uint8Array(header.buffer), loop, ...image.runs.map(({ bytes }) => bytes)];
  const file = Buffer.concat(parts);
  file.write(buildId, 'latin1');
  return file;
}

/** The snapshot in a file's bytes; undefined when another build made it. */
export function readStartupSnapshot(file: Uint8Array, buildId: string): StartupSnapshot | undefined {
  if (file.length < 4 * SnapshotWord.HeaderEnd) return undefined;
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  for (let i = 0; i < buildIdLength; i++) if (file[i] !== buildId.charCodeAt(i)) return undefined;
  const word = (at: number): number => view.getInt32(4 * at, true);
  const runsEnd = SnapshotWord.HeaderEnd + 2 * word(SnapshotWord.Runs);
  let at = 4 * runsEnd;
  let length = at + word(SnapshotWord.LoopBytes);
  for (let i = SnapshotWord.HeaderEnd; i < runsEnd && 4 * i + 8 <= file.length; i += 2) length += word(i + 1);
  if (length !== file.length) return undefined;
  const take = (length: number): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(file.buffer as ArrayBuffer, file.byteOffset + at, length);
    at += length;
    return bytes;
  };
  const loop = take(word(SnapshotWord.LoopBytes));
  const runs: ImageRun[] = [];
  for (let i = SnapshotWord.HeaderEnd; i < runsEnd; i += 2) runs.push({ start: word(i), bytes: take(word(i + 1)) });
  return {
    image: {
      oldTop: word(SnapshotWord.OldTop),
      readOnlyTop: word(SnapshotWord.ReadOnlyTop),
      codeTop: word(SnapshotWord.CodeTop),
      runs,
    },
    loop,
    loopPages: word(SnapshotWord.LoopPages),
  };
}

let shipped: StartupSnapshot | undefined | null = null;

/** The snapshot beside the engine's bundle, if there is one of this build. Unbundled, the engine has none. */
export function startupSnapshot(): StartupSnapshot | undefined {
  if (shipped !== null) return shipped;
  shipped = undefined;
  const buildId = process.env.BAILOUT_BUILD_ID; // a constant in bundles
  if (buildId === undefined) return undefined;
  try {
    shipped = readStartupSnapshot(readFileSync(new URL('./startup-snapshot.bin', import.meta.url)), buildId);
  } catch {
    // not there: bootstrap
  }
  return shipped;
}
